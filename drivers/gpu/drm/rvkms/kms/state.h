/* SPDX-License-Identifier: GPL-2.0 */
#ifndef KMS_STATE_H
#define KMS_STATE_H

/*
 * Declares the borrowing of states. To change the new state of an object, borrow it. It has one
 * borrower at a time, so that no function changes it under a caller that holds it. Each type of
 * object has these functions, here for CRTCs, and each class has them with its own types:
 *
 * kms_crtc_borrow() - borrow the state of a CRTC of the commit: -ENOENT if the CRTC is not part of
 * it, -EBUSY if its state is borrowed, -EINVAL after hw_done or for a CRTC of another device.
 *
 * kms_crtc_add() - add a CRTC to the commit and borrow its state: -EBUSY if it is borrowed,
 * -EDEADLK, and other errors of DRM.
 *
 * kms_crtc_release() - give it back; ignores an ERR_PTR().
 *
 * kms_crtc_old() - get the state before the commit, or NULL if the CRTC is not part of it. It never
 * changes, so it need not be borrowed.
 *
 * CLASS(kms_crtc_borrow, state)(mutator, crtc) and CLASS(kms_crtc_add, state)(composer, crtc) give
 * it back at the end of the scope.
 *
 * Each type of object has these functions, too:
 *
 * kms_for_each_crtc() - borrow the unborrowed states of the commit, one after the other.
 *
 * kms_for_each_committed_crtc() - iterate over the objects, not their states, also after hw_done.
 *
 * kms_crtc_first() - in read_hardware(), get the state before all commits.
 */

#include <drm/drm_atomic.h>

#include "object.h"

/* Declares these functions with the types of a class; the pointers are the same. */
#define KMS_DECLARE_BORROWS(kind, name, state_name)					\
static __always_inline struct state_name * __must_check __maybe_unused			\
name##_borrow(struct kms_mutator *mutator, struct name *object)				\
{											\
	return (struct state_name *)							\
		__kms_##kind##_borrow(kms_live(mutator), (struct kms_##kind *)object, false); \
}											\
static inline struct state_name * __must_check __maybe_unused				\
name##_add(struct kms_composer *composer, struct name *object)				\
{											\
	return (struct state_name *)__kms_##kind##_borrow(kms_as_mutator(composer),	\
							  (struct kms_##kind *)object, true); \
}											\
static inline void __maybe_unused name##_release(struct state_name *state)		\
{											\
	if (!IS_ERR_OR_NULL(state))							\
		hlist_del_init(&((struct kms_##kind##_state *)state)->loan);		\
}											\
static inline const struct state_name * __maybe_unused					\
name##_old(const struct kms_view *view, const struct name *object)			\
{											\
	return (const struct state_name *)						\
		__kms_##kind##_old(view, (const struct kms_##kind *)object);		\
}											\
DEFINE_FREE(name##_release, struct state_name *, name##_release(_T))			\
DEFINE_CLASS(name##_borrow, struct state_name *, name##_release(_T),			\
	     name##_borrow(mutator, object),						\
	     struct kms_mutator *mutator, struct name *object)				\
DEFINE_CLASS(name##_add, struct state_name *, name##_release(_T),			\
	     name##_add(composer, object), struct kms_composer *composer, struct name *object)

#define KMS_DECLARE_LENDING(kind)							\
struct kms_##kind##_state *__kms_##kind##_borrow(struct kms_mutator *mutator,		\
						 struct kms_##kind *object, bool add);	\
struct kms_##kind##_state *kms_##kind##_next(struct kms_mutator *mutator,		\
					     struct kms_##kind##_state *last);		\
const struct kms_##kind##_state *__kms_##kind##_old(const struct kms_view *view,	\
						    const struct kms_##kind *object);	\
struct kms_##kind##_state *kms_##kind##_first(struct kms_initial *initial,		\
					      struct kms_##kind *object);		\
KMS_DECLARE_BORROWS(kind, kms_##kind, kms_##kind##_state)

KMS_DECLARE_LENDING(crtc);
KMS_DECLARE_LENDING(plane);
KMS_DECLARE_LENDING(connector);

#define __kms_for_each(kind, mutator, state)						\
	for (struct kms_##kind##_state *state __free(kms_##kind##_release) =		\
	     kms_##kind##_next(kms_live(mutator), NULL);				\
	     state; state = kms_##kind##_next(kms_live(mutator), state))

#define kms_for_each_crtc(mutator, state) __kms_for_each(crtc, mutator, state)
#define kms_for_each_plane(mutator, state) __kms_for_each(plane, mutator, state)
#define kms_for_each_connector(mutator, state) __kms_for_each(connector, mutator, state)

struct kms_crtc *kms_crtc_after(const struct kms_view *view, const struct kms_crtc *last);

#define kms_for_each_committed_crtc(committed, crtc)					\
	for (struct kms_crtc *crtc = kms_crtc_after(kms_view(committed), NULL); crtc;	\
	     crtc = kms_crtc_after(kms_view(committed), crtc))

/**
 * struct kms_run - a running callback; for hooks.h
 * @commit: the commit
 * @own: the list node of the state that the callback has borrowed
 * @done: the step of the CRTC that ends with the callback, or 0
 */
struct kms_run {
	struct drm_atomic_commit *commit;
	struct hlist_node *own;
	unsigned int done;
};

struct kms_run kms_run_begin(struct drm_atomic_commit *commit, struct hlist_node *own);
void kms_run_end(struct kms_run *run);
DEFINE_CLASS(kms_run, struct kms_run, kms_run_end(&_T), kms_run_begin(commit, own),
	     struct drm_atomic_commit *commit, struct hlist_node *own)

void kms_plane_move(struct drm_plane_state *shown, struct drm_plane_state *new);

const struct drm_colorop_state *kms_colorop_new(const struct kms_view *view,
						struct drm_colorop *colorop);
int __must_check kms_crtc_set_mode(struct kms_composer *composer, struct kms_crtc_state *state,
				   const struct drm_display_mode *mode);
int __must_check kms_plane_set_crtc(struct kms_composer *composer, struct kms_plane_state *state,
				    struct kms_crtc *crtc, struct drm_framebuffer *fb);
int __must_check kms_connector_set_crtc(struct kms_composer *composer,
					struct kms_connector_state *state, struct kms_crtc *crtc);

#endif /* KMS_STATE_H */
