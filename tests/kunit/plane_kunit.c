// SPDX-License-Identifier: GPL-2.0

#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_plane.h>
#include <kunit/test.h>

#include "display.h"

static void rvkms_test_plane_refuses_scaling(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	struct drm_client_buffer *buffer = display_buffer(display, 64, 64, DRM_FORMAT_ARGB8888);
	const struct display_request request = {
		.planes = { { .plane = display->overlay, .fb = buffer->fb, .stretch = 1 } },
	};

	KUNIT_EXPECT_EQ(test, display_check(display, &request), -ERANGE);
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

static struct kunit_case plane_tests[] = {
	KUNIT_CASE(rvkms_test_plane_refuses_scaling),
	KUNIT_CASE_PARAM(rvkms_test_plane_cursor_size, cursor_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_plane_visible, position_gen_params),
	{}
};

static struct kunit_suite plane_suite = {
	.name = "rvkms_plane",
	.init = display_test_init,
	.test_cases = plane_tests,
};

kunit_test_suite(plane_suite);
