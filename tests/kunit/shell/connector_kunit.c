// SPDX-License-Identifier: GPL-2.0
/* Tests of connectors: EDID, HDR metadata, and the bits per channel of the link. */

#include <drm/drm_atomic.h>
#include <drm/drm_connector.h>
#include <drm/drm_crtc.h>
#include <drm/drm_debugfs_crc.h>
#include <drm/drm_edid.h>
#include <drm/drm_modes.h>
#include <drm/drm_property.h>
#include <drm/drm_vblank.h>
#include <kunit/test.h>
#include <linux/err.h>
#include <linux/hdmi.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#include "../../core/check/device.h"
#include "../../objects/device.h"
#include "../../objects/edid.h"
#include "display.h"

/* Offsets of VESA E-EDID 1.4: the header, the number of extension blocks, the checksum. */
static void rvkms_test_edid_blocks(struct kunit *test)
{
	static const u8 header[] = { 0, 255, 255, 255, 255, 255, 255, 0 };
	struct rvkms_monitor monitor = { .has_edid = true };
	u8 block[EDID_LENGTH];
	u8 sum;

	for (unsigned int i = 0; i < 2; i++) {
		sum = 0;
		KUNIT_ASSERT_EQ(test, rvkms_edid_read_block(&monitor, block, i, EDID_LENGTH), 0);
		for (unsigned int k = 0; k < EDID_LENGTH; k++)
			sum += block[k];
		KUNIT_EXPECT_EQ(test, sum, 0);
		if (i)
			continue;

		KUNIT_EXPECT_MEMEQ(test, block, header, sizeof(header));
		KUNIT_EXPECT_EQ(test, block[126], 1);
	}

	KUNIT_EXPECT_EQ(test, block[0], 2);
	KUNIT_EXPECT_EQ(test, block[1], 3);
}

static void rvkms_test_edid_outside(struct kunit *test)
{
	struct rvkms_monitor monitor = { .has_edid = true };
	u8 block[EDID_LENGTH + 1] = {};

	KUNIT_EXPECT_EQ(test, rvkms_edid_read_block(&monitor, block, 2, EDID_LENGTH), -EINVAL);
	KUNIT_EXPECT_EQ(test, rvkms_edid_read_block(&monitor, block, UINT_MAX, 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, rvkms_edid_read_block(&monitor, block, 0, EDID_LENGTH + 1), -EINVAL);
	KUNIT_EXPECT_NULL(test, memchr_inv(block, 0, sizeof(block)));
}

static void rvkms_test_edid_part_of_a_block(struct kunit *test)
{
	struct rvkms_monitor monitor = { .has_edid = true };
	u8 bytes[4] = { 0xaa, 0xaa, 0xaa, 0xaa };

	KUNIT_EXPECT_EQ(test, rvkms_edid_read_block(&monitor, bytes, 0, 3), 0);
	KUNIT_EXPECT_EQ(test, bytes[2], 0xff);
	KUNIT_EXPECT_EQ(test, bytes[3], 0xaa);
}

struct wanted_mode {
	u16 width, height;
	int refresh;
	bool is_preferred;
};

static bool has_mode(const struct drm_connector *connector, const struct wanted_mode *wanted)
{
	const struct drm_display_mode *mode;

	list_for_each_entry(mode, &connector->modes, head) {
		if (mode->hdisplay == wanted->width && mode->vdisplay == wanted->height &&
		    drm_mode_vrefresh(mode) == wanted->refresh &&
		    !!(mode->type & DRM_MODE_TYPE_PREFERRED) == wanted->is_preferred)
			return true;
	}

	return false;
}

static void rvkms_test_connector_modes(struct kunit *test)
{
	static const struct wanted_mode wanted[] = {
		{ 1024, 768, 60, true },
		{ 640, 480, 60 },
		{ 1280, 720, 50 },
		{ 1920, 1080, 24 },
		{ 1920, 1080, 120 },
		{ 1920, 1200, 60 },
		{ 3840, 2160, 60 },
	};
	struct display *display = test->priv;
	struct drm_connector *connector = display->connector;

	mutex_lock(&display->drm->mode_config.mutex);
	KUNIT_EXPECT_GT(test, connector->funcs->fill_modes(connector, 8192, 8192), 20);
	for (unsigned int i = 0; i < ARRAY_SIZE(wanted); i++)
		KUNIT_EXPECT_TRUE_MSG(test, has_mode(connector, &wanted[i]), "%ux%u",
				      wanted[i].width, wanted[i].height);
	mutex_unlock(&display->drm->mode_config.mutex);

	KUNIT_EXPECT_TRUE(test, connector->interlace_allowed);
	KUNIT_EXPECT_TRUE(test, connector->doublescan_allowed);
	KUNIT_EXPECT_TRUE(test, connector->stereo_allowed);
	KUNIT_EXPECT_EQ(test, connector->display_info.bpc, 16);
	KUNIT_EXPECT_EQ(test, connector->display_info.hdr_sink_metadata.hdmi_type1.eotf, 0xf);
	KUNIT_EXPECT_EQ(test, connector->display_info.monitor_range.min_vfreq, 24);
	KUNIT_EXPECT_EQ(test, connector->display_info.monitor_range.max_vfreq, 240);
}

static void rvkms_test_connector_first_state(struct kunit *test)
{
	struct display *display = test->priv;

	KUNIT_EXPECT_EQ(test, display->connector->state->max_requested_bpc, 8);
	KUNIT_EXPECT_EQ(test, display->connector->state->colorspace, 0);
	KUNIT_EXPECT_NULL(test, display->connector->state->hdr_output_metadata);
}

/* Metadata of a mastering display with BT.2020 primaries and 0.005 to 1000 cd/m2. */
static int set_hdr(struct display *display, struct drm_atomic_commit *commit, u8 eotf)
{
	const struct hdr_output_metadata metadata = {
		.metadata_type = HDMI_STATIC_METADATA_TYPE1,
		.hdmi_metadata_type1 = {
			.eotf = eotf,
			.metadata_type = HDMI_STATIC_METADATA_TYPE1,
			.display_primaries = { { 35400, 14600 }, { 8500, 39850 }, { 6550, 2300 } },
			.white_point = { 15635, 16450 },
			.max_display_mastering_luminance = 1000,
			.min_display_mastering_luminance = 50,
		},
	};
	struct drm_connector_state *state =
		drm_atomic_get_connector_state(commit, display->connector);
	struct drm_property_blob *blob;

	if (IS_ERR(state))
		return PTR_ERR(state);

	blob = drm_property_create_blob(display->drm, sizeof(metadata), &metadata);
	if (IS_ERR(blob))
		return PTR_ERR(blob);

	drm_property_blob_put(state->hdr_output_metadata);
	state->hdr_output_metadata = blob;

	return 0;
}

static int set_pq(struct display *display, struct drm_atomic_commit *commit)
{
	return set_hdr(display, commit, HDMI_EOTF_SMPTE_ST2084);
}

static int set_unknown_eotf(struct display *display, struct drm_atomic_commit *commit)
{
	return set_hdr(display, commit, 4);
}

static int set_bpc(struct display *display, struct drm_atomic_commit *commit)
{
	struct drm_connector_state *state =
		drm_atomic_get_connector_state(commit, display->connector);

	if (IS_ERR(state))
		return PTR_ERR(state);

	state->max_requested_bpc = 17;

	return 0;
}

static unsigned int wanted_bpc;

static int set_wanted_bpc(struct display *display, struct drm_atomic_commit *commit)
{
	struct drm_connector_state *state =
		drm_atomic_get_connector_state(commit, display->connector);

	if (IS_ERR(state))
		return PTR_ERR(state);

	state->max_requested_bpc = wanted_bpc;

	return 0;
}

static u16 wanted_grey;

static int set_wanted_grey(struct display *display, struct drm_atomic_commit *commit)
{
	struct drm_crtc_state *state = drm_atomic_get_crtc_state(commit, display->crtc);

	if (IS_ERR(state))
		return PTR_ERR(state);

	state->background_color = DRM_ARGB64_PREP(0xffff, wanted_grey, wanted_grey, wanted_grey);

	return 0;
}

/* The CRC of the next vblank, for a plain grey screen. */
static u32 grey_crc(struct display *display, u16 grey, struct drm_framebuffer *writeback)
{
	const struct display_request show = {
		.planes = { { .plane = display->primary } },
		.writeback = writeback,
		.change = set_wanted_grey,
	};
	struct rvkms_scanout *scanout = &to_rvkms_crtc(display->crtc)->scanout;
	struct drm_crtc_crc *crc = &display->crtc->crc;
	u32 value;

	wanted_grey = grey;
	crc->entries = kunit_kcalloc(display->test, DRM_CRC_ENTRIES_NR, sizeof(*crc->entries),
				     GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(display->test, crc->entries);
	crc->values_cnt = 1;
	crc->head = 0;

	KUNIT_ASSERT_EQ(display->test, 0, drm_crtc_vblank_get(display->crtc));
	rvkms_scanout_start_capture(scanout);
	KUNIT_ASSERT_EQ(display->test, 0, display_commit(display, &show));
	display_settle(display);
	rvkms_scanout_stop_capture(scanout);
	drm_crtc_vblank_put(display->crtc);

	KUNIT_ASSERT_GT(display->test, crc->head, 0);
	value = crc->entries[crc->head - 1].crcs[0];
	crc->entries = NULL;

	return value;
}

struct link_case {
	const char *desc;
	unsigned int bpc;
	u16 same;
	u16 other;
};

/*
 * The greys where rounding changes away from that of 0x1212: 4.5 / 63, 17.5 / 255 and 72.5 / 1023.
 */
static const struct link_case link_cases[] = {
	{ "6 bits", 6, 0x1249, 0x124a },
	{ "8 bits", 8, 0x1192, 0x1191 },
	{ "10 bits", 10, 0x1224, 0x1225 },
	{ "16 bits", 16, 0x1212, 0x1213 },
};

KUNIT_ARRAY_PARAM_DESC(link, link_cases, desc);

/*
 * IGT's kms_color@ctm-0-25 compares the CRC of the result of a CTM with that of an 8-bit
 * framebuffer. Links round to 8 bits too, but CRCs were computed from 16 bits.
 */
static void rvkms_test_connector_crc_of_link(struct kunit *test)
{
	const struct link_case *param = test->param_value;
	struct display *display = display_turned_on(test, 0);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request set = { .change = set_wanted_bpc };
	u32 crc;

	/* DRM assumes 8 bits until it has read the monitor's EDID. */
	mutex_lock(&display->drm->mode_config.mutex);
	display->connector->funcs->fill_modes(display->connector, 8192, 8192);
	mutex_unlock(&display->drm->mode_config.mutex);

	if (param->bpc != 8) {
		wanted_bpc = param->bpc;
		KUNIT_ASSERT_EQ(test, 0, display_commit(display, &set));
	}

	crc = grey_crc(display, 0x1212, NULL);
	KUNIT_EXPECT_EQ(test, grey_crc(display, param->same, NULL), crc);
	KUNIT_EXPECT_EQ(test, grey_crc(display, param->same, result->fb), crc);
	KUNIT_EXPECT_NE(test, grey_crc(display, param->other, NULL), crc);
	KUNIT_EXPECT_NE(test, grey_crc(display, param->other, result->fb), crc);
}

struct connector_case {
	const char *desc;
	int (*change)(struct display *display, struct drm_atomic_commit *commit);
	int err;
};

static const struct connector_case connector_cases[] = {
	{ "PQ", set_pq, 0 },
	{ "unknown EOTF", set_unknown_eotf, -EINVAL },
	{ "more bits than the maximum", set_bpc, -EINVAL },
};

KUNIT_ARRAY_PARAM_DESC(connector, connector_cases, desc);

static void rvkms_test_connector_check(struct kunit *test)
{
	const struct connector_case *param = test->param_value;
	struct display *display = display_turned_on(test, 0);
	const struct display_request request = { .change = param->change };

	KUNIT_EXPECT_EQ(test, display_check(display, &request), param->err);
}

static struct kunit_case edid_cases[] = {
	KUNIT_CASE(rvkms_test_edid_blocks),
	KUNIT_CASE(rvkms_test_edid_outside),
	KUNIT_CASE(rvkms_test_edid_part_of_a_block),
	{}
};

static struct kunit_suite edid_suite = {
	.name = "rvkms_edid",
	.test_cases = edid_cases,
};

static struct kunit_case connector_suite_cases[] = {
	KUNIT_CASE(rvkms_test_connector_modes),
	KUNIT_CASE(rvkms_test_connector_first_state),
	KUNIT_CASE_PARAM(rvkms_test_connector_crc_of_link, link_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_connector_check, connector_gen_params),
	{}
};

static struct kunit_suite connector_suite = {
	.name = "rvkms_connector",
	.init = display_test_init,
	.test_cases = connector_suite_cases,
};

kunit_test_suites(&edid_suite, &connector_suite);
