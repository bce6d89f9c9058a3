/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_TESTS_REAL_H
#define RVKMS_TESTS_REAL_H

#include <linux/types.h>

/**
 * struct real - a positive number, or zero: @significand * 2^@exponent
 * @significand: its upper 64 bits, the first of which is set; 0 for zero
 * @exponent: the weight of the lowest bit is 2^@exponent
 *
 * Results are rounded down: each operation has a relative error below 2^-61.
 */
struct real {
	u64 significand;
	s32 exponent;
};

struct real real_make(u64 n);
struct real real_ratio(u64 numerator, u64 denominator);
struct real real_add(struct real a, struct real b);
struct real real_sub(struct real a, struct real b);
struct real real_mul(struct real a, struct real b);
struct real real_div(struct real a, struct real b);
struct real real_sqrt(struct real a);
struct real real_power(struct real a, u32 n);
bool real_is_less(struct real a, struct real b);

#endif /* RVKMS_TESTS_REAL_H */
