/* SPDX-License-Identifier: GPL-2.0 */
#ifndef KMS_FAULT_H
#define KMS_FAULT_H

#include <linux/types.h>

struct kms_device;

/*
 * Every fault of a driver that is caught when it runs. A fault warns once a device: it is seen,
 * and does not flood the log once a frame.
 */
#define KMS_FAULTS(KMS_FAULT)								\
	KMS_FAULT(STALE_SETUP, "an object is created outside create_objects()")		\
	KMS_FAULT(FOREIGN_OBJECT, "an object of another device is passed")		\
	KMS_FAULT(BORROW_LEFT, "a borrowed state was not given back")			\
	KMS_FAULT(BORROW_AFTER_DONE, "a state is borrowed after hw_done")		\
	KMS_FAULT(FOREIGN_TOKEN, "a token of another commit is passed")			\
	KMS_FAULT(STEP_REPEATED, "a step of the commit tail is done twice")		\
	KMS_FAULT(TAIL_INCOMPLETE, "the commit tail ended without the proof of hw_done")

#define KMS_FAULT_ENUM(name, text) KMS_FAULT_##name,
enum kms_fault { KMS_FAULTS(KMS_FAULT_ENUM) };

#undef KMS_FAULT_ENUM

void kms_fault(struct kms_device *kms, enum kms_fault fault);
bool kms_had_fault(const struct kms_device *kms, enum kms_fault fault);

#endif /* KMS_FAULT_H */
