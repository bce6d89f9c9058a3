/* SPDX-License-Identifier: GPL-2.0 */
#ifndef DEMO_CRC_H
#define DEMO_CRC_H

#include <stdint.h>

int crc_read(int minor, int crtc_index, uint32_t *crcs, int count);

#endif
