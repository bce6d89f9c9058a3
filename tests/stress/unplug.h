/* SPDX-License-Identifier: GPL-2.0 */
#ifndef STRESS_UNPLUG_H
#define STRESS_UNPLUG_H

#include <limits.h>

/**
 * struct socket - a device and the driver it is bound to
 * @driver: the driver's directory in sysfs
 * @device: the device's name there
 */
struct socket {
	char driver[PATH_MAX];
	char device[NAME_MAX + 1];
};

int socket_find(struct socket *socket, int minor);
int socket_unplug(const struct socket *socket);
int socket_plug(const struct socket *socket);

#endif
