// SPDX-License-Identifier: GPL-2.0
/* Tests of a device without vblanks: a commit is shown when it is made. */

#include <drm/drm_connector.h>
#include <drm/drm_crtc.h>
#include <drm/drm_debugfs_crc.h>
#include <drm/drm_drv.h>
#include <drm/drm_file.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_kunit_helpers.h>
#include <drm/drm_modes.h>
#include <drm/drm_plane.h>
#include <drm/drm_vblank.h>
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/dma-fence.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#include "../../build.h"
#include "../../core/compose/hash.h"
#include "../../core/pixel/format.h"
#include "../../objects/crtc.h"
#include "../../objects/device.h"
#include "../../scanout/snapshot.h"
#include "display.h"

#define BLACK 0xff000000
#define RED 0xffff0000
#define GREEN 0xff00ff00
#define WHITE 0xffffffff

#define FLIPS 100

static struct rvkms_scanout *scanout_of(struct display *display)
{
	return &to_rvkms_crtc(display->crtc)->scanout;
}

static struct drm_client_buffer *filled(struct display *display, u32 width, u32 height, u32 fourcc,
					u32 value)
{
	struct drm_client_buffer *buffer = display_buffer(display, width, height, fourcc);

	display_fill(buffer, value);

	return buffer;
}

static struct drm_client_buffer *screen(struct display *display, u32 value)
{
	return filled(display, 640, 480, DRM_FORMAT_XRGB8888, value);
}

static struct display_request flip_to(struct display *display, struct drm_client_buffer *buffer)
{
	return (struct display_request){
		.planes = { { .plane = display->primary, .fb = buffer->fb } },
		.change = display_want_event,
	};
}

static void flip(struct display *display, struct drm_client_buffer *buffer)
{
	const struct display_request request = flip_to(display, buffer);

	KUNIT_ASSERT_EQ(display->test, 0, display_commit(display, &request));
}

/* The last event, and the number of events. */
static u32 count_events(struct display *display, struct drm_event_vblank *last)
{
	struct drm_pending_event *pending;
	u32 count = 0;

	spin_lock_irq(&display->drm->event_lock);
	list_for_each_entry(pending, &display->client.file->event_list, link) {
		*last = *container_of(pending->event, struct drm_event_vblank, base);
		count++;
	}
	spin_unlock_irq(&display->drm->event_lock);

	return count;
}

static void expect_idle(struct display *display)
{
	struct rvkms_scanout *scanout = scanout_of(display);

	KUNIT_EXPECT_NULL(display->test, scanout->shown);
	KUNIT_EXPECT_NULL(display->test, scanout->pending);
	KUNIT_EXPECT_FALSE(display->test, scanout->latch.is_composing);
	KUNIT_EXPECT_EQ(display->test, scanout->num_ended, scanout->num_begun);
}

/*
 * DRM_IOCTL_WAIT_VBLANK and DRM_IOCTL_CRTC_GET_SEQUENCE check this before they fail with
 * EOPNOTSUPP; they check the device, and so each of its CRTCs.
 */
static void rvkms_test_vblankless_has_none(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	struct drm_crtc *crtc;

	KUNIT_EXPECT_FALSE(test, drm_dev_has_vblank(display->drm));
	drm_for_each_crtc(crtc, display->drm) {
		KUNIT_EXPECT_NULL(test, crtc->funcs->enable_vblank);
		KUNIT_EXPECT_NULL(test, crtc->funcs->get_vblank_counter);
		KUNIT_EXPECT_NULL(test, crtc->funcs->get_vblank_timestamp);
		KUNIT_EXPECT_EQ(test, drm_crtc_vblank_get(crtc), -EINVAL);
		KUNIT_EXPECT_FALSE(test, to_rvkms_crtc(crtc)->timer.is_enabled);
	}
	KUNIT_EXPECT_TRUE(test, display->crtc->state->no_vblank);
}

/* There is no variable refresh rate, whichever rates the monitor supports. */
static void rvkms_test_vblankless_no_vrr(struct kunit *test)
{
	struct display *display = test->priv;
	struct drm_connector *connector = display->connector;

	KUNIT_EXPECT_NULL(test, connector->vrr_capable_property);
	mutex_lock(&display->drm->mode_config.mutex);
	KUNIT_EXPECT_GT(test, connector->funcs->fill_modes(connector, 8192, 8192), 0);
	mutex_unlock(&display->drm->mode_config.mutex);
	KUNIT_EXPECT_EQ(test, connector->display_info.monitor_range.max_vfreq, 240);
}

/* Every flip is immediate: asynchronous flips, and formats for them, are not advertised. */
static void rvkms_test_vblankless_no_async_flips(struct kunit *test)
{
	struct display *display = test->priv;
	struct drm_plane *plane;

	KUNIT_EXPECT_FALSE(test, display->drm->mode_config.async_page_flip);
	drm_for_each_plane(plane, display->drm) {
		const struct drm_plane_funcs *funcs = plane->funcs;

		KUNIT_EXPECT_FALSE(test,
				   funcs->format_mod_supported_async(plane, DRM_FORMAT_XRGB8888,
								     DRM_FORMAT_MOD_LINEAR));
	}
}

/* The event is sent with the commit, with its time, and has no sequence number. */
static void rvkms_test_vblankless_event(struct kunit *test)
{
	struct display *display = display_turned_on(test, BLACK);
	struct drm_client_buffer *red = screen(display, RED);
	const ktime_t before = ktime_get();
	struct drm_event_vblank event = {};
	s64 time;

	flip(display, red);
	KUNIT_ASSERT_EQ(test, count_events(display, &event), 1);
	KUNIT_EXPECT_EQ(test, event.base.type, DRM_EVENT_FLIP_COMPLETE);
	KUNIT_EXPECT_EQ(test, event.sequence, 0);
	time = event.tv_sec * (s64)USEC_PER_SEC + event.tv_usec;
	KUNIT_EXPECT_GE(test, time, ktime_to_us(before));
	KUNIT_EXPECT_LE(test, time, ktime_to_us(ktime_get()));
}

/* The same for a nonblocking commit: the event comes as soon as the hardware has it. */
static void rvkms_test_vblankless_event_of_post(struct kunit *test)
{
	struct display *display = display_turned_on(test, BLACK);
	const struct display_request request = flip_to(display, screen(display, RED));
	struct drm_event_vblank event = {};

	KUNIT_ASSERT_EQ(test, 0, display_post(display, &request));
	KUNIT_EXPECT_EQ(test, count_events(display, &event), 1);
	KUNIT_EXPECT_TRUE(test, try_wait_for_completion(&display->crtc->state->commit->flip_done));
}

/* With vblanks these flips take 1.7 s. */
static void rvkms_test_vblankless_flips_wait_for_nothing(struct kunit *test)
{
	struct display *display = display_turned_on(test, BLACK);
	struct drm_client_buffer *buffers[] = { screen(display, RED), screen(display, GREEN) };
	struct rvkms_scanout *scanout = scanout_of(display);
	const u64 shown = scanout->num_shown;
	const ktime_t before = ktime_get();

	for (u32 i = 0; i < FLIPS; i++) {
		const struct display_request request = {
			.planes = { { .plane = display->primary, .fb = buffers[i % 2]->fb } },
		};

		KUNIT_ASSERT_EQ(test, 0, display_commit(display, &request));
		KUNIT_EXPECT_NULL(test, scanout->pending);
	}
	KUNIT_EXPECT_LT(test, ktime_ms_delta(ktime_get(), before), 16);
	KUNIT_EXPECT_EQ(test, scanout->num_shown, shown + FLIPS);
	KUNIT_EXPECT_EQ(test, scanout->num_begun, 0);
}

/*
 * One CRC for the frame that is shown when reading starts, and one per commit: none is repeated,
 * none is left out.
 */
static void rvkms_test_vblankless_crcs(struct kunit *test)
{
	struct display *display = display_turned_on(test, BLACK);
	struct drm_client_buffer *buffers[] = { screen(display, RED), screen(display, BLACK) };
	const struct drm_crtc_crc_entry *entries = display_begin_crcs(display);
	const u32 first = scanout_of(display)->num_shown;

	for (u32 i = 0; i < FLIPS; i++)
		flip(display, buffers[i % 2]);
	KUNIT_ASSERT_EQ(test, display_end_crcs(display), FLIPS + 1);
	flip(display, buffers[0]);
	KUNIT_EXPECT_EQ(test, display->crtc->crc.head, FLIPS + 1);

	for (u32 i = 0; i <= FLIPS; i++) {
		KUNIT_EXPECT_TRUE(test, entries[i].has_frame_counter);
		KUNIT_EXPECT_EQ(test, entries[i].frame, first + i);
		KUNIT_EXPECT_EQ(test, entries[i].crcs[0], entries[i % 2].crcs[0]);
	}
	KUNIT_EXPECT_NE(test, entries[0].crcs[0], entries[1].crcs[0]);
}

/* A CRC reader of an idle screen gets one CRC, and no more. */
static void rvkms_test_vblankless_crc_of_idle(struct kunit *test)
{
	struct display *display = display_turned_on(test, RED);
	const struct drm_crtc_crc_entry *entries = display_begin_crcs(display);

	msleep(1000);
	KUNIT_EXPECT_EQ(test, display->crtc->crc.head, 1);
	KUNIT_EXPECT_EQ(test, entries[0].frame, scanout_of(display)->num_shown);
	KUNIT_EXPECT_EQ(test, display_end_crcs(display), 1);
	KUNIT_EXPECT_EQ(test, rvkms_scanout_stats(scanout_of(display)).composed, 1);
}

/* It is that of the frame: here 480 lines of one colour, on a link of eight bits. */
static void rvkms_test_vblankless_crc_of_picture(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00369cf0);
	const struct drm_crtc_crc_entry *entries = display_begin_crcs(display);
	struct rvkms_pixel *line = kunit_kcalloc(test, 640, sizeof(*line), GFP_KERNEL);
	struct rvkms_hash hash = rvkms_hash_init(640, 480);

	KUNIT_ASSERT_NOT_NULL(test, line);
	for (u32 x = 0; x < 640; x++)
		line[x] = (struct rvkms_pixel){
			.b = 0xf0f0, .g = 0x9c9c, .r = 0x3636, .a = 0xffff,
		};
	rvkms_hash_set_depth(&hash, 8);
	for (u32 y = 0; y < 480; y++)
		rvkms_hash_add_line(&hash, line, 640);

	KUNIT_ASSERT_EQ(test, display_end_crcs(display), 1);
	KUNIT_EXPECT_EQ(test, entries[0].crcs[0], rvkms_hash_value(&hash));
}

/* A CRTC that is off has no frame: the first CRC is that of the first frame. */
static void rvkms_test_vblankless_crc_while_off(struct kunit *test)
{
	struct display *display = test->priv;
	const struct drm_crtc_crc_entry *entries = display_begin_crcs(display);

	display_settle(display);
	KUNIT_EXPECT_EQ(test, display->crtc->crc.head, 0);
	display_turned_on(test, RED);
	KUNIT_EXPECT_EQ(test, display_end_crcs(display), 1);
	KUNIT_EXPECT_EQ(test, entries[0].frame, 1);
}

/* A frame that is shown right after another one has a CRC of its own. */
static void rvkms_test_vblankless_crc_behind_another(struct kunit *test)
{
	struct display *display = display_turned_on(test, RED);
	struct rvkms_scanout *scanout = scanout_of(display);
	struct rvkms_snapshot *next = rvkms_snapshot_create(&display->rvkms->releases, 8);

	KUNIT_ASSERT_NOT_NULL(test, next);
	display_begin_crcs(display);
	KUNIT_EXPECT_EQ(test, scanout->num_ended, 1);
	rvkms_scanout_show(scanout, next);
	KUNIT_EXPECT_EQ(test, scanout->num_ended, 2);
	KUNIT_EXPECT_EQ(test, display_end_crcs(display), 2);
	KUNIT_EXPECT_EQ(test, rvkms_scanout_stats(scanout).missed, 0);
}

/* Nothing is composed until let_compose(). */
static void hold_composer(struct display *display)
{
	disable_work_sync(&scanout_of(display)->work);
}

static void let_compose(struct display *display)
{
	struct rvkms_scanout *scanout = scanout_of(display);

	enable_work(&scanout->work);
	if (scanout->latch.is_composing)
		queue_work(scanout->wq, &scanout->work);
}

/* After the event the client may draw on the old framebuffer: no composer reads it any more. */
static void rvkms_test_vblankless_event_after_reading(struct kunit *test)
{
	struct display *display = display_turned_on(test, BLACK);
	const struct display_request request = flip_to(display, screen(display, RED));
	struct rvkms_scanout *scanout = scanout_of(display);
	struct drm_event_vblank event;

	display_begin_crcs(display);
	display_settle(display);
	hold_composer(display);
	KUNIT_ASSERT_EQ(test, 0, display_begin(display, &request));
	msleep(100);
	KUNIT_EXPECT_EQ(test, scanout->num_begun, 2);
	KUNIT_EXPECT_EQ(test, scanout->num_ended, 1);
	KUNIT_EXPECT_EQ(test, count_events(display, &event), 0);

	let_compose(display);
	msleep(100);
	KUNIT_EXPECT_EQ(test, scanout->num_ended, 2);
	KUNIT_EXPECT_EQ(test, count_events(display, &event), 1);
	KUNIT_EXPECT_EQ(test, display_end_crcs(display), 2);
}

/* A reader that starts during a writeback gets the CRC of the frame that is written back. */
static void rvkms_test_vblankless_crc_of_capture(struct kunit *test)
{
	struct display *display = display_turned_on(test, RED);
	struct drm_client_buffer *result = screen(display, 0);
	const struct display_request capture = { .writeback = result->fb };
	const struct drm_crtc_crc_entry *entries;

	scanout_of(display)->delays.frame_ns = 50 * NSEC_PER_MSEC;
	KUNIT_ASSERT_EQ(test, 0, display_begin(display, &capture));
	msleep(20);
	KUNIT_EXPECT_EQ(test, scanout_of(display)->num_begun, 1);
	KUNIT_EXPECT_EQ(test, scanout_of(display)->num_ended, 0);
	entries = display_begin_crcs(display);
	KUNIT_EXPECT_EQ(test, scanout_of(display)->num_ended, 2);

	KUNIT_EXPECT_EQ(test, display_pixel(result, 0, 0), RED);
	KUNIT_EXPECT_EQ(test, display_end_crcs(display), 1);
	KUNIT_EXPECT_EQ(test, entries[0].frame, scanout_of(display)->num_shown);

	/* The reader has stopped: it gets no further CRC. */
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, display->crtc->crc.head, 1);
}

/* A job gets the frame of its commit, completes with it, and does not affect CRCs. */
static void rvkms_test_vblankless_writeback(struct kunit *test)
{
	struct display *display = display_turned_on(test, BLACK);
	struct drm_client_buffer *result = screen(display, 0);
	static const u32 colours[] = { RED, GREEN, WHITE, RED };
	const struct drm_crtc_crc_entry *entries;

	entries = display_begin_crcs(display);
	for (u32 i = 0; i < ARRAY_SIZE(colours); i++) {
		struct display_request request = flip_to(display, screen(display, colours[i]));

		request.writeback = result->fb;
		KUNIT_ASSERT_EQ(test, 0, display_commit(display, &request));
		KUNIT_EXPECT_FALSE(test, scanout_of(display)->latch.fills_job);
		KUNIT_EXPECT_EQ(test, display_pixel(result, 639, 479), colours[i]);
	}
	KUNIT_EXPECT_EQ(test, display_end_crcs(display), 5);
	KUNIT_EXPECT_EQ(test, entries[1].crcs[0], entries[4].crcs[0]);
	KUNIT_EXPECT_NE(test, entries[1].crcs[0], entries[2].crcs[0]);
}

/* Nonblocking commits are shown one after the other, and their jobs complete in that order. */
static void rvkms_test_vblankless_writebacks_in_order(struct kunit *test)
{
	struct display *display = display_turned_on(test, BLACK);
	struct drm_client_buffer *results[] = { screen(display, 0), screen(display, 0) };
	static const u32 colours[] = { RED, GREEN };
	struct dma_fence *first;

	for (u32 i = 0; i < 2; i++) {
		const struct display_request request = {
			.planes = { {
				.plane = display->primary,
				.fb = screen(display, colours[i])->fb,
			} },
			.writeback = results[i]->fb,
			.change = display_want_fence,
		};

		KUNIT_ASSERT_EQ(test, 0, display_post(display, &request));
		if (!i)
			first = dma_fence_get(display->fence);
	}

	KUNIT_EXPECT_GT(test, dma_fence_wait_timeout(display->fence, false, HZ), 0);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(first), 1);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(display->fence), 1);
	KUNIT_EXPECT_LE(test, first->seqno, display->fence->seqno);
	KUNIT_EXPECT_EQ(test, display_pixel(results[0], 0, 0), RED);
	KUNIT_EXPECT_EQ(test, display_pixel(results[1], 0, 0), GREEN);
	dma_fence_put(first);
}

static void show_cursor(struct display *display, struct drm_client_buffer *cursor, int x,
			bool is_move)
{
	const struct display_request request = {
		.planes = { { .plane = display->cursor, .fb = cursor->fb, .x = x } },
		.is_cursor_move = is_move,
	};

	KUNIT_ASSERT_EQ(display->test, 0, display_commit(display, &request));
}

/* A cursor move makes a frame of its own, without a new state of the CRTC. */
static void rvkms_test_vblankless_cursor(struct kunit *test)
{
	struct display *display = display_turned_on(test, RED);
	struct drm_client_buffer *cursor = filled(display, 8, 8, DRM_FORMAT_ARGB8888, WHITE);
	struct drm_client_buffer *result = screen(display, 0);
	const struct display_request capture = { .writeback = result->fb };
	struct rvkms_scanout *scanout = scanout_of(display);
	const struct drm_plane_state *state;
	const struct drm_crtc_crc_entry *entries;
	u32 count;

	show_cursor(display, cursor, 0, false);
	state = display->cursor->state;
	entries = display_begin_crcs(display);
	for (int x = 8; x <= 24; x += 8) {
		show_cursor(display, cursor, x, true);
		KUNIT_EXPECT_NULL(test, scanout->pending);
		KUNIT_EXPECT_EQ(test, scanout->num_ended, scanout->num_begun);
	}
	show_cursor(display, cursor, 0, true);
	KUNIT_EXPECT_PTR_EQ(test, display->cursor->state, state);
	count = display_end_crcs(display);

	KUNIT_ASSERT_EQ(test, count, 5);
	for (u32 i = 1; i < count; i++)
		KUNIT_EXPECT_EQ(test, entries[i].frame, entries[0].frame + i);
	KUNIT_EXPECT_EQ(test, entries[4].crcs[0], entries[0].crcs[0]);
	KUNIT_EXPECT_NE(test, entries[3].crcs[0], entries[0].crcs[0]);

	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, display_pixel(result, 7, 7), WHITE);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 8, 0), RED);
}

/* The cursor of a CRTC that is off makes no frame. */
static void rvkms_test_vblankless_cursor_while_off(struct kunit *test)
{
	struct display *display = display_turned_on(test, RED);
	struct rvkms_scanout *scanout = scanout_of(display);
	struct rvkms_snapshot *late = rvkms_snapshot_create(&display->rvkms->releases, 8);
	u64 shown;

	KUNIT_ASSERT_NOT_NULL(test, late);
	display_turn_off(display);
	shown = scanout->num_shown;
	rvkms_scanout_update(scanout, late);
	KUNIT_EXPECT_EQ(test, scanout->num_shown, shown);
	expect_idle(display);
}

/* Planes that are not part of a commit stay as they were. */
static void rvkms_test_vblankless_untouched_planes(struct kunit *test)
{
	struct display *display = display_turned_on(test, RED);
	struct drm_client_buffer *overlay = filled(display, 8, 8, DRM_FORMAT_XRGB8888, GREEN);
	struct drm_client_buffer *result = screen(display, 0);
	const struct display_request show = {
		.planes = { { .plane = display->overlay, .fb = overlay->fb } },
	};
	const struct display_request capture = { .writeback = result->fb };

	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &show));
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, display_pixel(result, 7, 7), GREEN);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 8, 8), RED);
}

/* One commit switches the CRTC off and on; its event is that of the new frame. */
static void rvkms_test_vblankless_mode_switch(struct kunit *test)
{
	struct display *display = display_turned_on(test, RED);
	struct drm_client_buffer *next = filled(display, 1280, 720, DRM_FORMAT_XRGB8888, GREEN);
	struct drm_client_buffer *result = filled(display, 1280, 720, DRM_FORMAT_XRGB8888, 0);
	struct drm_display_mode *mode =
		drm_kunit_display_mode_from_cea_vic(test, display->drm, 4);
	const struct display_request change = {
		.mode = mode,
		.planes = { { .plane = display->primary, .fb = next->fb } },
		.writeback = result->fb,
		.change = display_want_event,
	};
	struct drm_event_vblank event;
	u64 shown = scanout_of(display)->num_shown;

	KUNIT_ASSERT_NOT_NULL(test, mode);
	drm_mode_set_crtcinfo(mode, CRTC_INTERLACE_HALVE_V);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &change));
	KUNIT_EXPECT_EQ(test, count_events(display, &event), 1);
	KUNIT_EXPECT_EQ(test, scanout_of(display)->num_shown, shown + 1);
	KUNIT_EXPECT_EQ(test, scanout_of(display)->shown->frame.width, 1280);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 1279, 719), GREEN);
}

static void rvkms_test_vblankless_off(struct kunit *test)
{
	struct display *display = display_turned_on(test, RED);
	const struct display_request off = {
		.off = true,
		.planes = { { .plane = display->primary } },
		.change = display_want_event,
	};
	struct drm_event_vblank event;

	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &off));
	KUNIT_EXPECT_EQ(test, count_events(display, &event), 1);
	KUNIT_EXPECT_EQ(test, event.sequence, 0);
	expect_idle(display);

	display_turned_on(test, GREEN);
	KUNIT_EXPECT_NOT_NULL(test, scanout_of(display)->shown);
}

/* The device is unplugged while frames are shown, read and written back. */
static void rvkms_test_vblankless_unplug(struct kunit *test)
{
	struct display *display = display_turned_on(test, RED);
	struct drm_client_buffer *result = screen(display, 0);
	const struct display_request capture = {
		.writeback = result->fb, .change = display_want_fence,
	};
	const struct display_request flip = flip_to(display, screen(display, GREEN));
	struct drm_event_vblank event;

	display_begin_crcs(display);
	KUNIT_ASSERT_EQ(test, 0, display_post(display, &capture));
	KUNIT_ASSERT_EQ(test, 0, display_post(display, &flip));
	rvkms_device_unplug(display->rvkms);

	KUNIT_EXPECT_TRUE(test, drm_dev_is_unplugged(display->drm));
	KUNIT_EXPECT_FALSE(test, display->crtc->state->active);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(display->fence), 1);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 639, 479), RED);
	KUNIT_EXPECT_EQ(test, count_events(display, &event), 1);
	KUNIT_EXPECT_EQ(test, display_end_crcs(display), 3);
	expect_idle(display);
}

/* A CRC reader goes on after resume, with CRCs of the restored frame. */
static void rvkms_test_vblankless_suspend(struct kunit *test)
{
	struct display *display = display_turned_on(test, RED);
	const struct drm_crtc_crc_entry *entries = display_begin_crcs(display);

	KUNIT_ASSERT_EQ(test, 0, rvkms_device_suspend(display->rvkms));
	KUNIT_EXPECT_FALSE(test, display->crtc->state->active);
	expect_idle(display);
	KUNIT_EXPECT_EQ(test, 0, rvkms_device_resume(display->rvkms));
	KUNIT_EXPECT_TRUE(test, display->crtc->state->active);
	KUNIT_EXPECT_EQ(test, display_end_crcs(display), 2);
	KUNIT_EXPECT_EQ(test, entries[1].crcs[0], entries[0].crcs[0]);
}

static void rvkms_test_vblankless_stats(struct kunit *test)
{
	struct display *display = display_turned_on(test, RED);
	struct drm_client_buffer *next = screen(display, GREEN);
	const char *text;

	display_begin_crcs(display);
	for (u32 i = 0; i < 3; i++)
		flip(display, next);
	display_end_crcs(display);

	text = display_debugfs(display, rvkms_crtc_show_stats);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "] composed 4, late "));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, ", missed 0, slipped 0, cancelled 0, failed 0;"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "] composed 0, late 0, missed 0, slipped 0"));
}

static struct kunit_case vblankless_tests[] = {
	KUNIT_CASE(rvkms_test_vblankless_has_none),
	KUNIT_CASE(rvkms_test_vblankless_no_vrr),
	KUNIT_CASE(rvkms_test_vblankless_no_async_flips),
	KUNIT_CASE(rvkms_test_vblankless_event),
	KUNIT_CASE(rvkms_test_vblankless_event_of_post),
	KUNIT_CASE(rvkms_test_vblankless_flips_wait_for_nothing),
	KUNIT_CASE(rvkms_test_vblankless_crcs),
	KUNIT_CASE(rvkms_test_vblankless_crc_of_idle),
	KUNIT_CASE(rvkms_test_vblankless_crc_of_picture),
	KUNIT_CASE(rvkms_test_vblankless_crc_while_off),
	KUNIT_CASE(rvkms_test_vblankless_crc_behind_another),
	KUNIT_CASE(rvkms_test_vblankless_event_after_reading),
	KUNIT_CASE(rvkms_test_vblankless_crc_of_capture),
	KUNIT_CASE(rvkms_test_vblankless_writeback),
	KUNIT_CASE(rvkms_test_vblankless_writebacks_in_order),
	KUNIT_CASE(rvkms_test_vblankless_cursor),
	KUNIT_CASE(rvkms_test_vblankless_cursor_while_off),
	KUNIT_CASE(rvkms_test_vblankless_untouched_planes),
	KUNIT_CASE(rvkms_test_vblankless_mode_switch),
	KUNIT_CASE(rvkms_test_vblankless_off),
	KUNIT_CASE(rvkms_test_vblankless_unplug),
	KUNIT_CASE(rvkms_test_vblankless_suspend),
	KUNIT_CASE(rvkms_test_vblankless_stats),
	{}
};

static struct kunit_suite vblankless_suite = {
	.name = "rvkms_scanout_vblankless",
	.init = display_test_init_vblankless,
	.test_cases = vblankless_tests,
};

kunit_test_suite(vblankless_suite);
