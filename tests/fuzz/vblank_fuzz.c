// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzzes vblanks: the period of any mode is within its limits, times increase, and the count and
 * the time of vblanks are inverse functions.
 */

#include <linux/limits.h>

#include "../core/check/mode.h"
#include "../core/timing/vrr.h"
#include "input.h"

/* 100 years: times after that are not compared, since they may be saturated. */
#define FAR_NS 3155760000000000000ll

static struct rvkms_timing take_timing(struct input *in)
{
	return (struct rvkms_timing){
		.clock = (s32)take_u32(in),
		.hdisplay = take_u16(in),
		.htotal = take_u16(in),
		.vdisplay = take_u16(in),
		.vtotal = take_u16(in),
		.vscan = take_u16(in),
		.doublescan = take_bool(in),
		.interlace = take_bool(in),
		.frame_packing = take_bool(in),
	};
}

static void expect_inverse(struct rvkms_period period, s64 anchor, u64 n)
{
	const s64 time = rvkms_vblank_time(period, anchor, n);

	expect(time >= anchor);
	if (time - anchor >= FAR_NS)
		return;

	expect(rvkms_vblank_count(period, anchor, time) == n);
	if (n)
		expect(rvkms_vblank_count(period, anchor, time - 1) == n - 1);
	expect(rvkms_vblank_time(period, anchor, n + 1) - time >= RVKMS_PERIOD_MIN_NS);
	expect(rvkms_vblank_time(period, anchor, n + 1) - time <= RVKMS_PERIOD_MAX_NS + 1);
}

static void expect_position(const struct rvkms_timing *timing, s64 since)
{
	const struct rvkms_position position = rvkms_vblank_position(timing, since);

	expect(position.hpos >= 0);
	expect(position.hpos < timing->htotal || !timing->htotal);
	expect(rvkms_vblank_active_delay(timing) <= RVKMS_PERIOD_MAX_NS);
}

static void expect_window(const struct rvkms_timing *timing, struct input *in)
{
	const struct rvkms_vrr vrr = rvkms_vrr_create(timing, take_u32(in), take_u32(in));
	const s64 anchor = (s64)take_u64(in);
	const s64 now = (s64)take_u64(in);
	const struct rvkms_window window = rvkms_vrr_window(&vrr, anchor, now);
	const s64 flip = rvkms_vrr_flip(&vrr, anchor, now);

	expect(vrr.shortest.num / vrr.shortest.den >= RVKMS_PERIOD_MIN_NS);
	expect(vrr.longest.num / vrr.longest.den <= RVKMS_PERIOD_MAX_NS);
	expect(window.earliest <= window.latest);
	expect(flip >= window.earliest && flip <= window.latest);
}

int LLVMFuzzerTestOneInput(const u8 *bytes, size_t size)
{
	struct input in = { bytes, size };
	const struct rvkms_device_limits limits = {
		.max_width = take_u32(&in),
		.max_height = take_u32(&in),
		.max_clock = take_u32(&in),
	};
	const struct rvkms_timing timing = take_timing(&in);
	const struct rvkms_mode_request request = {
		.timing = timing,
		.hsync_start = take_u16(&in),
		.hsync_end = take_u16(&in),
		.vsync_start = take_u16(&in),
		.vsync_end = take_u16(&in),
		.flags = take_bool(&in) ? take_u32(&in) : 0,
	};
	const struct rvkms_verdict verdict = rvkms_check_mode(&limits, &request);
	const struct rvkms_period period = rvkms_vblank_period(&timing);
	const s64 anchor = (s64)(take_u64(&in) >> 2);

	expect(!verdict.err == (verdict.rule == RVKMS_RULE_NONE));
	if (!verdict.err)
		expect(rvkms_timing_in_range(&timing));

	expect_position(&timing, (s64)take_u64(&in));
	expect_window(&timing, &in);
	expect(period.den);
	expect(period.num / period.den >= RVKMS_PERIOD_MIN_NS);
	expect((period.num - 1) / period.den < RVKMS_PERIOD_MAX_NS);
	for (u32 i = 0; i < 4; i++)
		expect_inverse(period, anchor, take_u64(&in) >> take_u8(&in) % 64);
	rvkms_vblank_time(period, (s64)take_u64(&in), take_u64(&in));
	rvkms_vblank_count(period, (s64)take_u64(&in), (s64)take_u64(&in));

	return 0;
}
