/* SPDX-License-Identifier: GPL-2.0 */
/* What Coccinelle cannot read as it stands. */
#define __free(function)
#define __must_check
#define __maybe_unused
#define __always_inline inline
