/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_TESTS_KMS_OTHER_H
#define RVKMS_TESTS_KMS_OTHER_H

/*
 * Declares the parts of the typed layer that rvkms does not use: commits inside the kernel,
 * classes of other types, references and devices without display. The kernel takes no
 * interface without a user, so they are here, where the drivers of the suites use them. A driver
 * that needs one moves it to the layer.
 */

#include <linux/cleanup.h>

#include <drm/drm_framebuffer.h>

#include "../../kms/class.h"
#include "../../kms/device.h"

/**
 * TKMS_DECLARE_CRTC_CLASS - declare a class of CRTCs without vblanks
 * @name: struct @name begins with a struct tkms_crtc named base
 * @state_name: struct @state_name begins with a struct tkms_crtc_state named base
 */
#define TKMS_DECLARE_CRTC_CLASS(name, state_name) TKMS_DECLARE_CLASS(crtc, name, state_name)

/**
 * TKMS_DEFINE_CRTC_CLASS - define a class of CRTCs without vblanks
 * @name: as declared
 * @state_name: as declared
 * @...: initialisers of a struct @name_ops
 *
 * The layer sends their events when the commit is done.
 */
#define TKMS_DEFINE_CRTC_CLASS(name, state_name, ...)					\
TKMS_DEFINE_CLASS(crtc, name, state_name, TKMS_CRTC_FUNCS, TKMS_CRTC_HELPERS, TKMS_NIL, __VA_ARGS__)

/**
 * TKMS_DECLARE_VBLANK_CRTC_CLASS - declare a class of CRTCs with vblanks
 * @name: struct @name begins with a struct tkms_crtc named base
 * @state_name: struct @state_name begins with a struct tkms_crtc_state named base
 */
#define TKMS_DECLARE_VBLANK_CRTC_CLASS(name, state_name)				\
TKMS_DECLARE_CRTC_CLASS(name, state_name)						\
static inline struct tkms_vblank_crtc * __maybe_unused name##_vblank(struct name *crtc)	\
{											\
	return (struct tkms_vblank_crtc *)&crtc->base;					\
}

/**
 * TKMS_DEFINE_VBLANK_CRTC_CLASS - define a class of CRTCs with vblanks
 * @name: as declared
 * @state_name: as declared
 * @...: initialisers of a struct @name_ops; enable_vblank() and disable_vblank() are mandatory
 *
 * Vblanks are on from the end of atomic_enable() to the start of atomic_disable(). The next vblank
 * sends an event that atomic_flush() leaves in the state. An event that atomic_disable() leaves is
 * sent at once. So no event is lost. With get_scanout_position(), timestamps have its precision.
 */
#define TKMS_DEFINE_VBLANK_CRTC_CLASS(name, state_name, ...)				\
TKMS_DEFINE_CLASS(crtc, name, state_name, TKMS_VBLANK_FUNCS, TKMS_VBLANK_HELPERS,	\
		  .has_counter = name##_has_counter, __VA_ARGS__)

/**
 * TKMS_DEFINE_PLANE_CLASS - define a class of planes without panic screen
 * @name: as declared
 * @state_name: as declared
 * @...: initialisers of a struct @name_ops, as of TKMS_DEFINE_PANIC_PLANE_CLASS()
 */
#define TKMS_DEFINE_PLANE_CLASS(name, state_name, ...)					\
TKMS_DEFINE_CLASS(plane, name, state_name, TKMS_PLANE_FUNCS, TKMS_PLANE_HELPERS, TKMS_NIL,	\
		  __VA_ARGS__)

/*
 * References. A CRTC, plane or encoder lives as long as its device: to keep one, pin the device.
 * Connectors and framebuffers have reference counts of their own.
 *
 *	struct tkms_crtc *mine __free(tkms_crtc_unpin) = tkms_crtc_pin(crtc);
 */
#define TKMS_DEFINE_REFERENCE(type, get, get_call, put, put_call)			\
static inline type *get(type *object)							\
{											\
	get_call;									\
	return object;									\
}											\
static inline void put(type *object)							\
{											\
	put_call;									\
}											\
DEFINE_FREE(put, type *, if (_T) put(_T))

#define TKMS_DEFINE_PIN(kind)								\
	TKMS_DEFINE_REFERENCE(struct tkms_##kind, tkms_##kind##_pin, drm_dev_get(object->drm.dev), \
			      tkms_##kind##_unpin, drm_dev_put(object->drm.dev))

TKMS_DEFINE_PIN(crtc);
TKMS_DEFINE_PIN(plane);
TKMS_DEFINE_PIN(encoder);
TKMS_DEFINE_REFERENCE(struct tkms_connector, tkms_connector_get, drm_connector_get(&object->drm),
		      tkms_connector_put, drm_connector_put(&object->drm));
TKMS_DEFINE_REFERENCE(struct drm_framebuffer, tkms_framebuffer_get, drm_framebuffer_get(object),
		      tkms_framebuffer_put, drm_framebuffer_put(object));

/* Wait for the next vblank; a negative errno if it does not come. */
TKMS_DEFINE_VBLANK_CALL(int, wait, drm_crtc_wait_one_vblank)

/* Start and stop a vblank timer, for hardware without vblank interrupts. */
TKMS_DEFINE_VBLANK_CALL(__must_check int, start_timer, drm_crtc_vblank_start_timer)
TKMS_DEFINE_VBLANK_CALL(void, stop_timer, drm_crtc_vblank_cancel_timer)

#define tkms_for_each_crtc(mutator, state) __tkms_for_each(crtc, mutator, state)

/**
 * typedef tkms_compose_t - function that fills in a commit inside the kernel
 * @composer: the commit
 * @data: from tkms_commit()
 *
 * It runs again from the start after a deadlock: it must not change anything but the states that it
 * borrows.
 *
 * Returns:
 * 0 or a negative errno. It passes on errors of the functions that it calls, including -EDEADLK.
 */
typedef int (*tkms_compose_t)(struct tkms_composer *composer, void *data);

int __must_check tkms_commit(struct tkms_device *kms, tkms_compose_t compose, void *data);

int __must_check tkms_crtc_set_mode(struct tkms_composer *composer, struct tkms_crtc_state *state,
				    const struct drm_display_mode *mode);
int __must_check tkms_plane_set_crtc(struct tkms_composer *composer, struct tkms_plane_state *state,
				     struct tkms_crtc *crtc, struct drm_framebuffer *fb);
int __must_check tkms_connector_set_crtc(struct tkms_composer *composer,
					 struct tkms_connector_state *state,
					 struct tkms_crtc *crtc);

/**
 * struct tkms_render_device - a device without display, which no call of the layer takes
 * @drm: the DRM device
 */
struct tkms_render_device {
	struct drm_device drm;
};

struct tkms_render_device *__tkms_render_register(struct device *parent,
						  const struct drm_driver *driver, size_t size);

/**
 * tkms_render_register - create and register a device without display
 * @parent: the parent device; the device is unplugged when it goes
 * @driver: its struct drm_driver
 * @type: the struct to allocate, which begins with a struct tkms_render_device named base
 *
 * Returns:
 * A pointer to @type or an ERR_PTR().
 */
#define tkms_render_register(parent, driver, type)					\
	__tkms_register_as(type, tkms_render_device,					\
			   __tkms_render_register(parent, driver, sizeof(type)))

#endif /* RVKMS_TESTS_KMS_OTHER_H */
