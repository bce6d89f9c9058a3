// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Reads modes and name of a monitor from text, and computes the timings of its modes. */

#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/types.h>

#include "monitor.h"

/* CVT 1.2: shortest vertical blanking of timings with reduced blanking, in ns. */
#define MIN_VBLANK_NS 460000

/* CVT 1.2: lines before the sync pulse, and at least after it. */
#define VSYNC_OFFSET 3
#define MIN_BACK_PORCH 6

/*
 * A detailed timing of an EDID has 12 bits for a size, and 16 bits for a clock. DRM ignores timings
 * of fewer than 64 pixels or lines.
 */
#define MIN_SIZE 64
#define MAX_SIZE 4095
#define MAX_CLOCK 65535

#define MAX_REFRESH 1000

/* CVT 1.2, table 3-2: the width of the sync pulse says the aspect ratio. */
static u32 vsync_width(const struct rvkms_monitor_mode *mode)
{
	static const struct {
		u32 width, height, lines;
	} ratios[] = {
		{ 4, 3, 4 }, { 16, 9, 5 }, { 16, 10, 6 }, { 5, 4, 7 }, { 15, 9, 7 },
	};

	for (u32 i = 0; i < ARRAY_SIZE(ratios); i++) {
		if ((u64)mode->width * ratios[i].height == (u64)mode->height * ratios[i].width)
			return ratios[i].lines;
	}

	return 10;
}

/**
 * rvkms_monitor_timing - compute the timing of a mode
 * @mode: the mode, with any values; they need not fit into an EDID
 *
 * Returns:
 * The timing.
 */
struct rvkms_reduced rvkms_monitor_timing(const struct rvkms_monitor_mode *mode)
{
	const u32 frame_ns = 1000000000u / max(mode->refresh, 1u);
	const u32 active_ns = frame_ns > MIN_VBLANK_NS ? frame_ns - MIN_VBLANK_NS : 0;
	const u32 line_ns = max(active_ns / max(mode->height, 1u), 1u);
	struct rvkms_reduced timing = {
		.hblank = 160,
		.hsync_offset = 48,
		.hsync_width = 32,
		.vsync_offset = VSYNC_OFFSET,
		.vsync_width = vsync_width(mode),
	};
	u64 rate;

	timing.vblank = max(MIN_VBLANK_NS / line_ns + 1,
			    VSYNC_OFFSET + timing.vsync_width + MIN_BACK_PORCH);
	rate = ((u64)mode->width + timing.hblank) * ((u64)mode->height + timing.vblank);
	timing.clock = div_u64(rate * mode->refresh + 5000, 10000);

	return timing;
}

static bool fits(const struct rvkms_monitor_mode *mode)
{
	struct rvkms_reduced timing;

	if (mode->width < MIN_SIZE || mode->width > MAX_SIZE || mode->height < MIN_SIZE ||
	    mode->height > MAX_SIZE || !mode->refresh || mode->refresh > MAX_REFRESH)
		return false;

	timing = rvkms_monitor_timing(mode);

	/* With such a clock a line takes more than 300 ns: the blanking fits too. */
	return timing.clock <= MAX_CLOCK;
}

/* Reads a decimal number, and moves to its end. Returns 0 if it has more than five digits. */
static u32 take_number(const char **text, const char *end)
{
	u32 value = 0, digits = 0;

	for (; *text < end && **text >= '0' && **text <= '9'; (*text)++) {
		if (++digits > 5)
			return 0;
		value = value * 10 + (u32)(**text - '0');
	}

	return value;
}

static bool take_char(const char **text, const char *end, char c)
{
	if (*text == end || **text != c)
		return false;

	(*text)++;

	return true;
}

/* Reads WIDTHxHEIGHT, which is at 60 Hz, or WIDTHxHEIGHT@REFRESH. */
static bool parse_mode(const char *text, const char *end, struct rvkms_monitor_mode *mode)
{
	mode->width = take_number(&text, end);
	if (!take_char(&text, end, 'x'))
		return false;

	mode->height = take_number(&text, end);
	mode->refresh = 60;
	if (take_char(&text, end, '@'))
		mode->refresh = take_number(&text, end);

	return text == end && fits(mode);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

/**
 * rvkms_monitor_set_modes - set the modes of a monitor
 * @monitor: the monitor; unchanged after an error
 * @text: any bytes: modes such as 1600x1068@90, separated by blanks, the preferred one first; none
 *        for the modes of the built-in EDID
 * @length: number of bytes
 *
 * Returns:
 * 0; -EINVAL for text of another form, a mode that an EDID cannot describe, or too many modes.
 */
int rvkms_monitor_set_modes(struct rvkms_monitor *monitor, const char *text, size_t length)
{
	struct rvkms_monitor changed = *monitor;
	size_t start = 0;

	changed.num_modes = 0;
	for (size_t i = 0; i <= length; i++) {
		if (i < length && !is_blank(text[i]))
			continue;

		if (i > start) {
			if (changed.num_modes == RVKMS_MAX_MODES ||
			    !parse_mode(text + start, text + i, &changed.modes[changed.num_modes]))
				return -EINVAL;
			changed.num_modes++;
		}
		start = i + 1;
	}
	*monitor = changed;

	return 0;
}

/**
 * rvkms_monitor_set_name - set the name of a monitor
 * @monitor: the monitor; unchanged after an error
 * @text: any bytes: 1 to 13 printable characters of ASCII, and perhaps a newline
 * @length: number of bytes
 *
 * Returns:
 * 0, or -EINVAL for other text.
 */
int rvkms_monitor_set_name(struct rvkms_monitor *monitor, const char *text, size_t length)
{
	if (length && text[length - 1] == '\n')
		length--;
	if (!length || length >= sizeof(monitor->name))
		return -EINVAL;

	for (size_t i = 0; i < length; i++) {
		if (text[i] < ' ' || text[i] > '~')
			return -EINVAL;
	}
	memset(monitor->name, 0, sizeof(monitor->name));
	memcpy(monitor->name, text, length);

	return 0;
}
