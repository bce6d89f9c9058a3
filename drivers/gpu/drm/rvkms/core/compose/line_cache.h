/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_COMPOSE_LINE_CACHE_H
#define RVKMS_CORE_COMPOSE_LINE_CACHE_H

#include <linux/types.h>

#include "../pixel/format.h"
#include "layer.h"

/* Lines of a rotated layer that are read at once. */
#define RVKMS_LINE_CACHE_LINES RVKMS_FORMAT_COLUMNS

/* Bytes of a cache per column of the frame. */
#define RVKMS_LINE_CACHE_COLUMN_BYTES (4 * RVKMS_LINE_CACHE_LINES)

/**
 * struct rvkms_line_cache - consecutive lines of a layer that are read together
 * @bytes: room for RVKMS_LINE_CACHE_COLUMN_BYTES per column of the frame
 * @layer: the layer of the lines, NULL at first
 * @y: number of the first line
 * @num_lines: number of lines, up to RVKMS_LINE_CACHE_LINES
 *
 * A cache is used for one frame only: it caches the content of the frame.
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
