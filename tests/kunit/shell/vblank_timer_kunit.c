// SPDX-License-Identifier: GPL-2.0
/* Tests of the vblank timer: phase, missed vblanks, extreme modes, and flips at a variable rate. */

#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/ktime.h>
#include <linux/limits.h>

#include "../../scanout/vblank_timer.h"

#define MAX_CALLS 32

/* 25 MHz, 500 x 500: a period of exactly 10 ms, 2 ms of which are blanking. */
static const struct rvkms_timing timing_100hz = {
	.clock = 25000,
	.hdisplay = 400,
	.htotal = 500,
	.vdisplay = 400,
	.vtotal = 500,
};

struct clock {
	struct rvkms_vblank_timer timer;
	unsigned int max_calls;
	unsigned int calls;
	u64 counts[MAX_CALLS];
	s64 times[MAX_CALLS];
	struct completion done;
};

static void clock_tick(struct rvkms_vblank_timer *timer)
{
	struct clock *clock = container_of(timer, struct clock, timer);

	if (clock->calls < MAX_CALLS) {
		clock->counts[clock->calls] = rvkms_vblank_timer_count(timer);
		clock->times[clock->calls] = ktime_to_ns(rvkms_vblank_timer_timestamp(timer));
	}

	if (++clock->calls == clock->max_calls) {
		rvkms_vblank_timer_disable(timer);
		complete(&clock->done);
	}
}

static void clock_stop(void *data)
{
	struct clock *clock = data;

	rvkms_vblank_timer_disable(&clock->timer);
	rvkms_vblank_timer_sync(&clock->timer);
}

static int vblank_timer_test_init(struct kunit *test)
{
	struct clock *clock = kunit_kzalloc(test, sizeof(*clock), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, clock);
	init_completion(&clock->done);
	rvkms_vblank_timer_init(&clock->timer, clock_tick);
	rvkms_vblank_timer_set_mode(&clock->timer, &timing_100hz);
	test->priv = clock;

	return kunit_add_action_or_reset(test, clock_stop, clock);
}

/* Runs until @calls vblanks were called, then disables the timer from within the last call. */
static void run_for(struct kunit *test, unsigned int calls)
{
	struct clock *clock = test->priv;

	clock->max_calls = clock->calls + calls;
	reinit_completion(&clock->done);
	rvkms_vblank_timer_enable(&clock->timer);
	KUNIT_ASSERT_GT(test, wait_for_completion_timeout(&clock->done, 10 * HZ), 0);
	rvkms_vblank_timer_sync(&clock->timer);
	KUNIT_ASSERT_EQ(test, clock->calls, clock->max_calls);
}

static void rvkms_test_vblank_timer_calls_on_deadlines(struct kunit *test)
{
	struct clock *clock = test->priv;

	run_for(test, 20);

	for (int i = 0; i < 20; i++) {
		const s64 offset = clock->times[i] - clock->timer.timeline.anchor;

		KUNIT_EXPECT_GE(test, clock->counts[i], i + 1);
		KUNIT_EXPECT_EQ(test, offset, clock->counts[i] * 10000000 + 2000000);
	}
}

static void rvkms_test_vblank_timer_never_calls_twice_for_one(struct kunit *test)
{
	struct clock *clock = test->priv;

	run_for(test, 20);

	for (int i = 1; i < 20; i++)
		KUNIT_EXPECT_GT(test, clock->counts[i], clock->counts[i - 1]);
}

/*
 * A timer that goes on from its last expiry time makes up for vblanks that passed while the CPU was
 * busy elsewhere: a burst of calls, in which the CPU gets nothing else done.
 */
static void rvkms_test_vblank_timer_skips_what_passed(struct kunit *test)
{
	struct clock *clock = test->priv;
	struct rvkms_vblank_timer *timer = &clock->timer;
	const s64 first = timer->timeline.anchor + 10000000;

	clock->max_calls = 3;
	msleep(45);
	timer->is_enabled = true;
	hrtimer_start(&timer->hrtimer, ns_to_ktime(first), HRTIMER_MODE_ABS);
	KUNIT_ASSERT_GT(test, wait_for_completion_timeout(&clock->done, 10 * HZ), 0);

	KUNIT_EXPECT_GE(test, clock->counts[0], 4);
	KUNIT_EXPECT_GT(test, clock->counts[1], clock->counts[0]);
	KUNIT_EXPECT_GT(test, clock->counts[2], clock->counts[1]);
}

/*
 * The in-tree driver accepts any mode, and runs its timer at that rate: with the highest clock and
 * totals of one pixel, the period was below a nanosecond, and the machine did nothing but vblanks.
 * Here no mode has more than a thousand vblanks per second.
 */
static void rvkms_test_vblank_timer_never_storms(struct kunit *test)
{
	const struct rvkms_timing wild = {
		.clock = INT_MAX, .hdisplay = 1, .htotal = 1, .vdisplay = 1, .vtotal = 1,
	};
	struct clock *clock = test->priv;
	s64 begin, end;

	rvkms_vblank_timer_set_mode(&clock->timer, &wild);
	begin = ktime_get_ns();
	run_for(test, 100);
	end = ktime_get_ns();

	KUNIT_EXPECT_GE(test, end - begin, 100 * NSEC_PER_MSEC);
}

/* The in-tree driver starts a new phase at every enable. */
static void rvkms_test_vblank_timer_enable_keeps_phase(struct kunit *test)
{
	struct clock *clock = test->priv;

	run_for(test, 2);
	usleep_range(33000, 34000);
	run_for(test, 2);

	for (int i = 0; i < 4; i++)
		KUNIT_EXPECT_EQ(test, clock->times[i] - clock->timer.timeline.anchor,
				clock->counts[i] * 10000000 + 2000000);
	KUNIT_EXPECT_GE(test, clock->counts[2], clock->counts[1] + 4);
}

static void rvkms_test_vblank_timer_disable_from_callback(struct kunit *test)
{
	struct clock *clock = test->priv;

	run_for(test, 3);
	msleep(100);

	KUNIT_EXPECT_EQ(test, clock->calls, 3);
	KUNIT_EXPECT_FALSE(test, hrtimer_active(&clock->timer.hrtimer));
}

static void rvkms_test_vblank_timer_disable(struct kunit *test)
{
	struct clock *clock = test->priv;

	rvkms_vblank_timer_enable(&clock->timer);
	rvkms_vblank_timer_disable(&clock->timer);
	rvkms_vblank_timer_sync(&clock->timer);
	msleep(100);

	KUNIT_EXPECT_EQ(test, clock->calls, 0);
}

static void rvkms_test_vblank_timer_enable_twice(struct kunit *test)
{
	struct clock *clock = test->priv;

	rvkms_vblank_timer_enable(&clock->timer);
	run_for(test, 5);

	for (int i = 1; i < 5; i++)
		KUNIT_EXPECT_GT(test, clock->counts[i], clock->counts[i - 1]);
}

static void rvkms_test_vblank_timer_count_without_callbacks(struct kunit *test)
{
	struct clock *clock = test->priv;
	u64 count;

	KUNIT_EXPECT_LE(test, rvkms_vblank_timer_count(&clock->timer), 1);
	msleep(100);
	count = rvkms_vblank_timer_count(&clock->timer);

	KUNIT_EXPECT_GE(test, count, 10);
	KUNIT_EXPECT_EQ(test, clock->calls, 0);
}

static void rvkms_test_vblank_timer_set_mode_starts_anew(struct kunit *test)
{
	struct clock *clock = test->priv;
	s64 before;

	msleep(100);
	before = ktime_get_ns();
	rvkms_vblank_timer_set_mode(&clock->timer, &timing_100hz);

	KUNIT_EXPECT_GE(test, clock->timer.timeline.anchor, before);
	KUNIT_EXPECT_LE(test, clock->timer.timeline.anchor, ktime_get_ns());
}

/*
 * The timer is reprogrammed at once. Otherwise it would wait for the next vblank of the old
 * timeline.
 */
static void rvkms_test_vblank_timer_follows_timeline(struct kunit *test)
{
	const struct rvkms_vrr slow = { { 500000000, 1 }, { 1000000000, 1 } };
	struct clock *clock = test->priv;
	struct rvkms_vblank_timer *timer = &clock->timer;
	s64 anchor;

	rvkms_vblank_timer_enable(timer);
	rvkms_vblank_timer_set_limits(timer, slow);
	anchor = timer->timeline.anchor;
	KUNIT_EXPECT_EQ(test, ktime_to_ns(hrtimer_get_expires(&timer->hrtimer)),
			anchor + 1000000000);
	rvkms_vblank_timer_flip(timer);
	KUNIT_EXPECT_EQ(test, ktime_to_ns(hrtimer_get_expires(&timer->hrtimer)),
			anchor + 500000000);
	rvkms_vblank_timer_disable(timer);
}

/*
 * A flip that is shown at once gets its vblank call. The timer was armed for the vblank after it, a
 * longest frame time later: the flip's time had passed between two reads of the clock.
 */
static void rvkms_test_vblank_timer_flip_now(struct kunit *test)
{
	const struct rvkms_vrr vrr = { { 1000000, 1 }, { 1000000000, 1 } };
	struct clock *clock = test->priv;
	struct rvkms_vblank_timer *timer = &clock->timer;
	u64 count;

	clock->max_calls = 2;
	rvkms_vblank_timer_enable(timer);
	rvkms_vblank_timer_set_limits(timer, vrr);
	for (u32 i = 0; i < 2; i++) {
		msleep(20);
		count = rvkms_vblank_timer_count(timer);
		KUNIT_EXPECT_EQ(test, clock->calls, i);
		rvkms_vblank_timer_flip(timer);
		msleep(20);
		KUNIT_EXPECT_EQ(test, clock->calls, i + 1);
		KUNIT_EXPECT_EQ(test, clock->counts[i], count + 1);
		KUNIT_EXPECT_FALSE(test, timer->timeline.has_flip);
	}
	rvkms_vblank_timer_disable(timer);
}

/* A flip does not start a disabled timer. */
static void rvkms_test_vblank_timer_flip_disabled(struct kunit *test)
{
	const struct rvkms_vrr vrr = { { 1000000, 1 }, { 1000000000, 1 } };
	struct clock *clock = test->priv;
	u64 count;

	rvkms_vblank_timer_set_limits(&clock->timer, vrr);
	count = rvkms_vblank_timer_count(&clock->timer);
	rvkms_vblank_timer_flip(&clock->timer);
	msleep(20);
	KUNIT_EXPECT_GT(test, rvkms_vblank_timer_count(&clock->timer), count);
	KUNIT_EXPECT_EQ(test, clock->calls, 0);
}

static struct kunit_case vblank_timer_tests[] = {
	KUNIT_CASE(rvkms_test_vblank_timer_follows_timeline),
	KUNIT_CASE(rvkms_test_vblank_timer_flip_now),
	KUNIT_CASE(rvkms_test_vblank_timer_flip_disabled),
	KUNIT_CASE(rvkms_test_vblank_timer_calls_on_deadlines),
	KUNIT_CASE(rvkms_test_vblank_timer_never_calls_twice_for_one),
	KUNIT_CASE(rvkms_test_vblank_timer_skips_what_passed),
	KUNIT_CASE(rvkms_test_vblank_timer_never_storms),
	KUNIT_CASE(rvkms_test_vblank_timer_enable_keeps_phase),
	KUNIT_CASE(rvkms_test_vblank_timer_disable_from_callback),
	KUNIT_CASE(rvkms_test_vblank_timer_disable),
	KUNIT_CASE(rvkms_test_vblank_timer_enable_twice),
	KUNIT_CASE(rvkms_test_vblank_timer_count_without_callbacks),
	KUNIT_CASE(rvkms_test_vblank_timer_set_mode_starts_anew),
	{}
};

static struct kunit_suite vblank_timer_suite = {
	.name = "rvkms_vblank_timer",
	.init = vblank_timer_test_init,
	.test_cases = vblank_timer_tests,
};

kunit_test_suite(vblank_timer_suite);
