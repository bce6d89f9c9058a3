/* SPDX-License-Identifier: GPL-2.0 */
#ifndef KMS_STATE_H
#define KMS_STATE_H

/*
 * The new state of an object is changed by who has borrowed it. It is lent once at a time, so that
 * no function has it changed under its hands by one that it calls. There are these functions for
 * each kind of object, here of CRTCs, and for each class, with its own types:
 *
 * kms_crtc_borrow() - borrows what is part of the commit: -ENOENT if the CRTC is not, -EBUSY if its
 * state is lent, -EINVAL after hw_done or for a CRTC of another device.
 *
 * kms_crtc_add() - makes the CRTC part of the commit and borrows its state: -EBUSY if it is lent,
 * -EDEADLK and what else DRM has to say.
 *
 * kms_crtc_release() - gives it back; takes an ERR_PTR() and does nothing.
 *
 * kms_crtc_old() - the state before the commit, or NULL if the CRTC is not part of it. It never
 * changes, so it need not be borrowed.
 *
 * CLASS(kms_crtc_borrow, state)(mutator, crtc) and CLASS(kms_crtc_add, state)(composer, crtc) give
 * it back at the end of the scope.
 *
 * And for each kind only:
 *
 * kms_for_each_crtc() - borrows, one after the other, the states of the commit that nobody has
 * borrowed.
 *
 * kms_for_each_committed_crtc() - the objects without their states, also after hw_done.
 *
 * kms_crtc_first() - in read_hardware(), the state before all commits.
 */

#include <drm/drm_atomic.h>

#include "object.h"

/* What the layer has for any object is had by a class too, whose pointers are the same. */
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
 * struct kms_run - a callback that runs; for hooks.h
 * @commit: the commit
 * @own: of the state that the callback has borrowed
 * @done: what it is the end of for its CRTC, or 0
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
