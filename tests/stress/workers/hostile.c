// SPDX-License-Identifier: GPL-2.0
/* Sends invalid requests, which the driver must reject in any state of the device. */
#include <drm_fourcc.h>
#include <errno.h>
#include <string.h>
#include <xf86drm.h>

#include "workers.h"

#define PLANE	3

static struct kms_buffer buffer;

static int set_plane(struct state *state, drmModeAtomicReq *req)
{
	return kms_set_plane(&state->card, req, state->overlays[PLANE], &buffer, 0, 0);
}

static int commit_plane(struct state *state, const char *property, uint64_t value)
{
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	const int ret = set_plane(state, req) ?:
			kms_set(&state->card, req, state->overlays[PLANE], property, value);

	if (ret) {
		drmModeAtomicFree(req);
		return ret;
	}

	return state_commit(state, req, 0, 0);
}

static int ask_scale(struct state *state)
{
	return commit_plane(state, "CRTC_W", 64 * 1000);
}

static int ask_source(struct state *state)
{
	return commit_plane(state, "SRC_X", 1 << 16);
}

static int ask_overflow(struct state *state)
{
	return commit_plane(state, "CRTC_X", INT32_MAX);
}

static int ask_no_framebuffer(struct state *state)
{
	return commit_plane(state, "FB_ID", 0);
}

static int ask_other_object(struct state *state)
{
	return commit_plane(state, "FB_ID", state->card.crtc);
}

static int ask_no_property(struct state *state)
{
	drmModeAtomicReq *req = drmModeAtomicAlloc();

	drmModeAtomicAddProperty(req, state->card.crtc, 0xfffff, 1);

	return state_commit(state, req, 0, 0);
}

static int ask_blob(struct state *state, const char *property, const void *data, size_t size,
		    uint32_t flags)
{
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	uint32_t blob;
	int ret;

	ret = drmModeCreatePropertyBlob(state->card.fd, data, size, &blob) ? -errno : 0;
	ret = ret ?: kms_set(&state->card, req, state->card.crtc, property, blob);
	if (ret) {
		drmModeAtomicFree(req);
		return ret;
	}
	ret = state_commit(state, req, flags, 0);
	drmModeDestroyPropertyBlob(state->card.fd, blob);

	return ret;
}

static int ask_mode(struct state *state)
{
	drmModeModeInfo mode = state_mode(60);

	mode.htotal = mode.hdisplay - 1;

	return ask_blob(state, "MODE_ID", &mode, sizeof(mode), DRM_MODE_ATOMIC_ALLOW_MODESET);
}

static int ask_gamma(struct state *state)
{
	const struct drm_color_lut entries[3] = {};

	return ask_blob(state, "GAMMA_LUT", entries, sizeof(entries), 0);
}

static int ask_writeback(struct state *state)
{
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	int32_t fence = -1;
	const int ret = kms_set_writeback(&state->card, req, &buffer, &fence);

	if (ret) {
		drmModeAtomicFree(req);
		return ret;
	}

	return state_commit(state, req, DRM_MODE_ATOMIC_ALLOW_MODESET, 0);
}

static int add_framebuffer(struct state *state, uint32_t pitch, uint32_t offset)
{
	const uint32_t handles[4] = { buffer.handle };
	const uint32_t pitches[4] = { pitch };
	const uint32_t offsets[4] = { offset };
	uint32_t fb;

	if (drmModeAddFB2(state->card.fd, 64, 64, DRM_FORMAT_XRGB8888, handles, pitches, offsets,
			  &fb, 0))
		return -errno;
	drmModeRmFB(state->card.fd, fb);

	return 0;
}

static int ask_pitch(struct state *state)
{
	return add_framebuffer(state, 4, 0);
}

static int ask_offset(struct state *state)
{
	return add_framebuffer(state, 64 * 4, UINT32_MAX);
}

static const struct {
	const char *what;
	int (*ask)(struct state *state);
} requests[] = {
	{ "a plane scaled 1000 times", ask_scale },
	{ "a source outside of its framebuffer", ask_source },
	{ "a destination that overflows", ask_overflow },
	{ "a plane without a framebuffer", ask_no_framebuffer },
	{ "a CRTC as a framebuffer", ask_other_object },
	{ "a property that does not exist", ask_no_property },
	{ "a mode with htotal below hdisplay", ask_mode },
	{ "a gamma table of three entries", ask_gamma },
	{ "writeback to a framebuffer that is too small", ask_writeback },
	{ "a pitch shorter than a row", ask_pitch },
	{ "an offset outside of the buffer", ask_offset },
};

static int hostile_begin(struct state *state)
{
	return kms_buffer_create(&state->card, &buffer, 64, 64, DRM_FORMAT_XRGB8888);
}

static int hostile_step(struct state *state)
{
	const uint32_t i = state_random(state, sizeof(requests) / sizeof(*requests));
	const int ret = requests[i].ask(state);

	if (!ret)
		state_fault(state, "accepted: %s", requests[i].what);
	state_pause(2);

	return ret == -ENODEV ? ret : 0;
}

const struct worker hostile_worker = {
	.name = "hostile",
	.begin = hostile_begin,
	.step = hostile_step,
};
