// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Looks formats up, and lists the formats of planes and writeback connectors. struct
 * drm_format_info has bytes per block, and not the place and the meaning of samples. The functions
 * of drm_format_helper.h convert XRGB8888 to other formats, and not from them.
 */

#include <linux/array_size.h>
#include <linux/types.h>

#include <uapi/drm/drm_fourcc.h>

#include "format.h"
#include "format_index.h"
#include "format_rgb.h"
#include "format_yuv.h"

/* Planes offer formats in this order; clients without a preference take the first. */
static const struct rvkms_format_list *const lists[] = {
	&rvkms_rgb_formats,
	&rvkms_index_formats,
	&rvkms_yuv_formats,
};

/**
 * rvkms_format_find - look up a format
 * @fourcc: DRM_FORMAT_*, or any other value
 *
 * Returns:
 * The format, NULL if it cannot be read.
 */
const struct rvkms_format *rvkms_format_find(u32 fourcc)
{
	for (u32 i = 0; i < ARRAY_SIZE(lists); i++) {
		for (u32 j = 0; j < lists[i]->count; j++) {
			if (lists[i]->formats[j].fourcc == fourcc)
				return &lists[i]->formats[j];
		}
	}

	return NULL;
}

/**
 * rvkms_format_at - get a format by its place in the list of all formats
 * @index: any value
 *
 * Returns:
 * The format; NULL after the last one.
 */
const struct rvkms_format *rvkms_format_at(u32 index)
{
	for (u32 i = 0; i < ARRAY_SIZE(lists); i++) {
		if (index < lists[i]->count)
			return &lists[i]->formats[index];
		index -= lists[i]->count;
	}

	return NULL;
}

/**
 * rvkms_format_has_palette - check if the pixels of a format are indices into a palette
 * @format: the format, or NULL
 *
 * Returns:
 * True for C1, C2, C4 and C8.
 */
bool rvkms_format_has_palette(const struct rvkms_format *format)
{
	return format && (format->fourcc == DRM_FORMAT_C1 || format->fourcc == DRM_FORMAT_C2 ||
			  format->fourcc == DRM_FORMAT_C4 || format->fourcc == DRM_FORMAT_C8);
}

static bool is_one_of(const struct rvkms_format *format, const u32 *fourccs, u32 count)
{
	for (u32 i = 0; i < count; i++) {
		if (format->fourcc == fourccs[i])
			return true;
	}

	return false;
}

/*
 * Y8 is offered here, as other formats of one channel are: overlays have no room for it in
 * RVKMS_MAX_PLANE_FORMATS. RGBA5551 makes room for it here; cursors offer RGBA5551.
 */
static bool is_for_primary(const struct rvkms_format *format)
{
	if (format->is_yuv)
		return format->fourcc == DRM_FORMAT_NV12 || format->fourcc == DRM_FORMAT_Y8;

	return format->num_planes == 1 && format->fourcc != DRM_FORMAT_RGBA5551;
}

static bool is_for_overlays(const struct rvkms_format *format)
{
	static const u32 rgb[] = {
		DRM_FORMAT_XRGB8888, DRM_FORMAT_ARGB8888, DRM_FORMAT_RGB565, DRM_FORMAT_ARGB1555,
		DRM_FORMAT_ARGB2101010,
	};

	return (format->is_yuv && format->fourcc != DRM_FORMAT_Y8) ||
	       is_one_of(format, rgb, ARRAY_SIZE(rgb));
}

/**
 * rvkms_format_is_offered - check if planes of a type offer a format by default
 * @format: the format
 * @kind: the type of the plane; unknown values have no formats
 *
 * Returns:
 * True if they do. DRM must make framebuffers of the format.
 */
bool rvkms_format_is_offered(const struct rvkms_format *format, enum rvkms_plane_kind kind)
{
	if (format->is_unlisted)
		return false;

	switch (kind) {
	case RVKMS_PLANE_PRIMARY:
		return is_for_primary(format);
	case RVKMS_PLANE_OVERLAY:
		return is_for_overlays(format);
	case RVKMS_PLANE_CURSOR:
		return !format->is_yuv && format->has_alpha;
	}

	return false;
}

/**
 * rvkms_format_list_readable - list the formats of a plane
 * @kind: the type of the plane; unknown values have no formats
 * @fourccs: room for @max formats; may be NULL if @max is 0
 * @max: largest number of formats to write
 *
 * A plane can offer RVKMS_MAX_PLANE_FORMATS at most, so that each type offers a part of the
 * formats. At least one type offers each format that DRM makes framebuffers of.
 *
 * Returns:
 * The number of formats, which may be greater than @max.
 */
u32 rvkms_format_list_readable(enum rvkms_plane_kind kind, u32 *fourccs, u32 max)
{
	u32 count = 0;

	for (u32 i = 0; i < ARRAY_SIZE(lists); i++) {
		for (u32 j = 0; j < lists[i]->count; j++) {
			const struct rvkms_format *format = &lists[i]->formats[j];

			if (!rvkms_format_is_offered(format, kind))
				continue;

			if (count < max)
				fourccs[count] = format->fourcc;
			count++;
		}
	}

	return count;
}

/**
 * rvkms_format_list_writable - list the formats of writeback
 * @fourccs: room for @max formats; may be NULL if @max is 0
 * @max: largest number of formats to write
 *
 * Leaves out formats that DRM makes no framebuffers of.
 *
 * Returns:
 * The number of formats, which may be greater than @max.
 */
u32 rvkms_format_list_writable(u32 *fourccs, u32 max)
{
	u32 count = 0;

	for (u32 i = 0; i < ARRAY_SIZE(lists); i++) {
		for (u32 j = 0; j < lists[i]->count; j++) {
			const struct rvkms_format *format = &lists[i]->formats[j];

			if (format->is_unlisted || !format->write)
				continue;

			if (count < max)
				fourccs[count] = format->fourcc;
			count++;
		}
	}

	return count;
}
