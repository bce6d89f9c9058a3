/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_GEOMETRY_H
#define RVKMS_GEOMETRY_H

#include <linux/types.h>

/* The last coordinate. */
#define RVKMS_LAST 0xffffu

/* Coordinates of signed arithmetic: twice as much is no coordinate any more. */
#define RVKMS_IS_FAR(x) ((x) > 0x7fff)

u32 rvkms_area(u32 width, u32 height);
u32 rvkms_clamp(u32 x, u32 limit);
bool rvkms_is_far(u32 x);
u32 rvkms_unused_steps(u32 from, u32 to);

#endif /* RVKMS_GEOMETRY_H */
