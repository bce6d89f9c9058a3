// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzzes colour pipelines: the prepared form gives the same colours as the plain one, alpha does
 * not change, and an empty pipeline changes nothing.
 */

#include "../core/color/pipeline.h"
#include "pipeline.h"

#define NUM_PIXELS 16

int LLVMFuzzerTestOneInput(const u8 *bytes, size_t size)
{
	struct input in = { bytes, size };
	struct rvkms_pixel before[NUM_PIXELS], after[NUM_PIXELS], plain[NUM_PIXELS];
	struct pipeline pipeline;
	struct rvkms_color_pipeline without;

	take_pipeline(&in, &pipeline);
	take_bytes(&in, before, sizeof(before));
	/* Half of the pixels have 8-bit content. */
	for (u32 i = 0; i < NUM_PIXELS / 2; i++) {
		before[i].r = before[i].r % 256 * 257;
		before[i].g = before[i].g % 256 * 257;
		before[i].b = before[i].b % 256 * 257;
	}

	memcpy(after, before, sizeof(before));
	rvkms_color_apply(&pipeline.pipeline, after, NUM_PIXELS);

	without = pipeline.pipeline;
	without.table = NULL;
	memcpy(plain, before, sizeof(before));
	rvkms_color_apply(&without, plain, NUM_PIXELS);

	expect(!memcmp(plain, after, sizeof(plain)));
	for (u32 i = 0; i < NUM_PIXELS; i++)
		expect(after[i].a == before[i].a);
	if (!pipeline.pipeline.num_ops)
		expect(!memcmp(before, after, sizeof(before)));

	pipeline_free(&pipeline);

	return 0;
}
