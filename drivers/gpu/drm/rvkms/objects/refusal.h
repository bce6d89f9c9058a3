/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_REFUSAL_H
#define RVKMS_REFUSAL_H

#include <linux/ktime.h>
#include <linux/spinlock.h>

#include "../core/check/verdict.h"

#define RVKMS_NUM_REFUSALS 16

/* Bytes that the text of a rejection needs at most. */
#define RVKMS_REFUSAL_TEXT 400

/**
 * struct rvkms_refusal - a rejected state or mode
 * @time: the time of the rejection, CLOCK_MONOTONIC
 * @verdict: the rule that rejected it
 * @values: the object and the rejected values
 */
struct rvkms_refusal {
	ktime_t time;
	struct rvkms_verdict verdict;
	char values[192];
};

/**
 * struct rvkms_refusals - the last rejected states, or the last rejected modes
 * @lock: protects all fields below
 * @count: number of rejections; number n is @last[n % RVKMS_NUM_REFUSALS]
 * @last: the last ones
 */
struct rvkms_refusals {
	spinlock_t lock;	/* all fields below */
	u64 count;
	struct rvkms_refusal last[RVKMS_NUM_REFUSALS];
};

void rvkms_refusals_init(struct rvkms_refusals *refusals);
void rvkms_refusals_add(struct rvkms_refusals *refusals, const struct rvkms_refusal *refusal);
u64 rvkms_refusals_count(struct rvkms_refusals *refusals);
size_t rvkms_refusals_print(struct rvkms_refusals *refusals, u64 number, char *text, size_t size);

#endif /* RVKMS_REFUSAL_H */
