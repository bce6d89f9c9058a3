/* SPDX-License-Identifier: GPL-2.0 */
#ifndef BENCH_SHOW_H
#define BENCH_SHOW_H

#include <stdint.h>

#include "crc.h"
#include "kms.h"
#include "scene.h"

/**
 * struct show - a scene and the device it is shown on
 * @scene: the scene
 * @card: the device
 * @planes: a plane for each layer
 * @buffers: the buffer of each layer
 * @crc_fd: file that the CRCs come from
 * @last: the last frame that was read
 * @step: the current step, for a message
 */
struct show {
	const struct scene *scene;
	struct kms_card card;
	uint32_t planes[SCENE_MAX_LAYERS];
	struct kms_buffer buffers[SCENE_MAX_LAYERS];
	int crc_fd;
	struct crc_frame last;
	const char *step;
};

int show_begin(struct show *show, const char *driver, const struct scene *scene);
int show_frames(struct show *show, int count);
int show_end(struct show *show);

#endif
