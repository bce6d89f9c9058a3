// SPDX-License-Identifier: GPL-2.0
/*
 * Between DRM's callbacks and those of the classes. A callback gets its state borrowed; when it
 * returns, nothing may be.
 */

#include <drm/drm_gem_atomic_helper.h>
#include <drm/drm_vblank.h>

#include "internal.h"
#include "vblank.h"

/*
 * Runs a callback with the object's own new state borrowed. Nothing is lent here once the commit
 * has been settled, so the own state cannot be.
 */
#define KMS_DEFINE_RUN(kind)								\
static struct kms_##kind##_state *own_##kind(struct kms_commit *commit,			\
					     struct kms_##kind *object)			\
{											\
	kms_commit_settle(commit);							\
	return __kms_##kind##_borrow(kms_commit_mutator(commit), object);		\
}											\
											\
static int check_##kind(struct kms_commit *commit, struct kms_##kind *object)		\
{											\
	struct kms_##kind##_state *new = own_##kind(commit, object);			\
	int ret;									\
											\
	if (WARN_ON_ONCE(IS_ERR(new)))							\
		return PTR_ERR(new);							\
	ret = kms_##kind##_class(object)->check(object, new,				\
						kms_##kind##_old(kms_commit_view(commit), object),\
						kms_commit_composer(commit));		\
	kms_##kind##_release(new);							\
	kms_commit_settle(commit);							\
	return ret;									\
}											\
											\
static void mutate_##kind(struct kms_commit *commit, struct kms_##kind *object,		\
			  KMS_MUTATE_THUNK_POINTER(kind, hook))				\
{											\
	struct kms_##kind##_state *new = own_##kind(commit, object);			\
											\
	if (WARN_ON_ONCE(IS_ERR(new)))							\
		return;									\
	hook(object, new, kms_##kind##_old(kms_commit_view(commit), object),		\
	     kms_commit_mutator(commit));						\
	kms_##kind##_release(new);							\
	kms_commit_settle(commit);							\
}

KMS_DEFINE_RUN(crtc)
KMS_DEFINE_RUN(plane)
KMS_DEFINE_RUN(connector)

enum drm_mode_status kms_crtc_hook_mode_valid(struct drm_crtc *drm,
					      const struct drm_display_mode *mode)
{
	return kms_crtc_class(to_kms_crtc(drm))->mode_valid(to_kms_crtc(drm), mode);
}

int kms_crtc_hook_check(struct drm_crtc *drm, struct drm_atomic_commit *commit)
{
	struct kms_crtc *crtc = to_kms_crtc(drm);

	/* DRM knows of devices, not of CRTCs, without vblanks. */
	if (!kms_crtc_has_vblank(crtc))
		drm_atomic_get_new_crtc_state(commit, drm)->no_vblank = true;

	return check_crtc(to_kms_commit(commit), crtc);
}

/*
 * The event that a driver did not take is armed when the CRTC has both its planes and its vblanks,
 * whatever order the tail has.
 */
static void arm_event(struct kms_commit *commit, struct kms_crtc *crtc, unsigned int other_step)
{
	struct drm_crtc_state *new = drm_atomic_get_new_crtc_state(&commit->drm, &crtc->drm);

	if (!kms_crtc_has_vblank(crtc) || !new->active)
		return;
	if (drm_atomic_crtc_needs_modeset(new) && !(commit->steps & other_step))
		return;

	kms_vblank_arm_event((struct kms_vblank_crtc *)crtc, to_kms_crtc_state(new));
}

void kms_crtc_hook_begin(struct drm_crtc *drm, struct drm_atomic_commit *commit)
{
	struct kms_crtc *crtc = to_kms_crtc(drm);

	mutate_crtc(to_kms_commit(commit), crtc, kms_crtc_class(crtc)->begin);
}

void kms_crtc_hook_flush(struct drm_crtc *drm, struct drm_atomic_commit *commit)
{
	struct kms_crtc *crtc = to_kms_crtc(drm);

	mutate_crtc(to_kms_commit(commit), crtc, kms_crtc_class(crtc)->flush);
	arm_event(to_kms_commit(commit), crtc, KMS_STEP_ENABLES);
}

void kms_crtc_hook_enable(struct drm_crtc *drm, struct drm_atomic_commit *commit)
{
	struct kms_crtc *crtc = to_kms_crtc(drm);

	mutate_crtc(to_kms_commit(commit), crtc, kms_crtc_class(crtc)->enable);
	if (kms_crtc_has_vblank(crtc))
		drm_crtc_vblank_on(drm);
	arm_event(to_kms_commit(commit), crtc, KMS_STEP_PLANES);
}

void kms_crtc_hook_disable(struct drm_crtc *drm, struct drm_atomic_commit *commit)
{
	struct kms_crtc *crtc = to_kms_crtc(drm);
	struct drm_crtc_state *new = drm_atomic_get_new_crtc_state(commit, drm);

	if (kms_crtc_has_vblank(crtc))
		drm_crtc_vblank_off(drm);
	mutate_crtc(to_kms_commit(commit), crtc, kms_crtc_class(crtc)->disable);
	if (!new->active)
		kms_crtc_send_event(to_kms_crtc_state(new));
}

int kms_plane_hook_check(struct drm_plane *drm, struct drm_atomic_commit *commit)
{
	return check_plane(to_kms_commit(commit), to_kms_plane(drm));
}

void kms_plane_hook_update(struct drm_plane *drm, struct drm_atomic_commit *commit)
{
	struct kms_plane *plane = to_kms_plane(drm);

	mutate_plane(to_kms_commit(commit), plane, kms_plane_class(plane)->update);
}

void kms_plane_hook_disable(struct drm_plane *drm, struct drm_atomic_commit *commit)
{
	struct kms_plane *plane = to_kms_plane(drm);

	mutate_plane(to_kms_commit(commit), plane, kms_plane_class(plane)->disable);
}

int kms_plane_hook_prepare(struct drm_plane *drm, struct drm_plane_state *state)
{
	struct kms_plane *plane = to_kms_plane(drm);
	int ret;

	if (!state->fb)
		return 0;

	ret = drm_gem_plane_helper_prepare_fb(drm, state);
	if (ret)
		return ret;

	return kms_plane_class(plane)->prepare(plane, to_kms_plane_state(state));
}

void kms_plane_hook_cleanup(struct drm_plane *drm, struct drm_plane_state *state)
{
	struct kms_plane *plane = to_kms_plane(drm);

	if (state->fb)
		kms_plane_class(plane)->cleanup(plane, to_kms_plane_state(state));
}

int kms_connector_hook_get_modes(struct drm_connector *drm)
{
	return kms_connector_class(to_kms_connector(drm))->get_modes(to_kms_connector(drm));
}

int kms_connector_hook_detect(struct drm_connector *drm, struct drm_modeset_acquire_ctx *ctx,
			      bool force)
{
	return kms_connector_class(to_kms_connector(drm))->detect(to_kms_connector(drm), force);
}

int kms_connector_hook_check(struct drm_connector *drm, struct drm_atomic_commit *commit)
{
	return check_connector(to_kms_commit(commit), to_kms_connector(drm));
}

void kms_connector_hook_write(struct drm_connector *drm, struct drm_atomic_commit *commit)
{
	struct kms_connector *connector = to_kms_connector(drm);

	mutate_connector(to_kms_commit(commit), connector, kms_connector_class(connector)->write);
}

int kms_connector_hook_prepare_job(struct drm_writeback_connector *drm,
				   struct drm_writeback_job *job)
{
	struct kms_connector *connector = to_kms_connector(&drm->base);

	return kms_connector_class(connector)->prepare_job(connector, job);
}

void kms_connector_hook_cleanup_job(struct drm_writeback_connector *drm,
				    struct drm_writeback_job *job)
{
	struct kms_connector *connector = to_kms_connector(&drm->base);

	kms_connector_class(connector)->cleanup_job(connector, job);
}

static const struct kms_encoder_class *encoder_class(const struct drm_encoder *drm)
{
	return container_of_const(drm->funcs, struct kms_encoder_class, funcs);
}

/* An encoder has no state: it gets those of the CRTC before it and the connector behind it. */
int kms_encoder_hook_check(struct drm_encoder *drm, struct drm_crtc_state *crtc_state,
			   struct drm_connector_state *connector_state)
{
	struct kms_commit *commit = to_kms_commit(crtc_state->state);
	struct kms_crtc_state *crtc = own_crtc(commit, to_kms_crtc(crtc_state->crtc));
	struct kms_connector_state *connector =
		__kms_connector_borrow(kms_commit_mutator(commit),
				       to_kms_connector(connector_state->connector));
	int ret;

	if (WARN_ON_ONCE(IS_ERR(crtc) || IS_ERR(connector)))
		return -EINVAL;

	ret = encoder_class(drm)->check(to_kms_encoder(drm), crtc, connector);
	kms_connector_release(connector);
	kms_crtc_release(crtc);
	kms_commit_settle(commit);

	return ret;
}

void kms_encoder_hook_enable(struct drm_encoder *drm, struct drm_atomic_commit *commit)
{
	kms_commit_settle(to_kms_commit(commit));
	encoder_class(drm)->enable(to_kms_encoder(drm), kms_commit_mutator(to_kms_commit(commit)));
	kms_commit_settle(to_kms_commit(commit));
}

void kms_encoder_hook_disable(struct drm_encoder *drm, struct drm_atomic_commit *commit)
{
	kms_commit_settle(to_kms_commit(commit));
	encoder_class(drm)->disable(to_kms_encoder(drm), kms_commit_mutator(to_kms_commit(commit)));
	kms_commit_settle(to_kms_commit(commit));
}
