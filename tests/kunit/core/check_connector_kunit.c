// SPDX-License-Identifier: GPL-2.0
/* Tests of core/check_connector: bits per channel, colorspace and HDR metadata. */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/types.h>

#include "../../core/check/connector.h"
#include "check_table.h"

#define ST2084 2

#define CHANGE(member, refused, neighbour) \
	CHECK_CHANGE(struct rvkms_connector_request, member, refused, neighbour)
#define SET(member, value) CHECK_SET(struct rvkms_connector_request, member, value)

/* The primaries of BT.2020 and its white point; 1000 cd/m2, 0.0001 cd/m2. */
static const struct rvkms_connector_request hdr = {
	.min_bpc = 8,
	.max_bpc = 12,
	.colorspaces = 7,
	.eotfs = 5,
	.bpc = 10,
	.colorspace = 2,
	.has_hdr = true,
	.hdr.eotf = ST2084,
	.hdr.primaries[0].x = 35400,
	.hdr.primaries[0].y = 14600,
	.hdr.primaries[1].x = 8500,
	.hdr.primaries[1].y = 39850,
	.hdr.primaries[2].x = 6550,
	.hdr.primaries[2].y = 2300,
	.hdr.white.x = 15635,
	.hdr.white.y = 16450,
	.hdr.max_luminance = 1000,
	.hdr.min_luminance = 1,
};

static const struct rvkms_connector_request no_hdr = {
	.min_bpc = 8,
	.max_bpc = 12,
	.colorspaces = 7,
	.eotfs = 5,
	.bpc = 8,
	.colorspace = 2,
};

static const struct check_row connector_cases[] = {
	{
		"too few bits", RVKMS_RULE_CONNECTOR_BPC, -EINVAL,
		CHANGE(bpc, 7, 8),
		.base = &no_hdr,
	}, {
		"too many bits", RVKMS_RULE_CONNECTOR_BPC, -EINVAL,
		CHANGE(bpc, 13, 12),
		.base = &no_hdr,
	}, {
		"no bits", RVKMS_RULE_CONNECTOR_BPC, -EINVAL,
		CHANGE(bpc, 0, 1),
		.base = &no_hdr,
		.with = { SET(min_bpc, 1) },
	}, {
		"colour space above", RVKMS_RULE_CONNECTOR_COLORSPACE, -EINVAL,
		CHANGE(colorspace, 3, 2),
		.base = &no_hdr,
		.with = { SET(bpc, 10) },
	}, {
		"colour space below", RVKMS_RULE_CONNECTOR_COLORSPACE, -EINVAL,
		CHANGE(colorspace, 0, 1),
		.base = &no_hdr,
		.with = { SET(colorspaces, 6), SET(bpc, 10) },
	}, {
		"no colour space in 32", RVKMS_RULE_CONNECTOR_COLORSPACE, -EINVAL,
		CHANGE(colorspace, 32, 31),
		.base = &no_hdr,
		.with = { SET(colorspaces, U32_MAX), SET(bpc, 10) },
	}, {
		"type 2", RVKMS_RULE_HDR_TYPE, -EINVAL,
		CHANGE(hdr.type, 1, 0),
	}, {
		"type 2 in the infoframe", RVKMS_RULE_HDR_TYPE, -EINVAL,
		CHANGE(hdr.infoframe_type, 1, 0),
	}, {
		"type 2 without HDR", RVKMS_RULE_HDR_TYPE, -EINVAL,
		CHANGE(has_hdr, true, false),
		.with = { SET(hdr.type, 1) },
	}, {
		"hybrid log-gamma", RVKMS_RULE_HDR_EOTF, -EINVAL,
		CHANGE(hdr.eotf, 3, 2),
	}, {
		"traditional gamma, HDR", RVKMS_RULE_HDR_EOTF, -EINVAL,
		CHANGE(hdr.eotf, 1, 0),
	}, {
		"no transfer function in 32", RVKMS_RULE_HDR_EOTF, -EINVAL,
		CHANGE(hdr.eotf, 32, 31),
		.with = { SET(eotfs, U32_MAX) },
	}, {
		"first primary, x above 1", RVKMS_RULE_HDR_CHROMATICITY, -EINVAL,
		CHANGE(hdr.primaries[0].x, 50001, 50000),
	}, {
		"first primary, y above 1", RVKMS_RULE_HDR_CHROMATICITY, -EINVAL,
		CHANGE(hdr.primaries[0].y, 50001, 50000),
	}, {
		"second primary, x above 1", RVKMS_RULE_HDR_CHROMATICITY, -EINVAL,
		CHANGE(hdr.primaries[1].x, 50001, 50000),
	}, {
		"second primary, y above 1", RVKMS_RULE_HDR_CHROMATICITY, -EINVAL,
		CHANGE(hdr.primaries[1].y, 50001, 50000),
	}, {
		"third primary, x above 1", RVKMS_RULE_HDR_CHROMATICITY, -EINVAL,
		CHANGE(hdr.primaries[2].x, 50001, 50000),
	}, {
		"third primary, y above 1", RVKMS_RULE_HDR_CHROMATICITY, -EINVAL,
		CHANGE(hdr.primaries[2].y, 50001, 50000),
	}, {
		"white point, x above 1", RVKMS_RULE_HDR_CHROMATICITY, -EINVAL,
		CHANGE(hdr.white.x, 50001, 50000),
	}, {
		"white point, y above 1", RVKMS_RULE_HDR_CHROMATICITY, -EINVAL,
		CHANGE(hdr.white.y, 50001, 50000),
	}, {
		"black brighter than 1 cd/m2", RVKMS_RULE_HDR_LUMINANCE, -EINVAL,
		CHANGE(hdr.min_luminance, 10001, 10000),
		.with = { SET(hdr.max_luminance, 1) },
	}, {
		"white darker than black", RVKMS_RULE_HDR_LUMINANCE, -EINVAL,
		CHANGE(hdr.max_luminance, 6, 7),
		.with = { SET(hdr.min_luminance, 65535) },
	}, {
		"white not known", RVKMS_RULE_HDR_LUMINANCE, -EINVAL,
		CHANGE(hdr.max_luminance, 1, 0),
		.with = { SET(hdr.min_luminance, 65535) },
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
	CHECK_TABLE("connector", ask, connector_fields, connector_cases, hdr);

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
