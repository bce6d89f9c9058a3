// SPDX-License-Identifier: GPL-2.0
/* Tests of kms/setup: creation and registration of objects, and dynamic connectors. */

#include <drm/drm_client.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_gem_shmem_helper.h>
#include <drm/drm_kunit_helpers.h>
#include <drm/drm_panic.h>
#include <drm/drm_vblank.h>
#include <kunit/static_stub.h>
#include <kunit/test-bug.h>
#include <kunit/test.h>
#include <linux/cleanup.h>
#include <linux/mutex.h>

#include "../../kms/internal.h"
#include "kms_probe.h"
#include "kms_toy.h"

static const u32 formats[] = { DRM_FORMAT_XRGB8888 };

static const struct tkms_plane_info primary_info = {
	.type = DRM_PLANE_TYPE_PRIMARY,
	.formats = formats,
	.num_formats = ARRAY_SIZE(formats),
};

static const struct tkms_plane_info overlay_info = {
	.type = DRM_PLANE_TYPE_OVERLAY,
	.formats = formats,
	.num_formats = ARRAY_SIZE(formats),
};

static void kms_test_register(struct kunit *test)
{
	struct probe *probe = probe_register(test);
	const struct drm_mode_config *config = &probe->base.drm.mode_config;

	KUNIT_EXPECT_EQ(test, probe->base.phase, TKMS_PHASE_REGISTERED);
	KUNIT_EXPECT_EQ(test, probe->base.faults, 0);
	KUNIT_EXPECT_EQ(test, config->num_crtc, 2);
	KUNIT_EXPECT_EQ(test, config->num_total_plane, 3);
	KUNIT_EXPECT_EQ(test, config->num_encoder, 2);
	KUNIT_EXPECT_EQ(test, config->num_connector, 2);
	KUNIT_EXPECT_EQ(test, config->max_width, 4096);
	KUNIT_EXPECT_EQ(test, probe->overlay->base.drm.possible_crtcs, 1);
	KUNIT_EXPECT_EQ(test, probe->primary[1]->base.drm.possible_crtcs, 2);
}

struct step_case {
	const char *desc;
};

static const struct step_case step_cases[] = {
	{ "mode_config_info" },
	{ "mode config init" },
	{ "create_objects" },
	{ "audit" },
	{ "vblank init" },
	{ "first state" },
	{ "register" },
	{ "client setup" },
	{ "devm action" },
};

KUNIT_ARRAY_PARAM_DESC(step, step_cases, desc);

static int num_steps;

static int count_step(const char *step)
{
	struct kunit *test = kunit_get_current_test();

	KUNIT_ASSERT_LT(test, num_steps, ARRAY_SIZE(step_cases));
	KUNIT_EXPECT_STREQ(test, step, step_cases[num_steps].desc);
	num_steps++;

	return 0;
}

static void kms_test_register_order(struct kunit *test)
{
	num_steps = 0;
	kunit_activate_static_stub(test, tkms_step_error, count_step);
	probe_register(test);
	KUNIT_EXPECT_EQ(test, num_steps, ARRAY_SIZE(step_cases));
}

static int plug_dock(struct probe *probe, struct tkms_setup *setup)
{
	struct tkms_connector_info info = { .type = DRM_MODE_CONNECTOR_VIRTUAL };
	struct probe_script *script = dev_get_drvdata(probe->base.drm.dev);
	int ret = probe_create_all(probe, setup);

	if (ret)
		return ret;

	info.encoder = &probe->encoder[0]->base;
	script->num_docks++;

	return PTR_ERR_OR_ZERO(probe_dock_plug(&probe->base, &info));
}

static int fail_step(const char *step)
{
	const struct step_case *param = kunit_get_current_test()->param_value;

	return strcmp(step, param->desc) ? 0 : -EXDEV;
}

/* If any step fails, nothing remains: no device, no state, no early connector. */
static void kms_test_register_fails(struct kunit *test)
{
	struct probe_script *script = test->priv;
	const unsigned int references = kref_read(&script->parent->kobj.kref);

	script->create = plug_dock;
	kunit_activate_static_stub(test, tkms_step_error, fail_step);

	KUNIT_EXPECT_PTR_EQ(test, probe_try_register(test), ERR_PTR(-EXDEV));
	KUNIT_EXPECT_EQ(test, kref_read(&script->parent->kobj.kref), references);
	KUNIT_EXPECT_EQ(test, script->num_ballast, 0);
	KUNIT_EXPECT_EQ(test, script->num_docks, 0);
}

static int create_refuses(struct probe *probe, struct tkms_setup *setup)
{
	return probe_create_all(probe, setup) ?: -ENODEV;
}

static void kms_test_register_create_objects_fails(struct kunit *test)
{
	struct probe_script *script = test->priv;

	script->create = create_refuses;
	KUNIT_EXPECT_PTR_EQ(test, probe_try_register(test), ERR_PTR(-ENODEV));
}

static int create_nothing(struct probe *probe, struct tkms_setup *setup)
{
	return 0;
}

static int create_no_primary(struct probe *probe, struct tkms_setup *setup)
{
	return PTR_ERR_OR_ZERO(probe_eink_create(setup, &(struct tkms_crtc_info){}));
}

static int create_shared_primary(struct probe *probe, struct tkms_setup *setup)
{
	int ret = probe_create_all(probe, setup);

	if (ret)
		return ret;

	return PTR_ERR_OR_ZERO(probe_eink_create(setup, &(struct tkms_crtc_info){
		.primary = &probe->primary[0]->base,
	}));
}

static int create_forbidden_primary(struct probe *probe, struct tkms_setup *setup)
{
	int ret = probe_create_all(probe, setup);

	probe->primary[1]->base.drm.possible_crtcs = 1;

	return ret;
}

/* The cursor does not matter: the primary plane is still rejected. */
static int create_forbidden_primary_with_cursor(struct probe *probe, struct tkms_setup *setup)
{
	int ret = probe_create_all(probe, setup);

	probe->primary[0]->base.drm.possible_crtcs = 2;
	probe->crtc->base.drm.cursor = &probe->overlay->base.drm;

	return ret;
}

static int create_idle_plane(struct probe *probe, struct tkms_setup *setup)
{
	int ret = probe_create_all(probe, setup);

	return ret ?: PTR_ERR_OR_ZERO(probe_plane_create(setup, &overlay_info));
}

static int create_many_primaries(struct probe *probe, struct tkms_setup *setup)
{
	struct probe_plane *plane;
	int ret = probe_create_all(probe, setup);

	if (ret)
		return ret;

	plane = probe_plane_create(setup, &primary_info);
	if (IS_ERR(plane))
		return PTR_ERR(plane);

	return tkms_plane_allow(setup, &plane->base, &probe->crtc->base);
}

static int create_idle_encoder(struct probe *probe, struct tkms_setup *setup)
{
	int ret = probe_create_all(probe, setup);

	return ret ?: PTR_ERR_OR_ZERO(probe_encoder_create(setup, DRM_MODE_ENCODER_VIRTUAL));
}

static int create_without_features(struct probe *probe, struct tkms_setup *setup)
{
	int ret = probe_create_all(probe, setup);

	probe->base.drm.driver_features &= ~(u32)DRIVER_ATOMIC;

	return ret;
}

static int create_shared_cursor(struct probe *probe, struct tkms_setup *setup)
{
	int ret = probe_create_all(probe, setup);

	probe->crtc->base.drm.cursor = probe->crtc->base.drm.primary;

	return ret;
}

static int create_hasty_vblank(struct probe *probe, struct tkms_setup *setup)
{
	probe->base.config.vblank_disable_immediate = true;

	return probe_create_all(probe, setup);
}

/* A CRTC with a hardware vblank counter. */
struct probe_counter {
	struct tkms_crtc base;
};

struct probe_counter_state {
	struct tkms_crtc_state base;
};

TKMS_DECLARE_VBLANK_CRTC_CLASS(probe_counter, probe_counter_state);

static int probe_counter_enable_vblank(struct probe_counter *counter)
{
	return 0;
}

static void probe_counter_disable_vblank(struct probe_counter *counter)
{
}

static u32 probe_counter_get(struct probe_counter *counter)
{
	return 5;
}

TKMS_DEFINE_VBLANK_CRTC_CLASS(probe_counter, probe_counter_state,
			      .enable_vblank = probe_counter_enable_vblank,
			      .disable_vblank = probe_counter_disable_vblank,
			      .get_vblank_counter = probe_counter_get);

static int create_only_counter(struct probe *probe, struct tkms_setup *setup)
{
	struct probe_plane *plane = probe_plane_create(setup, &primary_info);

	if (IS_ERR(plane))
		return PTR_ERR(plane);

	return PTR_ERR_OR_ZERO(probe_counter_create(setup, &(struct tkms_crtc_info){
		.primary = &plane->base,
	}));
}

static int create_counter(struct probe *probe, struct tkms_setup *setup)
{
	return probe_create_all(probe, setup) ?: create_only_counter(probe, setup);
}

static int create_eink(struct probe *probe, struct tkms_setup *setup)
{
	struct probe_plane *plane = probe_plane_create(setup, &primary_info);

	if (IS_ERR(plane))
		return PTR_ERR(plane);

	return PTR_ERR_OR_ZERO(probe_eink_create(setup, &(struct tkms_crtc_info){
		.primary = &plane->base,
	}));
}

/* DRM sets up no vblanks if no CRTC has any. */
static void kms_test_register_without_vblanks(struct kunit *test)
{
	struct probe_script *script = test->priv;

	script->create = create_eink;
	KUNIT_EXPECT_FALSE(test, drm_dev_has_vblank(&probe_register(test)->base.drm));
}

/* Three CRTCs: without vblanks, with vblanks that DRM counts, and with a hardware counter. */
static void kms_test_register_mixed_counters(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe;

	script->create = create_counter;
	script->config.max_vblank_count = 1000;
	probe = probe_register(test);
	KUNIT_EXPECT_EQ(test, probe->base.drm.max_vblank_count, 0);
	KUNIT_EXPECT_EQ(test, probe->base.drm.vblank[0].max_vblank_count, 0);
	KUNIT_EXPECT_EQ(test, probe->base.drm.vblank[1].max_vblank_count, 0);
	KUNIT_EXPECT_EQ(test, probe->base.drm.vblank[2].max_vblank_count, 1000);
}

/* Hardware with and without vblanks. */
struct probe_dual {
	struct tkms_crtc base;
	const char *source;
};

struct probe_dual_state {
	struct tkms_crtc_state base;
};

TKMS_DECLARE_OPTIONAL_VBLANK_CRTC_CLASS(probe_dual, probe_dual_state);

static int probe_dual_enable_vblank(struct probe_dual *dual)
{
	return 0;
}

static void probe_dual_disable_vblank(struct probe_dual *dual)
{
}

static int probe_dual_verify_crc_source(struct probe_dual *dual, const char *source,
					size_t *values)
{
	*values = 1;

	return 0;
}

static int probe_dual_set_crc_source(struct probe_dual *dual, const char *source)
{
	dual->source = source;

	return 0;
}

static u32 probe_dual_get(struct probe_dual *dual)
{
	return 5;
}

TKMS_DEFINE_OPTIONAL_VBLANK_CRTC_CLASS(probe_dual, probe_dual_state,
				       .enable_vblank = probe_dual_enable_vblank,
				       .disable_vblank = probe_dual_disable_vblank,
				       .get_vblank_counter = probe_dual_get,
				       .verify_crc_source = probe_dual_verify_crc_source,
				       .set_crc_source = probe_dual_set_crc_source);

/* Creates one CRTC, with or without vblanks. */
static int create_dual(struct tkms_setup *setup, bool has_vblanks)
{
	struct probe_plane *plane = probe_plane_create(setup, &primary_info);
	const struct tkms_crtc_info info = { .primary = IS_ERR(plane) ? NULL : &plane->base };

	if (IS_ERR(plane))
		return PTR_ERR(plane);

	return PTR_ERR_OR_ZERO(has_vblanks ? probe_dual_create(setup, &info)
					   : probe_dual_create_vblankless(setup, &info));
}

static int create_vblankless(struct probe *probe, struct tkms_setup *setup)
{
	return create_dual(setup, false);
}

static int create_duals(struct probe *probe, struct tkms_setup *setup)
{
	return create_dual(setup, true) ?: create_dual(setup, false);
}

/*
 * One class, with a CRTC that has vblanks and one that has none: DRM and the driver see the
 * difference.
 */
static void kms_test_register_optional_vblanks(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct tkms_crtc *with, *without;
	struct probe *probe;

	script->create = create_duals;
	script->config.max_vblank_count = 1000;
	probe = probe_register(test);
	with = to_tkms_crtc(drm_crtc_from_index(&probe->base.drm, 0));
	without = to_tkms_crtc(drm_crtc_from_index(&probe->base.drm, 1));

	KUNIT_EXPECT_PTR_EQ(test, tkms_vblank_try_from(with), (struct tkms_vblank_crtc *)with);
	KUNIT_EXPECT_NULL(test, tkms_vblank_try_from(without));
	KUNIT_EXPECT_PTR_EQ(test, &probe_dual_try_from(with)->base, with);
	KUNIT_EXPECT_PTR_EQ(test, &probe_dual_try_from(without)->base, without);
	KUNIT_EXPECT_NULL(test, probe_dual_try_from(NULL));
	KUNIT_EXPECT_NULL(test, probe_eink_try_from(without));
	KUNIT_EXPECT_NOT_NULL(test,
			      probe_dual_state_try_from(to_tkms_crtc_state(with->drm.state)));
	KUNIT_EXPECT_NOT_NULL(test,
			      probe_dual_state_try_from(to_tkms_crtc_state(without->drm.state)));
	KUNIT_EXPECT_NOT_NULL(test, with->drm.funcs->get_vblank_counter);
	KUNIT_EXPECT_NULL(test, without->drm.funcs->get_vblank_counter);
	KUNIT_EXPECT_EQ(test, probe->base.drm.vblank[0].max_vblank_count, 1000);
	KUNIT_EXPECT_EQ(test, probe->base.drm.vblank[1].max_vblank_count, 0);
}

/* If no CRTC of the class has vblanks, the device has none. CRCs work without them. */
static void kms_test_register_vblankless(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct drm_crtc *crtc;
	struct probe *probe;

	script->create = create_vblankless;
	script->config.vblank_disable_immediate = true;
	probe = probe_register(test);
	crtc = drm_crtc_from_index(&probe->base.drm, 0);

	KUNIT_EXPECT_FALSE(test, drm_dev_has_vblank(&probe->base.drm));
	KUNIT_EXPECT_EQ(test, crtc->funcs->set_crc_source(crtc, "auto"), 0);
	KUNIT_EXPECT_STREQ(test, probe_dual_try_from(to_tkms_crtc(crtc))->source, "auto");
}

/* With a hardware counter vblanks may be disabled immediately, if the driver allows it. */
static void kms_test_register_immediate(struct kunit *test)
{
	struct probe_script *script = test->priv;

	script->create = create_only_counter;
	script->config.max_vblank_count = 1000;
	KUNIT_EXPECT_FALSE(test, probe_register(test)->base.drm.vblank_disable_immediate);
	script->config.vblank_disable_immediate = true;
	KUNIT_EXPECT_TRUE(test, probe_register(test)->base.drm.vblank_disable_immediate);
}

static void kms_test_register_clients(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);

	KUNIT_EXPECT_TRUE(test, list_empty(&probe->base.drm.clientlist));
	if (!IS_ENABLED(CONFIG_DRM_FBDEV_EMULATION))
		kunit_skip(test, "the kernel has no client");
	script->config.clients = true;
	probe = probe_register(test);
	KUNIT_EXPECT_FALSE(test, list_empty(&probe->base.drm.clientlist));
}

struct audit_case {
	const char *desc;
	int (*create)(struct probe *probe, struct tkms_setup *setup);
};

static const struct audit_case audit_cases[] = {
	{ "the driver lacks TKMS_DRIVER_FEATURES", create_without_features },
	{ "the device has no CRTC", create_nothing },
	{ "a CRTC has no primary plane", create_no_primary },
	{ "two CRTCs share a primary or cursor plane", create_shared_primary },
	{ "two CRTCs share a primary or cursor plane", create_shared_cursor },
	{ "possible_crtcs of a primary or cursor plane lacks its CRTC", create_forbidden_primary },
	{ "possible_crtcs of a primary or cursor plane lacks its CRTC",
	  create_forbidden_primary_with_cursor },
	{ "a plane has no possible CRTC", create_idle_plane },
	{ "the device has more primary planes than CRTCs", create_many_primaries },
	{ "an encoder has no possible CRTC", create_idle_encoder },
	{ "a CRTC has a vblank counter, but max_vblank_count is 0", create_counter },
	{ "vblank_disable_immediate is set, but a CRTC has no counter",
	  create_hasty_vblank },
};

KUNIT_ARRAY_PARAM_DESC(audit, audit_cases, desc);

/* Runs the audit before registration does: a device that fails to register is gone. */
static int create_and_audit(struct probe *probe, struct tkms_setup *setup)
{
	struct probe_script *script = dev_get_drvdata(probe->base.drm.dev);
	const struct audit_case *param = script->test->param_value;
	int ret = param->create(probe, setup);

	script->data = (void *)tkms_audit(&probe->base);

	return ret;
}

static void kms_test_audit(struct kunit *test)
{
	const struct audit_case *param = test->param_value;
	struct probe_script *script = test->priv;

	script->create = create_and_audit;
	KUNIT_EXPECT_PTR_EQ(test, probe_try_register(test), ERR_PTR(-EINVAL));
	KUNIT_EXPECT_STREQ(test, (const char *)script->data, param->desc);
	KUNIT_EXPECT_EQ(test, script->num_ballast, 0);
}

static void kms_test_setup_stale(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);
	const struct tkms_connector_info panel_info = {
		.type = DRM_MODE_CONNECTOR_VIRTUAL,
		.encoder = &probe->encoder[0]->base,
	};

	kunit_warning_suppress(test) {
		KUNIT_EXPECT_PTR_EQ(test, probe_plane_create(script->setup, &overlay_info),
				    ERR_PTR(-EBUSY));
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
		KUNIT_EXPECT_PTR_EQ(test, probe_encoder_create(script->setup,
							       DRM_MODE_ENCODER_VIRTUAL),
				    ERR_PTR(-EBUSY));
		/* Late creation fails for any number of CRTCs. */
		probe->base.drm.mode_config.num_crtc = 32;
		KUNIT_EXPECT_PTR_EQ(test, probe_eink_create(script->setup,
							    &(struct tkms_crtc_info){}),
				    ERR_PTR(-EBUSY));
		probe->base.drm.mode_config.num_crtc = 2;
		KUNIT_EXPECT_PTR_EQ(test, probe_panel_create(script->setup, &panel_info),
				    ERR_PTR(-EBUSY));
		KUNIT_EXPECT_EQ(test, tkms_plane_allow(script->setup, &probe->overlay->base,
						       &probe->eink->base), -EBUSY);
		KUNIT_EXPECT_EQ(test, tkms_encoder_allow_clones(script->setup,
								&probe->encoder[0]->base,
								&probe->encoder[1]->base), -EBUSY);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	KUNIT_EXPECT_TRUE(test, tkms_had_fault(&probe->base, TKMS_FAULT_STALE_SETUP));
	KUNIT_EXPECT_EQ(test, probe->base.drm.mode_config.num_total_plane, 3);
	KUNIT_EXPECT_EQ(test, probe->overlay->base.drm.possible_crtcs, 1);
	KUNIT_EXPECT_EQ(test, probe->encoder[0]->base.drm.possible_clones, 1);
}

static int create_with_foreign_crtc(struct probe *probe, struct tkms_setup *setup)
{
	struct probe_script *script = dev_get_drvdata(probe->base.drm.dev);
	struct probe *other = script->data;
	int ret = probe_create_all(probe, setup);

	return ret ?: tkms_plane_allow(setup, &probe->overlay->base, &other->crtc->base);
}

static int create_with_foreign_primary(struct probe *probe, struct tkms_setup *setup)
{
	struct probe_script *script = dev_get_drvdata(probe->base.drm.dev);
	struct probe *other = script->data;

	KUNIT_EXPECT_PTR_EQ(script->test, ERR_PTR(-EINVAL),
			    probe_eink_create(setup, &(struct tkms_crtc_info){
				    .primary = &other->primary[0]->base,
			    }));

	return -EINVAL;
}

static int create_with_foreign_encoder(struct probe *probe, struct tkms_setup *setup)
{
	struct probe_script *script = dev_get_drvdata(probe->base.drm.dev);
	struct probe *other = script->data;

	return PTR_ERR_OR_ZERO(probe_panel_create(setup, &(struct tkms_connector_info){
		.type = DRM_MODE_CONNECTOR_VIRTUAL,
		.encoder = &other->encoder[0]->base,
	}));
}

static int create_with_foreign_clone(struct probe *probe, struct tkms_setup *setup)
{
	struct probe_script *script = dev_get_drvdata(probe->base.drm.dev);
	struct probe *other = script->data;
	int ret = probe_create_all(probe, setup);

	return ret ?: tkms_encoder_allow_clones(setup, &probe->encoder[0]->base,
						&other->encoder[0]->base);
}

static int create_with_foreign_plane(struct probe *probe, struct tkms_setup *setup)
{
	struct probe_script *script = dev_get_drvdata(probe->base.drm.dev);
	struct probe *other = script->data;
	int ret = probe_create_all(probe, setup);

	return ret ?: tkms_plane_allow(setup, &other->overlay->base, &probe->crtc->base);
}

static int create_with_foreign_feed(struct probe *probe, struct tkms_setup *setup)
{
	struct probe_script *script = dev_get_drvdata(probe->base.drm.dev);
	struct probe *other = script->data;
	int ret = probe_create_all(probe, setup);

	return ret ?: tkms_encoder_allow(setup, &probe->encoder[0]->base, &other->crtc->base);
}

static int create_foreign_with_clone(struct probe *probe, struct tkms_setup *setup)
{
	struct probe_script *script = dev_get_drvdata(probe->base.drm.dev);
	struct probe *other = script->data;
	int ret = probe_create_all(probe, setup);

	return ret ?: tkms_encoder_allow_clones(setup, &other->encoder[0]->base,
						&probe->encoder[0]->base);
}

static int create_with_foreign_cursor(struct probe *probe, struct tkms_setup *setup)
{
	struct probe_script *script = dev_get_drvdata(probe->base.drm.dev);
	struct probe *other = script->data;
	struct probe_plane *plane = probe_plane_create(setup, &primary_info);

	if (IS_ERR(plane))
		return PTR_ERR(plane);

	KUNIT_EXPECT_PTR_EQ(script->test, ERR_PTR(-EINVAL),
			    probe_eink_create(setup, &(struct tkms_crtc_info){
				    .primary = &plane->base,
				    .cursor = &other->overlay->base,
			    }));

	return -EINVAL;
}

static const struct audit_case foreign_cases[] = {
	{ "CRTC", create_with_foreign_crtc },
	{ "primary plane", create_with_foreign_primary },
	{ "cursor", create_with_foreign_cursor },
	{ "encoder", create_with_foreign_encoder },
	{ "clone", create_with_foreign_clone },
	{ "plane", create_with_foreign_plane },
	{ "encoder's CRTC", create_with_foreign_feed },
	{ "encoder that is cloned", create_foreign_with_clone },
};

KUNIT_ARRAY_PARAM_DESC(foreign, foreign_cases, desc);

static void kms_test_setup_foreign_object(struct kunit *test)
{
	const struct audit_case *param = test->param_value;
	struct probe_script *script = test->priv;
	struct probe *other;

	other = probe_register(test);
	script->data = other;
	script->create = param->create;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_PTR_EQ(test, probe_try_register(test), ERR_PTR(-EINVAL));
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	KUNIT_EXPECT_EQ(test, other->overlay->base.drm.possible_crtcs, 1);
	KUNIT_EXPECT_EQ(test, other->encoder[0]->base.drm.possible_clones, 1);
}

static int create_clones(struct probe *probe, struct tkms_setup *setup)
{
	struct probe_script *script = dev_get_drvdata(probe->base.drm.dev);
	int ret = probe_create_all(probe, setup);
	struct probe_encoder *third;

	if (ret)
		return ret;

	third = probe_encoder_create(setup, DRM_MODE_ENCODER_VIRTUAL);
	if (IS_ERR(third))
		return PTR_ERR(third);
	script->data = third;

	return tkms_encoder_allow(setup, &third->base, &probe->crtc->base) ?:
	       tkms_encoder_allow(setup, &third->base, &probe->eink->base) ?:
	       tkms_encoder_allow_clones(setup, &probe->encoder[0]->base, &third->base) ?:
	       tkms_encoder_allow_clones(setup, &third->base, &probe->encoder[1]->base) ?:
	       tkms_encoder_allow_clones(setup, &probe->encoder[1]->base, &probe->encoder[0]->base);
}

/* Each call adds to the allowed clones. */
static void kms_test_setup_clones(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe_encoder *third;
	struct probe *probe;

	script->create = create_clones;
	probe = probe_register(test);
	third = script->data;
	KUNIT_EXPECT_EQ(test, probe->encoder[0]->base.drm.possible_clones, 0x7);
	KUNIT_EXPECT_EQ(test, probe->encoder[1]->base.drm.possible_clones, 0x7);
	KUNIT_EXPECT_EQ(test, third->base.drm.possible_clones, 0x7);
	KUNIT_EXPECT_EQ(test, third->base.drm.possible_crtcs, 0x3);
}

static int create_many_planes(struct probe *probe, struct tkms_setup *setup)
{
	struct probe_plane *plane;
	int ret = probe_create_all(probe, setup);

	while (!ret) {
		plane = probe_plane_create(setup, &overlay_info);
		if (IS_ERR(plane))
			return PTR_ERR(plane);
		ret = tkms_plane_allow(setup, &plane->base, &probe->crtc->base);
	}

	return ret;
}

static int create_many_crtcs(struct probe *probe, struct tkms_setup *setup)
{
	int ret = probe_create_all(probe, setup);

	while (!ret)
		ret = PTR_ERR_OR_ZERO(probe_eink_create(setup, &(struct tkms_crtc_info){}));

	return ret;
}

static int create_many_encoders(struct probe *probe, struct tkms_setup *setup)
{
	int ret = probe_create_all(probe, setup);

	while (!ret)
		ret = PTR_ERR_OR_ZERO(probe_encoder_create(setup, DRM_MODE_ENCODER_VIRTUAL));

	return ret;
}

static int create_many_connectors(struct probe *probe, struct tkms_setup *setup)
{
	int ret = probe_create_all(probe, setup);

	while (!ret)
		ret = PTR_ERR_OR_ZERO(probe_panel_create(setup, &(struct tkms_connector_info){
			.type = DRM_MODE_CONNECTOR_VIRTUAL,
			.encoder = &probe->encoder[0]->base,
		}));

	return ret;
}

static const struct audit_case many_cases[] = {
	{ "planes", create_many_planes },
	{ "CRTCs", create_many_crtcs },
	{ "encoders", create_many_encoders },
	{ "connectors", create_many_connectors },
};

KUNIT_ARRAY_PARAM_DESC(many, many_cases, desc);

/* DRM's own check would warn. */
static void kms_test_setup_too_many(struct kunit *test)
{
	const struct audit_case *param = test->param_value;
	struct probe_script *script = test->priv;

	script->create = param->create;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_PTR_EQ(test, probe_try_register(test), ERR_PTR(-ENOSPC));
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 0);
	}
}

static int create_wrong_primary(struct probe *probe, struct tkms_setup *setup)
{
	struct probe_plane *plane = probe_plane_create(setup, &overlay_info);

	if (IS_ERR(plane))
		return PTR_ERR(plane);

	return PTR_ERR_OR_ZERO(probe_eink_create(setup, &(struct tkms_crtc_info){ &plane->base }));
}

/* DRM would only warn. */
static void kms_test_setup_wrong_primary(struct kunit *test)
{
	struct probe_script *script = test->priv;

	script->create = create_wrong_primary;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_PTR_EQ(test, probe_try_register(test), ERR_PTR(-EINVAL));
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 0);
	}
}

static int read_contrast(struct probe *probe, struct tkms_initial *initial)
{
	struct probe_script *script = dev_get_drvdata(probe->base.drm.dev);
	struct tkms_crtc_state *state = tkms_crtc_first(initial, &probe->eink->base);

	probe_eink_state_try_from(state)->contrast = 42;
	script->data = initial;

	return 0;
}

static void kms_test_read_hardware(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct tkms_crtc_state *state;
	struct probe *probe;

	script->read_hardware = read_contrast;
	probe = probe_register(test);
	state = to_tkms_crtc_state(probe->eink->base.drm.state);
	KUNIT_EXPECT_EQ(test, probe_eink_state_try_from(state)->contrast, 42);
	state = to_tkms_crtc_state(probe->crtc->base.drm.state);
	KUNIT_EXPECT_EQ(test, probe_crtc_state_try_from(state)->gain, 7);

	kunit_warning_suppress(test) {
		KUNIT_EXPECT_NULL(test, tkms_crtc_first(script->data, &probe->eink->base));
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
}

static int read_foreign(struct probe *probe, struct tkms_initial *initial)
{
	struct probe_script *script = dev_get_drvdata(probe->base.drm.dev);
	struct probe *other = script->data;

	return tkms_crtc_first(initial, &other->crtc->base) ? 0 : -EXDEV;
}

static void kms_test_read_hardware_foreign(struct kunit *test)
{
	struct probe_script *script = test->priv;

	script->data = probe_register(test);
	script->read_hardware = read_foreign;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_PTR_EQ(test, probe_try_register(test), ERR_PTR(-EXDEV));
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
}

static int read_nothing(struct probe *probe, struct tkms_initial *initial)
{
	return -EIO;
}

static void kms_test_read_hardware_fails(struct kunit *test)
{
	struct probe_script *script = test->priv;

	script->read_hardware = read_nothing;
	KUNIT_EXPECT_PTR_EQ(test, probe_try_register(test), ERR_PTR(-EIO));
	KUNIT_EXPECT_EQ(test, script->num_ballast, 0);
}

static void kms_test_unplug(struct kunit *test)
{
	struct probe *probe = probe_register(test);

	KUNIT_ASSERT_EQ(test, probe_turn_on(probe), 0);
	KUNIT_EXPECT_TRUE(test, probe->crtc->is_on);
	tkms_unplug(&probe->base);
	KUNIT_EXPECT_FALSE(test, probe->crtc->is_on);
	KUNIT_EXPECT_FALSE(test, probe->encoder[0]->is_on);
	KUNIT_EXPECT_TRUE(test, drm_dev_is_unplugged(&probe->base.drm));
	tkms_unplug(&probe->base);
	KUNIT_EXPECT_EQ(test, probe->base.phase, TKMS_PHASE_UNPLUGGED);
}

static struct probe_dock *plug(struct kunit *test, struct probe *probe)
{
	const struct tkms_connector_info info = {
		.type = DRM_MODE_CONNECTOR_VIRTUAL,
		.encoder = &probe->encoder[0]->base,
	};
	struct probe_script *script = test->priv;
	struct probe_dock *dock = probe_dock_plug(&probe->base, &info);

	if (!IS_ERR(dock))
		script->num_docks++;

	return dock;
}

/* An unplugged connector lives until its last reference is dropped. */
static void kms_test_dynamic_connector(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);
	struct probe_dock *dock = plug(test, probe);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, dock);
	KUNIT_EXPECT_EQ(test, probe->base.drm.mode_config.num_connector, 3);
	KUNIT_EXPECT_EQ(test, dock->base.drm.registration_state, DRM_CONNECTOR_REGISTERED);
	KUNIT_EXPECT_NOT_NULL(test, dock->base.drm.state);
	KUNIT_EXPECT_PTR_EQ(test, probe_dock_try_from(&dock->base), dock);
	KUNIT_EXPECT_NULL(test, probe_panel_try_from(&dock->base));

	{
		struct tkms_connector *mine __free(tkms_connector_put) =
			tkms_connector_get(&dock->base);

		probe_dock_unplug(dock);
		KUNIT_EXPECT_EQ(test, mine->drm.registration_state, DRM_CONNECTOR_UNREGISTERED);
		KUNIT_EXPECT_EQ(test, script->num_docks, 1);
	}
	flush_work(&probe->base.drm.mode_config.connector_free_work);
	KUNIT_EXPECT_EQ(test, script->num_docks, 0);
}

/* An in-kernel client that gets hotplug events for dynamic connectors. */
struct listener {
	struct drm_client_dev client;
	int hotplugs;
};

static int listener_hotplug(struct drm_client_dev *client)
{
	container_of(client, struct listener, client)->hotplugs++;

	return 0;
}

static const struct drm_client_funcs listener_funcs = { .hotplug = listener_hotplug };

static int listen(struct listener *listener, struct probe *probe)
{
	int ret = drm_client_init(&probe->base.drm, &listener->client, "listener",
				  &listener_funcs);

	if (!ret)
		drm_client_register(&listener->client);
	listener->hotplugs = 0;

	return ret;
}

static void stop_listening(struct listener *listener)
{
	struct drm_device *drm = listener->client.dev;

	scoped_guard(mutex, &drm->clientlist_mutex)
		list_del(&listener->client.list);
	drm_client_release(&listener->client);
}

static void kms_test_dynamic_connector_tells(struct kunit *test)
{
	struct listener *listener = kunit_kzalloc(test, sizeof(*listener), GFP_KERNEL);
	struct probe *probe = probe_register(test);
	struct probe_dock *dock;

	KUNIT_ASSERT_NOT_NULL(test, listener);
	KUNIT_ASSERT_EQ(test, listen(listener, probe), 0);
	dock = plug(test, probe);
	KUNIT_EXPECT_NOT_ERR_OR_NULL(test, dock);
	KUNIT_EXPECT_EQ(test, listener->hotplugs, 1);
	if (!IS_ERR(dock))
		probe_dock_unplug(dock);
	KUNIT_EXPECT_EQ(test, listener->hotplugs, 2);
	stop_listening(listener);
}

static int plug_before_registration(struct probe *probe, struct tkms_setup *setup)
{
	struct probe_script *script = dev_get_drvdata(probe->base.drm.dev);
	struct tkms_connector_info info = { .type = DRM_MODE_CONNECTOR_VIRTUAL };
	struct probe_dock *dock;
	int ret = probe_create_all(probe, setup) ?: listen(script->data, probe);

	if (ret)
		return ret;

	info.encoder = &probe->encoder[0]->base;
	dock = probe_dock_plug(&probe->base, &info);
	if (!IS_ERR(dock)) {
		script->num_docks++;
		probe_dock_unplug(dock);
	}
	stop_listening(script->data);

	return PTR_ERR_OR_ZERO(dock);
}

/* A device that is not registered yet sends no hotplug events. */
static void kms_test_dynamic_connector_tells_nothing(struct kunit *test)
{
	struct listener *listener = kunit_kzalloc(test, sizeof(*listener), GFP_KERNEL);
	struct probe_script *script = test->priv;

	KUNIT_ASSERT_NOT_NULL(test, listener);
	script->data = listener;
	script->create = plug_before_registration;
	probe_register(test);
	KUNIT_EXPECT_EQ(test, listener->hotplugs, 0);
}

static void kms_test_dynamic_connector_left_behind(struct kunit *test)
{
	struct probe *probe = probe_register(test);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, plug(test, probe));
	tkms_unplug(&probe->base);
	KUNIT_EXPECT_PTR_EQ(test, plug(test, probe), ERR_PTR(-ENODEV));
}

static int create_plugs_foreign(struct probe *probe, struct tkms_setup *setup)
{
	struct probe_script *script = dev_get_drvdata(probe->base.drm.dev);
	struct probe *other = script->data;
	const struct tkms_connector_info info = {
		.type = DRM_MODE_CONNECTOR_VIRTUAL,
		.encoder = &other->encoder[0]->base,
	};

	return PTR_ERR_OR_ZERO(probe_dock_plug(&probe->base, &info));
}

static void kms_test_dynamic_connector_foreign_encoder(struct kunit *test)
{
	struct probe_script *script = test->priv;

	script->data = probe_register(test);
	script->create = create_plugs_foreign;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_PTR_EQ(test, probe_try_register(test), ERR_PTR(-EINVAL));
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
}

/* Before create_objects() a connector cannot be plugged. */
static void kms_test_dynamic_connector_early(struct kunit *test)
{
	struct probe_script *script = test->priv;

	script->plugs_early = true;
	KUNIT_EXPECT_PTR_EQ(test, probe_try_register(test), ERR_PTR(-EBUSY));
	KUNIT_EXPECT_EQ(test, script->num_docks, 0);
}

static void kms_test_late_register(struct kunit *test)
{
	struct probe *probe = probe_register(test);

	KUNIT_EXPECT_TRUE(test, probe->crtc->is_registered);
	tkms_unplug(&probe->base);
	KUNIT_EXPECT_FALSE(test, probe->crtc->is_registered);
	/* A connector cannot be plugged into a device that is being unplugged. */
	KUNIT_EXPECT_EQ(test, probe->crtc->phase_of_end, TKMS_PHASE_UNPLUGGED);
}

/*
 * Both the connector and the CRTC may reject modes: the connector accepts one width, the CRTC all
 * up to 1920.
 */
static void kms_test_detect(struct kunit *test)
{
	struct probe *probe = probe_register(test);
	struct drm_connector *panel = &probe->panel[0]->base.drm;
	const struct drm_crtc_helper_funcs *funcs = probe->crtc->base.drm.helper_private;
	const struct drm_display_mode wide = { .hdisplay = 1921 };
	struct drm_display_mode *mode;
	int count = 0;

	mutex_lock(&probe->base.drm.mode_config.mutex);
	panel->funcs->fill_modes(panel, 4096, 4096);
	KUNIT_EXPECT_EQ(test, panel->status, connector_status_connected);
	list_for_each_entry(mode, &panel->modes, head) {
		KUNIT_EXPECT_EQ(test, mode->hdisplay, 640);
		count++;
	}
	KUNIT_EXPECT_GT(test, count, 0);

	probe->panel[0]->is_absent = true;
	KUNIT_EXPECT_EQ(test, panel->funcs->fill_modes(panel, 4096, 4096), 0);
	KUNIT_EXPECT_EQ(test, panel->status, connector_status_disconnected);

	panel->force = DRM_FORCE_ON;
	KUNIT_EXPECT_GT(test, panel->funcs->fill_modes(panel, 4096, 4096), 0);
	KUNIT_EXPECT_EQ(test, probe->panel[0]->forced, 1);
	mutex_unlock(&probe->base.drm.mode_config.mutex);

	KUNIT_EXPECT_EQ(test, funcs->mode_valid(&probe->crtc->base.drm, &wide), MODE_BAD_HVALUE);
}

/*
 * DRM uses only planes of a class with get_scanout_buffer() for panics; async formats are up to the
 * driver.
 */
static void kms_test_plane_hooks(struct kunit *test)
{
	struct probe *probe = probe_register(test);
	struct drm_plane *plane = &probe->overlay->base.drm;
	struct drm_scanout_buffer buffer = {};

	KUNIT_ASSERT_NOT_NULL(test, plane->helper_private->get_scanout_buffer);
	KUNIT_EXPECT_EQ(test, plane->helper_private->get_scanout_buffer(plane, &buffer), 0);
	KUNIT_EXPECT_EQ(test, buffer.width, 640);
	plane->helper_private->panic_flush(plane);
	KUNIT_EXPECT_NULL(test, toy_plane_class.helpers.get_scanout_buffer);
	KUNIT_EXPECT_NULL(test, toy_plane_class.helpers.panic_flush);

	KUNIT_EXPECT_TRUE(test, plane->funcs->format_mod_supported_async(plane, formats[0],
									 DRM_FORMAT_MOD_LINEAR));
	KUNIT_EXPECT_FALSE(test, plane->funcs->format_mod_supported_async(plane, formats[0], 1));
}

static void kms_test_pin(struct kunit *test)
{
	struct probe *probe = probe_register(test);
	const unsigned int references = kref_read(&probe->base.drm.ref);

	{
		struct tkms_crtc *crtc __free(tkms_crtc_unpin) = tkms_crtc_pin(&probe->crtc->base);
		struct tkms_plane *plane __free(tkms_plane_unpin) =
			tkms_plane_pin(&probe->overlay->base);
		struct tkms_encoder *encoder __free(tkms_encoder_unpin) =
			tkms_encoder_pin(&probe->encoder[1]->base);

		KUNIT_EXPECT_PTR_EQ(test, crtc, &probe->crtc->base);
		KUNIT_EXPECT_PTR_EQ(test, plane, &probe->overlay->base);
		KUNIT_EXPECT_PTR_EQ(test, encoder, &probe->encoder[1]->base);
		KUNIT_EXPECT_EQ(test, kref_read(&probe->base.drm.ref), references + 3);
	}
	KUNIT_EXPECT_EQ(test, kref_read(&probe->base.drm.ref), references);
}

static struct drm_framebuffer *create_no_framebuffer(struct drm_device *drm, struct drm_file *file,
						     const struct drm_format_info *info,
						     const struct drm_mode_fb_cmd2 *cmd)
{
	return ERR_PTR(-EXDEV);
}

/* Static, since the device outlives allocations of the test. */
static struct tkms_driver fb_driver;

static void kms_test_fb_create(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe;

	fb_driver = probe_driver;
	fb_driver.fb_create = create_no_framebuffer;
	script->driver = &fb_driver;
	probe = probe_register(test);
	KUNIT_EXPECT_PTR_EQ(test, probe->base.drm.mode_config.funcs->fb_create(&probe->base.drm,
									       NULL, NULL, NULL),
			    ERR_PTR(-EXDEV));
}

/* DRM and clients get all values of mode_config_info(). */
static void kms_test_register_config(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct drm_mode_config *config;
	struct probe *probe;

	script->config = (struct tkms_config){
		.min_width = 1,
		.min_height = 2,
		.max_width = 3000,
		.max_height = 4000,
		.cursor_width = 5,
		.cursor_height = 6,
	};
	probe = probe_register(test);
	config = &probe->base.drm.mode_config;
	KUNIT_EXPECT_EQ(test, config->min_width, 1);
	KUNIT_EXPECT_EQ(test, config->min_height, 2);
	KUNIT_EXPECT_EQ(test, config->max_width, 3000);
	KUNIT_EXPECT_EQ(test, config->max_height, 4000);
	KUNIT_EXPECT_EQ(test, config->cursor_width, 5);
	KUNIT_EXPECT_EQ(test, config->cursor_height, 6);
}

static void kms_test_audit_features(struct kunit *test)
{
	static struct tkms_driver driver;
	struct probe_script *script = test->priv;

	driver = probe_driver;
	driver.drm.driver_features &= ~DRIVER_ATOMIC;
	script->driver = &driver;
	KUNIT_EXPECT_PTR_EQ(test, probe_try_register(test), ERR_PTR(-EINVAL));
}

struct probe_gpu {
	struct tkms_render_device base;
};

DEFINE_DRM_GEM_FOPS(gpu_fops);

static void kms_test_render_register(struct kunit *test)
{
	static const struct drm_driver gpu_driver = {
		.driver_features = DRIVER_GEM | DRIVER_RENDER,
		.fops = &gpu_fops,
		.name = "probe-gpu",
		.desc = "driver of the tests",
	};
	struct probe_script *script = test->priv;

	KUNIT_EXPECT_NOT_ERR_OR_NULL(test, tkms_render_register(script->parent, &gpu_driver,
								struct probe_gpu));
	KUNIT_EXPECT_PTR_EQ(test, tkms_render_register(script->parent, &probe_driver.drm,
						       struct probe_gpu),
			    ERR_PTR(-EINVAL));
}

static struct kunit_case kms_setup_tests[] = {
	KUNIT_CASE(kms_test_register),
	KUNIT_CASE(kms_test_register_order),
	KUNIT_CASE_PARAM(kms_test_register_fails, step_gen_params),
	KUNIT_CASE(kms_test_register_create_objects_fails),
	KUNIT_CASE(kms_test_register_without_vblanks),
	KUNIT_CASE(kms_test_register_optional_vblanks),
	KUNIT_CASE(kms_test_register_vblankless),
	KUNIT_CASE(kms_test_register_mixed_counters),
	KUNIT_CASE(kms_test_register_immediate),
	KUNIT_CASE(kms_test_register_clients),
	KUNIT_CASE_PARAM(kms_test_audit, audit_gen_params),
	KUNIT_CASE(kms_test_setup_stale),
	KUNIT_CASE_PARAM(kms_test_setup_foreign_object, foreign_gen_params),
	KUNIT_CASE(kms_test_setup_clones),
	KUNIT_CASE_PARAM(kms_test_setup_too_many, many_gen_params),
	KUNIT_CASE(kms_test_setup_wrong_primary),
	KUNIT_CASE(kms_test_read_hardware),
	KUNIT_CASE(kms_test_read_hardware_foreign),
	KUNIT_CASE(kms_test_read_hardware_fails),
	KUNIT_CASE(kms_test_unplug),
	KUNIT_CASE(kms_test_dynamic_connector),
	KUNIT_CASE(kms_test_dynamic_connector_tells),
	KUNIT_CASE(kms_test_dynamic_connector_tells_nothing),
	KUNIT_CASE(kms_test_dynamic_connector_left_behind),
	KUNIT_CASE(kms_test_dynamic_connector_foreign_encoder),
	KUNIT_CASE(kms_test_dynamic_connector_early),
	KUNIT_CASE(kms_test_late_register),
	KUNIT_CASE(kms_test_detect),
	KUNIT_CASE(kms_test_plane_hooks),
	KUNIT_CASE(kms_test_fb_create),
	KUNIT_CASE(kms_test_pin),
	KUNIT_CASE(kms_test_render_register),
	KUNIT_CASE(kms_test_register_config),
	KUNIT_CASE(kms_test_audit_features),
	{}
};

static struct kunit_suite kms_setup_suite = {
	.name = "kms_setup",
	.init = probe_script_init,
	.test_cases = kms_setup_tests,
};

kunit_test_suite(kms_setup_suite);
