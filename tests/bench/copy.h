/* SPDX-License-Identifier: GPL-2.0 */
#ifndef BENCH_COPY_H
#define BENCH_COPY_H

int copy_frames(int count);

#endif
