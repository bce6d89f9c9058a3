// SPDX-License-Identifier: GPL-2.0
/* Leases a pipe to another file, shows a buffer through it, and closes or revokes the lease. */
#include <drm_fourcc.h>
#include <errno.h>
#include <fcntl.h>
#include <xf86drm.h>

#include "workers.h"

#define PLANE	3

static int show(struct state *state, struct kms_card *lessee, uint32_t plane)
{
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	struct kms_buffer buffer;
	int ret;

	ret = kms_buffer_create(lessee, &buffer, 80, 80, DRM_FORMAT_XRGB8888) ?:
	      kms_set_plane(lessee, req, plane, &buffer, state_random(state, STRESS_WIDTH), 7) ?:
	      drmModeAtomicCommit(lessee->fd, req, 0, NULL);
	drmModeAtomicFree(req);
	if (state_random(state, 2))
		kms_buffer_destroy(lessee, &buffer);

	return ret;
}

static int lease_step(struct state *state)
{
	const struct kms_card *pipe = state_any_pipe(state);
	const uint32_t plane = state->overlays[PLANE];
	const uint32_t objects[] = { pipe->crtc, pipe->connector, pipe->primary, plane };
	struct kms_card lessee;
	uint32_t lease;
	int fd, ret;

	fd = drmModeCreateLease(pipe->fd, objects, 4, O_CLOEXEC, &lease);
	if (fd < 0) {
		state_pause(5);
		return fd;
	}
	ret = kms_use(&lessee, fd);
	lessee.crtc = pipe->crtc;
	ret = ret ?: show(state, &lessee, plane);
	if (state_random(state, 2))
		drmModeRevokeLease(pipe->fd, lease);
	kms_close(&lessee);
	state_pause(state_random(state, 50));

	return ret;
}

const struct worker lease_worker = { .name = "lease", .step = lease_step };
