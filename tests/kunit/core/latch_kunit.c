// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of core/latch: single decisions, and all sequences of events up to a length. The explorer
 * makes no decisions: it models the frames, the reader and the composition of a CRTC, and checks
 * each step of the latch against the promises of docs/vblank.md.
 */

#include <kunit/test.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/types.h>

#include "../../core/timing/latch.h"

static struct rvkms_latch showing(void)
{
	return (struct rvkms_latch){ .is_shown = true };
}

static void rvkms_test_latch_shows_at_the_next_vblank(struct kunit *test)
{
	struct rvkms_latch latch = rvkms_latch_publish(showing(), 7, false);
	struct rvkms_latch_step step = rvkms_latch_vblank(latch, 8, 0);

	KUNIT_EXPECT_TRUE(test, step.shows);
	KUNIT_EXPECT_FALSE(test, step.composes);
	KUNIT_EXPECT_FALSE(test, step.slips);
	KUNIT_EXPECT_FALSE(test, step.misses);
	KUNIT_EXPECT_FALSE(test, step.cancels);
	KUNIT_EXPECT_FALSE(test, step.latch.has_pending);
	KUNIT_EXPECT_TRUE(test, step.latch.is_shown);
}

/* The interrupt of vblank 7 is late: it comes after a commit that was published after vblank 7. */
static void rvkms_test_latch_late_interrupt(struct kunit *test)
{
	struct rvkms_latch latch = rvkms_latch_publish(showing(), 7, false);
	struct rvkms_latch_step step;

	latch = rvkms_latch_start_capture(latch, 3).latch;
	step = rvkms_latch_vblank(latch, 7, 0);
	KUNIT_EXPECT_FALSE(test, step.shows);
	KUNIT_EXPECT_FALSE(test, step.composes);
	KUNIT_EXPECT_FALSE(test, step.slips);
	KUNIT_EXPECT_TRUE(test, step.misses);
	KUNIT_EXPECT_TRUE(test, step.latch.has_pending);
}

static void rvkms_test_latch_flip_slips(struct kunit *test)
{
	struct rvkms_latch latch = rvkms_latch_publish(showing(), 7, false);
	struct rvkms_latch_step step;

	latch.is_composing = true;
	step = rvkms_latch_vblank(latch, 8, 1000);
	KUNIT_EXPECT_TRUE(test, step.slips);
	KUNIT_EXPECT_FALSE(test, step.shows);
	KUNIT_EXPECT_FALSE(test, step.cancels);
	KUNIT_EXPECT_FALSE(test, step.misses);

	step = rvkms_latch_vblank(step.latch, 9, 5000000999);
	KUNIT_EXPECT_TRUE(test, step.slips);
	KUNIT_EXPECT_FALSE(test, step.cancels);

	step = rvkms_latch_vblank(step.latch, 10, 5000001000);
	KUNIT_EXPECT_TRUE(test, step.slips);
	KUNIT_EXPECT_TRUE(test, step.cancels);

	step = rvkms_latch_vblank(rvkms_latch_composed(step.latch), 11, U64_MAX);
	KUNIT_EXPECT_TRUE(test, step.shows);
	KUNIT_EXPECT_FALSE(test, step.slips);
	KUNIT_EXPECT_FALSE(test, step.cancels);
	KUNIT_EXPECT_FALSE(test, step.latch.is_waiting);
}

/* A composition of any age ends early only for a flip that waits for it. */
static void rvkms_test_latch_old_composition(struct kunit *test)
{
	struct rvkms_latch latch = showing();
	struct rvkms_latch_step step;

	latch.is_composing = true;
	latch.is_repeat = true;
	step = rvkms_latch_vblank(latch, 8, U64_MAX);
	KUNIT_EXPECT_FALSE(test, step.cancels);
	KUNIT_EXPECT_FALSE(test, step.slips);
	KUNIT_EXPECT_TRUE(test, step.latch.is_composing);
}

static void rvkms_test_latch_repeat_makes_way(struct kunit *test)
{
	struct rvkms_latch latch = rvkms_latch_start_capture(showing(), 3).latch;
	struct rvkms_latch_step step = rvkms_latch_vblank(latch, 4, 0);

	KUNIT_EXPECT_TRUE(test, step.composes);
	KUNIT_EXPECT_TRUE(test, step.latch.is_repeat);
	latch = rvkms_latch_publish(step.latch, 4, false);
	step = rvkms_latch_vblank(latch, 5, 0);
	KUNIT_EXPECT_TRUE(test, step.slips);
	KUNIT_EXPECT_TRUE(test, step.cancels);
	KUNIT_EXPECT_TRUE(test, step.misses);
}

static void rvkms_test_latch_first_frame_runs_to_its_end(struct kunit *test)
{
	struct rvkms_latch latch = rvkms_latch_start_capture(showing(), 3).latch;
	struct rvkms_latch_step step;

	step = rvkms_latch_vblank(rvkms_latch_publish(latch, 3, false), 4, 0);
	KUNIT_EXPECT_TRUE(test, step.shows);
	KUNIT_EXPECT_TRUE(test, step.composes);
	KUNIT_EXPECT_FALSE(test, step.latch.is_repeat);
	step = rvkms_latch_vblank(rvkms_latch_publish(step.latch, 4, false), 5, 0);
	KUNIT_EXPECT_TRUE(test, step.slips);
	KUNIT_EXPECT_FALSE(test, step.cancels);
}

static void rvkms_test_latch_capture_begins_after_its_start(struct kunit *test)
{
	struct rvkms_latch latch = rvkms_latch_start_capture(showing(), 7).latch;

	KUNIT_EXPECT_FALSE(test, rvkms_latch_vblank(latch, 6, 0).composes);
	KUNIT_EXPECT_FALSE(test, rvkms_latch_vblank(latch, 7, 0).composes);
	KUNIT_EXPECT_FALSE(test, rvkms_latch_vblank(latch, 7, 0).misses);
	KUNIT_EXPECT_TRUE(test, rvkms_latch_vblank(latch, 8, 0).composes);
	KUNIT_EXPECT_TRUE(test, rvkms_latch_vblank(latch, U64_MAX, 0).composes);
}

/* The reader stops and starts at once: the composition of the old reader is not for the new one. */
static void rvkms_test_latch_capture_starts_again(struct kunit *test)
{
	struct rvkms_latch latch = rvkms_latch_start_capture(showing(), 3).latch;
	struct rvkms_latch_step step = rvkms_latch_vblank(latch, 4, 0);

	KUNIT_EXPECT_TRUE(test, step.latch.fills_capture);
	step = rvkms_latch_stop_capture(step.latch);
	KUNIT_EXPECT_TRUE(test, step.cancels);
	KUNIT_EXPECT_FALSE(test, step.latch.fills_capture);
	step = rvkms_latch_start_capture(step.latch, 4);
	KUNIT_EXPECT_FALSE(test, step.cancels);
	KUNIT_EXPECT_FALSE(test, step.latch.fills_capture);
	step = rvkms_latch_vblank(step.latch, 5, 0);
	KUNIT_EXPECT_FALSE(test, step.composes);
	KUNIT_EXPECT_TRUE(test, step.misses);
	step = rvkms_latch_vblank(rvkms_latch_composed(step.latch), 6, 0);
	KUNIT_EXPECT_TRUE(test, step.composes);
	KUNIT_EXPECT_TRUE(test, step.latch.fills_capture);
}

/* Without a stop in between, the composition of the first start is cancelled, too. */
static void rvkms_test_latch_capture_starts_twice(struct kunit *test)
{
	struct rvkms_latch latch = rvkms_latch_start_capture(showing(), 3).latch;
	struct rvkms_latch_step step = rvkms_latch_vblank(latch, 4, 0);

	step = rvkms_latch_start_capture(step.latch, 4);
	KUNIT_EXPECT_TRUE(test, step.cancels);
	KUNIT_EXPECT_TRUE(test, step.latch.is_capturing);
	KUNIT_EXPECT_FALSE(test, step.latch.fills_capture);
}

static void rvkms_test_latch_job_survives_the_reader(struct kunit *test)
{
	struct rvkms_latch latch = rvkms_latch_start_capture(showing(), 3).latch;
	struct rvkms_latch_step step;

	step = rvkms_latch_vblank(rvkms_latch_publish(latch, 3, true), 4, 0);
	KUNIT_EXPECT_TRUE(test, step.latch.fills_job);
	KUNIT_EXPECT_TRUE(test, step.latch.fills_capture);
	step = rvkms_latch_stop_capture(step.latch);
	KUNIT_EXPECT_FALSE(test, step.cancels);
	KUNIT_EXPECT_TRUE(test, step.latch.fills_job);

	/* A job is composed once. */
	step = rvkms_latch_vblank(rvkms_latch_composed(step.latch), 5, 0);
	KUNIT_EXPECT_FALSE(test, step.composes);
}

static void rvkms_test_latch_update_keeps_the_pending_frame(struct kunit *test)
{
	struct rvkms_latch latch = rvkms_latch_publish(showing(), 7, true);

	latch = rvkms_latch_update(latch);
	KUNIT_EXPECT_TRUE(test, latch.has_pending);
	KUNIT_EXPECT_TRUE(test, latch.pending_has_job);
	KUNIT_EXPECT_EQ(test, latch.pending_from, 8);

	latch = rvkms_latch_update(showing());
	KUNIT_EXPECT_TRUE(test, latch.has_pending);
	KUNIT_EXPECT_FALSE(test, latch.pending_has_job);
	KUNIT_EXPECT_TRUE(test, rvkms_latch_vblank(latch, 0, 0).shows);
}

static void rvkms_test_latch_flip_in_the_middle(struct kunit *test)
{
	struct rvkms_latch latch = rvkms_latch_start_capture(showing(), 3).latch;
	struct rvkms_latch_step step;

	latch = rvkms_latch_flip(rvkms_latch_publish(latch, 3, false));
	KUNIT_EXPECT_FALSE(test, latch.has_pending);
	KUNIT_EXPECT_TRUE(test, latch.is_shown);
	step = rvkms_latch_vblank(latch, 4, 0);
	KUNIT_EXPECT_FALSE(test, step.shows);
	KUNIT_EXPECT_TRUE(test, step.composes);
	KUNIT_EXPECT_FALSE(test, step.latch.is_repeat);
}

static void rvkms_test_latch_off(struct kunit *test)
{
	struct rvkms_latch latch = rvkms_latch_start_capture(showing(), 3).latch;
	struct rvkms_latch_step step = rvkms_latch_vblank(latch, 4, 0);

	step = rvkms_latch_off(rvkms_latch_publish(step.latch, 4, true));
	KUNIT_EXPECT_TRUE(test, step.cancels);
	KUNIT_EXPECT_FALSE(test, step.latch.has_pending);
	KUNIT_EXPECT_FALSE(test, step.latch.is_shown);
	KUNIT_EXPECT_TRUE(test, step.latch.is_composing);

	latch = rvkms_latch_composed(step.latch);
	step = rvkms_latch_vblank(latch, 5, 0);
	KUNIT_EXPECT_FALSE(test, step.composes);
	KUNIT_EXPECT_FALSE(test, step.misses);

	/* The reader gets the first frame after the CRTC is on again. */
	step = rvkms_latch_vblank(rvkms_latch_publish(step.latch, 5, false), 6, 0);
	KUNIT_EXPECT_TRUE(test, step.shows);
	KUNIT_EXPECT_TRUE(test, step.composes);
	KUNIT_EXPECT_FALSE(test, rvkms_latch_off(step.latch).cancels);
}

/* The events of the explorer, which occur in any order. */
enum event {
	EVENT_COMMIT, EVENT_CAPTURE, EVENT_MOVE, EVENT_TEAR, EVENT_PERIOD, EVENT_INTERRUPT,
	EVENT_LATE_INTERRUPT, EVENT_COMPOSED, EVENT_START, EVENT_STOP, EVENT_OFF, NUM_EVENTS,
};

static const char * const names[NUM_EVENTS] = {
	"commit", "commit with job", "cursor", "async flip", "period", "interrupt",
	"interrupt after 5 s", "composed", "start", "stop", "off",
};

/**
 * struct world - a CRTC, its client and its reader
 * @latch: the latch under test
 * @count: the number of the last vblank
 * @is_handled: the interrupt of that vblank has come
 * @has_commit: a commit waits for its event
 * @has_move: an update of a cursor waits for a vblank
 * @commit_after: the last vblank before the commit
 * @commit_has_job: the commit has a writeback job
 * @now: the time in ns; it advances by 5 s before a late interrupt
 * @waits: a frame waits for the composition to end
 * @waits_since: the time at which that frame began to wait
 * @is_on: a frame is shown
 * @is_composed: a composition of that frame has begun
 * @job_is_due: the composition of that frame's job has not begun
 * @is_composing: a composition is running
 * @is_repeat: the composition is of a frame that was composed before
 * @is_for_job: the composition fills a job
 * @is_cancelled: the composition ends early
 * @reader_of: number of the reader that gets the composition's CRC, or 0
 * @frame: the number of the composed frame
 * @reader: the number of the current reader, or 0
 * @num_readers: number of readers so far
 * @started_after: the last vblank before the reader started
 */
struct world {
	struct rvkms_latch latch;
	u64 count;
	bool is_handled;
	bool has_commit;
	bool has_move;
	u64 commit_after;
	bool commit_has_job;
	u64 now;
	bool waits;
	u64 waits_since;
	bool is_on;
	bool is_composed;
	bool job_is_due;
	bool is_composing;
	bool is_repeat;
	bool is_for_job;
	bool is_cancelled;
	unsigned int reader_of;
	u64 frame;
	unsigned int reader;
	unsigned int num_readers;
	u64 started_after;
};

#define MAX_LENGTH 12

/**
 * struct explorer - a depth-first search
 * @test: the test
 * @length: the length of sequences
 * @path: the events so far
 * @num_sequences: number of sequences of that length
 * @num_shown: number of shown commits in all sequences
 * @num_crcs: number of delivered CRCs in all sequences
 */
struct explorer {
	struct kunit *test;
	unsigned int length;
	enum event path[MAX_LENGTH];
	u64 num_sequences;
	u64 num_shown;
	u64 num_crcs;
};

static const char *path_text(const struct explorer *explorer, unsigned int depth)
{
	static char text[MAX_LENGTH * 24];

	text[0] = '\0';
	for (unsigned int i = 0; i <= depth; i++) {
		strlcat(text, names[explorer->path[i]], sizeof(text));
		strlcat(text, i < depth ? ", " : "", sizeof(text));
	}

	return text;
}

static void promise(const struct explorer *explorer, unsigned int depth, bool is_kept,
		    const char *text)
{
	KUNIT_EXPECT_TRUE_MSG(explorer->test, is_kept, "%s, after: %s", text,
			      path_text(explorer, depth));
}

#define PROMISE(explorer, depth, condition) promise(explorer, depth, condition, #condition)

/* A client waits for the event of its commit. An interrupt comes before the next period ends. */
static bool may_happen(const struct world *world, enum event event)
{
	switch (event) {
	case EVENT_COMMIT:
	case EVENT_CAPTURE:
		return !world->has_commit;
	case EVENT_TEAR:
	case EVENT_OFF:
		return world->is_on && !world->has_commit;
	case EVENT_MOVE:
		return world->is_on;
	case EVENT_PERIOD:
		return world->is_handled;
	case EVENT_INTERRUPT:
		return !world->is_handled;
	case EVENT_LATE_INTERRUPT:
		return !world->is_handled && world->is_composing;
	case EVENT_COMPOSED:
		return world->is_composing;
	case EVENT_START:
		return !world->reader;
	case EVENT_STOP:
		return world->reader;
	default:
		return false;
	}
}

static bool captures(const struct world *world)
{
	return world->reader && world->count > world->started_after;
}

static void check_vblank(struct explorer *explorer, unsigned int depth, const struct world *world,
			 const struct rvkms_latch_step *step)
{
	const bool is_old = world->waits && world->now - world->waits_since >= 5000000000ull;
	const bool has_pending = world->has_commit || world->has_move;
	const bool is_due = world->has_commit ? world->count > world->commit_after :
						world->has_move;
	const bool is_on = world->is_on || step->shows;
	const bool has_job = step->shows ? world->has_commit && world->commit_has_job :
					   world->job_is_due;

	/* A flip is shown when no composition runs, and only a composition delays it. */
	PROMISE(explorer, depth, step->shows == (is_due && !world->is_composing));
	PROMISE(explorer, depth, step->slips == (is_due && world->is_composing));
	/* One composition runs at a time, of a shown frame, for a reader or a job. */
	PROMISE(explorer, depth, !step->composes || (is_on && !world->is_composing));
	PROMISE(explorer, depth, !step->composes || captures(world) || has_job);
	/* The first frame of a commit is composed, and repeated frames if nothing else is due. */
	if (step->shows || (!world->is_composing && !has_pending && is_on))
		PROMISE(explorer, depth, step->composes == (captures(world) || has_job));
	/* A reader misses a CRC if a frame is shown and not composed. */
	PROMISE(explorer, depth, step->misses ==
				 (captures(world) && (is_on || is_due) && !step->composes));
	/* Only a waiting flip cancels a composition: at once if it is a repeat, else after 5 s. */
	PROMISE(explorer, depth, step->cancels == (step->slips && (world->is_repeat || is_old)));
}

static void take_vblank(struct explorer *explorer, unsigned int depth, struct world *world,
			bool is_late)
{
	struct rvkms_latch_step step;

	world->now += is_late ? 5000000000ull : 1;
	step = rvkms_latch_vblank(world->latch, world->count, world->now);
	check_vblank(explorer, depth, world, &step);
	if (step.slips && !world->waits)
		world->waits_since = world->now;
	world->waits |= step.slips;
	world->is_handled = true;
	world->is_cancelled |= step.cancels;
	if (step.shows) {
		explorer->num_shown++;
		world->job_is_due = world->has_commit && world->commit_has_job;
		world->has_commit = false;
		world->has_move = false;
		world->waits = false;
		world->is_on = true;
		world->is_composed = false;
	}
	if (step.composes) {
		world->is_composing = true;
		world->is_repeat = world->is_composed;
		world->is_composed = true;
		world->is_for_job = world->job_is_due;
		world->job_is_due = false;
		world->is_cancelled = false;
		world->reader_of = captures(world) ? world->reader : 0;
		world->frame = world->count;
	}
	world->latch = step.latch;
}

static void take_composed(struct explorer *explorer, unsigned int depth, struct world *world)
{
	const bool is_delivered = world->latch.fills_capture && !world->is_cancelled;

	/* Only the reader for which the composition began gets the CRC, if it has not stopped. */
	PROMISE(explorer, depth, world->latch.fills_capture ==
				 (world->reader_of && world->reader_of == world->reader));
	PROMISE(explorer, depth, !is_delivered || world->frame > world->started_after);
	explorer->num_crcs += is_delivered;
	world->is_composing = false;
	world->latch = rvkms_latch_composed(world->latch);
}

static void take_commit(struct world *world, bool has_job)
{
	world->has_commit = true;
	world->commit_after = world->count;
	world->commit_has_job = has_job;
	world->latch = rvkms_latch_publish(world->latch, world->count, has_job);
}

/* The shell waits until no composition reads the replaced frame; the latch decides nothing. */
static void take_tear(struct world *world)
{
	world->has_move = false;
	world->waits = false;
	world->is_composed = false;
	world->job_is_due = false;
	world->latch = rvkms_latch_flip(rvkms_latch_publish(world->latch, world->count, false));
}

static void take_start(struct world *world)
{
	world->reader = ++world->num_readers;
	world->started_after = world->count;
	world->latch = rvkms_latch_start_capture(world->latch, world->count).latch;
}

static void take_stop(struct explorer *explorer, unsigned int depth, struct world *world)
{
	const struct rvkms_latch_step step = rvkms_latch_stop_capture(world->latch);

	PROMISE(explorer, depth, step.cancels ==
				 (world->is_composing && world->reader_of == world->reader &&
				  !world->is_for_job));
	world->is_cancelled |= step.cancels;
	world->reader = 0;
	world->latch = step.latch;
}

static void take_off(struct explorer *explorer, unsigned int depth, struct world *world)
{
	const struct rvkms_latch_step step = rvkms_latch_off(world->latch);

	PROMISE(explorer, depth, step.cancels == (world->is_composing && world->is_repeat));
	world->is_cancelled |= step.cancels;
	world->is_on = false;
	world->has_move = false;
	world->waits = false;
	world->job_is_due = false;
	world->latch = step.latch;
}

static void take(struct explorer *explorer, unsigned int depth, struct world *world)
{
	switch (explorer->path[depth]) {
	case EVENT_COMMIT:
	case EVENT_CAPTURE:
		take_commit(world, explorer->path[depth] == EVENT_CAPTURE);
		break;
	case EVENT_MOVE:
		world->has_move = true;
		world->latch = rvkms_latch_update(world->latch);
		break;
	case EVENT_TEAR:
		take_tear(world);
		break;
	case EVENT_PERIOD:
		world->count++;
		world->is_handled = false;
		break;
	case EVENT_INTERRUPT:
	case EVENT_LATE_INTERRUPT:
		take_vblank(explorer, depth, world,
			    explorer->path[depth] == EVENT_LATE_INTERRUPT);
		break;
	case EVENT_COMPOSED:
		take_composed(explorer, depth, world);
		break;
	case EVENT_START:
		take_start(world);
		break;
	case EVENT_STOP:
		take_stop(explorer, depth, world);
		break;
	default:
		take_off(explorer, depth, world);
	}
	PROMISE(explorer, depth, world->latch.has_pending ==
				 (world->has_commit || world->has_move));
	PROMISE(explorer, depth, world->latch.is_shown == world->is_on);
	PROMISE(explorer, depth, world->latch.is_composing == world->is_composing);
	PROMISE(explorer, depth, world->latch.is_capturing == (world->reader != 0));
}

static void explore(struct explorer *explorer, unsigned int depth, const struct world *before)
{
	if (depth == explorer->length) {
		explorer->num_sequences++;
		return;
	}

	for (enum event event = 0; event < NUM_EVENTS; event++) {
		struct world world = *before;

		if (!may_happen(&world, event))
			continue;
		explorer->path[depth] = event;
		take(explorer, depth, &world);
		explore(explorer, depth + 1, &world);
	}
}

static struct explorer explored(struct kunit *test, unsigned int length)
{
	struct explorer explorer = { .test = test, .length = length };
	const struct world begin = { .count = 1, .is_handled = true };

	explore(&explorer, 0, &begin);
	kunit_info(test, "%llu sequences, %llu frames shown, %llu CRCs\n", explorer.num_sequences,
		   explorer.num_shown, explorer.num_crcs);

	return explorer;
}

static void rvkms_test_latch_explored(struct kunit *test)
{
	const struct explorer explorer = explored(test, 9);

	KUNIT_EXPECT_EQ(test, explorer.num_sequences, 153865);
	KUNIT_EXPECT_EQ(test, explorer.num_shown, 3586);
	KUNIT_EXPECT_EQ(test, explorer.num_crcs, 3512);
}

static void rvkms_test_latch_explored_deep(struct kunit *test)
{
	const struct explorer explorer = explored(test, MAX_LENGTH);

	KUNIT_EXPECT_EQ(test, explorer.num_sequences, 18423963);
	KUNIT_EXPECT_EQ(test, explorer.num_shown, 459680);
	KUNIT_EXPECT_EQ(test, explorer.num_crcs, 331397);
}

static struct kunit_case latch_tests[] = {
	KUNIT_CASE(rvkms_test_latch_shows_at_the_next_vblank),
	KUNIT_CASE(rvkms_test_latch_late_interrupt),
	KUNIT_CASE(rvkms_test_latch_flip_slips),
	KUNIT_CASE(rvkms_test_latch_old_composition),
	KUNIT_CASE(rvkms_test_latch_repeat_makes_way),
	KUNIT_CASE(rvkms_test_latch_first_frame_runs_to_its_end),
	KUNIT_CASE(rvkms_test_latch_capture_begins_after_its_start),
	KUNIT_CASE(rvkms_test_latch_capture_starts_again),
	KUNIT_CASE(rvkms_test_latch_capture_starts_twice),
	KUNIT_CASE(rvkms_test_latch_job_survives_the_reader),
	KUNIT_CASE(rvkms_test_latch_update_keeps_the_pending_frame),
	KUNIT_CASE(rvkms_test_latch_flip_in_the_middle),
	KUNIT_CASE(rvkms_test_latch_off),
	KUNIT_CASE(rvkms_test_latch_explored),
	KUNIT_CASE_SLOW(rvkms_test_latch_explored_deep),
	{}
};

static struct kunit_suite latch_suite = {
	.name = "rvkms_latch",
	.test_cases = latch_tests,
};

kunit_test_suite(latch_suite);
