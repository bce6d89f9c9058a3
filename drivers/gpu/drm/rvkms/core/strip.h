/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_STRIP_H
#define RVKMS_CORE_STRIP_H

#include <linux/types.h>

#include "format.h"
#include "layer.h"

/* Bytes of a strip per column of the frame. */
#define RVKMS_STRIP_COLUMN_BYTES (4 * RVKMS_STRIP_LINES)

/**
 * struct rvkms_strip - consecutive lines of a layer that are read together
 * @bytes: room for RVKMS_STRIP_COLUMN_BYTES per column of the frame
 * @layer: the layer of the lines, NULL at first
 * @y: number of the first line
 * @num_lines: number of lines, up to RVKMS_STRIP_LINES
 *
 * A strip is used for one frame only: it caches the content of the frame.
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

#endif /* RVKMS_CORE_STRIP_H */
