/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_CHECK_MODE_H
#define RVKMS_CORE_CHECK_MODE_H

#include "check.h"
#include "vblank.h"

struct rvkms_verdict rvkms_check_mode(const struct rvkms_device_limits *limits,
				      const struct rvkms_timing *timing);

#endif /* RVKMS_CORE_CHECK_MODE_H */
