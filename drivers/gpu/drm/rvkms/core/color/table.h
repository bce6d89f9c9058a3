/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_COLOR_TABLE_H
#define RVKMS_CORE_COLOR_TABLE_H

#include <linux/types.h>

#include "step.h"

/* 256 entries for multiples of 257, followed by 65536 entries for all values of a channel. */
#define RVKMS_COLOR_BYTES 256
#define RVKMS_COLOR_WORDS 65536

#define RVKMS_COLOR_CHANNELS 3

/**
 * struct rvkms_color_table - the table of a prepared pipeline
 * @steps: all operations of the pipeline
 * @num_steps: number of steps
 * @num_lead: number of steps before the first one that mixes channels; their result is looked up
 * @has_words: there are entries for all values of a channel, not only for multiples of 257
 * @unorms: entries for red, green and blue, if no steps follow the lead
 * @rounded: the entries of @unorms for multiples of 257, rounded to 8 bits
 * @values: entries for red, green and blue, if steps follow the lead; NULL if @num_lead is 0
 */
struct rvkms_color_table {
	const struct rvkms_color_step *steps;
	u32 num_steps;
	u32 num_lead;
	bool has_words;
	const u16 *unorms[RVKMS_COLOR_CHANNELS];
	const u8 *rounded[RVKMS_COLOR_CHANNELS];
	const s64 *values[RVKMS_COLOR_CHANNELS];
};

/* Applies steps @first to @end - 1. */
static inline struct rvkms_color_value
rvkms_color_table_walk(const struct rvkms_color_table *table, u32 first, u32 end,
		       struct rvkms_color_value value)
{
	for (u32 i = first; i < end; i++)
		value = rvkms_color_step_apply(&table->steps[i], value);

	return value;
}

#endif /* RVKMS_CORE_COLOR_TABLE_H */
