/* SPDX-License-Identifier: GPL-2.0 */
#ifndef KMS_INTERNAL_H
#define KMS_INTERNAL_H

/* What the layer's own files know of each other: what the handles are. */

#include <linux/bits.h>
#include <linux/kconfig.h>

#include <drm/drm_atomic.h>

#include "class.h"
#include "device.h"
#include "fault.h"
#include "handle.h"

/* Steps of the commit tail that were done. */
#define KMS_STEP_DISABLES BIT(0)
#define KMS_STEP_ENABLES BIT(1)
#define KMS_STEP_PLANES BIT(2)
#define KMS_STEP_HW_DONE BIT(3)

/**
 * struct kms_commit - a commit; all handles on it are its address
 * @drm: the DRM commit
 * @borrows: how many of its states are lent
 * @steps: of the tail that were done
 *
 * One thread at a time has it: who holds the modeset locks, then the one that runs the tail.
 */
struct kms_commit {
	struct drm_atomic_commit drm;
	unsigned int borrows;
	unsigned int steps;
};

static inline struct kms_commit *to_kms_commit(struct drm_atomic_commit *drm)
{
	return container_of(drm, struct kms_commit, drm);
}

static inline struct kms_device *kms_commit_device(const struct kms_commit *commit)
{
	return to_kms_device(commit->drm.dev);
}

static inline struct kms_composer *kms_commit_composer(struct kms_commit *commit)
{
	return (struct kms_composer *)commit;
}

static inline struct kms_mutator *kms_commit_mutator(struct kms_commit *commit)
{
	return (struct kms_mutator *)commit;
}

static inline const struct kms_view *kms_commit_view(const struct kms_commit *commit)
{
	return (const struct kms_view *)commit;
}

static inline struct kms_commit *kms_composer_commit(struct kms_composer *composer)
{
	return (struct kms_commit *)composer;
}

static inline struct kms_commit *kms_mutator_commit(struct kms_mutator *mutator)
{
	return (struct kms_commit *)mutator;
}

static inline const struct kms_commit *kms_view_commit(const struct kms_view *view)
{
	return (const struct kms_commit *)view;
}

static inline const struct kms_crtc_class *kms_crtc_class(const struct kms_crtc *crtc)
{
	return container_of_const(crtc->drm.funcs, struct kms_crtc_class, funcs);
}

static inline const struct kms_plane_class *kms_plane_class(const struct kms_plane *plane)
{
	return container_of_const(plane->drm.funcs, struct kms_plane_class, funcs);
}

static inline const struct kms_connector_class *
kms_connector_class(const struct kms_connector *connector)
{
	return container_of_const(connector->drm.funcs, struct kms_connector_class, funcs);
}

static inline bool kms_crtc_has_vblank(const struct kms_crtc *crtc)
{
	return crtc->drm.funcs->enable_vblank;
}

extern const struct drm_mode_config_funcs kms_mode_config_funcs;
extern const struct drm_mode_config_helper_funcs kms_mode_config_helpers;

/* Steps of registration after the allocation, in their order. */
enum kms_step {
	KMS_STEP_CONFIG_INFO,
	KMS_STEP_CONFIG_INIT,
	KMS_STEP_CREATE_OBJECTS,
	KMS_STEP_AUDIT,
	KMS_STEP_VBLANK_INIT,
	KMS_STEP_FIRST_STATE,
	KMS_STEP_REGISTER,
	KMS_STEP_CLIENTS,
	KMS_STEP_ADOPT,
	KMS_NUM_STEPS
};

#if IS_ENABLED(CONFIG_KUNIT)
int kms_step_error(enum kms_step step);
#endif

const char *kms_audit(const struct kms_device *kms);
bool kms_setup_is_open(struct kms_setup *setup);
void kms_commit_settle(struct kms_commit *commit);

#endif /* KMS_INTERNAL_H */
