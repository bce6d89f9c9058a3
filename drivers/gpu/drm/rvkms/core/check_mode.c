// SPDX-License-Identifier: GPL-2.0

#include <linux/types.h>

#include "check_mode.h"

/**
 * rvkms_check_mode - may this mode be scanned out?
 * @limits: what the device is able to do
 * @timing: the mode, with any values
 *
 * Returns:
 * The verdict; the rules are those of rules.h that begin with MODE.
 */
struct rvkms_verdict rvkms_check_mode(const struct rvkms_device_limits *limits,
				      const struct rvkms_timing *timing)
{
	if (timing->clock <= 0)
		return rvkms_verdict_refuse(RVKMS_RULE_MODE_CLOCK);

	if (!timing->hdisplay || !timing->vdisplay)
		return rvkms_verdict_refuse(RVKMS_RULE_MODE_ACTIVE_EMPTY);

	if (timing->htotal < timing->hdisplay || timing->vtotal < timing->vdisplay)
		return rvkms_verdict_refuse(RVKMS_RULE_MODE_TOTALS);

	if (timing->hdisplay > limits->max_width || timing->vdisplay > limits->max_height)
		return rvkms_verdict_refuse(RVKMS_RULE_MODE_SIZE);

	if (!rvkms_timing_in_range(timing))
		return rvkms_verdict_refuse(RVKMS_RULE_MODE_REFRESH);

	return rvkms_verdict_accept();
}
