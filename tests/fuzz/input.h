/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_TESTS_FUZZ_INPUT_H
#define RVKMS_TESTS_FUZZ_INPUT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/types.h>

/**
 * struct input - the unused bytes of a run
 * @next: the first unused byte
 * @left: number of unused bytes
 *
 * Values that are taken after the last byte are 0.
 */
struct input {
	const u8 *next;
	size_t left;
};

static inline void take_bytes(struct input *in, void *to, size_t size)
{
	const size_t count = size < in->left ? size : in->left;

	memset(to, 0, size);
	if (!count)
		return;

	memcpy(to, in->next, count);
	in->next += count;
	in->left -= count;
}

static inline u8 take_u8(struct input *in)
{
	u8 value;

	take_bytes(in, &value, sizeof(value));
	return value;
}

static inline u16 take_u16(struct input *in)
{
	u16 value;

	take_bytes(in, &value, sizeof(value));
	return value;
}

static inline u32 take_u32(struct input *in)
{
	u32 value;

	take_bytes(in, &value, sizeof(value));
	return value;
}

static inline u64 take_u64(struct input *in)
{
	u64 value;

	take_bytes(in, &value, sizeof(value));
	return value;
}

static inline bool take_bool(struct input *in)
{
	return take_u8(in) & 1;
}

/* Takes a number below @count. */
static inline u32 take_below(struct input *in, u32 count)
{
	return take_u16(in) % count;
}

/* Takes a number of the magnitude of @sensible, and sometimes any number. */
static inline s64 take_near(struct input *in, u32 sensible)
{
	switch (take_u8(in) % 8) {
	case 0:
		return (s64)take_u64(in);
	case 1:
		return (s32)take_u32(in);
	case 2:
		return -(s64)take_below(in, sensible + 2);
	default:
		return take_below(in, 2 * sensible + 2);
	}
}

#define expect(condition) do { \
	if (!(condition)) { \
		fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
		abort(); \
	} \
} while (0)

/* libFuzzer calls this function once per run. */
int LLVMFuzzerTestOneInput(const u8 *bytes, size_t size);

#endif /* RVKMS_TESTS_FUZZ_INPUT_H */
