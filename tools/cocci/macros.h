/* SPDX-License-Identifier: GPL-2.0 */
/* Defines macros that Coccinelle cannot parse. */
#define __free(function)
#define __must_check
#define __maybe_unused
#define __always_inline inline
