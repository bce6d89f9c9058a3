/* SPDX-License-Identifier: GPL-2.0 */
#ifndef DEMO_DEMO_H
#define DEMO_DEMO_H

#include <stdbool.h>
#include <stdint.h>

#include "kms.h"
#include "paint.h"

/**
 * struct demo - the scene, its device and its buffers
 * @card: the device
 * @out: directory for the pictures
 * @primary: two buffers to flip between; the first is the scene's
 * @overlay: the translucent panel
 * @cursor: the arrow
 * @capture: the destination of writeback
 * @small: a buffer that is too small for writeback
 * @overlay_x: column at which the panel begins
 * @overlay_y: row at which it begins
 * @crc: CRC of the first picture
 */
struct demo {
	struct kms_card card;
	const char *out;
	struct kms_buffer primary[2];
	struct kms_buffer overlay;
	struct kms_buffer cursor;
	struct kms_buffer capture;
	struct kms_buffer small;
	int overlay_x;
	int overlay_y;
	uint32_t crc;
};

bool demo_flip(struct demo *demo);
bool demo_capture(struct demo *demo, const char *name);
bool demo_refuse(struct demo *demo);
bool demo_panic(struct demo *demo);

#endif
