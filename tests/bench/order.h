/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The client does as it is told from outside of its kernel, where its cost is measured. An order
 * is a file, order-<number>, that appears; the answer is a line on standard output:
 *
 *	show <driver> <scene>	bench ok
 *				bench unsupported <what>: <why>
 *	frames <count>		bench ok <CRC>
 *	hide			bench ok
 *	copy <count>		bench ok
 *	end
 *
 * Any of them may also be answered with "bench failed <what>: <why>".
 */
#ifndef BENCH_ORDER_H
#define BENCH_ORDER_H

#include <stddef.h>

int order_wait(const char *directory, int number, char *order, size_t size);

#endif
