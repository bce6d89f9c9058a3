// SPDX-License-Identifier: GPL-2.0
/* Tests of core/color and core/color_table: colour pipelines, prepared as tables or not. */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/bits.h>
#include <linux/limits.h>
#include <linux/prandom.h>
#include <linux/string.h>
#include <linux/types.h>

#include "../../core/color/pipeline.h"
#include "../../core/color/table.h"
#include "../../core/color/value.h"
#include "mismatch.h"

/* Coefficients: sign and magnitude. */
#define MINUS BIT_ULL(63)
#define C_ONE BIT_ULL(32)

#define SLOW ((struct kunit_attributes){ .speed = KUNIT_SPEED_SLOW })

static const struct rvkms_matrix identity = { {
	C_ONE, 0, 0, 0,
	0, C_ONE, 0, 0,
	0, 0, C_ONE, 0,
} };

/* Most results are outside the range from black to white. */
static const struct rvkms_matrix saturating = { {
	C_ONE * 3 / 2, MINUS | C_ONE / 4, MINUS | C_ONE / 4, C_ONE / 50,
	MINUS | C_ONE / 8, C_ONE * 5 / 4, MINUS | C_ONE / 8, MINUS | C_ONE / 30,
	MINUS | C_ONE / 2, MINUS | C_ONE / 2, 2 * C_ONE, 0,
} };

static const struct drm_color_lut lut_entries[] = {
	{ 500, 65535, 0 }, { 30000, 20000, 100 }, { 10000, 30000, 60000 }, { 65535, 0, 40000 },
};

static const struct drm_color_lut32 lut3d_entries[] = {
	{ 0x00000000, 0x10000000, 0x20000000 }, { 0xf0000000, 0x00000000, 0x00000000 },
	{ 0x00000000, 0xe0000000, 0x11111111 }, { 0xd0000000, 0xd1000000, 0x00000000 },
	{ 0x12345678, 0x00000000, 0xffffffff }, { 0xf0000000, 0x22222222, 0xee000000 },
	{ 0x33333333, 0xfedcba98, 0xc0000000 }, { 0xffffffff, 0xfffffff0, 0xffffff00 },
};

#define CURVE(name) { RVKMS_COLOR_CURVE, .curve = RVKMS_CURVE_##name }
#define LUT { RVKMS_COLOR_LUT, .lut = { NULL, lut_entries, ARRAY_SIZE(lut_entries) } }
#define MATRIX(m) { RVKMS_COLOR_MATRIX, .matrix = (m) }
#define MULTIPLIER(m) { RVKMS_COLOR_MULTIPLIER, .multiplier = (m) }
#define LUT3D { RVKMS_COLOR_LUT3D, .lut3d = { lut3d_entries, 2 } }
#define BYPASS { RVKMS_COLOR_BYPASS }

#define MAX_OPS 6

struct pipeline_case {
	const char *desc;
	u32 num_ops;
	struct rvkms_color_op ops[MAX_OPS];
};

static const struct pipeline_case pipeline_cases[] = {
	{ "no operation", 0, {} },
	{ "bypass", 1, { BYPASS } },
	{ "unknown", 1, { { -1 } } },
	{ "curve", 1, { CURVE(SRGB_EOTF) } },
	{ "unknown curve", 1, { { RVKMS_COLOR_CURVE, .curve = -1 } } },
	{ "table", 1, { LUT } },
	{ "multiplier", 1, { MULTIPLIER(C_ONE * 3 / 2) } },
	{ "negative multiplier", 1, { MULTIPLIER(MINUS | C_ONE) } },
	{ "matrix", 1, { MATRIX(saturating) } },
	{ "3D table", 1, { LUT3D } },
	{ "curves", 3, { CURVE(PQ_125_EOTF), MULTIPLIER(C_ONE / 3), CURVE(BT2020_OETF) } },
	{ "table and curve", 2, { LUT, CURVE(GAMMA22) } },
	{ "curve, matrix", 2, { CURVE(SRGB_EOTF), MATRIX(saturating) } },
	{ "table, matrix", 2, { LUT, MATRIX(saturating) } },
	{ "matrix, curve", 2, { MATRIX(saturating), CURVE(SRGB_INV_EOTF) } },
	{ "curve, matrix, curve", 3,
	  { CURVE(SRGB_EOTF), MATRIX(saturating), CURVE(SRGB_INV_EOTF) } },
	{ "degamma, matrix, gamma", 3, { LUT, MATRIX(saturating), LUT } },
	{ "all", 6,
	  { CURVE(PQ_125_EOTF), MATRIX(saturating), BYPASS, CURVE(PQ_125_INV_EOTF), LUT3D, LUT } },
};

KUNIT_ARRAY_PARAM_DESC(pipeline_cases, pipeline_cases, desc);

static const enum rvkms_color_depth depths[] = { RVKMS_COLOR_DEPTH_8, RVKMS_COLOR_DEPTH_16 };

static struct rvkms_pixel apply(const struct rvkms_color_pipeline *pipeline, u16 r, u16 g, u16 b,
				u16 a)
{
	struct rvkms_pixel pixel = { .r = r, .g = g, .b = b, .a = a };

	rvkms_color_apply(pipeline, &pixel, 1);

	return pixel;
}

static struct rvkms_color_pipeline prepare(struct kunit *test,
					   const struct rvkms_color_pipeline *pipeline,
					   enum rvkms_color_depth depth)
{
	void *memory = kunit_kmalloc(test, rvkms_color_table_size(pipeline, depth), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, memory);

	return rvkms_color_prepare(pipeline, depth, memory);
}

/* Every @step-th value of each channel. The channels run through them in different orders. */
static void compare_unorms(struct kunit *test, u32 step)
{
	const struct pipeline_case *c = test->param_value;
	const struct rvkms_color_pipeline plain = { c->ops, c->num_ops };
	struct mismatch wrong = {};

	for (u32 d = 0; d < ARRAY_SIZE(depths); d++) {
		const struct rvkms_color_pipeline quick = prepare(test, &plain, depths[d]);

		for (u32 i = 0; i <= U16_MAX; i += step) {
			const u16 r = i, g = ~i, b = i ^ 0x5a5a, a = i * 3;
			const struct rvkms_pixel expected = apply(&plain, r, g, b, a);
			const struct rvkms_pixel pixel = apply(&quick, r, g, b, a);

			mismatch_note(&wrong, memcmp(&expected, &pixel, sizeof(pixel)), i);
		}
	}

	EXPECT_NO_MISMATCH(test, &wrong, (U16_MAX / step + 1) * 2);
}

static void rvkms_test_color_prepare_same_some_unorms(struct kunit *test)
{
	compare_unorms(test, 51);
}

static void rvkms_test_color_prepare_same_all_unorms(struct kunit *test)
{
	compare_unorms(test, 1);
}

static void rvkms_test_color_prepare_same_greys(struct kunit *test)
{
	const struct pipeline_case *c = test->param_value;
	const struct rvkms_color_pipeline plain = { c->ops, c->num_ops };
	struct mismatch wrong = {};

	for (u32 d = 0; d < ARRAY_SIZE(depths); d++) {
		const struct rvkms_color_pipeline quick = prepare(test, &plain, depths[d]);

		for (u32 i = 0; i <= U16_MAX; i += 85) {
			const struct rvkms_pixel expected = apply(&plain, i, i, i, i);
			const struct rvkms_pixel pixel = apply(&quick, i, i, i, i);

			mismatch_note(&wrong, memcmp(&expected, &pixel, sizeof(pixel)), i);
		}
	}

	EXPECT_NO_MISMATCH(test, &wrong, 772 * 2);
}

static void rvkms_test_color_prepare_same_bytes(struct kunit *test)
{
	const struct pipeline_case *c = test->param_value;
	const struct rvkms_color_pipeline plain = { c->ops, c->num_ops };
	struct mismatch wrong = {};
	struct rnd_state rnd;

	prandom_seed_state(&rnd, 1);
	for (u32 d = 0; d < ARRAY_SIZE(depths); d++) {
		const struct rvkms_color_pipeline quick = prepare(test, &plain, depths[d]);

		for (u32 i = 0; i < 512; i++) {
			const u16 r = i % 256 * 257;
			const u16 g = prandom_u32_state(&rnd) % 256 * 257;
			const u16 b = prandom_u32_state(&rnd) % 256 * 257;
			const u16 a = i < 256 ? 0xffff : 0x1234;
			const struct rvkms_pixel expected = apply(&plain, r, g, b, a);
			const struct rvkms_pixel pixel = apply(&quick, r, g, b, a);

			mismatch_note(&wrong, memcmp(&expected, &pixel, sizeof(pixel)), i);
		}
	}

	EXPECT_NO_MISMATCH(test, &wrong, 1024);
}

/* Lines of pixels: some are 8-bit values in all channels, and some in all but one. */
static void rvkms_test_color_prepare_same_lines(struct kunit *test)
{
	const struct pipeline_case *c = test->param_value;
	const struct rvkms_color_pipeline plain = { c->ops, c->num_ops };
	const u32 count = 400;
	struct rvkms_pixel *lines = kunit_kmalloc_array(test, 2 * count, sizeof(*lines),
							GFP_KERNEL);
	struct rnd_state rnd;

	KUNIT_ASSERT_NOT_NULL(test, lines);
	prandom_seed_state(&rnd, 2);
	for (u32 d = 0; d < ARRAY_SIZE(depths); d++) {
		const struct rvkms_color_pipeline quick = prepare(test, &plain, depths[d]);

		for (u32 i = 0; i < count; i++) {
			const u32 bytes = prandom_u32_state(&rnd);
			u16 channels[4];

			for (u32 j = 0; j < 4; j++)
				channels[j] = (bytes >> 8 * j & 0xff) * 257 + (i % 6 == j);
			lines[i] = (struct rvkms_pixel){
				channels[0], channels[1], channels[2], channels[3],
			};
		}
		memcpy(lines + count, lines, count * sizeof(*lines));

		rvkms_color_apply(&plain, lines, count);
		rvkms_color_apply(&quick, lines + count, count);
		KUNIT_EXPECT_MEMEQ(test, lines, lines + count, count * sizeof(*lines));
	}
}

static void rvkms_test_color_prepare_stays_within_memory(struct kunit *test)
{
	const struct pipeline_case *c = test->param_value;
	const struct rvkms_color_pipeline plain = { c->ops, c->num_ops };

	for (u32 d = 0; d < ARRAY_SIZE(depths); d++) {
		const size_t size = rvkms_color_table_size(&plain, depths[d]);
		u8 *memory = kunit_kmalloc(test, size + 64, GFP_KERNEL);

		KUNIT_ASSERT_NOT_NULL(test, memory);
		memset(memory, 0xa5, size + 64);
		rvkms_color_prepare(&plain, depths[d], memory);
		KUNIT_EXPECT_NULL(test, memchr_inv(memory + size, 0xa5, 64));
	}
}

static void rvkms_test_color_prepare_without_memory_is_plain(struct kunit *test)
{
	const struct rvkms_color_op op = LUT;
	const struct rvkms_color_pipeline plain = { &op, 1 };
	const struct rvkms_color_pipeline quick =
		rvkms_color_prepare(&plain, RVKMS_COLOR_DEPTH_16, NULL);
	const struct rvkms_pixel pixel = apply(&quick, 21845, 21845, 65535, 7);

	KUNIT_EXPECT_NULL(test, quick.table);
	KUNIT_EXPECT_EQ(test, pixel.r, 30000);
	KUNIT_EXPECT_EQ(test, pixel.g, 20000);
	KUNIT_EXPECT_EQ(test, pixel.b, 40000);
	KUNIT_EXPECT_EQ(test, pixel.a, 7);
}

static void rvkms_test_color_prepare_keeps_cells_and_words(struct kunit *test)
{
	const struct rvkms_color_op ops[] = {
		CURVE(SRGB_EOTF), MATRIX(identity), CURVE(SRGB_INV_EOTF),
	};
	const struct rvkms_color_pipeline plain = { ops, 3 };
	const struct rvkms_color_pipeline quick = prepare(test, &plain, RVKMS_COLOR_DEPTH_8);
	const struct rvkms_color_step *steps = quick.table->steps;
	const struct rvkms_curve_cell last = rvkms_curve_cell(RVKMS_CURVE_SRGB_INV_EOTF, 287);
	const struct rvkms_color_pipeline all = prepare(test, &plain, RVKMS_COLOR_DEPTH_16);

	KUNIT_EXPECT_FALSE(test, quick.table->has_words);
	KUNIT_EXPECT_TRUE(test, all.table->has_words);
	KUNIT_EXPECT_EQ(test, quick.table->num_steps, 3);
	KUNIT_EXPECT_PTR_EQ(test, steps[0].cells + 160, steps[2].cells);
	KUNIT_EXPECT_MEMEQ(test, &steps[2].cells[287], &last, sizeof(last));
}

static void rvkms_test_color_table_size_depends_on_use(struct kunit *test)
{
	const struct rvkms_color_op gamma = LUT, curve = CURVE(GAMMA22), matrix = MATRIX(identity);
	const struct rvkms_color_pipeline gamma_only = { &gamma, 1 };
	const struct rvkms_color_pipeline curve_only = { &curve, 1 };
	const struct rvkms_color_pipeline matrix_only = { &matrix, 1 };

	/* A table per channel: 2 bytes per entry, and one table of one byte per entry. */
	KUNIT_EXPECT_GE(test, rvkms_color_table_size(&gamma_only, RVKMS_COLOR_DEPTH_8), 2304);
	KUNIT_EXPECT_LT(test, rvkms_color_table_size(&gamma_only, RVKMS_COLOR_DEPTH_8), 3072);
	KUNIT_EXPECT_GE(test, rvkms_color_table_size(&gamma_only, RVKMS_COLOR_DEPTH_16), 393216);
	KUNIT_EXPECT_LT(test, rvkms_color_table_size(&gamma_only, RVKMS_COLOR_DEPTH_16), 399360);
	/* One table for all channels, and the cells of the curve. */
	KUNIT_EXPECT_LT(test, rvkms_color_table_size(&curve_only, RVKMS_COLOR_DEPTH_16), 180000);
	/* No table. */
	KUNIT_EXPECT_LT(test, rvkms_color_table_size(&matrix_only, RVKMS_COLOR_DEPTH_16), 256);
}

static void rvkms_test_color_apply_nothing(struct kunit *test)
{
	const struct rvkms_color_op op = LUT3D;
	const struct rvkms_color_pipeline pipeline = { &op, 1 };
	const struct rvkms_color_pipeline none = {};
	struct rvkms_pixel pixel = { 1, 2, 3, 4 };

	rvkms_color_apply(&pipeline, &pixel, 0);
	rvkms_color_apply(&none, &pixel, 1);
	KUNIT_EXPECT_EQ(test, pixel.b, 1);
	KUNIT_EXPECT_EQ(test, pixel.g, 2);
	KUNIT_EXPECT_EQ(test, pixel.r, 3);
	KUNIT_EXPECT_EQ(test, pixel.a, 4);
}

struct identity_case {
	const char *desc;
	u32 num_ops;
	struct rvkms_color_op ops[MAX_OPS];
};

static const struct drm_color_lut32 straight_entries[] = { {}, { U32_MAX, U32_MAX, U32_MAX } };

/* An inverse curve undoes its curve for every 16-bit value, dark colours included. */
static const struct identity_case identity_cases[] = {
	{ "no operation", 0, {} },
	{ "identities", 4,
	  { BYPASS, MATRIX(identity), MULTIPLIER(C_ONE),
	    { RVKMS_COLOR_LUT, .lut = { straight_entries, NULL, 2 } } } },
	{ "sRGB", 3, { CURVE(SRGB_EOTF), MATRIX(identity), CURVE(SRGB_INV_EOTF) } },
	{ "PQ", 3, { CURVE(PQ_125_EOTF), MATRIX(identity), CURVE(PQ_125_INV_EOTF) } },
	{ "PQ, scaled to 1.0 and back", 4,
	  { CURVE(PQ_125_EOTF), MULTIPLIER(C_ONE / 128), MULTIPLIER(128 * C_ONE),
	    CURVE(PQ_125_INV_EOTF) } },
	{ "BT.2020", 3, { CURVE(BT2020_INV_OETF), MATRIX(identity), CURVE(BT2020_OETF) } },
	{ "gamma 2.2", 3, { CURVE(GAMMA22), MATRIX(identity), CURVE(GAMMA22_INV) } },
};

KUNIT_ARRAY_PARAM_DESC(identity_cases, identity_cases, desc);

static void rvkms_test_color_apply_identity(struct kunit *test)
{
	const struct identity_case *c = test->param_value;
	const struct rvkms_color_pipeline plain = { c->ops, c->num_ops };
	const struct rvkms_color_pipeline quick = prepare(test, &plain, RVKMS_COLOR_DEPTH_8);
	struct mismatch wrong = {};

	for (u32 i = 0; i <= U16_MAX; i++) {
		const u16 g = i * 5, b = ~i;
		const struct rvkms_pixel pixel = apply(&quick, i, g, b, i);

		mismatch_note(&wrong,
			      pixel.r != i || pixel.g != g || pixel.b != b || pixel.a != i,
			      i);
	}

	EXPECT_NO_MISMATCH(test, &wrong, 65536);
}

struct literal_case {
	const char *desc;
	u32 num_ops;
	struct rvkms_color_op ops[MAX_OPS];
	struct rvkms_pixel in;
	struct rvkms_pixel out;
};

static const struct rvkms_matrix swapping = { {
	0, C_ONE, 0, 0,
	0, 0, C_ONE, 0,
	C_ONE, 0, 0, 0,
} };

static const struct rvkms_matrix less_one = { {
	C_ONE, 0, 0, MINUS | C_ONE,
	0, C_ONE, 0, 0,
	0, 0, C_ONE, C_ONE,
} };

static const struct rvkms_matrix plus_one = { {
	C_ONE, 0, 0, C_ONE,
	0, C_ONE, 0, 0,
	0, 0, C_ONE, MINUS | C_ONE,
} };

/* Pixels are blue, green, red, alpha. */
static const struct literal_case literal_cases[] = {
	{ "curve", 1, { CURVE(SRGB_EOTF) },
	  { 16448, 32896, 49344, 5 }, { 3360, 14146, 34544, 5 } },
	{ "multiplier", 1, { MULTIPLIER(C_ONE * 2) },
	  { 10, 40000, 300, 0 }, { 20, 65535, 600, 0 } },
	{ "negative multiplier", 1, { MULTIPLIER(MINUS | C_ONE) },
	  { 10, 40000, 0, 0 }, { 0, 0, 0, 0 } },
	{ "matrix", 1, { MATRIX(swapping) }, { 1, 2, 3, 4 }, { 3, 1, 2, 4 } },
	{ "table", 1, { LUT }, { 43690, 0, 21845, 9 }, { 60000, 65535, 30000, 9 } },
	{ "3D table", 1, { LUT3D }, { 0, 65535, 0, 9 }, { 4369, 57343, 0, 9 } },
	{ "room above 1.0", 2, { MULTIPLIER(100 * C_ONE), MULTIPLIER(C_ONE / 64) },
	  { 64, 16384, 32768, 1 }, { 100, 25600, 51200, 1 } },
	{ "room below 0 and above 1.0", 2, { MATRIX(less_one), MATRIX(plus_one) },
	  { 1, 2, 3, 4 }, { 1, 2, 3, 4 } },
	{ "first to last", 2, { MATRIX(swapping), LUT },
	  { 0, 21845, 43690, 1 }, { 60000, 65535, 30000, 1 } },
	{ "last to first", 2, { LUT, MATRIX(swapping) },
	  { 0, 21845, 43690, 1 }, { 10000, 0, 20000, 1 } },
	{ "half is rounded up", 1, { MULTIPLIER(C_ONE / 2) }, { 1, 2, 3, 4 }, { 1, 1, 2, 4 } },
};

KUNIT_ARRAY_PARAM_DESC(literal_cases, literal_cases, desc);

static void rvkms_test_color_apply_literal(struct kunit *test)
{
	const struct literal_case *c = test->param_value;
	const struct rvkms_color_pipeline plain = { c->ops, c->num_ops };
	struct rvkms_pixel pixel = c->in;

	rvkms_color_apply(&plain, &pixel, 1);
	KUNIT_EXPECT_EQ(test, pixel.b, c->out.b);
	KUNIT_EXPECT_EQ(test, pixel.g, c->out.g);
	KUNIT_EXPECT_EQ(test, pixel.r, c->out.r);
	KUNIT_EXPECT_EQ(test, pixel.a, c->out.a);
}

/*
 * In vkms a colour is signed between two operations, but the lookup of a curve took it for an
 * unsigned 16-bit number: a matrix result below black became nearly white, and one above white
 * became nearly black.
 */
static void rvkms_test_color_apply_curve_after_matrix_does_not_wrap(struct kunit *test)
{
	const struct rvkms_matrix beyond = { {
		0, 0, 0, MINUS | 1 << 16,
		0, 0, 0, C_ONE + (1 << 17),
		0, 0, 0, 0,
	} };
	const struct rvkms_color_op ops[] = { MATRIX(beyond), CURVE(SRGB_INV_EOTF) };
	const struct rvkms_color_pipeline pipeline = { ops, 2 };
	const struct rvkms_pixel pixel = apply(&pipeline, 0, 0, 0, 0);

	KUNIT_EXPECT_EQ(test, pixel.r, 0);
	KUNIT_EXPECT_EQ(test, pixel.g, 65535);
	KUNIT_EXPECT_EQ(test, pixel.b, 0);
}

/* Alpha is no input: the lookup takes a premultiplied colour as it is. */
static void rvkms_test_color_apply_ignores_opacity(struct kunit *test)
{
	const struct rvkms_color_op op = CURVE(SRGB_EOTF);
	const struct rvkms_color_pipeline pipeline = { &op, 1 };
	struct mismatch wrong = {};

	for (u32 a = 0; a <= U16_MAX; a += 255) {
		const struct rvkms_pixel pixel = apply(&pipeline, 32896, 16448, 49344, a);

		mismatch_note(&wrong,
			      pixel.r != 14146 || pixel.g != 3360 || pixel.b != 34544 ||
			      pixel.a != a, a);
	}

	EXPECT_NO_MISMATCH(test, &wrong, 258);
}

static void rvkms_test_color_crtc_ops_what_is_set(struct kunit *test)
{
	const struct rvkms_lut none = {};
	const struct rvkms_lut degamma = { NULL, lut_entries, 4 };
	const struct rvkms_lut gamma = { NULL, lut_entries + 1, 3 };
	const struct drm_color_ctm ctm = { { 1, 2, 3, 4, 5, 6, 7, 8, 9 } };

	for (u32 set = 0; set < 8; set++) {
		struct rvkms_color_op ops[RVKMS_COLOR_CRTC_OPS] = {};
		const u32 count = rvkms_color_crtc_ops(set & 1 ? &degamma : &none,
						       set & 2 ? &ctm : NULL,
						       set & 4 ? &gamma : &none, ops);
		const struct rvkms_color_op *op = ops;

		KUNIT_EXPECT_EQ(test, count, hweight32(set));
		if (set & 1) {
			KUNIT_EXPECT_EQ(test, (int)op->type, (int)RVKMS_COLOR_LUT);
			KUNIT_EXPECT_PTR_EQ(test, op->lut.entries16, degamma.entries16);
			KUNIT_EXPECT_EQ(test, op->lut.length, 4);
			op++;
		}
		if (set & 2) {
			KUNIT_EXPECT_EQ(test, (int)op->type, (int)RVKMS_COLOR_MATRIX);
			KUNIT_EXPECT_EQ(test, op->matrix.coefficients[8], 7);
			op++;
		}
		if (set & 4) {
			KUNIT_EXPECT_EQ(test, (int)op->type, (int)RVKMS_COLOR_LUT);
			KUNIT_EXPECT_PTR_EQ(test, op->lut.entries16, gamma.entries16);
			KUNIT_EXPECT_EQ(test, op->lut.length, 3);
			op++;
		}
		KUNIT_EXPECT_PTR_EQ(test, op, ops + count);
	}
}

static struct kunit_case rvkms_color_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_color_prepare_same_some_unorms, pipeline_cases_gen_params),
	KUNIT_CASE_PARAM_ATTR(rvkms_test_color_prepare_same_all_unorms,
			      pipeline_cases_gen_params, SLOW),
	KUNIT_CASE_PARAM(rvkms_test_color_prepare_same_greys, pipeline_cases_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_color_prepare_same_bytes, pipeline_cases_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_color_prepare_same_lines, pipeline_cases_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_color_prepare_stays_within_memory, pipeline_cases_gen_params),
	KUNIT_CASE(rvkms_test_color_prepare_without_memory_is_plain),
	KUNIT_CASE(rvkms_test_color_prepare_keeps_cells_and_words),
	KUNIT_CASE(rvkms_test_color_table_size_depends_on_use),
	KUNIT_CASE(rvkms_test_color_apply_nothing),
	KUNIT_CASE_PARAM(rvkms_test_color_apply_identity, identity_cases_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_color_apply_literal, literal_cases_gen_params),
	KUNIT_CASE(rvkms_test_color_apply_curve_after_matrix_does_not_wrap),
	KUNIT_CASE(rvkms_test_color_apply_ignores_opacity),
	KUNIT_CASE(rvkms_test_color_crtc_ops_what_is_set),
	{ }
};

static struct kunit_suite rvkms_color_suite = {
	.name = "rvkms_color",
	.test_cases = rvkms_color_tests,
};

kunit_test_suite(rvkms_color_suite);
