// SPDX-License-Identifier: GPL-2.0
/*
 * Buffers of another device. Its memory and the CPU's caches are two copies, which only begin and
 * end of the CPU's access make the same: whoever leaves them out sees what was there before.
 */

#include <drm/drm_crtc.h>
#include <drm/drm_drv.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_gem.h>
#include <drm/drm_mode_config.h>
#include <drm/drm_plane.h>
#include <kunit/test.h>
#include <linux/dma-buf.h>
#include <linux/dma-fence.h>
#include <linux/dma-resv.h>
#include <linux/fcntl.h>
#include <linux/iosys-map.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

#include "../device.h"
#include "display.h"

#define WIDTH 640
#define HEIGHT 480
#define BYTES (WIDTH * HEIGHT * 4)

/**
 * struct exporter - a buffer of a device whose memory is not coherent
 * @device: what the device has
 * @cpu: what the CPU has
 * @depth: of accesses that are begun and not ended
 * @begun: how many were begun
 * @error: what beginning one gets
 * @is_remote: the CPU gets at it by I/O only
 * @waits_at_end: for who writes, as i915 does
 * @maps: how many have it mapped
 */
struct exporter {
	u32 *device;
	u32 *cpu;
	int depth;
	unsigned int begun;
	int error;
	bool is_remote;
	bool waits_at_end;
	int maps;
};

static int begin_access(struct dma_buf *buffer, enum dma_data_direction direction)
{
	struct exporter *exporter = buffer->priv;

	if (exporter->error)
		return exporter->error;

	exporter->depth++;
	exporter->begun++;
	if (direction != DMA_TO_DEVICE)
		memcpy(exporter->cpu, exporter->device, BYTES);

	return 0;
}

static int end_access(struct dma_buf *buffer, enum dma_data_direction direction)
{
	struct exporter *exporter = buffer->priv;

	if (exporter->waits_at_end)
		dma_resv_wait_timeout(buffer->resv, DMA_RESV_USAGE_WRITE, false,
				      MAX_SCHEDULE_TIMEOUT);
	exporter->depth--;
	if (direction != DMA_FROM_DEVICE)
		memcpy(exporter->device, exporter->cpu, BYTES);

	return 0;
}

static int map_for_cpu(struct dma_buf *buffer, struct iosys_map *map)
{
	struct exporter *exporter = buffer->priv;

	exporter->maps++;
	if (exporter->is_remote)
		iosys_map_set_vaddr_iomem(map, (void __force __iomem *)exporter->cpu);
	else
		iosys_map_set_vaddr(map, exporter->cpu);

	return 0;
}

static void unmap_for_cpu(struct dma_buf *buffer, struct iosys_map *map)
{
	struct exporter *exporter = buffer->priv;

	exporter->maps--;
}

/* DRM has no use for these here, and wants them to be there. */
static struct sg_table *map_for_device(struct dma_buf_attachment *attachment,
				       enum dma_data_direction direction)
{
	return ERR_PTR(-EOPNOTSUPP);
}

static void unmap_for_device(struct dma_buf_attachment *attachment, struct sg_table *table,
			     enum dma_data_direction direction)
{
}

static void release(struct dma_buf *buffer)
{
}

static const struct dma_buf_ops exporter_ops = {
	.map_dma_buf = map_for_device,
	.unmap_dma_buf = unmap_for_device,
	.release = release,
	.begin_cpu_access = begin_access,
	.end_cpu_access = end_access,
	.vmap = map_for_cpu,
	.vunmap = unmap_for_cpu,
};

static void put_framebuffer(void *fb)
{
	drm_framebuffer_put(fb);
}

static void free_memory(void *memory)
{
	vfree(memory);
}

static u32 *new_memory(struct kunit *test)
{
	u32 *memory = vzalloc(BYTES);

	KUNIT_ASSERT_NOT_NULL(test, memory);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, free_memory, memory));

	return memory;
}

static u32 import(struct display *display, struct dma_buf *buffer)
{
	struct drm_gem_object *object = display->drm->driver->gem_prime_import(display->drm,
									       buffer);
	u32 handle;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(display->test, object);
	KUNIT_ASSERT_EQ(display->test, 0,
			drm_gem_handle_create(display->client.file, object, &handle));
	drm_gem_object_put(object);

	return handle;
}

/* A framebuffer on the exporter's buffer, which is one of XRGB8888. */
static struct drm_framebuffer *show_exported(struct display *display, struct exporter *exporter)
{
	const struct dma_buf_export_info info = {
		.exp_name = "kunit", .owner = THIS_MODULE, .ops = &exporter_ops, .size = BYTES,
		.flags = O_RDWR, .priv = exporter,
	};
	struct drm_mode_fb_cmd2 cmd = {
		.width = WIDTH, .height = HEIGHT, .pixel_format = DRM_FORMAT_XRGB8888,
		.pitches = { WIDTH * 4 },
	};
	struct kunit *test = display->test;
	struct drm_framebuffer *fb;
	struct dma_buf *buffer;

	exporter->device = new_memory(test);
	exporter->cpu = new_memory(test);
	buffer = dma_buf_export(&info);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, buffer);
	cmd.handles[0] = import(display, buffer);
	dma_buf_put(buffer);

	fb = display->drm->mode_config.funcs->fb_create(display->drm, display->client.file,
							drm_format_info(cmd.pixel_format), &cmd);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, fb);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, put_framebuffer, fb));

	return fb;
}

static void paint(struct exporter *exporter, u32 colour)
{
	for (u32 i = 0; i < WIDTH * HEIGHT; i++)
		exporter->device[i] = (__force u32)cpu_to_le32(colour);
}

/*
 * The in-tree driver read and wrote imported buffers without a word to their exporter: what was
 * composed was what the caches held.
 */
static void rvkms_test_import_shows_what_the_device_has(struct kunit *test)
{
	struct exporter *exporter = kunit_kzalloc(test, sizeof(*exporter), GFP_KERNEL);
	struct display *display = test->priv;
	struct drm_client_buffer *result = display_buffer(display, WIDTH, HEIGHT,
							  DRM_FORMAT_XRGB8888);
	const struct display_request capture = { .writeback = result->fb };
	struct drm_framebuffer *fb;

	KUNIT_ASSERT_NOT_NULL(test, exporter);
	fb = show_exported(display, exporter);
	paint(exporter, 0x00112233);
	display_turn_on(display, fb);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, display_pixel(result, 639, 479), 0xff112233);
	KUNIT_EXPECT_EQ(test, exporter->begun, 1);
	KUNIT_EXPECT_EQ(test, exporter->depth, 0);

	/* Written to without a commit, and read anew for each picture. */
	paint(exporter, 0x00445566);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, display_pixel(result, 639, 479), 0xff445566);
	KUNIT_EXPECT_EQ(test, exporter->depth, 0);

	/* The exporter gets its addresses back: only memory of our own stays mapped. */
	KUNIT_EXPECT_EQ(test, exporter->maps, 1);
	display_turn_off(display);
	display_settle(display);
	KUNIT_EXPECT_EQ(test, exporter->maps, 0);
}

static void rvkms_test_import_captures_to_the_device(struct kunit *test)
{
	struct exporter *exporter = kunit_kzalloc(test, sizeof(*exporter), GFP_KERNEL);
	struct display *display = display_turned_on(test, 0x00778899);
	struct display_request capture = {};

	KUNIT_ASSERT_NOT_NULL(test, exporter);
	capture.writeback = show_exported(display, exporter);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, exporter->device[0], (__force u32)cpu_to_le32(0xff778899));
	KUNIT_EXPECT_EQ(test, exporter->device[WIDTH * HEIGHT - 1],
			(__force u32)cpu_to_le32(0xff778899));
	KUNIT_EXPECT_EQ(test, exporter->begun, 1);
	KUNIT_EXPECT_EQ(test, exporter->depth, 0);
	display_turn_off(display);
}

/*
 * When the in-tree driver could not compose a frame it said so in the log, and let whoever waited
 * for the writeback job wait for ever.
 */
static void rvkms_test_import_failure_completes_jobs(struct kunit *test)
{
	struct exporter *exporter = kunit_kzalloc(test, sizeof(*exporter), GFP_KERNEL);
	struct display *display = test->priv;
	struct drm_client_buffer *result = display_buffer(display, WIDTH, HEIGHT,
							  DRM_FORMAT_XRGB8888);
	struct rvkms_scanout *scanout = &to_rvkms_crtc(display->crtc)->scanout;
	const struct display_request capture = {
		.writeback = result->fb, .change = display_want_fence,
	};
	struct drm_framebuffer *fb;

	KUNIT_ASSERT_NOT_NULL(test, exporter);
	fb = show_exported(display, exporter);
	display_turn_on(display, fb);
	exporter->error = -EIO;
	display_fill(result, 0x12345678);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(display->fence), -EIO);
	KUNIT_EXPECT_EQ(test, rvkms_scanout_stats(scanout).failed, 1);
	KUNIT_EXPECT_EQ(test, rvkms_scanout_stats(scanout).composed, 0);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 0, 0), 0x12345678);

	/* The next is none the worse. */
	exporter->error = 0;
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(display->fence), 1);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 0, 0), 0xff000000);
	KUNIT_EXPECT_EQ(test, exporter->depth, 0);
	display_turn_off(display);
}

/* A commit that cannot write to its buffer is refused: nothing is begun, nothing is read. */
static void rvkms_test_import_failure_of_target(struct kunit *test)
{
	struct exporter *source = kunit_kzalloc(test, sizeof(*source), GFP_KERNEL);
	struct exporter *target = kunit_kzalloc(test, sizeof(*target), GFP_KERNEL);
	struct display *display = test->priv;
	struct display_request capture = {};

	KUNIT_ASSERT_NOT_NULL(test, source);
	KUNIT_ASSERT_NOT_NULL(test, target);
	display_turn_on(display, show_exported(display, source));
	capture.writeback = show_exported(display, target);
	target->error = -ENXIO;
	KUNIT_EXPECT_EQ(test, display_commit(display, &capture), -ENXIO);
	KUNIT_EXPECT_EQ(test, source->begun, 0);
	KUNIT_EXPECT_EQ(test, target->maps, 0);
	display_turn_off(display);
}

/* A plane of the commit is refused when access to the buffer to write to has begun: it is ended. */
static void rvkms_test_import_failure_beside_target(struct kunit *test)
{
	struct exporter *source = kunit_kzalloc(test, sizeof(*source), GFP_KERNEL);
	struct exporter *target = kunit_kzalloc(test, sizeof(*target), GFP_KERNEL);
	struct display *display = display_turned_on(test, 0);
	struct display_request capture = { .planes = { { .plane = display->overlay } } };

	KUNIT_ASSERT_NOT_NULL(test, source);
	KUNIT_ASSERT_NOT_NULL(test, target);
	capture.planes[0].fb = show_exported(display, source);
	capture.writeback = show_exported(display, target);
	source->is_remote = true;
	KUNIT_EXPECT_EQ(test, display_commit(display, &capture), -EOPNOTSUPP);
	KUNIT_EXPECT_EQ(test, target->begun, 1);
	KUNIT_EXPECT_EQ(test, target->depth, 0);
	KUNIT_EXPECT_EQ(test, target->maps, 0);
	display_turn_off(display);
}

static const char *fence_name(struct dma_fence *fence)
{
	return "kunit";
}

static const struct dma_fence_ops fence_ops = {
	.get_driver_name = fence_name,
	.get_timeline_name = fence_name,
};

static void put_fence(void *fence)
{
	dma_fence_signal(fence);
	dma_fence_put(fence);
}

static struct dma_fence *new_fence(struct kunit *test)
{
	struct dma_fence *fence = kzalloc_obj(*fence);

	KUNIT_ASSERT_NOT_NULL(test, fence);
	dma_fence_init(fence, &fence_ops, NULL, dma_fence_context_alloc(1), 1);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, put_fence, fence));

	return fence;
}

/* What DMA_BUF_IOCTL_IMPORT_SYNC_FILE does. */
static void add_fence(struct kunit *test, struct drm_framebuffer *fb, struct dma_fence *fence,
		      enum dma_resv_usage usage)
{
	struct dma_resv *resv = fb->obj[0]->resv;

	KUNIT_ASSERT_EQ(test, 0, dma_resv_lock(resv, NULL));
	KUNIT_EXPECT_EQ(test, 0, dma_resv_reserve_fences(resv, 1));
	dma_resv_add_fence(resv, fence, usage);
	dma_resv_unlock(resv);
}

/*
 * A client has others wait until a capture is done: it gives its buffer the job's own fence. Who
 * begins the CPU's access only then waits for himself.
 */
static void rvkms_test_import_captures_before_own_fence(struct kunit *test)
{
	struct exporter *exporter = kunit_kzalloc(test, sizeof(*exporter), GFP_KERNEL);
	struct display *display = display_turned_on(test, 0x00778899);
	struct display_request capture = { .change = display_want_fence };

	KUNIT_ASSERT_NOT_NULL(test, exporter);
	capture.writeback = show_exported(display, exporter);
	KUNIT_ASSERT_EQ(test, 0, display_begin(display, &capture));
	add_fence(test, capture.writeback, display->fence, DMA_RESV_USAGE_WRITE);
	KUNIT_EXPECT_GT(test, dma_fence_wait_timeout(display->fence, false, 5 * HZ), 0);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(display->fence), 1);
	KUNIT_EXPECT_EQ(test, exporter->depth, 0);
	KUNIT_EXPECT_EQ(test, exporter->device[0], (__force u32)cpu_to_le32(0xff778899));
	display_turn_off(display);
}

/* The same, and the exporter waits for the fence before it takes its buffer back. */
static void rvkms_test_import_ends_before_own_fence(struct kunit *test)
{
	struct exporter *exporter = kunit_kzalloc(test, sizeof(*exporter), GFP_KERNEL);
	struct display *display = display_turned_on(test, 0x00778899);
	struct display_request capture = { .change = display_want_fence };

	KUNIT_ASSERT_NOT_NULL(test, exporter);
	exporter->waits_at_end = true;
	capture.writeback = show_exported(display, exporter);
	KUNIT_ASSERT_EQ(test, 0, display_begin(display, &capture));
	add_fence(test, capture.writeback, display->fence, DMA_RESV_USAGE_WRITE);
	KUNIT_EXPECT_GT(test, dma_fence_wait_timeout(display->fence, false, 5 * HZ), 0);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(display->fence), -ETIMEDOUT);
	display_turn_off(display);
	KUNIT_EXPECT_EQ(test, exporter->depth, 0);
	KUNIT_EXPECT_EQ(test, exporter->device[0], (__force u32)cpu_to_le32(0xff778899));
}

/**
 * struct reader - somebody who reads a buffer for a while
 * @work: is done with it
 * @fence: says so
 */
struct reader {
	struct delayed_work work;
	struct dma_fence *fence;
};

static void finish_reading(struct work_struct *work)
{
	dma_fence_signal(container_of(work, struct reader, work.work)->fence);
}

/* Whose buffer is captured to may still be reading what was there before. */
static void rvkms_test_import_captures_behind_readers(struct kunit *test)
{
	struct exporter *exporter = kunit_kzalloc(test, sizeof(*exporter), GFP_KERNEL);
	struct reader *reader = kunit_kzalloc(test, sizeof(*reader), GFP_KERNEL);
	struct display *display = display_turned_on(test, 0x00778899);
	struct display_request capture = {};

	KUNIT_ASSERT_NOT_NULL(test, exporter);
	KUNIT_ASSERT_NOT_NULL(test, reader);
	INIT_DELAYED_WORK(&reader->work, finish_reading);
	reader->fence = new_fence(test);
	capture.writeback = show_exported(display, exporter);
	add_fence(test, capture.writeback, reader->fence, DMA_RESV_USAGE_READ);
	schedule_delayed_work(&reader->work, msecs_to_jiffies(200));
	KUNIT_EXPECT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(reader->fence), 1);
	flush_delayed_work(&reader->work);
	KUNIT_EXPECT_EQ(test, exporter->begun, 1);
	KUNIT_EXPECT_EQ(test, exporter->device[0], (__force u32)cpu_to_le32(0xff778899));
	display_turn_off(display);
}

/* The same of a buffer that is shown: a frame that would wait for itself is not composed. */
static void rvkms_test_import_gives_up_on_writers(struct kunit *test)
{
	struct exporter *exporter = kunit_kzalloc(test, sizeof(*exporter), GFP_KERNEL);
	struct display *display = test->priv;
	struct drm_client_buffer *result = display_buffer(display, WIDTH, HEIGHT,
							  DRM_FORMAT_XRGB8888);
	const struct display_request capture = {
		.writeback = result->fb, .change = display_want_fence,
	};
	struct drm_framebuffer *fb;
	struct dma_fence *writer;

	KUNIT_ASSERT_NOT_NULL(test, exporter);
	fb = show_exported(display, exporter);
	paint(exporter, 0x00112233);
	display_turn_on(display, fb);
	writer = new_fence(test);
	KUNIT_ASSERT_EQ(test, 0, display_begin(display, &capture));
	add_fence(test, fb, writer, DMA_RESV_USAGE_WRITE);
	KUNIT_EXPECT_GT(test, dma_fence_wait_timeout(display->fence, false, 5 * HZ), 0);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(display->fence), -ETIMEDOUT);

	/* What has begun too late is ended by whoever began it. */
	dma_fence_signal(writer);
	display_settle(display);
	KUNIT_EXPECT_EQ(test, exporter->begun, 1);
	KUNIT_EXPECT_EQ(test, exporter->depth, 0);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(display->fence), 1);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 0, 0), 0xff112233);

	/* Who reads as well is waited for by nobody. */
	add_fence(test, fb, new_fence(test), DMA_RESV_USAGE_READ);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(display->fence), 1);
	display_turn_off(display);
}

/* Of two buffers the second cannot be read: access to the first is ended. */
static void rvkms_test_import_failure_of_second(struct kunit *test)
{
	struct exporter *first = kunit_kzalloc(test, sizeof(*first), GFP_KERNEL);
	struct exporter *second = kunit_kzalloc(test, sizeof(*second), GFP_KERNEL);
	struct display *display = test->priv;
	struct drm_client_buffer *result = display_buffer(display, WIDTH, HEIGHT,
							  DRM_FORMAT_XRGB8888);
	struct display_request capture = {
		.writeback = result->fb, .change = display_want_fence,
		.planes = { { .plane = display->overlay } },
	};

	KUNIT_ASSERT_NOT_NULL(test, first);
	KUNIT_ASSERT_NOT_NULL(test, second);
	display_turn_on(display, show_exported(display, first));
	capture.planes[0].fb = show_exported(display, second);
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
	.name = "rvkms_import",
	.init = display_test_init,
	.test_cases = import_tests,
};

kunit_test_suite(import_suite);

MODULE_IMPORT_NS("DMA_BUF");
