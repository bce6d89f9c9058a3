/* SPDX-License-Identifier: GPL-2.0 */
#ifndef SHIM_LINUX_MATH64_H
#define SHIM_LINUX_MATH64_H

#include <linux/types.h>

__extension__ typedef unsigned __int128 shim_u128;

static inline u64 div_u64_rem(u64 dividend, u32 divisor, u32 *remainder)
{
	*remainder = dividend % divisor;
	return dividend / divisor;
}

static inline s64 div_s64_rem(s64 dividend, s32 divisor, s32 *remainder)
{
	*remainder = dividend % divisor;
	return dividend / divisor;
}

static inline u64 div64_u64_rem(u64 dividend, u64 divisor, u64 *remainder)
{
	*remainder = dividend % divisor;
	return dividend / divisor;
}

static inline u64 div_u64(u64 dividend, u32 divisor)
{
	return dividend / divisor;
}

static inline s64 div_s64(s64 dividend, s32 divisor)
{
	return dividend / divisor;
}

static inline u64 div64_u64(u64 dividend, u64 divisor)
{
	return dividend / divisor;
}

static inline s64 div64_s64(s64 dividend, s64 divisor)
{
	return dividend / divisor;
}

static inline u64 mul_u32_u32(u32 a, u32 b)
{
	return (u64)a * b;
}

static inline u64 mul_u64_u64_shr(u64 a, u64 b, unsigned int shift)
{
	return (u64)(((shim_u128)a * b) >> shift);
}

static inline u64 mul_u64_u32_shr(u64 a, u32 b, unsigned int shift)
{
	return mul_u64_u64_shr(a, b, shift);
}

/* Saturates at U64_MAX if the quotient exceeds 64 bits, as in the kernel. */
static inline u64 mul_u64_add_u64_div_u64(u64 a, u64 b, u64 c, u64 divisor)
{
	const shim_u128 quotient = ((shim_u128)a * b + c) / divisor;

	return quotient >> 64 ? ~0ULL : (u64)quotient;
}

#define mul_u64_u64_div_u64(a, b, divisor) mul_u64_add_u64_div_u64(a, b, 0, divisor)
#define mul_u64_u64_div_u64_roundup(a, b, divisor) ({ \
	const u64 shim_divisor = (divisor); \
	mul_u64_add_u64_div_u64(a, b, shim_divisor - 1, shim_divisor); \
})

static inline u64 mul_u64_u32_div(u64 a, u32 b, u32 divisor)
{
	return mul_u64_add_u64_div_u64(a, b, 0, divisor);
}

#endif /* SHIM_LINUX_MATH64_H */
