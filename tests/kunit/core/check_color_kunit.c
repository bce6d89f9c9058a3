// SPDX-License-Identifier: GPL-2.0
/* Tests of core/check_color: the sizes of colour tables. */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/types.h>

#include "../../core/check/color.h"
#include "check_table.h"

CHECK_ROW(color_case, struct rvkms_color_request);

/* degamma_size, gamma_size; degamma_bytes, ctm_bytes, gamma_bytes; 8 bytes per entry */
static const struct color_case color_cases[] = {
	{
		{ "degamma a byte short", RVKMS_RULE_COLOR_DEGAMMA, -EINVAL },
		{ 1024, 4096, 8191, 72, 32768 },
		{ 1024, 4096, 8192, 72, 32768 },
	}, {
		{ "degamma a byte long", RVKMS_RULE_COLOR_DEGAMMA, -EINVAL },
		{ 1024, 4096, 8193, 72, 32768 },
		{ 1024, 4096, 8192, 72, 32768 },
	}, {
		{ "degamma an entry short", RVKMS_RULE_COLOR_DEGAMMA, -EINVAL },
		{ 1025, 4096, 8192, 0, 0 },
		{ 1024, 4096, 8192, 0, 0 },
	}, {
		{ "degamma an entry long", RVKMS_RULE_COLOR_DEGAMMA, -EINVAL },
		{ 1023, 4096, 8192, 0, 0 },
		{ 1024, 4096, 8192, 0, 0 },
	}, {
		{ "a byte of degamma", RVKMS_RULE_COLOR_DEGAMMA, -EINVAL },
		{ 1024, 4096, 1, 0, 0 },
		{ 1024, 4096, 0, 0, 0 },
	}, {
		{ "256 entries of degamma", RVKMS_RULE_COLOR_DEGAMMA, -EINVAL },
		{ 255, 4096, 2048, 0, 0 },
		{ 256, 4096, 2048, 0, 0 },
	}, {
		{ "largest degamma", RVKMS_RULE_COLOR_DEGAMMA, -EINVAL },
		{ U32_MAX - 1, 0, 34359738360, 0, 0 },
		{ U32_MAX, 0, 34359738360, 0, 0 },
	}, {
		{ "degamma of size 0", RVKMS_RULE_COLOR_DEGAMMA, -EINVAL },
		{ 0, 4096, 1, 0, 0 },
		{ 0, 4096, 0, 0, 0 },
	}, {
		{ "matrix a byte short", RVKMS_RULE_COLOR_CTM, -EINVAL },
		{ 1024, 4096, 8192, 71, 32768 },
		{ 1024, 4096, 8192, 72, 32768 },
	}, {
		{ "matrix a byte long", RVKMS_RULE_COLOR_CTM, -EINVAL },
		{ 1024, 4096, 8192, 73, 32768 },
		{ 1024, 4096, 8192, 72, 32768 },
	}, {
		{ "a byte of a matrix", RVKMS_RULE_COLOR_CTM, -EINVAL },
		{ 1024, 4096, 0, 1, 0 },
		{ 1024, 4096, 0, 0, 0 },
	}, {
		{ "gamma a byte short", RVKMS_RULE_COLOR_GAMMA, -EINVAL },
		{ 1024, 4096, 8192, 72, 32767 },
		{ 1024, 4096, 8192, 72, 32768 },
	}, {
		{ "gamma a byte long", RVKMS_RULE_COLOR_GAMMA, -EINVAL },
		{ 1024, 4096, 8192, 72, 32769 },
		{ 1024, 4096, 8192, 72, 32768 },
	}, {
		{ "gamma an entry short", RVKMS_RULE_COLOR_GAMMA, -EINVAL },
		{ 1024, 4097, 0, 0, 32768 },
		{ 1024, 4096, 0, 0, 32768 },
	}, {
		{ "a byte of gamma", RVKMS_RULE_COLOR_GAMMA, -EINVAL },
		{ 1024, 4096, 0, 0, 1 },
		{ 1024, 4096, 0, 0, 0 },
	}, {
		{ "legacy gamma a byte short", RVKMS_RULE_COLOR_GAMMA, -EINVAL },
		{ 1024, 4096, 0, 0, 2047 },
		{ 1024, 4096, 0, 0, 2048 },
	}, {
		{ "legacy gamma a byte long", RVKMS_RULE_COLOR_GAMMA, -EINVAL },
		{ 1024, 4096, 0, 0, 2049 },
		{ 1024, 4096, 0, 0, 2048 },
	},
};

static const struct check_field color_fields[] = {
	CHECK_FIELD(struct rvkms_color_request, degamma_size),
	CHECK_FIELD(struct rvkms_color_request, gamma_size),
	CHECK_FIELD(struct rvkms_color_request, degamma_bytes),
	CHECK_FIELD(struct rvkms_color_request, ctm_bytes),
	CHECK_FIELD(struct rvkms_color_request, gamma_bytes),
};

static struct rvkms_verdict ask(const void *question)
{
	return rvkms_check_color(question);
}

const struct check_table rvkms_check_color_table =
	CHECK_TABLE("color", ask, color_fields, color_cases);

#define NO_DATA RVKMS_COLOROP_NO_DATA
#define LUT RVKMS_COLOROP_LUT
#define CTM RVKMS_COLOROP_CTM
#define LUT3D RVKMS_COLOROP_LUT3D

CHECK_ROW(colorop_case, struct rvkms_colorop_request);

/* kind, size, bytes; 16 bytes per entry */
static const struct colorop_case colorop_cases[] = {
	{
		{ "table a byte short", RVKMS_RULE_COLOROP_LUT, -EINVAL },
		{ LUT, 256, 4095 },
		{ LUT, 256, 4096 },
	}, {
		{ "table a byte long", RVKMS_RULE_COLOROP_LUT, -EINVAL },
		{ LUT, 256, 4097 },
		{ LUT, 256, 4096 },
	}, {
		{ "table an entry short", RVKMS_RULE_COLOROP_LUT, -EINVAL },
		{ LUT, 257, 4096 },
		{ LUT, 256, 4096 },
	}, {
		{ "a byte of a table", RVKMS_RULE_COLOROP_LUT, -EINVAL },
		{ LUT, 256, 1 },
		{ LUT, 256, 0 },
	}, {
		{ "an operation without data", RVKMS_RULE_COLOROP_LUT, -EINVAL },
		{ LUT, 256, 96 },
		{ NO_DATA, 256, 96 },
	}, {
		{ "largest table", RVKMS_RULE_COLOROP_LUT, -EINVAL },
		{ LUT, U32_MAX - 1, 68719476720 },
		{ LUT, U32_MAX, 68719476720 },
	}, {
		{ "a matrix for a table", RVKMS_RULE_COLOROP_LUT, -EINVAL },
		{ LUT, 17, 96 },
		{ CTM, 17, 96 },
	}, {
		{ "matrix a byte short", RVKMS_RULE_COLOROP_CTM, -EINVAL },
		{ CTM, 0, 95 },
		{ CTM, 0, 96 },
	}, {
		{ "matrix a byte long", RVKMS_RULE_COLOROP_CTM, -EINVAL },
		{ CTM, 0, 97 },
		{ CTM, 0, 96 },
	}, {
		{ "a byte of a matrix", RVKMS_RULE_COLOROP_CTM, -EINVAL },
		{ CTM, 0, 1 },
		{ CTM, 0, 0 },
	}, {
		{ "cube a byte short", RVKMS_RULE_COLOROP_LUT3D, -EINVAL },
		{ LUT3D, 17, 78607 },
		{ LUT3D, 17, 78608 },
	}, {
		{ "cube a byte long", RVKMS_RULE_COLOROP_LUT3D, -EINVAL },
		{ LUT3D, 17, 78609 },
		{ LUT3D, 17, 78608 },
	}, {
		{ "edge an entry short", RVKMS_RULE_COLOROP_LUT3D, -EINVAL },
		{ LUT3D, 18, 78608 },
		{ LUT3D, 17, 78608 },
	}, {
		{ "a byte of a cube", RVKMS_RULE_COLOROP_LUT3D, -EINVAL },
		{ LUT3D, 17, 1 },
		{ LUT3D, 17, 0 },
	}, {
		{ "largest cube", RVKMS_RULE_COLOROP_LUT3D, -EINVAL },
		{ LUT3D, 1048575, 0xffffd00002fffff1 },
		{ LUT3D, 1048575, 0xffffd00002fffff0 },
	}, {
		{ "a cube of edge 0", RVKMS_RULE_COLOROP_LUT3D, -EINVAL },
		{ LUT3D, 0, 16 },
		{ LUT3D, 1, 16 },
	},
};

static const struct check_field colorop_fields[] = {
	CHECK_FIELD(struct rvkms_colorop_request, kind),
	CHECK_FIELD(struct rvkms_colorop_request, size),
	CHECK_FIELD(struct rvkms_colorop_request, bytes),
};

static struct rvkms_verdict ask_colorop(const void *question)
{
	return rvkms_check_colorop(question);
}

const struct check_table rvkms_check_colorop_table =
	CHECK_TABLE("colorop", ask_colorop, colorop_fields, colorop_cases);

struct wrapped_case {
	const char *desc;
	struct rvkms_colorop_request request;
	enum rvkms_rule rule;
};

/* The product of the size needs more than 64 bits; the bytes are its lower 64 bits. */
static const struct wrapped_case wrapped_cases[] = {
	{ "cube of 2^64 bytes and more", { LUT3D, 1048577, 0x300003000010 },
	  RVKMS_RULE_COLOROP_LUT3D },
	{ "cube of almost 2^100 bytes", { LUT3D, U32_MAX, 0x2ffffffff0 },
	  RVKMS_RULE_COLOROP_LUT3D },
	{ "cube of all ones", { LUT3D, U32_MAX, U64_MAX }, RVKMS_RULE_COLOROP_LUT3D },
	{ "table of 2^32 bytes and 16", { LUT, 0x10000001, 16 }, RVKMS_RULE_COLOROP_LUT },
	{ "the same, in full", { LUT, 0x10000001, 0x100000010 }, RVKMS_RULE_NONE },
	{ "unknown type", { (enum rvkms_colorop_kind)4, 1, 1 }, RVKMS_RULE_NONE },
};

KUNIT_ARRAY_PARAM_DESC(wrapped, wrapped_cases, desc);

static void rvkms_test_check_colorop_wrapped(struct kunit *test)
{
	const struct wrapped_case *row = test->param_value;

	KUNIT_EXPECT_EQ(test, rvkms_check_colorop(&row->request).rule, row->rule);
}

/* 2^29 + 1 entries must not be taken for one entry on a 32-bit machine. */
static void rvkms_test_check_color_wrapped(struct kunit *test)
{
	struct rvkms_color_request r = { .degamma_size = 0x20000001, .degamma_bytes = 8 };

	KUNIT_EXPECT_EQ(test, rvkms_check_color(&r).rule, RVKMS_RULE_COLOR_DEGAMMA);

	r.degamma_bytes = 0x100000008;
	KUNIT_EXPECT_EQ(test, rvkms_check_color(&r).rule, RVKMS_RULE_NONE);
}

/*
 * The in-tree driver divides the size of a table by the size of a pointer, which equals that of an
 * entry on 64 bits only. On 32 bits it took the 256 entries of legacy gamma for 512, and rejected
 * them. An entry has eight bytes everywhere.
 */
static void rvkms_test_check_color_counts_entries(struct kunit *test)
{
	struct rvkms_color_request r = { .degamma_size = 256, .gamma_size = 1024 };

	r.degamma_bytes = 2048;
	r.gamma_bytes = 2048;
	KUNIT_EXPECT_EQ(test, rvkms_check_color(&r).rule, RVKMS_RULE_NONE);

	r.gamma_bytes = 8192;
	KUNIT_EXPECT_EQ(test, rvkms_check_color(&r).rule, RVKMS_RULE_NONE);

	r.gamma_bytes = 1024;
	KUNIT_EXPECT_EQ(test, rvkms_check_color(&r).rule, RVKMS_RULE_COLOR_GAMMA);

	r.gamma_bytes = 4096;
	KUNIT_EXPECT_EQ(test, rvkms_check_color(&r).rule, RVKMS_RULE_COLOR_GAMMA);
}

static void rvkms_test_check_color_order(struct kunit *test)
{
	struct rvkms_color_request r = { 16, 16, 1, 1, 1 };

	KUNIT_EXPECT_EQ(test, rvkms_check_color(&r).rule, RVKMS_RULE_COLOR_DEGAMMA);

	r.degamma_bytes = 128;
	KUNIT_EXPECT_EQ(test, rvkms_check_color(&r).rule, RVKMS_RULE_COLOR_CTM);

	r.ctm_bytes = 72;
	KUNIT_EXPECT_EQ(test, rvkms_check_color(&r).rule, RVKMS_RULE_COLOR_GAMMA);

	r.gamma_bytes = 128;
	KUNIT_EXPECT_EQ(test, rvkms_check_color(&r).rule, RVKMS_RULE_NONE);
}

static struct kunit_case rvkms_check_color_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_check_colorop_wrapped, wrapped_gen_params),
	KUNIT_CASE(rvkms_test_check_color_wrapped),
	KUNIT_CASE(rvkms_test_check_color_counts_entries),
	KUNIT_CASE(rvkms_test_check_color_order),
	{ }
};

static struct kunit_suite rvkms_check_color_suite = {
	.name = "rvkms_check_color",
	.test_cases = rvkms_check_color_tests,
};

kunit_test_suite(rvkms_check_color_suite);
