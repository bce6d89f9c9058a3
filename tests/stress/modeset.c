// SPDX-License-Identifier: GPL-2.0
/* Switches CRTCs off and on, and from one mode to another. */
#include <errno.h>
#include <xf86drm.h>

#include "cast.h"

static int commit_active(struct stage *stage, const struct kms_card *pipe, bool is_active)
{
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	const int ret = kms_set(pipe, req, pipe->crtc, "ACTIVE", is_active);
	uint32_t flags = DRM_MODE_ATOMIC_ALLOW_MODESET;

	if (ret) {
		drmModeAtomicFree(req);
		return ret;
	}
	if (stage_random(stage, 2))
		flags |= DRM_MODE_ATOMIC_NONBLOCK;

	return stage_commit(stage, req, flags, 0);
}

/* What the others do needs a screen that is on: it is switched on again at any cost. */
static int toggle(struct stage *stage, const struct kms_card *pipe)
{
	int ret = commit_active(stage, pipe, false);

	if (ret)
		return ret;
	stage_pause(stage_random(stage, 80));
	do {
		ret = commit_active(stage, pipe, true);
		if (ret)
			stage_pause(5);
	} while (ret && ret != -ENODEV && stage_now_ms() < stage->end_ms);

	return ret;
}

static int change_mode(struct stage *stage, struct kms_card *pipe)
{
	static const int rates[] = { 24, 50, 60, 75, 120 };
	drmModeModeInfo mode = stage_mode(rates[stage_random(stage, 5)]);
	drmModeAtomicReq *req;
	uint32_t blob;
	int ret;

	if (drmModeCreatePropertyBlob(pipe->fd, &mode, sizeof(mode), &blob))
		return -errno;
	req = drmModeAtomicAlloc();
	ret = kms_set(pipe, req, pipe->crtc, "MODE_ID", blob);
	if (!ret)
		ret = stage_commit(stage, req, DRM_MODE_ATOMIC_ALLOW_MODESET, 0);
	else
		drmModeAtomicFree(req);
	drmModeDestroyPropertyBlob(pipe->fd, blob);

	return ret;
}

static int modeset_step(struct stage *stage)
{
	struct kms_card *pipe = stage_any_pipe(stage);
	const int ret = stage_random(stage, 2) ? toggle(stage, pipe) : change_mode(stage, pipe);

	stage_pause(100 + stage_random(stage, 300));

	return ret;
}

const struct actor modeset_actor = { .name = "modeset", .step = modeset_step };
