// SPDX-License-Identifier: GPL-2.0
/*
 * A driver of imaginary hardware, on the same layer as rvkms but unlike it: a CRTC with vblanks
 * drives a panel or a dock, a CRTC without vblanks drives an electronic paper. A test controls it
 * by a script.
 */

#include <linux/slab.h>

#include <drm/drm_edid.h>
#include <drm/drm_fbdev_shmem.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_gem_shmem_helper.h>
#include <drm/drm_kunit_helpers.h>

#include "kms_probe.h"

static struct probe_script *probe_script(const struct drm_device *drm)
{
	return dev_get_drvdata(drm->dev);
}

static void probe_note(struct probe_script *script, char part)
{
	const size_t length = strlen(script->parts);

	if (length + 1 < sizeof(script->parts))
		script->parts[length] = part;
}

static void probe_plane_update(struct probe_plane *plane, struct probe_plane_state *new,
			       const struct probe_plane_state *old, struct tkms_mutator *mutator)
{
	plane->updates++;
}

static void probe_plane_disable(struct probe_plane *plane, struct probe_plane_state *new,
				const struct probe_plane_state *old, struct tkms_mutator *mutator)
{
	plane->disables++;
}

/* A negative tint needs a whole commit. */
static int probe_plane_async_check(struct probe_plane *plane, struct probe_plane_state *new,
				   const struct probe_plane_state *old,
				   struct tkms_composer *composer, bool is_flip)
{
	return is_flip || new->tint < 0 ? -EINVAL : 0;
}

static void probe_plane_async_update(struct probe_plane *plane, struct probe_plane_state *new,
				     struct probe_plane_state *old, struct tkms_mutator *mutator)
{
	old->tint = new->tint;
	plane->async_updates++;
}

static int probe_plane_prepare_fb(struct probe_plane *plane, struct probe_plane_state *state)
{
	plane->prepared++;

	return 0;
}

static void probe_plane_cleanup_fb(struct probe_plane *plane, struct probe_plane_state *state)
{
	plane->cleaned++;
}

static int probe_plane_get_scanout_buffer(struct probe_plane *plane,
					  struct drm_scanout_buffer *buffer)
{
	buffer->width = 640;

	return 0;
}

static bool probe_plane_format_mod_supported_async(struct probe_plane *plane, u32 format,
						   u64 modifier)
{
	return modifier == DRM_FORMAT_MOD_LINEAR;
}

TKMS_DEFINE_PANIC_PLANE_CLASS(probe_plane, probe_plane_state,
			      .atomic_update = probe_plane_update,
			      .atomic_disable = probe_plane_disable,
			      .atomic_async_check = probe_plane_async_check,
			      .atomic_async_update = probe_plane_async_update,
			      .format_mod_supported_async = probe_plane_format_mod_supported_async,
			      .prepare_fb = probe_plane_prepare_fb,
			      .cleanup_fb = probe_plane_cleanup_fb,
			      .get_scanout_buffer = probe_plane_get_scanout_buffer);

static int probe_crtc_copy(struct probe_crtc_state *new, const struct probe_crtc_state *old)
{
	struct probe_script *script = probe_script(new->base.drm.crtc->dev);

	script->num_dirty += new->ballast || new->gain;
	new->gain = old->gain;
	new->ballast = script->fails_copies ? NULL : kmalloc_obj(*new->ballast);
	if (!new->ballast)
		return -ENOMEM;
	*new->ballast = old->ballast ? *old->ballast + 1 : 0;
	script->num_ballast++;

	return 0;
}

static void probe_crtc_drop(struct probe_crtc_state *state)
{
	if (state->ballast)
		probe_script(state->base.drm.crtc->dev)->num_ballast--;
	kfree(state->ballast);
}

static void probe_crtc_init(struct probe_crtc_state *state)
{
	/* DRM's part is already set. */
	state->gain = state->base.drm.crtc ? 7 : 0;
}

static int probe_crtc_check(struct probe_crtc *crtc, struct probe_crtc_state *new,
			    const struct probe_crtc_state *old, struct tkms_composer *composer)
{
	struct probe_script *script = probe_script(crtc->base.drm.dev);

	return script->check ? script->check(crtc, new, old, composer) : 0;
}

static void probe_crtc_enable(struct probe_crtc *crtc, struct probe_crtc_state *new,
			      const struct probe_crtc_state *old, struct tkms_mutator *mutator)
{
	struct probe_script *script = probe_script(crtc->base.drm.dev);

	crtc->is_on = true;
	probe_note(script, 'E');
	if (script->enable)
		script->enable(crtc, new, old, mutator);
}

static void probe_crtc_disable(struct probe_crtc *crtc, struct probe_crtc_state *new,
			       const struct probe_crtc_state *old, struct tkms_mutator *mutator)
{
	crtc->is_on = false;
	probe_note(probe_script(crtc->base.drm.dev), 'D');
}

static void probe_crtc_flush(struct probe_crtc *crtc, struct probe_crtc_state *new,
			     const struct probe_crtc_state *old, struct tkms_mutator *mutator)
{
	struct probe_script *script = probe_script(crtc->base.drm.dev);

	probe_note(script, 'P');
	if (script->flush)
		script->flush(crtc, new, old, mutator);
}

static int probe_crtc_enable_vblank(struct probe_crtc *crtc)
{
	crtc->vblanks_enabled++;

	return tkms_vblank_start_timer(probe_crtc_vblank(crtc));
}

static void probe_crtc_disable_vblank(struct probe_crtc *crtc)
{
	crtc->vblanks_enabled--;
	tkms_vblank_stop_timer(probe_crtc_vblank(crtc));
}

static enum drm_mode_status probe_crtc_mode_valid(struct probe_crtc *crtc,
						  const struct drm_display_mode *mode)
{
	return mode->hdisplay > 1920 ? MODE_BAD_HVALUE : MODE_OK;
}

static int probe_crtc_late_register(struct probe_crtc *crtc)
{
	crtc->is_registered = true;

	return 0;
}

static void probe_crtc_early_unregister(struct probe_crtc *crtc)
{
	crtc->is_registered = false;
	crtc->phase_of_end = to_tkms_device(crtc->base.drm.dev)->phase;
}

/* Always in line 100: the vertical blanking of 640x480 ends 380 lines of 800 pixels before it. */
static bool probe_crtc_get_scanout_position(struct probe_crtc *crtc, bool in_irq, int *vpos,
					    int *hpos, ktime_t *start, ktime_t *end,
					    const struct drm_display_mode *mode)
{
	*vpos = 100;
	*hpos = 0;
	*start = ktime_get();
	*end = *start;

	return true;
}

TKMS_DEFINE_VBLANK_CRTC_CLASS(probe_crtc, probe_crtc_state,
			      .mode_valid = probe_crtc_mode_valid,
			      .late_register = probe_crtc_late_register,
			      .early_unregister = probe_crtc_early_unregister,
			      .get_scanout_position = probe_crtc_get_scanout_position,
			      .init_state = probe_crtc_init,
			      .copy_state = probe_crtc_copy,
			      .drop_state = probe_crtc_drop,
			      .atomic_check = probe_crtc_check,
			      .atomic_enable = probe_crtc_enable,
			      .atomic_disable = probe_crtc_disable,
			      .atomic_flush = probe_crtc_flush,
			      .enable_vblank = probe_crtc_enable_vblank,
			      .disable_vblank = probe_crtc_disable_vblank);

static void probe_eink_flush(struct probe_eink *eink, struct probe_eink_state *new,
			     const struct probe_eink_state *old, struct tkms_mutator *mutator)
{
	eink->flushes++;
}

TKMS_DEFINE_CRTC_CLASS(probe_eink, probe_eink_state, .atomic_flush = probe_eink_flush);

static void probe_encoder_enable(struct probe_encoder *encoder, struct tkms_mutator *mutator)
{
	encoder->is_on = true;
}

static void probe_encoder_disable(struct probe_encoder *encoder, struct tkms_mutator *mutator)
{
	struct probe_script *script = probe_script(encoder->base.drm.dev);

	encoder->is_on = false;
	if (script->disable_encoder)
		script->disable_encoder(encoder, mutator);
}

static int probe_encoder_check(struct probe_encoder *encoder, struct tkms_crtc_state *crtc,
			       struct tkms_connector_state *connector)
{
	struct probe_script *script = probe_script(encoder->base.drm.dev);

	encoder->checks++;

	return script->check_encoder ? script->check_encoder(encoder, crtc, connector) : 0;
}

TKMS_DEFINE_ENCODER_CLASS(probe_encoder,
			  .atomic_check = probe_encoder_check,
			  .atomic_enable = probe_encoder_enable,
			  .atomic_disable = probe_encoder_disable);

static int probe_panel_get_modes(struct probe_panel *panel)
{
	return drm_add_modes_noedid(&panel->base.drm, 800, 600);
}

static enum drm_connector_status probe_panel_detect(struct probe_panel *panel, bool force)
{
	return panel->is_absent ? connector_status_disconnected : connector_status_connected;
}

static void probe_panel_force(struct probe_panel *panel)
{
	panel->forced++;
}

static enum drm_mode_status probe_panel_mode_valid(struct probe_panel *panel,
						   const struct drm_display_mode *mode)
{
	return mode->hdisplay == 640 ? MODE_OK : MODE_PANEL;
}

TKMS_DEFINE_CONNECTOR_CLASS(probe_panel, probe_connector_state,
			    .get_modes = probe_panel_get_modes,
			    .mode_valid = probe_panel_mode_valid,
			    .detect = probe_panel_detect,
			    .force = probe_panel_force);

static int probe_dock_get_modes(struct probe_dock *dock)
{
	return drm_add_modes_noedid(&dock->base.drm, 640, 480);
}

static void probe_dock_destroy(struct probe_dock *dock)
{
	probe_script(dock->base.drm.dev)->num_docks--;
}

TKMS_DEFINE_DYNAMIC_CONNECTOR_CLASS(probe_dock, probe_connector_state,
				    .get_modes = probe_dock_get_modes,
				    .destroy = probe_dock_destroy);

static int probe_create_planes(struct probe *probe, struct tkms_setup *setup)
{
	static const u32 formats[] = { DRM_FORMAT_XRGB8888 };
	struct tkms_plane_info info = {
		.type = DRM_PLANE_TYPE_PRIMARY,
		.formats = formats,
		.num_formats = ARRAY_SIZE(formats),
	};

	for (int i = 0; i < ARRAY_SIZE(probe->primary); i++) {
		probe->primary[i] = probe_plane_create(setup, &info);
		if (IS_ERR(probe->primary[i]))
			return PTR_ERR(probe->primary[i]);
	}

	info.type = DRM_PLANE_TYPE_OVERLAY;
	probe->overlay = probe_plane_create(setup, &info);

	return PTR_ERR_OR_ZERO(probe->overlay);
}

static int probe_create_output(struct probe *probe, struct tkms_setup *setup, int i,
			       struct tkms_crtc *crtc)
{
	struct tkms_connector_info info = { .type = DRM_MODE_CONNECTOR_VIRTUAL };
	int ret;

	probe->encoder[i] = probe_encoder_create(setup, DRM_MODE_ENCODER_VIRTUAL);
	if (IS_ERR(probe->encoder[i]))
		return PTR_ERR(probe->encoder[i]);

	ret = tkms_encoder_allow(setup, &probe->encoder[i]->base, crtc);
	if (ret)
		return ret;

	info.encoder = &probe->encoder[i]->base;
	probe->panel[i] = probe_panel_create(setup, &info);

	return PTR_ERR_OR_ZERO(probe->panel[i]);
}

int probe_create_all(struct probe *probe, struct tkms_setup *setup)
{
	int ret;

	ret = probe_create_planes(probe, setup);
	if (ret)
		return ret;

	probe->crtc = probe_crtc_create(setup, &(struct tkms_crtc_info){
		&probe->primary[0]->base });
	if (IS_ERR(probe->crtc))
		return PTR_ERR(probe->crtc);

	probe->eink = probe_eink_create(setup, &(struct tkms_crtc_info){
		&probe->primary[1]->base });
	if (IS_ERR(probe->eink))
		return PTR_ERR(probe->eink);

	ret = tkms_plane_allow(setup, &probe->overlay->base, &probe->crtc->base);
	if (ret)
		return ret;

	ret = probe_create_output(probe, setup, 0, &probe->crtc->base);
	if (ret)
		return ret;

	return probe_create_output(probe, setup, 1, &probe->eink->base);
}

static int probe_mode_config_info(struct tkms_device *kms, struct tkms_config *config)
{
	const struct probe_script *script = kms->data;

	*config = script->config;
	if (script->plugs_early)
		return PTR_ERR_OR_ZERO(probe_dock_plug(kms, &(struct tkms_connector_info){}));

	return 0;
}

static int probe_create_objects(struct tkms_setup *setup)
{
	struct probe *probe = to_probe(tkms_setup_device(setup));
	struct probe_script *script = probe_script(&probe->base.drm);

	script->setup = setup;

	return script->create ? script->create(probe, setup) : probe_create_all(probe, setup);
}

static int probe_read_hardware(struct tkms_initial *initial)
{
	struct probe *probe = to_probe(tkms_initial_device(initial));
	struct probe_script *script = probe_script(&probe->base.drm);

	return script->read_hardware ? script->read_hardware(probe, initial) : 0;
}

/* Like tkms_tail_planes_last of the layer, but it counts the CRTCs after hw_done. */
static const struct tkms_committed *probe_run_tail(struct tkms_mutator *mutator,
						   struct tkms_modesets_ready *modesets,
						struct tkms_planes_ready *ready)
{
	struct tkms_disables_done *disables = tkms_commit_disables(mutator, modesets);
	struct tkms_enables_done *enables = tkms_commit_enables(mutator, disables);
	struct tkms_planes_done *planes = tkms_commit_planes(mutator, ready, TKMS_PLANES_ACTIVE);
	const struct tkms_committed *committed = tkms_commit_hw_done(mutator, enables, planes);

	tkms_wait_for_flips(committed);
	tkms_for_each_committed_crtc(committed, crtc)
		probe_note(probe_script(crtc->drm.dev), '.');

	return committed;
}

static const struct tkms_committed *probe_script_tail(struct tkms_mutator *mutator,
						      struct tkms_modesets_ready *modesets,
						   struct tkms_planes_ready *planes)
{
	const struct tkms_crtc *first = tkms_crtc_after(tkms_view(mutator), NULL);
	struct probe_script *script = first ? probe_script(first->drm.dev) : NULL;

	if (script && script->tail)
		return script->tail(mutator, modesets, planes);

	return probe_run_tail(mutator, modesets, planes);
}

TKMS_DEFINE_TAIL(probe_tail, probe_script_tail);

DEFINE_DRM_GEM_FOPS(probe_fops);

#define PROBE_DRIVER(order)								\
{											\
	.drm = {									\
		.driver_features = TKMS_DRIVER_FEATURES | DRIVER_GEM,			\
		.fops = &probe_fops,							\
		DRM_GEM_SHMEM_DRIVER_OPS,						\
		DRM_FBDEV_SHMEM_DRIVER_OPS,						\
		.name = "probe",							\
		.desc = "driver of the tests",						\
	},										\
	.mode_config_info = probe_mode_config_info,					\
	.create_objects = probe_create_objects,						\
	.read_hardware = probe_read_hardware,						\
	.tail = order,									\
}

const struct tkms_driver probe_driver = PROBE_DRIVER(&probe_tail);
const struct tkms_driver probe_driver_planes_first = PROBE_DRIVER(&tkms_tail_planes_first);
const struct tkms_driver probe_driver_planes_between = PROBE_DRIVER(&tkms_tail_planes_between);
const struct tkms_driver probe_driver_planes_last = PROBE_DRIVER(&tkms_tail_planes_last);
const struct tkms_driver probe_driver_default = PROBE_DRIVER(NULL);

/* The init function of suites: a script in test->priv, and a parent with the script as drvdata. */
int probe_script_init(struct kunit *test)
{
	struct probe_script *script = kunit_kzalloc(test, sizeof(*script), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, script);
	script->test = test;
	script->driver = &probe_driver;
	script->config = (struct tkms_config){
		.min_width = 1,
		.min_height = 1,
		.max_width = 4096,
		.max_height = 4096,
	};
	script->parent = drm_kunit_helper_alloc_device(test);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, script->parent);
	dev_set_drvdata(script->parent, script);
	test->priv = script;

	return 0;
}

struct probe *probe_try_register(struct kunit *test)
{
	struct probe_script *script = test->priv;

	return tkms_register(script->parent, script->driver, struct probe, script);
}

struct probe *probe_register(struct kunit *test)
{
	struct probe *probe = probe_try_register(test);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, probe);

	return probe;
}

/* 640x480 at 60 Hz. */
const struct drm_display_mode probe_mode = {
	DRM_MODE("640x480", DRM_MODE_TYPE_DRIVER, 25175, 640, 656, 752, 800, 0, 480, 490, 492, 525,
		 0, 0)
};

static int compose_switch(struct tkms_composer *composer, struct probe *probe, bool on)
{
	struct tkms_crtc *crtcs[] = { &probe->crtc->base, &probe->eink->base };
	int ret;

	for (int i = 0; i < ARRAY_SIZE(crtcs); i++) {
		CLASS(probe_panel_add, panel)(composer, probe->panel[i]);
		if (IS_ERR(panel))
			return PTR_ERR(panel);

		ret = tkms_connector_set_crtc(composer, &panel->base, on ? crtcs[i] : NULL);
		if (ret)
			return ret;

		CLASS(tkms_crtc_add, state)(composer, crtcs[i]);
		if (IS_ERR(state))
			return PTR_ERR(state);

		ret = tkms_crtc_set_mode(composer, state, on ? &probe_mode : NULL);
		if (ret)
			return ret;
	}

	return 0;
}

static int compose_on(struct tkms_composer *composer, void *probe)
{
	return compose_switch(composer, probe, true);
}

static int compose_off(struct tkms_composer *composer, void *probe)
{
	return compose_switch(composer, probe, false);
}

int probe_turn_on(struct probe *probe)
{
	return tkms_commit(&probe->base, compose_on, probe);
}

int probe_turn_off(struct probe *probe)
{
	return tkms_commit(&probe->base, compose_off, probe);
}
