/* SPDX-License-Identifier: GPL-2.0 */
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
 * @image: what it shows
 * @visible: which part, and where
 * @filter: what it shows between the image's pixels, if it is scaled
 * @blend_mode: what its colours and opacities are
 * @alpha: its opacity as a whole; 65535 is opaque
 * @pipeline: what is done with its colours before they are blended; NULL for nothing
 * @zpos: its place in the stack; what has more is on top
 * @id: its place among those of the same @zpos
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
 * struct rvkms_part - what of a layer is on one line of a frame
 * @begin: its leftmost column
 * @end: the column right of it; the same as @begin if there is nothing
 * @line: which of the layer's lines it is on, from the top
 * @walk: the pixels that it shows, all of which are within the image; or within the scaled
 *        picture, if the layer is scaled
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
