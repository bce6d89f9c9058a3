/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_DEVICE_H
#define RVKMS_DEVICE_H

#include <linux/compiler_attributes.h>
#include <linux/container_of.h>

#include "../core/check/verdict.h"
#include "../kms/device.h"
#include "../scanout/snapshot.h"
#include "refusal.h"

struct drm_property;
struct seq_file;
struct workqueue_struct;

/**
 * struct rvkms_device - a virtual display device
 * @base: the KMS device
 * @limits: the limits of states that it accepts
 * @refused_states: the last states that it rejected
 * @refused_modes: the last modes that it rejected
 * @max_bpc: the property "max bpc" of dynamic connectors; a registered device gets no new ones
 * @colorspace: the property Colorspace of dynamic connectors
 * @vrr_capable: the property vrr_capable of dynamic connectors
 * @compose_wq: composes frames
 * @releases: releases snapshots. No fence waits for it, since it takes the locks of buffers.
 */
struct rvkms_device {
	struct tkms_device base;
	struct rvkms_device_limits limits;
	struct rvkms_refusals refused_states;
	struct rvkms_refusals refused_modes;
	struct drm_property *max_bpc;
	struct drm_property *colorspace;
	struct drm_property *vrr_capable;
	struct workqueue_struct *compose_wq;
	struct rvkms_releases releases;
};

static inline struct rvkms_device *to_rvkms_device(struct drm_device *drm)
{
	return container_of(to_tkms_device(drm), struct rvkms_device, base);
}

__printf(3, 4)
int rvkms_refuse(struct drm_device *drm, struct rvkms_verdict verdict, const char *format, ...);
__printf(3, 4)
int rvkms_refuse_mode(struct drm_device *drm, struct rvkms_verdict verdict, const char *format,
		      ...);
int rvkms_refusals_show(struct seq_file *file, void *unused);

#endif /* RVKMS_DEVICE_H */
