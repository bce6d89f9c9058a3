/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Orders to the client come from outside of its kernel, where its cost is measured. An order is a
 * file, order-<number>, that appears. The answer is a line on standard output:
 *
 *	show <driver> <scene>	bench ok
 *				bench unsupported <step>: <reason>
 *	frames <count>		bench ok <CRC>
 *	hide			bench ok
 *	copy <count>		bench ok
 *	end
 *
 * The answer to any order may also be "bench failed <step>: <reason>".
 */
#ifndef BENCH_ORDER_H
#define BENCH_ORDER_H

#include <stddef.h>

int order_wait(const char *directory, int number, char *order, size_t size);

#endif
