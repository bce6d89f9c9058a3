// SPDX-License-Identifier: GPL-2.0
/* Provides the parts of the typed layer that rvkms does not use; kms_other.h says why. */

#include <drm/drm_atomic_uapi.h>
#include <drm/drm_print.h>

#include "../../kms/internal.h"
#include "kms_other.h"

static int compose_and_commit(struct drm_atomic_commit *drm, tkms_compose_t compose, void *data)
{
	int ret = compose((struct tkms_composer *)drm, data);

	tkms_settle(to_tkms_commit(drm));

	return ret ?: drm_atomic_commit(drm);
}

/**
 * tkms_commit - make a commit inside the kernel
 * @kms: the device
 * @compose: adds objects to the commit and changes their states
 * @data: passed to @compose
 *
 * Takes modeset locks as they are needed. On a deadlock with another owner of locks it drops all
 * locks and starts again.
 *
 * Returns:
 * 0 or a negative errno: that of @compose, of the check or of the commit.
 */
int tkms_commit(struct tkms_device *kms, tkms_compose_t compose, void *data)
{
	struct drm_atomic_commit *drm = drm_atomic_commit_alloc(&kms->drm);
	struct drm_modeset_acquire_ctx ctx;
	int ret;

	if (!drm)
		return -ENOMEM;

	drm_modeset_acquire_init(&ctx, 0);
	drm->acquire_ctx = &ctx;
	/* An uninterruptible backoff cannot fail. */
	while ((ret = compose_and_commit(drm, compose, data)) == -EDEADLK) {
		drm_atomic_commit_clear(drm);
		drm_modeset_backoff(&ctx);
	}
	drm_atomic_commit_put(drm);
	drm_modeset_drop_locks(&ctx);
	drm_modeset_acquire_fini(&ctx);

	return ret;
}

/**
 * tkms_crtc_set_mode - set the mode of a CRTC, or switch it off
 * @composer: the commit
 * @state: the state of the CRTC
 * @mode: the mode, or NULL for off
 *
 * Returns:
 * 0 or a negative errno.
 */
int tkms_crtc_set_mode(struct tkms_composer *composer, struct tkms_crtc_state *state,
		       const struct drm_display_mode *mode)
{
	struct drm_display_mode full = mode ? *mode : (struct drm_display_mode){};

	/* As for a client's mode: vblanks need the hardware timings. */
	drm_mode_set_crtcinfo(&full, CRTC_INTERLACE_HALVE_V);
	state->drm.active = mode;

	return drm_atomic_set_mode_for_crtc(&state->drm, mode ? &full : NULL);
}

/* DRM keeps masks of planes and connectors in the CRTC's state, so it must not be borrowed. */
static int check_crtc_free(struct tkms_composer *composer, struct drm_crtc *drm)
{
	if (!drm)
		return 0;

	CLASS(tkms_crtc_add, state)(composer, to_tkms_crtc(drm));

	return PTR_ERR_OR_ZERO(state);
}

/**
 * tkms_plane_set_crtc - show a framebuffer on a plane
 * @composer: the commit
 * @state: the state of the plane
 * @crtc: the CRTC that shows it, or NULL
 * @fb: the framebuffer, or NULL
 *
 * Returns:
 * 0 or a negative errno: -EBUSY if the state of a CRTC that shows or showed the plane is borrowed.
 */
int tkms_plane_set_crtc(struct tkms_composer *composer, struct tkms_plane_state *state,
			struct tkms_crtc *crtc, struct drm_framebuffer *fb)
{
	struct drm_crtc *drm = crtc ? &crtc->drm : NULL;
	int ret = check_crtc_free(composer, state->drm.crtc) ?: check_crtc_free(composer, drm) ?:
		  drm_atomic_set_crtc_for_plane(&state->drm, drm);

	if (!ret)
		drm_atomic_set_fb_for_plane(&state->drm, fb);

	return ret;
}

/**
 * tkms_connector_set_crtc - feed a connector
 * @composer: the commit
 * @state: the state of the connector
 * @crtc: the CRTC that feeds it, or NULL
 *
 * Returns:
 * 0 or a negative errno: -EBUSY if the state of a CRTC that feeds or fed it is borrowed.
 */
int tkms_connector_set_crtc(struct tkms_composer *composer, struct tkms_connector_state *state,
			    struct tkms_crtc *crtc)
{
	struct drm_crtc *drm = crtc ? &crtc->drm : NULL;

	return check_crtc_free(composer, state->drm.crtc) ?: check_crtc_free(composer, drm) ?:
	       drm_atomic_set_crtc_for_connector(&state->drm, drm);
}

static void unplug_render(void *data)
{
	struct drm_device *drm = data;

	drm_dev_unplug(drm);
	drm_dev_put(drm);
}

struct tkms_render_device *__tkms_render_register(struct device *parent,
						  const struct drm_driver *driver, size_t size)
{
	struct tkms_render_device *render;
	int ret;

	if (driver->driver_features & DRIVER_MODESET)
		return ERR_PTR(-EINVAL);

	render = __drm_dev_alloc(parent, driver, size, offsetof(struct tkms_render_device, drm));
	if (IS_ERR(render))
		return render;

	ret = drm_dev_register(&render->drm, 0) ?:
	      devm_add_action_or_reset(parent, unplug_render, &render->drm);

	return ret ? ERR_PTR(ret) : render;
}
