/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef COMPAT_STATES_H
#define COMPAT_STATES_H

/*
 * Linux 7.2 and older: objects have reset() instead of atomic_create_state(). It stores the first
 * state in the object, and reports no error.
 */

#include <linux/err.h>

#include <drm/drm_atomic_state_helper.h>
#include <drm/drm_connector.h>
#include <drm/drm_crtc.h>
#include <drm/drm_mode_config.h>
#include <drm/drm_plane.h>
#include <drm/drm_vblank.h>

#define __drm_atomic_helper_plane_state_init __drm_atomic_helper_plane_state_reset
#define __drm_atomic_helper_crtc_state_init __drm_atomic_helper_crtc_state_reset
#define __drm_atomic_helper_connector_state_init __drm_atomic_helper_connector_state_reset

/* Defines reset() of a class with the function that creates a state. */
#define COMPAT_DEFINE_RESET(kind, name)							\
static void name##_thunk_reset(struct drm_##kind *drm)					\
{											\
	struct drm_##kind##_state *state = drm->state ?: name##_thunk_create_state(drm);	\
	drm->state = IS_ERR(state) ? NULL : state;					\
}

static inline struct drm_connector_state *
compat_connector_create_state(struct drm_connector *connector)
{
	connector->funcs->reset(connector);

	return connector->state ?: ERR_PTR(-ENOMEM);
}

static inline bool compat_has_states(struct drm_device *drm)
{
	struct drm_connector_list_iter iterator;
	struct drm_connector *connector;
	bool has_states = true;
	struct drm_plane *plane;
	struct drm_crtc *crtc;

	drm_for_each_plane(plane, drm)
		has_states &= !!plane->state;
	drm_for_each_crtc(crtc, drm)
		has_states &= !!crtc->state;

	drm_connector_list_iter_begin(drm, &iterator);
	drm_for_each_connector_iter(connector, &iterator)
		has_states &= !!connector->state;
	drm_connector_list_iter_end(&iterator);

	return has_states;
}

static inline int drm_mode_config_create_initial_state(struct drm_device *drm)
{
	struct drm_crtc *crtc;

	drm_mode_config_reset(drm);
	if (!compat_has_states(drm))
		return -ENOMEM;

	/* The helpers of these kernels do this with a CRTC's first state. */
	drm_for_each_crtc(crtc, drm) {
		if (crtc->funcs->enable_vblank)
			drm_crtc_vblank_reset(crtc);
	}

	return 0;
}

#endif /* COMPAT_STATES_H */
