// SPDX-License-Identifier: GPL-2.0
/* Reports the states that a device rejects to the debug log and to debugfs. */

#include <linux/minmax.h>
#include <linux/seq_file.h>
#include <linux/sprintf.h>
#include <linux/stdarg.h>

#include <drm/drm_debugfs.h>
#include <drm/drm_print.h>

#include "device.h"

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
	struct rvkms_refusal refusal = { .verdict = verdict };
	va_list args;

	if (!verdict.err)
		return 0;

	va_start(args, format);
	vscnprintf(refusal.values, sizeof(refusal.values), format, args);
	va_end(args);
	refusal.time = ktime_get();

	drm_dbg_atomic(drm, "%s: rejected by %s: %s\n", refusal.values,
		       rvkms_rule_name(verdict.rule), rvkms_rule_text(verdict.rule));
	rvkms_refusals_add(&to_rvkms_device(drm)->refusals, &refusal);

	return verdict.err;
}

/**
 * rvkms_refusals_show - print the states that were rejected last, oldest first
 * @file: a file of debugfs, made by drm_debugfs_add_file()
 * @unused: not used
 *
 * Returns:
 * 0.
 */
int rvkms_refusals_show(struct seq_file *file, void *unused)
{
	const struct drm_debugfs_entry *entry = file->private;
	struct rvkms_refusals *refusals = &to_rvkms_device(entry->dev)->refusals;
	const u64 count = rvkms_refusals_count(refusals);
	char text[RVKMS_REFUSAL_TEXT];

	seq_printf(file, "rejected: %llu\n", count);
	for (u64 i = count - min(count, RVKMS_NUM_REFUSALS); i < count; i++) {
		rvkms_refusals_print(refusals, i, text, sizeof(text));
		seq_puts(file, text);
	}

	return 0;
}
