/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef TKMS_COMMIT_H
#define TKMS_COMMIT_H

/*
 * Defines the commit tail, which writes a checked commit to the hardware. Its steps are disables,
 * enables, planes and hw_done. Disables come before enables, planes are updated when it suits the
 * hardware, and hw_done is last. So there are three orders, and each exists as a struct tkms_tail.
 *
 * A driver with more to do between the steps writes a tail of its own. Each step consumes a token
 * and returns the token of the next step:
 *
 *	modesets_ready -> tkms_commit_disables() -> disables_done
 *	disables_done  -> tkms_commit_enables()  -> enables_done
 *	planes_ready   -> tkms_commit_planes()   -> planes_done
 *	mutator, enables_done, planes_done -> tkms_commit_hw_done() -> committed
 *
 * The tail must return the last token, so it cannot leave out a step. It cannot misorder steps,
 * since it has no token for a step that is not due. It cannot repeat a step, since a step takes its
 * token out of the variable.
 */

#include <linux/bits.h>

#include <drm/drm_atomic.h>
#include <drm/drm_atomic_helper.h>

#include "handle.h"

struct tkms_device;
struct tkms_modesets_ready;
struct tkms_disables_done;
struct tkms_enables_done;
struct tkms_planes_ready;
struct tkms_planes_done;

/* The time of the planes step: all legal orders. */
enum tkms_tail_planes {
	TKMS_TAIL_PLANES_FIRST,
	TKMS_TAIL_PLANES_BETWEEN,
	TKMS_TAIL_PLANES_LAST,
};

/**
 * struct tkms_tail - an order of the commit tail
 * @planes: the order
 * @run: does all steps in the driver's own order, or NULL
 */
struct tkms_tail {
	enum tkms_tail_planes planes;
	const struct tkms_committed *(*run)(struct tkms_mutator *mutator,
					    struct tkms_modesets_ready *modesets,
					    struct tkms_planes_ready *planes);
};

extern const struct tkms_tail tkms_tail_planes_first;
extern const struct tkms_tail tkms_tail_planes_between;
extern const struct tkms_tail tkms_tail_planes_last;

/**
 * TKMS_DEFINE_TAIL - define a struct tkms_tail from a function
 * @name: the name of the tail
 * @function: has the parameters of tkms_tail.run, and returns the result of tkms_commit_hw_done()
 */
#define TKMS_DEFINE_TAIL(name, function)						\
static const struct tkms_committed *name##_run(struct tkms_mutator *mutator,		\
					       struct tkms_modesets_ready *modesets,	\
					       struct tkms_planes_ready *planes)	\
{											\
	const struct tkms_committed *proof = function(mutator, modesets, planes);	\
											\
	/* coverage: unreachable, such a tail does not compile */			\
	if (__builtin_constant_p(!proof) && !proof)					\
		__tkms_used_before();							\
	return proof;									\
}											\
static const struct tkms_tail name = { .run = name##_run }

/* The planes to update, as flags of DRM. */
enum tkms_planes {
	/* all planes of the commit */
	TKMS_PLANES_ALL = 0,
	/* only planes of CRTCs that are on: the registers of other planes may be inaccessible */
	TKMS_PLANES_ACTIVE = DRM_PLANE_COMMIT_ACTIVE_ONLY,
};

/* The steps, as bits; a tail does them with the macros below. */
#define TKMS_STEP_DISABLES BIT(0)
#define TKMS_STEP_ENABLES BIT(1)
#define TKMS_STEP_PLANES BIT(2)
#define TKMS_STEP_HW_DONE BIT(3)

void *tkms_commit_step(struct tkms_mutator *mutator, const void *token, unsigned int step,
		       enum tkms_planes which);

#define TKMS_DEFINE_STEP(result, name, step)						\
static inline result * __must_check							\
__tkms_commit_##name(struct tkms_mutator *mutator, const void *token, enum tkms_planes which) \
{											\
	return tkms_commit_step(mutator, token, step, which);				\
}

TKMS_DEFINE_STEP(struct tkms_disables_done, disables, TKMS_STEP_DISABLES)
TKMS_DEFINE_STEP(struct tkms_enables_done, enables, TKMS_STEP_ENABLES)
TKMS_DEFINE_STEP(struct tkms_planes_done, planes, TKMS_STEP_PLANES)
TKMS_DEFINE_STEP(const struct tkms_committed, hw_done, TKMS_STEP_HW_DONE)

/* Switches off CRTCs, encoders and connectors; takes modesets_ready, returns disables_done. */
#define tkms_commit_disables(mutator, modesets)						\
	__tkms_commit_disables(tkms_live(mutator), TKMS_TAKE(tkms_modesets_ready, modesets),	\
			       TKMS_PLANES_ALL)

/* Switches on CRTCs, encoders and connectors; takes disables_done, returns enables_done. */
#define tkms_commit_enables(mutator, disables)						\
	__tkms_commit_enables(tkms_live(mutator), TKMS_TAKE(tkms_disables_done, disables), \
			      TKMS_PLANES_ALL)

/* Updates the planes; takes planes_ready, returns planes_done. */
#define tkms_commit_planes(mutator, planes, which)					\
	__tkms_commit_planes(tkms_live(mutator), TKMS_TAKE(tkms_planes_ready, planes), which)

/*
 * Tells DRM that the hardware has all of the commit; takes the mutator and the tokens of the other
 * steps. From here on the next commit may run and free this one's new states: only objects and old
 * states may be used.
 */
#define tkms_commit_hw_done(mutator, enables, planes)					\
	__tkms_commit_hw_done(TKMS_TAKE(tkms_mutator, mutator),				\
			      tkms_same_token(TKMS_TAKE(tkms_enables_done, enables),	\
					      TKMS_TAKE(tkms_planes_done, planes)),	\
			      TKMS_PLANES_ALL)

static inline const void *tkms_same_token(const void *one, const void *other)
{
	return one == other ? one : NULL;
}

#define TKMS_DEFINE_WAIT(name, helper)							\
static inline void tkms_wait_for_##name(const struct tkms_committed *committed)		\
{											\
	struct drm_atomic_commit *drm = (struct drm_atomic_commit *)committed;		\
	helper(drm->dev, drm);								\
}

/* tkms_wait_for_vblanks() waits until every CRTC that changed has had a vblank. */
TKMS_DEFINE_WAIT(vblanks, drm_atomic_helper_wait_for_vblanks)
/* tkms_wait_for_flips() waits until every CRTC of the commit has sent its event. */
TKMS_DEFINE_WAIT(flips, drm_atomic_helper_wait_for_flip_done)

#endif /* TKMS_COMMIT_H */
