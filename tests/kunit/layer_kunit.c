// SPDX-License-Identifier: GPL-2.0

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/types.h>

#include <uapi/drm/drm_fourcc.h>

#include "../core/layer.h"

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

static struct kunit_case rvkms_layer_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_layer_hides, hides_gen_params),
	{}
};

static struct kunit_suite rvkms_layer_suite = {
	.name = "rvkms_layer",
	.test_cases = rvkms_layer_tests,
};

kunit_test_suite(rvkms_layer_suite);
