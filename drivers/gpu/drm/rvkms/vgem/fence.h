/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VGEM_FENCE_H
#define VGEM_FENCE_H

#include <linux/hrtimer_types.h>

#include "../core/fence/fence.h"

struct dma_fence;

/**
 * struct vgem_fence - the device's end of a fence
 * @base: the fence, which may outlive this struct, the device and the module
 * @timer: ends the fence at its deadline
 * @state: its state; written by the timer, or by a thread that has cancelled the timer
 */
struct vgem_fence {
	struct dma_fence *base;
	struct hrtimer timer;
	enum rvkms_fence_state state;
};

struct vgem_fence *vgem_fence_create(void);
void vgem_fence_start(struct vgem_fence *fence, u32 timeout_ms);
int vgem_fence_end(struct vgem_fence *fence, enum rvkms_fence_event event);
void vgem_fence_free(struct vgem_fence *fence);

#endif /* VGEM_FENCE_H */
