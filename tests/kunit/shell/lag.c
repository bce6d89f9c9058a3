// SPDX-License-Identifier: GPL-2.0
/* A client that reuses a buffer as soon as it is free, and reports each commit to the model. */

#include <drm/drm_atomic.h>
#include <drm/drm_connector.h>
#include <drm/drm_crtc.h>
#include <drm/drm_debugfs_crc.h>
#include <drm/drm_device.h>
#include <drm/drm_drv.h>
#include <drm/drm_file.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_kunit_helpers.h>
#include <drm/drm_vblank.h>
#include <kunit/test.h>
#include <linux/err.h>
#include <linux/hrtimer.h>
#include <linux/jiffies.h>
#include <linux/kconfig.h>
#include <linux/limits.h>
#include <linux/list.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "../../build.h"
#include "../../core/pixel/format.h"
#include "../../objects/device.h"
#include "lag.h"

/* The colour of free buffers. No frame may have it. */
#define SCRIBBLE 0xff000000

const struct lag_case lag_cases[7] = {
	{ "0", 0, 1 },
	{ "0.5", 8341609, 1 },
	{ "0.99", 16516385, 1 },
	{ "1.0", 16683218, 2 },
	{ "1.5", 25024826, 2 },
	{ "2.5", 41708044, 3 },
	{ "10", 166832175, 11 },
};

/* Returns a colour that was not used before. */
static u32 next_colour(struct lag *lag)
{
	return 0xff000000 | (++lag->num_colours * 0x5a3779 & 0xffffff);
}

struct rvkms_scanout *lag_scanout(struct lag *lag)
{
	return &to_rvkms_crtc(lag->display->crtc)->scanout;
}

void lag_set_delay(struct lag *lag, u64 delay)
{
	lag_scanout(lag)->delays.frame_ns = delay;
}

static bool has_vblanks(struct lag *lag)
{
	return drm_dev_has_vblank(lag->display->drm);
}

/* Returns the frame of the last vblank, even if the interrupt of that vblank is late. */
u64 lag_count(struct lag *lag)
{
	struct rvkms_crtc *crtc = to_rvkms_crtc(lag->display->crtc);

	return has_vblanks(lag) ? lag->base + rvkms_vblank_timer_count(&crtc->timer)
				: crtc->scanout.num_shown;
}

void lag_sleep(u64 ns)
{
	ktime_t time = ns_to_ktime(ns);

	set_current_state(TASK_UNINTERRUPTIBLE);
	schedule_hrtimeout(&time, HRTIMER_MODE_REL);
}

/* Starts a reader. Without vblanks it gets the shown frame at once. */
void lag_start(struct lag *lag)
{
	struct drm_crtc *crtc = lag->display->crtc;

	lag_read(lag);
	lag->is_reading = true;
	lag->after = lag_count(lag) - !has_vblanks(lag);
	KUNIT_ASSERT_EQ(lag->display->test, 0, crtc->funcs->set_crc_source(crtc, "auto"));
}

void lag_stop(struct lag *lag)
{
	struct drm_crtc *crtc = lag->display->crtc;

	KUNIT_EXPECT_EQ(lag->display->test, 0, crtc->funcs->set_crc_source(crtc, NULL));
	lag_read(lag);
	lag->is_reading = false;
	lag->owed = 0;
}

static bool take_event(struct display *display, struct drm_event_vblank *event)
{
	struct drm_file *file = display->client.file;
	struct drm_pending_event *pending;

	scoped_guard(spinlock_irq, &display->drm->event_lock) {
		pending = list_first_entry_or_null(&file->event_list, struct drm_pending_event,
						   link);
		if (!pending)
			return false;
		list_del(&pending->link);
		file->event_space += pending->event->length;
	}
	*event = *container_of(pending->event, struct drm_event_vblank, base);
	kfree(pending);

	return true;
}

/* The timeout is longer than the 10 s that DRM itself waits. */
static struct drm_event_vblank wait_event_of(struct lag *lag)
{
	struct display *display = lag->display;
	struct drm_event_vblank event;

	KUNIT_ASSERT_GT(display->test,
			wait_event_interruptible_timeout(display->client.file->event_wait,
							 take_event(display, &event),
							 12 * HZ), 0);
	lag->time = event.tv_sec * (s64)USEC_PER_SEC + event.tv_usec;

	return event;
}

/* Timestamps are truncated to microseconds, so that a difference may be off by one. */
static void check_grid(struct lag *lag, u64 frame)
{
	const u64 distance = div_u64((frame - lag->grid_frame) * 420000000ull, 25175);

	KUNIT_EXPECT_GE(lag->display->test, lag->time - lag->grid_time, distance - 1);
	KUNIT_EXPECT_LE(lag->display->test, lag->time - lag->grid_time, distance + 1);
}

/* Returns the frame of an event. Without vblanks an event has no frame number. */
static u64 frame_of(struct lag *lag, const struct drm_event_vblank *event)
{
	if (!has_vblanks(lag))
		return lag_count(lag);

	if (lag->is_on_grid)
		check_grid(lag, event->sequence);

	return event->sequence;
}

static struct drm_client_buffer *buffer_of(struct lag *lag, u32 n)
{
	return lag->modes[lag->mode].buffers[n];
}

/* Overwrites the buffer that is now free, and makes the other one the front buffer. */
static void swap_buffers(struct lag *lag)
{
	display_fill(buffer_of(lag, lag->front), SCRIBBLE);
	lag->front ^= 1;
}

static struct drm_client_buffer *paint_back(struct lag *lag)
{
	struct drm_client_buffer *back = buffer_of(lag, !lag->front);

	lag->look.colour = next_colour(lag);
	display_fill(back, lag->look.colour);

	return back;
}

/* Without vblanks a commit is shown and composed before display_post() could wait for it. */
static void post(struct lag *lag, const struct display_request *request)
{
	const u64 count = lag_count(lag);
	const int ret = has_vblanks(lag) ? display_post(lag->display, request)
					 : display_begin(lag->display, request);

	KUNIT_ASSERT_EQ(lag->display->test, 0, ret);
	KUNIT_ASSERT_FALSE(lag->display->test, lag->has_posted);
	lag->posted = lag_add_scene(lag, count + 1, U64_MAX);
	lag->has_posted = true;
}

/* Posts a flip to a buffer with a new colour. */
void lag_post(struct lag *lag)
{
	const struct display_request request = {
		.planes = { { .plane = lag->display->primary, .fb = paint_back(lag)->fb } },
		.change = display_want_event,
	};

	post(lag, &request);
}

static int want_event_and_fence(struct display *display, struct drm_atomic_commit *commit)
{
	return display_want_event(display, commit) ?: display_want_fence(display, commit);
}

/* Posts a flip with a writeback job to the target. */
void lag_post_job(struct lag *lag)
{
	const struct display_request request = {
		.planes = { { .plane = lag->display->primary, .fb = paint_back(lag)->fb } },
		.writeback = lag->target->fb,
		.change = want_event_and_fence,
	};

	post(lag, &request);
}

/* Expects the frame in the target, with the cursor at the left edge, and overwrites the target. */
void lag_expect_target(struct lag *lag, const struct lag_look *look)
{
	const struct drm_client_buffer *target = lag->target;
	struct kunit *test = lag->display->test;

	KUNIT_EXPECT_EQ(test, display_pixel(target, 0, 0), look->colour);
	KUNIT_EXPECT_EQ(test, display_pixel(target, 0, LAG_CURSOR_Y), look->cursor);
	KUNIT_EXPECT_EQ(test, display_pixel(target, LAG_CURSOR_SIZE, LAG_CURSOR_Y), look->colour);
	KUNIT_EXPECT_EQ(test, display_pixel(target, LAG_WIDTH / 2, LAG_HEIGHT / 2), look->colour);
	KUNIT_EXPECT_EQ(test, display_pixel(target, LAG_WIDTH - 1, LAG_HEIGHT - 1), look->colour);
	display_fill(lag->target, SCRIBBLE);
}

/* Waits for the event of the flip. Returns its frame. */
u64 lag_await(struct lag *lag)
{
	const struct drm_event_vblank event = wait_event_of(lag);
	const u64 frame = frame_of(lag, &event);
	struct kunit *test = lag->display->test;

	KUNIT_ASSERT_TRUE(test, lag->has_posted);
	KUNIT_EXPECT_GE_MSG(test, frame, lag->scenes[lag->posted].earliest, "flip is too early");
	swap_buffers(lag);
	lag_place_scene(lag, lag->posted, frame);
	lag->has_posted = false;
	lag_expect_crc(lag, frame);

	return frame;
}

u64 lag_flip(struct lag *lag)
{
	lag_post(lag);

	return lag_await(lag);
}

static int set_async(struct display *display, struct drm_atomic_commit *commit)
{
	struct drm_crtc_state *state = drm_atomic_get_crtc_state(commit, display->crtc);

	if (IS_ERR(state))
		return PTR_ERR(state);

	state->async_flip = true;

	return display_want_event(display, commit);
}

/*
 * Cursors and asynchronous flips do not wait for a vblank. The next interrupt may show them in its
 * frame: a late interrupt, or that of a flip that has just made a vblank.
 */
static u64 earliest_at_once(struct lag *lag)
{
	const bool is_late = to_rvkms_crtc(lag->display->crtc)->timer.lateness_ns;

	return lag_count(lag) + !(is_late || !lag->is_on_grid);
}

/* Makes an asynchronous flip. It has no first frame: the next frame shows it at the latest. */
void lag_tear(struct lag *lag)
{
	const struct display_request request = {
		.planes = { { .plane = lag->display->primary, .fb = paint_back(lag)->fb } },
		.change = set_async,
	};
	const u64 earliest = earliest_at_once(lag);

	KUNIT_ASSERT_EQ(lag->display->test, 0, display_commit(lag->display, &request));
	wait_event_of(lag);
	swap_buffers(lag);
	lag_add_scene(lag, earliest, lag_count(lag) + 1);
	lag_collect_owed(lag);
}

static void update_cursor(struct lag *lag, struct drm_client_buffer *image)
{
	const struct display_request request = {
		.planes = { {
			.plane = lag->display->cursor,
			.fb = image ? image->fb : NULL,
			.x = lag->look.x,
			.y = LAG_CURSOR_Y,
		} },
		.is_cursor_move = true,
	};
	const u64 earliest = earliest_at_once(lag);

	KUNIT_ASSERT_EQ(lag->display->test, 0, display_commit(lag->display, &request));
	lag_add_scene(lag, earliest, lag_count(lag) + has_vblanks(lag));
}

void lag_move_cursor(struct lag *lag, u32 x)
{
	lag->look.x = x;
	update_cursor(lag, lag->cursors[lag->front_cursor]);
}

/* Changes the cursor image, and shows the cursor. */
void lag_change_cursor(struct lag *lag)
{
	struct drm_client_buffer *next = lag->cursors[!lag->front_cursor];

	lag->look.cursor = next_colour(lag);
	lag->look.has_cursor = true;
	display_fill(next, lag->look.cursor);
	update_cursor(lag, next);
	display_fill(lag->cursors[lag->front_cursor], SCRIBBLE);
	lag->front_cursor ^= 1;
}

/* Hides the cursor. This is a commit that does not wait for a vblank. */
void lag_hide_cursor(struct lag *lag)
{
	lag->look.has_cursor = false;
	update_cursor(lag, NULL);
	display_fill(lag->cursors[lag->front_cursor], SCRIBBLE);
}

/* Counts frames and their times from the first frame of a mode. */
static void begin_grid(struct lag *lag, u64 frame)
{
	struct rvkms_crtc *crtc = to_rvkms_crtc(lag->display->crtc);

	lag->base = frame - rvkms_vblank_timer_count(&crtc->timer);
	lag->grid_frame = frame;
	lag->grid_time = lag->time;
}

/* Waits for the first frame of a mode, and returns it. */
static u64 await_mode(struct lag *lag)
{
	const struct drm_event_vblank event = wait_event_of(lag);
	const u64 frame = has_vblanks(lag) ? event.sequence : lag_count(lag);

	begin_grid(lag, frame);
	lag_limit_scenes(lag, frame);
	lag_add_scene(lag, frame, frame);
	lag_expect_crc(lag, frame);

	return frame;
}

/* Sets a mode. A @target adds the writeback connector to the CRTC. */
static u64 set_mode(struct lag *lag, u32 mode, struct drm_framebuffer *target)
{
	struct drm_client_buffer *old = buffer_of(lag, lag->front);
	struct display_request request = {
		.mode = &lag->modes[mode].mode,
		.planes = { { .plane = lag->display->primary } },
		.writeback = target,
		.change = display_want_event,
	};

	lag->mode = mode;
	lag->look.height = lag->modes[mode].mode.vdisplay;
	lag->look.is_on = true;
	request.planes[0].fb = paint_back(lag)->fb;
	KUNIT_ASSERT_EQ(lag->display->test, 0, display_commit(lag->display, &request));
	display_fill(old, SCRIBBLE);
	lag->front ^= 1;

	return await_mode(lag);
}

/* Sets another mode with a new colour. Returns its first frame. */
u64 lag_set_mode(struct lag *lag, u32 mode)
{
	return set_mode(lag, mode, NULL);
}

/* Turns the CRTC off, which frees all buffers. */
void lag_turn_off(struct lag *lag)
{
	const u64 count = lag_count(lag);

	display_turn_off(lag->display);
	for (u32 i = 0; i < 2; i++)
		display_fill(buffer_of(lag, i), SCRIBBLE);
	lag->look.is_on = false;
	lag_add_scene(lag, count + 1, U64_MAX);
	lag_collect_owed(lag);
}

/* Unplugs the device, which frees all buffers and sends the event of a pending flip. */
void lag_unplug(struct lag *lag)
{
	const u64 count = lag_count(lag);

	rvkms_device_unplug(lag->display->rvkms);
	if (lag->has_posted)
		lag_await(lag);
	for (u32 i = 0; i < 2; i++)
		display_fill(buffer_of(lag, i), SCRIBBLE);
	lag->look.is_on = false;
	lag_add_scene(lag, count + 1, U64_MAX);
	lag_collect_owed(lag);
}

static void make_mode(struct lag *lag, u32 n, u32 height)
{
	struct display *display = lag->display;
	struct drm_display_mode *mode =
		drm_kunit_display_mode_from_cea_vic(display->test, display->drm, 1);

	KUNIT_ASSERT_NOT_NULL(display->test, mode);
	mode->hdisplay = LAG_WIDTH;
	mode->vdisplay = height;
	drm_mode_set_crtcinfo(mode, CRTC_INTERLACE_HALVE_V);
	drm_mode_copy(&lag->modes[n].mode, mode);
	for (u32 i = 0; i < 2; i++)
		lag->modes[n].buffers[i] = display_buffer(display, LAG_WIDTH, height,
							  DRM_FORMAT_XRGB8888);
}

/* The memory of CRC entries belongs to the test: detach it before the test ends. */
static void end_reading(void *data)
{
	struct lag *lag = data;
	struct drm_crtc *crtc = lag->display->crtc;

	if (lag->is_reading)
		crtc->funcs->set_crc_source(crtc, NULL);
	scoped_guard(spinlock_irq, &crtc->crc.lock)
		crtc->crc.entries = NULL;
}

static void init_reading(struct lag *lag)
{
	struct drm_crtc_crc *crc = &lag->display->crtc->crc;
	struct kunit *test = lag->display->test;

	crc->entries = kunit_kcalloc(test, DRM_CRC_ENTRIES_NR, sizeof(*crc->entries), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, crc->entries);
	crc->values_cnt = 1;
	crc->head = 0;
	crc->tail = 0;
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, end_reading, lag));
}

static struct lag *allocate(struct display *display)
{
	struct lag *lag = kunit_kzalloc(display->test, sizeof(*lag), GFP_KERNEL);

	if (!IS_ENABLED(CONFIG_DRM_RVKMS_DELAYS))
		kunit_skip(display->test, "needs CONFIG_DRM_RVKMS_DELAYS");
	KUNIT_ASSERT_NOT_NULL(display->test, lag);
	lag->line = kunit_kcalloc(display->test, LAG_WIDTH, sizeof(*lag->line), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(display->test, lag->line);
	lag->display = display;
	lag->is_on_grid = true;

	return lag;
}

/* Creates a client of a display that is on, with a cursor. Each composition takes @delay. */
struct lag *lag_begin(struct display *display, u64 delay)
{
	struct lag *lag = allocate(display);

	make_mode(lag, 0, LAG_HEIGHT);
	make_mode(lag, 1, LAG_HEIGHT - 8);
	for (u32 i = 0; i < 2; i++)
		lag->cursors[i] = display_buffer(display, LAG_CURSOR_SIZE, LAG_CURSOR_SIZE,
						 DRM_FORMAT_ARGB8888);
	lag->target = display_buffer(display, LAG_WIDTH, LAG_HEIGHT, DRM_FORMAT_XRGB8888);
	init_reading(lag);
	set_mode(lag, 0, lag->target->fb);
	lag_change_cursor(lag);
	lag_flip(lag);
	lag_forget(lag);
	lag_set_delay(lag, delay);

	return lag;
}

static int vary(struct display *display, struct drm_atomic_commit *commit)
{
	struct drm_crtc_state *state = drm_atomic_get_crtc_state(commit, display->crtc);

	if (IS_ERR(state))
		return PTR_ERR(state);

	state->vrr_enabled = true;

	return 0;
}

/* Reads the monitor's EDID, as a client does. */
static void probe(struct display *display)
{
	struct drm_connector *connector = display->connector;

	mutex_lock(&display->drm->mode_config.mutex);
	connector->funcs->fill_modes(connector, 8192, 8192);
	mutex_unlock(&display->drm->mode_config.mutex);
}

/* Creates a client with a variable refresh rate: a frame takes 16683217 to 43478260 ns. */
struct lag *lag_begin_vrr(struct display *display, u64 delay)
{
	const struct display_request request = { .change = vary };
	struct lag *lag;

	probe(display);
	lag = lag_begin(display, delay);
	lag->is_on_grid = false;
	KUNIT_ASSERT_EQ(display->test, 0, display_commit(display, &request));

	return lag;
}
