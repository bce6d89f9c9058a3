// SPDX-License-Identifier: GPL-2.0
/* Waits for fences of sync files. */
#include "fence.h"

#include <errno.h>
#include <linux/sync_file.h>
#include <poll.h>
#include <sys/ioctl.h>

/**
 * fence_wait - wait until a fence signals
 * @fence: its descriptor
 * @timeout_ms: timeout
 *
 * Returns: 0, -ETIMEDOUT after the timeout, or the error that the fence signals.
 */
int fence_wait(int fence, int timeout_ms)
{
	struct pollfd signal = { .fd = fence, .events = POLLIN };
	struct sync_file_info info = {};

	if (poll(&signal, 1, timeout_ms) != 1)
		return -ETIMEDOUT;
	if (ioctl(fence, SYNC_IOC_FILE_INFO, &info))
		return -errno;

	return info.status < 0 ? info.status : 0;
}
