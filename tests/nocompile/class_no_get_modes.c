// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: toy_panel has no get_modes\(\)
 *
 * A class of connectors without modes.
 */

#include "fixture.h"

static int __maybe_unused toy_get_modes(struct toy_panel *connector)
{
	return 0;
}

static enum drm_connector_status __maybe_unused toy_detect(struct toy_panel *connector, bool force)
{
	return connector_status_connected;
}

#ifdef NEGATIVE
TKMS_DEFINE_CONNECTOR_CLASS(toy_panel, toy_connector_state,
			    .detect = toy_detect);
#else
TKMS_DEFINE_CONNECTOR_CLASS(toy_panel, toy_connector_state,
			    .get_modes = toy_get_modes);
#endif
