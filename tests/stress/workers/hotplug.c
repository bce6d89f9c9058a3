// SPDX-License-Identifier: GPL-2.0
/* Forces the status of connectors by sysfs, and probes connectors. */
#include <errno.h>
#include <stdio.h>
#include <xf86drm.h>

#include "workers.h"

static int force(struct state *state, uint32_t id)
{
	static const char *const words[] = { "on", "off", "detect", "on-digital" };
	drmModeConnector *connector = drmModeGetConnectorCurrent(state->card.fd, id);
	char path[96];

	if (!connector)
		return -errno;
	snprintf(path, sizeof(path), "/sys/class/drm/card%d-%s-%u/status", state->card.minor,
		 drmModeGetConnectorTypeName(connector->connector_type),
		 connector->connector_type_id);
	drmModeFreeConnector(connector);

	return state_write(path, words[state_random(state, 4)]);
}

/* Unlike drmModeGetConnectorCurrent(), this reads the monitor's modes again. */
static int probe(struct state *state, uint32_t id)
{
	drmModeConnector *connector = drmModeGetConnector(state->card.fd, id);

	if (!connector)
		return -errno;
	drmModeFreeConnector(connector);

	return 0;
}

static int hotplug_step(struct state *state)
{
	drmModeRes *resources = drmModeGetResources(state->card.fd);
	int ret = 0;

	if (!resources)
		return -errno;
	for (int i = 0; i < resources->count_connectors; i++) {
		if (state_is_reserved(state, resources->connectors[i]))
			continue;
		ret = state_random(state, 2) ? force(state, resources->connectors[i])
					     : probe(state, resources->connectors[i]);
		if (ret)
			break;
	}
	drmModeFreeResources(resources);
	state_pause(20 + state_random(state, 80));

	/* An unplug removes the file in sysfs before ioctls fail with -ENODEV. */
	return ret && *state->is_leaving ? -ENODEV : ret;
}

const struct worker hotplug_worker = { .name = "hotplug", .step = hotplug_step };
