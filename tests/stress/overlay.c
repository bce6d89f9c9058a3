// SPDX-License-Identifier: GPL-2.0
/* Moves overlays, within a CRTC and from one to another, in commits that span CRTCs. */
#include <drm_fourcc.h>
#include <errno.h>
#include <xf86drm.h>

#include "cast.h"

#define OVERLAYS	2

static struct kms_buffer buffers[OVERLAYS];

static int overlay_begin(struct stage *stage)
{
	return kms_buffer_create(&stage->card, &buffers[0], 100, 60, DRM_FORMAT_ARGB8888) ?:
	       kms_buffer_create(&stage->card, &buffers[1], 128, 64, DRM_FORMAT_NV12);
}

static int place(struct stage *stage, drmModeAtomicReq *req, int i)
{
	const struct kms_card *pipe = stage_any_pipe(stage);

	if (!stage_random(stage, 8))
		return kms_set_plane_off(pipe, req, stage->overlays[i]);

	return kms_set_plane(pipe, req, stage->overlays[i], &buffers[i],
			     stage_random(stage, STAGE_WIDTH), stage_random(stage, STAGE_HEIGHT)) ?:
	       kms_set(pipe, req, stage->overlays[i], "CRTC_W", 1 + stage_random(stage, 300)) ?:
	       kms_set(pipe, req, stage->overlays[i], "CRTC_H", 1 + stage_random(stage, 200));
}

static int overlay_step(struct stage *stage)
{
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	int ret = 0;

	for (int i = 0; i < OVERLAYS && !ret; i++)
		ret = place(stage, req, i);
	if (ret) {
		drmModeAtomicFree(req);
		return ret;
	}

	return stage_commit(stage, req, stage_random(stage, 2) ? DRM_MODE_ATOMIC_NONBLOCK : 0, 0);
}

const struct actor overlay_actor = {
	.name = "overlay",
	.begin = overlay_begin,
	.step = overlay_step,
};
