// SPDX-License-Identifier: GPL-2.0
/* Pictures in memory, and PNG files of them. */
#include "picture.h"

#include <errno.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>

/**
 * picture_create - allocate a transparent picture
 * @pic: the picture to fill in; picture_destroy() frees it
 * @width: in pixels
 * @height: in pixels
 *
 * Returns: 0, or -ENOMEM.
 */
int picture_create(struct picture *pic, int width, int height)
{
	pic->width = width;
	pic->height = height;
	pic->stride = width;
	pic->pixels = calloc((size_t)width * height, sizeof(*pic->pixels));

	return pic->pixels ? 0 : -ENOMEM;
}

/**
 * picture_destroy - free a picture of picture_create()
 * @pic: the picture; one that was never created must be all zero
 */
void picture_destroy(struct picture *pic)
{
	free(pic->pixels);
	memset(pic, 0, sizeof(*pic));
}

/**
 * picture_copy - copy the pixels of a picture
 * @dst: the destination, of the same size; its stride may differ
 * @src: the source
 */
void picture_copy(struct picture *dst, const struct picture *src)
{
	for (int y = 0; y < src->height; y++)
		memcpy(picture_at(dst, 0, y), picture_at(src, 0, y),
		       src->width * sizeof(*src->pixels));
}

static void copy_rgb(png_bytep rgb, const struct picture *pic)
{
	for (int y = 0; y < pic->height; y++) {
		for (int x = 0; x < pic->width; x++) {
			uint32_t pixel = *picture_at(pic, x, y);

			*rgb++ = pixel >> 16;
			*rgb++ = pixel >> 8;
			*rgb++ = pixel;
		}
	}
}

/**
 * picture_save_png - write a picture to a file, without its alpha
 * @pic: the picture
 * @path: the file
 *
 * Returns: 0, or a negative errno.
 */
int picture_save_png(const struct picture *pic, const char *path)
{
	png_image image = {
		.version = PNG_IMAGE_VERSION,
		.width = pic->width,
		.height = pic->height,
		.format = PNG_FORMAT_RGB,
	};
	png_bytep rgb = malloc(PNG_IMAGE_SIZE(image));
	int ok;

	if (!rgb)
		return -ENOMEM;

	copy_rgb(rgb, pic);
	ok = png_image_write_to_file(&image, path, 0, rgb, 0, NULL);
	free(rgb);

	return ok ? 0 : -EIO;
}
