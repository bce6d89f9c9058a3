/* SPDX-License-Identifier: GPL-2.0 */
#ifndef STRESS_STATE_H
#define STRESS_STATE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "kms.h"
#include "solid.h"

/* The module's parameters, see init, without the pipe and the overlay of the worker picture. */
#define STRESS_PIPES	2
#define STRESS_OVERLAYS	4

/* Small, since the sanitizers make composition slow. */
#define STRESS_WIDTH	320
#define STRESS_HEIGHT	240
#define STRESS_CURSOR	64

/* A longer wait has failed. The limit allows for slow machines. */
#define STRESS_TIMEOUT_MS	30000

/**
 * struct counts - the results of a worker, in memory that all processes share
 * @done: operations that succeeded
 * @refused: operations that failed, for example since another worker used the same object
 * @fault: the first fault, empty if there was none
 */
struct counts {
	uint64_t done;
	uint64_t refused;
	char fault[160];
};

/**
 * struct state - the state of a worker; each worker's process has a copy of its own
 * @card: the device with its first pipe
 * @pipes: the same device with each of its pipes
 * @overlays: overlay planes that every CRTC can show
 * @reserved: the same device with a pipe and an overlay that only the worker picture uses
 * @crcs: the CRC of each colour on that pipe, below its overlay
 * @counts: the worker's results
 * @is_leaving: set for all processes just before an unplug
 * @end_ms: the worker stops at this time if the device is still there
 * @random: state of the worker's random numbers
 */
struct state {
	struct kms_card card;
	struct kms_card pipes[STRESS_PIPES];
	uint32_t overlays[STRESS_OVERLAYS];
	struct kms_card reserved;
	uint32_t crcs[SOLID_COLOURS];
	struct counts *counts;
	atomic_bool *is_leaving;
	int64_t end_ms;
	uint64_t random;
};

/**
 * struct worker - a process that repeats an operation
 * @name: one word
 * @begin: prepares the operation; optional
 * @step: performs the operation once. Returns 0, -ENODEV once the device is gone, or another
 *        negative errno if the operation failed
 * @end: checks that nothing is outstanding; optional, called also once the device is gone
 */
struct worker {
	const char *name;
	int (*begin)(struct state *state);
	int (*step)(struct state *state);
	void (*end)(struct state *state);
};

int state_open(struct state *state, const char *driver);
int state_show(struct state *state, const struct kms_buffer *picture);
void state_fault(struct state *state, const char *why, ...)
	__attribute__((format(printf, 2, 3)));

int64_t state_now_ms(void);
void state_pause(unsigned int ms);
uint32_t state_random(struct state *state, uint32_t limit);
struct kms_card *state_any_pipe(struct state *state);
bool state_is_reserved(const struct state *state, uint32_t object);
drmModeModeInfo state_mode(int hertz);

int state_commit(struct state *state, drmModeAtomicReq *req, uint32_t flags, uint64_t cookie);
int state_write(const char *path, const char *text);

#endif
