// SPDX-License-Identifier: GPL-2.0
/* Tests of core/check_connector: bits per channel, colorspace and HDR metadata. */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/types.h>

#include "../../core/check/connector.h"
#include "check_table.h"

/* The primaries of BT.2020 and its white point; 1000 cd/m2, 0.0001 cd/m2. */
#define BT2020_PRIMARIES { { 35400, 14600 }, { 8500, 39850 }, { 6550, 2300 } }
#define D65 { 15635, 16450 }

#define ST2084 2

CHECK_ROW(connector_case, struct rvkms_connector_request);

/*
 * min_bpc, max_bpc, colorspaces, eotfs; bpc, colorspace, has_hdr; type, infoframe_type, eotf,
 * primaries, white, max_luminance, min_luminance
 */
static const struct connector_case connector_cases[] = {
	{
		{ "too few bits", RVKMS_RULE_CONNECTOR_BPC, -EINVAL },
		{ 8, 12, 7, 5, 7, 2, false, { 0, 0, 0, { }, { }, 0, 0 } },
		{ 8, 12, 7, 5, 8, 2, false, { 0, 0, 0, { }, { }, 0, 0 } },
	}, {
		{ "too many bits", RVKMS_RULE_CONNECTOR_BPC, -EINVAL },
		{ 8, 12, 7, 5, 13, 2, false, { 0, 0, 0, { }, { }, 0, 0 } },
		{ 8, 12, 7, 5, 12, 2, false, { 0, 0, 0, { }, { }, 0, 0 } },
	}, {
		{ "no bits", RVKMS_RULE_CONNECTOR_BPC, -EINVAL },
		{ 1, 12, 7, 5, 0, 2, false, { 0, 0, 0, { }, { }, 0, 0 } },
		{ 1, 12, 7, 5, 1, 2, false, { 0, 0, 0, { }, { }, 0, 0 } },
	}, {
		{ "colour space above", RVKMS_RULE_CONNECTOR_COLORSPACE, -EINVAL },
		{ 8, 12, 7, 5, 10, 3, false, { 0, 0, 0, { }, { }, 0, 0 } },
		{ 8, 12, 7, 5, 10, 2, false, { 0, 0, 0, { }, { }, 0, 0 } },
	}, {
		{ "colour space below", RVKMS_RULE_CONNECTOR_COLORSPACE, -EINVAL },
		{ 8, 12, 6, 5, 10, 0, false, { 0, 0, 0, { }, { }, 0, 0 } },
		{ 8, 12, 6, 5, 10, 1, false, { 0, 0, 0, { }, { }, 0, 0 } },
	}, {
		{ "no colour space in 32", RVKMS_RULE_CONNECTOR_COLORSPACE, -EINVAL },
		{ 8, 12, U32_MAX, 5, 10, 32, false, { 0, 0, 0, { }, { }, 0, 0 } },
		{ 8, 12, U32_MAX, 5, 10, 31, false, { 0, 0, 0, { }, { }, 0, 0 } },
	}, {
		{ "type 2", RVKMS_RULE_HDR_TYPE, -EINVAL },
		{ 8, 12, 7, 5, 10, 2, true, { 1, 0, ST2084, BT2020_PRIMARIES, D65, 1000, 1 } },
		{ 8, 12, 7, 5, 10, 2, true, { 0, 0, ST2084, BT2020_PRIMARIES, D65, 1000, 1 } },
	}, {
		{ "type 2 in the infoframe", RVKMS_RULE_HDR_TYPE, -EINVAL },
		{ 8, 12, 7, 5, 10, 2, true, { 0, 1, ST2084, BT2020_PRIMARIES, D65, 1000, 1 } },
		{ 8, 12, 7, 5, 10, 2, true, { 0, 0, ST2084, BT2020_PRIMARIES, D65, 1000, 1 } },
	}, {
		{ "type 2 without HDR", RVKMS_RULE_HDR_TYPE, -EINVAL },
		{ 8, 12, 7, 5, 10, 2, true, { 1, 0, ST2084, BT2020_PRIMARIES, D65, 1000, 1 } },
		{ 8, 12, 7, 5, 10, 2, false, { 1, 0, ST2084, BT2020_PRIMARIES, D65, 1000, 1 } },
	}, {
		{ "hybrid log-gamma", RVKMS_RULE_HDR_EOTF, -EINVAL },
		{ 8, 12, 7, 5, 10, 2, true, { 0, 0, 3, BT2020_PRIMARIES, D65, 1000, 1 } },
		{ 8, 12, 7, 5, 10, 2, true, { 0, 0, 2, BT2020_PRIMARIES, D65, 1000, 1 } },
	}, {
		{ "traditional gamma, HDR", RVKMS_RULE_HDR_EOTF, -EINVAL },
		{ 8, 12, 7, 5, 10, 2, true, { 0, 0, 1, BT2020_PRIMARIES, D65, 1000, 1 } },
		{ 8, 12, 7, 5, 10, 2, true, { 0, 0, 0, BT2020_PRIMARIES, D65, 1000, 1 } },
	}, {
		{ "no transfer function in 32", RVKMS_RULE_HDR_EOTF, -EINVAL },
		{ 8, 12, 7, U32_MAX, 10, 2, true, { 0, 0, 32, BT2020_PRIMARIES, D65, 1000, 1 } },
		{ 8, 12, 7, U32_MAX, 10, 2, true, { 0, 0, 31, BT2020_PRIMARIES, D65, 1000, 1 } },
	}, {
		{ "first primary, x above 1", RVKMS_RULE_HDR_CHROMATICITY, -EINVAL },
		{ 8, 12, 7, 5, 10, 2, true,
		  { 0, 0, ST2084, { { 50001, 14600 }, { 8500, 39850 }, { 6550, 2300 } }, D65,
		  1000, 1 } },
		{ 8, 12, 7, 5, 10, 2, true,
		  { 0, 0, ST2084, { { 50000, 14600 }, { 8500, 39850 }, { 6550, 2300 } }, D65,
		  1000, 1 } },
	}, {
		{ "first primary, y above 1", RVKMS_RULE_HDR_CHROMATICITY, -EINVAL },
		{ 8, 12, 7, 5, 10, 2, true,
		  { 0, 0, ST2084, { { 35400, 50001 }, { 8500, 39850 }, { 6550, 2300 } }, D65,
		  1000, 1 } },
		{ 8, 12, 7, 5, 10, 2, true,
		  { 0, 0, ST2084, { { 35400, 50000 }, { 8500, 39850 }, { 6550, 2300 } }, D65,
		  1000, 1 } },
	}, {
		{ "second primary, x above 1", RVKMS_RULE_HDR_CHROMATICITY, -EINVAL },
		{ 8, 12, 7, 5, 10, 2, true,
		  { 0, 0, ST2084, { { 35400, 14600 }, { 50001, 39850 }, { 6550, 2300 } }, D65,
		  1000, 1 } },
		{ 8, 12, 7, 5, 10, 2, true,
		  { 0, 0, ST2084, { { 35400, 14600 }, { 50000, 39850 }, { 6550, 2300 } }, D65,
		  1000, 1 } },
	}, {
		{ "second primary, y above 1", RVKMS_RULE_HDR_CHROMATICITY, -EINVAL },
		{ 8, 12, 7, 5, 10, 2, true,
		  { 0, 0, ST2084, { { 35400, 14600 }, { 8500, 50001 }, { 6550, 2300 } }, D65,
		  1000, 1 } },
		{ 8, 12, 7, 5, 10, 2, true,
		  { 0, 0, ST2084, { { 35400, 14600 }, { 8500, 50000 }, { 6550, 2300 } }, D65,
		  1000, 1 } },
	}, {
		{ "third primary, x above 1", RVKMS_RULE_HDR_CHROMATICITY, -EINVAL },
		{ 8, 12, 7, 5, 10, 2, true,
		  { 0, 0, ST2084, { { 35400, 14600 }, { 8500, 39850 }, { 50001, 2300 } }, D65,
		  1000, 1 } },
		{ 8, 12, 7, 5, 10, 2, true,
		  { 0, 0, ST2084, { { 35400, 14600 }, { 8500, 39850 }, { 50000, 2300 } }, D65,
		  1000, 1 } },
	}, {
		{ "third primary, y above 1", RVKMS_RULE_HDR_CHROMATICITY, -EINVAL },
		{ 8, 12, 7, 5, 10, 2, true,
		  { 0, 0, ST2084, { { 35400, 14600 }, { 8500, 39850 }, { 6550, 50001 } }, D65,
		  1000, 1 } },
		{ 8, 12, 7, 5, 10, 2, true,
		  { 0, 0, ST2084, { { 35400, 14600 }, { 8500, 39850 }, { 6550, 50000 } }, D65,
		  1000, 1 } },
	}, {
		{ "white point, x above 1", RVKMS_RULE_HDR_CHROMATICITY, -EINVAL },
		{ 8, 12, 7, 5, 10, 2, true,
		  { 0, 0, ST2084, BT2020_PRIMARIES, { 50001, 16450 }, 1000, 1 } },
		{ 8, 12, 7, 5, 10, 2, true,
		  { 0, 0, ST2084, BT2020_PRIMARIES, { 50000, 16450 }, 1000, 1 } },
	}, {
		{ "white point, y above 1", RVKMS_RULE_HDR_CHROMATICITY, -EINVAL },
		{ 8, 12, 7, 5, 10, 2, true,
		  { 0, 0, ST2084, BT2020_PRIMARIES, { 15635, 50001 }, 1000, 1 } },
		{ 8, 12, 7, 5, 10, 2, true,
		  { 0, 0, ST2084, BT2020_PRIMARIES, { 15635, 50000 }, 1000, 1 } },
	}, {
		{ "black brighter than 1 cd/m2", RVKMS_RULE_HDR_LUMINANCE, -EINVAL },
		{ 8, 12, 7, 5, 10, 2, true, { 0, 0, ST2084, BT2020_PRIMARIES, D65, 1, 10001 } },
		{ 8, 12, 7, 5, 10, 2, true, { 0, 0, ST2084, BT2020_PRIMARIES, D65, 1, 10000 } },
	}, {
		{ "white darker than black", RVKMS_RULE_HDR_LUMINANCE, -EINVAL },
		{ 8, 12, 7, 5, 10, 2, true, { 0, 0, ST2084, BT2020_PRIMARIES, D65, 6, 65535 } },
		{ 8, 12, 7, 5, 10, 2, true, { 0, 0, ST2084, BT2020_PRIMARIES, D65, 7, 65535 } },
	}, {
		{ "white not known", RVKMS_RULE_HDR_LUMINANCE, -EINVAL },
		{ 8, 12, 7, 5, 10, 2, true, { 0, 0, ST2084, BT2020_PRIMARIES, D65, 1, 65535 } },
		{ 8, 12, 7, 5, 10, 2, true, { 0, 0, ST2084, BT2020_PRIMARIES, D65, 0, 65535 } },
	},
};

static struct rvkms_verdict ask(const void *question)
{
	return rvkms_check_connector(question);
}

static const struct check_field connector_fields[] = {
	CHECK_FIELD(struct rvkms_connector_request, min_bpc),
	CHECK_FIELD(struct rvkms_connector_request, max_bpc),
	CHECK_FIELD(struct rvkms_connector_request, colorspaces),
	CHECK_FIELD(struct rvkms_connector_request, eotfs),
	CHECK_FIELD(struct rvkms_connector_request, bpc),
	CHECK_FIELD(struct rvkms_connector_request, colorspace),
	CHECK_FIELD(struct rvkms_connector_request, has_hdr),
	CHECK_FIELD(struct rvkms_connector_request, hdr.type),
	CHECK_FIELD(struct rvkms_connector_request, hdr.infoframe_type),
	CHECK_FIELD(struct rvkms_connector_request, hdr.eotf),
	CHECK_FIELD(struct rvkms_connector_request, hdr.primaries[0].x),
	CHECK_FIELD(struct rvkms_connector_request, hdr.primaries[0].y),
	CHECK_FIELD(struct rvkms_connector_request, hdr.primaries[1].x),
	CHECK_FIELD(struct rvkms_connector_request, hdr.primaries[1].y),
	CHECK_FIELD(struct rvkms_connector_request, hdr.primaries[2].x),
	CHECK_FIELD(struct rvkms_connector_request, hdr.primaries[2].y),
	CHECK_FIELD(struct rvkms_connector_request, hdr.white.x),
	CHECK_FIELD(struct rvkms_connector_request, hdr.white.y),
	CHECK_FIELD(struct rvkms_connector_request, hdr.max_luminance),
	CHECK_FIELD(struct rvkms_connector_request, hdr.min_luminance),
};

const struct check_table rvkms_check_connector_table =
	CHECK_TABLE("connector", ask, connector_fields, connector_cases);

/* Metadata may leave any field at 0 for "unknown". */
static void rvkms_test_check_connector_unknown(struct kunit *test)
{
	const struct rvkms_connector_request request = {
		.max_bpc = 8, .colorspaces = 1, .eotfs = 1, .bpc = 8, .has_hdr = true,
	};

	KUNIT_EXPECT_EQ(test, rvkms_check_connector(&request).rule, RVKMS_RULE_NONE);
}

static void rvkms_test_check_connector_order(struct kunit *test)
{
	struct rvkms_connector_request r = {
		.min_bpc = 8, .max_bpc = 8, .has_hdr = true,
		.hdr = { 1, 0, 0, { { 65535, 0 } }, { 0, 0 }, 1, 65535 },
	};

	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_CONNECTOR_BPC);

	r.bpc = 8;
	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_CONNECTOR_COLORSPACE);

	r.colorspaces = 1;
	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_HDR_TYPE);

	r.hdr.type = 0;
	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_HDR_EOTF);

	r.eotfs = 1;
	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_HDR_CHROMATICITY);

	r.hdr.primaries[0].x = 0;
	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_HDR_LUMINANCE);

	r.hdr.min_luminance = 0;
	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_NONE);
}

static struct kunit_case rvkms_check_connector_tests[] = {
	KUNIT_CASE(rvkms_test_check_connector_unknown),
	KUNIT_CASE(rvkms_test_check_connector_order),
	{ }
};

static struct kunit_suite rvkms_check_connector_suite = {
	.name = "rvkms_check_connector",
	.test_cases = rvkms_check_connector_tests,
};

kunit_test_suite(rvkms_check_connector_suite);
