// SPDX-License-Identifier: GPL-2.0
/* Runs the fixture's suites; a line a test: its suite, its name, how it ended. */

#include <kunit/test.h>

static struct kunit_suite *suites;

void kunit_register(struct kunit_suite *suite)
{
	suite->next = suites;
	suites = suite;
}

static const char *run(const struct kunit_case *one)
{
	struct kunit test = { 0 };

	one->run_case(&test);
	if (test.is_skipped)
		return "skipped";
	return test.failures ? "failed" : "passed";
}

int main(void)
{
	for (struct kunit_suite *suite = suites; suite; suite = suite->next) {
		for (struct kunit_case *one = suite->test_cases; one->run_case; one++) {
			if (!one->is_slow)
				printf("%s %s %s\n", suite->name, one->name, run(one));
		}
	}
	return 0;
}
