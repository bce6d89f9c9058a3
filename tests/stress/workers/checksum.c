// SPDX-License-Identifier: GPL-2.0
/* Starts and stops CRCs. Every frame must have a number, and numbers must rise. */
#include <errno.h>
#include <unistd.h>

#include "workers.h"
#include "crc.h"

static int read_some(struct state *state, int fd, int count)
{
	struct crc_frame frame;
	uint32_t last = 0;

	for (int i = 0; i < count; i++) {
		const int ret = crc_next(fd, &frame);

		if (ret == -EBADMSG)
			state_fault(state, "a CRC came without its frame's number");
		if (ret)
			return ret;
		if (i && (int)(frame.number - last) <= 0)
			state_fault(state, "frame %u has a CRC after frame %u", frame.number, last);
		last = frame.number;
	}

	return 0;
}

/* An unplug removes the files, so that errors other than -ENODEV are possible then. */
static int checksum_step(struct state *state)
{
	const struct kms_card *pipe = state_any_pipe(state);
	const int fd = crc_open(pipe->minor, pipe->crtc_index);
	int ret = fd;

	if (fd >= 0) {
		ret = read_some(state, fd, 1 + state_random(state, 30));
		close(fd);
	}
	if (ret && *state->is_leaving)
		return -ENODEV;
	if (ret)
		state_pause(5);

	return ret;
}

const struct worker checksum_worker = { .name = "checksum", .step = checksum_step };
