/* SPDX-License-Identifier: GPL-2.0 */
#ifndef GATE_LINUX_TYPES_H
#define GATE_LINUX_TYPES_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint32_t u32;
typedef int32_t s32;

#endif /* GATE_LINUX_TYPES_H */
