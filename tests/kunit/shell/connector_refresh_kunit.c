// SPDX-License-Identifier: GPL-2.0
/* Tests of variable refresh rates: properties, limits of the monitor, and the scan-out position. */

#include <drm/drm_atomic.h>
#include <drm/drm_atomic_uapi.h>
#include <drm/drm_connector.h>
#include <drm/drm_crtc.h>
#include <drm/drm_edid.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_mode_object.h>
#include <drm/drm_modeset_helper_vtables.h>
#include <drm/drm_plane.h>
#include <kunit/test.h>
#include <linux/ktime.h>
#include <linux/math64.h>

#include "../../objects/connector.h"
#include "../../objects/edid.h"
#include "display.h"

static struct rvkms_vblank_timer *timer_of(struct display *display)
{
	return &to_rvkms_crtc(display->crtc)->timer;
}

/* Probe the connector, which reads the monitor's EDID, as a client does. */
static u64 probe(struct display *display, bool is_fixed)
{
	struct drm_connector *connector = display->connector;
	struct tkms_connector *kms = to_tkms_connector(connector);
	u64 capable = 2;

	rvkms_connector_try_from(kms)->monitor.is_fixed = is_fixed;
	mutex_lock(&display->drm->mode_config.mutex);
	connector->funcs->fill_modes(connector, 8192, 8192);
	mutex_unlock(&display->drm->mode_config.mutex);
	KUNIT_EXPECT_EQ(display->test, 0,
			drm_object_property_get_default_value(&connector->base,
							      connector->vrr_capable_property,
							      &capable));

	return capable;
}

static void rvkms_test_refresh_capable(struct kunit *test)
{
	struct display *display = test->priv;
	const struct drm_display_info *info = &display->connector->display_info;

	KUNIT_EXPECT_EQ(test, probe(display, false), 1);
	KUNIT_EXPECT_EQ(test, info->monitor_range.min_vfreq, 24);
	KUNIT_EXPECT_EQ(test, info->monitor_range.max_vfreq, 240);
	KUNIT_EXPECT_EQ(test, probe(display, true), 0);
	KUNIT_EXPECT_EQ(test, info->monitor_range.max_vfreq, 0);
}

/* The EDIDs differ in two bytes: the feature, and the checksum. */
static void rvkms_test_refresh_fixed_edid(struct kunit *test)
{
	u8 variable[EDID_LENGTH], fixed[EDID_LENGTH], sum = 0;
	struct rvkms_monitor monitor = { .has_edid = true }, other = {
		.has_edid = true, .is_fixed = true,
	};

	for (u32 block = 0; block < 2; block++) {
		KUNIT_ASSERT_EQ(test, 0, rvkms_edid_read_block(&monitor, variable, block,
							       EDID_LENGTH));
		KUNIT_ASSERT_EQ(test, 0, rvkms_edid_read_block(&other, fixed, block,
							       EDID_LENGTH));
		for (u32 i = 0; i < EDID_LENGTH; i++) {
			sum += fixed[i];
			if (block || (i != 24 && i != 127))
				KUNIT_EXPECT_EQ(test, fixed[i], variable[i]);
		}
		KUNIT_EXPECT_EQ(test, sum, 0);
		if (!block)
			KUNIT_EXPECT_EQ(test, fixed[24] | DRM_EDID_FEATURE_CONTINUOUS_FREQ,
					variable[24]);
	}

	/* Bytes past the requested length are not written. */
	fixed[24] = 0xaa;
	KUNIT_ASSERT_EQ(test, 0, rvkms_edid_read_block(&other, fixed, 0, 24));
	KUNIT_EXPECT_EQ(test, fixed[24], 0xaa);
	other.is_fixed = false;
	KUNIT_ASSERT_EQ(test, 0, rvkms_edid_read_block(&other, fixed, 0, EDID_LENGTH));
	KUNIT_ASSERT_EQ(test, 0, rvkms_edid_read_block(&monitor, variable, 0, EDID_LENGTH));
	KUNIT_EXPECT_MEMEQ(test, fixed, variable, EDID_LENGTH);
}

static int vary(struct display *display, struct drm_atomic_commit *commit, bool enabled)
{
	struct drm_crtc_state *state = drm_atomic_get_crtc_state(commit, display->crtc);

	if (IS_ERR(state))
		return PTR_ERR(state);

	state->vrr_enabled = enabled;

	return 0;
}

static int vary_on(struct display *display, struct drm_atomic_commit *commit)
{
	return vary(display, commit, true);
}

static int vary_off(struct display *display, struct drm_atomic_commit *commit)
{
	return vary(display, commit, false);
}

static u64 nanoseconds(struct rvkms_period period)
{
	return div_u64(period.num, period.den);
}

static void expect_limits(struct display *display, u64 shortest, u64 longest)
{
	const struct rvkms_vrr *vrr = &timer_of(display)->timeline.vrr;

	KUNIT_EXPECT_EQ(display->test, nanoseconds(vrr->shortest), shortest);
	KUNIT_EXPECT_EQ(display->test, nanoseconds(vrr->longest), longest);
}

/*
 * 640x480 at 59.94 Hz on a monitor of 24 to 240 Hz: a frame lasts for 16.7 ms at least, and for
 * 43.5 ms at most, which is 23 Hz.
 */
static void rvkms_test_refresh_enabled(struct kunit *test)
{
	struct display *display = test->priv;
	const struct display_request on = { .change = vary_on }, off = { .change = vary_off };
	const struct rvkms_timeline *timeline = &timer_of(display)->timeline;

	probe(display, false);
	display_turned_on(test, 0);
	expect_limits(display, 16683217, 16683217);

	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &on));
	expect_limits(display, 16683217, 43478260);
	/* The commit started a frame of its own. */
	KUNIT_EXPECT_EQ(test, rvkms_timeline_settle(*timeline, ktime_get_ns()).anchor,
			timeline->flip);
	KUNIT_EXPECT_LE(test, timeline->flip, ktime_get_ns());

	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &off));
	expect_limits(display, 16683217, 16683217);
	KUNIT_EXPECT_FALSE(test, timeline->has_flip);
}

static void rvkms_test_refresh_of_fixed_monitor(struct kunit *test)
{
	struct display *display = test->priv;
	const struct display_request on = { .change = vary_on };

	probe(display, true);
	display_turned_on(test, 0);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &on));
	expect_limits(display, 16683217, 16683217);
}

/* A modeset reads the monitor's limits again, other commits do not. */
static void rvkms_test_refresh_of_another_monitor(struct kunit *test)
{
	struct display *display = test->priv;
	const struct display_request on = { .change = vary_on };

	probe(display, true);
	display_turned_on(test, 0);
	probe(display, false);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &on));
	expect_limits(display, 16683217, 16683217);

	display_turn_off(display);
	display_turned_on(test, 0);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &on));
	expect_limits(display, 16683217, 43478260);
}

static int vary_unplugged(struct display *display, struct drm_atomic_commit *commit)
{
	struct drm_connector_state *state =
		drm_atomic_get_connector_state(commit, display->connector);
	const int ret = IS_ERR(state) ? PTR_ERR(state)
				      : drm_atomic_set_crtc_for_connector(state, NULL);

	return ret ?: vary(display, commit, true);
}

/* A connector that is removed from the CRTC does not count, nor does a writeback connector. */
static void rvkms_test_refresh_without_monitor(struct kunit *test)
{
	struct display *display = test->priv;
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request capture = { .change = vary_on, .writeback = result->fb };
	const struct display_request unplug = { .change = vary_unplugged };

	probe(display, false);
	display_turned_on(test, 0);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	expect_limits(display, 16683217, 43478260);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &unplug));
	expect_limits(display, 16683217, 16683217);
}

/* Pixels since the first active pixel of 640x480. A line has 800 pixels. */
static s64 pixels(int vpos, int hpos)
{
	return vpos * 800 + hpos;
}

static s64 position_at(struct display *display, s64 time)
{
	const struct rvkms_vblank_timer *timer = timer_of(display);
	const struct rvkms_position position =
		rvkms_vblank_position(&timer->timing,
				      time - rvkms_timeline_last(timer->timeline, time));

	return pixels(position.vpos, position.hpos);
}

static void rvkms_test_refresh_scanout_position(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	const struct drm_crtc_helper_funcs *funcs = display->crtc->helper_private;
	ktime_t begin, end;
	int vpos, hpos;
	u64 count;

	do {
		count = rvkms_vblank_timer_count(timer_of(display));
		KUNIT_ASSERT_TRUE(test, funcs->get_scanout_position(display->crtc, false, &vpos,
								    &hpos, &begin, &end,
								    &display->crtc->mode));
	} while (count != rvkms_vblank_timer_count(timer_of(display)));

	KUNIT_EXPECT_LE(test, position_at(display, begin), pixels(vpos, hpos));
	KUNIT_EXPECT_GE(test, position_at(display, end), pixels(vpos, hpos));
	KUNIT_EXPECT_GE(test, vpos, -45);
	KUNIT_EXPECT_LT(test, vpos, 480);
}

static struct kunit_case refresh_tests[] = {
	KUNIT_CASE(rvkms_test_refresh_capable),
	KUNIT_CASE(rvkms_test_refresh_fixed_edid),
	KUNIT_CASE(rvkms_test_refresh_enabled),
	KUNIT_CASE(rvkms_test_refresh_of_fixed_monitor),
	KUNIT_CASE(rvkms_test_refresh_of_another_monitor),
	KUNIT_CASE(rvkms_test_refresh_without_monitor),
	KUNIT_CASE(rvkms_test_refresh_scanout_position),
	{}
};

static struct kunit_suite refresh_suite = {
	.name = "rvkms_connector_refresh",
	.init = display_test_init,
	.test_cases = refresh_tests,
};

kunit_test_suite(refresh_suite);
