// SPDX-License-Identifier: GPL-2.0
/*
 * Run the suites that are linked to this program and report in KTAP, as KUnit does.
 *
 * usage: suites [--slow] [GLOB]
 *
 * --slow includes tests marked slow; GLOB selects suites by name. The exit status is 0 if at least
 * one test was run and all passed.
 */

#include <fnmatch.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <kunit/test.h>

struct kunit_memory {
	struct kunit_memory *next;
	unsigned char bytes[] __attribute__((__aligned__));
};

struct counts {
	unsigned int passed;
	unsigned int failed;
	unsigned int skipped;
};

static struct kunit_suite *suites;

void shim_kunit_add(struct kunit_suite *suite)
{
	suite->next = suites;
	suites = suite;
}

void shim_kunit_fail(struct kunit *test, bool is_assertion, const char *file, int line,
		     const char *text, const char *format, ...)
{
	va_list arguments;

	test->has_failed = true;
	printf("# %s: %s at %s:%d: %s\n", test->name, is_assertion ? "ASSERTION" : "EXPECTATION",
	       file, line, text);
	if (format[0]) {
		printf("# ");
		va_start(arguments, format);
		vprintf(format, arguments);
		va_end(arguments);
		printf("\n");
	}
	if (is_assertion)
		longjmp(test->abort, 1);
}

void shim_kunit_skip(struct kunit *test)
{
	test->is_skipped = true;
	longjmp(test->abort, 1);
}

void *shim_kunit_alloc(struct kunit *test, size_t count, size_t size, int fill)
{
	struct kunit_memory *memory;
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX - sizeof(*memory))
		return NULL;

	memory = malloc(sizeof(*memory) + bytes);
	if (!memory)
		return NULL;

	memset(memory->bytes, fill, bytes);
	memory->next = test->memory;
	test->memory = memory;

	return memory->bytes;
}

void kunit_kfree(struct kunit *test, const void *bytes)
{
	for (struct kunit_memory **link = &test->memory; *link; link = &(*link)->next) {
		struct kunit_memory *memory = *link;

		if (memory->bytes == bytes) {
			*link = memory->next;
			free(memory);
			return;
		}
	}
}

static void free_memory(struct kunit *test)
{
	while (test->memory)
		kunit_kfree(test, test->memory->bytes);
}

static void run_test(const struct kunit_suite *suite, const struct kunit_case *test_case,
		     struct kunit *test)
{
	if (!setjmp(test->abort) && (!suite->init || !suite->init(test)))
		test_case->run_case(test);
	if (suite->exit)
		suite->exit(test);
	free_memory(test);
}

static void report(const struct kunit *test, const char *description, struct counts *counts)
{
	const char *gap = description[0] ? ": " : "";

	if (test->is_skipped) {
		counts->skipped++;
		printf("ok - %s%s%s # SKIP %s\n", test->name, gap, description,
		       test->status_comment);
	} else if (test->has_failed) {
		counts->failed++;
		printf("not ok - %s%s%s\n", test->name, gap, description);
	} else {
		counts->passed++;
		printf("ok - %s%s%s\n", test->name, gap, description);
	}
	fflush(stdout);
}

static void run_case(const struct kunit_suite *suite, const struct kunit_case *test_case,
		     struct counts *counts)
{
	struct kunit generator = { .name = test_case->name };
	char description[KUNIT_PARAM_DESC_SIZE] = "";
	const void *parameter = NULL;

	do {
		struct kunit test = { .name = test_case->name };

		if (test_case->generate_params) {
			parameter = test_case->generate_params(&generator, parameter, description);
			if (!parameter)
				break;
		}
		test.param_value = parameter;
		run_test(suite, test_case, &test);
		report(&test, description, counts);
	} while (parameter);
	free_memory(&generator);
}

int main(int argc, char **argv)
{
	const bool is_slow = argc > 1 && !strcmp(argv[1], "--slow");
	const char *glob = argc > 1 + is_slow ? argv[1 + is_slow] : "*";
	struct counts counts = {};

	printf("KTAP version 1\n");
	for (const struct kunit_suite *suite = suites; suite; suite = suite->next) {
		if (fnmatch(glob, suite->name, 0))
			continue;

		printf("# Suite: %s\n", suite->name);
		for (const struct kunit_case *c = suite->test_cases; c->run_case; c++) {
			if (is_slow || c->attr.speed == KUNIT_SPEED_NORMAL)
				run_case(suite, c, &counts);
		}
	}
	printf("# %u passed, %u failed, %u skipped\n", counts.passed, counts.failed,
	       counts.skipped);

	return counts.failed || !counts.passed;
}
