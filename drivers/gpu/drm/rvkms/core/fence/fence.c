// SPDX-License-Identifier: GPL-2.0
/*
 * Decides about the fences that clients attach to buffers: which one a buffer takes, and how each
 * one ends. A client may forget its fence, or end. Other devices wait for it. So each fence ends by
 * the first of four events, and its error says which.
 */

#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/types.h>

#include "fence.h"

/**
 * rvkms_fence_check_attach - check the arguments of a client that attaches a fence
 * @flags: RVKMS_FENCE_WRITE, or 0
 * @pad: the padding
 *
 * Returns:
 * 0, or -EINVAL for unknown flags or padding that is not 0.
 */
int rvkms_fence_check_attach(u32 flags, u32 pad)
{
	return flags & ~RVKMS_FENCE_WRITE || pad ? -EINVAL : 0;
}

/**
 * rvkms_fence_check_signal - check the arguments of a client that signals a fence
 * @flags: no flag is defined
 *
 * Returns:
 * 0, or -EINVAL for any flag.
 */
int rvkms_fence_check_signal(u32 flags)
{
	return flags ? -EINVAL : 0;
}

/**
 * rvkms_fence_may_attach - decide whether a buffer takes a fence
 * @flags: RVKMS_FENCE_WRITE, or 0
 * @pending: bit mask of enum rvkms_fence_usage, of the buffer's fences that are not signalled
 *
 * A client must wait for the devices that its access would disturb before it attaches a fence.
 *
 * Returns:
 * 0, or -EBUSY if a device writes, or if a device reads and the client writes.
 */
int rvkms_fence_may_attach(u32 flags, u32 pending)
{
	u32 conflicts = BIT(RVKMS_FENCE_USAGE_KERNEL) | BIT(RVKMS_FENCE_USAGE_WRITE);

	if (flags & RVKMS_FENCE_WRITE)
		conflicts |= BIT(RVKMS_FENCE_USAGE_READ);

	return pending & conflicts ? -EBUSY : 0;
}

/**
 * rvkms_fence_usage - find the usage of a client's fence
 * @flags: RVKMS_FENCE_WRITE, or 0
 *
 * Returns:
 * The usage.
 */
enum rvkms_fence_usage rvkms_fence_usage(u32 flags)
{
	return flags & RVKMS_FENCE_WRITE ? RVKMS_FENCE_USAGE_WRITE : RVKMS_FENCE_USAGE_READ;
}

/**
 * rvkms_fence_deadline - compute the time at which a fence expires
 * @now: the time in ns
 * @timeout_ms: the client's time; values out of range count as the nearest limit
 *
 * Returns:
 * The time in ns, S64_MAX at most.
 */
u64 rvkms_fence_deadline(u64 now, u32 timeout_ms)
{
	const u64 timeout = 1000000ull * clamp(timeout_ms, RVKMS_FENCE_MIN_TIMEOUT_MS,
					       RVKMS_FENCE_MAX_TIMEOUT_MS);

	return now < S64_MAX - timeout ? now + timeout : S64_MAX;
}

static int answer(enum rvkms_fence_state state)
{
	switch (state) {
	case RVKMS_FENCE_PENDING:
		return 0;
	case RVKMS_FENCE_EXPIRED:
		return -ETIMEDOUT;
	case RVKMS_FENCE_UNPLUGGED:
		return -ENODEV;
	default:
		return -ENOENT;
	}
}

static struct rvkms_fence_step end_pending(enum rvkms_fence_event event)
{
	switch (event) {
	case RVKMS_FENCE_SIGNAL:
		return (struct rvkms_fence_step){ RVKMS_FENCE_SIGNALLED, true, 0 };
	case RVKMS_FENCE_TIMEOUT:
		return (struct rvkms_fence_step){ RVKMS_FENCE_EXPIRED, true, -ETIMEDOUT };
	case RVKMS_FENCE_UNPLUG:
		return (struct rvkms_fence_step){ RVKMS_FENCE_UNPLUGGED, true, -ENODEV };
	default:
		return (struct rvkms_fence_step){ RVKMS_FENCE_CLOSED, true, -ECANCELED };
	}
}

/**
 * rvkms_fence_step - let an event end a fence
 * @state: the state of the fence
 * @event: the event; an unknown one counts as RVKMS_FENCE_CLOSE
 *
 * Only a pending fence changes. The first event decides, so a fence is signalled once.
 *
 * Returns:
 * The state and the actions. @answer is 0, -ETIMEDOUT for a fence that has expired, -ENODEV for the
 * fence of an unplugged device, or -ENOENT if the client has no such fence any more.
 */
struct rvkms_fence_step rvkms_fence_step(enum rvkms_fence_state state,
					 enum rvkms_fence_event event)
{
	struct rvkms_fence_step step = { .state = state };

	if (state == RVKMS_FENCE_PENDING)
		step = end_pending(event);
	if (event == RVKMS_FENCE_SIGNAL)
		step.answer = answer(state);

	return step;
}
