/* SPDX-License-Identifier: GPL-2.0 */
/* As much of KUnit as the fixture's suites need, in user space. */
#ifndef GATE_KUNIT_TEST_H
#define GATE_KUNIT_TEST_H

#include <stdio.h>

struct kunit {
	int failures;
	int is_skipped;
};

struct kunit_case {
	void (*run_case)(struct kunit *test);
	const char *name;
	int is_slow;
};

struct kunit_suite {
	const char *name;
	struct kunit_case *test_cases;
	struct kunit_suite *next;
};

void kunit_register(struct kunit_suite *suite);

#define KUNIT_CASE(function) { .run_case = function, .name = #function }

#define KUNIT_CASE_SLOW(function) { .run_case = function, .name = #function, .is_slow = 1 }

#define KUNIT_EXPECT_EQ(test, left, right)					\
	do {									\
		if ((left) != (right))						\
			(test)->failures++;					\
	} while (0)

#define kunit_skip(test, reason) ((void)(reason), (test)->is_skipped = 1)

#define kunit_test_suite(suite)							\
	__attribute__((constructor)) static void register_##suite(void)		\
	{									\
		kunit_register(&(suite));					\
	}

#endif /* GATE_KUNIT_TEST_H */
