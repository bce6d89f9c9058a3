// SPDX-License-Identifier: GPL-2.0

#include <kunit/test.h>
#include <linux/array_size.h>

#include "../core/check/verdict.h"

struct check_case {
	enum rvkms_rule rule;
	struct rvkms_rect rect;
};

static const struct check_case cases[] = {
	{ RVKMS_RULE_NONE, { 0, 1, 1 } },
	{
		RVKMS_RULE_PLANE_EMPTY,
		{ 0, 0, 1 },
	},
	{
		RVKMS_RULE_PLANE_EMPTY,
		{ 0, 1, 0 },
	},
	{
		RVKMS_RULE_PLANE_RANGE,
		{ 0xffff, 1, 1 },
	},
};

static void rvkms_test_check_plane(struct kunit *test)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		KUNIT_EXPECT_EQ(test, rvkms_check_plane(&cases[i].rect), cases[i].rule);
}

static struct kunit_case check_plane_tests[] = {
	KUNIT_CASE(rvkms_test_check_plane),
	{ }
};

static struct kunit_suite check_plane_suite = {
	.name = "rvkms_check_plane",
	.test_cases = check_plane_tests,
};

kunit_test_suite(check_plane_suite);
