// SPDX-License-Identifier: GPL-2.0

#include <linux/err.h>
#include <linux/slab.h>

#include <drm/drm_atomic.h>
#include <drm/drm_atomic_helper.h>
#include <drm/drm_atomic_state_helper.h>
#include <drm/drm_connector.h>
#include <drm/drm_edid.h>
#include <drm/drm_encoder.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_managed.h>
#include <drm/drm_modeset_helper_vtables.h>
#include <drm/drm_probe_helper.h>
#include <drm/drm_writeback.h>

#include "core/check_writeback.h"
#include "core/format.h"
#include "crtc.h"
#include "device.h"
#include "mapping.h"
#include "refusal.h"
#include "snapshot.h"
#include "writeback.h"

static const struct drm_connector_funcs writeback_funcs = {
	.fill_modes = drm_helper_probe_single_connector_modes,
	.atomic_create_state = drm_atomic_helper_connector_create_state,
	.atomic_duplicate_state = drm_atomic_helper_connector_duplicate_state,
	.atomic_destroy_state = drm_atomic_helper_connector_destroy_state,
};

static int writeback_get_modes(struct drm_connector *connector)
{
	const struct rvkms_device *rvkms = to_rvkms_device(connector->dev);

	return drm_add_modes_noedid(connector, rvkms->limits.max_width,
				    rvkms->limits.max_height);
}

static struct rvkms_writeback_request
writeback_request(const struct drm_framebuffer *fb, const struct drm_crtc_state *crtc_state)
{
	struct rvkms_writeback_request request = {
		.crtc_active = crtc_state && crtc_state->active,
		.fourcc = fb->format->format,
		.modifier = fb->modifier,
		.fb_width = fb->width,
		.fb_height = fb->height,
	};

	if (request.crtc_active) {
		request.mode_width = crtc_state->mode.hdisplay;
		request.mode_height = crtc_state->mode.vdisplay;
	}

	return request;
}

static int writeback_atomic_check(struct drm_connector *connector, struct drm_atomic_commit *commit)
{
	const struct drm_connector_state *state = drm_atomic_get_new_connector_state(commit,
										     connector);
	const struct drm_crtc_state *crtc_state = NULL;
	struct rvkms_writeback_request request;

	if (!state->writeback_job || !state->writeback_job->fb)
		return 0;

	if (state->crtc)
		crtc_state = drm_atomic_get_new_crtc_state(commit, state->crtc);

	request = writeback_request(state->writeback_job->fb, crtc_state);

	return rvkms_refuse(connector->dev, rvkms_check_writeback(&request),
			    "[CONNECTOR:%d:%s] writeback to %p4cc %ux%u, mode %ux%u",
			    connector->base.id, connector->name, &request.fourcc,
			    request.fb_width, request.fb_height, request.mode_width,
			    request.mode_height);
}

static int writeback_prepare_job(struct drm_writeback_connector *writeback,
				 struct drm_writeback_job *job)
{
	struct rvkms_mapping *mapping;

	if (!job->fb)
		return 0;

	mapping = rvkms_mapping_create(job->fb);
	if (IS_ERR(mapping))
		return PTR_ERR(mapping);

	job->priv = mapping;

	return 0;
}

static void writeback_cleanup_job(struct drm_writeback_connector *writeback,
				  struct drm_writeback_job *job)
{
	rvkms_mapping_put(job->priv);
}

/*
 * Runs before the CRTC is flushed: the snapshot is not published yet. Queueing the job hands it
 * over to the writeback connector, and takes it out of the state.
 */
static void writeback_atomic_commit(struct drm_connector *connector,
				    struct drm_atomic_commit *commit)
{
	struct drm_connector_state *state = drm_atomic_get_new_connector_state(commit, connector);
	struct drm_crtc_state *crtc_state = drm_atomic_get_new_crtc_state(commit, state->crtc);
	struct drm_writeback_job *job = state->writeback_job;

	drm_writeback_queue_job(drm_connector_to_writeback(connector), state);
	to_rvkms_crtc_state(crtc_state)->snapshot->writeback = job;
}

static const struct drm_connector_helper_funcs writeback_helper_funcs = {
	.get_modes = writeback_get_modes,
	.atomic_check = writeback_atomic_check,
	.prepare_writeback_job = writeback_prepare_job,
	.cleanup_writeback_job = writeback_cleanup_job,
	.atomic_commit = writeback_atomic_commit,
};

/**
 * rvkms_writeback_create - create a writeback connector
 * @rvkms: the device, not yet registered
 * @crtc: the CRTC whose picture it writes
 *
 * Returns:
 * 0 or a negative errno. The device owns what was created.
 */
int rvkms_writeback_create(struct rvkms_device *rvkms, struct drm_crtc *crtc)
{
	const u32 num_formats = rvkms_format_list_writable(NULL, 0);
	struct drm_writeback_connector *writeback;
	struct drm_encoder *encoder;

	u32 *formats __free(kfree) = kcalloc(num_formats, sizeof(*formats), GFP_KERNEL);
	if (!formats)
		return -ENOMEM;
	rvkms_format_list_writable(formats, num_formats);

	writeback = drmm_kzalloc(&rvkms->drm, sizeof(*writeback), GFP_KERNEL);
	if (!writeback)
		return -ENOMEM;

	encoder = drmm_plain_encoder_alloc(&rvkms->drm, NULL, DRM_MODE_ENCODER_VIRTUAL, NULL);
	if (IS_ERR(encoder))
		return PTR_ERR(encoder);
	encoder->possible_crtcs = drm_crtc_mask(crtc);

	drm_connector_helper_add(&writeback->base, &writeback_helper_funcs);

	return drmm_writeback_connector_init(&rvkms->drm, writeback, &writeback_funcs, encoder,
					     formats, num_formats);
}
