// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of writeback to a framebuffer that other devices still use. The tail of the commit waits
 * for the fences that the framebuffer has when the commit is prepared: 5 s, in jiffies of 10 ms.
 */

#include <drm/drm_crtc.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_plane.h>
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/dma-fence.h>
#include <linux/dma-resv.h>
#include <linux/ktime.h>
#include <linux/string.h>

#include "../../build.h"
#include "../../objects/device.h"
#include "../../scanout/capture.h"
#include "display.h"
#include "exporter.h"

/* Timers of 5 s are up to 90 ms late. Two vblanks and the lateness of a busy host are added. */
#define LATENESS_MS 150

/* Starts a writeback job to a framebuffer. Returns the time of the start. */
static ktime_t begin_capture(struct display *display, struct drm_framebuffer *target)
{
	const struct display_request capture = {
		.writeback = target, .change = display_want_fence,
	};
	const ktime_t start = ktime_get();

	KUNIT_ASSERT_EQ(display->test, display_begin(display, &capture), 0);
	KUNIT_EXPECT_LE(display->test, display_ms_since(start), 20);

	return start;
}

static void expect_job(struct display *display, ktime_t start, int status, s64 ms)
{
	KUNIT_EXPECT_EQ(display->test, display_job_status(display), status);
	KUNIT_EXPECT_GE(display->test, display_ms_since(start), ms);
	KUNIT_EXPECT_LE(display->test, display_ms_since(start), ms + LATENESS_MS);
}

static void expect_captured(struct display *display, struct drm_framebuffer *target)
{
	expect_job(display, begin_capture(display, target), 1, 0);
}

static u32 first_pixel(const struct exporter *exporter)
{
	return le32_to_cpu((__force __le32)exporter->device[0]);
}

/* The exporter is not called before the reader is done. */
static void rvkms_test_capture_waits_for_reader(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct display *display = display_turned_on(test, 0x00778899);
	struct drm_framebuffer *target = exporter_fb(display, exporter);
	ktime_t start;

	exporter_signal_after(test, exporter_add_reader(test, target), 1000);
	start = begin_capture(display, target);
	msleep(900);
	KUNIT_EXPECT_EQ(test, exporter->asked, 0);
	expect_job(display, start, 1, 1000);
	KUNIT_EXPECT_EQ(test, first_pixel(exporter), 0xff778899);
	exporter_expect_balance(exporter, 1);
	display_turn_off(display);
}

/* If the reader is not done after 5 s, the job fails without a write. Later jobs succeed. */
static void rvkms_test_capture_gives_up_on_reader(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0x12345678);
	struct display *display = display_turned_on(test, 0x00778899);
	struct drm_client_buffer *plain = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	struct drm_framebuffer *target = exporter_fb(display, exporter);
	struct dma_fence *reader = exporter_add_reader(test, target);

	exporter_signal_after(test, reader, 60 * 1000);
	expect_job(display, begin_capture(display, target), -ETIMEDOUT, 5000);
	KUNIT_EXPECT_EQ(test, exporter->asked, 0);
	KUNIT_EXPECT_EQ(test, first_pixel(exporter), 0x12345678);

	expect_captured(display, plain->fb);
	KUNIT_EXPECT_EQ(test, display_pixel(plain, 0, 0), 0xff778899);
	dma_fence_wait(reader, false);
	expect_captured(display, target);
	KUNIT_EXPECT_EQ(test, first_pixel(exporter), 0xff778899);
	exporter_expect_balance(exporter, 1);
	display_turn_off(display);
}

/* The exporter of an unused target is called in the ioctl, before the client can add a fence. */
static void rvkms_test_capture_asks_at_once(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct display *display = display_turned_on(test, 0x00778899);
	struct drm_framebuffer *target = exporter_fb(display, exporter);
	ktime_t start;

	dma_fence_signal(exporter_add_reader(test, target));
	start = begin_capture(display, target);
	KUNIT_EXPECT_EQ(test, exporter->begun, 1);
	exporter_add_reader(test, target);
	exporter_add_writer(test, target);
	expect_job(display, start, 1, 0);
	exporter_expect_balance(exporter, 1);
	display_turn_off(display);
}

/*
 * A reader uses the target, and the client adds the job's own fence to the target. After the reader
 * is done, the exporter waits for the job, so that the job fails after 100 ms.
 */
static void rvkms_test_capture_own_fence_behind_reader(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct display *display = display_turned_on(test, 0x00778899);
	struct drm_framebuffer *target = exporter_fb(display, exporter);
	ktime_t start;

	exporter_signal_after(test, exporter_add_reader(test, target), 300);
	start = begin_capture(display, target);
	exporter_add_fence(test, target, 0, display->fence, DMA_RESV_USAGE_WRITE);
	expect_job(display, start, -ETIMEDOUT, 400);
	display_settle(display);
	exporter_expect_balance(exporter, 1);
	expect_captured(display, target);
	exporter_expect_balance(exporter, 2);
	display_turn_off(display);
}

/* The job does not wait for a fence that was added after its commit. */
static void rvkms_test_capture_collects_once(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00778899);
	struct drm_client_buffer *target = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	ktime_t start;

	exporter_signal_after(test, exporter_add_reader(test, target->fb), 300);
	start = begin_capture(display, target->fb);
	exporter_add_writer(test, target->fb);
	expect_job(display, start, 1, 300);
	KUNIT_EXPECT_EQ(test, display_pixel(target, 639, 479), 0xff778899);
	display_turn_off(display);
}

/* An encoder has imported the driver's own memory, and reads it. The job waits for it, too. */
static void rvkms_test_capture_native_target(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00778899);
	struct drm_client_buffer *target = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	ktime_t start;

	display_fill(target, 0x12345678);
	exporter_signal_after(test, exporter_add_reader(test, target->fb), 500);
	start = begin_capture(display, target->fb);
	msleep(450);
	KUNIT_EXPECT_EQ(test, display_pixel(target, 0, 0), 0x12345678);
	expect_job(display, start, 1, 500);
	KUNIT_EXPECT_EQ(test, display_pixel(target, 0, 0), 0xff778899);

	display_fill(target, 0x12345678);
	exporter_add_writer(test, target->fb);
	expect_job(display, begin_capture(display, target->fb), -ETIMEDOUT, 5000);
	KUNIT_EXPECT_EQ(test, display_pixel(target, 0, 0), 0x12345678);
	display_turn_off(display);
}

static struct drm_framebuffer *planar(struct display *display, struct exporter *luma,
				      struct exporter *chroma)
{
	struct exporter *const exporters[] = { luma, chroma };
	struct drm_mode_fb_cmd2 cmd = {
		.width = 640, .height = 480, .pixel_format = DRM_FORMAT_NV12,
		.pitches = { 640, 640 },
	};

	return exporter_planar(display, &cmd, exporters);
}

/* Each plane may have a buffer of its own, with users of its own. The 5 s are for all of them. */
static void rvkms_test_capture_users_of_planes(struct kunit *test)
{
	struct exporter *luma = exporter_create(test, 640 * 480);
	struct exporter *chroma = exporter_create(test, 640 * 240);
	struct display *display = display_turned_on(test, 0x00ff0000);
	struct drm_framebuffer *target = planar(display, luma, chroma);
	struct dma_fence *users[2];

	for (u32 i = 0; i < 2; i++) {
		users[i] = exporter_fence(test);
		exporter_add_fence(test, target, i, users[i], DMA_RESV_USAGE_READ);
	}
	exporter_signal_after(test, users[0], 300);
	exporter_signal_after(test, users[1], 700);
	expect_job(display, begin_capture(display, target), 1, 700);
	/* The colour is red of BT.601. */
	KUNIT_EXPECT_EQ(test, luma->device[0], 0x51515151);
	KUNIT_EXPECT_EQ(test, le32_to_cpu((__force __le32)chroma->device[0]), 0xf05af05a);

	for (u32 i = 0; i < 2; i++) {
		users[i] = exporter_fence(test);
		exporter_add_fence(test, target, i, users[i], DMA_RESV_USAGE_READ);
		exporter_signal_after(test, users[i], 3000 * (i + 1));
	}
	expect_job(display, begin_capture(display, target), -ETIMEDOUT, 5000);
	exporter_expect_balance(luma, 1);
	exporter_expect_balance(chroma, 1);
	display_turn_off(display);
}

/* An exporter takes too long: the commit is rejected after 100 ms, and the next one at once. */
static void rvkms_test_capture_slow_exporter(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct display *display = display_turned_on(test, 0x00778899);
	const struct display_request capture = { .writeback = exporter_fb(display, exporter) };
	ktime_t start = ktime_get();

	exporter->begin_ns = 300 * NSEC_PER_MSEC;
	KUNIT_EXPECT_EQ(test, display_begin(display, &capture), -ETIMEDOUT);
	KUNIT_EXPECT_LE(test, display_ms_since(start), 150);
	start = ktime_get();
	KUNIT_EXPECT_EQ(test, display_begin(display, &capture), -ETIMEDOUT);
	KUNIT_EXPECT_LE(test, display_ms_since(start), 20);

	display_settle(display);
	exporter_expect_balance(exporter, 1);
	exporter->begin_ns = 0;
	expect_captured(display, capture.writeback);
	exporter_expect_balance(exporter, 2);
	/* DRM releases jobs a little later. */
	msleep(20);
	KUNIT_EXPECT_EQ(test, exporter->maps, 0);
	display_turn_off(display);
}

/* The exporter fails after the reader is done. Its error is that of the job. */
static void rvkms_test_capture_error_behind_reader(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0x12345678);
	struct display *display = display_turned_on(test, 0x00778899);
	struct drm_framebuffer *target = exporter_fb(display, exporter);

	exporter->error = -EIO;
	exporter_signal_after(test, exporter_add_reader(test, target), 200);
	expect_job(display, begin_capture(display, target), -EIO, 200);
	KUNIT_EXPECT_EQ(test, first_pixel(exporter), 0x12345678);
	exporter_expect_balance(exporter, 0);
	display_turn_off(display);
}

/* The other device sees the frame too late: the job fails with a timeout. */
static void rvkms_test_capture_late_end(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct display *display = display_turned_on(test, 0x00778899);

	exporter->end_ns = 300 * NSEC_PER_MSEC;
	expect_job(display, begin_capture(display, exporter_fb(display, exporter)), -ETIMEDOUT,
		   100);
	KUNIT_EXPECT_EQ(test, first_pixel(exporter), 0);
	display_settle(display);
	KUNIT_EXPECT_EQ(test, first_pixel(exporter), 0xff778899);
	exporter_expect_balance(exporter, 1);
	display_turn_off(display);
}

/* If the access to the target has begun and the shown buffer cannot be read, the access ends. */
static void rvkms_test_capture_without_source(struct kunit *test)
{
	struct exporter *source = exporter_screen(test, 0);
	struct exporter *target = exporter_screen(test, 0x12345678);
	struct display *display = test->priv;

	display_turn_on(display, exporter_fb(display, source));
	source->error = -EIO;
	expect_job(display, begin_capture(display, exporter_fb(display, target)), -EIO, 0);
	exporter_expect_balance(source, 0);
	exporter_expect_balance(target, 1);
	display_turn_off(display);
}

/* The device is unplugged while the tail waits: the commit and its job are finished first. */
static void rvkms_test_capture_unplug(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct display *display = display_turned_on(test, 0x00778899);
	struct drm_framebuffer *target = exporter_fb(display, exporter);
	ktime_t start;

	exporter_signal_after(test, exporter_add_reader(test, target), 2000);
	start = begin_capture(display, target);
	rvkms_device_unplug(display->rvkms);
	KUNIT_EXPECT_FALSE(test, display->crtc->state->active);
	expect_job(display, start, 1, 2000);
	exporter_expect_balance(exporter, 1);
}

/* The reader is not done: unplugging takes 5 s, and the job fails. */
static void rvkms_test_capture_unplug_times_out(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct display *display = display_turned_on(test, 0x00778899);
	struct drm_framebuffer *target = exporter_fb(display, exporter);
	ktime_t start;

	exporter_add_reader(test, target);
	start = begin_capture(display, target);
	rvkms_device_unplug(display->rvkms);
	expect_job(display, start, -ETIMEDOUT, 5000);
	exporter_expect_balance(exporter, 0);
}

/* A device without vblanks waits as well. */
static void rvkms_test_capture_vblankless(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct display *display = display_turned_on(test, 0x00778899);
	struct drm_framebuffer *target = exporter_fb(display, exporter);
	struct dma_fence *reader = exporter_add_reader(test, target);

	exporter_signal_after(test, reader, 1000);
	expect_job(display, begin_capture(display, target), 1, 1000);
	KUNIT_EXPECT_EQ(test, first_pixel(exporter), 0xff778899);
	/* The commit ends a little after its job. */
	msleep(20);
	exporter_add_reader(test, target);
	expect_job(display, begin_capture(display, target), -ETIMEDOUT, 5000);
	exporter_expect_balance(exporter, 1);
	display_turn_off(display);
}

/* Unloading the module waits until DRM has released the captures of completed jobs. */
static void rvkms_test_capture_exit_waits_for_release(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x00778899);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request capture = { .writeback = result->fb };

	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	rvkms_capture_exit();
	KUNIT_EXPECT_EQ(test, display_pixel(result, 639, 479), 0xff778899);
}

static struct kunit_case capture_tests[] = {
	KUNIT_CASE(rvkms_test_capture_waits_for_reader),
	KUNIT_CASE(rvkms_test_capture_gives_up_on_reader),
	KUNIT_CASE(rvkms_test_capture_asks_at_once),
	KUNIT_CASE(rvkms_test_capture_own_fence_behind_reader),
	KUNIT_CASE(rvkms_test_capture_collects_once),
	KUNIT_CASE(rvkms_test_capture_native_target),
	KUNIT_CASE(rvkms_test_capture_users_of_planes),
	KUNIT_CASE(rvkms_test_capture_slow_exporter),
	KUNIT_CASE(rvkms_test_capture_error_behind_reader),
	KUNIT_CASE(rvkms_test_capture_late_end),
	KUNIT_CASE(rvkms_test_capture_without_source),
	KUNIT_CASE(rvkms_test_capture_unplug),
	KUNIT_CASE(rvkms_test_capture_unplug_times_out),
	KUNIT_CASE(rvkms_test_capture_exit_waits_for_release),
	{}
};

static struct kunit_suite capture_suite = {
	.name = "rvkms_capture",
	.init = display_test_init,
	.test_cases = capture_tests,
};

static struct kunit_case capture_vblankless_tests[] = {
	KUNIT_CASE(rvkms_test_capture_vblankless),
	{}
};

static struct kunit_suite capture_vblankless_suite = {
	.name = "rvkms_capture_vblankless",
	.init = display_test_init_vblankless,
	.test_cases = capture_vblankless_tests,
};

kunit_test_suites(&capture_suite, &capture_vblankless_suite);
