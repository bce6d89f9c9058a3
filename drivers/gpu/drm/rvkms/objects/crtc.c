// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Implements CRTCs: checks their states with the core, and hands snapshots to the scan-out. */

#include <linux/err.h>
#include <linux/ktime.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/pm_runtime.h>
#include <linux/seq_file.h>
#include <linux/string.h>

#include <drm/drm_atomic.h>
#include <drm/drm_atomic_helper.h>
#include <drm/drm_blend.h>
#include <drm/drm_color_mgmt.h>
#include <drm/drm_debugfs.h>
#include <drm/drm_managed.h>
#include <drm/drm_modes.h>
#include <drm/drm_plane.h>
#include <drm/drm_print.h>
#include <drm/drm_property.h>
#include <drm/drm_rect.h>

#include "../core/check/color.h"
#include "../core/check/crtc.h"
#include "../core/check/device.h"
#include "../core/check/mode.h"
#include "../scanout/color_snapshot.h"
#include "../scanout/snapshot.h"
#include "connector.h"
#include "crtc.h"
#include "device.h"
#include "plane.h"

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
		.frame_packing = (mode->flags & DRM_MODE_FLAG_3D_MASK) ==
				 DRM_MODE_FLAG_3D_FRAME_PACKING,
	};
}

static struct rvkms_mode_request mode_request(const struct drm_display_mode *mode)
{
	return (struct rvkms_mode_request){
		.timing = mode_timing(mode),
		.hsync_start = mode->hsync_start,
		.hsync_end = mode->hsync_end,
		.vsync_start = mode->vsync_start,
		.vsync_end = mode->vsync_end,
		.flags = mode->flags,
	};
}

/* A snapshot belongs to one commit, so it is not copied to the next state. */
static int crtc_copy_state(struct rvkms_crtc_state *new, const struct rvkms_crtc_state *old)
{
	new->color = rvkms_color_snapshot_get(old->color);
	new->bpc = old->bpc;
	new->refresh = old->refresh;

	return 0;
}

static void crtc_drop_state(struct rvkms_crtc_state *state)
{
	rvkms_snapshot_put(state->snapshot);
	rvkms_color_snapshot_put(state->color);
}

static int crtc_enable_vblank(struct rvkms_crtc *crtc)
{
	rvkms_vblank_timer_enable(&crtc->timer);

	return 0;
}

static void crtc_disable_vblank(struct rvkms_crtc *crtc)
{
	rvkms_vblank_timer_disable(&crtc->timer);
}

static u32 crtc_get_vblank_counter(struct rvkms_crtc *crtc)
{
	return (u32)rvkms_vblank_timer_count(&crtc->timer);
}

static bool crtc_get_vblank_timestamp(struct rvkms_crtc *crtc, int *max_error, ktime_t *time,
				      bool in_vblank_irq)
{
	*time = rvkms_vblank_timer_timestamp(&crtc->timer);

	return true;
}

static bool crtc_get_scanout_position(struct rvkms_crtc *crtc, bool in_vblank_irq, int *vpos,
				      int *hpos, ktime_t *begin, ktime_t *end,
				      const struct drm_display_mode *mode)
{
	struct rvkms_position position;

	*begin = ktime_get();
	position = rvkms_vblank_timer_position(&crtc->timer);
	*end = ktime_get();
	*vpos = position.vpos;
	*hpos = position.hpos;

	return true;
}

static const char * const *crtc_get_crc_sources(struct rvkms_crtc *crtc, size_t *count)
{
	*count = ARRAY_SIZE(crc_sources);

	return crc_sources;
}

static int crtc_verify_crc_source(struct rvkms_crtc *crtc, const char *source, size_t *values)
{
	if (source && match_string(crc_sources, ARRAY_SIZE(crc_sources), source) < 0) {
		drm_dbg_kms(crtc->base.drm.dev, "[CRTC:%d:%s] has no CRC source \"%s\"\n",
			    crtc->base.drm.base.id, crtc->base.drm.name, source);
		return -EINVAL;
	}

	*values = 1;

	return 0;
}

/*
 * DRM opens one reader at a time and closes it before the next, so starts and stops alternate. A
 * CRTC with vblanks keeps them enabled while there is a reader.
 */
static int crtc_set_crc_source(struct rvkms_crtc *crtc, const char *source)
{
	struct tkms_vblank_crtc *vblank = tkms_vblank_try_from(&crtc->base);
	size_t values;
	int ret;

	ret = crtc_verify_crc_source(crtc, source, &values);
	if (ret)
		return ret;

	if (source && vblank) {
		ret = tkms_vblank_get(vblank);
		if (ret)
			return ret;
	}

	if (source)
		rvkms_scanout_start_capture(&crtc->scanout);
	else
		rvkms_scanout_stop_capture(&crtc->scanout);
	if (!source && vblank)
		tkms_vblank_put(vblank);

	return 0;
}

static enum drm_mode_status crtc_mode_valid(struct rvkms_crtc *crtc,
					    const struct drm_display_mode *mode)
{
	struct drm_device *drm = crtc->base.drm.dev;
	const struct rvkms_mode_request request = mode_request(mode);
	const struct rvkms_verdict verdict = rvkms_check_mode(&crtc->limits, &request);

	if (rvkms_refuse_mode(drm, verdict, "[CRTC:%d:%s] mode " DRM_MODE_FMT,
			      crtc->base.drm.base.id, crtc->base.drm.name, DRM_MODE_ARG(mode)))
		return MODE_BAD;

	return MODE_OK;
}

/*
 * The planes of the commit have been checked. The other planes have their current states, which do
 * not change while the commit holds the lock of their CRTC.
 */
static struct rvkms_crtc_request crtc_request(struct drm_crtc_state *state)
{
	struct rvkms_crtc_request request = { .timing = mode_timing(&state->adjusted_mode) };
	const struct drm_plane_state *plane_state;
	struct drm_plane *plane;

	drm_atomic_crtc_state_for_each_plane_state(plane, plane_state, state) {
		if (!plane_state->visible)
			continue;

		request.num_planes++;
		request.num_pixels += mul_u32_u32(drm_rect_width(&plane_state->dst),
						  drm_rect_height(&plane_state->dst));
	}

	return request;
}

static int check_request(struct rvkms_crtc *crtc, const struct rvkms_crtc_request *request)
{
	struct drm_crtc *drm = &crtc->base.drm;

	return rvkms_refuse(drm->dev, rvkms_check_crtc(&crtc->limits, request),
			    "[CRTC:%d:%s] %u visible planes, %llu pixels", drm->base.id,
			    drm->name, request->num_planes, request->num_pixels);
}

static u64 blob_bytes(const struct drm_property_blob *blob)
{
	return blob ? blob->length : 0;
}

static int check_color(struct rvkms_crtc *crtc, struct rvkms_crtc_state *new)
{
	struct drm_crtc *drm = &crtc->base.drm;
	const struct drm_crtc_state *state = &new->base.drm;
	const struct rvkms_color_request request = {
		.degamma_size = crtc->degamma_size,
		.gamma_size = crtc->gamma_size,
		.degamma_bytes = blob_bytes(state->degamma_lut),
		.ctm_bytes = blob_bytes(state->ctm),
		.gamma_bytes = blob_bytes(state->gamma_lut),
	};
	struct rvkms_color_snapshot *color;
	int ret;

	ret = rvkms_refuse(drm->dev, rvkms_check_color(&request),
			   "[CRTC:%d:%s] %llu bytes of degamma, %llu of matrix, %llu of gamma",
			   drm->base.id, drm->name, request.degamma_bytes, request.ctm_bytes,
			   request.gamma_bytes);
	if (ret)
		return ret;

	color = rvkms_color_snapshot_of_crtc(state);
	if (IS_ERR(color))
		return PTR_ERR(color);

	rvkms_color_snapshot_put(new->color);
	new->color = color;

	return 0;
}

/*
 * Returns the smallest depth of the links of a CRTC. DRM computes the depth of a link as min(max
 * bpc, depth in the EDID). A writeback connector has no link. Only a modeset changes the connectors
 * of a CRTC or their depths, and all these connectors are in its commit.
 */
static u32 link_bpc(const struct drm_crtc *crtc, struct tkms_mutator *mutator)
{
	u32 bpc = RVKMS_MAX_BPC;

	tkms_for_each_connector(mutator, connector) {
		if (connector->drm.crtc == crtc &&
		    to_rvkms_connector(to_tkms_connector(connector->drm.connector)))
			bpc = min_t(u32, bpc, connector->drm.max_bpc);
	}

	return bpc;
}

/* All connectors of a CRTC are in the commit of a modeset, as in link_bpc(). */
static struct rvkms_refresh common_refresh(const struct drm_crtc *crtc,
					   struct tkms_mutator *mutator)
{
	struct rvkms_refresh refresh = RVKMS_REFRESH_ANY;

	tkms_for_each_connector(mutator, state) {
		struct tkms_connector *kms = to_tkms_connector(state->drm.connector);
		const struct rvkms_connector *connector = to_rvkms_connector(kms);

		if (connector && state->drm.crtc == crtc)
			refresh = rvkms_refresh_common(refresh, rvkms_connector_refresh(connector));
	}

	return refresh;
}

static int crtc_atomic_check(struct rvkms_crtc *crtc, struct rvkms_crtc_state *new,
			     const struct rvkms_crtc_state *old, struct tkms_composer *composer)
{
	struct drm_device *drm = crtc->base.drm.dev;
	struct rvkms_crtc_request request;
	int ret;

	if (new->base.drm.color_mgmt_changed) {
		ret = check_color(crtc, new);
		if (ret)
			return ret;
	}

	if (drm_atomic_crtc_needs_modeset(&new->base.drm)) {
		new->bpc = link_bpc(&crtc->base.drm, tkms_as_mutator(composer));
		new->refresh = common_refresh(&crtc->base.drm, tkms_as_mutator(composer));
		drm_mode_set_crtcinfo(&new->base.drm.adjusted_mode,
				      CRTC_INTERLACE_HALVE_V | CRTC_STEREO_DOUBLE);
	}

	if (!new->base.drm.active)
		return 0;

	request = crtc_request(&new->base.drm);
	ret = check_request(crtc, &request);
	if (ret)
		return ret;

	if (!new->snapshot)
		new->snapshot = rvkms_snapshot_create(&to_rvkms_device(drm)->releases,
						      drm->mode_config.num_total_plane);

	return new->snapshot ? 0 : -ENOMEM;
}

/* The KMS layer switches vblanks on after this, and off before the CRTC is disabled. */
static void crtc_atomic_enable(struct rvkms_crtc *crtc, struct rvkms_crtc_state *new,
			       const struct rvkms_crtc_state *old, struct tkms_mutator *mutator)
{
	const struct rvkms_timing timing = mode_timing(&new->base.drm.adjusted_mode);

	/* No power is saved, but the runtime PM status tells userspace that a CRTC is active. */
	pm_runtime_get_sync(crtc->base.drm.dev->dev);
	rvkms_vblank_timer_set_mode(&crtc->timer, &timing);
}

/* If the CRTC continues in another mode, crtc_atomic_flush() takes the event of the commit. */
static void crtc_atomic_disable(struct rvkms_crtc *crtc, struct rvkms_crtc_state *new,
				const struct rvkms_crtc_state *old, struct tkms_mutator *mutator)
{
	rvkms_vblank_timer_sync(&crtc->timer);
	rvkms_scanout_stop(&crtc->scanout);
	pm_runtime_put_autosuspend(crtc->base.drm.dev->dev);
}

/* Ignores the alpha of BACKGROUND_COLOR: the scanned-out frame is opaque. */
static struct rvkms_pixel to_rvkms_background(u64 argb)
{
	return (struct rvkms_pixel){
		.b = DRM_ARGB64_GETB(argb),
		.g = DRM_ARGB64_GETG(argb),
		.r = DRM_ARGB64_GETR(argb),
		.a = U16_MAX,
	};
}

static void set_screen(struct rvkms_snapshot *snapshot, const struct rvkms_crtc_state *state)
{
	const struct drm_crtc_state *drm = &state->base.drm;
	int width, height;

	drm_mode_get_hv_timing(&drm->mode, &width, &height);
	snapshot->frame.width = width;
	snapshot->frame.height = height;
	snapshot->frame.background = to_rvkms_background(drm->background_color);
	snapshot->bpc = state->bpc;
}

static void fill_snapshot(struct rvkms_snapshot *snapshot, const struct rvkms_crtc_state *state,
			  struct tkms_mutator *mutator)
{
	set_screen(snapshot, state);

	tkms_for_each_plane(mutator, plane_state)
		rvkms_plane_add_to_snapshot(rvkms_plane_state_try_from(plane_state),
					    state->base.drm.crtc, snapshot);
}

static struct rvkms_vrr frame_limits(const struct rvkms_crtc_state *state)
{
	const struct rvkms_timing timing = mode_timing(&state->base.drm.adjusted_mode);

	return state->base.drm.vrr_enabled ? rvkms_vrr_of_refresh(&timing, state->refresh)
					   : rvkms_vrr_fixed(&timing);
}

static struct rvkms_snapshot *take_snapshot(struct rvkms_crtc_state *state)
{
	struct rvkms_snapshot *snapshot = state->snapshot;

	state->snapshot = NULL;

	return snapshot;
}

/* Shows the snapshot from the next vblank on, or at once for an asynchronous flip. */
static void flush_to_vblank(struct rvkms_crtc *crtc, struct tkms_vblank_crtc *vblank,
			    struct rvkms_crtc_state *new, struct rvkms_snapshot *snapshot)
{
	struct drm_pending_vblank_event *event = tkms_vblank_take_event(vblank, &new->base);

	rvkms_vblank_timer_set_limits(&crtc->timer, frame_limits(new));
	if (!new->base.drm.async_flip) {
		snapshot->event = event;
		rvkms_scanout_publish(&crtc->scanout, snapshot);
		return;
	}

	rvkms_scanout_flip(&crtc->scanout, snapshot);
	if (event)
		tkms_vblank_send_event(vblank, event);
}

/* Without vblanks the event stays in the state: the KMS layer sends it when the commit is done. */
static void crtc_atomic_flush(struct rvkms_crtc *crtc, struct rvkms_crtc_state *new,
			      const struct rvkms_crtc_state *old, struct tkms_mutator *mutator)
{
	struct tkms_vblank_crtc *vblank = tkms_vblank_try_from(&crtc->base);
	struct rvkms_snapshot *snapshot = take_snapshot(new);

	fill_snapshot(snapshot, new, mutator);
	rvkms_snapshot_set_color(snapshot, new->color);
	if (vblank)
		flush_to_vblank(crtc, vblank, new, snapshot);
	else
		rvkms_scanout_show(&crtc->scanout, snapshot);
}

/**
 * rvkms_crtc_update_plane - show a change of a plane together with the pending snapshot
 * @crtc: the CRTC
 * @plane: the state of a plane on @crtc
 * @mutator: the commit; its check of the CRTC has allocated a snapshot if the CRTC is active
 *
 * Shows everything but the plane as it was published last: commits that are swapped in, but not
 * flushed, are left out.
 */
void rvkms_crtc_update_plane(struct rvkms_crtc *crtc, const struct rvkms_plane_state *plane,
			     struct tkms_mutator *mutator)
{
	CLASS(rvkms_crtc_borrow, state)(mutator, crtc);
	struct rvkms_snapshot *snapshot;

	if (IS_ERR(state) || !state->snapshot)
		return;

	snapshot = take_snapshot(state);
	set_screen(snapshot, state);
	rvkms_plane_add_to_snapshot(plane, &crtc->base.drm, snapshot);
	rvkms_scanout_update(&crtc->scanout, snapshot);
}

TKMS_DEFINE_OPTIONAL_VBLANK_CRTC_CLASS(rvkms_crtc, rvkms_crtc_state,
				       .copy_state = crtc_copy_state,
				       .drop_state = crtc_drop_state,
				       .mode_valid = crtc_mode_valid,
				       .atomic_check = crtc_atomic_check,
				       .atomic_enable = crtc_atomic_enable,
				       .atomic_disable = crtc_atomic_disable,
				       .atomic_flush = crtc_atomic_flush,
				       .enable_vblank = crtc_enable_vblank,
				       .disable_vblank = crtc_disable_vblank,
				       .get_vblank_counter = crtc_get_vblank_counter,
				       .get_vblank_timestamp = crtc_get_vblank_timestamp,
				       .get_scanout_position = crtc_get_scanout_position,
				       .get_crc_sources = crtc_get_crc_sources,
				       .verify_crc_source = crtc_verify_crc_source,
				       .set_crc_source = crtc_set_crc_source);

static void on_vblank(struct rvkms_vblank_timer *timer)
{
	struct rvkms_crtc *crtc = container_of(timer, struct rvkms_crtc, timer);

	rvkms_scanout_vblank(&crtc->scanout);
}

static void cancel_timer(struct drm_device *drm, void *timer)
{
	rvkms_vblank_timer_sync(timer);
}

/* A CRTC that could not be disabled before the device is released still has a running timer. */
static int init_timer(struct rvkms_crtc *crtc)
{
	rvkms_vblank_timer_init(&crtc->timer, on_vblank);
	crtc->timer.lateness_ns = rvkms_delays_vblank(crtc->base.drm.index);

	return drmm_add_action_or_reset(crtc->base.drm.dev, cancel_timer, &crtc->timer);
}

static int create_properties(struct rvkms_crtc *crtc, const struct rvkms_crtc_desc *desc)
{
	crtc->degamma_size = desc->degamma_size;
	crtc->gamma_size = desc->gamma_size;
	drm_crtc_enable_color_mgmt(&crtc->base.drm, desc->degamma_size, desc->has_ctm,
				   desc->gamma_size);
	if (desc->has_background)
		drm_crtc_attach_background_color_property(&crtc->base.drm);

	return desc->gamma_size ? drm_mode_crtc_set_gamma_size(&crtc->base.drm,
							       RVKMS_LEGACY_GAMMA_SIZE)
				: 0;
}

/**
 * rvkms_crtc_create_with - create a CRTC with its planes
 * @setup: from create_objects()
 * @desc: the device, accepted by rvkms_check_device()
 * @index: index of the CRTC in @desc
 * @primary: its primary plane
 * @cursor: its cursor plane, or NULL
 *
 * Returns:
 * The CRTC, which the device owns, or an ERR_PTR().
 */
struct rvkms_crtc *rvkms_crtc_create_with(struct tkms_setup *setup,
					  const struct rvkms_device_desc *desc, u32 index,
					  struct rvkms_plane *primary, struct rvkms_plane *cursor)
{
	struct rvkms_device *rvkms = to_rvkms_device(&tkms_setup_device(setup)->drm);
	const struct tkms_crtc_info info = {
		.primary = &primary->base,
		.cursor = cursor ? &cursor->base : NULL,
		.name = desc->crtcs[index].name,
	};
	struct rvkms_crtc *crtc;
	int ret;

	crtc = desc->crtcs[index].has_vblanks ? rvkms_crtc_create(setup, &info)
					      : rvkms_crtc_create_vblankless(setup, &info);
	if (IS_ERR(crtc))
		return crtc;

	crtc->limits = rvkms_crtc_limits(desc, index);
	ret = create_properties(crtc, &desc->crtcs[index]) ?: init_timer(crtc);
	if (ret)
		return ERR_PTR(ret);

	ret = rvkms_scanout_init(&crtc->scanout, &crtc->base.drm, tkms_vblank_try_from(&crtc->base),
				 &crtc->timer, rvkms->compose_wq, rvkms->limits.max_width);

	return ret ? ERR_PTR(ret) : crtc;
}

/**
 * rvkms_crtc_show_stats - print the frame statistics of each CRTC
 * @file: a file of debugfs, made by drm_debugfs_add_file()
 * @unused: not used
 *
 * Returns:
 * 0.
 */
int rvkms_crtc_show_stats(struct seq_file *file, void *unused)
{
	const struct drm_debugfs_entry *entry = file->private;
	struct drm_crtc *crtc;

	drm_for_each_crtc(crtc, entry->dev) {
		struct rvkms_crtc *rvkms = rvkms_crtc_try_from(to_tkms_crtc(crtc));
		const struct rvkms_stats stats = rvkms_scanout_stats(&rvkms->scanout);

		seq_printf(file, "[CRTC:%d:%s] ", crtc->base.id, crtc->name);
		rvkms_stats_print(&stats, file);
	}

	return 0;
}
