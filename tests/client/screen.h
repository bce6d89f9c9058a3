/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A CRTC that shows pictures of one colour below a translucent overlay that covers all of it. The
 * CRC of each picture is learned while nothing changes. Later the CRC of a frame identifies the
 * picture that it shows.
 */
#ifndef CLIENT_SCREEN_H
#define CLIENT_SCREEN_H

#include <stdbool.h>
#include <stdint.h>

#include "crc.h"
#include "kms.h"
#include "solid.h"
#include "timeline.h"

#define SCREEN_CANVASES		2

/* A longer wait has failed. The limit allows for loaded machines. */
#define SCREEN_PATIENCE_MS	10000

/* The value of @pending if no event is outstanding. */
#define SCREEN_IDLE		(-1)

/**
 * enum screen_verdict - the relation of a frame to the picture that it must show
 * @SCREEN_GOOD: it shows that picture
 * @SCREEN_STALE: it shows another one of the pictures
 * @SCREEN_TORN: it shows none of the pictures
 */
enum screen_verdict {
	SCREEN_GOOD,
	SCREEN_STALE,
	SCREEN_TORN,
};

/**
 * struct screen - a CRTC and the buffers it shows
 * @card: the device and the CRTC
 * @pictures: a buffer of each colour, which never changes
 * @canvases: buffers that are shown in turn; the client draws on the one that is not shown
 * @overlay: the buffer of the overlay
 * @crcs: the CRC of each picture
 * @crc_fd: file that CRCs come from, or -1
 * @timeline: the picture that each frame must show
 * @pending: the picture of the commit that waits for its event, or SCREEN_IDLE
 */
struct screen {
	struct kms_card card;
	struct kms_buffer pictures[SOLID_COLOURS];
	struct kms_buffer canvases[SCREEN_CANVASES];
	struct kms_buffer overlay;
	uint32_t crcs[SOLID_COLOURS];
	int crc_fd;
	struct timeline timeline;
	int pending;
};

int screen_create(struct screen *screen, const struct kms_card *card);
void screen_destroy(struct screen *screen);
int screen_show(struct screen *screen);
int screen_hide(struct screen *screen);
int screen_learn(struct screen *screen);

int screen_flip(struct screen *screen, const struct kms_buffer *buffer, int picture,
		uint32_t flags);
int screen_flip_and_capture(struct screen *screen, const struct kms_buffer *buffer, int picture,
			    uint32_t flags, const struct kms_buffer *capture, int32_t *fence);
int screen_handle_events(int fd, int timeout_ms);
int screen_wait(struct screen *screen);
int screen_count_vblanks(const struct screen *screen, uint32_t *count);

int screen_start_crcs(struct screen *screen);
void screen_stop_crcs(struct screen *screen);
enum screen_verdict screen_judge(const struct screen *screen, int picture, uint32_t crc);

#endif
