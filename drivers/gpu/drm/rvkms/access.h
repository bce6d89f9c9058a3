/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_ACCESS_H
#define RVKMS_ACCESS_H

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/dma-direction.h>
#include <linux/kref.h>
#include <linux/workqueue.h>

struct rvkms_mapping;

/* How long composing waits for exporters, each time it begins or ends. */
#define RVKMS_ACCESS_PATIENCE_MS 100

/**
 * struct rvkms_access - the CPU's access to buffers of other devices, from its begin to its end
 * @ref: who asks for it has a reference, and so has the work item
 * @work: asks the exporters
 * @wq: where
 * @finished: what was asked of them is done
 * @is_settled: set by the first of: it is done, nobody waits for it any more
 * @mapping: the framebuffer on the buffers; a reference is held
 * @direction: who wrote: DMA_FROM_DEVICE if the CPU reads, DMA_TO_DEVICE if it writes
 * @err: how beginning it went
 */
struct rvkms_access {
	struct kref ref;
	struct work_struct work;
	struct workqueue_struct *wq;
	struct completion finished;
	atomic_t is_settled;
	struct rvkms_mapping *mapping;
	enum dma_data_direction direction;
	int err;
};

struct rvkms_access *rvkms_access_begin_read(struct workqueue_struct *wq,
					     struct rvkms_mapping *mapping, long *patience);
void rvkms_access_end_read(struct rvkms_access *access, long *patience);
int rvkms_access_begin_write(struct workqueue_struct *wq, struct rvkms_mapping *mapping);
int rvkms_access_end_write(struct rvkms_mapping *mapping);

#endif /* RVKMS_ACCESS_H */
