// SPDX-License-Identifier: GPL-2.0
/* Asks for what must be refused, whatever the others do. */
#include <drm_fourcc.h>
#include <errno.h>
#include <string.h>
#include <xf86drm.h>

#include "cast.h"

#define PLANE	3

static struct kms_buffer buffer;

static int set_plane(struct stage *stage, drmModeAtomicReq *req)
{
	return kms_set_plane(&stage->card, req, stage->overlays[PLANE], &buffer, 0, 0);
}

static int commit_plane(struct stage *stage, const char *property, uint64_t value)
{
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	const int ret = set_plane(stage, req) ?:
			kms_set(&stage->card, req, stage->overlays[PLANE], property, value);

	if (ret) {
		drmModeAtomicFree(req);
		return ret;
	}

	return stage_commit(stage, req, 0, 0);
}

static int ask_scale(struct stage *stage)
{
	return commit_plane(stage, "CRTC_W", 64 * 1000);
}

static int ask_source(struct stage *stage)
{
	return commit_plane(stage, "SRC_X", 1 << 16);
}

static int ask_overflow(struct stage *stage)
{
	return commit_plane(stage, "CRTC_X", INT32_MAX);
}

static int ask_no_framebuffer(struct stage *stage)
{
	return commit_plane(stage, "FB_ID", 0);
}

static int ask_other_object(struct stage *stage)
{
	return commit_plane(stage, "FB_ID", stage->card.crtc);
}

static int ask_no_property(struct stage *stage)
{
	drmModeAtomicReq *req = drmModeAtomicAlloc();

	drmModeAtomicAddProperty(req, stage->card.crtc, 0xfffff, 1);

	return stage_commit(stage, req, 0, 0);
}

static int ask_blob(struct stage *stage, const char *property, const void *data, size_t size,
		    uint32_t flags)
{
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	uint32_t blob;
	int ret;

	ret = drmModeCreatePropertyBlob(stage->card.fd, data, size, &blob) ? -errno : 0;
	ret = ret ?: kms_set(&stage->card, req, stage->card.crtc, property, blob);
	if (ret) {
		drmModeAtomicFree(req);
		return ret;
	}
	ret = stage_commit(stage, req, flags, 0);
	drmModeDestroyPropertyBlob(stage->card.fd, blob);

	return ret;
}

static int ask_mode(struct stage *stage)
{
	drmModeModeInfo mode = stage_mode(60);

	mode.htotal = mode.hdisplay - 1;

	return ask_blob(stage, "MODE_ID", &mode, sizeof(mode), DRM_MODE_ATOMIC_ALLOW_MODESET);
}

static int ask_gamma(struct stage *stage)
{
	const struct drm_color_lut entries[3] = {};

	return ask_blob(stage, "GAMMA_LUT", entries, sizeof(entries), 0);
}

static int ask_writeback(struct stage *stage)
{
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	int32_t fence = -1;
	const int ret = kms_set_writeback(&stage->card, req, &buffer, &fence);

	if (ret) {
		drmModeAtomicFree(req);
		return ret;
	}

	return stage_commit(stage, req, DRM_MODE_ATOMIC_ALLOW_MODESET, 0);
}

static int add_framebuffer(struct stage *stage, uint32_t pitch, uint32_t offset)
{
	const uint32_t handles[4] = { buffer.handle };
	const uint32_t pitches[4] = { pitch };
	const uint32_t offsets[4] = { offset };
	uint32_t fb;

	if (drmModeAddFB2(stage->card.fd, 64, 64, DRM_FORMAT_XRGB8888, handles, pitches, offsets,
			  &fb, 0))
		return -errno;
	drmModeRmFB(stage->card.fd, fb);

	return 0;
}

static int ask_pitch(struct stage *stage)
{
	return add_framebuffer(stage, 4, 0);
}

static int ask_offset(struct stage *stage)
{
	return add_framebuffer(stage, 64 * 4, UINT32_MAX);
}

static const struct {
	const char *what;
	int (*ask)(struct stage *stage);
} requests[] = {
	{ "a plane scaled 1000 times", ask_scale },
	{ "a source outside of its framebuffer", ask_source },
	{ "a destination that overflows", ask_overflow },
	{ "a plane without a framebuffer", ask_no_framebuffer },
	{ "a CRTC as a framebuffer", ask_other_object },
	{ "a property that there is not", ask_no_property },
	{ "a mode that ends before it is shown", ask_mode },
	{ "a gamma table of three entries", ask_gamma },
	{ "a capture to a framebuffer that is too small", ask_writeback },
	{ "a pitch shorter than a row", ask_pitch },
	{ "an offset outside of the buffer", ask_offset },
};

static int hostile_begin(struct stage *stage)
{
	return kms_buffer_create(&stage->card, &buffer, 64, 64, DRM_FORMAT_XRGB8888);
}

static int hostile_step(struct stage *stage)
{
	const uint32_t i = stage_random(stage, sizeof(requests) / sizeof(*requests));
	const int ret = requests[i].ask(stage);

	if (!ret)
		stage_fault(stage, "accepted: %s", requests[i].what);
	stage_pause(2);

	return ret == -ENODEV ? ret : 0;
}

const struct actor hostile_actor = {
	.name = "hostile",
	.begin = hostile_begin,
	.step = hostile_step,
};
