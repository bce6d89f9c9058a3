/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_COMPOSE_STRIP_H
#define RVKMS_CORE_COMPOSE_STRIP_H

#include <linux/types.h>

#include "../pixel/format.h"
#include "layer.h"

/* The memory a strip needs for each column of the frame. */
#define RVKMS_STRIP_COLUMN_BYTES (4 * RVKMS_STRIP_LINES)

/**
 * struct rvkms_strip - some lines of a layer, read together
 * @bytes: room for RVKMS_STRIP_COLUMN_BYTES for each column of the frame
 * @layer: whose lines they are, NULL in the beginning
 * @y: the first line
 * @num_lines: how many, up to RVKMS_STRIP_LINES
 *
 * Used for one frame: what it holds is as old as the frame.
 */
struct rvkms_strip {
	u8 *bytes;
	const struct rvkms_layer *layer;
	u32 y;
	u32 num_lines;
};

const u8 *rvkms_strip_bytes(struct rvkms_strip *strip, const struct rvkms_layer *layer, u32 width,
			    u32 y, const struct rvkms_part *part);
const u8 *rvkms_strip_rounded(struct rvkms_strip *strip, const struct rvkms_layer *layer, u32 width,
			      u32 y, const struct rvkms_part *part);

#endif /* RVKMS_CORE_COMPOSE_STRIP_H */
