/* SPDX-License-Identifier: GPL-2.0 */
#ifndef SHIM_LINUX_UNALIGNED_H
#define SHIM_LINUX_UNALIGNED_H

#include <string.h>

#include <asm/byteorder.h>
#include <linux/types.h>

#define SHIM_UNALIGNED(bits, order) \
static inline u##bits get_unaligned_##order##bits(const void *from) \
{ \
	u##bits value; \
\
	memcpy(&value, from, sizeof(value)); \
	return order##bits##_to_cpu(value); \
} \
\
static inline void put_unaligned_##order##bits(u##bits value, void *to) \
{ \
	value = cpu_to_##order##bits(value); \
	memcpy(to, &value, sizeof(value)); \
}

SHIM_UNALIGNED(16, le)
SHIM_UNALIGNED(32, le)
SHIM_UNALIGNED(64, le)
SHIM_UNALIGNED(16, be)
SHIM_UNALIGNED(32, be)
SHIM_UNALIGNED(64, be)

static inline u32 get_unaligned_le24(const void *from)
{
	const u8 *bytes = from;

	return bytes[0] | bytes[1] << 8 | bytes[2] << 16;
}

static inline void put_unaligned_le24(u32 value, void *to)
{
	u8 *bytes = to;

	bytes[0] = value;
	bytes[1] = value >> 8;
	bytes[2] = value >> 16;
}

#define get_unaligned(from) ({ \
	typeof(*(from)) shim_value; \
	memcpy(&shim_value, from, sizeof(shim_value)); \
	shim_value; \
})

#define put_unaligned(value, to) do { \
	const typeof(*(to)) shim_value = (value); \
	memcpy(to, &shim_value, sizeof(shim_value)); \
} while (0)

#endif /* SHIM_LINUX_UNALIGNED_H */
