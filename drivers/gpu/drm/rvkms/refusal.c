// SPDX-License-Identifier: GPL-2.0

#include <linux/printk.h>
#include <linux/stdarg.h>

#include <drm/drm_print.h>

#include "refusal.h"

/**
 * rvkms_refuse - tell which rule refused a state
 * @drm: the device
 * @verdict: the core's verdict; nothing is said of one that accepts
 * @format: the object and the values that were refused, a printf() format without a newline
 *
 * The message goes to the atomic debug category (drm.debug=0x10): a client that asks for what
 * cannot be done is no fault of the kernel.
 *
 * Returns:
 * The verdict's errno, 0 if it accepts.
 */
int rvkms_refuse(struct drm_device *drm, struct rvkms_verdict verdict, const char *format, ...)
{
	struct va_format values = { .fmt = format };
	va_list args;

	if (!verdict.err)
		return 0;

	va_start(args, format);
	values.va = &args;
	drm_dbg_atomic(drm, "%pV: refused by %s: %s\n", &values, rvkms_rule_name(verdict.rule),
		       rvkms_rule_text(verdict.rule));
	va_end(args);

	return verdict.err;
}
