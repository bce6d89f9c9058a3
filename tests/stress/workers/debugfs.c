// SPDX-License-Identifier: GPL-2.0
/* Reads all files of the device in debugfs. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "workers.h"

static int read_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK);
	char text[4096];
	ssize_t length;

	if (fd < 0)
		return -errno;
	do {
		length = read(fd, text, sizeof(text));
	} while (length > 0);
	close(fd);

	return length < 0 ? -errno : 0;
}

static int debugfs_step(struct state *state)
{
	char directory[64], path[400];
	struct dirent *entry;
	struct stat status;
	DIR *files;
	int ret = -ENOENT;

	snprintf(directory, sizeof(directory), "/sys/kernel/debug/dri/%d", state->card.minor);
	files = opendir(directory);
	if (!files)
		return *state->is_leaving ? -ENODEV : -errno;
	while ((entry = readdir(files))) {
		snprintf(path, sizeof(path), "%s/%s", directory, entry->d_name);
		if (!stat(path, &status) && S_ISREG(status.st_mode))
			ret = read_file(path) ? ret : 0;
	}
	closedir(files);
	state_pause(30);

	return ret;
}

const struct worker debugfs_worker = { .name = "debugfs", .step = debugfs_step };
