// SPDX-License-Identifier: GPL-2.0
/* Reads CRCs, for a while each time. Frames must have numbers, which must rise. */
#include <errno.h>
#include <unistd.h>

#include "cast.h"
#include "crc.h"

static int read_some(struct stage *stage, int fd, int count)
{
	struct crc_frame frame;
	uint32_t last = 0;

	for (int i = 0; i < count; i++) {
		const int ret = crc_next(fd, &frame);

		if (ret == -EBADMSG)
			stage_fault(stage, "a CRC came without its frame's number");
		if (ret)
			return ret;
		if (i && (int)(frame.number - last) <= 0)
			stage_fault(stage, "frame %u has a CRC after frame %u", frame.number, last);
		last = frame.number;
	}

	return 0;
}

/* The files go with the device, which then is ENOENT, and no more CRCs come. */
static int checksum_step(struct stage *stage)
{
	const struct kms_card *pipe = stage_any_pipe(stage);
	const int fd = crc_open(pipe->minor, pipe->crtc_index);
	int ret = fd;

	if (fd >= 0) {
		ret = read_some(stage, fd, 1 + stage_random(stage, 30));
		close(fd);
	}
	if (ret && *stage->is_leaving)
		return -ENODEV;
	if (ret)
		stage_pause(5);

	return ret;
}

const struct actor checksum_actor = { .name = "checksum", .step = checksum_step };
