// SPDX-License-Identifier: GPL-2.0
/* Waits for vblanks. Their numbers and times must not go back. */
#include <errno.h>
#include <xf86drm.h>

#include "workers.h"

static struct {
	unsigned int sequence;
	int64_t time_us;
} last[STRESS_PIPES];

static int vblank_step(struct state *state)
{
	const int pipe = state_random(state, STRESS_PIPES);
	drmVBlank vblank = { .request = {
		.type = DRM_VBLANK_RELATIVE | pipe << DRM_VBLANK_HIGH_CRTC_SHIFT,
		.sequence = state_random(state, 4),
	} };
	int64_t time_us;

	if (drmWaitVBlank(state->card.fd, &vblank)) {
		const int ret = -errno;

		state_pause(2);
		return ret;
	}

	time_us = vblank.reply.tval_sec * INT64_C(1000000) + vblank.reply.tval_usec;
	if ((int)(vblank.reply.sequence - last[pipe].sequence) < 0 || time_us < last[pipe].time_us)
		state_fault(state, "CRTC %d: vblank %u at %lld us after vblank %u at %lld us",
			    pipe, vblank.reply.sequence, (long long)time_us, last[pipe].sequence,
			    (long long)last[pipe].time_us);
	last[pipe].sequence = vblank.reply.sequence;
	last[pipe].time_us = time_us;

	return 0;
}

const struct worker vblank_worker = { .name = "vblank", .step = vblank_step };
