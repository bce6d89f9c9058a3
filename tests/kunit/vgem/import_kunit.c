// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of buffers that vgem and rvkms share, in both directions. The client of vgem stands for a
 * program that draws: a frame of rvkms waits until it has signalled its fence, or until its fence
 * has ended without it.
 */

#include <drm/drm_drv.h>
#include <drm/drm_file.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_gem.h>
#include <drm/vgem_drm.h>
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/dma-buf.h>
#include <linux/dma-fence.h>
#include <linux/iosys-map.h>
#include <linux/string.h>

#include "../../build.h"
#include "../../vgem/card.h"
#include "../shell/display.h"
#include "../shell/exporter.h"
#include "client.h"

#define BYTES (EXPORTER_WIDTH * EXPORTER_HEIGHT * 4)

/**
 * struct shared - a buffer of vgem that is a framebuffer of rvkms
 * @display: the display; its writeback target is @target
 * @client: the client of vgem
 * @target: receives the frames
 * @fence: the number of the client's fence
 * @start: the time at which a commit began to wait for it
 */
struct shared {
	struct display *display;
	struct client *client;
	struct drm_client_buffer *target;
	u32 fence;
	ktime_t start;
};

static void draw(struct client *client, u32 colour)
{
	struct iosys_map map;

	KUNIT_ASSERT_EQ(client->test, 0, drm_gem_vmap(client->object, &map));
	memset32(map.vaddr, (__force u32)cpu_to_le32(colour), BYTES / 4);
	drm_gem_vunmap(client->object, &map);
}

/* Imports the client's buffer into rvkms. */
static struct drm_framebuffer *framebuffer(struct shared *shared)
{
	struct exporter exporter = {
		.test = shared->display->test, .buffer = client_export(shared->client),
	};

	return exporter_fb(shared->display, &exporter);
}

static void begin_commit(struct shared *shared, struct drm_framebuffer *fb)
{
	const struct display_request flip = {
		.planes = { { .plane = shared->display->primary, .fb = fb } },
		.writeback = shared->target->fb,
		.change = display_want_fence,
	};

	shared->start = ktime_get();
	KUNIT_ASSERT_EQ(shared->display->test, 0, display_begin(shared->display, &flip));
}

/* Shows a black buffer. A commit then waits for the client, which has attached a fence. */
static struct shared begin(struct kunit *test)
{
	struct shared shared = {
		.display = display_turned_on(test, 0), .client = client_create(test, BYTES),
	};

	shared.target = display_buffer(shared.display, EXPORTER_WIDTH, EXPORTER_HEIGHT,
				       DRM_FORMAT_XRGB8888);
	KUNIT_ASSERT_EQ(test, 0, client_attach(shared.client, VGEM_FENCE_WRITE, &shared.fence));
	begin_commit(&shared, framebuffer(&shared));
	msleep(500);
	KUNIT_ASSERT_FALSE(test, dma_fence_is_signaled(shared.display->fence));
	draw(shared.client, 0x00336699);

	return shared;
}

/* Expects that the frame is shown within two vblanks of a time, and returns a pixel. */
static void expect_frame(const struct shared *shared, s64 ms)
{
	struct kunit *test = shared->display->test;
	s64 waited;

	KUNIT_EXPECT_EQ(test, display_job_status(shared->display), 1);
	waited = display_ms_since(shared->start);
	KUNIT_EXPECT_GE(test, waited, ms);
	KUNIT_EXPECT_LE(test, waited, ms + 40);
	KUNIT_EXPECT_EQ(test, display_pixel(shared->target, 100, 100), 0xff336699);
}

static void rvkms_test_vgem_frame_waits(struct kunit *test)
{
	struct shared shared = begin(test);

	KUNIT_EXPECT_EQ(test, client_signal(shared.client, shared.fence), 0);
	expect_frame(&shared, 500);
	display_turn_off(shared.display);
}

/* The client forgets its fence. The frame waits ten seconds. */
static void rvkms_test_vgem_frame_after_timeout(struct kunit *test)
{
	struct shared shared = begin(test);

	expect_frame(&shared, 10000);
	display_turn_off(shared.display);
}

/* The client dies. The frame does not wait any more. */
static void rvkms_test_vgem_frame_after_close(struct kunit *test)
{
	struct shared shared = begin(test);

	client_close(shared.client);
	expect_frame(&shared, 500);
	display_turn_off(shared.display);
}

/* vgem is unplugged. Its buffer stays in rvkms, and later frames show it too. */
static void rvkms_test_vgem_frame_after_unplug(struct kunit *test)
{
	struct shared shared = begin(test);

	client_unplug(shared.client);
	expect_frame(&shared, 500);

	display_fill(shared.target, 0);
	begin_commit(&shared, shared.display->primary->state->fb);
	expect_frame(&shared, 0);
	display_turn_off(shared.display);
}

/* rvkms is unplugged while its commit waits. The client takes its time, and no more. */
static void rvkms_test_vgem_importer_goes(struct kunit *test)
{
	struct shared shared = begin(test);

	rvkms_device_unplug(shared.display->rvkms);
	KUNIT_EXPECT_GE(test, display_ms_since(shared.start), 10000);
	KUNIT_EXPECT_LE(test, display_ms_since(shared.start), 10040);
	KUNIT_EXPECT_EQ(test, client_signal(shared.client, shared.fence), -ETIMEDOUT);
	KUNIT_EXPECT_EQ(test, client_attach(shared.client, VGEM_FENCE_WRITE, &shared.fence), 0);
}

static void put_dma_buf(void *buffer)
{
	dma_buf_put(buffer);
}

/* Imports a framebuffer's memory into vgem: the client's handle is that of the import. */
static void import_into(struct client *client, struct drm_framebuffer *fb)
{
	struct drm_device *vgem = &client->card->drm;
	struct kunit *test = client->test;
	struct drm_gem_object *object;
	struct dma_buf *buffer = drm_gem_prime_export(fb->obj[0], O_RDWR);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, buffer);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, put_dma_buf, buffer));
	object = vgem->driver->gem_prime_import(vgem, buffer);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, object);
	KUNIT_EXPECT_PTR_EQ(test, object->resv, fb->obj[0]->resv);
	KUNIT_ASSERT_EQ(test, 0, drm_gem_handle_create(client->file->private_data, object,
						       &client->handle));
	drm_gem_object_put(object);
}

/* A display's own buffer gets a fence from vgem, which has imported it. */
static void rvkms_test_vgem_fence_on_foreign_buffer(struct kunit *test)
{
	struct shared shared = {
		.display = display_turned_on(test, 0), .client = client_create(test, BYTES),
	};
	struct drm_client_buffer *own = display_buffer(shared.display, EXPORTER_WIDTH,
						       EXPORTER_HEIGHT, DRM_FORMAT_XRGB8888);

	shared.target = display_buffer(shared.display, EXPORTER_WIDTH, EXPORTER_HEIGHT,
				       DRM_FORMAT_XRGB8888);
	import_into(shared.client, own->fb);
	KUNIT_ASSERT_EQ(test, 0, client_attach(shared.client, VGEM_FENCE_WRITE, &shared.fence));
	begin_commit(&shared, own->fb);
	msleep(500);
	KUNIT_ASSERT_FALSE(test, dma_fence_is_signaled(shared.display->fence));
	display_fill(own, 0x00336699);
	KUNIT_EXPECT_EQ(test, client_signal(shared.client, shared.fence), 0);
	expect_frame(&shared, 500);
	display_turn_off(shared.display);
}

/* The device's own buffer comes back as the same object, without an attachment. */
static void rvkms_test_vgem_own_import(struct kunit *test)
{
	struct client *client = client_create(test, PAGE_SIZE);
	struct drm_device *vgem = &client->card->drm;
	struct drm_gem_object *object;

	object = vgem->driver->gem_prime_import(vgem, client_export(client));
	KUNIT_EXPECT_PTR_EQ(test, object, client->object);
	drm_gem_object_put(object);
}

static struct kunit_case import_tests[] = {
	KUNIT_CASE(rvkms_test_vgem_frame_waits),
	KUNIT_CASE(rvkms_test_vgem_frame_after_timeout),
	KUNIT_CASE(rvkms_test_vgem_frame_after_close),
	KUNIT_CASE(rvkms_test_vgem_frame_after_unplug),
	KUNIT_CASE(rvkms_test_vgem_importer_goes),
	KUNIT_CASE(rvkms_test_vgem_fence_on_foreign_buffer),
	KUNIT_CASE(rvkms_test_vgem_own_import),
	{}
};

static struct kunit_suite import_suite = {
	.name = "rvkms_vgem_import",
	.init = display_test_init,
	.test_cases = import_tests,
};

kunit_test_suite(import_suite);
