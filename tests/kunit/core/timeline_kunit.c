// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of core/timeline. The reference steps from one vblank to the next. Its frames last a whole
 * number of nanoseconds, so that no error adds up.
 */

#include <kunit/test.h>
#include <linux/limits.h>
#include <linux/prandom.h>
#include <linux/types.h>

#include "../../core/timing/timeline.h"

#define MS 1000000ll

static struct rvkms_vrr limits(u64 shortest, u64 longest)
{
	return (struct rvkms_vrr){ { shortest, 1 }, { longest, 1 } };
}

static void expect_at(struct kunit *test, struct rvkms_timeline timeline, s64 now, u64 count,
		      s64 last, s64 next)
{
	KUNIT_EXPECT_EQ_MSG(test, rvkms_timeline_count(timeline, now), count, "at %lld", now);
	KUNIT_EXPECT_EQ_MSG(test, rvkms_timeline_last(timeline, now), last, "at %lld", now);
	KUNIT_EXPECT_EQ_MSG(test, rvkms_timeline_next(timeline, now), next, "at %lld", now);
}

static void rvkms_test_timeline_fixed(struct kunit *test)
{
	struct rvkms_timeline timeline = rvkms_timeline_begin(limits(10 * MS, 10 * MS), 7);

	expect_at(test, timeline, 0, 0, 7, 10 * MS + 7);
	expect_at(test, timeline, 10 * MS + 6, 0, 7, 10 * MS + 7);
	expect_at(test, timeline, 10 * MS + 7, 1, 10 * MS + 7, 20 * MS + 7);

	/* Flips wait for the next vblank of the fixed rate. */
	timeline = rvkms_timeline_flip(timeline, 15 * MS);
	expect_at(test, timeline, 15 * MS, 1, 10 * MS + 7, 20 * MS + 7);
	expect_at(test, timeline, 35 * MS, 3, 30 * MS + 7, 40 * MS + 7);
}

/* Flips do not move the vblanks: no period starts anew on a whole nanosecond. */
static void rvkms_test_timeline_fixed_flips(struct kunit *test)
{
	const struct rvkms_vrr sixty = { { 1000 * MS, 60 }, { 1000 * MS, 60 } };
	struct rvkms_timeline timeline = rvkms_timeline_begin(sixty, 0);

	for (u32 i = 0; i < 60; i++)
		timeline = rvkms_timeline_flip(timeline, 50 * MS * i / 3);
	expect_at(test, timeline, 1000 * MS - 1, 59, 983333333, 1000 * MS);
	expect_at(test, timeline, 1000 * MS, 60, 1000 * MS, 1016666666);
}

static void rvkms_test_timeline_flip_early(struct kunit *test)
{
	struct rvkms_timeline timeline = rvkms_timeline_begin(limits(10 * MS, 100 * MS), 0);

	timeline = rvkms_timeline_flip(timeline, 4 * MS);
	expect_at(test, timeline, 4 * MS, 0, 0, 10 * MS);
	expect_at(test, timeline, 10 * MS - 1, 0, 0, 10 * MS);
	expect_at(test, timeline, 10 * MS, 1, 10 * MS, 110 * MS);
	expect_at(test, timeline, 110 * MS, 2, 110 * MS, 210 * MS);
}

static void rvkms_test_timeline_flip_late(struct kunit *test)
{
	struct rvkms_timeline timeline = rvkms_timeline_begin(limits(10 * MS, 100 * MS), 0);

	/* Frames 1 and 2 were repeats; the flip is shown at once. */
	timeline = rvkms_timeline_flip(timeline, 250 * MS);
	expect_at(test, timeline, 250 * MS - 1, 2, 200 * MS, 250 * MS);
	expect_at(test, timeline, 250 * MS, 3, 250 * MS, 350 * MS);

	/* This flip comes at the time of a vblank, too late for it. */
	timeline = rvkms_timeline_flip(timeline, 350 * MS);
	expect_at(test, timeline, 350 * MS, 4, 350 * MS, 360 * MS);
	expect_at(test, timeline, 360 * MS, 5, 360 * MS, 460 * MS);
}

static void rvkms_test_timeline_flip_twice(struct kunit *test)
{
	struct rvkms_timeline timeline = rvkms_timeline_begin(limits(10 * MS, 100 * MS), 0);

	timeline = rvkms_timeline_flip(timeline, 1 * MS);
	timeline = rvkms_timeline_flip(timeline, 2 * MS);
	expect_at(test, timeline, 2 * MS, 0, 0, 10 * MS);
	expect_at(test, timeline, 10 * MS, 1, 10 * MS, 110 * MS);
}

static void rvkms_test_timeline_change(struct kunit *test)
{
	const struct rvkms_vrr variable = limits(10 * MS, 100 * MS);
	const struct rvkms_vrr fixed = limits(10 * MS, 10 * MS);
	struct rvkms_timeline timeline = rvkms_timeline_begin(fixed, 0);

	/* The current frame continues. */
	timeline = rvkms_timeline_change(timeline, variable, 25 * MS);
	expect_at(test, timeline, 25 * MS, 2, 20 * MS, 120 * MS);

	/* A change to the same limits changes nothing and keeps a pending flip. */
	timeline = rvkms_timeline_flip(timeline, 26 * MS);
	timeline = rvkms_timeline_change(timeline, variable, 27 * MS);
	expect_at(test, timeline, 27 * MS, 2, 20 * MS, 30 * MS);

	/* At a fixed rate the next vblank shows the flip. */
	timeline = rvkms_timeline_change(timeline, fixed, 28 * MS);
	expect_at(test, timeline, 28 * MS, 2, 20 * MS, 30 * MS);
	KUNIT_EXPECT_FALSE(test, timeline.has_flip);

	/* A frame that has lasted for the longest time, or longer, ends. */
	timeline = rvkms_timeline_change(timeline, variable, 31 * MS);
	timeline = rvkms_timeline_change(timeline, fixed, 40 * MS - 1);
	expect_at(test, timeline, 40 * MS - 1, 3, 30 * MS, 40 * MS);
	timeline = rvkms_timeline_change(timeline, variable, 41 * MS);
	timeline = rvkms_timeline_change(timeline, fixed, 50 * MS);
	expect_at(test, timeline, 50 * MS, 5, 50 * MS, 60 * MS);
	timeline = rvkms_timeline_change(timeline, variable, 51 * MS);
	timeline = rvkms_timeline_change(timeline, fixed, 93 * MS);
	expect_at(test, timeline, 93 * MS, 6, 93 * MS, 103 * MS);

	/* A change of either limit counts. */
	timeline = rvkms_timeline_change(timeline, limits(9 * MS, 10 * MS), 94 * MS);
	KUNIT_EXPECT_EQ(test, timeline.vrr.shortest.num, 9 * MS);
	timeline = rvkms_timeline_change(timeline, limits(9 * MS, 11 * MS), 94 * MS);
	KUNIT_EXPECT_EQ(test, timeline.vrr.longest.num, 11 * MS);
}

/* A period in other terms counts as another period: rvkms_vrr_*() always makes the same terms. */
static void rvkms_test_timeline_denominators(struct kunit *test)
{
	struct rvkms_vrr vrr = { { 20 * MS, 2 }, { 10 * MS, 1 } };
	struct rvkms_timeline timeline = rvkms_timeline_begin(limits(20 * MS, 20 * MS), 0);

	vrr.longest = (struct rvkms_period){ 20 * MS, 1 };
	timeline = rvkms_timeline_change(timeline, vrr, 1);
	KUNIT_EXPECT_EQ(test, timeline.vrr.shortest.den, 2);
	timeline = rvkms_timeline_flip(timeline, 2);
	expect_at(test, timeline, 3, 0, 0, 10 * MS);
}

struct walk {
	s64 shortest, longest;
	s64 last;
	u64 count;
	s64 flip;
};

static s64 walk_next(const struct walk *walk)
{
	return walk->flip ?: walk->last + walk->longest;
}

static void walk_to(struct walk *walk, s64 now)
{
	while (walk_next(walk) <= now) {
		walk->last = walk_next(walk);
		walk->flip = 0;
		walk->count++;
	}
}

static void walk_flip(struct walk *walk, s64 now)
{
	const s64 earliest = walk->last + walk->shortest;

	if (!walk->flip && walk->shortest != walk->longest)
		walk->flip = now > earliest ? now : earliest;
}

static void walk_change(struct walk *walk, s64 shortest, s64 longest, s64 now)
{
	if (shortest == walk->shortest && longest == walk->longest)
		return;

	walk->shortest = shortest;
	walk->longest = longest;
	walk->flip = 0;
	if (now - walk->last >= longest) {
		walk->last = now;
		walk->count++;
	}
}

static void rvkms_test_timeline_random(struct kunit *test)
{
	struct walk walk = { 10 * MS, 20 * MS, 1, 0, 0 };
	struct rvkms_timeline timeline = rvkms_timeline_begin(limits(10 * MS, 20 * MS), 1);
	struct rnd_state rnd;
	s64 now = 1;

	prandom_seed_state(&rnd, 1);
	for (u32 i = 0; i < 20000; i++) {
		const u32 random = prandom_u32_state(&rnd);

		now += random % (8 * MS);
		walk_to(&walk, now);
		if (random >> 24 < 128) {
			walk_flip(&walk, now);
			timeline = rvkms_timeline_flip(timeline, now);
		} else if (random >> 24 < 140) {
			const s64 shortest = (5 + random % 3) * MS;
			const s64 longest = shortest + (random >> 8) % 3 * 9 * MS;

			walk_change(&walk, shortest, longest, now);
			timeline = rvkms_timeline_change(timeline, limits(shortest, longest), now);
		}
		/* A flip may be shown at once. */
		walk_to(&walk, now);
		KUNIT_ASSERT_EQ(test, rvkms_timeline_count(timeline, now), walk.count);
		KUNIT_ASSERT_EQ(test, rvkms_timeline_last(timeline, now), walk.last);
		KUNIT_ASSERT_EQ(test, rvkms_timeline_next(timeline, now), walk_next(&walk));
		if (random & 1)
			timeline = rvkms_timeline_settle(timeline, now);
	}
	KUNIT_EXPECT_GT(test, walk.count, 4000);
}

/* With any contents, the results are consistent: the next vblank is not before the last. */
static void rvkms_test_timeline_hostile(struct kunit *test)
{
	const s64 times[] = { S64_MIN, -1, 0, 1, S64_MAX };
	const u64 periods[] = { 0, 1, 1000000, 1000000000, U64_MAX };
	struct rvkms_timeline timeline = { .number = U64_MAX, .has_flip = true };

	for (u32 i = 0; i < 5 * 5 * 5 * 5; i++) {
		const s64 now = times[i % 5];

		timeline.anchor = times[i / 5 % 5];
		timeline.flip = times[i / 25 % 5];
		timeline.vrr = limits(periods[i / 125], periods[4 - i / 125]);
		timeline = rvkms_timeline_flip(timeline, now);
		timeline = rvkms_timeline_change(timeline, limits(0, i), now);
		KUNIT_EXPECT_GE(test, rvkms_timeline_next(timeline, now),
				rvkms_timeline_last(timeline, now));
	}
}

static struct kunit_case timeline_tests[] = {
	KUNIT_CASE(rvkms_test_timeline_fixed),
	KUNIT_CASE(rvkms_test_timeline_fixed_flips),
	KUNIT_CASE(rvkms_test_timeline_flip_early),
	KUNIT_CASE(rvkms_test_timeline_flip_late),
	KUNIT_CASE(rvkms_test_timeline_flip_twice),
	KUNIT_CASE(rvkms_test_timeline_change),
	KUNIT_CASE(rvkms_test_timeline_denominators),
	KUNIT_CASE(rvkms_test_timeline_random),
	KUNIT_CASE(rvkms_test_timeline_hostile),
	{}
};

static struct kunit_suite timeline_suite = {
	.name = "rvkms_timeline",
	.test_cases = timeline_tests,
};

kunit_test_suite(timeline_suite);
