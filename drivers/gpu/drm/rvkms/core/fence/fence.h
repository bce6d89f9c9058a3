/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_FENCE_FENCE_H
#define RVKMS_CORE_FENCE_FENCE_H

#include <linux/bits.h>
#include <linux/types.h>

/* The flag of a client that writes to the buffer; all other clients read. */
#define RVKMS_FENCE_WRITE BIT(0)

/* The time that a client has to signal its fence, in ms. */
#define RVKMS_FENCE_MIN_TIMEOUT_MS 1
#define RVKMS_FENCE_MAX_TIMEOUT_MS 60000
#define RVKMS_FENCE_DEFAULT_TIMEOUT_MS 10000

/**
 * enum rvkms_fence_usage - the use of a buffer that a fence ends, in the order of DMA-BUF's usages
 * @RVKMS_FENCE_USAGE_KERNEL: the kernel moves or clears the memory
 * @RVKMS_FENCE_USAGE_WRITE: a device writes
 * @RVKMS_FENCE_USAGE_READ: a device reads
 * @RVKMS_FENCE_USAGE_BOOKKEEP: a use that needs no implicit synchronisation
 */
enum rvkms_fence_usage {
	RVKMS_FENCE_USAGE_KERNEL,
	RVKMS_FENCE_USAGE_WRITE,
	RVKMS_FENCE_USAGE_READ,
	RVKMS_FENCE_USAGE_BOOKKEEP,
};

/**
 * enum rvkms_fence_state - the life of a client's fence
 * @RVKMS_FENCE_NONE: the client has no fence with this number
 * @RVKMS_FENCE_PENDING: not signalled
 * @RVKMS_FENCE_SIGNALLED: signalled by the client
 * @RVKMS_FENCE_EXPIRED: signalled by its timer
 * @RVKMS_FENCE_CLOSED: signalled by the end of the client
 * @RVKMS_FENCE_UNPLUGGED: signalled by the end of the device
 */
enum rvkms_fence_state {
	RVKMS_FENCE_NONE,
	RVKMS_FENCE_PENDING,
	RVKMS_FENCE_SIGNALLED,
	RVKMS_FENCE_EXPIRED,
	RVKMS_FENCE_CLOSED,
	RVKMS_FENCE_UNPLUGGED,
};

/**
 * enum rvkms_fence_event - an event that ends a fence
 * @RVKMS_FENCE_SIGNAL: the client signals it
 * @RVKMS_FENCE_TIMEOUT: the client's time is over
 * @RVKMS_FENCE_CLOSE: the client closes the device
 * @RVKMS_FENCE_UNPLUG: the device is unplugged
 */
enum rvkms_fence_event {
	RVKMS_FENCE_SIGNAL,
	RVKMS_FENCE_TIMEOUT,
	RVKMS_FENCE_CLOSE,
	RVKMS_FENCE_UNPLUG,
};

/**
 * struct rvkms_fence_step - the state after an event, and the actions of the event
 * @state: the state
 * @signals: signal the fence
 * @error: the error of the fence, or 0; if @signals
 * @answer: the result of the client's call, or 0; for RVKMS_FENCE_SIGNAL
 */
struct rvkms_fence_step {
	enum rvkms_fence_state state;
	bool signals;
	int error;
	int answer;
};

int rvkms_fence_check_attach(u32 flags, u32 pad);
int rvkms_fence_check_signal(u32 flags);
int rvkms_fence_may_attach(u32 flags, u32 pending);
enum rvkms_fence_usage rvkms_fence_usage(u32 flags);
u64 rvkms_fence_deadline(u64 now, u32 timeout_ms);
struct rvkms_fence_step rvkms_fence_step(enum rvkms_fence_state state,
					 enum rvkms_fence_event event);

#endif /* RVKMS_CORE_FENCE_FENCE_H */
