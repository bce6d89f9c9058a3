// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: no member named .atomic_commit|field designator .atomic_commit
 *
 * Only writeback connectors have atomic_commit().
 */

#include "fixture.h"

static int __maybe_unused toy_get_modes(struct toy_panel *connector)
{
	return 0;
}

static void __maybe_unused toy_write(struct toy_panel *panel, struct toy_connector_state *new,
				     const struct toy_connector_state *old,
				     struct tkms_mutator *mutator)
{
}

#ifdef NEGATIVE
TKMS_DEFINE_CONNECTOR_CLASS(toy_panel, toy_connector_state,
			    .get_modes = toy_get_modes, .atomic_commit = toy_write);
#else
TKMS_DEFINE_CONNECTOR_CLASS(toy_panel, toy_connector_state,
			    .get_modes = toy_get_modes);
#endif
