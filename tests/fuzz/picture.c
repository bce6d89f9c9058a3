// SPDX-License-Identifier: GPL-2.0
/* Makes images and placements from the input of a fuzzer. */

#include <linux/limits.h>

#include <uapi/drm/drm_mode.h>

#include "format_reference.h"
#include "picture.h"

/* Takes a known format. */
u32 take_fourcc(struct input *in)
{
	return reference_formats[take_below(in, reference_num_formats)].fourcc;
}

/* A failed allocation aborts the run, as libFuzzer requires. */
static void *allocate(size_t size)
{
	void *memory = malloc(size);

	expect(memory);
	return memory;
}

/* Pixels take little of the input: a seed, and the first few bytes. */
static void fill(struct input *in, u8 *memory, size_t size)
{
	u32 value = take_u16(in) + 1;

	for (size_t i = 0; i < size; i++) {
		value = value * 1664525 + 1013904223;
		memory[i] = value >> 24;
	}
	if (take_bool(in))
		take_bytes(in, memory, size < 16 ? size : 16);
}

static struct rvkms_pixel *take_palette(struct input *in)
{
	struct rvkms_pixel *palette;

	if (!take_bool(in))
		return NULL;

	palette = allocate(256 * sizeof(*palette));
	fill(in, (u8 *)palette, 256 * sizeof(*palette));

	return palette;
}

/* Makes an image of a known format; the size is not 0. */
struct picture picture_make(struct input *in, u32 fourcc, u32 width, u32 height)
{
	const struct reference_format *format = reference_find(fourcc);
	struct picture picture = {
		.image = {
			.format = rvkms_format_find(fourcc),
			.width = width,
			.height = height,
			.encoding = take_u8(in),
			.range = take_u8(in),
		},
	};

	for (u32 i = 0; i < format->num_planes; i++) {
		const u32 rows = reference_plane_height(format, i, height);
		const size_t row = reference_min_pitch(format, i, width);
		const size_t pitch = row + take_u8(in) % 4;
		const size_t size = (rows - 1) * pitch + row;

		picture.memory[i] = allocate(size);
		fill(in, picture.memory[i], size);
		picture.image.planes[i].data = picture.memory[i];
		picture.image.planes[i].pitch = pitch;
	}
	picture.palette = take_palette(in);
	picture.image.palette = picture.palette;

	return picture;
}

/* Returns a target in the memory of the image. */
struct rvkms_target picture_target(const struct picture *picture)
{
	struct rvkms_target target = {
		.format = picture->image.format,
		.width = picture->image.width,
		.height = picture->image.height,
	};

	for (u32 i = 0; i < RVKMS_MAX_PLANES; i++) {
		target.planes[i].data = picture->memory[i];
		target.planes[i].pitch = picture->image.planes[i].pitch;
	}

	return target;
}

void picture_free(struct picture *picture)
{
	for (u32 i = 0; i < RVKMS_MAX_PLANES; i++)
		free(picture->memory[i]);
	free(picture->palette);
}

/* Takes a number up to @sensible in 16.16 fixed point, and sometimes any number. */
static u32 take_fixed(struct input *in, u32 sensible)
{
	if (take_u8(in) % 8 == 0)
		return take_u32(in);

	return (u32)take_below(in, sensible + 1) << 16 | (take_bool(in) ? take_u16(in) : 0);
}

/* Takes the placement of a plane, which mostly shows a part of an image of this size. */
struct rvkms_placement take_placement(struct input *in, u32 width, u32 height)
{
	struct rvkms_placement at = {
		.src_x = take_fixed(in, width),
		.src_y = take_fixed(in, height),
		.src_w = take_fixed(in, width),
		.src_h = take_fixed(in, height),
		.dst_x = (s32)take_near(in, MAX_WIDTH),
		.dst_y = (s32)take_near(in, MAX_HEIGHT),
		.dst_w = (u32)take_near(in, MAX_WIDTH),
		.dst_h = (u32)take_near(in, MAX_HEIGHT),
	};

	if (take_u8(in) % 8 == 0)
		at.rotation = take_u32(in);
	else
		at.rotation = DRM_MODE_ROTATE_0 << take_u8(in) % 4 |
			      (DRM_MODE_REFLECT_X * (take_u8(in) % 4) & DRM_MODE_REFLECT_MASK);

	/* Half of the placements are not scaled. */
	if (take_bool(in)) {
		const bool swaps = rvkms_rotation_swaps_axes(at.rotation);

		at.dst_w = (swaps ? at.src_h : at.src_w) >> 16;
		at.dst_h = (swaps ? at.src_w : at.src_h) >> 16;
	}

	return at;
}
