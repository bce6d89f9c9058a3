/* SPDX-License-Identifier: GPL-2.0 */
#ifndef BENCH_SCENE_H
#define BENCH_SCENE_H

#include <stdbool.h>
#include <stdint.h>
#include <xf86drmMode.h>

#define SCENE_MAX_LAYERS	8
#define CURSOR_SIZE		64

/**
 * struct layer - one plane of a scene
 * @type: DRM_PLANE_TYPE_PRIMARY, _OVERLAY or _CURSOR
 * @format: fourcc of its framebuffer
 * @rotated: by 90 degrees
 *
 * A layer covers the whole screen; a cursor is CURSOR_SIZE square.
 */
struct layer {
	uint64_t type;
	uint32_t format;
	bool rotated;
};

/**
 * struct scene - planes on a screen, to measure the cost per frame
 * @name: its name in orders
 * @mode: the mode of the CRTC
 * @gamma: whether the CRTC has a gamma table
 * @layers: its planes, the lowest first, up to an entry that is all zero
 */
struct scene {
	const char *name;
	const drmModeModeInfo *mode;
	bool gamma;
	struct layer layers[SCENE_MAX_LAYERS];
};

const struct scene *scene_find(const char *name);

#endif
