// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Implements writeback connectors: prepares their jobs and attaches them to snapshots. */

#include <linux/err.h>
#include <linux/slab.h>

#include <drm/drm_connector.h>
#include <drm/drm_edid.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_modes.h>
#include <drm/drm_writeback.h>

#include "../core/check/writeback.h"
#include "../core/pixel/format.h"
#include "../scanout/capture.h"
#include "../scanout/snapshot.h"
#include "crtc.h"
#include "device.h"
#include "writeback.h"

static int writeback_get_modes(struct rvkms_writeback *writeback)
{
	struct drm_connector *drm = &writeback->base.drm;
	const struct rvkms_device *rvkms = to_rvkms_device(drm->dev);

	return drm_add_modes_noedid(drm, rvkms->limits.max_width, rvkms->limits.max_height);
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
	int width, height;

	if (request.crtc_active) {
		drm_mode_get_hv_timing(&crtc_state->mode, &width, &height);
		request.mode_width = width;
		request.mode_height = height;
	}

	return request;
}

static int check_request(struct drm_connector *connector,
			 const struct rvkms_writeback_request *request)
{
	return rvkms_refuse(connector->dev, rvkms_check_writeback(request),
			    "[CONNECTOR:%d:%s] writeback to %p4cc %ux%u, mode %ux%u",
			    connector->base.id, connector->name, &request->fourcc,
			    request->fb_width, request->fb_height, request->mode_width,
			    request->mode_height);
}

static int writeback_atomic_check(struct rvkms_writeback *writeback,
				  struct rvkms_connector_state *new,
				  const struct rvkms_connector_state *old,
				  struct tkms_composer *composer)
{
	const struct drm_connector_state *state = &new->base.drm;
	struct rvkms_writeback_request request;

	if (!state->writeback_job || !state->writeback_job->fb)
		return 0;

	if (state->crtc) {
		CLASS(tkms_crtc_borrow, crtc)(tkms_as_mutator(composer), to_tkms_crtc(state->crtc));

		if (IS_ERR(crtc))
			return PTR_ERR(crtc);
		request = writeback_request(state->writeback_job->fb, &crtc->drm);
	} else {
		request = writeback_request(state->writeback_job->fb, NULL);
	}

	return check_request(&writeback->base.drm, &request);
}

static int writeback_prepare_job(struct rvkms_writeback *writeback, struct drm_writeback_job *job)
{
	struct rvkms_capture *capture;

	if (!job->fb)
		return 0;

	capture = rvkms_capture_create(job->fb);
	if (IS_ERR(capture))
		return PTR_ERR(capture);

	job->priv = capture;

	return 0;
}

static void writeback_cleanup_job(struct rvkms_writeback *writeback, struct drm_writeback_job *job)
{
	/* DRM would drop it after this, when the device may be gone. */
	drm_framebuffer_put(job->fb);
	job->fb = NULL;
	rvkms_capture_destroy(job->priv);
}

/*
 * Runs before the CRTC is flushed, so the snapshot is not published yet. Queueing the job moves it
 * from the state to the writeback connector.
 */
static void writeback_atomic_commit(struct rvkms_writeback *writeback,
				    struct rvkms_connector_state *new,
				    const struct rvkms_connector_state *old,
				    struct tkms_mutator *mutator)
{
	struct drm_writeback_job *job = new->base.drm.writeback_job;

	CLASS(tkms_crtc_borrow, crtc)(mutator, to_tkms_crtc(new->base.drm.crtc));

	drm_writeback_queue_job(&writeback->base.writeback, &new->base.drm);
	rvkms_crtc_state_try_from(crtc)->snapshot->writeback = job;
}

/**
 * rvkms_writeback_wait - wait until the target of a writeback job is free
 * @state: the new state of a connector of any class, in the commit tail
 *
 * May sleep, for 5 s at most.
 */
void rvkms_writeback_wait(const struct tkms_connector_state *state)
{
	const struct drm_writeback_job *job = state->drm.writeback_job;

	if (job && job->priv)
		rvkms_capture_wait(job->priv);
}

TKMS_DEFINE_WRITEBACK_CLASS(rvkms_writeback, rvkms_connector_state,
			    .get_modes = writeback_get_modes,
			    .atomic_check = writeback_atomic_check,
			    .atomic_commit = writeback_atomic_commit,
			    .prepare_writeback_job = writeback_prepare_job,
			    .cleanup_writeback_job = writeback_cleanup_job);

/**
 * rvkms_writeback_create_with - create a writeback connector with its encoder
 * @setup: from create_objects()
 *
 * Returns:
 * The encoder, which has no CRTC yet, or an ERR_PTR(). The device owns both objects.
 */
struct rvkms_encoder *rvkms_writeback_create_with(struct tkms_setup *setup)
{
	const u32 num_formats = rvkms_format_list_writable(NULL, 0);
	struct rvkms_writeback *writeback;
	struct rvkms_encoder *encoder;

	u32 *formats __free(kfree) = kcalloc(num_formats, sizeof(*formats), GFP_KERNEL);
	if (!formats)
		return ERR_PTR(-ENOMEM);
	rvkms_format_list_writable(formats, num_formats);

	encoder = rvkms_encoder_create(setup, DRM_MODE_ENCODER_VIRTUAL);
	if (IS_ERR(encoder))
		return encoder;

	writeback = rvkms_writeback_create(setup, &(struct tkms_connector_info){
		.encoder = &encoder->base,
		.formats = formats,
		.num_formats = num_formats,
	});

	return IS_ERR(writeback) ? ERR_CAST(writeback) : encoder;
}
