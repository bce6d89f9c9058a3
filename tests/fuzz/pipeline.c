// SPDX-License-Identifier: GPL-2.0
/* Makes colour pipelines from the input of a fuzzer. */

#include "pipeline.h"

/* Allocates exactly @count entries, and fills them with four colours. */
static void *take_entries(struct input *in, struct pipeline *pipeline, u32 index, size_t count,
			  size_t size)
{
	u8 *entries = malloc(count * size);
	u8 colours[4][16];

	expect(entries || !count);
	take_bytes(in, colours, sizeof(colours));
	for (size_t i = 0; i < count; i++)
		memcpy(entries + i * size, colours[i % 4], size);
	pipeline->entries[index] = entries;

	return entries;
}

static void take_op(struct input *in, struct pipeline *pipeline, u32 index)
{
	struct rvkms_color_op *op = &pipeline->ops[index];

	op->type = take_u8(in) % 8;
	switch (op->type) {
	case RVKMS_COLOR_CURVE:
		op->curve = take_u8(in) % 10;
		break;
	case RVKMS_COLOR_LUT:
		op->lut.length = take_below(in, 40);
		if (take_bool(in))
			op->lut.entries16 = take_entries(in, pipeline, index, op->lut.length,
							 sizeof(*op->lut.entries16));
		else
			op->lut.entries32 = take_entries(in, pipeline, index, op->lut.length,
							 sizeof(*op->lut.entries32));
		break;
	case RVKMS_COLOR_MATRIX:
		take_bytes(in, &op->matrix, sizeof(op->matrix));
		break;
	case RVKMS_COLOR_MULTIPLIER:
		op->multiplier = take_u64(in);
		break;
	case RVKMS_COLOR_LUT3D:
		op->lut3d.size = take_below(in, 6);
		op->lut3d.entries = take_entries(in, pipeline, index, (size_t)op->lut3d.size *
						 op->lut3d.size * op->lut3d.size,
						 sizeof(*op->lut3d.entries));
		break;
	default:
		break;
	}
}

/* Prepared for 8 bits per channel, or not prepared: 65536 entries take too long to fill. */
void take_pipeline(struct input *in, struct pipeline *pipeline)
{
	*pipeline = (struct pipeline){};
	pipeline->pipeline.ops = pipeline->ops;
	pipeline->pipeline.num_ops = take_below(in, MAX_OPS + 1);
	for (u32 i = 0; i < pipeline->pipeline.num_ops; i++)
		take_op(in, pipeline, i);

	if (take_bool(in)) {
		pipeline->table = malloc(rvkms_color_table_size(&pipeline->pipeline,
								RVKMS_COLOR_DEPTH_8));
		expect(pipeline->table);
		pipeline->pipeline = rvkms_color_prepare(&pipeline->pipeline, RVKMS_COLOR_DEPTH_8,
							 pipeline->table);
	}
}

void pipeline_free(struct pipeline *pipeline)
{
	for (u32 i = 0; i < MAX_OPS; i++)
		free(pipeline->entries[i]);
	free(pipeline->table);
}
