// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Computes the named curves. A curve is a line near black, then cubics. Each cubic goes through
 * four points of the exact curve. Every octave is divided into the same number of cells, since
 * curves bend most near black. A prepared pipeline keeps the cubics: to make a cubic takes as long
 * as four powers, and a power takes ten times as long as the evaluation of a cubic. Both ways give
 * the same results.
 *
 * Rejected: the exact curves, with one to five powers per channel of each pixel; lines instead of
 * cubics, of which the PQ EOTF needs 8192 per octave.
 *
 * Numbers are values as in color_value.h, unless noted otherwise. docs/color.md has the constants
 * as in the standards.
 */

#include <linux/array_size.h>
#include <linux/bits.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/types.h>

#include "curve.h"
#include "power.h"
#include "value.h"

#define ONE ((u64)RVKMS_COLOR_ONE)

/* Binary logarithms of 1.0, sRGB's 1.055, BT.2020's alpha and 125.0. */
#define LOG2_ONE 0x2ffffe8eaad10292ll
#define LOG2_1055 0x3013c4c125138a19ll
#define LOG2_ALPHA 0x3022f5876958563all
#define LOG2_125 0x36f73c32386e4d15ll

/* The constants of PQ except for the exponents m1 and m2, as multiples of 2^-58. */
#define PQ_SHIFT 58
#define PQ_ONE BIT_ULL(PQ_SHIFT)
#define PQ_C1 (107 * (PQ_ONE / 128))
#define PQ_C2 (2413 * (PQ_ONE / 128))
#define PQ_C3 (2392 * (PQ_ONE / 128))
#define LOG2_PQ_ONE ((s64)PQ_SHIFT << RVKMS_LOG2_SHIFT)

/**
 * enum kind - the formula of a curve
 * @POWER: a power
 * @PQ_EOTF: the EOTF of SMPTE ST 2084
 * @PQ_INV_EOTF: the inverse of @PQ_EOTF
 */
enum kind {
	POWER,
	PQ_EOTF,
	PQ_INV_EOTF,
};

/**
 * struct shape - the parameters of a curve
 * @end: end of the domain
 * @begin: start of the cells; the line is below it
 * @numerator: numerator of the line's slope
 * @denominator: denominator of the line's slope
 * @octave: binary logarithm of @begin, rounded down: the octave of the first cell
 * @cell_bits: binary logarithm of the number of cells per octave
 * @kind: the formula; the members below are for @POWER
 * @before: added to the argument
 * @log2_base: binary logarithm of the divisor of the sum
 * @exponent: exponent of the quotient, from RVKMS_EXPONENT()
 * @log2_unit: binary logarithm of the factor of the power
 * @after: subtracted from the product
 */
struct shape {
	u64 end;
	u64 begin;
	u32 numerator;
	u32 denominator;
	u8 octave;
	u8 cell_bits;
	enum kind kind;
	u64 before;
	s64 log2_base;
	u64 exponent;
	s64 log2_unit;
	u64 after;
};

static const struct shape shapes[] = {
	[RVKMS_CURVE_SRGB_EOTF] = {
		.end = ONE,
		.begin = 0xa5ae4083127,		/* 0.04045 */
		.numerator = 100,
		.denominator = 1292,
		.octave = 43,
		.cell_bits = 5,
		.kind = POWER,
		.before = 0xe146ccccccd,	/* 0.055 */
		.log2_base = LOG2_1055,
		.exponent = RVKMS_EXPONENT(24, 10),
		.log2_unit = LOG2_ONE,
	},
	[RVKMS_CURVE_SRGB_INV_EOTF] = {
		.end = ONE,
		.begin = 0xcd2d4e6e22,		/* 0.0031308 */
		.numerator = 1292,
		.denominator = 100,
		.octave = 39,
		.cell_bits = 5,
		.kind = POWER,
		.log2_base = LOG2_ONE,
		.exponent = RVKMS_EXPONENT(10, 24),
		.log2_unit = LOG2_1055,
		.after = 0xe146ccccccd,		/* 0.055 */
	},
	[RVKMS_CURVE_PQ_125_EOTF] = {
		.end = ONE,
		.begin = 1ull << 27,		/* all of the line is less than one step */
		.denominator = 1,
		.octave = 27,
		.cell_bits = 7,
		.kind = PQ_EOTF,
	},
	[RVKMS_CURVE_PQ_125_INV_EOTF] = {
		.end = 125 * ONE,
		.begin = 1,
		.denominator = 1,
		.cell_bits = 5,
		.kind = PQ_INV_EOTF,
	},
	[RVKMS_CURVE_BT2020_INV_OETF] = {
		.end = ONE,
		.begin = 0x14cc402f181f,	/* 4.5 beta */
		.numerator = 2,
		.denominator = 9,
		.octave = 44,
		.cell_bits = 5,
		.kind = POWER,
		.before = 0x196b6ae439ed,	/* alpha - 1 */
		.log2_base = LOG2_ALPHA,
		.exponent = RVKMS_EXPONENT(100, 45),
		.log2_unit = LOG2_ONE,
	},
	[RVKMS_CURVE_BT2020_OETF] = {
		.end = ONE,
		.begin = 0x49f2ab521ce,		/* beta */
		.numerator = 9,
		.denominator = 2,
		.octave = 42,
		.cell_bits = 5,
		.kind = POWER,
		.log2_base = LOG2_ONE,
		.exponent = RVKMS_EXPONENT(45, 100),
		.log2_unit = LOG2_ALPHA,
		.after = 0x196b6ae439ed,	/* alpha - 1 */
	},
	[RVKMS_CURVE_GAMMA22] = {
		.end = 64 * ONE,		/* 9410, with room to fit a cubic */
		.begin = 1ull << 25,		/* all of the line is less than half a step */
		.denominator = 1,
		.octave = 25,
		.cell_bits = 5,
		.kind = POWER,
		.log2_base = LOG2_ONE,
		.exponent = RVKMS_EXPONENT(22, 10),
		.log2_unit = LOG2_ONE,
	},
	[RVKMS_CURVE_GAMMA22_INV] = {
		.end = RVKMS_COLOR_MAX,
		.begin = 1,
		.denominator = 1,
		.cell_bits = 5,
		.kind = POWER,
		.log2_base = LOG2_ONE,
		.exponent = RVKMS_EXPONENT(10, 22),
		.log2_unit = LOG2_ONE,
	},
};

static const struct shape *find_shape(enum rvkms_curve curve)
{
	return (u32)curve < ARRAY_SIZE(shapes) ? &shapes[curve] : NULL;
}

/**
 * struct place - the position of a value in the cells of a curve
 * @index: the cell
 * @fraction: the position in the cell, a multiple of 2^-32
 */
struct place {
	u32 index;
	u32 fraction;
};

static struct place find_place(const struct shape *shape, u64 x)
{
	const u32 zeros = __builtin_clzll(x);
	const u32 octave = 63 - zeros - shape->octave;
	const u64 below_top = x << zeros << 1;

	return (struct place){
		.index = (octave << shape->cell_bits) + (below_top >> (64 - shape->cell_bits)),
		.fraction = below_top << shape->cell_bits >> 32,
	};
}

/* Multiplies by a factor that is a multiple of 2^-58. */
static u64 pq_mul(u64 a, u64 b)
{
	return mul_u64_u64_shr(a, b, PQ_SHIFT);
}

static s64 pq_eotf(u64 x, s64 log2_scale)
{
	const u64 p = rvkms_power(x, LOG2_ONE + log2_scale, RVKMS_EXPONENT(32, 2523),
				  LOG2_PQ_ONE);
	const u64 above = max(p, PQ_C1) - PQ_C1;
	const u64 below = PQ_C2 - pq_mul(PQ_C3, p);

	return rvkms_power(above, rvkms_log2(below), RVKMS_EXPONENT(16384, 2610), LOG2_125);
}

static s64 pq_inv_eotf(u64 x, s64 log2_scale)
{
	const u64 q = rvkms_power(x, LOG2_125 + log2_scale, RVKMS_EXPONENT(2610, 16384),
				  LOG2_PQ_ONE);
	const u64 above = PQ_C1 + pq_mul(PQ_C2, q);
	const u64 below = PQ_ONE + pq_mul(PQ_C3, q);

	return rvkms_power(above, rvkms_log2(below), RVKMS_EXPONENT(2523, 32), LOG2_ONE);
}

/* Curves are computed at arguments that are scaled to 2^62 to 2^63. */
#define SCALED 62

/* Returns the exact curve at x * 2^(octave - 62). */
static s64 compute(const struct shape *shape, u32 octave, u64 x)
{
	const u32 scale = SCALED - octave;
	const s64 log2_scale = (s64)scale << RVKMS_LOG2_SHIFT;

	if (shape->kind == PQ_EOTF)
		return pq_eotf(x, log2_scale);
	if (shape->kind == PQ_INV_EOTF)
		return pq_inv_eotf(x, log2_scale);

	return rvkms_power(x + (shape->before << scale), shape->log2_base + log2_scale,
			   shape->exponent, shape->log2_unit) - shape->after;
}

/*
 * Returns the cubic through the curve's values at 0, 1/4, 3/4 and 1 of the cell. The ends make
 * neighbouring cells meet; the other two points are exact in binary.
 */
static struct rvkms_curve_cell fit(const struct shape *shape, u32 index)
{
	const u32 octave = shape->octave + (index >> shape->cell_bits);
	const u64 quarter = 1ull << (SCALED - 2 - shape->cell_bits);
	const u64 cell = index & ((1u << shape->cell_bits) - 1);
	const u64 x = (1ull << SCALED) + 4 * cell * quarter;
	const s64 first = compute(shape, octave, x);
	const s64 d1 = compute(shape, octave, x + quarter) - first;
	const s64 d3 = compute(shape, octave, x + 3 * quarter) - first;
	const s64 d4 = compute(shape, octave, x + 4 * quarter) - first;
	const s64 c1 = div_s64(24 * d1 - 8 * d3 + 3 * d4, 3);
	const s64 c2 = div_s64(40 * d3 - 56 * d1 - 16 * d4, 3);

	return (struct rvkms_curve_cell){ { first, c1, c2, d4 - c1 - c2 } };
}

/* a * fraction / 2^32, rounded down. */
static s64 part(s64 a, u32 fraction)
{
	return (a >> 32) * fraction + (s64)((u64)(u32)a * fraction >> 32);
}

/* Near the curve's start, rounding down can give a value below 0. */
static s64 evaluate(const struct rvkms_curve_cell *cell, u32 fraction)
{
	s64 value = cell->c[2] + part(cell->c[3], fraction);

	value = cell->c[1] + part(value, fraction);

	return max(cell->c[0] + part(value, fraction), 0);
}

/**
 * rvkms_curve_num_cells - return the number of cells of a curve
 * @curve: the curve
 *
 * Returns:
 * The number of cells; 0 for an unknown curve.
 */
u32 rvkms_curve_num_cells(enum rvkms_curve curve)
{
	const struct shape *shape = find_shape(curve);

	return shape ? find_place(shape, shape->end).index + 1 : 0;
}

/**
 * rvkms_curve_cell - compute a cell of a curve
 * @curve: the curve
 * @index: number of the cell, from black on
 *
 * Returns:
 * The cell; all zero if there is no such cell.
 */
struct rvkms_curve_cell rvkms_curve_cell(enum rvkms_curve curve, u32 index)
{
	if (index >= rvkms_curve_num_cells(curve))
		return (struct rvkms_curve_cell){};

	return fit(&shapes[curve], index);
}

/**
 * rvkms_curve_apply - look up a value in a named curve
 * @curve: the curve
 * @cells: all cells of the curve; NULL to compute the cell that is needed
 * @x: the value, clamped to the domain of the curve
 *
 * docs/color.md has the formulas, their sources and the error of the result.
 *
 * Returns:
 * The curve's value, at least 0; @x for an unknown curve.
 */
s64 rvkms_curve_apply(enum rvkms_curve curve, const struct rvkms_curve_cell *cells, s64 x)
{
	const struct shape *shape = find_shape(curve);
	struct rvkms_curve_cell made;
	struct place place;
	u64 inside;

	if (!shape)
		return x;

	inside = min_t(u64, max(x, 0), shape->end);
	if (inside < shape->begin)
		return div_u64(inside * shape->numerator + shape->denominator / 2,
			       shape->denominator);

	place = find_place(shape, inside);
	if (!cells) {
		made = fit(shape, place.index);
		return evaluate(&made, place.fraction);
	}

	return evaluate(&cells[place.index], place.fraction);
}
