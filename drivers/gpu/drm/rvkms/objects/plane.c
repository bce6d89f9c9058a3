// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Implements planes: checks their states with the core, and adds them to snapshots. */

#include <linux/array_size.h>
#include <linux/bitops.h>
#include <linux/err.h>
#include <linux/minmax.h>
#include <linux/slab.h>

#include <drm/drm_atomic.h>
#include <drm/drm_blend.h>
#include <drm/drm_color_mgmt.h>
#include <drm/drm_damage_helper.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_modes.h>
#include <drm/drm_panic.h>
#include <drm/drm_plane.h>
#include <drm/drm_print.h>
#include <drm/drm_rect.h>

#include "../core/check/async.h"
#include "../core/check/device.h"
#include "../core/check/plane.h"
#include "../core/compose/compose.h"
#include "../core/pixel/format.h"
#include "../core/pixel/format_set.h"
#include "../core/plane/geometry.h"
#include "../core/plane/scale.h"
#include "../memory/mapping.h"
#include "../scanout/color_snapshot.h"
#include "../scanout/snapshot.h"
#include "colorop.h"
#include "crtc.h"
#include "device.h"
#include "plane.h"

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

static int check_request(struct rvkms_plane *plane, const struct drm_plane_state *state)
{
	struct drm_plane *drm = &plane->base.drm;
	const struct rvkms_plane_request request = plane_request(state);
	const struct rvkms_placement *at = &request.placement;

	return rvkms_refuse(drm->dev, rvkms_check_plane(&plane->limits, &request),
			    "[PLANE:%d:%s] %p4cc %ux%u, source " DRM_RECT_FP_FMT
			    ", destination %ux%u%+d%+d, rotation %#x", drm->base.id, drm->name,
			    &request.fourcc, request.fb_width, request.fb_height,
			    DRM_RECT_FP_ARG(&DRM_RECT_INIT(at->src_x, at->src_y, at->src_w,
							   at->src_h)),
			    at->dst_w, at->dst_h, at->dst_x, at->dst_y, at->rotation);
}

/*
 * Sets DRM's view of the visible part, for helpers and debugfs. The core computes it, and not
 * drm_atomic_helper_check_plane_state(), which rounds clipped source rectangles of scaled planes.
 */
static void set_visible(struct drm_plane_state *state, const struct rvkms_span *visible)
{
	const struct rvkms_box source = rvkms_span_source(visible);

	state->visible = !rvkms_span_is_empty(visible);
	state->src = DRM_RECT_INIT((int)source.x << 16, (int)source.y << 16,
				   source.width << 16, source.height << 16);
	state->dst = DRM_RECT_INIT(visible->x, visible->y, visible->width, visible->height);
}

static int change_color(struct rvkms_plane_state *new, const struct tkms_view *view)
{
	struct rvkms_color_snapshot *color = rvkms_colorop_create_snapshot(view, &new->base.drm);

	if (IS_ERR(color))
		return PTR_ERR(color);

	rvkms_color_snapshot_put(new->color);
	new->color = color;

	return 0;
}

static struct rvkms_async_state async_state(const struct drm_plane_state *state)
{
	return (struct rvkms_async_state){
		.is_shown = state->crtc && state->fb,
		.crtc = state->crtc ? state->crtc->base.id : 0,
		.fourcc = state->fb ? state->fb->format->format : 0,
		.placement = plane_placement(state),
	};
}

static bool is_property_changed(const struct drm_plane_state *new,
				const struct drm_plane_state *old)
{
	return new->color_mgmt_changed || new->alpha != old->alpha ||
	       new->pixel_blend_mode != old->pixel_blend_mode || new->zpos != old->zpos ||
	       new->scaling_filter != old->scaling_filter ||
	       new->color_encoding != old->color_encoding || new->color_range != old->color_range;
}

static struct rvkms_async_request async_request(const struct drm_plane_state *new,
						const struct drm_plane_state *old)
{
	return (struct rvkms_async_request){
		.is_property_changed = is_property_changed(new, old),
		.old = async_state(old),
		.new = async_state(new),
	};
}

static int check_flip(struct drm_plane *plane, const struct drm_plane_state *new,
		      const struct drm_plane_state *old, bool is_modeset)
{
	struct rvkms_async_request request = async_request(new, old);

	request.is_flip = true;
	request.is_modeset = is_modeset;

	return rvkms_refuse(plane->dev, rvkms_check_async(&request),
			    "[PLANE:%d:%s] asynchronous flip", plane->base.id, plane->name);
}

/* Clips the plane to the mode. If the commit is an asynchronous flip, checks that too. */
static int check_on_crtc(struct rvkms_plane *plane, struct rvkms_plane_state *new,
			 const struct rvkms_plane_state *old, const struct drm_crtc_state *crtc,
			 struct rvkms_span *visible)
{
	const struct rvkms_placement at = plane_placement(&new->base.drm);
	int width, height;

	if (new->base.drm.crtc && crtc->enable) {
		drm_mode_get_hv_timing(&crtc->mode, &width, &height);
		*visible = rvkms_geometry_clip(&at, width, height);
	}

	return crtc->async_flip ? check_flip(&plane->base.drm, &new->base.drm, &old->base.drm,
					     drm_atomic_crtc_needs_modeset(crtc))
				: 0;
}

static int plane_atomic_check(struct rvkms_plane *plane, struct rvkms_plane_state *new,
			      const struct rvkms_plane_state *old, struct tkms_composer *composer)
{
	struct drm_plane_state *state = &new->base.drm;
	struct drm_crtc *drm_crtc = state->crtc ?: old->base.drm.crtc;
	struct rvkms_span visible = {};
	int ret;

	ret = check_request(plane, state);
	if (ret)
		return ret;

	if (state->color_mgmt_changed) {
		ret = change_color(new, tkms_view(tkms_as_mutator(composer)));
		if (ret)
			return ret;
	}

	if (drm_crtc) {
		CLASS(tkms_crtc_borrow, crtc)(tkms_as_mutator(composer), to_tkms_crtc(drm_crtc));

		if (IS_ERR(crtc))
			return PTR_ERR(crtc);

		ret = check_on_crtc(plane, new, old, &crtc->drm, &visible);
		if (ret)
			return ret;
	}
	set_visible(state, &visible);

	return 0;
}

/* A cursor update that is not allowed here becomes a normal commit, so it is not reported. */
static int plane_atomic_async_check(struct rvkms_plane *plane, struct rvkms_plane_state *new,
				    const struct rvkms_plane_state *old,
				    struct tkms_composer *composer, bool is_flip)
{
	const struct rvkms_async_request request = async_request(&new->base.drm, &old->base.drm);

	return is_flip ? check_flip(&plane->base.drm, &new->base.drm, &old->base.drm, false)
		       : rvkms_check_async(&request).err;
}

static void plane_atomic_async_update(struct rvkms_plane *plane, struct rvkms_plane_state *new,
				      struct rvkms_plane_state *shown, struct tkms_mutator *mutator)
{
	swap(shown->mapping, new->mapping);
	rvkms_crtc_update_plane(rvkms_crtc_try_from(to_tkms_crtc(shown->base.drm.crtc)), shown,
				mutator);
}

static int plane_prepare_fb(struct rvkms_plane *plane, struct rvkms_plane_state *new)
{
	struct rvkms_mapping *mapping = rvkms_mapping_create(new->base.drm.fb);

	if (IS_ERR(mapping))
		return PTR_ERR(mapping);

	new->mapping = mapping;

	return 0;
}

static void plane_cleanup_fb(struct rvkms_plane *plane, struct rvkms_plane_state *state)
{
	rvkms_mapping_put(state->mapping);
	state->mapping = NULL;
}

/* The CRTC's flush collects its planes: nothing is written for a single plane. */
static void plane_atomic_update(struct rvkms_plane *plane, struct rvkms_plane_state *new,
				const struct rvkms_plane_state *old, struct tkms_mutator *mutator)
{
}

/* Each commit maps the framebuffer of its state, so the mapping is not copied. */
static int plane_copy_state(struct rvkms_plane_state *new, const struct rvkms_plane_state *old)
{
	new->color = rvkms_color_snapshot_get(old->color);

	return 0;
}

/*
 * DRM asks for the formats of asynchronous flips while it creates a plane, before @is_async is set.
 * Only then the device has its description. Planes are created in the order of the description.
 */
static bool is_async(const struct rvkms_plane *plane)
{
	const struct drm_plane *drm = &plane->base.drm;
	const struct rvkms_device_desc *desc = to_rvkms_device(drm->dev)->base.data;

	return desc ? desc->planes[drm->index].is_async : plane->is_async;
}

/* An asynchronous flip only swaps addresses, so every format supports it. */
static bool plane_format_mod_supported_async(struct rvkms_plane *plane, u32 format, u64 modifier)
{
	return is_async(plane) && plane->base.drm.dev->mode_config.async_page_flip &&
	       modifier == DRM_FORMAT_MOD_LINEAR;
}

static void plane_drop_state(struct rvkms_plane_state *state)
{
	rvkms_color_snapshot_put(state->color);
}

/*
 * A panic is written over the framebuffer of the primary plane. DRM holds the panic lock, so the
 * state is not swapped, and the mapping of a visible plane stays.
 */
static int plane_get_scanout_buffer(struct rvkms_plane *plane, struct drm_scanout_buffer *buffer)
{
	const struct drm_plane *drm = &plane->base.drm;
	const struct rvkms_plane_state *state;
	const struct rvkms_mapping *mapping;

	state = rvkms_plane_state_try_from(to_tkms_plane_state(drm->state));
	if (drm->type != DRM_PLANE_TYPE_PRIMARY || !state->base.drm.visible)
		return -ENODEV;

	mapping = state->mapping;
	buffer->format = mapping->fb->format;
	buffer->width = mapping->fb->width;
	buffer->height = mapping->fb->height;
	buffer->map[0] = mapping->planes[0];
	buffer->pitch[0] = mapping->fb->pitches[0];

	return 0;
}

TKMS_DEFINE_PANIC_PLANE_CLASS(rvkms_plane, rvkms_plane_state,
			      .get_scanout_buffer = plane_get_scanout_buffer,
			      .copy_state = plane_copy_state,
			      .drop_state = plane_drop_state,
			      .atomic_check = plane_atomic_check,
			      .atomic_update = plane_atomic_update,
			      .atomic_async_check = plane_atomic_async_check,
			      .atomic_async_update = plane_atomic_async_update,
			      .format_mod_supported_async = plane_format_mod_supported_async,
			      .prepare_fb = plane_prepare_fb,
			      .cleanup_fb = plane_cleanup_fb);

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

static enum rvkms_blend_mode to_rvkms_blend_mode(u16 mode)
{
	switch (mode) {
	case DRM_MODE_BLEND_COVERAGE:
		return RVKMS_BLEND_COVERAGE;
	case DRM_MODE_BLEND_PIXEL_NONE:
		return RVKMS_BLEND_NONE;
	default:
		return RVKMS_BLEND_PREMULTIPLIED;
	}
}

static enum rvkms_range to_rvkms_range(enum drm_color_range range)
{
	return range == DRM_COLOR_YCBCR_FULL_RANGE ? RVKMS_RANGE_FULL : RVKMS_RANGE_LIMITED;
}

/* SCALING_FILTER "Default" is the driver's choice: bilinear, as GL_LINEAR. */
static enum rvkms_filter to_rvkms_filter(enum drm_scaling_filter filter)
{
	return filter == DRM_SCALING_FILTER_NEAREST_NEIGHBOR ? RVKMS_FILTER_NEAREST
							     : RVKMS_FILTER_BILINEAR;
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

/* Without the property, primary planes are at the bottom, and cursors on top. */
static u32 stack_position(const struct drm_plane_state *state)
{
	return state->plane->zpos_property ? state->zpos : to_rvkms_kind(state->plane->type);
}

static void add_layer(const struct rvkms_plane_state *state, struct rvkms_snapshot *snapshot)
{
	const struct drm_plane_state *drm = &state->base.drm;
	const struct rvkms_placement at = plane_placement(drm);
	struct rvkms_layer layer = {
		.image = rvkms_mapping_image(state->mapping),
		.visible = rvkms_geometry_clip(&at, snapshot->frame.width,
					       snapshot->frame.height),
		.filter = to_rvkms_filter(drm->scaling_filter),
		.blend_mode = to_rvkms_blend_mode(drm->pixel_blend_mode),
		.alpha = drm->alpha,
		.pipeline = state->color ? &state->color->pipeline : NULL,
		.zpos = stack_position(drm),
		.id = drm->plane->index,
	};

	rvkms_color_snapshot_fill(state->color);
	layer.image.encoding = to_rvkms_encoding(drm->color_encoding);
	layer.image.range = to_rvkms_range(drm->color_range);
	rvkms_snapshot_add_layer(snapshot, state->mapping, state->color, &layer);
}

/**
 * rvkms_plane_add_to_snapshot - add a plane of a commit to a snapshot
 * @state: the prepared state of the plane
 * @crtc: the CRTC of @snapshot; a plane on another CRTC is not shown
 * @snapshot: the unpublished snapshot, of known size
 */
void rvkms_plane_add_to_snapshot(const struct rvkms_plane_state *state,
				 const struct drm_crtc *crtc, struct rvkms_snapshot *snapshot)
{
	snapshot->planes |= drm_plane_mask(state->base.drm.plane);
	if (state->base.drm.crtc == crtc && state->base.drm.visible)
		add_layer(state, snapshot);
}

static enum drm_plane_type to_drm_type(u32 kind)
{
	switch (kind) {
	case RVKMS_PLANE_PRIMARY:
		return DRM_PLANE_TYPE_PRIMARY;
	case RVKMS_PLANE_CURSOR:
		return DRM_PLANE_TYPE_CURSOR;
	default:
		return DRM_PLANE_TYPE_OVERLAY;
	}
}

static int create_zpos(struct drm_plane *plane, const struct rvkms_plane_desc *desc)
{
	if (!desc->has_zpos)
		return 0;

	return desc->is_zpos_mutable ?
	       drm_plane_create_zpos_property(plane, desc->zpos, desc->min_zpos, desc->max_zpos) :
	       drm_plane_create_zpos_immutable_property(plane, desc->zpos);
}

static int create_blending(struct drm_plane *plane, const struct rvkms_plane_desc *desc)
{
	int ret = desc->has_alpha ? drm_plane_create_alpha_property(plane) : 0;

	if (!ret && desc->blend_modes)
		ret = drm_plane_create_blend_mode_property(plane, desc->blend_modes);

	return ret;
}

static int create_color(struct drm_plane *plane, const struct rvkms_plane_desc *desc)
{
	int ret = drm_plane_create_color_properties(plane, desc->encodings, desc->ranges,
						    __ffs(desc->encoding), __ffs(desc->range));

	return ret ?: desc->has_pipeline ? rvkms_colorop_create_pipeline(plane) : 0;
}

static int create_properties(struct drm_plane *plane, const struct rvkms_plane_desc *desc)
{
	drm_plane_enable_fb_damage_clips(plane);

	return create_zpos(plane, desc) ?:
	       create_blending(plane, desc) ?:
	       drm_plane_create_rotation_property(plane, desc->rotation, desc->rotations) ?:
	       drm_plane_create_scaling_filter_property(plane,
							BIT(DRM_SCALING_FILTER_DEFAULT) |
							BIT(DRM_SCALING_FILTER_NEAREST_NEIGHBOR)) ?:
	       create_color(plane, desc);
}

/* Any size up to the limit works: offer the common cursor sizes, and the limit. */
static int create_size_hints(struct drm_plane *plane)
{
	static const u16 sizes[] = { 32, 64, 128, 256, 512 };
	const u16 limit = to_rvkms_device(plane->dev)->limits.cursor_width;
	struct drm_plane_size_hint hints[ARRAY_SIZE(sizes) + 1];
	u32 count = 0;

	for (; count < ARRAY_SIZE(sizes) && sizes[count] < limit; count++)
		hints[count] = (struct drm_plane_size_hint){ sizes[count], sizes[count] };
	hints[count] = (struct drm_plane_size_hint){ limit, limit };

	return drm_plane_add_size_hints_property(plane, hints, count + 1);
}

/**
 * rvkms_plane_create_as - create a plane
 * @setup: from create_objects()
 * @desc: the device, accepted by rvkms_check_device()
 * @index: index of the plane in @desc
 *
 * Returns:
 * The plane, which the device owns, or an ERR_PTR().
 */
struct rvkms_plane *rvkms_plane_create_as(struct tkms_setup *setup,
					  const struct rvkms_device_desc *desc, u32 index)
{
	static const u64 modifiers[] = { DRM_FORMAT_MOD_LINEAR, DRM_FORMAT_MOD_INVALID };
	const struct rvkms_plane_desc *of = &desc->planes[index];
	u32 formats[RVKMS_MAX_PLANE_FORMATS];
	struct rvkms_plane *plane;
	int ret;

	plane = rvkms_plane_create(setup, &(struct tkms_plane_info){
		.type = to_drm_type(of->kind),
		.formats = formats,
		.num_formats = rvkms_format_set_list(&of->formats, formats, ARRAY_SIZE(formats)),
		.modifiers = modifiers,
		.name = of->name,
	});
	if (IS_ERR(plane))
		return plane;

	plane->limits = rvkms_plane_limits(desc, index);
	plane->is_async = of->is_async;
	ret = create_properties(&plane->base.drm, of);
	if (!ret && of->kind == RVKMS_PLANE_CURSOR)
		ret = create_size_hints(&plane->base.drm);

	return ret ? ERR_PTR(ret) : plane;
}
