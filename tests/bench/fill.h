/* SPDX-License-Identifier: GPL-2.0 */
#ifndef BENCH_FILL_H
#define BENCH_FILL_H

#include <stddef.h>
#include <stdint.h>

void fill_with_noise(uint32_t *words, size_t count);
void fill_premultiply(uint32_t *pixels, size_t count);

#endif
