/* SPDX-License-Identifier: GPL-2.0 */
#ifndef DEMO_SCENE_H
#define DEMO_SCENE_H

#define SCENE_WIDTH	1024
#define SCENE_HEIGHT	768
#define OVERLAY_WIDTH	384
#define OVERLAY_HEIGHT	256
#define CURSOR_SIZE	64
#define CURSOR_X	551
#define CURSOR_Y	474

struct picture;

void scene_draw_primary(struct picture *pic, int phase);
void scene_draw_overlay(struct picture *pic);
void scene_draw_cursor(struct picture *pic);

#endif
