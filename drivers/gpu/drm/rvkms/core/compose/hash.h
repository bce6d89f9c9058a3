/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_COMPOSE_HASH_H
#define RVKMS_CORE_COMPOSE_HASH_H

#include <linux/types.h>

#include "../pixel/format.h"

#define RVKMS_HASH_LANES 8

/* Pixels a block; a line is made of blocks, of which the last may be shorter. */
#define RVKMS_HASH_BLOCK 32

/**
 * struct rvkms_hash - a picture's hash in the making
 * @lanes: the words so far
 * @lines: how many lines were added
 * @depth: bits a channel that colours are rounded to, 1 to 16
 *
 * Begun by rvkms_hash_init().
 */
struct rvkms_hash {
	u64 lanes[RVKMS_HASH_LANES];
	u64 lines;
	u64 depth;
};

struct rvkms_hash rvkms_hash_init(u32 width, u32 height);
void rvkms_hash_set_depth(struct rvkms_hash *hash, u32 bits);
void rvkms_hash_add_pixels(struct rvkms_hash *hash, const struct rvkms_pixel *pixels, u32 count);
void rvkms_hash_add_bytes(struct rvkms_hash *hash, const u8 *bytes, u32 count);
void rvkms_hash_end_line(struct rvkms_hash *hash);
void rvkms_hash_add_line(struct rvkms_hash *hash, const struct rvkms_pixel *line, u32 count);
u32 rvkms_hash_value(const struct rvkms_hash *hash);

#endif /* RVKMS_CORE_COMPOSE_HASH_H */
