// SPDX-License-Identifier: GPL-2.0
/* Plugs monitors in and out, and looks for them, as a user can by sysfs. */
#include <errno.h>
#include <stdio.h>
#include <xf86drm.h>

#include "cast.h"

static int force(struct stage *stage, uint32_t id)
{
	static const char *const words[] = { "on", "off", "detect", "on-digital" };
	drmModeConnector *connector = drmModeGetConnectorCurrent(stage->card.fd, id);
	char path[96];

	if (!connector)
		return -errno;
	snprintf(path, sizeof(path), "/sys/class/drm/card%d-%s-%u/status", stage->card.minor,
		 drmModeGetConnectorTypeName(connector->connector_type),
		 connector->connector_type_id);
	drmModeFreeConnector(connector);

	return stage_write(path, words[stage_random(stage, 4)]);
}

/* Asks for the monitor's modes anew. */
static int probe(struct stage *stage, uint32_t id)
{
	drmModeConnector *connector = drmModeGetConnector(stage->card.fd, id);

	if (!connector)
		return -errno;
	drmModeFreeConnector(connector);

	return 0;
}

static int hotplug_step(struct stage *stage)
{
	drmModeRes *resources = drmModeGetResources(stage->card.fd);
	int ret;

	if (!resources)
		return -errno;
	for (int i = 0; i < resources->count_connectors; i++) {
		ret = stage_random(stage, 2) ? force(stage, resources->connectors[i])
					     : probe(stage, resources->connectors[i]);
		if (ret)
			break;
	}
	drmModeFreeResources(resources);
	stage_pause(20 + stage_random(stage, 80));

	/* The file in sysfs goes before the device says that it is gone. */
	return ret && *stage->is_leaving ? -ENODEV : ret;
}

const struct actor hotplug_actor = { .name = "hotplug", .step = hotplug_step };
