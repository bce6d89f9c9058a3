/* SPDX-License-Identifier: GPL-2.0 */
#ifndef KMS_FAULT_H
#define KMS_FAULT_H

#include <linux/types.h>

struct kms_device;

/* A fault warns once a device: it is seen, and does not flood the log once a frame. */
#define KMS_FAULT(name, ...) KMS_FAULT_##name,
enum kms_fault {
#include "faults.h"
};

#undef KMS_FAULT

void kms_fault(struct kms_device *kms, enum kms_fault fault);
bool kms_had_fault(const struct kms_device *kms, enum kms_fault fault);

#endif /* KMS_FAULT_H */
