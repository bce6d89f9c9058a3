// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Multiplies colours by matrices. Coefficients and values have 63 bits and a sign. The positive and
 * the negative products of a sum are added up separately, in 128 bits: three products of 2^126 and
 * the offset fit.
 */

#include <linux/limits.h>
#include <linux/string.h>
#include <linux/types.h>

#include <uapi/drm/drm_mode.h>

#include "matrix.h"
#include "u128.h"
#include "value.h"

/* Fractional bits of a coefficient. */
#define SHIFT 32

/* The magnitude in sign and magnitude. */
#define MAGNITUDE S64_MAX

/**
 * struct sum - a sum of products
 * @positive: the sum of the positive products
 * @negative: the sum of the magnitudes of the negative products
 */
struct sum {
	struct rvkms_u128 positive;
	struct rvkms_u128 negative;
};

static void add_product(struct sum *sum, u64 coefficient, s64 value)
{
	const bool is_minus = coefficient >> 63;
	const bool is_below = value < 0;
	const u64 magnitude = is_below ? -(u64)value : value;
	const struct rvkms_u128 product = rvkms_u128_mul(coefficient & MAGNITUDE, magnitude);

	if (is_minus == is_below)
		sum->positive = rvkms_u128_add(sum->positive, product);
	else
		sum->negative = rvkms_u128_add(sum->negative, product);
}

/* Returns @more - @less, which is not negative, without fractional bits: ties up, saturated. */
static s64 round_difference(struct rvkms_u128 more, struct rvkms_u128 less)
{
	const struct rvkms_u128 half = { 0, 1ull << (SHIFT - 1) };
	const struct rvkms_u128 rounded = rvkms_u128_add(rvkms_u128_sub(more, less), half);

	if (rounded.high >> (SHIFT - 1))
		return RVKMS_COLOR_MAX;

	return rounded.high << (64 - SHIFT) | rounded.low >> SHIFT;
}

static s64 sum_value(const struct sum *sum)
{
	if (rvkms_u128_is_less(sum->positive, sum->negative))
		return -round_difference(sum->negative, sum->positive);

	return round_difference(sum->positive, sum->negative);
}

static s64 apply_row(const u64 *row, struct rvkms_color_value value)
{
	struct sum sum = {};

	add_product(&sum, row[0], value.r);
	add_product(&sum, row[1], value.g);
	add_product(&sum, row[2], value.b);
	add_product(&sum, row[3], RVKMS_COLOR_ONE);

	return sum_value(&sum);
}

/**
 * rvkms_matrix_from_ctm - convert the CTM of a CRTC
 * @ctm: the property's value
 *
 * Returns:
 * The matrix, without offsets.
 */
struct rvkms_matrix rvkms_matrix_from_ctm(const struct drm_color_ctm *ctm)
{
	const u64 *m = ctm->matrix;

	return (struct rvkms_matrix){ {
		m[0], m[1], m[2], 0,
		m[3], m[4], m[5], 0,
		m[6], m[7], m[8], 0,
	} };
}

/**
 * rvkms_matrix_from_ctm_3x4 - convert the data of a colorop of type DRM_COLOROP_CTM_3X4
 * @ctm: the property's value
 *
 * Returns:
 * The matrix.
 */
struct rvkms_matrix rvkms_matrix_from_ctm_3x4(const struct drm_color_ctm_3x4 *ctm)
{
	struct rvkms_matrix matrix;

	memcpy(matrix.coefficients, ctm->matrix, sizeof(matrix.coefficients));

	return matrix;
}

/**
 * rvkms_matrix_apply - multiply a colour by a matrix
 * @matrix: the matrix
 * @value: the colour
 *
 * Returns:
 * The product, rounded to nearest, ties away from zero; saturated, never wrapped.
 */
struct rvkms_color_value rvkms_matrix_apply(const struct rvkms_matrix *matrix,
					    struct rvkms_color_value value)
{
	return (struct rvkms_color_value){
		.r = apply_row(&matrix->coefficients[0], value),
		.g = apply_row(&matrix->coefficients[4], value),
		.b = apply_row(&matrix->coefficients[8], value),
	};
}

/**
 * rvkms_matrix_multiply - multiply a channel by a factor
 * @multiplier: the factor, S31.32 in sign and magnitude
 * @value: the channel
 *
 * Returns:
 * The product, rounded to nearest, ties away from zero; saturated, never wrapped.
 */
s64 rvkms_matrix_multiply(u64 multiplier, s64 value)
{
	struct sum sum = {};

	add_product(&sum, multiplier, value);

	return sum_value(&sum);
}
