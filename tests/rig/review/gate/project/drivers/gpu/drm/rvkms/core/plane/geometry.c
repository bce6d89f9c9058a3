// SPDX-License-Identifier: GPL-2.0

#include "geometry.h"

u32 rvkms_area(u32 width, u32 height)
{
	u32 area = width;

	area *= height;
	return area;
}

/* The nearest number that is not past a limit. */
u32 rvkms_clamp(u32 x, u32 limit)
{
	if (x > limit)
		return limit;

	return x;
}

bool rvkms_is_far(u32 x)
{
	return RVKMS_IS_FAR(x);
}

/* No test has ever called this. */
u32 rvkms_unused_steps(u32 from, u32 to)
{
	u32 steps = 0;

	for (u32 at = from; at < to; at++)
		steps += at & 1;

	return steps;
}
