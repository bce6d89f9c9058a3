/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_PIXEL_YUV_FACTORS_H
#define RVKMS_CORE_PIXEL_YUV_FACTORS_H

/*
 * The factors of chroma in yuv.c's equations, with a common denominator, a multiple of 5. In
 * this order: the denominator; the factor of Pr in red, of Pb in green, of Pr in green, of Pb in
 * blue.
 */

/* Kr = 0.299, Kb = 0.114: Rec. ITU-R BT.601-7, 2.5.1 */
#define RVKMS_BT601 293500, 411487, 101004, 209599, 520082

/* Kr = 0.2126, Kb = 0.0722: Rec. ITU-R BT.709-6, 3.2 */
#define RVKMS_BT709 8940000, 14078712, 1674679, 4185031, 16589064

/* Kr = 0.2627, Kb = 0.0593: Rec. ITU-R BT.2020-2, table 4 */
#define RVKMS_BT2020 33900000, 49988940, 5578351, 19368871, 63779460

#endif /* RVKMS_CORE_PIXEL_YUV_FACTORS_H */
