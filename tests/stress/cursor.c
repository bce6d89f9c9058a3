// SPDX-License-Identifier: GPL-2.0
/* Moves and changes cursors by the legacy requests, which replace what was not shown yet. */
#include <drm_fourcc.h>
#include <errno.h>
#include <xf86drm.h>

#include "cast.h"

static struct kms_buffer cursors[2];

static int cursor_begin(struct stage *stage)
{
	int ret = 0;

	for (int i = 0; i < 2 && !ret; i++)
		ret = kms_buffer_create(&stage->card, &cursors[i], STAGE_CURSOR, STAGE_CURSOR,
					DRM_FORMAT_ARGB8888);

	return ret;
}

static int change(struct stage *stage, const struct kms_card *pipe)
{
	const uint32_t choice = stage_random(stage, 3);

	return drmModeSetCursor(pipe->fd, pipe->crtc, choice < 2 ? cursors[choice].handle : 0,
				STAGE_CURSOR, STAGE_CURSOR);
}

static int move(struct stage *stage, const struct kms_card *pipe)
{
	const int x = stage_random(stage, STAGE_WIDTH + STAGE_CURSOR) - STAGE_CURSOR;
	const int y = stage_random(stage, STAGE_HEIGHT + STAGE_CURSOR) - STAGE_CURSOR;

	return drmModeMoveCursor(pipe->fd, pipe->crtc, x, y);
}

static int cursor_step(struct stage *stage)
{
	const struct kms_card *pipe = stage_any_pipe(stage);
	const int ret = stage_random(stage, 16) ? move(stage, pipe) : change(stage, pipe);

	stage_pause(1);

	return ret ? -errno : 0;
}

const struct actor cursor_actor = {
	.name = "cursor",
	.begin = cursor_begin,
	.step = cursor_step,
};
