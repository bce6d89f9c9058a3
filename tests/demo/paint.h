/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Paints antialiased shapes. A shape is a function for the distance from a point to its edge, which
 * is negative inside. One loop paints all shapes.
 */
#ifndef DEMO_PAINT_H
#define DEMO_PAINT_H

struct picture;

/**
 * struct colour - a colour that is not premultiplied
 * @r: red, 0 to 1
 * @g: green, 0 to 1
 * @b: blue, 0 to 1
 * @a: alpha, 0 to 1
 */
struct colour {
	double r;
	double g;
	double b;
	double a;
};

/**
 * struct area - a rectangle of pixels
 * @x: first column
 * @y: first row
 * @w: columns
 * @h: rows
 */
struct area {
	int x;
	int y;
	int w;
	int h;
};

struct point {
	double x;
	double y;
};

/**
 * struct shape - something to paint
 * @box: the pixels that it may paint
 * @distance: measures the distance from a point to the shape's edge, negative inside
 * @data: data for @distance
 */
struct shape {
	struct area box;
	double (*distance)(const void *data, struct point p);
	const void *data;
};

/**
 * struct disc - data of disc_distance()
 * @centre: its centre
 * @radius: its radius
 */
struct disc {
	struct point centre;
	double radius;
};

/**
 * struct panel - data of panel_distance()
 * @centre: its centre
 * @half: half of its width and height
 * @radius: radius of its corners
 */
struct panel {
	struct point centre;
	struct point half;
	double radius;
};

/**
 * struct polygon - data of polygon_distance()
 * @count: number of corners
 * @corners: the corners, in order
 */
struct polygon {
	int count;
	const struct point *corners;
};

double disc_distance(const void *data, struct point p);
double panel_distance(const void *data, struct point p);
double polygon_distance(const void *data, struct point p);
double line_distance(struct point a, struct point b, struct point p);
double arc_distance(struct point centre, double radius, double from, double to, struct point p);

struct colour colour_mix(struct colour a, struct colour b, double t);
struct colour colour_fade(struct colour c, double alpha);
struct colour colour_hue(double hue);
void paint_pixel(struct picture *pic, int x, int y, struct colour c);
void paint_area(struct picture *pic, struct area area, struct colour c);
void paint_shape(struct picture *pic, struct shape shape, struct colour top,
		 struct colour bottom);
void paint_outline(struct picture *pic, struct shape shape, double width, struct colour c);
void paint_halo(struct picture *pic, struct shape shape, double reach, struct colour c);
void paint_text(struct picture *pic, int x, int y, int scale, struct colour c, const char *text);
int text_width(int scale, const char *text);

#endif
