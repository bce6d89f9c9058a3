/* SPDX-License-Identifier: GPL-2.0 */
#ifndef KMS_STATE_H
#define KMS_STATE_H

/*
 * The new state of an object is changed by who has borrowed it. It is lent once at a time, so that
 * no function has it changed under its hands by one that it calls. There are these functions for
 * each kind of object, here of CRTCs; class.h makes typed ones of them:
 *
 * kms_crtc_borrow() - borrows what is part of the commit: -ENOENT if the CRTC is not, -EBUSY if its
 * state is lent, -EINVAL after hw_done.
 *
 * kms_crtc_add() - makes the CRTC part of the commit and borrows its state: -EBUSY if it is lent,
 * -EDEADLK and what else DRM has to say.
 *
 * kms_crtc_release() - gives it back; takes an ERR_PTR() and does nothing.
 *
 * kms_crtc_old() - the state before the commit, or NULL if the CRTC is not part of it. It never
 * changes, so it need not be borrowed.
 *
 * kms_crtc_first() - in read_hardware(), the state before all commits.
 *
 * kms_for_each_crtc() - borrows, one after the other, the states of the commit that nobody has
 * borrowed.
 *
 * CLASS(kms_crtc_borrow, state)(mutator, crtc) gives it back at the end of the scope.
 */

#include <linux/cleanup.h>
#include <linux/err.h>

#include "handle.h"
#include "object.h"

#define KMS_DECLARE_BORROW(kind)							\
struct kms_##kind##_state * __must_check						\
__kms_##kind##_borrow(struct kms_mutator *mutator, struct kms_##kind *object);		\
struct kms_##kind##_state * __must_check						\
kms_##kind##_add(struct kms_composer *composer, struct kms_##kind *object);		\
void kms_##kind##_release(struct kms_##kind##_state *state);				\
struct kms_##kind##_state *								\
__kms_##kind##_next(struct kms_mutator *mutator, struct kms_##kind##_state *last);	\
const struct kms_##kind##_state *							\
kms_##kind##_old(const struct kms_view *view, const struct kms_##kind *object);		\
struct kms_##kind##_state *								\
kms_##kind##_first(struct kms_initial *initial, struct kms_##kind *object);		\
static __always_inline struct kms_##kind##_state * __must_check				\
kms_##kind##_borrow(struct kms_mutator *mutator, struct kms_##kind *object)		\
{											\
	return __kms_##kind##_borrow(kms_live(mutator), object);			\
}											\
static __always_inline struct kms_##kind##_state *					\
kms_##kind##_next(struct kms_mutator *mutator, struct kms_##kind##_state *last)		\
{											\
	return __kms_##kind##_next(kms_live(mutator), last);				\
}											\
DEFINE_FREE(kms_##kind##_release, struct kms_##kind##_state *,				\
	    kms_##kind##_release(_T))							\
DEFINE_CLASS(kms_##kind##_borrow, struct kms_##kind##_state *,				\
	     kms_##kind##_release(_T), kms_##kind##_borrow(mutator, object),		\
	     struct kms_mutator *mutator, struct kms_##kind *object)			\
DEFINE_CLASS(kms_##kind##_add, struct kms_##kind##_state *,				\
	     kms_##kind##_release(_T), kms_##kind##_add(composer, object),		\
	     struct kms_composer *composer, struct kms_##kind *object)

KMS_DECLARE_BORROW(crtc);
KMS_DECLARE_BORROW(plane);
KMS_DECLARE_BORROW(connector);

#define __kms_for_each(kind, mutator, state)						\
	for (struct kms_##kind##_state *state __free(kms_##kind##_release) =		\
	     kms_##kind##_next(mutator, NULL);						\
	     state; state = kms_##kind##_next(mutator, state))

#define kms_for_each_crtc(mutator, state) __kms_for_each(crtc, mutator, state)
#define kms_for_each_plane(mutator, state) __kms_for_each(plane, mutator, state)
#define kms_for_each_connector(mutator, state) __kms_for_each(connector, mutator, state)

/* The objects of a commit, without their states: also after hw_done. */
struct kms_crtc *kms_crtc_after(const struct kms_view *view, const struct kms_crtc *last);

#define kms_for_each_committed_crtc(committed, crtc)					\
	for (struct kms_crtc *crtc = kms_crtc_after(kms_view(committed), NULL); crtc;	\
	     crtc = kms_crtc_after(kms_view(committed), crtc))

int __must_check kms_add_planes(struct kms_composer *composer, struct kms_crtc *crtc);
int __must_check kms_crtc_set_mode(struct kms_composer *composer, struct kms_crtc_state *state,
				   const struct drm_display_mode *mode);
int __must_check kms_plane_set_crtc(struct kms_composer *composer, struct kms_plane_state *state,
				    struct kms_crtc *crtc, struct drm_framebuffer *fb);
int __must_check kms_connector_set_crtc(struct kms_composer *composer,
					struct kms_connector_state *state, struct kms_crtc *crtc);

const struct drm_colorop_state *kms_colorop_new(const struct kms_view *view,
						struct drm_colorop *colorop);

#endif /* KMS_STATE_H */
