// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of slow compositions with a variable refresh rate, with late vblank interrupts, and with
 * the timeout of 5 s after which a composition is cancelled. The client is that of lag.c.
 */

#include <kunit/test.h>
#include <linux/dma-fence.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>

#include "lag.h"

#define FLIPS 6
#define PHASES 16
#define SLOW ((struct kunit_attributes){ .speed = KUNIT_SPEED_SLOW })

/**
 * struct vrr_case - the duration of compositions with frames of 16683217 to 43478260 ns
 * @desc: the duration in frames of the shortest length
 * @delay: the duration in ns
 * @pace: us between two flips of a client that flips as fast as possible
 * @num_frames: frames between two flips
 *
 * If a composition ends in the third frame, the first two frames have full length, and the third
 * one has at least the shortest length.
 */
struct vrr_case {
	const char *desc;
	u64 delay;
	s64 pace;
	u64 num_frames;
};

static const struct vrr_case vrr_cases[] = {
	{ "0", 0, 16683, 1 },
	{ "0.5", 8341609, 16683, 1 },
	{ "0.99", 16516385, 16683, 1 },
	{ "1.0", 16683218, 16683, 1 },
	{ "1.5", 25024826, 25024, 1 },
	{ "2.5", 41708044, 41708, 1 },
	{ "2.7", 45044688, 60161, 2 },
	{ "10", 166832175, 166832, 4 },
};

KUNIT_ARRAY_PARAM_DESC(vrr, vrr_cases, desc);

/* A waiting flip is shown when the composition ends. Reading the clock takes up to 20 us. */
static void rvkms_test_lag_vrr_flips(struct kunit *test)
{
	const struct vrr_case *param = test->param_value;
	struct lag *lag = lag_begin_vrr(test->priv, param->delay);
	u64 frame, next;
	s64 time;

	lag_start(lag);
	frame = lag_flip(lag);
	for (u32 i = 1; i < FLIPS; i++) {
		time = lag->time;
		next = lag_flip(lag);
		KUNIT_EXPECT_GE(test, lag->time - time, param->pace);
		KUNIT_EXPECT_LE(test, lag->time - time, param->pace + 20);
		KUNIT_EXPECT_EQ(test, next - frame, param->num_frames);
		frame = next;
	}
	KUNIT_EXPECT_EQ(test, lag_check(lag), FLIPS);
}

static void rvkms_test_lag_vrr_starts(struct kunit *test)
{
	const struct vrr_case *param = test->param_value;
	struct lag *lag = lag_begin_vrr(test->priv, param->delay);

	lag_start(lag);
	for (u32 phase = 0; phase < PHASES; phase++) {
		lag_flip(lag);
		lag_sleep(param->pace * 1000 * 2 / PHASES * phase);
		lag_change_cursor(lag);
		lag_post(lag);
		lag_stop(lag);
		lag_start(lag);
		lag_await(lag);
	}
	KUNIT_EXPECT_GE(test, lag_check(lag), PHASES);
}

/**
 * struct late_case - vblank interrupts that come late
 * @desc: the lateness and the duration of a composition, in periods
 * @lateness: the delay of an interrupt, ns
 * @delay: the duration of a composition, ns
 * @pace: periods between two flips of a client that flips as fast as possible, or 0
 *
 * An interrupt that is later than a period skips every other vblank. A client with only a hundredth
 * of a period for its commit may lose a frame on a busy host: @pace is 0 then.
 */
struct late_case {
	const char *desc;
	u64 lateness;
	u64 delay;
	u64 pace;
};

static const struct late_case late_cases[] = {
	{ "0.25 late, 0", 4170805, 0, 1 },
	{ "0.25 late, 0.99", 4170805, 16516385, 1 },
	{ "0.25 late, 1.0", 4170805, 16683218, 2 },
	{ "0.25 late, 2.5", 4170805, 41708044, 3 },
	{ "0.5 late, 0.5", 8341609, 8341609, 1 },
	{ "0.5 late, 1.5", 8341609, 25024826, 2 },
	{ "0.99 late, 0", 16516385, 0, 0 },
	{ "0.99 late, 0.99", 16516385, 16516385, 0 },
	{ "0.99 late, 1.5", 16516385, 25024826, 2 },
	{ "1.5 late, 0", 25024826, 0, 2 },
	{ "1.5 late, 0.99", 25024826, 16516385, 2 },
	{ "1.5 late, 1.5", 25024826, 25024826, 2 },
	{ "1.5 late, 2.5", 25024826, 41708044, 4 },
};

KUNIT_ARRAY_PARAM_DESC(late, late_cases, desc);

static struct lag *begin_late(struct kunit *test)
{
	const struct late_case *param = test->param_value;
	struct display *display = test->priv;

	to_rvkms_crtc(display->crtc)->timer.lateness_ns = param->lateness;

	return lag_begin(display, param->delay);
}

static void rvkms_test_lag_late_flips(struct kunit *test)
{
	const struct late_case *param = test->param_value;
	struct lag *lag = begin_late(test);
	u64 frame, next;

	lag_start(lag);
	frame = lag_flip(lag);
	for (u32 i = 1; i < FLIPS; i++) {
		next = lag_flip(lag);
		if (param->pace)
			KUNIT_EXPECT_EQ(test, next - frame, param->pace);
		frame = next;
	}
	KUNIT_EXPECT_GE(test, lag_check(lag), FLIPS);
}

/* The model accepts no frame that is older than the commit of a flip or the start of a reader. */
static void rvkms_test_lag_late_starts(struct kunit *test)
{
	struct lag *lag = begin_late(test);

	lag_start(lag);
	for (u32 phase = 0; phase < PHASES; phase++) {
		lag_flip(lag);
		lag_sleep(LAG_PERIOD_NS * 3 / PHASES * phase);
		lag_post(lag);
		lag_stop(lag);
		lag_start(lag);
		lag_await(lag);
	}
	KUNIT_EXPECT_GE(test, lag_check(lag), PHASES);
}

/* The reader starts before a late interrupt, with no flip pending. */
static void rvkms_test_lag_late_starts_without_flip(struct kunit *test)
{
	struct lag *lag = begin_late(test);

	for (u32 phase = 0; phase < PHASES; phase++) {
		lag_flip(lag);
		lag_sleep(LAG_PERIOD_NS * 3 / PHASES * phase);
		lag_start(lag);
		lag_sleep(6 * LAG_PERIOD_NS);
		KUNIT_EXPECT_GT(test, lag_read(lag), phase);
		lag_stop(lag);
	}
	KUNIT_EXPECT_GE(test, lag_check(lag), PHASES);
}

/* A late interrupt may show a new cursor in its frame, but no frame shows two cursors. */
static void rvkms_test_lag_late_cursors(struct kunit *test)
{
	struct lag *lag = begin_late(test);

	lag_start(lag);
	for (u32 phase = 0; phase < PHASES; phase++) {
		lag_flip(lag);
		lag_sleep(LAG_PERIOD_NS * 3 / PHASES * phase);
		lag_move_cursor(lag, phase);
		lag_sleep(6 * LAG_PERIOD_NS);
		lag_change_cursor(lag);
	}
	KUNIT_EXPECT_GE(test, lag_check(lag), 2 * PHASES);
}

static void rvkms_test_lag_late_async_flips(struct kunit *test)
{
	struct lag *lag = begin_late(test);

	lag_start(lag);
	for (u32 phase = 0; phase < PHASES; phase++) {
		lag_flip(lag);
		lag_sleep(LAG_PERIOD_NS * 3 / PHASES * phase);
		lag_tear(lag);
		lag_sleep(6 * LAG_PERIOD_NS);
	}
	KUNIT_EXPECT_GE(test, lag_check(lag), 2 * PHASES);
}

#define MINUTE_NS 60000000000ull

static void flip(struct lag *lag)
{
	lag_flip(lag);
}

static void change_mode(struct lag *lag)
{
	lag_set_mode(lag, 1);
}

static const struct bound_case {
	const char *desc;
	void (*act)(struct lag *lag);
} bound_cases[] = {
	{ "flip", flip },
	{ "asynchronous flip", lag_tear },
	{ "cursor image", lag_change_cursor },
	{ "no cursor", lag_hide_cursor },
	{ "modeset", change_mode },
	{ "off", lag_turn_off },
	{ "unplug", lag_unplug },
};

KUNIT_ARRAY_PARAM_DESC(bound, bound_cases, desc);

/* Posts a flip with a job and a reader. Its composition takes a minute, later ones no time. */
static struct lag *begin_minute(struct kunit *test)
{
	struct lag *lag = lag_begin(test->priv, MINUTE_NS);

	lag_start(lag);
	lag_post_job(lag);
	lag_await(lag);
	/* The composition is not expected to end. */
	lag->owed = 0;
	lag_sleep(NSEC_PER_MSEC);
	lag_set_delay(lag, 0);

	return lag;
}

/* Each operation that needs the composition to end waits for 5 s. The job fails without a CRC. */
static void rvkms_test_lag_bound(struct kunit *test)
{
	const struct bound_case *param = test->param_value;
	struct lag *lag = begin_minute(test);
	const ktime_t begin = ktime_get();
	s64 time;

	param->act(lag);
	time = ktime_ms_delta(ktime_get(), begin);
	KUNIT_EXPECT_GE(test, time, 4999);
	KUNIT_EXPECT_LE(test, time, 5100);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(lag->display->fence), -ETIMEDOUT);
	/* Only a flip and a modeset have waited for a frame. Its CRC is delivered at once. */
	lag_sleep(NSEC_PER_MSEC);
	KUNIT_EXPECT_LE(test, lag_read(lag), 1);
	lag_check(lag);
}

/*
 * The flip slips at vblank 1. Vblank 301, which is 300 periods or 5.005 s later, cancels the
 * composition. Vblank 302 shows the flip.
 */
static void rvkms_test_lag_bound_of_flip(struct kunit *test)
{
	struct lag *lag = begin_minute(test);
	const u64 frame = lag->grid_frame;
	const s64 time = lag->time;

	lag_flip(lag);
	KUNIT_EXPECT_EQ(test, lag_scanout(lag)->stats.cancelled, 1);
	KUNIT_EXPECT_GE(test, lag->time - time, 5038331);
	KUNIT_EXPECT_LE(test, lag->time - time, 5038333);
	KUNIT_EXPECT_EQ(test, lag->grid_frame, frame);
	KUNIT_EXPECT_EQ(test, lag_check(lag), 1);
}

/* Without a waiting commit, the composition runs to its end. Meanwhile no frame is repeated. */
static void rvkms_test_lag_bound_of_nobody(struct kunit *test)
{
	struct lag *lag = begin_minute(test);

	KUNIT_EXPECT_EQ(test, dma_fence_get_status(lag->display->fence), 0);
	lag_sleep(MINUTE_NS - 2 * LAG_PERIOD_NS);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(lag->display->fence), 0);
	KUNIT_EXPECT_EQ(test, lag_read(lag), 0);
	lag_sleep(2 * LAG_PERIOD_NS);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(lag->display->fence), 1);
	lag_expect_target(lag, &lag->look);
	KUNIT_EXPECT_GE(test, lag_check(lag), 1);
	KUNIT_EXPECT_EQ(test, lag_scanout(lag)->stats.cancelled, 0);
}

/* A reader stops without waiting. */
static void rvkms_test_lag_bound_of_stop(struct kunit *test)
{
	struct lag *lag = begin_minute(test);
	const ktime_t begin = ktime_get();

	lag_stop(lag);
	lag_start(lag);
	lag_stop(lag);
	KUNIT_EXPECT_LE(test, ktime_ms_delta(ktime_get(), begin), 16);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(lag->display->fence), 0);
	lag_turn_off(lag);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(lag->display->fence), -ETIMEDOUT);
}

/* Without vblanks the commit itself waits for 5 s. */
static void rvkms_test_lag_bound_without_vblanks(struct kunit *test)
{
	struct lag *lag = lag_begin(test->priv, MINUTE_NS);
	ktime_t begin = ktime_get();
	s64 time;

	lag_post_job(lag);
	lag_await(lag);
	time = ktime_ms_delta(ktime_get(), begin);
	KUNIT_EXPECT_GE(test, time, 5000);
	KUNIT_EXPECT_LE(test, time, 5100);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(lag->display->fence), -ETIMEDOUT);
	lag_set_delay(lag, 0);
	lag_start(lag);
	lag_flip(lag);
	KUNIT_EXPECT_EQ(test, lag_check(lag), 2);
}

static struct kunit_case time_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_lag_vrr_flips, vrr_gen_params),
	KUNIT_CASE_PARAM_ATTR(rvkms_test_lag_vrr_starts, vrr_gen_params, SLOW),
	KUNIT_CASE_PARAM(rvkms_test_lag_late_flips, late_gen_params),
	KUNIT_CASE_PARAM_ATTR(rvkms_test_lag_late_starts, late_gen_params, SLOW),
	KUNIT_CASE_PARAM_ATTR(rvkms_test_lag_late_starts_without_flip, late_gen_params, SLOW),
	KUNIT_CASE_PARAM_ATTR(rvkms_test_lag_late_cursors, late_gen_params, SLOW),
	KUNIT_CASE_PARAM_ATTR(rvkms_test_lag_late_async_flips, late_gen_params, SLOW),
	KUNIT_CASE_PARAM_ATTR(rvkms_test_lag_bound, bound_gen_params, SLOW),
	KUNIT_CASE(rvkms_test_lag_bound_of_flip),
	KUNIT_CASE_SLOW(rvkms_test_lag_bound_of_nobody),
	KUNIT_CASE(rvkms_test_lag_bound_of_stop),
	{}
};

static struct kunit_case bound_tests[] = {
	KUNIT_CASE(rvkms_test_lag_bound_without_vblanks),
	{}
};

static struct kunit_suite time_suite = {
	.name = "rvkms_lag_time",
	.init = display_test_init,
	.test_cases = time_tests,
};

static struct kunit_suite bound_suite = {
	.name = "rvkms_lag_vblankless_bound",
	.init = display_test_init_vblankless,
	.test_cases = bound_tests,
};

kunit_test_suites(&time_suite, &bound_suite);
