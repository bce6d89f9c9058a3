// SPDX-License-Identifier: GPL-2.0

#include "core/check/verdict.h"
#include "core/plane/geometry.h"
#include "plane.h"

static u32 cost(const struct rvkms_rect *rect)
{
	u32 pixels = rvkms_area(rect->width, rect->height);

	if (rvkms_is_far(rect->x))
		pixels *= 2;

	return pixels;
}

int rvkms_plane_show(u32 x, u32 width, u32 height)
{
	const struct rvkms_rect rect = { x, width, height };

	if (rvkms_check_plane(&rect) != RVKMS_RULE_NONE)
		return -EINVAL;

	return (int)rvkms_clamp(cost(&rect), 0x10000);
}
