// SPDX-License-Identifier: GPL-2.0
/* Tests of the scan-out buffer that DRM writes the reason of a panic to. */

#include <drm/drm_crtc.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_modeset_helper_vtables.h>
#include <drm/drm_panic.h>
#include <drm/drm_plane.h>
#include <kunit/test.h>

#include "display.h"

static int scanout_buffer(struct drm_plane *plane, struct drm_scanout_buffer *buffer)
{
	unsigned long flags = 0;
	int ret;

	drm_panic_lock(plane->dev, flags);
	ret = plane->helper_private->get_scanout_buffer(plane, buffer);
	drm_panic_unlock(plane->dev, flags);

	return ret;
}

/* A write to the buffer is visible in the next frame, without a commit. */
static void rvkms_test_panic_writes_to_the_screen(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00112233);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request capture = { .writeback = result->fb };
	struct drm_scanout_buffer buffer = {};

	KUNIT_ASSERT_EQ(test, 0, scanout_buffer(display->primary, &buffer));
	KUNIT_EXPECT_EQ(test, buffer.format->format, DRM_FORMAT_XRGB8888);
	KUNIT_EXPECT_EQ(test, buffer.width, 640);
	KUNIT_EXPECT_EQ(test, buffer.height, 480);
	KUNIT_EXPECT_EQ(test, buffer.pitch[0], 2560);
	KUNIT_EXPECT_FALSE(test, buffer.map[0].is_iomem);

	iosys_map_memset(&buffer.map[0], 479 * 2560 + 639 * 4, 0xff, 4);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, display_pixel(result, 639, 479), 0xffffffff);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 638, 479), 0xff112233);
}

/* A smaller buffer that is scaled to the screen is given to DRM unscaled. */
static void rvkms_test_panic_scaled(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	struct drm_client_buffer *small = display_buffer(display, 320, 240, DRM_FORMAT_RGB565);
	struct drm_scanout_buffer buffer = {};
	const struct display_request show = {
		.planes = { { .plane = display->primary, .fb = small->fb,
			      .width = 640, .height = 480 } },
	};

	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &show));
	KUNIT_ASSERT_EQ(test, 0, scanout_buffer(display->primary, &buffer));
	KUNIT_EXPECT_EQ(test, buffer.format->format, DRM_FORMAT_RGB565);
	KUNIT_EXPECT_EQ(test, buffer.width, 320);
	KUNIT_EXPECT_EQ(test, buffer.height, 240);
	KUNIT_EXPECT_EQ(test, buffer.pitch[0], 640);
}

static void rvkms_test_panic_of_others_is_nowhere(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	struct drm_client_buffer *overlay = display_buffer(display, 8, 8, DRM_FORMAT_XRGB8888);
	struct drm_scanout_buffer buffer = {};
	const struct display_request show = {
		.planes = { { .plane = display->overlay, .fb = overlay->fb } },
	};

	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &show));
	KUNIT_EXPECT_EQ(test, -ENODEV, scanout_buffer(display->overlay, &buffer));
	KUNIT_EXPECT_EQ(test, -ENODEV, scanout_buffer(display->cursor, &buffer));
}

static void rvkms_test_panic_while_nothing_is_seen(struct kunit *test)
{
	struct display *display = test->priv;
	struct drm_client_buffer *beside = display_buffer(display, 8, 8, DRM_FORMAT_XRGB8888);
	struct drm_scanout_buffer buffer = {};
	const struct display_request hide = {
		.planes = { { .plane = display->primary, .fb = beside->fb, .x = 640 } },
	};

	KUNIT_EXPECT_EQ(test, -ENODEV, scanout_buffer(display->primary, &buffer));

	display_turned_on(test, 0);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &hide));
	KUNIT_EXPECT_EQ(test, -ENODEV, scanout_buffer(display->primary, &buffer));

	display_turn_off(display);
	KUNIT_EXPECT_EQ(test, -ENODEV, scanout_buffer(display->primary, &buffer));
}

static struct kunit_case panic_tests[] = {
	KUNIT_CASE(rvkms_test_panic_writes_to_the_screen),
	KUNIT_CASE(rvkms_test_panic_scaled),
	KUNIT_CASE(rvkms_test_panic_of_others_is_nowhere),
	KUNIT_CASE(rvkms_test_panic_while_nothing_is_seen),
	{}
};

static struct kunit_suite panic_suite = {
	.name = "rvkms_plane_panic",
	.init = display_test_init,
	.test_cases = panic_tests,
};

kunit_test_suite(panic_suite);
