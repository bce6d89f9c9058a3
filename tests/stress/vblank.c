// SPDX-License-Identifier: GPL-2.0
/* Waits for vblanks, whose numbers and times must not go back. */
#include <errno.h>
#include <xf86drm.h>

#include "cast.h"

static struct {
	unsigned int sequence;
	int64_t time_us;
} last[STAGE_PIPES];

static int vblank_step(struct stage *stage)
{
	const int pipe = stage_random(stage, STAGE_PIPES);
	drmVBlank vblank = { .request = {
		.type = DRM_VBLANK_RELATIVE | pipe << DRM_VBLANK_HIGH_CRTC_SHIFT,
		.sequence = stage_random(stage, 4),
	} };
	int64_t time_us;

	if (drmWaitVBlank(stage->card.fd, &vblank)) {
		const int ret = -errno;

		stage_pause(2);
		return ret;
	}

	time_us = vblank.reply.tval_sec * INT64_C(1000000) + vblank.reply.tval_usec;
	if ((int)(vblank.reply.sequence - last[pipe].sequence) < 0 || time_us < last[pipe].time_us)
		stage_fault(stage, "CRTC %d: vblank %u at %lld us after vblank %u at %lld us",
			    pipe, vblank.reply.sequence, (long long)time_us, last[pipe].sequence,
			    (long long)last[pipe].time_us);
	last[pipe].sequence = vblank.reply.sequence;
	last[pipe].time_us = time_us;

	return 0;
}

const struct actor vblank_actor = { .name = "vblank", .step = vblank_step };
