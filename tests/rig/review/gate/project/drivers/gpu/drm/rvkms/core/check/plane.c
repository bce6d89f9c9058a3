// SPDX-License-Identifier: GPL-2.0

#include "../plane/geometry.h"
#include "verdict.h"

/* Does a rectangle end where coordinates do, or before? */
static bool is_in_range(const struct rvkms_rect *rect)
{
	return rect->x <= RVKMS_LAST - rect->width;
}

enum rvkms_rule rvkms_check_plane(const struct rvkms_rect *rect)
{
	if (!rect->width || !rect->height)
		return RVKMS_RULE_PLANE_EMPTY;

	if (!is_in_range(rect))
		return RVKMS_RULE_PLANE_RANGE;

	return RVKMS_RULE_NONE;
}
