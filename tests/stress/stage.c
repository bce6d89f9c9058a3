// SPDX-License-Identifier: GPL-2.0
/* What all actors do. */
#include "stage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <xf86drm.h>

/**
 * stage_now_ms - what time it is
 *
 * Returns: CLOCK_MONOTONIC in milliseconds.
 */
int64_t stage_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);

	return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

/**
 * stage_pause - leave the CPU to others
 * @ms: for how many milliseconds
 */
void stage_pause(unsigned int ms)
{
	usleep(ms * 1000);
}

/**
 * stage_random - draw a random number
 * @stage: the stage
 * @limit: above the highest, not 0
 *
 * By Marsaglia's xorshift: the same seed gives the same numbers, whatever the C library.
 *
 * Returns: the number.
 */
uint32_t stage_random(struct stage *stage, uint32_t limit)
{
	stage->random ^= stage->random << 13;
	stage->random ^= stage->random >> 7;
	stage->random ^= stage->random << 17;

	return (stage->random >> 32) % limit;
}

/**
 * stage_any_pipe - draw a pipe
 * @stage: the stage
 *
 * Returns: the pipe.
 */
struct kms_card *stage_any_pipe(struct stage *stage)
{
	return &stage->pipes[stage_random(stage, STAGE_PIPES)];
}

/**
 * stage_fault - note what must not be; the first such thing is kept
 * @stage: the stage
 * @why: what was seen
 */
void stage_fault(struct stage *stage, const char *why, ...)
{
	va_list args;

	if (*stage->tally->fault)
		return;
	va_start(args, why);
	vsnprintf(stage->tally->fault, sizeof(stage->tally->fault), why, args);
	va_end(args);
}

/**
 * stage_mode - make a mode of the stage's size
 * @hertz: its rate
 *
 * Returns: the mode.
 */
drmModeModeInfo stage_mode(int hertz)
{
	drmModeModeInfo mode = {
		.hdisplay = STAGE_WIDTH,
		.hsync_start = STAGE_WIDTH + 8,
		.hsync_end = STAGE_WIDTH + 24,
		.htotal = STAGE_WIDTH + 80,
		.vdisplay = STAGE_HEIGHT,
		.vsync_start = STAGE_HEIGHT + 3,
		.vsync_end = STAGE_HEIGHT + 7,
		.vtotal = STAGE_HEIGHT + 10,
	};

	mode.clock = mode.htotal * mode.vtotal * hertz / 1000;
	snprintf(mode.name, sizeof(mode.name), "%dHz", hertz);

	return mode;
}

/**
 * stage_open - open the device and find its objects
 * @stage: the stage
 * @driver: the driver's name
 *
 * Returns: 0, or a negative errno.
 */
int stage_open(struct stage *stage, const char *driver)
{
	int ret = kms_open(&stage->card, driver);

	if (ret)
		return ret;

	for (int i = 0; i < STAGE_PIPES; i++) {
		stage->pipes[i] = stage->card;
		ret = kms_find_pipe_at(&stage->pipes[i], i, 640, 480);
		if (ret)
			return ret;
		stage->pipes[i].mode = stage_mode(60);
	}
	stage->card = stage->pipes[0];

	for (int i = 0; i < STAGE_OVERLAYS; i++) {
		stage->overlays[i] = kms_find_plane(&stage->card, DRM_PLANE_TYPE_OVERLAY, i);
		if (!stage->overlays[i])
			return -ENOENT;
	}

	return 0;
}

/**
 * stage_show - switch both screens on
 * @stage: the stage
 * @picture: what they show
 *
 * Returns: 0, or a negative errno.
 */
int stage_show(struct stage *stage, const struct kms_buffer *picture)
{
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	int ret = req ? 0 : -ENOMEM;

	for (int i = 0; i < STAGE_PIPES && !ret; i++)
		ret = kms_set_mode(&stage->pipes[i], req) ?:
		      kms_set_plane(&stage->pipes[i], req, stage->pipes[i].primary, picture, 0, 0);
	ret = ret ?: drmModeAtomicCommit(stage->card.fd, req, DRM_MODE_ATOMIC_ALLOW_MODESET, NULL);
	drmModeAtomicFree(req);

	return ret;
}

/**
 * stage_commit - commit, and free the commit
 * @stage: the stage
 * @req: the commit, or NULL
 * @flags: DRM_MODE_ATOMIC_* and DRM_MODE_PAGE_FLIP_*
 * @cookie: for the event
 *
 * Returns: 0, or a negative errno.
 */
int stage_commit(struct stage *stage, drmModeAtomicReq *req, uint32_t flags, uint64_t cookie)
{
	int ret = req ? drmModeAtomicCommit(stage->card.fd, req, flags, (void *)cookie) : -ENOMEM;

	drmModeAtomicFree(req);

	return ret;
}

/**
 * stage_write - write to a file of sysfs or debugfs
 * @path: the file
 * @text: what to write
 *
 * Returns: 0, or a negative errno.
 */
int stage_write(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);
	int ret = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, text, strlen(text)) < 0)
		ret = -errno;
	close(fd);

	return ret;
}
