/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef TKMS_INTERNAL_H
#define TKMS_INTERNAL_H

/* Shares declarations between the files of the layer, among them the struct behind all handles. */

#include "class.h"
#include "device.h"

/**
 * struct tkms_commit - a commit; all handles on it, and all tokens, are its address
 * @drm: the DRM commit
 * @loans: its borrowed states
 * @steps: the completed steps of the tail
 *
 * Owned by one thread at a time: the holder of the modeset locks, then the commit tail.
 */
struct tkms_commit {
	struct drm_atomic_commit drm;
	struct hlist_head loans;
	unsigned int steps;
};

static_assert(!offsetof(struct tkms_commit, drm));

/* The faults of a driver that are caught at run time. */
#define TKMS_FAULTS(FAULT)								\
	FAULT(STALE_SETUP, "an object is created outside create_objects()")		\
	FAULT(FOREIGN_OBJECT, "an object of another device is passed")			\
	FAULT(BORROW_LEFT, "a borrowed state was not given back")			\
	FAULT(BORROW_AFTER_DONE, "a state is borrowed after hw_done")			\
	FAULT(FOREIGN_TOKEN, "a token of another commit is passed")			\
	FAULT(STEP_REPEATED, "a step of the commit tail is done twice")			\
	FAULT(TAIL_INCOMPLETE, "the commit tail ended without the proof of hw_done")

#define TKMS_FAULT_CODE(name, text) TKMS_FAULT_##name,
enum tkms_fault { TKMS_FAULTS(TKMS_FAULT_CODE) };

int tkms_fault(struct tkms_device *kms, enum tkms_fault fault);

/* Returns the commit of any handle or token. */
#define to_tkms_commit(handle) ((struct tkms_commit *)(handle))

static inline const struct tkms_crtc_class *tkms_crtc_class(const struct tkms_crtc *crtc)
{
	return container_of_const(crtc->drm.funcs, struct tkms_crtc_class, funcs);
}

/* For tests: injects errors into registration, and names the faults of objects. */
int tkms_step_error(const char *step);
const char *tkms_audit(const struct tkms_device *kms);
void tkms_crtc_done(struct tkms_run *run);
void tkms_run_tail(struct drm_atomic_commit *drm);
void tkms_settle(struct tkms_commit *commit);

#endif /* TKMS_INTERNAL_H */
