/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Pictures of one colour. A CRC identifies the picture that is shown. A writeback pixel of any
 * other colour shows that two pictures were mixed.
 */
#ifndef CLIENT_SOLID_H
#define CLIENT_SOLID_H

#include <stdbool.h>
#include <stdint.h>

#include "picture.h"

#define SOLID_COLOURS	4

uint32_t solid_pixel(int colour);
void solid_fill(const struct picture *picture, uint32_t pixel);
bool solid_read(const struct picture *picture, uint32_t *pixel);

#endif
