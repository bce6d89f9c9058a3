// SPDX-License-Identifier: GPL-2.0

#include <linux/slab.h>

#include <drm/drm_atomic.h>
#include <drm/drm_atomic_helper.h>
#include <drm/drm_gem_framebuffer_helper.h>
#include <drm/drm_mode_config.h>
#include <drm/drm_modeset_lock.h>

#include "commit.h"
#include "internal.h"

/*
 * Begins a step: only the mutator's own token begins it, and once. A tail that gets it wrong
 * writes the step to the commit it was given, so that the hardware gets all of it in the end.
 */
static bool begin_step(struct kms_commit *commit, const void *token, unsigned int step)
{
	if (WARN_ON_ONCE(!commit))
		return false;

	kms_commit_settle(commit);
	if (commit->steps & step) {
		kms_fault(kms_commit_device(commit), KMS_FAULT_STEP_REPEATED);
		return false;
	}
	if (token != commit)
		kms_fault(kms_commit_device(commit), KMS_FAULT_FOREIGN_TOKEN);

	return true;
}

struct kms_disables_done *__kms_commit_disables(struct kms_mutator *mutator,
						struct kms_modesets_ready *modesets)
{
	struct kms_commit *commit = kms_mutator_commit(mutator);

	if (begin_step(commit, modesets, KMS_STEP_DISABLES)) {
		drm_atomic_helper_commit_modeset_disables(commit->drm.dev, &commit->drm);
		commit->steps |= KMS_STEP_DISABLES;
	}

	return (struct kms_disables_done *)commit;
}

struct kms_enables_done *__kms_commit_enables(struct kms_mutator *mutator,
					      struct kms_disables_done *disables)
{
	struct kms_commit *commit = kms_mutator_commit(mutator);

	if (begin_step(commit, disables, KMS_STEP_ENABLES)) {
		drm_atomic_helper_commit_modeset_enables(commit->drm.dev, &commit->drm);
		commit->steps |= KMS_STEP_ENABLES;
	}

	return (struct kms_enables_done *)commit;
}

struct kms_planes_done *__kms_commit_planes(struct kms_mutator *mutator,
					    struct kms_planes_ready *planes, enum kms_planes which)
{
	struct kms_commit *commit = kms_mutator_commit(mutator);

	if (begin_step(commit, planes, KMS_STEP_PLANES)) {
		drm_atomic_helper_commit_planes(commit->drm.dev, &commit->drm,
						which == KMS_PLANES_ACTIVE ?
						DRM_PLANE_COMMIT_ACTIVE_ONLY : 0);
		commit->steps |= KMS_STEP_PLANES;
	}

	return (struct kms_planes_done *)commit;
}

const struct kms_committed *__kms_commit_hw_done(struct kms_mutator *mutator,
						 struct kms_enables_done *enables,
						 struct kms_planes_done *planes)
{
	struct kms_commit *commit = kms_mutator_commit(mutator);
	const void *token = (void *)enables == (void *)planes ? enables : NULL;

	if (begin_step(commit, token, KMS_STEP_HW_DONE)) {
		/* CRTCs without vblanks send their events here. */
		drm_atomic_helper_fake_vblank(&commit->drm);
		drm_atomic_helper_commit_hw_done(&commit->drm);
		commit->steps |= KMS_STEP_HW_DONE;
	}

	return (const struct kms_committed *)commit;
}

static const struct kms_committed *planes_first(struct kms_mutator *mutator,
						struct kms_modesets_ready *modesets,
						struct kms_planes_ready *ready)
{
	struct kms_planes_done *planes = kms_commit_planes(mutator, ready, KMS_PLANES_ALL);
	struct kms_disables_done *disables = kms_commit_disables(mutator, modesets);
	struct kms_enables_done *enables = kms_commit_enables(mutator, disables);
	const struct kms_committed *committed = kms_commit_hw_done(mutator, enables, planes);

	kms_wait_for_vblanks(committed);

	return committed;
}

static const struct kms_committed *planes_between(struct kms_mutator *mutator,
						  struct kms_modesets_ready *modesets,
						  struct kms_planes_ready *ready)
{
	struct kms_disables_done *disables = kms_commit_disables(mutator, modesets);
	struct kms_planes_done *planes = kms_commit_planes(mutator, ready, KMS_PLANES_ALL);
	struct kms_enables_done *enables = kms_commit_enables(mutator, disables);
	const struct kms_committed *committed = kms_commit_hw_done(mutator, enables, planes);

	kms_wait_for_vblanks(committed);

	return committed;
}

static const struct kms_committed *planes_last(struct kms_mutator *mutator,
					       struct kms_modesets_ready *modesets,
					       struct kms_planes_ready *ready)
{
	struct kms_disables_done *disables = kms_commit_disables(mutator, modesets);
	struct kms_enables_done *enables = kms_commit_enables(mutator, disables);
	struct kms_planes_done *planes = kms_commit_planes(mutator, ready, KMS_PLANES_ACTIVE);
	const struct kms_committed *committed = kms_commit_hw_done(mutator, enables, planes);

	kms_wait_for_vblanks(committed);

	return committed;
}

/* All planes, then what goes off, then what goes on. */
const struct kms_tail kms_tail_planes_first = { .run = planes_first };

/* What goes off, all planes, what goes on. */
const struct kms_tail kms_tail_planes_between = { .run = planes_between };

/* What goes off, what goes on, then the planes of CRTCs that are on. */
const struct kms_tail kms_tail_planes_last = { .run = planes_last };

/* What is left undone is done here: clients, and the next commit, wait for it. */
static void finish(struct kms_commit *commit)
{
	struct kms_mutator *mutator = kms_commit_mutator(commit);
	const void *token = commit;

	if (!(commit->steps & KMS_STEP_DISABLES))
		token = __kms_commit_disables(mutator, (void *)token);
	if (!(commit->steps & KMS_STEP_PLANES))
		token = __kms_commit_planes(mutator, (void *)token, KMS_PLANES_ALL);
	if (!(commit->steps & KMS_STEP_ENABLES))
		token = __kms_commit_enables(mutator, (void *)token);
	if (!(commit->steps & KMS_STEP_HW_DONE))
		kms_wait_for_vblanks(__kms_commit_hw_done(mutator, (void *)token, (void *)token));
}

static void run_tail(struct drm_atomic_commit *drm)
{
	struct kms_commit *commit = to_kms_commit(drm);
	struct kms_device *kms = kms_commit_device(commit);
	const struct kms_tail *tail = kms_driver(kms)->tail ?: &kms_tail_planes_between;
	const void *proof;

	proof = tail->run(kms_commit_mutator(commit), (struct kms_modesets_ready *)commit,
			  (struct kms_planes_ready *)commit);
	if (proof != commit || !(commit->steps & KMS_STEP_HW_DONE)) {
		kms_fault(kms, KMS_FAULT_TAIL_INCOMPLETE);
		finish(commit);
	}

	drm_atomic_helper_cleanup_planes(drm->dev, drm);
}

/**
 * kms_wait_for_vblanks - wait until every CRTC that changed has had a vblank
 * @committed: the commit
 */
void kms_wait_for_vblanks(const struct kms_committed *committed)
{
	struct kms_commit *commit = (struct kms_commit *)committed;

	drm_atomic_helper_wait_for_vblanks(commit->drm.dev, &commit->drm);
}

/**
 * kms_wait_for_flips - wait until every CRTC of a commit has sent its event
 * @committed: the commit
 */
void kms_wait_for_flips(const struct kms_committed *committed)
{
	struct kms_commit *commit = (struct kms_commit *)committed;

	drm_atomic_helper_wait_for_flip_done(commit->drm.dev, &commit->drm);
}

static struct drm_atomic_commit *commit_alloc(struct drm_device *drm)
{
	struct kms_commit *commit = kzalloc_obj(*commit);

	if (!commit)
		return NULL;

	if (drm_atomic_commit_init(drm, &commit->drm)) {
		kfree(commit);
		return NULL;
	}

	return &commit->drm;
}

static void commit_clear(struct drm_atomic_commit *drm)
{
	struct kms_commit *commit = to_kms_commit(drm);

	drm_atomic_commit_default_clear(drm);
	commit->borrows = 0;
	commit->steps = 0;
}

static void commit_free(struct drm_atomic_commit *drm)
{
	drm_atomic_commit_default_release(drm);
	kfree(to_kms_commit(drm));
}

static struct drm_framebuffer *fb_create(struct drm_device *drm, struct drm_file *file,
					 const struct drm_format_info *info,
					 const struct drm_mode_fb_cmd2 *cmd)
{
	const struct kms_driver *driver = kms_driver(to_kms_device(drm));

	if (driver->fb_create)
		return driver->fb_create(drm, file, info, cmd);

	return drm_gem_fb_create(drm, file, info, cmd);
}

const struct drm_mode_config_funcs kms_mode_config_funcs = {
	.fb_create = fb_create,
	.atomic_check = drm_atomic_helper_check,
	.atomic_commit = drm_atomic_helper_commit,
	.atomic_state_alloc = commit_alloc,
	.atomic_state_clear = commit_clear,
	.atomic_state_free = commit_free,
};

const struct drm_mode_config_helper_funcs kms_mode_config_helpers = {
	.atomic_commit_tail = run_tail,
};

/**
 * kms_commit - make a commit inside the kernel
 * @kms: the device
 * @compose: adds what is to change and changes it
 * @data: for @compose
 *
 * Takes the modeset locks that are needed as they are needed. If they must be given up for another
 * who holds them in another order, everything starts again.
 *
 * Returns:
 * 0 or a negative errno: that of @compose, of the check or of the commit.
 */
int kms_commit(struct kms_device *kms, kms_compose_t compose, void *data)
{
	struct drm_modeset_acquire_ctx ctx;
	struct drm_atomic_commit *drm;
	int ret;

	drm_modeset_acquire_init(&ctx, 0);
	drm = drm_atomic_commit_alloc(&kms->drm);
	if (!drm) {
		ret = -ENOMEM;
		goto out;
	}

	drm->acquire_ctx = &ctx;
	do {
		ret = compose(kms_commit_composer(to_kms_commit(drm)), data);
		kms_commit_settle(to_kms_commit(drm));
		if (!ret)
			ret = drm_atomic_commit(drm);
		if (ret != -EDEADLK)
			break;
		drm_atomic_commit_clear(drm);
		ret = drm_modeset_backoff(&ctx);
	} while (!ret);
	drm_atomic_commit_put(drm);
out:
	drm_modeset_drop_locks(&ctx);
	drm_modeset_acquire_fini(&ctx);

	return ret;
}
