/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef TKMS_HANDLE_H
#define TKMS_HANDLE_H

/*
 * Declares handles. The type of a handle says which calls its holder may make now. Handles are
 * pointers to incomplete types: a driver cannot create one, look into one, or pass one instead of
 * another. The layer passes them to callbacks.
 */

#include <linux/build_bug.h>

/* In create_objects(): static objects may be created. */
struct tkms_setup;

/* In read_hardware(): first states may be changed without a commit. */
struct tkms_initial;

/* A commit that is being made or checked: objects may be added to it. */
struct tkms_composer;

/* A commit with a fixed set of objects: their new states may be borrowed. */
struct tkms_mutator;

/* The proof that hw_done was signalled; gives access to objects and old states. */
struct tkms_committed;

/* Any commit, read-only. */
struct tkms_view;

/**
 * tkms_as_mutator - use a composer as a mutator
 * @composer: the composer
 *
 * Returns:
 * The mutator of the same commit.
 */
static inline struct tkms_mutator *tkms_as_mutator(struct tkms_composer *composer)
{
	return (struct tkms_mutator *)composer;
}

/* Gives read access to a commit through any handle on one; other types do not compile. */
#define tkms_view(handle)								\
	_Generic((handle),								\
		 struct tkms_composer *: (const struct tkms_view *)(handle),		\
		 struct tkms_mutator *: (const struct tkms_view *)(handle),		\
		 const struct tkms_committed *: (const struct tkms_view *)(handle))

/*
 * Never defined: if the compiler cannot remove a call, it stops with this message. TKMS_TAKE() sets
 * the variable of a used handle to NULL, and the compiler follows this value as far as its
 * optimisation goes. A use that it cannot follow is caught at run time.
 */
__compiletime_error("a handle is used a second time, or was never given")
void __tkms_used_before(void);

/*
 * Takes the value out of a variable. It must be a variable of exactly this type: neither NULL nor a
 * pointer to void is a token.
 */
#define TKMS_TAKE(type, variable)							\
({											\
	struct type *__tkms_taken;							\
	static_assert(__same_type(variable, struct type *), #variable " is no struct " #type);\
	__tkms_taken = (variable);							\
	/* coverage: unreachable, such a use does not compile */			\
	if (__builtin_constant_p(!__tkms_taken) && !__tkms_taken)			\
		__tkms_used_before();							\
	(variable) = NULL;								\
	__tkms_taken;									\
})

/**
 * tkms_live - fail to compile if a mutator is used after hw_done
 * @mutator: the mutator
 *
 * Returns:
 * @mutator.
 */
static __always_inline struct tkms_mutator *tkms_live(struct tkms_mutator *mutator)
{
	/* coverage: unreachable, such a use does not compile */
	if (__builtin_constant_p(!mutator) && !mutator)
		__tkms_used_before();

	return mutator;
}

#endif /* TKMS_HANDLE_H */
