// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of commits that change two CRTCs, on a device with overlays and connectors that work with
 * both.
 */

#include <drm/drm_atomic.h>
#include <drm/drm_atomic_uapi.h>
#include <drm/drm_connector.h>
#include <drm/drm_crtc.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_modeset_helper_vtables.h>
#include <drm/drm_plane.h>
#include <kunit/test.h>
#include <linux/err.h>
#include <linux/irqflags.h>

#include "../../build.h"
#include "../../core/compose/compose.h"
#include "../../objects/device.h"
#include "../../scanout/snapshot.h"
#include "display.h"

/* The objects of the second CRTC; the display has those of the first. */
struct pair {
	struct display *display;
	struct drm_crtc *crtc;
	struct drm_connector *connector;
	struct drm_client_buffer *buffer;
	struct drm_client_buffer *overlay;
};

static struct pair *pair_of(struct display *display)
{
	struct pair *pair = kunit_kzalloc(display->test, sizeof(*pair), GFP_KERNEL);
	struct drm_connector_list_iter iterator;
	struct drm_connector *connector;

	KUNIT_ASSERT_NOT_NULL(display->test, pair);
	pair->display = display;
	pair->crtc = drm_crtc_from_index(display->drm, 1);
	pair->buffer = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	display_fill(pair->buffer, 0x00445566);

	drm_connector_list_iter_begin(display->drm, &iterator);
	drm_for_each_connector_iter(connector, &iterator) {
		if (connector->connector_type != DRM_MODE_CONNECTOR_WRITEBACK &&
		    connector != display->connector)
			pair->connector = connector;
	}
	drm_connector_list_iter_end(&iterator);
	KUNIT_ASSERT_NOT_NULL(display->test, pair->crtc);
	KUNIT_ASSERT_NOT_NULL(display->test, pair->connector);

	return pair;
}

static int put_plane(struct drm_atomic_commit *commit, struct drm_plane *plane,
		     struct drm_crtc *crtc, struct drm_framebuffer *fb)
{
	struct drm_plane_state *state = drm_atomic_get_plane_state(commit, plane);
	int ret;

	if (IS_ERR(state))
		return PTR_ERR(state);

	ret = drm_atomic_set_crtc_for_plane(state, crtc);
	if (ret)
		return ret;

	drm_atomic_set_fb_for_plane(state, fb);
	state->crtc_x = 0;
	state->crtc_y = 0;
	state->crtc_w = fb->width;
	state->crtc_h = fb->height;
	state->src_w = fb->width << 16;
	state->src_h = fb->height << 16;

	return 0;
}

static struct pair *the_pair;

/* Enable the second CRTC with the mode of the first. */
static int turn_on_second(struct display *display, struct drm_atomic_commit *commit)
{
	struct drm_connector_state *connector;
	struct drm_crtc_state *first, *second;
	int ret;

	/* After -EDEADLK no further lock may be requested. */
	first = drm_atomic_get_crtc_state(commit, display->crtc);
	if (IS_ERR(first))
		return PTR_ERR(first);

	second = drm_atomic_get_crtc_state(commit, the_pair->crtc);
	if (IS_ERR(second))
		return PTR_ERR(second);

	connector = drm_atomic_get_connector_state(commit, the_pair->connector);
	if (IS_ERR(connector))
		return PTR_ERR(connector);

	second->active = true;
	ret = drm_atomic_set_mode_for_crtc(second, &first->mode);
	if (ret)
		return ret;

	ret = drm_atomic_set_crtc_for_connector(connector, the_pair->crtc);
	if (ret)
		return ret;

	return put_plane(commit, the_pair->crtc->primary, the_pair->crtc, the_pair->buffer->fb);
}

static int exchange_pictures(struct display *display, struct drm_atomic_commit *commit)
{
	struct drm_framebuffer *first = display->crtc->primary->state->fb;

	return put_plane(commit, display->crtc->primary, display->crtc, the_pair->buffer->fb) ?:
	       put_plane(commit, the_pair->crtc->primary, the_pair->crtc, first);
}

static int move_overlay(struct display *display, struct drm_atomic_commit *commit)
{
	return put_plane(commit, display->overlay, the_pair->crtc, the_pair->overlay->fb);
}

static struct display *pair_turned_on(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00112233);
	const struct display_request on = { .change = turn_on_second };

	the_pair = pair_of(display);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &on));

	return display;
}

static u16 first_red(struct kunit *test, struct drm_crtc *crtc)
{
	struct rvkms_pixel *line = kunit_kcalloc(test, 640, sizeof(*line), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, line);
	KUNIT_ASSERT_NOT_NULL(test, to_rvkms_crtc(crtc)->scanout.shown);
	rvkms_compose_line(&to_rvkms_crtc(crtc)->scanout.shown->frame, 0, line);

	return line->r >> 8;
}

static const struct drm_plane_helper_funcs *real_helpers;
static bool was_irq_off;

static void note_irqs(struct drm_plane *plane, struct drm_atomic_commit *commit)
{
	was_irq_off |= irqs_disabled();
	real_helpers->atomic_update(plane, commit);
}

/*
 * Planes are updated after atomic_begin() of all CRTCs of a commit, and before the first
 * atomic_flush().
 */
static void watch_updates(struct display *display)
{
	static struct drm_plane_helper_funcs helpers;

	was_irq_off = false;
	real_helpers = display->primary->helper_private;
	helpers = *real_helpers;
	helpers.atomic_update = note_irqs;
	drm_plane_helper_add(display->primary, &helpers);
	drm_plane_helper_add(the_pair->crtc->primary, &helpers);
}

/*
 * The in-tree driver takes a spinlock, and disables interrupts, in atomic_begin(), and releases it
 * in atomic_flush(). A commit of two CRTCs calls atomic_begin() of both first: one lock of a class
 * inside the other, which lockdep takes for a deadlock, and between them callbacks that may sleep.
 * A lockdep report of the sanitizers' kernel fails this test too.
 */
static void rvkms_test_span_flips_both(struct kunit *test)
{
	struct display *display = pair_turned_on(test);
	const struct display_request exchange = { .change = exchange_pictures };

	KUNIT_EXPECT_EQ(test, first_red(test, display->crtc), 0x11);
	KUNIT_EXPECT_EQ(test, first_red(test, the_pair->crtc), 0x44);

	watch_updates(display);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &exchange));
	KUNIT_EXPECT_EQ(test, first_red(test, display->crtc), 0x44);
	KUNIT_EXPECT_EQ(test, first_red(test, the_pair->crtc), 0x11);
	KUNIT_EXPECT_FALSE(test, was_irq_off);
}

/* An overlay is on one CRTC at a time. DRM requires two commits to move it to another one. */
static void rvkms_test_span_moves_overlay(struct kunit *test)
{
	struct display *display = pair_turned_on(test);
	struct drm_client_buffer *buffer = display_buffer(display, 8, 8, DRM_FORMAT_XRGB8888);
	const struct display_request show = {
		.planes = { { .plane = display->overlay, .fb = buffer->fb } },
	};
	const struct display_request hide = { .planes = { { .plane = display->overlay } } };
	const struct display_request move = { .change = move_overlay };

	the_pair->overlay = buffer;
	display_fill(buffer, 0x00ffffff);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &show));
	KUNIT_EXPECT_EQ(test, first_red(test, display->crtc), 0xff);
	KUNIT_EXPECT_EQ(test, first_red(test, the_pair->crtc), 0x44);

	KUNIT_EXPECT_EQ(test, -EINVAL, display_commit(display, &move));
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &hide));
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &move));
	KUNIT_EXPECT_EQ(test, first_red(test, display->crtc), 0x11);
	KUNIT_EXPECT_EQ(test, first_red(test, the_pair->crtc), 0xff);
}

/* The second CRTC is disabled. The first one goes on: its vblanks are its own. */
static int turn_off_second(struct display *display, struct drm_atomic_commit *commit)
{
	struct drm_crtc_state *second = drm_atomic_get_crtc_state(commit, the_pair->crtc);

	if (IS_ERR(second))
		return PTR_ERR(second);

	second->active = false;

	return 0;
}

static void rvkms_test_span_one_goes_off(struct kunit *test)
{
	struct display *display = pair_turned_on(test);
	const struct display_request off = { .change = turn_off_second };
	const u64 anchor = to_rvkms_crtc(display->crtc)->timer.timeline.anchor;

	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &off));
	KUNIT_EXPECT_NULL(test, to_rvkms_crtc(the_pair->crtc)->scanout.shown);
	KUNIT_EXPECT_EQ(test, first_red(test, display->crtc), 0x11);
	KUNIT_EXPECT_EQ(test, to_rvkms_crtc(display->crtc)->timer.timeline.anchor, anchor);
}

/* Both CRTCs are active when the device is unplugged, and neither is active after it. */
static void rvkms_test_span_unplug(struct kunit *test)
{
	struct display *display = pair_turned_on(test);

	rvkms_device_unplug(display->rvkms);
	KUNIT_EXPECT_NULL(test, to_rvkms_crtc(display->crtc)->scanout.shown);
	KUNIT_EXPECT_NULL(test, to_rvkms_crtc(the_pair->crtc)->scanout.shown);
}

static int pair_test_init(struct kunit *test)
{
	return display_test_init_with(test, 2);
}

static struct kunit_case span_tests[] = {
	KUNIT_CASE(rvkms_test_span_flips_both),
	KUNIT_CASE(rvkms_test_span_moves_overlay),
	KUNIT_CASE(rvkms_test_span_one_goes_off),
	KUNIT_CASE(rvkms_test_span_unplug),
	{}
};

static struct kunit_suite span_suite = {
	.name = "rvkms_scanout_crtcs",
	.init = pair_test_init,
	.test_cases = span_tests,
};

kunit_test_suite(span_suite);
