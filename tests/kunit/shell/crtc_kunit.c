// SPDX-License-Identifier: GPL-2.0
/* Tests of CRTCs: vblanks, CRCs, checks of commits, and legacy cursor updates. */

#include <drm/drm_crtc.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_kunit_helpers.h>
#include <drm/drm_modes.h>
#include <drm/drm_modeset_helper_vtables.h>
#include <drm/drm_plane.h>
#include <drm/drm_vblank.h>
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/ktime.h>
#include <linux/math64.h>

#include "../../objects/crtc.h"
#include "../../objects/device.h"
#include "../../scanout/snapshot.h"
#include "display.h"

struct mode_case {
	const char *desc;
	int clock;
	u16 hdisplay, htotal, vdisplay, vtotal;
	enum drm_mode_status status;
	u32 flags;
	u16 hsync_past, vsync_past;
};

static const struct mode_case mode_cases[] = {
	{ "1080p60", 148500, 1920, 2200, 1080, 1125, MODE_OK },
	{ "largest", 1000000, 8192, 8200, 8192, 8200, MODE_OK },
	{ "smallest", 25, 1, 50, 1, 500, MODE_OK },
	{ "too wide", 1000000, 8193, 8200, 8192, 8200, MODE_BAD },
	{ "too high", 1000000, 8192, 8200, 8193, 8200, MODE_BAD },
	{ "no clock", 0, 1920, 2200, 1080, 1125, MODE_BAD },
	{ "negative clock", -1, 1920, 2200, 1080, 1125, MODE_BAD },
	{ "largest clock", INT_MAX, 1920, 2200, 1080, 1125, MODE_BAD },
	{ "no width", 148500, 0, 2200, 1080, 1125, MODE_BAD },
	{ "total below active", 148500, 1920, 1919, 1080, 1125, MODE_BAD },
	{ "interlaced", 74250, 1920, 2200, 1080, 1125, MODE_OK, DRM_MODE_FLAG_INTERLACE },
	{ "frame packing", 148500, 1920, 2200, 1080, 1125, MODE_OK,
	  DRM_MODE_FLAG_3D_FRAME_PACKING },
	{ "largest with frame packing", 500000, 8192, 8200, 4090, 4102, MODE_OK,
	  DRM_MODE_FLAG_3D_FRAME_PACKING },
	{ "too high with frame packing", 500000, 8192, 8200, 4091, 4102, MODE_BAD,
	  DRM_MODE_FLAG_3D_FRAME_PACKING },
	{ "side by side", 148500, 1920, 2200, 1080, 1125, MODE_OK,
	  DRM_MODE_FLAG_3D_SIDE_BY_SIDE_HALF },
	{ "largest with top and bottom", 1000000, 8192, 8200, 8192, 8200, MODE_OK,
	  DRM_MODE_FLAG_3D_TOP_AND_BOTTOM },
	{ "with depth", 148500, 1920, 2200, 1080, 1125, MODE_BAD, DRM_MODE_FLAG_3D_L_DEPTH },
	{ "hsync past the line", 148500, 1920, 2200, 1080, 1125, MODE_BAD, 0, 1, 0 },
	{ "vsync past the frame", 148500, 1920, 2200, 1080, 1125, MODE_BAD, 0, 0, 1 },
};

KUNIT_ARRAY_PARAM_DESC(mode, mode_cases, desc);

static void rvkms_test_crtc_mode_valid(struct kunit *test)
{
	const struct mode_case *param = test->param_value;
	struct display *display = test->priv;
	const struct drm_crtc_helper_funcs *funcs = display->crtc->helper_private;
	const struct drm_display_mode mode = {
		.clock = param->clock,
		.hdisplay = param->hdisplay,
		.hsync_start = param->hdisplay,
		.hsync_end = param->htotal + param->hsync_past,
		.htotal = param->htotal,
		.vdisplay = param->vdisplay,
		.vsync_start = param->vtotal,
		.vsync_end = param->vtotal + param->vsync_past,
		.vtotal = param->vtotal,
		.flags = param->flags,
	};

	KUNIT_EXPECT_EQ(test, funcs->mode_valid(display->crtc, &mode), param->status);
}

static void rvkms_test_crtc_verify_crc_source(struct kunit *test)
{
	struct display *display = test->priv;
	const struct drm_crtc_funcs *funcs = display->crtc->funcs;
	const char * const *sources;
	size_t count = 0;

	sources = funcs->get_crc_sources(display->crtc, &count);
	KUNIT_ASSERT_EQ(test, count, 1);
	KUNIT_EXPECT_STREQ(test, sources[0], "auto");

	count = 0;
	KUNIT_EXPECT_EQ(test, funcs->verify_crc_source(display->crtc, "auto", &count), 0);
	KUNIT_EXPECT_EQ(test, count, 1);
	KUNIT_EXPECT_EQ(test, funcs->verify_crc_source(display->crtc, NULL, &count), 0);
	KUNIT_EXPECT_EQ(test, funcs->verify_crc_source(display->crtc, "aut", &count), -EINVAL);
	KUNIT_EXPECT_EQ(test, funcs->verify_crc_source(display->crtc, "auto2", &count), -EINVAL);
	KUNIT_EXPECT_EQ(test, funcs->verify_crc_source(display->crtc, "", &count), -EINVAL);
	KUNIT_EXPECT_EQ(test, funcs->set_crc_source(display->crtc, "none"), -EINVAL);
}

/* A CRTC that is off has no vblanks, hence no CRCs: enabling CRCs fails and changes nothing. */
static void rvkms_test_crtc_set_crc_source_off(struct kunit *test)
{
	struct display *display = test->priv;
	struct rvkms_crtc *crtc = to_rvkms_crtc(display->crtc);

	KUNIT_EXPECT_LT(test, display->crtc->funcs->set_crc_source(display->crtc, "auto"), 0);
	KUNIT_EXPECT_FALSE(test, crtc->scanout.latch.is_capturing);
}

/*
 * With frame packing, the frame for the left eye is above a blanking as long as the mode's, and the
 * frame for the right eye is below it: 480 + 45 + 480 lines. All of them are shown and written
 * back.
 */
static void rvkms_test_crtc_frame_packing(struct kunit *test)
{
	struct display *display = test->priv;
	struct drm_client_buffer *both = display_buffer(display, 640, 1005, DRM_FORMAT_XRGB8888);
	struct drm_client_buffer *right = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	struct drm_client_buffer *result = display_buffer(display, 640, 1005, DRM_FORMAT_XRGB8888);
	const struct display_request capture = { .writeback = result->fb };
	const struct display_request capture_one = { .writeback = right->fb };
	struct drm_display_mode *mode = drm_kunit_display_mode_from_cea_vic(test, display->drm, 1);
	const struct display_request request = {
		.mode = mode,
		.planes = {
			{ .plane = display->primary, .fb = both->fb },
			{ .plane = display->overlay, .fb = right->fb, .y = 525 },
		},
	};

	KUNIT_ASSERT_NOT_NULL(test, mode);
	mode->flags |= DRM_MODE_FLAG_3D_FRAME_PACKING;
	drm_mode_set_crtcinfo(mode, CRTC_INTERLACE_HALVE_V);
	display_fill(both, 0x00112233);
	display_fill(right, 0x00445566);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &request));
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, display_pixel(result, 0, 0), 0xff112233);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 639, 524), 0xff112233);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 0, 525), 0xff445566);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 639, 1004), 0xff445566);
	KUNIT_EXPECT_EQ(test, display_commit(display, &capture_one), -EINVAL);

	/* DRM's own timing: 1050 lines at twice the clock. */
	KUNIT_EXPECT_EQ(test, display->crtc->state->adjusted_mode.crtc_vdisplay, 1005);
	KUNIT_EXPECT_EQ(test, display->crtc->state->adjusted_mode.crtc_vtotal, 1050);
	KUNIT_EXPECT_EQ(test, display->crtc->state->adjusted_mode.crtc_clock, 50350);
	display_turn_off(display);
}

/* The vblanks of 640x480 are 800 * 525 / 25175 kHz apart, 16683217.4 ns, up to the rounding. */
static void expect_exact_spacing(struct kunit *test, u64 vblanks, ktime_t elapsed)
{
	const s64 expected = div_u64(vblanks * 420000000000ull, 25175);

	KUNIT_EXPECT_GE(test, elapsed, expected - 1);
	KUNIT_EXPECT_LE(test, elapsed, expected + 1);
}

static void rvkms_test_crtc_vblank_spacing(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	ktime_t first_time, last_time;
	u64 first, last;

	KUNIT_ASSERT_EQ(test, 0, drm_crtc_vblank_get(display->crtc));
	drm_crtc_wait_one_vblank(display->crtc);
	first = drm_crtc_vblank_count_and_time(display->crtc, &first_time);
	msleep(1000);
	drm_crtc_wait_one_vblank(display->crtc);
	last = drm_crtc_vblank_count_and_time(display->crtc, &last_time);
	drm_crtc_vblank_put(display->crtc);

	KUNIT_EXPECT_GE(test, last - first, 60);
	expect_exact_spacing(test, last - first, ktime_sub(last_time, first_time));
}

/* Without a vblank reference no interrupt runs, but phase and count are kept. */
static void rvkms_test_crtc_vblank_counts_on_while_disabled(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	ktime_t first_time, last_time;
	u64 first, last;

	KUNIT_ASSERT_EQ(test, 0, drm_crtc_vblank_get(display->crtc));
	first = drm_crtc_vblank_count_and_time(display->crtc, &first_time);
	drm_crtc_vblank_put(display->crtc);

	msleep(1000);

	KUNIT_ASSERT_EQ(test, 0, drm_crtc_vblank_get(display->crtc));
	last = drm_crtc_vblank_count_and_time(display->crtc, &last_time);
	drm_crtc_vblank_put(display->crtc);

	KUNIT_EXPECT_GE(test, last - first, 59);
	expect_exact_spacing(test, last - first, ktime_sub(last_time, first_time));
}

/*
 * DRM's timestamps mark the end of the blanking. From there DRM computes the start of the next one,
 * for the deadlines of fences. That must be the next expiry of the timer.
 */
static void rvkms_test_crtc_timestamp_ends_blanking(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	const struct rvkms_timeline *timeline = &to_rvkms_crtc(display->crtc)->timer.timeline;
	const struct rvkms_period period = timeline->vrr.longest;
	const s64 anchor = timeline->anchor;
	ktime_t time, next;
	u64 count;

	KUNIT_ASSERT_EQ(test, 0, drm_crtc_vblank_get(display->crtc));
	drm_crtc_wait_one_vblank(display->crtc);
	do {
		count = rvkms_vblank_count(period, anchor, ktime_get_ns());
		drm_crtc_vblank_count_and_time(display->crtc, &time);
		KUNIT_ASSERT_EQ(test, 0, drm_crtc_next_vblank_start(display->crtc, &next));
	} while (count != rvkms_vblank_count(period, anchor, ktime_get_ns()));
	drm_crtc_vblank_put(display->crtc);

	/* 45 lines of 800 pixels at 25175 kHz are 1429990.07 ns. DRM counts in whole ns. */
	time = ktime_sub_ns(time, 1429991);
	KUNIT_EXPECT_EQ(test, time, rvkms_vblank_time(period, anchor, count));
	time = rvkms_vblank_time(period, anchor, count + 1);
	KUNIT_EXPECT_LE(test, abs(ktime_sub(next, time)), 2);
}

/* DRM clears a commit, and fills and checks it again, when it loses a race for the locks. */
static void rvkms_test_crtc_check_again(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00ff00ff);
	struct drm_client_buffer *overlay = display_buffer(display, 8, 8, DRM_FORMAT_XRGB8888);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request request = {
		.is_checked_before = true,
		.planes = { { .plane = display->overlay, .fb = overlay->fb } },
		.writeback = result->fb,
	};

	display_fill(overlay, 0x00445566);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &request));

	KUNIT_EXPECT_EQ(test, display_pixel(result, 0, 0), 0xff445566);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 8, 0), 0xffff00ff);
}

static int add_crtc(struct display *display, struct drm_atomic_commit *commit)
{
	return PTR_ERR_OR_ZERO(drm_atomic_get_crtc_state(commit, display->crtc));
}

/*
 * The check of the in-tree driver makes a list of the planes of a CRTC, and keeps it if the check
 * runs again: a plane that was added to the commit after its first check was never shown.
 */
static void rvkms_test_crtc_check_twice(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00ff00ff);
	struct drm_client_buffer *overlay = display_buffer(display, 8, 8, DRM_FORMAT_XRGB8888);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request request = {
		.is_checked_twice = true,
		.change = add_crtc,
		.planes = { { .plane = display->overlay, .fb = overlay->fb } },
	};
	const struct display_request capture = { .writeback = result->fb };

	display_fill(overlay, 0x00445566);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &request));
	/* Without a writeback job, since such a commit includes all planes. */
	KUNIT_EXPECT_EQ(test, to_rvkms_crtc(display->crtc)->scanout.shown->frame.num_layers, 2);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));

	KUNIT_EXPECT_EQ(test, display_pixel(result, 0, 0), 0xff445566);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 8, 0), 0xffff00ff);
}

/* 640x480 at 59.94 Hz are 18413 pixels per millisecond; 8x8 more are 3.8. */
static void rvkms_test_crtc_refuses_planes_beyond_limits(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	struct rvkms_device_limits *limits = &to_rvkms_crtc(display->crtc)->limits;
	struct drm_client_buffer *overlay = display_buffer(display, 8, 8, DRM_FORMAT_XRGB8888);
	const struct display_request request = {
		.planes = { { .plane = display->overlay, .fb = overlay->fb } },
	};

	limits->max_planes = 1;
	KUNIT_EXPECT_EQ(test, display_check(display, &request), -EINVAL);

	limits->max_planes = 2;
	KUNIT_EXPECT_EQ(test, display_check(display, &request), 0);

	limits->max_pixel_rate = 18416;
	KUNIT_EXPECT_EQ(test, display_check(display, &request), -EINVAL);

	limits->max_pixel_rate = 18417;
	KUNIT_EXPECT_EQ(test, display_check(display, &request), 0);
}

/* A plane that is off or off-screen does not count. */
static void rvkms_test_crtc_limits_count_visible_planes(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	struct drm_client_buffer *overlay = display_buffer(display, 8, 8, DRM_FORMAT_XRGB8888);
	const struct display_request hidden = {
		.planes = { { .plane = display->overlay, .fb = overlay->fb, .x = 640 } },
	};

	to_rvkms_crtc(display->crtc)->limits.max_planes = 1;
	display->rvkms->limits.max_pixel_rate = 18413;
	KUNIT_EXPECT_EQ(test, display_commit(display, &hidden), 0);
}

/* No primary plane is required: without it a CRTC shows its background. */
static void rvkms_test_crtc_needs_no_primary(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00ffffff);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request request = {
		.planes = { { .plane = display->primary } },
		.writeback = result->fb,
	};

	KUNIT_ASSERT_EQ(test, display_commit(display, &request), 0);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 0, 0), 0xff000000);
}

/* Legacy cursor updates wait for no vblank: the last one wins, and none remains pending. */
static void rvkms_test_crtc_legacy_cursor_updates(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00000010);
	struct drm_client_buffer *cursor = display_buffer(display, 8, 8, DRM_FORMAT_ARGB8888);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request capture = { .writeback = result->fb };

	display_fill(cursor, 0xffffffff);
	for (int x = 0; x < 20; x++) {
		const struct display_request move = {
			.planes = { { .plane = display->cursor, .fb = cursor->fb, .x = 8 * x } },
			.is_cursor_move = true,
		};

		KUNIT_ASSERT_EQ(test, 0, display_commit(display, &move));
	}

	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));

	KUNIT_EXPECT_EQ(test, display_pixel(result, 8 * 18, 0), 0xff000010);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 8 * 19, 0), 0xffffffff);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 8 * 20, 0), 0xff000010);
}

static void rvkms_test_crtc_off_releases_snapshots(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	struct rvkms_scanout *scanout = &to_rvkms_crtc(display->crtc)->scanout;

	KUNIT_EXPECT_NOT_NULL(test, scanout->shown);
	display_turn_off(display);
	KUNIT_EXPECT_NULL(test, scanout->shown);
	KUNIT_EXPECT_NULL(test, scanout->pending);
	KUNIT_EXPECT_EQ(test, scanout->num_ended, scanout->num_begun);
}

static void rvkms_test_crtc_on_again(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00102030);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request capture = { .writeback = result->fb };

	display_turn_off(display);
	display_turned_on(test, 0x00405060);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));

	KUNIT_EXPECT_EQ(test, display_pixel(result, 0, 0), 0xff405060);
}

static struct kunit_case crtc_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_crtc_mode_valid, mode_gen_params),
	KUNIT_CASE(rvkms_test_crtc_verify_crc_source),
	KUNIT_CASE(rvkms_test_crtc_frame_packing),
	KUNIT_CASE(rvkms_test_crtc_set_crc_source_off),
	KUNIT_CASE(rvkms_test_crtc_vblank_spacing),
	KUNIT_CASE(rvkms_test_crtc_vblank_counts_on_while_disabled),
	KUNIT_CASE(rvkms_test_crtc_timestamp_ends_blanking),
	KUNIT_CASE(rvkms_test_crtc_check_again),
	KUNIT_CASE(rvkms_test_crtc_check_twice),
	KUNIT_CASE(rvkms_test_crtc_refuses_planes_beyond_limits),
	KUNIT_CASE(rvkms_test_crtc_limits_count_visible_planes),
	KUNIT_CASE(rvkms_test_crtc_needs_no_primary),
	KUNIT_CASE(rvkms_test_crtc_legacy_cursor_updates),
	KUNIT_CASE(rvkms_test_crtc_off_releases_snapshots),
	KUNIT_CASE(rvkms_test_crtc_on_again),
	{}
};

static struct kunit_suite crtc_suite = {
	.name = "rvkms_crtc",
	.init = display_test_init,
	.test_cases = crtc_tests,
};

kunit_test_suite(crtc_suite);
