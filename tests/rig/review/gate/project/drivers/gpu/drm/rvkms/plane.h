/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_PLANE_H
#define RVKMS_PLANE_H

#include <linux/types.h>

int rvkms_plane_show(u32 x, u32 width, u32 height);

#endif /* RVKMS_PLANE_H */
