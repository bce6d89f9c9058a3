// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Makes the built-in EDID of a monitor, and reads EDIDs. */

#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/string.h>

#include <drm/drm_edid.h>

#include "../core/check/device.h"
#include "../core/check/monitor.h"
#include "edid.h"

/*
 * VESA E-EDID 1.4 and CTA-861-G: a monitor with all features of rvkms. Omitted bytes are 0, and
 * checksums are computed.
 */
static const u8 builtin[2 * EDID_LENGTH] = {
	/* Header */
	0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00,
	/* LNX, product 1, no serial number */
	0x31, 0xd8, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00,
	/* Week 1 of 2026 */
	0x01, 0x24,
	/* EDID 1.4 */
	0x01, 0x04,
	/* Digital, 16 bits per channel; undefined size; gamma 2.2; RGB; continuous frequencies */
	0xe0, 0x00, 0x00, 0x78, 0x07,
	/* Chromaticities of sRGB */
	0xee, 0x91, 0xa3, 0x54, 0x4c, 0x99, 0x26, 0x0f, 0x50, 0x54,
	/* 640x480, 800x600, 1024x768, at 60 Hz */
	0x21, 0x08, 0x00,
	/* 1280x720, 1280x1024, 1440x900, 1600x1200, 1680x1050, 1920x1080, 1920x1200 */
	0x81, 0xc0, 0x81, 0x80, 0x95, 0x00, 0xa9, 0x40, 0xb3, 0x00, 0xd1, 0xc0,
	0xd1, 0x00, 0x01, 0x01,
	/* Preferred: 1024x768 at 60 Hz, DMT 0x10 */
	0x64, 0x19, 0x00, 0x40, 0x41, 0x00, 0x26, 0x30, 0x18, 0x88, 0x36, 0x00,
	0x00, 0x00, 0x00, 0x00, 0x00, 0x18,
	/* 24 to 240 Hz, 25 to 255 kHz, 1200 MHz */
	0x00, 0x00, 0x00, 0xfd, 0x00, 0x18, 0xf0, 0x19, 0xff, 0x78, 0x01, 0x0a,
	0x20, 0x20, 0x20, 0x20, 0x20, 0x20,
	/* Name: rvkms */
	0x00, 0x00, 0x00, 0xfc, 0x00, 0x72, 0x76, 0x6b, 0x6d, 0x73, 0x0a, 0x20,
	0x20, 0x20, 0x20, 0x20, 0x20, 0x20,
	/* Dummy descriptor */
	0x00, 0x00, 0x00, 0x10, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	/* One extension, checksum */
	0x01, 0x00,
	/* CTA-861 extension 3; IT formats underscan */
	0x02, 0x03, 0x22, 0x81,
	/* VICs 1 to 4, 16 to 19, 31 to 34, 63, 93 to 97 */
	0x52, 0x01, 0x02, 0x03, 0x04, 0x10, 0x11, 0x12, 0x13, 0x1f, 0x20, 0x21,
	0x22, 0x3f, 0x5d, 0x5e, 0x5f, 0x60, 0x61,
	/* BT.2020 RGB */
	0xe3, 0x05, 0x80, 0x00,
	/* HDR: SDR, traditional HDR, ST 2084, HLG; static metadata of type 1 */
	0xe3, 0x06, 0x0f, 0x01,
	/* Quantisation range selectable; always underscans */
	0xe2, 0x00, 0x4a,
};

/* Offsets in the first block. */
#define SERIAL 12
#define SCREEN_CM 21
#define FEATURES 24
#define ESTABLISHED 35
#define STANDARD 38
#define PREFERRED 54
#define NAME 95
#define CHECKSUM 127

/* Features without continuous frequencies. */
#define FIXED_FEATURES 0x06

/* Parts of the extension: the modes, the colorimetry, HDR, the quantisation range. */
#define CTA_HEADER 4
#define MODES_SIZE 19
#define HDR_OFFSET 27
#define HDR_SIZE 4
#define CTA_END 34

static_assert(sizeof(builtin) == 2 * EDID_LENGTH);

static void put_le(u8 *to, u32 value, u32 count)
{
	for (u32 i = 0; i < count; i++)
		to[i] = value >> (8 * i);
}

/* VESA E-EDID 1.4, table 3.21: the low 8 bits of two numbers, and the next 4 bits of both. */
static void put_pair(u8 *to, u32 first, u32 second)
{
	to[0] = first;
	to[1] = second;
	to[2] = (first >> 8 & 15) << 4 | (second >> 8 & 15);
}

static void put_screen(u8 *to, const struct rvkms_monitor *monitor)
{
	put_pair(to, monitor->width_mm, monitor->height_mm);
}

/* Writes a detailed timing: digital separate sync, a positive pulse of hsync, as in CVT. */
static void put_mode(u8 *to, const struct rvkms_monitor *monitor,
		     const struct rvkms_monitor_mode *mode)
{
	const struct rvkms_reduced timing = rvkms_monitor_timing(mode);

	memset(to, 0, 18);
	put_le(to, timing.clock, 2);
	put_pair(to + 2, mode->width, timing.hblank);
	put_pair(to + 5, mode->height, timing.vblank);
	to[8] = timing.hsync_offset;
	to[9] = timing.hsync_width;
	to[10] = (timing.vsync_offset & 15) << 4 | (timing.vsync_width & 15);
	put_screen(to + 12, monitor);
	to[17] = 0x1a;
}

static void put_checksum(u8 *block)
{
	u8 sum = 0;

	for (u32 i = 0; i < CHECKSUM; i++)
		sum += block[i];
	block[CHECKSUM] = -sum;
}

static void make_first_block(const struct rvkms_monitor *monitor, u8 *to)
{
	const size_t length = strnlen(monitor->name, sizeof(monitor->name));

	memcpy(to, builtin, EDID_LENGTH);
	put_le(to + SERIAL, monitor->serial, 4);
	to[SCREEN_CM] = monitor->width_mm / 10;
	to[SCREEN_CM + 1] = monitor->height_mm / 10;
	if (monitor->is_fixed)
		to[FEATURES] = FIXED_FEATURES;
	put_screen(to + PREFERRED + 12, monitor);
	if (monitor->num_modes) {
		memset(to + ESTABLISHED, 0, STANDARD - ESTABLISHED);
		memset(to + STANDARD, 1, PREFERRED - STANDARD);
		put_mode(to + PREFERRED, monitor, &monitor->modes[0]);
	}
	if (length) {
		memset(to + NAME, ' ', 13);
		memcpy(to + NAME, monitor->name, length);
		if (length < 13)
			to[NAME + length] = '\n';
	}
	put_checksum(to);
}

/* Leaves out the modes and HDR if the monitor does not have them, and adds modes of its own. */
static void make_extension(const struct rvkms_monitor *monitor, u8 *to)
{
	const u8 *from = builtin + EDID_LENGTH;
	u32 size = CTA_HEADER;

	memset(to, 0, EDID_LENGTH);
	memcpy(to, from, CTA_HEADER);
	for (u32 i = CTA_HEADER; i < CTA_END; i++) {
		const bool is_mode = i < CTA_HEADER + MODES_SIZE;
		const bool is_hdr = i >= HDR_OFFSET && i < HDR_OFFSET + HDR_SIZE;

		if ((!is_mode || !monitor->num_modes) && (!is_hdr || monitor->has_hdr))
			to[size++] = from[i];
	}
	to[2] = size;
	for (u32 i = 1; i < monitor->num_modes; i++, size += 18)
		put_mode(to + size, monitor, &monitor->modes[i]);
	put_checksum(to);
}

static int read_builtin(const struct rvkms_monitor *monitor, u8 *to, unsigned int block,
			size_t length)
{
	u8 made[EDID_LENGTH];

	if (block > 1 || length > EDID_LENGTH)
		return -EINVAL;

	if (block)
		make_extension(monitor, made);
	else
		make_first_block(monitor, made);
	memcpy(to, made, length);

	return 0;
}

/**
 * rvkms_edid_read_block - read a block of a monitor's EDID
 * @context: the struct rvkms_monitor
 * @to: the destination
 * @block: index of the block
 * @length: number of bytes to read
 *
 * For drm_edid_read_custom(), with which users can replace the EDID.
 *
 * Returns:
 * 0, or -EINVAL if there is no such block.
 */
int rvkms_edid_read_block(void *context, u8 *to, unsigned int block, size_t length)
{
	const struct rvkms_monitor *monitor = context;
	const size_t from = (size_t)block * EDID_LENGTH;

	if (!monitor->has_edid)
		return -EINVAL;

	if (!monitor->edid)
		return read_builtin(monitor, to, block, length);

	if (from + length > monitor->edid_size || length > EDID_LENGTH)
		return -EINVAL;

	memcpy(to, monitor->edid + from, length);

	return 0;
}

/**
 * rvkms_edid_size - get the size of a monitor's EDID
 * @monitor: the monitor
 *
 * Returns:
 * The number of bytes, even if the EDID is disabled.
 */
size_t rvkms_edid_size(const struct rvkms_monitor *monitor)
{
	return monitor->edid ? monitor->edid_size : sizeof(builtin);
}

/**
 * rvkms_edid_read - read a monitor's EDID
 * @monitor: the monitor
 * @to: filled with rvkms_edid_size() bytes, even if the EDID is disabled
 */
void rvkms_edid_read(const struct rvkms_monitor *monitor, u8 *to)
{
	if (monitor->edid) {
		memcpy(to, monitor->edid, monitor->edid_size);
		return;
	}

	make_first_block(monitor, to);
	make_extension(monitor, to + EDID_LENGTH);
}
