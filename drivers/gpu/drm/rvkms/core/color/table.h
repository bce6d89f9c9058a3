/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_COLOR_TABLE_H
#define RVKMS_CORE_COLOR_TABLE_H

#include <linux/types.h>

#include "step.h"

/* Entries for channels that are multiples of 257, and behind them those for all. */
#define RVKMS_COLOR_BYTES 256
#define RVKMS_COLOR_WORDS 65536

#define RVKMS_COLOR_CHANNELS 3

/**
 * struct rvkms_color_table - a pipeline, prepared
 * @steps: all of its operations
 * @num_steps: how many there are
 * @num_lead: the first so many treat each channel by itself; what they make of it is looked up
 * @has_words: there is an entry for every channel, and not only for multiples of 257
 * @unorms: entries for red, green and blue, if there are no further steps
 * @rounded: those of @unorms for multiples of 257, rounded to eight bits
 * @values: entries if there are; NULL if @num_lead is 0
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

/* Do the steps from @first to before @end. */
static inline struct rvkms_color_value
rvkms_color_table_walk(const struct rvkms_color_table *table, u32 first, u32 end,
		       struct rvkms_color_value value)
{
	for (u32 i = first; i < end; i++)
		value = rvkms_color_step_apply(&table->steps[i], value);

	return value;
}

#endif /* RVKMS_CORE_COLOR_TABLE_H */
