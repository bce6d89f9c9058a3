/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_TESTS_LAG_H
#define RVKMS_TESTS_LAG_H

#include <drm/drm_modes.h>
#include <linux/ktime.h>
#include <linux/types.h>

#include "display.h"

/* The modes have the refresh rate of 640x480 at 59.94 Hz: 420000000000 / 25175 ns per frame. */
#define LAG_PERIOD_NS 16683217
#define LAG_WIDTH 64
#define LAG_HEIGHT 48
/* Lines are read from the top: the cursor is read at two thirds of a composition. */
#define LAG_CURSOR_Y 32
#define LAG_CURSOR_SIZE 8
#define LAG_MAX_LOG 1024

/**
 * struct lag_case - the duration of compositions
 * @desc: the duration in periods
 * @delay: the duration in ns
 * @pace: periods between two flips of a client that flips as fast as possible
 *
 * A composition of exactly one period ends just after the interrupt, so that the flip slips.
 */
struct lag_case {
	const char *desc;
	u64 delay;
	u64 pace;
};

extern const struct lag_case lag_cases[7];

/**
 * struct lag_mode - a mode and its buffers
 * @mode: the mode
 * @buffers: the buffers, flipped between
 */
struct lag_mode {
	struct drm_display_mode mode;
	struct drm_client_buffer *buffers[2];
};

/**
 * struct lag_look - the expected content of a frame
 * @is_on: the CRTC is on
 * @height: the height of the mode
 * @colour: the colour of the primary plane
 * @has_cursor: the cursor plane is on
 * @cursor: the colour of the cursor
 * @x: the left edge of the cursor
 */
struct lag_look {
	bool is_on;
	u32 height;
	u32 colour;
	bool has_cursor;
	u32 cursor;
	u32 x;
};

/**
 * struct lag_scene - the content of frames between two commits
 * @is_on: the CRTC is on
 * @crc: the CRC, computed by the model
 * @earliest: the first frame that may show it
 * @latest: the first frame that must show it, or a later scene
 */
struct lag_scene {
	bool is_on;
	u32 crc;
	u64 earliest;
	u64 latest;
};

/**
 * struct lag_crc - a CRC that the reader received
 * @frame: the number of its frame
 * @value: the CRC
 */
struct lag_crc {
	u64 frame;
	u32 value;
};

/**
 * struct lag - a client of a slow display, and a model of its frames
 * @display: the display
 * @modes: two modes
 * @mode: the mode that is set
 * @front: index of the shown buffer of the mode
 * @cursors: the cursor images
 * @front_cursor: index of the shown cursor image
 * @target: the target of writeback jobs
 * @num_colours: number of colours used so far
 * @look: the content of the last commit
 * @line: memory for one line
 * @base: the frame at which the timer counted vblank 0
 * @is_on_grid: the refresh rate is fixed
 * @grid_frame: the first frame of the mode
 * @grid_time: the timestamp of that frame, us
 * @time: the timestamp of the last event, us
 * @has_posted: a flip is pending
 * @posted: the scene of that flip
 * @is_reading: a reader captures CRCs
 * @after: the reader gets frames after this one
 * @owed: a frame, or 0; the reader gets its CRC before the next flip
 * @scenes: the scenes since the last check
 * @num_scenes: number of scenes
 * @crcs: the CRCs since the last check
 * @num_crcs: number of CRCs
 *
 * The client fills a buffer and a cursor image with another colour as soon as they are free.
 */
struct lag {
	struct display *display;
	struct lag_mode modes[2];
	u32 mode;
	u32 front;
	struct drm_client_buffer *cursors[2];
	u32 front_cursor;
	struct drm_client_buffer *target;
	u32 num_colours;
	struct lag_look look;
	struct rvkms_pixel *line;
	u64 base;
	bool is_on_grid;
	u64 grid_frame;
	s64 grid_time;
	s64 time;
	bool has_posted;
	u32 posted;
	bool is_reading;
	u64 after;
	u64 owed;
	struct lag_scene scenes[LAG_MAX_LOG];
	u32 num_scenes;
	struct lag_crc crcs[LAG_MAX_LOG];
	u32 num_crcs;
};

struct lag *lag_begin(struct display *display, u64 delay);
struct lag *lag_begin_vrr(struct display *display, u64 delay);
struct rvkms_scanout *lag_scanout(struct lag *lag);
void lag_set_delay(struct lag *lag, u64 delay);
u64 lag_count(struct lag *lag);
void lag_sleep(u64 ns);
void lag_start(struct lag *lag);
void lag_stop(struct lag *lag);
void lag_post(struct lag *lag);
void lag_post_job(struct lag *lag);
void lag_expect_target(struct lag *lag, const struct lag_look *look);
u64 lag_await(struct lag *lag);
u64 lag_flip(struct lag *lag);
void lag_tear(struct lag *lag);
void lag_move_cursor(struct lag *lag, u32 x);
void lag_change_cursor(struct lag *lag);
void lag_hide_cursor(struct lag *lag);
u64 lag_set_mode(struct lag *lag, u32 mode);
void lag_turn_off(struct lag *lag);
void lag_unplug(struct lag *lag);

u32 lag_add_scene(struct lag *lag, u64 earliest, u64 latest);
void lag_place_scene(struct lag *lag, u32 n, u64 frame);
void lag_limit_scenes(struct lag *lag, u64 frame);
void lag_collect_owed(struct lag *lag);
void lag_expect_crc(struct lag *lag, u64 frame);
void lag_forget(struct lag *lag);
u32 lag_read(struct lag *lag);
u32 lag_check(struct lag *lag);

#endif /* RVKMS_TESTS_LAG_H */
