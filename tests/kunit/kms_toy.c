// SPDX-License-Identifier: GPL-2.0
/*
 * A driver of imaginary hardware, on the same layer as rvkms and unlike it: a CRTC with vblanks
 * drives a panel or a dock, one without an electronic paper. It does what a test's script says.
 */

#include <linux/slab.h>

#include <drm/drm_edid.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_gem_shmem_helper.h>
#include <drm/drm_kunit_helpers.h>

#include "kms_toy.h"

static struct toy_script *toy_script(const struct drm_device *drm)
{
	return dev_get_drvdata(drm->dev);
}

static void toy_note(struct toy_script *script, char part)
{
	const size_t length = strlen(script->parts);

	if (length + 1 < sizeof(script->parts))
		script->parts[length] = part;
}

static void toy_plane_update(struct toy_plane *plane, struct toy_plane_state *new,
			     const struct toy_plane_state *old, struct kms_mutator *mutator)
{
	plane->updates++;
}

static void toy_plane_disable(struct toy_plane *plane, struct toy_plane_state *new,
			      const struct toy_plane_state *old, struct kms_mutator *mutator)
{
	plane->disables++;
}

KMS_DEFINE_PLANE_CLASS(toy_plane, toy_plane_state,
		       .atomic_update = toy_plane_update,
		       .atomic_disable = toy_plane_disable);

static int toy_crtc_copy(struct toy_crtc_state *new, const struct toy_crtc_state *old)
{
	struct toy_script *script = toy_script(new->base.drm.crtc->dev);

	new->gain = old->gain;
	new->ballast = kmalloc_obj(*new->ballast);
	if (!new->ballast)
		return -ENOMEM;
	*new->ballast = old->ballast ? *old->ballast + 1 : 0;
	script->num_ballast++;

	return 0;
}

static void toy_crtc_drop(struct toy_crtc_state *state)
{
	if (state->ballast)
		toy_script(state->base.drm.crtc->dev)->num_ballast--;
	kfree(state->ballast);
}

static void toy_crtc_init(struct toy_crtc_state *state)
{
	state->gain = 7;
}

static int toy_crtc_check(struct toy_crtc *crtc, struct toy_crtc_state *new,
			  const struct toy_crtc_state *old, struct kms_composer *composer)
{
	struct toy_script *script = toy_script(crtc->base.drm.dev);

	return script->check ? script->check(crtc, new, old, composer) : 0;
}

static void toy_crtc_enable(struct toy_crtc *crtc, struct toy_crtc_state *new,
			    const struct toy_crtc_state *old, struct kms_mutator *mutator)
{
	struct toy_script *script = toy_script(crtc->base.drm.dev);

	crtc->is_on = true;
	toy_note(script, 'E');
	if (script->enable)
		script->enable(crtc, new, old, mutator);
}

static void toy_crtc_disable(struct toy_crtc *crtc, struct toy_crtc_state *new,
			     const struct toy_crtc_state *old, struct kms_mutator *mutator)
{
	crtc->is_on = false;
	toy_note(toy_script(crtc->base.drm.dev), 'D');
}

static void toy_crtc_flush(struct toy_crtc *crtc, struct toy_crtc_state *new,
			   const struct toy_crtc_state *old, struct kms_mutator *mutator)
{
	toy_note(toy_script(crtc->base.drm.dev), 'P');
}

static int toy_crtc_enable_vblank(struct toy_crtc *crtc)
{
	crtc->vblanks_enabled++;

	return kms_vblank_start_timer(toy_crtc_vblank(crtc));
}

static void toy_crtc_disable_vblank(struct toy_crtc *crtc)
{
	crtc->vblanks_enabled--;
	kms_vblank_stop_timer(toy_crtc_vblank(crtc));
}

KMS_DEFINE_VBLANK_CRTC_CLASS(toy_crtc, toy_crtc_state,
			     .init_state = toy_crtc_init,
			     .copy_state = toy_crtc_copy,
			     .drop_state = toy_crtc_drop,
			     .atomic_check = toy_crtc_check,
			     .atomic_enable = toy_crtc_enable,
			     .atomic_disable = toy_crtc_disable,
			     .atomic_flush = toy_crtc_flush,
			     .enable_vblank = toy_crtc_enable_vblank,
			     .disable_vblank = toy_crtc_disable_vblank);

static void toy_eink_flush(struct toy_eink *eink, struct toy_eink_state *new,
			   const struct toy_eink_state *old, struct kms_mutator *mutator)
{
	eink->flushes++;
}

KMS_DEFINE_CRTC_CLASS(toy_eink, toy_eink_state, .atomic_flush = toy_eink_flush);

static void toy_encoder_enable(struct toy_encoder *encoder, struct kms_mutator *mutator)
{
	encoder->is_on = true;
}

static void toy_encoder_disable(struct toy_encoder *encoder, struct kms_mutator *mutator)
{
	encoder->is_on = false;
}

KMS_DEFINE_ENCODER_CLASS(toy_encoder,
			 .atomic_enable = toy_encoder_enable,
			 .atomic_disable = toy_encoder_disable);

static int toy_panel_get_modes(struct toy_panel *panel)
{
	return drm_add_modes_noedid(&panel->base.drm, 640, 480);
}

KMS_DEFINE_CONNECTOR_CLASS(toy_panel, toy_connector_state, .get_modes = toy_panel_get_modes);

static int toy_dock_get_modes(struct toy_dock *dock)
{
	return drm_add_modes_noedid(&dock->base.drm, 640, 480);
}

static void toy_dock_destroy(struct toy_dock *dock)
{
	toy_script(dock->base.drm.dev)->num_docks--;
}

KMS_DEFINE_DYNAMIC_CONNECTOR_CLASS(toy_dock, toy_connector_state,
				   .get_modes = toy_dock_get_modes,
				   .destroy = toy_dock_destroy);

static int toy_create_planes(struct toy *toy, struct kms_setup *setup)
{
	static const u32 formats[] = { DRM_FORMAT_XRGB8888 };
	struct kms_plane_info info = {
		.type = DRM_PLANE_TYPE_PRIMARY,
		.formats = formats,
		.num_formats = ARRAY_SIZE(formats),
	};

	for (int i = 0; i < ARRAY_SIZE(toy->primary); i++) {
		toy->primary[i] = toy_plane_create(setup, &info);
		if (IS_ERR(toy->primary[i]))
			return PTR_ERR(toy->primary[i]);
	}

	info.type = DRM_PLANE_TYPE_OVERLAY;
	toy->overlay = toy_plane_create(setup, &info);

	return PTR_ERR_OR_ZERO(toy->overlay);
}

static int toy_create_output(struct toy *toy, struct kms_setup *setup, int i, struct kms_crtc *crtc)
{
	struct kms_connector_info info = { .type = DRM_MODE_CONNECTOR_VIRTUAL };
	int ret;

	toy->encoder[i] = toy_encoder_create(setup, DRM_MODE_ENCODER_VIRTUAL);
	if (IS_ERR(toy->encoder[i]))
		return PTR_ERR(toy->encoder[i]);

	ret = kms_encoder_allow(setup, &toy->encoder[i]->base, crtc);
	if (ret)
		return ret;

	info.encoder = &toy->encoder[i]->base;
	toy->panel[i] = toy_panel_create(setup, &info);

	return PTR_ERR_OR_ZERO(toy->panel[i]);
}

int toy_create_all(struct toy *toy, struct kms_setup *setup)
{
	int ret;

	ret = toy_create_planes(toy, setup);
	if (ret)
		return ret;

	toy->crtc = toy_crtc_create(setup, &(struct kms_crtc_info){ &toy->primary[0]->base });
	if (IS_ERR(toy->crtc))
		return PTR_ERR(toy->crtc);

	toy->eink = toy_eink_create(setup, &(struct kms_crtc_info){ &toy->primary[1]->base });
	if (IS_ERR(toy->eink))
		return PTR_ERR(toy->eink);

	ret = kms_plane_allow(setup, &toy->overlay->base, &toy->crtc->base);
	if (ret)
		return ret;

	ret = toy_create_output(toy, setup, 0, &toy->crtc->base);
	if (ret)
		return ret;

	return toy_create_output(toy, setup, 1, &toy->eink->base);
}

static int toy_mode_config_info(struct kms_device *kms, struct kms_config *config)
{
	*config = toy_script(&kms->drm)->config;

	return 0;
}

static int toy_create_objects(struct kms_setup *setup)
{
	struct toy *toy = to_toy(kms_setup_device(setup));
	struct toy_script *script = toy_script(&toy->base.drm);

	script->setup = setup;

	return script->create ? script->create(toy, setup) : toy_create_all(toy, setup);
}

static int toy_read_hardware(struct kms_initial *initial)
{
	struct toy *toy = to_toy(kms_initial_device(initial));
	struct toy_script *script = toy_script(&toy->base.drm);

	return script->read_hardware ? script->read_hardware(toy, initial) : 0;
}

/* As the layer's kms_tail_planes_last, but it counts the CRTCs when they are all written. */
static const struct kms_committed *toy_run_tail(struct kms_mutator *mutator,
						struct kms_modesets_ready *modesets,
						struct kms_planes_ready *ready)
{
	struct kms_disables_done *disables = kms_commit_disables(mutator, modesets);
	struct kms_enables_done *enables = kms_commit_enables(mutator, disables);
	struct kms_planes_done *planes = kms_commit_planes(mutator, ready, KMS_PLANES_ACTIVE);
	const struct kms_committed *committed = kms_commit_hw_done(mutator, enables, planes);

	kms_wait_for_flips(committed);
	kms_for_each_committed_crtc(committed, crtc)
		toy_note(toy_script(crtc->drm.dev), '.');

	return committed;
}

static const struct kms_committed *toy_script_tail(struct kms_mutator *mutator,
						   struct kms_modesets_ready *modesets,
						   struct kms_planes_ready *planes)
{
	const struct kms_crtc *first = kms_crtc_after(kms_view(mutator), NULL);
	struct toy_script *script = first ? toy_script(first->drm.dev) : NULL;

	if (script && script->tail)
		return script->tail(mutator, modesets, planes);

	return toy_run_tail(mutator, modesets, planes);
}

KMS_DEFINE_TAIL(toy_tail, toy_script_tail);

DEFINE_DRM_GEM_FOPS(toy_fops);

const struct kms_driver toy_driver = {
	.drm = {
		.driver_features = KMS_DRIVER_FEATURES | DRIVER_GEM,
		.fops = &toy_fops,
		DRM_GEM_SHMEM_DRIVER_OPS,
		.name = "toy",
		.desc = "toy of the tests",
	},
	.mode_config_info = toy_mode_config_info,
	.create_objects = toy_create_objects,
	.read_hardware = toy_read_hardware,
	.tail = &toy_tail,
};

/* The init function of suites: a script, in test->priv, and a parent that has it. */
int toy_script_init(struct kunit *test)
{
	struct toy_script *script = kunit_kzalloc(test, sizeof(*script), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, script);
	script->test = test;
	script->config = (struct kms_config){
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

struct toy *toy_try_register(struct kunit *test)
{
	struct toy_script *script = test->priv;

	return kms_register(script->parent, &toy_driver, struct toy);
}

struct toy *toy_register(struct kunit *test)
{
	struct toy *toy = toy_try_register(test);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, toy);

	return toy;
}

/* 640x480 at 60 Hz. */
static const struct drm_display_mode toy_mode = {
	DRM_MODE("640x480", DRM_MODE_TYPE_DRIVER, 25175, 640, 656, 752, 800, 0, 480, 490, 492, 525,
		 0, 0)
};

static int compose_switch(struct kms_composer *composer, struct toy *toy,
			  const struct drm_display_mode *mode)
{
	struct kms_crtc *crtcs[] = { &toy->crtc->base, &toy->eink->base };
	int ret;

	for (int i = 0; i < ARRAY_SIZE(crtcs); i++) {
		CLASS(toy_panel_add, panel)(composer, toy->panel[i]);
		if (IS_ERR(panel))
			return PTR_ERR(panel);

		ret = kms_connector_set_crtc(composer, &panel->base, mode ? crtcs[i] : NULL);
		if (ret)
			return ret;

		CLASS(kms_crtc_add, state)(composer, crtcs[i]);
		if (IS_ERR(state))
			return PTR_ERR(state);

		ret = kms_crtc_set_mode(composer, state, mode);
		if (ret)
			return ret;
	}

	return 0;
}

static int compose_on(struct kms_composer *composer, void *toy)
{
	return compose_switch(composer, toy, &toy_mode);
}

static int compose_off(struct kms_composer *composer, void *toy)
{
	return compose_switch(composer, toy, NULL);
}

int toy_turn_on(struct toy *toy)
{
	return kms_commit(&toy->base, compose_on, toy);
}

int toy_turn_off(struct toy *toy)
{
	return kms_commit(&toy->base, compose_off, toy);
}
