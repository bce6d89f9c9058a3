/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_ACCESS_H
#define RVKMS_ACCESS_H

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/dma-direction.h>
#include <linux/semaphore.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct drm_framebuffer;

/* How long a composition waits for exporters, each time its accesses begin or end. */
#define RVKMS_ACCESS_PATIENCE_MS 100

/* Who has the answer of an exporter to the begin of an access. */
enum rvkms_access_state {
	RVKMS_ACCESS_IDLE,
	RVKMS_ACCESS_ASKED,
	RVKMS_ACCESS_ANSWERED,
	RVKMS_ACCESS_ABANDONED,
};

/**
 * struct rvkms_access - the CPU's accesses to a buffer of another device
 * @work: asks the exporter
 * @turn: held while the exporter is asked to begin an access, by one caller at a time
 * @state: an enum rvkms_access_state
 * @answered: the exporter has answered
 * @direction: of the access to begin
 * @err: the exporter's answer
 * @lock: guards all below
 * @num_ends_asked: how many ends were ever asked for: the CPU has read, the CPU has written
 * @num_ends_done: how many of those are done; they are done in the order of their callers
 * @ended: woken when ends are done
 */
struct rvkms_access {
	struct work_struct work;
	struct semaphore turn;
	atomic_t state;
	struct completion answered;
	enum dma_data_direction direction;
	int err;
	spinlock_t lock;	/* all below */
	u64 num_ends_asked[2];
	u64 num_ends_done[2];
	wait_queue_head_t ended;
};

int rvkms_access_init(void);
void rvkms_access_exit(void);
void rvkms_access_create(struct rvkms_access *access);
bool rvkms_access_is_needed(struct drm_framebuffer *fb);
unsigned long rvkms_access_deadline(void);
int rvkms_access_begin(struct drm_framebuffer *fb, enum dma_data_direction direction,
		       unsigned long deadline);
int rvkms_access_end(struct drm_framebuffer *fb, enum dma_data_direction direction,
		     unsigned long deadline);
void rvkms_access_flush(void);

#endif /* RVKMS_ACCESS_H */
