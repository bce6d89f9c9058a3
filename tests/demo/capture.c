// SPDX-License-Identifier: GPL-2.0
/* Writes the scan-out back and compares it with a second implementation of composition. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <xf86drm.h>

#include "compose.h"
#include "demo.h"
#include "fence.h"
#include "report.h"
#include "scene.h"

#define FENCE_TIMEOUT_MS	1000

/* The scene has no pixel of this value: it marks pixels that writeback did not write. */
#define UNTOUCHED		0xa5

static int commit_capture(struct demo *demo, int32_t *fence)
{
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	int ret;

	if (!req)
		return -ENOMEM;
	ret = kms_set_writeback(&demo->card, req, &demo->capture, fence);
	if (!ret)
		ret = drmModeAtomicCommit(demo->card.fd, req, DRM_MODE_ATOMIC_ALLOW_MODESET, NULL);
	drmModeAtomicFree(req);

	return ret;
}

static int capture(struct demo *demo)
{
	int32_t fence = -1;
	int ret;

	memset(demo->capture.picture.pixels, UNTOUCHED, demo->capture.size);
	ret = commit_capture(demo, &fence);
	if (ret)
		return ret;
	if (fence < 0)
		return -EBADF;
	ret = fence_wait(fence, FENCE_TIMEOUT_MS);
	close(fence);

	return ret;
}

static int compose_scene(const struct demo *demo, struct picture *out)
{
	const struct layer layers[] = {
		{ &demo->primary[0].picture, 0, 0, true },
		{ &demo->overlay.picture, demo->overlay_x, demo->overlay_y, false },
		{ &demo->cursor.picture, CURSOR_X, CURSOR_Y, false },
	};

	if (picture_create(out, SCENE_WIDTH, SCENE_HEIGHT))
		return -ENOMEM;
	compose_layers(out, layers, sizeof(layers) / sizeof(*layers));

	return 0;
}

static void check_pixels(const struct demo *demo, const char *name)
{
	struct difference diff = {};
	struct picture want;
	char check[64];
	bool equal;

	snprintf(check, sizeof(check), "%s: writeback has every pixel right", name);
	if (compose_scene(demo, &want)) {
		report_check(false, check, "out of memory");
		return;
	}
	equal = compose_equal(&want, &demo->capture.picture, &diff);
	report_check(equal, check,
		     "%ld differ, the first at %d,%d: #%06x should be #%06x", diff.count, diff.x,
		     diff.y, diff.got, diff.want);
	picture_destroy(&want);
}

static void save(const struct demo *demo, const char *name)
{
	char path[4096];
	int ret;

	snprintf(path, sizeof(path), "%s/%s.png", demo->out, name);
	ret = picture_save_png(&demo->capture.picture, path);
	if (ret)
		report_check(false, "the picture is saved", "%s: %s", path, strerror(-ret));
	else
		report_fact("picture", "%s.png", name);
}

/**
 * demo_capture - write the scan-out back, compare it with the scene, save it
 * @demo: the demo
 * @name: name of the picture
 *
 * Returns: true if writeback succeeded, also if pixels differ.
 */
bool demo_capture(struct demo *demo, const char *name)
{
	int ret = capture(demo);
	char check[64];

	snprintf(check, sizeof(check), "%s: writeback signals its fence", name);
	if (!report_check(!ret, check, "%s", strerror(-ret)))
		return false;

	check_pixels(demo, name);
	save(demo, name);

	return true;
}
