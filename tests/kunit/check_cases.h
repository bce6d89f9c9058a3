/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_TESTS_CHECK_CASES_H
#define RVKMS_TESTS_CHECK_CASES_H

#include <linux/types.h>

#include "../core/check.h"

/*
 * Each of the suites check_*_kunit.c has one table of cases. A row is a request that trips a
 * rule, and a neighbour that does not: it differs in one field, by the least there is. These
 * functions count the rows for a rule, so that the suite rvkms_check notices a rule without one.
 */
u32 rvkms_check_mode_cases(enum rvkms_rule rule);
u32 rvkms_check_plane_cases(enum rvkms_rule rule);
u32 rvkms_check_writeback_cases(enum rvkms_rule rule);

/**
 * struct difference - how two requests differ
 * @fields: in how many fields
 * @most: by how much at most
 */
struct difference {
	u32 fields;
	u64 most;
};

static inline void difference_add(struct difference *d, s64 a, s64 b)
{
	const u64 amount = a < b ? (u64)b - (u64)a : (u64)a - (u64)b;

	if (!amount)
		return;

	d->fields++;
	if (amount > d->most)
		d->most = amount;
}

static inline bool verdict_is(struct rvkms_verdict verdict, struct rvkms_verdict expected)
{
	return verdict.err == expected.err && verdict.rule == expected.rule;
}

#endif /* RVKMS_TESTS_CHECK_CASES_H */
