// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Creates the colour pipeline of a plane, and builds snapshots of it.
 *
 * The pipeline has each type of operation, as often and in the order in which clients look for
 * them: in the order of AMD's hardware (curve, matrix, multiplier, curve, table, 3D table, curve,
 * table) or of Intel's (table, matrix, table, 3D table). Every operation can be bypassed, and then
 * costs nothing.
 */

#include <linux/array_size.h>
#include <linux/bits.h>
#include <linux/build_bug.h>
#include <linux/err.h>
#include <linux/slab.h>

#include <drm/drm_color_mgmt.h>
#include <drm/drm_colorop.h>
#include <drm/drm_mode.h>
#include <drm/drm_plane.h>
#include <drm/drm_property.h>

#include "../core/check/color.h"
#include "../kms/state.h"
#include "../scanout/color_snapshot.h"
#include "colorop.h"
#include "device.h"

/* As amdgpu. The curve from light to sRGB bends most at 0.003: in the fourth cell of 1024. */
#define LUT_SIZE 4096
#define LUT3D_SIZE 17

static const enum drm_colorop_type types[] = {
	DRM_COLOROP_1D_CURVE,
	DRM_COLOROP_1D_LUT,
	DRM_COLOROP_CTM_3X4,
	DRM_COLOROP_CTM_3X4,
	DRM_COLOROP_MULTIPLIER,
	DRM_COLOROP_1D_CURVE,
	DRM_COLOROP_1D_LUT,
	DRM_COLOROP_3D_LUT,
	DRM_COLOROP_1D_CURVE,
	DRM_COLOROP_1D_LUT,
};

static const struct drm_colorop_funcs colorop_funcs = {
	.destroy = drm_colorop_destroy,
};

static int init_colorop(struct drm_colorop *colorop, struct drm_plane *plane,
			enum drm_colorop_type type)
{
	struct drm_device *drm = plane->dev;

	switch (type) {
	case DRM_COLOROP_1D_CURVE:
		return drm_plane_colorop_curve_1d_init(drm, colorop, plane, &colorop_funcs,
						       GENMASK_ULL(DRM_COLOROP_1D_CURVE_COUNT - 1,
								   0),
						       DRM_COLOROP_FLAG_ALLOW_BYPASS);
	case DRM_COLOROP_1D_LUT:
		return drm_plane_colorop_curve_1d_lut_init(drm, colorop, plane, &colorop_funcs,
							   LUT_SIZE,
							   DRM_COLOROP_LUT1D_INTERPOLATION_LINEAR,
							   DRM_COLOROP_FLAG_ALLOW_BYPASS);
	case DRM_COLOROP_CTM_3X4:
		return drm_plane_colorop_ctm_3x4_init(drm, colorop, plane, &colorop_funcs,
						      DRM_COLOROP_FLAG_ALLOW_BYPASS);
	case DRM_COLOROP_MULTIPLIER:
		return drm_plane_colorop_mult_init(drm, colorop, plane, &colorop_funcs,
						   DRM_COLOROP_FLAG_ALLOW_BYPASS);
	case DRM_COLOROP_3D_LUT:
		return drm_plane_colorop_3dlut_init(drm, colorop, plane, &colorop_funcs,
						    LUT3D_SIZE,
						    DRM_COLOROP_LUT3D_INTERPOLATION_TETRAHEDRAL,
						    DRM_COLOROP_FLAG_ALLOW_BYPASS);
	default:
		return -EINVAL;
	}
}

/* DRM destroys initialised operations together with the device. */
static struct drm_colorop *create_colorop(struct drm_plane *plane, enum drm_colorop_type type)
{
	struct drm_colorop *colorop = kzalloc_obj(*colorop);
	int ret;

	if (!colorop)
		return ERR_PTR(-ENOMEM);

	ret = init_colorop(colorop, plane, type);
	if (ret) {
		kfree(colorop);
		return ERR_PTR(ret);
	}

	return colorop;
}

/**
 * rvkms_colorop_create_pipeline - create the colour operations of a plane
 * @plane: the plane, in create_objects()
 *
 * Returns:
 * 0 or a negative errno. The device owns the operations.
 */
int rvkms_colorop_create_pipeline(struct drm_plane *plane)
{
	struct drm_prop_enum_list pipeline = { .name = "All operations" };
	struct drm_colorop *last = NULL;

	static_assert(ARRAY_SIZE(types) <= RVKMS_MAX_COLOR_OPS);
	/* to_rvkms_op() casts DRM's curve types to enum rvkms_curve. */
	static_assert((int)DRM_COLOROP_1D_CURVE_SRGB_EOTF == (int)RVKMS_CURVE_SRGB_EOTF);
	static_assert((int)DRM_COLOROP_1D_CURVE_GAMMA22_INV == (int)RVKMS_CURVE_GAMMA22_INV);
	static_assert((int)DRM_COLOROP_1D_CURVE_COUNT - 1 == (int)RVKMS_CURVE_GAMMA22_INV);

	for (unsigned int i = 0; i < ARRAY_SIZE(types); i++) {
		struct drm_colorop *colorop = create_colorop(plane, types[i]);

		if (IS_ERR(colorop))
			return PTR_ERR(colorop);

		if (last)
			drm_colorop_set_next_property(last, colorop);
		else
			pipeline.type = colorop->base.id;
		last = colorop;
	}

	return drm_plane_create_color_pipeline_property(plane, &pipeline, 1);
}

/* Returns the current state of an operation that the commit does not change. */
static const struct drm_colorop_state *colorop_state(const struct tkms_view *view,
						     struct drm_colorop *colorop)
{
	const struct drm_colorop_state *state = tkms_colorop_new(view, colorop);

	return state ? state : colorop->state;
}

static int check_data(const struct drm_colorop *colorop, const struct drm_colorop_state *state)
{
	struct rvkms_colorop_request request = {
		.size = colorop->size,
		.bytes = state->data ? state->data->length : 0,
	};

	switch (colorop->type) {
	case DRM_COLOROP_1D_LUT:
		request.kind = RVKMS_COLOROP_LUT;
		break;
	case DRM_COLOROP_CTM_3X4:
		request.kind = RVKMS_COLOROP_CTM;
		break;
	case DRM_COLOROP_3D_LUT:
		request.kind = RVKMS_COLOROP_LUT3D;
		break;
	default:
		request.kind = RVKMS_COLOROP_NO_DATA;
	}

	return rvkms_refuse(colorop->dev, rvkms_check_colorop(&request),
			    "[COLOROP:%d] of [PLANE:%d:%s], %llu bytes", colorop->base.id,
			    colorop->plane->base.id, colorop->plane->name, request.bytes);
}

/* An operation without data changes nothing. */
static struct rvkms_color_op to_rvkms_op(struct rvkms_color_snapshot *color,
					 const struct drm_colorop *colorop,
					 const struct drm_colorop_state *state)
{
	const void *data = rvkms_color_snapshot_hold(color, state->data);

	switch (colorop->type) {
	case DRM_COLOROP_1D_CURVE:
		return (struct rvkms_color_op){
			.type = RVKMS_COLOR_CURVE,
			.curve = (enum rvkms_curve)state->curve_1d_type,
		};
	case DRM_COLOROP_1D_LUT:
		return (struct rvkms_color_op){
			.type = RVKMS_COLOR_LUT,
			.lut = { .entries32 = data, .length = colorop->size },
		};
	case DRM_COLOROP_CTM_3X4:
		if (!data)
			return (struct rvkms_color_op){};

		return (struct rvkms_color_op){
			.type = RVKMS_COLOR_MATRIX,
			.matrix = rvkms_matrix_from_ctm_3x4(data),
		};
	case DRM_COLOROP_MULTIPLIER:
		return (struct rvkms_color_op){
			.type = RVKMS_COLOR_MULTIPLIER,
			.multiplier = state->multiplier,
		};
	case DRM_COLOROP_3D_LUT:
		return (struct rvkms_color_op){
			.type = RVKMS_COLOR_LUT3D,
			.lut3d = { .entries = data, .size = colorop->size },
		};
	default:
		return (struct rvkms_color_op){};
	}
}

static int fill_color(struct rvkms_color_snapshot *color, const struct tkms_view *view,
		      struct drm_colorop *colorop)
{
	u32 num_ops = 0;

	for (; colorop; colorop = colorop->next) {
		const struct drm_colorop_state *state = colorop_state(view, colorop);
		int ret;

		if (state->bypass)
			continue;

		ret = check_data(colorop, state);
		if (ret)
			return ret;

		color->ops[num_ops++] = to_rvkms_op(color, colorop, state);
	}

	return rvkms_color_snapshot_finish(color, num_ops);
}

/**
 * rvkms_colorop_create_snapshot - build the colour pipeline of a plane
 * @view: the commit that changes it
 * @state: the plane's new state
 *
 * Returns:
 * The pipeline, to be released by rvkms_color_snapshot_put(); NULL if the plane has none; an
 * ERR_PTR(): -ENOMEM, or -EINVAL for data of the wrong size.
 */
struct rvkms_color_snapshot *rvkms_colorop_create_snapshot(const struct tkms_view *view,
							   const struct drm_plane_state *state)
{
	struct rvkms_color_snapshot *color;
	int ret;

	if (!state->color_pipeline)
		return NULL;

	color = rvkms_color_snapshot_create();
	if (!color)
		return ERR_PTR(-ENOMEM);

	ret = fill_color(color, view, state->color_pipeline);
	if (ret) {
		rvkms_color_snapshot_put(color);
		return ERR_PTR(ret);
	}

	return color;
}
