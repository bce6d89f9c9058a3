/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_PIXEL_FORMAT_SET_H
#define RVKMS_CORE_PIXEL_FORMAT_SET_H

#include <linux/types.h>

#include "format.h"

/* Words of a set: enough bits for all formats of format.c. */
#define RVKMS_FORMAT_SET_WORDS 3

/* The largest number of formats in a set. */
#define RVKMS_MAX_FORMATS (64 * RVKMS_FORMAT_SET_WORDS)

/**
 * struct rvkms_format_set - a set of formats
 * @bits: one bit per format, in the order of rvkms_format_at()
 */
struct rvkms_format_set {
	u64 bits[RVKMS_FORMAT_SET_WORDS];
};

struct rvkms_format_set rvkms_format_set_of_plane(enum rvkms_plane_kind kind);
bool rvkms_format_set_equal(const struct rvkms_format_set *a, const struct rvkms_format_set *b);
bool rvkms_format_set_add(struct rvkms_format_set *set, u32 fourcc);
void rvkms_format_set_remove(struct rvkms_format_set *set, u32 fourcc);
u32 rvkms_format_set_list(const struct rvkms_format_set *set, u32 *fourccs, u32 max);

#endif /* RVKMS_CORE_PIXEL_FORMAT_SET_H */
