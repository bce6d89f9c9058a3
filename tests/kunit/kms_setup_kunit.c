// SPDX-License-Identifier: GPL-2.0

#include <drm/drm_fourcc.h>
#include <drm/drm_gem_shmem_helper.h>
#include <drm/drm_kunit_helpers.h>
#include <drm/drm_vblank.h>
#include <kunit/static_stub.h>
#include <kunit/test-bug.h>
#include <kunit/test.h>

#include "../kms/internal.h"
#include "kms_toy.h"

static const u32 formats[] = { DRM_FORMAT_XRGB8888 };

static const struct kms_plane_info primary_info = {
	.type = DRM_PLANE_TYPE_PRIMARY,
	.formats = formats,
	.num_formats = ARRAY_SIZE(formats),
};

static const struct kms_plane_info overlay_info = {
	.type = DRM_PLANE_TYPE_OVERLAY,
	.formats = formats,
	.num_formats = ARRAY_SIZE(formats),
};

static void kms_test_register(struct kunit *test)
{
	struct toy *toy = toy_register(test);
	const struct drm_mode_config *config = &toy->base.drm.mode_config;

	KUNIT_EXPECT_EQ(test, toy->base.phase, KMS_PHASE_REGISTERED);
	KUNIT_EXPECT_EQ(test, toy->base.faults, 0);
	KUNIT_EXPECT_EQ(test, config->num_crtc, 2);
	KUNIT_EXPECT_EQ(test, config->num_total_plane, 3);
	KUNIT_EXPECT_EQ(test, config->num_encoder, 2);
	KUNIT_EXPECT_EQ(test, config->num_connector, 2);
	KUNIT_EXPECT_EQ(test, config->max_width, 4096);
	KUNIT_EXPECT_EQ(test, toy->overlay->base.drm.possible_crtcs, 1);
	KUNIT_EXPECT_EQ(test, toy->primary[1]->base.drm.possible_crtcs, 2);
}

struct step_case {
	const char *desc;
	enum kms_step step;
};

static const struct step_case step_cases[] = {
	{ "mode_config_info", KMS_STEP_CONFIG_INFO },
	{ "mode config init", KMS_STEP_CONFIG_INIT },
	{ "create_objects", KMS_STEP_CREATE_OBJECTS },
	{ "audit", KMS_STEP_AUDIT },
	{ "vblank init", KMS_STEP_VBLANK_INIT },
	{ "first state", KMS_STEP_FIRST_STATE },
	{ "register", KMS_STEP_REGISTER },
	{ "client setup", KMS_STEP_CLIENTS },
	{ "adoption", KMS_STEP_ADOPT },
};

KUNIT_ARRAY_PARAM_DESC(step, step_cases, desc);

static int plug_dock(struct toy *toy, struct kms_setup *setup)
{
	struct kms_connector_info info = { .type = DRM_MODE_CONNECTOR_VIRTUAL };
	struct toy_script *script = dev_get_drvdata(toy->base.drm.dev);
	int ret = toy_create_all(toy, setup);

	if (ret)
		return ret;

	info.encoder = &toy->encoder[0]->base;
	script->num_docks++;

	return PTR_ERR_OR_ZERO(toy_dock_plug(&toy->base, &info));
}

static int fail_step(enum kms_step step)
{
	const struct step_case *param = kunit_get_current_test()->param_value;

	return step == param->step ? -EXDEV : 0;
}

/* Whichever step fails, nothing is left: no device, no state, no connector that came early. */
static void kms_test_register_fails(struct kunit *test)
{
	struct toy_script *script = test->priv;
	const unsigned int references = kref_read(&script->parent->kobj.kref);

	script->create = plug_dock;
	kunit_activate_static_stub(test, kms_step_error, fail_step);

	KUNIT_EXPECT_PTR_EQ(test, toy_try_register(test), ERR_PTR(-EXDEV));
	KUNIT_EXPECT_EQ(test, kref_read(&script->parent->kobj.kref), references);
	KUNIT_EXPECT_EQ(test, script->num_ballast, 0);
	KUNIT_EXPECT_EQ(test, script->num_docks, 0);
}

static int create_refuses(struct toy *toy, struct kms_setup *setup)
{
	return toy_create_all(toy, setup) ?: -ENODEV;
}

static void kms_test_register_create_objects_fails(struct kunit *test)
{
	struct toy_script *script = test->priv;

	script->create = create_refuses;
	KUNIT_EXPECT_PTR_EQ(test, toy_try_register(test), ERR_PTR(-ENODEV));
}

static int create_nothing(struct toy *toy, struct kms_setup *setup)
{
	return 0;
}

static int create_no_primary(struct toy *toy, struct kms_setup *setup)
{
	return PTR_ERR_OR_ZERO(toy_eink_create(setup, &(struct kms_crtc_info){}));
}

static int create_shared_primary(struct toy *toy, struct kms_setup *setup)
{
	int ret = toy_create_all(toy, setup);

	if (ret)
		return ret;

	return PTR_ERR_OR_ZERO(toy_eink_create(setup, &(struct kms_crtc_info){
		.primary = &toy->primary[0]->base,
	}));
}

static int create_forbidden_primary(struct toy *toy, struct kms_setup *setup)
{
	int ret = toy_create_all(toy, setup);

	toy->primary[1]->base.drm.possible_crtcs = 1;

	return ret;
}

static int create_idle_plane(struct toy *toy, struct kms_setup *setup)
{
	int ret = toy_create_all(toy, setup);

	return ret ?: PTR_ERR_OR_ZERO(toy_plane_create(setup, &overlay_info));
}

static int create_many_primaries(struct toy *toy, struct kms_setup *setup)
{
	struct toy_plane *plane;
	int ret = toy_create_all(toy, setup);

	if (ret)
		return ret;

	plane = toy_plane_create(setup, &primary_info);
	if (IS_ERR(plane))
		return PTR_ERR(plane);

	return kms_plane_allow(setup, &plane->base, &toy->crtc->base);
}

static int create_idle_encoder(struct toy *toy, struct kms_setup *setup)
{
	int ret = toy_create_all(toy, setup);

	return ret ?: PTR_ERR_OR_ZERO(toy_encoder_create(setup, DRM_MODE_ENCODER_VIRTUAL));
}

static int create_hasty_vblank(struct toy *toy, struct kms_setup *setup)
{
	toy->base.config.vblank_disable_immediate = true;

	return toy_create_all(toy, setup);
}

/* A CRTC whose vblanks the hardware counts. */
struct toy_counter {
	struct kms_crtc base;
};

struct toy_counter_state {
	struct kms_crtc_state base;
};

KMS_DECLARE_VBLANK_CRTC_CLASS(toy_counter, toy_counter_state);

static int toy_counter_enable_vblank(struct toy_counter *counter)
{
	return 0;
}

static void toy_counter_disable_vblank(struct toy_counter *counter)
{
}

static u32 toy_counter_get(struct toy_counter *counter)
{
	return 5;
}

KMS_DEFINE_VBLANK_CRTC_CLASS(toy_counter, toy_counter_state,
			     .enable_vblank = toy_counter_enable_vblank,
			     .disable_vblank = toy_counter_disable_vblank,
			     .get_vblank_counter = toy_counter_get);

static int create_counter(struct toy *toy, struct kms_setup *setup)
{
	struct toy_plane *plane;
	int ret = toy_create_all(toy, setup);

	if (ret)
		return ret;

	plane = toy_plane_create(setup, &primary_info);
	if (IS_ERR(plane))
		return PTR_ERR(plane);

	return PTR_ERR_OR_ZERO(toy_counter_create(setup, &(struct kms_crtc_info){ &plane->base }));
}

/* Three CRTCs: no vblanks, vblanks that DRM counts, vblanks that the hardware counts. */
static void kms_test_register_mixed_counters(struct kunit *test)
{
	struct toy_script *script = test->priv;
	struct toy *toy;

	script->create = create_counter;
	script->config.max_vblank_count = 1000;
	toy = toy_register(test);
	KUNIT_EXPECT_EQ(test, toy->base.drm.max_vblank_count, 0);
	KUNIT_EXPECT_EQ(test, toy->base.drm.vblank[0].max_vblank_count, 0);
	KUNIT_EXPECT_EQ(test, toy->base.drm.vblank[1].max_vblank_count, 0);
	KUNIT_EXPECT_EQ(test, toy->base.drm.vblank[2].max_vblank_count, 1000);
}

struct audit_case {
	const char *desc;
	int (*create)(struct toy *toy, struct kms_setup *setup);
};

static const struct audit_case audit_cases[] = {
	{ "there is no CRTC", create_nothing },
	{ "a CRTC has no primary plane", create_no_primary },
	{ "two CRTCs share a primary or cursor plane", create_shared_primary },
	{ "a CRTC may not show its primary or cursor plane", create_forbidden_primary },
	{ "no CRTC may show a plane", create_idle_plane },
	{ "there are more primary planes than CRTCs", create_many_primaries },
	{ "no CRTC may feed an encoder", create_idle_encoder },
	{ "a vblank counter has no last value", create_counter },
	{ "vblanks are disabled at once, but a CRTC has no counter to go on",
	  create_hasty_vblank },
};

KUNIT_ARRAY_PARAM_DESC(audit, audit_cases, desc);

/* Asks the audit before registration does, which is gone when it has failed. */
static int create_and_audit(struct toy *toy, struct kms_setup *setup)
{
	struct toy_script *script = dev_get_drvdata(toy->base.drm.dev);
	const struct audit_case *param = script->test->param_value;
	int ret = param->create(toy, setup);

	script->data = (void *)kms_audit(&toy->base);

	return ret;
}

static void kms_test_audit(struct kunit *test)
{
	const struct audit_case *param = test->param_value;
	struct toy_script *script = test->priv;

	script->create = create_and_audit;
	KUNIT_EXPECT_PTR_EQ(test, toy_try_register(test), ERR_PTR(-EINVAL));
	KUNIT_EXPECT_STREQ(test, (const char *)script->data, param->desc);
	KUNIT_EXPECT_EQ(test, script->num_ballast, 0);
}

static void kms_test_setup_stale(struct kunit *test)
{
	struct toy_script *script = test->priv;
	struct toy *toy = toy_register(test);

	kunit_warning_suppress(test) {
		KUNIT_EXPECT_PTR_EQ(test, toy_plane_create(script->setup, &overlay_info),
				    ERR_PTR(-EBUSY));
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
		KUNIT_EXPECT_PTR_EQ(test, toy_encoder_create(script->setup,
							     DRM_MODE_ENCODER_VIRTUAL),
				    ERR_PTR(-EBUSY));
		KUNIT_EXPECT_PTR_EQ(test, toy_eink_create(script->setup,
							  &(struct kms_crtc_info){}),
				    ERR_PTR(-EBUSY));
		KUNIT_EXPECT_EQ(test, kms_plane_allow(script->setup, &toy->overlay->base,
						      &toy->eink->base), -EBUSY);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	KUNIT_EXPECT_TRUE(test, kms_had_fault(&toy->base, KMS_FAULT_STALE_SETUP));
	KUNIT_EXPECT_EQ(test, toy->base.drm.mode_config.num_total_plane, 3);
	KUNIT_EXPECT_EQ(test, toy->overlay->base.drm.possible_crtcs, 1);
}

static int create_with_foreign(struct toy *toy, struct kms_setup *setup)
{
	struct toy_script *script = dev_get_drvdata(toy->base.drm.dev);
	struct toy *other = script->data;
	int ret = toy_create_all(toy, setup);

	return ret ?: kms_plane_allow(setup, &toy->overlay->base, &other->crtc->base);
}

static void kms_test_setup_foreign_object(struct kunit *test)
{
	struct toy_script *script = test->priv;

	script->data = toy_register(test);
	script->create = create_with_foreign;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_PTR_EQ(test, toy_try_register(test), ERR_PTR(-EINVAL));
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
}

static int create_many_planes(struct toy *toy, struct kms_setup *setup)
{
	struct toy_plane *plane;
	int ret = toy_create_all(toy, setup);

	while (!ret) {
		plane = toy_plane_create(setup, &overlay_info);
		if (IS_ERR(plane))
			return PTR_ERR(plane);
		ret = kms_plane_allow(setup, &plane->base, &toy->crtc->base);
	}

	return ret;
}

/* DRM's own check is a warning. */
static void kms_test_setup_too_many(struct kunit *test)
{
	struct toy_script *script = test->priv;

	script->create = create_many_planes;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_PTR_EQ(test, toy_try_register(test), ERR_PTR(-ENOSPC));
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 0);
	}
}

static int create_wrong_primary(struct toy *toy, struct kms_setup *setup)
{
	struct toy_plane *plane = toy_plane_create(setup, &overlay_info);

	if (IS_ERR(plane))
		return PTR_ERR(plane);

	return PTR_ERR_OR_ZERO(toy_eink_create(setup, &(struct kms_crtc_info){ &plane->base }));
}

/* DRM warns, and goes on. */
static void kms_test_setup_wrong_primary(struct kunit *test)
{
	struct toy_script *script = test->priv;

	script->create = create_wrong_primary;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_PTR_EQ(test, toy_try_register(test), ERR_PTR(-EINVAL));
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 0);
	}
}

static int read_contrast(struct toy *toy, struct kms_initial *initial)
{
	struct toy_script *script = dev_get_drvdata(toy->base.drm.dev);
	struct kms_crtc_state *state = kms_crtc_first(initial, &toy->eink->base);

	toy_eink_state_try_from(state)->contrast = 42;
	script->data = initial;

	return 0;
}

static void kms_test_read_hardware(struct kunit *test)
{
	struct toy_script *script = test->priv;
	struct kms_crtc_state *state;
	struct toy *toy;

	script->read_hardware = read_contrast;
	toy = toy_register(test);
	state = to_kms_crtc_state(toy->eink->base.drm.state);
	KUNIT_EXPECT_EQ(test, toy_eink_state_try_from(state)->contrast, 42);
	state = to_kms_crtc_state(toy->crtc->base.drm.state);
	KUNIT_EXPECT_EQ(test, toy_crtc_state_try_from(state)->gain, 7);

	kunit_warning_suppress(test) {
		KUNIT_EXPECT_NULL(test, kms_crtc_first(script->data, &toy->eink->base));
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
}

static int read_nothing(struct toy *toy, struct kms_initial *initial)
{
	return -EIO;
}

static void kms_test_read_hardware_fails(struct kunit *test)
{
	struct toy_script *script = test->priv;

	script->read_hardware = read_nothing;
	KUNIT_EXPECT_PTR_EQ(test, toy_try_register(test), ERR_PTR(-EIO));
	KUNIT_EXPECT_EQ(test, script->num_ballast, 0);
}

static void kms_test_unplug(struct kunit *test)
{
	struct toy *toy = toy_register(test);

	KUNIT_ASSERT_EQ(test, toy_turn_on(toy), 0);
	KUNIT_EXPECT_TRUE(test, toy->crtc->is_on);
	kms_unplug(&toy->base);
	KUNIT_EXPECT_FALSE(test, toy->crtc->is_on);
	KUNIT_EXPECT_FALSE(test, toy->encoder[0]->is_on);
	KUNIT_EXPECT_TRUE(test, drm_dev_is_unplugged(&toy->base.drm));
	kms_unplug(&toy->base);
	KUNIT_EXPECT_EQ(test, toy->base.phase, KMS_PHASE_UNPLUGGED);
}

static struct toy_dock *plug(struct kunit *test, struct toy *toy)
{
	const struct kms_connector_info info = {
		.type = DRM_MODE_CONNECTOR_VIRTUAL,
		.encoder = &toy->encoder[0]->base,
	};
	struct toy_script *script = test->priv;
	struct toy_dock *dock = toy_dock_plug(&toy->base, &info);

	if (!IS_ERR(dock))
		script->num_docks++;

	return dock;
}

/* Unplugged, it lives until its last user has dropped it. */
static void kms_test_dynamic_connector(struct kunit *test)
{
	struct toy_script *script = test->priv;
	struct toy *toy = toy_register(test);
	struct toy_dock *dock = plug(test, toy);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, dock);
	KUNIT_EXPECT_EQ(test, toy->base.drm.mode_config.num_connector, 3);
	KUNIT_EXPECT_EQ(test, dock->base.drm.registration_state, DRM_CONNECTOR_REGISTERED);
	KUNIT_EXPECT_NOT_NULL(test, dock->base.drm.state);
	KUNIT_EXPECT_PTR_EQ(test, toy_dock_try_from(&dock->base), dock);
	KUNIT_EXPECT_NULL(test, toy_panel_try_from(&dock->base));

	{
		struct kms_connector *mine __free(kms_connector_put) =
			kms_connector_get(&dock->base);

		toy_dock_unplug(dock);
		KUNIT_EXPECT_EQ(test, mine->drm.registration_state, DRM_CONNECTOR_UNREGISTERED);
		KUNIT_EXPECT_EQ(test, script->num_docks, 1);
	}
	flush_work(&toy->base.drm.mode_config.connector_free_work);
	KUNIT_EXPECT_EQ(test, script->num_docks, 0);
}

static void kms_test_dynamic_connector_left_behind(struct kunit *test)
{
	struct toy *toy = toy_register(test);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, plug(test, toy));
	kms_unplug(&toy->base);
	KUNIT_EXPECT_PTR_EQ(test, plug(test, toy), ERR_PTR(-ENODEV));
}

static int create_plugs_foreign(struct toy *toy, struct kms_setup *setup)
{
	struct toy_script *script = dev_get_drvdata(toy->base.drm.dev);
	struct toy *other = script->data;
	const struct kms_connector_info info = {
		.type = DRM_MODE_CONNECTOR_VIRTUAL,
		.encoder = &other->encoder[0]->base,
	};

	return PTR_ERR_OR_ZERO(toy_dock_plug(&toy->base, &info));
}

static void kms_test_dynamic_connector_foreign_encoder(struct kunit *test)
{
	struct toy_script *script = test->priv;

	script->data = toy_register(test);
	script->create = create_plugs_foreign;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_PTR_EQ(test, toy_try_register(test), ERR_PTR(-EINVAL));
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
}

static void kms_test_pin(struct kunit *test)
{
	struct toy *toy = toy_register(test);
	const unsigned int references = kref_read(&toy->base.drm.ref);

	{
		struct kms_crtc *crtc __free(kms_crtc_unpin) = kms_crtc_pin(&toy->crtc->base);
		struct kms_plane *plane __free(kms_plane_unpin) =
			kms_plane_pin(&toy->overlay->base);
		struct kms_encoder *encoder __free(kms_encoder_unpin) =
			kms_encoder_pin(&toy->encoder[1]->base);

		KUNIT_EXPECT_PTR_EQ(test, crtc, &toy->crtc->base);
		KUNIT_EXPECT_PTR_EQ(test, plane, &toy->overlay->base);
		KUNIT_EXPECT_PTR_EQ(test, encoder, &toy->encoder[1]->base);
		KUNIT_EXPECT_EQ(test, kref_read(&toy->base.drm.ref), references + 3);
	}
	KUNIT_EXPECT_EQ(test, kref_read(&toy->base.drm.ref), references);
}

struct toy_gpu {
	struct kms_render_device base;
};

DEFINE_DRM_GEM_FOPS(gpu_fops);

static void kms_test_render_register(struct kunit *test)
{
	static const struct drm_driver gpu_driver = {
		.driver_features = DRIVER_GEM | DRIVER_RENDER,
		.fops = &gpu_fops,
		.name = "toy-gpu",
		.desc = "toy of the tests",
	};
	static const struct drm_driver display_driver = {
		.driver_features = DRIVER_GEM | DRIVER_MODESET,
		.fops = &gpu_fops,
		.name = "toy-gpu",
		.desc = "toy of the tests",
	};
	struct toy_script *script = test->priv;

	KUNIT_EXPECT_NOT_ERR_OR_NULL(test, kms_render_register(script->parent, &gpu_driver,
							       struct toy_gpu));
	KUNIT_EXPECT_PTR_EQ(test, kms_render_register(script->parent, &display_driver,
						      struct toy_gpu),
			    ERR_PTR(-EINVAL));
}

static struct kunit_case kms_setup_tests[] = {
	KUNIT_CASE(kms_test_register),
	KUNIT_CASE_PARAM(kms_test_register_fails, step_gen_params),
	KUNIT_CASE(kms_test_register_create_objects_fails),
	KUNIT_CASE(kms_test_register_mixed_counters),
	KUNIT_CASE_PARAM(kms_test_audit, audit_gen_params),
	KUNIT_CASE(kms_test_setup_stale),
	KUNIT_CASE(kms_test_setup_foreign_object),
	KUNIT_CASE(kms_test_setup_too_many),
	KUNIT_CASE(kms_test_setup_wrong_primary),
	KUNIT_CASE(kms_test_read_hardware),
	KUNIT_CASE(kms_test_read_hardware_fails),
	KUNIT_CASE(kms_test_unplug),
	KUNIT_CASE(kms_test_dynamic_connector),
	KUNIT_CASE(kms_test_dynamic_connector_left_behind),
	KUNIT_CASE(kms_test_dynamic_connector_foreign_encoder),
	KUNIT_CASE(kms_test_pin),
	KUNIT_CASE(kms_test_render_register),
	{}
};

static struct kunit_suite kms_setup_suite = {
	.name = "kms_setup",
	.init = toy_script_init,
	.test_cases = kms_setup_tests,
};

kunit_test_suite(kms_setup_suite);
