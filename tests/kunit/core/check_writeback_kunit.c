// SPDX-License-Identifier: GPL-2.0
/* Tests of core/check_writeback: formats and sizes of writeback jobs. */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/prandom.h>
#include <linux/string.h>
#include <linux/types.h>

#include <uapi/drm/drm_fourcc.h>

#include "../../core/check/writeback.h"
#include "check_table.h"
#include "mismatch.h"

#define XRGB DRM_FORMAT_XRGB8888
#define ARGB DRM_FORMAT_ARGB8888

#define CHANGE(member, refused, neighbour) \
	CHECK_CHANGE(struct rvkms_writeback_request, member, refused, neighbour)
#define SET(member, value) CHECK_SET(struct rvkms_writeback_request, member, value)

static const struct rvkms_writeback_request full_hd = {
	.crtc_active = true,
	.fourcc = XRGB,
	.fb_width = 1920,
	.fb_height = 1080,
	.mode_width = 1920,
	.mode_height = 1080,
};

static const struct check_row writeback_cases[] = {
	{
		"CRTC is off", RVKMS_RULE_WRITEBACK_CRTC, -EINVAL,
		CHANGE(crtc_active, false, true),
	}, {
		"above XRGB8888", RVKMS_RULE_WRITEBACK_FORMAT, -EINVAL,
		CHANGE(fourcc, XRGB + 1, XRGB),
	}, {
		"below XRGB8888", RVKMS_RULE_WRITEBACK_FORMAT, -EINVAL,
		CHANGE(fourcc, XRGB - 1, XRGB),
	}, {
		"lowest modifier bit", RVKMS_RULE_WRITEBACK_MODIFIER, -EINVAL,
		CHANGE(modifier, 1, 0),
	}, {
		"a column narrower", RVKMS_RULE_WRITEBACK_SIZE, -EINVAL,
		CHANGE(fb_width, 1919, 1920),
	}, {
		"a column wider", RVKMS_RULE_WRITEBACK_SIZE, -EINVAL,
		CHANGE(fb_width, 1921, 1920),
	}, {
		"a line lower", RVKMS_RULE_WRITEBACK_SIZE, -EINVAL,
		CHANGE(fb_height, 1079, 1080),
	}, {
		"a line higher", RVKMS_RULE_WRITEBACK_SIZE, -EINVAL,
		CHANGE(fb_height, 1081, 1080),
	}, {
		"mode a column wider", RVKMS_RULE_WRITEBACK_SIZE, -EINVAL,
		CHANGE(mode_width, 1921, 1920),
	}, {
		"mode a line higher", RVKMS_RULE_WRITEBACK_SIZE, -EINVAL,
		CHANGE(mode_height, 1081, 1080),
	}, {
		"largest, a column narrower", RVKMS_RULE_WRITEBACK_SIZE, -EINVAL,
		CHANGE(fb_width, U32_MAX - 1, U32_MAX),
		.with = { SET(fb_height, U32_MAX), SET(mode_width, U32_MAX),
			  SET(mode_height, U32_MAX) },
	},
};

static struct rvkms_verdict ask(const void *question)
{
	return rvkms_check_writeback(question);
}

static const struct check_field writeback_fields[] = {
	CHECK_FIELD(struct rvkms_writeback_request, crtc_active),
	CHECK_FIELD(struct rvkms_writeback_request, fourcc),
	CHECK_FIELD(struct rvkms_writeback_request, modifier),
	CHECK_FIELD(struct rvkms_writeback_request, fb_width),
	CHECK_FIELD(struct rvkms_writeback_request, fb_height),
	CHECK_FIELD(struct rvkms_writeback_request, mode_width),
	CHECK_FIELD(struct rvkms_writeback_request, mode_height),
};

const struct check_table rvkms_check_writeback_table =
	CHECK_TABLE("writeback", ask, writeback_fields, writeback_cases, full_hd);

struct fourcc_case {
	const char *desc;
	u32 fourcc;
};

static const struct fourcc_case fourcc_cases[] = {
	{ "R8, which is only read", DRM_FORMAT_R8 },
	{ "C8, which is only read", DRM_FORMAT_C8 },
	{ "NV21, which is only read", DRM_FORMAT_NV21 },
	{ "big endian", XRGB | DRM_FORMAT_BIG_ENDIAN },
	{ "invalid", DRM_FORMAT_INVALID },
	{ "all ones", U32_MAX },
};

KUNIT_ARRAY_PARAM_DESC(fourcc, fourcc_cases, desc);

static void rvkms_test_check_writeback_format(struct kunit *test)
{
	const struct fourcc_case *row = test->param_value;
	const struct rvkms_writeback_request request = { true, row->fourcc, 0, 8, 6, 8, 6 };

	KUNIT_EXPECT_EQ(test, rvkms_check_writeback(&request).rule, RVKMS_RULE_WRITEBACK_FORMAT);
}

struct modifier_case {
	const char *desc;
	u64 modifier;
};

static const struct modifier_case modifier_cases[] = {
	{ "bit 31", 1ull << 31 },
	{ "bit 32", 1ull << 32 },
	{ "highest bit", 1ull << 63 },
	{ "invalid", DRM_FORMAT_MOD_INVALID },
	{ "all ones", U64_MAX },
};

KUNIT_ARRAY_PARAM_DESC(modifier, modifier_cases, desc);

static void rvkms_test_check_writeback_modifier(struct kunit *test)
{
	const struct modifier_case *row = test->param_value;
	const struct rvkms_writeback_request request = { true, XRGB, row->modifier, 8, 6, 8, 6 };

	KUNIT_EXPECT_EQ(test, rvkms_check_writeback(&request).rule,
			RVKMS_RULE_WRITEBACK_MODIFIER);
}

/*
 * A job that violates all rules, corrected one rule at a time: the verdict names the first in
 * rules.h.
 */
static void rvkms_test_check_writeback_order(struct kunit *test)
{
	struct rvkms_writeback_request r = { false, DRM_FORMAT_R8, 1, 640, 480, 480, 640 };

	KUNIT_EXPECT_EQ(test, rvkms_check_writeback(&r).rule, RVKMS_RULE_WRITEBACK_CRTC);

	r.crtc_active = true;
	KUNIT_EXPECT_EQ(test, rvkms_check_writeback(&r).rule, RVKMS_RULE_WRITEBACK_FORMAT);

	r.fourcc = XRGB;
	KUNIT_EXPECT_EQ(test, rvkms_check_writeback(&r).rule, RVKMS_RULE_WRITEBACK_MODIFIER);

	r.modifier = 0;
	KUNIT_EXPECT_EQ(test, rvkms_check_writeback(&r).rule, RVKMS_RULE_WRITEBACK_SIZE);

	r.mode_width = 640;
	KUNIT_EXPECT_EQ(test, rvkms_check_writeback(&r).rule, RVKMS_RULE_WRITEBACK_SIZE);

	r.mode_height = 480;
	KUNIT_EXPECT_EQ(test, rvkms_check_writeback(&r).rule, RVKMS_RULE_NONE);
}

/* The rules of rules.h, one by one. */
static enum rvkms_rule reference_rule(const struct rvkms_writeback_request *r)
{
	if (!r->crtc_active)
		return RVKMS_RULE_WRITEBACK_CRTC;
	if (r->fourcc != XRGB && r->fourcc != ARGB)
		return RVKMS_RULE_WRITEBACK_FORMAT;
	if (r->modifier)
		return RVKMS_RULE_WRITEBACK_MODIFIER;
	if ((r->fb_width ^ r->mode_width) | (r->fb_height ^ r->mode_height))
		return RVKMS_RULE_WRITEBACK_SIZE;

	return RVKMS_RULE_NONE;
}

static u32 random_size(struct rnd_state *random)
{
	static const u32 sizes[] = { 0, 1, 640, 641, 0x80000000, U32_MAX };

	return sizes[prandom_u32_state(random) % ARRAY_SIZE(sizes)];
}

static struct rvkms_writeback_request random_request(struct rnd_state *random)
{
	const u32 r = prandom_u32_state(random);
	const u32 any = prandom_u32_state(random);

	return (struct rvkms_writeback_request){
		.crtc_active = r & 3,
		.fourcc = r & 12 ? XRGB : r & 16 ? ARGB : any,
		.modifier = r & 0x60 ? 0 : (u64)any << 32,
		.fb_width = random_size(random),
		.fb_height = random_size(random),
		.mode_width = random_size(random),
		.mode_height = random_size(random),
	};
}

static bool check_is_wrong(const struct rvkms_writeback_request *request,
			   enum rvkms_rule expected)
{
	const struct rvkms_writeback_request before = *request;
	const struct rvkms_verdict verdict = {
		.err = expected == RVKMS_RULE_NONE ? 0 : -EINVAL, .rule = expected,
	};

	/* Checked twice: the same verdict, and the request is unchanged. */
	return !verdict_is(rvkms_check_writeback(request), verdict) ||
	       !verdict_is(rvkms_check_writeback(request), verdict) ||
	       memcmp(&before, request, sizeof(before));
}

static void rvkms_test_check_writeback_random(struct kunit *test)
{
	u32 seen[RVKMS_RULE_COUNT] = {};
	struct rnd_state random;
	struct mismatch m = {};

	prandom_seed_state(&random, 24);
	for (u32 i = 0; i < 100000; i++) {
		const struct rvkms_writeback_request request = random_request(&random);
		const enum rvkms_rule expected = reference_rule(&request);

		seen[expected]++;
		mismatch_note(&m, check_is_wrong(&request, expected), i);
	}

	EXPECT_NO_MISMATCH(test, &m, 100000);
	for (u32 rule = RVKMS_RULE_WRITEBACK_CRTC; rule <= RVKMS_RULE_WRITEBACK_SIZE; rule++)
		KUNIT_EXPECT_GE_MSG(test, seen[rule], 1000, "%s", rvkms_rule_name(rule));
	KUNIT_EXPECT_GE(test, seen[RVKMS_RULE_NONE], 500);
}

static struct kunit_case rvkms_check_writeback_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_check_writeback_format, fourcc_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_check_writeback_modifier, modifier_gen_params),
	KUNIT_CASE(rvkms_test_check_writeback_order),
	KUNIT_CASE(rvkms_test_check_writeback_random),
	{ }
};

static struct kunit_suite rvkms_check_writeback_suite = {
	.name = "rvkms_check_writeback",
	.test_cases = rvkms_check_writeback_tests,
};

kunit_test_suite(rvkms_check_writeback_suite);
