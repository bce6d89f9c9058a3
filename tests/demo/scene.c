// SPDX-License-Identifier: GPL-2.0
/*
 * Draws a test card that makes faults of scan-out visible.
 *
 * The border of blocks shows a lost or repeated edge, circles and grid show geometry, bars and
 * ramps show swapped or truncated channels, fine patterns and zone plates show resampling.
 */
#include "scene.h"

#include <math.h>
#include <stddef.h>

#include "paint.h"
#include "picture.h"

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

static const struct colour black = { 0, 0, 0, 1 };
static const struct colour white = { 1, 1, 1, 1 };
static const struct point middle = { SCENE_WIDTH / 2., SCENE_HEIGHT / 2. };

static const struct area whole = { 0, 0, SCENE_WIDTH, SCENE_HEIGHT };
static const struct area bars = { 176, 252, 672, 136 };
static const struct area castle = { 176, 388, 672, 28 };
static const struct area ramps = { 176, 424, 672, 112 };

static void draw_background(struct picture *pic)
{
	const struct colour edge = { 0.035, 0.045, 0.10, 1 };
	const struct colour glow = { 0.10, 0.17, 0.34, 1 };

	for (int y = 0; y < pic->height; y++) {
		for (int x = 0; x < pic->width; x++) {
			double far = hypot(x - middle.x, y - middle.y) / 560;

			paint_pixel(pic, x, y, colour_mix(glow, edge, fmin(far, 1)));
		}
	}
}

static void draw_grid(struct picture *pic)
{
	const struct colour line = colour_fade(white, 0.13);

	for (int x = 64; x < pic->width; x += 64)
		paint_area(pic, (struct area){ x, 0, 1, pic->height }, line);
	for (int y = 64; y < pic->height; y += 64)
		paint_area(pic, (struct area){ 0, y, pic->width, 1 }, line);
}

/* 32 divides both sizes, so the four corners are alike. */
static void draw_border(struct picture *pic)
{
	for (int x = 0; x < pic->width; x += 32) {
		struct colour c = x / 32 % 2 ? white : black;

		paint_area(pic, (struct area){ x, 0, 32, 6 }, c);
		paint_area(pic, (struct area){ pic->width - 32 - x, pic->height - 6, 32, 6 }, c);
	}
	for (int y = 0; y < pic->height; y += 32) {
		struct colour c = y / 32 % 2 ? black : white;

		paint_area(pic, (struct area){ 0, pic->height - 32 - y, 6, 32 }, c);
		paint_area(pic, (struct area){ pic->width - 6, y, 6, 32 }, c);
	}
}

static void draw_circle(struct picture *pic)
{
	const struct disc disc = { middle, 364 };
	const struct shape shape = { whole, disc_distance, &disc };

	paint_shape(pic, shape, colour_fade(white, 0.07), colour_fade(white, 0.02));
	paint_halo(pic, shape, 26, (struct colour){ 0.35, 0.6, 1, 0.35 });
	paint_outline(pic, shape, 2.5, (struct colour){ 0.86, 0.93, 1, 1 });
}

/* Rings that become finer outwards, down to 2.5 pixels. */
static void draw_zone_plate(struct picture *pic, double cx, double cy)
{
	const double radius = 68;
	const struct disc disc = { { cx, cy }, radius };
	const struct area box = { cx - 76, cy - 76, 152, 152 };
	const struct shape shape = { box, disc_distance, &disc };

	for (int y = box.y; y < box.y + box.h; y++) {
		for (int x = box.x; x < box.x + box.w; x++) {
			double far = hypot(x + 0.5 - cx, y + 0.5 - cy);
			double light = 0.5 + 0.5 * cos(far * far * 0.4 * M_PI / radius);
			struct colour grey = { light, light, light, 1 };

			paint_pixel(pic, x, y, colour_fade(grey, radius + 0.5 - far));
		}
	}
	paint_outline(pic, shape, 2.5, (struct colour){ 0.86, 0.93, 1, 1 });
}

static void draw_bars(struct picture *pic)
{
	static const struct colour hue[] = {
		{ 1, 1, 1, 1 }, { 1, 1, 0, 1 }, { 0, 1, 1, 1 }, { 0, 1, 0, 1 },
		{ 1, 0, 1, 1 }, { 1, 0, 0, 1 }, { 0, 0, 1, 1 },
	};
	const int w = bars.w / ARRAY_SIZE(hue);

	for (int i = 0; i < (int)ARRAY_SIZE(hue); i++) {
		int mirrored = ARRAY_SIZE(hue) - 1 - i;
		struct area bar = { bars.x + i * w, bars.y, w, bars.h };
		struct area below = { castle.x + i * w, castle.y, w, castle.h };

		paint_area(pic, bar, colour_mix(black, hue[i], 0.75));
		paint_area(pic, below, i % 2 ? black : colour_mix(black, hue[mirrored], 0.75));
	}
}

/* Every one of the 256 values of red, green, blue and grey. */
static void draw_ramps(struct picture *pic)
{
	static const struct colour hue[] = {
		{ 1, 0, 0, 1 }, { 0, 1, 0, 1 }, { 0, 0, 1, 1 }, { 1, 1, 1, 1 },
	};
	const int h = ramps.h / ARRAY_SIZE(hue);

	for (int i = 0; i < (int)ARRAY_SIZE(hue); i++) {
		for (int x = 0; x < ramps.w; x++) {
			int value = x * 256 / ramps.w;
			struct area column = { ramps.x + x, ramps.y + i * h, 1, h };

			paint_area(pic, column, colour_mix(black, hue[i], value / 255.));
		}
	}
}

static void draw_checks(struct picture *pic, struct area area, int w, int h, int phase)
{
	for (int y = 0; y < area.h; y++)
		for (int x = 0; x < area.w; x++)
			paint_pixel(pic, area.x + x, area.y + y,
				    (x / w + y / h + phase) % 2 ? black : white);
}

static void draw_patterns(struct picture *pic, int phase)
{
	static const struct {
		int w;
		int h;
		const char *label;
	} pattern[] = {
		{ 1, 88, "1 x -" }, { 2, 88, "2 x -" }, { 1, 1, "1 x 1" },
		{ 4, 4, "4 x 4" }, { 88, 1, "- x 1" },
	};

	for (int i = 0; i < (int)ARRAY_SIZE(pattern); i++) {
		struct area box = { 248 + i * 110, 552, 88, 64 };

		draw_checks(pic, box, pattern[i].w, pattern[i].h, phase);
		paint_text(pic, box.x + (box.w - text_width(2, pattern[i].label)) / 2, 624, 2,
			   colour_fade(white, 0.75), pattern[i].label);
	}
}

/* Sixteen steps of grey on the left, of hue on the right. */
static void draw_columns(struct picture *pic)
{
	for (int i = 0; i < 16; i++) {
		struct area box = { 40, 224 + i * 20, 68, 20 };
		double grey = 1 - i / 15.;

		paint_area(pic, box, (struct colour){ grey, grey, grey, 1 });
		box.x = SCENE_WIDTH - 40 - box.w;
		paint_area(pic, box, colour_mix(black, colour_hue(i / 16.), 0.9));
	}
}

/* The five letters of the name, made of strokes. The unit is the height of an x. */
static double letter_r(struct point p)
{
	return fmin(line_distance((struct point){ 0, 0 }, (struct point){ 0, 1 }, p),
		    arc_distance((struct point){ 0.42, 0.42 }, 0.42, 180, 300, p));
}

static double letter_v(struct point p)
{
	return fmin(line_distance((struct point){ 0, 0 }, (struct point){ 0.42, 1 }, p),
		    line_distance((struct point){ 0.42, 1 }, (struct point){ 0.84, 0 }, p));
}

static double letter_k(struct point p)
{
	double stem = line_distance((struct point){ 0, -0.55 }, (struct point){ 0, 1 }, p);
	double arm = line_distance((struct point){ 0, 0.64 }, (struct point){ 0.62, 0 }, p);
	double leg = line_distance((struct point){ 0.24, 0.4 }, (struct point){ 0.7, 1 }, p);

	return fmin(stem, fmin(arm, leg));
}

static double letter_m(struct point p)
{
	double distance = line_distance((struct point){ 0, 0 }, (struct point){ 0, 1 }, p);

	for (double x = 0.36; x < 1.2; x += 0.72) {
		struct point knee = { x + 0.36, 0.36 };
		struct point foot = { x + 0.36, 1 };

		distance = fmin(distance, line_distance(knee, foot, p));
		distance = fmin(distance, arc_distance((struct point){ x, 0.36 }, 0.36, 180, 360,
						       p));
	}

	return distance;
}

static double letter_s(struct point p)
{
	return fmin(arc_distance((struct point){ 0.32, 0.25 }, 0.25, 90, 330, p),
		    arc_distance((struct point){ 0.32, 0.75 }, 0.25, 270, 510, p));
}

/**
 * struct logo - data of logo_distance()
 * @origin: left end of the line along the tops of the letters
 * @unit: height of an x
 * @stroke: width of the strokes
 */
struct logo {
	struct point origin;
	double unit;
	double stroke;
};

static double logo_distance(const void *data, struct point p)
{
	static const struct {
		double (*distance)(struct point p);
		double x;
	} letter[] = {
		{ letter_r, 0 }, { letter_v, 1.04 }, { letter_k, 2.24 }, { letter_m, 3.28 },
		{ letter_s, 5.04 },
	};
	const struct logo *logo = data;
	double distance = INFINITY;

	for (size_t i = 0; i < ARRAY_SIZE(letter); i++) {
		struct point local = {
			(p.x - logo->origin.x) / logo->unit - letter[i].x,
			(p.y - logo->origin.y) / logo->unit,
		};

		distance = fmin(distance, letter[i].distance(local));
	}

	return distance * logo->unit - logo->stroke / 2;
}

static void draw_logo(struct picture *pic)
{
	const struct logo logo = { { 512 - 5.62 / 2 * 72, 138 }, 72, 15 };
	const struct shape shape = { { 270, 60, 484, 184 }, logo_distance, &logo };

	paint_halo(pic, shape, 30, (struct colour){ 0.15, 0.45, 1, 0.55 });
	paint_shape(pic, shape, (struct colour){ 1, 1, 1, 1 },
		    (struct colour){ 0.45, 0.82, 1, 1 });
}

static void draw_caption(struct picture *pic, int y, int scale, const char *text)
{
	paint_text(pic, (SCENE_WIDTH - text_width(scale, text)) / 2, y, scale,
		   colour_fade(white, 0.9), text);
}

/**
 * scene_draw_primary - draw the test card
 * @pic: a picture of SCENE_WIDTH by SCENE_HEIGHT
 * @phase: 0 or 1; swaps black and white of the fine patterns
 */
void scene_draw_primary(struct picture *pic, int phase)
{
	draw_background(pic);
	draw_grid(pic);
	draw_circle(pic);
	draw_zone_plate(pic, 104, 104);
	draw_zone_plate(pic, SCENE_WIDTH - 104, 104);
	draw_zone_plate(pic, 104, SCENE_HEIGHT - 104);
	draw_zone_plate(pic, SCENE_WIDTH - 104, SCENE_HEIGHT - 104);
	draw_columns(pic);
	draw_bars(pic);
	draw_ramps(pic);
	draw_patterns(pic, phase);
	draw_logo(pic);
	draw_caption(pic, 664, 3, "1024 x 768");
	draw_caption(pic, 700, 2, "XRGB8888");
	draw_border(pic);
}

/* A ramp from transparent to opaque, so that every alpha is blended. */
static void draw_alpha_ramp(struct picture *pic, struct area area)
{
	for (int x = 0; x < area.w; x++) {
		struct area column = { area.x + x, area.y, 1, area.h };

		paint_area(pic, column, colour_fade(white, (double)x / (area.w - 1)));
	}
}

/**
 * scene_draw_overlay - draw a translucent panel
 * @pic: a transparent picture of OVERLAY_WIDTH by OVERLAY_HEIGHT
 */
void scene_draw_overlay(struct picture *pic)
{
	const struct area all = { 0, 0, OVERLAY_WIDTH, OVERLAY_HEIGHT };
	const struct panel panel = { { 192, 122 }, { 160, 92 }, 24 };
	const struct panel lower = { { 192, 130 }, { 156, 90 }, 24 };
	const struct shape shape = { all, panel_distance, &panel };
	const struct shape shadow = { all, panel_distance, &lower };

	paint_halo(pic, shadow, 30, (struct colour){ 0, 0, 0.03, 0.6 });
	paint_shape(pic, shape, (struct colour){ 0.42, 0.30, 0.96, 0.86 },
		    (struct colour){ 0.05, 0.62, 0.85, 0.60 });
	paint_outline(pic, shape, 1.5, (struct colour){ 1, 1, 1, 0.75 });
	paint_text(pic, 60, 58, 4, white, "OVERLAY");
	paint_text(pic, 60, 104, 2, colour_fade(white, 0.9), "ARGB8888 PREMULTIPLIED");
	draw_alpha_ramp(pic, (struct area){ 60, 136, 264, 28 });
	paint_text(pic, 60, 176, 2, colour_fade(white, 0.9), "ALPHA 0           100%");
}

/**
 * scene_draw_cursor - draw an arrow
 * @pic: a transparent picture of CURSOR_SIZE by CURSOR_SIZE
 */
void scene_draw_cursor(struct picture *pic)
{
	static const struct point corners[] = {
		{ 5, 4 }, { 5, 47 }, { 15.5, 38 }, { 22.5, 54 }, { 31, 50.5 }, { 24, 34.5 },
		{ 37, 33.5 },
	};
	const struct polygon polygon = { ARRAY_SIZE(corners), corners };
	const struct shape shape = { { 0, 0, CURSOR_SIZE, CURSOR_SIZE }, polygon_distance,
				     &polygon };

	paint_halo(pic, shape, 9, (struct colour){ 0, 0, 0, 0.45 });
	paint_shape(pic, shape, white, (struct colour){ 0.82, 0.88, 1, 1 });
	paint_outline(pic, shape, 2.5, (struct colour){ 0.05, 0.07, 0.16, 1 });
}
