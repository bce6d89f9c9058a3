// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of core/hash. Golden values come from hash_golden.py, which shares no code with it. The
 * other tests check relations: which frames must have the same value, and which must not.
 *
 * Two frames may have the same 32-bit value by chance. All frames here are fixed, so that a test
 * either always passes or never.
 */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/sort.h>
#include <linux/string.h>
#include <linux/types.h>

#include <uapi/drm/drm_fourcc.h>

#include "../../core/compose/compose.h"
#include "../../core/compose/hash.h"
#include "../../core/pixel/format.h"

/* A frame in memory, line after line. */
struct picture {
	u32 width;
	u32 height;
	struct rvkms_pixel *pixels;
};

static struct picture picture_alloc(struct kunit *test, u32 width, u32 height)
{
	const struct picture picture = {
		.width = width,
		.height = height,
		.pixels = kunit_kcalloc(test, (size_t)width * height + 1,
					sizeof(*picture.pixels), GFP_KERNEL),
	};

	KUNIT_ASSERT_NOT_NULL(test, picture.pixels);

	return picture;
}

static struct rvkms_pixel *pixel_at(const struct picture *picture, u32 x, u32 y)
{
	return &picture->pixels[(size_t)y * picture->width + x];
}

static u32 picture_value(const struct picture *picture)
{
	struct rvkms_hash hash = rvkms_hash_init(picture->width, picture->height);

	for (u32 y = 0; y < picture->height; y++)
		rvkms_hash_add_line(&hash, pixel_at(picture, 0, y), picture->width);

	return rvkms_hash_value(&hash);
}

static struct rvkms_pixel gray(u16 c)
{
	return (struct rvkms_pixel){ c, c, c, 65535 };
}

/* The frames of hash_golden.py. */

static struct rvkms_pixel black(u32 x, u32 y)
{
	return gray(0);
}

static struct rvkms_pixel white(u32 x, u32 y)
{
	return gray(65535);
}

static struct rvkms_pixel eight(u32 x, u32 y)
{
	return (struct rvkms_pixel){
		.b = ((31 * x + 17 * y + 7) & 0xff) * 257,
		.g = ((13 * x + 29 * y + 101) & 0xff) * 257,
		.r = ((5 * x + 3 * y + 211) & 0xff) * 257,
		.a = 65535,
	};
}

static struct rvkms_pixel sixteen(u32 x, u32 y)
{
	return (struct rvkms_pixel){
		.b = 25717 * x + 60013 * y + 3,
		.g = 31337 * x + 5099 * y + 2,
		.r = 9973 * x + 40503 * y + 1,
		.a = 65535,
	};
}

static struct rvkms_pixel mixed(u32 x, u32 y)
{
	return y % 3 == 1 ? sixteen(x, y) : eight(x, y);
}

/* One fine block in each line that is wide enough. */
static struct rvkms_pixel speck(u32 x, u32 y)
{
	return x == 70 ? sixteen(x, y) : eight(x, y);
}

static struct picture paint(struct kunit *test, struct rvkms_pixel (*painter)(u32 x, u32 y),
			    u32 width, u32 height)
{
	struct picture picture = picture_alloc(test, width, height);

	for (u32 y = 0; y < height; y++) {
		for (u32 x = 0; x < width; x++)
			*pixel_at(&picture, x, y) = painter(x, y);
	}

	return picture;
}

struct golden_case {
	const char *desc;
	struct rvkms_pixel (*painter)(u32 x, u32 y);
	u32 width;
	u32 height;
	u32 expected;
};

static const struct golden_case golden_cases[] = {
	{ "black 1x1", black, 1, 1, 0x74fb7de5 },
	{ "black 2x1", black, 2, 1, 0xcf9d2fbd },
	{ "black 3x1", black, 3, 1, 0x62fc4326 },
	{ "black 1x2", black, 1, 2, 0x1a69a9d8 },
	{ "black 7x3", black, 7, 3, 0x664f5fa8 },
	{ "black 8x3", black, 8, 3, 0xfadacbda },
	{ "black 9x4", black, 9, 4, 0x8459b2b1 },
	{ "black 16x16", black, 16, 16, 0x171eb4f6 },
	{ "black 64x2", black, 64, 2, 0x61f36893 },
	{ "black 65x2", black, 65, 2, 0x593fff67 },
	{ "black 127x3", black, 127, 3, 0xad294dd5 },
	{ "black 128x3", black, 128, 3, 0x50c0e189 },
	{ "black 129x5", black, 129, 5, 0x5a8f340a },
	{ "black 640x48", black, 640, 48, 0xbcc4126b },
	{ "white 1x1", white, 1, 1, 0x61a00ee7 },
	{ "white 2x1", white, 2, 1, 0x1d3d9444 },
	{ "white 3x1", white, 3, 1, 0x3072c582 },
	{ "white 1x2", white, 1, 2, 0x77a00381 },
	{ "white 7x3", white, 7, 3, 0xb1f266d7 },
	{ "white 8x3", white, 8, 3, 0x347fcdcd },
	{ "white 9x4", white, 9, 4, 0x19ad3530 },
	{ "white 16x16", white, 16, 16, 0x53919b06 },
	{ "white 64x2", white, 64, 2, 0xca64dec8 },
	{ "white 65x2", white, 65, 2, 0x7d36046c },
	{ "white 127x3", white, 127, 3, 0x1544dde9 },
	{ "white 128x3", white, 128, 3, 0x19554a06 },
	{ "white 129x5", white, 129, 5, 0xfae7236d },
	{ "white 640x48", white, 640, 48, 0x2b47eb55 },
	{ "eight 1x1", eight, 1, 1, 0x8970b2c6 },
	{ "eight 2x1", eight, 2, 1, 0xf70b5d33 },
	{ "eight 3x1", eight, 3, 1, 0x3c3a91a5 },
	{ "eight 1x2", eight, 1, 2, 0xa1029dc2 },
	{ "eight 7x3", eight, 7, 3, 0xc83809f5 },
	{ "eight 8x3", eight, 8, 3, 0x8f282dc7 },
	{ "eight 9x4", eight, 9, 4, 0xa1a8f659 },
	{ "eight 16x16", eight, 16, 16, 0xaa782c65 },
	{ "eight 64x2", eight, 64, 2, 0xbff99139 },
	{ "eight 65x2", eight, 65, 2, 0x0bf6b3f2 },
	{ "eight 127x3", eight, 127, 3, 0xea1014fe },
	{ "eight 128x3", eight, 128, 3, 0x99b39b90 },
	{ "eight 129x5", eight, 129, 5, 0xa745b482 },
	{ "eight 640x48", eight, 640, 48, 0xba79959a },
	{ "sixteen 1x1", sixteen, 1, 1, 0x095d6570 },
	{ "sixteen 2x1", sixteen, 2, 1, 0x5d3d17f9 },
	{ "sixteen 3x1", sixteen, 3, 1, 0xebcbf4de },
	{ "sixteen 1x2", sixteen, 1, 2, 0x444df8e0 },
	{ "sixteen 7x3", sixteen, 7, 3, 0xb34fe060 },
	{ "sixteen 8x3", sixteen, 8, 3, 0x855bbc0b },
	{ "sixteen 9x4", sixteen, 9, 4, 0x8a1ea1e2 },
	{ "sixteen 16x16", sixteen, 16, 16, 0xe0b536f5 },
	{ "sixteen 64x2", sixteen, 64, 2, 0xca1c6a2d },
	{ "sixteen 65x2", sixteen, 65, 2, 0xe12c2359 },
	{ "sixteen 127x3", sixteen, 127, 3, 0xe6dde453 },
	{ "sixteen 128x3", sixteen, 128, 3, 0x713c4f07 },
	{ "sixteen 129x5", sixteen, 129, 5, 0x156b935d },
	{ "sixteen 640x48", sixteen, 640, 48, 0xe248dc9b },
	{ "mixed 1x1", mixed, 1, 1, 0x8970b2c6 },
	{ "mixed 2x1", mixed, 2, 1, 0xf70b5d33 },
	{ "mixed 3x1", mixed, 3, 1, 0x3c3a91a5 },
	{ "mixed 1x2", mixed, 1, 2, 0x1059a1ce },
	{ "mixed 7x3", mixed, 7, 3, 0xe19a9f86 },
	{ "mixed 8x3", mixed, 8, 3, 0x2c86b13f },
	{ "mixed 9x4", mixed, 9, 4, 0xfc8db5ff },
	{ "mixed 16x16", mixed, 16, 16, 0xd4f8c842 },
	{ "mixed 64x2", mixed, 64, 2, 0x86b19ac4 },
	{ "mixed 65x2", mixed, 65, 2, 0x7f2068bd },
	{ "mixed 127x3", mixed, 127, 3, 0xf6144381 },
	{ "mixed 128x3", mixed, 128, 3, 0x12214232 },
	{ "mixed 129x5", mixed, 129, 5, 0x82215f41 },
	{ "mixed 640x48", mixed, 640, 48, 0xf56c57b8 },
	{ "speck 1x1", speck, 1, 1, 0x8970b2c6 },
	{ "speck 2x1", speck, 2, 1, 0xf70b5d33 },
	{ "speck 3x1", speck, 3, 1, 0x3c3a91a5 },
	{ "speck 1x2", speck, 1, 2, 0xa1029dc2 },
	{ "speck 7x3", speck, 7, 3, 0xc83809f5 },
	{ "speck 8x3", speck, 8, 3, 0x8f282dc7 },
	{ "speck 9x4", speck, 9, 4, 0xa1a8f659 },
	{ "speck 16x16", speck, 16, 16, 0xaa782c65 },
	{ "speck 64x2", speck, 64, 2, 0xbff99139 },
	{ "speck 65x2", speck, 65, 2, 0x0bf6b3f2 },
	{ "speck 127x3", speck, 127, 3, 0xeaff682e },
	{ "speck 128x3", speck, 128, 3, 0x108e23ef },
	{ "speck 129x5", speck, 129, 5, 0xb60b0247 },
	{ "speck 640x48", speck, 640, 48, 0x6f845605 },
	{ "no lines", black, 0, 0, 0x21eedb52 },
};

KUNIT_ARRAY_PARAM_DESC(golden, golden_cases, desc);

static void rvkms_test_hash_value_golden(struct kunit *test)
{
	const struct golden_case *row = test->param_value;
	const struct picture picture = paint(test, row->painter, row->width, row->height);

	KUNIT_EXPECT_EQ(test, picture_value(&picture), row->expected);
}

/* A list of values that must all differ. */

struct values {
	u32 *list;
	u32 count;
	u32 room;
};

static struct values values_alloc(struct kunit *test, u32 room)
{
	const struct values values = {
		.list = kunit_kcalloc(test, room, sizeof(*values.list), GFP_KERNEL),
		.room = room,
	};

	KUNIT_ASSERT_NOT_NULL(test, values.list);

	return values;
}

static void values_add(struct values *values, const struct picture *picture)
{
	if (values->count < values->room)
		values->list[values->count] = picture_value(picture);
	values->count++;
}

static int compare_values(const void *left, const void *right)
{
	const u32 a = *(const u32 *)left;
	const u32 b = *(const u32 *)right;

	return a < b ? -1 : a > b;
}

static void expect_all_distinct(struct kunit *test, struct values *values)
{
	u32 same = 0;

	KUNIT_ASSERT_EQ(test, values->count, values->room);

	sort(values->list, values->count, sizeof(*values->list), compare_values, NULL);
	for (u32 i = 1; i < values->count; i++)
		same += values->list[i] == values->list[i - 1];

	KUNIT_EXPECT_EQ(test, same, 0);
}

struct base_case {
	const char *desc;
	struct rvkms_pixel (*painter)(u32 x, u32 y);
};

static const struct base_case base_cases[] = {
	{ "black", black },
	{ "white", white },
	{ "eight bits", eight },
	{ "sixteen bits", sixteen },
	{ "eight and sixteen bits", mixed },
};

KUNIT_ARRAY_PARAM_DESC(base, base_cases, desc);

static void flip_bit(struct rvkms_pixel *pixel, u32 bit)
{
	u16 *const channels[] = { &pixel->b, &pixel->g, &pixel->r };

	*channels[bit / 16] ^= 1u << bit % 16;
}

/*
 * Every bit of every colour channel, at every position: all values differ from each other and from
 * that of the base.
 */
static void rvkms_test_hash_value_every_bit_counts(struct kunit *test)
{
	const struct base_case *row = test->param_value;
	const struct picture picture = paint(test, row->painter, 11, 5);
	struct values values = values_alloc(test, 1 + 11 * 5 * 48);

	values_add(&values, &picture);
	for (u32 i = 0; i < 11 * 5 * 48; i++) {
		flip_bit(&picture.pixels[i / 48], i % 48);
		values_add(&values, &picture);
		flip_bit(&picture.pixels[i / 48], i % 48);
	}

	expect_all_distinct(test, &values);
}

/* Every 8-bit value of every channel. */
static void rvkms_test_hash_value_every_byte_counts(struct kunit *test)
{
	const struct picture picture = paint(test, black, 3, 2);
	struct values values = values_alloc(test, 1 + 3 * 255);
	struct rvkms_pixel *pixel = pixel_at(&picture, 1, 1);
	u16 *const channels[] = { &pixel->b, &pixel->g, &pixel->r };

	values_add(&values, &picture);
	for (u32 i = 0; i < ARRAY_SIZE(channels); i++) {
		for (u32 c = 1; c < 256; c++) {
			*channels[i] = c * 257;
			values_add(&values, &picture);
		}
		*channels[i] = 0;
	}

	expect_all_distinct(test, &values);
}

/* Every pair of places in a frame of all different pixels. */
static void expect_swaps_count(struct kunit *test, struct rvkms_pixel (*painter)(u32 x, u32 y))
{
	const u32 places = 9 * 4;
	const struct picture picture = paint(test, painter, 9, 4);
	struct values values = values_alloc(test, 1 + 36 * 35 / 2);

	values_add(&values, &picture);
	for (u32 i = 0; i < places; i++) {
		for (u32 j = i + 1; j < places; j++) {
			swap(picture.pixels[i], picture.pixels[j]);
			values_add(&values, &picture);
			swap(picture.pixels[i], picture.pixels[j]);
		}
	}

	expect_all_distinct(test, &values);
}

static void rvkms_test_hash_value_swapped_pixels(struct kunit *test)
{
	expect_swaps_count(test, eight);
	expect_swaps_count(test, sixteen);
}

static void swap_lines(const struct picture *picture, u32 y1, u32 y2)
{
	for (u32 x = 0; x < picture->width; x++)
		swap(*pixel_at(picture, x, y1), *pixel_at(picture, x, y2));
}

static void expect_line_swaps_count(struct kunit *test,
				    struct rvkms_pixel (*painter)(u32 x, u32 y))
{
	const struct picture picture = paint(test, painter, 33, 12);
	struct values values = values_alloc(test, 1 + 12 * 11 / 2);

	values_add(&values, &picture);
	for (u32 i = 0; i < 12; i++) {
		for (u32 j = i + 1; j < 12; j++) {
			swap_lines(&picture, i, j);
			values_add(&values, &picture);
			swap_lines(&picture, i, j);
		}
	}

	expect_all_distinct(test, &values);
}

static void rvkms_test_hash_value_swapped_lines(struct kunit *test)
{
	expect_line_swaps_count(test, eight);
	expect_line_swaps_count(test, sixteen);
	expect_line_swaps_count(test, mixed);
}

static const u32 shifts[] = { 1, 2, 3, 4, 7, 8, 16, 32, 64, 128, 256, 512 };

/* A 16x16 square on black, moved, like a cursor at a wrong place. */
static void expect_shifts_count(struct kunit *test, u16 c, bool vertically)
{
	struct values values = values_alloc(test, 1 + ARRAY_SIZE(shifts));

	for (u32 i = 0; i <= ARRAY_SIZE(shifts); i++) {
		const struct picture picture = paint(test, black, vertically ? 18 : 530,
						     vertically ? 530 : 18);
		const u32 shift = i ? shifts[i - 1] : 0;

		for (u32 place = 0; place < 256; place++)
			*pixel_at(&picture, place % 16 + (vertically ? 1 : shift),
				  place / 16 + (vertically ? shift : 1)) = gray(c);

		values_add(&values, &picture);
	}

	expect_all_distinct(test, &values);
}

static void rvkms_test_hash_value_moved_sideways(struct kunit *test)
{
	expect_shifts_count(test, 65535, false);
	expect_shifts_count(test, 0x8080, false);
	expect_shifts_count(test, 0x8000, false);
	expect_shifts_count(test, 0x0080, false);
}

static void rvkms_test_hash_value_moved_downwards(struct kunit *test)
{
	expect_shifts_count(test, 65535, true);
	expect_shifts_count(test, 0x8080, true);
	expect_shifts_count(test, 0x8000, true);
	expect_shifts_count(test, 0x0080, true);
}

/* One white pixel, at each place of a frame. */
static void rvkms_test_hash_value_every_place_counts(struct kunit *test)
{
	const struct picture picture = paint(test, black, 96, 64);
	struct values values = values_alloc(test, 1 + 96 * 64);

	values_add(&values, &picture);
	for (u32 i = 0; i < 96 * 64; i++) {
		picture.pixels[i] = gray(65535);
		values_add(&values, &picture);
		picture.pixels[i] = gray(0);
	}

	expect_all_distinct(test, &values);
}

/* The same black pixels in other shapes: 24 x 1, 12 x 2, 8 x 3 ... 1 x 24. */
static void rvkms_test_hash_value_size_counts(struct kunit *test)
{
	struct picture picture = paint(test, black, 24, 1);
	struct values values = values_alloc(test, 8);

	for (u32 width = 1; width <= 24; width++) {
		if (24 % width)
			continue;

		picture.width = width;
		picture.height = 24 / width;
		values_add(&values, &picture);
	}

	expect_all_distinct(test, &values);
}

struct size_case {
	const char *desc;
	u32 width;
	u32 height;
};

static const struct size_case size_cases[] = {
	{ "one line more", 640, 481 },
	{ "one line less", 640, 479 },
	{ "one column more", 641, 480 },
	{ "one column less", 639, 480 },
	{ "transposed", 480, 640 },
	{ "no size", 0, 0 },
	{ "widest", U32_MAX, 480 },
	{ "highest", 640, U32_MAX },
};

KUNIT_ARRAY_PARAM_DESC(size, size_cases, desc);

/* The size alone, without any line. */
static void rvkms_test_hash_init_size_counts(struct kunit *test)
{
	const struct size_case *row = test->param_value;
	const struct rvkms_hash base = rvkms_hash_init(640, 480);
	const struct rvkms_hash other = rvkms_hash_init(row->width, row->height);

	KUNIT_EXPECT_NE(test, rvkms_hash_value(&other), rvkms_hash_value(&base));
}

static void rvkms_test_hash_add_line_number_of_lines_counts(struct kunit *test)
{
	struct rvkms_hash hash = rvkms_hash_init(0, 0);
	struct values values = values_alloc(test, 100);

	/* Lines without pixels: only their number remains. */
	for (u32 i = 0; i < 100; i++) {
		values.list[values.count++] = rvkms_hash_value(&hash);
		rvkms_hash_add_line(&hash, NULL, 0);
	}

	expect_all_distinct(test, &values);
}

static void rvkms_test_hash_add_line_counts_lines(struct kunit *test)
{
	const struct rvkms_pixel pixel = gray(0x1234);
	struct rvkms_hash hash = rvkms_hash_init(1, 3);

	KUNIT_EXPECT_EQ(test, hash.lines, 0);
	rvkms_hash_add_line(&hash, &pixel, 1);
	KUNIT_EXPECT_EQ(test, hash.lines, 1);
	rvkms_hash_add_line(&hash, &pixel, 0);
	KUNIT_EXPECT_EQ(test, hash.lines, 2);
}

static void rvkms_test_hash_value_leaves_hash(struct kunit *test)
{
	const struct rvkms_pixel pixel = gray(0x1234);
	struct rvkms_hash hash = rvkms_hash_init(1, 1);
	struct rvkms_hash before;

	rvkms_hash_add_line(&hash, &pixel, 1);
	before = hash;

	KUNIT_EXPECT_EQ(test, rvkms_hash_value(&hash), rvkms_hash_value(&hash));
	KUNIT_EXPECT_MEMEQ(test, &hash, &before, sizeof(hash));
}

/* Scan-out is opaque. */
static void rvkms_test_hash_value_opacity_does_not_count(struct kunit *test)
{
	const struct base_case *row = test->param_value;
	const struct picture picture = paint(test, row->painter, 7, 3);
	const u32 base = picture_value(&picture);

	for (u32 i = 0; i < 7 * 3; i++) {
		picture.pixels[i].a = i * 3001;
		KUNIT_EXPECT_EQ_MSG(test, picture_value(&picture), base, "pixel %u", i);
	}
}

/* The last pixel of an odd line has no partner: the memory after it is not read. */
static void rvkms_test_hash_add_line_odd_width(struct kunit *test)
{
	struct rvkms_pixel line[] = { gray(1), gray(2), gray(3), gray(4) };
	struct rvkms_hash first = rvkms_hash_init(3, 1);
	struct rvkms_hash second = rvkms_hash_init(3, 1);

	rvkms_hash_add_line(&first, line, 3);
	line[3] = gray(0xffff);
	rvkms_hash_add_line(&second, line, 3);

	KUNIT_EXPECT_EQ(test, rvkms_hash_value(&first), rvkms_hash_value(&second));
}

static void rvkms_test_hash_add_line_empty_reads_nothing(struct kunit *test)
{
	struct rvkms_hash hash = rvkms_hash_init(5, 1);
	const struct rvkms_hash before = hash;

	rvkms_hash_add_line(&hash, NULL, 0);

	KUNIT_EXPECT_MEMEQ(test, hash.lanes, before.lanes, sizeof(hash.lanes));
}

/* Each half of a line is read only up to the end of the line, for any length. */
static void rvkms_test_hash_add_line_every_length_counts(struct kunit *test)
{
	struct rvkms_pixel line[40];
	struct values values = values_alloc(test, 40);

	for (u32 i = 0; i < ARRAY_SIZE(line); i++)
		line[i] = sixteen(i, 0);

	for (u32 count = 0; count < 40; count++) {
		struct rvkms_hash hash = rvkms_hash_init(40, 1);

		rvkms_hash_add_line(&hash, line, count);
		values.list[values.count++] = rvkms_hash_value(&hash);
	}

	expect_all_distinct(test, &values);
}

struct fine_case {
	const char *desc;
	struct rvkms_pixel pixel;
	bool expected_fine;
};

static const struct fine_case fine_cases[] = {
	{ "black", { 0, 0, 0, 65535 }, false },
	{ "white", { 65535, 65535, 65535, 65535 }, false },
	{ "all different bytes", { 0x0101, 0x8080, 0xfefe, 65535 }, false },
	{ "alpha is ignored", { 0, 0, 0, 0x1234 }, false },
	{ "blue, lowest bit", { 0x0001, 0, 0, 65535 }, true },
	{ "green, lowest bit", { 0, 0x0001, 0, 65535 }, true },
	{ "red, lowest bit", { 0, 0, 0x0001, 65535 }, true },
	{ "blue, bit 7", { 0x0080, 0, 0, 65535 }, true },
	{ "green, bit 7", { 0, 0x0080, 0, 65535 }, true },
	{ "red, bit 7", { 0, 0, 0x0080, 65535 }, true },
	{ "blue, bit 8", { 0x0100, 0, 0, 65535 }, true },
	{ "green, bit 8", { 0, 0x0100, 0, 65535 }, true },
	{ "red, bit 8", { 0, 0, 0x0100, 65535 }, true },
	{ "blue, highest bit", { 0x8000, 0, 0, 65535 }, true },
	{ "green, highest bit", { 0, 0x8000, 0, 65535 }, true },
	{ "red, highest bit", { 0, 0, 0x8000, 65535 }, true },
};

KUNIT_ARRAY_PARAM_DESC(fine, fine_cases, desc);

/* One channel that is not 8-bit content changes all words of its block, and of no other block. */
static void rvkms_test_hash_add_bytes_same_if_coarse(struct kunit *test)
{
	const struct fine_case *row = test->param_value;

	for (u32 place = 0; place < 11; place++) {
		struct rvkms_hash by_pixels = rvkms_hash_init(11, 1);
		struct rvkms_hash by_bytes = by_pixels;
		struct rvkms_pixel line[11] = {};
		u8 bytes[4 * 11] = {};

		line[place] = row->pixel;
		bytes[4 * place] = row->pixel.b >> 8;
		bytes[4 * place + 1] = row->pixel.g >> 8;
		bytes[4 * place + 2] = row->pixel.r >> 8;
		rvkms_hash_add_pixels(&by_pixels, line, ARRAY_SIZE(line));
		rvkms_hash_add_bytes(&by_bytes, bytes, ARRAY_SIZE(line));

		KUNIT_EXPECT_EQ_MSG(test, !!memcmp(&by_pixels, &by_bytes, sizeof(by_bytes)),
				    row->expected_fine, "place %u", place);
	}
}

/* A fine line among coarse ones: its position matters. */
static void rvkms_test_hash_value_place_of_fine_line_counts(struct kunit *test)
{
	struct values values = values_alloc(test, 1 + 2 * 16);
	const struct picture picture = paint(test, black, 4, 16);

	values_add(&values, &picture);
	for (u32 y = 0; y < 16; y++) {
		/* The two bytes differ by 1 either way; the upper byte does not. */
		pixel_at(&picture, 2, y)->g = 0x0001;
		values_add(&values, &picture);
		pixel_at(&picture, 2, y)->g = 0x0100;
		values_add(&values, &picture);
		pixel_at(&picture, 2, y)->g = 0;
	}

	expect_all_distinct(test, &values);
}

/* Different ways to compose the same frame. */

#define ROUTE_WIDTH 301
#define ROUTE_HEIGHT 6

static void paint_memory(u8 *memory, u8 alpha)
{
	for (u32 i = 0; i < ROUTE_WIDTH * ROUTE_HEIGHT; i++) {
		const struct rvkms_pixel p = eight(i % ROUTE_WIDTH, i / ROUTE_WIDTH);

		memory[4 * i] = p.b >> 8;
		memory[4 * i + 1] = p.g >> 8;
		memory[4 * i + 2] = p.r >> 8;
		memory[4 * i + 3] = alpha;
	}
}

static struct rvkms_image route_image(struct kunit *test, u32 fourcc, u8 alpha)
{
	u8 *memory = kunit_kmalloc(test, 4 * ROUTE_WIDTH * ROUTE_HEIGHT, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, memory);
	paint_memory(memory, alpha);

	return (struct rvkms_image){
		.format = rvkms_format_find(fourcc),
		.planes = { { memory, 4 * ROUTE_WIDTH } },
		.width = ROUTE_WIDTH,
		.height = ROUTE_HEIGHT,
	};
}

static u32 composed_value(struct kunit *test, struct rvkms_layer *layers, u32 num_layers)
{
	const struct rvkms_frame frame = {
		.width = ROUTE_WIDTH,
		.height = ROUTE_HEIGHT,
		.background = gray(0),
		.num_layers = num_layers,
		.layers = layers,
	};
	const struct picture line = picture_alloc(test, ROUTE_WIDTH, 1);
	struct rvkms_hash hash = rvkms_hash_init(ROUTE_WIDTH, ROUTE_HEIGHT);

	for (u32 y = 0; y < ROUTE_HEIGHT; y++) {
		rvkms_compose_line(&frame, y, line.pixels);
		rvkms_hash_add_line(&hash, line.pixels, ROUTE_WIDTH);
	}

	return rvkms_hash_value(&hash);
}

/*
 * From an opaque layer, a translucent layer, and two tiles: the frame is the same, and so is the
 * value.
 */
static void rvkms_test_hash_value_same_by_any_route(struct kunit *test)
{
	const struct picture painted = paint(test, eight, ROUTE_WIDTH, ROUTE_HEIGHT);
	const struct rvkms_span all = { 0, 0, 0, 0, ROUTE_WIDTH, ROUTE_HEIGHT };
	const u32 expected = picture_value(&painted);
	struct rvkms_layer opaque = {
		.image = route_image(test, DRM_FORMAT_XRGB8888, 0x37),
		.visible = all,
		.alpha = 65535,
	};
	struct rvkms_layer translucent = {
		.image = route_image(test, DRM_FORMAT_ARGB8888, 0xff),
		.visible = all,
		.alpha = 65535,
	};
	struct rvkms_layer tiles[] = { opaque, translucent };

	tiles[0].visible = (struct rvkms_span){ 0, 0, 0, 0, 133, ROUTE_HEIGHT };
	tiles[1].visible = (struct rvkms_span){ 133, 0, 133, 0, 168, ROUTE_HEIGHT };

	KUNIT_EXPECT_EQ(test, composed_value(test, &opaque, 1), expected);
	KUNIT_EXPECT_EQ(test, composed_value(test, &translucent, 1), expected);
	KUNIT_EXPECT_EQ(test, composed_value(test, tiles, 2), expected);
}

/* The nearest number of @bits to a channel, and the channel value nearest to that number. */
static u16 rounded(u16 c, u32 bits)
{
	const u32 max = (1u << bits) - 1;
	const u64 number = div_u64(2ull * c * max + 65535, 2 * 65535);

	return div_u64(2 * number * 65535 + max, 2 * max);
}

static struct rvkms_pixel rounded_pixel(struct rvkms_pixel p, u32 bits)
{
	return (struct rvkms_pixel){
		rounded(p.b, bits), rounded(p.g, bits), rounded(p.r, bits), p.a,
	};
}

static struct rvkms_hash line_hash(const struct picture *line, u32 depth)
{
	struct rvkms_hash hash = rvkms_hash_init(line->width, 1);

	rvkms_hash_set_depth(&hash, depth);
	rvkms_hash_add_line(&hash, line->pixels, line->width);

	return hash;
}

/* Every value of a channel, in all three channels, with other values in the other channels. */
static struct rvkms_pixel every(u32 x, u32 y)
{
	return (struct rvkms_pixel){ .b = x, .g = x + 21845, .r = x + 43690, .a = 3 * x };
}

static void rvkms_test_hash_set_depth_every_value(struct kunit *test)
{
	for (u32 bits = 1; bits <= 16; bits++) {
		struct picture line = paint(test, every, 65536, 1);
		const u32 value = line_hash(&line, bits).lanes[0];

		for (u32 i = 0; i < line.width; i++)
			line.pixels[i] = rounded_pixel(line.pixels[i], bits);

		KUNIT_EXPECT_EQ_MSG(test, value, (u32)line_hash(&line, 16).lanes[0], "%u", bits);
		kunit_kfree(test, line.pixels);
	}
}

/* All lanes, and lines that do not end with a block. */
static void rvkms_test_hash_set_depth_every_length(struct kunit *test)
{
	for (u32 bits = 1; bits <= 16; bits++) {
		for (u32 width = 0; width < 140; width++) {
			struct picture line = paint(test, speck, width, 1);
			const struct rvkms_hash hash = line_hash(&line, bits);
			struct rvkms_hash expected;

			for (u32 i = 0; i < width; i++)
				line.pixels[i] = rounded_pixel(line.pixels[i], bits);
			expected = line_hash(&line, 16);

			KUNIT_EXPECT_MEMEQ(test, hash.lanes, expected.lanes, sizeof(hash.lanes));
			KUNIT_EXPECT_EQ(test, hash.lines, 1);
			kunit_kfree(test, line.pixels);
		}
	}
}

static void rvkms_test_hash_set_depth_bytes_are_pixels(struct kunit *test)
{
	u8 bytes[4 * 140];

	for (u32 bits = 1; bits <= 16; bits++) {
		for (u32 width = 0; width < 140; width++) {
			const struct picture line = paint(test, eight, width, 1);
			struct rvkms_hash by_pixels = line_hash(&line, bits);
			struct rvkms_hash by_bytes = rvkms_hash_init(width, 1);

			for (u32 i = 0; i < width; i++) {
				bytes[4 * i] = line.pixels[i].b >> 8;
				bytes[4 * i + 1] = line.pixels[i].g >> 8;
				bytes[4 * i + 2] = line.pixels[i].r >> 8;
				bytes[4 * i + 3] = 0x5a;
			}
			rvkms_hash_set_depth(&by_bytes, bits);
			rvkms_hash_add_bytes(&by_bytes, bytes, width);
			rvkms_hash_end_line(&by_bytes);

			KUNIT_EXPECT_EQ(test, rvkms_hash_value(&by_pixels),
					rvkms_hash_value(&by_bytes));
			kunit_kfree(test, line.pixels);
		}
	}
}

/* A depth of 0 counts as 1, a depth above 16 counts as 16. */
static void rvkms_test_hash_set_depth_outside(struct kunit *test)
{
	const struct picture line = paint(test, sixteen, 70, 1);

	KUNIT_EXPECT_EQ(test, line_hash(&line, 0).lanes[1], line_hash(&line, 1).lanes[1]);
	KUNIT_EXPECT_EQ(test, line_hash(&line, 17).lanes[1], line_hash(&line, 16).lanes[1]);
	KUNIT_EXPECT_EQ(test, line_hash(&line, U32_MAX).lanes[1], line_hash(&line, 16).lanes[1]);
	KUNIT_EXPECT_NE(test, line_hash(&line, 1).lanes[1], line_hash(&line, 16).lanes[1]);
}

static struct kunit_case rvkms_hash_tests[] = {
	KUNIT_CASE(rvkms_test_hash_set_depth_every_value),
	KUNIT_CASE(rvkms_test_hash_set_depth_every_length),
	KUNIT_CASE(rvkms_test_hash_set_depth_bytes_are_pixels),
	KUNIT_CASE(rvkms_test_hash_set_depth_outside),
	KUNIT_CASE_PARAM(rvkms_test_hash_value_golden, golden_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_hash_value_every_bit_counts, base_gen_params),
	KUNIT_CASE(rvkms_test_hash_value_every_byte_counts),
	KUNIT_CASE(rvkms_test_hash_value_swapped_pixels),
	KUNIT_CASE(rvkms_test_hash_value_swapped_lines),
	KUNIT_CASE(rvkms_test_hash_value_moved_sideways),
	KUNIT_CASE(rvkms_test_hash_value_moved_downwards),
	KUNIT_CASE(rvkms_test_hash_value_every_place_counts),
	KUNIT_CASE(rvkms_test_hash_value_size_counts),
	KUNIT_CASE_PARAM(rvkms_test_hash_init_size_counts, size_gen_params),
	KUNIT_CASE(rvkms_test_hash_add_line_number_of_lines_counts),
	KUNIT_CASE(rvkms_test_hash_add_line_counts_lines),
	KUNIT_CASE(rvkms_test_hash_value_leaves_hash),
	KUNIT_CASE_PARAM(rvkms_test_hash_value_opacity_does_not_count, base_gen_params),
	KUNIT_CASE(rvkms_test_hash_add_line_odd_width),
	KUNIT_CASE(rvkms_test_hash_add_line_empty_reads_nothing),
	KUNIT_CASE(rvkms_test_hash_add_line_every_length_counts),
	KUNIT_CASE_PARAM(rvkms_test_hash_add_bytes_same_if_coarse, fine_gen_params),
	KUNIT_CASE(rvkms_test_hash_value_place_of_fine_line_counts),
	KUNIT_CASE(rvkms_test_hash_value_same_by_any_route),
	{ }
};

static struct kunit_suite rvkms_hash_suite = {
	.name = "rvkms_hash",
	.test_cases = rvkms_hash_tests,
};

kunit_test_suite(rvkms_hash_suite);
