/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_CHECK_DEVICE_H
#define RVKMS_CORE_CHECK_DEVICE_H

#include <linux/types.h>

#include "../pixel/format_set.h"
#include "verdict.h"

/* Masks of CRTCs, planes and encoders have 32 bits in DRM. */
#define RVKMS_MAX_OBJECTS 32

/* Width and height of the largest framebuffer, and of the largest cursor. */
#define RVKMS_MAX_SIZE 8192

/* Some clients make cursors as large as possible: they should not cost more than on hardware. */
#define RVKMS_DEFAULT_CURSOR_SIZE 512

/* Entries of the largest table of a CRTC, and of tables by default. */
#define RVKMS_MAX_LUT_SIZE 4096
#define RVKMS_DEFAULT_LUT_SIZE 1024

/* The range of "max bpc". A composed pixel has 16 bits per channel. */
#define RVKMS_MIN_BPC 6
#define RVKMS_MAX_BPC 16

/* Source pixels per pixel of the CRTC that the composer supports, 16.16 fixed point. */
#define RVKMS_MIN_SCALE (65536 / 512)
#define RVKMS_MAX_SCALE (8 * 65536)

/* Bytes of an object's name, with its terminating 0. */
#define RVKMS_NAME_SIZE 32

/* Bytes of the largest EDID: 256 blocks. */
#define RVKMS_MAX_EDID_SIZE 32768

/* One bit per colour encoding, range and blend mode that the composer supports. */
#define RVKMS_ALL_ENCODINGS 0x7
#define RVKMS_ALL_RANGES 0x3
#define RVKMS_ALL_BLEND_MODES 0x7
/* DRM_MODE_ROTATE_MASK and DRM_MODE_REFLECT_MASK. */
#define RVKMS_ALL_ROTATIONS 0x3f

/**
 * enum rvkms_status - the status of a connector, with the values of enum drm_connector_status
 * @RVKMS_CONNECTED: a monitor is plugged in
 * @RVKMS_DISCONNECTED: no monitor is plugged in
 * @RVKMS_UNKNOWN: the connector cannot detect a monitor
 */
enum rvkms_status {
	RVKMS_CONNECTED = 1,
	RVKMS_DISCONNECTED = 2,
	RVKMS_UNKNOWN = 3,
};

/* Modes that the built-in EDID has room for, and bytes of its name, with a terminating 0. */
#define RVKMS_MAX_MODES 6
#define RVKMS_MONITOR_NAME_SIZE 14

/**
 * struct rvkms_monitor_mode - a mode of a monitor
 * @width: active width in pixels
 * @height: active height in lines
 * @refresh: refresh rate in Hz
 */
struct rvkms_monitor_mode {
	u32 width;
	u32 height;
	u32 refresh;
};

/**
 * struct rvkms_monitor - the end of the cable
 * @status: an enum rvkms_status
 * @has_edid: the monitor has an EDID; otherwise DRM's own list of modes is used
 * @is_fixed: the built-in EDID announces a fixed refresh rate
 * @has_hdr: the built-in EDID announces HDR
 * @serial: serial number in the built-in EDID
 * @width_mm: width of the screen in the built-in EDID, 0 if it is not known
 * @height_mm: height of the screen in the built-in EDID, 0 if it is not known
 * @name: name in the built-in EDID
 * @num_modes: number of modes; 0 for the modes of the built-in EDID
 * @modes: all modes of the built-in EDID, the preferred one first
 * @edid: another EDID instead of the built-in one, or NULL; owned by the maker of the description
 * @edid_size: bytes of @edid
 */
struct rvkms_monitor {
	u32 status;
	bool has_edid;
	bool is_fixed;
	bool has_hdr;
	u32 serial;
	u32 width_mm;
	u32 height_mm;
	char name[RVKMS_MONITOR_NAME_SIZE];
	u32 num_modes;
	struct rvkms_monitor_mode modes[RVKMS_MAX_MODES];
	const u8 *edid;
	u32 edid_size;
};

/**
 * struct rvkms_plane_desc - the description of a plane
 * @kind: its type, an enum rvkms_plane_kind
 * @crtcs: possible CRTCs, one bit per CRTC
 * @formats: the formats that it offers
 * @rotations: supported DRM_MODE_ROTATE_* and DRM_MODE_REFLECT_*
 * @rotation: the first rotation
 * @encodings: supported colour encodings, one bit per enum drm_color_encoding
 * @encoding: the first encoding, as a bit
 * @ranges: supported colour ranges, one bit per enum drm_color_range
 * @range: the first range, as a bit
 * @has_zpos: it has a property zpos; otherwise its type decides its place in the stack
 * @is_zpos_mutable: clients may change zpos
 * @zpos: the first zpos
 * @min_zpos: the lowest zpos
 * @max_zpos: the uppermost zpos
 * @has_alpha: it has a property alpha
 * @blend_modes: supported blend modes, one bit per DRM_MODE_BLEND_*; 0 for no property
 * @has_pipeline: it has a colour pipeline
 * @is_async: asynchronous flips of it are supported, if its CRTC has vblanks
 * @min_scale: smallest number of source pixels per pixel of the CRTC, 16.16 fixed point
 * @max_scale: largest number of source pixels per pixel of the CRTC, 16.16 fixed point
 * @name: its name; empty for DRM's default
 */
struct rvkms_plane_desc {
	u32 kind;
	u32 crtcs;
	struct rvkms_format_set formats;
	u32 rotations;
	u32 rotation;
	u32 encodings;
	u32 encoding;
	u32 ranges;
	u32 range;
	bool has_zpos;
	bool is_zpos_mutable;
	u32 zpos;
	u32 min_zpos;
	u32 max_zpos;
	bool has_alpha;
	u32 blend_modes;
	bool has_pipeline;
	bool is_async;
	u32 min_scale;
	u32 max_scale;
	char name[RVKMS_NAME_SIZE];
};

/**
 * struct rvkms_crtc_desc - the description of a CRTC
 * @has_writeback: it has a writeback connector, with its own encoder
 * @has_vblanks: it has vblanks; without them a commit is shown at once
 * @has_background: it has a background colour
 * @degamma_size: entries of the degamma table, 0 for none
 * @has_ctm: it has a colour matrix
 * @gamma_size: entries of the gamma table, 0 for none
 * @max_planes: largest number of visible planes
 * @max_pixel_rate: largest pixel rate of all visible planes, in 1000 pixels per second
 * @name: its name; empty for DRM's default
 */
struct rvkms_crtc_desc {
	bool has_writeback;
	bool has_vblanks;
	bool has_background;
	u32 degamma_size;
	bool has_ctm;
	u32 gamma_size;
	u32 max_planes;
	u64 max_pixel_rate;
	char name[RVKMS_NAME_SIZE];
};

/**
 * struct rvkms_encoder_desc - the description of an encoder
 * @crtcs: possible CRTCs, one bit per CRTC
 */
struct rvkms_encoder_desc {
	u32 crtcs;
};

/**
 * struct rvkms_connector_desc - the description of a connector
 * @type: its type, DRM_MODE_CONNECTOR_*
 * @encoders: possible encoders, one bit per encoder
 * @colorspaces: supported values of enum drm_colorspace, one bit per value; 0 for neither the
 *               property Colorspace nor HDR_OUTPUT_METADATA
 * @max_bpc: largest number of bits per channel
 * @has_vrr: it has a property vrr_capable
 * @is_dynamic: it may be removed while the device is registered
 * @id: a number by which it is found, unique in its device
 * @monitor: its monitor when the device is created
 */
struct rvkms_connector_desc {
	u32 type;
	u32 encoders;
	u32 colorspaces;
	u32 max_bpc;
	bool has_vrr;
	bool is_dynamic;
	u32 id;
	struct rvkms_monitor monitor;
};

/**
 * struct rvkms_device_desc - the description of a device: all that it is built from
 * @num_planes: number of planes
 * @num_crtcs: number of CRTCs
 * @num_encoders: number of encoders, without those of writeback connectors
 * @num_connectors: number of connectors, without writeback connectors
 * @planes: the planes, in the order of their creation
 * @crtcs: the CRTCs
 * @encoders: the encoders
 * @connectors: the connectors
 * @limits: the scan-out limits; those of planes and CRTCs above have precedence
 * @are_clones: encoders that have a possible CRTC in common are possible clones
 * @has_hotspot: the cursor is a pointer that a viewer draws, which needs its hotspot
 * @has_render_node: the device also has a render node
 * @has_console: in-kernel clients use the device, if rvkms_device_suits_clients()
 *
 * Only the first entries of each array are used, as many as the matching number. With 11 KiB, it
 * is too large for the stack.
 */
struct rvkms_device_desc {
	u32 num_planes;
	u32 num_crtcs;
	u32 num_encoders;
	u32 num_connectors;
	struct rvkms_plane_desc planes[RVKMS_MAX_OBJECTS];
	struct rvkms_crtc_desc crtcs[RVKMS_MAX_OBJECTS];
	struct rvkms_encoder_desc encoders[RVKMS_MAX_OBJECTS];
	struct rvkms_connector_desc connectors[RVKMS_MAX_OBJECTS];
	struct rvkms_device_limits limits;
	bool are_clones;
	bool has_hotspot;
	bool has_render_node;
	bool has_console;
};

struct rvkms_plane_desc rvkms_plane_describe(enum rvkms_plane_kind kind);
struct rvkms_crtc_desc rvkms_crtc_describe(void);
struct rvkms_connector_desc rvkms_connector_describe(void);
void rvkms_device_describe(struct rvkms_device_desc *desc);
void rvkms_device_describe_plain(struct rvkms_device_desc *desc, u32 crtcs, u32 overlays,
				 u32 outputs);
struct rvkms_device_limits rvkms_plane_limits(const struct rvkms_device_desc *desc, u32 plane);
struct rvkms_device_limits rvkms_crtc_limits(const struct rvkms_device_desc *desc, u32 crtc);
struct rvkms_verdict rvkms_check_device(const struct rvkms_device_desc *desc);
struct rvkms_verdict rvkms_check_connector_desc(const struct rvkms_device_desc *desc,
						const struct rvkms_connector_desc *connector);
bool rvkms_device_suits_clients(const struct rvkms_device_desc *desc);

#endif /* RVKMS_CORE_CHECK_DEVICE_H */
