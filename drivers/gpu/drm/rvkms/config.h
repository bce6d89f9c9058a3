/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CONFIG_H
#define RVKMS_CONFIG_H

#include <linux/kconfig.h>

#if IS_ENABLED(CONFIG_DRM_RVKMS_CONFIGFS)
int rvkms_config_init(void);
void rvkms_config_exit(void);
#else
static inline int rvkms_config_init(void)
{
	return 0;
}

static inline void rvkms_config_exit(void)
{
}
#endif

#endif /* RVKMS_CONFIG_H */
