// SPDX-License-Identifier: GPL-2.0

static void make(struct tkms_mutator *mutator, void *data)
{
	struct tkms_composer *one = (struct tkms_composer *)mutator; /* found */
	struct toy *two = (struct toy *)data;

	/* SAFETY: the commit is being made, its tail does not run yet. */
	struct tkms_composer *three = (struct tkms_composer *)mutator;

	use((const struct tkms_committed *)data); /* found */
}
