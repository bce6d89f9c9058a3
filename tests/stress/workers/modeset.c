// SPDX-License-Identifier: GPL-2.0
/* Switches CRTCs off and on, and from one mode to another. */
#include <errno.h>
#include <xf86drm.h>

#include "workers.h"

static int commit_active(struct state *state, const struct kms_card *pipe, bool is_active)
{
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	const int ret = kms_set(pipe, req, pipe->crtc, "ACTIVE", is_active);
	uint32_t flags = DRM_MODE_ATOMIC_ALLOW_MODESET;

	if (ret) {
		drmModeAtomicFree(req);
		return ret;
	}
	if (state_random(state, 2))
		flags |= DRM_MODE_ATOMIC_NONBLOCK;

	return state_commit(state, req, flags, 0);
}

/* The other workers need an active CRTC: retry until it is on again. */
static int toggle(struct state *state, const struct kms_card *pipe)
{
	int ret = commit_active(state, pipe, false);

	if (ret)
		return ret;
	state_pause(state_random(state, 80));
	do {
		ret = commit_active(state, pipe, true);
		if (ret)
			state_pause(5);
	} while (ret && ret != -ENODEV && state_now_ms() < state->end_ms);

	return ret;
}

static int change_mode(struct state *state, struct kms_card *pipe)
{
	static const int rates[] = { 24, 50, 60, 75, 120 };
	drmModeModeInfo mode = state_mode(rates[state_random(state, 5)]);
	drmModeAtomicReq *req;
	uint32_t blob;
	int ret;

	if (drmModeCreatePropertyBlob(pipe->fd, &mode, sizeof(mode), &blob))
		return -errno;
	req = drmModeAtomicAlloc();
	ret = kms_set(pipe, req, pipe->crtc, "MODE_ID", blob);
	if (!ret)
		ret = state_commit(state, req, DRM_MODE_ATOMIC_ALLOW_MODESET, 0);
	else
		drmModeAtomicFree(req);
	drmModeDestroyPropertyBlob(pipe->fd, blob);

	return ret;
}

static int modeset_step(struct state *state)
{
	struct kms_card *pipe = state_any_pipe(state);
	const int ret = state_random(state, 2) ? toggle(state, pipe) : change_mode(state, pipe);

	state_pause(100 + state_random(state, 300));

	return ret;
}

const struct worker modeset_worker = { .name = "modeset", .step = modeset_step };
