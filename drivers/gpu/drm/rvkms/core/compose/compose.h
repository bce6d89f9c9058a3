/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_COMPOSE_COMPOSE_H
#define RVKMS_CORE_COMPOSE_COMPOSE_H

#include <linux/types.h>

#include "../color/pipeline.h"
#include "../pixel/format.h"
#include "hash.h"
#include "layer.h"
#include "line_cache.h"

/**
 * struct rvkms_frame - the layers and the colours of a frame
 * @width: pixels per line
 * @height: number of lines
 * @background: the opaque colour below all layers
 * @num_layers: number of layers
 * @layers: the layers, bottom to top
 * @pipeline: the colour pipeline that is applied to the composed line; NULL for none
 *
 * A frame is immutable once it is built.
 */
struct rvkms_frame {
	u32 width;
	u32 height;
	struct rvkms_pixel background;
	u32 num_layers;
	struct rvkms_layer *layers;
	const struct rvkms_color_pipeline *pipeline;
};

/**
 * struct rvkms_frame_color - the colour operations of a CRTC
 * @pipeline: all operations; NULL if there are none
 * @palette: the 256 colours of the last operation, if it is a table of 256 entries; or NULL
 * @rest: the operations before the last one; NULL if there are none
 */
struct rvkms_frame_color {
	const struct rvkms_color_pipeline *pipeline;
	const struct rvkms_pixel *palette;
	const struct rvkms_color_pipeline *rest;
};

void rvkms_frame_set_color(struct rvkms_frame *frame, const struct rvkms_frame_color *color);
void rvkms_frame_add_layer(struct rvkms_frame *frame, const struct rvkms_layer *layer);
void rvkms_compose_line(const struct rvkms_frame *frame, u32 y, struct rvkms_pixel *line);
void rvkms_compose_hash_line(const struct rvkms_frame *frame, u32 y, struct rvkms_pixel *pixels,
			     struct rvkms_line_cache *cache, struct rvkms_hash *hash);

#endif /* RVKMS_CORE_COMPOSE_COMPOSE_H */
