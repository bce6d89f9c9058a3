/* SPDX-License-Identifier: GPL-2.0 */
#ifndef SHIM_LINUX_PRANDOM_H
#define SHIM_LINUX_PRANDOM_H

#include <string.h>

#include <linux/types.h>

/* SplitMix64, not the kernel's sequence: no test may depend on the values. */
struct rnd_state {
	u64 counter;
};

static inline void prandom_seed_state(struct rnd_state *state, u64 seed)
{
	state->counter = seed;
}

static inline u32 prandom_u32_state(struct rnd_state *state)
{
	u64 x = state->counter += 0x9e3779b97f4a7c15ull;

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ull;
	x = (x ^ x >> 27) * 0x94d049bb133111ebull;

	return x >> 32;
}

static inline void prandom_bytes_state(struct rnd_state *state, void *to, size_t size)
{
	for (size_t i = 0; i < size; i++)
		((u8 *)to)[i] = prandom_u32_state(state);
}

#endif /* SHIM_LINUX_PRANDOM_H */
