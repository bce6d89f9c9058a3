/* SPDX-License-Identifier: GPL-2.0 */
#ifndef CLIENT_CRC_H
#define CLIENT_CRC_H

#include <stdint.h>

/**
 * struct crc_frame - a frame's CRC
 * @number: the frame's number, which is that of its vblank
 * @crc: the CRC
 */
struct crc_frame {
	uint32_t number;
	uint32_t crc;
};

int crc_open(int minor, int crtc_index);
int crc_wait(int fd, struct crc_frame *frame, int timeout_ms);
int crc_next(int fd, struct crc_frame *frame);
int crc_read(int minor, int crtc_index, uint32_t *crcs, int count);

#endif
