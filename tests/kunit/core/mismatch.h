/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_TESTS_MISMATCH_H
#define RVKMS_TESTS_MISMATCH_H

#include <kunit/test.h>
#include <linux/types.h>

/**
 * struct mismatch - failures in a loop with too many turns for one expectation per turn
 * @turns: number of inputs
 * @count: number of inputs with a wrong result
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

/* A loop that did not run proves nothing, so the number of turns is checked too. */
#define EXPECT_NO_MISMATCH(test, m, expected_turns)						\
	do {											\
		struct kunit *__test = (test);							\
		const struct mismatch *__m = (m);						\
												\
		KUNIT_EXPECT_EQ(__test, __m->turns, expected_turns);				\
		KUNIT_EXPECT_EQ_MSG(__test, __m->count, 0, "first: 0x%llx", __m->first);	\
	} while (0)

#endif /* RVKMS_TESTS_MISMATCH_H */
