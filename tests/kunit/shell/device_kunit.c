// SPDX-License-Identifier: GPL-2.0
/* Tests of a whole device: its objects and properties. */

#include <drm/drm_blend.h>
#include <drm/drm_crtc.h>
#include <drm/drm_drv.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_modes.h>
#include <drm/drm_plane.h>
#include <kunit/test.h>

#include "../../build.h"
#include "../../objects/crtc.h"
#include "../../objects/device.h"
#include "display.h"

static void rvkms_test_device_create_objects(struct kunit *test)
{
	struct display *display = test->priv;
	const u32 crtc_mask = drm_crtc_mask(display->crtc);

	KUNIT_EXPECT_EQ(test, display->drm->mode_config.num_crtc, 1);
	KUNIT_EXPECT_EQ(test, display->drm->mode_config.num_total_plane, 10);
	KUNIT_EXPECT_EQ(test, display->drm->mode_config.num_connector, 2);
	KUNIT_EXPECT_EQ(test, display->drm->mode_config.num_encoder, 2);
	KUNIT_EXPECT_PTR_EQ(test, display->crtc->primary, display->primary);
	KUNIT_EXPECT_PTR_EQ(test, display->crtc->cursor, display->cursor);
	KUNIT_EXPECT_EQ(test, display->primary->possible_crtcs, crtc_mask);
	KUNIT_EXPECT_EQ(test, display->overlay->possible_crtcs, crtc_mask);
	KUNIT_EXPECT_EQ(test, display->cursor->possible_crtcs, crtc_mask);
}

static void rvkms_test_device_create_stack(struct kunit *test)
{
	struct display *display = test->priv;

	KUNIT_EXPECT_EQ(test, display->primary->state->zpos, 0);
	KUNIT_EXPECT_EQ(test, display->overlay->state->zpos, 1);
	KUNIT_EXPECT_EQ(test, display->cursor->state->zpos, 9);
}

static void rvkms_test_device_create_formats(struct kunit *test)
{
	struct display *display = test->priv;
	struct drm_plane *plane;

	KUNIT_EXPECT_EQ(test, display->primary->format_count, 64);
	KUNIT_EXPECT_EQ(test, display->overlay->format_count, 64);
	KUNIT_EXPECT_EQ(test, display->cursor->format_count, 29);
	KUNIT_EXPECT_TRUE(test, drm_plane_has_format(display->primary, DRM_FORMAT_R1, 0));
	KUNIT_EXPECT_TRUE(test, drm_plane_has_format(display->overlay, DRM_FORMAT_P010, 0));
	KUNIT_EXPECT_TRUE(test, drm_plane_has_format(display->cursor, DRM_FORMAT_RGB565_A8, 0));

	drm_for_each_plane(plane, display->drm) {
		KUNIT_EXPECT_TRUE(test, drm_plane_has_format(plane, DRM_FORMAT_ARGB8888, 0));
		KUNIT_ASSERT_EQ(test, plane->modifier_count, 1);
		KUNIT_EXPECT_EQ(test, plane->modifiers[0], DRM_FORMAT_MOD_LINEAR);
	}
}

static void rvkms_test_device_unplug_while_on(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	struct rvkms_scanout *scanout = &to_rvkms_crtc(display->crtc)->scanout;

	rvkms_device_unplug(display->rvkms);

	KUNIT_EXPECT_TRUE(test, drm_dev_is_unplugged(display->drm));
	KUNIT_EXPECT_FALSE(test, display->crtc->state->active);
	KUNIT_EXPECT_NULL(test, scanout->shown);
}

static struct kunit_case device_tests[] = {
	KUNIT_CASE(rvkms_test_device_create_objects),
	KUNIT_CASE(rvkms_test_device_create_stack),
	KUNIT_CASE(rvkms_test_device_create_formats),
	KUNIT_CASE(rvkms_test_device_unplug_while_on),
	{}
};

static struct kunit_suite device_suite = {
	.name = "rvkms_device",
	.init = display_test_init,
	.test_cases = device_tests,
};

kunit_test_suite(device_suite);
