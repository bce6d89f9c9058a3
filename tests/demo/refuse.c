// SPDX-License-Identifier: GPL-2.0
/* Sends commits that the driver must reject, and checks that the frame does not change. */
#include <drm_fourcc.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <xf86drm.h>

#include "crc.h"
#include "demo.h"
#include "report.h"
#include "scene.h"

static int no_crtc(const struct demo *demo, drmModeAtomicReq *req)
{
	return kms_set(&demo->card, req, demo->card.overlay, "CRTC_ID", 0);
}

static int one_pixel_everywhere(const struct demo *demo, drmModeAtomicReq *req)
{
	const struct kms_card *card = &demo->card;

	return kms_set(card, req, card->overlay, "SRC_W", 1 << 16) ?:
	       kms_set(card, req, card->overlay, "SRC_H", 1 << 16) ?:
	       kms_set(card, req, card->overlay, "CRTC_W", SCENE_WIDTH) ?:
	       kms_set(card, req, card->overlay, "CRTC_H", SCENE_HEIGHT);
}

static int source_outside(const struct demo *demo, drmModeAtomicReq *req)
{
	return kms_set(&demo->card, req, demo->card.overlay, "SRC_X", 1 << 16);
}

static int capture_too_small(const struct demo *demo, drmModeAtomicReq *req)
{
	static int32_t fence;

	return kms_set_writeback(&demo->card, req, &demo->small, &fence);
}

/**
 * struct refusal - a commit that the driver must reject
 * @what: the name of its fault
 * @errors: the errors that the commit may fail with
 * @build: adds the fault to an empty commit, which leaves the rest of the state unchanged
 */
struct refusal {
	const char *what;
	int errors[2];
	int (*build)(const struct demo *demo, drmModeAtomicReq *req);
};

static const struct refusal refusals[] = {
	{ "a plane with a framebuffer and no CRTC", { EINVAL }, no_crtc },
	{ "a pixel scaled to the whole screen", { ERANGE, EINVAL }, one_pixel_everywhere },
	{ "a source outside of its framebuffer", { ENOSPC }, source_outside },
	{ "a capture smaller than the mode", { EINVAL }, capture_too_small },
};

static int try_commit(const struct demo *demo, const struct refusal *refusal)
{
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	int ret;

	if (!req)
		return -ENOMEM;
	ret = refusal->build(demo, req);
	if (!ret)
		ret = drmModeAtomicCommit(demo->card.fd, req, DRM_MODE_ATOMIC_ALLOW_MODESET, NULL);
	drmModeAtomicFree(req);

	return ret;
}

static void check_refused(const struct demo *demo, const struct refusal *refusal)
{
	int error = -try_commit(demo, refusal);
	bool refused = error && (error == refusal->errors[0] || error == refusal->errors[1]);
	char check[96];

	snprintf(check, sizeof(check), "refused: %s", refusal->what);
	report_check(refused, check, "%s", error ? strerror(error) : "it was accepted");
	report_fact("refused", "%-40s %s", refusal->what, strerrorname_np(error) ?: "accepted");
}

static void check_picture(const struct demo *demo, const struct refusal *refusal)
{
	uint32_t crc = 0;
	int ret = crc_read(demo->card.minor, demo->card.crtc_index, &crc, 1);
	char check[96];

	snprintf(check, sizeof(check), "refused, same CRC: %s", refusal->what);
	if (ret)
		report_check(false, check, "%s", strerror(-ret));
	else
		report_check(crc == demo->crc, check, "CRC %08x was %08x", crc, demo->crc);
}

/* Tries the first of some of DRM's formats that no plane of the driver has. */
static void check_format_refused(const struct demo *demo)
{
	static const uint32_t candidates[] = {
		DRM_FORMAT_RGBA5551, DRM_FORMAT_BGR233, DRM_FORMAT_VUY101010,
	};
	const char *check = "refused: a format that no plane offers";
	struct kms_buffer buffer = {};
	size_t i = 0;
	int ret;

	while (i < sizeof(candidates) / sizeof(*candidates) - 1 &&
	       kms_knows_format(&demo->card, candidates[i]))
		i++;
	ret = kms_buffer_create(&demo->card, &buffer, CURSOR_SIZE, CURSOR_SIZE, candidates[i]);
	report_check(ret == -EINVAL, check, "%s", ret ? strerror(-ret) : "it was accepted");
	kms_buffer_destroy(&demo->card, &buffer);
}

/**
 * demo_refuse - try commits that the driver must reject
 * @demo: the demo; its picture stays the same
 *
 * Returns: true.
 */
bool demo_refuse(struct demo *demo)
{
	for (size_t i = 0; i < sizeof(refusals) / sizeof(*refusals); i++) {
		check_refused(demo, &refusals[i]);
		check_picture(demo, &refusals[i]);
	}
	check_format_refused(demo);

	return true;
}
