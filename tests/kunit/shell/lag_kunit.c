// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of flips and CRCs with compositions of up to ten periods. The client of lag.c overwrites a
 * buffer as soon as it is free, so that a composition that still reads it has a wrong CRC.
 */

#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <kunit/test.h>
#include <linux/dma-fence.h>
#include <linux/jiffies.h>
#include <linux/minmax.h>

#include "lag.h"

#define FLIPS 8
#define PHASES 16
#define JOBS 5
#define SLOW ((struct kunit_attributes){ .speed = KUNIT_SPEED_SLOW })

KUNIT_ARRAY_PARAM_DESC(lag, lag_cases, desc);

/* Spreads the phases over two compositions or two periods. */
static u64 phase_ns(const struct lag_case *param, u32 phase)
{
	return max(param->delay, LAG_PERIOD_NS) * 2 / PHASES * phase;
}

/* The client flips as fast as frames are composed. Each flip has exactly one CRC. */
static void rvkms_test_lag_flips(struct kunit *test)
{
	const struct lag_case *param = test->param_value;
	struct lag *lag = lag_begin(test->priv, param->delay);
	u64 frame, next;

	lag_start(lag);
	frame = lag_flip(lag);
	for (u32 i = 1; i < FLIPS; i++) {
		next = lag_flip(lag);
		KUNIT_EXPECT_EQ(test, next - frame, param->pace);
		frame = next;
	}
	KUNIT_EXPECT_EQ(test, lag_check(lag), FLIPS);
}

/* No repeated frame is composed during a composition, and a flip cancels a repeated one. */
static void rvkms_test_lag_repeats(struct kunit *test)
{
	const struct lag_case *param = test->param_value;
	struct lag *lag = lag_begin(test->priv, param->delay);
	u64 count, limit;

	lag_start(lag);
	for (u32 phase = 0; phase < PHASES; phase++) {
		lag_flip(lag);
		lag_sleep(phase_ns(param, phase) + 1);
		/* The next vblank cancels a repeated frame, and the one after it shows the flip. */
		limit = phase_ns(param, phase) < param->pace * LAG_PERIOD_NS ? param->pace : 2;
		count = lag_count(lag);
		KUNIT_EXPECT_LE(test, lag_flip(lag), count + limit);
	}
	KUNIT_EXPECT_GE(test, lag_check(lag), 2 * PHASES);
}

/* Another reader replaces the reader while a flip is pending. */
static void test_starts(struct kunit *test, u32 step)
{
	const struct lag_case *param = test->param_value;
	struct lag *lag = lag_begin(test->priv, param->delay);

	lag_start(lag);
	for (u32 phase = 0; phase < PHASES; phase += step) {
		lag_flip(lag);
		lag_sleep(phase_ns(param, phase));
		lag_post(lag);
		lag_stop(lag);
		lag_start(lag);
		lag_await(lag);
	}
	KUNIT_EXPECT_GE(test, lag_check(lag), PHASES / step);
}

static void rvkms_test_lag_starts(struct kunit *test)
{
	test_starts(test, 4);
}

static void rvkms_test_lag_starts_in_all_phases(struct kunit *test)
{
	test_starts(test, 1);
}

/* Readers stop and start before the next vblank while no flip is pending. */
static void rvkms_test_lag_starts_without_flip(struct kunit *test)
{
	const struct lag_case *param = test->param_value;
	struct lag *lag = lag_begin(test->priv, param->delay);
	u32 before;

	lag_start(lag);
	for (u32 phase = 0; phase < PHASES; phase++) {
		lag_flip(lag);
		lag_sleep(phase_ns(param, phase));
		for (u32 i = 0; i < 3; i++) {
			lag_stop(lag);
			lag_start(lag);
		}
		/* One period until a vblank, and one composition. */
		before = lag_read(lag);
		lag_sleep(LAG_PERIOD_NS + 1000000 + param->delay);
		KUNIT_EXPECT_GE(test, lag_read(lag), before + 1);
	}
	lag_check(lag);
}

/* A composition that runs when the reader stops delivers no CRC. */
static void rvkms_test_lag_stops(struct kunit *test)
{
	const struct lag_case *param = test->param_value;
	struct lag *lag = lag_begin(test->priv, param->delay);
	u32 count;

	for (u32 phase = 0; phase < PHASES; phase++) {
		lag_start(lag);
		lag_flip(lag);
		lag_sleep(phase_ns(param, phase));
		lag_stop(lag);
		count = lag_read(lag);
		lag_sleep(phase_ns(param, PHASES));
		KUNIT_EXPECT_EQ(test, lag_read(lag), count);
	}
	lag_check(lag);
}

/* A composition without a reader does not delay flips. */
static void rvkms_test_lag_nobody_captures(struct kunit *test)
{
	struct lag *lag = lag_begin(test->priv, 166832175);
	const u64 begun = lag_scanout(lag)->num_begun;
	u64 frame, next;

	lag_start(lag);
	frame = lag_flip(lag);
	lag_sleep(LAG_PERIOD_NS / 2);
	lag_stop(lag);
	for (u32 i = 0; i < FLIPS; i++) {
		next = lag_flip(lag);
		KUNIT_EXPECT_EQ(test, next - frame, 1);
		frame = next;
	}
	KUNIT_EXPECT_EQ(test, lag_scanout(lag)->num_begun, begun + 1);
	KUNIT_EXPECT_EQ(test, lag_check(lag), 0);
}

/* One CRTC takes ten periods per frame. The other one keeps its pace and misses no CRC. */
static void rvkms_test_lag_two_crtcs(struct kunit *test)
{
	struct lag *slow = lag_begin(test->priv, 166832175);
	struct lag *fast = lag_begin(display_beside(test->priv), 0);
	u64 slow_frame, slow_next, fast_start, frame, next, count;

	lag_start(slow);
	lag_start(fast);
	fast_start = lag_count(fast);
	slow_frame = lag_flip(slow);
	frame = lag_flip(fast);
	for (u32 i = 0; i < 3; i++) {
		lag_post(slow);
		for (u32 j = 0; j < FLIPS; j++) {
			next = lag_flip(fast);
			KUNIT_EXPECT_EQ(test, next - frame, 1);
			frame = next;
		}
		slow_next = lag_await(slow);
		KUNIT_EXPECT_EQ(test, slow_next - slow_frame, 11);
		slow_frame = slow_next;
		frame = lag_flip(fast);
	}
	KUNIT_EXPECT_EQ(test, lag_check(slow), 4);
	/* Each frame since the start has a CRC, including repeated ones. */
	count = lag_count(fast);
	KUNIT_EXPECT_EQ(test, lag_check(fast), count - fast_start);
}

/* Readers of two CRTCs start and stop at the same times. */
static void rvkms_test_lag_two_readers(struct kunit *test)
{
	const struct lag_case *param = test->param_value;
	struct lag *first = lag_begin(test->priv, param->delay);
	struct lag *second = lag_begin(display_beside(test->priv), param->delay / 2);

	lag_start(first);
	lag_start(second);
	for (u32 phase = 0; phase < PHASES; phase++) {
		lag_flip(first);
		lag_flip(second);
		lag_sleep(phase_ns(param, phase));
		lag_post(first);
		lag_post(second);
		lag_stop(first);
		lag_stop(second);
		lag_start(second);
		lag_start(first);
		lag_await(first);
		lag_await(second);
	}
	KUNIT_EXPECT_GE(test, lag_check(first), PHASES);
	KUNIT_EXPECT_GE(test, lag_check(second), PHASES);
}

/*
 * Runs a chain of jobs. When a flip is shown, the previous job is done, and the flip's own job is
 * not, unless compositions take no time. The two targets alternate.
 */
static void run_jobs(struct lag *lag, const struct lag_case *param)
{
	struct drm_client_buffer *other = display_buffer(lag->display, LAG_WIDTH, LAG_HEIGHT,
							 DRM_FORMAT_XRGB8888);
	struct kunit *test = lag->display->test;
	struct dma_fence *fence;
	struct lag_look look;
	u64 frame, next;

	lag_post_job(lag);
	frame = lag_await(lag);
	for (u32 i = 0; i < JOBS; i++) {
		fence = dma_fence_get(lag->display->fence);
		look = lag->look;
		swap(lag->target, other);
		lag_post_job(lag);
		next = lag_await(lag);
		KUNIT_EXPECT_EQ(test, next - frame, param->pace);
		frame = next;
		KUNIT_EXPECT_EQ(test, dma_fence_get_status(fence), 1);
		if (param->delay)
			KUNIT_EXPECT_EQ(test, dma_fence_get_status(lag->display->fence), 0);
		swap(lag->target, other);
		lag_expect_target(lag, &look);
		swap(lag->target, other);
		dma_fence_put(fence);
	}
	KUNIT_EXPECT_GT(test, dma_fence_wait_timeout(lag->display->fence, false, HZ), 0);
	lag_expect_target(lag, &lag->look);
}

static void rvkms_test_lag_writeback(struct kunit *test)
{
	const struct lag_case *param = test->param_value;
	struct lag *lag = lag_begin(test->priv, param->delay);

	run_jobs(lag, param);
	KUNIT_EXPECT_EQ(test, lag_check(lag), 0);
}

/* One composition serves the job and the reader. */
static void rvkms_test_lag_writeback_and_crcs(struct kunit *test)
{
	const struct lag_case *param = test->param_value;
	struct lag *lag = lag_begin(test->priv, param->delay);

	lag_start(lag);
	run_jobs(lag, param);
	KUNIT_EXPECT_EQ(test, lag_check(lag), JOBS + 1);
}

/* A job continues when another reader replaces its reader, and the new one gets no CRC of it. */
static void rvkms_test_lag_writeback_outlives_reader(struct kunit *test)
{
	const struct lag_case *param = test->param_value;
	struct lag *lag = lag_begin(test->priv, param->delay);

	for (u32 phase = 0; phase < PHASES; phase++) {
		lag_start(lag);
		lag_post_job(lag);
		lag_await(lag);
		lag_sleep(phase_ns(param, phase));
		lag_stop(lag);
		lag_start(lag);
		KUNIT_EXPECT_GT(test, dma_fence_wait_timeout(lag->display->fence, false, HZ), 0);
		KUNIT_EXPECT_EQ(test, dma_fence_get_status(lag->display->fence), 1);
		lag_expect_target(lag, &lag->look);
		lag_stop(lag);
	}
	lag_check(lag);
}

static struct kunit_case lag_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_lag_flips, lag_gen_params),
	KUNIT_CASE_PARAM_ATTR(rvkms_test_lag_repeats, lag_gen_params, SLOW),
	KUNIT_CASE_PARAM(rvkms_test_lag_starts, lag_gen_params),
	KUNIT_CASE_PARAM_ATTR(rvkms_test_lag_starts_in_all_phases, lag_gen_params, SLOW),
	KUNIT_CASE_PARAM_ATTR(rvkms_test_lag_starts_without_flip, lag_gen_params, SLOW),
	KUNIT_CASE_PARAM(rvkms_test_lag_stops, lag_gen_params),
	KUNIT_CASE(rvkms_test_lag_nobody_captures),
	KUNIT_CASE(rvkms_test_lag_two_crtcs),
	KUNIT_CASE_PARAM_ATTR(rvkms_test_lag_two_readers, lag_gen_params, SLOW),
	KUNIT_CASE_PARAM(rvkms_test_lag_writeback, lag_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_lag_writeback_and_crcs, lag_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_lag_writeback_outlives_reader, lag_gen_params),
	{}
};

static int lag_init(struct kunit *test)
{
	return display_test_init_with(test, 2);
}

static struct kunit_suite lag_suite = {
	.name = "rvkms_lag",
	.init = lag_init,
	.test_cases = lag_tests,
};

kunit_test_suite(lag_suite);
