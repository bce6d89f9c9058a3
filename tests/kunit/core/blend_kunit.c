// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of core/blend. The reference divides, which the code under test does not: a product is
 * rounded to nearest by the remainder of its division by 65535. There are no ties, since 65535 is
 * odd.
 */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/prandom.h>
#include <linux/types.h>

#include "../../core/compose/blend.h"
#include "mismatch.h"

static const u16 boundary_colours[] = {
	0, 1, 2, 127, 128, 255, 256, 257, 32767, 32768, 32769, 65279, 65280, 65534, 65535,
};

static u32 reference_product(u32 c, u32 weight)
{
	const u32 product = c * weight;

	return product / 65535 + (product % 65535 > 32767 ? 1 : 0);
}

static u32 reference_sum(u32 below, u32 colour, u32 opacity)
{
	const u32 sum = colour + reference_product(below, 65535 - opacity);

	return sum > 65535 ? 65535 : sum;
}

struct reference {
	enum rvkms_blend_mode mode;
	u16 alpha;
	u32 opacity;
};

static struct reference reference_of(enum rvkms_blend_mode mode, u16 alpha, u16 pixel_opacity)
{
	const u32 opacity = mode == RVKMS_BLEND_NONE ? alpha
						     : reference_product(pixel_opacity, alpha);

	return (struct reference){ mode, alpha, opacity };
}

static u32 reference_channel(const struct reference *how, u32 below, u32 above)
{
	const u32 weight = how->mode == RVKMS_BLEND_COVERAGE ? how->opacity : how->alpha;

	return reference_sum(below, reference_product(above, weight), how->opacity);
}

static bool pixel_differs(struct rvkms_pixel p, u32 b, u32 g, u32 r, u32 a)
{
	return p.b != b || p.g != g || p.r != r || p.a != a;
}

static struct rvkms_pixel blend(struct rvkms_pixel below, struct rvkms_pixel above,
				enum rvkms_blend_mode mode, u16 alpha)
{
	rvkms_blend_line(&above, mode, alpha, &below, 1);

	return below;
}

static struct rvkms_pixel premultiplied(struct rvkms_pixel below, struct rvkms_pixel above)
{
	return blend(below, above, RVKMS_BLEND_PREMULTIPLIED, 65535);
}

/* True if blending differs from the reference in any channel. */
static bool blend_is_wrong(struct rvkms_pixel below, struct rvkms_pixel above,
			   enum rvkms_blend_mode mode, u16 alpha)
{
	const struct reference how = reference_of(mode, alpha, above.a);

	return pixel_differs(blend(below, above, mode, alpha),
			     reference_channel(&how, below.b, above.b),
			     reference_channel(&how, below.g, above.g),
			     reference_channel(&how, below.r, above.r),
			     reference_sum(below.a, how.opacity, how.opacity));
}

static u64 pack(u64 below, u64 above, u64 opacity)
{
	return opacity << 32 | above << 16 | below;
}

struct mode_case {
	const char *desc;
	enum rvkms_blend_mode mode;
};

static const struct mode_case modes[] = {
	{ "premultiplied", RVKMS_BLEND_PREMULTIPLIED },
	{ "coverage", RVKMS_BLEND_COVERAGE },
	{ "none", RVKMS_BLEND_NONE },
};

KUNIT_ARRAY_PARAM_DESC(mode, modes, desc);

/*
 * All 2^24 combinations of 8-bit alpha, colour above and colour below, widened. The other channels
 * run through the same triples in another order, so that each channel gets each triple.
 */
static void rvkms_test_blend_line_all_8bit(struct kunit *test)
{
	const struct mode_case *row = test->param_value;
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

		mismatch_note(&m, blend_is_wrong(below, above, row->mode, 65535),
			      pack(under, over, opacity));
	}

	EXPECT_NO_MISMATCH(test, &m, 1 << 24);
}

/* True if blending bytes over an opaque pixel differs from the reference. */
static bool bytes_are_wrong(struct rvkms_pixel out, const u8 *above,
			    const struct rvkms_pixel *below, const struct reference *how)
{
	return pixel_differs(out, reference_channel(how, below->b, above[0] * 257),
			     reference_channel(how, below->g, above[1] * 257),
			     reference_channel(how, below->r, above[2] * 257), 65535);
}

/* The same for pixels that are not widened first. The alpha below is always full. */
static void rvkms_test_blend_bytes_all(struct kunit *test)
{
	struct mismatch m = {};

	for (u32 i = 0; i < 1 << 24; i++) {
		const u32 opacity = i >> 16;
		const u32 over = i >> 8 & 0xff;
		const u32 under = i & 0xff;
		const u8 below[] = { under, 255 - under, under ^ 0x55, i };
		const u8 above[] = { over, over, 255 - over, opacity };
		const struct rvkms_pixel below_pixel = {
			below[0] * 257, below[1] * 257, below[2] * 257, 65535,
		};
		const struct reference how = {
			RVKMS_BLEND_PREMULTIPLIED, 65535, opacity * 257,
		};
		struct rvkms_pixel out;
		u8 rounded[4];

		rvkms_blend_bytes(above, below, &out, 1);
		rvkms_blend_bytes_rounded(above, below, rounded, 1);
		mismatch_note(&m, bytes_are_wrong(out, above, &below_pixel, &how) ||
			      rounded[0] != (out.b + 128) / 257 ||
			      rounded[1] != (out.g + 128) / 257 ||
			      rounded[2] != (out.r + 128) / 257,
			      pack(under, over, opacity));
	}

	EXPECT_NO_MISMATCH(test, &m, 1 << 24);
}

/* An odd number of pixels: pairs and a single one. Some sums overflow, some do not. */
static void rvkms_test_blend_bytes_rounded_counts(struct kunit *test)
{
	static const u8 above[] = {
		255, 255, 255, 0,	10, 20, 30, 128,	0, 255, 0, 255,
		200, 100, 0, 77,	1, 2, 3, 0,
	};
	static const u8 below[] = {
		1, 255, 0, 9,		100, 200, 255, 9,	77, 88, 99, 9,
		90, 250, 255, 9,	254, 253, 252, 9,
	};
	/* above + below (255 - alpha) / 255, at most 255 */
	static const u8 seen[][3] = {
		{ 255, 255, 255 }, { 60, 120, 157 }, { 0, 255, 0 }, { 255, 255, 178 },
		{ 255, 255, 255 },
	};

	for (u32 count = 0; count <= ARRAY_SIZE(seen); count++) {
		u8 bytes[4 * ARRAY_SIZE(seen) + 4] = {};

		bytes[4 * count] = 0x5a;
		rvkms_blend_bytes_rounded(above, below, bytes, count);
		for (u32 i = 0; i < count; i++) {
			KUNIT_EXPECT_EQ(test, bytes[4 * i], seen[i][0]);
			KUNIT_EXPECT_EQ(test, bytes[4 * i + 1], seen[i][1]);
			KUNIT_EXPECT_EQ(test, bytes[4 * i + 2], seen[i][2]);
		}
		KUNIT_EXPECT_EQ(test, bytes[4 * count], 0x5a);
	}
}

/*
 * All 8-bit alphas and colours above, over every 16-bit colour. One test of 2^32 would be too long.
 */
static void rvkms_test_blend_bytes_over_all_opacities(struct kunit *test)
{
	struct mismatch m = {};

	for (u32 i = 0; i < 1 << 24; i++) {
		const u32 opacity = i >> 16;
		const u32 under = i & 0xffff;
		const u32 over = under * 31 >> 8 & 0xff;
		const u8 above[] = { over, opacity, 0, opacity };
		const struct reference how = {
			RVKMS_BLEND_PREMULTIPLIED, 65535, opacity * 257,
		};
		struct rvkms_pixel line = { under, 65535 - under, under ^ 0x5555, 65535 };
		const struct rvkms_pixel below = line;

		rvkms_blend_bytes_over(above, &line, 1);
		mismatch_note(&m, bytes_are_wrong(line, above, &below, &how),
			      pack(under, over, opacity));
	}

	EXPECT_NO_MISMATCH(test, &m, 1 << 24);
}

/* Every 16-bit alpha with every pair of boundary colours. */
static void rvkms_test_blend_line_all_opacities(struct kunit *test)
{
	const struct mode_case *row = test->param_value;
	const u32 num_colours = ARRAY_SIZE(boundary_colours);
	struct mismatch m = {};

	for (u32 opacity = 0; opacity <= U16_MAX; opacity++) {
		for (u32 i = 0; i < num_colours * num_colours; i++) {
			const u32 over = boundary_colours[i / num_colours];
			const u32 under = boundary_colours[i % num_colours];
			const struct rvkms_pixel below = { under, over, U16_MAX - under, under };
			const struct rvkms_pixel above = { over, under, over, opacity };

			mismatch_note(&m, blend_is_wrong(below, above, row->mode, 65535),
				      pack(under, over, opacity));
		}
	}

	EXPECT_NO_MISMATCH(test, &m, 65536 * 225);
}

/* Every plane alpha, with boundary alphas and pairs of boundary colours. */
static void rvkms_test_blend_line_all_alphas(struct kunit *test)
{
	const struct mode_case *row = test->param_value;
	const u32 num_colours = ARRAY_SIZE(boundary_colours);
	struct mismatch m = {};

	for (u32 alpha = 0; alpha <= U16_MAX; alpha++) {
		for (u32 i = 0; i < num_colours * num_colours; i++) {
			const u32 over = boundary_colours[i / num_colours];
			const u32 opacity = boundary_colours[i % num_colours];
			const u32 under = over ^ opacity;
			const struct rvkms_pixel below = { under, over, U16_MAX - under, under };
			const struct rvkms_pixel above = { over, under, U16_MAX, opacity };

			mismatch_note(&m, blend_is_wrong(below, above, row->mode, alpha),
				      pack(alpha, over, opacity));
		}
	}

	EXPECT_NO_MISMATCH(test, &m, 65536 * 225);
}

static void rvkms_test_blend_line_random_16bit(struct kunit *test)
{
	const struct mode_case *row = test->param_value;
	struct rnd_state random;
	struct mismatch m = {};

	prandom_seed_state(&random, 0x6b6d73);
	for (u32 i = 0; i < 1 << 18; i++) {
		struct rvkms_pixel pixels[2];
		const u16 alpha = i % 2 ? prandom_u32_state(&random) : 65535;

		prandom_bytes_state(&random, pixels, sizeof(pixels));
		mismatch_note(&m, blend_is_wrong(pixels[0], pixels[1], row->mode, alpha), i);
	}

	EXPECT_NO_MISMATCH(test, &m, 1 << 18);
}

/*
 * vkms adds src * 65535 and dst * (65535 - alpha) in 32 bits and returns the quotient in 16. Where
 * a colour exceeds its alpha, as in a coverage buffer that is shown as premultiplied, the sum wraps
 * and bright pixels turn dark. White with alpha 0 over white must stay white, and a brighter input
 * must never give a darker result.
 */
static void rvkms_test_blend_line_never_wraps(struct kunit *test)
{
	const struct mode_case *row = test->param_value;
	struct mismatch m = {};

	for (u32 opacity = 0; opacity <= U16_MAX; opacity += 15) {
		struct rvkms_pixel last = {};

		for (u32 c = 0; c <= U16_MAX; c += 257) {
			const struct rvkms_pixel below = { c, 65535, 50000, 65535 };
			const struct rvkms_pixel above = { 65535, c, c, opacity };
			const struct rvkms_pixel out = blend(below, above, row->mode, 65535);

			mismatch_note(&m, out.b < last.b || out.g < last.g || out.r < last.r,
				      pack(0, c, opacity));
			last = out;
		}
	}

	EXPECT_NO_MISMATCH(test, &m, 4370 * 256);
}

static void rvkms_test_blend_line_white_over_white(struct kunit *test)
{
	const struct rvkms_pixel white = { 65535, 65535, 65535, 65535 };
	const struct rvkms_pixel light = { 65535, 65535, 65535, 0 };
	const struct rvkms_pixel out = premultiplied(white, light);

	KUNIT_EXPECT_EQ(test, out.b, 65535);
	KUNIT_EXPECT_EQ(test, out.g, 65535);
	KUNIT_EXPECT_EQ(test, out.r, 65535);
	KUNIT_EXPECT_EQ(test, out.a, 65535);
}

static bool blends_differ(struct rvkms_pixel above, enum rvkms_blend_mode mode, u16 alpha,
			  struct rvkms_pixel other_above, enum rvkms_blend_mode other_mode)
{
	const struct rvkms_pixel below = { 1234, 34567, 65535, 65535 };
	const struct rvkms_pixel out = blend(below, above, mode, alpha);

	return pixel_differs(blend(below, other_above, other_mode, alpha), out.b, out.g, out.r,
			     out.a);
}

/* The property's documentation: without pixel alpha, all three equations become equivalent. */
static void rvkms_test_blend_line_opaque_same_in_all_modes(struct kunit *test)
{
	struct mismatch m = {};

	for (u32 alpha = 0; alpha <= U16_MAX; alpha++) {
		const struct rvkms_pixel above = { alpha ^ 0x5a5a, 65535, 777, 65535 };

		mismatch_note(&m, blends_differ(above, RVKMS_BLEND_PREMULTIPLIED, alpha,
						above, RVKMS_BLEND_COVERAGE), alpha);
		mismatch_note(&m, blends_differ(above, RVKMS_BLEND_PREMULTIPLIED, alpha,
						above, RVKMS_BLEND_NONE), alpha);
	}

	EXPECT_NO_MISMATCH(test, &m, 2 * 65536);
}

/* "None" ignores the pixel alpha. */
static void rvkms_test_blend_line_none_ignores_opacity(struct kunit *test)
{
	struct mismatch m = {};

	for (u32 opacity = 0; opacity <= U16_MAX; opacity++) {
		const struct rvkms_pixel above = { 40000, 65535, opacity, opacity };
		const struct rvkms_pixel opaque = { 40000, 65535, opacity, 65535 };

		mismatch_note(&m, blends_differ(above, RVKMS_BLEND_NONE, opacity ^ 0x5a5a,
						opaque, RVKMS_BLEND_NONE), opacity);
	}

	EXPECT_NO_MISMATCH(test, &m, 65536);
}

/* Coverage equals premultiplied blending of a buffer that the client multiplied itself. */
static void rvkms_test_blend_line_coverage_is_to_be_multiplied(struct kunit *test)
{
	struct mismatch m = {};

	for (u32 opacity = 0; opacity <= U16_MAX; opacity++) {
		const struct rvkms_pixel above = { 40000, 65535, 1, opacity };
		const struct rvkms_pixel multiplied = {
			.b = reference_product(40000, opacity),
			.g = opacity,
			.r = reference_product(1, opacity),
			.a = opacity,
		};

		mismatch_note(&m, blends_differ(above, RVKMS_BLEND_COVERAGE, 65535,
						multiplied, RVKMS_BLEND_PREMULTIPLIED), opacity);
	}

	EXPECT_NO_MISMATCH(test, &m, 65536);
}

/* A plane with alpha 0 shows nothing, whichever pixels it has. */
static void rvkms_test_blend_line_no_alpha_shows_below(struct kunit *test)
{
	const struct mode_case *row = test->param_value;
	struct mismatch m = {};

	for (u32 c = 0; c <= U16_MAX; c++) {
		const struct rvkms_pixel below = { c, 65535 - c, c ^ 0x5a5a, c ^ 0xff };
		const struct rvkms_pixel above = { 65535 - c, c, 65535, c };
		const struct rvkms_pixel out = blend(below, above, row->mode, 0);

		mismatch_note(&m, pixel_differs(out, c, 65535 - c, c ^ 0x5a5a, c ^ 0xff), c);
	}

	EXPECT_NO_MISMATCH(test, &m, 65536);
}

/* An unknown mode is treated as the default mode. */
static void rvkms_test_blend_line_unknown_mode(struct kunit *test)
{
	const struct rvkms_pixel below = { 10000, 20000, 30000, 65535 };
	const struct rvkms_pixel above = { 1000, 20000, 30000, 32768 };
	const u16 alphas[] = { 0, 32768, 65534, 65535 };

	for (u32 i = 0; i < ARRAY_SIZE(alphas); i++) {
		const struct rvkms_pixel out = blend(below, above, (enum rvkms_blend_mode)77,
						     alphas[i]);
		const struct rvkms_pixel expected = blend(below, above,
							  RVKMS_BLEND_PREMULTIPLIED, alphas[i]);

		KUNIT_EXPECT_EQ(test, out.b, expected.b);
		KUNIT_EXPECT_EQ(test, out.g, expected.g);
		KUNIT_EXPECT_EQ(test, out.r, expected.r);
		KUNIT_EXPECT_EQ(test, out.a, expected.a);
	}
}

/* Exactly the requested number of pixels is written, each from the pixel at its index. */
static void rvkms_test_blend_line_count(struct kunit *test)
{
	const struct rvkms_pixel above[] = { { 1, 2, 3, 0 }, { 4, 5, 6, 0 }, { 7, 8, 9, 0 } };
	const u16 alphas[] = { 65535, 65534 };

	for (u32 i = 0; i < ARRAY_SIZE(alphas); i++) {
		struct rvkms_pixel line[] = {
			{ 10, 10, 10, 10 }, { 20, 20, 20, 20 }, { 30, 30, 30, 30 },
		};

		rvkms_blend_line(above, RVKMS_BLEND_PREMULTIPLIED, alphas[i], line, 2);

		KUNIT_EXPECT_FALSE(test, pixel_differs(line[0], 11, 12, 13, 10));
		KUNIT_EXPECT_FALSE(test, pixel_differs(line[1], 24, 25, 26, 20));
		KUNIT_EXPECT_FALSE(test, pixel_differs(line[2], 30, 30, 30, 30));
	}
}

static void rvkms_test_blend_bytes_count(struct kunit *test)
{
	static const u8 above[] = { 1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0 };
	static const u8 below[] = { 10, 20, 30, 1, 40, 50, 60, 2, 70, 80, 90, 3 };
	struct rvkms_pixel line[3] = {};

	rvkms_blend_bytes(above, below, line, 2);

	KUNIT_EXPECT_FALSE(test, pixel_differs(line[0], 11 * 257, 22 * 257, 33 * 257, 65535));
	KUNIT_EXPECT_FALSE(test, pixel_differs(line[1], 44 * 257, 55 * 257, 66 * 257, 65535));
	KUNIT_EXPECT_FALSE(test, pixel_differs(line[2], 0, 0, 0, 0));
}

static void rvkms_test_blend_premultiplied_opaque_covers(struct kunit *test)
{
	struct mismatch m = {};

	for (u32 c = 0; c <= U16_MAX; c++) {
		const struct rvkms_pixel below = { c, 65535 - c, c ^ 0x5a5a, c };
		const struct rvkms_pixel above = { 65535 - c, c, c ^ 0xff00, 65535 };
		const struct rvkms_pixel out = premultiplied(below, above);

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
		const struct rvkms_pixel out = premultiplied(below, above);

		mismatch_note(&m, pixel_differs(out, c, 65535 - c, c ^ 0x5a5a, c ^ 0xff), c);
	}

	EXPECT_NO_MISMATCH(test, &m, 65536);
}

/* A pixel below that is opaque stays opaque, whichever pixel is blended over it. */
static void rvkms_test_blend_premultiplied_stays_opaque(struct kunit *test)
{
	const struct rvkms_pixel below = { 0, 32768, 65535, 65535 };
	struct mismatch m = {};

	for (u32 opacity = 0; opacity <= U16_MAX; opacity++) {
		const struct rvkms_pixel above = { opacity, opacity, opacity, opacity };
		const struct rvkms_pixel out = premultiplied(below, above);

		mismatch_note(&m, out.a != 65535, opacity);
	}

	EXPECT_NO_MISMATCH(test, &m, 65536);
}

struct blend_case {
	const char *desc;
	enum rvkms_blend_mode mode;
	/* 65535 minus the alpha of the plane. */
	u16 transparency;
	struct rvkms_pixel below;
	struct rvkms_pixel above;
	struct rvkms_pixel expected;
};

/* Blue, green, red, alpha. Every channel of every row has a value of its own. */
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
		.desc = "colour beyond alpha adds light",
		.below = { 1000, 2000, 3000, 65535 },
		.above = { 100, 200, 300, 0 },
		.expected = { 1100, 2200, 3300, 65535 },
	}, {
		.desc = "all saturate",
		.below = { 65535, 65535, 65535, 65535 },
		.above = { 65535, 65535, 65535, 0 },
		.expected = { 65535, 65535, 65535, 65535 },
	}, {
		.desc = "transparent over transparent",
		.below = { 0, 0, 0, 0 },
		.above = { 0, 0, 0, 0 },
		.expected = { 0, 0, 0, 0 },
	}, {
		.desc = "half plane alpha, half alpha",
		.transparency = 32767,
		.below = { 10000, 20000, 30000, 65535 },
		.above = { 1000, 20001, 30000, 32768 },
		/*
		 * alpha 32768 * 32768 / 65535 = 16384.25; colours 500.01, 10000.65, 15000.23; below
		 * by 49151 / 65535: 7499.96, 14999.92, 22499.89, 49151
		 */
		.expected = { 8000, 25001, 37500, 65535 },
	}, {
		.desc = "half plane alpha, half coverage",
		.mode = RVKMS_BLEND_COVERAGE,
		.transparency = 32767,
		.below = { 10000, 20000, 30000, 65535 },
		.above = { 1000, 20001, 65535, 32768 },
		/* colours by 16384 / 65535: 250.00, 5000.33, 16384 */
		.expected = { 7750, 20000, 38884, 65535 },
	}, {
		.desc = "half coverage over translucent",
		.mode = RVKMS_BLEND_COVERAGE,
		.below = { 10000, 20000, 30000, 40000 },
		.above = { 1000, 20001, 65535, 32768 },
		/* colours by 32768 / 65535: 500.01, 10000.65, 32768; below 4999.92, 9999.85, ... */
		.expected = { 5500, 20001, 47768, 52768 },
	}, {
		.desc = "half plane alpha, alpha ignored",
		.mode = RVKMS_BLEND_NONE,
		.transparency = 32767,
		.below = { 10000, 20000, 30000, 65535 },
		.above = { 1000, 20001, 65535, 7 },
		.expected = { 5500, 20001, 47768, 65535 },
	}, {
		.desc = "alpha ignored, covers",
		.mode = RVKMS_BLEND_NONE,
		.below = { 10000, 20000, 30000, 40000 },
		.above = { 1, 2, 3, 0 },
		.expected = { 1, 2, 3, 65535 },
	},
};

KUNIT_ARRAY_PARAM_DESC(blend, blend_cases, desc);

static void rvkms_test_blend_line_literal(struct kunit *test)
{
	const struct blend_case *row = test->param_value;
	const struct rvkms_pixel out = blend(row->below, row->above, row->mode,
					     65535 - row->transparency);

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
	const struct rvkms_pixel base = premultiplied(below, above);

	for (u32 changed = 0; changed < 4; changed++) {
		const struct rvkms_pixel other = with_channel(below, changed, 60000);
		const struct rvkms_pixel out = premultiplied(other, above);

		for (u32 i = 0; i < 4; i++) {
			if (i == changed)
				KUNIT_EXPECT_NE(test, channel(out, i), channel(base, i));
			else
				KUNIT_EXPECT_EQ(test, channel(out, i), channel(base, i));
		}
	}
}

/* The alpha above affects all channels, so that only the colours are changed here. */
static void rvkms_test_blend_premultiplied_colours_above_independent(struct kunit *test)
{
	const struct rvkms_pixel below = { 1111, 22222, 33333, 44444 };
	const struct rvkms_pixel above = { 555, 6666, 7777, 12345 };
	const struct rvkms_pixel base = premultiplied(below, above);

	for (u32 changed = 0; changed < 3; changed++) {
		const struct rvkms_pixel other = with_channel(above, changed, 12000);
		const struct rvkms_pixel out = premultiplied(below, other);

		for (u32 i = 0; i < 4; i++) {
			if (i == changed)
				KUNIT_EXPECT_NE(test, channel(out, i), channel(base, i));
			else
				KUNIT_EXPECT_EQ(test, channel(out, i), channel(base, i));
		}
	}
}

static struct kunit_case rvkms_blend_tests[] = {
	KUNIT_CASE_PARAM_ATTR(rvkms_test_blend_line_all_8bit, mode_gen_params,
			      { .speed = KUNIT_SPEED_SLOW }),
	KUNIT_CASE_SLOW(rvkms_test_blend_bytes_all),
	KUNIT_CASE(rvkms_test_blend_bytes_rounded_counts),
	KUNIT_CASE_SLOW(rvkms_test_blend_bytes_over_all_opacities),
	KUNIT_CASE_PARAM_ATTR(rvkms_test_blend_line_all_opacities, mode_gen_params,
			      { .speed = KUNIT_SPEED_SLOW }),
	KUNIT_CASE_PARAM_ATTR(rvkms_test_blend_line_all_alphas, mode_gen_params,
			      { .speed = KUNIT_SPEED_SLOW }),
	KUNIT_CASE_PARAM(rvkms_test_blend_line_random_16bit, mode_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_blend_line_never_wraps, mode_gen_params),
	KUNIT_CASE(rvkms_test_blend_line_white_over_white),
	KUNIT_CASE(rvkms_test_blend_line_opaque_same_in_all_modes),
	KUNIT_CASE(rvkms_test_blend_line_none_ignores_opacity),
	KUNIT_CASE(rvkms_test_blend_line_coverage_is_to_be_multiplied),
	KUNIT_CASE_PARAM(rvkms_test_blend_line_no_alpha_shows_below, mode_gen_params),
	KUNIT_CASE(rvkms_test_blend_line_unknown_mode),
	KUNIT_CASE(rvkms_test_blend_line_count),
	KUNIT_CASE(rvkms_test_blend_bytes_count),
	KUNIT_CASE(rvkms_test_blend_premultiplied_opaque_covers),
	KUNIT_CASE(rvkms_test_blend_premultiplied_transparent_shows),
	KUNIT_CASE(rvkms_test_blend_premultiplied_stays_opaque),
	KUNIT_CASE_PARAM(rvkms_test_blend_line_literal, blend_gen_params),
	KUNIT_CASE(rvkms_test_blend_premultiplied_channels_below_independent),
	KUNIT_CASE(rvkms_test_blend_premultiplied_colours_above_independent),
	{ }
};

static struct kunit_suite rvkms_blend_suite = {
	.name = "rvkms_blend",
	.test_cases = rvkms_blend_tests,
};

kunit_test_suite(rvkms_blend_suite);
