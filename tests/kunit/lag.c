// SPDX-License-Identifier: GPL-2.0
/*
 * A client that paints on a buffer as soon as it is free, and a model of the frames it asks for.
 * The model knows the picture of each commit, and between which frames it becomes visible. It
 * checks each CRC that a reader gets. It takes no decision of the driver's.
 */

#include <drm/drm_atomic.h>
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
#include <linux/circ_buf.h>
#include <linux/hrtimer.h>
#include <linux/jiffies.h>
#include <linux/limits.h>
#include <linux/list.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "../core/format.h"
#include "../core/hash.h"
#include "../device.h"
#include "lag.h"

/* No picture has this colour: it is for buffers that nobody may read any more. */
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

/* Each colour is another one. */
static u32 next_colour(struct lag *lag)
{
	return 0xff000000 | (++lag->num_colours * 0x5a3779 & 0xffffff);
}

static struct rvkms_pixel to_pixel(u32 colour)
{
	return (struct rvkms_pixel){
		.b = (colour & 0xff) * 0x101,
		.g = (colour >> 8 & 0xff) * 0x101,
		.r = (colour >> 16 & 0xff) * 0x101,
		.a = U16_MAX,
	};
}

static u32 colour_at(const struct lag_look *look, u32 x, u32 y)
{
	const bool is_in_cursor = x >= look->x && x < look->x + LAG_CURSOR_SIZE &&
				  y >= LAG_CURSOR_Y && y < LAG_CURSOR_Y + LAG_CURSOR_SIZE;

	return look->has_cursor && is_in_cursor ? look->cursor : look->colour;
}

/* The CRC of a picture, not composed by the driver. The link has eight bits a channel. */
static u32 reference(struct lag *lag)
{
	struct rvkms_hash hash = rvkms_hash_init(LAG_WIDTH, lag->look.height);

	rvkms_hash_set_depth(&hash, 8);
	for (u32 y = 0; y < lag->look.height; y++) {
		for (u32 x = 0; x < LAG_WIDTH; x++)
			lag->line[x] = to_pixel(colour_at(&lag->look, x, y));
		rvkms_hash_add_line(&hash, lag->line, LAG_WIDTH);
	}

	return rvkms_hash_value(&hash);
}

/* The picture of @lag->look becomes visible between two frames. Returns its number. */
static u32 add_scene(struct lag *lag, u64 earliest, u64 latest)
{
	const u32 n = lag->num_scenes++;

	KUNIT_ASSERT_LT(lag->display->test, n, LAG_MAX_LOG);
	lag->scenes[n] = (struct lag_scene){
		.is_on = lag->look.is_on,
		.crc = lag->look.is_on ? reference(lag) : 0,
		.earliest = n ? max(earliest, lag->scenes[n - 1].earliest) : earliest,
		.latest = latest,
	};

	return n;
}

/* The first frame of a scene is known. Scenes after it are not visible before it. */
static void place_scene(struct lag *lag, u32 n, u64 frame)
{
	lag->scenes[n].earliest = frame;
	lag->scenes[n].latest = frame;
	while (++n < lag->num_scenes) {
		lag->scenes[n].earliest = max(lag->scenes[n].earliest, frame);
		lag->scenes[n].latest = max(lag->scenes[n].latest, frame);
	}
}

static bool is_right(const struct lag *lag, const struct lag_crc *crc)
{
	u32 n = lag->num_scenes - 1;

	while (n && lag->scenes[n].latest > crc->frame)
		n--;
	for (; n < lag->num_scenes && lag->scenes[n].earliest <= crc->frame; n++) {
		if (lag->scenes[n].is_on && lag->scenes[n].crc == crc->value)
			return true;
	}

	return false;
}

/* The reader gets frames in order, after its start, and none when it has stopped. */
static void log_crc(struct lag *lag, const struct drm_crtc_crc_entry *entry)
{
	struct kunit *test = lag->display->test;

	KUNIT_EXPECT_TRUE_MSG(test, lag->is_reading, "frame %u after the stop", entry->frame);
	KUNIT_EXPECT_GT_MSG(test, entry->frame, lag->after, "frame is stale");
	KUNIT_ASSERT_LT(test, lag->num_crcs, LAG_MAX_LOG);
	lag->crcs[lag->num_crcs++] = (struct lag_crc){ entry->frame, entry->crcs[0] };
	lag->after = entry->frame;
}

static bool take_entry(struct drm_crtc_crc *crc, struct drm_crtc_crc_entry *entry)
{
	guard(spinlock_irq)(&crc->lock);
	if (crc->head == crc->tail)
		return false;

	*entry = crc->entries[crc->tail];
	crc->tail = (crc->tail + 1) & (DRM_CRC_ENTRIES_NR - 1);

	return true;
}

/* Returns how many CRCs the reader got since the last check. */
u32 lag_read(struct lag *lag)
{
	struct drm_crtc_crc_entry entry;

	while (take_entry(&lag->display->crtc->crc, &entry))
		log_crc(lag, &entry);

	return lag->num_crcs;
}

/* The composition of the frame has ended, if it had to. */
static void collect_owed(struct lag *lag)
{
	bool is_there = false;

	lag_read(lag);
	for (u32 n = 0; n < lag->num_crcs; n++)
		is_there |= lag->crcs[n].frame == lag->owed;
	KUNIT_EXPECT_TRUE_MSG(lag->display->test, is_there || !lag->owed,
			      "first frame %llu has no CRC", lag->owed);
	lag->owed = 0;
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

/* The frame whose vblank was the last one, also if its interrupt is still to come. */
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

/* A reader starts. Without vblanks it gets the picture that is shown. */
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

/* DRM itself waits for 10 s. */
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

/* Timestamps are truncated to microseconds: two of them differ by up to one from their distance. */
static void check_grid(struct lag *lag, u64 frame)
{
	const u64 distance = div_u64((frame - lag->grid_frame) * 420000000ull, 25175);

	KUNIT_EXPECT_GE(lag->display->test, lag->time - lag->grid_time, distance - 1);
	KUNIT_EXPECT_LE(lag->display->test, lag->time - lag->grid_time, distance + 1);
}

/* Returns the frame that an event names. Without vblanks an event names none. */
static u64 frame_of(struct lag *lag, const struct drm_event_vblank *event)
{
	if (!has_vblanks(lag))
		return lag_count(lag);

	if (lag->is_on_grid)
		check_grid(lag, event->sequence);

	return event->sequence;
}

/* The first frame of a commit has its CRC, if a reader captures it and has not got it yet. */
static void expect_crc(struct lag *lag, u64 frame)
{
	collect_owed(lag);
	if (lag->is_reading && frame > lag->after)
		lag->owed = frame;
}

static struct drm_client_buffer *buffer_of(struct lag *lag, u32 n)
{
	return lag->modes[lag->mode].buffers[n];
}

/* The shown buffer becomes free, and the other one is shown. */
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

/* Without vblanks a commit is shown, and composed, before anybody can wait for it. */
static void post(struct lag *lag, const struct display_request *request)
{
	const u64 count = lag_count(lag);
	const int ret = has_vblanks(lag) ? display_post(lag->display, request)
					 : display_begin(lag->display, request);

	KUNIT_ASSERT_EQ(lag->display->test, 0, ret);
	KUNIT_ASSERT_FALSE(lag->display->test, lag->has_posted);
	lag->posted = add_scene(lag, count + 1, U64_MAX);
	lag->has_posted = true;
}

/* Begins a flip to the next picture. */
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

/* The same, and the picture is written to the target. */
void lag_post_job(struct lag *lag)
{
	const struct display_request request = {
		.planes = { { .plane = lag->display->primary, .fb = paint_back(lag)->fb } },
		.writeback = lag->target->fb,
		.change = want_event_and_fence,
	};

	post(lag, &request);
}

/* The cursor is at the left edge. The target has the picture, and becomes free. */
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

/* Waits for the event of the flip. Returns the frame that it names. */
u64 lag_await(struct lag *lag)
{
	const struct drm_event_vblank event = wait_event_of(lag);
	const u64 frame = frame_of(lag, &event);
	struct kunit *test = lag->display->test;

	KUNIT_ASSERT_TRUE(test, lag->has_posted);
	KUNIT_EXPECT_GE_MSG(test, frame, lag->scenes[lag->posted].earliest, "flip is too early");
	swap_buffers(lag);
	place_scene(lag, lag->posted, frame);
	lag->has_posted = false;
	expect_crc(lag, frame);

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
 * Cursors and asynchronous flips do not wait for a vblank. They may be seen in the frame whose
 * interrupt is still to come.
 */
static u64 earliest_at_once(struct lag *lag)
{
	const bool is_late = to_rvkms_crtc(lag->display->crtc)->timer.lateness_ns;

	return lag_count(lag) + !is_late;
}

/* An asynchronous flip. It has no first frame: it is seen from the next one on. */
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
	add_scene(lag, earliest, lag_count(lag) + 1);
	collect_owed(lag);
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
	add_scene(lag, earliest, lag_count(lag) + has_vblanks(lag));
}

void lag_move_cursor(struct lag *lag, u32 x)
{
	lag->look.x = x;
	update_cursor(lag, lag->cursors[lag->front_cursor]);
}

/* The cursor has another image, or is shown again. */
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

/* The cursor has no image. This is no move, but a commit that waits for no vblank. */
void lag_hide_cursor(struct lag *lag)
{
	lag->look.has_cursor = false;
	update_cursor(lag, NULL);
	display_fill(lag->cursors[lag->front_cursor], SCRIBBLE);
}

/* Frames are counted, and have their times, from the first one of a mode. */
static void begin_grid(struct lag *lag, u64 frame)
{
	struct rvkms_crtc *crtc = to_rvkms_crtc(lag->display->crtc);

	lag->base = frame - rvkms_vblank_timer_count(&crtc->timer);
	lag->grid_frame = frame;
	lag->grid_time = lag->time;
}

/* Waits for the first frame of a mode. Returns it. */
static u64 await_mode(struct lag *lag)
{
	const struct drm_event_vblank event = wait_event_of(lag);
	const u64 frame = has_vblanks(lag) ? event.sequence : lag_count(lag);

	begin_grid(lag, frame);
	add_scene(lag, frame, frame);
	expect_crc(lag, frame);

	return frame;
}

/* If there is a @target, its connector belongs to the CRTC from now on. */
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

/* The CRTC goes on with another mode, and a picture. Returns the first frame. */
u64 lag_set_mode(struct lag *lag, u32 mode)
{
	return set_mode(lag, mode, NULL);
}

/* All buffers become free. */
void lag_turn_off(struct lag *lag)
{
	const u64 count = lag_count(lag);

	display_turn_off(lag->display);
	for (u32 i = 0; i < 2; i++)
		display_fill(buffer_of(lag, i), SCRIBBLE);
	lag->look.is_on = false;
	add_scene(lag, count + 1, U64_MAX);
	collect_owed(lag);
}

/* No frame is looked at twice. What is shown now is what the next frames begin with. */
static void forget(struct lag *lag)
{
	lag->scenes[0] = lag->scenes[lag->num_scenes - 1];
	lag->num_scenes = 1;
	lag->num_crcs = 0;
}

/* The device goes away, and all buffers become free. A flip that was pending has its event. */
void lag_unplug(struct lag *lag)
{
	const u64 count = lag_count(lag);

	rvkms_device_unplug(lag->display->rvkms);
	if (lag->has_posted)
		lag_await(lag);
	for (u32 i = 0; i < 2; i++)
		display_fill(buffer_of(lag, i), SCRIBBLE);
	lag->look.is_on = false;
	add_scene(lag, count + 1, U64_MAX);
	collect_owed(lag);
}

/* Checks all frames so far. No flip is pending. Returns how many CRCs there were. */
u32 lag_check(struct lag *lag)
{
	struct kunit *test = lag->display->test;
	u32 num_crcs;

	KUNIT_EXPECT_FALSE(test, lag->has_posted);
	display_settle(lag->display);
	collect_owed(lag);
	for (num_crcs = 0; num_crcs < lag->num_crcs; num_crcs++)
		KUNIT_EXPECT_TRUE_MSG(test, is_right(lag, &lag->crcs[num_crcs]),
				      "frame %llu has a wrong CRC", lag->crcs[num_crcs].frame);
	forget(lag);

	return num_crcs;
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

/* Nothing is written to the memory of a test that has ended. */
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

	KUNIT_ASSERT_NOT_NULL(display->test, lag);
	lag->line = kunit_kcalloc(display->test, LAG_WIDTH, sizeof(*lag->line), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(display->test, lag->line);
	lag->display = display;
	lag->is_on_grid = true;

	return lag;
}

/* A display that is on, with a cursor. Each composition takes @delay from now on. */
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
	forget(lag);
	lag_set_delay(lag, delay);

	return lag;
}
