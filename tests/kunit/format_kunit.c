// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of core/format. Memory is laid out here byte by byte, as drm_fourcc.h defines it (blue
 * comes first in the memory of both formats), and never through the code under test.
 */

#include <kunit/test.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/types.h>

#include <uapi/drm/drm_fourcc.h>

#include "../core/format.h"
#include "mismatch.h"

#define GUARD 0xa5

/* An opacity other than opaque, for readers to ignore. */
#define PADDING 0x3c

static const struct rvkms_format *find(struct kunit *test, u32 fourcc)
{
	const struct rvkms_format *format = rvkms_format_find(fourcc);

	KUNIT_ASSERT_NOT_NULL(test, format);

	return format;
}

static void put_pixel(u8 *memory, u8 b, u8 g, u8 r, u8 a)
{
	memory[0] = b;
	memory[1] = g;
	memory[2] = r;
	memory[3] = a;
}

/* A row of 256 pixels: every value of blue, the rest as given. */
static void fill_row(u8 *memory, u8 g, u8 r, u8 a)
{
	for (u32 b = 0; b < 256; b++)
		put_pixel(memory + 4 * b, b, g, r, a);
}

/* An 8-bit unorm as a 16-bit unorm is the same byte twice, since 65535 / 255 = 257. */
static u16 twice(u8 c)
{
	return c << 8 | c;
}

/* Room for a row; too large for the stack. */
struct row_buffer {
	u8 memory[4 * 256];
	u8 expected[4 * 256];
	struct rvkms_pixel pixels[256];
};

static struct row_buffer *row_alloc(struct kunit *test)
{
	struct row_buffer *row = kunit_kzalloc(test, sizeof(*row), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, row);

	return row;
}

static bool pixel_differs(struct rvkms_pixel p, u16 b, u16 g, u16 r, u16 a)
{
	return p.b != b || p.g != g || p.r != r || p.a != a;
}

static void rvkms_test_format_find_xrgb8888(struct kunit *test)
{
	const struct rvkms_format *format = find(test, DRM_FORMAT_XRGB8888);

	KUNIT_EXPECT_EQ(test, format->fourcc, 0x34325258);
	KUNIT_EXPECT_EQ(test, format->cpp, 4);
	KUNIT_EXPECT_FALSE(test, format->has_alpha);
	KUNIT_EXPECT_NOT_NULL(test, format->read);
	KUNIT_EXPECT_NOT_NULL(test, format->write);
}

static void rvkms_test_format_find_argb8888(struct kunit *test)
{
	const struct rvkms_format *format = find(test, DRM_FORMAT_ARGB8888);

	KUNIT_EXPECT_EQ(test, format->fourcc, 0x34325241);
	KUNIT_EXPECT_EQ(test, format->cpp, 4);
	KUNIT_EXPECT_TRUE(test, format->has_alpha);
	KUNIT_EXPECT_NOT_NULL(test, format->read);
	KUNIT_EXPECT_NULL(test, format->write);
}

static void rvkms_test_format_find_twice_same(struct kunit *test)
{
	KUNIT_EXPECT_PTR_EQ(test, rvkms_format_find(DRM_FORMAT_XRGB8888),
			    rvkms_format_find(DRM_FORMAT_XRGB8888));
	KUNIT_EXPECT_PTR_NE(test, rvkms_format_find(DRM_FORMAT_XRGB8888),
			    rvkms_format_find(DRM_FORMAT_ARGB8888));
}

static bool is_known(u32 fourcc)
{
	return fourcc == 0x34325258 || fourcc == 0x34325241;
}

static bool find_is_wrong(u32 fourcc)
{
	const struct rvkms_format *format = rvkms_format_find(fourcc);

	return is_known(fourcc) ? !format || format->fourcc != fourcc : !!format;
}

/*
 * All codes of four capital letters, digits and blanks, which is what every DRM_FORMAT_* is, in
 * little and in big endian.
 */
static void rvkms_test_format_find_all_codes(struct kunit *test)
{
	static const char symbols[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ";
	struct mismatch m = {};

	for (u32 i = 0; i < 37 * 37 * 37 * 37; i++) {
		const u32 fourcc = fourcc_code(symbols[i % 37], symbols[i / 37 % 37],
					       symbols[i / 1369 % 37], symbols[i / 50653]);

		mismatch_note(&m, find_is_wrong(fourcc), fourcc);
		mismatch_note(&m, find_is_wrong(fourcc | DRM_FORMAT_BIG_ENDIAN),
			      fourcc | DRM_FORMAT_BIG_ENDIAN);
	}

	EXPECT_NO_MISMATCH(test, &m, 2 * 1874161);
}

struct fourcc_case {
	const char *desc;
	u32 fourcc;
};

static const struct fourcc_case unknown_fourccs[] = {
	{ "invalid", DRM_FORMAT_INVALID },
	{ "one", 1 },
	{ "all ones", U32_MAX },
	{ "sign bit", DRM_FORMAT_BIG_ENDIAN },
	{ "XRGB8888 in big endian", DRM_FORMAT_XRGB8888 | DRM_FORMAT_BIG_ENDIAN },
	{ "ARGB8888 in big endian", DRM_FORMAT_ARGB8888 | DRM_FORMAT_BIG_ENDIAN },
	{ "XRGB8888 with its bytes swapped", 0x58523234 },
	{ "XRGB8888 in small letters", fourcc_code('x', 'r', '2', '4') },
	{ "below XRGB8888", DRM_FORMAT_XRGB8888 - 1 },
	{ "above XRGB8888", DRM_FORMAT_XRGB8888 + 1 },
	{ "below ARGB8888", DRM_FORMAT_ARGB8888 - 1 },
	{ "above ARGB8888", DRM_FORMAT_ARGB8888 + 1 },
	{ "XBGR8888", DRM_FORMAT_XBGR8888 },
	{ "ABGR8888", DRM_FORMAT_ABGR8888 },
	{ "RGBX8888", DRM_FORMAT_RGBX8888 },
	{ "RGB888", DRM_FORMAT_RGB888 },
	{ "RGB565", DRM_FORMAT_RGB565 },
	{ "C8", DRM_FORMAT_C8 },
	{ "XRGB16161616", DRM_FORMAT_XRGB16161616 },
	{ "NV12", DRM_FORMAT_NV12 },
};

KUNIT_ARRAY_PARAM_DESC(unknown_fourcc, unknown_fourccs, desc);

static void rvkms_test_format_find_unknown(struct kunit *test)
{
	const struct fourcc_case *row = test->param_value;

	KUNIT_EXPECT_NULL(test, rvkms_format_find(row->fourcc));
}

/* Codes that differ from a known one in one or two bits. */
static void rvkms_test_format_find_bit_flips(struct kunit *test)
{
	static const u32 known[] = { DRM_FORMAT_XRGB8888, DRM_FORMAT_ARGB8888 };
	struct mismatch m = {};

	for (u32 i = 0; i < 2 * 32 * 32; i++) {
		const u32 flips = 1u << (i % 32) | 1u << (i / 32 % 32);
		const u32 fourcc = known[i / 1024] ^ flips;

		mismatch_note(&m, find_is_wrong(fourcc), fourcc);
	}

	EXPECT_NO_MISMATCH(test, &m, 2048);
}

struct list_case {
	const char *desc;
	u32 (*list)(u32 *fourccs, u32 max);
	u32 max;
	u32 expected_count;
	u32 expected[4];
};

#define UNTOUCHED 0xa5a5a5a5

static const struct list_case list_cases[] = {
	{
		"readable, no room", rvkms_format_list_readable, 0, 2,
		{ UNTOUCHED, UNTOUCHED, UNTOUCHED, UNTOUCHED },
	}, {
		"readable, room for one", rvkms_format_list_readable, 1, 2,
		{ DRM_FORMAT_XRGB8888, UNTOUCHED, UNTOUCHED, UNTOUCHED },
	}, {
		"readable, room for all", rvkms_format_list_readable, 2, 2,
		{ DRM_FORMAT_XRGB8888, DRM_FORMAT_ARGB8888, UNTOUCHED, UNTOUCHED },
	}, {
		"readable, room for more", rvkms_format_list_readable, 3, 2,
		{ DRM_FORMAT_XRGB8888, DRM_FORMAT_ARGB8888, UNTOUCHED, UNTOUCHED },
	}, {
		"readable, boundless", rvkms_format_list_readable, U32_MAX, 2,
		{ DRM_FORMAT_XRGB8888, DRM_FORMAT_ARGB8888, UNTOUCHED, UNTOUCHED },
	}, {
		"writable, no room", rvkms_format_list_writable, 0, 1,
		{ UNTOUCHED, UNTOUCHED, UNTOUCHED, UNTOUCHED },
	}, {
		"writable, room for all", rvkms_format_list_writable, 1, 1,
		{ DRM_FORMAT_XRGB8888, UNTOUCHED, UNTOUCHED, UNTOUCHED },
	}, {
		"writable, room for more", rvkms_format_list_writable, 2, 1,
		{ DRM_FORMAT_XRGB8888, UNTOUCHED, UNTOUCHED, UNTOUCHED },
	}, {
		"writable, boundless", rvkms_format_list_writable, U32_MAX, 1,
		{ DRM_FORMAT_XRGB8888, UNTOUCHED, UNTOUCHED, UNTOUCHED },
	},
};

KUNIT_ARRAY_PARAM_DESC(list, list_cases, desc);

static void rvkms_test_format_list(struct kunit *test)
{
	const struct list_case *row = test->param_value;
	u32 fourccs[4] = { UNTOUCHED, UNTOUCHED, UNTOUCHED, UNTOUCHED };

	KUNIT_EXPECT_EQ(test, row->list(fourccs, row->max), row->expected_count);
	KUNIT_EXPECT_MEMEQ(test, fourccs, row->expected, sizeof(fourccs));
}

static void rvkms_test_format_list_null(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, rvkms_format_list_readable(NULL, 0), 2);
	KUNIT_EXPECT_EQ(test, rvkms_format_list_writable(NULL, 0), 1);
}

/* What is listed is found; what is listed as writable can be written. */
static void rvkms_test_format_list_agrees_with_find(struct kunit *test)
{
	u32 readable[2], writable[1];

	KUNIT_ASSERT_EQ(test, rvkms_format_list_readable(readable, 2), 2);
	KUNIT_ASSERT_EQ(test, rvkms_format_list_writable(writable, 1), 1);

	KUNIT_EXPECT_EQ(test, find(test, readable[0])->fourcc, readable[0]);
	KUNIT_EXPECT_EQ(test, find(test, readable[1])->fourcc, readable[1]);
	KUNIT_EXPECT_NOT_NULL(test, find(test, writable[0])->write);
}

/* All 2^24 colours. The padding byte takes every value as well, and has no effect. */
static void rvkms_test_format_xrgb8888_read_all_colours(struct kunit *test)
{
	const struct rvkms_format *format = find(test, DRM_FORMAT_XRGB8888);
	struct row_buffer *row = row_alloc(test);
	struct mismatch m = {};

	for (u32 i = 0; i < 65536; i++) {
		const u8 g = i & 0xff;
		const u8 r = i >> 8;

		fill_row(row->memory, g, r, g ^ r);
		memset(row->pixels, GUARD, sizeof(row->pixels));
		format->read(row->memory, 256, row->pixels);

		for (u32 b = 0; b < 256; b++)
			mismatch_note(&m, pixel_differs(row->pixels[b], twice(b), twice(g),
							twice(r), 65535), i << 8 | b);
	}

	EXPECT_NO_MISMATCH(test, &m, 1 << 24);
}

/* All 2^24 of opacity, one colour and blue; no colour is changed by the opacity. */
static void rvkms_test_format_argb8888_read_all_opacities(struct kunit *test)
{
	const struct rvkms_format *format = find(test, DRM_FORMAT_ARGB8888);
	struct row_buffer *row = row_alloc(test);
	struct mismatch m = {};

	for (u32 i = 0; i < 65536; i++) {
		const u8 c = i & 0xff;
		const u8 a = i >> 8;

		fill_row(row->memory, c, c ^ 0xff, a);
		memset(row->pixels, GUARD, sizeof(row->pixels));
		format->read(row->memory, 256, row->pixels);

		for (u32 b = 0; b < 256; b++)
			mismatch_note(&m, pixel_differs(row->pixels[b], twice(b), twice(c),
							twice(c ^ 0xff), twice(a)), i << 8 | b);
	}

	EXPECT_NO_MISMATCH(test, &m, 1 << 24);
}

/* All 2^24 colours, there and back. */
static void rvkms_test_format_xrgb8888_round_trip(struct kunit *test)
{
	const struct rvkms_format *format = find(test, DRM_FORMAT_XRGB8888);
	struct row_buffer *row = row_alloc(test);
	struct mismatch m = {};

	for (u32 i = 0; i < 65536; i++) {
		fill_row(row->memory, i & 0xff, i >> 8, PADDING);
		fill_row(row->expected, i & 0xff, i >> 8, 0xff);
		format->read(row->memory, 256, row->pixels);
		memset(row->memory, GUARD, sizeof(row->memory));
		format->write(row->pixels, 256, row->memory);

		mismatch_note(&m, memcmp(row->memory, row->expected, sizeof(row->memory)), i);
	}

	EXPECT_NO_MISMATCH(test, &m, 65536);
}

/* round(c / 257) by its remainder. There are no ties, since 257 is odd. */
static u8 reference_narrow(u32 c)
{
	return c / 257 + (c % 257 > 128 ? 1 : 0);
}

/* All 2^16 values in all channels; the opacity is not looked at. */
static void rvkms_test_format_xrgb8888_write_all_values(struct kunit *test)
{
	const struct rvkms_format *format = find(test, DRM_FORMAT_XRGB8888);
	struct mismatch m = {};

	for (u32 c = 0; c <= U16_MAX; c++) {
		const struct rvkms_pixel pixel = { c, 65535 - c, c ^ 0x5a5a, c ^ 0xff };
		u8 expected[4];
		u8 memory[4];

		put_pixel(expected, reference_narrow(c), reference_narrow(65535 - c),
			  reference_narrow(c ^ 0x5a5a), 0xff);
		format->write(&pixel, 1, memory);

		mismatch_note(&m, memcmp(memory, expected, sizeof(memory)), c);
	}

	EXPECT_NO_MISMATCH(test, &m, 65536);
}

struct narrow_case {
	const char *desc;
	u16 c;
	u8 expected;
};

static const struct narrow_case narrow_cases[] = {
	{ "black", 0, 0 },
	{ "last that rounds to 0", 128, 0 },
	{ "first that rounds to 1", 129, 1 },
	{ "exactly 1", 257, 1 },
	{ "last that rounds to 1", 385, 1 },
	{ "first that rounds to 2", 386, 2 },
	{ "last below the middle", 32767, 127 },
	{ "first above the middle", 32768, 128 },
	{ "last that rounds to 254", 65406, 254 },
	{ "first that rounds to 255", 65407, 255 },
	{ "white", 65535, 255 },
};

KUNIT_ARRAY_PARAM_DESC(narrow, narrow_cases, desc);

static void rvkms_test_format_xrgb8888_write_rounds(struct kunit *test)
{
	const struct narrow_case *row = test->param_value;
	const struct rvkms_pixel pixel = { row->c, row->c, row->c, 0 };
	u8 memory[4];

	find(test, DRM_FORMAT_XRGB8888)->write(&pixel, 1, memory);

	KUNIT_EXPECT_EQ(test, memory[0], row->expected);
	KUNIT_EXPECT_EQ(test, memory[1], row->expected);
	KUNIT_EXPECT_EQ(test, memory[2], row->expected);
	KUNIT_EXPECT_EQ(test, memory[3], 0xff);
}

struct read_case {
	const char *desc;
	u32 fourcc;
	u8 memory[4];
	struct rvkms_pixel expected;
};

static const struct read_case read_cases[] = {
	{ "XRGB8888", DRM_FORMAT_XRGB8888, { 0x01, 0x80, 0xfe, 0x00 },
	  { 0x0101, 0x8080, 0xfefe, 0xffff } },
	{ "ARGB8888", DRM_FORMAT_ARGB8888, { 0x01, 0x80, 0xfe, 0x7f },
	  { 0x0101, 0x8080, 0xfefe, 0x7f7f } },
	{ "ARGB8888, transparent", DRM_FORMAT_ARGB8888, { 0x01, 0x80, 0xfe, 0x00 },
	  { 0x0101, 0x8080, 0xfefe, 0x0000 } },
	{ "ARGB8888, opaque", DRM_FORMAT_ARGB8888, { 0x01, 0x80, 0xfe, 0xff },
	  { 0x0101, 0x8080, 0xfefe, 0xffff } },
};

KUNIT_ARRAY_PARAM_DESC(read, read_cases, desc);

static void rvkms_test_format_read_literal(struct kunit *test)
{
	const struct read_case *row = test->param_value;
	struct rvkms_pixel pixel;

	find(test, row->fourcc)->read(row->memory, 1, &pixel);

	KUNIT_EXPECT_EQ(test, pixel.b, row->expected.b);
	KUNIT_EXPECT_EQ(test, pixel.g, row->expected.g);
	KUNIT_EXPECT_EQ(test, pixel.r, row->expected.r);
	KUNIT_EXPECT_EQ(test, pixel.a, row->expected.a);
}

struct memory_case {
	const char *desc;
	u32 offset;
	u32 count;
};

static const struct memory_case memory_cases[] = {
	{ "no pixel", 0, 0 },
	{ "one pixel", 0, 1 },
	{ "one byte off", 1, 3 },
	{ "two bytes off", 2, 5 },
	{ "three bytes off", 3, 7 },
	{ "five bytes off", 5, 1 },
	{ "six bytes off", 6, 2 },
	{ "seven bytes off", 7, 8 },
};

KUNIT_ARRAY_PARAM_DESC(memory, memory_cases, desc);

/* Memory need not be aligned, and nothing is written but the pixels asked for. */
static void expect_read_memory(struct kunit *test, u32 fourcc)
{
	const struct memory_case *row = test->param_value;
	struct rvkms_pixel pixels[9], guard;
	u8 memory[4 * 8 + 8];

	memset(pixels, GUARD, sizeof(pixels));
	memset(&guard, GUARD, sizeof(guard));
	for (u32 i = 0; i < row->count; i++)
		put_pixel(memory + row->offset + 4 * i, i, 16 + i, 32 + i, 255);

	find(test, fourcc)->read(memory + row->offset, row->count, pixels);

	for (u32 i = 0; i < row->count; i++) {
		KUNIT_EXPECT_EQ(test, pixels[i].b, twice(i));
		KUNIT_EXPECT_EQ(test, pixels[i].g, twice(16 + i));
		KUNIT_EXPECT_EQ(test, pixels[i].r, twice(32 + i));
		KUNIT_EXPECT_EQ(test, pixels[i].a, 65535);
	}
	KUNIT_EXPECT_MEMEQ(test, &pixels[row->count], &guard, sizeof(guard));
}

static void rvkms_test_format_xrgb8888_read_memory(struct kunit *test)
{
	expect_read_memory(test, DRM_FORMAT_XRGB8888);
}

static void rvkms_test_format_argb8888_read_memory(struct kunit *test)
{
	expect_read_memory(test, DRM_FORMAT_ARGB8888);
}

static void rvkms_test_format_xrgb8888_write_memory(struct kunit *test)
{
	const struct memory_case *row = test->param_value;
	u8 memory[4 * 8 + 16], expected[4 * 8 + 16];
	struct rvkms_pixel pixels[8] = {};

	memset(memory, GUARD, sizeof(memory));
	memset(expected, GUARD, sizeof(expected));
	for (u32 i = 0; i < row->count; i++) {
		pixels[i] = (struct rvkms_pixel){ twice(i), twice(16 + i), twice(32 + i), i };
		put_pixel(expected + row->offset + 4 * i, i, 16 + i, 32 + i, 255);
	}

	find(test, DRM_FORMAT_XRGB8888)->write(pixels, row->count, memory + row->offset);

	KUNIT_EXPECT_MEMEQ(test, memory, expected, sizeof(memory));
}

/* Memory is only read: the picture of a client stays as it is. */
static void rvkms_test_format_read_leaves_memory(struct kunit *test)
{
	struct rvkms_pixel pixels[2];
	u8 memory[8], before[8];

	memset(memory, PADDING, sizeof(memory));
	memcpy(before, memory, sizeof(before));

	find(test, DRM_FORMAT_XRGB8888)->read(memory, 2, pixels);
	find(test, DRM_FORMAT_ARGB8888)->read(memory, 2, pixels);

	KUNIT_EXPECT_MEMEQ(test, memory, before, sizeof(memory));
}

static struct kunit_case rvkms_format_tests[] = {
	KUNIT_CASE(rvkms_test_format_find_xrgb8888),
	KUNIT_CASE(rvkms_test_format_find_argb8888),
	KUNIT_CASE(rvkms_test_format_find_twice_same),
	KUNIT_CASE(rvkms_test_format_find_all_codes),
	KUNIT_CASE_PARAM(rvkms_test_format_find_unknown, unknown_fourcc_gen_params),
	KUNIT_CASE(rvkms_test_format_find_bit_flips),
	KUNIT_CASE_PARAM(rvkms_test_format_list, list_gen_params),
	KUNIT_CASE(rvkms_test_format_list_null),
	KUNIT_CASE(rvkms_test_format_list_agrees_with_find),
	KUNIT_CASE(rvkms_test_format_xrgb8888_read_all_colours),
	KUNIT_CASE(rvkms_test_format_argb8888_read_all_opacities),
	KUNIT_CASE(rvkms_test_format_xrgb8888_round_trip),
	KUNIT_CASE(rvkms_test_format_xrgb8888_write_all_values),
	KUNIT_CASE_PARAM(rvkms_test_format_xrgb8888_write_rounds, narrow_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_format_read_literal, read_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_format_xrgb8888_read_memory, memory_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_format_argb8888_read_memory, memory_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_format_xrgb8888_write_memory, memory_gen_params),
	KUNIT_CASE(rvkms_test_format_read_leaves_memory),
	{ }
};

static struct kunit_suite rvkms_format_suite = {
	.name = "rvkms_format",
	.test_cases = rvkms_format_tests,
};

kunit_test_suite(rvkms_format_suite);
