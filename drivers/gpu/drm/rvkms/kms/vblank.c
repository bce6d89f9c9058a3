// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Sends the events of CRTCs, and switches their vblanks on. */

#include "internal.h"

/**
 * tkms_vblank_try_from - look for the vblanks of a CRTC
 * @crtc: the CRTC, of any class
 *
 * Returns:
 * The argument of vblank calls, or NULL if the CRTC has no vblanks.
 */
struct tkms_vblank_crtc *tkms_vblank_try_from(struct tkms_crtc *crtc)
{
	return crtc->drm.funcs->enable_vblank ? (struct tkms_vblank_crtc *)crtc : NULL;
}

/* Passes the event of a state, if there is one, to one of DRM's functions. */
static void give(struct tkms_crtc_state *state,
		 void (*to)(struct drm_crtc *crtc, struct drm_pending_vblank_event *event))
{
	struct drm_crtc *crtc = state->drm.crtc;

	guard(spinlock_irq)(&crtc->dev->event_lock);
	if (state->drm.event)
		to(crtc, state->drm.event);
	state->drm.event = NULL;
}

/**
 * tkms_crtc_send_event - send the event of a state now
 * @state: the new state of a CRTC; its event is taken
 */
void tkms_crtc_send_event(struct tkms_crtc_state *state)
{
	give(state, drm_crtc_send_vblank_event);
}

/**
 * tkms_vblank_arm_event - let the next vblank send the event of a state
 * @vblank: the CRTC
 * @state: its new state; its event is taken
 *
 * If vblanks are off, the event is sent at once.
 */
void tkms_vblank_arm_event(struct tkms_vblank_crtc *vblank, struct tkms_crtc_state *state)
{
	if (state->drm.event)
		give(state, tkms_vblank_get(vblank) ? drm_crtc_send_vblank_event :
						     drm_crtc_arm_vblank_event);
}

/**
 * tkms_vblank_take_event - take the event of a state, to send it with a later vblank
 * @vblank: the CRTC
 * @state: its new state
 *
 * Holds a vblank reference until it is sent. If vblanks are off, the event is sent at once.
 *
 * Returns:
 * The event, for tkms_vblank_send_event(), or NULL.
 */
struct drm_pending_vblank_event *tkms_vblank_take_event(struct tkms_vblank_crtc *vblank,
							struct tkms_crtc_state *state)
{
	struct drm_pending_vblank_event *event = state->drm.event;

	if (!event || tkms_vblank_get(vblank)) {
		tkms_crtc_send_event(state);
		return NULL;
	}
	state->drm.event = NULL;

	return event;
}

/**
 * tkms_vblank_send_event - send an event that was taken
 * @vblank: the CRTC
 * @event: from tkms_vblank_take_event()
 *
 * May be called in interrupt context.
 */
void tkms_vblank_send_event(struct tkms_vblank_crtc *vblank, struct drm_pending_vblank_event *event)
{
	struct drm_crtc *crtc = &((struct tkms_crtc *)vblank)->drm;

	scoped_guard(spinlock_irqsave, &crtc->dev->event_lock)
		drm_crtc_send_vblank_event(crtc, event);
	tkms_vblank_put(vblank);
}

/**
 * tkms_crtc_done - finish a callback of a CRTC
 * @run: the callback
 *
 * If the driver did not take the event, arms it when the CRTC has both its planes and its vblanks,
 * in any order of the tail, and sends it at once if the CRTC goes off.
 */
void tkms_crtc_done(struct tkms_run *run)
{
	struct tkms_crtc_state *new = container_of(run->own, struct tkms_crtc_state, loan);
	const unsigned int done = to_tkms_commit(run->commit)->steps | run->done;
	struct drm_crtc *crtc = new->drm.crtc;
	struct tkms_vblank_crtc *vblank = tkms_vblank_try_from(to_tkms_crtc(crtc));

	if (run->done == TKMS_STEP_DISABLES && !new->drm.active)
		tkms_crtc_send_event(new);
	if (!vblank)
		return;

	if (run->done == TKMS_STEP_ENABLES)
		drm_crtc_vblank_on(crtc);
	if (!drm_atomic_crtc_needs_modeset(&new->drm) ||
	    (done & TKMS_STEP_ENABLES && done & TKMS_STEP_PLANES))
		tkms_vblank_arm_event(vblank, new);
}
