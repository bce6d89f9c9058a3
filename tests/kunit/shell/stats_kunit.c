// SPDX-License-Identifier: GPL-2.0
/* Tests of the composer's statistics. */

#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_vblank.h>
#include <kunit/test.h>
#include <linux/string.h>

#include "../../objects/crtc.h"
#include "display.h"

static void rvkms_test_stats_none(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);

	KUNIT_EXPECT_NOT_NULL(test, strstr(display_debugfs(display, rvkms_crtc_show_stats),
					   "] composed 0, late 0, missed 0, slipped 0"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(display_debugfs(display, rvkms_crtc_show_stats),
					   ", cancelled 0, failed 0; 0 ns/frame, at most 0 ns\n"));
}

/* In virtual time composition takes no time, so that no frame is late. */
static void rvkms_test_stats_composed(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request capture = { .writeback = result->fb };
	const char *text;

	for (unsigned int i = 0; i < 3; i++)
		KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));

	text = display_debugfs(display, rvkms_crtc_show_stats);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "] composed 3, late "));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, ", missed 0, slipped 0, cancelled 0, failed 0;"));
}

/* A composition that takes two and a half periods skips two repeats. */
static void rvkms_test_stats_missed(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	struct rvkms_scanout *scanout = &to_rvkms_crtc(display->crtc)->scanout;

	KUNIT_ASSERT_EQ(test, 0, drm_crtc_vblank_get(display->crtc));
	scanout->delays.frame_ns = 42 * NSEC_PER_MSEC;
	rvkms_scanout_start_capture(scanout);
	for (unsigned int i = 0; i < 4; i++)
		drm_crtc_wait_one_vblank(display->crtc);
	rvkms_scanout_stop_capture(scanout);
	drm_crtc_vblank_put(display->crtc);

	KUNIT_EXPECT_EQ(test, rvkms_scanout_stats(scanout).composed, 1);
	KUNIT_EXPECT_EQ(test, rvkms_scanout_stats(scanout).missed, 2);
	KUNIT_EXPECT_EQ(test, rvkms_scanout_stats(scanout).cancelled, 1);
	KUNIT_EXPECT_EQ(test, rvkms_scanout_stats(scanout).slipped, 0);
}

static void rvkms_test_stats_add(struct kunit *test)
{
	struct rvkms_stats stats = {};

	rvkms_stats_add(&stats, 300, false);
	rvkms_stats_add(&stats, 500, true);
	rvkms_stats_add(&stats, 100, false);
	KUNIT_EXPECT_EQ(test, stats.composed, 3);
	KUNIT_EXPECT_EQ(test, stats.late, 1);
	KUNIT_EXPECT_EQ(test, stats.time, 900);
	KUNIT_EXPECT_EQ(test, stats.longest, 500);
}

static struct kunit_case stats_cases[] = {
	KUNIT_CASE(rvkms_test_stats_none),
	KUNIT_CASE(rvkms_test_stats_composed),
	KUNIT_CASE(rvkms_test_stats_missed),
	KUNIT_CASE(rvkms_test_stats_add),
	{}
};

static struct kunit_suite stats_suite = {
	.name = "rvkms_stats",
	.init = display_test_init,
	.test_cases = stats_cases,
};

kunit_test_suite(stats_suite);
