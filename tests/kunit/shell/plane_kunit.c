// SPDX-License-Identifier: GPL-2.0
/* Tests of planes: scaling, rotation, damage, colour encodings, and rejected framebuffers. */

#include <drm/drm_atomic.h>
#include <drm/drm_blend.h>
#include <drm/drm_color_mgmt.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_gem.h>
#include <drm/drm_mode_object.h>
#include <drm/drm_plane.h>
#include <drm/drm_property.h>
#include <drm/drm_rect.h>
#include <kunit/test.h>
#include <linux/iosys-map.h>
#include <linux/string.h>

#include "../../objects/device.h"
#include "display.h"

struct scaling_case {
	const char *desc;
	u32 width, height;
	int err;
};

/* Framebuffers of 16x16 pixels. */
static const struct scaling_case scaling_cases[] = {
	{ "largest", 8192, 8192, 0 },
	{ "too wide", 8193, 8192, -ERANGE },
	{ "too high", 8192, 8193, -ERANGE },
	{ "smallest", 2, 2, 0 },
	{ "too narrow", 1, 2, -ERANGE },
	{ "too flat", 2, 1, -ERANGE },
};

KUNIT_ARRAY_PARAM_DESC(scaling, scaling_cases, desc);

static void rvkms_test_plane_scaling_limits(struct kunit *test)
{
	const struct scaling_case *param = test->param_value;
	struct display *display = display_turned_on(test, 0);
	struct drm_client_buffer *buffer = display_buffer(display, 16, 16, DRM_FORMAT_ARGB8888);
	const struct display_request request = {
		.planes = { { .plane = display->overlay, .fb = buffer->fb,
			      .width = param->width, .height = param->height } },
	};

	KUNIT_EXPECT_EQ(test, display_check(display, &request), param->err);
}

struct cursor_case {
	const char *desc;
	u32 width, height;
	int err;
};

static const struct cursor_case cursor_cases[] = {
	{ "64x64", 64, 64, 0 },
	{ "largest", 512, 512, 0 },
	{ "too wide", 513, 512, -EINVAL },
	{ "too high", 512, 513, -EINVAL },
};

KUNIT_ARRAY_PARAM_DESC(cursor, cursor_cases, desc);

static void rvkms_test_plane_cursor_size(struct kunit *test)
{
	const struct cursor_case *param = test->param_value;
	struct display *display = display_turned_on(test, 0);
	struct drm_client_buffer *buffer = display_buffer(display, param->width, param->height,
							  DRM_FORMAT_ARGB8888);
	const struct display_request request = {
		.planes = { { .plane = display->cursor, .fb = buffer->fb } },
	};

	KUNIT_EXPECT_EQ(test, display_check(display, &request), param->err);
}

/* All sizes of SIZE_HINTS are accepted, and the last is the largest cursor. */
static void rvkms_test_plane_size_hints(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	struct drm_property *property = display->drm->mode_config.size_hints_property;
	const struct drm_plane_size_hint *hints;
	struct drm_property_blob *blob;
	u64 id = 0;

	KUNIT_EXPECT_NE(test, drm_object_property_get_default_value(&display->overlay->base,
								    property, &id), 0);
	KUNIT_ASSERT_EQ(test, drm_object_property_get_default_value(&display->cursor->base,
								    property, &id), 0);
	blob = drm_property_lookup_blob(display->drm, id);
	KUNIT_ASSERT_NOT_NULL(test, blob);
	KUNIT_ASSERT_EQ(test, blob->length, 5 * sizeof(*hints));
	hints = blob->data;
	for (u32 i = 0; i < 5; i++) {
		struct drm_client_buffer *buffer = display_buffer(display, 32 << i, 32 << i,
								  DRM_FORMAT_ARGB8888);
		const struct display_request request = {
			.planes = { { .plane = display->cursor, .fb = buffer->fb } },
		};

		KUNIT_EXPECT_EQ(test, hints[i].width, 32 << i);
		KUNIT_EXPECT_EQ(test, hints[i].height, 32 << i);
		KUNIT_EXPECT_EQ(test, display_check(display, &request), 0);
	}
	KUNIT_EXPECT_EQ(test, hints[4].width, display->rvkms->limits.cursor_width);
	KUNIT_EXPECT_EQ(test, hints[4].height, display->rvkms->limits.cursor_height);
	drm_property_blob_put(blob);
}

/* A client draws on a shown buffer and reports damage of a part only: all of it becomes visible. */
static int damage_corner(struct display *display, struct drm_atomic_commit *commit)
{
	static const struct drm_mode_rect clip = { 0, 0, 1, 1 };
	struct drm_plane_state *state = drm_atomic_get_plane_state(commit, display->primary);
	struct drm_property_blob *blob;

	if (IS_ERR(state))
		return PTR_ERR(state);

	blob = drm_property_create_blob(display->drm, sizeof(clip), &clip);
	if (IS_ERR(blob))
		return PTR_ERR(blob);

	state->fb_damage_clips = blob;

	return 0;
}

static void rvkms_test_plane_shows_more_than_damage(struct kunit *test)
{
	struct display *display = test->priv;
	struct drm_client_buffer *buffer = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request request = {
		.planes = { { .plane = display->primary, .fb = buffer->fb } },
		.change = damage_corner,
		.writeback = result->fb,
	};
	struct drm_property *clips = display->drm->mode_config.prop_fb_damage_clips;
	u64 value;

	KUNIT_EXPECT_EQ(test, drm_object_property_get_default_value(&display->primary->base, clips,
								    &value), 0);
	display_fill(buffer, 0x00000000);
	display_turn_on(display, buffer->fb);
	display_fill(buffer, 0x00ff00ff);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &request));
	KUNIT_EXPECT_EQ(test, display_pixel(result, 0, 0), 0xffff00ff);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 639, 479), 0xffff00ff);
}

struct position_case {
	const char *desc;
	int x, y;
	bool visible;
};

static const struct position_case position_cases[] = {
	{ "inside", 10, 10, true },
	{ "last pixel of all", 639, 479, true },
	{ "first pixel of all", -63, -63, true },
	{ "right of it", 640, 0, false },
	{ "below it", 0, 480, false },
	{ "left of it", -64, 0, false },
	{ "above it", 0, -64, false },
	{ "far away", INT_MIN, INT_MAX - 64, false },
};

KUNIT_ARRAY_PARAM_DESC(position, position_cases, desc);

static void rvkms_test_plane_visible(struct kunit *test)
{
	const struct position_case *param = test->param_value;
	struct display *display = display_turned_on(test, 0);
	struct drm_client_buffer *buffer = display_buffer(display, 64, 64, DRM_FORMAT_ARGB8888);
	const struct display_request request = {
		.planes = { { display->overlay, buffer->fb, param->x, param->y } },
	};

	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &request));
	KUNIT_EXPECT_EQ(test, display->overlay->state->visible, param->visible);
}

static void rvkms_test_plane_defaults(struct kunit *test)
{
	struct display *display = test->priv;
	struct drm_plane *plane;

	drm_for_each_plane(plane, display->drm) {
		KUNIT_EXPECT_NOT_NULL(test, plane->rotation_property);
		KUNIT_EXPECT_EQ(test, plane->state->rotation, DRM_MODE_ROTATE_0);
		KUNIT_EXPECT_NOT_NULL(test, plane->scaling_filter_property);
		KUNIT_EXPECT_EQ(test, plane->state->scaling_filter, DRM_SCALING_FILTER_DEFAULT);
		KUNIT_EXPECT_NOT_NULL(test, plane->color_encoding_property);
		KUNIT_EXPECT_EQ(test, plane->state->color_encoding, DRM_COLOR_YCBCR_BT601);
		KUNIT_EXPECT_NOT_NULL(test, plane->color_range_property);
		KUNIT_EXPECT_EQ(test, plane->state->color_range, DRM_COLOR_YCBCR_LIMITED_RANGE);
	}
}

/* The upper left pixel of the frame after a change of a plane. */
static u32 shown_pixel(struct display *display, struct display_plane_request plane)
{
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request request = {
		.planes = { plane },
		.writeback = result->fb,
	};

	KUNIT_ASSERT_EQ(display->test, 0, display_commit(display, &request));

	return display_pixel(result, 0, 0);
}

/*
 * The buffers are large enough for an offset that is added twice: the frame would be wrong, but no
 * access out of bounds.
 */
struct planar_case {
	const char *desc;
	size_t sizes[3];
	u32 offsets[3];
};

/*
 * The in-tree driver added the offset of a plane to an address that already included it, and took
 * all planes from the first buffer: chroma came from another place, or from outside of the buffer.
 */
static const struct planar_case planar_cases[] = {
	{ "one buffer", { 24576, 0 }, { 0, 4096 } },
	{ "one buffer, luma has an offset", { 24576, 0 }, { 4096, 8192 } },
	{ "one buffer, chroma first", { 24576, 0 }, { 4096, 0 } },
	{ "two buffers", { 24576, 24576 }, { 0, 0 } },
	{ "two buffers, both have an offset", { 24576, 24576 }, { 4096, 2048 } },
};

KUNIT_ARRAY_PARAM_DESC(planar, planar_cases, desc);

static struct drm_framebuffer *planar_red(struct display *display, const struct planar_case *param)
{
	struct drm_mode_fb_cmd2 cmd = {
		.width = 64, .height = 64, .pixel_format = DRM_FORMAT_NV12, .pitches = { 64, 64 },
		.offsets = { param->offsets[0], param->offsets[1] },
	};
	struct drm_framebuffer *fb;
	u8 *memory[3];

	fb = display_planar(display, &cmd, param->sizes, memory);
	memset(memory[0] + param->offsets[0], 81, 64 * 64);
	for (u32 i = 0; i < 32 * 64; i++)
		memory[1][param->offsets[1] + i] = i % 2 ? 240 : 90;

	return fb;
}

static void rvkms_test_plane_shows_planes_at_offsets(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	const struct display_plane_request plane = {
		.plane = display->overlay,
		.fb = planar_red(display, test->param_value),
	};

	KUNIT_EXPECT_EQ(test, shown_pixel(display, plane), 0xfffe0000);
}

struct colour_case {
	const char *desc;
	struct display_colour colour;
	u32 expected;
};

#define LIMITED DRM_COLOR_YCBCR_LIMITED_RANGE
#define FULL DRM_COLOR_YCBCR_FULL_RANGE

/* The result of Y = 81, Cb = 90, Cr = 240 in each encoding. */
static const struct colour_case colour_cases[] = {
	{ "BT.601, limited", { DRM_COLOR_YCBCR_BT601, LIMITED }, 0xfffe0000 },
	{ "BT.601, full", { DRM_COLOR_YCBCR_BT601, FULL }, 0xffee0e0e },
	{ "BT.709, limited", { DRM_COLOR_YCBCR_BT709, LIMITED }, 0xffff1800 },
	{ "BT.709, full", { DRM_COLOR_YCBCR_BT709, FULL }, 0xffff240a },
	{ "BT.2020, limited", { DRM_COLOR_YCBCR_BT2020, LIMITED }, 0xffff0a00 },
	{ "BT.2020, full", { DRM_COLOR_YCBCR_BT2020, FULL }, 0xfff6170a },
};

KUNIT_ARRAY_PARAM_DESC(colour, colour_cases, desc);

static void rvkms_test_plane_shows_colour_encoding(struct kunit *test)
{
	const struct colour_case *param = test->param_value;
	struct display *display = display_turned_on(test, 0);
	const struct display_plane_request plane = {
		.plane = display->overlay,
		.fb = planar_red(display, &planar_cases[0]),
		.colour = &param->colour,
	};

	KUNIT_EXPECT_EQ(test, shown_pixel(display, plane), param->expected);
}

struct rotation_case {
	const char *desc;
	unsigned int rotation;
	u32 width, height;
	/*
	 * The expected colour in the upper left corner: that of the framebuffer's upper left, upper
	 * right, ...
	 */
	u32 expected;
	/* The visible part of the framebuffer if the plane is at (-4, -4). */
	int x1, y1, x2, y2;
};

#define UPPER_LEFT 0xff110000
#define UPPER_RIGHT 0xff002200
#define LOWER_LEFT 0xff000033
#define LOWER_RIGHT 0xff444444

static const struct rotation_case rotation_cases[] = {
	{ "0", DRM_MODE_ROTATE_0, 16, 8, UPPER_LEFT, 4, 4, 16, 8 },
	{ "90", DRM_MODE_ROTATE_90, 8, 16, UPPER_RIGHT, 0, 4, 12, 8 },
	{ "180", DRM_MODE_ROTATE_180, 16, 8, LOWER_RIGHT, 0, 0, 12, 4 },
	{ "270", DRM_MODE_ROTATE_270, 8, 16, LOWER_LEFT, 4, 0, 16, 4 },
	{ "reflected", DRM_MODE_ROTATE_0 | DRM_MODE_REFLECT_X, 16, 8, UPPER_RIGHT, 0, 4, 12, 8 },
	{ "reflected, then rotated", DRM_MODE_ROTATE_90 | DRM_MODE_REFLECT_Y, 8, 16, LOWER_RIGHT,
	  0, 0, 12, 4 },
};

KUNIT_ARRAY_PARAM_DESC(rotation, rotation_cases, desc);

/* 16x8 pixels, with a colour in each corner. */
static struct drm_client_buffer *corners(struct display *display)
{
	struct drm_client_buffer *buffer = display_buffer(display, 16, 8, DRM_FORMAT_ARGB8888);
	const u32 pitch = buffer->fb->pitches[0];

	display_fill(buffer, 0xff777777);
	iosys_map_wr(&buffer->map, 0, u32, UPPER_LEFT);
	iosys_map_wr(&buffer->map, 15 * 4, u32, UPPER_RIGHT);
	iosys_map_wr(&buffer->map, 7 * pitch, u32, LOWER_LEFT);
	iosys_map_wr(&buffer->map, 7 * pitch + 15 * 4, u32, LOWER_RIGHT);

	return buffer;
}

static struct display_plane_request turned(struct display *display,
					   const struct rotation_case *param, int x, int y)
{
	return (struct display_plane_request){
		.plane = display->overlay,
		.fb = corners(display)->fb,
		.x = x,
		.y = y,
		.width = param->width,
		.height = param->height,
		.rotation = param->rotation,
	};
}

static void rvkms_test_plane_shows_rotation(struct kunit *test)
{
	const struct rotation_case *param = test->param_value;
	struct display *display = display_turned_on(test, 0);

	KUNIT_EXPECT_EQ(test, shown_pixel(display, turned(display, param, 0, 0)), param->expected);
}

static void rvkms_test_plane_visible_source_of_rotation(struct kunit *test)
{
	const struct rotation_case *param = test->param_value;
	struct display *display = display_turned_on(test, 0);
	const struct display_request request = { .planes = { turned(display, param, -4, -4) } };
	const struct drm_rect *src;

	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &request));
	src = &display->overlay->state->src;
	KUNIT_EXPECT_EQ(test, src->x1, param->x1 << 16);
	KUNIT_EXPECT_EQ(test, src->y1, param->y1 << 16);
	KUNIT_EXPECT_EQ(test, src->x2, param->x2 << 16);
	KUNIT_EXPECT_EQ(test, src->y2, param->y2 << 16);
}

struct filter_case {
	const char *desc;
	enum drm_scaling_filter filter;
	int x, y;
	u32 expected;
};

/*
 * The framebuffer's upper left pixel is black, all others are white, and each is scaled to 8x8.
 * Seven columns or rows on, the sample is 7/16 of a pixel past the centre of the black pixel.
 */
static const struct filter_case filter_cases[] = {
	{ "bilinear, corner", DRM_SCALING_FILTER_DEFAULT, 0, 0, 0xff000000 },
	{ "bilinear, to the right", DRM_SCALING_FILTER_DEFAULT, -7, 0, 0xff707070 },
	{ "bilinear, below", DRM_SCALING_FILTER_DEFAULT, 0, -7, 0xff707070 },
	{ "bilinear, both", DRM_SCALING_FILTER_DEFAULT, -7, -7, 0xffaeaeae },
	{ "bilinear, next pixel", DRM_SCALING_FILTER_DEFAULT, -12, -12, 0xffffffff },
	{ "nearest, corner", DRM_SCALING_FILTER_NEAREST_NEIGHBOR, 0, 0, 0xff000000 },
	{ "nearest, both", DRM_SCALING_FILTER_NEAREST_NEIGHBOR, -7, -7, 0xff000000 },
	{ "nearest, next pixel", DRM_SCALING_FILTER_NEAREST_NEIGHBOR, -8, 0, 0xffffffff },
	{ "nearest, pixel below", DRM_SCALING_FILTER_NEAREST_NEIGHBOR, 0, -8, 0xffffffff },
};

KUNIT_ARRAY_PARAM_DESC(filter, filter_cases, desc);

static void rvkms_test_plane_shows_filter(struct kunit *test)
{
	const struct filter_case *param = test->param_value;
	struct display *display = display_turned_on(test, 0);
	struct drm_client_buffer *buffer = display_buffer(display, 8, 8, DRM_FORMAT_ARGB8888);
	const struct display_plane_request plane = {
		.plane = display->overlay, .fb = buffer->fb, .x = param->x, .y = param->y,
		.width = 64, .height = 64, .filter = param->filter,
	};

	display_fill(buffer, 0xffffffff);
	iosys_map_wr(&buffer->map, 0, u32, 0xff000000);

	KUNIT_EXPECT_EQ(test, shown_pixel(display, plane), param->expected);
}

static void rvkms_test_plane_refuses_half_a_group(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	struct drm_mode_fb_cmd2 cmd = {
		.width = 63, .height = 64, .pixel_format = DRM_FORMAT_YUYV, .pitches = { 128 },
	};
	const size_t sizes[] = { 8192 };
	u8 *memory[3];
	const struct display_request request = {
		.planes = {
			{
				.plane = display->overlay,
				.fb = display_planar(display, &cmd, sizes, memory),
			},
		},
	};

	KUNIT_EXPECT_EQ(test, display_check(display, &request), -EINVAL);
}

static int vmap_fails(struct drm_gem_object *object, struct iosys_map *map)
{
	return -EXDEV;
}

static u8 registers[1];

static int vmap_to_registers(struct drm_gem_object *object, struct iosys_map *map)
{
	iosys_map_set_vaddr_iomem(map, (void __iomem *)registers);

	return 0;
}

static void vunmap_nothing(struct drm_gem_object *object, struct iosys_map *map)
{
}

struct unmapped_case {
	const char *desc;
	int (*vmap)(struct drm_gem_object *object, struct iosys_map *map);
	int err;
};

static const struct unmapped_case unmapped_cases[] = {
	{ "cannot be mapped", vmap_fails, -EXDEV },
	{ "behind I/O accessors", vmap_to_registers, -EOPNOTSUPP },
};

KUNIT_ARRAY_PARAM_DESC(unmapped, unmapped_cases, desc);

/*
 * Planes and writeback reject buffers that the CPU cannot access. If the error path leaked a
 * framebuffer, DRM would warn when the device is released.
 */
static void rvkms_test_plane_refuses_unmapped(struct kunit *test)
{
	const struct unmapped_case *param = test->param_value;
	struct display *display = display_turned_on(test, 0);
	struct drm_client_buffer *buffer = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request shown = {
		.planes = { { .plane = display->primary, .fb = buffer->fb } },
	};
	const struct display_request written = { .writeback = buffer->fb };
	struct drm_gem_object *object = buffer->fb->obj[0];
	const struct drm_gem_object_funcs *real_funcs = object->funcs;
	struct drm_gem_object_funcs funcs = *real_funcs;

	funcs.vmap = param->vmap;
	funcs.vunmap = vunmap_nothing;
	object->funcs = &funcs;
	KUNIT_EXPECT_EQ(test, display_commit(display, &shown), param->err);
	KUNIT_EXPECT_EQ(test, display_commit(display, &written), param->err);
	object->funcs = real_funcs;
	KUNIT_EXPECT_EQ(test, display_commit(display, &shown), 0);
}

static struct kunit_case plane_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_plane_scaling_limits, scaling_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_plane_cursor_size, cursor_gen_params),
	KUNIT_CASE(rvkms_test_plane_size_hints),
	KUNIT_CASE(rvkms_test_plane_shows_more_than_damage),
	KUNIT_CASE_PARAM(rvkms_test_plane_visible, position_gen_params),
	KUNIT_CASE(rvkms_test_plane_defaults),
	KUNIT_CASE_PARAM(rvkms_test_plane_shows_planes_at_offsets, planar_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_plane_shows_colour_encoding, colour_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_plane_shows_rotation, rotation_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_plane_visible_source_of_rotation, rotation_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_plane_shows_filter, filter_gen_params),
	KUNIT_CASE(rvkms_test_plane_refuses_half_a_group),
	KUNIT_CASE_PARAM(rvkms_test_plane_refuses_unmapped, unmapped_gen_params),
	{}
};

static struct kunit_suite plane_suite = {
	.name = "rvkms_plane",
	.init = display_test_init,
	.test_cases = plane_tests,
};

kunit_test_suite(plane_suite);
