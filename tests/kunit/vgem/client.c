// SPDX-License-Identifier: GPL-2.0
/* Clients of a vgem device for suites: files, buffers, and the ioctls for fences. */

#include <drm/drm_device.h>
#include <drm/drm_file.h>
#include <drm/drm_gem.h>
#include <drm/drm_gem_shmem_helper.h>
#include <drm/drm_ioctl.h>
#include <drm/drm_prime.h>
#include <drm/vgem_drm.h>
#include <kunit/device.h>
#include <kunit/test.h>
#include <linux/dma-buf.h>
#include <linux/dma-fence.h>
#include <linux/dma-resv.h>
#include <linux/fcntl.h>
#include <linux/file.h>

#include "../../vgem/card.h"
#include "client.h"

static void unplug(void *card)
{
	vgem_card_unplug(card);
}

static void put_object(void *object)
{
	drm_gem_object_put(object);
}

/* drm_release() counts down, and only a real open counts up. The last close is delayed. */
static void close_file(void *file)
{
	__fput_sync(file);
}

static void open_file(struct client *client)
{
	struct kunit *test = client->test;
	struct drm_device *drm = &client->card->drm;

	client->file = mock_drm_getfile(drm->render, O_RDWR);
	KUNIT_ASSERT_FALSE(test, IS_ERR(client->file));
	atomic_inc(&drm->open_count);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, close_file, client->file));
	KUNIT_ASSERT_EQ(test, 0, drm_gem_handle_create(client->file->private_data, client->object,
						       &client->handle));
}

static struct client *alloc_client(struct kunit *test, struct vgem_card *card)
{
	struct client *client = kunit_kzalloc(test, sizeof(*client), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, client);
	client->test = test;
	client->card = card;

	return client;
}

/* Creates a device, and a client of it with a buffer. */
struct client *client_create(struct kunit *test, size_t size)
{
	/* DRM's helper gives all devices one name, and rvkms may have one. */
	struct device *parent = kunit_device_register(test, "vgem-kunit");
	struct drm_gem_shmem_object *shmem;
	struct vgem_card *card;
	struct client *client;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, parent);
	card = vgem_card_create(parent);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, card);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, unplug, card));

	client = alloc_client(test, card);
	shmem = drm_gem_shmem_create(&card->drm, size);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, shmem);
	client->object = &shmem->base;
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, put_object, client->object));
	open_file(client);

	return client;
}

/* Another client of the same device, with the same buffer. */
struct client *client_beside(struct client *first)
{
	struct client *client = alloc_client(first->test, first->card);

	client->object = first->object;
	open_file(client);

	return client;
}

/* Closes the file before the end of the test. */
void client_close(struct client *client)
{
	kunit_release_action(client->test, close_file, client->file);
	client->file = NULL;
}

/* Unplugs the device, which the client keeps open. */
void client_unplug(struct client *client)
{
	kunit_release_action(client->test, unplug, client->card);
}

/* Calls the ioctl as the kernel does, with the checks of DRM. */
int client_attach(struct client *client, u32 flags, u32 *number)
{
	struct drm_vgem_fence_attach args = { .handle = client->handle, .flags = flags };
	int ret = drm_ioctl_kernel(client->file, vgem_fences_attach, &args, DRM_RENDER_ALLOW);

	*number = args.out_fence;

	return ret;
}

int client_signal(struct client *client, u32 number)
{
	struct drm_vgem_fence_signal args = { .fence = number };

	return drm_ioctl_kernel(client->file, vgem_fences_signal, &args, DRM_RENDER_ALLOW);
}

static void put_fence(void *fence)
{
	dma_fence_put(fence);
}

/* Returns the fence of a buffer that was created last, or NULL. */
static struct dma_fence *last_fence(struct dma_resv *resv)
{
	struct dma_fence *last = NULL, *fence;
	struct dma_resv_iter cursor;

	dma_resv_lock(resv, NULL);
	dma_resv_for_each_fence(&cursor, resv, DMA_RESV_USAGE_READ, fence) {
		if (!last || fence->context > last->context)
			last = fence;
	}
	last = dma_fence_get(last);
	dma_resv_unlock(resv);

	return last;
}

/* Attaches a fence that must fit. Returns it, as an importer gets it from the buffer. */
struct dma_fence *client_fence(struct client *client, u32 flags, u32 *number)
{
	struct kunit *test = client->test;
	struct dma_fence *fence;

	KUNIT_ASSERT_EQ(test, 0, client_attach(client, flags, number));
	fence = last_fence(client->object->resv);
	KUNIT_ASSERT_NOT_NULL(test, fence);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, put_fence, fence));

	return fence;
}

static void put_dma_buf(void *buffer)
{
	dma_buf_put(buffer);
}

/* Exports the buffer until the end of the test. */
struct dma_buf *client_export(struct client *client)
{
	struct dma_buf *buffer = drm_gem_prime_export(client->object, O_RDWR);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(client->test, buffer);
	KUNIT_ASSERT_EQ(client->test, 0,
			kunit_add_action_or_reset(client->test, put_dma_buf, buffer));

	return buffer;
}
