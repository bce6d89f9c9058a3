/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a client tells the tool that runs it, a line each on standard output:
 *
 *	ok <check>
 *	not ok <check> # <why>
 *	ok <check> # SKIP <why>
 *	fact <key> <value>
 */
#ifndef CLIENT_REPORT_H
#define CLIENT_REPORT_H

#include <stdbool.h>

bool report_check(bool passed, const char *check, const char *why, ...)
	__attribute__((format(printf, 3, 4)));
void report_skip(const char *check, const char *why);
void report_fact(const char *key, const char *value, ...)
	__attribute__((format(printf, 2, 3)));

#endif
