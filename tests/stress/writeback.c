// SPDX-License-Identifier: GPL-2.0
/* Captures what CRTCs show. Every fence must signal, also when the device goes. */
#include <drm_fourcc.h>
#include <errno.h>
#include <poll.h>
#include <unistd.h>
#include <xf86drm.h>

#include "cast.h"

static struct kms_buffer buffers[STAGE_PIPES];

static int writeback_begin(struct stage *stage)
{
	int ret = 0;

	for (int i = 0; i < STAGE_PIPES && !ret; i++)
		ret = kms_buffer_create(&stage->card, &buffers[i], STAGE_WIDTH, STAGE_HEIGHT,
					DRM_FORMAT_XRGB8888);

	return ret;
}

static void wait_for_fence(struct stage *stage, int fence, uint32_t crtc)
{
	struct pollfd signalled = { .fd = fence, .events = POLLIN };

	if (poll(&signalled, 1, STAGE_PATIENCE_MS) != 1)
		stage_fault(stage, "CRTC %u: a fence does not signal", crtc);
	close(fence);
}

static int writeback_step(struct stage *stage)
{
	const struct kms_card *pipe = stage_any_pipe(stage);
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	const uint32_t flags = stage_random(stage, 2) ? DRM_MODE_ATOMIC_NONBLOCK : 0;
	int32_t fence = -1;
	int ret;

	ret = kms_set_writeback(pipe, req, &buffers[pipe->crtc_index], &fence);
	if (ret) {
		drmModeAtomicFree(req);
		return ret;
	}
	/* The connector becomes part of the picture, or changes nothing if it is already. */
	ret = stage_commit(stage, req, flags | DRM_MODE_ATOMIC_ALLOW_MODESET, 0);
	if (ret) {
		stage_pause(2);
		return ret;
	}
	if (fence < 0)
		stage_fault(stage, "CRTC %u: a commit gave no fence", pipe->crtc);
	else
		wait_for_fence(stage, fence, pipe->crtc);

	return 0;
}

const struct actor writeback_actor = {
	.name = "writeback",
	.begin = writeback_begin,
	.step = writeback_step,
};
