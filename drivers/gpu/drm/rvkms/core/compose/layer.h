/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_COMPOSE_LAYER_H
#define RVKMS_CORE_COMPOSE_LAYER_H

#include <linux/types.h>

#include "../color/pipeline.h"
#include "../pixel/format.h"
#include "../pixel/image.h"
#include "../plane/geometry.h"
#include "../plane/scale.h"
#include "blend.h"

/**
 * struct rvkms_layer - a visible plane of a frame
 * @image: the framebuffer
 * @visible: the visible part, and its position on the CRTC
 * @filter: the scaling filter
 * @blend_mode: the "pixel blend mode" property
 * @alpha: the "alpha" property; 65535 is opaque
 * @pipeline: the colour pipeline that is applied before blending; NULL for none
 * @zpos: the position in the stack; the greatest is on top
 * @id: the position among layers of the same @zpos
 */
struct rvkms_layer {
	struct rvkms_image image;
	struct rvkms_span visible;
	enum rvkms_filter filter;
	enum rvkms_blend_mode blend_mode;
	u16 alpha;
	const struct rvkms_color_pipeline *pipeline;
	u32 zpos;
	u32 id;
};

/**
 * struct rvkms_part - the part of a layer on one line of a frame
 * @begin: the leftmost column
 * @end: the column to the right of the part; equals @begin if the part is empty
 * @line: number of the layer's line, from the top
 * @walk: the pixels of the part, all within the image; or within the scaled source of a scaled
 *        layer
 */
struct rvkms_part {
	u32 begin;
	u32 end;
	u32 line;
	struct rvkms_walk walk;
};

bool rvkms_layer_hides(const struct rvkms_layer *layer);
struct rvkms_part rvkms_layer_part(const struct rvkms_layer *layer, u32 width, u32 y);
void rvkms_layer_read(const struct rvkms_layer *layer, const struct rvkms_part *part, u32 x,
		      u32 count, struct rvkms_pixel *pixels);
bool rvkms_layer_has_bytes(const struct rvkms_layer *layer);
const u8 *rvkms_layer_bytes(const struct rvkms_layer *layer, const struct rvkms_part *part, u32 x,
			    u32 count, u8 *buffer);
bool rvkms_layer_has_rounded(const struct rvkms_layer *layer);
void rvkms_layer_rounded(const struct rvkms_layer *layer, const struct rvkms_part *part, u32 x,
			 u32 count, u8 *bytes);

#endif /* RVKMS_CORE_COMPOSE_LAYER_H */
