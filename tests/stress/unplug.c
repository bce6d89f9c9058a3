// SPDX-License-Identifier: GPL-2.0
/* Unbinds a device from its driver, and binds it again, by sysfs. */
#include "unplug.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "state.h"

/**
 * socket_find - find the driver that a device is bound to
 * @socket: filled in
 * @minor: minor number of the device's primary node
 *
 * Returns: 0, or a negative errno.
 */
int socket_find(struct socket *socket, int minor)
{
	char path[64], device[PATH_MAX];

	snprintf(path, sizeof(path), "/sys/class/drm/card%d/device", minor);
	if (!realpath(path, device))
		return -errno;
	snprintf(socket->device, sizeof(socket->device), "%s", strrchr(device, '/') + 1);
	snprintf(path, sizeof(path), "/sys/class/drm/card%d/device/driver", minor);

	return realpath(path, socket->driver) ? 0 : -errno;
}

static int tell(const struct socket *socket, const char *file)
{
	char path[PATH_MAX + 8];

	snprintf(path, sizeof(path), "%s/%s", socket->driver, file);

	return state_write(path, socket->device);
}

/**
 * socket_unplug - unbind a device from its driver
 * @socket: the device
 *
 * Returns: 0, or a negative errno: -ENOENT if the driver cannot be unbound.
 */
int socket_unplug(const struct socket *socket)
{
	return tell(socket, "unbind");
}

/**
 * socket_plug - bind a device to its driver again
 * @socket: the device
 *
 * Returns: 0, or a negative errno.
 */
int socket_plug(const struct socket *socket)
{
	return tell(socket, "bind");
}
