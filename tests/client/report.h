/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reports of a client to the tool that runs it, one per line on standard output:
 *
 *	ok <check>
 *	not ok <check> # <reason>
 *	ok <check> # SKIP <reason>
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
