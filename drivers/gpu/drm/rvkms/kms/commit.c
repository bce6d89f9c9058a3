// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Runs the commit tail. */

#include "internal.h"

/* All planes, then disables, then enables. */
const struct tkms_tail tkms_tail_planes_first = { .planes = TKMS_TAIL_PLANES_FIRST };

/* Disables, then all planes, then enables. */
const struct tkms_tail tkms_tail_planes_between = { .planes = TKMS_TAIL_PLANES_BETWEEN };

/* Disables, then enables, then the planes of CRTCs that are on. */
const struct tkms_tail tkms_tail_planes_last = { .planes = TKMS_TAIL_PLANES_LAST };

static void do_step(struct tkms_commit *commit, unsigned int step, enum tkms_planes which)
{
	struct drm_device *drm = commit->drm.dev;

	if (step == TKMS_STEP_DISABLES)
		drm_atomic_helper_commit_modeset_disables(drm, &commit->drm);
	if (step == TKMS_STEP_ENABLES)
		drm_atomic_helper_commit_modeset_enables(drm, &commit->drm);
	if (step == TKMS_STEP_PLANES)
		drm_atomic_helper_commit_planes(drm, &commit->drm, which);
	if (step == TKMS_STEP_HW_DONE) {
		/* CRTCs without vblanks send their events here. */
		drm_atomic_helper_fake_vblank(&commit->drm);
		drm_atomic_helper_commit_hw_done(&commit->drm);
	}
	commit->steps |= step;
}

/**
 * tkms_commit_step - do a step of a driver's tail; use tkms_commit_disables() and its like
 * @mutator: the mutator of the commit
 * @token: the token for the step
 * @step: the step
 * @which: the planes to update
 *
 * Only the mutator's own token starts a step, and only once. With a wrong token the step still
 * writes the mutator's commit, so that the hardware gets all of it in the end.
 *
 * Returns:
 * The token of the next step.
 */
void *tkms_commit_step(struct tkms_mutator *mutator, const void *token, unsigned int step,
		       enum tkms_planes which)
{
	struct tkms_commit *commit = to_tkms_commit(mutator);

	if (WARN_ON_ONCE(!commit))
		return NULL;

	tkms_settle(commit);
	if (commit->steps & step) {
		tkms_fault(to_tkms_device(commit->drm.dev), TKMS_FAULT_STEP_REPEATED);
		return commit;
	}

	if (token != commit)
		tkms_fault(to_tkms_device(commit->drm.dev), TKMS_FAULT_FOREIGN_TOKEN);
	do_step(commit, step, which);

	return commit;
}

/* Does the remaining steps in one of the orders: clients and the next commit wait for them. */
static void finish(struct tkms_commit *commit, enum tkms_tail_planes planes)
{
	const enum tkms_planes which = planes == TKMS_TAIL_PLANES_LAST ? TKMS_PLANES_ACTIVE :
								       TKMS_PLANES_ALL;
	unsigned int steps[] = { TKMS_STEP_DISABLES, TKMS_STEP_ENABLES, TKMS_STEP_PLANES,
				 TKMS_STEP_HW_DONE };

	for (int i = TKMS_TAIL_PLANES_LAST; i > planes; i--)
		swap(steps[i], steps[i - 1]);

	for (int i = 0; i < ARRAY_SIZE(steps); i++) {
		tkms_settle(commit);
		if (!(commit->steps & steps[i]))
			do_step(commit, steps[i], which);
	}
	drm_atomic_helper_wait_for_vblanks(commit->drm.dev, &commit->drm);
}

/**
 * tkms_run_tail - write a commit to the hardware
 * @drm: the commit
 */
void tkms_run_tail(struct drm_atomic_commit *drm)
{
	struct tkms_commit *commit = to_tkms_commit(drm);
	struct tkms_device *kms = to_tkms_device(drm->dev);
	const struct tkms_tail *tail = tkms_driver(kms)->tail ?: &tkms_tail_planes_between;

	if (!tail->run) {
		finish(commit, tail->planes);
	} else if ((void *)tail->run((struct tkms_mutator *)commit,
				     (struct tkms_modesets_ready *)commit,
				     (struct tkms_planes_ready *)commit) != commit ||
		   !(commit->steps & TKMS_STEP_HW_DONE)) {
		tkms_fault(kms, TKMS_FAULT_TAIL_INCOMPLETE);
		finish(commit, TKMS_TAIL_PLANES_BETWEEN);
	}

	drm_atomic_helper_cleanup_planes(drm->dev, drm);
}
