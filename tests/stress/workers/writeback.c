// SPDX-License-Identifier: GPL-2.0
/* Writes frames back. Every fence must signal, also when the device is unplugged. */
#include <drm_fourcc.h>
#include <errno.h>
#include <poll.h>
#include <unistd.h>
#include <xf86drm.h>

#include "workers.h"

static struct kms_buffer buffers[STRESS_PIPES];

static int writeback_begin(struct state *state)
{
	int ret = 0;

	for (int i = 0; i < STRESS_PIPES && !ret; i++)
		ret = kms_buffer_create(&state->card, &buffers[i], STRESS_WIDTH, STRESS_HEIGHT,
					DRM_FORMAT_XRGB8888);

	return ret;
}

static void wait_for_fence(struct state *state, int fence, uint32_t crtc)
{
	struct pollfd signalled = { .fd = fence, .events = POLLIN };

	if (poll(&signalled, 1, STRESS_TIMEOUT_MS) != 1)
		state_fault(state, "CRTC %u: a fence does not signal", crtc);
	close(fence);
}

static int writeback_step(struct state *state)
{
	const struct kms_card *pipe = state_any_pipe(state);
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	const uint32_t flags = state_random(state, 2) ? DRM_MODE_ATOMIC_NONBLOCK : 0;
	int32_t fence = -1;
	int ret;

	ret = kms_set_writeback(pipe, req, &buffers[pipe->crtc_index], &fence);
	if (ret) {
		drmModeAtomicFree(req);
		return ret;
	}
	/* A commit that routes the connector to the CRTC needs a modeset, later ones do not. */
	ret = state_commit(state, req, flags | DRM_MODE_ATOMIC_ALLOW_MODESET, 0);
	if (ret) {
		state_pause(2);
		return ret;
	}
	if (fence < 0)
		state_fault(state, "CRTC %u: a commit gave no fence", pipe->crtc);
	else
		wait_for_fence(state, fence, pipe->crtc);

	return 0;
}

const struct worker writeback_worker = {
	.name = "writeback",
	.begin = writeback_begin,
	.step = writeback_step,
};
