// SPDX-License-Identifier: GPL-2.0
/* Tests of core/image: the part of a walk that is within an image. */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/prandom.h>
#include <linux/string.h>
#include <linux/types.h>

#include <uapi/drm/drm_fourcc.h>

#include "../../core/pixel/image.h"
#include "mismatch.h"

static const u8 memory[64];

static struct rvkms_image image_of(u32 fourcc, u32 width, u32 height)
{
	return (struct rvkms_image){
		.format = rvkms_format_find(fourcc),
		.planes = { { memory, 8 }, { memory, 8 }, { memory, 8 } },
		.width = width, .height = height,
	};
}

/* Checks each pixel of the walk. */
static bool clip_is_wrong(const struct rvkms_image *image, const struct rvkms_walk *walk,
			  u32 width, u32 height)
{
	const struct rvkms_image_part part = rvkms_image_clip(image, walk);
	u32 first = 0, count = 0;

	for (u32 i = 0; i < walk->count; i++) {
		const s64 x = walk->x + (s64)i * walk->dx, y = walk->y + (s64)i * walk->dy;

		if (x < 0 || x >= width || y < 0 || y >= height)
			continue;
		if (!count++)
			first = i;
	}

	if (part.walk.count != count)
		return true;

	return count && (part.skipped != first || part.walk.dx != walk->dx ||
			 part.walk.dy != walk->dy ||
			 part.walk.x != walk->x + (s64)first * walk->dx ||
			 part.walk.y != walk->y + (s64)first * walk->dy);
}

/* Images of 0 to 3 x 0 to 3 pixels; walks from -2 to 4 of 0 to 6 pixels, in all directions. */
static void rvkms_test_image_clip_lattice(struct kunit *test)
{
	static const s32 ways[][2] = { { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 } };
	struct mismatch m = {};

	for (u32 i = 0; i < 16 * 49 * 7 * 4; i++) {
		const struct rvkms_image image = image_of(DRM_FORMAT_R8, i % 4, i / 4 % 4);
		const struct rvkms_walk walk = {
			.x = (s64)(i / 16 % 7) - 2, .y = (s64)(i / 112 % 7) - 2,
			.dx = ways[i / 784 % 4][0], .dy = ways[i / 784 % 4][1],
			.count = i / 3136,
		};

		mismatch_note(&m, clip_is_wrong(&image, &walk, image.width, image.height), i);
	}

	EXPECT_NO_MISMATCH(test, &m, 16 * 49 * 7 * 4);
}

struct clip_case {
	const char *desc;
	struct rvkms_walk walk;
	struct rvkms_image_part expected;
};

/* The image has 8x4 pixels. */
static const struct clip_case clip_cases[] = {
	{ "no pixels", { 0, 0, 1, 0, 0 }, { } },
	{ "no step", { 0, 0, 0, 0, 4 }, { } },
	{ "diagonal", { 0, 0, 1, 1, 4 }, { } },
	{ "two columns a step", { 0, 0, 2, 0, 4 }, { } },
	{ "two rows back a step", { 0, 3, 0, -2, 4 }, { } },
	{ "largest steps", { 0, 0, INT_MAX, INT_MIN, 4 }, { } },
	{ "longest", { 0, 0, 1, 0, U32_MAX }, { { 0, 0, 1, 0, 8 }, 0 } },
	{ "longest, back", { 7, 0, -1, 0, U32_MAX }, { { 7, 0, -1, 0, 8 }, 0 } },
	{ "longest, down", { 0, 0, 0, 1, U32_MAX }, { { 0, 0, 0, 1, 4 }, 0 } },
	{ "from far left", { -4294967288ll, 0, 1, 0, U32_MAX },
	  { { 0, 0, 1, 0, 7 }, 4294967288u } },
	{ "from too far left", { -4294967295ll, 0, 1, 0, U32_MAX }, { } },
	{ "from far right", { 4294967301ll, 3, -1, 0, U32_MAX },
	  { { 7, 3, -1, 0, 1 }, 4294967294u } },
	{ "from far below", { 7, 4294967297ll, 0, -1, U32_MAX },
	  { { 7, 3, 0, -1, 1 }, 4294967294u } },
	{ "from nowhere", { S64_MIN, 0, 1, 0, U32_MAX }, { } },
	{ "to nowhere", { S64_MAX, 0, 1, 0, U32_MAX }, { } },
	{ "back from nowhere", { S64_MAX, 0, -1, 0, U32_MAX }, { } },
	{ "along a row above all", { 0, S64_MIN, 1, 0, 8 }, { } },
	{ "along a row below all", { 0, S64_MAX, -1, 0, 8 }, { } },
	{ "along a column left of all", { S64_MIN, 0, 0, -1, 8 }, { } },
};

KUNIT_ARRAY_PARAM_DESC(clip, clip_cases, desc);

static void rvkms_test_image_clip_literal(struct kunit *test)
{
	const struct clip_case *row = test->param_value;
	const struct rvkms_image image = image_of(DRM_FORMAT_R8, 8, 4);
	const struct rvkms_image_part part = rvkms_image_clip(&image, &row->walk);

	KUNIT_EXPECT_EQ(test, part.walk.x, row->expected.walk.x);
	KUNIT_EXPECT_EQ(test, part.walk.y, row->expected.walk.y);
	KUNIT_EXPECT_EQ(test, part.walk.dx, row->expected.walk.dx);
	KUNIT_EXPECT_EQ(test, part.walk.dy, row->expected.walk.dy);
	KUNIT_EXPECT_EQ(test, part.walk.count, row->expected.walk.count);
	KUNIT_EXPECT_EQ(test, part.skipped, row->expected.skipped);
}

struct group_case {
	const char *desc;
	u32 fourcc;
	u32 width, height;
	u32 expected_width, expected_height;
};

/* DRM guarantees no memory for the samples of an incomplete group. */
static const struct group_case group_cases[] = {
	{ "pairs of columns", DRM_FORMAT_YUYV, 7, 3, 6, 3 },
	{ "one column of a pair", DRM_FORMAT_Y216, 1, 3, 0, 3 },
	{ "tiles", DRM_FORMAT_X0L2, 7, 3, 6, 2 },
	{ "one row of a tile", DRM_FORMAT_Y0L0, 2, 1, 2, 0 },
	{ "chroma in a plane of its own", DRM_FORMAT_NV12, 7, 3, 7, 3 },
	{ "chroma in two planes", DRM_FORMAT_YUV410, 5, 5, 5, 5 },
	{ "fields in words", DRM_FORMAT_P030, 7, 3, 7, 3 },
};

KUNIT_ARRAY_PARAM_DESC(group, group_cases, desc);

static void rvkms_test_image_clip_whole_groups(struct kunit *test)
{
	const struct group_case *row = test->param_value;
	const struct rvkms_image image = image_of(row->fourcc, row->width, row->height);
	struct mismatch m = {};

	for (u32 i = 0; i < 64; i++) {
		const struct rvkms_walk across = { .y = i % 8, .dx = 1, .count = 8 };
		const struct rvkms_walk down = { .x = i / 8, .dy = 1, .count = 8 };

		mismatch_note(&m, clip_is_wrong(&image, &across, row->expected_width,
						row->expected_height) ||
			      clip_is_wrong(&image, &down, row->expected_width,
					    row->expected_height), i);
	}

	EXPECT_NO_MISMATCH(test, &m, 64);
}

/* Without a format, or without one of its planes, nothing can be read. */
static void rvkms_test_image_clip_incomplete(struct kunit *test)
{
	const struct rvkms_walk walk = { .dx = 1, .count = 4 };
	struct rvkms_image image = image_of(DRM_FORMAT_YUV420, 4, 4);

	KUNIT_EXPECT_EQ(test, rvkms_image_clip(&image, &walk).walk.count, 4);
	for (u32 i = 0; i < 3; i++) {
		image.planes[i].data = NULL;
		KUNIT_EXPECT_EQ(test, rvkms_image_clip(&image, &walk).walk.count, 0);
		image.planes[i].data = memory;
	}

	image.format = NULL;
	KUNIT_EXPECT_EQ(test, rvkms_image_clip(&image, &walk).walk.count, 0);
}

static struct kunit_case rvkms_image_tests[] = {
	KUNIT_CASE(rvkms_test_image_clip_lattice),
	KUNIT_CASE_PARAM(rvkms_test_image_clip_literal, clip_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_image_clip_whole_groups, group_gen_params),
	KUNIT_CASE(rvkms_test_image_clip_incomplete),
	{ }
};

static struct kunit_suite rvkms_image_suite = {
	.name = "rvkms_image",
	.test_cases = rvkms_image_tests,
};

kunit_test_suite(rvkms_image_suite);
