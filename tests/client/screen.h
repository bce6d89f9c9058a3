/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A CRTC that shows pictures of one colour below a translucent overlay that covers all of it. The
 * CRC of each picture is learned while nothing changes; after that a CRC tells whether a frame
 * shows the picture that it has to show.
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

/* A wait that lasts so long has failed. A loaded machine may be slow, therefore it is long. */
#define SCREEN_PATIENCE_MS	10000

/* No commit waits for its event. */
#define SCREEN_IDLE		(-1)

/**
 * enum screen_verdict - how a frame's picture relates to the one it has to show
 * @SCREEN_GOOD: it is that picture
 * @SCREEN_STALE: it is another one of the pictures
 * @SCREEN_TORN: it is none of the pictures
 */
enum screen_verdict {
	SCREEN_GOOD,
	SCREEN_STALE,
	SCREEN_TORN,
};

/**
 * struct screen - a CRTC and the buffers it shows
 * @card: the device and the CRTC
 * @pictures: a buffer of each colour, which nobody draws on
 * @canvases: buffers that are shown in turn; the one that is not shown is drawn on
 * @overlay: the buffer of the overlay
 * @crcs: the CRC of each picture
 * @crc_fd: where CRCs come from, or -1
 * @timeline: which picture each frame has to show
 * @pending: the picture of the commit whose event has not come, or SCREEN_IDLE
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
