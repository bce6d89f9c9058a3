// SPDX-License-Identifier: GPL-2.0
/* Prints checks and values for the tool that runs the client. */
#include "report.h"

#include <stdarg.h>
#include <stdio.h>

/**
 * report_check - report the outcome of one check
 * @passed: whether the check holds
 * @check: its name, the same whether it passes or fails
 * @why: format of the reason, printed only on failure
 *
 * Returns: @passed.
 */
bool report_check(bool passed, const char *check, const char *why, ...)
{
	va_list args;

	if (passed) {
		printf("ok %s\n", check);
	} else {
		printf("not ok %s # ", check);
		va_start(args, why);
		vprintf(why, args);
		va_end(args);
		putchar('\n');
	}
	fflush(stdout);

	return passed;
}

/**
 * report_skip - report a check that cannot be made here
 * @check: its name, the same as if it were made
 * @why: the reason
 */
void report_skip(const char *check, const char *why)
{
	printf("ok %s # SKIP %s\n", check, why);
	fflush(stdout);
}

/**
 * report_fact - report a value that is not a check
 * @key: one word
 * @value: format of the rest of the line
 */
void report_fact(const char *key, const char *value, ...)
{
	va_list args;

	printf("fact %s ", key);
	va_start(args, value);
	vprintf(value, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
}
