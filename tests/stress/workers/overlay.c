// SPDX-License-Identifier: GPL-2.0
/* Moves overlays within a CRTC and between CRTCs, in commits that span CRTCs. */
#include <drm_fourcc.h>
#include <errno.h>
#include <xf86drm.h>

#include "workers.h"

#define OVERLAYS	2

static struct kms_buffer buffers[OVERLAYS];

static int overlay_begin(struct state *state)
{
	return kms_buffer_create(&state->card, &buffers[0], 100, 60, DRM_FORMAT_ARGB8888) ?:
	       kms_buffer_create(&state->card, &buffers[1], 128, 64, DRM_FORMAT_NV12);
}

static int place(struct state *state, drmModeAtomicReq *req, int i)
{
	const struct kms_card *pipe = state_any_pipe(state);

	if (!state_random(state, 8))
		return kms_set_plane_off(pipe, req, state->overlays[i]);

	return kms_set_plane(pipe, req, state->overlays[i], &buffers[i],
			     state_random(state, STRESS_WIDTH),
			     state_random(state, STRESS_HEIGHT)) ?:
	       kms_set(pipe, req, state->overlays[i], "CRTC_W", 1 + state_random(state, 300)) ?:
	       kms_set(pipe, req, state->overlays[i], "CRTC_H", 1 + state_random(state, 200));
}

static int overlay_step(struct state *state)
{
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	int ret = 0;

	for (int i = 0; i < OVERLAYS && !ret; i++)
		ret = place(state, req, i);
	if (ret) {
		drmModeAtomicFree(req);
		return ret;
	}

	return state_commit(state, req, state_random(state, 2) ? DRM_MODE_ATOMIC_NONBLOCK : 0, 0);
}

const struct worker overlay_worker = {
	.name = "overlay",
	.begin = overlay_begin,
	.step = overlay_step,
};
