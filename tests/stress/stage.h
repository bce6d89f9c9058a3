/* SPDX-License-Identifier: GPL-2.0 */
#ifndef STRESS_STAGE_H
#define STRESS_STAGE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "kms.h"

/* What the module is loaded with, see init. */
#define STAGE_PIPES	2
#define STAGE_OVERLAYS	4

/* Small, since checked memory is composed slowly. */
#define STAGE_WIDTH	320
#define STAGE_HEIGHT	240
#define STAGE_CURSOR	64

/* What does not happen for so long will not happen. Machines may be slow, hence so long. */
#define STAGE_PATIENCE_MS	30000

/**
 * struct tally - what an actor came to, in memory that all processes share
 * @done: what it asked for and got
 * @refused: what it asked for and was refused, as may be where others are at work
 * @fault: what must not be; empty if there was no such thing
 */
struct tally {
	uint64_t done;
	uint64_t refused;
	char fault[160];
};

/**
 * struct stage - what all actors share, each in a process of its own
 * @card: the device; its pipe is the first one
 * @pipes: the device again, each with its own pipe
 * @overlays: overlay planes that every CRTC can show
 * @tally: the actor's
 * @is_leaving: set, for all processes, when the device is about to go
 * @end_ms: when to end if it does not go
 * @random: state of the actor's random numbers
 */
struct stage {
	struct kms_card card;
	struct kms_card pipes[STAGE_PIPES];
	uint32_t overlays[STAGE_OVERLAYS];
	struct tally *tally;
	atomic_bool *is_leaving;
	int64_t end_ms;
	uint64_t random;
};

/**
 * struct actor - who does one thing over and over
 * @name: one word
 * @begin: prepares; optional
 * @step: does it once. Returns 0 if it is done, -ENODEV where the device is gone, any other
 *        negative errno where it was refused
 * @end: sees that nothing is left open; optional, called also when the device is gone
 */
struct actor {
	const char *name;
	int (*begin)(struct stage *stage);
	int (*step)(struct stage *stage);
	void (*end)(struct stage *stage);
};

int stage_open(struct stage *stage, const char *driver);
int stage_show(struct stage *stage, const struct kms_buffer *picture);
void stage_fault(struct stage *stage, const char *why, ...)
	__attribute__((format(printf, 2, 3)));

int64_t stage_now_ms(void);
void stage_pause(unsigned int ms);
uint32_t stage_random(struct stage *stage, uint32_t limit);
struct kms_card *stage_any_pipe(struct stage *stage);
drmModeModeInfo stage_mode(int hertz);

int stage_commit(struct stage *stage, drmModeAtomicReq *req, uint32_t flags, uint64_t cookie);
int stage_write(const char *path, const char *text);

#endif
