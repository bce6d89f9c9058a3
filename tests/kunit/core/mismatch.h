/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_TESTS_MISMATCH_H
#define RVKMS_TESTS_MISMATCH_H

#include <kunit/test.h>
#include <linux/types.h>

/**
 * struct mismatch - what went wrong in a loop too long for an expectation a turn
 * @turns: how many inputs were tried
 * @count: how many of them had a wrong result
 * @first: the first of these inputs, packed into a number
 */
struct mismatch {
	u64 turns;
	u64 count;
	u64 first;
};

static inline void mismatch_note(struct mismatch *m, bool wrong, u64 input)
{
	m->turns++;
	if (likely(!wrong))
		return;

	if (!m->count)
		m->first = input;
	m->count++;
}

/* A loop that did not run proves nothing, so that the number of turns is part of the test. */
#define EXPECT_NO_MISMATCH(test, m, expected_turns)						\
	do {											\
		struct kunit *__test = (test);							\
		const struct mismatch *__m = (m);						\
												\
		KUNIT_EXPECT_EQ(__test, __m->turns, expected_turns);				\
		KUNIT_EXPECT_EQ_MSG(__test, __m->count, 0, "first: 0x%llx", __m->first);	\
	} while (0)

#endif /* RVKMS_TESTS_MISMATCH_H */
