// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Checks asynchronous flips and cursor updates. */

#include <linux/types.h>

#include "async.h"

static bool has_same_size(const struct rvkms_placement *a, const struct rvkms_placement *b)
{
	return a->src_w == b->src_w && a->src_h == b->src_h && a->dst_w == b->dst_w &&
	       a->dst_h == b->dst_h && a->rotation == b->rotation;
}

static bool has_same_position(const struct rvkms_placement *a, const struct rvkms_placement *b)
{
	return a->src_x == b->src_x && a->src_y == b->src_y && a->dst_x == b->dst_x &&
	       a->dst_y == b->dst_y;
}

/**
 * rvkms_check_async - check a change that does not wait for a vblank
 * @request: the change, with any values
 *
 * A flip replaces the scanned-out address and nothing else (the documentation of
 * DRM_MODE_PAGE_FLIP_ASYNC). An update may also move the source and the destination rectangle.
 *
 * Returns:
 * The verdict; its rules have the prefix ASYNC in rules.h.
 */
struct rvkms_verdict rvkms_check_async(const struct rvkms_async_request *request)
{
	const struct rvkms_async_state *old = &request->old;
	const struct rvkms_async_state *new = &request->new;

	if (request->is_modeset)
		return rvkms_verdict_refuse(RVKMS_RULE_ASYNC_MODESET);

	if (!old->is_shown || !new->is_shown || old->crtc != new->crtc)
		return rvkms_verdict_refuse(RVKMS_RULE_ASYNC_PLANE);

	if (old->fourcc != new->fourcc)
		return rvkms_verdict_refuse(RVKMS_RULE_ASYNC_FORMAT);

	if (!has_same_size(&old->placement, &new->placement))
		return rvkms_verdict_refuse(RVKMS_RULE_ASYNC_SIZE);

	if (request->is_flip && !has_same_position(&old->placement, &new->placement))
		return rvkms_verdict_refuse(RVKMS_RULE_ASYNC_POSITION);

	if (request->is_property_changed)
		return rvkms_verdict_refuse(RVKMS_RULE_ASYNC_PROPERTY);

	return rvkms_verdict_accept();
}
