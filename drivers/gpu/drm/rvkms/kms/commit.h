/* SPDX-License-Identifier: GPL-2.0 */
#ifndef KMS_COMMIT_H
#define KMS_COMMIT_H

/*
 * The commit tail writes a checked commit to the hardware. Its steps are: disable what goes off,
 * enable what goes on, update the planes, signal hw_done. Disables come before enables, planes are
 * updated when it suits the hardware, and hw_done is last. So there are exactly three orders, and
 * each is there as a struct kms_tail.
 *
 * A driver with more to do between the steps writes a tail of its own. Each step consumes a token
 * and returns the one of the next step:
 *
 *	modesets_ready -> kms_commit_disables() -> disables_done
 *	disables_done  -> kms_commit_enables()  -> enables_done
 *	planes_ready   -> kms_commit_planes()   -> planes_done
 *	mutator, enables_done, planes_done -> kms_commit_hw_done() -> committed
 *
 * The tail must return the last, so it cannot leave out a step. It cannot misorder them, since it
 * has no token for a step that is not due, and cannot repeat one, since a step takes its token out
 * of the variable.
 */

#include <linux/compiler.h>
#include <linux/types.h>

#include "handle.h"

struct kms_device;
struct kms_modesets_ready;
struct kms_disables_done;
struct kms_enables_done;
struct kms_planes_ready;
struct kms_planes_done;

/**
 * struct kms_tail - an order of the commit tail
 * @run: does all steps
 */
struct kms_tail {
	const struct kms_committed *(*run)(struct kms_mutator *mutator,
					   struct kms_modesets_ready *modesets,
					   struct kms_planes_ready *planes);
};

extern const struct kms_tail kms_tail_planes_first;
extern const struct kms_tail kms_tail_planes_between;
extern const struct kms_tail kms_tail_planes_last;

/**
 * KMS_DEFINE_TAIL - make a function a struct kms_tail
 * @name: of the tail
 * @function: takes what kms_tail.run takes, returns what kms_commit_hw_done() gave it
 */
#define KMS_DEFINE_TAIL(name, function)							\
static const struct kms_committed *name##_run(struct kms_mutator *mutator,		\
					      struct kms_modesets_ready *modesets,	\
					      struct kms_planes_ready *planes)		\
{											\
	const struct kms_committed *proof = function(mutator, modesets, planes);	\
											\
	/* coverage: unreachable, what gets here does not compile */			\
	if (__builtin_constant_p(!proof) && !proof)					\
		__kms_used_before();							\
	return proof;									\
}											\
static const struct kms_tail name = { .run = name##_run }

/* How planes are updated. */
enum kms_planes {
	/* also those of CRTCs that are off */
	KMS_PLANES_ALL,
	/* not those of CRTCs that are off: their registers may not be there */
	KMS_PLANES_ACTIVE,
};

struct kms_disables_done * __must_check
__kms_commit_disables(struct kms_mutator *mutator, struct kms_modesets_ready *modesets);
struct kms_enables_done * __must_check
__kms_commit_enables(struct kms_mutator *mutator, struct kms_disables_done *disables);
struct kms_planes_done * __must_check
__kms_commit_planes(struct kms_mutator *mutator, struct kms_planes_ready *planes,
		    enum kms_planes which);
const struct kms_committed * __must_check
__kms_commit_hw_done(struct kms_mutator *mutator, struct kms_enables_done *enables,
		     struct kms_planes_done *planes);

/* Switches off CRTCs, encoders and connectors; takes modesets_ready, gives disables_done. */
#define kms_commit_disables(mutator, modesets)						\
	__kms_commit_disables(kms_live(mutator), KMS_TAKE(kms_modesets_ready, modesets))

/* Switches on CRTCs, encoders and connectors; takes disables_done, gives enables_done. */
#define kms_commit_enables(mutator, disables)						\
	__kms_commit_enables(kms_live(mutator), KMS_TAKE(kms_disables_done, disables))

/* Updates the planes; takes planes_ready, gives planes_done. */
#define kms_commit_planes(mutator, planes, which)					\
	__kms_commit_planes(kms_live(mutator), KMS_TAKE(kms_planes_ready, planes), which)

/*
 * Tells DRM that the hardware has all of the commit; takes the mutator and what the other steps
 * gave. From here on the next commit may run and free this one's new states: only objects and old
 * states are left.
 */
#define kms_commit_hw_done(mutator, enables, planes)					\
	__kms_commit_hw_done(KMS_TAKE(kms_mutator, mutator),				\
			     KMS_TAKE(kms_enables_done, enables),			\
			     KMS_TAKE(kms_planes_done, planes))

void kms_wait_for_vblanks(const struct kms_committed *committed);
void kms_wait_for_flips(const struct kms_committed *committed);

/**
 * typedef kms_compose_t - what makes a commit inside the kernel
 * @composer: takes the objects to change
 * @data: the caller's
 *
 * It runs again from the start if the locks had to be given up: it must not change anything but
 * the states that it borrows.
 *
 * Returns:
 * 0 or a negative errno, -EDEADLK included, as the functions it calls gave it.
 */
typedef int (*kms_compose_t)(struct kms_composer *composer, void *data);

int __must_check kms_commit(struct kms_device *kms, kms_compose_t compose, void *data);

#endif /* KMS_COMMIT_H */
