/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_COMPOSE_COLUMNS_H
#define RVKMS_CORE_COMPOSE_COLUMNS_H

#include <linux/types.h>

#include "compose.h"
#include "layer.h"

/**
 * struct rvkms_columns - a run of columns that the same layers cover
 * @end: the column to the right of the run
 * @bottom: the topmost of its layers that hides all below; NULL if the background is visible
 * @above: the lowest layer above the bottom
 * @num_above: number of layers above the bottom
 * @bottom_part: the part of the bottom layer
 * @above_part: the part of the layer @above
 */
struct rvkms_columns {
	u32 end;
	const struct rvkms_layer *bottom;
	u32 above;
	u32 num_above;
	struct rvkms_part bottom_part;
	struct rvkms_part above_part;
};

void rvkms_columns_next(const struct rvkms_frame *frame, u32 y, struct rvkms_columns *run);
bool rvkms_columns_has_bytes(const struct rvkms_frame *frame, const struct rvkms_columns *run);
void rvkms_columns_compose(const struct rvkms_frame *frame, u32 y, const struct rvkms_columns *run,
			   u32 x, u32 end, struct rvkms_pixel *line);

#endif /* RVKMS_CORE_COMPOSE_COLUMNS_H */
