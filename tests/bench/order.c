// SPDX-License-Identifier: GPL-2.0
#include "order.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

/*
 * Polls without a pause, so that no virtual time passes and no frame is composed between two
 * orders.
 */
static int wait_for_file(const char *path)
{
	int fd;

	do
		fd = open(path, O_RDONLY);
	while (fd < 0 && errno == ENOENT);

	return fd < 0 ? -errno : fd;
}

/**
 * order_wait - wait for an order
 * @directory: directory in which complete orders appear
 * @number: number of the order
 * @order: filled in
 * @size: size of @order in bytes
 *
 * Returns: 0, or a negative errno.
 */
int order_wait(const char *directory, int number, char *order, size_t size)
{
	char path[PATH_MAX];
	ssize_t length;
	int fd;

	snprintf(path, sizeof(path), "%s/order-%d", directory, number);
	fd = wait_for_file(path);
	if (fd < 0)
		return fd;
	length = read(fd, order, size - 1);
	close(fd);
	if (length < 0)
		return -EIO;
	order[length] = '\0';

	return 0;
}
