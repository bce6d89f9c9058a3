// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: no member named .destroy|field designator .destroy
 *
 * A static connector is not destroyed by its last reference.
 */

#include "fixture.h"

static int __maybe_unused toy_get_modes(struct toy_panel *connector)
{
	return 0;
}

static void __maybe_unused toy_destroy(struct toy_panel *panel)
{
}

#ifdef NEGATIVE
TKMS_DEFINE_CONNECTOR_CLASS(toy_panel, toy_connector_state,
			    .get_modes = toy_get_modes, .destroy = toy_destroy);
#else
TKMS_DEFINE_CONNECTOR_CLASS(toy_panel, toy_connector_state,
			    .get_modes = toy_get_modes);
#endif
