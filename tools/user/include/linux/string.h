/* SPDX-License-Identifier: GPL-2.0 */
#ifndef SHIM_LINUX_STRING_H
#define SHIM_LINUX_STRING_H

#include <stdio.h>
#include <string.h>

#include <linux/types.h>

static inline void *memchr_inv(const void *start, int c, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (((const u8 *)start)[i] != (u8)c)
			return (u8 *)start + i;
	}

	return NULL;
}

static inline void strscpy(char *to, const char *from, size_t size)
{
	snprintf(to, size, "%s", from);
}

static inline size_t shim_strlcat(char *to, const char *from, size_t size)
{
	const size_t length = strnlen(to, size);

	return length + snprintf(to + length, size - length, "%s", from);
}

/* Newer C libraries have one of their own. */
#define strlcat shim_strlcat

static inline void *memset32(u32 *start, u32 value, size_t count)
{
	while (count)
		start[--count] = value;

	return start;
}

static inline void *memset64(u64 *start, u64 value, size_t count)
{
	while (count)
		start[--count] = value;

	return start;
}

#endif /* SHIM_LINUX_STRING_H */
