/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CRTC_H
#define RVKMS_CRTC_H

#include "../core/check/verdict.h"
#include "../kms/class.h"
#include "../scanout/scanout.h"
#include "../scanout/vblank_timer.h"

struct rvkms_color_snapshot;
struct rvkms_device_desc;
struct rvkms_plane;
struct rvkms_plane_state;
struct rvkms_snapshot;
struct seq_file;

/**
 * struct rvkms_crtc - a CRTC
 * @base: the KMS object
 * @limits: the limits of states that it accepts
 * @degamma_size: entries of its degamma table, 0 for none
 * @gamma_size: entries of its gamma table, 0 for none
 * @timer: its vblank timer; never enabled on a CRTC without vblanks
 * @scanout: shows and composes its frames
 */
struct rvkms_crtc {
	struct tkms_crtc base;
	struct rvkms_device_limits limits;
	u32 degamma_size;
	u32 gamma_size;
	struct rvkms_vblank_timer timer;
	struct rvkms_scanout scanout;
};

/**
 * struct rvkms_crtc_state - the state of a CRTC
 * @base: the KMS state
 * @snapshot: allocated by the check of an active CRTC, filled and published by the commit; NULL
 *            otherwise
 * @color: the colour pipeline, or NULL; built by the check of a state that changes it
 * @bpc: bits per channel that all its monitors get; set by the check of a modeset
 * @refresh: the refresh rates that all its monitors have; set by the check of a modeset
 */
struct rvkms_crtc_state {
	struct tkms_crtc_state base;
	struct rvkms_snapshot *snapshot;
	struct rvkms_color_snapshot *color;
	u32 bpc;
	struct rvkms_refresh refresh;
};

TKMS_DECLARE_OPTIONAL_VBLANK_CRTC_CLASS(rvkms_crtc, rvkms_crtc_state);

struct rvkms_crtc *rvkms_crtc_create_with(struct tkms_setup *setup,
					  const struct rvkms_device_desc *desc, u32 index,
					  struct rvkms_plane *primary, struct rvkms_plane *cursor);
void rvkms_crtc_update_plane(struct rvkms_crtc *crtc, const struct rvkms_plane_state *plane,
			     struct tkms_mutator *mutator);
int rvkms_crtc_show_stats(struct seq_file *file, void *unused);

#endif /* RVKMS_CRTC_H */
