// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Lends the states of a commit to callbacks. */

#include "internal.h"

/* Checks that states of a commit may be lent, and that an object belongs to its device. */
static int may_lend(const struct tkms_commit *commit, const struct drm_device *drm)
{
	struct tkms_device *kms;

	/* A use of a taken handle that the compiler could not follow. */
	if (WARN_ON_ONCE(!commit))
		return -EINVAL;

	kms = to_tkms_device(commit->drm.dev);
	if (commit->steps & TKMS_STEP_HW_DONE)
		return tkms_fault(kms, TKMS_FAULT_BORROW_AFTER_DONE);

	return drm == &kms->drm ? 0 : tkms_fault(kms, TKMS_FAULT_FOREIGN_OBJECT);
}

static int lend(struct tkms_commit *commit, struct hlist_node *loan)
{
	if (!hlist_unhashed(loan))
		return -EBUSY;

	hlist_add_head(loan, &commit->loans);

	return 0;
}

/**
 * tkms_settle - ensure that no state of a commit is borrowed
 * @commit: the commit
 *
 * Called where a driver must not hold one: before and after a callback, and before a step of the
 * tail.
 */
void tkms_settle(struct tkms_commit *commit)
{
	if (likely(hlist_empty(&commit->loans)))
		return;

	tkms_fault(to_tkms_device(commit->drm.dev), TKMS_FAULT_BORROW_LEFT);
	while (!hlist_empty(&commit->loans))
		hlist_del_init(commit->loans.first);
}

/**
 * tkms_run_begin - prepare for a callback of a class
 * @commit: the commit
 * @own: the list node of the state that the callback gets
 *
 * Returns:
 * The argument of tkms_run_end().
 */
struct tkms_run tkms_run_begin(struct drm_atomic_commit *commit, struct hlist_node *own)
{
	tkms_settle(to_tkms_commit(commit));
	hlist_add_head(own, &to_tkms_commit(commit)->loans);

	return (struct tkms_run){ .commit = commit, .own = own };
}

/**
 * tkms_run_end - take back the states of a callback
 * @run: from tkms_run_begin()
 */
void tkms_run_end(struct tkms_run *run)
{
	hlist_del_init(run->own);
	tkms_settle(to_tkms_commit(run->commit));
	if (run->done)
		tkms_crtc_done(run);
}

/*
 * Defines the same functions for each type of object. @array of a commit has @count entries, by the
 * objects' indices.
 */
#define TKMS_DEFINE_LENDING(kind, array, count)						\
struct tkms_##kind##_state *__tkms_##kind##_borrow(struct tkms_mutator *mutator,	\
						   struct tkms_##kind *object, bool add) \
{											\
	struct tkms_commit *commit = to_tkms_commit(mutator);				\
	struct drm_##kind##_state *new;							\
	int ret = may_lend(commit, object->drm.dev);					\
	if (ret)									\
		return ERR_PTR(ret);							\
	new = add ? drm_atomic_get_##kind##_state(&commit->drm, &object->drm) :		\
		    drm_atomic_get_new_##kind##_state(&commit->drm, &object->drm);	\
	if (IS_ERR_OR_NULL(new))							\
		return new ? ERR_CAST(new) : ERR_PTR(-ENOENT);				\
	ret = lend(commit, &to_tkms_##kind##_state(new)->loan);				\
	return ret ? ERR_PTR(ret) : to_tkms_##kind##_state(new);			\
}											\
struct tkms_##kind##_state *tkms_##kind##_next(struct tkms_mutator *mutator,		\
					       struct tkms_##kind##_state *last)	\
{											\
	struct tkms_commit *commit = to_tkms_commit(mutator);				\
	int i = last ? last->drm.kind->index + 1 : 0;					\
	tkms_##kind##_release(last);							\
	if (may_lend(commit, commit ? commit->drm.dev : NULL))				\
		return NULL;								\
	for (; i < (count); i++) {							\
		last = to_tkms_##kind##_state(commit->drm.array[i].new_state);		\
		if (commit->drm.array[i].ptr && !lend(commit, &last->loan))		\
			return last;							\
	}										\
	return NULL;									\
}											\
const struct tkms_##kind##_state *__tkms_##kind##_old(const struct tkms_view *view,	\
						      const struct tkms_##kind *object)	\
{											\
	struct drm_atomic_commit *commit = &to_tkms_commit(view)->drm;			\
	const struct drm_##kind##_state *old = object->drm.dev != commit->dev ? NULL :	\
		drm_atomic_get_old_##kind##_state(commit, (struct drm_##kind *)&object->drm); \
	return old ? to_tkms_##kind##_state(old) : NULL;				\
}											\
struct tkms_##kind##_state *tkms_##kind##_first(struct tkms_initial *initial,		\
						struct tkms_##kind *object)		\
{											\
	struct tkms_device *kms = tkms_initial_device(initial);				\
	if (object->drm.dev == &kms->drm && kms->phase == TKMS_PHASE_CREATED)		\
		return to_tkms_##kind##_state(object->drm.state);			\
	tkms_fault(kms, TKMS_FAULT_FOREIGN_OBJECT);					\
	return NULL;									\
}

TKMS_DEFINE_LENDING(crtc, crtcs, commit->drm.dev->mode_config.num_crtc)
TKMS_DEFINE_LENDING(plane, planes, commit->drm.dev->mode_config.num_total_plane)
TKMS_DEFINE_LENDING(connector, connectors, commit->drm.num_connector)

/**
 * tkms_crtc_after - iterate over the CRTCs of a commit
 * @view: the commit
 * @last: the previous CRTC, or NULL
 *
 * Returns:
 * The next CRTC, or NULL.
 */
struct tkms_crtc *tkms_crtc_after(const struct tkms_view *view, const struct tkms_crtc *last)
{
	const struct drm_atomic_commit *commit = &to_tkms_commit(view)->drm;

	for (int i = last ? last->drm.index + 1 : 0; i < commit->dev->mode_config.num_crtc; i++) {
		if (commit->crtcs[i].ptr)
			return to_tkms_crtc(commit->crtcs[i].ptr);
	}

	return NULL;
}

/**
 * tkms_colorop_new - get the new state of a colour operation, which only clients change
 * @view: the commit
 * @colorop: the operation, of a plane of the commit's device
 *
 * Returns:
 * The state, or NULL if it is not part of the commit.
 */
const struct drm_colorop_state *tkms_colorop_new(const struct tkms_view *view,
						 struct drm_colorop *colorop)
{
	return drm_atomic_get_new_colorop_state(&to_tkms_commit(view)->drm, colorop);
}

/**
 * tkms_plane_move - make DRM's part of an asynchronous update
 * @shown: the current state
 * @new: the new state, which gets the framebuffer that was shown
 */
void tkms_plane_move(struct drm_plane_state *shown, struct drm_plane_state *new)
{
	swap(shown->fb, new->fb);
	shown->crtc_x = new->crtc_x;
	shown->crtc_y = new->crtc_y;
	shown->crtc_w = new->crtc_w;
	shown->crtc_h = new->crtc_h;
	shown->src_x = new->src_x;
	shown->src_y = new->src_y;
	shown->src_w = new->src_w;
	shown->src_h = new->src_h;
	shown->src = new->src;
	shown->dst = new->dst;
	shown->visible = new->visible;
}
