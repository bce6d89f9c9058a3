// SPDX-License-Identifier: GPL-2.0
/* Takes framebuffers and their memory away while they are shown. */
#include <drm_fourcc.h>
#include <errno.h>
#include <xf86drm.h>

#include "cast.h"

#define PLANE	2

static int remove_step(struct stage *stage)
{
	const struct kms_card *pipe = stage_any_pipe(stage);
	const uint32_t flags = stage_random(stage, 2) ? DRM_MODE_ATOMIC_NONBLOCK : 0;
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	struct kms_buffer buffer;
	int ret;

	ret = kms_buffer_create(pipe, &buffer, 50 + stage_random(stage, 50), 40,
				DRM_FORMAT_XRGB8888) ?:
	      kms_set_plane(pipe, req, stage->overlays[PLANE], &buffer,
			    stage_random(stage, STAGE_WIDTH), stage_random(stage, STAGE_HEIGHT));
	if (ret)
		drmModeAtomicFree(req);
	else
		ret = stage_commit(stage, req, flags, 0);
	kms_buffer_destroy(pipe, &buffer);
	stage_pause(stage_random(stage, 20));

	return ret;
}

const struct actor remove_actor = { .name = "remove", .step = remove_step };
