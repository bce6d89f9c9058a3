// SPDX-License-Identifier: GPL-2.0
/* Opens and closes the device, and is DRM master through a file of its own for a moment. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
#include <xf86drm.h>

#include "workers.h"

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

/* Another worker that opens the device meanwhile is master until it closes its file. */
static int take_back(struct state *state)
{
	const int64_t begin = state_now_ms();

	while (drmSetMaster(state->card.fd)) {
		if (errno == ENODEV)
			return -ENODEV;
		if (state_now_ms() - begin > STRESS_TIMEOUT_MS) {
			state_fault(state, "cannot become DRM master again: %m");
			return -ENODEV;
		}
		state_pause(1);
	}

	return 0;
}

static int be_master(struct state *state, int fd)
{
	int ret = 0;

	if (drmDropMaster(state->card.fd))
		return -errno;
	if (!drmSetMaster(fd)) {
		ret = look_around(fd);
		state_pause(state_random(state, 4));
		drmDropMaster(fd);
	}

	return take_back(state) ?: ret;
}

static int files_step(struct state *state)
{
	char path[32];
	int fd, ret;

	snprintf(path, sizeof(path), "/dev/dri/card%d", state->card.minor);
	fd = open(path, O_RDWR);
	if (fd < 0)
		return *state->is_leaving ? -ENODEV : -errno;
	ret = state_random(state, 8) ? look_around(fd) : be_master(state, fd);
	close(fd);
	state_pause(state_random(state, 10));

	return ret;
}

const struct worker files_worker = { .name = "files", .step = files_step };
