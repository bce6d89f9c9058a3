// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of kms/ when DRM fails or memory runs out. Allocations fail for objects of an impossible
 * size; DRM warns of most other failures. The classes are those of the probe, changed.
 */

#include <drm/drm_fourcc.h>
#include <drm/drm_gem_shmem_helper.h>
#include <kunit/static_stub.h>
#include <kunit/test-bug.h>
#include <kunit/test.h>
#include <linux/sizes.h>

#include "../../kms/internal.h"
#include "kms_probe.h"

#define HUGE (SIZE_MAX / 2)

static const u32 formats[] = { DRM_FORMAT_XRGB8888 };

static const struct tkms_plane_info primary_info = {
	.type = DRM_PLANE_TYPE_PRIMARY,
	.formats = formats,
	.num_formats = ARRAY_SIZE(formats),
};

static int create_huge_plane(struct probe *probe, struct tkms_setup *setup)
{
	struct tkms_plane_class class = probe_plane_class;

	class.size = HUGE;

	return PTR_ERR_OR_ZERO(__tkms_plane_create(setup, &class, &primary_info));
}

static int create_crtc(struct tkms_setup *setup, const struct tkms_crtc_class *class)
{
	struct probe_plane *plane = probe_plane_create(setup, &primary_info);

	if (IS_ERR(plane))
		return PTR_ERR(plane);

	return PTR_ERR_OR_ZERO(__tkms_crtc_create(setup, class, &(struct tkms_crtc_info){
		.primary = &plane->base,
	}));
}

static int create_huge_crtc(struct probe *probe, struct tkms_setup *setup)
{
	struct tkms_crtc_class class = probe_eink_class;

	class.size = HUGE;

	return create_crtc(setup, &class);
}

static int create_huge_encoder(struct probe *probe, struct tkms_setup *setup)
{
	struct tkms_encoder_class class = probe_encoder_class;

	class.size = HUGE;

	return PTR_ERR_OR_ZERO(__tkms_encoder_create(setup, &class, DRM_MODE_ENCODER_VIRTUAL));
}

static int create_panel(struct tkms_setup *setup, const struct tkms_connector_class *class,
			struct probe_encoder *encoder)
{
	const struct tkms_connector_info info = {
		.type = DRM_MODE_CONNECTOR_VIRTUAL,
		.encoder = encoder ? &encoder->base : NULL,
	};

	return PTR_ERR_OR_ZERO(__tkms_connector_create(setup, class, &info));
}

static int create_huge_panel(struct probe *probe, struct tkms_setup *setup)
{
	struct tkms_connector_class class = probe_panel_class;

	class.size = HUGE;

	return probe_create_all(probe, setup) ?: create_panel(setup, &class, probe->encoder[0]);
}

static int create_panel_without_encoder(struct probe *probe, struct tkms_setup *setup)
{
	return probe_create_all(probe, setup) ?: create_panel(setup, &probe_panel_class, NULL);
}

static void destroy_panel(struct drm_connector *connector)
{
}

/* An object that the device owns has no destroy(). */
static int create_panel_with_destroy(struct probe *probe, struct tkms_setup *setup)
{
	struct tkms_connector_class class = probe_panel_class;

	class.funcs.destroy = destroy_panel;

	return probe_create_all(probe, setup) ?: create_panel(setup, &class, probe->encoder[0]);
}

/* A CRTC with a state that is larger than the kernel's largest allocation. */
struct probe_hoard {
	struct tkms_crtc base;
};

struct probe_hoard_state {
	struct tkms_crtc_state base;
	u8 hoard[SZ_256M];
};

TKMS_DECLARE_CRTC_CLASS(probe_hoard, probe_hoard_state);

TKMS_DEFINE_CRTC_CLASS(probe_hoard, probe_hoard_state);

static int create_hoard(struct probe *probe, struct tkms_setup *setup)
{
	return create_crtc(setup, &probe_hoard_class);
}

/* Static, since objects of these classes outlive create(). */
static struct tkms_plane_class bare_plane_class;
static struct tkms_connector_class bare_panel_class;

static struct drm_plane_state *create_no_plane_state(struct drm_plane *plane)
{
	return ERR_PTR(-EXDEV);
}

static struct drm_connector_state *create_no_panel_state(struct drm_connector *connector)
{
	return ERR_PTR(-EXDEV);
}

static int create_bare_plane(struct probe *probe, struct tkms_setup *setup)
{
	const struct tkms_plane_info info = {
		.type = DRM_PLANE_TYPE_OVERLAY,
		.formats = formats,
		.num_formats = ARRAY_SIZE(formats),
	};
	struct tkms_plane *plane;
	int ret = probe_create_all(probe, setup);

	if (ret)
		return ret;

	bare_plane_class = probe_plane_class;
	bare_plane_class.funcs.atomic_create_state = create_no_plane_state;
	plane = __tkms_plane_create(setup, &bare_plane_class, &info);

	return IS_ERR(plane) ? PTR_ERR(plane) : tkms_plane_allow(setup, plane, &probe->crtc->base);
}

static int create_bare_panel(struct probe *probe, struct tkms_setup *setup)
{
	bare_panel_class = probe_panel_class;
	bare_panel_class.funcs.atomic_create_state = create_no_panel_state;

	return probe_create_all(probe, setup) ?:
	       create_panel(setup, &bare_panel_class, probe->encoder[0]);
}

/* Static, since an object of this class outlives create(). */
static struct tkms_crtc_class shy_class;

static int refuse_to_register(struct drm_crtc *crtc)
{
	return -EXDEV;
}

/* A device that was not registered is not unregistered. */
static void unregister_shy_crtc(struct drm_crtc *crtc)
{
	KUNIT_FAIL(kunit_get_current_test(), "an unregistered CRTC is unregistered");
}

static int create_shy_crtc(struct probe *probe, struct tkms_setup *setup)
{
	shy_class = probe_eink_class;
	shy_class.funcs.late_register = refuse_to_register;
	shy_class.funcs.early_unregister = unregister_shy_crtc;

	return create_crtc(setup, &shy_class);
}

struct create_case {
	const char *desc;
	int (*create)(struct probe *probe, struct tkms_setup *setup);
	int error;
};

static const struct create_case create_cases[] = {
	{ "no memory for a plane", create_huge_plane, -ENOMEM },
	{ "no memory for a CRTC", create_huge_crtc, -ENOMEM },
	{ "no memory for an encoder", create_huge_encoder, -ENOMEM },
	{ "no memory for a connector", create_huge_panel, -ENOMEM },
	{ "a connector without encoder", create_panel_without_encoder, -EINVAL },
	{ "a connector that DRM rejects", create_panel_with_destroy, -EINVAL },
	{ "no memory for the first state", create_hoard, -ENOMEM },
	{ "no first state of a plane", create_bare_plane, -EXDEV },
	{ "no first state of a connector", create_bare_panel, -EXDEV },
	{ "a CRTC that cannot be registered", create_shy_crtc, -EXDEV },
};

KUNIT_ARRAY_PARAM_DESC(create, create_cases, desc);

/*
 * When the in-tree driver failed to create its device, the configuration kept a pointer to freed
 * memory. If that happened while its module was loaded, the directory in configfs remained,
 * although its functions were gone. Here, nothing remains of the device, and the next one works.
 */
static void kms_test_failure_of_create(struct kunit *test)
{
	const struct create_case *param = test->param_value;
	struct probe_script *script = test->priv;
	const unsigned int references = kref_read(&script->parent->kobj.kref);

	script->create = param->create;
	kunit_warning_suppress(test)
		KUNIT_EXPECT_PTR_EQ(test, probe_try_register(test), ERR_PTR(param->error));
	KUNIT_EXPECT_EQ(test, kref_read(&script->parent->kobj.kref), references);
	KUNIT_EXPECT_EQ(test, script->num_ballast, 0);

	script->create = NULL;
	probe_register(test);
}

static void kms_test_failure_of_device(struct kunit *test)
{
	struct probe_script *script = test->priv;

	kunit_warning_suppress(test)
		KUNIT_EXPECT_PTR_EQ(test, __tkms_register(script->parent, &probe_driver.drm, HUGE,
							  script), ERR_PTR(-ENOMEM));
}

static struct drm_device *device_of_test;

static int create_all_and_tell(struct probe *probe, struct tkms_setup *setup)
{
	device_of_test = &probe->base.drm;

	return probe_create_all(probe, setup);
}

/* No kernel has memory for the vblanks of that many CRTCs. */
static int have_many_crtcs(const char *step)
{
	if (!strcmp(step, "vblank init"))
		device_of_test->mode_config.num_crtc = INT_MAX;

	return 0;
}

static void kms_test_failure_of_vblank(struct kunit *test)
{
	struct probe_script *script = test->priv;

	script->create = create_all_and_tell;
	kunit_activate_static_stub(test, tkms_step_error, have_many_crtcs);
	kunit_warning_suppress(test)
		KUNIT_EXPECT_PTR_EQ(test, probe_try_register(test), ERR_PTR(-ENOMEM));
	KUNIT_EXPECT_EQ(test, script->num_ballast, 0);
}

static struct drm_connector_state *create_no_dock_state(struct drm_connector *connector)
{
	return ERR_PTR(-ENOMEM);
}

static long try_plug(struct kunit *test, struct probe *probe,
		     const struct tkms_connector_class *class, struct probe_encoder *encoder,
		     int num_warnings)
{
	const struct tkms_connector_info info = {
		.type = DRM_MODE_CONNECTOR_VIRTUAL,
		.encoder = encoder ? &encoder->base : NULL,
	};
	struct tkms_connector *connector;

	kunit_warning_suppress(test) {
		connector = __tkms_connector_plug(&probe->base, class, &info);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, num_warnings);
	}
	flush_work(&probe->base.drm.mode_config.connector_free_work);
	KUNIT_EXPECT_EQ(test, probe->base.drm.mode_config.num_connector, 2);

	return PTR_ERR_OR_ZERO(connector);
}

static void kms_test_failure_of_plug(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);
	struct probe_encoder *encoder = probe->encoder[0];
	struct tkms_connector_class class = probe_dock_class;

	KUNIT_EXPECT_EQ(test, try_plug(test, probe, &class, NULL, 1), -EINVAL);
	KUNIT_EXPECT_TRUE(test, tkms_had_fault(&probe->base, TKMS_FAULT_FOREIGN_OBJECT));

	class.size = HUGE;
	KUNIT_EXPECT_EQ(test, try_plug(test, probe, &class, encoder, 0), -ENOMEM);

	class = probe_dock_class;
	class.funcs.destroy = NULL;
	KUNIT_EXPECT_EQ(test, try_plug(test, probe, &class, encoder, 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, script->num_docks, 0);

	/* The dock was already counted when it failed: it is destroyed. */
	class = probe_dock_class;
	class.funcs.atomic_create_state = create_no_dock_state;
	script->num_docks = 1;
	KUNIT_EXPECT_EQ(test, try_plug(test, probe, &class, encoder, 0), -ENOMEM);
	KUNIT_EXPECT_EQ(test, script->num_docks, 0);
}

static void kms_test_failure_of_state(struct kunit *test)
{
	struct probe_hoard *hoard = kunit_kzalloc(test, sizeof(*hoard), GFP_KERNEL);
	const struct drm_crtc_funcs *funcs = &probe_hoard_class.funcs;

	KUNIT_ASSERT_NOT_NULL(test, hoard);
	kunit_warning_suppress(test)
		KUNIT_EXPECT_NULL(test, funcs->atomic_duplicate_state(&hoard->base.drm));
}

/* The class fails to copy its private data. */
static void kms_test_failure_of_copy(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);
	struct drm_property_blob *mode;
	unsigned int references;

	script->fails_copies = true;
	KUNIT_EXPECT_EQ(test, probe_turn_on(probe), -ENOMEM);
	KUNIT_EXPECT_EQ(test, script->num_ballast, 0);
	script->fails_copies = false;
	KUNIT_ASSERT_EQ(test, probe_turn_on(probe), 0);

	/* DRM's part of the copy is released. */
	mode = probe->crtc->base.drm.state->mode_blob;
	references = kref_read(&mode->base.refcount);
	script->fails_copies = true;
	KUNIT_EXPECT_EQ(test, probe_turn_off(probe), -ENOMEM);
	KUNIT_EXPECT_EQ(test, kref_read(&mode->base.refcount), references);
	script->fails_copies = false;
}

static int compose_nothing(struct tkms_composer *composer, void *data)
{
	return 0;
}

/* A commit has an array of DRM's with a slot per plane. For that many planes, allocation fails. */
static void kms_test_failure_of_commit(struct kunit *test)
{
	struct probe *probe = probe_register(test);
	struct drm_mode_config *config = &probe->base.drm.mode_config;
	const int num_planes = config->num_total_plane;

	config->num_total_plane = INT_MAX;
	kunit_warning_suppress(test)
		KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_nothing, NULL), -ENOMEM);
	config->num_total_plane = num_planes;

	KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_nothing, NULL), 0);
}

static struct kunit_case kms_failure_tests[] = {
	KUNIT_CASE_PARAM(kms_test_failure_of_create, create_gen_params),
	KUNIT_CASE(kms_test_failure_of_device),
	KUNIT_CASE(kms_test_failure_of_vblank),
	KUNIT_CASE(kms_test_failure_of_plug),
	KUNIT_CASE(kms_test_failure_of_state),
	KUNIT_CASE(kms_test_failure_of_copy),
	KUNIT_CASE(kms_test_failure_of_commit),
	{}
};

static struct kunit_suite kms_failure_suite = {
	.name = "kms_failure",
	.init = probe_script_init,
	.test_cases = kms_failure_tests,
};

kunit_test_suite(kms_failure_suite);
