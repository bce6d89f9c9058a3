/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_TESTS_FUZZ_PICTURE_H
#define RVKMS_TESTS_FUZZ_PICTURE_H

#include <linux/types.h>

#include "../core/pixel/image.h"
#include "../core/plane/geometry.h"
#include "input.h"

/* The largest width and height of a frame and of an image. */
#define MAX_WIDTH 80
#define MAX_HEIGHT 12

/**
 * struct picture - an image in memory of the smallest size that DRM allows for its framebuffer
 * @image: the image
 * @memory: its planes, one block per plane, so that the sanitizer detects reads past the end
 * @palette: the palette of its indices, or NULL
 */
struct picture {
	struct rvkms_image image;
	u8 *memory[RVKMS_MAX_PLANES];
	struct rvkms_pixel *palette;
};

u32 take_fourcc(struct input *in);
struct picture picture_make(struct input *in, u32 fourcc, u32 width, u32 height);
struct rvkms_target picture_target(const struct picture *picture);
void picture_free(struct picture *picture);
struct rvkms_placement take_placement(struct input *in, u32 width, u32 height);

#endif /* RVKMS_TESTS_FUZZ_PICTURE_H */
