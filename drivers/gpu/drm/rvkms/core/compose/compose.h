/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_COMPOSE_COMPOSE_H
#define RVKMS_CORE_COMPOSE_COMPOSE_H

#include <linux/types.h>

#include "../color/pipeline.h"
#include "../pixel/format.h"
#include "hash.h"
#include "layer.h"
#include "line_cache.h"

/**
 * struct rvkms_frame - all that a picture is made of
 * @width: pixels a line
 * @height: lines
 * @background: shown where there is no layer; opaque
 * @num_layers: how many layers there are
 * @layers: the layers, bottom to top
 * @pipeline: what is done with the colours of all of it in the end; NULL for nothing
 *
 * Not changed by anybody once it is built.
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
 * struct rvkms_frame_color - what a CRTC does with the colours of a picture
 * @pipeline: all of its operations; NULL if there are none
 * @palette: the 256 colours of its last operation, if that is a table of so many; or NULL
 * @rest: the operations before that; NULL if there are none
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
