// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of vgem's fences: clients attach and signal them, forget them, close and unplug. Time is
 * virtual, so that ten seconds take no time.
 */

#include <drm/drm_drv.h>
#include <drm/drm_gem.h>
#include <drm/drm_ioctl.h>
#include <drm/vgem_drm.h>
#include <kunit/test.h>
#include <linux/dma-buf.h>
#include <linux/dma-fence.h>
#include <linux/file.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/rcupdate.h>
#include <linux/string.h>
#include <linux/sync_file.h>
#include <linux/workqueue.h>

#include "../../vgem/card.h"
#include "../../vgem/fences.h"
#include "client.h"

#define READER 0
#define WRITER VGEM_FENCE_WRITE

/* Waits for a fence, and returns the milliseconds. */
static s64 wait_ms(struct kunit *test, struct dma_fence *fence)
{
	const ktime_t start = ktime_get();

	KUNIT_EXPECT_GT(test, dma_fence_wait_timeout(fence, false, 100 * HZ), 0);

	return ktime_ms_delta(ktime_get(), start);
}

static void rvkms_test_vgem_signal(struct kunit *test)
{
	struct client *client = test->priv;
	u32 number;
	struct dma_fence *fence = client_fence(client, WRITER, &number);

	KUNIT_EXPECT_EQ(test, number, 1);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(fence), 0);
	KUNIT_EXPECT_EQ(test, client_signal(client, number), 0);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(fence), 1);
	KUNIT_EXPECT_EQ(test, client_signal(client, number), -ENOENT);
}

static void rvkms_test_vgem_names(struct kunit *test)
{
	struct client *client = test->priv;
	u32 number;
	struct dma_fence *fence = client_fence(client, WRITER, &number);

	rcu_read_lock();
	KUNIT_EXPECT_STREQ(test, (const char __force *)dma_fence_driver_name(fence), "vgem");
	KUNIT_EXPECT_STREQ(test, (const char __force *)dma_fence_timeline_name(fence), "unbound");
	rcu_read_unlock();
	KUNIT_EXPECT_STREQ(test, client->card->drm.driver->name, "vgem");
}

static void rvkms_test_vgem_wrong_arguments(struct kunit *test)
{
	struct client *client = test->priv;
	struct drm_vgem_fence_attach padded = { .handle = client->handle, .pad = 1 };
	struct drm_vgem_fence_attach unknown = { .handle = client->handle + 1 };
	struct drm_vgem_fence_signal flagged = { .flags = 1 };
	u32 number;

	KUNIT_EXPECT_EQ(test, client_attach(client, 2, &number), -EINVAL);
	KUNIT_EXPECT_EQ(test, drm_ioctl_kernel(client->file, vgem_fences_attach, &padded,
					       DRM_RENDER_ALLOW), -EINVAL);
	KUNIT_EXPECT_EQ(test, drm_ioctl_kernel(client->file, vgem_fences_attach, &unknown,
					       DRM_RENDER_ALLOW), -ENOENT);
	KUNIT_EXPECT_EQ(test, drm_ioctl_kernel(client->file, vgem_fences_signal, &flagged,
					       DRM_RENDER_ALLOW), -EINVAL);
	KUNIT_EXPECT_EQ(test, client_signal(client, 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, client_signal(client, 1), -ENOENT);
	KUNIT_EXPECT_EQ(test, client_signal(client, U32_MAX), -ENOENT);
}

/* A number is not used again while a client may still mean its old fence. */
static void rvkms_test_vgem_numbers_come_late(struct kunit *test)
{
	struct client *client = test->priv;
	u32 number;

	for (u32 i = 1; i <= 100; i++) {
		KUNIT_ASSERT_EQ(test, client_attach(client, WRITER, &number), 0);
		KUNIT_ASSERT_EQ(test, number, i);
		KUNIT_ASSERT_EQ(test, client_signal(client, number), 0);
	}
}

/* An attachment that fails keeps no number, and its fence is not in the buffer. */
static void rvkms_test_vgem_busy(struct kunit *test)
{
	struct client *client = test->priv;
	u32 writer, other;

	KUNIT_ASSERT_EQ(test, client_attach(client, WRITER, &writer), 0);
	KUNIT_EXPECT_EQ(test, client_attach(client, WRITER, &other), -EBUSY);
	KUNIT_EXPECT_EQ(test, client_signal(client, other), -ENOENT);
	KUNIT_EXPECT_EQ(test, client_attach(client, READER, &other), -EBUSY);
	KUNIT_EXPECT_EQ(test, client_signal(client, other), -ENOENT);
	KUNIT_EXPECT_EQ(test, client_signal(client, writer), 0);
	KUNIT_EXPECT_EQ(test, client_attach(client, READER, &other), 0);
	KUNIT_EXPECT_EQ(test, client_signal(client, other), 0);
}

/* Readers end in any order. A fence of a later reader does not stand for an earlier one. */
static void rvkms_test_vgem_readers(struct kunit *test)
{
	struct client *client = test->priv;
	struct client *other = client_beside(client);
	u32 first, second, third, writer;

	KUNIT_ASSERT_EQ(test, client_attach(client, READER, &first), 0);
	KUNIT_ASSERT_EQ(test, client_attach(client, READER, &second), 0);
	KUNIT_ASSERT_EQ(test, client_attach(other, READER, &third), 0);
	KUNIT_EXPECT_EQ(test, third, 1);
	KUNIT_EXPECT_EQ(test, client_signal(other, second), -ENOENT);

	KUNIT_EXPECT_EQ(test, client_signal(client, second), 0);
	KUNIT_EXPECT_EQ(test, client_attach(client, WRITER, &writer), -EBUSY);
	KUNIT_EXPECT_EQ(test, client_signal(other, third), 0);
	KUNIT_EXPECT_EQ(test, client_attach(client, WRITER, &writer), -EBUSY);
	KUNIT_EXPECT_EQ(test, client_signal(client, first), 0);
	KUNIT_EXPECT_EQ(test, client_attach(client, WRITER, &writer), 0);
}

static void rvkms_test_vgem_expires(struct kunit *test)
{
	struct client *client = test->priv;
	u32 number;
	struct dma_fence *fence = client_fence(client, WRITER, &number);

	KUNIT_EXPECT_EQ(test, wait_ms(test, fence), 10000);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(fence), -ETIMEDOUT);
	KUNIT_EXPECT_EQ(test, client_signal(client, number), -ETIMEDOUT);
	KUNIT_EXPECT_EQ(test, client_signal(client, number), -ENOENT);
	KUNIT_EXPECT_EQ(test, client_attach(client, WRITER, &number), 0);
}

static void restore_timeout(void *unused)
{
	vgem_timeout_ms = 10000;
}

/* The parameter holds for later fences. A value that is out of range counts as the limit. */
static void rvkms_test_vgem_timeout_parameter(struct kunit *test)
{
	struct client *client = test->priv;
	const ktime_t start = ktime_get();
	struct dma_fence *old, *new;
	u32 number;

	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, restore_timeout, NULL));
	old = client_fence(client, READER, &number);
	vgem_timeout_ms = 250;
	new = client_fence(client, READER, &number);
	KUNIT_EXPECT_EQ(test, wait_ms(test, new), 250);
	wait_ms(test, old);
	KUNIT_EXPECT_EQ(test, ktime_ms_delta(ktime_get(), start), 10000);

	vgem_timeout_ms = U32_MAX;
	KUNIT_EXPECT_EQ(test, wait_ms(test, client_fence(client, WRITER, &number)), 60000);
}

/* Other devices hold the fences of a client that is gone. Each ends, and says why. */
static void rvkms_test_vgem_close(struct kunit *test)
{
	struct client *client = test->priv;
	u32 number;
	struct dma_fence *signalled = client_fence(client, READER, &number), *pending;

	KUNIT_ASSERT_EQ(test, client_signal(client, number), 0);
	pending = client_fence(client, READER, &number);
	client_close(client);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(signalled), 1);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(pending), -ECANCELED);
}

/* Closing a file with a thousand fences in every state leaves none behind. */
static void rvkms_test_vgem_close_many(struct kunit *test)
{
	struct client *client = test->priv;
	struct client *other = client_beside(client);
	u32 number;

	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, restore_timeout, NULL));
	for (u32 i = 0; i < 1000; i++) {
		vgem_timeout_ms = i % 3 ? 10000 : 1;
		KUNIT_ASSERT_EQ(test, client_attach(client, READER, &number), 0);
		if (i % 3 == 1)
			KUNIT_ASSERT_EQ(test, client_signal(client, number), 0);
	}
	schedule_timeout_uninterruptible(msecs_to_jiffies(100));
	KUNIT_EXPECT_EQ(test, client_attach(other, WRITER, &number), -EBUSY);
	client_close(client);
	KUNIT_EXPECT_EQ(test, client_attach(other, WRITER, &number), 0);
}

/*
 * A sync file outlives the device and the module. A signalled fence has no callbacks: the kernel
 * answers for it.
 */
static void rvkms_test_vgem_sync_file_after_close(struct kunit *test)
{
	struct client *client = test->priv;
	u32 number;
	struct dma_fence *fence = client_fence(client, WRITER, &number);
	struct sync_file *exported = sync_file_create(fence);

	KUNIT_ASSERT_NOT_NULL(test, exported);
	client_close(client);
	client_unplug(client);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(exported->fence), -ECANCELED);
	rcu_read_lock();
	KUNIT_EXPECT_NULL(test, rcu_dereference(fence->ops));
	KUNIT_EXPECT_STREQ(test, (const char __force *)dma_fence_driver_name(fence),
			   "detached-driver");
	rcu_read_unlock();
	__fput_sync(exported->file);
}

/* The clients keep their files open. */
static void rvkms_test_vgem_unplug(struct kunit *test)
{
	struct client *client = test->priv;
	struct client *other = client_beside(client);
	u32 first, second;
	struct dma_fence *one = client_fence(client, READER, &first);
	struct dma_fence *two = client_fence(other, READER, &second);

	client_unplug(client);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(one), -ENODEV);
	KUNIT_EXPECT_EQ(test, dma_fence_get_status(two), -ENODEV);
	KUNIT_EXPECT_EQ(test, client_attach(client, READER, &first), -ENODEV);
	KUNIT_EXPECT_EQ(test, client_signal(client, first), -ENODEV);
}

/* A call that has passed DRM's check may run on: the device is unplugged in the meantime. */
static void rvkms_test_vgem_unplug_during_calls(struct kunit *test)
{
	struct client *client = test->priv;
	struct drm_vgem_fence_attach attach = { .handle = client->handle };
	struct drm_vgem_fence_signal signal = {};

	KUNIT_ASSERT_EQ(test, client_attach(client, READER, &signal.fence), 0);
	client_unplug(client);
	KUNIT_EXPECT_EQ(test, vgem_fences_attach(&client->card->drm, &attach,
						 client->file->private_data), -ENODEV);
	KUNIT_EXPECT_EQ(test, vgem_fences_signal(&client->card->drm, &signal,
						 client->file->private_data), -ENODEV);
	KUNIT_EXPECT_EQ(test, vgem_fences_signal(&client->card->drm, &signal,
						 client->file->private_data), -ENOENT);
}

/* A client that opens an unplugged device, or closes it, finds no fences. */
static void rvkms_test_vgem_open_unplugged(struct kunit *test)
{
	struct client *client = test->priv, *late;
	u32 number;

	client_unplug(client);
	late = client_beside(client);
	KUNIT_EXPECT_EQ(test, client_attach(late, READER, &number), -ENODEV);
	client_close(late);
}

/**
 * struct worker - a client that attaches and signals in a thread of its own
 * @work: the thread
 * @client: the client
 * @attached: number of fences
 * @busy: number of rejected fences
 * @errors: number of other results, before the device was unplugged
 */
struct worker {
	struct work_struct work;
	struct client *client;
	u32 attached;
	u32 busy;
	u32 errors;
};

static void count(struct worker *worker, int ret)
{
	worker->attached += !ret;
	worker->busy += ret == -EBUSY;
	worker->errors += ret && ret != -EBUSY && ret != -ENODEV;
}

/* Every third fence is forgotten. */
static void run_worker(struct work_struct *work)
{
	struct worker *worker = container_of(work, struct worker, work);

	for (u32 i = 0; i < 300; i++) {
		u32 number;
		int ret = client_attach(worker->client, i % 5 ? READER : WRITER, &number);

		count(worker, ret);
		schedule_timeout_uninterruptible(1);
		if (!ret && i % 3)
			client_signal(worker->client, number);
	}
}

#define WORKERS 4

static void start_workers(struct client *client, struct worker *workers)
{
	for (u32 i = 0; i < WORKERS; i++) {
		workers[i] = (struct worker){ .client = client_beside(client) };
		INIT_WORK(&workers[i].work, run_worker);
		queue_work(system_unbound_wq, &workers[i].work);
	}
}

/* Four clients of one buffer attach, signal and forget fences while the device is unplugged. */
static void rvkms_test_vgem_threads(struct kunit *test)
{
	struct client *client = test->priv;
	struct worker *workers = kunit_kcalloc(test, WORKERS, sizeof(*workers), GFP_KERNEL);
	u32 attached = 0, busy = 0;

	KUNIT_ASSERT_NOT_NULL(test, workers);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, restore_timeout, NULL));
	vgem_timeout_ms = 20;
	start_workers(client, workers);
	schedule_timeout_uninterruptible(200);
	client_unplug(client);
	for (u32 i = 0; i < WORKERS; i++) {
		flush_work(&workers[i].work);
		KUNIT_EXPECT_EQ(test, workers[i].errors, 0);
		attached += workers[i].attached;
		busy += workers[i].busy;
	}
	KUNIT_EXPECT_GT(test, attached, 100);
	KUNIT_EXPECT_GT(test, busy, 10);
	KUNIT_EXPECT_LT(test, attached + busy, WORKERS * 300);
}

static int fences_test_init(struct kunit *test)
{
	test->priv = client_create(test, PAGE_SIZE);

	return 0;
}

static struct kunit_case fences_tests[] = {
	KUNIT_CASE(rvkms_test_vgem_signal),
	KUNIT_CASE(rvkms_test_vgem_names),
	KUNIT_CASE(rvkms_test_vgem_wrong_arguments),
	KUNIT_CASE(rvkms_test_vgem_numbers_come_late),
	KUNIT_CASE(rvkms_test_vgem_busy),
	KUNIT_CASE(rvkms_test_vgem_readers),
	KUNIT_CASE(rvkms_test_vgem_expires),
	KUNIT_CASE(rvkms_test_vgem_timeout_parameter),
	KUNIT_CASE(rvkms_test_vgem_close),
	KUNIT_CASE(rvkms_test_vgem_close_many),
	KUNIT_CASE(rvkms_test_vgem_sync_file_after_close),
	KUNIT_CASE(rvkms_test_vgem_unplug),
	KUNIT_CASE(rvkms_test_vgem_unplug_during_calls),
	KUNIT_CASE(rvkms_test_vgem_open_unplugged),
	KUNIT_CASE(rvkms_test_vgem_threads),
	{}
};

static struct kunit_suite fences_suite = {
	.name = "rvkms_vgem_fences",
	.init = fences_test_init,
	.test_cases = fences_tests,
};

kunit_test_suite(fences_suite);
