// SPDX-License-Identifier: GPL-2.0
/* Provides the built-in EDID of the connectors. */

#include <linux/array_size.h>
#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/string.h>

#include <drm/drm_edid.h>

#include "core/check/device.h"
#include "edid.h"

/* VESA E-EDID 1.4 and CTA-861-G: a monitor with all features of rvkms. Omitted bytes are 0. */
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
	/* One extension */
	0x01,
	/* Checksum */
	0x73,
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
	[2 * EDID_LENGTH - 1] = 0x8d,
};

/* The bytes of the first block that differ without continuous frequencies. */
static const struct {
	u8 at;
	u8 value;
} fixed[] = {
	{ 0x18, 0x06 },
	{ 0x7f, 0x74 },
};

static int read_builtin(u8 *to, unsigned int block, size_t length, bool is_fixed)
{
	static_assert(ARRAY_SIZE(builtin) % EDID_LENGTH == 0);

	if (block >= ARRAY_SIZE(builtin) / EDID_LENGTH || length > EDID_LENGTH)
		return -EINVAL;

	memcpy(to, builtin + block * EDID_LENGTH, length);
	for (u32 i = 0; !block && is_fixed && i < ARRAY_SIZE(fixed); i++) {
		if (fixed[i].at < length)
			to[fixed[i].at] = fixed[i].value;
	}

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
		return read_builtin(to, block, length, monitor->is_fixed);

	if (from + length > monitor->edid_size || length > EDID_LENGTH)
		return -EINVAL;

	memcpy(to, monitor->edid + from, length);

	return 0;
}
