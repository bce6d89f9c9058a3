// SPDX-License-Identifier: GPL-2.0
/* Removes framebuffers and their memory while they are shown. */
#include <drm_fourcc.h>
#include <errno.h>
#include <xf86drm.h>

#include "workers.h"

#define PLANE	2

static int remove_step(struct state *state)
{
	const struct kms_card *pipe = state_any_pipe(state);
	const uint32_t flags = state_random(state, 2) ? DRM_MODE_ATOMIC_NONBLOCK : 0;
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	struct kms_buffer buffer;
	int ret;

	ret = kms_buffer_create(pipe, &buffer, 50 + state_random(state, 50), 40,
				DRM_FORMAT_XRGB8888) ?:
	      kms_set_plane(pipe, req, state->overlays[PLANE], &buffer,
			    state_random(state, STRESS_WIDTH), state_random(state, STRESS_HEIGHT));
	if (ret)
		drmModeAtomicFree(req);
	else
		ret = state_commit(state, req, flags, 0);
	kms_buffer_destroy(pipe, &buffer);
	state_pause(state_random(state, 20));

	return ret;
}

const struct worker remove_worker = { .name = "remove", .step = remove_step };
