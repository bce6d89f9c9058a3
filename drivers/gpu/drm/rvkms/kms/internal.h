/* SPDX-License-Identifier: GPL-2.0 */
#ifndef KMS_INTERNAL_H
#define KMS_INTERNAL_H

/* Shares declarations between the files of the layer, among them the struct behind all handles. */

#include "class.h"
#include "device.h"

/**
 * struct kms_commit - a commit; all handles on it, and all tokens, are its address
 * @drm: the DRM commit
 * @loans: its borrowed states
 * @steps: the completed steps of the tail
 *
 * Owned by one thread at a time: the holder of the modeset locks, then the commit tail.
 */
struct kms_commit {
	struct drm_atomic_commit drm;
	struct hlist_head loans;
	unsigned int steps;
};

static_assert(!offsetof(struct kms_commit, drm));

/* The faults of a driver that are caught at run time. */
#define KMS_FAULTS(FAULT)								\
	FAULT(STALE_SETUP, "an object is created outside create_objects()")		\
	FAULT(FOREIGN_OBJECT, "an object of another device is passed")			\
	FAULT(BORROW_LEFT, "a borrowed state was not given back")			\
	FAULT(BORROW_AFTER_DONE, "a state is borrowed after hw_done")			\
	FAULT(FOREIGN_TOKEN, "a token of another commit is passed")			\
	FAULT(STEP_REPEATED, "a step of the commit tail is done twice")			\
	FAULT(TAIL_INCOMPLETE, "the commit tail ended without the proof of hw_done")

#define KMS_FAULT_CODE(name, text) KMS_FAULT_##name,
enum kms_fault { KMS_FAULTS(KMS_FAULT_CODE) };

int kms_fault(struct kms_device *kms, enum kms_fault fault);

/* Returns the commit of any handle or token. */
#define to_kms_commit(handle) ((struct kms_commit *)(handle))

static inline const struct kms_crtc_class *kms_crtc_class(const struct kms_crtc *crtc)
{
	return container_of_const(crtc->drm.funcs, struct kms_crtc_class, funcs);
}

/* For tests: injects errors into registration, and names the faults of objects. */
int kms_step_error(const char *step);
const char *kms_audit(const struct kms_device *kms);
void kms_crtc_done(struct kms_run *run);
void kms_run_tail(struct drm_atomic_commit *drm);
void kms_settle(struct kms_commit *commit);

#endif /* KMS_INTERNAL_H */
