// SPDX-License-Identifier: GPL-2.0
/*
 * Tests that a CRC, a writeback job and an event belong to the right commit. Each test is about a
 * defect that the in-tree driver has or had, and describes it first.
 */

#include <drm/drm_atomic.h>
#include <drm/drm_crtc.h>
#include <drm/drm_debugfs_crc.h>
#include <drm/drm_device.h>
#include <drm/drm_file.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_gem.h>
#include <drm/drm_plane.h>
#include <drm/drm_property.h>
#include <drm/drm_vblank.h>
#include <drm/drm_writeback.h>
#include <kunit/test.h>
#include <linux/dma-fence.h>
#include <linux/iosys-map.h>
#include <linux/limits.h>
#include <linux/workqueue.h>

#include "../../objects/device.h"
#include "../../scanout/snapshot.h"
#include "display.h"

#define FRAMES 6

static void wait_vblanks(struct display *display, unsigned int count)
{
	while (count--)
		drm_crtc_wait_one_vblank(display->crtc);
	display_settle(display);
}

static u32 last_crc(const struct display *display)
{
	const struct drm_crtc_crc *crc = &display->crtc->crc;

	return crc->entries[(crc->head - 1) & (DRM_CRC_ENTRIES_NR - 1)].crcs[0];
}

static int flip_to(struct display *display, struct drm_client_buffer *buffer)
{
	const struct display_request flip = {
		.planes = { { .plane = display->primary, .fb = buffer->fb } },
		.change = display_want_event,
	};

	return display_commit(display, &flip);
}

/* The sequence number of the last event. */
static u32 last_sequence(struct display *display)
{
	struct drm_pending_event *pending;
	const struct drm_event_vblank *event;
	u32 sequence = 0;

	spin_lock_irq(&display->drm->event_lock);
	if (!list_empty(&display->client.file->event_list)) {
		pending = list_last_entry(&display->client.file->event_list,
					  struct drm_pending_event, link);
		event = container_of_const(pending->event, struct drm_event_vblank, base);
		sequence = event->sequence;
	}
	spin_unlock_irq(&display->drm->event_lock);

	return sequence;
}

/*
 * The in-tree driver gave the CRC of the last composed frame to all frames that were not composed
 * in time, and took a frame's number when the composer got to it, not when it was shown. Here, the
 * CRC of frame n is that of the framebuffers shown from vblank n on.
 */
static void rvkms_test_frames_crc_of_its_frame(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	const struct drm_crtc_crc_entry *entries;
	struct drm_client_buffer *buffers[FRAMES];
	u32 crcs[FRAMES], sequences[FRAMES];
	u32 count, shown = 0;

	display_begin_crcs(display);
	for (u32 i = 0; i < FRAMES; i++) {
		buffers[i] = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
		display_fill(buffers[i], 0x00102030 * i);
		KUNIT_ASSERT_EQ(test, 0, flip_to(display, buffers[i]));
		wait_vblanks(display, 2);
		crcs[i] = last_crc(display);
		KUNIT_EXPECT_TRUE(test, !i || crcs[i] != crcs[i - 1]);
	}
	display_end_crcs(display);

	KUNIT_ASSERT_EQ(test, 0, flip_to(display, buffers[0]));
	entries = display_begin_crcs(display);
	for (u32 i = 0; i < FRAMES; i++) {
		KUNIT_ASSERT_EQ(test, 0, flip_to(display, buffers[i]));
		sequences[i] = last_sequence(display);
		if (i % 2)
			wait_vblanks(display, 1);
	}
	count = display_end_crcs(display);

	KUNIT_EXPECT_GE(test, count, FRAMES);
	for (u32 i = 0; i < count; i++) {
		while (shown + 1 < FRAMES && (s32)(entries[i].frame - sequences[shown + 1]) >= 0)
			shown++;
		KUNIT_EXPECT_EQ_MSG(test, entries[i].crcs[0], crcs[shown], "frame %u shows %u",
				    entries[i].frame, shown);
	}
	KUNIT_EXPECT_EQ(test, shown, FRAMES - 1);
}

/*
 * In the in-tree driver one flag enabled the composition of frames. CRC readers and writeback both
 * set it, and both cleared it: a writeback job that completed ended the CRCs.
 */
static void rvkms_test_frames_capture_leaves_crcs(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00112233);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request capture = { .writeback = result->fb };
	u32 before;

	display_begin_crcs(display);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	before = display->crtc->crc.head;
	wait_vblanks(display, 3);
	/* The number of further CRCs depends on the load of the CPU. */
	KUNIT_EXPECT_GT(test, display_end_crcs(display), before);
}

/* The reverse: a CRC reader that stopped ended the writeback, and its fence was never signalled. */
static void rvkms_test_frames_crcs_leave_capture(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00112233);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request capture = {
		.writeback = result->fb, .change = display_want_fence,
	};

	display_begin_crcs(display);
	KUNIT_ASSERT_EQ(test, 0, display_post(display, &capture));
	display_end_crcs(display);
	KUNIT_EXPECT_GT(test, dma_fence_wait_timeout(display->fence, false, HZ), 0);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(display->fence), 1);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 639, 479), 0xff112233);
}

/*
 * The in-tree driver kept the writeback job with the state that is composed next. A cursor move
 * before the vblank replaced that state, and the job's fence was never signalled. Here the cursor
 * moves beside the pending commit: the job gets the frame of that vblank, the cursor included.
 */
static void rvkms_test_frames_cursor_behind_capture(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00112233);
	struct drm_client_buffer *cursor = display_buffer(display, 8, 8, DRM_FORMAT_ARGB8888);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	struct display_request move = {
		.planes = { { .plane = display->cursor, .fb = cursor->fb } },
	};
	const struct display_request capture = {
		.writeback = result->fb, .change = display_want_fence,
	};

	display_fill(cursor, 0xffffffff);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &move));

	KUNIT_ASSERT_EQ(test, 0, display_post(display, &capture));
	move.is_cursor_move = true;
	move.planes[0].x = 8;
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &move));
	KUNIT_EXPECT_FALSE(test, dma_fence_is_signaled(display->fence));

	KUNIT_EXPECT_GT(test, dma_fence_wait_timeout(display->fence, false, HZ), 0);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(display->fence), 1);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 7, 0), 0xff112233);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 8, 0), 0xffffffff);
}

static bool has_queued_job(struct drm_writeback_connector *writeback)
{
	bool has_job;

	spin_lock_irq(&writeback->job_lock);
	has_job = !list_empty(&writeback->job_queue);
	spin_unlock_irq(&writeback->job_lock);

	return has_job;
}

/*
 * The in-tree driver passed a writeback to the composer first, and queued the job with DRM
 * afterwards: a fast composer completed a job that was not queued.
 */
static void rvkms_test_frames_capture_queued_first(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	struct rvkms_scanout *scanout = &to_rvkms_crtc(display->crtc)->scanout;
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request capture = { .writeback = result->fb };
	struct drm_writeback_connector *writeback =
		drm_connector_to_writeback(display->writeback);

	KUNIT_ASSERT_EQ(test, 0, display_post(display, &capture));
	KUNIT_EXPECT_TRUE(test, scanout->latch.pending_has_job || scanout->latch.fills_job);
	KUNIT_EXPECT_TRUE(test, has_queued_job(writeback));

	wait_vblanks(display, 1);
	KUNIT_EXPECT_FALSE(test, has_queued_job(writeback));
}

static struct rvkms_snapshot *hold_shown(struct display *display)
{
	struct rvkms_scanout *scanout = &to_rvkms_crtc(display->crtc)->scanout;
	struct rvkms_snapshot *snapshot;

	spin_lock_irq(&scanout->lock);
	snapshot = rvkms_snapshot_get(scanout->shown);
	spin_unlock_irq(&scanout->lock);

	return snapshot;
}

static void expect_first_pixel(struct kunit *test, struct rvkms_snapshot *snapshot, u16 r,
			       u16 g, u16 b)
{
	struct rvkms_pixel *line = kunit_kcalloc(test, 640, sizeof(*line), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, line);
	KUNIT_EXPECT_EQ(test, 0, rvkms_snapshot_begin_access(snapshot));
	rvkms_compose_line(&snapshot->frame, 0, line);
	rvkms_snapshot_end_access(snapshot);
	KUNIT_EXPECT_EQ(test, line[0].r, r);
	KUNIT_EXPECT_EQ(test, line[0].g, g);
	KUNIT_EXPECT_EQ(test, line[0].b, b);
}

static const struct drm_gem_object_funcs *real_funcs;

/* Overwrite the memory on vunmap, so that a read after it is seen. */
static void vunmap_wiped(struct drm_gem_object *object, struct iosys_map *map)
{
	iosys_map_memset(map, 0, 0, object->size);
	real_funcs->vunmap(object, map);
}

static struct drm_client_buffer *painted_buffer(struct display *display, u32 colour)
{
	static struct drm_gem_object_funcs funcs;
	struct drm_client_buffer *buffer;

	buffer = drm_client_buffer_create_dumb(&display->client, 640, 480, DRM_FORMAT_XRGB8888);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(display->test, buffer);
	KUNIT_ASSERT_EQ(display->test, 0, drm_client_buffer_vmap(buffer, &buffer->map));
	display_fill(buffer, colour);
	drm_client_buffer_vunmap(buffer);

	real_funcs = buffer->gem->funcs;
	funcs = *real_funcs;
	funcs.vunmap = vunmap_wiped;
	buffer->gem->funcs = &funcs;

	return buffer;
}

/*
 * The composer of the in-tree driver used a pointer to the state of the CRTC: later commits freed
 * that state, and the planes' states with it, while the composer was late. Here, a late composer
 * has all that it needs, after any number of commits, and after the framebuffers are gone.
 */
static void rvkms_test_frames_late_composer(struct kunit *test)
{
	struct display *display = test->priv;
	struct drm_client_buffer *buffer = painted_buffer(display, 0x00336699);
	struct drm_client_buffer *next;
	struct rvkms_snapshot *late;

	display_turn_on(display, buffer->fb);
	late = hold_shown(display);

	next = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	for (u32 i = 0; i < 3; i++)
		KUNIT_ASSERT_EQ(test, 0, flip_to(display, next));
	drm_client_buffer_delete(buffer);
	display_turn_off(display);

	expect_first_pixel(test, late, 0x3333, 0x6666, 0x9999);
	rvkms_snapshot_put(late);
	display_settle(display);
}

/* Set an inverse table, or no table. */
static int set_gamma(struct display *display, struct drm_atomic_commit *commit, bool is_inverse)
{
	struct drm_crtc_state *state = drm_atomic_get_crtc_state(commit, display->crtc);
	struct drm_property_blob *blob = NULL;
	struct drm_color_lut *lut;

	if (IS_ERR(state))
		return PTR_ERR(state);

	if (is_inverse) {
		blob = drm_property_create_blob(display->drm, 1024 * sizeof(*lut), NULL);
		if (IS_ERR(blob))
			return PTR_ERR(blob);

		lut = blob->data;
		for (u32 i = 0; i < 1024; i++) {
			const u16 value = U16_MAX - U16_MAX * i / 1023;

			lut[i] = (struct drm_color_lut){ value, value, value };
		}
	}

	state->color_mgmt_changed = true;
	drm_property_blob_put(state->gamma_lut);
	state->gamma_lut = blob;

	return 0;
}

static int set_inverse(struct display *display, struct drm_atomic_commit *commit)
{
	return set_gamma(display, commit, true);
}

static int set_none(struct display *display, struct drm_atomic_commit *commit)
{
	return set_gamma(display, commit, false);
}

/*
 * The in-tree driver composed a frame with the gamma table of the CRTC at that time, not with the
 * table of the frame.
 */
static void rvkms_test_frames_gamma_of_its_frame(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00336699);
	const struct display_request invert = { .change = set_inverse };
	const struct display_request restore = { .change = set_none };
	struct rvkms_snapshot *inverse, *plain;

	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &invert));
	inverse = hold_shown(display);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &restore));
	plain = hold_shown(display);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &invert));

	/* The table's entries are rounded up: the exact values are 52428.6, 39321.2 and 26214.8. */
	expect_first_pixel(test, inverse, 52429, 39321, 26215);
	expect_first_pixel(test, plain, 0x3333, 0x6666, 0x9999);
	rvkms_snapshot_put(inverse);
	rvkms_snapshot_put(plain);
}

/* The CRC of a frame, which must exist. */
static u32 crc_of_frame(struct kunit *test, const struct drm_crtc_crc_entry *entries, u32 count,
			u64 frame)
{
	for (u32 i = 0; i < count; i++) {
		if (entries[i].frame == frame)
			return entries[i].crcs[0];
	}
	KUNIT_FAIL(test, "frame %llu has no CRC", frame);

	return 0;
}

/*
 * When the composer of the in-tree driver got to a frame, it took the CRTC's gamma table of that
 * time, and gave the CRC to all frames up to the current one. Here, with a composition that takes
 * two and a half periods, the first frame of each commit has the CRC of its own table.
 */
static void rvkms_test_frames_late_crc(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00336699);
	const struct display_request invert = { .change = set_inverse };
	const struct display_request restore = { .change = set_none };
	const struct drm_crtc_crc_entry *entries = display_begin_crcs(display);
	u32 inverse, plain, count;
	u64 frames[FRAMES];

	wait_vblanks(display, 1);
	plain = last_crc(display);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &invert));
	wait_vblanks(display, 1);
	inverse = last_crc(display);
	KUNIT_EXPECT_NE(test, inverse, plain);

	to_rvkms_crtc(display->crtc)->scanout.delays.frame_ns = 42 * NSEC_PER_MSEC;
	for (u32 i = 0; i < FRAMES; i++) {
		KUNIT_ASSERT_EQ(test, 0, display_commit(display, i % 2 ? &invert : &restore));
		frames[i] = drm_crtc_vblank_count(display->crtc);
	}
	count = display_end_crcs(display);

	for (u32 i = 0; i < FRAMES; i++) {
		KUNIT_EXPECT_EQ(test, crc_of_frame(test, entries, count, frames[i]),
				i % 2 ? inverse : plain);
		KUNIT_EXPECT_TRUE(test, !i || frames[i] == frames[i - 1] + 3);
	}
}

static struct kunit_case frames_tests[] = {
	KUNIT_CASE(rvkms_test_frames_crc_of_its_frame),
	KUNIT_CASE(rvkms_test_frames_capture_leaves_crcs),
	KUNIT_CASE(rvkms_test_frames_crcs_leave_capture),
	KUNIT_CASE(rvkms_test_frames_cursor_behind_capture),
	KUNIT_CASE(rvkms_test_frames_capture_queued_first),
	KUNIT_CASE(rvkms_test_frames_late_composer),
	KUNIT_CASE(rvkms_test_frames_gamma_of_its_frame),
	KUNIT_CASE(rvkms_test_frames_late_crc),
	{}
};

static struct kunit_suite frames_suite = {
	.name = "rvkms_scanout_frames",
	.init = display_test_init,
	.test_cases = frames_tests,
};

kunit_test_suite(frames_suite);
