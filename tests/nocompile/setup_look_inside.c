// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incomplete (type|definition)|storage size|invalid use of undefined type|dereferencing
 *
 * A driver cannot read the members of a setup handle.
 */

#include "fixture.h"

int fixture_setup(struct tkms_setup *setup, struct toy *toy, const struct tkms_plane_info *info)
{
#ifdef NEGATIVE
	toy->base.phase = setup->phase;
#else
	toy->base.phase = tkms_setup_device(setup)->phase;
#endif

	return 0;
}
