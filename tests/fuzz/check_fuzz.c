// SPDX-License-Identifier: GPL-2.0
/*
 * States that a client can ask for: what the check accepts reads nothing outside of the
 * framebuffer and shows nothing outside of the CRTC.
 */

#include <uapi/drm/drm_fourcc.h>

#include "../core/check_plane.h"
#include "../core/check_writeback.h"
#include "../core/compose.h"
#include "picture.h"

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

/* All of the plane that is on the CRTC is shown, and comes from the framebuffer. */
static void expect_shown(struct input *in, const struct rvkms_plane_request *request)
{
	struct picture picture = picture_make(in, request->fourcc, request->fb_width,
					      request->fb_height);
	struct rvkms_layer layer = {
		.image = picture.image,
		.visible = rvkms_geometry_clip(&request->placement, MAX_WIDTH, MAX_HEIGHT),
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
	};
	const struct rvkms_plane_request request = take_request(in);
	const struct rvkms_verdict verdict = rvkms_check_plane(&limits, &request);
	const struct rvkms_verdict again = rvkms_check_plane(&limits, &request);

	expect(verdict.err == again.err && verdict.rule == again.rule);
	expect(!verdict.err == (verdict.rule == RVKMS_RULE_NONE));
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

	expect(!verdict.err == (verdict.rule == RVKMS_RULE_NONE));
	if (!verdict.err)
		expect(rvkms_format_find(request.fourcc)->write);
}

int LLVMFuzzerTestOneInput(const u8 *bytes, size_t size)
{
	struct input in = { bytes, size };

	try_writeback(&in);
	try_plane(&in);

	return 0;
}
