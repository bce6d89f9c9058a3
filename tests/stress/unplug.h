/* SPDX-License-Identifier: GPL-2.0 */
#ifndef STRESS_UNPLUG_H
#define STRESS_UNPLUG_H

#include <limits.h>

/**
 * struct socket - where a device is plugged in
 * @driver: directory of its driver
 * @device: what the driver calls the device
 */
struct socket {
	char driver[PATH_MAX];
	char device[NAME_MAX + 1];
};

int socket_find(struct socket *socket, int minor);
int socket_unplug(const struct socket *socket);
int socket_plug(const struct socket *socket);

#endif
