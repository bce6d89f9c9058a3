// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Prepares the framebuffers that writeback jobs fill.
 *
 * Other devices may still use such a framebuffer: an encoder may read the last frame from it. The
 * commit collects the fences of the buffers when it is prepared, and its tail waits for these. It
 * ignores fences that are added later, the job's own among them: their users come after the
 * writeback.
 */

#include <linux/atomic.h>
#include <linux/dma-fence.h>
#include <linux/dma-resv.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/minmax.h>
#include <linux/slab.h>
#include <linux/wait.h>

#include <drm/drm_drv.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_gem.h>
#include <drm/drm_gem_framebuffer_helper.h>

#include "../memory/access.h"
#include "../memory/mapping.h"
#include "capture.h"

/* Number of captures of all devices. DRM frees them on a workqueue that the module cannot flush. */
static atomic_t num_captures;
static DECLARE_WAIT_QUEUE_HEAD(released);

static int collect_users(struct rvkms_capture *capture, struct drm_framebuffer *fb)
{
	for (unsigned int i = 0; i < fb->format->num_planes; i++) {
		const int ret = dma_resv_get_singleton(drm_gem_fb_get_obj(fb, i)->resv,
						       dma_resv_usage_rw(true),
						       &capture->users[i]);

		if (ret)
			return ret;
	}

	return 0;
}

static bool is_used(const struct rvkms_capture *capture)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(capture->users); i++) {
		if (capture->users[i] && !dma_fence_is_signaled(capture->users[i]))
			return true;
	}

	return false;
}

static void begin(struct rvkms_capture *capture)
{
	capture->err = rvkms_access_begin(capture->mapping->fb, DMA_BIDIRECTIONAL,
					  rvkms_access_deadline());
	capture->has_access = !capture->err;
}

static int prepare(struct rvkms_capture *capture, struct drm_framebuffer *fb)
{
	const int ret = collect_users(capture, fb);

	if (ret)
		return ret;

	capture->mapping = rvkms_mapping_create(fb);
	if (IS_ERR(capture->mapping)) {
		const int err = PTR_ERR(capture->mapping);

		capture->mapping = NULL;
		return err;
	}

	/* If the target is idle, begin now: a client may add the fence of this very job later. */
	if (!is_used(capture))
		begin(capture);

	return capture->err;
}

/**
 * rvkms_capture_create - prepare a framebuffer for a writeback job
 * @fb: the framebuffer
 *
 * May sleep, but does not wait for the fences of the buffers. If no device uses the buffers, calls
 * their exporters at once, for 100 ms at most.
 *
 * Returns:
 * The capture, to be released by rvkms_capture_destroy(); -ENOMEM, -EOPNOTSUPP for memory that the
 * CPU cannot access directly, -ETIMEDOUT, or the error of a buffer's exporter.
 */
struct rvkms_capture *rvkms_capture_create(struct drm_framebuffer *fb)
{
	struct rvkms_capture *capture = kzalloc_obj(*capture);
	int ret;

	if (!capture)
		return ERR_PTR(-ENOMEM);

	atomic_inc(&num_captures);
	capture->drm = fb->dev;
	drm_dev_get(capture->drm);
	ret = prepare(capture, fb);
	if (ret) {
		rvkms_capture_destroy(capture);
		return ERR_PTR(ret);
	}

	return capture;
}

/**
 * rvkms_capture_destroy - release a capture
 * @capture: the capture, or NULL
 *
 * May sleep. Drops a reference to the device, which may be the last one.
 */
void rvkms_capture_destroy(struct rvkms_capture *capture)
{
	if (!capture)
		return;

	rvkms_capture_end(capture);
	for (unsigned int i = 0; i < ARRAY_SIZE(capture->users); i++)
		dma_fence_put(capture->users[i]);
	rvkms_mapping_put(capture->mapping);
	drm_dev_put(capture->drm);
	kfree(capture);
	if (atomic_dec_and_test(&num_captures))
		wake_up_all(&released);
}

/**
 * rvkms_capture_exit - wait until all captures are released
 *
 * Called when the module is unloaded. No device is left then to create another capture.
 */
void rvkms_capture_exit(void)
{
	wait_event(released, !atomic_read(&num_captures));
}

static bool wait_for_users(const struct rvkms_capture *capture)
{
	const unsigned long deadline = jiffies + msecs_to_jiffies(RVKMS_CAPTURE_PATIENCE_MS);

	for (unsigned int i = 0; i < ARRAY_SIZE(capture->users); i++) {
		const long left = max((long)(deadline - jiffies), 1L);

		if (capture->users[i] && !dma_fence_wait_timeout(capture->users[i], false, left))
			return false;
	}

	return true;
}

/**
 * rvkms_capture_wait - wait until other devices have finished with the framebuffer
 * @capture: the capture
 *
 * Called in the commit tail, before the commit is shown. May sleep: 5 s at most for fences, then
 * 100 ms at most for exporters. If the framebuffer is not free by then, the composition of the job
 * fails with -ETIMEDOUT.
 */
void rvkms_capture_wait(struct rvkms_capture *capture)
{
	if (capture->has_access)
		return;

	if (wait_for_users(capture))
		begin(capture);
	else
		capture->err = -ETIMEDOUT;
}

/**
 * rvkms_capture_end - end the CPU's access to the framebuffer
 * @capture: the capture, or NULL
 *
 * Does nothing if the access has ended already. May sleep, for 100 ms at most.
 *
 * Returns:
 * 0; -ETIMEDOUT if other devices see the written frame only later.
 */
int rvkms_capture_end(struct rvkms_capture *capture)
{
	if (!capture || !capture->has_access)
		return 0;

	capture->has_access = false;

	return rvkms_access_end(capture->mapping->fb, DMA_BIDIRECTIONAL, rvkms_access_deadline());
}
