// SPDX-License-Identifier: GPL-2.0
/* Tests of core/matrix: colour matrices with offsets. */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/bits.h>
#include <linux/limits.h>
#include <linux/types.h>

#include "../../core/color/matrix.h"
#include "../../core/color/value.h"
#include "mismatch.h"

#define ONE RVKMS_COLOR_ONE
#define TOP RVKMS_COLOR_MAX

/* Coefficients: sign and magnitude. */
#define MINUS BIT_ULL(63)
#define C_ONE BIT_ULL(32)
#define C_HALF BIT_ULL(31)

struct row_case {
	const char *desc;
	u64 row[4];
	struct rvkms_color_value in;
	s64 expected;
};

static const struct row_case row_cases[] = {
	{ "nothing", { 0, 0, 0, 0 }, { ONE, ONE, ONE }, 0 },
	{ "minus zero", { MINUS, MINUS, MINUS, MINUS }, { TOP, -TOP, ONE }, 0 },
	{ "red alone", { C_ONE, 0, 0, 0 }, { 5, 7, 9 }, 5 },
	{ "green alone", { 0, C_ONE, 0, 0 }, { 5, 7, 9 }, 7 },
	{ "blue alone", { 0, 0, C_ONE, 0 }, { 5, 7, 9 }, 9 },
	{ "negative coefficient", { MINUS | C_ONE, 0, 0, 0 }, { 5, 7, 9 }, -5 },
	{ "negative value", { C_ONE, 0, 0, 0 }, { -5, 7, 9 }, -5 },
	{ "both negative", { MINUS | C_ONE, 0, 0, 0 }, { -5, 7, 9 }, 5 },
	{ "sum", { C_ONE, 2 * C_ONE, MINUS | C_ONE, 0 }, { 5, 7, 9 }, 10 },
	{ "negative sum", { C_ONE, MINUS | C_ONE, MINUS | C_ONE, 0 }, { 5, 7, 9 }, -11 },
	{ "half a step is rounded up", { C_HALF, 0, 0, 0 }, { 1, 0, 0 }, 1 },
	{ "less is rounded down", { C_HALF - 1, 0, 0, 0 }, { 1, 0, 0 }, 0 },
	{ "minus half a step is rounded down", { C_HALF, 0, 0, 0 }, { -1, 0, 0 }, -1 },
	{ "less is rounded up", { C_HALF - 1, 0, 0, 0 }, { -1, 0, 0 }, 0 },
	{ "rounded once, as a sum", { C_HALF, C_HALF, C_HALF, 0 }, { 1, 1, 1 }, 2 },
	{ "1.0 of the offset is white", { 0, 0, 0, C_ONE }, { 0, 0, 0 }, ONE },
	{ "offset and colour", { C_ONE, 0, 0, MINUS | C_ONE }, { 3 * ONE, 0, 0 }, 2 * ONE },
	{ "the smallest offset", { 0, 0, 0, 1 }, { 0, 0, 0 }, 65535 },
	{ "largest coefficient of the least value", { TOP, 0, 0, 0 }, { 1, 0, 0 }, 1ll << 31 },
	{ "of the largest value", { TOP, 0, 0, 0 }, { TOP, 0, 0 }, TOP },
	{ "of the smallest value", { TOP, 0, 0, 0 }, { S64_MIN, 0, 0 }, -TOP },
	{ "largest negative of the largest value", { U64_MAX, 0, 0, 0 }, { TOP, 0, 0 }, -TOP },
	{ "of the smallest value ", { U64_MAX, 0, 0, 0 }, { S64_MIN, 0, 0 }, TOP },
	{ "all largest", { TOP, TOP, TOP, TOP }, { TOP, TOP, TOP }, TOP },
	{ "all largest, negative", { U64_MAX, U64_MAX, U64_MAX, U64_MAX },
	  { TOP, TOP, TOP }, -TOP },
	{ "the largest cancel out", { TOP, U64_MAX, C_ONE, 0 }, { TOP, TOP, 12345 }, 12345 },
	{ "the largest offset", { 0, 0, 0, TOP }, { 0, 0, 0 }, TOP },
	{ "the largest offset, negative", { 0, 0, 0, U64_MAX }, { 0, 0, 0 }, -TOP },
	{ "the largest value stays", { C_ONE, 0, 0, 0 }, { TOP, 0, 0 }, TOP },
	{ "the next to the largest stays", { C_ONE, 0, 0, 0 }, { TOP - 1, 0, 0 }, TOP - 1 },
	{ "one more saturates", { C_ONE, C_ONE, 0, 0 }, { TOP, 1, 0 }, TOP },
	{ "the smallest saturates", { C_ONE, 0, 0, 0 }, { S64_MIN, 0, 0 }, -TOP },
	{ "rounding saturates", { C_ONE, C_HALF, 0, 0 }, { TOP, 1, 0 }, TOP },
};

KUNIT_ARRAY_PARAM_DESC(row_cases, row_cases, desc);

static void rvkms_test_matrix_apply_row(struct kunit *test)
{
	const struct row_case *c = test->param_value;
	struct rvkms_matrix red = {}, green = {}, blue = {};
	struct rvkms_color_value out;

	memcpy(&red.coefficients[0], c->row, sizeof(c->row));
	memcpy(&green.coefficients[4], c->row, sizeof(c->row));
	memcpy(&blue.coefficients[8], c->row, sizeof(c->row));

	out = rvkms_matrix_apply(&red, c->in);
	KUNIT_EXPECT_EQ(test, out.r, c->expected);
	KUNIT_EXPECT_EQ(test, out.g, 0);
	KUNIT_EXPECT_EQ(test, out.b, 0);
	out = rvkms_matrix_apply(&green, c->in);
	KUNIT_EXPECT_EQ(test, out.r, 0);
	KUNIT_EXPECT_EQ(test, out.g, c->expected);
	KUNIT_EXPECT_EQ(test, out.b, 0);
	out = rvkms_matrix_apply(&blue, c->in);
	KUNIT_EXPECT_EQ(test, out.r, 0);
	KUNIT_EXPECT_EQ(test, out.g, 0);
	KUNIT_EXPECT_EQ(test, out.b, c->expected);
}

/**
 * struct digits - a signed sum in base 2^32, with a sign per digit
 * @d: the digits, the lowest first
 */
struct digits {
	s64 d[6];
};

static void digits_add_product(struct digits *sum, u64 coefficient, s64 value)
{
	const s64 sign = (coefficient & MINUS ? -1 : 1) * (value < 0 ? -1 : 1);
	const u64 c = coefficient & ~MINUS;
	const u64 v = value < 0 ? 0 - (u64)value : value;
	const u32 cs[] = { c, c >> 32 };
	const u32 vs[] = { v, v >> 32 };

	for (u32 i = 0; i < 2; i++) {
		for (u32 j = 0; j < 2; j++) {
			const u64 product = (u64)cs[i] * vs[j];

			sum->d[i + j] += sign * (s64)(u32)product;
			sum->d[i + j + 1] += sign * (s64)(product >> 32);
		}
	}
}

static void digits_carry(struct digits *sum)
{
	for (u32 i = 0; i < 5; i++) {
		sum->d[i + 1] += sum->d[i] >> 32;
		sum->d[i] &= U32_MAX;
	}
}

static void digits_negate(struct digits *sum)
{
	for (u32 i = 0; i < 6; i++)
		sum->d[i] = -sum->d[i];
	digits_carry(sum);
}

/* Rounds the lowest digit away, to nearest, ties away from zero, and saturates. */
static s64 digits_value(struct digits sum)
{
	bool is_negative;
	s64 value;

	digits_carry(&sum);
	is_negative = sum.d[5] < 0;
	if (is_negative)
		digits_negate(&sum);

	sum.d[0] += 1ll << 31;
	digits_carry(&sum);
	if (sum.d[5] || sum.d[4] || sum.d[3] || sum.d[2] > S32_MAX)
		value = S64_MAX;
	else
		value = sum.d[2] << 32 | sum.d[1];

	return is_negative ? -value : value;
}

static const u64 edge_coefficients[] = {
	0, MINUS, 1, MINUS | 1, C_HALF - 1, C_HALF, MINUS | C_HALF, C_ONE - 1, C_ONE, C_ONE + 1,
	MINUS | C_ONE, 125 * C_ONE, TOP - 1, TOP, U64_MAX - 1, U64_MAX,
};

static const s64 edge_values[] = {
	0, 1, -1, 65535, 1ll << 32, ONE - 1, ONE, ONE + 1, -ONE, 125 * ONE, TOP - 1, TOP, -TOP,
	S64_MIN,
};

static void rvkms_test_matrix_apply_edges(struct kunit *test)
{
	const u32 num_c = ARRAY_SIZE(edge_coefficients);
	const u32 num_v = ARRAY_SIZE(edge_values);
	struct rvkms_matrix matrix = {};
	struct mismatch wrong = {};
	u64 *row = matrix.coefficients;

	for (u32 i = 0; i < num_c * num_c * num_c * num_v * num_v; i++) {
		const struct rvkms_color_value in = {
			edge_values[i % num_v], edge_values[i / num_v % num_v],
			edge_values[(i / 7 + 3) % num_v],
		};
		const u32 rest = i / num_v / num_v;
		struct digits sum = {};

		row[0] = edge_coefficients[rest % num_c];
		row[1] = edge_coefficients[rest / num_c % num_c];
		row[2] = edge_coefficients[rest / num_c / num_c];
		row[3] = edge_coefficients[(i / 5 + 1) % num_c];

		digits_add_product(&sum, row[0], in.r);
		digits_add_product(&sum, row[1], in.g);
		digits_add_product(&sum, row[2], in.b);
		digits_add_product(&sum, row[3], ONE);
		mismatch_note(&wrong, rvkms_matrix_apply(&matrix, in).r != digits_value(sum), i);
	}

	EXPECT_NO_MISMATCH(test, &wrong, 16 * 16 * 16 * 14 * 14);
}

static void rvkms_test_matrix_multiply_edges(struct kunit *test)
{
	struct mismatch wrong = {};

	for (u32 i = 0; i < ARRAY_SIZE(edge_coefficients); i++) {
		for (u32 j = 0; j < ARRAY_SIZE(edge_values); j++) {
			const s64 value = rvkms_matrix_multiply(edge_coefficients[i],
								edge_values[j]);
			struct digits sum = {};

			digits_add_product(&sum, edge_coefficients[i], edge_values[j]);
			mismatch_note(&wrong, value != digits_value(sum), i << 8 | j);
		}
	}

	EXPECT_NO_MISMATCH(test, &wrong, 16 * 14);
}

static void rvkms_test_matrix_multiply_literal(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, rvkms_matrix_multiply(C_ONE, ONE), ONE);
	KUNIT_EXPECT_EQ(test, rvkms_matrix_multiply(125 * C_ONE, ONE), 125 * ONE);
	KUNIT_EXPECT_EQ(test, rvkms_matrix_multiply(MINUS | C_HALF, 10), -5);
	KUNIT_EXPECT_EQ(test, rvkms_matrix_multiply(0, TOP), 0);
}

/*
 * In vkms 1.0 of a colour is 65535, but the fourth column was added unscaled: an offset of 1.0
 * added 1 / 65535.
 */
static void rvkms_test_matrix_apply_offset_is_scaled(struct kunit *test)
{
	const struct rvkms_matrix matrix = { {
		C_ONE, 0, 0, C_HALF,
		0, C_ONE, 0, MINUS | C_HALF,
		0, 0, C_ONE, C_ONE / 4,
	} };
	const struct rvkms_color_value grey = {
		rvkms_color_from_unorm(1000), rvkms_color_from_unorm(40000), 0
	};
	const struct rvkms_color_value out = rvkms_matrix_apply(&matrix, grey);

	KUNIT_EXPECT_EQ(test, rvkms_color_to_unorm(out.r), 33768);
	KUNIT_EXPECT_EQ(test, rvkms_color_to_unorm(out.g), 7233);
	KUNIT_EXPECT_EQ(test, rvkms_color_to_unorm(out.b), 16384);
}

/*
 * vkms added up 64-bit products, which wrapped: two large terms of the same sign gave a sum of the
 * opposite sign.
 */
static void rvkms_test_matrix_apply_sum_does_not_wrap(struct kunit *test)
{
	const struct rvkms_matrix matrix = { {
		20000 * C_ONE, 20000 * C_ONE, 20000 * C_ONE, 20000 * C_ONE,
		MINUS | 20000 * C_ONE, MINUS | 20000 * C_ONE, MINUS | 20000 * C_ONE, 0,
	} };
	const struct rvkms_color_value out =
		rvkms_matrix_apply(&matrix, (struct rvkms_color_value){ ONE, ONE, ONE });

	KUNIT_EXPECT_EQ(test, out.r, TOP);
	KUNIT_EXPECT_EQ(test, out.g, -TOP);
	KUNIT_EXPECT_EQ(test, out.b, 0);
}

static void rvkms_test_matrix_apply_identity(struct kunit *test)
{
	const struct rvkms_matrix identity = { {
		C_ONE, 0, 0, 0,
		0, C_ONE, 0, 0,
		0, 0, C_ONE, 0,
	} };
	struct mismatch wrong = {};

	for (u32 i = 0; i < ARRAY_SIZE(edge_values) - 1; i++) {
		const struct rvkms_color_value in = {
			edge_values[i], edge_values[(i + 4) % 13], edge_values[(i + 9) % 13],
		};
		const struct rvkms_color_value out = rvkms_matrix_apply(&identity, in);

		mismatch_note(&wrong, memcmp(&in, &out, sizeof(in)), i);
	}

	EXPECT_NO_MISMATCH(test, &wrong, 13);
}

static void rvkms_test_matrix_from_ctm_order(struct kunit *test)
{
	const struct drm_color_ctm ctm = { { 1, 2, 3, 4, 5, 6, 7, 8, 9 } };
	const struct rvkms_matrix expected = { { 1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0 } };
	const struct rvkms_matrix matrix = rvkms_matrix_from_ctm(&ctm);

	KUNIT_EXPECT_MEMEQ(test, &matrix, &expected, sizeof(expected));
}

static void rvkms_test_matrix_from_ctm_3x4_order(struct kunit *test)
{
	const struct drm_color_ctm_3x4 ctm = { { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 } };
	const struct rvkms_matrix matrix = rvkms_matrix_from_ctm_3x4(&ctm);

	KUNIT_EXPECT_MEMEQ(test, matrix.coefficients, ctm.matrix, sizeof(ctm.matrix));
}

static struct kunit_case rvkms_matrix_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_matrix_apply_row, row_cases_gen_params),
	KUNIT_CASE(rvkms_test_matrix_apply_edges),
	KUNIT_CASE(rvkms_test_matrix_multiply_edges),
	KUNIT_CASE(rvkms_test_matrix_multiply_literal),
	KUNIT_CASE(rvkms_test_matrix_apply_offset_is_scaled),
	KUNIT_CASE(rvkms_test_matrix_apply_sum_does_not_wrap),
	KUNIT_CASE(rvkms_test_matrix_apply_identity),
	KUNIT_CASE(rvkms_test_matrix_from_ctm_order),
	KUNIT_CASE(rvkms_test_matrix_from_ctm_3x4_order),
	{ }
};

static struct kunit_suite rvkms_matrix_suite = {
	.name = "rvkms_matrix",
	.test_cases = rvkms_matrix_tests,
};

kunit_test_suite(rvkms_matrix_suite);
