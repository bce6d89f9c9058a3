/* SPDX-License-Identifier: GPL-2.0 */
#ifndef DEMO_FONT_H
#define DEMO_FONT_H

#include <stdint.h>

#define FONT_COLUMNS	5
#define FONT_ROWS	7

const uint8_t *font_glyph(char glyph);

#endif
