// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Applies three-dimensional tables with tetrahedral interpolation. */

#include <linux/array_size.h>
#include <linux/types.h>

#include <uapi/drm/drm_mode.h>

#include "lut3d.h"
#include "lut_index.h"
#include "value.h"

/**
 * struct axis - one edge of a cell
 * @step: entries from one end to the other
 * @fraction: the position of the colour along the edge
 */
struct axis {
	size_t step;
	u64 fraction;
};

/* Puts the axis with the greater fraction first. */
static void order(struct axis *a, struct axis *b)
{
	const struct axis first = *a;

	if (first.fraction >= b->fraction)
		return;

	*a = *b;
	*b = first;
}

static struct axis axis(struct rvkms_lut_index_place place, size_t stride)
{
	return (struct axis){ (place.next - place.index) * stride, place.fraction };
}

/**
 * rvkms_lut3d_apply - look up a colour in a three-dimensional table
 * @lut: the table
 * @value: the colour; each channel is clamped to 0 and 1
 *
 * Interpolates within one of six tetrahedra, as DRM's LUT3D_INTERPOLATION "Tetrahedral": from the
 * corner nearest to black, along the axes of the cell in descending order of the fractions, to the
 * corner farthest from black.
 *
 * Returns:
 * The colour in the table, rounded to nearest; @value if there are no entries.
 */
struct rvkms_color_value rvkms_lut3d_apply(const struct rvkms_lut3d *lut,
					   struct rvkms_color_value value)
{
	const size_t n = lut->size;
	struct rvkms_lut_index_sum red = {}, green = {}, blue = {};
	struct rvkms_lut_index_place r, g, b;
	const struct drm_color_lut32 *entry;
	/* The fourth axis stays zero: it is the step from the last corner. */
	struct axis axes[4] = {};
	u64 left = RVKMS_COLOR_ONE;

	if (!lut->entries || !n)
		return value;

	r = rvkms_lut_index_place(value.r, n);
	g = rvkms_lut_index_place(value.g, n);
	b = rvkms_lut_index_place(value.b, n);

	axes[0] = axis(r, 1);
	axes[1] = axis(g, n);
	axes[2] = axis(b, n * n);
	order(&axes[0], &axes[1]);
	order(&axes[1], &axes[2]);
	order(&axes[0], &axes[1]);

	entry = &lut->entries[r.index + n * (g.index + n * b.index)];
	for (u32 i = 0; i < ARRAY_SIZE(axes); i++) {
		const u64 weight = left - axes[i].fraction;

		rvkms_lut_index_add(&red, entry->red, weight);
		rvkms_lut_index_add(&green, entry->green, weight);
		rvkms_lut_index_add(&blue, entry->blue, weight);
		left = axes[i].fraction;
		entry += axes[i].step;
	}

	return (struct rvkms_color_value){
		.r = rvkms_lut_index_value(red),
		.g = rvkms_lut_index_value(green),
		.b = rvkms_lut_index_value(blue),
	};
}
