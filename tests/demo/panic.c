// SPDX-License-Identifier: GPL-2.0
/* Shows the kernel's panic screen, which DRM writes on request without a panic. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "crc.h"
#include "demo.h"
#include "report.h"

static int show_panic(int minor)
{
	char path[64];
	int ret = 0;
	int fd;

	snprintf(path, sizeof(path), "/sys/kernel/debug/dri/%d/drm_panic_plane_0", minor);
	fd = open(path, O_WRONLY);
	if (fd < 0)
		return -errno;
	if (write(fd, "1", 1) != 1)
		ret = -errno;
	close(fd);

	return ret;
}

/**
 * demo_panic - write the panic screen over the scene, and write the frame back
 * @demo: the demo; this overwrites its first buffer
 *
 * Does nothing if the driver or the kernel has no panic screen.
 *
 * Returns: whether there is no panic screen, or it was shown.
 */
bool demo_panic(struct demo *demo)
{
	int ret = show_panic(demo->card.minor);
	uint32_t crc = 0;

	if (ret == -ENOENT)
		return true;
	if (!report_check(!ret, "the panic screen is written", "%s", strerror(-ret)))
		return false;

	ret = crc_read(demo->card.minor, demo->card.crtc_index, &crc, 1);
	report_check(!ret && crc != demo->crc, "panic: another picture has another CRC", "%s, %08x",
		     strerror(-ret), crc);

	return demo_capture(demo, "panic");
}
