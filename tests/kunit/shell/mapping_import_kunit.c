// SPDX-License-Identifier: GPL-2.0
/* Tests of imported buffers, which are shown and written back to. */

#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_plane.h>
#include <kunit/test.h>
#include <linux/dma-fence.h>
#include <linux/dma-resv.h>
#include <linux/jiffies.h>

#include "../../objects/device.h"
#include "display.h"
#include "exporter.h"

#define WIDTH EXPORTER_WIDTH
#define HEIGHT EXPORTER_HEIGHT

static u32 first_pixel(const struct exporter *exporter)
{
	return le32_to_cpu((__force __le32)exporter->device[0]);
}

static u32 last_pixel(const struct exporter *exporter)
{
	return le32_to_cpu((__force __le32)exporter->device[WIDTH * HEIGHT - 1]);
}

/*
 * The in-tree driver read and wrote imported buffers without begin_cpu_access(), so it composed
 * stale pixels from the CPU's caches.
 */
static void rvkms_test_import_shows_what_the_device_has(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0x00112233);
	struct display *display = test->priv;
	struct drm_client_buffer *result = display_buffer(display, WIDTH, HEIGHT,
							  DRM_FORMAT_XRGB8888);
	const struct display_request capture = { .writeback = result->fb };

	display_turn_on(display, exporter_fb(display, exporter));
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, display_pixel(result, 639, 479), 0xff112233);
	KUNIT_EXPECT_EQ(test, exporter->begun, 1);
	KUNIT_EXPECT_EQ(test, exporter->depth, 0);

	/* The device writes without a commit: the next frame shows it. */
	exporter_paint(exporter, 0x00445566);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, display_pixel(result, 639, 479), 0xff445566);
	KUNIT_EXPECT_EQ(test, exporter->depth, 0);

	/* Only native buffers stay mapped when they are no longer shown. */
	KUNIT_EXPECT_EQ(test, exporter->maps, 1);
	display_turn_off(display);
	display_settle(display);
	KUNIT_EXPECT_EQ(test, exporter->maps, 0);
}

static void rvkms_test_import_captures_to_the_device(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct display *display = display_turned_on(test, 0x00778899);
	struct display_request capture = {};

	capture.writeback = exporter_fb(display, exporter);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, first_pixel(exporter), 0xff778899);
	KUNIT_EXPECT_EQ(test, last_pixel(exporter), 0xff778899);
	KUNIT_EXPECT_EQ(test, exporter->begun, 1);
	KUNIT_EXPECT_EQ(test, exporter->depth, 0);
	display_turn_off(display);
}

/*
 * When the in-tree driver could not compose a frame, it wrote to the log and did not complete the
 * writeback job. A client that waited for the job waited forever.
 */
static void rvkms_test_import_failure_completes_jobs(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct display *display = test->priv;
	struct drm_client_buffer *result = display_buffer(display, WIDTH, HEIGHT,
							  DRM_FORMAT_XRGB8888);
	struct rvkms_scanout *scanout = &to_rvkms_crtc(display->crtc)->scanout;
	const struct display_request capture = {
		.writeback = result->fb, .change = display_want_fence,
	};

	display_turn_on(display, exporter_fb(display, exporter));
	exporter->error = -EIO;
	display_fill(result, 0x12345678);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(display->fence), -EIO);
	KUNIT_EXPECT_EQ(test, rvkms_scanout_stats(scanout).failed, 1);
	KUNIT_EXPECT_EQ(test, rvkms_scanout_stats(scanout).composed, 0);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 0, 0), 0x12345678);

	/* The next job is not affected. */
	exporter->error = 0;
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(display->fence), 1);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 0, 0), 0xff000000);
	KUNIT_EXPECT_EQ(test, exporter->depth, 0);
	display_turn_off(display);
}

/* A commit is rejected if the CPU cannot write to its target. Nothing is read for it. */
static void rvkms_test_import_failure_of_target(struct kunit *test)
{
	struct exporter *source = exporter_screen(test, 0);
	struct exporter *target = exporter_screen(test, 0);
	struct display *display = test->priv;
	struct display_request capture = {};

	display_turn_on(display, exporter_fb(display, source));
	capture.writeback = exporter_fb(display, target);
	target->error = -ENXIO;
	KUNIT_EXPECT_EQ(test, display_commit(display, &capture), -ENXIO);
	KUNIT_EXPECT_EQ(test, source->begun, 0);
	KUNIT_EXPECT_EQ(test, target->maps, 0);
	display_turn_off(display);
}

/* A plane of the commit is rejected after the access to the target has started: the access ends. */
static void rvkms_test_import_failure_beside_target(struct kunit *test)
{
	struct exporter *source = exporter_screen(test, 0);
	struct exporter *target = exporter_screen(test, 0);
	struct display *display = display_turned_on(test, 0);
	struct display_request capture = { .planes = { { .plane = display->overlay } } };

	capture.planes[0].fb = exporter_fb(display, source);
	capture.writeback = exporter_fb(display, target);
	source->is_remote = true;
	KUNIT_EXPECT_EQ(test, display_commit(display, &capture), -EOPNOTSUPP);
	KUNIT_EXPECT_EQ(test, target->begun, 1);
	KUNIT_EXPECT_EQ(test, target->depth, 0);
	KUNIT_EXPECT_EQ(test, target->maps, 0);
	display_turn_off(display);
}

/*
 * A client makes other devices wait until a writeback is done: it adds the job's own fence to the
 * target. The driver starts its access before that. Otherwise the writeback would wait for itself.
 */
static void rvkms_test_import_captures_before_own_fence(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct display *display = display_turned_on(test, 0x00778899);
	struct display_request capture = { .change = display_want_fence };

	capture.writeback = exporter_fb(display, exporter);
	KUNIT_ASSERT_EQ(test, 0, display_begin(display, &capture));
	exporter_add_fence(test, capture.writeback, 0, display->fence, DMA_RESV_USAGE_WRITE);
	KUNIT_EXPECT_GT(test, dma_fence_wait_timeout(display->fence, false, 5 * HZ), 0);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(display->fence), 1);
	KUNIT_EXPECT_EQ(test, exporter->depth, 0);
	KUNIT_EXPECT_EQ(test, first_pixel(exporter), 0xff778899);
	display_turn_off(display);
}

/* The same, but the exporter waits for the fence when the access ends. The job fails, in time. */
static void rvkms_test_import_ends_before_own_fence(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct display *display = display_turned_on(test, 0x00778899);
	struct display_request capture = { .change = display_want_fence };

	exporter->waits_at_end = true;
	capture.writeback = exporter_fb(display, exporter);
	KUNIT_ASSERT_EQ(test, 0, display_begin(display, &capture));
	exporter_add_fence(test, capture.writeback, 0, display->fence, DMA_RESV_USAGE_WRITE);
	KUNIT_EXPECT_GT(test, dma_fence_wait_timeout(display->fence, false, 5 * HZ), 0);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(display->fence), -ETIMEDOUT);
	display_turn_off(display);
	display_settle(display);
	KUNIT_EXPECT_EQ(test, exporter->depth, 0);
	KUNIT_EXPECT_EQ(test, first_pixel(exporter), 0xff778899);
}

/* Another device may still read the last frame from the target: the writeback waits for it. */
static void rvkms_test_import_captures_behind_readers(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct display *display = display_turned_on(test, 0x00778899);
	struct display_request capture = {};
	struct dma_fence *reader;

	capture.writeback = exporter_fb(display, exporter);
	reader = exporter_add_reader(test, capture.writeback);
	exporter_signal_after(test, reader, 200);
	KUNIT_EXPECT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(reader), 1);
	KUNIT_EXPECT_EQ(test, exporter->begun, 1);
	KUNIT_EXPECT_EQ(test, first_pixel(exporter), 0xff778899);
	display_turn_off(display);
}

/* A frame is not composed if another device writes to its buffer for too long. */
static void rvkms_test_import_gives_up_on_writers(struct kunit *test)
{
	struct exporter *exporter = exporter_screen(test, 0);
	struct display *display = test->priv;
	struct drm_client_buffer *result = display_buffer(display, WIDTH, HEIGHT,
							  DRM_FORMAT_XRGB8888);
	const struct display_request capture = {
		.writeback = result->fb, .change = display_want_fence,
	};
	struct drm_framebuffer *fb = exporter_fb(display, exporter);
	struct dma_fence *writer;

	exporter_paint(exporter, 0x00112233);
	display_turn_on(display, fb);
	KUNIT_ASSERT_EQ(test, 0, display_begin(display, &capture));
	writer = exporter_add_writer(test, fb);
	KUNIT_EXPECT_GT(test, dma_fence_wait_timeout(display->fence, false, 5 * HZ), 0);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(display->fence), -ETIMEDOUT);

	/* An access that starts after the timeout is ended at once. */
	dma_fence_signal(writer);
	display_settle(display);
	KUNIT_EXPECT_EQ(test, exporter->begun, 1);
	KUNIT_EXPECT_EQ(test, exporter->depth, 0);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(display->fence), 1);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 0, 0), 0xff112233);

	/* Other readers do not matter. */
	exporter_add_reader(test, fb);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(display->fence), 1);
	display_turn_off(display);
}

/* The second of two buffers cannot be read: the access to the first one is ended. */
static void rvkms_test_import_failure_of_second(struct kunit *test)
{
	struct exporter *first = exporter_screen(test, 0);
	struct exporter *second = exporter_screen(test, 0);
	struct display *display = test->priv;
	struct drm_client_buffer *result = display_buffer(display, WIDTH, HEIGHT,
							  DRM_FORMAT_XRGB8888);
	struct display_request capture = {
		.writeback = result->fb, .change = display_want_fence,
		.planes = { { .plane = display->overlay } },
	};

	display_turn_on(display, exporter_fb(display, first));
	capture.planes[0].fb = exporter_fb(display, second);
	second->error = -EIO;
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(display->fence), -EIO);
	KUNIT_EXPECT_EQ(test, first->begun, 1);
	KUNIT_EXPECT_EQ(test, first->depth, 0);
	KUNIT_EXPECT_EQ(test, second->depth, 0);

	capture = (struct display_request){ .planes = { { .plane = display->overlay } } };
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	display_turn_off(display);
}

static struct kunit_case import_tests[] = {
	KUNIT_CASE(rvkms_test_import_shows_what_the_device_has),
	KUNIT_CASE(rvkms_test_import_captures_to_the_device),
	KUNIT_CASE(rvkms_test_import_failure_completes_jobs),
	KUNIT_CASE(rvkms_test_import_failure_of_target),
	KUNIT_CASE(rvkms_test_import_failure_beside_target),
	KUNIT_CASE(rvkms_test_import_failure_of_second),
	KUNIT_CASE(rvkms_test_import_captures_before_own_fence),
	KUNIT_CASE(rvkms_test_import_ends_before_own_fence),
	KUNIT_CASE(rvkms_test_import_captures_behind_readers),
	KUNIT_CASE(rvkms_test_import_gives_up_on_writers),
	{}
};

static struct kunit_suite import_suite = {
	.name = "rvkms_mapping_import",
	.init = display_test_init,
	.test_cases = import_tests,
};

kunit_test_suite(import_suite);
