// SPDX-License-Identifier: GPL-2.0
/*
 * The hash of a picture, reported as its CRC. It is taken over a canonical form of the colours,
 * so that the same picture has the same value whatever formats and paths it was composed from.
 *
 * A 16-bit channel c is split into its upper byte, and the difference (exclusive or) of its two
 * bytes, which is 0 for all of 8-bit content (c = 257 * byte). The upper bytes of a pixel make
 * up a 24-bit number with red on top, two pixels a 64-bit word; so do the differences. The words
 * of the upper bytes go to the coarse lanes. A line whose differences are all 0 leaves the fine
 * lanes alone; any other adds its number, then its words. An 8-bit picture is thus hashed by
 * masking out its padding bytes and nothing else, which is as fast as reading it.
 *
 * Words go round the lanes, beginning anew with each line. The round is that of XXH64 (Yann
 * Collet), and so is the final mix. A CRC was rejected: without an instruction for it, it costs
 * ten times the composition of an opaque picture; so were sums and polynomials modulo 2^64, in
 * which the upper bits of a word hardly matter, so that a picture moved by a power of two pixels
 * may keep its value. Opacity is not hashed: what is scanned out is opaque.
 */

#include <linux/types.h>

#include "hash.h"

#define PRIME_1 0x9E3779B185EBCA87ull
#define PRIME_2 0xC2B2AE3D27D4EB4Full
#define PRIME_3 0x165667B19E3779F9ull
#define PRIME_4 0x85EBCA77C2B2AE63ull

static u64 rotate(u64 x, unsigned int bits)
{
	return x << bits | x >> (64 - bits);
}

static u64 mix(u64 lane, u64 word)
{
	return rotate(lane + word * PRIME_2, 31) * PRIME_1;
}

static u32 coarse_bits(struct rvkms_pixel p)
{
	return (u32)(p.r >> 8) << 16 | (u32)(p.g >> 8) << 8 | p.b >> 8;
}

static u8 fold(u16 c)
{
	return (c >> 8 ^ c) & 0xff;
}

static u32 fine_bits(struct rvkms_pixel p)
{
	return (u32)fold(p.r) << 16 | (u32)fold(p.g) << 8 | fold(p.b);
}

static bool line_is_coarse(const struct rvkms_pixel *line, u32 count)
{
	u32 bits = 0;

	for (u32 i = 0; i < count; i++)
		bits |= fine_bits(line[i]);

	return !bits;
}

/**
 * rvkms_hash_init - begin to hash a picture
 * @width: pixels a line
 * @height: lines
 *
 * Returns:
 * The hash of no lines, which depends on the picture's size.
 */
struct rvkms_hash rvkms_hash_init(u32 width, u32 height)
{
	const u64 seed = (u64)height << 32 | width;

	return (struct rvkms_hash){
		.coarse = { seed, seed + PRIME_1, seed + PRIME_2, seed - PRIME_1 },
	};
}

/**
 * rvkms_hash_add_line - add the next line of a picture
 * @hash: the hash of all the lines above
 * @line: the line's pixels
 * @count: how many
 */
void rvkms_hash_add_line(struct rvkms_hash *hash, const struct rvkms_pixel *line, u32 count)
{
	const bool coarse_only = line_is_coarse(line, count);
	const u32 words = count / 2 + count % 2;

	hash->lines++;
	if (!coarse_only)
		hash->fine[0] = mix(hash->fine[0], hash->lines);

	for (u32 i = 0; i < words; i++) {
		const struct rvkms_pixel *left = &line[2 * (size_t)i];
		const bool is_pair = i < count / 2;
		const u32 lane = i % RVKMS_HASH_LANES;
		u64 word = coarse_bits(left[0]);

		if (is_pair)
			word |= (u64)coarse_bits(left[1]) << 32;
		hash->coarse[lane] = mix(hash->coarse[lane], word);

		if (coarse_only)
			continue;

		word = fine_bits(left[0]);
		if (is_pair)
			word |= (u64)fine_bits(left[1]) << 32;
		hash->fine[lane] = mix(hash->fine[lane], word);
	}
}

/**
 * rvkms_hash_value - the value of a picture's hash
 * @hash: the hash of all its lines
 *
 * Returns:
 * The upper 32 bits of the mix of all lanes.
 */
u32 rvkms_hash_value(const struct rvkms_hash *hash)
{
	u64 value = hash->lines;

	for (u32 lane = 0; lane < RVKMS_HASH_LANES; lane++) {
		value = (value ^ mix(0, hash->coarse[lane])) * PRIME_1 + PRIME_4;
		value = (value ^ mix(0, hash->fine[lane])) * PRIME_1 + PRIME_4;
	}

	value ^= value >> 33;
	value *= PRIME_2;
	value ^= value >> 29;
	value *= PRIME_3;

	return value >> 32;
}
