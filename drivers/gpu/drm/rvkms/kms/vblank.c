// SPDX-License-Identifier: GPL-2.0

#include <drm/drm_vblank.h>

#include "internal.h"
#include "vblank.h"

static struct drm_crtc *drm_crtc_of(const struct kms_vblank_crtc *vblank)
{
	return &((struct kms_crtc *)vblank)->drm;
}

/**
 * kms_vblank_get - keep vblanks coming
 * @vblank: the CRTC
 *
 * Returns:
 * 0 or a negative errno, if the CRTC is off.
 */
int kms_vblank_get(struct kms_vblank_crtc *vblank)
{
	return drm_crtc_vblank_get(drm_crtc_of(vblank));
}

/**
 * kms_vblank_put - undo kms_vblank_get()
 * @vblank: the CRTC
 */
void kms_vblank_put(struct kms_vblank_crtc *vblank)
{
	drm_crtc_vblank_put(drm_crtc_of(vblank));
}

/**
 * kms_vblank_start_timer - let a timer make vblanks, for hardware that tells of none
 * @vblank: the CRTC, in enable_vblank()
 *
 * Returns:
 * 0 or a negative errno.
 */
int kms_vblank_start_timer(struct kms_vblank_crtc *vblank)
{
	return drm_crtc_vblank_start_timer(drm_crtc_of(vblank));
}

/**
 * kms_vblank_stop_timer - undo kms_vblank_start_timer()
 * @vblank: the CRTC, in disable_vblank()
 */
void kms_vblank_stop_timer(struct kms_vblank_crtc *vblank)
{
	drm_crtc_vblank_cancel_timer(drm_crtc_of(vblank));
}

/**
 * kms_vblank_handle - tell DRM that a vblank has begun
 * @vblank: the CRTC
 *
 * Returns:
 * Whether it was wanted.
 */
bool kms_vblank_handle(struct kms_vblank_crtc *vblank)
{
	return drm_crtc_handle_vblank(drm_crtc_of(vblank));
}

/**
 * kms_vblank_count - how many vblanks were there?
 * @vblank: the CRTC
 *
 * Returns:
 * DRM's count.
 */
u64 kms_vblank_count(const struct kms_vblank_crtc *vblank)
{
	return drm_crtc_vblank_count(drm_crtc_of(vblank));
}

/**
 * kms_vblank_wait - wait for the next vblank
 * @vblank: the CRTC
 */
void kms_vblank_wait(struct kms_vblank_crtc *vblank)
{
	drm_crtc_wait_one_vblank(drm_crtc_of(vblank));
}

/**
 * kms_vblank_take_event - take the event of a state, to send it with a later vblank
 * @vblank: the CRTC
 * @state: its new state
 *
 * Vblanks keep coming until it is sent. If there are none, it is sent at once.
 *
 * Returns:
 * The event, for kms_vblank_send_event(), or NULL.
 */
struct drm_pending_vblank_event *kms_vblank_take_event(struct kms_vblank_crtc *vblank,
						       struct kms_crtc_state *state)
{
	struct drm_pending_vblank_event *event = state->drm.event;

	if (!event)
		return NULL;

	if (drm_crtc_vblank_get(drm_crtc_of(vblank))) {
		kms_crtc_send_event(state);
		return NULL;
	}
	state->drm.event = NULL;

	return event;
}

/**
 * kms_vblank_send_event - send an event that was taken
 * @vblank: the CRTC
 * @event: from kms_vblank_take_event()
 *
 * May be called in interrupt context.
 */
void kms_vblank_send_event(struct kms_vblank_crtc *vblank, struct drm_pending_vblank_event *event)
{
	struct drm_crtc *crtc = drm_crtc_of(vblank);
	unsigned long flags;

	spin_lock_irqsave(&crtc->dev->event_lock, flags);
	drm_crtc_send_vblank_event(crtc, event);
	spin_unlock_irqrestore(&crtc->dev->event_lock, flags);
	drm_crtc_vblank_put(crtc);
}

/**
 * kms_vblank_arm_event - let the next vblank send the event of a state
 * @vblank: the CRTC
 * @state: its new state, whose event is taken
 *
 * If there is no next vblank, the event is sent at once.
 */
void kms_vblank_arm_event(struct kms_vblank_crtc *vblank, struct kms_crtc_state *state)
{
	struct drm_crtc *crtc = drm_crtc_of(vblank);

	if (!state->drm.event)
		return;

	if (drm_crtc_vblank_get(crtc)) {
		kms_crtc_send_event(state);
		return;
	}

	spin_lock_irq(&crtc->dev->event_lock);
	drm_crtc_arm_vblank_event(crtc, state->drm.event);
	spin_unlock_irq(&crtc->dev->event_lock);
	state->drm.event = NULL;
}

/**
 * kms_crtc_send_event - send the event of a state now
 * @state: the new state of a CRTC, whose event is taken
 */
void kms_crtc_send_event(struct kms_crtc_state *state)
{
	struct drm_crtc *crtc = state->drm.crtc;

	if (!state->drm.event)
		return;

	spin_lock_irq(&crtc->dev->event_lock);
	drm_crtc_send_vblank_event(crtc, state->drm.event);
	spin_unlock_irq(&crtc->dev->event_lock);
	state->drm.event = NULL;
}
