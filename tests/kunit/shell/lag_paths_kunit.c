// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of cursors, asynchronous flips, modesets, disabled CRTCs and unplugged devices with
 * compositions of up to ten periods. The client of lag.c overwrites a buffer as soon as it is free.
 */

#include <kunit/test.h>
#include <linux/dma-fence.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/minmax.h>

#include "lag.h"

#define PHASES 8
#define SLOW ((struct kunit_attributes){ .speed = KUNIT_SPEED_SLOW })

KUNIT_ARRAY_PARAM_DESC(lag, lag_cases, desc);

/* Spreads the phases over one and a half compositions or periods. */
static u64 phase_ns(const struct lag_case *param, u32 phase)
{
	return max(param->delay, LAG_PERIOD_NS) * 3 / (2 * PHASES) * phase;
}

/* Sleeps until a vblank has come and its composition has ended. */
static void sleep_for_frame(const struct lag_case *param)
{
	lag_sleep(LAG_PERIOD_NS + 1000000 + param->delay);
}

/* When the ioctl returns, no composition reads the replaced image. */
static void rvkms_test_lag_cursor_image(struct kunit *test)
{
	const struct lag_case *param = test->param_value;
	struct lag *lag = lag_begin(test->priv, param->delay);

	lag_start(lag);
	for (u32 phase = 0; phase < PHASES; phase++) {
		lag_flip(lag);
		lag_sleep(phase_ns(param, phase));
		lag_change_cursor(lag);
		lag_change_cursor(lag);
		sleep_for_frame(param);
	}
	KUNIT_EXPECT_GE(test, lag_check(lag), 2 * PHASES);
}

/* As above, with a cursor that is hidden and then shown again. */
static void rvkms_test_lag_cursor_hides(struct kunit *test)
{
	const struct lag_case *param = test->param_value;
	struct lag *lag = lag_begin(test->priv, param->delay);

	lag_start(lag);
	for (u32 phase = 0; phase < PHASES; phase++) {
		lag_flip(lag);
		lag_sleep(phase_ns(param, phase));
		lag_hide_cursor(lag);
		sleep_for_frame(param);
		lag_change_cursor(lag);
		sleep_for_frame(param);
	}
	KUNIT_EXPECT_GE(test, lag_check(lag), 3 * PHASES);
}

/* A move replaces no image, and does not wait. */
static void rvkms_test_lag_cursor_moves(struct kunit *test)
{
	const struct lag_case *param = test->param_value;
	struct lag *lag = lag_begin(test->priv, param->delay);
	ktime_t begin;

	lag_start(lag);
	for (u32 phase = 0; phase < PHASES; phase++) {
		lag_flip(lag);
		lag_sleep(phase_ns(param, phase));
		begin = ktime_get();
		for (u32 i = 0; i < 3; i++)
			lag_move_cursor(lag, 3 * phase + i);
		KUNIT_EXPECT_LT(test, ktime_to_ns(ktime_sub(ktime_get(), begin)), LAG_PERIOD_NS);
		sleep_for_frame(param);
	}
	KUNIT_EXPECT_GE(test, lag_check(lag), 2 * PHASES);
}

/* A pending flip keeps its event and its frame, which also shows the new cursor. */
static void rvkms_test_lag_cursor_beside_flip(struct kunit *test)
{
	const struct lag_case *param = test->param_value;
	struct lag *lag = lag_begin(test->priv, param->delay);
	u64 frame, next;

	lag_start(lag);
	frame = lag_flip(lag);
	for (u32 phase = 0; phase < PHASES; phase++) {
		lag_post(lag);
		lag_sleep(LAG_PERIOD_NS * param->pace / PHASES * phase);
		lag_move_cursor(lag, 3 * phase);
		lag_change_cursor(lag);
		lag_move_cursor(lag, 3 * phase + 1);
		next = lag_await(lag);
		KUNIT_EXPECT_EQ(test, next - frame, param->pace);
		frame = next;
	}
	/* An image that becomes free after the flip was shown makes another frame. */
	KUNIT_EXPECT_GE(test, lag_check(lag), PHASES + 1);
}

/* The event of an asynchronous flip comes when no composition reads the replaced buffer. */
static void rvkms_test_lag_async_flips(struct kunit *test)
{
	const struct lag_case *param = test->param_value;
	struct lag *lag = lag_begin(test->priv, param->delay);

	lag_start(lag);
	for (u32 phase = 0; phase < PHASES; phase++) {
		lag_flip(lag);
		lag_sleep(phase_ns(param, phase));
		lag_tear(lag);
		sleep_for_frame(param);
		lag_tear(lag);
		lag_tear(lag);
		sleep_for_frame(param);
	}
	KUNIT_EXPECT_GE(test, lag_check(lag), 3 * PHASES);
}

/* Without a reader, an asynchronous flip does not wait. */
static void rvkms_test_lag_async_flips_of_nobody(struct kunit *test)
{
	struct lag *lag = lag_begin(test->priv, 166832175);
	ktime_t begin;

	lag_start(lag);
	lag_flip(lag);
	lag_sleep(LAG_PERIOD_NS / 2);
	lag_stop(lag);
	begin = ktime_get();
	for (u32 i = 0; i < PHASES; i++)
		lag_tear(lag);
	KUNIT_EXPECT_LT(test, ktime_to_ns(ktime_sub(ktime_get(), begin)), LAG_PERIOD_NS);
	KUNIT_EXPECT_EQ(test, lag_check(lag), 0);
}

/* The first frame of another mode has a CRC. */
static void rvkms_test_lag_modesets(struct kunit *test)
{
	const struct lag_case *param = test->param_value;
	struct lag *lag = lag_begin(test->priv, param->delay);

	lag_start(lag);
	for (u32 phase = 0; phase < PHASES; phase++) {
		lag_flip(lag);
		lag_sleep(phase_ns(param, phase));
		lag_set_mode(lag, !(phase % 2));
		lag_sleep(phase_ns(param, PHASES - phase));
		lag_set_mode(lag, phase % 2);
	}
	KUNIT_EXPECT_GE(test, lag_check(lag), 3 * PHASES);
}

/* A disabled CRTC gives no CRC. The first frame after it is enabled does. */
static void rvkms_test_lag_disables(struct kunit *test)
{
	const struct lag_case *param = test->param_value;
	struct lag *lag = lag_begin(test->priv, param->delay);
	u32 count;

	lag_start(lag);
	for (u32 phase = 0; phase < PHASES; phase++) {
		lag_flip(lag);
		lag_sleep(phase_ns(param, phase));
		lag_turn_off(lag);
		count = lag_read(lag);
		sleep_for_frame(param);
		KUNIT_EXPECT_EQ(test, lag_read(lag), count);
		lag_set_mode(lag, 0);
	}
	KUNIT_EXPECT_GE(test, lag_check(lag), 2 * PHASES);
}

/* Another reader replaces the reader while the CRTC is off. */
static void rvkms_test_lag_disables_between_readers(struct kunit *test)
{
	const struct lag_case *param = test->param_value;
	struct lag *lag = lag_begin(test->priv, param->delay);

	for (u32 phase = 0; phase < PHASES; phase++) {
		lag_start(lag);
		lag_flip(lag);
		lag_sleep(phase_ns(param, phase));
		lag_turn_off(lag);
		lag_stop(lag);
		lag_set_mode(lag, 0);
	}
	KUNIT_EXPECT_GE(test, lag_check(lag), PHASES);
}

/* An unplugged device has sent its events and finished its jobs, and reads no buffer. */
static void rvkms_test_lag_unplug(struct kunit *test)
{
	const struct lag_case *param = test->param_value;
	struct lag *lag = lag_begin(test->priv, param->delay);
	u32 count;

	lag_start(lag);
	lag_flip(lag);
	lag_post_job(lag);
	lag_sleep(param->delay / 3);
	lag_unplug(lag);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(lag->display->fence), 1);
	lag_expect_target(lag, &lag->look);
	KUNIT_EXPECT_EQ(test, lag_scanout(lag)->num_ended, lag_scanout(lag)->num_begun);
	count = lag_read(lag);
	KUNIT_EXPECT_EQ(test, count, 2);
	sleep_for_frame(param);
	KUNIT_EXPECT_EQ(test, lag_read(lag), count);
	lag_stop(lag);
	lag_check(lag);
}

/* Without vblanks a commit ends when its frame is composed. Each frame has one CRC. */
static void rvkms_test_lag_vblankless(struct kunit *test)
{
	const struct lag_case *param = test->param_value;
	struct lag *lag = lag_begin(test->priv, param->delay);
	ktime_t begin;
	s64 time;

	lag_start(lag);
	for (u32 i = 0; i < PHASES; i++) {
		begin = ktime_get();
		lag_flip(lag);
		time = ktime_to_ns(ktime_sub(ktime_get(), begin));
		KUNIT_EXPECT_GE(test, time, param->delay);
		KUNIT_EXPECT_LT(test, time, param->delay + LAG_PERIOD_NS);
		lag_move_cursor(lag, i);
		lag_change_cursor(lag);
		lag_hide_cursor(lag);
		lag_change_cursor(lag);
	}
	KUNIT_EXPECT_EQ(test, lag_check(lag), 5 * PHASES + 1);
}

/* Another reader replaces the reader during the composition of a frame. */
static void rvkms_test_lag_vblankless_starts(struct kunit *test)
{
	const struct lag_case *param = test->param_value;
	struct lag *lag = lag_begin(test->priv, param->delay);

	lag_start(lag);
	for (u32 phase = 0; phase < PHASES; phase++) {
		lag_flip(lag);
		lag_post(lag);
		lag_sleep(param->delay / PHASES * phase);
		lag_stop(lag);
		lag_start(lag);
		lag_await(lag);
		lag_flip(lag);
	}
	KUNIT_EXPECT_GE(test, lag_check(lag), 3 * PHASES);
}

/* A reader that starts while the CRTC is off gets no CRC. */
static void rvkms_test_lag_vblankless_modesets(struct kunit *test)
{
	const struct lag_case *param = test->param_value;
	struct lag *lag = lag_begin(test->priv, param->delay);

	lag_start(lag);
	for (u32 i = 0; i < PHASES; i++) {
		lag_set_mode(lag, !(i % 2));
		lag_flip(lag);
		lag_turn_off(lag);
		lag_stop(lag);
		lag_start(lag);
		lag_set_mode(lag, !(i % 2));
	}
	KUNIT_EXPECT_EQ(test, lag_check(lag), 3 * PHASES + 1);
}

static struct kunit_case paths_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_lag_cursor_image, lag_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_lag_cursor_hides, lag_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_lag_cursor_moves, lag_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_lag_cursor_beside_flip, lag_gen_params),
	KUNIT_CASE_PARAM_ATTR(rvkms_test_lag_async_flips, lag_gen_params, SLOW),
	KUNIT_CASE(rvkms_test_lag_async_flips_of_nobody),
	KUNIT_CASE_PARAM_ATTR(rvkms_test_lag_modesets, lag_gen_params, SLOW),
	KUNIT_CASE_PARAM(rvkms_test_lag_disables, lag_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_lag_disables_between_readers, lag_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_lag_unplug, lag_gen_params),
	{}
};

static struct kunit_case vblankless_tests[] = {
	KUNIT_CASE_PARAM_ATTR(rvkms_test_lag_vblankless, lag_gen_params, SLOW),
	KUNIT_CASE_PARAM_ATTR(rvkms_test_lag_vblankless_starts, lag_gen_params, SLOW),
	KUNIT_CASE_PARAM_ATTR(rvkms_test_lag_vblankless_modesets, lag_gen_params, SLOW),
	{}
};

static struct kunit_suite paths_suite = {
	.name = "rvkms_lag_paths",
	.init = display_test_init,
	.test_cases = paths_tests,
};

static struct kunit_suite vblankless_suite = {
	.name = "rvkms_lag_vblankless",
	.init = display_test_init_vblankless,
	.test_cases = vblankless_tests,
};

kunit_test_suites(&paths_suite, &vblankless_suite);
