/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the client tells tools/demo, a line each on standard output:
 *
 *	ok <check>
 *	not ok <check> # <why>
 *	fact <key> <value>
 */
#ifndef DEMO_REPORT_H
#define DEMO_REPORT_H

#include <stdbool.h>

bool report_check(bool passed, const char *check, const char *why, ...)
	__attribute__((format(printf, 3, 4)));
void report_fact(const char *key, const char *value, ...)
	__attribute__((format(printf, 2, 3)));

#endif
