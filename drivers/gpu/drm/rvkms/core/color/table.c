// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Prepares pipelines. The memory of a prepared pipeline holds, in this order, the table, its steps,
 * the cells of their curves, and the entries.
 */

#include <linux/overflow.h>
#include <linux/types.h>

#include "../pixel/unorm.h"
#include "curve.h"
#include "pipeline.h"
#include "step.h"
#include "table.h"
#include "value.h"

/* Follow entries that are unorms. */
#define ROUNDED_BYTES (RVKMS_COLOR_CHANNELS * RVKMS_COLOR_BYTES)

/**
 * struct layout - the layout of the memory of a prepared pipeline
 * @num_lead: as in struct rvkms_color_table
 * @num_cells: cells of all curves
 * @length: entries per channel; 0 if there are none
 * @stride: entries from one channel to the next; 0 if the channels share them
 * @is_final: the entries are unorms
 */
struct layout {
	u32 num_lead;
	size_t num_cells;
	u32 length;
	u32 stride;
	bool is_final;
};

static bool is_mixing(const struct rvkms_color_op *op)
{
	return op->type == RVKMS_COLOR_MATRIX || op->type == RVKMS_COLOR_LUT3D;
}

static u32 num_cells(const struct rvkms_color_op *op)
{
	return op->type == RVKMS_COLOR_CURVE ? rvkms_curve_num_cells(op->curve) : 0;
}

static struct layout lay_out(const struct rvkms_color_pipeline *pipeline,
			     enum rvkms_color_depth depth)
{
	const u32 length = RVKMS_COLOR_BYTES +
			   (depth == RVKMS_COLOR_DEPTH_16 ? RVKMS_COLOR_WORDS : 0);
	const struct rvkms_color_op *ops = pipeline->ops;
	struct layout layout = {};

	while (layout.num_lead < pipeline->num_ops && !is_mixing(&ops[layout.num_lead])) {
		layout.length = length;
		if (ops[layout.num_lead].type == RVKMS_COLOR_LUT)
			layout.stride = length;
		layout.num_lead++;
	}
	layout.is_final = layout.num_lead == pipeline->num_ops;

	for (u32 i = 0; i < pipeline->num_ops; i++)
		layout.num_cells = size_add(layout.num_cells, num_cells(&ops[i]));

	return layout;
}

static size_t num_entries(const struct layout *layout)
{
	return layout->length + (RVKMS_COLOR_CHANNELS - 1) * (size_t)layout->stride;
}

/**
 * rvkms_color_table_size - return the size of the memory for rvkms_color_prepare()
 * @pipeline: the pipeline
 * @depth: the pixels that have table entries
 *
 * Returns:
 * The size in bytes; SIZE_MAX if it exceeds SIZE_MAX.
 */
size_t rvkms_color_table_size(const struct rvkms_color_pipeline *pipeline,
			      enum rvkms_color_depth depth)
{
	const struct layout layout = lay_out(pipeline, depth);
	const size_t entries = num_entries(&layout);
	const size_t rounded = layout.is_final && layout.length ? ROUNDED_BYTES : 0;
	const size_t steps = size_mul(pipeline->num_ops, sizeof(struct rvkms_color_step));
	const size_t cells = size_mul(layout.num_cells, sizeof(struct rvkms_curve_cell));

	return size_add(sizeof(struct rvkms_color_table) +
			entries * (layout.is_final ? sizeof(u16) : sizeof(s64)) + rounded,
			size_add(steps, cells));
}

static void make_steps(const struct rvkms_color_pipeline *pipeline,
		       struct rvkms_color_step *steps, struct rvkms_curve_cell *cells)
{
	for (u32 i = 0; i < pipeline->num_ops; i++) {
		const struct rvkms_color_op *op = &pipeline->ops[i];
		const u32 count = num_cells(op);

		steps[i] = (struct rvkms_color_step){ op, cells };
		for (u32 j = 0; j < count; j++)
			*cells++ = rvkms_curve_cell(op->curve, j);
	}
}

/* Applies the lead operations to the value of an entry, in all three channels. */
static struct rvkms_color_value lead(const struct rvkms_color_table *table, u32 index)
{
	const u16 c = index < RVKMS_COLOR_BYTES ? index * 257 : index - RVKMS_COLOR_BYTES;
	const s64 grey = rvkms_color_from_unorm(c);

	return rvkms_color_table_walk(table, 0, table->num_lead,
				      (struct rvkms_color_value){ grey, grey, grey });
}

static void make_unorms(struct rvkms_color_table *table, const struct layout *layout, u16 *unorms)
{
	u16 *r = unorms, *g = r + layout->stride, *b = g + layout->stride;

	for (u32 i = 0; i < layout->length; i++) {
		const struct rvkms_color_value value = lead(table, i);

		r[i] = rvkms_color_to_unorm(value.r);
		g[i] = rvkms_color_to_unorm(value.g);
		b[i] = rvkms_color_to_unorm(value.b);
	}

	table->unorms[0] = r;
	table->unorms[1] = g;
	table->unorms[2] = b;
}

static void make_rounded(struct rvkms_color_table *table, u8 *rounded)
{
	for (u32 c = 0; c < RVKMS_COLOR_CHANNELS; c++, rounded += RVKMS_COLOR_BYTES) {
		for (u32 i = 0; i < RVKMS_COLOR_BYTES; i++)
			rounded[i] = rvkms_unorm_bytes(table->unorms[c][i]);
		table->rounded[c] = rounded;
	}
}

static void make_values(struct rvkms_color_table *table, const struct layout *layout, s64 *values)
{
	s64 *r = values, *g = r + layout->stride, *b = g + layout->stride;

	for (u32 i = 0; i < layout->length; i++) {
		const struct rvkms_color_value value = lead(table, i);

		r[i] = value.r;
		g[i] = value.g;
		b[i] = value.b;
	}

	table->values[0] = r;
	table->values[1] = g;
	table->values[2] = b;
}

/**
 * rvkms_color_prepare - add a table to a pipeline
 * @pipeline: the pipeline
 * @depth: the pixels that have table entries
 * @memory: rvkms_color_table_size() bytes for the same pipeline and depth, aligned for a u64; they
 *          must live as long as the result. May be NULL
 *
 * Takes milliseconds for RVKMS_COLOR_DEPTH_16. The operations and their data are not copied.
 *
 * Returns:
 * The pipeline with a table; @pipeline without one if @memory is NULL.
 */
struct rvkms_color_pipeline rvkms_color_prepare(const struct rvkms_color_pipeline *pipeline,
						enum rvkms_color_depth depth, void *memory)
{
	const struct layout layout = lay_out(pipeline, depth);
	struct rvkms_color_pipeline prepared = *pipeline;
	struct rvkms_color_table *table = memory;
	struct rvkms_color_step *steps;
	struct rvkms_curve_cell *cells;

	if (!memory)
		return prepared;

	steps = (struct rvkms_color_step *)(table + 1);
	cells = (struct rvkms_curve_cell *)(steps + pipeline->num_ops);
	make_steps(pipeline, steps, cells);

	*table = (struct rvkms_color_table){
		.steps = steps,
		.num_steps = pipeline->num_ops,
		.num_lead = layout.num_lead,
		.has_words = depth == RVKMS_COLOR_DEPTH_16,
	};
	if (layout.is_final) {
		u16 *unorms = (u16 *)(cells + layout.num_cells);

		make_unorms(table, &layout, unorms);
		if (layout.length)
			make_rounded(table, (u8 *)(unorms + num_entries(&layout)));
	} else {
		make_values(table, &layout, (s64 *)(cells + layout.num_cells));
	}
	prepared.table = table;

	return prepared;
}
