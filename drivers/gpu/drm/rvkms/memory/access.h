/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
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

/* Timeout of a composition for exporters, each time its accesses begin or end, in ms. */
#define RVKMS_ACCESS_PATIENCE_MS 100

/* The state of a request to begin an access. */
enum rvkms_access_state {
	RVKMS_ACCESS_IDLE,
	RVKMS_ACCESS_ASKED,
	RVKMS_ACCESS_ANSWERED,
	RVKMS_ACCESS_ABANDONED,
};

/**
 * struct rvkms_access - the CPU's accesses to an imported buffer
 * @work: calls the exporter
 * @turn: held by one caller at a time while the exporter begins an access
 * @state: an enum rvkms_access_state
 * @answered: completed when the exporter has answered
 * @direction: the direction of the access to begin
 * @err: the exporter's answer
 * @lock: protects all fields below
 * @num_ends_asked: number of requested ends, of accesses that have read and that have written
 * @num_ends_done: number of completed ends; ends complete in the order of their requests
 * @ended: woken when ends are done
 */
struct rvkms_access {
	struct work_struct work;
	struct semaphore turn;
	atomic_t state;
	struct completion answered;
	enum dma_data_direction direction;
	int err;
	spinlock_t lock;	/* all fields below */
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
