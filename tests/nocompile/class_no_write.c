// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: toy_writeback has no atomic_commit\(\)
 *
 * A class of writeback connectors that write nothing.
 */

#include "fixture.h"

static int __maybe_unused toy_get_modes(struct toy_writeback *connector)
{
	return 0;
}

static void __maybe_unused toy_write(struct toy_writeback *writeback,
				     struct toy_connector_state *new,
				     const struct toy_connector_state *old,
				     struct tkms_mutator *mutator)
{
}

#ifdef NEGATIVE
TKMS_DEFINE_WRITEBACK_CLASS(toy_writeback, toy_connector_state,
			    .get_modes = toy_get_modes);
#else
TKMS_DEFINE_WRITEBACK_CLASS(toy_writeback, toy_connector_state,
			    .get_modes = toy_get_modes, .atomic_commit = toy_write);
#endif
