// SPDX-License-Identifier: GPL-2.0

#include <linux/bitops.h>
#include <linux/bug.h>

#include <drm/drm_print.h>

#include "device.h"
#include "fault.h"

#define KMS_FAULT(name, text) \
	[KMS_FAULT_##name] = text,
static const char * const texts[] = {
#include "faults.h"
};

#undef KMS_FAULT

/**
 * kms_fault - tell of a driver's fault, once a device
 * @kms: the device
 * @fault: what it did
 */
void kms_fault(struct kms_device *kms, enum kms_fault fault)
{
	BUILD_BUG_ON(ARRAY_SIZE(texts) > BITS_PER_LONG);

	if (!test_and_set_bit(fault, &kms->faults))
		drm_WARN(&kms->drm, 1, "%s\n", texts[fault]);
}

/**
 * kms_had_fault - was a driver caught at this?
 * @kms: the device
 * @fault: what it may have done
 *
 * Returns:
 * Whether it did.
 */
bool kms_had_fault(const struct kms_device *kms, enum kms_fault fault)
{
	return test_bit(fault, &kms->faults);
}
