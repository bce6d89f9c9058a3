// SPDX-License-Identifier: GPL-2.0
/*
 * The reference for formats: each is written down as drm_fourcc.h has it, and decoded bit by bit.
 * Numbers are converted by division.
 */

#include <linux/array_size.h>
#include <linux/ctype.h>
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/types.h>

#include <uapi/drm/drm_fourcc.h>

#include "format_reference.h"

#define FORMAT(_name, _hsub, _vsub, _num_planes, ...)						\
	{ #_name, DRM_FORMAT_##_name, _hsub, _vsub, _num_planes, __VA_ARGS__ }

const struct reference_format reference_formats[] = {
	FORMAT(C1, 1, 1, 1, { { "C0:C1:C2:C3:C4:C5:C6:C7", "1:1:1:1:1:1:1:1", 8, 1 } }),
	FORMAT(C2, 1, 1, 1, { { "C0:C1:C2:C3", "2:2:2:2", 4, 1 } }),
	FORMAT(C4, 1, 1, 1, { { "C0:C1", "4:4", 2, 1 } }),
	FORMAT(C8, 1, 1, 1, { { "C", "8", 1, 1 } }),
	FORMAT(D1, 1, 1, 1, { { "D0:D1:D2:D3:D4:D5:D6:D7", "1:1:1:1:1:1:1:1", 8, 1 } }),
	FORMAT(D2, 1, 1, 1, { { "D0:D1:D2:D3", "2:2:2:2", 4, 1 } }),
	FORMAT(D4, 1, 1, 1, { { "D0:D1", "4:4", 2, 1 } }),
	FORMAT(D8, 1, 1, 1, { { "D", "8", 1, 1 } }),
	FORMAT(R1, 1, 1, 1, { { "R0:R1:R2:R3:R4:R5:R6:R7", "1:1:1:1:1:1:1:1", 8, 1 } }),
	FORMAT(R2, 1, 1, 1, { { "R0:R1:R2:R3", "2:2:2:2", 4, 1 } }),
	FORMAT(R4, 1, 1, 1, { { "R0:R1", "4:4", 2, 1 } }),
	FORMAT(R8, 1, 1, 1, { { "R", "8", 1, 1 } }),
	FORMAT(R10, 1, 1, 1, { { "x:R", "6:10", 1, 1 } }),
	FORMAT(R12, 1, 1, 1, { { "x:R", "4:12", 1, 1 } }),
	FORMAT(R16, 1, 1, 1, { { "R", "16", 1, 1 } }, .is_unlisted = true),
	FORMAT(RG88, 1, 1, 1, { { "R:G", "8:8", 1, 1 } }, .is_unlisted = true),
	FORMAT(GR88, 1, 1, 1, { { "G:R", "8:8", 1, 1 } }, .is_unlisted = true),
	FORMAT(RG1616, 1, 1, 1, { { "R:G", "16:16", 1, 1 } }, .is_unlisted = true),
	FORMAT(GR1616, 1, 1, 1, { { "G:R", "16:16", 1, 1 } }, .is_unlisted = true),
	FORMAT(RGB332, 1, 1, 1, { { "R:G:B", "3:3:2", 1, 1 } }, .is_writable = true),
	FORMAT(BGR233, 1, 1, 1, { { "B:G:R", "2:3:3", 1, 1 } }, .is_writable = true),
	FORMAT(XRGB4444, 1, 1, 1, { { "x:R:G:B", "4:4:4:4", 1, 1 } }, .is_writable = true),
	FORMAT(XBGR4444, 1, 1, 1, { { "x:B:G:R", "4:4:4:4", 1, 1 } }, .is_writable = true),
	FORMAT(RGBX4444, 1, 1, 1, { { "R:G:B:x", "4:4:4:4", 1, 1 } }, .is_writable = true),
	FORMAT(BGRX4444, 1, 1, 1, { { "B:G:R:x", "4:4:4:4", 1, 1 } }, .is_writable = true),
	FORMAT(ARGB4444, 1, 1, 1, { { "A:R:G:B", "4:4:4:4", 1, 1 } }, .is_writable = true),
	FORMAT(ABGR4444, 1, 1, 1, { { "A:B:G:R", "4:4:4:4", 1, 1 } }, .is_writable = true),
	FORMAT(RGBA4444, 1, 1, 1, { { "R:G:B:A", "4:4:4:4", 1, 1 } }, .is_writable = true),
	FORMAT(BGRA4444, 1, 1, 1, { { "B:G:R:A", "4:4:4:4", 1, 1 } }, .is_writable = true),
	FORMAT(XRGB1555, 1, 1, 1, { { "x:R:G:B", "1:5:5:5", 1, 1 } }, .is_writable = true),
	FORMAT(XBGR1555, 1, 1, 1, { { "x:B:G:R", "1:5:5:5", 1, 1 } }, .is_writable = true),
	FORMAT(RGBX5551, 1, 1, 1, { { "R:G:B:x", "5:5:5:1", 1, 1 } }, .is_writable = true),
	FORMAT(BGRX5551, 1, 1, 1, { { "B:G:R:x", "5:5:5:1", 1, 1 } }, .is_writable = true),
	FORMAT(ARGB1555, 1, 1, 1, { { "A:R:G:B", "1:5:5:5", 1, 1 } }, .is_writable = true),
	FORMAT(ABGR1555, 1, 1, 1, { { "A:B:G:R", "1:5:5:5", 1, 1 } }, .is_writable = true),
	FORMAT(RGBA5551, 1, 1, 1, { { "R:G:B:A", "5:5:5:1", 1, 1 } }, .is_writable = true),
	FORMAT(BGRA5551, 1, 1, 1, { { "B:G:R:A", "5:5:5:1", 1, 1 } }, .is_writable = true),
	FORMAT(RGB565, 1, 1, 1, { { "R:G:B", "5:6:5", 1, 1 } }, .is_writable = true),
	FORMAT(BGR565, 1, 1, 1, { { "B:G:R", "5:6:5", 1, 1 } }, .is_writable = true),
	FORMAT(RGB888, 1, 1, 1, { { "R:G:B", "8:8:8", 1, 1 } }, .is_writable = true),
	FORMAT(BGR888, 1, 1, 1, { { "B:G:R", "8:8:8", 1, 1 } }, .is_writable = true),
	FORMAT(XRGB8888, 1, 1, 1, { { "x:R:G:B", "8:8:8:8", 1, 1 } }, .is_writable = true),
	FORMAT(XBGR8888, 1, 1, 1, { { "x:B:G:R", "8:8:8:8", 1, 1 } }, .is_writable = true),
	FORMAT(RGBX8888, 1, 1, 1, { { "R:G:B:x", "8:8:8:8", 1, 1 } }, .is_writable = true),
	FORMAT(BGRX8888, 1, 1, 1, { { "B:G:R:x", "8:8:8:8", 1, 1 } }, .is_writable = true),
	FORMAT(ARGB8888, 1, 1, 1, { { "A:R:G:B", "8:8:8:8", 1, 1 } }, .is_writable = true),
	FORMAT(ABGR8888, 1, 1, 1, { { "A:B:G:R", "8:8:8:8", 1, 1 } }, .is_writable = true),
	FORMAT(RGBA8888, 1, 1, 1, { { "R:G:B:A", "8:8:8:8", 1, 1 } }, .is_writable = true),
	FORMAT(BGRA8888, 1, 1, 1, { { "B:G:R:A", "8:8:8:8", 1, 1 } }, .is_writable = true),
	FORMAT(XRGB2101010, 1, 1, 1, { { "x:R:G:B", "2:10:10:10", 1, 1 } }, .is_writable = true),
	FORMAT(XBGR2101010, 1, 1, 1, { { "x:B:G:R", "2:10:10:10", 1, 1 } }, .is_writable = true),
	FORMAT(RGBX1010102, 1, 1, 1, { { "R:G:B:x", "10:10:10:2", 1, 1 } }, .is_writable = true),
	FORMAT(BGRX1010102, 1, 1, 1, { { "B:G:R:x", "10:10:10:2", 1, 1 } }, .is_writable = true),
	FORMAT(ARGB2101010, 1, 1, 1, { { "A:R:G:B", "2:10:10:10", 1, 1 } }, .is_writable = true),
	FORMAT(ABGR2101010, 1, 1, 1, { { "A:B:G:R", "2:10:10:10", 1, 1 } }, .is_writable = true),
	FORMAT(RGBA1010102, 1, 1, 1, { { "R:G:B:A", "10:10:10:2", 1, 1 } }, .is_writable = true),
	FORMAT(BGRA1010102, 1, 1, 1, { { "B:G:R:A", "10:10:10:2", 1, 1 } }, .is_writable = true),
	FORMAT(RGB161616, 1, 1, 1, { { "R:G:B", "16:16:16", 1, 1 } }, .is_writable = true),
	FORMAT(BGR161616, 1, 1, 1, { { "B:G:R", "16:16:16", 1, 1 } }, .is_writable = true),
	FORMAT(XRGB16161616, 1, 1, 1, { { "x:R:G:B", "16:16:16:16", 1, 1 } }, .is_writable = true),
	FORMAT(XBGR16161616, 1, 1, 1, { { "x:B:G:R", "16:16:16:16", 1, 1 } }, .is_writable = true),
	FORMAT(ARGB16161616, 1, 1, 1, { { "A:R:G:B", "16:16:16:16", 1, 1 } }, .is_writable = true),
	FORMAT(ABGR16161616, 1, 1, 1, { { "A:B:G:R", "16:16:16:16", 1, 1 } }, .is_writable = true),
	FORMAT(XRGB16161616F, 1, 1, 1, {
		{ "x:R:G:B", "16:16:16:16", 1, 1 },
	}, .is_half = true, .is_writable = true),
	FORMAT(XBGR16161616F, 1, 1, 1, {
		{ "x:B:G:R", "16:16:16:16", 1, 1 },
	}, .is_half = true, .is_writable = true),
	FORMAT(ARGB16161616F, 1, 1, 1, {
		{ "A:R:G:B", "16:16:16:16", 1, 1 },
	}, .is_half = true, .is_writable = true),
	FORMAT(ABGR16161616F, 1, 1, 1, {
		{ "A:B:G:R", "16:16:16:16", 1, 1 },
	}, .is_half = true, .is_writable = true),
	FORMAT(R16F, 1, 1, 1, { { "R", "16", 1, 1 } }, .is_half = true, .is_unlisted = true),
	FORMAT(GR1616F, 1, 1, 1, {
		{ "G:R", "16:16", 1, 1 },
	}, .is_half = true, .is_unlisted = true),
	FORMAT(BGR161616F, 1, 1, 1, {
		{ "B:G:R", "16:16:16", 1, 1 },
	}, .is_half = true, .is_writable = true, .is_unlisted = true),
	FORMAT(AXBXGXRX106106106106, 1, 1, 1, {
		{ "A:x:B:x:G:x:R:x", "10:6:10:6:10:6:10:6", 1, 1 },
	}, .is_writable = true),
	FORMAT(YUYV, 2, 1, 1, { { "V0:Y1:U0:Y0", "8:8:8:8", 2, 1 } }),
	FORMAT(YVYU, 2, 1, 1, { { "U0:Y1:V0:Y0", "8:8:8:8", 2, 1 } }),
	FORMAT(UYVY, 2, 1, 1, { { "Y1:V0:Y0:U0", "8:8:8:8", 2, 1 } }),
	FORMAT(VYUY, 2, 1, 1, { { "Y1:U0:Y0:V0", "8:8:8:8", 2, 1 } }),
	FORMAT(AYUV, 1, 1, 1, { { "A:Y:U:V", "8:8:8:8", 1, 1 } }),
	FORMAT(AVUY8888, 1, 1, 1, { { "A:V:U:Y", "8:8:8:8", 1, 1 } }, .is_unlisted = true),
	FORMAT(XYUV8888, 1, 1, 1, { { "x:Y:U:V", "8:8:8:8", 1, 1 } }),
	FORMAT(XVUY8888, 1, 1, 1, { { "x:V:U:Y", "8:8:8:8", 1, 1 } }, .is_unlisted = true),
	FORMAT(VUY888, 1, 1, 1, { { "V:U:Y", "8:8:8", 1, 1 } }),
	FORMAT(XVUY2101010, 1, 1, 1, { { "x:V:U:Y", "2:10:10:10", 1, 1 } }),
	FORMAT(Y210, 2, 1, 1, { { "V0:x:Y1:x:U0:x:Y0:x", "10:6:10:6:10:6:10:6", 2, 1 } }),
	FORMAT(Y212, 2, 1, 1, { { "V0:x:Y1:x:U0:x:Y0:x", "12:4:12:4:12:4:12:4", 2, 1 } }),
	FORMAT(Y216, 2, 1, 1, { { "V0:Y1:U0:Y0", "16:16:16:16", 2, 1 } }),
	FORMAT(Y410, 1, 1, 1, { { "A:V:Y:U", "2:10:10:10", 1, 1 } }),
	FORMAT(Y412, 1, 1, 1, { { "A:x:V:x:Y:x:U:x", "12:4:12:4:12:4:12:4", 1, 1 } }),
	FORMAT(Y416, 1, 1, 1, { { "A:V:Y:U", "16:16:16:16", 1, 1 } }),
	FORMAT(XVYU2101010, 1, 1, 1, { { "x:V:Y:U", "2:10:10:10", 1, 1 } }),
	FORMAT(XVYU12_16161616, 1, 1, 1, { { "x:x:V:x:Y:x:U:x", "12:4:12:4:12:4:12:4", 1, 1 } }),
	FORMAT(XVYU16161616, 1, 1, 1, { { "x:V:Y:U", "16:16:16:16", 1, 1 } }),
	FORMAT(XYYY2101010, 1, 1, 1, { { "x:Y2:Y1:Y0", "2:10:10:10", 3, 1 } }),
	FORMAT(XRGB8888_A8, 1, 1, 2, {
		{ "x:R:G:B", "8:8:8:8", 1, 1 },
		{ "A", "8", 1, 1 },
	}, .is_writable = true),
	FORMAT(XBGR8888_A8, 1, 1, 2, {
		{ "x:B:G:R", "8:8:8:8", 1, 1 },
		{ "A", "8", 1, 1 },
	}, .is_writable = true),
	FORMAT(RGBX8888_A8, 1, 1, 2, {
		{ "R:G:B:x", "8:8:8:8", 1, 1 },
		{ "A", "8", 1, 1 },
	}, .is_writable = true),
	FORMAT(BGRX8888_A8, 1, 1, 2, {
		{ "B:G:R:x", "8:8:8:8", 1, 1 },
		{ "A", "8", 1, 1 },
	}, .is_writable = true),
	FORMAT(RGB888_A8, 1, 1, 2, {
		{ "R:G:B", "8:8:8", 1, 1 },
		{ "A", "8", 1, 1 },
	}, .is_writable = true),
	FORMAT(BGR888_A8, 1, 1, 2, {
		{ "B:G:R", "8:8:8", 1, 1 },
		{ "A", "8", 1, 1 },
	}, .is_writable = true),
	FORMAT(RGB565_A8, 1, 1, 2, {
		{ "R:G:B", "5:6:5", 1, 1 },
		{ "A", "8", 1, 1 },
	}, .is_writable = true),
	FORMAT(BGR565_A8, 1, 1, 2, {
		{ "B:G:R", "5:6:5", 1, 1 },
		{ "A", "8", 1, 1 },
	}, .is_writable = true),
	FORMAT(Y0L0, 2, 2, 1, {
		{ "A3:A2:Y3:x:V0:x:Y2:x:A1:A0:Y1:x:U0:x:Y0:x",
		  "1:1:8:2:8:2:8:2:1:1:8:2:8:2:8:2", 2, 2 },
	}),
	FORMAT(X0L0, 2, 2, 1, {
		{ "x:x:Y3:x:V0:x:Y2:x:x:x:Y1:x:U0:x:Y0:x",
		  "1:1:8:2:8:2:8:2:1:1:8:2:8:2:8:2", 2, 2 },
	}),
	FORMAT(Y0L2, 2, 2, 1, {
		{ "A3:A2:Y3:V0:Y2:A1:A0:Y1:U0:Y0", "1:1:10:10:10:1:1:10:10:10", 2, 2 },
	}),
	FORMAT(X0L2, 2, 2, 1, {
		{ "x:x:Y3:V0:Y2:x:x:Y1:U0:Y0", "1:1:10:10:10:1:1:10:10:10", 2, 2 },
	}),
	FORMAT(NV12, 2, 2, 2, { { "Y", "8", 1, 1 }, { "V:U", "8:8", 1, 1 } }, .is_writable = true),
	FORMAT(NV21, 2, 2, 2, { { "Y", "8", 1, 1 }, { "U:V", "8:8", 1, 1 } }),
	FORMAT(NV16, 2, 1, 2, { { "Y", "8", 1, 1 }, { "V:U", "8:8", 1, 1 } }),
	FORMAT(NV61, 2, 1, 2, { { "Y", "8", 1, 1 }, { "U:V", "8:8", 1, 1 } }),
	FORMAT(NV24, 1, 1, 2, { { "Y", "8", 1, 1 }, { "V:U", "8:8", 1, 1 } }),
	FORMAT(NV42, 1, 1, 2, { { "Y", "8", 1, 1 }, { "U:V", "8:8", 1, 1 } }),
	FORMAT(NV15, 2, 2, 2, {
		{ "Y3:Y2:Y1:Y0", "10:10:10:10", 4, 1 },
		{ "V1:U1:V0:U0", "10:10:10:10", 2, 1 },
	}),
	FORMAT(NV20, 2, 1, 2, {
		{ "Y3:Y2:Y1:Y0", "10:10:10:10", 4, 1 },
		{ "V1:U1:V0:U0", "10:10:10:10", 2, 1 },
	}),
	FORMAT(NV30, 1, 1, 2, {
		{ "Y3:Y2:Y1:Y0", "10:10:10:10", 4, 1 },
		{ "V1:U1:V0:U0", "10:10:10:10", 2, 1 },
	}),
	FORMAT(P210, 2, 1, 2, { { "Y:x", "10:6", 1, 1 }, { "V:x:U:x", "10:6:10:6", 1, 1 } }),
	FORMAT(P010, 2, 2, 2, { { "Y:x", "10:6", 1, 1 }, { "V:x:U:x", "10:6:10:6", 1, 1 } }),
	FORMAT(P012, 2, 2, 2, { { "Y:x", "12:4", 1, 1 }, { "V:x:U:x", "12:4:12:4", 1, 1 } }),
	FORMAT(P016, 2, 2, 2, { { "Y", "16", 1, 1 }, { "V:U", "16:16", 1, 1 } }),
	FORMAT(P030, 2, 2, 2, {
		{ "x:Y2:Y1:Y0", "2:10:10:10", 3, 1 },
		{ "x:V2:U2:V1:x:U1:V0:U0", "2:10:10:10:2:10:10:10", 3, 1 },
	}),
	FORMAT(P230, 2, 1, 2, {
		{ "x:Y2:Y1:Y0", "2:10:10:10", 3, 1 },
		{ "x:V2:U2:V1:x:U1:V0:U0", "2:10:10:10:2:10:10:10", 3, 1 },
	}),
	FORMAT(Q410, 1, 1, 3, {
		{ "Y:x", "10:6", 1, 1 },
		{ "U:x", "10:6", 1, 1 },
		{ "V:x", "10:6", 1, 1 },
	}),
	FORMAT(Q401, 1, 1, 3, {
		{ "Y:x", "10:6", 1, 1 },
		{ "V:x", "10:6", 1, 1 },
		{ "U:x", "10:6", 1, 1 },
	}),
	FORMAT(T430, 1, 1, 3, {
		{ "x:Y2:Y1:Y0", "2:10:10:10", 3, 1 },
		{ "x:U2:U1:U0", "2:10:10:10", 3, 1 },
		{ "x:V2:V1:V0", "2:10:10:10", 3, 1 },
	}),
	FORMAT(S010, 2, 2, 3, {
		{ "x:Y", "6:10", 1, 1 },
		{ "x:U", "6:10", 1, 1 },
		{ "x:V", "6:10", 1, 1 },
	}),
	FORMAT(S210, 2, 1, 3, {
		{ "x:Y", "6:10", 1, 1 },
		{ "x:U", "6:10", 1, 1 },
		{ "x:V", "6:10", 1, 1 },
	}),
	FORMAT(S410, 1, 1, 3, {
		{ "x:Y", "6:10", 1, 1 },
		{ "x:U", "6:10", 1, 1 },
		{ "x:V", "6:10", 1, 1 },
	}),
	FORMAT(S012, 2, 2, 3, {
		{ "x:Y", "4:12", 1, 1 },
		{ "x:U", "4:12", 1, 1 },
		{ "x:V", "4:12", 1, 1 },
	}),
	FORMAT(S212, 2, 1, 3, {
		{ "x:Y", "4:12", 1, 1 },
		{ "x:U", "4:12", 1, 1 },
		{ "x:V", "4:12", 1, 1 },
	}),
	FORMAT(S412, 1, 1, 3, {
		{ "x:Y", "4:12", 1, 1 },
		{ "x:U", "4:12", 1, 1 },
		{ "x:V", "4:12", 1, 1 },
	}),
	FORMAT(S016, 2, 2, 3, { { "Y", "16", 1, 1 }, { "U", "16", 1, 1 }, { "V", "16", 1, 1 } }),
	FORMAT(S216, 2, 1, 3, { { "Y", "16", 1, 1 }, { "U", "16", 1, 1 }, { "V", "16", 1, 1 } }),
	FORMAT(S416, 1, 1, 3, { { "Y", "16", 1, 1 }, { "U", "16", 1, 1 }, { "V", "16", 1, 1 } }),
	FORMAT(YUV410, 4, 4, 3, { { "Y", "8", 1, 1 }, { "U", "8", 1, 1 }, { "V", "8", 1, 1 } }),
	FORMAT(YVU410, 4, 4, 3, { { "Y", "8", 1, 1 }, { "V", "8", 1, 1 }, { "U", "8", 1, 1 } }),
	FORMAT(YUV411, 4, 1, 3, { { "Y", "8", 1, 1 }, { "U", "8", 1, 1 }, { "V", "8", 1, 1 } }),
	FORMAT(YVU411, 4, 1, 3, { { "Y", "8", 1, 1 }, { "V", "8", 1, 1 }, { "U", "8", 1, 1 } }),
	FORMAT(YUV420, 2, 2, 3, { { "Y", "8", 1, 1 }, { "U", "8", 1, 1 }, { "V", "8", 1, 1 } }),
	FORMAT(YVU420, 2, 2, 3, { { "Y", "8", 1, 1 }, { "V", "8", 1, 1 }, { "U", "8", 1, 1 } }),
	FORMAT(YUV422, 2, 1, 3, { { "Y", "8", 1, 1 }, { "U", "8", 1, 1 }, { "V", "8", 1, 1 } }),
	FORMAT(YVU422, 2, 1, 3, { { "Y", "8", 1, 1 }, { "V", "8", 1, 1 }, { "U", "8", 1, 1 } }),
	FORMAT(YUV444, 1, 1, 3, { { "Y", "8", 1, 1 }, { "U", "8", 1, 1 }, { "V", "8", 1, 1 } }),
	FORMAT(YVU444, 1, 1, 3, { { "Y", "8", 1, 1 }, { "V", "8", 1, 1 }, { "U", "8", 1, 1 } }),
	FORMAT(Y8, 1, 1, 1, { { "Y", "8", 1, 1 } }),
};

const u32 reference_num_formats = ARRAY_SIZE(reference_formats);

const struct reference_format *reference_find(u32 fourcc)
{
	for (u32 i = 0; i < reference_num_formats; i++) {
		if (reference_formats[i].fourcc == fourcc)
			return &reference_formats[i];
	}

	return NULL;
}

/* The number at the start of a list, and the rest of the list after its colon. */
static u32 next_width(const char **bits)
{
	u32 width = 0;

	while (isdigit(**bits))
		width = width * 10 + *(*bits)++ - '0';
	if (**bits == ':')
		(*bits)++;

	return width;
}

static const char *next_name(const char *names)
{
	const char *colon = strchr(names, ':');

	return colon ? colon + 1 : names + strlen(names);
}

static u32 list_bits(const char *bits)
{
	u32 sum = 0;

	while (*bits)
		sum += next_width(&bits);

	return sum;
}

u32 reference_block_bytes(const struct reference_format *format, u32 plane)
{
	return list_bits(format->planes[plane].bits) / 8;
}

/* Returns the number of components of a name in a block, and the bits of each. */
static u32 count_names(const struct reference_plane *plane, char name, u32 *width)
{
	const char *bits = plane->bits;
	u32 count = 0;

	for (const char *names = plane->names; *names; names = next_name(names)) {
		const u32 w = next_width(&bits);

		if (*names != name)
			continue;
		count++;
		*width = w;
	}

	return count;
}

/* A component: its plane, its number in a block, and its bits; 0 if there is none. */
struct component {
	u32 plane;
	u32 count;
	u32 bits;
};

static const char component_names[] = "CDRGBYUVA";

/* A cache of the components of the last format: tests use one format after another. */
static struct {
	const struct reference_format *format;
	struct component components[ARRAY_SIZE(component_names)];
} last;

static void find_components(const struct reference_format *format)
{
	memset(&last, 0, sizeof(last));
	last.format = format;

	for (u32 i = 0; component_names[i]; i++) {
		struct component *component = &last.components[i];

		for (u32 plane = 0; plane < format->num_planes && !component->count; plane++) {
			component->plane = plane;
			component->count = count_names(&format->planes[plane],
						       component_names[i], &component->bits);
		}
	}
}

static const struct component *find_component(const struct reference_format *format, char name)
{
	if (last.format != format)
		find_components(format);

	return &last.components[strchrnul(component_names, name) - component_names];
}

/* The bits of a component, 0 if there is none. */
u32 reference_bits(const struct reference_format *format, char name)
{
	return find_component(format, name)->bits;
}

static bool is_chroma_plane(const struct reference_format *format, u32 plane)
{
	const struct component *u = find_component(format, 'U');
	const struct component *v = find_component(format, 'V');

	return plane && ((u->count && u->plane == plane) || (v->count && v->plane == plane));
}

u32 reference_plane_width(const struct reference_format *format, u32 plane, u32 width)
{
	return is_chroma_plane(format, plane) ? DIV_ROUND_UP(width, format->hsub) : width;
}

u32 reference_plane_height(const struct reference_format *format, u32 plane, u32 height)
{
	return is_chroma_plane(format, plane) ? DIV_ROUND_UP(height, format->vsub) : height;
}

/* DRM's minimum pitch, see drm_format_info_min_pitch(). */
size_t reference_min_pitch(const struct reference_format *format, u32 plane, u32 width)
{
	const struct reference_plane *p = &format->planes[plane];

	return DIV_ROUND_UP((size_t)reference_plane_width(format, plane, width) *
			    reference_block_bytes(format, plane), p->block_w * p->block_h);
}

/* The position of a sample: its plane, its first bit in the plane's memory, and its bits. */
struct place {
	u32 plane;
	size_t bit;
	u32 bits;
};

static bool is_component(const char *entry, char name, u32 index)
{
	return entry[0] == name && (isdigit(entry[1]) ? entry[1] - '0' : 0) == index;
}

static struct place find_sample(const struct reference_format *format,
				const struct rvkms_image *image, char name, u32 x, u32 y)
{
	const struct component *component = find_component(format, name);
	const u32 plane = component->plane;
	const struct reference_plane *p = &format->planes[plane];
	const bool is_subsampled = is_chroma_plane(format, plane);
	const u32 column = is_subsampled ? x / format->hsub : x;
	const u32 row = is_subsampled ? y / format->vsub : y;
	const size_t block = (size_t)(row / p->block_h) * p->block_h *
			     image->planes[plane].pitch +
			     (size_t)(column / p->block_w) * reference_block_bytes(format, plane);
	const u32 index = component->count == 1 ? 0 :
			  row % p->block_h * p->block_w + column % p->block_w;
	const char *bits = p->bits;
	u32 below = list_bits(p->bits);

	for (const char *names = p->names; *names; names = next_name(names)) {
		const u32 width = next_width(&bits);

		below -= width;
		if (is_component(names, name, index))
			return (struct place){ plane, block * 8 + below, width };
	}

	return (struct place){};
}

u32 reference_sample(const struct reference_format *format, const struct rvkms_image *image,
		     char name, u32 x, u32 y)
{
	const struct place place = find_sample(format, image, name, x, y);
	const u8 *data = image->planes[place.plane].data;
	u32 value = 0;

	for (u32 i = 0; i < place.bits; i++) {
		const size_t bit = place.bit + i;

		value |= (u32)(data[bit / 8] >> bit % 8 & 1) << i;
	}

	return value;
}

void reference_put_sample(const struct reference_format *format, const struct rvkms_image *image,
			  char name, u32 x, u32 y, u32 value)
{
	const struct place place = find_sample(format, image, name, x, y);
	u8 *data = (u8 *)image->planes[place.plane].data;

	for (u32 i = 0; i < place.bits; i++) {
		const size_t bit = place.bit + i;

		data[bit / 8] &= ~(1u << bit % 8);
		data[bit / 8] |= (value >> i & 1) << bit % 8;
	}
}

/* round(65535 c / max). There are no ties, since max is odd. */
u16 reference_unorm(u32 c, u32 bits)
{
	const u64 max = (1ull << bits) - 1;

	return div64_u64(2 * 65535 * (u64)c + max, 2 * max);
}

/* In units of 2^-24, every finite half float is an integer; up to one, it has 25 bits. */
u16 reference_half(u32 half)
{
	const u32 exponent = half >> 10 & 31;
	u64 units = half & 1023;

	if (half >> 15 || (exponent == 31 && units))
		return 0;
	if (exponent)
		units = (1024 + units) << (exponent - 1);
	if (units >= 1 << 24)
		return 65535;

	return (units * 65535 * 2 + (1 << 24)) >> 25;
}

/* floor(n / d), with d above 0, within 0 to 65535. */
static u16 clamped_floor(s64 n, s64 d)
{
	return n < 0 ? 0 : min(div64_s64(n, d), 65535ll);
}

/*
 * Kr and Kb, in 1/10000, are those of the recommendations. Over Kg * 10000, with chroma from -1/2
 * to 1/2:
 * R = Y + 2 (1 - Kr) Cr, B = Y + 2 (1 - Kb) Cb,
 * G = Y - 2 Kr (1 - Kr) / Kg Cr - 2 Kb (1 - Kb) / Kg Cb
 */
struct rvkms_pixel reference_yuv(enum rvkms_encoding encoding, enum rvkms_range range, u32 depth,
				 u32 y, u32 cb, u32 cr)
{
	static const u32 weights[][2] = { { 2990, 1140 }, { 2126, 722 }, { 2627, 593 } };
	const s64 kr = weights[encoding][0], kb = weights[encoding][1];
	const s64 kg = 10000 - kr - kb;
	const bool is_full = range == RVKMS_RANGE_FULL;
	const s64 u = (s64)cb - (1 << (depth - 1));
	const s64 v = (s64)cr - (1 << (depth - 1));
	s64 luma, chroma, one;

	if (is_full) {
		luma = 65535 * (s64)y * kg * 10000;
		chroma = 65535;
		one = ((1ll << depth) - 1) * kg * 10000;
	} else {
		/*
		 * 219 * 224 * 2^(depth - 8) and 65535, both divided by 15. A factor 5 of it comes
		 * from 10000.
		 */
		luma = 4369 * 224 * ((s64)y - (16 << (depth - 8))) * kg * 10000;
		chroma = 4369 * 219;
		one = (73ll * 224 << (depth - 8)) * kg * 2000;
	}

	return (struct rvkms_pixel){
		.b = clamped_floor(luma + chroma * 2 * (10000 - kb) * kg * u + one / 2, one),
		.g = clamped_floor(luma - chroma * 2 * kb * (10000 - kb) * u -
				   chroma * 2 * kr * (10000 - kr) * v + one / 2, one),
		.r = clamped_floor(luma + chroma * 2 * (10000 - kr) * kg * v + one / 2, one),
		.a = 65535,
	};
}

static u16 reference_channel(const struct reference_format *format,
			     const struct rvkms_image *image, char name, u32 x, u32 y)
{
	const u32 bits = reference_bits(format, name);
	u32 value;

	if (!bits)
		return 0;

	value = reference_sample(format, image, name, x, y);

	return format->is_half ? reference_half(value) : reference_unorm(value, bits);
}

static struct rvkms_pixel grey(u16 c)
{
	return (struct rvkms_pixel){ c, c, c, 65535 };
}

static struct rvkms_pixel reference_colour(const struct reference_format *format,
					   const struct rvkms_image *image, u32 x, u32 y)
{
	const u32 depth = reference_bits(format, 'Y');
	const u32 neutral = depth ? 1u << (depth - 1) : 0;
	const bool has_chroma = reference_bits(format, 'U');

	if (depth)
		return reference_yuv(image->encoding, image->range, depth,
				     reference_sample(format, image, 'Y', x, y),
				     has_chroma ? reference_sample(format, image, 'U', x, y)
						: neutral,
				     has_chroma ? reference_sample(format, image, 'V', x, y)
						: neutral);

	if (reference_bits(format, 'C') && image->palette)
		return image->palette[reference_sample(format, image, 'C', x, y)];
	if (reference_bits(format, 'C'))
		return grey(reference_channel(format, image, 'C', x, y));
	if (reference_bits(format, 'D'))
		return grey(65535 - reference_channel(format, image, 'D', x, y));
	if (!reference_bits(format, 'G'))
		return grey(reference_channel(format, image, 'R', x, y));

	return (struct rvkms_pixel){
		.b = reference_channel(format, image, 'B', x, y),
		.g = reference_channel(format, image, 'G', x, y),
		.r = reference_channel(format, image, 'R', x, y),
	};
}

struct rvkms_pixel reference_read(const struct reference_format *format,
				  const struct rvkms_image *image, u32 x, u32 y)
{
	struct rvkms_pixel pixel = reference_colour(format, image, x, y);

	pixel.a = reference_bits(format, 'A') ? reference_channel(format, image, 'A', x, y)
					      : 65535;

	return pixel;
}
