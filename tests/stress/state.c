// SPDX-License-Identifier: GPL-2.0
/* Functions that all workers use. */
#include "state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <xf86drm.h>

/**
 * state_now_ms - read the time
 *
 * Returns: CLOCK_MONOTONIC in milliseconds.
 */
int64_t state_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);

	return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

/**
 * state_pause - sleep
 * @ms: duration in milliseconds
 */
void state_pause(unsigned int ms)
{
	usleep(ms * 1000);
}

/**
 * state_random - draw a random number
 * @state: the worker's state
 * @limit: upper bound, exclusive, not 0
 *
 * Marsaglia's xorshift: a seed gives the same numbers with every C library.
 *
 * Returns: the number.
 */
uint32_t state_random(struct state *state, uint32_t limit)
{
	state->random ^= state->random << 13;
	state->random ^= state->random >> 7;
	state->random ^= state->random << 17;

	return (state->random >> 32) % limit;
}

/**
 * state_any_pipe - draw a pipe
 * @state: the worker's state
 *
 * Returns: the pipe.
 */
struct kms_card *state_any_pipe(struct state *state)
{
	return &state->pipes[state_random(state, STRESS_PIPES)];
}

/**
 * state_is_reserved - tell whether only the worker picture uses an object
 * @state: the worker's state
 * @object: the object
 *
 * Returns: whether other workers must not use it.
 */
bool state_is_reserved(const struct state *state, uint32_t object)
{
	const struct kms_card *reserved = &state->reserved;

	return object == reserved->crtc || object == reserved->connector ||
	       object == reserved->writeback || object == reserved->primary ||
	       object == reserved->overlay || object == reserved->cursor;
}

/**
 * state_fault - record a fault; only a worker's first fault is kept
 * @state: the worker's state
 * @why: format of the message
 */
void state_fault(struct state *state, const char *why, ...)
{
	va_list args;

	if (*state->counts->fault)
		return;
	va_start(args, why);
	vsnprintf(state->counts->fault, sizeof(state->counts->fault), why, args);
	va_end(args);
}

/**
 * state_mode - make a mode of STRESS_WIDTH by STRESS_HEIGHT
 * @hertz: its refresh rate
 *
 * Returns: the mode.
 */
drmModeModeInfo state_mode(int hertz)
{
	drmModeModeInfo mode = {
		.hdisplay = STRESS_WIDTH,
		.hsync_start = STRESS_WIDTH + 8,
		.hsync_end = STRESS_WIDTH + 24,
		.htotal = STRESS_WIDTH + 80,
		.vdisplay = STRESS_HEIGHT,
		.vsync_start = STRESS_HEIGHT + 3,
		.vsync_end = STRESS_HEIGHT + 7,
		.vtotal = STRESS_HEIGHT + 10,
	};

	mode.clock = mode.htotal * mode.vtotal * hertz / 1000;
	snprintf(mode.name, sizeof(mode.name), "%dHz", hertz);

	return mode;
}

static int open_pipe(const struct state *state, struct kms_card *pipe, int index)
{
	int ret;

	*pipe = state->card;
	ret = kms_find_pipe_at(pipe, index, 640, 480);
	pipe->mode = state_mode(60);

	return ret;
}

/* Its pipe and its overlay are the last ones. */
static int open_reserved(struct state *state)
{
	struct kms_card *reserved = &state->reserved;
	const int ret = open_pipe(state, reserved, STRESS_PIPES);

	if (ret)
		return ret;
	reserved->overlay = kms_find_plane(reserved, DRM_PLANE_TYPE_OVERLAY, STRESS_OVERLAYS);

	return reserved->overlay ? 0 : -ENOENT;
}

/**
 * state_open - open the device and find its objects
 * @state: the worker's state
 * @driver: the driver's name
 *
 * Returns: 0, or a negative errno.
 */
int state_open(struct state *state, const char *driver)
{
	int ret = kms_open(&state->card, driver);

	for (int i = 0; i < STRESS_PIPES && !ret; i++)
		ret = open_pipe(state, &state->pipes[i], i);
	ret = ret ?: open_reserved(state);
	if (ret)
		return ret;
	state->card = state->pipes[0];

	for (int i = 0; i < STRESS_OVERLAYS; i++) {
		state->overlays[i] = kms_find_plane(&state->card, DRM_PLANE_TYPE_OVERLAY, i);
		if (!state->overlays[i])
			return -ENOENT;
	}

	return 0;
}

/**
 * state_show - enable both CRTCs
 * @state: the worker's state
 * @picture: the buffer that they show
 *
 * Returns: 0, or a negative errno.
 */
int state_show(struct state *state, const struct kms_buffer *picture)
{
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	int ret = req ? 0 : -ENOMEM;

	for (int i = 0; i < STRESS_PIPES && !ret; i++)
		ret = kms_set_mode(&state->pipes[i], req) ?:
		      kms_set_plane(&state->pipes[i], req, state->pipes[i].primary, picture, 0, 0);
	ret = ret ?: drmModeAtomicCommit(state->card.fd, req, DRM_MODE_ATOMIC_ALLOW_MODESET, NULL);
	drmModeAtomicFree(req);

	return ret;
}

/**
 * state_commit - commit, and free the commit
 * @state: the worker's state
 * @req: the commit, or NULL
 * @flags: DRM_MODE_ATOMIC_* and DRM_MODE_PAGE_FLIP_*
 * @cookie: user data of the event
 *
 * Returns: 0, or a negative errno.
 */
int state_commit(struct state *state, drmModeAtomicReq *req, uint32_t flags, uint64_t cookie)
{
	int ret = req ? drmModeAtomicCommit(state->card.fd, req, flags, (void *)cookie) : -ENOMEM;

	drmModeAtomicFree(req);

	return ret;
}

/**
 * state_write - write to a file of sysfs or debugfs
 * @path: the file
 * @text: the text
 *
 * Returns: 0, or a negative errno.
 */
int state_write(const char *path, const char *text)
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
