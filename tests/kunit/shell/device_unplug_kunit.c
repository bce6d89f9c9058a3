// SPDX-License-Identifier: GPL-2.0
/* Tests of unplugging devices while they are busy. */

#include <drm/drm_connector.h>
#include <drm/drm_crtc.h>
#include <drm/drm_drv.h>
#include <drm/drm_file.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_modeset_helper_vtables.h>
#include <drm/drm_plane.h>
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/dma-fence.h>
#include <linux/workqueue.h>

#include "../../build.h"
#include "../../objects/connector.h"
#include "../../objects/device.h"
#include "display.h"

static void expect_idle(struct kunit *test, const struct rvkms_crtc *crtc)
{
	KUNIT_EXPECT_NULL(test, crtc->scanout.shown);
	KUNIT_EXPECT_NULL(test, crtc->scanout.pending);
	KUNIT_EXPECT_EQ(test, crtc->scanout.num_ended, crtc->scanout.num_begun);
	KUNIT_EXPECT_FALSE(test, crtc->scanout.latch.is_composing);
	KUNIT_EXPECT_FALSE(test, crtc->timer.is_enabled);
	KUNIT_EXPECT_FALSE(test, hrtimer_active(&crtc->timer.hrtimer));
}

static void rvkms_test_unplug_under_load(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00123456);
	struct rvkms_crtc *crtc = to_rvkms_crtc(display->crtc);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request capture = {
		.writeback = result->fb, .change = display_want_fence,
	};

	KUNIT_ASSERT_EQ(test, 0, display->crtc->funcs->set_crc_source(display->crtc, "auto"));
	KUNIT_ASSERT_EQ(test, 0, display_post(display, &capture));
	KUNIT_EXPECT_FALSE(test, dma_fence_is_signaled(display->fence));

	rvkms_device_unplug(display->rvkms);

	KUNIT_EXPECT_TRUE(test, drm_dev_is_unplugged(display->drm));
	KUNIT_EXPECT_FALSE(test, display->crtc->state->active);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(display->fence), 1);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 639, 479), 0xff123456);
	expect_idle(test, crtc);

	/* A CRC reader closes the file later. */
	KUNIT_EXPECT_EQ(test, 0, display->crtc->funcs->set_crc_source(display->crtc, NULL));
	expect_idle(test, crtc);
}

static unsigned int count_events(struct display *display)
{
	struct drm_file *file = display->client.file;
	unsigned int count;

	spin_lock_irq(&display->drm->event_lock);
	count = list_count_nodes(&file->event_list);
	spin_unlock_irq(&display->drm->event_lock);

	return count;
}

/* A flip still sends its event, once, when its vblank will never come. */
static void rvkms_test_unplug_sends_events(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	struct drm_client_buffer *next = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request flip = {
		.planes = { { .plane = display->primary, .fb = next->fb } },
		.change = display_want_event,
	};

	KUNIT_ASSERT_EQ(test, 0, display_post(display, &flip));
	rvkms_device_unplug(display->rvkms);
	KUNIT_EXPECT_EQ(test, count_events(display), 1);
}

/*
 * The in-tree driver unregistered its device on unload without unplugging it: ioctls of a client
 * that still had it open ran on memory that was being freed. DRM's ioctls start with a check of the
 * unplugged flag. A commit that is past this check, and gets the locks after the CRTCs were
 * disabled, must not enable a CRTC again: nothing would disable it.
 */
static void rvkms_test_unplug_refuses_commits(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	struct rvkms_crtc *crtc = to_rvkms_crtc(display->crtc);
	struct drm_client_buffer *buffer = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	struct drm_display_mode mode;
	const struct display_request on = {
		.mode = &mode,
		.planes = { { .plane = display->primary, .fb = buffer->fb } },
	};
	const struct display_request off = {
		.off = true,
		.planes = { { .plane = display->primary } },
	};

	drm_mode_copy(&mode, &display->crtc->state->mode);
	rvkms_device_unplug(display->rvkms);

	KUNIT_EXPECT_TRUE(test, drm_dev_is_unplugged(display->drm));
	KUNIT_EXPECT_EQ(test, -EINVAL, display_check(display, &on));
	KUNIT_EXPECT_EQ(test, -EINVAL, display_commit(display, &on));
	KUNIT_EXPECT_EQ(test, -EINVAL, display_post(display, &on));
	KUNIT_EXPECT_EQ(test, 0, display_commit(display, &off));
	expect_idle(test, crtc);
}

/*
 * A legacy cursor update waits for no vblank: it may still be pending when the device is unplugged.
 */
static void rvkms_test_unplug_behind_cursor(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	struct rvkms_crtc *crtc = to_rvkms_crtc(display->crtc);
	struct drm_client_buffer *cursor = display_buffer(display, 8, 8, DRM_FORMAT_ARGB8888);
	const struct display_request show = {
		.planes = { { .plane = display->cursor, .fb = cursor->fb } },
		.is_cursor_move = true,
	};

	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &show));
	KUNIT_EXPECT_NOT_NULL(test, crtc->scanout.pending);
	rvkms_device_unplug(display->rvkms);
	expect_idle(test, crtc);
}

static void rvkms_test_unplug_again(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);

	rvkms_device_unplug(display->rvkms);
	rvkms_device_unplug(display->rvkms);
	expect_idle(test, to_rvkms_crtc(display->crtc));
}

/* A connector lives as long as the device, and outlives its removal. */
static void rvkms_test_unplug_then_detect(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	struct drm_connector *drm = display->connector;
	struct rvkms_connector *connector = rvkms_connector_try_from(to_tkms_connector(drm));

	rvkms_device_unplug(display->rvkms);
	rvkms_connector_set_connected(connector, false);
	rvkms_connector_break_link(connector);

	mutex_lock(&display->drm->mode_config.mutex);
	KUNIT_EXPECT_EQ(test, drm->funcs->fill_modes(drm, 8192, 8192), 0);
	mutex_unlock(&display->drm->mode_config.mutex);
}

struct removal {
	struct work_struct work;
	struct rvkms_device *rvkms;
};

static struct removal removal;

static void remove_device(struct work_struct *work)
{
	rvkms_device_unplug(removal.rvkms);
}

/* Detects while the device is being removed; the removal waits for the locks by then. */
static int detect_late(struct drm_connector *connector, struct drm_modeset_acquire_ctx *ctx,
		       bool force)
{
	u32 turns = 0;

	schedule_work(&removal.work);
	while (connector->registration_state != DRM_CONNECTOR_UNREGISTERED && turns++ < 100)
		msleep(20);

	return connector->funcs->detect(connector, force);
}

/*
 * To detect, the in-tree driver searched the configuration for its connector. A user can remove
 * entries at the same time: it walked a list while others removed entries. Here, detect() uses only
 * the connector's own data.
 */
static void rvkms_test_unplug_during_detect(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	struct drm_connector *connector = display->connector;
	const struct drm_connector_helper_funcs *real_helpers = connector->helper_private;
	struct drm_connector_helper_funcs helpers = *real_helpers;

	INIT_WORK(&removal.work, remove_device);
	removal.rvkms = display->rvkms;
	helpers.detect_ctx = detect_late;
	drm_connector_helper_add(connector, &helpers);

	mutex_lock(&display->drm->mode_config.mutex);
	KUNIT_EXPECT_GT(test, connector->funcs->fill_modes(connector, 8192, 8192), 0);
	mutex_unlock(&display->drm->mode_config.mutex);
	KUNIT_EXPECT_EQ(test, connector->status, connector_status_connected);
	KUNIT_EXPECT_EQ(test, connector->registration_state, DRM_CONNECTOR_UNREGISTERED);

	flush_work(&removal.work);
	drm_connector_helper_add(connector, real_helpers);
	expect_idle(test, to_rvkms_crtc(display->crtc));
}

static void unplug(void *rvkms)
{
	rvkms_device_unplug(rvkms);
}

/* The driver is bound again while a client has the old device open. */
static void rvkms_test_unplug_and_replace(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	const struct rvkms_device_desc *desc = display_describe(test, 1, 1, 1);
	struct rvkms_device *next;

	rvkms_device_unplug(display->rvkms);
	next = rvkms_device_create(display->drm->dev, desc);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, next);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, unplug, next));

	KUNIT_EXPECT_PTR_NE(test, next, display->rvkms);
	KUNIT_EXPECT_FALSE(test, drm_dev_is_unplugged(&next->base.drm));
	KUNIT_EXPECT_TRUE(test, drm_dev_is_unplugged(display->drm));
	KUNIT_EXPECT_NE(test, next->base.drm.primary->index, display->drm->primary->index);
}

static struct kunit_case unplug_tests[] = {
	KUNIT_CASE(rvkms_test_unplug_under_load),
	KUNIT_CASE(rvkms_test_unplug_sends_events),
	KUNIT_CASE(rvkms_test_unplug_refuses_commits),
	KUNIT_CASE(rvkms_test_unplug_behind_cursor),
	KUNIT_CASE(rvkms_test_unplug_again),
	KUNIT_CASE(rvkms_test_unplug_then_detect),
	KUNIT_CASE(rvkms_test_unplug_during_detect),
	KUNIT_CASE(rvkms_test_unplug_and_replace),
	{}
};

static struct kunit_suite unplug_suite = {
	.name = "rvkms_device_unplug",
	.init = display_test_init,
	.test_cases = unplug_tests,
};

kunit_test_suite(unplug_suite);
