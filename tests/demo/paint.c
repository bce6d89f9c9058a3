// SPDX-License-Identifier: GPL-2.0
/* Paints shapes and text into a picture. */
#include "paint.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "font.h"
#include "picture.h"

static double clamp_unit(double value)
{
	return fmin(fmax(value, 0), 1);
}

static uint32_t channel_over(uint32_t below, int shift, double channel, double alpha)
{
	double under = (below >> shift & 0xff) * (1 - alpha);

	return (uint32_t)lround(255 * channel * alpha + under) << shift;
}

/**
 * paint_pixel - paint a colour over a pixel
 * @pic: the picture
 * @x: column; outside of the picture nothing is painted
 * @y: row, likewise
 * @c: the colour
 */
void paint_pixel(struct picture *pic, int x, int y, struct colour c)
{
	uint32_t *pixel;

	if (x < 0 || y < 0 || x >= pic->width || y >= pic->height)
		return;

	pixel = picture_at(pic, x, y);
	*pixel = channel_over(*pixel, 24, 1, c.a) | channel_over(*pixel, 16, c.r, c.a) |
		 channel_over(*pixel, 8, c.g, c.a) | channel_over(*pixel, 0, c.b, c.a);
}

/**
 * colour_mix - mix two colours
 * @a: the colour at 0
 * @b: the colour at 1
 * @t: position between the two
 *
 * Returns: the mixed colour.
 */
struct colour colour_mix(struct colour a, struct colour b, double t)
{
	return (struct colour){
		a.r + (b.r - a.r) * t,
		a.g + (b.g - a.g) * t,
		a.b + (b.b - a.b) * t,
		a.a + (b.a - a.a) * t,
	};
}

/**
 * colour_fade - make a colour more transparent
 * @c: the colour
 * @alpha: factor of its alpha
 *
 * Returns: the faded colour.
 */
struct colour colour_fade(struct colour c, double alpha)
{
	c.a *= clamp_unit(alpha);

	return c;
}

static double hue_channel(double hue, double peak)
{
	double away = fabs(hue - peak);

	return clamp_unit(2 - 6 * fmin(away, 1 - away));
}

/**
 * colour_hue - find a saturated colour
 * @hue: 0 is red, 1/3 green, 2/3 blue; less than 1
 *
 * Returns: the colour, opaque.
 */
struct colour colour_hue(double hue)
{
	return (struct colour){
		hue_channel(hue, 0),
		hue_channel(hue, 1 / 3.),
		hue_channel(hue, 2 / 3.),
		1,
	};
}

/**
 * paint_area - paint a colour over a rectangle
 * @pic: the picture
 * @area: the rectangle
 * @c: the colour
 */
void paint_area(struct picture *pic, struct area area, struct colour c)
{
	for (int y = area.y; y < area.y + area.h; y++)
		for (int x = area.x; x < area.x + area.w; x++)
			paint_pixel(pic, x, y, c);
}

static double distance_at(struct shape shape, int x, int y)
{
	return shape.distance(shape.data, (struct point){ x + 0.5, y + 0.5 });
}

/**
 * paint_shape - fill a shape with a vertical gradient
 * @pic: the picture
 * @shape: the shape
 * @top: the colour of the first row of the shape's box
 * @bottom: the colour below its last row
 */
void paint_shape(struct picture *pic, struct shape shape, struct colour top,
		 struct colour bottom)
{
	struct area box = shape.box;

	for (int y = box.y; y < box.y + box.h; y++) {
		struct colour c = colour_mix(top, bottom, (double)(y - box.y) / box.h);

		for (int x = box.x; x < box.x + box.w; x++) {
			double distance = distance_at(shape, x, y);

			if (distance < 0.5)
				paint_pixel(pic, x, y, colour_fade(c, 0.5 - distance));
		}
	}
}

/**
 * paint_outline - draw a line along the edge of a shape
 * @pic: the picture
 * @shape: the shape
 * @width: width of the line, with the edge in its middle
 * @c: its colour
 */
void paint_outline(struct picture *pic, struct shape shape, double width, struct colour c)
{
	struct area box = shape.box;

	for (int y = box.y; y < box.y + box.h; y++) {
		for (int x = box.x; x < box.x + box.w; x++) {
			double distance = fabs(distance_at(shape, x, y)) - width / 2;

			if (distance < 0.5)
				paint_pixel(pic, x, y, colour_fade(c, 0.5 - distance));
		}
	}
}

/**
 * paint_halo - paint a glow, or a shadow, around a shape but not under it
 * @pic: the picture
 * @shape: the shape
 * @reach: distance from the edge at which it has faded out
 * @c: its colour at the edge
 */
void paint_halo(struct picture *pic, struct shape shape, double reach, struct colour c)
{
	struct area box = shape.box;

	for (int y = box.y; y < box.y + box.h; y++) {
		for (int x = box.x; x < box.x + box.w; x++) {
			double distance = distance_at(shape, x, y);
			double near = clamp_unit(1 - distance / reach);
			double outside = clamp_unit(distance + 0.5);

			if (near > 0 && outside > 0)
				paint_pixel(pic, x, y, colour_fade(c, near * near * outside));
		}
	}
}

/**
 * disc_distance - measure the distance from a point to the edge of a disc
 * @data: a struct disc
 * @p: the point
 *
 * Returns: the distance, negative inside.
 */
double disc_distance(const void *data, struct point p)
{
	const struct disc *disc = data;

	return hypot(p.x - disc->centre.x, p.y - disc->centre.y) - disc->radius;
}

/**
 * panel_distance - measure the distance from a point to the edge of a rectangle with round corners
 * @data: a struct panel
 * @p: the point
 *
 * Returns: the distance, negative inside.
 */
double panel_distance(const void *data, struct point p)
{
	const struct panel *panel = data;
	double x = fabs(p.x - panel->centre.x) - panel->half.x + panel->radius;
	double y = fabs(p.y - panel->centre.y) - panel->half.y + panel->radius;

	return hypot(fmax(x, 0), fmax(y, 0)) + fmin(fmax(x, y), 0) - panel->radius;
}

/**
 * line_distance - measure the distance from a point to a line
 * @a: start of the line
 * @b: end of the line
 * @p: the point
 *
 * Returns: the distance.
 */
double line_distance(struct point a, struct point b, struct point p)
{
	struct point ab = { b.x - a.x, b.y - a.y };
	struct point ap = { p.x - a.x, p.y - a.y };
	double t = clamp_unit((ap.x * ab.x + ap.y * ab.y) / (ab.x * ab.x + ab.y * ab.y));

	return hypot(ap.x - ab.x * t, ap.y - ab.y * t);
}

static double degrees_past(double angle, double from)
{
	double past = fmod(angle - from, 360);

	return past < 0 ? past + 360 : past;
}

static struct point point_on_circle(struct point centre, double radius, double degrees)
{
	double angle = degrees * M_PI / 180;

	return (struct point){ centre.x + radius * cos(angle), centre.y + radius * sin(angle) };
}

/**
 * arc_distance - measure the distance from a point to an arc
 * @centre: centre of the arc's circle
 * @radius: its radius
 * @from: start of the arc, in degrees clockwise from the right
 * @to: end of the arc, further clockwise
 * @p: the point
 *
 * Returns: the distance.
 */
double arc_distance(struct point centre, double radius, double from, double to, struct point p)
{
	double angle = atan2(p.y - centre.y, p.x - centre.x) * 180 / M_PI;
	struct point begin = point_on_circle(centre, radius, from);
	struct point end = point_on_circle(centre, radius, to);

	if (degrees_past(angle, from) <= to - from)
		return fabs(hypot(p.x - centre.x, p.y - centre.y) - radius);

	return fmin(hypot(p.x - begin.x, p.y - begin.y), hypot(p.x - end.x, p.y - end.y));
}

static int edge_crosses(struct point a, struct point b, struct point p)
{
	return (a.y > p.y) != (b.y > p.y) && p.x < a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y);
}

/**
 * polygon_distance - measure the distance from a point to the edge of a polygon
 * @data: a struct polygon
 * @p: the point
 *
 * A ray from a point inside crosses an odd number of edges.
 *
 * Returns: the distance, negative inside.
 */
double polygon_distance(const void *data, struct point p)
{
	const struct polygon *polygon = data;
	double distance = INFINITY;
	int inside = 0;

	for (int i = 0; i < polygon->count; i++) {
		struct point a = polygon->corners[i];
		struct point b = polygon->corners[(i + 1) % polygon->count];

		distance = fmin(distance, line_distance(a, b, p));
		inside ^= edge_crosses(a, b, p);
	}

	return inside ? -distance : distance;
}

static void paint_glyph(struct picture *pic, int x, int y, int scale, struct colour c, char glyph)
{
	const uint8_t *rows = font_glyph(glyph);

	for (int row = 0; row < FONT_ROWS; row++) {
		for (int column = 0; column < FONT_COLUMNS; column++) {
			struct area dot = { x + column * scale, y + row * scale, scale, scale };

			if (rows[row] & 1 << (FONT_COLUMNS - 1 - column))
				paint_area(pic, dot, c);
		}
	}
}

/**
 * paint_text - write a line of text
 * @pic: the picture
 * @x: column of the text's left edge
 * @y: row of its top edge
 * @scale: pixels per dot of the font
 * @c: its colour
 * @text: the text
 */
void paint_text(struct picture *pic, int x, int y, int scale, struct colour c, const char *text)
{
	for (; *text; text++) {
		paint_glyph(pic, x, y, scale, c, *text);
		x += (FONT_COLUMNS + 1) * scale;
	}
}

/**
 * text_width - measure the text of paint_text()
 * @scale: pixels per dot of the font
 * @text: the text
 *
 * Returns: its width in pixels.
 */
int text_width(int scale, const char *text)
{
	int dots = strlen(text) * (FONT_COLUMNS + 1);

	return dots ? (dots - 1) * scale : 0;
}
