/* SPDX-License-Identifier: GPL-2.0 */
#ifndef KMS_HANDLE_H
#define KMS_HANDLE_H

/*
 * Handles say what their holder may do now. They are pointers to types that are never completed:
 * a driver cannot make one, look into one, or pass one where another is wanted. The layer gives
 * them to callbacks.
 */

#include <linux/build_bug.h>

/* Inside create_objects(): static objects may be created. */
struct kms_setup;

/* Inside read_hardware(): first states may be changed without a commit. */
struct kms_initial;

/* A commit that is being made or checked: objects may be added to it. */
struct kms_composer;

/* A commit whose objects are settled: their new states may be borrowed. */
struct kms_mutator;

/* The proof that hw_done was signalled, and what may be read after it. */
struct kms_committed;

/* Any commit, to be read. */
struct kms_view;

/**
 * kms_as_mutator - do with a composer what can be done with a mutator
 * @composer: the composer
 *
 * Returns:
 * The mutator of the same commit.
 */
static inline struct kms_mutator *kms_as_mutator(struct kms_composer *composer)
{
	return (struct kms_mutator *)composer;
}

/* Reads a commit through any handle on one; another type has no branch here. */
#define kms_view(handle)								\
	_Generic((handle),								\
		 struct kms_composer *: (const struct kms_view *)(handle),		\
		 struct kms_mutator *: (const struct kms_view *)(handle),		\
		 const struct kms_committed *: (const struct kms_view *)(handle))

/*
 * Never defined: where the compiler cannot remove the call, it stops with this text. It knows that
 * a handle was used before because KMS_TAKE() set the variable to NULL, and follows its value as
 * far as optimisation goes; what it cannot follow is caught when it runs.
 */
__compiletime_error("a handle is used a second time, or was never given")
void __kms_used_before(void);

/*
 * Takes the value out of a variable. The variable must be one, and of just that type: neither a
 * fresh NULL nor a pointer to void is a token.
 */
#define KMS_TAKE(type, variable)							\
({											\
	struct type *__kms_taken;							\
	static_assert(__same_type(variable, struct type *), #variable " is no struct " #type);\
	__kms_taken = (variable);							\
	/* coverage: unreachable, what gets here does not compile */			\
	if (__builtin_constant_p(!__kms_taken) && !__kms_taken)				\
		__kms_used_before();							\
	(variable) = NULL;								\
	__kms_taken;									\
})

/**
 * kms_live - stop the compiler where a mutator is used after hw_done
 * @mutator: the mutator
 *
 * Returns:
 * @mutator.
 */
static __always_inline struct kms_mutator *kms_live(struct kms_mutator *mutator)
{
	/* coverage: unreachable, what gets here does not compile */
	if (__builtin_constant_p(!mutator) && !mutator)
		__kms_used_before();

	return mutator;
}

#endif /* KMS_HANDLE_H */
