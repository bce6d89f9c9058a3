/* SPDX-License-Identifier: GPL-2.0 */
#ifndef KMS_HANDLE_H
#define KMS_HANDLE_H

/*
 * Declares handles. The type of a handle says which calls its holder may make now. Handles are
 * pointers to incomplete types: a driver cannot create one, look into one, or pass one instead of
 * another. The layer passes them to callbacks.
 */

#include <linux/build_bug.h>

/* In create_objects(): static objects may be created. */
struct kms_setup;

/* In read_hardware(): first states may be changed without a commit. */
struct kms_initial;

/* A commit that is being made or checked: objects may be added to it. */
struct kms_composer;

/* A commit with a fixed set of objects: their new states may be borrowed. */
struct kms_mutator;

/* The proof that hw_done was signalled; gives access to objects and old states. */
struct kms_committed;

/* Any commit, read-only. */
struct kms_view;

/**
 * kms_as_mutator - use a composer as a mutator
 * @composer: the composer
 *
 * Returns:
 * The mutator of the same commit.
 */
static inline struct kms_mutator *kms_as_mutator(struct kms_composer *composer)
{
	return (struct kms_mutator *)composer;
}

/* Gives read access to a commit through any handle on one; other types do not compile. */
#define kms_view(handle)								\
	_Generic((handle),								\
		 struct kms_composer *: (const struct kms_view *)(handle),		\
		 struct kms_mutator *: (const struct kms_view *)(handle),		\
		 const struct kms_committed *: (const struct kms_view *)(handle))

/*
 * Never defined: if the compiler cannot remove a call, it stops with this message. KMS_TAKE() sets
 * the variable of a used handle to NULL, and the compiler follows this value as far as its
 * optimisation goes. A use that it cannot follow is caught at run time.
 */
__compiletime_error("a handle is used a second time, or was never given")
void __kms_used_before(void);

/*
 * Takes the value out of a variable. It must be a variable of exactly this type: neither NULL nor a
 * pointer to void is a token.
 */
#define KMS_TAKE(type, variable)							\
({											\
	struct type *__kms_taken;							\
	static_assert(__same_type(variable, struct type *), #variable " is no struct " #type);\
	__kms_taken = (variable);							\
	/* coverage: unreachable, such a use does not compile */			\
	if (__builtin_constant_p(!__kms_taken) && !__kms_taken)				\
		__kms_used_before();							\
	(variable) = NULL;								\
	__kms_taken;									\
})

/**
 * kms_live - fail to compile if a mutator is used after hw_done
 * @mutator: the mutator
 *
 * Returns:
 * @mutator.
 */
static __always_inline struct kms_mutator *kms_live(struct kms_mutator *mutator)
{
	/* coverage: unreachable, such a use does not compile */
	if (__builtin_constant_p(!mutator) && !mutator)
		__kms_used_before();

	return mutator;
}

#endif /* KMS_HANDLE_H */
