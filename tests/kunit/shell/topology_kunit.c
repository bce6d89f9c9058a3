// SPDX-License-Identifier: GPL-2.0
/* Tests of topologies: planes, CRTCs, encoders and connectors as requested. */

#include <drm/drm_connector.h>
#include <drm/drm_crtc.h>
#include <drm/drm_drv.h>
#include <drm/drm_encoder.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_kunit_helpers.h>
#include <drm/drm_plane.h>
#include <drm/drm_property.h>
#include <kunit/test.h>
#include <linux/bits.h>
#include <linux/err.h>
#include <linux/limits.h>
#include <linux/string.h>

#include "../../build.h"
#include "../../core/check/device.h"
#include "../../objects/device.h"
#include "../../topology.h"
#include "display.h"

static void unplug(void *rvkms)
{
	rvkms_device_unplug(rvkms);
}

static struct drm_device *create(struct kunit *test, const struct rvkms_device_desc *desc)
{
	struct device *parent = drm_kunit_helper_alloc_device(test);
	struct rvkms_device *rvkms;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, parent);
	rvkms = rvkms_device_create(parent, desc);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, rvkms);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, unplug, rvkms));

	return &rvkms->base.drm;
}

/* Checks the possible CRTCs and the possible clones of each encoder. */
static void expect_encoders(struct kunit *test, struct drm_device *drm, u32 count,
			    const u32 *crtcs, const u32 *clones)
{
	struct drm_encoder *encoder;

	KUNIT_ASSERT_EQ(test, drm->mode_config.num_encoder, count);
	drm_for_each_encoder(encoder, drm) {
		const u32 i = drm_encoder_index(encoder);

		KUNIT_EXPECT_EQ(test, encoder->possible_crtcs, crtcs[i]);
		KUNIT_EXPECT_EQ(test, encoder->possible_clones, clones[i]);
	}
}

/* Overlays and connectors work with both CRTCs, the other objects with one. */
static void rvkms_test_topology_of_two(struct kunit *test)
{
	const struct rvkms_device_desc *desc = display_describe(test, 2, 3, 2);
	struct drm_device *drm = create(test, desc);
	struct drm_plane *plane;
	u32 num_primaries = 0;

	KUNIT_EXPECT_EQ(test, drm->mode_config.num_crtc, 2);
	KUNIT_EXPECT_EQ(test, drm->mode_config.num_total_plane, 7);
	KUNIT_EXPECT_EQ(test, drm->mode_config.num_connector, 4);

	drm_for_each_plane(plane, drm) {
		if (plane->type == DRM_PLANE_TYPE_OVERLAY)
			KUNIT_EXPECT_EQ(test, plane->possible_crtcs, 3);
		else if (plane->type == DRM_PLANE_TYPE_PRIMARY)
			KUNIT_EXPECT_EQ(test, plane->possible_crtcs, BIT(num_primaries++));
	}
	KUNIT_EXPECT_EQ(test, num_primaries, 2);

	/*
	 * Two connectors, then the writeback connector of each CRTC; these do not clone each other.
	 */
	expect_encoders(test, drm, 4, (u32[]){ 3, 3, 1, 2 }, (u32[]){ 0xf, 0xf, 0x7, 0xb });
}

static void rvkms_test_topology_overlay_of_one(struct kunit *test)
{
	struct rvkms_device_desc *desc = display_describe(test, 2, 1, 1);
	struct drm_device *drm;
	struct drm_plane *plane;

	desc->planes[4].crtcs = BIT(1);
	drm = create(test, desc);
	drm_for_each_plane(plane, drm) {
		if (plane->type == DRM_PLANE_TYPE_OVERLAY)
			KUNIT_EXPECT_EQ(test, plane->possible_crtcs, BIT(1));
	}
}

/* A connector for some CRTCs can clone the connectors that share a CRTC with it. */
static void rvkms_test_topology_outputs_of_some(struct kunit *test)
{
	struct rvkms_device_desc *desc = display_describe(test, 2, 0, 3);
	struct drm_device *drm;

	desc->crtcs[0].has_writeback = false;
	desc->crtcs[1].has_writeback = false;
	desc->encoders[0].crtcs = BIT(0);
	desc->encoders[2].crtcs = BIT(1);
	drm = create(test, desc);
	expect_encoders(test, drm, 3, (u32[]){ 1, 3, 2 }, (u32[]){ 0x3, 0x7, 0x6 });
}

/*
 * Each connector works with all CRTCs, one at a time, without clones. Writeback remains possible.
 */
static void rvkms_test_topology_without_clones(struct kunit *test)
{
	struct rvkms_device_desc *desc = display_describe(test, 2, 0, 2);
	struct drm_device *drm;

	desc->are_clones = false;
	drm = create(test, desc);
	expect_encoders(test, drm, 4, (u32[]){ 3, 3, 1, 2 }, (u32[]){ 0xd, 0xe, 0x7, 0xb });
}

struct cursor_case {
	const char *desc;
	u32 size;
	u32 num_hints;
	u16 hints[6];
};

static const struct cursor_case cursor_cases[] = {
	{ "smaller than any hint", 1, 1, { 1 } },
	{ "the smallest hint", 32, 1, { 32 } },
	{ "the usual size", 64, 2, { 32, 64 } },
	{ "between two hints", 100, 3, { 32, 64, 100 } },
	{ "larger than any hint", 1024, 6, { 32, 64, 128, 256, 512, 1024 } },
	{ "as large as a framebuffer", 8192, 6, { 32, 64, 128, 256, 512, 8192 } },
};

KUNIT_ARRAY_PARAM_DESC(cursor, cursor_cases, desc);

/* The largest cursor is reported to clients in both places. */
static void rvkms_test_topology_cursor_size(struct kunit *test)
{
	const struct cursor_case *param = test->param_value;
	struct rvkms_device_desc *desc = display_describe(test, 1, 0, 1);
	const struct drm_plane_size_hint *hints;
	struct drm_property_blob *blob;
	struct drm_device *drm;
	u64 id = 0;

	desc->limits.cursor_width = param->size;
	desc->limits.cursor_height = param->size;
	drm = create(test, desc);
	KUNIT_EXPECT_EQ(test, drm->mode_config.cursor_width, param->size);
	KUNIT_EXPECT_EQ(test, drm->mode_config.cursor_height, param->size);

	KUNIT_ASSERT_EQ(test, 0, drm_object_property_get_default_value
			(&drm_crtc_from_index(drm, 0)->cursor->base,
			 drm->mode_config.size_hints_property, &id));
	blob = drm_property_lookup_blob(drm, id);
	KUNIT_ASSERT_NOT_NULL(test, blob);
	KUNIT_EXPECT_EQ(test, blob->length, param->num_hints * sizeof(*hints));
	hints = blob->data;
	for (u32 i = 0; i < blob->length / sizeof(*hints); i++) {
		KUNIT_EXPECT_EQ(test, hints[i].width, param->hints[i]);
		KUNIT_EXPECT_EQ(test, hints[i].height, param->hints[i]);
	}
	drm_property_blob_put(blob);
}

/*
 * A client that draws its own pointer needs the hotspot of the cursor; DRM hides the cursor plane
 * from clients that do not set it. So hotspots exist on request only.
 */
static void rvkms_test_topology_without_hotspot(struct kunit *test)
{
	const struct rvkms_device_desc *desc = display_describe(test, 1, 1, 1);
	struct drm_device *drm = create(test, desc);
	struct drm_plane *plane;

	KUNIT_EXPECT_FALSE(test, drm_core_check_feature(drm, DRIVER_CURSOR_HOTSPOT));
	drm_for_each_plane(plane, drm)
		KUNIT_EXPECT_NULL(test, plane->hotspot_x_property);
}

static void rvkms_test_topology_hotspot(struct kunit *test)
{
	struct rvkms_device_desc *desc = display_describe(test, 1, 1, 1);
	struct drm_device *drm;
	struct drm_plane *plane;

	desc->has_hotspot = true;
	drm = create(test, desc);

	KUNIT_EXPECT_TRUE(test, drm_core_check_feature(drm, DRIVER_CURSOR_HOTSPOT));
	drm_for_each_plane(plane, drm) {
		const bool is_cursor = plane->type == DRM_PLANE_TYPE_CURSOR;

		KUNIT_EXPECT_EQ(test, !!plane->hotspot_x_property, is_cursor);
		KUNIT_EXPECT_EQ(test, !!plane->hotspot_y_property, is_cursor);
	}
}

/* The device is registered: nothing can be added to it. */
static void rvkms_test_topology_too_late(struct kunit *test)
{
	const struct rvkms_device_desc *desc = display_describe(test, 1, 1, 1);
	struct drm_device *drm = create(test, desc);
	struct tkms_setup *setup = (struct tkms_setup *)to_tkms_device(drm);

	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, rvkms_topology_create(setup, desc), -EBUSY);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	KUNIT_EXPECT_EQ(test, drm->mode_config.num_total_plane, 3);
}

static void rvkms_test_topology_without_cursor(struct kunit *test)
{
	struct rvkms_device_desc *desc = display_describe(test, 1, 0, 1);
	struct drm_device *drm;

	desc->num_planes = 1;
	desc->crtcs[0].has_writeback = false;
	drm = create(test, desc);

	KUNIT_EXPECT_EQ(test, drm->mode_config.num_total_plane, 1);
	KUNIT_EXPECT_EQ(test, drm->mode_config.num_connector, 1);
	KUNIT_EXPECT_NULL(test, drm_crtc_from_index(drm, 0)->cursor);
}

static void rvkms_test_topology_monitor(struct kunit *test)
{
	struct rvkms_device_desc *desc = display_describe(test, 1, 0, 1);
	struct drm_connector_list_iter iterator;
	struct drm_connector *connector;
	struct drm_device *drm;

	desc->crtcs[0].has_writeback = false;
	drm = create(test, desc);
	drm_connector_list_iter_begin(drm, &iterator);
	drm_for_each_connector_iter(connector, &iterator) {
		mutex_lock(&drm->mode_config.mutex);
		KUNIT_EXPECT_EQ(test, connector->funcs->fill_modes(connector, 8192, 8192), 0);
		KUNIT_EXPECT_EQ(test, connector->status, connector_status_disconnected);
		mutex_unlock(&drm->mode_config.mutex);
	}
	drm_connector_list_iter_end(&iterator);
}

/* Each connector is of the requested type, which is part of its name. */
static void rvkms_test_topology_types(struct kunit *test)
{
	static const char * const names[] = { "HDMI-A-", "DSI-", "Virtual-" };
	static const u32 types[] = {
		DRM_MODE_CONNECTOR_HDMIA, DRM_MODE_CONNECTOR_DSI, DRM_MODE_CONNECTOR_VIRTUAL,
	};
	struct rvkms_device_desc *desc = display_describe(test, 1, 0, 3);
	struct drm_connector_list_iter iterator;
	struct drm_connector *connector;
	struct drm_device *drm;

	desc->crtcs[0].has_writeback = false;
	desc->connectors[0].type = DRM_MODE_CONNECTOR_HDMIA;
	desc->connectors[1].type = DRM_MODE_CONNECTOR_DSI;
	drm = create(test, desc);

	drm_connector_list_iter_begin(drm, &iterator);
	drm_for_each_connector_iter(connector, &iterator) {
		const u32 i = connector->index;
		u32 edids = 0;

		KUNIT_ASSERT_LT(test, i, 3);
		KUNIT_EXPECT_EQ(test, connector->connector_type, types[i]);
		KUNIT_EXPECT_TRUE(test, strstarts(connector->name, names[i]));
		for (int j = 0; j < connector->base.properties->count; j++)
			edids += connector->base.properties->properties[j] ==
				 drm->mode_config.edid_property;
		KUNIT_EXPECT_EQ(test, edids, 1);
	}
	drm_connector_list_iter_end(&iterator);
}

/* A name in the description becomes DRM's; without one, DRM makes it. */
static void rvkms_test_topology_names(struct kunit *test)
{
	struct rvkms_device_desc *desc = display_describe(test, 2, 0, 1);
	struct drm_device *drm;

	strscpy(desc->planes[0].name, "desktop %s");
	strscpy(desc->crtcs[1].name, "second");
	drm = create(test, desc);
	KUNIT_EXPECT_STREQ(test, drm_crtc_from_index(drm, 0)->primary->name, "desktop %s");
	KUNIT_EXPECT_STREQ(test, drm_crtc_from_index(drm, 0)->name, "crtc-0");
	KUNIT_EXPECT_STREQ(test, drm_crtc_from_index(drm, 1)->name, "second");
}

static u32 encoder_of(const struct display *display)
{
	return drm_encoder_index(display->connector->state->best_encoder);
}

/* Two encoders, one per CRTC: the CRTC of a commit decides which of them drives the connector. */
static void rvkms_test_topology_connectors_of_two_encoders(struct kunit *test)
{
	struct rvkms_device_desc *desc = display_describe(test, 2, 2, 2);
	struct display *first, *second;

	for (u32 i = 0; i < 2; i++) {
		desc->encoders[i].crtcs = BIT(i);
		desc->connectors[i].encoders = 3;
		desc->connectors[i].monitor.status = RVKMS_CONNECTED;
	}
	first = display_of(test, desc);
	second = display_beside(first);
	KUNIT_EXPECT_EQ(test, first->connector->possible_encoders, 3);
	display_turn_on(second, display_buffer(second, 640, 480, DRM_FORMAT_XRGB8888)->fb);
	KUNIT_EXPECT_EQ(test, encoder_of(second), 1);
	display_turn_on(first, display_buffer(first, 640, 480, DRM_FORMAT_XRGB8888)->fb);
	KUNIT_EXPECT_EQ(test, encoder_of(first), 0);
	KUNIT_EXPECT_EQ(test, encoder_of(second), 1);
}

/* A device may have planes that support asynchronous flips, and others. */
static void rvkms_test_topology_async_of_some_planes(struct kunit *test)
{
	struct rvkms_device_desc *desc = display_describe(test, 1, 1, 1);
	struct drm_device *drm;

	desc->planes[0].is_async = false;
	drm = display_of(test, desc)->drm;
	KUNIT_EXPECT_EQ(test, display_async_formats(test, drm_plane_from_index(drm, 0)), 0);
	KUNIT_EXPECT_GT(test, display_async_formats(test, drm_plane_from_index(drm, 1)), 10);
}

/* Properties that the description omits do not exist. */
static void rvkms_test_topology_without_properties(struct kunit *test)
{
	struct rvkms_device_desc *desc = display_describe(test, 1, 0, 1);
	struct drm_plane *plane;
	struct drm_crtc *crtc;
	struct drm_device *drm;

	desc->planes[0].has_zpos = false;
	desc->planes[1].has_zpos = false;
	desc->planes[0].has_alpha = false;
	desc->planes[0].blend_modes = 0;
	desc->planes[0].has_pipeline = false;
	desc->crtcs[0].gamma_size = 0;
	desc->crtcs[0].degamma_size = 16;
	drm = create(test, desc);
	crtc = drm_crtc_from_index(drm, 0);
	plane = crtc->primary;
	KUNIT_EXPECT_NULL(test, plane->zpos_property);
	KUNIT_EXPECT_NULL(test, plane->alpha_property);
	KUNIT_EXPECT_NULL(test, plane->blend_mode_property);
	KUNIT_EXPECT_NULL(test, plane->color_pipeline_property);
	KUNIT_EXPECT_EQ(test, crtc->gamma_size, 0);
	KUNIT_EXPECT_EQ(test, to_rvkms_crtc(crtc)->degamma_size, 16);
}

/* Planes without zpos are stacked by type: overlays over the primary plane, the cursor on top. */
static void rvkms_test_topology_without_zpos(struct kunit *test)
{
	struct rvkms_device_desc *desc = display_describe(test, 1, 1, 1);
	struct drm_client_buffer *overlay, *cursor, *screen, *result;
	struct display_request request = {};
	struct display *display;

	for (u32 i = 0; i < desc->num_planes; i++)
		desc->planes[i].has_zpos = false;
	display = display_of(test, desc);
	screen = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	overlay = display_buffer(display, 8, 8, DRM_FORMAT_XRGB8888);
	cursor = display_buffer(display, 4, 4, DRM_FORMAT_ARGB8888);
	display_fill(screen, 0x00ff0000);
	display_fill(overlay, 0x0000ff00);
	display_fill(cursor, 0xff0000ff);
	display_turn_on(display, screen->fb);

	request.planes[0].plane = display->cursor;
	request.planes[0].fb = cursor->fb;
	request.planes[1].plane = display->overlay;
	request.planes[1].fb = overlay->fb;
	request.writeback = result->fb;
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &request));
	KUNIT_EXPECT_EQ(test, display_pixel(result, 3, 3) & 0xffffff, 0x0000ff);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 4, 4) & 0xffffff, 0x00ff00);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 8, 8) & 0xffffff, 0xff0000);
}

static bool has_features(const struct drm_device *drm, u32 features)
{
	return (drm->driver->driver_features & features) == features;
}

/* Sync objects are always supported, a render node exists on request only. */
static void rvkms_test_topology_card(struct kunit *test)
{
	const struct rvkms_device_desc *desc = display_describe(test, 1, 0, 1);
	const struct drm_device *drm = create(test, desc);

	KUNIT_EXPECT_NULL(test, drm->render);
	KUNIT_EXPECT_TRUE(test, has_features(drm, DRIVER_SYNCOBJ | DRIVER_SYNCOBJ_TIMELINE));
	KUNIT_EXPECT_FALSE(test, has_features(drm, DRIVER_RENDER));
}

static void rvkms_test_topology_render_node(struct kunit *test)
{
	struct rvkms_device_desc *desc = display_describe(test, 1, 0, 1);
	const struct drm_device *drm;

	desc->has_render_node = true;
	drm = create(test, desc);
	KUNIT_EXPECT_NOT_NULL(test, drm->render);
	KUNIT_EXPECT_TRUE(test, has_features(drm, DRIVER_SYNCOBJ | DRIVER_SYNCOBJ_TIMELINE));
	KUNIT_EXPECT_TRUE(test, has_features(drm, DRIVER_RENDER));
}

struct refused_case {
	const char *desc;
	u32 crtcs, overlays, outputs;
};

static const struct refused_case refused_cases[] = {
	{ "no CRTC", 0, 0, 1 },
	{ "no connector", 1, 0, 0 },
	{ "33 CRTCs", 33, 0, 1 },
	{ "33 planes", 1, 31, 1 },
	{ "33 encoders", 1, 0, 32 },
	{ "all U32_MAX", U32_MAX, U32_MAX, U32_MAX },
};

KUNIT_ARRAY_PARAM_DESC(refused, refused_cases, desc);

static void rvkms_test_topology_refused(struct kunit *test)
{
	const struct refused_case *param = test->param_value;
	const struct rvkms_device_desc *desc = display_describe(test, param->crtcs,
							       param->overlays, param->outputs);
	struct device *parent = drm_kunit_helper_alloc_device(test);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, parent);
	KUNIT_EXPECT_EQ(test, -EINVAL,
			PTR_ERR_OR_ZERO(rvkms_device_create(parent, desc)));
}

/* The accepted neighbour of a rejected request. */
static void rvkms_test_topology_of_most_planes(struct kunit *test)
{
	const struct rvkms_device_desc *desc = display_describe(test, 1, 30, 1);

	KUNIT_EXPECT_EQ(test, create(test, desc)->mode_config.num_total_plane, 32);
}

static void rvkms_test_topology_of_most_encoders(struct kunit *test)
{
	const struct rvkms_device_desc *desc = display_describe(test, 1, 0, 31);

	KUNIT_EXPECT_EQ(test, create(test, desc)->mode_config.num_encoder, 32);
}

static struct kunit_case topology_cases[] = {
	KUNIT_CASE(rvkms_test_topology_of_two),
	KUNIT_CASE(rvkms_test_topology_overlay_of_one),
	KUNIT_CASE(rvkms_test_topology_outputs_of_some),
	KUNIT_CASE(rvkms_test_topology_without_clones),
	KUNIT_CASE_PARAM(rvkms_test_topology_cursor_size, cursor_gen_params),
	KUNIT_CASE(rvkms_test_topology_without_hotspot),
	KUNIT_CASE(rvkms_test_topology_hotspot),
	KUNIT_CASE(rvkms_test_topology_too_late),
	KUNIT_CASE(rvkms_test_topology_without_cursor),
	KUNIT_CASE(rvkms_test_topology_monitor),
	KUNIT_CASE(rvkms_test_topology_types),
	KUNIT_CASE(rvkms_test_topology_names),
	KUNIT_CASE(rvkms_test_topology_connectors_of_two_encoders),
	KUNIT_CASE(rvkms_test_topology_async_of_some_planes),
	KUNIT_CASE(rvkms_test_topology_without_properties),
	KUNIT_CASE(rvkms_test_topology_without_zpos),
	KUNIT_CASE(rvkms_test_topology_card),
	KUNIT_CASE(rvkms_test_topology_render_node),
	KUNIT_CASE_PARAM(rvkms_test_topology_refused, refused_gen_params),
	KUNIT_CASE(rvkms_test_topology_of_most_planes),
	KUNIT_CASE(rvkms_test_topology_of_most_encoders),
	{}
};

static struct kunit_suite topology_suite = {
	.name = "rvkms_topology",
	.test_cases = topology_cases,
};

kunit_test_suite(topology_suite);
