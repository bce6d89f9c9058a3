// SPDX-License-Identifier: GPL-2.0
/* Tests of hotplug: monitors that come and go, failed links, and the events that clients get. */

#include <drm/drm_atomic.h>
#include <drm/drm_connector.h>
#include <drm/drm_crtc.h>
#include <drm/drm_edid.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_plane.h>
#include <kunit/test.h>
#include <linux/string.h>

#include "../../objects/connector.h"
#include "../../objects/device.h"
#include "../../objects/edid.h"
#include "display.h"

static struct rvkms_connector *connector_of(struct display *display)
{
	return rvkms_connector_try_from(to_tkms_connector(display->connector));
}

static int probe(struct display *display)
{
	int count;

	mutex_lock(&display->drm->mode_config.mutex);
	count = display->connector->funcs->fill_modes(display->connector, 8192, 8192);
	mutex_unlock(&display->drm->mode_config.mutex);

	return count;
}

static void rvkms_test_hotplug_monitor(struct kunit *test)
{
	struct display *display = test->priv;
	struct rvkms_connector *connector = connector_of(display);
	unsigned int *events = display_listen(test, display->drm);

	KUNIT_EXPECT_GT(test, probe(display), 20);
	KUNIT_EXPECT_EQ(test, display->connector->status, connector_status_connected);

	rvkms_connector_set_connected(connector, false);
	KUNIT_EXPECT_EQ(test, *events, 1);
	KUNIT_EXPECT_EQ(test, display->connector->status, connector_status_disconnected);
	KUNIT_EXPECT_EQ(test, probe(display), 0);
	KUNIT_EXPECT_TRUE(test, list_empty(&display->connector->modes));

	rvkms_connector_set_connected(connector, true);
	KUNIT_EXPECT_EQ(test, *events, 2);
	KUNIT_EXPECT_EQ(test, display->connector->status, connector_status_connected);
	KUNIT_EXPECT_GT(test, probe(display), 20);
}

static void rvkms_test_hotplug_says_what_changes(struct kunit *test)
{
	struct display *display = test->priv;
	unsigned int *events = display_listen(test, display->drm);

	probe(display);
	rvkms_connector_set_connected(connector_of(display), true);
	KUNIT_EXPECT_EQ(test, *events, 0);
}

/* The client must switch the CRTC off when it gets the event. */
static void rvkms_test_hotplug_leaves_the_picture(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00112233);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request capture = { .writeback = result->fb };

	rvkms_connector_set_connected(connector_of(display), false);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, display_pixel(result, 0, 0), 0xff112233);
}

/* A status that is forced through sysfs or the kernel's command line wins. */
static void rvkms_test_hotplug_force(struct kunit *test)
{
	struct display *display = test->priv;
	struct drm_connector *connector = display->connector;

	rvkms_connector_set_connected(connector_of(display), false);
	connector->force = DRM_FORCE_ON;
	KUNIT_EXPECT_GT(test, probe(display), 20);
	KUNIT_EXPECT_EQ(test, connector->status, connector_status_connected);

	rvkms_connector_set_connected(connector_of(display), true);
	connector->force = DRM_FORCE_OFF;
	KUNIT_EXPECT_EQ(test, probe(display), 0);
	KUNIT_EXPECT_EQ(test, connector->status, connector_status_disconnected);

	connector->force = DRM_FORCE_UNSPECIFIED;
	KUNIT_EXPECT_GT(test, probe(display), 20);
	KUNIT_EXPECT_EQ(test, connector->status, connector_status_connected);
}

/* The first block of the built-in EDID alone, as a client may write it to edid_override. */
static const struct drm_edid *first_block(struct kunit *test)
{
	struct rvkms_monitor monitor = { .has_edid = true };
	u8 block[EDID_LENGTH];
	const struct drm_edid *edid;

	KUNIT_ASSERT_EQ(test, 0, rvkms_edid_read_block(&monitor, block, 0, EDID_LENGTH));
	KUNIT_ASSERT_EQ(test, block[126], 1);
	block[126] = 0;
	block[127]++;
	edid = drm_edid_alloc(block, sizeof(block));
	KUNIT_ASSERT_NOT_NULL(test, edid);

	return edid;
}

static void set_override(struct drm_connector *connector, const struct drm_edid *edid)
{
	mutex_lock(&connector->edid_override_mutex);
	drm_edid_free(connector->edid_override);
	connector->edid_override = edid;
	mutex_unlock(&connector->edid_override_mutex);
}

/* Another EDID has other modes, and no old mode remains. */
static void rvkms_test_hotplug_edid(struct kunit *test)
{
	struct display *display = test->priv;
	struct drm_connector *connector = display->connector;
	const int modes = probe(display);
	int count;

	set_override(connector, first_block(test));
	count = probe(display);
	KUNIT_EXPECT_GT(test, count, 0);
	KUNIT_EXPECT_LT(test, count, modes);
	KUNIT_EXPECT_EQ(test, connector->display_info.hdr_sink_metadata.hdmi_type1.eotf, 0);

	set_override(connector, NULL);
	KUNIT_EXPECT_EQ(test, probe(display), modes);
	KUNIT_EXPECT_EQ(test, connector->display_info.hdr_sink_metadata.hdmi_type1.eotf, 0xf);
}

/* Sets the last byte so that all bytes sum up to 0. */
static void add_checksum(u8 *bytes, u32 count)
{
	u8 sum = 0;

	for (u32 i = 0; i + 1 < count; i++)
		sum += bytes[i];
	bytes[count - 1] = -sum;
}

/* The right half of a tiled 3840x2160 monitor (DisplayID 1.2, block 0x12). */
static const struct drm_edid *right_half(struct kunit *test)
{
	static const u8 tile[] = {
		0x70, 0x12, 25, 0, 0, 0x12, 0, 22, 0x80, 0x10, 0x10, 0x00,
		0x7f, 0x07, 0x6f, 0x08, 0, 0, 0, 0, 0, 'L', 'N', 'X', 1, 0, 0, 0, 0, 0,
	};
	struct rvkms_monitor monitor = { .has_edid = true };
	const struct drm_edid *edid;
	u8 blocks[2 * EDID_LENGTH] = {};

	KUNIT_ASSERT_EQ(test, 0, rvkms_edid_read_block(&monitor, blocks, 0, EDID_LENGTH));
	memcpy(blocks + EDID_LENGTH, tile, sizeof(tile));
	add_checksum(blocks + EDID_LENGTH + 1, sizeof(tile));
	add_checksum(blocks + EDID_LENGTH, EDID_LENGTH);
	edid = drm_edid_alloc(blocks, sizeof(blocks));
	KUNIT_ASSERT_NOT_NULL(test, edid);

	return edid;
}

static void rvkms_test_hotplug_tile(struct kunit *test)
{
	struct display *display = test->priv;
	struct drm_connector *connector = display->connector;

	probe(display);
	KUNIT_EXPECT_FALSE(test, connector->has_tile);
	KUNIT_EXPECT_NULL(test, connector->tile_blob_ptr);

	set_override(connector, right_half(test));
	probe(display);
	KUNIT_EXPECT_TRUE(test, connector->has_tile);
	KUNIT_EXPECT_EQ(test, connector->num_h_tile, 2);
	KUNIT_EXPECT_EQ(test, connector->num_v_tile, 1);
	KUNIT_EXPECT_EQ(test, connector->tile_h_loc, 1);
	KUNIT_EXPECT_EQ(test, connector->tile_v_loc, 0);
	KUNIT_EXPECT_EQ(test, connector->tile_h_size, 1920);
	KUNIT_EXPECT_EQ(test, connector->tile_v_size, 2160);
	KUNIT_EXPECT_NOT_NULL(test, connector->tile_blob_ptr);

	set_override(connector, NULL);
	probe(display);
	KUNIT_EXPECT_FALSE(test, connector->has_tile);
	KUNIT_EXPECT_NULL(test, connector->tile_blob_ptr);
}

static int make_link_good(struct display *display, struct drm_atomic_commit *commit)
{
	struct drm_connector_state *state =
		drm_atomic_get_connector_state(commit, display->connector);

	if (IS_ERR(state))
		return PTR_ERR(state);

	state->link_status = DRM_LINK_STATUS_GOOD;

	return 0;
}

/* Only a modeset that sets link-status resets the link. */
static void rvkms_test_hotplug_link(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	struct rvkms_connector *connector = connector_of(display);
	struct drm_client_buffer *next = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct rvkms_vblank_timer *timer = &to_rvkms_crtc(display->crtc)->timer;
	const struct display_request flip = {
		.planes = { { .plane = display->primary, .fb = next->fb } },
	};
	const struct display_request train = { .change = make_link_good };
	unsigned int *events = display_listen(test, display->drm);
	u64 anchor;

	KUNIT_EXPECT_FALSE(test, rvkms_connector_link_is_bad(connector));
	rvkms_connector_break_link(connector);
	KUNIT_EXPECT_EQ(test, *events, 1);
	KUNIT_EXPECT_TRUE(test, rvkms_connector_link_is_bad(connector));

	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &flip));
	KUNIT_EXPECT_TRUE(test, rvkms_connector_link_is_bad(connector));

	anchor = timer->timeline.anchor;
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &train));
	KUNIT_EXPECT_FALSE(test, rvkms_connector_link_is_bad(connector));
	KUNIT_EXPECT_NE(test, timer->timeline.anchor, anchor);
}

static struct kunit_case hotplug_tests[] = {
	KUNIT_CASE(rvkms_test_hotplug_monitor),
	KUNIT_CASE(rvkms_test_hotplug_says_what_changes),
	KUNIT_CASE(rvkms_test_hotplug_leaves_the_picture),
	KUNIT_CASE(rvkms_test_hotplug_force),
	KUNIT_CASE(rvkms_test_hotplug_edid),
	KUNIT_CASE(rvkms_test_hotplug_tile),
	KUNIT_CASE(rvkms_test_hotplug_link),
	{}
};

static struct kunit_suite hotplug_suite = {
	.name = "rvkms_connector_hotplug",
	.init = display_test_init,
	.test_cases = hotplug_tests,
};

kunit_test_suite(hotplug_suite);
