// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of slow devices. Their fences and locks must not delay commits and the fences of commits,
 * for which DRM and other devices wait. Each test is of a fixed defect, and its comment describes
 * the defect.
 */

#include <drm/drm_atomic.h>
#include <drm/drm_crtc.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_gem.h>
#include <drm/drm_kunit_helpers.h>
#include <drm/drm_modes.h>
#include <drm/drm_plane.h>
#include <drm/drm_vblank.h>
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/dma-fence.h>
#include <linux/dma-resv.h>
#include <linux/jiffies.h>
#include <linux/kref.h>
#include <linux/ktime.h>
#include <linux/workqueue.h>

#include "../../memory/mapping.h"
#include "../../objects/crtc.h"
#include "../../objects/device.h"
#include "../../scanout/snapshot.h"
#include "display.h"
#include "exporter.h"

static struct drm_client_buffer *screen(struct display *display, u32 colour)
{
	struct drm_client_buffer *buffer = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);

	display_fill(buffer, colour);

	return buffer;
}

static struct display_request capture_of(struct display *display)
{
	return (struct display_request){
		.writeback = screen(display, 0)->fb, .change = display_want_fence,
	};
}

/*
 * A device writes to the shown imported buffer, and a frame has given up on it. The first writeback
 * job is a modeset, which waits for the fences of planes: add the writer after it.
 */
static struct dma_fence *give_up_on_writer(struct display *display, struct drm_framebuffer *fb)
{
	const struct display_request capture = capture_of(display);
	struct kunit *test = display->test;
	struct dma_fence *writer;

	KUNIT_ASSERT_EQ(test, display_commit(display, &capture), 0);
	KUNIT_ASSERT_EQ(test, display_job_status(display), 1);
	writer = exporter_add_writer(test, fb);
	KUNIT_ASSERT_EQ(test, display_commit(display, &capture), 0);
	KUNIT_ASSERT_EQ(test, display_job_status(display), -ETIMEDOUT);

	return writer;
}

/*
 * A commit that turned a CRTC off flushed the workqueue of the device. Calls of exporters were
 * queued there, and waited for the fences of other devices. Turning a CRTC off therefore took as
 * long as any fence that a frame had given up on: here for ever.
 */
static void rvkms_test_foreign_fence_and_off(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0x00112233);
	struct display *display = test->priv;
	struct drm_framebuffer *fb = exporter_fb(display, exporter);
	struct dma_fence *writer;
	ktime_t start;

	display_turn_on(display, fb);
	writer = give_up_on_writer(display, fb);
	exporter_signal_after(test, writer, 60 * 1000);
	start = ktime_get();
	display_turn_off(display);
	KUNIT_EXPECT_LT(test, display_ms_since(start), 50);
	KUNIT_EXPECT_FALSE(test, dma_fence_is_signaled(writer));

	display_settle(display);
	KUNIT_EXPECT_TRUE(test, dma_fence_is_signaled(writer));
	exporter_expect_balance(exporter, 2);
	KUNIT_EXPECT_EQ(test, exporter->maps, 0);
}

/* All CRTCs shared the workqueue, so a CRTC with native memory could not be turned off either. */
static void rvkms_test_foreign_fence_and_other_crtc_off(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0x00112233);
	struct display *display = test->priv;
	struct display *other = display_beside(display);
	struct drm_framebuffer *fb = exporter_fb(display, exporter);
	struct dma_fence *writer;
	ktime_t start;

	display_turn_on(display, fb);
	display_turn_on(other, screen(display, 0)->fb);
	writer = give_up_on_writer(display, fb);
	start = ktime_get();
	display_turn_off(other);
	KUNIT_EXPECT_LT(test, display_ms_since(start), 50);
	KUNIT_EXPECT_FALSE(test, dma_fence_is_signaled(writer));

	dma_fence_signal(writer);
	display_settle(display);
	exporter_expect_balance(exporter, 2);
	display_turn_off(display);
}

/* 720x480: a modeset from 640x480 turns the CRTC off and on. */
static struct display_request modeset_to(struct display *display, struct drm_client_buffer *buffer)
{
	struct kunit *test = display->test;
	struct drm_display_mode *mode = drm_kunit_display_mode_from_cea_vic(test, display->drm, 3);

	KUNIT_ASSERT_NOT_NULL(test, mode);
	drm_mode_set_crtcinfo(mode, CRTC_INTERLACE_HALVE_V);

	return (struct display_request){
		.mode = mode,
		.planes = { { .plane = display->primary, .fb = buffer->fb } },
		.out_fence = exporter_fence(test),
	};
}

/*
 * A client added the out-fence of a modeset to the shown imported buffer, so that other devices
 * wait with it. A frame then waited for the fence in a work item, and the modeset flushed the
 * workqueue before it signalled the fence. The modeset waited for itself.
 */
static void rvkms_test_foreign_modeset_and_own_fence(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0x00112233);
	struct display *display = test->priv;
	struct drm_framebuffer *fb = exporter_fb(display, exporter);
	struct display_request modeset = modeset_to(display, screen(display, 0));
	struct dma_fence *ready = exporter_fence(test);
	ktime_t start;

	display_turn_on(display, fb);
	display_begin_crcs(display);
	modeset.planes[0].fence = ready;
	KUNIT_ASSERT_EQ(test, display_begin(display, &modeset), 0);
	exporter_add_fence(test, fb, 0, modeset.out_fence, DMA_RESV_USAGE_WRITE);
	/* Frames wait for the out-fence now, and give up. */
	msleep(500);
	KUNIT_EXPECT_GT(test, exporter->asked, 0);
	KUNIT_EXPECT_FALSE(test, dma_fence_is_signaled(modeset.out_fence));

	start = ktime_get();
	dma_fence_signal(ready);
	KUNIT_EXPECT_GT(test, dma_fence_wait_timeout(modeset.out_fence, false, 100 * HZ), 0);
	KUNIT_EXPECT_LT(test, display_ms_since(start), 200);
	display_end_crcs(display);
	display_turn_off(display);
	exporter_expect_balance(exporter, exporter->begun);
}

/* Returns the number of users of the shown plane's mapping. */
static unsigned int count_users(struct display *display)
{
	struct rvkms_scanout *scanout = &to_rvkms_crtc(display->crtc)->scanout;
	unsigned int count;

	spin_lock_irq(&scanout->lock);
	count = kref_read(&scanout->shown->sources[0].mapping->ref);
	spin_unlock_irq(&scanout->lock);

	return count;
}

/*
 * Each frame that gave up on an exporter left a waiting work item with a thread and references: 200
 * writeback jobs left 200 threads. Now only the first call waits, and later jobs fail at once.
 */
static void rvkms_test_foreign_fence_and_200_captures(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0x00112233);
	struct display *display = test->priv;
	struct drm_framebuffer *fb = exporter_fb(display, exporter);
	const struct display_request capture = capture_of(display);
	struct dma_fence *writer;
	ktime_t start;

	display_turn_on(display, fb);
	writer = give_up_on_writer(display, fb);
	start = ktime_get();
	for (u32 i = 0; i < 200; i++) {
		KUNIT_ASSERT_EQ(test, display_commit(display, &capture), 0);
		KUNIT_ASSERT_EQ(test, display_job_status(display), -ETIMEDOUT);
	}
	/* Each takes a vblank of 16.7 ms, not 100 ms. */
	KUNIT_EXPECT_LT(test, display_ms_since(start), 5000);
	KUNIT_EXPECT_EQ(test, exporter->asked, 2);
	/* The users are the plane and the snapshot. */
	KUNIT_EXPECT_EQ(test, count_users(display), 2);

	dma_fence_signal(writer);
	display_settle(display);
	exporter_expect_balance(exporter, 2);
	KUNIT_ASSERT_EQ(test, display_commit(display, &capture), 0);
	KUNIT_EXPECT_EQ(test, display_job_status(display), 1);
	display_turn_off(display);
}

/*
 * With 1024 waiting work items, the workqueue ran no others: no frame was composed, and no
 * writeback job was done, until the other device's fence was signalled.
 */
static void rvkms_test_foreign_fence_and_1100_captures(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0x00112233);
	struct display *display = test->priv;
	struct drm_framebuffer *fb = exporter_fb(display, exporter);
	struct display *other = display_beside(display);
	const struct display_request capture = capture_of(display);
	const struct display_request other_capture = capture_of(display);
	struct dma_fence *writer;

	display_turn_on(display, fb);
	display_turn_on(other, screen(display, 0)->fb);
	writer = give_up_on_writer(display, fb);
	for (u32 i = 0; i < 1100; i++) {
		KUNIT_ASSERT_EQ(test, display_commit(display, &capture), 0);
		KUNIT_ASSERT_EQ(test, display_job_status(display), -ETIMEDOUT);
	}
	KUNIT_ASSERT_EQ(test, display_commit(other, &other_capture), 0);
	KUNIT_EXPECT_EQ(test, display_job_status(other), 1);
	KUNIT_EXPECT_EQ(test, exporter->asked, 2);

	dma_fence_signal(writer);
	display_settle(display);
	exporter_expect_balance(exporter, 2);
	display_turn_off(other);
	display_turn_off(display);
}

/*
 * A commit with a writeback job to an imported buffer waited for the buffer's readers in the ioctl,
 * with all locks and without a timeout. Other clients could not commit in the meantime. Now the
 * commit's tail waits.
 */
static void rvkms_test_foreign_reader_and_nonblocking_commit(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct display *display = display_turned_on(test, 0x00778899);
	struct display *other = display_beside(display);
	struct display_request capture = { .change = display_want_fence };
	ktime_t start;

	capture.writeback = exporter_fb(display, exporter);
	exporter_signal_after(test, exporter_add_reader(test, capture.writeback), 1000);
	start = ktime_get();
	KUNIT_ASSERT_EQ(test, display_begin(display, &capture), 0);
	KUNIT_EXPECT_LT(test, display_ms_since(start), 20);

	/* No client holds a lock that commits of another CRTC need. */
	display_turn_on(other, screen(display, 0)->fb);
	KUNIT_EXPECT_LT(test, display_ms_since(start), 100);

	KUNIT_EXPECT_EQ(test, display_job_status(display), 1);
	KUNIT_EXPECT_GE(test, display_ms_since(start), 1000);
	KUNIT_EXPECT_LT(test, display_ms_since(start), 1100);
	exporter_expect_balance(exporter, 1);
	display_turn_off(other);
	display_turn_off(display);
}

static int set_red_background(struct display *display, struct drm_atomic_commit *commit)
{
	struct drm_crtc_state *state = drm_atomic_get_crtc_state(commit, display->crtc);

	if (IS_ERR(state))
		return PTR_ERR(state);

	state->background_color = 0xffffffff00000000ull;

	return 0;
}

/* Checks the shown background and the width of the lowest plane. */
static void expect_shown(struct display *display, u16 red, u32 width)
{
	struct rvkms_scanout *scanout = &to_rvkms_crtc(display->crtc)->scanout;
	struct rvkms_frame frame;
	u32 shown_width;

	spin_lock_irq(&scanout->lock);
	frame = scanout->shown->frame;
	shown_width = frame.layers[0].image.width;
	spin_unlock_irq(&scanout->lock);
	KUNIT_EXPECT_EQ(display->test, frame.background.r, red);
	KUNIT_EXPECT_EQ(display->test, shown_width, width);
}

/*
 * A commit changed the background and the primary plane, and waited for another device's fence. A
 * cursor move in the meantime showed the new background with the old plane.
 */
static void rvkms_test_foreign_fence_and_cursor(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00112233);
	struct drm_client_buffer *small = display_buffer(display, 64, 64, DRM_FORMAT_ARGB8888);
	struct drm_client_buffer *half = display_buffer(display, 320, 240, DRM_FORMAT_XRGB8888);
	struct dma_fence *ready = exporter_fence(test);
	struct display_request cursor = {
		.planes = { { .plane = display->cursor, .fb = small->fb } },
	};
	const struct display_request change = {
		.planes = { { .plane = display->primary, .fb = half->fb, .fence = ready } },
		.change = set_red_background,
	};

	KUNIT_ASSERT_EQ(test, display_commit(display, &cursor), 0);
	KUNIT_ASSERT_EQ(test, display_begin(display, &change), 0);
	cursor.is_cursor_move = true;
	cursor.planes[0].x = 10;
	KUNIT_ASSERT_EQ(test, display_commit(display, &cursor), 0);
	KUNIT_ASSERT_EQ(test, drm_crtc_vblank_get(display->crtc), 0);
	msleep(100);
	expect_shown(display, 0, 640);

	dma_fence_signal(ready);
	msleep(100);
	drm_crtc_vblank_put(display->crtc);
	expect_shown(display, 0xffff, 320);
	display_turn_off(display);
}

/**
 * struct holder - a client that holds a buffer's lock while it waits for a fence
 * @work: the client
 * @resv: the reservation object of the buffer
 * @has_lock: completed when the lock is held
 * @fence: the fence
 * @left: remaining jiffies of 100 s when the fence is signalled
 */
struct holder {
	struct work_struct work;
	struct dma_resv *resv;
	struct completion has_lock;
	struct dma_fence *fence;
	long left;
};

static void hold_lock(struct work_struct *work)
{
	struct holder *holder = container_of(work, struct holder, work);

	dma_resv_lock(holder->resv, NULL);
	complete(&holder->has_lock);
	holder->left = dma_fence_wait_timeout(holder->fence, false, 100 * HZ);
	dma_resv_unlock(holder->resv);
}

static struct holder *start_holder(struct kunit *test, const struct drm_framebuffer *fb,
				   struct dma_fence *fence)
{
	struct holder *holder = kunit_kzalloc(test, sizeof(*holder), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, holder);
	INIT_WORK(&holder->work, hold_lock);
	init_completion(&holder->has_lock);
	holder->resv = fb->obj[0]->resv;
	holder->fence = fence;
	schedule_work(&holder->work);
	wait_for_completion(&holder->has_lock);

	return holder;
}

/* The holder's fence is signalled within a few vblanks although the holder has the lock. */
static void expect_signalled(struct kunit *test, struct holder *holder)
{
	flush_work(&holder->work);
	KUNIT_EXPECT_GT(test, holder->left, 100 * HZ - 10);
}

/*
 * DMA-BUF allows a client to wait for a fence with the lock of a buffer. A commit must not need
 * that lock before its fence is signalled. Here the buffer is the one that a modeset replaces. It
 * is released with the commit's old state, after the fence.
 */
static void rvkms_test_foreign_lock_of_plane(struct kunit *test)
{
	struct display *display = test->priv;
	struct drm_client_buffer *old = screen(display, 0x00112233);
	const struct display_request modeset = modeset_to(display, screen(display, 0));
	struct holder *holder;

	display_turn_on(display, old->fb);
	holder = start_holder(test, old->fb, modeset.out_fence);
	KUNIT_EXPECT_EQ(test, display_begin(display, &modeset), 0);
	expect_signalled(test, holder);
	display_turn_off(display);
}

/* Moves the cursor to another buffer. Returns the old one, which only the shown snapshot has. */
static struct drm_framebuffer *replace_cursor(struct display *display)
{
	struct drm_framebuffer *old = display_buffer(display, 64, 64, DRM_FORMAT_ARGB8888)->fb;
	struct drm_framebuffer *new = display_buffer(display, 64, 64, DRM_FORMAT_ARGB8888)->fb;
	struct display_request cursor = {
		.planes = { { .plane = display->cursor, .fb = old } },
	};

	KUNIT_ASSERT_EQ(display->test, display_commit(display, &cursor), 0);
	cursor.is_cursor_move = true;
	cursor.planes[0].fb = new;
	KUNIT_ASSERT_EQ(display->test, display_commit(display, &cursor), 0);

	return old;
}

/*
 * As above, for a cursor that has moved to another buffer since the last vblank: only the shown
 * snapshot still has the old buffer. The modeset released the snapshot, and flushed the work item
 * that unmaps its buffers with their locks. So its fence waited for the lock.
 */
static void rvkms_test_foreign_lock_of_cursor(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00112233);
	struct drm_framebuffer *old = replace_cursor(display);
	const struct display_request modeset = modeset_to(display, screen(display, 0));
	struct holder *holder;

	holder = start_holder(test, old, modeset.out_fence);
	KUNIT_EXPECT_EQ(test, display_begin(display, &modeset), 0);
	expect_signalled(test, holder);
	display_turn_off(display);
}

/* A framebuffer that a blocking commit replaces or hides is free when the commit returns. */
static void rvkms_test_foreign_framebuffers_are_free(struct kunit *test)
{
	struct display *display = test->priv;
	struct drm_framebuffer *first = screen(display, 0)->fb;
	struct drm_framebuffer *second = screen(display, 0)->fb;
	const struct display_request flip = {
		.planes = { { .plane = display->primary, .fb = second } },
	};

	display_turn_on(display, first);
	KUNIT_EXPECT_GT(test, drm_framebuffer_read_refcount(first), 1);
	KUNIT_ASSERT_EQ(test, display_commit(display, &flip), 0);
	KUNIT_EXPECT_EQ(test, drm_framebuffer_read_refcount(first), 1);
	KUNIT_EXPECT_GT(test, drm_framebuffer_read_refcount(second), 1);
	display_turn_off(display);
	KUNIT_EXPECT_EQ(test, drm_framebuffer_read_refcount(second), 1);
}

/*
 * A client holds the lock of a replaced buffer for longer than a commit waits. The commit ends
 * after 100 ms, with its fences signalled; later commits do not wait for the same buffer again.
 */
static void rvkms_test_foreign_lock_for_long(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00112233);
	struct drm_framebuffer *old = replace_cursor(display);
	struct dma_fence *fence = exporter_fence(test);
	struct holder *holder = start_holder(test, old, fence);
	ktime_t start = ktime_get();

	display_turn_off(display);
	KUNIT_EXPECT_GE(test, display_ms_since(start), 90);
	KUNIT_EXPECT_LE(test, display_ms_since(start), 150);
	KUNIT_EXPECT_GT(test, drm_framebuffer_read_refcount(old), 1);

	start = ktime_get();
	display_turn_on(display, screen(display, 0)->fb);
	display_turn_off(display);
	KUNIT_EXPECT_LT(test, display_ms_since(start), 50);

	exporter_signal_after(test, fence, 1);
	flush_work(&holder->work);
	display_settle(display);
	KUNIT_EXPECT_EQ(test, drm_framebuffer_read_refcount(old), 1);
	KUNIT_EXPECT_FALSE(test, display->rvkms->releases.is_late);
}

static int foreign_test_init(struct kunit *test)
{
	return display_test_init_with(test, 2);
}

static struct kunit_case foreign_tests[] = {
	KUNIT_CASE(rvkms_test_foreign_fence_and_off),
	KUNIT_CASE(rvkms_test_foreign_fence_and_other_crtc_off),
	KUNIT_CASE(rvkms_test_foreign_modeset_and_own_fence),
	KUNIT_CASE(rvkms_test_foreign_fence_and_200_captures),
	KUNIT_CASE(rvkms_test_foreign_fence_and_1100_captures),
	KUNIT_CASE(rvkms_test_foreign_reader_and_nonblocking_commit),
	KUNIT_CASE(rvkms_test_foreign_fence_and_cursor),
	KUNIT_CASE(rvkms_test_foreign_lock_of_plane),
	KUNIT_CASE(rvkms_test_foreign_lock_of_cursor),
	KUNIT_CASE(rvkms_test_foreign_framebuffers_are_free),
	KUNIT_CASE(rvkms_test_foreign_lock_for_long),
	{}
};

static struct kunit_suite foreign_suite = {
	.name = "rvkms_foreign",
	.init = foreign_test_init,
	.test_cases = foreign_tests,
};

kunit_test_suite(foreign_suite);
