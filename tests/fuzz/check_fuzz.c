// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzzes the checks: a state that a check accepts reads nothing outside of the framebuffer and
 * shows nothing outside of the CRTC.
 */

#include <uapi/drm/drm_fourcc.h>

#include "../core/check/async.h"
#include "../core/check/color.h"
#include "../core/check/connector.h"
#include "../core/check/crtc.h"
#include "../core/check/device.h"
#include "../core/check/plane.h"
#include "../core/check/writeback.h"
#include "../core/compose/compose.h"
#include "picture.h"

static void expect_sane(struct rvkms_verdict verdict)
{
	expect(!verdict.err == (verdict.rule == RVKMS_RULE_NONE));
}

static struct rvkms_plane_request take_request(struct input *in)
{
	struct rvkms_plane_request request = {
		.is_cursor = take_bool(in),
		.has_crtc = take_u8(in) % 8,
		.has_fb = take_u8(in) % 8,
		.fourcc = take_u8(in) % 8 ? take_fourcc(in) : take_u32(in),
		.modifier = take_u8(in) % 8 ? DRM_FORMAT_MOD_LINEAR : take_u64(in),
		.fb_width = 1 + take_below(in, MAX_WIDTH),
		.fb_height = 1 + take_below(in, MAX_HEIGHT),
	};

	request.placement = take_placement(in, request.fb_width, request.fb_height);

	return request;
}

/* The visible part is within the CRTC, and its source is within the framebuffer. */
static void expect_shown(struct input *in, const struct rvkms_plane_request *request)
{
	struct picture picture = picture_make(in, request->fourcc, request->fb_width,
					      request->fb_height);
	struct rvkms_layer layer = {
		.image = picture.image,
		.visible = rvkms_geometry_clip(&request->placement, MAX_WIDTH, MAX_HEIGHT),
		.filter = take_u8(in) % 2,
		.alpha = take_u16(in),
	};
	const struct rvkms_frame frame = {
		.width = MAX_WIDTH,
		.height = MAX_HEIGHT,
		.num_layers = 1,
		.layers = &layer,
	};
	const struct rvkms_box source = rvkms_span_source(&layer.visible);
	struct rvkms_pixel line[MAX_WIDTH];

	expect(layer.visible.x + (u64)layer.visible.width <= MAX_WIDTH);
	expect(layer.visible.y + (u64)layer.visible.height <= MAX_HEIGHT);
	expect(source.x >= 0 && source.x + source.width <= request->fb_width);
	expect(source.y >= 0 && source.y + source.height <= request->fb_height);
	for (u32 y = 0; y < MAX_HEIGHT; y++)
		rvkms_compose_line(&frame, y, line);
	picture_free(&picture);
}

static void try_plane(struct input *in)
{
	const struct rvkms_device_limits limits = {
		.cursor_width = take_u8(in),
		.cursor_height = take_u8(in),
		.min_scale = take_u8(in) % 8 ? 0x2000 : take_u32(in),
		.max_scale = take_u8(in) % 8 ? 0x80000 : take_u32(in),
	};
	const struct rvkms_plane_request request = take_request(in);
	const struct rvkms_verdict verdict = rvkms_check_plane(&limits, &request);
	const struct rvkms_verdict again = rvkms_check_plane(&limits, &request);

	expect(verdict.err == again.err && verdict.rule == again.rule);
	expect_sane(verdict);
	if (!verdict.err && request.has_fb)
		expect_shown(in, &request);
}

static void try_writeback(struct input *in)
{
	const struct rvkms_writeback_request request = {
		.crtc_active = take_bool(in),
		.fourcc = take_u8(in) % 8 ? take_fourcc(in) : take_u32(in),
		.modifier = take_u8(in) % 8 ? DRM_FORMAT_MOD_LINEAR : take_u64(in),
		.fb_width = take_u32(in),
		.fb_height = take_u32(in),
		.mode_width = take_u32(in),
		.mode_height = take_u32(in),
	};
	const struct rvkms_verdict verdict = rvkms_check_writeback(&request);

	expect_sane(verdict);
	if (!verdict.err)
		expect(rvkms_format_find(request.fourcc)->write);
}

static struct rvkms_async_state take_async_state(struct input *in)
{
	return (struct rvkms_async_state){
		.is_shown = take_bool(in),
		.crtc = take_u8(in),
		.fourcc = take_u8(in),
		.placement = take_placement(in, MAX_WIDTH, MAX_HEIGHT),
	};
}

static void try_async(struct input *in)
{
	const struct rvkms_async_request request = {
		.is_flip = take_bool(in),
		.is_modeset = take_bool(in),
		.is_property_changed = take_bool(in),
		.old = take_async_state(in),
		.new = take_async_state(in),
	};

	expect_sane(rvkms_check_async(&request));
}

static void try_color(struct input *in)
{
	struct rvkms_color_request request;
	const struct rvkms_colorop_request op = {
		.kind = take_u8(in),
		.size = take_u32(in),
		.bytes = take_u64(in),
	};

	take_bytes(in, &request, sizeof(request));
	expect_sane(rvkms_check_color(&request));
	expect_sane(rvkms_check_colorop(&op));
}

static void try_connector(struct input *in)
{
	struct rvkms_connector_request request = {
		.min_bpc = take_u8(in),
		.max_bpc = take_u8(in),
		.colorspaces = take_u32(in),
		.eotfs = take_u32(in),
		.bpc = take_u8(in),
		.colorspace = take_u32(in),
		.has_hdr = take_bool(in),
	};

	take_bytes(in, &request.hdr, sizeof(request.hdr));
	expect_sane(rvkms_check_connector(&request));
}

static void take_formats(struct input *in, struct rvkms_format_set *formats)
{
	for (u32 i = 0; i < RVKMS_FORMAT_SET_WORDS; i++)
		formats->bits[i] = take_u8(in) % 8 ? take_u8(in) : take_u64(in);
}

static u32 take_number(struct input *in)
{
	return take_bool(in) ? take_below(in, RVKMS_MAX_OBJECTS + 2) : take_u32(in);
}

static u32 take_mask(struct input *in)
{
	return take_u8(in) % 8 ? 1u << take_below(in, 32) : take_u32(in);
}

static void take_plane(struct input *in, struct rvkms_plane_desc *plane)
{
	*plane = rvkms_plane_describe(take_below(in, 4));
	plane->crtcs = take_mask(in);
	if (take_u8(in) % 4)
		return;

	take_formats(in, &plane->formats);
	plane->rotation = take_u8(in);
	plane->encoding = take_u8(in);
	plane->range = take_u8(in);
	plane->has_zpos = take_bool(in);
	plane->blend_modes = take_u8(in);
	plane->min_scale = take_u32(in);
	plane->max_scale = take_u32(in);
}

static void try_device(struct input *in)
{
	static struct rvkms_device_desc desc;

	rvkms_device_describe(&desc);
	desc.num_crtcs = take_u8(in);
	desc.num_planes = take_number(in);
	desc.num_encoders = take_number(in);
	desc.num_connectors = take_number(in);
	for (u32 i = 0; i < RVKMS_MAX_OBJECTS; i++) {
		take_plane(in, &desc.planes[i]);
		desc.crtcs[i].has_writeback = take_bool(in);
		desc.crtcs[i].gamma_size = take_u16(in);
		desc.encoders[i].crtcs = take_mask(in);
		desc.connectors[i] = rvkms_connector_describe();
		desc.connectors[i].encoders = take_mask(in);
	}
	expect_sane(rvkms_check_device(&desc));
	rvkms_device_suits_clients(&desc);
}

static void try_crtc(struct input *in)
{
	const struct rvkms_device_limits limits = {
		.max_planes = take_u32(in),
		.max_pixel_rate = take_u64(in),
	};
	const struct rvkms_crtc_request request = {
		.timing = {
			.clock = (s32)take_u32(in),
			.hdisplay = take_u16(in),
			.htotal = take_u16(in),
			.vdisplay = take_u16(in),
			.vtotal = take_u16(in),
			.vscan = take_u16(in),
			.doublescan = take_bool(in),
			.interlace = take_bool(in),
			.frame_packing = take_bool(in),
		},
		.num_planes = take_u32(in),
		.num_pixels = take_u64(in),
	};

	expect_sane(rvkms_check_crtc(&limits, &request));
}

int LLVMFuzzerTestOneInput(const u8 *bytes, size_t size)
{
	struct input in = { bytes, size };

	switch (take_u8(&in) % 8) {
	case 0:
		try_writeback(&in);
		break;
	case 1:
		try_async(&in);
		break;
	case 2:
		try_color(&in);
		break;
	case 3:
		try_connector(&in);
		break;
	case 4:
		try_crtc(&in);
		break;
	case 5:
		try_device(&in);
		break;
	default:
		try_plane(&in);
	}

	return 0;
}
