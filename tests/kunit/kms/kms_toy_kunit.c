// SPDX-License-Identifier: GPL-2.0
/* Tests of the minimal driver as a client sees it: it works without further code. */

#include <drm/drm_kunit_helpers.h>
#include <kunit/test.h>

#include "kms_probe.h"
#include "kms_toy.h"

static int toy_init(struct kunit *test)
{
	struct device *parent = drm_kunit_helper_alloc_device(test);
	struct toy *toy;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, parent);
	toy = tkms_register(parent, &toy_driver, struct toy, NULL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, toy);
	test->priv = toy;

	return 0;
}

static void toy_exit(struct kunit *test)
{
	struct toy *toy = test->priv;

	KUNIT_EXPECT_EQ(test, toy->base.faults, 0);
}

/* A connector, and the CRTC that drives it. */
struct picture {
	struct tkms_connector *on;
	struct tkms_crtc *crtc;
};

static int compose_picture(struct tkms_composer *composer, void *data)
{
	const struct picture *picture = data;
	int ret;

	CLASS(tkms_connector_add, connector)(composer, picture->on);
	if (IS_ERR(connector))
		return PTR_ERR(connector);

	ret = tkms_connector_set_crtc(composer, connector, picture->crtc);
	if (ret)
		return ret;

	CLASS(tkms_crtc_add, crtc)(composer, picture->crtc);
	if (IS_ERR(crtc))
		return PTR_ERR(crtc);

	return tkms_crtc_set_mode(composer, crtc, &probe_mode);
}

static int show(struct toy *toy, struct tkms_connector *on, struct tkms_crtc *crtc)
{
	struct picture picture = { on, crtc };

	return tkms_commit(&toy->base, compose_picture, &picture);
}

/* On one device, the class with vblanks has them, and the class without has none. */
static void kms_test_toy_vblank(struct kunit *test)
{
	struct toy *toy = test->priv;
	struct tkms_vblank_crtc *vblank = toy_crtc_vblank(toy->crtc);
	u64 count;

	KUNIT_ASSERT_EQ(test, show(toy, &toy->panel->base, &toy->crtc->base), 0);
	KUNIT_ASSERT_EQ(test, tkms_vblank_get(vblank), 0);
	count = tkms_vblank_count(vblank);
	KUNIT_EXPECT_EQ(test, tkms_vblank_wait(vblank), 0);
	KUNIT_EXPECT_GT(test, tkms_vblank_count(vblank), count);
	tkms_vblank_put(vblank);
}

static void kms_test_toy_no_vblank(struct kunit *test)
{
	struct toy *toy = test->priv;

	KUNIT_ASSERT_EQ(test, show(toy, &toy->panel->base, &toy->eink->base), 0);
	KUNIT_EXPECT_TRUE(test, toy->eink->base.drm.state->active);
	KUNIT_EXPECT_NULL(test, toy->eink->base.drm.state->event);
	KUNIT_EXPECT_LT(test, drm_crtc_vblank_get(&toy->eink->base.drm), 0);
}

/* A dock is plugged into the running device, shows a frame, and is unplugged. */
static void kms_test_toy_dock(struct kunit *test)
{
	struct toy *toy = test->priv;

	toy->dock = toy_dock_plug(&toy->base, &(struct tkms_connector_info){
		DRM_MODE_CONNECTOR_VIRTUAL, &toy->encoder->base });
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, toy->dock);
	KUNIT_EXPECT_EQ(test, show(toy, &toy->dock->base, &toy->crtc->base), 0);
	KUNIT_EXPECT_PTR_EQ(test, toy->dock->base.drm.state->crtc, &toy->crtc->base.drm);
	toy_dock_unplug(toy->dock);
}

static void kms_test_toy_modes(struct kunit *test)
{
	struct toy *toy = test->priv;
	struct drm_connector *panel = &toy->panel->base.drm;

	mutex_lock(&toy->base.drm.mode_config.mutex);
	KUNIT_EXPECT_GT(test, panel->funcs->fill_modes(panel, 4096, 4096), 0);
	mutex_unlock(&toy->base.drm.mode_config.mutex);
	KUNIT_EXPECT_EQ(test, panel->status, connector_status_connected);
}

static void kms_test_toy_unplug(struct kunit *test)
{
	struct toy *toy = test->priv;

	KUNIT_ASSERT_EQ(test, show(toy, &toy->panel->base, &toy->crtc->base), 0);
	tkms_unplug(&toy->base);
	KUNIT_EXPECT_FALSE(test, toy->crtc->base.drm.state->active);
}

static struct kunit_case kms_toy_tests[] = {
	KUNIT_CASE(kms_test_toy_vblank),
	KUNIT_CASE(kms_test_toy_no_vblank),
	KUNIT_CASE(kms_test_toy_dock),
	KUNIT_CASE(kms_test_toy_modes),
	KUNIT_CASE(kms_test_toy_unplug),
	{}
};

static struct kunit_suite kms_toy_suite = {
	.name = "kms_toy",
	.init = toy_init,
	.exit = toy_exit,
	.test_cases = kms_toy_tests,
};

kunit_test_suite(kms_toy_suite);
