// SPDX-License-Identifier: GPL-2.0
/* Leases a screen to another file, shows something by that, and closes or revokes it. */
#include <drm_fourcc.h>
#include <errno.h>
#include <fcntl.h>
#include <xf86drm.h>

#include "cast.h"

#define PLANE	3

static int show(struct stage *stage, struct kms_card *lessee, uint32_t plane)
{
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	struct kms_buffer buffer;
	int ret;

	ret = kms_buffer_create(lessee, &buffer, 80, 80, DRM_FORMAT_XRGB8888) ?:
	      kms_set_plane(lessee, req, plane, &buffer, stage_random(stage, STAGE_WIDTH), 7) ?:
	      drmModeAtomicCommit(lessee->fd, req, 0, NULL);
	drmModeAtomicFree(req);
	if (stage_random(stage, 2))
		kms_buffer_destroy(lessee, &buffer);

	return ret;
}

static int lease_step(struct stage *stage)
{
	const struct kms_card *pipe = stage_any_pipe(stage);
	const uint32_t plane = stage->overlays[PLANE];
	const uint32_t objects[] = { pipe->crtc, pipe->connector, pipe->primary, plane };
	struct kms_card lessee;
	uint32_t lease;
	int fd, ret;

	fd = drmModeCreateLease(pipe->fd, objects, 4, O_CLOEXEC, &lease);
	if (fd < 0) {
		stage_pause(5);
		return fd;
	}
	ret = kms_use(&lessee, fd);
	lessee.crtc = pipe->crtc;
	ret = ret ?: show(stage, &lessee, plane);
	if (stage_random(stage, 2))
		drmModeRevokeLease(pipe->fd, lease);
	kms_close(&lessee);
	stage_pause(stage_random(stage, 50));

	return ret;
}

const struct actor lease_actor = { .name = "lease", .step = lease_step };
