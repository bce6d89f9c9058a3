// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Reports rejected states and modes of a device to the debug log and to debugfs. */

#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/seq_file.h>
#include <linux/sprintf.h>
#include <linux/stdarg.h>

#include <drm/drm_debugfs.h>
#include <drm/drm_print.h>

#include "device.h"

static int refuse(struct drm_device *drm, struct rvkms_refusals *refusals,
		  struct rvkms_verdict verdict, struct va_format *values)
{
	struct rvkms_refusal refusal = { .verdict = verdict };

	if (!verdict.err)
		return 0;

	scnprintf(refusal.values, sizeof(refusal.values), "%pV", values);
	refusal.time = ktime_get();

	drm_dbg_atomic(drm, "%s: rejected by %s: %s\n", refusal.values,
		       rvkms_rule_name(verdict.rule), rvkms_rule_text(verdict.rule));
	rvkms_refusals_add(refusals, &refusal);

	return verdict.err;
}

/**
 * rvkms_refuse - report a rejected state
 * @drm: the device
 * @verdict: the core's verdict; one that accepts is not reported
 * @format: the object and the rejected values, a printf() format without a newline; text that does
 *          not fit into struct rvkms_refusal is cut off
 *
 * The message goes to the atomic debug category (drm.debug=0x10), since an invalid request of a
 * client is not an error of the kernel. It also goes to the file rvkms_refusals of debugfs.
 *
 * Returns:
 * The verdict's errno, 0 if it accepts.
 */
int rvkms_refuse(struct drm_device *drm, struct rvkms_verdict verdict, const char *format, ...)
{
	struct va_format values = { .fmt = format };
	va_list args;
	int err;

	va_start(args, format);
	values.va = &args;
	err = refuse(drm, &to_rvkms_device(drm)->refused_states, verdict, &values);
	va_end(args);

	return err;
}

/**
 * rvkms_refuse_mode - report a rejected mode
 * @drm: the device
 * @verdict: the core's verdict; one that accepts is not reported
 * @format: as for rvkms_refuse()
 *
 * Rejected modes have a list of their own: a single EDID can have more of them than a list keeps.
 *
 * Returns:
 * The verdict's errno, 0 if it accepts.
 */
int rvkms_refuse_mode(struct drm_device *drm, struct rvkms_verdict verdict, const char *format,
		      ...)
{
	struct va_format values = { .fmt = format };
	va_list args;
	int err;

	va_start(args, format);
	values.va = &args;
	err = refuse(drm, &to_rvkms_device(drm)->refused_modes, verdict, &values);
	va_end(args);

	return err;
}

static void show(struct seq_file *file, const char *kind, struct rvkms_refusals *refusals)
{
	const u64 count = rvkms_refusals_count(refusals);
	char text[RVKMS_REFUSAL_TEXT];

	seq_printf(file, "rejected %s: %llu\n", kind, count);
	for (u64 i = count - min(count, RVKMS_NUM_REFUSALS); i < count; i++) {
		rvkms_refusals_print(refusals, i, text, sizeof(text));
		seq_puts(file, text);
	}
}

/**
 * rvkms_refusals_show - print the last rejected states and the last rejected modes, oldest first
 * @file: a file of debugfs, made by drm_debugfs_add_file()
 * @unused: not used
 *
 * Returns:
 * 0.
 */
int rvkms_refusals_show(struct seq_file *file, void *unused)
{
	const struct drm_debugfs_entry *entry = file->private;
	struct rvkms_device *rvkms = to_rvkms_device(entry->dev);

	show(file, "states", &rvkms->refused_states);
	show(file, "modes", &rvkms->refused_modes);

	return 0;
}
