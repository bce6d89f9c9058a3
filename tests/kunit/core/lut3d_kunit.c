// SPDX-License-Identifier: GPL-2.0
/* Tests of core/lut3d: tetrahedral interpolation in three-dimensional tables. */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/prandom.h>
#include <linux/types.h>

#include "../../core/color/lut3d.h"
#include "../../core/color/value.h"
#include "mismatch.h"
#include "real.h"

#define ONE RVKMS_COLOR_ONE

static const u32 sizes[] = { 1, 2, 3, 9, 17, 33 };

static void size_desc(const u32 *size, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%u^3 entries", *size);
}

KUNIT_ARRAY_PARAM(sizes, sizes, size_desc);

static struct drm_color_lut32 *random_entries(struct kunit *test, u32 size)
{
	const u32 count = size * size * size;
	struct drm_color_lut32 *entries = kunit_kmalloc_array(test, count, sizeof(*entries),
							      GFP_KERNEL);
	struct rnd_state rnd;

	KUNIT_ASSERT_NOT_NULL(test, entries);
	prandom_seed_state(&rnd, size);
	prandom_bytes_state(&rnd, entries, count * sizeof(*entries));

	return entries;
}

/* The position of entry i of n; exact if n - 1 divides 65535, as it does for these sizes. */
static s64 entry_value(u32 i, u32 size)
{
	return size > 1 ? rvkms_color_from_unorm(div_u64(65535u * i, size - 1)) : 0;
}

/*
 * The value of a 32-bit entry, rounded to nearest: e * ONE / (2^32 - 1) = e * 65535 + that /
 * 2^32...
 */
static s64 unorm32_value(u32 e)
{
	return (u64)e * 65535 + div_u64((u64)e * 65535 + U32_MAX / 2, U32_MAX);
}

static void rvkms_test_lut3d_apply_at_entries(struct kunit *test)
{
	static const u32 exact_sizes[] = { 1, 2, 4, 6, 16, 18 };
	struct mismatch wrong = {};

	for (u32 i = 0; i < ARRAY_SIZE(exact_sizes); i++) {
		const u32 n = exact_sizes[i];
		const struct drm_color_lut32 *entries = random_entries(test, n);
		const struct rvkms_lut3d lut = { entries, n };

		for (u32 j = 0; j < n * n * n; j++) {
			const struct rvkms_color_value in = {
				entry_value(j % n, n), entry_value(j / n % n, n),
				entry_value(j / n / n, n),
			};
			const struct rvkms_color_value out = rvkms_lut3d_apply(&lut, in);

			mismatch_note(&wrong,
				      out.r != unorm32_value(entries[j].red) ||
				      out.g != unorm32_value(entries[j].green) ||
				      out.b != unorm32_value(entries[j].blue), j);
		}
	}

	EXPECT_NO_MISMATCH(test, &wrong, 1 + 8 + 64 + 216 + 4096 + 5832);
}

/* Sum of corners times weights, over 2^32 - 1, within one step. */
static bool is_weighted(s64 value, const u32 *corners, const u64 *weights)
{
	struct real sum = {};

	for (u32 i = 0; i < 4; i++)
		sum = real_add(sum, real_mul(real_make(corners[i]), real_make(weights[i])));
	sum = real_div(sum, real_make(U32_MAX));

	return real_is_less(real_make(max(value, 1) - 1), sum) &&
	       real_is_less(sum, real_make(value + 1));
}

/* One of the six tetrahedra: the axes, 0 for red, in the order of descending fractions. */
struct tetrahedron {
	const char *desc;
	u8 order[3];
};

static const struct tetrahedron tetrahedra[] = {
	{ "red, green, blue", { 0, 1, 2 } },
	{ "red, blue, green", { 0, 2, 1 } },
	{ "green, red, blue", { 1, 0, 2 } },
	{ "green, blue, red", { 1, 2, 0 } },
	{ "blue, red, green", { 2, 0, 1 } },
	{ "blue, green, red", { 2, 1, 0 } },
};

KUNIT_ARRAY_PARAM_DESC(tetrahedra, tetrahedra, desc);

/*
 * Each tetrahedron written out: random cells of a table, random places in them. The corners are
 * reached one axis after the other.
 */
static void rvkms_test_lut3d_apply_tetrahedron(struct kunit *test)
{
	const struct tetrahedron *t = test->param_value;
	const u32 n = 6;
	const struct drm_color_lut32 *entries = random_entries(test, n);
	const struct rvkms_lut3d lut = { entries, n };
	struct mismatch wrong = {};
	struct rnd_state rnd;

	prandom_seed_state(&rnd, 11);
	for (u32 turn = 0; turn < 5000; turn++) {
		u64 fractions[3], weights[4];
		s64 in[3];
		u32 at[3], red[4], green[4], blue[4];
		struct rvkms_color_value out;

		/* Descending fractions, in units of a fifth of a 16-bit value. */
		fractions[0] = prandom_u32_state(&rnd) % 13107;
		fractions[1] = prandom_u32_state(&rnd) % (fractions[0] + 1);
		fractions[2] = prandom_u32_state(&rnd) % (fractions[1] + 1);
		for (u32 i = 0; i < 3; i++) {
			at[i] = prandom_u32_state(&rnd) % (n - 1);
			in[i] = entry_value(at[i], n);
		}
		for (u32 i = 0; i < 3; i++)
			in[t->order[i]] += fractions[i] << 32;

		for (u32 i = 0; i < 4; i++) {
			const u32 corner = at[0] + n * at[1] + n * n * at[2];
			const struct drm_color_lut32 *e = &entries[corner];
			const u64 before = i ? fractions[i - 1] : 13107;
			const u64 after = i < 3 ? fractions[i] : 0;

			weights[i] = (before - after) * 5 << 32;
			red[i] = e->red;
			green[i] = e->green;
			blue[i] = e->blue;
			if (i < 3)
				at[t->order[i]]++;
		}

		out = rvkms_lut3d_apply(&lut, (struct rvkms_color_value){ in[0], in[1], in[2] });
		mismatch_note(&wrong,
			      !is_weighted(out.r, red, weights) ||
			      !is_weighted(out.g, green, weights) ||
			      !is_weighted(out.b, blue, weights), turn);
	}

	EXPECT_NO_MISMATCH(test, &wrong, 5000);
}

/* Red, green and blue of each entry are equal on the diagonal, random elsewhere. */
static void rvkms_test_lut3d_apply_neutral_stays_neutral(struct kunit *test)
{
	const u32 n = *(const u32 *)test->param_value;
	struct drm_color_lut32 *entries = random_entries(test, n);
	const struct rvkms_lut3d lut = { entries, n };
	struct mismatch wrong = {};

	for (u32 i = 0; i < n; i++) {
		struct drm_color_lut32 *e = &entries[i * (1 + n + n * n)];

		e->green = e->red;
		e->blue = e->red;
	}

	for (u32 c = 0; c <= U16_MAX; c++) {
		const s64 x = rvkms_color_from_unorm(c);
		const struct rvkms_color_value out =
			rvkms_lut3d_apply(&lut, (struct rvkms_color_value){ x, x, x });

		mismatch_note(&wrong, out.r != out.g || out.r != out.b, c);
	}

	EXPECT_NO_MISMATCH(test, &wrong, 65536);
}

static struct rvkms_color_value straight(const struct rvkms_lut3d *lut, u16 r, u16 g, u16 b)
{
	return rvkms_lut3d_apply(lut, (struct rvkms_color_value){
		rvkms_color_from_unorm(r), rvkms_color_from_unorm(g), rvkms_color_from_unorm(b),
	});
}

static void rvkms_test_lut3d_apply_straight_is_identity(struct kunit *test)
{
	static const u32 exact_sizes[] = { 2, 4, 6, 16 };
	struct mismatch wrong = {};
	struct rnd_state rnd;

	prandom_seed_state(&rnd, 5);
	for (u32 k = 0; k < ARRAY_SIZE(exact_sizes); k++) {
		const u32 n = exact_sizes[k];
		const u32 step = U32_MAX / (n - 1);
		struct drm_color_lut32 *entries = random_entries(test, n);
		const struct rvkms_lut3d lut = { entries, n };

		for (u32 i = 0; i < n * n * n; i++) {
			entries[i].red = i % n * step;
			entries[i].green = i / n % n * step;
			entries[i].blue = i / n / n * step;
		}

		for (u32 i = 0; i < 10000; i++) {
			const u32 rg = prandom_u32_state(&rnd);
			const u16 r = rg, g = rg >> 16, b = prandom_u32_state(&rnd);
			const struct rvkms_color_value out = straight(&lut, r, g, b);

			mismatch_note(&wrong,
				      out.r != rvkms_color_from_unorm(r) ||
				      out.g != rvkms_color_from_unorm(g) ||
				      out.b != rvkms_color_from_unorm(b), i);
		}
	}

	EXPECT_NO_MISMATCH(test, &wrong, 40000);
}

/*
 * At a face that two tetrahedra or two cells share, one step of a channel changes the result by no
 * more than the slope allows: entries differ by 2^32 at most, so the slope is n - 1.
 */
static void rvkms_test_lut3d_apply_continuous(struct kunit *test)
{
	const u32 n = *(const u32 *)test->param_value;
	const struct rvkms_lut3d lut = { random_entries(test, n), n };
	struct mismatch wrong = {};
	struct rnd_state rnd;

	prandom_seed_state(&rnd, n);
	for (u32 i = 0; i < 20000; i++) {
		const s64 a = ((u64)prandom_u32_state(&rnd) << 16) % (ONE - 1) + 1;
		const s64 b = ((u64)prandom_u32_state(&rnd) << 16) % ONE;
		const u32 side = prandom_u32_state(&rnd) % 3;
		/* Two equal channels: a face between tetrahedra. At an entry: between cells. */
		s64 in[3] = { a, a, b };
		struct rvkms_color_value out, next;

		if (i & 1)
			in[0] = max(entry_value(prandom_u32_state(&rnd) % n, n), 1);
		swap(in[2], in[side]);

		for (u32 axis = 0; axis < 3; axis++) {
			out = rvkms_lut3d_apply(&lut, (struct rvkms_color_value){
				in[0] - (axis == 0), in[1] - (axis == 1), in[2] - (axis == 2),
			});
			next = rvkms_lut3d_apply(&lut, (struct rvkms_color_value){
				in[0] + (axis == 0), in[1] + (axis == 1), in[2] + (axis == 2),
			});
			mismatch_note(&wrong,
				      abs(out.r - next.r) > 2 * n ||
				      abs(out.g - next.g) > 2 * n ||
				      abs(out.b - next.b) > 2 * n, i);
		}
	}

	EXPECT_NO_MISMATCH(test, &wrong, 60000);
}

static void rvkms_test_lut3d_apply_clamps(struct kunit *test)
{
	const u32 n = *(const u32 *)test->param_value;
	const struct drm_color_lut32 *entries = random_entries(test, n);
	const struct rvkms_lut3d lut = { entries, n };
	const struct rvkms_color_value below = { -1, S64_MIN, -ONE };
	const struct rvkms_color_value above = { ONE + 1, S64_MAX, 125 * ONE };
	const struct drm_color_lut32 *last = &entries[n * n * n - 1];

	KUNIT_EXPECT_EQ(test, rvkms_lut3d_apply(&lut, below).r, unorm32_value(entries[0].red));
	KUNIT_EXPECT_EQ(test, rvkms_lut3d_apply(&lut, below).g, unorm32_value(entries[0].green));
	KUNIT_EXPECT_EQ(test, rvkms_lut3d_apply(&lut, below).b, unorm32_value(entries[0].blue));
	KUNIT_EXPECT_EQ(test, rvkms_lut3d_apply(&lut, above).r, unorm32_value(last->red));
	KUNIT_EXPECT_EQ(test, rvkms_lut3d_apply(&lut, above).g, unorm32_value(last->green));
	KUNIT_EXPECT_EQ(test, rvkms_lut3d_apply(&lut, above).b, unorm32_value(last->blue));
}

static void rvkms_test_lut3d_apply_without_entries_changes_nothing(struct kunit *test)
{
	static const struct drm_color_lut32 entry;
	const struct rvkms_color_value value = { -7, 3 * ONE, S64_MIN };
	const struct rvkms_lut3d no_entries = { .size = 17 };
	const struct rvkms_lut3d no_size = { .entries = &entry };
	struct rvkms_color_value out = rvkms_lut3d_apply(&no_entries, value);

	KUNIT_EXPECT_MEMEQ(test, &out, &value, sizeof(value));
	out = rvkms_lut3d_apply(&no_size, value);
	KUNIT_EXPECT_MEMEQ(test, &out, &value, sizeof(value));
}

static struct kunit_case rvkms_lut3d_tests[] = {
	KUNIT_CASE(rvkms_test_lut3d_apply_at_entries),
	KUNIT_CASE_PARAM(rvkms_test_lut3d_apply_tetrahedron, tetrahedra_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_lut3d_apply_neutral_stays_neutral, sizes_gen_params),
	KUNIT_CASE(rvkms_test_lut3d_apply_straight_is_identity),
	KUNIT_CASE_PARAM(rvkms_test_lut3d_apply_continuous, sizes_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_lut3d_apply_clamps, sizes_gen_params),
	KUNIT_CASE(rvkms_test_lut3d_apply_without_entries_changes_nothing),
	{ }
};

static struct kunit_suite rvkms_lut3d_suite = {
	.name = "rvkms_lut3d",
	.test_cases = rvkms_lut3d_tests,
};

kunit_test_suite(rvkms_lut3d_suite);
