/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_COMPOSE_HASH_H
#define RVKMS_CORE_COMPOSE_HASH_H

#include <linux/types.h>

#include "../pixel/format.h"

#define RVKMS_HASH_LANES 8

/* Pixels per block; the last block of a line may be shorter. */
#define RVKMS_HASH_BLOCK 32

/**
 * struct rvkms_hash - the state of the hash of a frame
 * @lanes: the state of each lane
 * @lines: number of lines that were added
 * @depth: bits per channel to which colours are rounded, 1 to 16
 *
 * rvkms_hash_init() returns the initial state.
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
