// SPDX-License-Identifier: GPL-2.0

static void make(struct kms_mutator *mutator, void *data)
{
	struct kms_composer *one = (struct kms_composer *)mutator; /* found */
	struct toy *two = (struct toy *)data;

	/* SAFETY: the commit is being made, its tail does not run yet. */
	struct kms_composer *three = (struct kms_composer *)mutator;

	use((const struct kms_committed *)data); /* found */
}
