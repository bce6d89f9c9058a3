// SPDX-License-Identifier: GPL-2.0
/* Opens and closes the device, and takes the mastery from the others for a moment. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
#include <xf86drm.h>

#include "cast.h"

static int look_around(int fd)
{
	drmModeRes *resources = drmModeGetResources(fd);
	drmVersion *version;

	if (!resources)
		return -errno;
	drmModeFreeResources(resources);
	version = drmGetVersion(fd);
	drmFreeVersion(version);

	return version ? 0 : -EIO;
}

/* Who opens the device meanwhile is its master until it closes it. */
static int take_back(struct stage *stage)
{
	const int64_t begin = stage_now_ms();

	while (drmSetMaster(stage->card.fd)) {
		if (errno == ENODEV)
			return -ENODEV;
		if (stage_now_ms() - begin > STAGE_PATIENCE_MS) {
			stage_fault(stage, "nobody becomes master again: %m");
			return -ENODEV;
		}
		stage_pause(1);
	}

	return 0;
}

static int be_master(struct stage *stage, int fd)
{
	int ret = 0;

	if (drmDropMaster(stage->card.fd))
		return -errno;
	if (!drmSetMaster(fd)) {
		ret = look_around(fd);
		stage_pause(stage_random(stage, 4));
		drmDropMaster(fd);
	}

	return take_back(stage) ?: ret;
}

static int files_step(struct stage *stage)
{
	char path[32];
	int fd, ret;

	snprintf(path, sizeof(path), "/dev/dri/card%d", stage->card.minor);
	fd = open(path, O_RDWR);
	if (fd < 0)
		return *stage->is_leaving ? -ENODEV : -errno;
	ret = stage_random(stage, 8) ? look_around(fd) : be_master(stage, fd);
	close(fd);
	stage_pause(stage_random(stage, 10));

	return ret;
}

const struct actor files_actor = { .name = "files", .step = files_step };
