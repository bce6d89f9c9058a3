// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: ignoring return value
 *
 * The error of adding an object is ignored.
 */

#include "fixture.h"

int fixture_compose(struct tkms_composer *composer, struct toy *toy)
{
#ifdef NEGATIVE
	toy_crtc_add(composer, toy->crtc);
#else
	toy_crtc_release(toy_crtc_add(composer, toy->crtc));
#endif

	return 0;
}
