// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * A function that makes a commit in the kernel takes a composer.
 */

#include "fixture.h"

static int compose(struct tkms_composer *composer, void *data)
{
	return 0;
}

static int mutate(struct tkms_mutator *mutator, void *data)
{
	return 0;
}

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
#ifdef NEGATIVE
	return tkms_commit(&toy->base, mutate, toy) + compose(NULL, NULL);
#else
	return tkms_commit(&toy->base, compose, toy) + mutate(NULL, NULL);
#endif
}
