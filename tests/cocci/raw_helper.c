// SPDX-License-Identifier: GPL-2.0

static const struct drm_plane_funcs plane_funcs = { /* found */
	.update_plane = drm_atomic_helper_update_plane,
};

TKMS_DEFINE_PLANE_CLASS(toy_plane, toy_plane_state,
			.atomic_update = toy_plane_update);

static void enable(struct toy_crtc *crtc, struct toy_crtc_state *new,
		   const struct toy_crtc_state *old, struct tkms_mutator *mutator)
{
	drm_crtc_vblank_on(&crtc->base.drm); /* found */
}

static int create(struct drm_device *drm)
{
	struct drm_plane *plane __free(kfree) = NULL;

	drm_plane_helper_add(plane, &helpers); /* found */
	drm_mode_config_reset(drm); /* found */
	drm_atomic_helper_check_plane_state(state, crtc_state, 0, 0, false, true);

	return drm_dev_register(drm, 0); /* found */
}
