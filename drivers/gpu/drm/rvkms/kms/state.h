/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef TKMS_STATE_H
#define TKMS_STATE_H

/*
 * Declares the borrowing of states. To change the new state of an object, borrow it. It has one
 * borrower at a time, so that no function changes it under a caller that holds it. Each type of
 * object has these functions, here for CRTCs, and each class has them with its own types:
 *
 * tkms_crtc_borrow() - borrow the state of a CRTC of the commit: -ENOENT if the CRTC is not part of
 * it, -EBUSY if its state is borrowed, -EINVAL after hw_done or for a CRTC of another device.
 *
 * tkms_crtc_add() - add a CRTC to the commit and borrow its state: -EBUSY if it is borrowed,
 * -EDEADLK, and other errors of DRM.
 *
 * tkms_crtc_release() - give it back; ignores an ERR_PTR().
 *
 * tkms_crtc_old() - get the state before the commit, or NULL if the CRTC is not part of it. It
 * never changes, so it need not be borrowed.
 *
 * CLASS(tkms_crtc_borrow, state)(mutator, crtc) and CLASS(tkms_crtc_add, state)(composer, crtc)
 * give it back at the end of the scope.
 *
 * Each type of object has these functions, too:
 *
 * tkms_for_each_plane() - borrow the unborrowed states of the commit, one after the other.
 *
 * tkms_for_each_committed_crtc() - iterate over the objects, not their states, also after hw_done.
 *
 * tkms_crtc_first() - in read_hardware(), get the state before all commits.
 */

#include <linux/cleanup.h>

#include <drm/drm_atomic.h>

#include "object.h"

/* Declares these functions with the types of a class; the pointers are the same. */
#define TKMS_DECLARE_BORROWS(kind, name, state_name)					\
static __always_inline struct state_name * __must_check __maybe_unused			\
name##_borrow(struct tkms_mutator *mutator, struct name *object)			\
{											\
	return (struct state_name *)							\
		__tkms_##kind##_borrow(tkms_live(mutator), (struct tkms_##kind *)object, false); \
}											\
static inline struct state_name * __must_check __maybe_unused				\
name##_add(struct tkms_composer *composer, struct name *object)				\
{											\
	return (struct state_name *)__tkms_##kind##_borrow(tkms_as_mutator(composer),	\
							   (struct tkms_##kind *)object, true); \
}											\
static inline void __maybe_unused name##_release(struct state_name *state)		\
{											\
	if (!IS_ERR_OR_NULL(state))							\
		hlist_del_init(&((struct tkms_##kind##_state *)state)->loan);		\
}											\
static inline const struct state_name * __maybe_unused					\
name##_old(const struct tkms_view *view, const struct name *object)			\
{											\
	return (const struct state_name *)						\
		__tkms_##kind##_old(view, (const struct tkms_##kind *)object);		\
}											\
DEFINE_FREE(name##_release, struct state_name *, name##_release(_T))			\
DEFINE_CLASS(name##_borrow, struct state_name *, name##_release(_T),			\
	     name##_borrow(mutator, object),						\
	     struct tkms_mutator *mutator, struct name *object)				\
DEFINE_CLASS(name##_add, struct state_name *, name##_release(_T),			\
	     name##_add(composer, object), struct tkms_composer *composer, struct name *object)

#define TKMS_DECLARE_LENDING(kind)							\
struct tkms_##kind##_state *__tkms_##kind##_borrow(struct tkms_mutator *mutator,	\
						   struct tkms_##kind *object, bool add); \
struct tkms_##kind##_state *tkms_##kind##_next(struct tkms_mutator *mutator,		\
					       struct tkms_##kind##_state *last);	\
const struct tkms_##kind##_state *__tkms_##kind##_old(const struct tkms_view *view,	\
						      const struct tkms_##kind *object); \
struct tkms_##kind##_state *tkms_##kind##_first(struct tkms_initial *initial,		\
						struct tkms_##kind *object);		\
TKMS_DECLARE_BORROWS(kind, tkms_##kind, tkms_##kind##_state)

TKMS_DECLARE_LENDING(crtc);
TKMS_DECLARE_LENDING(plane);
TKMS_DECLARE_LENDING(connector);

#define __tkms_for_each(kind, mutator, state)						\
	for (struct tkms_##kind##_state *state __free(tkms_##kind##_release) =		\
	     tkms_##kind##_next(tkms_live(mutator), NULL);				\
	     state; state = tkms_##kind##_next(tkms_live(mutator), state))

#define tkms_for_each_plane(mutator, state) __tkms_for_each(plane, mutator, state)
#define tkms_for_each_connector(mutator, state) __tkms_for_each(connector, mutator, state)

struct tkms_crtc *tkms_crtc_after(const struct tkms_view *view, const struct tkms_crtc *last);

#define tkms_for_each_committed_crtc(committed, crtc)					\
	for (struct tkms_crtc *crtc = tkms_crtc_after(tkms_view(committed), NULL); crtc; \
	     crtc = tkms_crtc_after(tkms_view(committed), crtc))

/**
 * struct tkms_run - a running callback; for hooks.h
 * @commit: the commit
 * @own: the list node of the state that the callback has borrowed
 * @done: the step of the CRTC that ends with the callback, or 0
 */
struct tkms_run {
	struct drm_atomic_commit *commit;
	struct hlist_node *own;
	unsigned int done;
};

struct tkms_run tkms_run_begin(struct drm_atomic_commit *commit, struct hlist_node *own);
void tkms_run_end(struct tkms_run *run);
DEFINE_CLASS(tkms_run, struct tkms_run, tkms_run_end(&_T), tkms_run_begin(commit, own),
	     struct drm_atomic_commit *commit, struct hlist_node *own)

void tkms_plane_move(struct drm_plane_state *shown, struct drm_plane_state *new);

const struct drm_colorop_state *tkms_colorop_new(const struct tkms_view *view,
						 struct drm_colorop *colorop);

#endif /* TKMS_STATE_H */
