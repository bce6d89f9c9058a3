// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of core/check and of the table of rules: what each is called, which error it gives, and
 * that the other suites of checks have a case for it.
 */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/types.h>

#include "../core/check.h"
#include "check_cases.h"

struct rule_case {
	enum rvkms_rule rule;
	const char *name;
	int err;
};

static const struct rule_case rule_cases[] = {
	{ RVKMS_RULE_NONE, "NONE", 0 },
	{ RVKMS_RULE_MODE_CLOCK, "MODE_CLOCK", -EINVAL },
	{ RVKMS_RULE_MODE_ACTIVE_EMPTY, "MODE_ACTIVE_EMPTY", -EINVAL },
	{ RVKMS_RULE_MODE_TOTALS, "MODE_TOTALS", -EINVAL },
	{ RVKMS_RULE_MODE_SIZE, "MODE_SIZE", -EINVAL },
	{ RVKMS_RULE_MODE_REFRESH, "MODE_REFRESH", -EINVAL },
	{ RVKMS_RULE_PLANE_FB_WITHOUT_CRTC, "PLANE_FB_WITHOUT_CRTC", -EINVAL },
	{ RVKMS_RULE_PLANE_CRTC_WITHOUT_FB, "PLANE_CRTC_WITHOUT_FB", -EINVAL },
	{ RVKMS_RULE_PLANE_FORMAT, "PLANE_FORMAT", -EINVAL },
	{ RVKMS_RULE_PLANE_MODIFIER, "PLANE_MODIFIER", -EINVAL },
	{ RVKMS_RULE_PLANE_GROUPS, "PLANE_GROUPS", -EINVAL },
	{ RVKMS_RULE_PLANE_ROTATION, "PLANE_ROTATION", -EINVAL },
	{ RVKMS_RULE_PLANE_SOURCE_BOUNDS, "PLANE_SOURCE_BOUNDS", -ENOSPC },
	{ RVKMS_RULE_PLANE_DEST_RANGE, "PLANE_DEST_RANGE", -ERANGE },
	{ RVKMS_RULE_PLANE_SCALING, "PLANE_SCALING", -ERANGE },
	{ RVKMS_RULE_PLANE_CURSOR_SIZE, "PLANE_CURSOR_SIZE", -EINVAL },
	{ RVKMS_RULE_WRITEBACK_CRTC, "WRITEBACK_CRTC", -EINVAL },
	{ RVKMS_RULE_WRITEBACK_FORMAT, "WRITEBACK_FORMAT", -EINVAL },
	{ RVKMS_RULE_WRITEBACK_MODIFIER, "WRITEBACK_MODIFIER", -EINVAL },
	{ RVKMS_RULE_WRITEBACK_SIZE, "WRITEBACK_SIZE", -EINVAL },
};

KUNIT_ARRAY_PARAM_DESC(rule, rule_cases, name);

static void rvkms_test_rule_name_literal(struct kunit *test)
{
	const struct rule_case *row = test->param_value;

	KUNIT_EXPECT_STREQ(test, rvkms_rule_name(row->rule), row->name);
}

static void rvkms_test_verdict_refuse_error(struct kunit *test)
{
	const struct rule_case *row = test->param_value;
	const struct rvkms_verdict verdict = rvkms_verdict_refuse(row->rule);

	KUNIT_EXPECT_EQ(test, verdict.err, row->err);
	KUNIT_EXPECT_EQ(test, verdict.rule, row->rule);
}

/* A text goes behind a colon, and before a list of values. */
static void rvkms_test_rule_text_form(struct kunit *test)
{
	const struct rule_case *row = test->param_value;
	const char *text = rvkms_rule_text(row->rule);

	KUNIT_ASSERT_NOT_NULL(test, text);
	KUNIT_ASSERT_GE(test, strlen(text), 10);
	KUNIT_EXPECT_LE(test, strlen(text), 80);
	KUNIT_EXPECT_GE(test, text[0], 'a');
	KUNIT_EXPECT_LE(test, text[0], 'z');
	KUNIT_EXPECT_NE(test, text[strlen(text) - 1], '.');
}

static void rvkms_test_rule_text_literal(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, rvkms_rule_text(RVKMS_RULE_NONE), "no rule is violated");
	KUNIT_EXPECT_STREQ(test, rvkms_rule_text(RVKMS_RULE_MODE_CLOCK),
			   "the pixel clock is not positive");
	KUNIT_EXPECT_STREQ(test, rvkms_rule_text(RVKMS_RULE_WRITEBACK_SIZE),
			   "the writeback framebuffer differs in size from the mode");
}

static void rvkms_test_rule_all_distinct(struct kunit *test)
{
	for (u32 i = 0; i < RVKMS_RULE_COUNT; i++) {
		for (u32 j = i + 1; j < RVKMS_RULE_COUNT; j++) {
			KUNIT_EXPECT_STRNEQ(test, rvkms_rule_name(i), rvkms_rule_name(j));
			KUNIT_EXPECT_STRNEQ(test, rvkms_rule_text(i), rvkms_rule_text(j));
		}
	}
}

/* Row i of the table above is rule i: no rule is missing, and the order is that of rules.h. */
static void rvkms_test_rule_all_listed(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, ARRAY_SIZE(rule_cases), RVKMS_RULE_COUNT);

	for (u32 i = 0; i < RVKMS_RULE_COUNT; i++)
		KUNIT_EXPECT_EQ(test, rule_cases[i].rule, i);
}

static u32 count_cases(enum rvkms_rule rule)
{
	return rvkms_check_mode_cases(rule) + rvkms_check_plane_cases(rule) +
	       rvkms_check_writeback_cases(rule);
}

static void rvkms_test_rule_all_have_cases(struct kunit *test)
{
	for (u32 rule = 1; rule < RVKMS_RULE_COUNT; rule++)
		KUNIT_EXPECT_GT_MSG(test, count_cases(rule), 0, "%s has no case",
				    rvkms_rule_name(rule));
}

static void rvkms_test_verdict_accept(struct kunit *test)
{
	const struct rvkms_verdict verdict = rvkms_verdict_accept();

	KUNIT_EXPECT_EQ(test, verdict.err, 0);
	KUNIT_EXPECT_EQ(test, verdict.rule, RVKMS_RULE_NONE);
}

struct unknown_case {
	const char *desc;
	u32 rule;
};

static const struct unknown_case unknown_cases[] = {
	{ "first past the last", RVKMS_RULE_COUNT },
	{ "second past the last", RVKMS_RULE_COUNT + 1 },
	{ "largest positive", S32_MAX },
	{ "most negative", 0x80000000 },
	{ "minus one", U32_MAX },
};

KUNIT_ARRAY_PARAM_DESC(unknown, unknown_cases, desc);

static void rvkms_test_rule_unknown(struct kunit *test)
{
	const struct unknown_case *row = test->param_value;

	KUNIT_EXPECT_STREQ(test, rvkms_rule_name(row->rule), "UNKNOWN");
	KUNIT_EXPECT_STREQ(test, rvkms_rule_text(row->rule), "not a rule");
	KUNIT_EXPECT_EQ(test, rvkms_verdict_refuse(row->rule).err, -EINVAL);
	KUNIT_EXPECT_EQ(test, (u32)rvkms_verdict_refuse(row->rule).rule, row->rule);
}

static struct kunit_case rvkms_check_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_rule_name_literal, rule_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_verdict_refuse_error, rule_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_rule_text_form, rule_gen_params),
	KUNIT_CASE(rvkms_test_rule_text_literal),
	KUNIT_CASE(rvkms_test_rule_all_distinct),
	KUNIT_CASE(rvkms_test_rule_all_listed),
	KUNIT_CASE(rvkms_test_rule_all_have_cases),
	KUNIT_CASE(rvkms_test_verdict_accept),
	KUNIT_CASE_PARAM(rvkms_test_rule_unknown, unknown_gen_params),
	{ }
};

static struct kunit_suite rvkms_check_suite = {
	.name = "rvkms_check",
	.test_cases = rvkms_check_tests,
};

kunit_test_suite(rvkms_check_suite);

MODULE_DESCRIPTION("KUnit tests of rvkms");
MODULE_IMPORT_NS("EXPORTED_FOR_KUNIT_TESTING");
MODULE_LICENSE("GPL");
