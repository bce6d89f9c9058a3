// SPDX-License-Identifier: GPL-2.0

#include <linux/err.h>
#include <linux/slab.h>
#include <linux/string.h>

#include <drm/drm_atomic.h>
#include <drm/drm_atomic_helper.h>
#include <drm/drm_atomic_state_helper.h>
#include <drm/drm_modes.h>
#include <drm/drm_plane.h>
#include <drm/drm_print.h>
#include <drm/drm_vblank.h>

#include "core/check_mode.h"
#include "crtc.h"
#include "device.h"
#include "plane.h"
#include "refusal.h"
#include "snapshot.h"

static const char * const crc_sources[] = { "auto" };

static struct rvkms_timing mode_timing(const struct drm_display_mode *mode)
{
	return (struct rvkms_timing){
		.clock = mode->clock,
		.hdisplay = mode->hdisplay,
		.htotal = mode->htotal,
		.vdisplay = mode->vdisplay,
		.vtotal = mode->vtotal,
		.vscan = mode->vscan,
		.doublescan = mode->flags & DRM_MODE_FLAG_DBLSCAN,
		.interlace = mode->flags & DRM_MODE_FLAG_INTERLACE,
	};
}

static struct drm_crtc_state *crtc_create_state(struct drm_crtc *crtc)
{
	struct rvkms_crtc_state *state = kzalloc_obj(*state);

	if (!state)
		return ERR_PTR(-ENOMEM);

	__drm_atomic_helper_crtc_state_init(&state->base, crtc);

	return &state->base;
}

static struct drm_crtc_state *crtc_duplicate_state(struct drm_crtc *crtc)
{
	struct rvkms_crtc_state *state = kzalloc_obj(*state);

	if (!state)
		return NULL;

	__drm_atomic_helper_crtc_duplicate_state(crtc, &state->base);

	return &state->base;
}

static void crtc_destroy_state(struct drm_crtc *crtc, struct drm_crtc_state *base)
{
	struct rvkms_crtc_state *state = to_rvkms_crtc_state(base);

	rvkms_snapshot_put(state->snapshot);
	__drm_atomic_helper_crtc_destroy_state(base);
	kfree(state);
}

static int crtc_enable_vblank(struct drm_crtc *crtc)
{
	rvkms_vblank_timer_enable(&to_rvkms_crtc(crtc)->timer);

	return 0;
}

static void crtc_disable_vblank(struct drm_crtc *crtc)
{
	rvkms_vblank_timer_disable(&to_rvkms_crtc(crtc)->timer);
}

static u32 crtc_get_vblank_counter(struct drm_crtc *crtc)
{
	return (u32)rvkms_vblank_timer_count(&to_rvkms_crtc(crtc)->timer);
}

static bool crtc_get_vblank_timestamp(struct drm_crtc *crtc, int *max_error, ktime_t *time,
				      bool in_vblank_irq)
{
	*time = rvkms_vblank_timer_last(&to_rvkms_crtc(crtc)->timer);

	return true;
}

static const char * const *crtc_get_crc_sources(struct drm_crtc *crtc, size_t *count)
{
	*count = ARRAY_SIZE(crc_sources);

	return crc_sources;
}

static int crtc_verify_crc_source(struct drm_crtc *crtc, const char *source, size_t *values)
{
	if (source && match_string(crc_sources, ARRAY_SIZE(crc_sources), source) < 0) {
		drm_dbg_kms(crtc->dev, "[CRTC:%d:%s] has no CRC source \"%s\"\n", crtc->base.id,
			    crtc->name, source);
		return -EINVAL;
	}

	*values = 1;

	return 0;
}

/* DRM opens one reader at a time and closes it before the next: on and off alternate. */
static int crtc_set_crc_source(struct drm_crtc *crtc, const char *source)
{
	struct rvkms_crtc *rvkms_crtc = to_rvkms_crtc(crtc);
	size_t values;
	int ret;

	ret = crtc_verify_crc_source(crtc, source, &values);
	if (ret)
		return ret;

	if (source) {
		ret = drm_crtc_vblank_get(crtc);
		if (ret)
			return ret;
	}

	rvkms_scanout_set_crc(&rvkms_crtc->scanout, source);
	if (!source)
		drm_crtc_vblank_put(crtc);

	return 0;
}

static const struct drm_crtc_funcs crtc_funcs = {
	.set_config = drm_atomic_helper_set_config,
	.page_flip = drm_atomic_helper_page_flip,
	.atomic_create_state = crtc_create_state,
	.atomic_duplicate_state = crtc_duplicate_state,
	.atomic_destroy_state = crtc_destroy_state,
	.enable_vblank = crtc_enable_vblank,
	.disable_vblank = crtc_disable_vblank,
	.get_vblank_counter = crtc_get_vblank_counter,
	.get_vblank_timestamp = crtc_get_vblank_timestamp,
	.get_crc_sources = crtc_get_crc_sources,
	.verify_crc_source = crtc_verify_crc_source,
	.set_crc_source = crtc_set_crc_source,
};

static enum drm_mode_status crtc_mode_valid(struct drm_crtc *crtc,
					    const struct drm_display_mode *mode)
{
	struct rvkms_device *rvkms = to_rvkms_device(crtc->dev);
	const struct rvkms_timing timing = mode_timing(mode);
	const struct rvkms_verdict verdict = rvkms_check_mode(&rvkms->limits, &timing);

	if (rvkms_refuse(crtc->dev, verdict, "[CRTC:%d:%s] mode " DRM_MODE_FMT, crtc->base.id,
			 crtc->name, DRM_MODE_ARG(mode)))
		return MODE_BAD;

	return MODE_OK;
}

/*
 * The snapshot shows every plane of the CRTC, also those that the client did not touch. They are
 * added to the commit, because a later one may already have changed their current state when
 * this one builds its snapshot.
 */
static int crtc_atomic_check(struct drm_crtc *crtc, struct drm_atomic_commit *commit)
{
	struct drm_crtc_state *base = drm_atomic_get_new_crtc_state(commit, crtc);
	struct rvkms_crtc_state *state = to_rvkms_crtc_state(base);
	int ret;

	if (!base->active)
		return 0;

	ret = drm_atomic_add_affected_planes(commit, crtc);
	if (ret)
		return ret;

	if (!state->snapshot)
		state->snapshot = rvkms_snapshot_create(to_rvkms_device(crtc->dev)->wq,
							crtc->dev->mode_config.num_total_plane);

	return state->snapshot ? 0 : -ENOMEM;
}

static void crtc_atomic_enable(struct drm_crtc *crtc, struct drm_atomic_commit *commit)
{
	struct drm_crtc_state *state = drm_atomic_get_new_crtc_state(commit, crtc);
	const struct rvkms_timing timing = mode_timing(&state->adjusted_mode);

	rvkms_vblank_timer_set_mode(&to_rvkms_crtc(crtc)->timer, &timing);
	drm_crtc_vblank_on(crtc);
}

static void send_event_now(struct drm_crtc *crtc, struct drm_crtc_state *state)
{
	spin_lock_irq(&crtc->dev->event_lock);
	if (state->event)
		drm_crtc_send_vblank_event(crtc, state->event);
	spin_unlock_irq(&crtc->dev->event_lock);

	state->event = NULL;
}

static void crtc_atomic_disable(struct drm_crtc *crtc, struct drm_atomic_commit *commit)
{
	struct drm_crtc_state *state = drm_atomic_get_new_crtc_state(commit, crtc);
	struct rvkms_crtc *rvkms_crtc = to_rvkms_crtc(crtc);

	drm_crtc_vblank_off(crtc);
	rvkms_vblank_timer_sync(&rvkms_crtc->timer);
	rvkms_scanout_stop(&rvkms_crtc->scanout);

	/* A CRTC that goes on in another mode sends its event when its planes are flushed. */
	if (!state->active)
		send_event_now(crtc, state);
}

/* The planes were created bottom to top, which is the order of the list. */
static void fill_snapshot(struct rvkms_snapshot *snapshot, struct drm_crtc_state *state,
			  struct drm_atomic_commit *commit)
{
	struct drm_plane *plane;

	snapshot->frame.width = state->mode.hdisplay;
	snapshot->frame.height = state->mode.vdisplay;

	drm_for_each_plane_mask(plane, commit->dev, state->plane_mask) {
		const struct drm_plane_state *plane_state =
			drm_atomic_get_new_plane_state(commit, plane);

		if (plane_state && plane_state->visible)
			rvkms_plane_add_to_snapshot(plane_state, snapshot);
	}
}

static void crtc_atomic_flush(struct drm_crtc *crtc, struct drm_atomic_commit *commit)
{
	struct drm_crtc_state *base = drm_atomic_get_new_crtc_state(commit, crtc);
	struct rvkms_crtc_state *state = to_rvkms_crtc_state(base);
	struct rvkms_snapshot *snapshot = state->snapshot;

	fill_snapshot(snapshot, base, commit);

	if (base->event && !drm_crtc_vblank_get(crtc)) {
		snapshot->event = base->event;
		base->event = NULL;
	}
	send_event_now(crtc, base);

	state->snapshot = NULL;
	rvkms_scanout_publish(&to_rvkms_crtc(crtc)->scanout, snapshot);
}

static const struct drm_crtc_helper_funcs crtc_helper_funcs = {
	.mode_valid = crtc_mode_valid,
	.atomic_check = crtc_atomic_check,
	.atomic_enable = crtc_atomic_enable,
	.atomic_disable = crtc_atomic_disable,
	.atomic_flush = crtc_atomic_flush,
};

static void on_vblank(struct rvkms_vblank_timer *timer)
{
	struct rvkms_crtc *crtc = container_of(timer, struct rvkms_crtc, timer);

	rvkms_scanout_vblank(&crtc->scanout);
}

/**
 * rvkms_crtc_create - create a CRTC
 * @rvkms: the device, not yet registered
 * @primary: its primary plane
 * @cursor: its cursor plane
 *
 * Returns:
 * The CRTC, which the device owns, or an ERR_PTR().
 */
struct rvkms_crtc *rvkms_crtc_create(struct rvkms_device *rvkms, struct drm_plane *primary,
				     struct drm_plane *cursor)
{
	struct rvkms_crtc *crtc;
	int ret;

	crtc = drmm_crtc_alloc_with_planes(&rvkms->drm, struct rvkms_crtc, base, primary, cursor,
					   &crtc_funcs, NULL);
	if (IS_ERR(crtc))
		return crtc;

	drm_crtc_helper_add(&crtc->base, &crtc_helper_funcs);
	rvkms_vblank_timer_init(&crtc->timer, on_vblank);

	ret = rvkms_scanout_init(&crtc->scanout, &crtc->base, rvkms->wq, rvkms->limits.max_width);
	if (ret)
		return ERR_PTR(ret);

	return crtc;
}
