/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_REFUSAL_H
#define RVKMS_REFUSAL_H

#include <linux/compiler_attributes.h>

#include "core/check.h"

struct drm_device;

__printf(3, 4)
int rvkms_refuse(struct drm_device *drm, struct rvkms_verdict verdict, const char *format, ...);

#endif /* RVKMS_REFUSAL_H */
