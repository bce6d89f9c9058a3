// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Implements sets of formats, from which planes are created. */

#include <linux/string.h>
#include <linux/types.h>

#include "format_set.h"

static bool has(const struct rvkms_format_set *set, u32 index)
{
	return set->bits[index / 64] >> (index % 64) & 1;
}

/* Returns RVKMS_MAX_FORMATS for an unknown format, or one that DRM makes no framebuffers of. */
static u32 find(u32 fourcc)
{
	for (u32 i = 0; i < RVKMS_MAX_FORMATS; i++) {
		const struct rvkms_format *format = rvkms_format_at(i);

		if (format && format->fourcc == fourcc && !format->is_unlisted)
			return i;
	}

	return RVKMS_MAX_FORMATS;
}

/**
 * rvkms_format_set_of_plane - get the formats that planes of a type offer by default
 * @kind: the type of the plane; unknown values have no formats
 *
 * Returns:
 * The set.
 */
struct rvkms_format_set rvkms_format_set_of_plane(enum rvkms_plane_kind kind)
{
	struct rvkms_format_set set = {};

	for (u32 i = 0; i < RVKMS_MAX_FORMATS; i++) {
		const struct rvkms_format *format = rvkms_format_at(i);

		if (format && rvkms_format_is_offered(format, kind))
			set.bits[i / 64] |= 1ull << (i % 64);
	}

	return set;
}

/**
 * rvkms_format_set_equal - compare two sets
 * @a: a set
 * @b: a set
 *
 * Returns:
 * True if they have the same formats.
 */
bool rvkms_format_set_equal(const struct rvkms_format_set *a, const struct rvkms_format_set *b)
{
	return !memcmp(a->bits, b->bits, sizeof(a->bits));
}

/**
 * rvkms_format_set_add - add a format
 * @set: the set
 * @fourcc: DRM_FORMAT_*, or any other value
 *
 * Returns:
 * False if planes cannot offer the format.
 */
bool rvkms_format_set_add(struct rvkms_format_set *set, u32 fourcc)
{
	const u32 index = find(fourcc);

	if (index == RVKMS_MAX_FORMATS)
		return false;

	set->bits[index / 64] |= 1ull << (index % 64);

	return true;
}

/**
 * rvkms_format_set_remove - remove a format
 * @set: the set
 * @fourcc: DRM_FORMAT_*, or any other value; the set need not have it
 */
void rvkms_format_set_remove(struct rvkms_format_set *set, u32 fourcc)
{
	const u32 index = find(fourcc);

	if (index != RVKMS_MAX_FORMATS)
		set->bits[index / 64] &= ~(1ull << (index % 64));
}

/**
 * rvkms_format_set_list - list the formats of a set, best first
 * @set: the set; bits without a format are ignored
 * @fourccs: room for @max formats; may be NULL if @max is 0
 * @max: largest number of formats to write
 *
 * Returns:
 * The number of formats, which may be greater than @max.
 */
u32 rvkms_format_set_list(const struct rvkms_format_set *set, u32 *fourccs, u32 max)
{
	u32 count = 0;

	for (u32 i = 0; i < RVKMS_MAX_FORMATS; i++) {
		const struct rvkms_format *format = rvkms_format_at(i);

		if (!format || !has(set, i))
			continue;

		if (count < max)
			fourccs[count] = format->fourcc;
		count++;
	}

	return count;
}
