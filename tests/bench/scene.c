// SPDX-License-Identifier: GPL-2.0
/* The table of the benchmark's scenes. */
#include "scene.h"

#include <drm_fourcc.h>
#include <stddef.h>
#include <string.h>

/* CTA-861, VIC 4, 16 and 97. */
static const drmModeModeInfo mode_720p = {
	.clock = 74250,
	.hdisplay = 1280, .hsync_start = 1390, .hsync_end = 1430, .htotal = 1650,
	.vdisplay = 720, .vsync_start = 725, .vsync_end = 730, .vtotal = 750,
	.name = "1280x720",
};

static const drmModeModeInfo mode_1080p = {
	.clock = 148500,
	.hdisplay = 1920, .hsync_start = 2008, .hsync_end = 2052, .htotal = 2200,
	.vdisplay = 1080, .vsync_start = 1084, .vsync_end = 1089, .vtotal = 1125,
	.name = "1920x1080",
};

static const drmModeModeInfo mode_2160p = {
	.clock = 594000,
	.hdisplay = 3840, .hsync_start = 4016, .hsync_end = 4104, .htotal = 4400,
	.vdisplay = 2160, .vsync_start = 2168, .vsync_end = 2178, .vtotal = 2250,
	.name = "3840x2160",
};

/* 60 Hz too. The cost of such a small frame is the fixed cost of a frame. */
static const drmModeModeInfo mode_tiny = {
	.clock = 600,
	.hdisplay = 64, .hsync_start = 74, .hsync_end = 84, .htotal = 100,
	.vdisplay = 64, .vsync_start = 74, .vsync_end = 84, .vtotal = 100,
	.name = "64x64",
};

#define PRIMARY(fourcc) \
	{ .type = DRM_PLANE_TYPE_PRIMARY, .format = DRM_FORMAT_ ## fourcc }
#define OVERLAY(fourcc) \
	{ .type = DRM_PLANE_TYPE_OVERLAY, .format = DRM_FORMAT_ ## fourcc }
#define CURSOR \
	{ .type = DRM_PLANE_TYPE_CURSOR, .format = DRM_FORMAT_ARGB8888 }
#define ROTATED(fourcc) \
	{ .type = DRM_PLANE_TYPE_PRIMARY, .format = DRM_FORMAT_ ## fourcc, .rotated = true }

/* The benchmark's tool describes each scene under the same name. */
static const struct scene scenes[] = {
	{ "xr24", &mode_1080p, .layers = { PRIMARY(XRGB8888) } },
	{ "xr24-ar24", &mode_1080p, .layers = { PRIMARY(XRGB8888), OVERLAY(ARGB8888) } },
	{ "rg16", &mode_1080p, .layers = { PRIMARY(RGB565) } },
	{ "xr24-cursor", &mode_1080p, .layers = { PRIMARY(XRGB8888), CURSOR } },
	{ "nv12", &mode_1080p, .layers = { PRIMARY(NV12) } },
	{ "xr24-rotated", &mode_1080p, .layers = { ROTATED(XRGB8888) } },
	{ "xr24-gamma", &mode_1080p, .gamma = true, .layers = { PRIMARY(XRGB8888) } },
	{ "xr24-overlay", &mode_1080p, .layers = { OVERLAY(XRGB8888) } },
	{ "xr24-hidden", &mode_1080p, .layers = { PRIMARY(XRGB8888), OVERLAY(XRGB8888) } },
	{ "xr24-ar24x3", &mode_1080p, .layers = { PRIMARY(XRGB8888), OVERLAY(ARGB8888),
						  OVERLAY(ARGB8888), OVERLAY(ARGB8888) } },
	{ "xr24-ar24x7", &mode_1080p, .layers = { PRIMARY(XRGB8888), OVERLAY(ARGB8888),
						  OVERLAY(ARGB8888), OVERLAY(ARGB8888),
						  OVERLAY(ARGB8888), OVERLAY(ARGB8888),
						  OVERLAY(ARGB8888), OVERLAY(ARGB8888) } },
	{ "xr24-tiny", &mode_tiny, .layers = { PRIMARY(XRGB8888) } },
	{ "xr24-720p", &mode_720p, .layers = { PRIMARY(XRGB8888) } },
	{ "xr24-2160p", &mode_2160p, .layers = { PRIMARY(XRGB8888) } },
};

/**
 * scene_find - find a scene
 * @name: its name
 *
 * Returns: the scene, or NULL.
 */
const struct scene *scene_find(const char *name)
{
	for (size_t i = 0; i < sizeof(scenes) / sizeof(*scenes); i++)
		if (!strcmp(scenes[i].name, name))
			return &scenes[i];

	return NULL;
}
