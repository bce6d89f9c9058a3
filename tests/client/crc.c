// SPDX-License-Identifier: GPL-2.0
/*
 * Reads the CRCs of a CRTC from DRM's debugfs interface. Write the name of a source to crc/control;
 * then each frame is a line of crc/data, its number and its CRCs in hexadecimal.
 */
#include "crc.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FRAME_TIMEOUT_MS	1000

static int open_file(int minor, int crtc_index, const char *name, int flags)
{
	char path[96];
	int fd;

	snprintf(path, sizeof(path), "/sys/kernel/debug/dri/%d/crtc-%d/crc/%s", minor,
		 crtc_index, name);
	fd = open(path, flags);

	return fd < 0 ? -errno : fd;
}

static int select_source(int minor, int crtc_index, const char *source)
{
	int fd = open_file(minor, crtc_index, "control", O_WRONLY);
	ssize_t written;

	if (fd < 0)
		return fd;
	written = write(fd, source, strlen(source));
	close(fd);

	return written < 0 ? -errno : 0;
}

/**
 * crc_open - start CRCs
 * @minor: minor number of the device's primary node
 * @crtc_index: the CRTC's index
 *
 * Returns: a file descriptor, or a negative errno. Closing the descriptor stops the CRCs.
 */
int crc_open(int minor, int crtc_index)
{
	int ret = select_source(minor, crtc_index, "auto");

	return ret ?: open_file(minor, crtc_index, "data", O_RDONLY | O_NONBLOCK);
}

static ssize_t read_when_ready(int fd, char *line, size_t size, int timeout_ms)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	ssize_t length = read(fd, line, size);

	if (length >= 0 || errno != EAGAIN)
		return length < 0 ? -errno : length;
	if (poll(&ready, 1, timeout_ms) != 1)
		return -ETIMEDOUT;
	length = read(fd, line, size);

	return length < 0 ? -errno : length;
}

/**
 * crc_wait - wait for the next frame's CRC
 * @fd: descriptor from crc_open()
 * @frame: filled in
 * @timeout_ms: timeout, 0 to read only a CRC that is available
 *
 * Returns: 0, or a negative errno: -ETIMEDOUT after the timeout, -EBADMSG without a frame number.
 */
int crc_wait(int fd, struct crc_frame *frame, int timeout_ms)
{
	char line[256];
	ssize_t length = read_when_ready(fd, line, sizeof(line) - 1, timeout_ms);

	if (length < 0)
		return length;
	line[length] = '\0';

	/* Without a number, XXXXXXXXXX, the frame of the CRC is unknown. */
	return sscanf(line, "%x %x", &frame->number, &frame->crc) == 2 ? 0 : -EBADMSG;
}

/**
 * crc_next - wait for the next frame's CRC, for up to a second
 * @fd: descriptor from crc_open()
 * @frame: filled in
 *
 * Returns: 0, or a negative errno.
 */
int crc_next(int fd, struct crc_frame *frame)
{
	return crc_wait(fd, frame, FRAME_TIMEOUT_MS);
}

/**
 * crc_read - read the CRCs of successive frames
 * @minor: minor number of the device's primary node
 * @crtc_index: the CRTC's index
 * @crcs: filled in
 * @count: number of frames
 *
 * Returns: 0, or a negative errno.
 */
int crc_read(int minor, int crtc_index, uint32_t *crcs, int count)
{
	int fd = crc_open(minor, crtc_index);
	struct crc_frame frame;
	int ret = 0;

	if (fd < 0)
		return fd;
	for (int i = 0; i < count && !ret; i++) {
		ret = crc_next(fd, &frame);
		if (!ret)
			crcs[i] = frame.crc;
	}
	close(fd);

	return ret;
}
