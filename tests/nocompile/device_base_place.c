// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: struct odd does not begin with its base
 *
 * A device in which the base is not the first member.
 */

#include "fixture.h"

extern const struct tkms_driver any_driver;

struct odd {
#ifdef NEGATIVE
	int number;
	struct tkms_device base;
#else
	struct tkms_device base;
	int number;
#endif
};

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
	return PTR_ERR_OR_ZERO(tkms_register(parent, &any_driver, struct odd, NULL));
}
