// SPDX-License-Identifier: GPL-2.0
/*
 * Random schedules of flips, cursors, readers, modesets and slow compositions. The model of lag.c
 * knows the valid contents of each frame. The seeds are fixed, so that schedules are reproducible.
 */

#include <drm/drm_vblank.h>
#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/prandom.h>

#include "lag.h"

#define NUM_DELAYS 61
#define LONGEST_NS (4 * LAG_PERIOD_NS)
#define STEPS 150
#define STEPS_BEFORE_CHECK 50

/**
 * struct random_case - a schedule
 * @desc: its name
 * @seed: the seed of its random numbers
 * @lateness: the delay of each vblank interrupt, ns
 * @is_variable: the refresh rate is variable
 */
struct random_case {
	const char *desc;
	u64 seed;
	u64 lateness;
	bool is_variable;
};

static const struct random_case random_cases[] = {
	{ "plain", 1, 0, false },
	{ "plain again", 2, 0, false },
	{ "interrupts 0.5 late", 3, 8341609, false },
	{ "interrupts 1.5 late", 4, 25024826, false },
	{ "variable rate", 5, 0, true },
};

KUNIT_ARRAY_PARAM_DESC(random, random_cases, desc);

/**
 * struct schedule - a running schedule
 * @lag: the client
 * @random: the random numbers
 * @delays: the delays of successive compositions
 * @num_crcs: number of checked CRCs
 */
struct schedule {
	struct lag *lag;
	struct rnd_state random;
	u64 delays[NUM_DELAYS];
	u32 num_crcs;
};

static u32 below(struct schedule *schedule, u32 limit)
{
	return prandom_u32_state(&schedule->random) % limit;
}

/* A third of the compositions takes no time. */
static void fill_delays(struct schedule *schedule)
{
	struct rvkms_delays *delays = &lag_scanout(schedule->lag)->delays;

	for (u32 i = 0; i < NUM_DELAYS; i++)
		schedule->delays[i] = below(schedule, 3) ? below(schedule, LONGEST_NS) : 0;
	delays->table = schedule->delays;
	delays->num_used = 0;
	delays->num_table = NUM_DELAYS;
}

static void sleep_a_bit(struct schedule *schedule)
{
	lag_sleep(below(schedule, 2) ? below(schedule, LAG_PERIOD_NS)
				     : below(schedule, LONGEST_NS));
}

static void await(struct schedule *schedule)
{
	if (schedule->lag->has_posted)
		lag_await(schedule->lag);
}

/* Without vblanks, a cursor may be shown before or after a pending flip. */
static void await_without_vblanks(struct schedule *schedule)
{
	if (!drm_dev_has_vblank(schedule->lag->display->drm))
		await(schedule);
}

static void post(struct schedule *schedule)
{
	await(schedule);
	lag_post(schedule->lag);
}

static void tear(struct schedule *schedule)
{
	await(schedule);
	if (drm_dev_has_vblank(schedule->lag->display->drm))
		lag_tear(schedule->lag);
}

static void start_or_stop(struct schedule *schedule)
{
	if (schedule->lag->is_reading)
		lag_stop(schedule->lag);
	if (!schedule->lag->is_reading && below(schedule, 4))
		lag_start(schedule->lag);
}

static void change_cursor(struct schedule *schedule)
{
	await_without_vblanks(schedule);
	lag_change_cursor(schedule->lag);
}

/* A hidden cursor stays hidden until it gets a new image. */
static void move_or_hide_cursor(struct schedule *schedule)
{
	if (!schedule->lag->look.has_cursor)
		return;

	await_without_vblanks(schedule);
	if (below(schedule, 4))
		lag_move_cursor(schedule->lag, below(schedule, LAG_WIDTH - LAG_CURSOR_SIZE));
	else
		lag_hide_cursor(schedule->lag);
}

/* Modesets are rare, because no flip is pending during one. */
static void set_mode(struct schedule *schedule)
{
	if (below(schedule, 3))
		return;

	await(schedule);
	if (below(schedule, 2))
		lag_turn_off(schedule->lag);
	lag_set_mode(schedule->lag, below(schedule, 2));
}

static void (* const acts[])(struct schedule *schedule) = {
	sleep_a_bit, sleep_a_bit, sleep_a_bit, sleep_a_bit, post, post, post, await, tear,
	start_or_stop, change_cursor, move_or_hide_cursor, move_or_hide_cursor, set_mode,
};

static void run_schedule(struct schedule *schedule, u32 steps)
{
	for (u32 i = 1; i <= steps; i++) {
		acts[below(schedule, ARRAY_SIZE(acts))](schedule);
		if (i % STEPS_BEFORE_CHECK)
			continue;
		await(schedule);
		schedule->num_crcs += lag_check(schedule->lag);
	}
}

static void test_schedule(struct kunit *test, struct lag *lag, u64 seed, u32 steps)
{
	struct schedule *schedule = kunit_kzalloc(test, sizeof(*schedule), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, schedule);
	schedule->lag = lag;
	prandom_seed_state(&schedule->random, seed);
	fill_delays(schedule);
	run_schedule(schedule, steps);
	/* A schedule without CRCs would prove nothing. */
	KUNIT_EXPECT_GT(test, schedule->num_crcs, steps / 10);
	kunit_info(test, "%u CRCs\n", schedule->num_crcs);
	lag_scanout(lag)->delays.num_table = 0;
	display_settle(lag->display);
}

static struct lag *begin_random(struct kunit *test)
{
	const struct random_case *param = test->param_value;
	struct display *display = test->priv;

	to_rvkms_crtc(display->crtc)->timer.lateness_ns = param->lateness;

	return param->is_variable ? lag_begin_vrr(display, 0) : lag_begin(display, 0);
}

static void rvkms_test_lag_random(struct kunit *test)
{
	const struct random_case *param = test->param_value;

	test_schedule(test, begin_random(test), param->seed, STEPS);
}

static void rvkms_test_lag_random_long(struct kunit *test)
{
	const struct random_case *param = test->param_value;

	test_schedule(test, begin_random(test), param->seed + 100, 20 * STEPS);
}

static void rvkms_test_lag_random_vblankless(struct kunit *test)
{
	test_schedule(test, lag_begin(test->priv, 0), 6, STEPS);
}

static void rvkms_test_lag_random_vblankless_long(struct kunit *test)
{
	test_schedule(test, lag_begin(test->priv, 0), 106, 20 * STEPS);
}

static struct kunit_case random_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_lag_random, random_gen_params),
	KUNIT_CASE_PARAM_ATTR(rvkms_test_lag_random_long, random_gen_params,
			      { .speed = KUNIT_SPEED_SLOW }),
	{}
};

static struct kunit_case vblankless_tests[] = {
	KUNIT_CASE(rvkms_test_lag_random_vblankless),
	KUNIT_CASE_SLOW(rvkms_test_lag_random_vblankless_long),
	{}
};

static struct kunit_suite random_suite = {
	.name = "rvkms_lag_random",
	.init = display_test_init,
	.test_cases = random_tests,
};

static struct kunit_suite vblankless_suite = {
	.name = "rvkms_lag_random_vblankless",
	.init = display_test_init_vblankless,
	.test_cases = vblankless_tests,
};

kunit_test_suites(&random_suite, &vblankless_suite);
