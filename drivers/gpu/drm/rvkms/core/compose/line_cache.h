/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_COMPOSE_LINE_CACHE_H
#define RVKMS_CORE_COMPOSE_LINE_CACHE_H

#include <linux/types.h>

#include "../pixel/format.h"
#include "layer.h"

/* How many lines of a turned layer are read at once. */
#define RVKMS_LINE_CACHE_LINES RVKMS_FORMAT_COLUMNS

/* The memory a cache needs for each column of the frame. */
#define RVKMS_LINE_CACHE_COLUMN_BYTES (4 * RVKMS_LINE_CACHE_LINES)

/**
 * struct rvkms_line_cache - some lines of a layer, read together
 * @bytes: room for RVKMS_LINE_CACHE_COLUMN_BYTES for each column of the frame
 * @layer: whose lines they are, NULL in the beginning
 * @y: the first line
 * @num_lines: how many, up to RVKMS_LINE_CACHE_LINES
 *
 * Used for one frame: what it holds is as old as the frame.
 */
struct rvkms_line_cache {
	u8 *bytes;
	const struct rvkms_layer *layer;
	u32 y;
	u32 num_lines;
};

const u8 *rvkms_line_cache_bytes(struct rvkms_line_cache *cache, const struct rvkms_layer *layer,
				 u32 width, u32 y, const struct rvkms_part *part);
const u8 *rvkms_line_cache_rounded(struct rvkms_line_cache *cache, const struct rvkms_layer *layer,
				   u32 width, u32 y, const struct rvkms_part *part);

#endif /* RVKMS_CORE_COMPOSE_LINE_CACHE_H */
