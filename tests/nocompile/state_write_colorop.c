// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: read-only|const-qualified
 *
 * The state of a colour operation is the client's: a driver only reads it.
 */

#include "fixture.h"

#include <drm/drm_colorop.h>

int fixture_mutate(struct tkms_mutator *mutator, struct toy *toy)
{
	const struct drm_colorop_state *state = tkms_colorop_new(tkms_view(mutator), NULL);

#ifdef NEGATIVE
	state->bypass = true;
#endif
	return state->bypass;
}
