// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: implicit declaration|undeclared function
 *
 * An encoder has no state to borrow.
 */

#include "fixture.h"

int fixture_mutate(struct tkms_mutator *mutator, struct toy *toy)
{
#ifdef NEGATIVE
	return PTR_ERR_OR_ZERO(toy_encoder_borrow(mutator, toy->encoder));
#else
	return PTR_ERR_OR_ZERO(toy_panel_borrow(mutator, toy->panel));
#endif
}
