// SPDX-License-Identifier: GPL-2.0
/* Tests of core/layer: reads of a layer's visible part. */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/types.h>

#include <uapi/drm/drm_fourcc.h>
#include <uapi/drm/drm_mode.h>

#include "../../core/compose/layer.h"

struct hides_case {
	const char *desc;
	u32 fourcc;
	enum rvkms_blend_mode mode;
	u16 alpha;
	bool expected;
};

static const struct hides_case hides_cases[] = {
	{ "no alpha", DRM_FORMAT_XRGB8888, RVKMS_BLEND_PREMULTIPLIED, 65535, true },
	{ "no alpha, coverage", DRM_FORMAT_XRGB8888, RVKMS_BLEND_COVERAGE, 65535, true },
	{ "no alpha, nearly opaque plane", DRM_FORMAT_XRGB8888, RVKMS_BLEND_PREMULTIPLIED,
	  65534, false },
	{ "no alpha, transparent plane", DRM_FORMAT_XRGB8888, RVKMS_BLEND_NONE, 0, false },
	{ "alpha", DRM_FORMAT_ARGB8888, RVKMS_BLEND_PREMULTIPLIED, 65535, false },
	{ "alpha, coverage", DRM_FORMAT_ARGB8888, RVKMS_BLEND_COVERAGE, 65535, false },
	{ "alpha is ignored", DRM_FORMAT_ARGB8888, RVKMS_BLEND_NONE, 65535, true },
	{ "alpha is ignored, nearly opaque plane", DRM_FORMAT_ARGB8888,
	  RVKMS_BLEND_NONE, 65534, false },
};

KUNIT_ARRAY_PARAM_DESC(hides, hides_cases, desc);

static void rvkms_test_layer_hides(struct kunit *test)
{
	const struct hides_case *row = test->param_value;
	const struct rvkms_layer layer = {
		.image.format = rvkms_format_find(row->fourcc),
		.blend_mode = row->mode,
		.alpha = row->alpha,
	};

	KUNIT_EXPECT_EQ(test, rvkms_layer_hides(&layer), row->expected);
}

/*
 * A span that rvkms_geometry_clip() never makes: its walk starts three columns outside of the
 * scaled image. Its fourth pixel is the first pixel of a span without these columns.
 */
static void rvkms_test_layer_read_skips_what_is_outside(struct kunit *test)
{
	static const u8 memory[20] = { 1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0, 10, 11, 12, 0, 13 };
	const struct rvkms_placement at = {
		.dst_w = 10, .dst_h = 2, .src_w = 5 << 16, .src_h = 1 << 16,
		.rotation = DRM_MODE_ROTATE_180,
	};
	struct rvkms_layer layer = {
		.image = {
			.format = rvkms_format_find(DRM_FORMAT_XRGB8888),
			.planes = { { memory, 20 } }, .width = 5, .height = 1,
		},
		.visible = rvkms_geometry_clip(&at, 32, 2),
		.filter = RVKMS_FILTER_NEAREST,
	};
	struct rvkms_part part = rvkms_layer_part(&layer, 32, 0);
	struct rvkms_pixel expected[10], pixels[10];

	rvkms_layer_read(&layer, &part, 0, 10, expected);
	KUNIT_EXPECT_EQ(test, expected[0].b, 13 * 257);
	KUNIT_EXPECT_EQ(test, expected[9].b, 257);

	layer.visible.src_x += 3;
	layer.visible.width += 3;
	part = rvkms_layer_part(&layer, 32, 0);
	KUNIT_EXPECT_EQ(test, part.begin, 3);
	KUNIT_EXPECT_EQ(test, part.end, 13);
	rvkms_layer_read(&layer, &part, 3, 10, pixels);
	KUNIT_EXPECT_MEMEQ(test, pixels, expected, sizeof(pixels));
}

static struct kunit_case rvkms_layer_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_layer_hides, hides_gen_params),
	KUNIT_CASE(rvkms_test_layer_read_skips_what_is_outside),
	{}
};

static struct kunit_suite rvkms_layer_suite = {
	.name = "rvkms_layer",
	.test_cases = rvkms_layer_tests,
};

kunit_test_suite(rvkms_layer_suite);
