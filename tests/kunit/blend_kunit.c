// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of core/blend. The reference divides, which the code under test does not: a product is
 * rounded to nearest by looking at the remainder of its division by 65535. There are no ties,
 * since 65535 is odd.
 */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/prandom.h>
#include <linux/types.h>

#include "../core/blend.h"
#include "mismatch.h"

static const u16 boundary_colours[] = {
	0, 1, 2, 127, 128, 255, 256, 257, 32767, 32768, 32769, 65279, 65280, 65534, 65535,
};

static u32 reference_over(u32 below, u32 above, u32 opacity)
{
	const u32 product = below * (65535 - opacity);
	const u32 rounded = product / 65535 + (product % 65535 > 32767 ? 1 : 0);
	const u32 sum = above + rounded;

	return sum > 65535 ? 65535 : sum;
}

static bool pixel_differs(struct rvkms_pixel p, u32 b, u32 g, u32 r, u32 a)
{
	return p.b != b || p.g != g || p.r != r || p.a != a;
}

/* True if blending is not what the reference says, in any channel. */
static bool blend_is_wrong(struct rvkms_pixel below, struct rvkms_pixel above)
{
	return pixel_differs(rvkms_blend_premultiplied(below, above),
			     reference_over(below.b, above.b, above.a),
			     reference_over(below.g, above.g, above.a),
			     reference_over(below.r, above.r, above.a),
			     reference_over(below.a, above.a, above.a));
}

static u64 pack(u64 below, u64 above, u64 opacity)
{
	return opacity << 32 | above << 16 | below;
}

/*
 * All 2^24 of 8-bit opacity, colour above and colour below, widened. The other channels see the
 * same triples in another order, so that each channel sees each triple.
 */
static void rvkms_test_blend_premultiplied_all_8bit(struct kunit *test)
{
	struct mismatch m = {};

	for (u32 i = 0; i < 1 << 24; i++) {
		const u32 opacity = i >> 16;
		const u32 over = i >> 8 & 0xff;
		const u32 under = i & 0xff;
		const struct rvkms_pixel below = {
			.b = under * 257,
			.g = (255 - under) * 257,
			.r = (under ^ 0x55) * 257,
			.a = under * 257,
		};
		const struct rvkms_pixel above = {
			.b = over * 257,
			.g = over * 257,
			.r = (255 - over) * 257,
			.a = opacity * 257,
		};

		mismatch_note(&m, blend_is_wrong(below, above), pack(under, over, opacity));
	}

	EXPECT_NO_MISMATCH(test, &m, 1 << 24);
}

/* Every 16-bit opacity with every pair of colours at which something may tip over. */
static void rvkms_test_blend_premultiplied_all_opacities(struct kunit *test)
{
	const u32 num_colours = ARRAY_SIZE(boundary_colours);
	struct mismatch m = {};

	for (u32 opacity = 0; opacity <= U16_MAX; opacity++) {
		for (u32 i = 0; i < num_colours * num_colours; i++) {
			const u32 over = boundary_colours[i / num_colours];
			const u32 under = boundary_colours[i % num_colours];
			const struct rvkms_pixel below = { under, over, U16_MAX - under, under };
			const struct rvkms_pixel above = { over, under, over, opacity };

			mismatch_note(&m, blend_is_wrong(below, above),
				      pack(under, over, opacity));
		}
	}

	EXPECT_NO_MISMATCH(test, &m, 65536 * 225);
}

static void rvkms_test_blend_premultiplied_random_16bit(struct kunit *test)
{
	struct rnd_state random;
	struct mismatch m = {};

	prandom_seed_state(&random, 0x6b6d73);
	for (u32 i = 0; i < 1 << 20; i++) {
		struct rvkms_pixel pixels[2];

		prandom_bytes_state(&random, pixels, sizeof(pixels));
		mismatch_note(&m, blend_is_wrong(pixels[0], pixels[1]), i);
	}

	EXPECT_NO_MISMATCH(test, &m, 1 << 20);
}

static void rvkms_test_blend_premultiplied_opaque_covers(struct kunit *test)
{
	struct mismatch m = {};

	for (u32 c = 0; c <= U16_MAX; c++) {
		const struct rvkms_pixel below = { c, 65535 - c, c ^ 0x5a5a, c };
		const struct rvkms_pixel above = { 65535 - c, c, c ^ 0xff00, 65535 };
		const struct rvkms_pixel out = rvkms_blend_premultiplied(below, above);

		mismatch_note(&m, pixel_differs(out, 65535 - c, c, c ^ 0xff00, 65535), c);
	}

	EXPECT_NO_MISMATCH(test, &m, 65536);
}

static void rvkms_test_blend_premultiplied_transparent_shows(struct kunit *test)
{
	const struct rvkms_pixel above = { 0, 0, 0, 0 };
	struct mismatch m = {};

	for (u32 c = 0; c <= U16_MAX; c++) {
		const struct rvkms_pixel below = { c, 65535 - c, c ^ 0x5a5a, c ^ 0xff };
		const struct rvkms_pixel out = rvkms_blend_premultiplied(below, above);

		mismatch_note(&m, pixel_differs(out, c, 65535 - c, c ^ 0x5a5a, c ^ 0xff), c);
	}

	EXPECT_NO_MISMATCH(test, &m, 65536);
}

/* What is opaque stays opaque, whatever is put over it: a picture never gets holes. */
static void rvkms_test_blend_premultiplied_stays_opaque(struct kunit *test)
{
	const struct rvkms_pixel below = { 0, 32768, 65535, 65535 };
	struct mismatch m = {};

	for (u32 opacity = 0; opacity <= U16_MAX; opacity++) {
		const struct rvkms_pixel above = { opacity, opacity, opacity, opacity };
		const struct rvkms_pixel out = rvkms_blend_premultiplied(below, above);

		mismatch_note(&m, out.a != 65535, opacity);
	}

	EXPECT_NO_MISMATCH(test, &m, 65536);
}

struct blend_case {
	const char *desc;
	struct rvkms_pixel below;
	struct rvkms_pixel above;
	struct rvkms_pixel expected;
};

/* Blue, green, red, opacity. Every channel of every row has a value of its own. */
static const struct blend_case blend_cases[] = {
	{
		.desc = "half over opaque",
		.below = { 10000, 20000, 30000, 65535 },
		.above = { 1, 2, 3, 32768 },
		/* 10000 * 32767 / 65535 = 4999.92, 9999.85, 14999.77, 32767 */
		.expected = { 5001, 10002, 15003, 65535 },
	}, {
		.desc = "half over translucent",
		.below = { 10000, 20000, 30000, 40000 },
		.above = { 1, 2, 3, 32768 },
		/* 40000 * 32767 / 65535 = 19999.69 */
		.expected = { 5001, 10002, 15003, 52768 },
	}, {
		.desc = "rounded down just below one half",
		.below = { 32767, 1, 32766, 0 },
		.above = { 0, 0, 0, 65534 },
		.expected = { 0, 0, 0, 65534 },
	}, {
		.desc = "rounded up just above one half",
		.below = { 32768, 32769, 65535, 32768 },
		.above = { 0, 0, 0, 65534 },
		.expected = { 1, 1, 1, 65535 },
	}, {
		.desc = "blue saturates alone",
		.below = { 65535, 20000, 30000, 40000 },
		.above = { 1, 0, 0, 0 },
		.expected = { 65535, 20000, 30000, 40000 },
	}, {
		.desc = "green saturates alone",
		.below = { 10000, 65535, 30000, 40000 },
		.above = { 0, 65535, 0, 0 },
		.expected = { 10000, 65535, 30000, 40000 },
	}, {
		.desc = "red saturates alone",
		.below = { 10000, 20000, 30000, 40000 },
		.above = { 0, 0, 35536, 0 },
		.expected = { 10000, 20000, 65535, 40000 },
	}, {
		.desc = "red reaches white without saturating",
		.below = { 10000, 20000, 30000, 40000 },
		.above = { 0, 0, 35535, 0 },
		.expected = { 10000, 20000, 65535, 40000 },
	}, {
		.desc = "colour beyond opacity adds light",
		.below = { 1000, 2000, 3000, 65535 },
		.above = { 100, 200, 300, 0 },
		.expected = { 1100, 2200, 3300, 65535 },
	}, {
		.desc = "all saturate",
		.below = { 65535, 65535, 65535, 65535 },
		.above = { 65535, 65535, 65535, 0 },
		.expected = { 65535, 65535, 65535, 65535 },
	}, {
		.desc = "nothing over nothing",
		.below = { 0, 0, 0, 0 },
		.above = { 0, 0, 0, 0 },
		.expected = { 0, 0, 0, 0 },
	},
};

KUNIT_ARRAY_PARAM_DESC(blend, blend_cases, desc);

static void rvkms_test_blend_premultiplied_literal(struct kunit *test)
{
	const struct blend_case *row = test->param_value;
	const struct rvkms_pixel out = rvkms_blend_premultiplied(row->below, row->above);

	KUNIT_EXPECT_EQ(test, out.b, row->expected.b);
	KUNIT_EXPECT_EQ(test, out.g, row->expected.g);
	KUNIT_EXPECT_EQ(test, out.r, row->expected.r);
	KUNIT_EXPECT_EQ(test, out.a, row->expected.a);
}

/* The value of channel i: b, g, r, a. */
static u16 channel(struct rvkms_pixel p, u32 i)
{
	const u16 channels[] = { p.b, p.g, p.r, p.a };

	return channels[i];
}

static struct rvkms_pixel with_channel(struct rvkms_pixel p, u32 i, u16 value)
{
	u16 *const channels[] = { &p.b, &p.g, &p.r, &p.a };

	*channels[i] = value;

	return p;
}

static void rvkms_test_blend_premultiplied_channels_below_independent(struct kunit *test)
{
	const struct rvkms_pixel below = { 1111, 22222, 33333, 44444 };
	const struct rvkms_pixel above = { 555, 6666, 7777, 12345 };
	const struct rvkms_pixel base = rvkms_blend_premultiplied(below, above);

	for (u32 changed = 0; changed < 4; changed++) {
		const struct rvkms_pixel other = with_channel(below, changed, 60000);
		const struct rvkms_pixel out = rvkms_blend_premultiplied(other, above);

		for (u32 i = 0; i < 4; i++) {
			if (i == changed)
				KUNIT_EXPECT_NE(test, channel(out, i), channel(base, i));
			else
				KUNIT_EXPECT_EQ(test, channel(out, i), channel(base, i));
		}
	}
}

/* The opacity above concerns all channels, so that only the colours are changed here. */
static void rvkms_test_blend_premultiplied_colours_above_independent(struct kunit *test)
{
	const struct rvkms_pixel below = { 1111, 22222, 33333, 44444 };
	const struct rvkms_pixel above = { 555, 6666, 7777, 12345 };
	const struct rvkms_pixel base = rvkms_blend_premultiplied(below, above);

	for (u32 changed = 0; changed < 3; changed++) {
		const struct rvkms_pixel other = with_channel(above, changed, 12000);
		const struct rvkms_pixel out = rvkms_blend_premultiplied(below, other);

		for (u32 i = 0; i < 4; i++) {
			if (i == changed)
				KUNIT_EXPECT_NE(test, channel(out, i), channel(base, i));
			else
				KUNIT_EXPECT_EQ(test, channel(out, i), channel(base, i));
		}
	}
}

static struct kunit_case rvkms_blend_tests[] = {
	KUNIT_CASE_SLOW(rvkms_test_blend_premultiplied_all_8bit),
	KUNIT_CASE_SLOW(rvkms_test_blend_premultiplied_all_opacities),
	KUNIT_CASE(rvkms_test_blend_premultiplied_random_16bit),
	KUNIT_CASE(rvkms_test_blend_premultiplied_opaque_covers),
	KUNIT_CASE(rvkms_test_blend_premultiplied_transparent_shows),
	KUNIT_CASE(rvkms_test_blend_premultiplied_stays_opaque),
	KUNIT_CASE_PARAM(rvkms_test_blend_premultiplied_literal, blend_gen_params),
	KUNIT_CASE(rvkms_test_blend_premultiplied_channels_below_independent),
	KUNIT_CASE(rvkms_test_blend_premultiplied_colours_above_independent),
	{ }
};

static struct kunit_suite rvkms_blend_suite = {
	.name = "rvkms_blend",
	.test_cases = rvkms_blend_tests,
};

kunit_test_suite(rvkms_blend_suite);
