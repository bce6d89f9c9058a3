// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * A composer must be converted to a mutator explicitly.
 */

#include "fixture.h"

int fixture_compose(struct tkms_composer *composer, struct toy *toy)
{
#ifdef NEGATIVE
	toy_crtc_release(toy_crtc_borrow(composer, toy->crtc));
#else
	toy_crtc_release(toy_crtc_borrow(tkms_as_mutator(composer), toy->crtc));
#endif

	return 0;
}
