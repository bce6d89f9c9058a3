// SPDX-License-Identifier: GPL-2.0
/* Tests of core/fence: all states, events, usages and flags, each with a literal answer. */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/types.h>

#include "../../core/fence/fence.h"

#define NONE RVKMS_FENCE_NONE
#define PENDING RVKMS_FENCE_PENDING
#define SIGNALLED RVKMS_FENCE_SIGNALLED
#define EXPIRED RVKMS_FENCE_EXPIRED
#define CLOSED RVKMS_FENCE_CLOSED
#define UNPLUGGED RVKMS_FENCE_UNPLUGGED

struct step_case {
	const char *desc;
	enum rvkms_fence_state state;
	enum rvkms_fence_event event;
	struct rvkms_fence_step expected;
};

static const struct step_case step_cases[] = {
	{ "no fence, signalled", NONE, RVKMS_FENCE_SIGNAL, { NONE, false, 0, -ENOENT } },
	{ "no fence, timeout", NONE, RVKMS_FENCE_TIMEOUT, { NONE, false, 0, 0 } },
	{ "no fence, closed", NONE, RVKMS_FENCE_CLOSE, { NONE, false, 0, 0 } },
	{ "no fence, unplugged", NONE, RVKMS_FENCE_UNPLUG, { NONE, false, 0, 0 } },
	{ "pending, signalled", PENDING, RVKMS_FENCE_SIGNAL, { SIGNALLED, true, 0, 0 } },
	{ "pending, timeout", PENDING, RVKMS_FENCE_TIMEOUT, { EXPIRED, true, -ETIMEDOUT, 0 } },
	{ "pending, closed", PENDING, RVKMS_FENCE_CLOSE, { CLOSED, true, -ECANCELED, 0 } },
	{ "pending, unplugged", PENDING, RVKMS_FENCE_UNPLUG, { UNPLUGGED, true, -ENODEV, 0 } },
	{ "signalled twice", SIGNALLED, RVKMS_FENCE_SIGNAL, { SIGNALLED, false, 0, -ENOENT } },
	{ "signalled, timeout", SIGNALLED, RVKMS_FENCE_TIMEOUT, { SIGNALLED, false, 0, 0 } },
	{ "signalled, closed", SIGNALLED, RVKMS_FENCE_CLOSE, { SIGNALLED, false, 0, 0 } },
	{ "signalled, unplugged", SIGNALLED, RVKMS_FENCE_UNPLUG, { SIGNALLED, false, 0, 0 } },
	{ "expired, signalled", EXPIRED, RVKMS_FENCE_SIGNAL, { EXPIRED, false, 0, -ETIMEDOUT } },
	{ "expired twice", EXPIRED, RVKMS_FENCE_TIMEOUT, { EXPIRED, false, 0, 0 } },
	{ "expired, closed", EXPIRED, RVKMS_FENCE_CLOSE, { EXPIRED, false, 0, 0 } },
	{ "expired, unplugged", EXPIRED, RVKMS_FENCE_UNPLUG, { EXPIRED, false, 0, 0 } },
	{ "closed, signalled", CLOSED, RVKMS_FENCE_SIGNAL, { CLOSED, false, 0, -ENOENT } },
	{ "closed, timeout", CLOSED, RVKMS_FENCE_TIMEOUT, { CLOSED, false, 0, 0 } },
	{ "closed twice", CLOSED, RVKMS_FENCE_CLOSE, { CLOSED, false, 0, 0 } },
	{ "closed, unplugged", CLOSED, RVKMS_FENCE_UNPLUG, { CLOSED, false, 0, 0 } },
	{ "unplugged, signalled", UNPLUGGED, RVKMS_FENCE_SIGNAL,
	  { UNPLUGGED, false, 0, -ENODEV } },
	{ "unplugged, timeout", UNPLUGGED, RVKMS_FENCE_TIMEOUT, { UNPLUGGED, false, 0, 0 } },
	{ "unplugged, closed", UNPLUGGED, RVKMS_FENCE_CLOSE, { UNPLUGGED, false, 0, 0 } },
	{ "unplugged twice", UNPLUGGED, RVKMS_FENCE_UNPLUG, { UNPLUGGED, false, 0, 0 } },
	{ "unknown event", PENDING, (enum rvkms_fence_event)4, { CLOSED, true, -ECANCELED, 0 } },
	{ "unknown state", (enum rvkms_fence_state)6, RVKMS_FENCE_SIGNAL,
	  { (enum rvkms_fence_state)6, false, 0, -ENOENT } },
};

KUNIT_ARRAY_PARAM_DESC(step, step_cases, desc);

static void rvkms_test_fence_step_literal(struct kunit *test)
{
	const struct step_case *row = test->param_value;
	const struct rvkms_fence_step step = rvkms_fence_step(row->state, row->event);

	KUNIT_EXPECT_EQ(test, step.state, row->expected.state);
	KUNIT_EXPECT_EQ(test, step.signals, row->expected.signals);
	KUNIT_EXPECT_EQ(test, step.error, row->expected.error);
	KUNIT_EXPECT_EQ(test, step.answer, row->expected.answer);
}

struct sequence {
	struct kunit *test;
	u32 num_sequences;
};

/* Extends a sequence by each event. A fence is signalled by the first event, and by no other. */
static void extend(struct sequence *sequence, enum rvkms_fence_state state, u32 length)
{
	for (u32 event = RVKMS_FENCE_SIGNAL; event <= RVKMS_FENCE_UNPLUG; event++) {
		const struct rvkms_fence_step step = rvkms_fence_step(state, event);

		sequence->num_sequences++;
		KUNIT_ASSERT_EQ(sequence->test, step.signals, length == 0);
		KUNIT_ASSERT_NE(sequence->test, step.state, RVKMS_FENCE_PENDING);
		if (length < 5)
			extend(sequence, step.state, length + 1);
	}
}

static void rvkms_test_fence_step_signals_once(struct kunit *test)
{
	struct sequence sequence = { .test = test };

	extend(&sequence, RVKMS_FENCE_PENDING, 0);
	KUNIT_EXPECT_EQ(test, sequence.num_sequences, 4 + 16 + 64 + 256 + 1024 + 4096);
}

/* Bits: kernel, write, read, bookkeep. The entry of a set of usages, for a reader and a writer. */
static const int may_attach[16][2] = {
	{ 0, 0 },
	{ -EBUSY, -EBUSY }, /* kernel */
	{ -EBUSY, -EBUSY }, /* write */
	{ -EBUSY, -EBUSY }, /* kernel, write */
	{ 0, -EBUSY }, /* read */
	{ -EBUSY, -EBUSY }, /* kernel, read */
	{ -EBUSY, -EBUSY }, /* write, read */
	{ -EBUSY, -EBUSY }, /* kernel, write, read */
	{ 0, 0 }, /* bookkeep */
	{ -EBUSY, -EBUSY }, /* kernel, bookkeep */
	{ -EBUSY, -EBUSY }, /* write, bookkeep */
	{ -EBUSY, -EBUSY }, /* kernel, write, bookkeep */
	{ 0, -EBUSY }, /* read, bookkeep */
	{ -EBUSY, -EBUSY }, /* kernel, read, bookkeep */
	{ -EBUSY, -EBUSY }, /* write, read, bookkeep */
	{ -EBUSY, -EBUSY }, /* kernel, write, read, bookkeep */
};

static void rvkms_test_fence_may_attach_all(struct kunit *test)
{
	for (u32 pending = 0; pending < 16; pending++) {
		KUNIT_EXPECT_EQ_MSG(test, rvkms_fence_may_attach(0, pending),
				    may_attach[pending][0], "read, %x", pending);
		KUNIT_EXPECT_EQ_MSG(test, rvkms_fence_may_attach(1, pending),
				    may_attach[pending][1], "write, %x", pending);
		KUNIT_EXPECT_EQ_MSG(test, rvkms_fence_may_attach(0, pending | ~15u),
				    may_attach[pending][0], "read, other bits and %x", pending);
	}
}

static void rvkms_test_fence_usage_of_flags(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, rvkms_fence_usage(0), RVKMS_FENCE_USAGE_READ);
	KUNIT_EXPECT_EQ(test, rvkms_fence_usage(1), RVKMS_FENCE_USAGE_WRITE);
}

/* Each single bit of each argument. */
static void rvkms_test_fence_check_bits(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, rvkms_fence_check_attach(0, 0), 0);
	KUNIT_EXPECT_EQ(test, rvkms_fence_check_attach(1, 0), 0);
	KUNIT_EXPECT_EQ(test, rvkms_fence_check_signal(0), 0);
	KUNIT_EXPECT_EQ(test, rvkms_fence_check_signal(1), -EINVAL);
	KUNIT_EXPECT_EQ(test, rvkms_fence_check_attach(0, 1), -EINVAL);
	for (u32 bit = 1; bit < 32; bit++) {
		KUNIT_EXPECT_EQ(test, rvkms_fence_check_attach(BIT(bit), 0), -EINVAL);
		KUNIT_EXPECT_EQ(test, rvkms_fence_check_attach(BIT(bit) | 1, 0), -EINVAL);
		KUNIT_EXPECT_EQ(test, rvkms_fence_check_attach(1, BIT(bit)), -EINVAL);
		KUNIT_EXPECT_EQ(test, rvkms_fence_check_signal(BIT(bit)), -EINVAL);
	}
}

struct deadline_case {
	const char *desc;
	u64 now;
	u32 timeout_ms;
	u64 expected;
};

static const struct deadline_case deadline_cases[] = {
	{ "ten seconds", 5, 10000, 10000000005 },
	{ "one millisecond", 5, 1, 1000005 },
	{ "no time", 5, 0, 1000005 },
	{ "one minute", 5, 60000, 60000000005 },
	{ "more than a minute", 5, 60001, 60000000005 },
	{ "longest", 5, U32_MAX, 60000000005 },
	{ "the last that fits", S64_MAX - 1000001, 1, S64_MAX - 1 },
	{ "end of time", S64_MAX - 1000000, 1, S64_MAX },
	{ "after the end of time", U64_MAX, 60000, S64_MAX },
};

KUNIT_ARRAY_PARAM_DESC(deadline, deadline_cases, desc);

static void rvkms_test_fence_deadline_literal(struct kunit *test)
{
	const struct deadline_case *row = test->param_value;

	KUNIT_EXPECT_EQ(test, rvkms_fence_deadline(row->now, row->timeout_ms), row->expected);
}

static struct kunit_case fence_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_fence_step_literal, step_gen_params),
	KUNIT_CASE(rvkms_test_fence_step_signals_once),
	KUNIT_CASE(rvkms_test_fence_may_attach_all),
	KUNIT_CASE(rvkms_test_fence_usage_of_flags),
	KUNIT_CASE(rvkms_test_fence_check_bits),
	KUNIT_CASE_PARAM(rvkms_test_fence_deadline_literal, deadline_gen_params),
	{}
};

static struct kunit_suite fence_suite = {
	.name = "rvkms_fence",
	.test_cases = fence_tests,
};

kunit_test_suite(fence_suite);
