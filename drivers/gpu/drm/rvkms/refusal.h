/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_REFUSAL_H
#define RVKMS_REFUSAL_H

#include <linux/compiler_attributes.h>
#include <linux/ktime.h>
#include <linux/spinlock.h>

#include "core/check/verdict.h"

struct drm_device;
struct seq_file;

#define RVKMS_NUM_REFUSALS 16

/**
 * struct rvkms_refusal - a rejected state or mode
 * @time: the time of the rejection, CLOCK_MONOTONIC
 * @verdict: the rule that rejected it
 * @values: the object and the rejected values
 */
struct rvkms_refusal {
	ktime_t time;
	struct rvkms_verdict verdict;
	char values[192];
};

/**
 * struct rvkms_refusals - the last rejected states, or the last rejected modes
 * @lock: protects all fields below
 * @count: number of rejections; number n is @last[n % RVKMS_NUM_REFUSALS]
 * @last: the last ones
 */
struct rvkms_refusals {
	spinlock_t lock;	/* all fields below */
	u64 count;
	struct rvkms_refusal last[RVKMS_NUM_REFUSALS];
};

__printf(3, 4)
int rvkms_refuse(struct drm_device *drm, struct rvkms_verdict verdict, const char *format, ...);
__printf(3, 4)
int rvkms_refuse_mode(struct drm_device *drm, struct rvkms_verdict verdict, const char *format,
		      ...);
void rvkms_refusals_init(struct rvkms_refusals *refusals);
int rvkms_refusals_show(struct seq_file *file, void *unused);

#endif /* RVKMS_REFUSAL_H */
