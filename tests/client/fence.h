/* SPDX-License-Identifier: GPL-2.0 */
#ifndef CLIENT_FENCE_H
#define CLIENT_FENCE_H

int fence_wait(int fence, int timeout_ms);

#endif
