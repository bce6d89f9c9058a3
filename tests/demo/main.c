// SPDX-License-Identifier: GPL-2.0
/*
 * A client of a virtual KMS driver: shows a scene, flips pages, reads CRCs, writes the scan-out
 * back and reports checks.
 */
#include <drm_fourcc.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xf86drm.h>

#include "crc.h"
#include "demo.h"
#include "report.h"
#include "scene.h"

#define CRCS	3

static const struct point home = { 536, 404 };
static const struct point away = { 72, 196 };

static bool find_device(struct demo *demo, const char *driver)
{
	struct kms_card *card = &demo->card;
	int ret = kms_open(card, driver);

	if (!report_check(!ret, "the device opens", "%s: %s", driver, strerror(-ret)))
		return false;
	ret = kms_find_pipe(card, SCENE_WIDTH, SCENE_HEIGHT);
	if (!report_check(!ret, "the device has a whole pipe",
			  "connector %u, writeback %u, primary %u, overlay %u, cursor %u",
			  card->connector, card->writeback, card->primary, card->overlay,
			  card->cursor))
		return false;

	report_fact("driver", "%s, /dev/dri/card%d", driver, card->minor);
	report_fact("connector", "%s (%u)", card->connector_name, card->connector);
	report_fact("plane", "primary %u %dx%d XRGB8888 +0+0", card->primary, SCENE_WIDTH,
		    SCENE_HEIGHT);
	report_fact("plane", "overlay %u %dx%d ARGB8888 +%.0f+%.0f", card->overlay,
		    OVERLAY_WIDTH, OVERLAY_HEIGHT, home.x, home.y);
	report_fact("plane", "cursor %u %dx%d ARGB8888 +%d+%d", card->cursor, CURSOR_SIZE,
		    CURSOR_SIZE, CURSOR_X, CURSOR_Y);

	return true;
}

static void report_mode(const drmModeModeInfo *mode)
{
	double period_us = 1e3 * mode->htotal * mode->vtotal / mode->clock;

	report_fact("mode", "%ux%u %.3f Hz", mode->hdisplay, mode->vdisplay, 1e6 / period_us);
	report_fact("period", "%.3f", period_us);
}

static int create_buffers(struct demo *demo)
{
	const struct {
		struct kms_buffer *buffer;
		int width;
		int height;
		uint32_t format;
	} wanted[] = {
		{ &demo->primary[0], SCENE_WIDTH, SCENE_HEIGHT, DRM_FORMAT_XRGB8888 },
		{ &demo->primary[1], SCENE_WIDTH, SCENE_HEIGHT, DRM_FORMAT_XRGB8888 },
		{ &demo->overlay, OVERLAY_WIDTH, OVERLAY_HEIGHT, DRM_FORMAT_ARGB8888 },
		{ &demo->cursor, CURSOR_SIZE, CURSOR_SIZE, DRM_FORMAT_ARGB8888 },
		{ &demo->capture, SCENE_WIDTH, SCENE_HEIGHT, DRM_FORMAT_XRGB8888 },
		{ &demo->small, CURSOR_SIZE, CURSOR_SIZE, DRM_FORMAT_XRGB8888 },
	};

	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
		int ret = kms_buffer_create(&demo->card, wanted[i].buffer, wanted[i].width,
					    wanted[i].height, wanted[i].format);

		if (ret)
			return ret;
	}

	return 0;
}

static bool draw(struct demo *demo)
{
	int ret = create_buffers(demo);

	if (!report_check(!ret, "buffers are made", "%s", strerror(-ret)))
		return false;

	for (int i = 0; i < 2; i++)
		scene_draw_primary(&demo->primary[i].picture, i);
	scene_draw_overlay(&demo->overlay.picture);
	scene_draw_cursor(&demo->cursor.picture);

	return true;
}

static int commit_scene(struct demo *demo, struct point overlay, uint32_t flags)
{
	const struct kms_card *card = &demo->card;
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	int ret;

	if (!req)
		return -ENOMEM;
	ret = kms_set_mode(card, req) ?:
	      kms_set_plane(card, req, card->primary, &demo->primary[0], 0, 0) ?:
	      kms_set_plane(card, req, card->overlay, &demo->overlay, overlay.x, overlay.y) ?:
	      kms_set_plane(card, req, card->cursor, &demo->cursor, CURSOR_X, CURSOR_Y) ?:
	      drmModeAtomicCommit(card->fd, req, flags, NULL);
	drmModeAtomicFree(req);
	if (ret)
		return ret;
	demo->overlay_x = overlay.x;
	demo->overlay_y = overlay.y;

	return 0;
}

static bool show(struct demo *demo)
{
	int ret = commit_scene(demo, home, DRM_MODE_ATOMIC_ALLOW_MODESET);
	drmModeCrtc *crtc;
	bool is_set;

	if (!report_check(!ret, "the scene is committed", "%s", strerror(-ret)))
		return false;

	crtc = drmModeGetCrtc(demo->card.fd, demo->card.crtc);
	is_set = crtc && crtc->mode_valid && crtc->mode.hdisplay == SCENE_WIDTH &&
		 crtc->mode.vdisplay == SCENE_HEIGHT;
	drmModeFreeCrtc(crtc);
	report_mode(&demo->card.mode);

	return report_check(is_set, "the mode is set", "the CRTC has another, or none");
}

static bool read_crcs(struct demo *demo, const char *name, uint32_t *crc)
{
	uint32_t crcs[CRCS] = {};
	int ret = crc_read(demo->card.minor, demo->card.crtc_index, crcs, CRCS);
	char check[64];

	snprintf(check, sizeof(check), "%s: CRCs are read", name);
	if (!report_check(!ret, check, "%s", strerror(-ret)))
		return false;
	report_fact("crc", "%s %08x %08x %08x", name, crcs[0], crcs[1], crcs[2]);
	snprintf(check, sizeof(check), "%s: three frames have one CRC", name);
	report_check(crcs[0] == crcs[1] && crcs[1] == crcs[2], check, "%08x, %08x, %08x",
		     crcs[0], crcs[1], crcs[2]);
	*crc = crcs[0];

	return true;
}

static bool move_overlay(struct demo *demo, const char *name, struct point to, uint32_t *crc)
{
	int ret = commit_scene(demo, to, 0);
	char check[64];

	snprintf(check, sizeof(check), "%s: the overlay moves", name);

	return report_check(!ret, check, "%s", strerror(-ret)) &&
	       read_crcs(demo, name, crc);
}

static bool show_and_check(struct demo *demo, const char *driver)
{
	uint32_t moved;
	uint32_t back;

	if (!find_device(demo, driver) || !draw(demo) || !show(demo) || !demo_flip(demo) ||
	    !read_crcs(demo, "scene", &demo->crc) || !demo_capture(demo, "scene"))
		return false;

	if (!move_overlay(demo, "moved", away, &moved) || !demo_capture(demo, "moved"))
		return false;
	report_check(moved != demo->crc, "moved: another picture has another CRC", "%08x", moved);

	if (!move_overlay(demo, "back", home, &back))
		return false;
	report_check(back == demo->crc, "back: the first picture has the first CRC again",
		     "%08x was %08x", back, demo->crc);

	return demo_refuse(demo) && demo_panic(demo);
}

static void destroy_buffers(struct demo *demo)
{
	struct kms_buffer *buffers[] = {
		&demo->primary[0], &demo->primary[1], &demo->overlay, &demo->cursor,
		&demo->capture, &demo->small,
	};

	for (size_t i = 0; i < sizeof(buffers) / sizeof(*buffers); i++)
		kms_buffer_destroy(&demo->card, buffers[i]);
}

int main(int argc, char **argv)
{
	struct demo demo = {};
	bool whole;

	if (argc < 2 || argc > 3) {
		fprintf(stderr, "usage: %s <directory> [<driver>]\n", argv[0]);
		return 2;
	}

	demo.out = argv[1];
	whole = show_and_check(&demo, argc > 2 ? argv[2] : "rvkms");
	destroy_buffers(&demo);
	kms_close(&demo.card);
	report_check(whole, "the client gets to its end", "it stopped early");

	return whole ? EXIT_SUCCESS : EXIT_FAILURE;
}
