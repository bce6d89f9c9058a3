// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of CPU accesses to a buffer of another device. A caller waits until its deadline. That is
 * 100 ms away, in jiffies of 10 ms: the caller gives up after 100 ms to 110 ms. Each access that
 * has begun is ended once, however late the exporter answers.
 */

#include <drm/drm_crtc.h>
#include <drm/drm_debugfs_crc.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_managed.h>
#include <drm/drm_plane.h>
#include <drm/drm_vblank.h>
#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/delay.h>
#include <linux/dma-direction.h>
#include <linux/dma-fence.h>
#include <linux/kref.h>
#include <linux/ktime.h>
#include <linux/minmax.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/time64.h>
#include <linux/workqueue.h>

#include "../../build.h"
#include "../../memory/access.h"
#include "../../objects/device.h"
#include "display.h"
#include "exporter.h"

/* A busy host makes the kernel late. */
#define LATENESS_MS 15

/**
 * struct asker - a work item that begins and ends an access
 * @work: the work item
 * @fb: the framebuffer to access
 * @direction: the direction of the access
 * @err: the result
 * @ms: duration of the call
 */
struct asker {
	struct work_struct work;
	struct drm_framebuffer *fb;
	enum dma_data_direction direction;
	int err;
	s64 ms;
};

static void begin_work(struct work_struct *work)
{
	struct asker *asker = container_of(work, struct asker, work);
	const ktime_t start = ktime_get();

	asker->err = rvkms_access_begin(asker->fb, asker->direction, rvkms_access_deadline());
	asker->ms = display_ms_since(start);
}

static void end_work(struct work_struct *work)
{
	struct asker *asker = container_of(work, struct asker, work);
	const ktime_t start = ktime_get();

	asker->err = rvkms_access_end(asker->fb, asker->direction, rvkms_access_deadline());
	asker->ms = display_ms_since(start);
}

static void start(struct asker *asker, struct drm_framebuffer *fb,
		  enum dma_data_direction direction, work_func_t function)
{
	INIT_WORK(&asker->work, function);
	asker->fb = fb;
	asker->direction = direction;
	queue_work(system_dfl_wq, &asker->work);
}

/* Runs an operation in this task, from the start of a jiffy on. Returns its result and duration. */
static struct asker ask(struct drm_framebuffer *fb, enum dma_data_direction direction,
			work_func_t function)
{
	struct asker asker = { .fb = fb, .direction = direction };

	schedule_timeout_uninterruptible(1);
	function(&asker.work);

	return asker;
}

static struct asker begin_read(struct drm_framebuffer *fb)
{
	return ask(fb, DMA_FROM_DEVICE, begin_work);
}

static struct asker end_read(struct drm_framebuffer *fb)
{
	return ask(fb, DMA_FROM_DEVICE, end_work);
}

static void expect_in_time(struct kunit *test, const struct asker *asker, s64 ms)
{
	KUNIT_EXPECT_EQ(test, asker->err, 0);
	KUNIT_EXPECT_GE(test, asker->ms, ms);
	KUNIT_EXPECT_LE(test, asker->ms, ms + LATENESS_MS);
}

static void expect_timeout(struct kunit *test, const struct asker *asker)
{
	KUNIT_EXPECT_EQ(test, asker->err, -ETIMEDOUT);
	KUNIT_EXPECT_GE(test, asker->ms, 100);
	KUNIT_EXPECT_LE(test, asker->ms, 110 + LATENESS_MS);
}

static void expect_refused_at_once(struct kunit *test, const struct asker *asker)
{
	KUNIT_EXPECT_EQ(test, asker->err, -ETIMEDOUT);
	KUNIT_EXPECT_LE(test, asker->ms, LATENESS_MS);
}

/* Expects that the buffer can be read after the previous calls. */
static void expect_readable(struct kunit *test, struct drm_framebuffer *fb)
{
	KUNIT_EXPECT_EQ(test, begin_read(fb).err, 0);
	KUNIT_EXPECT_EQ(test, end_read(fb).err, 0);
}

/* The caller waits for an exporter that takes up to 100 ms. */
static void rvkms_test_access_answer_in_time(struct kunit *test)
{
	static const u32 times_ms[] = { 0, 1, 50, 99, 100 };
	struct exporter *exporter = exporter_screen(test, 0);
	struct drm_framebuffer *fb = exporter_fb(test->priv, exporter);

	for (u32 i = 0; i < ARRAY_SIZE(times_ms); i++) {
		struct asker begin, end;

		exporter->begin_ns = times_ms[i] * NSEC_PER_MSEC;
		exporter->end_ns = times_ms[i] * NSEC_PER_MSEC;
		begin = begin_read(fb);
		expect_in_time(test, &begin, times_ms[i]);
		end = end_read(fb);
		expect_in_time(test, &end, times_ms[i]);
		exporter_expect_balance(exporter, i + 1);
	}
}

/* The exporter answers after the caller has given up: the access ends, and the next one works. */
static void rvkms_test_access_answer_too_late(struct kunit *test)
{
	static const u32 times_ms[] = { 150, 1000, 60000 };
	struct exporter *exporter = exporter_screen(test, 0);
	struct drm_framebuffer *fb = exporter_fb(test->priv, exporter);

	for (u32 i = 0; i < ARRAY_SIZE(times_ms); i++) {
		struct asker begin;

		exporter->begin_ns = times_ms[i] * NSEC_PER_MSEC;
		begin = begin_read(fb);
		expect_timeout(test, &begin);
		begin = begin_read(fb);
		expect_refused_at_once(test, &begin);
		rvkms_access_flush();
		exporter_expect_balance(exporter, 2 * i + 1);
		exporter->begin_ns = 0;
		expect_readable(test, fb);
	}
}

/* Close to the deadline, the answer may be in time or not. In both cases each begin has its end. */
static void rvkms_test_access_answer_at_the_deadline(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct drm_framebuffer *fb = exporter_fb(test->priv, exporter);
	u32 in_time = 0;

	for (u32 i = 0; i < 200; i++) {
		exporter->begin_ns = 95 * NSEC_PER_MSEC + i * 100 * NSEC_PER_USEC;
		if (!begin_read(fb).err) {
			in_time++;
			end_read(fb);
		}
		rvkms_access_flush();
		exporter_expect_balance(exporter, 2 * i + 1);
		exporter->begin_ns = 0;
		expect_readable(test, fb);
	}
	/*
	 * Answers of up to 100 ms are in time, and after 110 ms none is, unless the host is busy.
	 */
	KUNIT_EXPECT_GE(test, in_time, 51);
	KUNIT_EXPECT_LE(test, in_time, 160);
}

/* After a late error no access has begun, and none is ended. */
static void rvkms_test_access_late_error(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct drm_framebuffer *fb = exporter_fb(test->priv, exporter);
	struct asker begin;

	exporter->begin_ns = 200 * NSEC_PER_MSEC;
	exporter->error = -EIO;
	begin = begin_read(fb);
	expect_timeout(test, &begin);
	rvkms_access_flush();
	KUNIT_EXPECT_EQ(test, exporter->asked, 1);
	exporter_expect_balance(exporter, 0);

	exporter->begin_ns = 0;
	exporter->error = 0;
	expect_readable(test, fb);
	exporter_expect_balance(exporter, 1);
}

static void rvkms_test_access_error_in_time(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct drm_framebuffer *fb = exporter_fb(test->priv, exporter);

	exporter->error = -ENOSPC;
	KUNIT_EXPECT_EQ(test, begin_read(fb).err, -ENOSPC);
	KUNIT_EXPECT_EQ(test, begin_read(fb).err, -ENOSPC);
	KUNIT_EXPECT_EQ(test, exporter->asked, 2);
	exporter_expect_balance(exporter, 0);
	exporter->error = 0;
	expect_readable(test, fb);
}

/* The fences of DMA-BUF count, too: those of writers for a reader, and all for a writer. */
static void rvkms_test_access_fences(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct drm_framebuffer *fb = exporter_fb(test->priv, exporter);
	struct dma_fence *reader = exporter_add_reader(test, fb);
	struct asker begin;

	expect_readable(test, fb);
	begin = ask(fb, DMA_BIDIRECTIONAL, begin_work);
	expect_timeout(test, &begin);
	dma_fence_signal(reader);
	rvkms_access_flush();

	exporter_signal_after(test, exporter_add_writer(test, fb), 60);
	begin = begin_read(fb);
	KUNIT_EXPECT_EQ(test, begin.err, 0);
	KUNIT_EXPECT_GE(test, begin.ms, 35);
	KUNIT_EXPECT_EQ(test, end_read(fb).err, 0);
	exporter_expect_balance(exporter, 3);
}

static struct asker *start_eight(struct kunit *test, struct drm_framebuffer *fb,
				 work_func_t function)
{
	struct asker *askers = kunit_kcalloc(test, 8, sizeof(*askers), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, askers);
	schedule_timeout_uninterruptible(1);
	for (u32 i = 0; i < 8; i++)
		start(&askers[i], fb, DMA_FROM_DEVICE, function);

	return askers;
}

/* The exporter gets one call at a time. The callers may come in any order. */
static void rvkms_test_access_takes_turns(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct drm_framebuffer *fb = exporter_fb(test->priv, exporter);
	struct asker *askers;
	s64 longest = 0;

	exporter->begin_ns = 8 * NSEC_PER_MSEC;
	exporter->end_ns = 8 * NSEC_PER_MSEC;
	askers = start_eight(test, fb, begin_work);
	for (u32 i = 0; i < 8; i++) {
		flush_work(&askers[i].work);
		KUNIT_EXPECT_EQ(test, askers[i].err, 0);
		longest = max(longest, askers[i].ms);
	}
	KUNIT_EXPECT_EQ(test, exporter->depth, 8);
	KUNIT_EXPECT_GE(test, longest, 64);
	KUNIT_EXPECT_LE(test, longest, 64 + LATENESS_MS);

	askers = start_eight(test, fb, end_work);
	for (u32 i = 0; i < 8; i++) {
		flush_work(&askers[i].work);
		KUNIT_EXPECT_EQ(test, askers[i].err, 0);
	}
	exporter_expect_balance(exporter, 8);
}

/* With eight callers and 30 ms per call, three callers are served before the deadline. */
static void rvkms_test_access_shares_the_time(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct drm_framebuffer *fb = exporter_fb(test->priv, exporter);
	struct asker *askers;
	u32 in_time = 0;

	exporter->begin_ns = 30 * NSEC_PER_MSEC;
	askers = start_eight(test, fb, begin_work);
	for (u32 i = 0; i < 8; i++) {
		flush_work(&askers[i].work);
		if (askers[i].err)
			expect_timeout(test, &askers[i]);
		else
			in_time++;
	}
	KUNIT_EXPECT_EQ(test, in_time, 3);

	/* The fourth access began too late, and was ended. */
	rvkms_access_flush();
	KUNIT_EXPECT_EQ(test, exporter->begun, 4);
	KUNIT_EXPECT_EQ(test, exporter->ended, 1);
	for (u32 i = 0; i < 3; i++)
		KUNIT_EXPECT_EQ(test, end_read(fb).err, 0);
	exporter_expect_balance(exporter, 4);
}

/* The exporter takes too long to end an access: a work item does it later. */
static void rvkms_test_access_late_end(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct drm_framebuffer *fb = exporter_fb(test->priv, exporter);
	struct asker end;

	KUNIT_EXPECT_EQ(test, begin_read(fb).err, 0);
	exporter->end_ns = 500 * NSEC_PER_MSEC;
	end = end_read(fb);
	expect_timeout(test, &end);
	KUNIT_EXPECT_EQ(test, exporter->ended, 0);
	rvkms_access_flush();
	exporter_expect_balance(exporter, 1);
	exporter->end_ns = 0;
	expect_readable(test, fb);
	exporter_expect_balance(exporter, 2);
}

/* An access ends while a late begin of another one is still running: it ends after that. */
static void rvkms_test_access_end_behind_late_begin(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct drm_framebuffer *fb = exporter_fb(test->priv, exporter);
	struct dma_fence *writer;
	struct asker asker;

	KUNIT_EXPECT_EQ(test, begin_read(fb).err, 0);
	writer = exporter_add_writer(test, fb);
	asker = begin_read(fb);
	expect_timeout(test, &asker);
	asker = end_read(fb);
	expect_timeout(test, &asker);
	KUNIT_EXPECT_EQ(test, exporter->begun, 2);
	KUNIT_EXPECT_EQ(test, exporter->ended, 0);

	dma_fence_signal(writer);
	rvkms_access_flush();
	exporter_expect_balance(exporter, 2);
	expect_readable(test, fb);
}

/*
 * The driver counted ends of reads and of writes together. The end of a read, which was done first,
 * woke the caller of a write that had not ended. So a writeback job was done before the other
 * device saw the frame.
 */
static void rvkms_test_access_end_of_its_own(struct kunit *test)
{
	struct asker *askers = kunit_kcalloc(test, 3, sizeof(*askers), GFP_KERNEL);
	struct exporter *exporter = exporter_screen(test, 0);
	struct drm_framebuffer *fb = exporter_fb(test->priv, exporter);

	KUNIT_ASSERT_NOT_NULL(test, askers);
	KUNIT_EXPECT_EQ(test, begin_read(fb).err, 0);
	KUNIT_EXPECT_EQ(test, ask(fb, DMA_BIDIRECTIONAL, begin_work).err, 0);
	exporter->begin_ns = 10 * NSEC_PER_MSEC;
	exporter->end_ns = 40 * NSEC_PER_MSEC;
	start(&askers[0], fb, DMA_FROM_DEVICE, begin_work);
	usleep_range(5000, 5001);
	/* The exporter is busy: both ends are queued together, that of the writer first. */
	start(&askers[1], fb, DMA_BIDIRECTIONAL, end_work);
	start(&askers[2], fb, DMA_FROM_DEVICE, end_work);
	flush_work(&askers[1].work);
	KUNIT_EXPECT_EQ(test, askers[1].err, 0);
	KUNIT_EXPECT_EQ(test, exporter->ended, 2);

	flush_work(&askers[2].work);
	flush_work(&askers[0].work);
	KUNIT_EXPECT_EQ(test, askers[0].err, 0);
	KUNIT_EXPECT_EQ(test, end_read(fb).err, 0);
	exporter_expect_balance(exporter, 3);
}

static struct drm_framebuffer *planar(struct display *display, struct exporter *luma,
				      struct exporter *chroma)
{
	struct exporter *const exporters[] = { luma, chroma };
	struct drm_mode_fb_cmd2 cmd = {
		.width = 640, .height = 480, .pixel_format = DRM_FORMAT_NV12,
		.pitches = { 640, 640 }, .offsets = { 0, luma == chroma ? 640 * 480 : 0 },
	};

	return exporter_planar(display, &cmd, exporters);
}

/* If the second plane's buffer cannot be read, the access to the first one is ended. */
static void rvkms_test_access_two_buffers(struct kunit *test)
{
	struct exporter *luma = exporter_create(test, 640 * 480);
	struct exporter *chroma = exporter_create(test, 640 * 240);
	struct drm_framebuffer *fb = planar(test->priv, luma, chroma);
	struct asker begin;

	expect_readable(test, fb);
	chroma->error = -EIO;
	KUNIT_EXPECT_EQ(test, begin_read(fb).err, -EIO);
	exporter_expect_balance(luma, 2);
	exporter_expect_balance(chroma, 1);

	/* Both buffers share one deadline: 70 ms each are too long. */
	chroma->error = 0;
	luma->begin_ns = 70 * NSEC_PER_MSEC;
	chroma->begin_ns = 70 * NSEC_PER_MSEC;
	begin = begin_read(fb);
	expect_timeout(test, &begin);
	rvkms_access_flush();
	exporter_expect_balance(luma, 3);
	exporter_expect_balance(chroma, 2);
}

/* A buffer that holds both planes is accessed twice. */
static void rvkms_test_access_one_buffer_for_two_planes(struct kunit *test)
{
	struct exporter *both = exporter_create(test, 640 * 720);
	struct drm_framebuffer *fb = planar(test->priv, both, both);
	struct asker begin;

	expect_readable(test, fb);
	exporter_expect_balance(both, 2);

	/* The second begin is late. The first access cannot end before it: 10 to 20 ms more. */
	both->begin_ns = 70 * NSEC_PER_MSEC;
	begin = begin_read(fb);
	KUNIT_EXPECT_EQ(test, begin.err, -ETIMEDOUT);
	KUNIT_EXPECT_GE(test, begin.ms, 110);
	KUNIT_EXPECT_LE(test, begin.ms, 130 + LATENESS_MS);
	rvkms_access_flush();
	exporter_expect_balance(both, 4);
}

/* Two CRTCs show the same buffer and have readers: each frame of both is composed. */
static void rvkms_test_access_two_crtcs(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0x00112233);
	struct display *display = test->priv;
	struct display *other = display_beside(display);
	struct drm_framebuffer *fb = exporter_fb(display, exporter);
	u32 crcs;

	exporter->begin_ns = 2 * NSEC_PER_MSEC;
	exporter->end_ns = 2 * NSEC_PER_MSEC;
	display_turn_on(display, fb);
	display_turn_on(other, fb);
	display_begin_crcs(display);
	display_begin_crcs(other);
	msleep(500);
	crcs = display_end_crcs(display) + display_end_crcs(other);
	/* There are 30 frames per CRTC, of which a busy host may lose some. */
	KUNIT_EXPECT_GE(test, crcs, 30);
	KUNIT_EXPECT_EQ(test, rvkms_scanout_stats(&to_rvkms_crtc(display->crtc)->scanout).failed,
			0);
	KUNIT_EXPECT_EQ(test, rvkms_scanout_stats(&to_rvkms_crtc(other->crtc)->scanout).failed, 0);
	exporter_expect_balance(exporter, exporter->begun);
	KUNIT_EXPECT_GE(test, exporter->begun, crcs);
	display_turn_off(other);
	display_turn_off(display);
}

/* All references are dropped during a call of the exporter: the buffer is kept until it returns. */
static void rvkms_test_access_keeps_the_buffer(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct drm_framebuffer *fb = exporter_fb(test->priv, exporter);
	struct dma_fence *writer = exporter_add_writer(test, fb);
	struct asker begin = begin_read(fb);

	expect_timeout(test, &begin);
	exporter_put_fb(test, fb);
	KUNIT_EXPECT_TRUE(test, exporter_is_imported(exporter));

	dma_fence_signal(writer);
	rvkms_access_flush();
	KUNIT_EXPECT_FALSE(test, exporter_is_imported(exporter));
	exporter_expect_balance(exporter, 1);
}

/* As above, while the end of an access is still to be done. */
static void rvkms_test_access_keeps_the_buffer_to_end(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct drm_framebuffer *fb = exporter_fb(test->priv, exporter);
	struct asker end;

	KUNIT_EXPECT_EQ(test, begin_read(fb).err, 0);
	exporter->end_ns = 60 * NSEC_PER_SEC;
	end = end_read(fb);
	expect_timeout(test, &end);
	exporter_put_fb(test, fb);
	KUNIT_EXPECT_TRUE(test, exporter_is_imported(exporter));

	rvkms_access_flush();
	KUNIT_EXPECT_FALSE(test, exporter_is_imported(exporter));
	exporter_expect_balance(exporter, 1);
}

static void note_release(struct drm_device *drm, void *is_released)
{
	*(bool *)is_released = true;
}

/*
 * The device is unplugged, and all files are closed, during a call of the exporter. Unplugging does
 * not wait for the call. The device is released when the call returns.
 */
static void rvkms_test_access_keeps_the_device(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct display *display = test->priv;
	struct drm_framebuffer *fb = exporter_fb(display, exporter);
	struct dma_fence *writer = exporter_add_writer(test, fb);
	bool is_released = false;
	struct asker begin;
	ktime_t start;

	KUNIT_ASSERT_EQ(test, drmm_add_action(display->drm, note_release, &is_released), 0);
	begin = begin_read(fb);
	expect_timeout(test, &begin);
	exporter_put_fb(test, fb);
	start = ktime_get();
	display_remove(display);
	KUNIT_EXPECT_LE(test, display_ms_since(start), 100);
	KUNIT_EXPECT_FALSE(test, is_released);

	dma_fence_signal(writer);
	rvkms_access_flush();
	KUNIT_EXPECT_TRUE(test, is_released);
	KUNIT_EXPECT_FALSE(test, exporter_is_imported(exporter));
	exporter_expect_balance(exporter, 1);
}

/* The device is unplugged after a frame has given up on its buffer. */
static void rvkms_test_access_unplug(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct display *display = test->priv;
	struct drm_framebuffer *fb = exporter_fb(display, exporter);
	struct dma_fence *writer;
	ktime_t start;

	display_turn_on(display, fb);
	writer = exporter_add_writer(test, fb);
	display_begin_crcs(display);
	msleep(200);
	KUNIT_EXPECT_EQ(test, exporter->asked, 1);
	start = ktime_get();
	rvkms_device_unplug(display->rvkms);
	KUNIT_EXPECT_LE(test, display_ms_since(start), 150);
	KUNIT_EXPECT_FALSE(test, display->crtc->state->active);

	dma_fence_signal(writer);
	display_end_crcs(display);
	exporter_expect_balance(exporter, 1);
	KUNIT_EXPECT_EQ(test, exporter->maps, 0);
}

static int access_test_init(struct kunit *test)
{
	return display_test_init_with(test, 2);
}

static struct kunit_case access_tests[] = {
	KUNIT_CASE(rvkms_test_access_answer_in_time),
	KUNIT_CASE(rvkms_test_access_answer_too_late),
	KUNIT_CASE(rvkms_test_access_answer_at_the_deadline),
	KUNIT_CASE(rvkms_test_access_error_in_time),
	KUNIT_CASE(rvkms_test_access_late_error),
	KUNIT_CASE(rvkms_test_access_fences),
	KUNIT_CASE(rvkms_test_access_takes_turns),
	KUNIT_CASE(rvkms_test_access_shares_the_time),
	KUNIT_CASE(rvkms_test_access_late_end),
	KUNIT_CASE(rvkms_test_access_end_behind_late_begin),
	KUNIT_CASE(rvkms_test_access_end_of_its_own),
	KUNIT_CASE(rvkms_test_access_two_buffers),
	KUNIT_CASE(rvkms_test_access_one_buffer_for_two_planes),
	KUNIT_CASE(rvkms_test_access_two_crtcs),
	KUNIT_CASE(rvkms_test_access_keeps_the_buffer),
	KUNIT_CASE(rvkms_test_access_keeps_the_buffer_to_end),
	KUNIT_CASE(rvkms_test_access_keeps_the_device),
	KUNIT_CASE(rvkms_test_access_unplug),
	{}
};

static struct kunit_suite access_suite = {
	.name = "rvkms_access",
	.init = access_test_init,
	.test_cases = access_tests,
};

kunit_test_suite(access_suite);
