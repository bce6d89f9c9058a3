// SPDX-License-Identifier: GPL-2.0
/*
 * Shows one scene on one device and reads the CRCs of its frames. Each show opens the device anew,
 * so that no state of the previous show is left.
 */
#include "show.h"

#include <drm_fourcc.h>
#include <errno.h>
#include <string.h>
#include <sys/param.h>
#include <time.h>
#include <unistd.h>
#include <xf86drm.h>

#include "fill.h"

/* The first frames of a mode run with cold caches, and fault in their memory. */
#define WARM_UP_FRAMES	3

/* DRM keeps the CRCs of 128 frames. */
#define FRAMES_SLEPT	64

#define MAX_GAMMA	4096

static int count_layers(const struct scene *scene)
{
	int count = 0;

	while (count < SCENE_MAX_LAYERS && scene->layers[count].format)
		count++;

	return count;
}

static int find_planes(struct show *show)
{
	const struct scene *scene = show->scene;
	int used[DRM_PLANE_TYPE_CURSOR + 1] = {};

	for (int i = 0; i < count_layers(scene); i++) {
		const struct layer *layer = &scene->layers[i];
		uint32_t plane = kms_find_plane(&show->card, layer->type, used[layer->type]++);

		show->step = "planes";
		if (!plane)
			return -ENOENT;
		show->step = "format";
		if (!kms_plane_knows_format(&show->card, plane, layer->format))
			return -ENOENT;
		show->planes[i] = plane;
	}

	return 0;
}

static int make_buffer(struct show *show, const struct layer *layer, struct kms_buffer *buffer)
{
	const drmModeModeInfo *mode = show->scene->mode;
	int width = layer->rotated ? mode->vdisplay : mode->hdisplay;
	int height = layer->rotated ? mode->hdisplay : mode->vdisplay;
	int ret;

	if (layer->type == DRM_PLANE_TYPE_CURSOR) {
		width = CURSOR_SIZE;
		height = CURSOR_SIZE;
	}
	ret = kms_buffer_create(&show->card, buffer, width, height, layer->format);
	if (ret)
		return ret;

	fill_with_noise(buffer->picture.pixels, buffer->size / sizeof(uint32_t));
	if (layer->format == DRM_FORMAT_ARGB8888)
		fill_premultiply(buffer->picture.pixels, buffer->size / sizeof(uint32_t));

	return 0;
}

static int make_buffers(struct show *show)
{
	int ret = 0;

	show->step = "framebuffers";
	for (int i = 0; i < count_layers(show->scene) && !ret; i++)
		ret = make_buffer(show, &show->scene->layers[i], &show->buffers[i]);

	return ret;
}

static int set_rotation(const struct show *show, drmModeAtomicReq *req, uint32_t plane)
{
	const struct kms_card *card = &show->card;
	const drmModeModeInfo *mode = show->scene->mode;

	return kms_set(card, req, plane, "rotation", DRM_MODE_ROTATE_90) ?:
	       kms_set(card, req, plane, "CRTC_W", mode->hdisplay) ?:
	       kms_set(card, req, plane, "CRTC_H", mode->vdisplay);
}

static int set_layers(struct show *show, drmModeAtomicReq *req)
{
	int ret = 0;

	for (int i = 0; i < count_layers(show->scene) && !ret; i++) {
		const struct layer *layer = &show->scene->layers[i];
		const struct kms_buffer *buffer = &show->buffers[i];
		bool is_cursor = layer->type == DRM_PLANE_TYPE_CURSOR;
		int x = is_cursor ? (show->scene->mode->hdisplay - CURSOR_SIZE) / 2 : 0;
		int y = is_cursor ? (show->scene->mode->vdisplay - CURSOR_SIZE) / 2 : 0;

		show->step = "planes";
		ret = kms_set_plane(&show->card, req, show->planes[i], buffer, x, y);
		if (ret || !layer->rotated)
			continue;
		show->step = "rotation";
		ret = set_rotation(show, req, show->planes[i]);
	}

	return ret;
}

/* A square curve, since a driver may skip a linear one. */
static int make_gamma(const struct kms_card *card, uint64_t size, uint32_t *blob)
{
	struct drm_color_lut table[MAX_GAMMA] = {};

	if (size < 2 || size > MAX_GAMMA)
		return -ERANGE;
	for (uint64_t i = 0; i < size; i++) {
		uint16_t value = i * i * 65535 / ((size - 1) * (size - 1));

		table[i] = (struct drm_color_lut){ .red = value, .green = value, .blue = value };
	}
	if (drmModeCreatePropertyBlob(card->fd, table, size * sizeof(*table), blob))
		return -errno;

	return 0;
}

static int set_gamma(struct show *show, drmModeAtomicReq *req)
{
	const struct kms_card *card = &show->card;
	uint64_t size = 0;
	uint32_t blob;

	if (!show->scene->gamma)
		return 0;
	show->step = "gamma";

	return kms_get(card, card->crtc, "GAMMA_LUT_SIZE", &size) ?:
	       make_gamma(card, size, &blob) ?:
	       kms_set(card, req, card->crtc, "GAMMA_LUT", blob);
}

static int commit(struct show *show, drmModeAtomicReq *req)
{
	show->step = "commit";

	return drmModeAtomicCommit(show->card.fd, req, DRM_MODE_ATOMIC_ALLOW_MODESET, NULL);
}

static int commit_scene(struct show *show)
{
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	int ret;

	if (!req)
		return -ENOMEM;
	ret = set_layers(show, req) ?:
	      set_gamma(show, req) ?:
	      kms_set_mode(&show->card, req) ?:
	      commit(show, req);
	drmModeAtomicFree(req);

	return ret;
}

static int open_card(struct show *show, const char *driver)
{
	const drmModeModeInfo *mode = show->scene->mode;
	int ret;

	show->step = "device";
	ret = kms_open(&show->card, driver);
	if (ret)
		return ret;
	show->step = "pipe";
	ret = kms_find_pipe(&show->card, 1920, 1080);
	if (ret)
		return ret;
	show->card.mode = *mode;

	return 0;
}

static int open_crcs(struct show *show)
{
	int fd;
	int ret;

	show->step = "CRCs";
	fd = crc_open(show->card.minor, show->card.crtc_index);
	if (fd < 0)
		return fd;
	show->crc_fd = fd;
	for (int i = 0; i < WARM_UP_FRAMES; i++) {
		ret = crc_next(fd, &show->last);
		if (ret)
			return ret;
	}

	return 0;
}

/**
 * show_begin - show a scene, and wait for its first frames
 * @show: filled in; show_end() ends it, also after a failure
 * @driver: name of the driver
 * @scene: the scene
 *
 * Returns: 0, or a negative errno; @show->step names the failed step.
 */
int show_begin(struct show *show, const char *driver, const struct scene *scene)
{
	memset(show, 0, sizeof(*show));
	show->scene = scene;
	show->crc_fd = -1;

	return open_card(show, driver) ?:
	       find_planes(show) ?:
	       make_buffers(show) ?:
	       commit_scene(show) ?:
	       open_crcs(show);
}

static int check_frame(struct show *show, const struct crc_frame *frame)
{
	show->step = "frame numbers";
	if (frame->number != show->last.number + 1)
		return -EPROTO;
	show->step = "equal CRCs";
	if (frame->crc != show->last.crc)
		return -EPROTO;

	return 0;
}

/*
 * Sleeps once for many frames: the host makes system calls so expensive that one per frame would
 * cost more than the fastest frame.
 */
static void sleep_for_frames(const drmModeModeInfo *mode, int count)
{
	const uint64_t period_ns = UINT64_C(1000000) * mode->htotal * mode->vtotal / mode->clock;
	const uint64_t ns = count * period_ns;
	const struct timespec time = { ns / 1000000000, ns % 1000000000 };

	nanosleep(&time, NULL);
}

/**
 * show_frames - wait for frames, and check that none is missing and all have the same CRC
 * @show: the show
 * @count: number of frames
 *
 * Returns: 0, or a negative errno; @show->step names the failed step.
 */
int show_frames(struct show *show, int count)
{
	for (int i = 0; i < count; i++) {
		struct crc_frame frame;
		int ret;

		if (i % FRAMES_SLEPT == 0)
			sleep_for_frames(show->scene->mode, MIN(count - i, FRAMES_SLEPT));
		show->step = "CRCs";
		ret = crc_next(show->crc_fd, &frame) ?: check_frame(show, &frame);
		if (ret)
			return ret;
		show->last = frame;
	}

	return 0;
}

/* These properties outlive the file and would change the next scene. */
static int reset(const struct show *show, drmModeAtomicReq *req)
{
	const struct kms_card *card = &show->card;
	int ret = show->scene->gamma ? kms_set(card, req, card->crtc, "GAMMA_LUT", 0) : 0;

	for (int i = 0; i < count_layers(show->scene) && !ret; i++) {
		ret = kms_set_plane_off(card, req, show->planes[i]);
		if (!ret && show->scene->layers[i].rotated)
			ret = kms_set(card, req, show->planes[i], "rotation", DRM_MODE_ROTATE_0);
	}

	return ret;
}

static int commit_darkness(struct show *show)
{
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	int ret;

	if (!req)
		return -ENOMEM;
	ret = reset(show, req) ?: kms_set_off(&show->card, req) ?: commit(show, req);
	drmModeAtomicFree(req);

	return ret;
}

/**
 * show_end - disable the CRTC and free all resources
 * @show: the show; one that never began must be all zero
 *
 * Returns: 0, or a negative errno of the commit that disables the CRTC.
 */
int show_end(struct show *show)
{
	int ret = 0;

	if (!show->scene)
		return 0;

	if (show->crc_fd >= 0) {
		close(show->crc_fd);
		ret = commit_darkness(show);
	}
	for (int i = 0; i < SCENE_MAX_LAYERS; i++)
		kms_buffer_destroy(&show->card, &show->buffers[i]);
	kms_close(&show->card);
	show->scene = NULL;

	return ret;
}
