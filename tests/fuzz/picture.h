/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_TESTS_FUZZ_PICTURE_H
#define RVKMS_TESTS_FUZZ_PICTURE_H

#include <linux/types.h>

#include "../core/pixel/image.h"
#include "../core/plane/geometry.h"
#include "input.h"

/* What a frame may be wide and high here, and images a little more. */
#define MAX_WIDTH 80
#define MAX_HEIGHT 12

/**
 * struct picture - an image in memory that is as small as DRM lets a framebuffer be
 * @image: the image
 * @memory: its planes, each in a block of its own, so that the sanitizer sees what is read beyond
 * @palette: the colours of its indices, if it has some
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
