/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_COMPOSE_H
#define RVKMS_CORE_COMPOSE_H

#include <linux/types.h>

#include "format.h"
#include "geometry.h"
#include "image.h"
#include "scale.h"

/**
 * struct rvkms_layer - a visible plane of a frame
 * @image: what it shows
 * @visible: which part, and where
 * @filter: what it shows between the image's pixels, if it is scaled
 */
struct rvkms_layer {
	struct rvkms_image image;
	struct rvkms_span visible;
	enum rvkms_filter filter;
};

/**
 * struct rvkms_frame - all that a picture is made of
 * @width: pixels a line
 * @height: lines
 * @background: shown where there is no layer; opaque
 * @num_layers: how many layers there are
 * @layers: the layers, bottom to top
 *
 * Not changed by anybody once it is built.
 */
struct rvkms_frame {
	u32 width;
	u32 height;
	struct rvkms_pixel background;
	u32 num_layers;
	struct rvkms_layer *layers;
};

void rvkms_compose_line(const struct rvkms_frame *frame, u32 y, struct rvkms_pixel *line);

#endif /* RVKMS_CORE_COMPOSE_H */
