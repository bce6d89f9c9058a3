/* SPDX-License-Identifier: GPL-2.0 */
#ifndef CLIENT_PICTURE_H
#define CLIENT_PICTURE_H

#include <stdint.h>

/**
 * struct picture - pixels in memory
 * @width: in pixels
 * @height: in pixels
 * @stride: pixels from one row to the next
 * @pixels: 0xAARRGGBB, premultiplied if the format has alpha
 */
struct picture {
	int width;
	int height;
	int stride;
	uint32_t *pixels;
};

int picture_create(struct picture *pic, int width, int height);
void picture_destroy(struct picture *pic);
void picture_copy(struct picture *dst, const struct picture *src);
int picture_save_png(const struct picture *pic, const char *path);

/**
 * picture_at - find a pixel
 * @pic: the picture
 * @x: column, within the picture
 * @y: row, within the picture
 *
 * Returns: the pixel's address.
 */
static inline uint32_t *picture_at(const struct picture *pic, int x, int y)
{
	return pic->pixels + (long)y * pic->stride + x;
}

#endif
