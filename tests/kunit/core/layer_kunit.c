// SPDX-License-Identifier: GPL-2.0

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
	{ "no opacity", DRM_FORMAT_XRGB8888, RVKMS_BLEND_PREMULTIPLIED, 65535, true },
	{ "no opacity, coverage", DRM_FORMAT_XRGB8888, RVKMS_BLEND_COVERAGE, 65535, true },
	{ "no opacity, nearly opaque plane", DRM_FORMAT_XRGB8888, RVKMS_BLEND_PREMULTIPLIED,
	  65534, false },
	{ "no opacity, transparent plane", DRM_FORMAT_XRGB8888, RVKMS_BLEND_NONE, 0, false },
	{ "opacity", DRM_FORMAT_ARGB8888, RVKMS_BLEND_PREMULTIPLIED, 65535, false },
	{ "opacity, coverage", DRM_FORMAT_ARGB8888, RVKMS_BLEND_COVERAGE, 65535, false },
	{ "opacity that does not count", DRM_FORMAT_ARGB8888, RVKMS_BLEND_NONE, 65535, true },
	{ "opacity that does not count, nearly opaque plane", DRM_FORMAT_ARGB8888,
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
 * A span that nobody's geometry makes: its walk begins three columns outside of the scaled picture.
 * Its fourth pixel is the first one of a span without these.
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
