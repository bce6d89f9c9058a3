/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_HASH_H
#define RVKMS_CORE_HASH_H

#include <linux/types.h>

#include "format.h"

#define RVKMS_HASH_LANES 4

/**
 * struct rvkms_hash - a picture's hash in the making
 * @coarse: lanes over the upper eight bits of each channel
 * @fine: lanes over what 8-bit content does not have: the difference of the lower eight bits
 * @lines: how many lines were added
 *
 * Begun by rvkms_hash_init().
 */
struct rvkms_hash {
	u64 coarse[RVKMS_HASH_LANES];
	u64 fine[RVKMS_HASH_LANES];
	u64 lines;
};

struct rvkms_hash rvkms_hash_init(u32 width, u32 height);
void rvkms_hash_add_line(struct rvkms_hash *hash, const struct rvkms_pixel *line, u32 count);
u32 rvkms_hash_value(const struct rvkms_hash *hash);

#endif /* RVKMS_CORE_HASH_H */
