// SPDX-License-Identifier: GPL-2.0
/*
 * Exporters of DMA-BUFs, and DMA-BUF itself, wait for the fences of a buffer when the CPU's access
 * to it begins, some also when it ends. A client may give a buffer a fence at any time
 * (DMA_BUF_IOCTL_IMPORT_SYNC_FILE), and that may be one that only the frame signals which is being
 * composed. So who composes asks from a work item, and is patient for so long only; what comes too
 * late is made undone there. Nothing of it concerns a device's own buffers.
 */

#include <linux/dma-resv.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include <drm/drm_framebuffer.h>
#include <drm/drm_gem.h>
#include <drm/drm_gem_framebuffer_helper.h>

#include "access.h"
#include "mapping.h"

static bool is_imported(struct drm_framebuffer *fb, unsigned int plane)
{
	const struct drm_gem_object *object = drm_gem_fb_get_obj(fb, plane);

	return object && drm_gem_is_imported(object);
}

static bool has_imported(struct drm_framebuffer *fb)
{
	for (unsigned int i = 0; i < fb->format->num_planes; i++) {
		if (is_imported(fb, i))
			return true;
	}

	return false;
}

static void access_release(struct kref *ref)
{
	struct rvkms_access *access = container_of(ref, struct rvkms_access, ref);

	rvkms_mapping_put(access->mapping);
	kfree(access);
}

static void access_put(struct rvkms_access *access)
{
	kref_put(&access->ref, access_release);
}

static struct rvkms_access *access_create(struct workqueue_struct *wq,
					  struct rvkms_mapping *mapping,
					  enum dma_data_direction direction)
{
	struct rvkms_access *access = kzalloc_obj(*access);

	if (!access)
		return ERR_PTR(-ENOMEM);

	kref_init(&access->ref);
	access->wq = wq;
	access->mapping = rvkms_mapping_get(mapping);
	access->direction = direction;

	return access;
}

static bool settle(struct rvkms_access *access)
{
	return !atomic_xchg(&access->is_settled, 1);
}

/* Whether it is done in time. If not, the work item is on its own. */
static bool run(struct rvkms_access *access, work_func_t ask, long *patience)
{
	INIT_WORK(&access->work, ask);
	init_completion(&access->finished);
	atomic_set(&access->is_settled, 0);

	kref_get(&access->ref);
	queue_work(access->wq, &access->work);
	*patience = wait_for_completion_timeout(&access->finished, *patience);

	if (*patience)
		return true;
	if (settle(access))
		return false;

	/* It was done at the last moment, and is said any moment now: not to who asks next. */
	wait_for_completion(&access->finished);

	return true;
}

static void ask_begin(struct work_struct *work)
{
	struct rvkms_access *access = container_of(work, struct rvkms_access, work);
	struct drm_framebuffer *fb = access->mapping->fb;

	access->err = drm_gem_fb_begin_cpu_access(fb, access->direction);
	if (settle(access))
		complete(&access->finished);
	else if (!access->err)
		drm_gem_fb_end_cpu_access(fb, access->direction);
	access_put(access);
}

static void ask_end(struct work_struct *work)
{
	struct rvkms_access *access = container_of(work, struct rvkms_access, work);

	drm_gem_fb_end_cpu_access(access->mapping->fb, access->direction);
	if (settle(access))
		complete(&access->finished);
	access_put(access);
}

/**
 * rvkms_access_begin_read - make what other devices wrote to a framebuffer visible to the CPU
 * @wq: where to ask the exporters; it has to live as long as the access
 * @mapping: the framebuffer; a reference is taken
 * @patience: for how many jiffies to wait for those who still write; what is left is put here
 *
 * May sleep, for as long as that at most.
 *
 * Returns:
 * The access, to be ended by rvkms_access_end_read(), NULL if there is no other device; -ETIMEDOUT,
 * -ENOMEM, or the error of a buffer's exporter.
 */
struct rvkms_access *rvkms_access_begin_read(struct workqueue_struct *wq,
					     struct rvkms_mapping *mapping, long *patience)
{
	struct rvkms_access *access;
	int err = -ETIMEDOUT;

	if (!has_imported(mapping->fb))
		return NULL;

	access = access_create(wq, mapping, DMA_FROM_DEVICE);
	if (IS_ERR(access))
		return access;

	if (run(access, ask_begin, patience)) {
		err = access->err;
		if (!err)
			return access;
	}
	access_put(access);

	return ERR_PTR(err);
}

/* Interrupted here nothing has begun; interrupted by a signal later, an exporter's begin stays. */
static int wait_for_users(struct drm_framebuffer *fb)
{
	for (unsigned int i = 0; i < fb->format->num_planes; i++) {
		long ret;

		if (!is_imported(fb, i))
			continue;

		ret = dma_resv_wait_timeout(drm_gem_fb_get_obj(fb, i)->resv,
					    dma_resv_usage_rw(true), true, MAX_SCHEDULE_TIMEOUT);
		if (ret < 0)
			return ret;
	}

	return 0;
}

/**
 * rvkms_access_begin_write - have a framebuffer to oneself, to write to it by the CPU
 * @wq: where to ask the exporters for its end; it has to live as long as the access
 * @mapping: the framebuffer, which nobody else writes to
 *
 * Waits for all who read it or write to it, for as long as it takes. So it is to be called before
 * a commit has fences that a client could have others wait for. May sleep.
 *
 * Returns:
 * 0, to be followed by rvkms_access_end_write(); -ERESTARTSYS, -ENOMEM, or the error of a buffer's
 * exporter.
 */
int rvkms_access_begin_write(struct workqueue_struct *wq, struct rvkms_mapping *mapping)
{
	struct rvkms_access *access;
	int err;

	if (!has_imported(mapping->fb))
		return 0;

	access = access_create(wq, mapping, DMA_TO_DEVICE);
	if (IS_ERR(access))
		return PTR_ERR(access);

	err = wait_for_users(mapping->fb);
	if (!err)
		err = drm_gem_fb_begin_cpu_access(mapping->fb, access->direction);
	if (err)
		access_put(access);
	else
		mapping->access = access;

	return err;
}

static bool end(struct rvkms_access *access, long *patience)
{
	const bool is_done = run(access, ask_end, patience);

	access_put(access);

	return is_done;
}

/**
 * rvkms_access_end_read - end what rvkms_access_begin_read() began
 * @access: the access, or NULL; it is gone then
 * @patience: for how many jiffies to wait for the exporters; what is left is put here
 *
 * May sleep, for as long as that at most. Access may end later; nothing was written.
 */
void rvkms_access_end_read(struct rvkms_access *access, long *patience)
{
	if (access)
		end(access, patience);
}

/**
 * rvkms_access_end_write - end what rvkms_access_begin_write() began
 * @mapping: the framebuffer, or NULL
 *
 * Does nothing if that is done already. May sleep, for 100 ms at most.
 *
 * Returns:
 * 0; -ETIMEDOUT if that was not enough: other devices see only later what was written.
 */
int rvkms_access_end_write(struct rvkms_mapping *mapping)
{
	long patience = msecs_to_jiffies(RVKMS_ACCESS_PATIENCE_MS);
	struct rvkms_access *access;

	if (!mapping || !mapping->access)
		return 0;

	access = mapping->access;
	mapping->access = NULL;

	return end(access, &patience) ? 0 : -ETIMEDOUT;
}
