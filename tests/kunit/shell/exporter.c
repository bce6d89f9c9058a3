// SPDX-License-Identifier: GPL-2.0
/*
 * A device that exports a buffer. The device's memory and the CPU's caches are two copies. Only the
 * start and the end of a CPU access copy between them: a driver that omits one sees old pixels.
 * Fences of the device are signalled by the test or by a timer.
 */

#include <drm/drm_device.h>
#include <drm/drm_drv.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_gem.h>
#include <drm/drm_mode_config.h>
#include <kunit/test.h>
#include <linux/dma-buf.h>
#include <linux/dma-fence.h>
#include <linux/dma-resv.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/hrtimer.h>
#include <linux/iosys-map.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "display.h"
#include "exporter.h"

static void enter(struct exporter *exporter, u64 ns)
{
	ktime_t end = ktime_add_ns(ktime_get(), ns);

	exporter->running++;
	exporter->most_running = max(exporter->most_running, exporter->running);
	if (!ns)
		return;

	set_current_state(TASK_UNINTERRUPTIBLE);
	schedule_hrtimeout(&end, HRTIMER_MODE_ABS);
}

static int begin_access(struct dma_buf *buffer, enum dma_data_direction direction)
{
	struct exporter *exporter = buffer->priv;
	int error;

	exporter->asked++;
	enter(exporter, exporter->begin_ns);
	exporter->running--;
	error = exporter->error;
	if (error)
		return error;

	exporter->depth++;
	exporter->begun++;
	if (direction != DMA_TO_DEVICE)
		memcpy(exporter->cpu, exporter->device, exporter->size);

	return 0;
}

static int end_access(struct dma_buf *buffer, enum dma_data_direction direction)
{
	struct exporter *exporter = buffer->priv;

	enter(exporter, exporter->end_ns);
	if (exporter->waits_at_end)
		dma_resv_wait_timeout(buffer->resv, DMA_RESV_USAGE_WRITE, false,
				      MAX_SCHEDULE_TIMEOUT);
	exporter->running--;
	exporter->depth--;
	exporter->ended++;
	if (direction != DMA_FROM_DEVICE)
		memcpy(exporter->device, exporter->cpu, exporter->size);

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

/* DRM requires these two callbacks, and does not call them here. */
static struct sg_table *map_for_device(struct dma_buf_attachment *attachment,
				       enum dma_data_direction direction)
{
	return ERR_PTR(-EOPNOTSUPP);
}

static void unmap_for_device(struct dma_buf_attachment *attachment, struct sg_table *table,
			     enum dma_data_direction direction)
{
}

static void exporter_free(struct exporter *exporter)
{
	vfree(exporter->device);
	vfree(exporter->cpu);
	kfree(exporter);
}

/* Importers may keep the buffer after the end of the test. */
static void release(struct dma_buf *buffer)
{
	exporter_free(buffer->priv);
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

static struct exporter *exporter_alloc(struct kunit *test, size_t size)
{
	struct exporter *exporter = kzalloc_obj(*exporter);

	if (!exporter)
		return NULL;

	exporter->test = test;
	exporter->size = size;
	exporter->device = vzalloc(size);
	exporter->cpu = vzalloc(size);
	if (exporter->device && exporter->cpu)
		return exporter;

	exporter_free(exporter);

	return NULL;
}

static void put_buffer(void *buffer)
{
	dma_buf_put(buffer);
}

struct exporter *exporter_create(struct kunit *test, size_t size)
{
	struct exporter *exporter = exporter_alloc(test, size);
	const struct dma_buf_export_info info = {
		.exp_name = "kunit", .owner = THIS_MODULE, .ops = &exporter_ops, .size = size,
		.flags = O_RDWR, .priv = exporter,
	};

	KUNIT_ASSERT_NOT_NULL(test, exporter);
	exporter->buffer = dma_buf_export(&info);
	if (IS_ERR(exporter->buffer)) {
		exporter_free(exporter);
		KUNIT_FAIL_AND_ABORT(test, "no buffer can be exported");
	}
	KUNIT_ASSERT_EQ(test, 0,
			kunit_add_action_or_reset(test, put_buffer, exporter->buffer));

	return exporter;
}

/* Creates an exporter for exporter_fb(), with a buffer in one colour of XRGB8888. */
struct exporter *exporter_screen(struct kunit *test, u32 colour)
{
	struct exporter *exporter = exporter_create(test, EXPORTER_WIDTH * EXPORTER_HEIGHT * 4);

	exporter_paint(exporter, colour);

	return exporter;
}

/* Writes to the device's memory, as the device does. */
void exporter_paint(struct exporter *exporter, u32 colour)
{
	memset32(exporter->device, (__force u32)cpu_to_le32(colour), exporter->size / 4);
}

/* Returns true if there are more references to the buffer than that of the test. */
bool exporter_is_imported(const struct exporter *exporter)
{
	return file_count(exporter->buffer->file) > 1;
}

/* Expects @accesses accesses, each ended once, and no running call of the exporter. */
void exporter_expect_balance(struct exporter *exporter, unsigned int accesses)
{
	KUNIT_EXPECT_EQ(exporter->test, exporter->begun, accesses);
	KUNIT_EXPECT_EQ(exporter->test, exporter->ended, accesses);
	KUNIT_EXPECT_EQ(exporter->test, exporter->depth, 0);
	KUNIT_EXPECT_EQ(exporter->test, exporter->running, 0);
	KUNIT_EXPECT_LE(exporter->test, exporter->most_running, 1);
}

static u32 import(struct display *display, struct exporter *exporter)
{
	struct drm_gem_object *object;
	u32 handle;

	object = display->drm->driver->gem_prime_import(display->drm, exporter->buffer);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(display->test, object);
	KUNIT_ASSERT_EQ(display->test, 0,
			drm_gem_handle_create(display->client.file, object, &handle));
	drm_gem_object_put(object);

	return handle;
}

static void import_planes(struct display *display, struct drm_mode_fb_cmd2 *cmd,
			  struct exporter *const *exporters, u32 count)
{
	for (u32 i = 0; i < count; i++)
		cmd->handles[i] = i && exporters[i] == exporters[i - 1] ?
				  cmd->handles[i - 1] : import(display, exporters[i]);
}

/* Closes the handles, so that only the framebuffer holds the buffers. */
static void close_handles(struct display *display, const struct drm_mode_fb_cmd2 *cmd, u32 count)
{
	for (u32 i = 0; i < count; i++) {
		if (!i || cmd->handles[i] != cmd->handles[i - 1])
			KUNIT_EXPECT_EQ(display->test, 0,
					drm_gem_handle_delete(display->client.file,
							      cmd->handles[i]));
	}
}

static void put_framebuffer(void *fb)
{
	drm_framebuffer_put(fb);
}

/* Creates a framebuffer with one exporter per plane. The same exporter stands for one buffer. */
struct drm_framebuffer *exporter_planar(struct display *display, struct drm_mode_fb_cmd2 *cmd,
					struct exporter *const *exporters)
{
	const struct drm_format_info *info = drm_format_info(cmd->pixel_format);
	struct kunit *test = display->test;
	struct drm_framebuffer *fb;

	import_planes(display, cmd, exporters, info->num_planes);
	fb = display->drm->mode_config.funcs->fb_create(display->drm, display->client.file, info,
							cmd);
	close_handles(display, cmd, info->num_planes);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, fb);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, put_framebuffer, fb));

	return fb;
}

/* Creates a framebuffer of XRGB8888 on the buffer of exporter_screen(). */
struct drm_framebuffer *exporter_fb(struct display *display, struct exporter *exporter)
{
	struct drm_mode_fb_cmd2 cmd = {
		.width = EXPORTER_WIDTH, .height = EXPORTER_HEIGHT,
		.pixel_format = DRM_FORMAT_XRGB8888, .pitches = { EXPORTER_WIDTH * 4 },
	};

	return exporter_planar(display, &cmd, &exporter);
}

/* Drops the test's reference before the end of the test. */
void exporter_put_fb(struct kunit *test, struct drm_framebuffer *fb)
{
	kunit_release_action(test, put_framebuffer, fb);
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

/* Creates a fence of the device. It is signalled at the end of the test at the latest. */
struct dma_fence *exporter_fence(struct kunit *test)
{
	struct dma_fence *fence = kzalloc_obj(*fence);

	KUNIT_ASSERT_NOT_NULL(test, fence);
	dma_fence_init(fence, &fence_ops, NULL, dma_fence_context_alloc(1), 1);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, put_fence, fence));

	return fence;
}

struct signaller {
	struct hrtimer timer;
	struct dma_fence *fence;
};

static enum hrtimer_restart signal_fence(struct hrtimer *timer)
{
	dma_fence_signal(container_of(timer, struct signaller, timer)->fence);

	return HRTIMER_NORESTART;
}

static void cancel_signaller(void *data)
{
	struct signaller *signaller = data;

	hrtimer_cancel(&signaller->timer);
}

/* Signals the fence at a time of CLOCK_MONOTONIC. */
void exporter_signal_at(struct kunit *test, struct dma_fence *fence, ktime_t time)
{
	struct signaller *signaller = kunit_kzalloc(test, sizeof(*signaller), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, signaller);
	signaller->fence = fence;
	hrtimer_setup(&signaller->timer, signal_fence, CLOCK_MONOTONIC, HRTIMER_MODE_ABS);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, cancel_signaller, signaller));
	hrtimer_start(&signaller->timer, time, HRTIMER_MODE_ABS);
}

void exporter_signal_after(struct kunit *test, struct dma_fence *fence, unsigned int ms)
{
	exporter_signal_at(test, fence, ktime_add_ms(ktime_get(), ms));
}

/* Adds a fence as DMA_BUF_IOCTL_IMPORT_SYNC_FILE does. */
void exporter_add_fence(struct kunit *test, struct drm_framebuffer *fb, unsigned int plane,
			struct dma_fence *fence, enum dma_resv_usage usage)
{
	struct dma_resv *resv = fb->obj[plane]->resv;

	KUNIT_ASSERT_EQ(test, 0, dma_resv_lock(resv, NULL));
	KUNIT_EXPECT_EQ(test, 0, dma_resv_reserve_fences(resv, 1));
	dma_resv_add_fence(resv, fence, usage);
	dma_resv_unlock(resv);
}

/* Adds a device that writes to the first buffer of a framebuffer until its fence is signalled. */
struct dma_fence *exporter_add_writer(struct kunit *test, struct drm_framebuffer *fb)
{
	struct dma_fence *fence = exporter_fence(test);

	exporter_add_fence(test, fb, 0, fence, DMA_RESV_USAGE_WRITE);

	return fence;
}

/* Adds a device that reads it. */
struct dma_fence *exporter_add_reader(struct kunit *test, struct drm_framebuffer *fb)
{
	struct dma_fence *fence = exporter_fence(test);

	exporter_add_fence(test, fb, 0, fence, DMA_RESV_USAGE_READ);

	return fence;
}
