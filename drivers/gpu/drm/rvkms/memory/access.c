// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Gives the CPU access to imported buffers, with a timeout.
 *
 * DMA-BUF and the exporters wait for the fences of a buffer when an access begins, and some
 * exporters wait when it ends. A client may add a fence to a buffer at any time
 * (DMA_BUF_IOCTL_IMPORT_SYNC_FILE), even the fence of the frame that is being composed. So one work
 * item per buffer calls the exporter, and the caller waits for the work item with a deadline.
 * drm_gem_fb_begin_cpu_access() is not used, since it has no timeout.
 *
 * After the deadline the work item undoes its own begin. Until then the buffer cannot be read, and
 * callers get -ETIMEDOUT at once. A waiting work item holds references to the buffer, the device
 * and the module, and nothing else that other code needs.
 */

#include <linux/dma-buf.h>
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/minmax.h>
#include <linux/module.h>

#include <drm/drm_device.h>
#include <drm/drm_drv.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_gem.h>
#include <drm/drm_gem_framebuffer_helper.h>

#include "access.h"
#include "buffer.h"

/* Shared by all devices: a work item may drop the last reference to its device. */
static struct workqueue_struct *access_wq;

static struct dma_buf *exported(struct rvkms_access *access)
{
	return rvkms_buffer_of(access)->import_attach->dmabuf;
}

static bool move_state(struct rvkms_access *access, enum rvkms_access_state from,
		       enum rvkms_access_state to)
{
	return atomic_cmpxchg(&access->state, from, to) == from;
}

/* Called for the holder of @turn. If that caller has timed out, ends the access and releases it. */
static void begin_asked(struct rvkms_access *access)
{
	if (atomic_read(&access->state) != RVKMS_ACCESS_ASKED)
		return;

	access->err = dma_buf_begin_cpu_access(exported(access), access->direction);
	if (move_state(access, RVKMS_ACCESS_ASKED, RVKMS_ACCESS_ANSWERED)) {
		complete(&access->answered);
		return;
	}

	if (!access->err)
		dma_buf_end_cpu_access(exported(access), access->direction);
	atomic_set(&access->state, RVKMS_ACCESS_IDLE);
	up(&access->turn);
}

static bool is_owed(struct rvkms_access *access, bool has_written)
{
	bool is_owed;

	spin_lock(&access->lock);
	is_owed = access->num_ends_done[has_written] < access->num_ends_asked[has_written];
	spin_unlock(&access->lock);

	return is_owed;
}

static void end_owed(struct rvkms_access *access, bool has_written)
{
	while (is_owed(access, has_written)) {
		dma_buf_end_cpu_access(exported(access),
				       has_written ? DMA_BIDIRECTIONAL : DMA_FROM_DEVICE);
		spin_lock(&access->lock);
		access->num_ends_done[has_written]++;
		spin_unlock(&access->lock);
		wake_up_all(&access->ended);
	}
}

static void put_references(struct rvkms_access *access)
{
	struct drm_gem_object *object = rvkms_buffer_of(access);
	struct drm_device *drm = object->dev;

	drm_gem_object_put(object);
	drm_dev_put(drm);
	module_put(THIS_MODULE);
}

static void access_work(struct work_struct *work)
{
	struct rvkms_access *access = container_of(work, struct rvkms_access, work);

	begin_asked(access);
	end_owed(access, false);
	end_owed(access, true);
	put_references(access);
}

/* A work item that is already queued has its references: the new ones are dropped. */
static void queue(struct rvkms_access *access)
{
	struct drm_gem_object *object = rvkms_buffer_of(access);

	__module_get(THIS_MODULE);
	drm_dev_get(object->dev);
	drm_gem_object_get(object);
	if (!queue_work(access_wq, &access->work))
		put_references(access);
}

static long time_left(unsigned long deadline)
{
	return max((long)(deadline - jiffies), 1L);
}

static int begin(struct rvkms_access *access, enum dma_data_direction direction,
		 unsigned long deadline)
{
	long left;
	int err;

	if (atomic_read(&access->state) == RVKMS_ACCESS_ABANDONED ||
	    down_timeout(&access->turn, time_left(deadline)))
		return -ETIMEDOUT;

	access->direction = direction;
	reinit_completion(&access->answered);
	atomic_set(&access->state, RVKMS_ACCESS_ASKED);
	queue(access);

	left = wait_for_completion_timeout(&access->answered, time_left(deadline));
	if (!left && move_state(access, RVKMS_ACCESS_ASKED, RVKMS_ACCESS_ABANDONED))
		return -ETIMEDOUT;

	/*
	 * The work item won the race and is about to complete(). Wait for it, or that completion
	 * would answer the next request.
	 */
	if (!left)
		wait_for_completion(&access->answered);
	err = access->err;
	atomic_set(&access->state, RVKMS_ACCESS_IDLE);
	up(&access->turn);

	return err;
}

static u64 ends_done(struct rvkms_access *access, bool has_written)
{
	u64 done;

	spin_lock(&access->lock);
	done = access->num_ends_done[has_written];
	spin_unlock(&access->lock);

	return done;
}

static int end(struct rvkms_access *access, enum dma_data_direction direction,
	       unsigned long deadline)
{
	const bool has_written = direction != DMA_FROM_DEVICE;
	u64 asked;

	spin_lock(&access->lock);
	asked = ++access->num_ends_asked[has_written];
	spin_unlock(&access->lock);
	queue(access);

	return wait_event_timeout(access->ended, ends_done(access, has_written) >= asked,
				  time_left(deadline)) ? 0 : -ETIMEDOUT;
}

/* Returns the access of a framebuffer's plane, or NULL if its buffer is not imported. */
static struct rvkms_access *access_of(struct drm_framebuffer *fb, unsigned int plane)
{
	struct drm_gem_object *object = drm_gem_fb_get_obj(fb, plane);

	return object && drm_gem_is_imported(object) ? rvkms_buffer_access(object) : NULL;
}

static int end_planes(struct drm_framebuffer *fb, unsigned int count,
		      enum dma_data_direction direction, unsigned long deadline)
{
	int err = 0;

	while (count--) {
		struct rvkms_access *access = access_of(fb, count);

		if (access && end(access, direction, deadline))
			err = -ETIMEDOUT;
	}

	return err;
}

/**
 * rvkms_access_init - create the workqueue for accesses
 *
 * Returns:
 * 0 or -ENOMEM.
 */
int rvkms_access_init(void)
{
	access_wq = alloc_workqueue("rvkms_access", WQ_UNBOUND, 0);

	return access_wq ? 0 : -ENOMEM;
}

/**
 * rvkms_access_exit - undo rvkms_access_init()
 *
 * No work item waits for an exporter any more: each one holds a reference to the module.
 */
void rvkms_access_exit(void)
{
	destroy_workqueue(access_wq);
}

/**
 * rvkms_access_flush - wait until exporters have answered all requests
 *
 * Has no timeout, so it is for tests only: their exporters answer.
 */
void rvkms_access_flush(void)
{
	flush_workqueue(access_wq);
}

/**
 * rvkms_access_create - initialise the access of a buffer
 * @access: the access
 */
void rvkms_access_create(struct rvkms_access *access)
{
	INIT_WORK(&access->work, access_work);
	sema_init(&access->turn, 1);
	init_completion(&access->answered);
	spin_lock_init(&access->lock);
	init_waitqueue_head(&access->ended);
}

/**
 * rvkms_access_is_needed - check for imported buffers
 * @fb: the framebuffer
 *
 * Returns:
 * True if a plane of the framebuffer is in an imported buffer.
 */
bool rvkms_access_is_needed(struct drm_framebuffer *fb)
{
	for (unsigned int i = 0; i < fb->format->num_planes; i++) {
		if (access_of(fb, i))
			return true;
	}

	return false;
}

/**
 * rvkms_access_deadline - start the timeout for exporters
 *
 * Returns:
 * The deadline for the other functions, in jiffies.
 */
unsigned long rvkms_access_deadline(void)
{
	return jiffies + msecs_to_jiffies(RVKMS_ACCESS_PATIENCE_MS);
}

/**
 * rvkms_access_begin - make a framebuffer accessible to the CPU
 * @fb: the framebuffer; the caller holds a reference until rvkms_access_end() has returned
 * @direction: DMA_FROM_DEVICE to read, DMA_BIDIRECTIONAL to write
 * @deadline: from rvkms_access_deadline()
 *
 * Returns at once if no buffer is imported. May sleep until the deadline. Allocates no memory and
 * takes no lock that is held during a call to an exporter.
 *
 * Returns:
 * 0, to be followed by rvkms_access_end(); -ETIMEDOUT; or the error of a buffer's exporter.
 */
int rvkms_access_begin(struct drm_framebuffer *fb, enum dma_data_direction direction,
		       unsigned long deadline)
{
	for (unsigned int i = 0; i < fb->format->num_planes; i++) {
		struct rvkms_access *access = access_of(fb, i);
		const int err = access ? begin(access, direction, deadline) : 0;

		if (err) {
			end_planes(fb, i, direction, deadline);
			return err;
		}
	}

	return 0;
}

/**
 * rvkms_access_end - end the CPU's access to a framebuffer
 * @fb: the framebuffer
 * @direction: the direction that was passed to rvkms_access_begin()
 * @deadline: from rvkms_access_deadline()
 *
 * May sleep until the deadline. After a timeout the work items end the accesses later.
 *
 * Returns:
 * 0 or -ETIMEDOUT.
 */
int rvkms_access_end(struct drm_framebuffer *fb, enum dma_data_direction direction,
		     unsigned long deadline)
{
	return end_planes(fb, fb->format->num_planes, direction, deadline);
}
