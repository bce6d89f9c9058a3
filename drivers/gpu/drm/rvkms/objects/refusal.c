// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Keeps the states and the modes that were rejected last, and prints them. */

#include <linux/err.h>
#include <linux/sprintf.h>

#include "refusal.h"

/**
 * rvkms_refusals_init - initialise an empty list of rejections
 * @refusals: the list
 */
void rvkms_refusals_init(struct rvkms_refusals *refusals)
{
	spin_lock_init(&refusals->lock);
	refusals->count = 0;
}

/**
 * rvkms_refusals_add - add a rejection to the list
 * @refusals: the list
 * @refusal: the rejected state or mode; it replaces the oldest one of a full list
 */
void rvkms_refusals_add(struct rvkms_refusals *refusals, const struct rvkms_refusal *refusal)
{
	spin_lock(&refusals->lock);
	refusals->last[refusals->count % RVKMS_NUM_REFUSALS] = *refusal;
	refusals->count++;
	spin_unlock(&refusals->lock);
}

/**
 * rvkms_refusals_count - get the number of rejections
 * @refusals: the list
 *
 * Returns:
 * The number, with the rejections that are no longer in the list.
 */
u64 rvkms_refusals_count(struct rvkms_refusals *refusals)
{
	u64 count;

	spin_lock(&refusals->lock);
	count = refusals->count;
	spin_unlock(&refusals->lock);

	return count;
}

static bool recall(struct rvkms_refusals *refusals, u64 number, struct rvkms_refusal *refusal)
{
	bool is_there;

	spin_lock(&refusals->lock);
	is_there = number < refusals->count && refusals->count - number <= RVKMS_NUM_REFUSALS;
	if (is_there)
		*refusal = refusals->last[number % RVKMS_NUM_REFUSALS];
	spin_unlock(&refusals->lock);

	return is_there;
}

/**
 * rvkms_refusals_print - print a rejection
 * @refusals: the list
 * @number: number of the rejection, 0 for the first one
 * @text: filled with two lines; empty if it is not in the list
 * @size: bytes of @text; RVKMS_REFUSAL_TEXT are enough
 *
 * Returns:
 * The length of the text.
 */
size_t rvkms_refusals_print(struct rvkms_refusals *refusals, u64 number, char *text, size_t size)
{
	struct rvkms_refusal refusal;

	if (!recall(refusals, number, &refusal))
		return scnprintf(text, size, "%s", "");

	return scnprintf(text, size, "%llu. at %lld ns, %pe: %s: %s\n\t%s\n", number + 1,
			 ktime_to_ns(refusal.time), ERR_PTR(refusal.verdict.err),
			 rvkms_rule_name(refusal.verdict.rule),
			 rvkms_rule_text(refusal.verdict.rule), refusal.values);
}
