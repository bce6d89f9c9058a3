// SPDX-License-Identifier: GPL-2.0
/* Tests of writeback: blending, formats, and the completion of jobs. */

#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_plane.h>
#include <drm/drm_property.h>
#include <drm/drm_writeback.h>
#include <kunit/test.h>

#include "../../objects/crtc.h"
#include "display.h"

static void rvkms_test_writeback_background(struct kunit *test)
{
	struct display *display = test->priv;
	struct drm_client_buffer *small = display_buffer(display, 4, 2, DRM_FORMAT_XRGB8888);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request capture = { .writeback = result->fb };

	display_fill(small, 0x00123456);
	display_fill(result, 0xdeadbeef);
	display_turn_on(display, small->fb);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));

	KUNIT_EXPECT_EQ(test, display_pixel(result, 0, 0), 0xff123456);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 3, 1), 0xff123456);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 4, 1), 0xff000000);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 3, 2), 0xff000000);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 639, 479), 0xff000000);
}

/* 0x80808080 is 50.2 % white: over 0xff it gives 0xff, over 0 it gives 0x80. */
static void rvkms_test_writeback_blends_planes_in_order(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00ff0000);
	struct drm_client_buffer *overlay = display_buffer(display, 16, 16, DRM_FORMAT_ARGB8888);
	struct drm_client_buffer *cursor = display_buffer(display, 16, 16, DRM_FORMAT_ARGB8888);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request request = {
		.planes = {
			{ .plane = display->cursor, .fb = cursor->fb, .x = 632, .y = -8 },
			{ .plane = display->overlay, .fb = overlay->fb, .x = 624, .y = 4 },
		},
		.writeback = result->fb,
	};

	display_fill(overlay, 0x80808080);
	display_fill(cursor, 0xff0000ff);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &request));

	KUNIT_EXPECT_EQ(test, display_pixel(result, 623, 4), 0xffff0000);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 624, 3), 0xffff0000);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 624, 4), 0xffff8080);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 631, 7), 0xffff8080);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 632, 7), 0xff0000ff);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 632, 8), 0xffff8080);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 639, 0), 0xff0000ff);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 639, 19), 0xffff8080);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 639, 20), 0xffff0000);
}

/* A plane that a commit does not change is written back too. */
static void rvkms_test_writeback_shows_untouched_planes(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00112233);
	struct drm_client_buffer *overlay = display_buffer(display, 8, 8, DRM_FORMAT_XRGB8888);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request show = {
		.planes = { { .plane = display->overlay, .fb = overlay->fb } },
	};
	const struct display_request capture = { .writeback = result->fb };

	display_fill(overlay, 0x00445566);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &show));
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));

	KUNIT_EXPECT_EQ(test, display_pixel(result, 7, 7), 0xff445566);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 8, 8), 0xff112233);
}

/* The end of a commit waits for its job, so that jobs do not pile up. */
static void rvkms_test_writeback_done_when_commit_ends(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00778899);
	struct rvkms_crtc *crtc = to_rvkms_crtc(display->crtc);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request capture = { .writeback = result->fb };

	for (int i = 0; i < 5; i++) {
		display_fill(result, 0);
		KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
		KUNIT_EXPECT_FALSE(test, crtc->scanout.latch.is_composing);
		KUNIT_EXPECT_EQ(test, display_pixel(result, 639, 479), 0xff778899);
	}
}

/* A line of NV12 needs the line above it: the worker keeps two. */
static void rvkms_test_writeback_nv12(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00ff0000);
	struct drm_client_buffer *overlay = display_buffer(display, 640, 1, DRM_FORMAT_XRGB8888);
	struct drm_mode_fb_cmd2 cmd = {
		.width = 640, .height = 480, .pixel_format = DRM_FORMAT_NV12,
		.pitches = { 640, 640 },
	};
	const size_t sizes[] = { 640 * 480, 640 * 240 };
	u8 *memory[3];
	const struct display_request request = {
		.planes = { { .plane = display->overlay, .fb = overlay->fb, .y = 1 } },
		.writeback = display_planar(display, &cmd, sizes, memory),
	};

	display_fill(overlay, 0x00ffffff);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &request));

	/*
	 * Red, with white in the second line: chroma of the first two lines is half way between
	 * both.
	 */
	KUNIT_EXPECT_EQ(test, memory[0][0], 81);
	KUNIT_EXPECT_EQ(test, memory[0][640 + 639], 235);
	KUNIT_EXPECT_EQ(test, memory[0][640 * 480 - 1], 81);
	KUNIT_EXPECT_EQ(test, memory[1][0], 109);
	KUNIT_EXPECT_EQ(test, memory[1][639], 184);
	KUNIT_EXPECT_EQ(test, memory[1][640], 90);
	KUNIT_EXPECT_EQ(test, memory[1][640 * 240 - 1], 240);
}

static void rvkms_test_writeback_refuses_size(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	struct drm_client_buffer *result = display_buffer(display, 640, 479, DRM_FORMAT_XRGB8888);
	const struct display_request capture = { .writeback = result->fb };

	KUNIT_EXPECT_EQ(test, display_check(display, &capture), -EINVAL);
}

static void rvkms_test_writeback_refuses_format(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_R8);
	const struct display_request capture = { .writeback = result->fb };

	KUNIT_EXPECT_EQ(test, display_check(display, &capture), -EINVAL);
}

/* All writable formats are listed, among them those of half floats. */
static void rvkms_test_writeback_formats(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	const struct drm_property_blob *blob =
		drm_connector_to_writeback(display->writeback)->pixel_formats_blob_ptr;
	const u32 *formats = blob->data;
	const u32 count = blob->length / sizeof(*formats);
	struct drm_client_buffer *half = display_buffer(display, 640, 480,
							DRM_FORMAT_ABGR16161616F);
	const struct display_request capture = { .writeback = half->fb };
	u32 num_deep = 0, num_half = 0;

	KUNIT_EXPECT_EQ(test, formats[0], DRM_FORMAT_XRGB8888);
	for (u32 i = 0; i < count; i++) {
		num_half += formats[i] >> 24 == 'H';
		num_deep += formats[i] == DRM_FORMAT_ARGB16161616;
	}
	KUNIT_EXPECT_EQ(test, count, 58);
	KUNIT_EXPECT_EQ(test, num_half, 4);
	KUNIT_EXPECT_EQ(test, num_deep, 1);
	KUNIT_EXPECT_EQ(test, display_check(display, &capture), 0);
}

static struct kunit_case writeback_tests[] = {
	KUNIT_CASE(rvkms_test_writeback_formats),
	KUNIT_CASE(rvkms_test_writeback_background),
	KUNIT_CASE(rvkms_test_writeback_blends_planes_in_order),
	KUNIT_CASE(rvkms_test_writeback_shows_untouched_planes),
	KUNIT_CASE(rvkms_test_writeback_done_when_commit_ends),
	KUNIT_CASE(rvkms_test_writeback_nv12),
	KUNIT_CASE(rvkms_test_writeback_refuses_size),
	KUNIT_CASE(rvkms_test_writeback_refuses_format),
	{}
};

static struct kunit_suite writeback_suite = {
	.name = "rvkms_writeback",
	.init = display_test_init,
	.test_cases = writeback_tests,
};

kunit_test_suite(writeback_suite);
