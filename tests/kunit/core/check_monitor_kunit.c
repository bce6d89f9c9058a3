// SPDX-License-Identifier: GPL-2.0
/* Tests of core/check/monitor: the text of modes and names, and the timings of modes. */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/types.h>

#include "../../core/check/monitor.h"

struct timing_case {
	const char *desc;
	struct rvkms_monitor_mode mode;
	u32 clock, vblank, vsync_width;
};

/* Reduced blanking of cvt(1) of X.Org, whose clocks are multiples of 250 kHz; here of 10 kHz. */
static const struct timing_case timing_cases[] = {
	{ "1920x1080@60", { 1920, 1080, 60 }, 13865, 31, 5 },
	{ "1280x1024@60", { 1280, 1024, 60 }, 9107, 30, 7 },
	{ "1024x768@60", { 1024, 768, 60 }, 5612, 22, 4 },
	{ "2560x1600@60", { 2560, 1600, 60 }, 26863, 46, 6 },
	{ "1600x1068@90", { 1600, 1068, 90 }, 17662, 47, 10 },
	{ "3840x2160@60", { 3840, 2160, 60 }, 53328, 62, 5 },
};

KUNIT_ARRAY_PARAM_DESC(timing, timing_cases, desc);

static void rvkms_test_monitor_timing(struct kunit *test)
{
	const struct timing_case *param = test->param_value;
	const struct rvkms_reduced timing = rvkms_monitor_timing(&param->mode);

	KUNIT_EXPECT_EQ(test, timing.clock, param->clock);
	KUNIT_EXPECT_EQ(test, timing.vblank, param->vblank);
	KUNIT_EXPECT_EQ(test, timing.vsync_width, param->vsync_width);
	KUNIT_EXPECT_EQ(test, timing.hblank, 160);
	KUNIT_EXPECT_EQ(test, timing.vsync_offset, 3);
}

/* Any values have a timing, which need not fit. */
static void rvkms_test_monitor_timing_hostile(struct kunit *test)
{
	static const u32 values[] = { 0, 1, 4096, U32_MAX };

	for (u32 i = 0; i < 64; i++) {
		const struct rvkms_monitor_mode mode = {
			values[i & 3], values[i >> 2 & 3], values[i >> 4],
		};

		KUNIT_EXPECT_EQ(test, rvkms_monitor_timing(&mode).hblank, 160);
	}
}

struct modes_case {
	const char *text;
	int err;
	u32 count;
	struct rvkms_monitor_mode last;
};

static const struct modes_case modes_cases[] = {
	{ "1600x1068@90", 0, 1, { 1600, 1068, 90 } },
	{ "1600x1068@90\n", 0, 1, { 1600, 1068, 90 } },
	{ "1920x1080", 0, 1, { 1920, 1080, 60 } },
	{ " 64x64@1\t4095x1000@60 ", 0, 2, { 4095, 1000, 60 } },
	{ "81x81 82x82 83x83 84x84 85x85 86x86", 0, 6, { 86, 86, 60 } },
	{ "81x81 82x82 83x83 84x84 85x85 86x86 87x87", -EINVAL },
	{ "", 0, 0 },
	{ "\n", 0, 0 },
	{ "x", -EINVAL },
	{ "640", -EINVAL },
	{ "640x", -EINVAL },
	{ "x480", -EINVAL },
	{ "640x480@", -EINVAL },
	{ "640x480@60Hz", -EINVAL },
	{ "640x480x60", -EINVAL },
	{ "0x480", -EINVAL },
	{ "640x0", -EINVAL },
	{ "63x480", -EINVAL },
	{ "640x63", -EINVAL },
	{ "64x64", 0, 1, { 64, 64, 60 } },
	{ "640x480@0", -EINVAL },
	{ "320x240@1000", 0, 1, { 320, 240, 1000 } },
	{ "320x240@1001", -EINVAL },
	{ "4096x480", -EINVAL },
	{ "640x4096", -EINVAL },
	{ "3840x2160@73", 0, 1, { 3840, 2160, 73 } },
	{ "3840x2160@74", -EINVAL },
	{ "000640x480", -EINVAL },
	{ "00640x480", 0, 1, { 640, 480, 60 } },
	{ "99999999999x480", -EINVAL },
	{ "-640x480", -EINVAL },
};

KUNIT_ARRAY_PARAM_DESC(modes, modes_cases, text);

static void rvkms_test_monitor_modes(struct kunit *test)
{
	const struct modes_case *param = test->param_value;
	struct rvkms_monitor monitor = { .num_modes = 1, .modes = { { 7, 8, 9 } } };
	const struct rvkms_monitor before = monitor;

	KUNIT_EXPECT_EQ(test, rvkms_monitor_set_modes(&monitor, param->text, strlen(param->text)),
			param->err);
	if (param->err) {
		KUNIT_EXPECT_MEMEQ(test, &monitor, &before, sizeof(monitor));
		return;
	}

	KUNIT_ASSERT_EQ(test, monitor.num_modes, param->count);
	if (param->count)
		KUNIT_EXPECT_MEMEQ(test, &monitor.modes[param->count - 1], &param->last,
				   sizeof(param->last));
}

struct name_case {
	const char *desc;
	const char *text;
	int err;
	const char *name;
};

static const struct name_case name_cases[] = {
	{ "one character", "A", 0, "A" },
	{ "newline", "A\n", 0, "A" },
	{ "13 characters", "Monitor #1 ~ ", 0, "Monitor #1 ~ " },
	{ "14 characters", "Monitor #1 ~ x", -EINVAL, "old" },
	{ "no character", "", -EINVAL, "old" },
	{ "newline only", "\n", -EINVAL, "old" },
	{ "two newlines", "A\n\n", -EINVAL, "old" },
	{ "not ASCII", "\xc3\xa4", -EINVAL, "old" },
	{ "control character", "\x1f", -EINVAL, "old" },
	{ "delete", "\x7f", -EINVAL, "old" },
};

KUNIT_ARRAY_PARAM_DESC(name, name_cases, desc);

static void rvkms_test_monitor_name(struct kunit *test)
{
	const struct name_case *param = test->param_value;
	struct rvkms_monitor monitor = { .name = "old" };

	KUNIT_EXPECT_EQ(test, rvkms_monitor_set_name(&monitor, param->text, strlen(param->text)),
			param->err);
	KUNIT_EXPECT_STREQ(test, monitor.name, param->name);
}

static struct kunit_case rvkms_check_monitor_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_monitor_timing, timing_gen_params),
	KUNIT_CASE(rvkms_test_monitor_timing_hostile),
	KUNIT_CASE_PARAM(rvkms_test_monitor_modes, modes_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_monitor_name, name_gen_params),
	{ }
};

static struct kunit_suite rvkms_check_monitor_suite = {
	.name = "rvkms_check_monitor",
	.test_cases = rvkms_check_monitor_tests,
};

kunit_test_suite(rvkms_check_monitor_suite);
