/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_BLEND_H
#define RVKMS_CORE_BLEND_H

#include <linux/types.h>

#include "format.h"

struct rvkms_pixel rvkms_blend_premultiplied(struct rvkms_pixel below, struct rvkms_pixel above);

#endif /* RVKMS_CORE_BLEND_H */
