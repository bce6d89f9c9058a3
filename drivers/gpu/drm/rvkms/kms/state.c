// SPDX-License-Identifier: GPL-2.0

#include <linux/slab.h>

#include <drm/drm_atomic_state_helper.h>
#include <drm/drm_atomic_uapi.h>
#include <drm/drm_modes.h>

#include "internal.h"
#include "state.h"

/* May states of a commit be lent at all? */
static int may_lend(struct kms_commit *commit)
{
	/* A use that the compiler could not follow. */
	if (WARN_ON_ONCE(!commit))
		return -EINVAL;

	if (commit->steps & KMS_STEP_HW_DONE) {
		kms_fault(kms_commit_device(commit), KMS_FAULT_BORROW_AFTER_DONE);
		return -EINVAL;
	}

	return 0;
}

static void give_back(struct kms_commit **borrower)
{
	if (*borrower)
		(*borrower)->borrows--;
	*borrower = NULL;
}

static void lend(struct kms_commit **borrower, struct kms_commit *commit)
{
	*borrower = commit;
	commit->borrows++;
}

/*
 * The same for each kind of object. @array of a commit has @count entries, by the objects' indices.
 */
#define KMS_DEFINE_BORROW(kind, array, count)						\
struct kms_##kind##_state *								\
__kms_##kind##_borrow(struct kms_mutator *mutator, struct kms_##kind *object)		\
{											\
	struct kms_commit *commit = kms_mutator_commit(mutator);			\
	struct drm_##kind##_state *drm;							\
	int ret = may_lend(commit);							\
											\
	if (ret)									\
		return ERR_PTR(ret);							\
	drm = drm_atomic_get_new_##kind##_state(&commit->drm, &object->drm);		\
	if (!drm)									\
		return ERR_PTR(-ENOENT);						\
	if (to_kms_##kind##_state(drm)->borrower)					\
		return ERR_PTR(-EBUSY);							\
	lend(&to_kms_##kind##_state(drm)->borrower, commit);				\
	return to_kms_##kind##_state(drm);						\
}											\
											\
struct kms_##kind##_state *								\
kms_##kind##_add(struct kms_composer *composer, struct kms_##kind *object)		\
{											\
	struct kms_commit *commit = kms_composer_commit(composer);			\
	struct drm_##kind##_state *drm;							\
											\
	if (object->drm.dev != commit->drm.dev) {					\
		kms_fault(kms_commit_device(commit), KMS_FAULT_FOREIGN_OBJECT);		\
		return ERR_PTR(-EINVAL);						\
	}										\
	drm = drm_atomic_get_##kind##_state(&commit->drm, &object->drm);		\
	if (IS_ERR(drm))								\
		return ERR_CAST(drm);							\
	return __kms_##kind##_borrow(kms_as_mutator(composer), object);			\
}											\
											\
void kms_##kind##_release(struct kms_##kind##_state *state)				\
{											\
	if (!IS_ERR_OR_NULL(state))							\
		give_back(&state->borrower);						\
}											\
											\
struct kms_##kind##_state *								\
__kms_##kind##_next(struct kms_mutator *mutator, struct kms_##kind##_state *last)	\
{											\
	struct kms_commit *commit = kms_mutator_commit(mutator);			\
	int i = last ? drm_##kind##_index(last->drm.kind) + 1 : 0;			\
											\
	kms_##kind##_release(last);							\
	if (may_lend(commit))								\
		return NULL;								\
	for (; i < (count); i++) {							\
		struct drm_##kind##_state *drm = commit->drm.array[i].new_state;	\
											\
		if (!commit->drm.array[i].ptr || to_kms_##kind##_state(drm)->borrower)	\
			continue;							\
		lend(&to_kms_##kind##_state(drm)->borrower, commit);			\
		return to_kms_##kind##_state(drm);					\
	}										\
	return NULL;									\
}											\
											\
const struct kms_##kind##_state *							\
kms_##kind##_old(const struct kms_view *view, const struct kms_##kind *object)		\
{											\
	const struct drm_##kind##_state *drm =						\
		drm_atomic_get_old_##kind##_state(&kms_view_commit(view)->drm,		\
						  (struct drm_##kind *)&object->drm);	\
											\
	return drm ? to_kms_##kind##_state(drm) : NULL;					\
}											\
											\
struct kms_##kind##_state *								\
kms_##kind##_first(struct kms_initial *initial, struct kms_##kind *object)		\
{											\
	struct kms_device *kms = kms_initial_device(initial);				\
											\
	if (object->drm.dev != &kms->drm || kms->phase != KMS_PHASE_CREATED) {		\
		kms_fault(kms, KMS_FAULT_FOREIGN_OBJECT);				\
		return NULL;								\
	}										\
	return to_kms_##kind##_state(object->drm.state);				\
}											\
											\
static void release_all_##kind##s(struct kms_commit *commit)				\
{											\
	for (int i = 0; i < (count); i++) {						\
		struct drm_##kind##_state *drm = commit->drm.array[i].new_state;	\
											\
		if (commit->drm.array[i].ptr && drm)					\
			kms_##kind##_release(to_kms_##kind##_state(drm));		\
	}										\
}

KMS_DEFINE_BORROW(crtc, crtcs, commit->drm.dev->mode_config.num_crtc)
KMS_DEFINE_BORROW(plane, planes, commit->drm.dev->mode_config.num_total_plane)
KMS_DEFINE_BORROW(connector, connectors, commit->drm.num_connector)

/**
 * kms_commit_settle - make sure that no state of a commit is lent
 * @commit: the commit
 *
 * Called where a driver has no business to hold one: when a callback begins or has returned, and
 * before a step of the tail.
 */
void kms_commit_settle(struct kms_commit *commit)
{
	if (likely(!commit->borrows))
		return;

	kms_fault(kms_commit_device(commit), KMS_FAULT_BORROW_LEFT);
	release_all_crtcs(commit);
	release_all_planes(commit);
	release_all_connectors(commit);
}

/*
 * States are made, copied and destroyed by their class. Behind the layer's part begins the
 * driver's, which is zero where the class has callbacks for it.
 */
#define KMS_DEFINE_STATE_HOOKS(kind)							\
struct drm_##kind##_state *kms_##kind##_create_state(struct drm_##kind *drm)		\
{											\
	const struct kms_##kind##_class *class = kms_##kind##_class(to_kms_##kind(drm));	\
	struct kms_##kind##_state *state = kzalloc(class->state_size, GFP_KERNEL);	\
											\
	if (!state)									\
		return ERR_PTR(-ENOMEM);						\
	__drm_atomic_helper_##kind##_state_init(&state->drm, drm);			\
	class->init_state(state);							\
	return &state->drm;								\
}											\
											\
struct drm_##kind##_state *kms_##kind##_duplicate_state(struct drm_##kind *drm)		\
{											\
	const struct kms_##kind##_class *class = kms_##kind##_class(to_kms_##kind(drm));	\
	struct kms_##kind##_state *state = kzalloc(class->state_size, GFP_KERNEL);	\
											\
	if (!state)									\
		return NULL;								\
	__drm_atomic_helper_##kind##_duplicate_state(drm, &state->drm);			\
	if (class->copy_state(state, to_kms_##kind##_state(drm->state))) {		\
		__drm_atomic_helper_##kind##_destroy_state(&state->drm);		\
		kfree(state);								\
		return NULL;								\
	}										\
	return &state->drm;								\
}											\
											\
void kms_##kind##_destroy_state(struct drm_##kind *drm, struct drm_##kind##_state *old)	\
{											\
	struct kms_##kind##_state *state = to_kms_##kind##_state(old);			\
											\
	kms_##kind##_class(to_kms_##kind(drm))->drop_state(state);			\
	kms_##kind##_release(state);							\
	__drm_atomic_helper_##kind##_destroy_state(old);				\
	kfree(state);									\
}

KMS_DEFINE_STATE_HOOKS(crtc)
KMS_DEFINE_STATE_HOOKS(plane)
KMS_DEFINE_STATE_HOOKS(connector)

/**
 * kms_crtc_after - go through the CRTCs of a commit
 * @view: the commit
 * @last: the CRTC before, or NULL
 *
 * Returns:
 * The next, or NULL.
 */
struct kms_crtc *kms_crtc_after(const struct kms_view *view, const struct kms_crtc *last)
{
	const struct drm_atomic_commit *commit = &kms_view_commit(view)->drm;

	for (int i = last ? last->drm.index + 1 : 0; i < commit->dev->mode_config.num_crtc; i++) {
		if (commit->crtcs[i].ptr)
			return to_kms_crtc(commit->crtcs[i].ptr);
	}

	return NULL;
}

/**
 * kms_add_planes - make all planes that a CRTC shows part of a commit
 * @composer: the commit
 * @crtc: the CRTC, part of it
 *
 * Returns:
 * 0 or a negative errno.
 */
int kms_add_planes(struct kms_composer *composer, struct kms_crtc *crtc)
{
	return drm_atomic_add_affected_planes(&kms_composer_commit(composer)->drm, &crtc->drm);
}

/**
 * kms_crtc_set_mode - switch a CRTC on in a mode, or off
 * @composer: the commit
 * @state: the state of the CRTC
 * @mode: the mode, or NULL for off
 *
 * Returns:
 * 0 or a negative errno.
 */
int kms_crtc_set_mode(struct kms_composer *composer, struct kms_crtc_state *state,
		      const struct drm_display_mode *mode)
{
	struct drm_display_mode full;

	state->drm.active = mode;
	if (!mode)
		return drm_atomic_set_mode_for_crtc(&state->drm, NULL);

	/* As for a mode of a client: without the timings of the hardware there is no vblank. */
	drm_mode_init(&full, mode);
	drm_mode_set_crtcinfo(&full, CRTC_INTERLACE_HALVE_V);

	return drm_atomic_set_mode_for_crtc(&state->drm, &full);
}

/* DRM keeps masks of what a CRTC shows in the CRTC's state: nobody else may have it then. */
static int check_crtc_free(struct kms_composer *composer, struct drm_crtc *drm)
{
	struct kms_crtc_state *state;

	if (!drm)
		return 0;

	state = kms_crtc_add(composer, to_kms_crtc(drm));
	kms_crtc_release(state);

	return PTR_ERR_OR_ZERO(state);
}

/**
 * kms_plane_set_crtc - show a framebuffer on a plane
 * @composer: the commit
 * @state: the state of the plane
 * @crtc: the CRTC that shows it, or NULL
 * @fb: the framebuffer, or NULL
 *
 * Returns:
 * 0 or a negative errno: -EBUSY if the state of a CRTC that shows or showed the plane is borrowed.
 */
int kms_plane_set_crtc(struct kms_composer *composer, struct kms_plane_state *state,
		       struct kms_crtc *crtc, struct drm_framebuffer *fb)
{
	struct drm_crtc *drm = crtc ? &crtc->drm : NULL;
	int ret;

	ret = check_crtc_free(composer, state->drm.crtc);
	if (!ret)
		ret = check_crtc_free(composer, drm);
	if (!ret)
		ret = drm_atomic_set_crtc_for_plane(&state->drm, drm);
	if (!ret)
		drm_atomic_set_fb_for_plane(&state->drm, fb);

	return ret;
}

/**
 * kms_connector_set_crtc - feed a connector
 * @composer: the commit
 * @state: the state of the connector
 * @crtc: the CRTC that feeds it, or NULL
 *
 * Returns:
 * 0 or a negative errno: -EBUSY if the state of a CRTC that feeds or fed it is borrowed.
 */
int kms_connector_set_crtc(struct kms_composer *composer, struct kms_connector_state *state,
			   struct kms_crtc *crtc)
{
	struct drm_crtc *drm = crtc ? &crtc->drm : NULL;
	int ret;

	ret = check_crtc_free(composer, state->drm.crtc);
	if (!ret)
		ret = check_crtc_free(composer, drm);
	if (!ret)
		ret = drm_atomic_set_crtc_for_connector(&state->drm, drm);

	return ret;
}

/* TEMPORARY, replaced by the layer's own */
const struct drm_colorop_state *kms_colorop_new(const struct kms_view *view,
						struct drm_colorop *colorop)
{
	return drm_atomic_get_new_colorop_state((struct drm_atomic_commit *)&kms_view_commit(view)->drm, colorop);
}
