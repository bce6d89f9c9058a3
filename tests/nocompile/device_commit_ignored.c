// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: ignoring return value
 *
 * The error of a commit is ignored.
 */

#include "fixture.h"

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
#ifdef NEGATIVE
	tkms_commit(&toy->base, NULL, NULL);
	return 0;
#else
	return tkms_commit(&toy->base, NULL, NULL);
#endif
}
