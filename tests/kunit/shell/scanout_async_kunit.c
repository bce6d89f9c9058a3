// SPDX-License-Identifier: GPL-2.0
/* Tests of asynchronous updates: cursor moves and flips that do not wait for a vblank. */

#include <drm/drm_atomic.h>
#include <drm/drm_color_mgmt.h>
#include <drm/drm_crtc.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_mode_object.h>
#include <drm/drm_plane.h>
#include <drm/drm_property.h>
#include <drm/drm_vblank.h>
#include <kunit/test.h>
#include <linux/string.h>

#include "../../memory/mapping.h"
#include "../../objects/device.h"
#include "../../objects/refusal.h"
#include "../../scanout/snapshot.h"
#include "display.h"

#define BLACK 0xff000000
#define RED 0xffff0000
#define GREEN 0xff00ff00
#define WHITE 0xffffffff

static struct rvkms_scanout *scanout_of(struct display *display)
{
	return &to_rvkms_crtc(display->crtc)->scanout;
}

/* Keep a vblank reference but stop the timer: nothing that waits for a vblank makes progress. */
static void hold_vblanks(struct display *display)
{
	struct rvkms_vblank_timer *timer = &to_rvkms_crtc(display->crtc)->timer;

	KUNIT_ASSERT_EQ(display->test, 0, drm_crtc_vblank_get(display->crtc));
	rvkms_vblank_timer_disable(timer);
	rvkms_vblank_timer_sync(timer);
}

static void let_vblanks_come(struct display *display)
{
	rvkms_vblank_timer_enable(&to_rvkms_crtc(display->crtc)->timer);
	drm_crtc_vblank_put(display->crtc);
}

static struct drm_client_buffer *filled(struct display *display, u32 width, u32 height, u32 fourcc,
					u32 value)
{
	struct drm_client_buffer *buffer = display_buffer(display, width, height, fourcc);

	display_fill(buffer, value);

	return buffer;
}

/* A white cursor, 8 x 8, in the upper left corner. */
static struct drm_client_buffer *show_cursor(struct display *display)
{
	struct drm_client_buffer *cursor = filled(display, 8, 8, DRM_FORMAT_ARGB8888, WHITE);
	const struct display_request request = {
		.planes = { { .plane = display->cursor, .fb = cursor->fb } },
	};

	KUNIT_ASSERT_EQ(display->test, 0, display_commit(display, &request));

	return cursor;
}

static int move_cursor(struct display *display, struct drm_client_buffer *cursor, int x)
{
	const struct display_request request = {
		.planes = { { .plane = display->cursor, .fb = cursor->fb, .x = x } },
		.is_cursor_move = true,
	};

	return display_commit(display, &request);
}

static struct drm_client_buffer *capture(struct display *display)
{
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request request = { .writeback = result->fb };

	KUNIT_ASSERT_EQ(display->test, 0, display_commit(display, &request));

	return result;
}

/* The framebuffer that a snapshot shows on the cursor plane. */
static const struct drm_framebuffer *cursor_fb(struct display *display,
					       const struct rvkms_snapshot *snapshot)
{
	for (u32 i = 0; i < snapshot->frame.num_layers; i++) {
		if (snapshot->sources[i].plane == display->cursor->index)
			return snapshot->sources[i].mapping->fb;
	}

	return NULL;
}

/*
 * A cursor that moves while a flip is pending does not wait for the flip. The vblank that shows the
 * flip also shows the cursor at its new place, and completes the flip's event and writeback job.
 */
static void rvkms_test_async_cursor_beside_flip(struct kunit *test)
{
	struct display *display = display_turned_on(test, BLACK);
	struct drm_client_buffer *cursor = show_cursor(display);
	struct drm_client_buffer *next = filled(display, 640, 480, DRM_FORMAT_XRGB8888, RED);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request flip = {
		.planes = { { .plane = display->primary, .fb = next->fb } },
		.writeback = result->fb,
	};
	struct rvkms_scanout *scanout = scanout_of(display);

	/* The first commit with a writeback job is a modeset. */
	capture(display);
	hold_vblanks(display);
	KUNIT_ASSERT_EQ(test, 0, display_post(display, &flip));
	KUNIT_ASSERT_NOT_NULL(test, scanout->pending);
	for (int x = 1; x <= 16; x++)
		KUNIT_EXPECT_EQ(test, 0, move_cursor(display, cursor, x));
	KUNIT_ASSERT_NOT_NULL(test, scanout->pending);
	KUNIT_EXPECT_NOT_NULL(test, scanout->pending->event);
	KUNIT_EXPECT_NOT_NULL(test, scanout->pending->writeback);
	KUNIT_EXPECT_TRUE(test, scanout->latch.pending_has_job);
	let_vblanks_come(display);

	/* The next commit waits for the event, which is sent once. */
	capture(display);
	KUNIT_EXPECT_FALSE(test, scanout->latch.fills_job);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 15, 0), RED);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 16, 0), WHITE);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 23, 7), WHITE);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 24, 0), RED);
}

/* The same without a pending flip. The next commit starts from the cursor's new place. */
static void rvkms_test_async_cursor_alone(struct kunit *test)
{
	struct display *display = display_turned_on(test, BLACK);
	struct drm_client_buffer *cursor = show_cursor(display);
	struct drm_client_buffer *other = filled(display, 8, 8, DRM_FORMAT_ARGB8888, GREEN);
	struct drm_client_buffer *next = filled(display, 640, 480, DRM_FORMAT_XRGB8888, RED);
	const struct display_request flip = {
		.planes = { { .plane = display->primary, .fb = next->fb } },
	};
	const struct drm_plane_state *shown = display->cursor->state;
	struct rvkms_scanout *scanout = scanout_of(display);
	struct drm_client_buffer *result;

	hold_vblanks(display);
	KUNIT_EXPECT_EQ(test, 0, move_cursor(display, cursor, 100));
	KUNIT_EXPECT_EQ(test, 0, move_cursor(display, other, 200));
	/* The plane state was updated in place; any other commit would have swapped it. */
	KUNIT_EXPECT_PTR_EQ(test, display->cursor->state, shown);
	KUNIT_ASSERT_NOT_NULL(test, scanout->pending);
	KUNIT_EXPECT_PTR_EQ(test, cursor_fb(display, scanout->pending), other->fb);
	KUNIT_EXPECT_PTR_EQ(test, display->cursor->state->fb, other->fb);
	KUNIT_EXPECT_EQ(test, display->cursor->state->crtc_x, 200);
	let_vblanks_come(display);

	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &flip));
	KUNIT_EXPECT_PTR_EQ(test, cursor_fb(display, scanout->shown), other->fb);
	result = capture(display);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 0, 0), RED);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 100, 0), RED);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 199, 0), RED);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 200, 0), GREEN);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 208, 0), RED);
}

/* An off-screen cursor has no layer. The update still does not wait. */
static void rvkms_test_async_cursor_leaves_screen(struct kunit *test)
{
	struct display *display = display_turned_on(test, BLACK);
	struct drm_client_buffer *cursor = show_cursor(display);
	struct rvkms_scanout *scanout = scanout_of(display);

	hold_vblanks(display);
	KUNIT_EXPECT_EQ(test, 0, move_cursor(display, cursor, 640));
	KUNIT_ASSERT_NOT_NULL(test, scanout->pending);
	KUNIT_EXPECT_EQ(test, scanout->pending->frame.num_layers, 1);
	KUNIT_EXPECT_EQ(test, 0, move_cursor(display, cursor, 639));
	KUNIT_EXPECT_EQ(test, scanout->pending->frame.num_layers, 2);
	let_vblanks_come(display);
}

/* A cursor of another size needs a regular commit. */
static void rvkms_test_async_cursor_changes_size(struct kunit *test)
{
	struct display *display = display_turned_on(test, BLACK);
	struct drm_client_buffer *large = filled(display, 16, 16, DRM_FORMAT_ARGB8888, GREEN);
	const struct drm_plane_state *shown;
	struct drm_client_buffer *result;

	show_cursor(display);
	shown = display->cursor->state;
	KUNIT_ASSERT_EQ(test, 0, move_cursor(display, large, 4));
	KUNIT_EXPECT_PTR_NE(test, display->cursor->state, shown);

	result = capture(display);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 3, 0), BLACK);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 4, 0), GREEN);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 19, 15), GREEN);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 20, 0), BLACK);
	KUNIT_EXPECT_STREQ(test, display_debugfs(display, rvkms_refusals_show),
			   "rejected states: 0\nrejected modes: 0\n");
}

/* A gamma table that makes everything black. */
static int darken(struct display *display, struct drm_atomic_commit *commit)
{
	struct drm_crtc_state *state = drm_atomic_get_crtc_state(commit, display->crtc);
	struct drm_property_blob *blob;

	if (IS_ERR(state))
		return PTR_ERR(state);

	blob = drm_property_create_blob(display->drm, 256 * sizeof(struct drm_color_lut), NULL);
	if (IS_ERR(blob))
		return PTR_ERR(blob);

	memset(blob->data, 0, blob->length);
	state->gamma_lut = blob;
	state->color_mgmt_changed = true;

	return 0;
}

/* The cursor update keeps the CRTC's colour pipeline. */
static void rvkms_test_async_cursor_keeps_colours(struct kunit *test)
{
	struct display *display = display_turned_on(test, RED);
	struct drm_client_buffer *cursor = show_cursor(display);
	const struct display_request dark = { .change = darken };
	struct rvkms_scanout *scanout = scanout_of(display);

	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &dark));
	hold_vblanks(display);
	KUNIT_EXPECT_EQ(test, 0, move_cursor(display, cursor, 4));
	KUNIT_ASSERT_NOT_NULL(test, scanout->pending);
	KUNIT_ASSERT_NOT_NULL(test, scanout->shown);
	KUNIT_EXPECT_NOT_NULL(test, scanout->pending->color);
	KUNIT_EXPECT_PTR_EQ(test, scanout->pending->color, scanout->shown->color);
	KUNIT_EXPECT_PTR_EQ(test, scanout->pending->frame.pipeline,
			    scanout->shown->frame.pipeline);
	let_vblanks_come(display);
}

static int sleep(struct display *display, struct drm_atomic_commit *commit)
{
	struct drm_crtc_state *state = drm_atomic_get_crtc_state(commit, display->crtc);

	if (IS_ERR(state))
		return PTR_ERR(state);

	state->active = false;

	return 0;
}

static int wake(struct display *display, struct drm_atomic_commit *commit)
{
	struct drm_crtc_state *state = drm_atomic_get_crtc_state(commit, display->crtc);

	if (IS_ERR(state))
		return PTR_ERR(state);

	state->active = true;

	return 0;
}

/* An inactive CRTC shows nothing. When it becomes active, it shows the cursor at its new place. */
static void rvkms_test_async_cursor_while_asleep(struct kunit *test)
{
	struct display *display = display_turned_on(test, BLACK);
	struct drm_client_buffer *cursor = show_cursor(display);
	const struct display_request to_sleep = { .change = sleep };
	const struct display_request to_wake = { .change = wake };
	struct drm_client_buffer *result;

	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &to_sleep));
	KUNIT_EXPECT_EQ(test, 0, move_cursor(display, cursor, 50));
	KUNIT_EXPECT_NULL(test, scanout_of(display)->pending);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &to_wake));

	result = capture(display);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 49, 0), BLACK);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 50, 0), WHITE);
}

/* Disabling the CRTC also drops the pending cursor update and the snapshot that it replaced. */
static void rvkms_test_async_cursor_before_off(struct kunit *test)
{
	struct display *display = display_turned_on(test, BLACK);
	struct drm_client_buffer *cursor = show_cursor(display);
	struct rvkms_scanout *scanout = scanout_of(display);

	hold_vblanks(display);
	KUNIT_EXPECT_EQ(test, 0, move_cursor(display, cursor, 50));
	let_vblanks_come(display);
	display_turn_off(display);
	KUNIT_EXPECT_NULL(test, scanout->pending);
	KUNIT_EXPECT_NULL(test, scanout->shown);
}

static int set_async(struct display *display, struct drm_atomic_commit *commit)
{
	struct drm_crtc_state *state = drm_atomic_get_crtc_state(commit, display->crtc);

	if (IS_ERR(state))
		return PTR_ERR(state);

	state->async_flip = true;

	return 0;
}

/* An asynchronous flip waits for no vblank: it completes, with its event, during its commit. */
static void rvkms_test_async_flip_at_once(struct kunit *test)
{
	struct display *display = display_turned_on(test, BLACK);
	struct drm_client_buffer *cursor = show_cursor(display);
	struct drm_client_buffer *red = filled(display, 640, 480, DRM_FORMAT_XRGB8888, RED);
	struct drm_client_buffer *green = filled(display, 640, 480, DRM_FORMAT_XRGB8888, GREEN);
	const struct display_request to_red = {
		.planes = { { .plane = display->primary, .fb = red->fb } },
		.change = set_async,
	};
	const struct display_request to_green = {
		.planes = { { .plane = display->primary, .fb = green->fb } },
		.change = set_async,
	};
	struct rvkms_scanout *scanout = scanout_of(display);
	struct rvkms_snapshot *last;
	struct drm_client_buffer *result;

	hold_vblanks(display);
	last = scanout->shown;
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &to_red));
	KUNIT_EXPECT_NULL(test, scanout->pending);
	KUNIT_EXPECT_PTR_NE(test, scanout->shown, last);
	last = scanout->shown;
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &to_green));
	KUNIT_EXPECT_PTR_NE(test, scanout->shown, last);
	KUNIT_EXPECT_TRUE(test, try_wait_for_completion(&display->crtc->state->commit->flip_done));
	/* The flip also applies a pending cursor move. */
	KUNIT_ASSERT_EQ(test, 0, move_cursor(display, cursor, 30));
	KUNIT_EXPECT_NOT_NULL(test, scanout->pending);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &to_red));
	KUNIT_EXPECT_NULL(test, scanout->pending);
	KUNIT_EXPECT_EQ(test, scanout->shown->frame.num_layers, 2);
	let_vblanks_come(display);

	result = capture(display);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 0, 0), RED);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 30, 0), WHITE);
}

/*
 * After an asynchronous flip the client draws on the old framebuffer. A frame of it that is still
 * being composed must finish first, or its CRC would be that of a frame that was never shown.
 */
static void rvkms_test_async_flip_lets_frames_finish(struct kunit *test)
{
	struct display *display = display_turned_on(test, BLACK);
	struct rvkms_scanout *scanout = scanout_of(display);
	struct rvkms_snapshot *snapshot = rvkms_snapshot_create(&display->rvkms->releases, 8);

	KUNIT_ASSERT_NOT_NULL(test, snapshot);
	scanout->delays.frame_ns = 50 * NSEC_PER_MSEC;
	KUNIT_ASSERT_EQ(test, 0, drm_crtc_vblank_get(display->crtc));
	rvkms_scanout_start_capture(scanout);
	drm_crtc_wait_one_vblank(display->crtc);
	KUNIT_EXPECT_EQ(test, scanout->num_begun, 1);
	KUNIT_EXPECT_EQ(test, scanout->num_ended, 0);
	rvkms_scanout_flip(scanout, snapshot);
	KUNIT_EXPECT_GE(test, scanout->num_ended, 1);
	rvkms_scanout_stop_capture(scanout);
	drm_crtc_vblank_put(display->crtc);
}

enum flip_change {
	FLIP_ONLY, FLIP_OVERLAY, FLIP_FORMAT, FLIP_SIZE, FLIP_MOVE, FLIP_OFF, FLIP_ON, FLIP_MODE,
	FLIP_FILTER,
};

struct flip_case {
	const char *desc;
	enum flip_change change;
	const char *rule;
};

static const struct flip_case flip_cases[] = {
	{ "primary plane", FLIP_ONLY, NULL },
	{ "overlay plane", FLIP_OVERLAY, NULL },
	{ "other format", FLIP_FORMAT, "ASYNC_FORMAT" },
	{ "other size", FLIP_SIZE, "ASYNC_SIZE" },
	{ "other place", FLIP_MOVE, "ASYNC_POSITION" },
	{ "plane goes off", FLIP_OFF, "ASYNC_PLANE" },
	{ "plane goes on", FLIP_ON, "ASYNC_PLANE" },
	{ "modeset", FLIP_MODE, "ASYNC_MODESET" },
	{ "other filter", FLIP_FILTER, "ASYNC_PROPERTY" },
};

KUNIT_ARRAY_PARAM_DESC(flip, flip_cases, desc);

static int set_async_and_wake(struct display *display, struct drm_atomic_commit *commit)
{
	return set_async(display, commit) ?: wake(display, commit);
}

static struct display_request flip_request(struct display *display, enum flip_change change)
{
	const bool is_small = change == FLIP_SIZE || change == FLIP_ON;
	const bool is_argb = change == FLIP_FORMAT || change == FLIP_ON;
	struct drm_client_buffer *next = display_buffer(display, is_small ? 64 : 640,
							is_small ? 64 : 480,
							is_argb ? DRM_FORMAT_ARGB8888
								: DRM_FORMAT_XRGB8888);
	struct display_request request = {
		.planes = { { .plane = display->primary, .fb = next->fb } },
		.change = set_async,
	};

	switch (change) {
	case FLIP_OVERLAY:
		request.planes[0].plane = display->overlay;
		break;
	case FLIP_MOVE:
		request.planes[0].x = 1;
		break;
	case FLIP_OFF:
		request.planes[0].fb = NULL;
		break;
	case FLIP_ON:
		request.planes[0].plane = display->cursor;
		break;
	case FLIP_MODE:
		request.change = set_async_and_wake;
		break;
	case FLIP_FILTER:
		request.planes[0].filter = DRM_SCALING_FILTER_NEAREST_NEIGHBOR;
		break;
	default:
		break;
	}

	return request;
}

static void rvkms_test_async_flip_changes_nothing_else(struct kunit *test)
{
	const struct flip_case *param = test->param_value;
	struct display *display = display_turned_on(test, BLACK);
	struct drm_client_buffer *over = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request begin = {
		.planes = { { .plane = display->overlay, .fb = over->fb } },
	};
	const struct display_request to_sleep = { .change = sleep };
	const struct display_request request = flip_request(display, param->change);
	const char *text;

	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &begin));
	if (param->change == FLIP_MODE)
		KUNIT_ASSERT_EQ(test, 0, display_commit(display, &to_sleep));

	KUNIT_EXPECT_EQ(test, display_check(display, &request), param->rule ? -EINVAL : 0);
	text = display_debugfs(display, rvkms_refusals_show);
	if (param->rule)
		KUNIT_EXPECT_NOT_NULL(test, strstr(text, param->rule));
	else
		KUNIT_EXPECT_STREQ(test, text, "rejected states: 0\nrejected modes: 0\n");
}

static bool has_property(const struct drm_mode_object *object, const struct drm_property *property)
{
	u64 value;

	return !drm_object_property_get_default_value((struct drm_mode_object *)object,
						      (struct drm_property *)property, &value);
}

static void rvkms_test_async_formats(struct kunit *test)
{
	struct display *display = test->priv;
	const struct drm_mode_config *config = &display->drm->mode_config;
	struct drm_plane *plane;

	KUNIT_EXPECT_TRUE(test, config->async_page_flip);
	drm_for_each_plane(plane, display->drm) {
		const struct drm_plane_funcs *funcs = plane->funcs;
		const u32 format = DRM_FORMAT_XRGB8888;

		KUNIT_EXPECT_TRUE(test, has_property(&plane->base,
						     config->async_modifiers_property));
		KUNIT_EXPECT_TRUE(test, funcs->format_mod_supported_async(plane, format, 0));
		KUNIT_EXPECT_FALSE(test, funcs->format_mod_supported_async(plane, format, 1));
		KUNIT_EXPECT_GT(test, display_async_formats(test, plane), 10);
	}
}

static struct kunit_case async_tests[] = {
	KUNIT_CASE(rvkms_test_async_cursor_beside_flip),
	KUNIT_CASE(rvkms_test_async_cursor_alone),
	KUNIT_CASE(rvkms_test_async_cursor_leaves_screen),
	KUNIT_CASE(rvkms_test_async_cursor_changes_size),
	KUNIT_CASE(rvkms_test_async_cursor_keeps_colours),
	KUNIT_CASE(rvkms_test_async_cursor_while_asleep),
	KUNIT_CASE(rvkms_test_async_cursor_before_off),
	KUNIT_CASE(rvkms_test_async_flip_at_once),
	KUNIT_CASE(rvkms_test_async_flip_lets_frames_finish),
	KUNIT_CASE_PARAM(rvkms_test_async_flip_changes_nothing_else, flip_gen_params),
	KUNIT_CASE(rvkms_test_async_formats),
	{}
};

static struct kunit_suite async_suite = {
	.name = "rvkms_scanout_async",
	.init = display_test_init,
	.test_cases = async_tests,
};

kunit_test_suite(async_suite);
