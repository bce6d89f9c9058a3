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
 * @format: fourcc of what it shows
 * @rotated: by 90 degrees
 *
 * It covers the whole screen; a cursor is CURSOR_SIZE square.
 */
struct layer {
	uint64_t type;
	uint32_t format;
	bool rotated;
};

/**
 * struct scene - something to show, whose cost is to be known
 * @name: what it is ordered by
 * @mode: of the screen
 * @gamma: whether the CRTC has a gamma table
 * @layers: its planes, the lowest first; what is all zero ends them
 */
struct scene {
	const char *name;
	const drmModeModeInfo *mode;
	bool gamma;
	struct layer layers[SCENE_MAX_LAYERS];
};

const struct scene *scene_find(const char *name);

#endif
