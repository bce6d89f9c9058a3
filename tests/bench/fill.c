// SPDX-License-Identifier: GPL-2.0
/* Fills framebuffers with noise. */
#include "fill.h"

/**
 * fill_with_noise - fill memory with pseudo-random numbers, the same each time
 * @words: the memory
 * @count: its number of words
 *
 * Noise is the most expensive content: it defeats caches of tables, branch prediction and the reuse
 * of spans. Content of a real client costs no more.
 */
void fill_with_noise(uint32_t *words, size_t count)
{
	uint32_t state = 1;

	for (size_t i = 0; i < count; i++) {
		/* Marsaglia's xorshift32. */
		state ^= state << 13;
		state ^= state >> 17;
		state ^= state << 5;
		words[i] = state;
	}
}

static uint32_t premultiplied(uint32_t pixel)
{
	const uint32_t alpha = pixel >> 24;
	uint32_t result = alpha << 24;

	for (int shift = 0; shift < 24; shift += 8)
		result |= (pixel >> shift & 0xff) * alpha / 255 << shift;

	return result;
}

/**
 * fill_premultiply - multiply each colour by its alpha
 * @pixels: 0xAARRGGBB
 * @count: number of pixels
 */
void fill_premultiply(uint32_t *pixels, size_t count)
{
	for (size_t i = 0; i < count; i++)
		pixels[i] = premultiplied(pixels[i]);
}
