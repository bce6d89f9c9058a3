// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Computes the times of vblanks. Vblank n is at anchor + floor(n * num / den) nanoseconds, where
 * num / den is the exact period of the mode. No error accumulates: the phase does not drift with
 * the number of vblanks or when vblanks are disabled and enabled. See docs/vblank.md.
 */

#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/overflow.h>
#include <linux/types.h>

#include "vblank.h"

#define NSEC_PER_MSEC_U64 1000000ull

static const struct rvkms_period shortest = { .num = RVKMS_PERIOD_MIN_NS, .den = 1 };
static const struct rvkms_period longest = { .num = RVKMS_PERIOD_MAX_NS, .den = 1 };

enum range { RANGE_BELOW, RANGE_WITHIN, RANGE_ABOVE };

static enum range period_range(struct rvkms_period period)
{
	if (period.num > (u64)RVKMS_PERIOD_MAX_NS * period.den)
		return RANGE_ABOVE;

	if (period.num < (u64)RVKMS_PERIOD_MIN_NS * period.den)
		return RANGE_BELOW;

	return RANGE_WITHIN;
}

/* A period that is not from rvkms_vblank_period() must not cause a division by zero. */
static struct rvkms_period sane(struct rvkms_period period)
{
	if (period.den && period_range(period) == RANGE_WITHIN)
		return period;

	return longest;
}

/* Returns the number of times each line of the mode is scanned. */
static u64 timing_scans(const struct rvkms_timing *timing)
{
	return (u64)max_t(u16, timing->vscan, 1) << timing->doublescan;
}

/*
 * Returns the speed of the scan-out, in pixels per millisecond; with interlace in half pixels, so
 * that a field has as many as a frame has pixels. A clock has 31 bits: the result fits.
 */
static u32 timing_rate(const struct rvkms_timing *timing)
{
	return (u32)max(timing->clock, 0) << timing->interlace;
}

/*
 * pixels / clock[kHz] is a time in ms. A field is half a frame: the denominator doubles. The period
 * of a mode without pixels or without a clock is infinite.
 */
static enum range timing_period(const struct rvkms_timing *timing, struct rvkms_period *period)
{
	const u64 pixels = timing->htotal * (timing->vtotal * timing_scans(timing));

	period->den = timing_rate(timing);
	if (!period->den || !pixels)
		return RANGE_ABOVE;

	/* A product that does not fit exceeds 2^64 / 2^32 ns, more than four times the limit. */
	if (check_mul_overflow(pixels, NSEC_PER_MSEC_U64, &period->num))
		return RANGE_ABOVE;

	return period_range(*period);
}

/**
 * rvkms_timing_height - return the number of active lines of a mode
 * @timing: the mode, with any values
 *
 * With frame packing, the active area has the lines of both views and the blanking between them
 * (HDMI 1.4).
 *
 * Returns:
 * The height of the active area, with each line counted once.
 */
u32 rvkms_timing_height(const struct rvkms_timing *timing)
{
	return timing->vdisplay + (timing->frame_packing ? timing->vtotal : 0);
}

/**
 * rvkms_timing_in_range - check the refresh rate of a mode
 * @timing: the mode, with any values
 *
 * Returns:
 * True if the time between two vblanks is at least RVKMS_PERIOD_MIN_NS and at most
 * RVKMS_PERIOD_MAX_NS.
 */
bool rvkms_timing_in_range(const struct rvkms_timing *timing)
{
	struct rvkms_period period;

	return timing_period(timing, &period) == RANGE_WITHIN;
}

/**
 * rvkms_vblank_period - return the time between two vblanks of a mode
 * @timing: the mode, with any values
 *
 * htotal * vtotal / clock, as VESA DMT and CTA-861 define the refresh rate; twice that with
 * doublescan, vscan times that with vscan, half of it (a field) with interlace.
 *
 * Returns:
 * The exact period; the nearer limit for a mode that is out of range, so that no mode can cause a
 * storm of timer interrupts or stop the timer.
 */
struct rvkms_period rvkms_vblank_period(const struct rvkms_timing *timing)
{
	struct rvkms_period period;
	const enum range range = timing_period(timing, &period);

	if (range == RANGE_BELOW)
		return shortest;
	if (range == RANGE_ABOVE)
		return longest;

	return period;
}

/* Returns floor(n * num / den), at most U64_MAX. */
static u64 vblank_offset(struct rvkms_period period, u64 n)
{
	u32 rest;
	const u64 whole = div_u64_rem(period.num, period.den, &rest);
	u64 offset;

	if (check_mul_overflow(n, whole, &offset) ||
	    check_add_overflow(offset, mul_u64_u32_div(n, rest, period.den), &offset))
		return U64_MAX;

	return offset;
}

/**
 * rvkms_vblank_time - return the timestamp of a vblank
 * @period: the period; the longest period is used if it is out of range
 * @anchor: timestamp of vblank 0 in ns
 * @n: number of the vblank
 *
 * Returns:
 * The time in ns, on the clock of @anchor, rounded down, at most S64_MAX.
 */
s64 rvkms_vblank_time(struct rvkms_period period, s64 anchor, u64 n)
{
	s64 time;

	if (check_add_overflow(anchor, vblank_offset(sane(period), n), &time))
		return S64_MAX;

	return time;
}

/**
 * rvkms_vblank_count - return the number of the last vblank
 * @period: the period; the longest period is used if it is out of range
 * @anchor: timestamp of vblank 0 in ns
 * @now: a time in ns, on the same clock
 *
 * The inverse of rvkms_vblank_time(): n at the timestamp of vblank n, n - 1 one nanosecond earlier.
 *
 * Returns:
 * The number of the last vblank at or before @now, 0 if @now is before @anchor.
 */
u64 rvkms_vblank_count(struct rvkms_period period, s64 anchor, s64 now)
{
	u64 elapsed;

	if (now <= anchor)
		return 0;

	period = sane(period);

	/* The difference of two s64 always fits an u64. */
	elapsed = (u64)now - (u64)anchor;

	/*
	 * Timestamps are rounded down: vblank n is due if n * num / den < elapsed + 1, which is
	 * n * num <= (elapsed + 1) * den - 1. num / den is at least RVKMS_PERIOD_MIN_NS: the
	 * quotient does not overflow, nor does the product of 128 bits.
	 */
	return mul_u64_add_u64_div_u64(elapsed, period.den, period.den - 1, period.num);
}

/* Returns the lines of vertical blanking of one view. vdisplay is clamped to vtotal. */
static u64 blank_lines(const struct rvkms_timing *timing)
{
	return (timing->vtotal - min(timing->vdisplay, timing->vtotal)) * timing_scans(timing);
}

/**
 * rvkms_vblank_active_delay - return the time from a vblank to the start of the active area
 * @timing: the mode, with any values
 *
 * The vertical blanking comes first. DRM's timestamp of a vblank is the start of the active area
 * (&drm_crtc_funcs.get_vblank_timestamp).
 *
 * Returns:
 * The time in ns, rounded up, so that rvkms_vblank_position() is in the active area from then on;
 * at most RVKMS_PERIOD_MAX_NS.
 */
u32 rvkms_vblank_active_delay(const struct rvkms_timing *timing)
{
	const u64 blank = timing->htotal * blank_lines(timing);
	const u32 rate = timing_rate(timing);
	u64 delay;

	if (!blank)
		return 0;

	/* The blanking takes more than 1000 ms; this includes a clock of 0. */
	if (blank > 1000ull * rate << timing->frame_packing)
		return RVKMS_PERIOD_MAX_NS;

	delay = div_u64(blank * NSEC_PER_MSEC_U64 + rate - 1, rate);

	/* Frame packing scans out two views in the time of one frame. */
	return (delay + timing->frame_packing) >> timing->frame_packing;
}

/* Pixels scanned out since the vblank; 0 after the end of the frame, while the next one is late. */
static u64 pixels_since(const struct rvkms_timing *timing, s64 since)
{
	const u64 frame = timing->htotal * (timing->vtotal * timing_scans(timing));
	const u64 elapsed = clamp_t(s64, since, 0, RVKMS_PERIOD_MAX_NS);
	const u64 progress = elapsed * timing_rate(timing) << timing->frame_packing;
	const u64 scanned = div_u64(progress, NSEC_PER_MSEC_U64);

	return scanned < frame << timing->frame_packing ? scanned : 0;
}

/**
 * rvkms_vblank_position - return the position of the scan-out
 * @timing: the mode, with any values
 * @since: time since the last vblank in ns; negative values are taken as 0
 *
 * Counts scanned lines: each line of the mode counts vscan times, and twice with doublescan. With
 * interlace, counts the lines of the field, which may start in the middle of a line. If the next
 * vblank is late, as with a variable refresh rate, the scan-out waits at the start of the blanking.
 *
 * Returns:
 * The position, clamped to an int; 0, 0 in a mode without pixels per line.
 */
struct rvkms_position rvkms_vblank_position(const struct rvkms_timing *timing, s64 since)
{
	const u32 line = (u32)timing->htotal << timing->interlace;
	const u64 blank = blank_lines(timing);
	/* Lines of blanking, rounded up: the first one may be half a line. */
	const u64 before = (blank + timing->interlace) >> timing->interlace;
	u64 lines;
	u32 rest;

	if (!line)
		return (struct rvkms_position){ 0, 0 };

	lines = div_u64_rem(pixels_since(timing, since) + before * line - blank * timing->htotal,
			    line, &rest);

	return (struct rvkms_position){
		.vpos = clamp_t(s64, lines - before, S32_MIN, S32_MAX),
		.hpos = rest >> timing->interlace,
	};
}
