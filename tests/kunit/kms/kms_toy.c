// SPDX-License-Identifier: GPL-2.0
/* The driver of the tutorial in docs/kms-tutorial.md, which explains it. */

#include <drm/drm_edid.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_gem_shmem_helper.h>

#include "kms_toy.h"

static int toy_plane_check(struct toy_plane *plane, struct toy_plane_state *new,
			   const struct toy_plane_state *old, struct tkms_composer *composer)
{
	if (!new->base.drm.crtc)
		return 0;

	CLASS(tkms_crtc_borrow, crtc)(tkms_as_mutator(composer), to_tkms_crtc(new->base.drm.crtc));
	if (IS_ERR(crtc))
		return PTR_ERR(crtc);

	return drm_atomic_helper_check_plane_state(&new->base.drm, &crtc->drm, DRM_PLANE_NO_SCALING,
						   DRM_PLANE_NO_SCALING, false, true);
}

static void toy_plane_update(struct toy_plane *plane, struct toy_plane_state *new,
			     const struct toy_plane_state *old, struct tkms_mutator *mutator)
{
}

TKMS_DEFINE_PLANE_CLASS(toy_plane, toy_plane_state,
			.atomic_check = toy_plane_check,
			.atomic_update = toy_plane_update);

static int toy_crtc_enable_vblank(struct toy_crtc *crtc)
{
	return tkms_vblank_start_timer(toy_crtc_vblank(crtc));
}

static void toy_crtc_disable_vblank(struct toy_crtc *crtc)
{
	tkms_vblank_stop_timer(toy_crtc_vblank(crtc));
}

TKMS_DEFINE_VBLANK_CRTC_CLASS(toy_crtc, toy_crtc_state,
			      .enable_vblank = toy_crtc_enable_vblank,
			      .disable_vblank = toy_crtc_disable_vblank);

TKMS_DEFINE_CRTC_CLASS(toy_eink, toy_eink_state);

TKMS_DEFINE_ENCODER_CLASS(toy_encoder);

static int toy_panel_get_modes(struct toy_panel *panel)
{
	return drm_add_modes_noedid(&panel->base.drm, 800, 600);
}

TKMS_DEFINE_CONNECTOR_CLASS(toy_panel, toy_connector_state, .get_modes = toy_panel_get_modes);

static int toy_dock_get_modes(struct toy_dock *dock)
{
	return drm_add_modes_noedid(&dock->base.drm, 1024, 768);
}

TKMS_DEFINE_DYNAMIC_CONNECTOR_CLASS(toy_dock, toy_connector_state,
				    .get_modes = toy_dock_get_modes);

static struct toy_plane *toy_create_plane(struct tkms_setup *setup)
{
	static const u32 formats[] = { DRM_FORMAT_XRGB8888 };

	return toy_plane_create(setup, &(struct tkms_plane_info){
		DRM_PLANE_TYPE_PRIMARY, formats, ARRAY_SIZE(formats) });
}

static int toy_create_crtcs(struct tkms_setup *setup, struct toy *toy)
{
	struct toy_plane *paper = toy_create_plane(setup);

	if (IS_ERR(paper))
		return PTR_ERR(paper);
	toy->eink = toy_eink_create(setup, &(struct tkms_crtc_info){ &paper->base });
	if (IS_ERR(toy->eink))
		return PTR_ERR(toy->eink);

	toy->plane = toy_create_plane(setup);
	if (IS_ERR(toy->plane))
		return PTR_ERR(toy->plane);
	toy->crtc = toy_crtc_create(setup, &(struct tkms_crtc_info){ &toy->plane->base });

	return PTR_ERR_OR_ZERO(toy->crtc);
}

static int toy_create_objects(struct tkms_setup *setup)
{
	struct toy *toy = container_of(tkms_setup_device(setup), struct toy, base);
	int ret = toy_create_crtcs(setup, toy);

	if (ret)
		return ret;

	toy->encoder = toy_encoder_create(setup, DRM_MODE_ENCODER_VIRTUAL);
	if (IS_ERR(toy->encoder))
		return PTR_ERR(toy->encoder);
	ret = tkms_encoder_allow(setup, &toy->encoder->base, &toy->crtc->base) ?:
	      tkms_encoder_allow(setup, &toy->encoder->base, &toy->eink->base);
	if (ret)
		return ret;

	toy->panel = toy_panel_create(setup, &(struct tkms_connector_info){
		DRM_MODE_CONNECTOR_VIRTUAL, &toy->encoder->base });

	return PTR_ERR_OR_ZERO(toy->panel);
}

static const struct tkms_committed *toy_run_tail(struct tkms_mutator *mutator,
						 struct tkms_modesets_ready *modesets,
						 struct tkms_planes_ready *ready)
{
	struct tkms_disables_done *disables = tkms_commit_disables(mutator, modesets);
	struct tkms_enables_done *enables = tkms_commit_enables(mutator, disables);
	struct tkms_planes_done *planes = tkms_commit_planes(mutator, ready, TKMS_PLANES_ACTIVE);
	const struct tkms_committed *committed = tkms_commit_hw_done(mutator, enables, planes);

	tkms_wait_for_flips(committed);

	return committed;
}

TKMS_DEFINE_TAIL(toy_tail, toy_run_tail);

static int toy_mode_config_info(struct tkms_device *kms, struct tkms_config *config)
{
	*config = (struct tkms_config){ .max_width = 4096, .max_height = 4096 };

	return 0;
}

DEFINE_DRM_GEM_FOPS(toy_fops);

const struct tkms_driver toy_driver = {
	.drm = {
		.driver_features = TKMS_DRIVER_FEATURES | DRIVER_GEM,
		.fops = &toy_fops,
		DRM_GEM_SHMEM_DRIVER_OPS,
		.name = "toy",
		.desc = "Display that shows nothing",
	},
	.mode_config_info = toy_mode_config_info,
	.create_objects = toy_create_objects,
	.tail = &toy_tail,
};
