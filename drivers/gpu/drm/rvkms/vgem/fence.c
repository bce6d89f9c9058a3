// SPDX-License-Identifier: GPL-2.0
/*
 * Implements a fence with a deadline.
 *
 * The fence and the timer that ends it are two allocations. Other devices, sync files and
 * reservation objects hold references to the fence only. It has neither a release nor a wait
 * callback, so DMA-BUF detaches it from this module when it is signalled. See docs/vgem.md.
 */

#include <linux/container_of.h>
#include <linux/dma-fence.h>
#include <linux/gfp_types.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/slab.h>

#include "fence.h"

static const char *driver_name(struct dma_fence *fence)
{
	return "vgem";
}

static const char *timeline_name(struct dma_fence *fence)
{
	return "unbound";
}

static const struct dma_fence_ops fence_ops = {
	.get_driver_name = driver_name,
	.get_timeline_name = timeline_name,
};

static int end(struct vgem_fence *fence, enum rvkms_fence_event event)
{
	const struct rvkms_fence_step step = rvkms_fence_step(fence->state, event);

	fence->state = step.state;
	if (step.signals && step.error)
		dma_fence_set_error(fence->base, step.error);
	if (step.signals)
		dma_fence_signal(fence->base);

	return step.answer;
}

static enum hrtimer_restart expire(struct hrtimer *timer)
{
	end(container_of(timer, struct vgem_fence, timer), RVKMS_FENCE_TIMEOUT);

	return HRTIMER_NORESTART;
}

/**
 * vgem_fence_create - allocate a pending fence
 *
 * Clients signal their fences in any order, so each fence has a context of its own. Of two fences
 * of one context, a reservation object keeps the later one only.
 *
 * Returns:
 * The fence, to be freed by vgem_fence_free(), or NULL without memory. The memory is charged to the
 * client.
 */
struct vgem_fence *vgem_fence_create(void)
{
	struct vgem_fence *fence = kzalloc_obj(*fence, GFP_KERNEL_ACCOUNT);

	if (!fence)
		return NULL;

	fence->base = kzalloc_obj(*fence->base, GFP_KERNEL_ACCOUNT);
	if (!fence->base) {
		kfree(fence);
		return NULL;
	}

	dma_fence_init(fence->base, &fence_ops, NULL, dma_fence_context_alloc(1), 1);
	hrtimer_setup(&fence->timer, expire, CLOCK_MONOTONIC, HRTIMER_MODE_ABS_SOFT);
	fence->state = RVKMS_FENCE_PENDING;

	return fence;
}

/**
 * vgem_fence_start - start the time of the client
 * @fence: the fence
 * @timeout_ms: the time
 *
 * Called before the fence is visible to other devices: they wait for it no longer than that.
 */
void vgem_fence_start(struct vgem_fence *fence, u32 timeout_ms)
{
	const u64 deadline = rvkms_fence_deadline(ktime_get_ns(), timeout_ms);

	hrtimer_start(&fence->timer, ns_to_ktime(deadline), HRTIMER_MODE_ABS_SOFT);
}

/**
 * vgem_fence_end - end a fence, unless it has ended
 * @fence: the fence; calls are serialised by the caller
 * @event: the event
 *
 * Waits for the timer's callback, which is short. After the call the fence is signalled.
 *
 * Returns:
 * The result of the client's call, see rvkms_fence_step().
 */
int vgem_fence_end(struct vgem_fence *fence, enum rvkms_fence_event event)
{
	hrtimer_cancel(&fence->timer);

	return end(fence, event);
}

/**
 * vgem_fence_free - drop a fence that has ended, or that was never started
 * @fence: the fence
 */
void vgem_fence_free(struct vgem_fence *fence)
{
	dma_fence_put(fence->base);
	kfree(fence);
}
