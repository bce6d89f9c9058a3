// SPDX-License-Identifier: GPL-2.0

#include <linux/array_size.h>
#include <linux/bits.h>
#include <linux/err.h>
#include <linux/slab.h>

#include <drm/drm_atomic.h>
#include <drm/drm_atomic_helper.h>
#include <drm/drm_atomic_state_helper.h>
#include <drm/drm_blend.h>
#include <drm/drm_color_mgmt.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_gem_atomic_helper.h>
#include <drm/drm_print.h>
#include <drm/drm_rect.h>

#include "core/check_plane.h"
#include "core/compose.h"
#include "core/format.h"
#include "core/geometry.h"
#include "device.h"
#include "mapping.h"
#include "plane.h"
#include "refusal.h"
#include "snapshot.h"

static struct rvkms_plane_state *to_rvkms_plane_state(struct drm_plane_state *state)
{
	return container_of(state, struct rvkms_plane_state, base);
}

static struct drm_plane_state *plane_create_state(struct drm_plane *plane)
{
	struct rvkms_plane_state *state = kzalloc_obj(*state);

	if (!state)
		return ERR_PTR(-ENOMEM);

	__drm_atomic_helper_plane_state_init(&state->base, plane);

	return &state->base;
}

static struct drm_plane_state *plane_duplicate_state(struct drm_plane *plane)
{
	struct rvkms_plane_state *state = kzalloc_obj(*state);

	if (!state)
		return NULL;

	__drm_atomic_helper_plane_duplicate_state(plane, &state->base);

	return &state->base;
}

static void plane_destroy_state(struct drm_plane *plane, struct drm_plane_state *base)
{
	__drm_atomic_helper_plane_destroy_state(base);
	kfree(to_rvkms_plane_state(base));
}

static const struct drm_plane_funcs plane_funcs = {
	.update_plane = drm_atomic_helper_update_plane,
	.disable_plane = drm_atomic_helper_disable_plane,
	.atomic_create_state = plane_create_state,
	.atomic_duplicate_state = plane_duplicate_state,
	.atomic_destroy_state = plane_destroy_state,
};

static struct rvkms_placement plane_placement(const struct drm_plane_state *state)
{
	return (struct rvkms_placement){
		.src_x = state->src_x,
		.src_y = state->src_y,
		.src_w = state->src_w,
		.src_h = state->src_h,
		.dst_x = state->crtc_x,
		.dst_y = state->crtc_y,
		.dst_w = state->crtc_w,
		.dst_h = state->crtc_h,
		.rotation = state->rotation,
	};
}

static struct rvkms_plane_request plane_request(const struct drm_plane_state *state)
{
	struct rvkms_plane_request request = {
		.is_cursor = state->plane->type == DRM_PLANE_TYPE_CURSOR,
		.has_crtc = state->crtc,
		.has_fb = state->fb,
	};

	if (state->fb) {
		request.fourcc = state->fb->format->format;
		request.modifier = state->fb->modifier;
		request.fb_width = state->fb->width;
		request.fb_height = state->fb->height;
		request.placement = plane_placement(state);
	}

	return request;
}

static int check_request(struct drm_plane *plane, const struct drm_plane_state *state)
{
	struct rvkms_device *rvkms = to_rvkms_device(plane->dev);
	const struct rvkms_plane_request request = plane_request(state);
	const struct rvkms_placement *at = &request.placement;

	return rvkms_refuse(plane->dev, rvkms_check_plane(&rvkms->limits, &request),
			    "[PLANE:%d:%s] %p4cc %ux%u, source " DRM_RECT_FP_FMT
			    ", destination %ux%u%+d%+d, rotation %#x", plane->base.id, plane->name,
			    &request.fourcc, request.fb_width, request.fb_height,
			    DRM_RECT_FP_ARG(&DRM_RECT_INIT(at->src_x, at->src_y, at->src_w,
							   at->src_h)),
			    at->dst_w, at->dst_h, at->dst_x, at->dst_y, at->rotation);
}

/* DRM's view of what is visible is kept up to date for the helpers and for debugfs. */
static void set_visible(struct drm_plane_state *state, const struct rvkms_span *visible)
{
	const struct rvkms_box source = rvkms_span_source(visible);

	state->visible = !rvkms_span_is_empty(visible);
	state->src = DRM_RECT_INIT((int)source.x << 16, (int)source.y << 16,
				   source.width << 16, source.height << 16);
	state->dst = DRM_RECT_INIT(visible->x, visible->y, visible->width, visible->height);
}

static int plane_atomic_check(struct drm_plane *plane, struct drm_atomic_commit *commit)
{
	struct drm_plane_state *state = drm_atomic_get_new_plane_state(commit, plane);
	struct rvkms_span visible = {};
	int ret;

	ret = check_request(plane, state);
	if (ret)
		return ret;

	if (state->crtc) {
		const struct drm_crtc_state *crtc_state =
			drm_atomic_get_new_crtc_state(commit, state->crtc);
		const struct rvkms_placement at = plane_placement(state);

		if (crtc_state && crtc_state->enable)
			visible = rvkms_geometry_clip(&at, crtc_state->mode.hdisplay,
						      crtc_state->mode.vdisplay);
	}
	set_visible(state, &visible);

	return 0;
}

static int plane_prepare_fb(struct drm_plane *plane, struct drm_plane_state *base)
{
	struct rvkms_mapping *mapping;
	int ret;

	if (!base->fb)
		return 0;

	ret = drm_gem_plane_helper_prepare_fb(plane, base);
	if (ret)
		return ret;

	mapping = rvkms_mapping_create(base->fb);
	if (IS_ERR(mapping))
		return PTR_ERR(mapping);

	to_rvkms_plane_state(base)->mapping = mapping;

	return 0;
}

static void plane_cleanup_fb(struct drm_plane *plane, struct drm_plane_state *base)
{
	struct rvkms_plane_state *state = to_rvkms_plane_state(base);

	rvkms_mapping_put(state->mapping);
	state->mapping = NULL;
}

/* The CRTC's flush collects its planes; there is nothing to write to a plane of its own. */
static void plane_atomic_update(struct drm_plane *plane, struct drm_atomic_commit *commit)
{
}

static const struct drm_plane_helper_funcs plane_helper_funcs = {
	.atomic_check = plane_atomic_check,
	.atomic_update = plane_atomic_update,
	.prepare_fb = plane_prepare_fb,
	.cleanup_fb = plane_cleanup_fb,
};

static enum rvkms_encoding to_rvkms_encoding(enum drm_color_encoding encoding)
{
	switch (encoding) {
	case DRM_COLOR_YCBCR_BT709:
		return RVKMS_ENCODING_BT709;
	case DRM_COLOR_YCBCR_BT2020:
		return RVKMS_ENCODING_BT2020;
	default:
		return RVKMS_ENCODING_BT601;
	}
}

static enum rvkms_range to_rvkms_range(enum drm_color_range range)
{
	return range == DRM_COLOR_YCBCR_FULL_RANGE ? RVKMS_RANGE_FULL : RVKMS_RANGE_LIMITED;
}

/**
 * rvkms_plane_add_to_snapshot - put a plane on top of a snapshot
 * @state: the state of a visible plane, prepared
 * @snapshot: the snapshot, not yet published
 */
void rvkms_plane_add_to_snapshot(const struct drm_plane_state *state,
				 struct rvkms_snapshot *snapshot)
{
	const struct rvkms_plane_state *rvkms_state =
		container_of_const(state, struct rvkms_plane_state, base);
	const struct rvkms_placement at = plane_placement(state);
	struct rvkms_layer layer = {
		.image = rvkms_mapping_image(rvkms_state->mapping),
		.visible = rvkms_geometry_clip(&at, snapshot->frame.width,
					       snapshot->frame.height),
	};

	layer.image.encoding = to_rvkms_encoding(state->color_encoding);
	layer.image.range = to_rvkms_range(state->color_range);
	rvkms_snapshot_add_layer(snapshot, rvkms_state->mapping, &layer);
}

static enum rvkms_plane_kind to_rvkms_kind(enum drm_plane_type type)
{
	switch (type) {
	case DRM_PLANE_TYPE_PRIMARY:
		return RVKMS_PLANE_PRIMARY;
	case DRM_PLANE_TYPE_CURSOR:
		return RVKMS_PLANE_CURSOR;
	default:
		return RVKMS_PLANE_OVERLAY;
	}
}

static int create_properties(struct drm_plane *plane, unsigned int zpos)
{
	int ret;

	ret = drm_plane_create_zpos_immutable_property(plane, zpos);
	if (ret)
		return ret;

	ret = drm_plane_create_blend_mode_property(plane, BIT(DRM_MODE_BLEND_PREMULTI));
	if (ret)
		return ret;

	ret = drm_plane_create_rotation_property(plane, DRM_MODE_ROTATE_0,
						 DRM_MODE_ROTATE_MASK | DRM_MODE_REFLECT_MASK);
	if (ret)
		return ret;

	return drm_plane_create_color_properties(plane,
						 BIT(DRM_COLOR_YCBCR_BT601) |
						 BIT(DRM_COLOR_YCBCR_BT709) |
						 BIT(DRM_COLOR_YCBCR_BT2020),
						 BIT(DRM_COLOR_YCBCR_LIMITED_RANGE) |
						 BIT(DRM_COLOR_YCBCR_FULL_RANGE),
						 DRM_COLOR_YCBCR_BT601,
						 DRM_COLOR_YCBCR_LIMITED_RANGE);
}

/**
 * rvkms_plane_create - create a plane
 * @rvkms: the device, not yet registered
 * @type: its type
 * @zpos: its place in the stack, 0 at the bottom. Planes are created bottom to top.
 *
 * Returns:
 * The plane, which the device owns and any CRTC may use, or an ERR_PTR().
 */
struct drm_plane *rvkms_plane_create(struct rvkms_device *rvkms, enum drm_plane_type type,
				     unsigned int zpos)
{
	static const u64 modifiers[] = { DRM_FORMAT_MOD_LINEAR, DRM_FORMAT_MOD_INVALID };
	u32 formats[RVKMS_MAX_PLANE_FORMATS];
	const u32 num_formats = rvkms_format_list_readable(to_rvkms_kind(type), formats,
							   ARRAY_SIZE(formats));
	struct drm_plane *plane;
	int ret;

	plane = __drmm_universal_plane_alloc(&rvkms->drm, sizeof(*plane), 0, 0, &plane_funcs,
					     formats, num_formats, modifiers, type, NULL);
	if (IS_ERR(plane))
		return plane;

	drm_plane_helper_add(plane, &plane_helper_funcs);

	ret = create_properties(plane, zpos);

	return ret ? ERR_PTR(ret) : plane;
}
