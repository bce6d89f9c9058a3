// SPDX-License-Identifier: GPL-2.0

#include <kunit/test.h>

#include "../core/plane/geometry.h"
#include "../plane.h"

static void rvkms_test_area(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, rvkms_area(3, 5), 15);
}

static void rvkms_test_clamp(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, rvkms_clamp(7, 9), 7);
	KUNIT_EXPECT_EQ(test, rvkms_clamp(11, 9), 9);
}

static void rvkms_test_is_far(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, rvkms_is_far(1), false);
	KUNIT_EXPECT_EQ(test, rvkms_is_far(0x8000), true);
}

static void rvkms_test_plane_show(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, rvkms_plane_show(0, 2, 3), 6);
	KUNIT_EXPECT_EQ(test, rvkms_plane_show(0x9000, 2, 3), 12);
	KUNIT_EXPECT_EQ(test, rvkms_plane_show(0, 0, 3), -EINVAL);
}

static struct kunit_case geometry_tests[] = {
	KUNIT_CASE(rvkms_test_area),
	KUNIT_CASE(rvkms_test_clamp),
	KUNIT_CASE(rvkms_test_is_far),
	KUNIT_CASE(rvkms_test_plane_show),
	{ }
};

static struct kunit_suite geometry_suite = {
	.name = "rvkms_geometry",
	.test_cases = geometry_tests,
};

kunit_test_suite(geometry_suite);
