/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_TESTS_FUZZ_PIPELINE_H
#define RVKMS_TESTS_FUZZ_PIPELINE_H

#include "../core/color/pipeline.h"
#include "input.h"

#define MAX_OPS 4

/**
 * struct pipeline - a colour pipeline and its data
 * @pipeline: the pipeline
 * @ops: its operations
 * @entries: their tables
 * @table: the memory of the prepared pipeline, or NULL
 */
struct pipeline {
	struct rvkms_color_pipeline pipeline;
	struct rvkms_color_op ops[MAX_OPS];
	void *entries[MAX_OPS];
	void *table;
};

void take_pipeline(struct input *in, struct pipeline *pipeline);
void pipeline_free(struct pipeline *pipeline);

#endif /* RVKMS_TESTS_FUZZ_PIPELINE_H */
