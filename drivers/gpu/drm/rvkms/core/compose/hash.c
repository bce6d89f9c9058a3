// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Hashes a frame; the hash is reported as its CRC. It is computed from a canonical form of the
 * colours: equal frames have equal hashes, independent of formats and of the path of composition.
 *
 * A line is divided into blocks. A block is coarse if all channels are 8-bit content (c = 257 *
 * byte). A word of a coarse block has two pixels, one byte per channel and one byte of 0 per pixel.
 * Other blocks are fine. A word of a fine block has one pixel, as in pixel/packed.h, with an upper
 * bit that no coarse word has. The type of a block depends only on its colours. 8-bit content is
 * hashed from the memory of an XRGB8888 framebuffer; only the padding is masked out. A translucent
 * cursor makes a few blocks more expensive, not whole lines.
 *
 * Word i of a block goes to lane i % 8. Eight lanes hide the latency of a multiplication. The round
 * is the round of XXH64 (Yann Collet) without its first multiplication, a cost per word. It is not
 * needed: the lane is close to random, and the rotation moves the bits of a word to where the
 * remaining multiplication spreads them. The final mix is the one of XXH64.
 *
 * Rejected: a CRC, which without an instruction costs ten times the composition of an opaque frame;
 * sums and polynomials modulo 2^64, in which the upper bits of a word have little effect, so that a
 * frame that is moved by a power of two pixels may keep its hash. Alpha is not hashed: scan-out is
 * opaque.
 *
 * Colours are first rounded to the bits per channel of the link. With 8 bits, all blocks are coarse
 * and bytes are unchanged. Depths other than 8 and 16 take the slow per-pixel path.
 */

#include <linux/minmax.h>
#include <linux/types.h>
#include <linux/unaligned.h>

#include "../pixel/packed.h"
#include "../pixel/pixel.h"
#include "../pixel/unorm.h"
#include "hash.h"

#define PRIME_1 0x9E3779B185EBCA87ull
#define PRIME_2 0xC2B2AE3D27D4EB4Full
#define PRIME_3 0x165667B19E3779F9ull
#define PRIME_4 0x85EBCA77C2B2AE63ull

#define LANES RVKMS_HASH_LANES
#define BLOCK RVKMS_HASH_BLOCK

#define COARSE_MASK 0x00ffffff00ffffffull

static u64 rotate(u64 x, unsigned int bits)
{
	return x << bits | x >> (64 - bits);
}

static u64 mix(u64 lane, u64 word)
{
	return rotate(lane ^ word, 31) * PRIME_1;
}

static bool block_is_coarse(const struct rvkms_pixel *pixels, u32 count)
{
	for (u32 i = 0; i < count; i++) {
		const u64 channels = rvkms_pixel_channels(pixels[i]);

		if ((channels ^ channels >> 8) & 0x000000ff00ff00ffull)
			return false;
	}

	return true;
}

static void add_fine_block(struct rvkms_hash *hash, const struct rvkms_pixel *pixels, u32 count)
{
	for (u32 i = 0; i < count; i++) {
		const u64 word = rvkms_packed(pixels[i].b, pixels[i].g, pixels[i].r);

		hash->lanes[i % LANES] = mix(hash->lanes[i % LANES], word);
	}
}

/*
 * The lanes are local variables, which cannot alias @bytes and stay in registers. A whole block is
 * a whole number of rounds of the lanes, so that the block boundaries are not needed.
 */
static void add_coarse_bytes(struct rvkms_hash *hash, const u8 *bytes, u32 count)
{
	u64 a = hash->lanes[0], b = hash->lanes[1], c = hash->lanes[2], d = hash->lanes[3];
	u64 e = hash->lanes[4], f = hash->lanes[5], g = hash->lanes[6], h = hash->lanes[7];
	u32 lane = 0;

	for (; count >= 2 * LANES; count -= 2 * LANES, bytes += 8 * LANES) {
		a = mix(a, get_unaligned_le64(bytes) & COARSE_MASK);
		b = mix(b, get_unaligned_le64(bytes + 8) & COARSE_MASK);
		c = mix(c, get_unaligned_le64(bytes + 16) & COARSE_MASK);
		d = mix(d, get_unaligned_le64(bytes + 24) & COARSE_MASK);
		e = mix(e, get_unaligned_le64(bytes + 32) & COARSE_MASK);
		f = mix(f, get_unaligned_le64(bytes + 40) & COARSE_MASK);
		g = mix(g, get_unaligned_le64(bytes + 48) & COARSE_MASK);
		h = mix(h, get_unaligned_le64(bytes + 56) & COARSE_MASK);
	}

	hash->lanes[0] = a;
	hash->lanes[1] = b;
	hash->lanes[2] = c;
	hash->lanes[3] = d;
	hash->lanes[4] = e;
	hash->lanes[5] = f;
	hash->lanes[6] = g;
	hash->lanes[7] = h;

	for (; count >= 2; count -= 2, bytes += 8, lane++)
		hash->lanes[lane] = mix(hash->lanes[lane],
					get_unaligned_le64(bytes) & COARSE_MASK);

	if (count)
		hash->lanes[lane] = mix(hash->lanes[lane],
					get_unaligned_le32(bytes) & COARSE_MASK);
}

static void add_block_8(struct rvkms_hash *hash, const struct rvkms_pixel *pixels, u32 count)
{
	u8 bytes[4 * BLOCK];

	for (u32 i = 0; i < count; i++)
		put_unaligned_le32(rvkms_pixel_bytes(pixels[i]), bytes + 4 * i);

	add_coarse_bytes(hash, bytes, count);
}

static void add_block_16(struct rvkms_hash *hash, const struct rvkms_pixel *pixels, u32 count)
{
	if (block_is_coarse(pixels, count))
		add_block_8(hash, pixels, count);
	else
		add_fine_block(hash, pixels, count);
}

static void add_block_rounded(struct rvkms_hash *hash, const struct rvkms_pixel *pixels, u32 count)
{
	const u64 narrower = rvkms_unorm_narrower(hash->depth);
	const u64 widener = rvkms_unorm_widener(hash->depth);
	struct rvkms_pixel block[BLOCK];

	for (u32 i = 0; i < count; i++)
		block[i] = (struct rvkms_pixel){
			.b = rvkms_unorm_scale(rvkms_unorm_scale(pixels[i].b, narrower), widener),
			.g = rvkms_unorm_scale(rvkms_unorm_scale(pixels[i].g, narrower), widener),
			.r = rvkms_unorm_scale(rvkms_unorm_scale(pixels[i].r, narrower), widener),
		};

	add_block_16(hash, block, count);
}

/**
 * rvkms_hash_init - start to hash a frame
 * @width: pixels per line
 * @height: number of lines
 *
 * Returns:
 * The hash of no lines, which depends on the size.
 */
struct rvkms_hash rvkms_hash_init(u32 width, u32 height)
{
	const u64 seed = (u64)height << 32 | width;

	return (struct rvkms_hash){
		.lanes = {
			seed, seed + PRIME_1, seed + PRIME_2, seed + PRIME_3,
			seed - PRIME_1, seed - PRIME_2, seed - PRIME_3, seed + PRIME_4,
		},
		.depth = 16,
	};
}

/**
 * rvkms_hash_set_depth - round all colours before they are hashed
 * @hash: the hash of no lines
 * @bits: bits per channel, clamped to 1 to 16; 16 rounds nothing
 *
 * Each channel c is rounded to d = round(c (2^bits - 1) / 65535), and hashed as the 16-bit unorm
 * round(65535 d / (2^bits - 1)).
 */
void rvkms_hash_set_depth(struct rvkms_hash *hash, u32 bits)
{
	hash->depth = clamp(bits, 1u, 16u);
}

/**
 * rvkms_hash_add_pixels - add the next pixels of a line
 * @hash: the hash of all pixels before them
 * @pixels: the pixels; the first one starts a block
 * @count: number of pixels; a multiple of RVKMS_HASH_BLOCK, except at the end of a line
 */
void rvkms_hash_add_pixels(struct rvkms_hash *hash, const struct rvkms_pixel *pixels, u32 count)
{
	u32 length;

	for (; count; count -= length, pixels += length) {
		length = min_t(u32, count, BLOCK);
		if (hash->depth == 8)
			add_block_8(hash, pixels, length);
		else if (hash->depth == 16)
			add_block_16(hash, pixels, length);
		else
			add_block_rounded(hash, pixels, length);
	}
}

static void add_wide_bytes(struct rvkms_hash *hash, const u8 *bytes, u32 count)
{
	struct rvkms_pixel block[BLOCK];
	u32 length;

	for (; count; count -= length, bytes += 4 * length) {
		length = min_t(u32, count, BLOCK);
		for (u32 i = 0; i < length; i++)
			block[i] = (struct rvkms_pixel){
				.b = 257 * bytes[4 * i],
				.g = 257 * bytes[4 * i + 1],
				.r = 257 * bytes[4 * i + 2],
			};
		add_block_rounded(hash, block, length);
	}
}

/**
 * rvkms_hash_add_bytes - add the next pixels of a line, with 8 bits per channel
 * @hash: the hash of all pixels before them
 * @bytes: four bytes per pixel: blue, green, red, padding. The first pixel starts a block
 * @count: number of pixels; a multiple of RVKMS_HASH_BLOCK, except at the end of a line
 *
 * Equals rvkms_hash_add_pixels() with each byte times 257.
 */
void rvkms_hash_add_bytes(struct rvkms_hash *hash, const u8 *bytes, u32 count)
{
	if (hash->depth == 8 || hash->depth == 16)
		add_coarse_bytes(hash, bytes, count);
	else
		add_wide_bytes(hash, bytes, count);
}

/**
 * rvkms_hash_end_line - complete a line
 * @hash: the hash of all pixels of the line
 */
void rvkms_hash_end_line(struct rvkms_hash *hash)
{
	hash->lines++;
}

/**
 * rvkms_hash_add_line - add the next line of a frame
 * @hash: the hash of all lines above
 * @line: the line's pixels
 * @count: number of pixels
 */
void rvkms_hash_add_line(struct rvkms_hash *hash, const struct rvkms_pixel *line, u32 count)
{
	rvkms_hash_add_pixels(hash, line, count);
	rvkms_hash_end_line(hash);
}

/**
 * rvkms_hash_value - return the value of the hash of a frame
 * @hash: the hash of all lines
 *
 * Returns:
 * The upper 32 bits of the mix of all lanes.
 */
u32 rvkms_hash_value(const struct rvkms_hash *hash)
{
	u64 value = hash->lines;

	for (u32 lane = 0; lane < LANES; lane++)
		value = (value ^ mix(0, hash->lanes[lane])) * PRIME_1 + PRIME_4;

	value ^= value >> 33;
	value *= PRIME_2;
	value ^= value >> 29;
	value *= PRIME_3;

	return value >> 32;
}
