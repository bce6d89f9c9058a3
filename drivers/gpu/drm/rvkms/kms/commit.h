/* SPDX-License-Identifier: GPL-2.0 */
#ifndef KMS_COMMIT_H
#define KMS_COMMIT_H

/*
 * Defines the commit tail, which writes a checked commit to the hardware. Its steps are disables,
 * enables, planes and hw_done. Disables come before enables, planes are updated when it suits the
 * hardware, and hw_done is last. So there are three orders, and each exists as a struct kms_tail.
 *
 * A driver with more to do between the steps writes a tail of its own. Each step consumes a token
 * and returns the token of the next step:
 *
 *	modesets_ready -> kms_commit_disables() -> disables_done
 *	disables_done  -> kms_commit_enables()  -> enables_done
 *	planes_ready   -> kms_commit_planes()   -> planes_done
 *	mutator, enables_done, planes_done -> kms_commit_hw_done() -> committed
 *
 * The tail must return the last token, so it cannot leave out a step. It cannot misorder steps,
 * since it has no token for a step that is not due. It cannot repeat a step, since a step takes its
 * token out of the variable.
 */

#include <linux/bits.h>

#include <drm/drm_atomic.h>
#include <drm/drm_atomic_helper.h>

#include "handle.h"

struct kms_device;
struct kms_modesets_ready;
struct kms_disables_done;
struct kms_enables_done;
struct kms_planes_ready;
struct kms_planes_done;

/* The time of the planes step: all legal orders. */
enum kms_tail_planes {
	KMS_TAIL_PLANES_FIRST,
	KMS_TAIL_PLANES_BETWEEN,
	KMS_TAIL_PLANES_LAST,
};

/**
 * struct kms_tail - an order of the commit tail
 * @planes: the order
 * @run: does all steps in the driver's own order, or NULL
 */
struct kms_tail {
	enum kms_tail_planes planes;
	const struct kms_committed *(*run)(struct kms_mutator *mutator,
					   struct kms_modesets_ready *modesets,
					   struct kms_planes_ready *planes);
};

extern const struct kms_tail kms_tail_planes_first;
extern const struct kms_tail kms_tail_planes_between;
extern const struct kms_tail kms_tail_planes_last;

/**
 * KMS_DEFINE_TAIL - define a struct kms_tail from a function
 * @name: the name of the tail
 * @function: has the parameters of kms_tail.run, and returns the result of kms_commit_hw_done()
 */
#define KMS_DEFINE_TAIL(name, function)							\
static const struct kms_committed *name##_run(struct kms_mutator *mutator,		\
					      struct kms_modesets_ready *modesets,	\
					      struct kms_planes_ready *planes)		\
{											\
	const struct kms_committed *proof = function(mutator, modesets, planes);	\
											\
	/* coverage: unreachable, such a tail does not compile */			\
	if (__builtin_constant_p(!proof) && !proof)					\
		__kms_used_before();							\
	return proof;									\
}											\
static const struct kms_tail name = { .run = name##_run }

/* The planes to update, as flags of DRM. */
enum kms_planes {
	/* all planes of the commit */
	KMS_PLANES_ALL = 0,
	/* only planes of CRTCs that are on: the registers of other planes may be inaccessible */
	KMS_PLANES_ACTIVE = DRM_PLANE_COMMIT_ACTIVE_ONLY,
};

/* The steps, as bits; a tail does them with the macros below. */
#define KMS_STEP_DISABLES BIT(0)
#define KMS_STEP_ENABLES BIT(1)
#define KMS_STEP_PLANES BIT(2)
#define KMS_STEP_HW_DONE BIT(3)

void *kms_commit_step(struct kms_mutator *mutator, const void *token, unsigned int step,
		      enum kms_planes which);

#define KMS_DEFINE_STEP(result, name, step)						\
static inline result * __must_check							\
__kms_commit_##name(struct kms_mutator *mutator, const void *token, enum kms_planes which) \
{											\
	return kms_commit_step(mutator, token, step, which);				\
}

KMS_DEFINE_STEP(struct kms_disables_done, disables, KMS_STEP_DISABLES)
KMS_DEFINE_STEP(struct kms_enables_done, enables, KMS_STEP_ENABLES)
KMS_DEFINE_STEP(struct kms_planes_done, planes, KMS_STEP_PLANES)
KMS_DEFINE_STEP(const struct kms_committed, hw_done, KMS_STEP_HW_DONE)

/* Switches off CRTCs, encoders and connectors; takes modesets_ready, returns disables_done. */
#define kms_commit_disables(mutator, modesets)						\
	__kms_commit_disables(kms_live(mutator), KMS_TAKE(kms_modesets_ready, modesets),	\
			      KMS_PLANES_ALL)

/* Switches on CRTCs, encoders and connectors; takes disables_done, returns enables_done. */
#define kms_commit_enables(mutator, disables)						\
	__kms_commit_enables(kms_live(mutator), KMS_TAKE(kms_disables_done, disables),	\
			     KMS_PLANES_ALL)

/* Updates the planes; takes planes_ready, returns planes_done. */
#define kms_commit_planes(mutator, planes, which)					\
	__kms_commit_planes(kms_live(mutator), KMS_TAKE(kms_planes_ready, planes), which)

/*
 * Tells DRM that the hardware has all of the commit; takes the mutator and the tokens of the other
 * steps. From here on the next commit may run and free this one's new states: only objects and old
 * states may be used.
 */
#define kms_commit_hw_done(mutator, enables, planes)					\
	__kms_commit_hw_done(KMS_TAKE(kms_mutator, mutator),				\
			     kms_same_token(KMS_TAKE(kms_enables_done, enables),	\
					    KMS_TAKE(kms_planes_done, planes)),		\
			     KMS_PLANES_ALL)

static inline const void *kms_same_token(const void *one, const void *other)
{
	return one == other ? one : NULL;
}

#define KMS_DEFINE_WAIT(name, helper)							\
static inline void kms_wait_for_##name(const struct kms_committed *committed)		\
{											\
	struct drm_atomic_commit *drm = (struct drm_atomic_commit *)committed;		\
	helper(drm->dev, drm);								\
}

/* kms_wait_for_vblanks() waits until every CRTC that changed has had a vblank. */
KMS_DEFINE_WAIT(vblanks, drm_atomic_helper_wait_for_vblanks)
/* kms_wait_for_flips() waits until every CRTC of the commit has sent its event. */
KMS_DEFINE_WAIT(flips, drm_atomic_helper_wait_for_flip_done)

/**
 * typedef kms_compose_t - function that fills in a commit inside the kernel
 * @composer: the commit
 * @data: from kms_commit()
 *
 * It runs again from the start after a deadlock: it must not change anything but the states that it
 * borrows.
 *
 * Returns:
 * 0 or a negative errno. It passes on errors of the functions that it calls, including -EDEADLK.
 */
typedef int (*kms_compose_t)(struct kms_composer *composer, void *data);

int __must_check kms_commit(struct kms_device *kms, kms_compose_t compose, void *data);

#endif /* KMS_COMMIT_H */
