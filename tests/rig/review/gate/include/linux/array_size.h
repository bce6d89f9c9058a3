/* SPDX-License-Identifier: GPL-2.0 */
#ifndef GATE_LINUX_ARRAY_SIZE_H
#define GATE_LINUX_ARRAY_SIZE_H

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#endif /* GATE_LINUX_ARRAY_SIZE_H */
