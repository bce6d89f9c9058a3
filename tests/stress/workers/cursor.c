// SPDX-License-Identifier: GPL-2.0
/* Moves and changes cursors by the legacy ioctls, which replace a pending update. */
#include <drm_fourcc.h>
#include <errno.h>
#include <xf86drm.h>

#include "workers.h"

static struct kms_buffer cursors[2];

static int cursor_begin(struct state *state)
{
	int ret = 0;

	for (int i = 0; i < 2 && !ret; i++)
		ret = kms_buffer_create(&state->card, &cursors[i], STRESS_CURSOR, STRESS_CURSOR,
					DRM_FORMAT_ARGB8888);

	return ret;
}

static int change(struct state *state, const struct kms_card *pipe)
{
	const uint32_t choice = state_random(state, 3);

	return drmModeSetCursor(pipe->fd, pipe->crtc, choice < 2 ? cursors[choice].handle : 0,
				STRESS_CURSOR, STRESS_CURSOR);
}

static int move(struct state *state, const struct kms_card *pipe)
{
	const int x = state_random(state, STRESS_WIDTH + STRESS_CURSOR) - STRESS_CURSOR;
	const int y = state_random(state, STRESS_HEIGHT + STRESS_CURSOR) - STRESS_CURSOR;

	return drmModeMoveCursor(pipe->fd, pipe->crtc, x, y);
}

static int cursor_step(struct state *state)
{
	const struct kms_card *pipe = state_any_pipe(state);
	const int ret = state_random(state, 16) ? move(state, pipe) : change(state, pipe);

	state_pause(1);

	return ret ? -errno : 0;
}

const struct worker cursor_worker = {
	.name = "cursor",
	.begin = cursor_begin,
	.step = cursor_step,
};
