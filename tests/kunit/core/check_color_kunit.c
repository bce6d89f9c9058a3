// SPDX-License-Identifier: GPL-2.0
/* Tests of core/check_color: the sizes of colour tables. */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/types.h>

#include "../../core/check/color.h"
#include "check_table.h"

#define CHANGE(member, refused, neighbour) \
	CHECK_CHANGE(struct rvkms_color_request, member, refused, neighbour)
#define SET(member, value) CHECK_SET(struct rvkms_color_request, member, value)

static const struct rvkms_color_request tables = {
	.degamma_size = 1024,
	.gamma_size = 4096,
	.degamma_bytes = 8192,
	.ctm_bytes = 72,
	.gamma_bytes = 32768,
};

static const struct rvkms_color_request no_tables = {
	.degamma_size = 1024,
	.gamma_size = 4096,
};

static const struct check_row color_cases[] = {
	{
		"degamma a byte short", RVKMS_RULE_COLOR_DEGAMMA, -EINVAL,
		CHANGE(degamma_bytes, 8191, 8192),
	}, {
		"degamma a byte long", RVKMS_RULE_COLOR_DEGAMMA, -EINVAL,
		CHANGE(degamma_bytes, 8193, 8192),
	}, {
		"degamma an entry short", RVKMS_RULE_COLOR_DEGAMMA, -EINVAL,
		CHANGE(degamma_size, 1025, 1024),
		.base = &no_tables,
		.with = { SET(degamma_bytes, 8192) },
	}, {
		"degamma an entry long", RVKMS_RULE_COLOR_DEGAMMA, -EINVAL,
		CHANGE(degamma_size, 1023, 1024),
		.base = &no_tables,
		.with = { SET(degamma_bytes, 8192) },
	}, {
		"a byte of degamma", RVKMS_RULE_COLOR_DEGAMMA, -EINVAL,
		CHANGE(degamma_bytes, 1, 0),
		.base = &no_tables,
	}, {
		"256 entries of degamma", RVKMS_RULE_COLOR_DEGAMMA, -EINVAL,
		CHANGE(degamma_size, 255, 256),
		.base = &no_tables,
		.with = { SET(degamma_bytes, 2048) },
	}, {
		"largest degamma", RVKMS_RULE_COLOR_DEGAMMA, -EINVAL,
		CHANGE(degamma_size, U32_MAX - 1, U32_MAX),
		.base = &no_tables,
		.with = { SET(gamma_size, 0), SET(degamma_bytes, 34359738360) },
	}, {
		"degamma of size 0", RVKMS_RULE_COLOR_DEGAMMA, -EINVAL,
		CHANGE(degamma_bytes, 1, 0),
		.base = &no_tables,
		.with = { SET(degamma_size, 0) },
	}, {
		"matrix a byte short", RVKMS_RULE_COLOR_CTM, -EINVAL,
		CHANGE(ctm_bytes, 71, 72),
	}, {
		"matrix a byte long", RVKMS_RULE_COLOR_CTM, -EINVAL,
		CHANGE(ctm_bytes, 73, 72),
	}, {
		"a byte of a matrix", RVKMS_RULE_COLOR_CTM, -EINVAL,
		CHANGE(ctm_bytes, 1, 0),
		.base = &no_tables,
	}, {
		"gamma a byte short", RVKMS_RULE_COLOR_GAMMA, -EINVAL,
		CHANGE(gamma_bytes, 32767, 32768),
	}, {
		"gamma a byte long", RVKMS_RULE_COLOR_GAMMA, -EINVAL,
		CHANGE(gamma_bytes, 32769, 32768),
	}, {
		"gamma an entry short", RVKMS_RULE_COLOR_GAMMA, -EINVAL,
		CHANGE(gamma_size, 4097, 4096),
		.base = &no_tables,
		.with = { SET(gamma_bytes, 32768) },
	}, {
		"a byte of gamma", RVKMS_RULE_COLOR_GAMMA, -EINVAL,
		CHANGE(gamma_bytes, 1, 0),
		.base = &no_tables,
	}, {
		"legacy gamma a byte short", RVKMS_RULE_COLOR_GAMMA, -EINVAL,
		CHANGE(gamma_bytes, 2047, 2048),
		.base = &no_tables,
	}, {
		"legacy gamma a byte long", RVKMS_RULE_COLOR_GAMMA, -EINVAL,
		CHANGE(gamma_bytes, 2049, 2048),
		.base = &no_tables,
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
	CHECK_TABLE("color", ask, color_fields, color_cases, tables);

#define NO_DATA RVKMS_COLOROP_NO_DATA
#define LUT RVKMS_COLOROP_LUT
#define CTM RVKMS_COLOROP_CTM
#define LUT3D RVKMS_COLOROP_LUT3D

#define CHANGE_OP(member, refused, neighbour) \
	CHECK_CHANGE(struct rvkms_colorop_request, member, refused, neighbour)
#define SET_OP(member, value) CHECK_SET(struct rvkms_colorop_request, member, value)

static const struct rvkms_colorop_request table = {
	.kind = LUT,
	.size = 256,
	.bytes = 4096,
};

static const struct rvkms_colorop_request matrix = {
	.kind = CTM,
	.bytes = 96,
};

static const struct rvkms_colorop_request cube = {
	.kind = LUT3D,
	.size = 17,
	.bytes = 78608,
};

static const struct check_row colorop_cases[] = {
	{
		"table a byte short", RVKMS_RULE_COLOROP_LUT, -EINVAL,
		CHANGE_OP(bytes, 4095, 4096),
	}, {
		"table a byte long", RVKMS_RULE_COLOROP_LUT, -EINVAL,
		CHANGE_OP(bytes, 4097, 4096),
	}, {
		"table an entry short", RVKMS_RULE_COLOROP_LUT, -EINVAL,
		CHANGE_OP(size, 257, 256),
	}, {
		"a byte of a table", RVKMS_RULE_COLOROP_LUT, -EINVAL,
		CHANGE_OP(bytes, 1, 0),
	}, {
		"an operation without data", RVKMS_RULE_COLOROP_LUT, -EINVAL,
		CHANGE_OP(kind, LUT, NO_DATA),
		.with = { SET_OP(bytes, 96) },
	}, {
		"largest table", RVKMS_RULE_COLOROP_LUT, -EINVAL,
		CHANGE_OP(size, U32_MAX - 1, U32_MAX),
		.with = { SET_OP(bytes, 68719476720) },
	}, {
		"a matrix for a table", RVKMS_RULE_COLOROP_LUT, -EINVAL,
		CHANGE_OP(kind, LUT, CTM),
		.base = &matrix,
		.with = { SET_OP(size, 17) },
	}, {
		"matrix a byte short", RVKMS_RULE_COLOROP_CTM, -EINVAL,
		CHANGE_OP(bytes, 95, 96),
		.base = &matrix,
	}, {
		"matrix a byte long", RVKMS_RULE_COLOROP_CTM, -EINVAL,
		CHANGE_OP(bytes, 97, 96),
		.base = &matrix,
	}, {
		"a byte of a matrix", RVKMS_RULE_COLOROP_CTM, -EINVAL,
		CHANGE_OP(bytes, 1, 0),
		.base = &matrix,
	}, {
		"cube a byte short", RVKMS_RULE_COLOROP_LUT3D, -EINVAL,
		CHANGE_OP(bytes, 78607, 78608),
		.base = &cube,
	}, {
		"cube a byte long", RVKMS_RULE_COLOROP_LUT3D, -EINVAL,
		CHANGE_OP(bytes, 78609, 78608),
		.base = &cube,
	}, {
		"edge an entry short", RVKMS_RULE_COLOROP_LUT3D, -EINVAL,
		CHANGE_OP(size, 18, 17),
		.base = &cube,
	}, {
		"a byte of a cube", RVKMS_RULE_COLOROP_LUT3D, -EINVAL,
		CHANGE_OP(bytes, 1, 0),
		.base = &cube,
	}, {
		"largest cube", RVKMS_RULE_COLOROP_LUT3D, -EINVAL,
		CHANGE_OP(bytes, 0xffffd00002fffff1, 0xffffd00002fffff0),
		.base = &cube,
		.with = { SET_OP(size, 1048575) },
	}, {
		"a cube of edge 0", RVKMS_RULE_COLOROP_LUT3D, -EINVAL,
		CHANGE_OP(size, 0, 1),
		.base = &cube,
		.with = { SET_OP(bytes, 16) },
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
	CHECK_TABLE("colorop", ask_colorop, colorop_fields, colorop_cases, table);

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
