// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * Static objects are not created while a commit is made.
 */

#include "fixture.h"

int fixture_compose(struct tkms_composer *composer, struct toy *toy)
{
#ifdef NEGATIVE
	return PTR_ERR_OR_ZERO(toy_plane_create(composer, NULL));
#else
	return PTR_ERR_OR_ZERO(toy_plane_add(composer, toy->plane));
#endif
}
