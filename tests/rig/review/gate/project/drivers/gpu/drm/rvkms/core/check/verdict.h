/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CHECK_H
#define RVKMS_CHECK_H

#include <linux/types.h>

enum rvkms_rule {
	RVKMS_RULE_NONE,
#define RVKMS_RULE(name, ...) RVKMS_RULE_##name,
#include "rules.h"
#undef RVKMS_RULE
	RVKMS_RULE_COUNT
};

struct rvkms_rect {
	u32 x;
	u32 width;
	u32 height;
};

enum rvkms_rule rvkms_check_plane(const struct rvkms_rect *rect);

#endif /* RVKMS_CHECK_H */
