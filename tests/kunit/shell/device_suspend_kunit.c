// SPDX-License-Identifier: GPL-2.0
/* Tests of suspend and resume: after resume the device shows the same frame. */

#include <drm/drm_crtc.h>
#include <drm/drm_drv.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_plane.h>
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/pm_runtime.h>

#include "../../build.h"
#include "../../objects/device.h"
#include "display.h"

static void rvkms_test_suspend_darkens(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	struct rvkms_crtc *crtc = to_rvkms_crtc(display->crtc);

	KUNIT_ASSERT_EQ(test, 0, rvkms_device_suspend(display->rvkms));
	KUNIT_EXPECT_FALSE(test, display->crtc->state->active);
	KUNIT_EXPECT_NULL(test, display->primary->state->fb);
	KUNIT_EXPECT_NULL(test, crtc->scanout.shown);
	KUNIT_EXPECT_NULL(test, crtc->scanout.pending);
	KUNIT_EXPECT_FALSE(test, crtc->timer.is_enabled);
	KUNIT_EXPECT_FALSE(test, hrtimer_active(&crtc->timer.hrtimer));

	KUNIT_EXPECT_EQ(test, 0, rvkms_device_resume(display->rvkms));
	KUNIT_EXPECT_TRUE(test, display->crtc->state->active);
}

/* Planes, properties and the mode are restored, also by a second cycle. */
static void rvkms_test_resume_shows_the_same(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00112233);
	struct drm_client_buffer *overlay = display_buffer(display, 8, 8, DRM_FORMAT_XRGB8888);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request show = {
		.planes = { { .plane = display->overlay, .fb = overlay->fb, .x = 16 } },
	};
	const struct display_request capture = { .writeback = result->fb };

	display_fill(overlay, 0x00445566);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &show));

	for (unsigned int i = 0; i < 2; i++) {
		KUNIT_ASSERT_EQ(test, 0, rvkms_device_suspend(display->rvkms));
		KUNIT_ASSERT_EQ(test, 0, rvkms_device_resume(display->rvkms));
		display_fill(result, 0);
		KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
		KUNIT_EXPECT_EQ(test, display_pixel(result, 15, 0), 0xff112233);
		KUNIT_EXPECT_EQ(test, display_pixel(result, 16, 0), 0xff445566);
		KUNIT_EXPECT_EQ(test, display_pixel(result, 24, 0), 0xff112233);
	}
}

/* The CRC reader stays open. After resume it gets CRCs of the same frame. */
static void rvkms_test_resume_goes_on_with_crcs(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00445566);
	const struct drm_crtc_funcs *funcs = display->crtc->funcs;
	struct rvkms_scanout *scanout = &to_rvkms_crtc(display->crtc)->scanout;
	u64 composed;

	KUNIT_ASSERT_EQ(test, 0, funcs->set_crc_source(display->crtc, "auto"));
	drm_crtc_wait_one_vblank(display->crtc);
	drm_crtc_wait_one_vblank(display->crtc);
	KUNIT_EXPECT_EQ(test, 0, rvkms_device_suspend(display->rvkms));
	composed = rvkms_scanout_stats(scanout).composed;
	KUNIT_EXPECT_GT(test, composed, 0);

	KUNIT_EXPECT_EQ(test, 0, rvkms_device_resume(display->rvkms));
	drm_crtc_wait_one_vblank(display->crtc);
	drm_crtc_wait_one_vblank(display->crtc);
	KUNIT_EXPECT_GT(test, rvkms_scanout_stats(scanout).composed, composed);
	KUNIT_EXPECT_EQ(test, 0, funcs->set_crc_source(display->crtc, NULL));
}

static void rvkms_test_suspend_while_off(struct kunit *test)
{
	struct display *display = test->priv;

	KUNIT_ASSERT_EQ(test, 0, rvkms_device_suspend(display->rvkms));
	KUNIT_EXPECT_EQ(test, 0, rvkms_device_resume(display->rvkms));
	KUNIT_EXPECT_FALSE(test, display->crtc->state->active);
	KUNIT_EXPECT_FALSE(test, to_rvkms_crtc(display->crtc)->timer.is_enabled);
}

/*
 * Suspend finishes commits that have started, writeback jobs included, before it disables the CRTC.
 */
static void rvkms_test_suspend_finishes_commits(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00778899);
	struct rvkms_scanout *scanout = &to_rvkms_crtc(display->crtc)->scanout;
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request capture = { .writeback = result->fb };

	display_fill(result, 0);
	KUNIT_ASSERT_EQ(test, 0, display_post(display, &capture));
	KUNIT_ASSERT_EQ(test, 0, rvkms_device_suspend(display->rvkms));
	KUNIT_EXPECT_FALSE(test, scanout->latch.is_composing);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 639, 479), 0xff778899);
	KUNIT_EXPECT_EQ(test, 0, rvkms_device_resume(display->rvkms));
}

static void forbid_runtime_pm(void *device)
{
	pm_runtime_disable(device);
}

/* The device is runtime-active only while a CRTC is active. */
static void rvkms_test_runtime_suspended_while_off(struct kunit *test)
{
	struct display *display = test->priv;
	struct device *device = display->drm->dev;
	struct drm_client_buffer *buffer = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);

	if (!IS_ENABLED(CONFIG_PM))
		kunit_skip(test, "needs CONFIG_PM");

	pm_runtime_enable(device);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, forbid_runtime_pm, device));
	KUNIT_EXPECT_TRUE(test, pm_runtime_suspended(device));

	for (unsigned int i = 0; i < 2; i++) {
		display_turn_on(display, buffer->fb);
		msleep(1000);
		KUNIT_EXPECT_TRUE(test, pm_runtime_active(device));

		display_turn_off(display);
		msleep(1000);
		KUNIT_EXPECT_TRUE(test, pm_runtime_suspended(device));
	}
}

static struct kunit_case suspend_tests[] = {
	KUNIT_CASE(rvkms_test_suspend_darkens),
	KUNIT_CASE(rvkms_test_resume_shows_the_same),
	KUNIT_CASE(rvkms_test_resume_goes_on_with_crcs),
	KUNIT_CASE(rvkms_test_suspend_while_off),
	KUNIT_CASE(rvkms_test_suspend_finishes_commits),
	KUNIT_CASE(rvkms_test_runtime_suspended_while_off),
	{}
};

static struct kunit_suite suspend_suite = {
	.name = "rvkms_device_suspend",
	.init = display_test_init,
	.test_cases = suspend_tests,
};

kunit_test_suite(suspend_suite);
