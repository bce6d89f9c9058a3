// SPDX-License-Identifier: GPL-2.0
/* Tests of the debugfs file that lists rejected commits. */

#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/string.h>

#include "../../objects/device.h"
#include "../../objects/refusal.h"
#include "display.h"

static int refuse(struct display *display, unsigned int number)
{
	return rvkms_refuse(display->drm, rvkms_verdict_refuse(RVKMS_RULE_MODE_CLOCK),
			    "[CRTC:%u]", number);
}

static void rvkms_test_refusals_none(struct kunit *test)
{
	struct display *display = test->priv;

	KUNIT_EXPECT_EQ(test, rvkms_refuse(display->drm, rvkms_verdict_accept(), "x"), 0);
	KUNIT_EXPECT_STREQ(test, display_debugfs(display, rvkms_refusals_show),
			   "rejected states: 0\nrejected modes: 0\n");
}

static void rvkms_test_refusals_one(struct kunit *test)
{
	struct display *display = test->priv;
	const char *text;

	KUNIT_EXPECT_EQ(test, refuse(display, 42), -EINVAL);
	text = display_debugfs(display, rvkms_refusals_show);
	KUNIT_EXPECT_EQ(test, strncmp(text, "rejected states: 1\n1. at ", 25), 0);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, ": MODE_CLOCK: pixel clock is not positive\n"
						 "\t[CRTC:42]\n"));
}

/* Of 20 rejected commits, the last 16 are kept. */
static void rvkms_test_refusals_keeps_the_last(struct kunit *test)
{
	struct display *display = test->priv;
	const char *text;

	for (unsigned int i = 1; i <= 20; i++)
		KUNIT_EXPECT_EQ(test, refuse(display, 100 + i), -EINVAL);

	text = display_debugfs(display, rvkms_refusals_show);
	KUNIT_EXPECT_EQ(test, strncmp(text, "rejected states: 20\n5. at ", 26), 0);
	KUNIT_EXPECT_NULL(test, strstr(text, "[CRTC:104]"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "[CRTC:105]"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "[CRTC:120]"));
}

static void rvkms_test_refusals_cuts_off(struct kunit *test)
{
	static const char values[] = "0123456789012345678901234567890123456789";
	struct display *display = test->priv;
	const struct rvkms_refusals *refusals = &display->rvkms->refused_states;

	rvkms_refuse(display->drm, rvkms_verdict_refuse(RVKMS_RULE_MODE_CLOCK), "%s%s%s%s%s%s",
		     values, values, values, values, values, values);
	KUNIT_EXPECT_EQ(test, strlen(refusals->last[0].values), 191);
}

/* An EDID with 20 bad modes does not remove a rejected commit. */
static void rvkms_test_refusals_of_modes(struct kunit *test)
{
	struct display *display = test->priv;
	const char *text;

	KUNIT_EXPECT_EQ(test, refuse(display, 42), -EINVAL);
	KUNIT_EXPECT_EQ(test, rvkms_refuse_mode(display->drm, rvkms_verdict_accept(), "x"), 0);
	for (unsigned int i = 1; i <= 20; i++)
		KUNIT_EXPECT_EQ(test, rvkms_refuse_mode(display->drm,
							rvkms_verdict_refuse(RVKMS_RULE_MODE_CLOCK),
							"mode %u", 100 + i), -EINVAL);

	text = display_debugfs(display, rvkms_refusals_show);
	KUNIT_EXPECT_EQ(test, strncmp(text, "rejected states: 1\n1. at ", 25), 0);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "\t[CRTC:42]\nrejected modes: 20\n5. at "));
	KUNIT_EXPECT_NULL(test, strstr(text, "mode 104\n"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "mode 105\n"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "mode 120\n"));
}

static struct kunit_case refusal_cases[] = {
	KUNIT_CASE(rvkms_test_refusals_none),
	KUNIT_CASE(rvkms_test_refusals_one),
	KUNIT_CASE(rvkms_test_refusals_keeps_the_last),
	KUNIT_CASE(rvkms_test_refusals_cuts_off),
	KUNIT_CASE(rvkms_test_refusals_of_modes),
	{}
};

static struct kunit_suite refusal_suite = {
	.name = "rvkms_refusal",
	.init = display_test_init,
	.test_cases = refusal_cases,
};

kunit_test_suite(refusal_suite);
