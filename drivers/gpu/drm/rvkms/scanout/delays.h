/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_DELAYS_H
#define RVKMS_DELAYS_H

#include <linux/prandom.h>
#include <linux/types.h>

struct drm_crtc;

/**
 * struct rvkms_delays - delays for tests, to have late frames in virtual time
 * @frame_ns: additional time of each composition, ns
 * @pixel_ps: additional time of a composition per pixel, ps
 * @is_random: multiply each delay of a composition by a random number between 0 and 2
 * @random: the state of the random numbers
 * @table: the delays of successive compositions, ns, instead of all above; or NULL
 * @num_table: number of entries of the table, which repeats
 * @num_used: number of entries that were used
 *
 * Without CONFIG_DRM_RVKMS_DELAYS nothing is ever delayed.
 */
struct rvkms_delays {
	u64 frame_ns;
	u64 pixel_ps;
	bool is_random;
	struct rnd_state random;
	const u64 *table;
	u32 num_table;
	u32 num_used;
};

#ifdef CONFIG_DRM_RVKMS_DELAYS
void rvkms_delays_init(struct rvkms_delays *delays, unsigned int crtc);
u64 rvkms_delays_compose(struct rvkms_delays *delays, u64 num_pixels);
void rvkms_delays_wait(u64 begin_ns, u64 delay_ns, const bool *is_cancelled);
u64 rvkms_delays_vblank(unsigned int crtc);
#else
static inline void rvkms_delays_init(struct rvkms_delays *delays, unsigned int crtc)
{
}

static inline u64 rvkms_delays_compose(struct rvkms_delays *delays, u64 num_pixels)
{
	return 0;
}

static inline void rvkms_delays_wait(u64 begin_ns, u64 delay_ns, const bool *is_cancelled)
{
}

static inline u64 rvkms_delays_vblank(unsigned int crtc)
{
	return 0;
}
#endif

#endif /* RVKMS_DELAYS_H */
