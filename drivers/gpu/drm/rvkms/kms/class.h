/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef TKMS_CLASS_H
#define TKMS_CLASS_H

/*
 * Makes classes. A class is a driver's own type of object: its struct, the struct of its state, and
 * its callbacks. In a header, or above the first use:
 *
 *	struct toy_plane { struct tkms_plane base; ... };
 *	struct toy_plane_state { struct tkms_plane_state base; ... };
 *	TKMS_DECLARE_PLANE_CLASS(toy_plane, toy_plane_state);
 *
 * declares toy_plane_create(), toy_plane_try_from(), toy_plane_state_try_from(),
 * toy_plane_borrow(), toy_plane_add(), toy_plane_old(), toy_plane_release() and the cleanup.h
 * classes of the same names. Below the callbacks, once:
 *
 *	TKMS_DEFINE_PANIC_PLANE_CLASS(toy_plane, toy_plane_state,
 *				      .atomic_update = toy_plane_update,
 *				      .get_scanout_buffer = toy_plane_get_buffer);
 *
 * Callbacks get the object, its new state already borrowed, its old state to read, and a handle on
 * the commit, all with the driver's own types. hooks.h lists them, under DRM's names. A class
 * without a mandatory callback does not compile.
 *
 * Private data of a state are copied with it. If a plain copy is wrong, copy_state() fills them in
 * (they are zeroed before), drop_state() releases them, and init_state() sets them in the first
 * state.
 *
 * DRM calls a function of the class, which converts the types and calls the callback directly.
 */

#include "hooks.h"

/* A class: DRM's tables, at an address that identifies the class, and the size of an object. */
#define TKMS_DEFINE_CLASS_STRUCT(kind, ...)						\
struct tkms_##kind##_class {								\
	struct drm_##kind##_funcs funcs;						\
	struct drm_##kind##_helper_funcs helpers;					\
	size_t size;									\
	__VA_ARGS__									\
}

TKMS_DEFINE_CLASS_STRUCT(crtc, bool (*has_counter)(void););
TKMS_DEFINE_CLASS_STRUCT(plane);
TKMS_DEFINE_CLASS_STRUCT(connector);
TKMS_DEFINE_CLASS_STRUCT(encoder);

/* Defines the table of callbacks, the functions that call them, and DRM's tables. */
#define TKMS_DEFINE_CLASS(kind, name, state_name, func_hooks, helper_hooks, more, ...)	\
static const struct name##_ops {							\
	func_hooks(TKMS_MEMBER, name, state_name)					\
	helper_hooks(TKMS_MEMBER, name, state_name)					\
} name##_ops = { __VA_ARGS__ };								\
func_hooks(TKMS_THUNK, name, state_name)						\
helper_hooks(TKMS_THUNK, name, state_name)						\
const struct tkms_##kind##_class name##_class = {					\
	.funcs = { func_hooks(TKMS_ENTRY, name, state_name) },				\
	.helpers = { helper_hooks(TKMS_ENTRY, name, state_name) },			\
	.size = sizeof(struct name),							\
	more										\
}

/* The base is the first member, so typed and opaque pointers are equal. */
#define TKMS_ASSERT_BASE(type, parent)							\
	static_assert(__same_type(typeof_member(struct type, base), struct parent),	\
		      "struct " #type " has a base that is no struct " #parent);	\
	static_assert(!offsetof(struct type, base),					\
		      "struct " #type " does not begin with its base")

/* Declares a class, and a test whether a table of DRM belongs to it. */
#define TKMS_DECLARE_TABLE(kind, name)							\
extern const struct tkms_##kind##_class name##_class;					\
static inline bool __maybe_unused name##_has(const struct drm_##kind##_funcs *funcs)	\
{											\
	return funcs == &name##_class.funcs;						\
}

#define TKMS_DECLARE_OBJECT(kind, name)							\
TKMS_ASSERT_BASE(name, tkms_##kind);							\
static inline struct name * __maybe_unused name##_try_from(struct tkms_##kind *object)	\
{											\
	if (!object || !name##_has(object->drm.funcs))					\
		return NULL;								\
	return container_of(object, struct name, base);					\
}

#define TKMS_DECLARE_CREATE(kind, name, info_type)					\
static inline struct name * __must_check __maybe_unused					\
name##_create(struct tkms_setup *setup, info_type info)					\
{											\
	return (struct name *)__tkms_##kind##_create(setup, &name##_class, info);	\
}

/* Declares typed views of objects and states of one class. */
#define TKMS_DECLARE_VIEWS(kind, name, state_name)					\
TKMS_DECLARE_OBJECT(kind, name)								\
TKMS_ASSERT_BASE(state_name, tkms_##kind##_state);					\
static inline struct state_name * __maybe_unused					\
name##_state_try_from(struct tkms_##kind##_state *state)				\
{											\
	if (IS_ERR_OR_NULL(state) || !name##_has(state->drm.kind->funcs))		\
		return NULL;								\
	return container_of(state, struct state_name, base);				\
}											\
TKMS_DECLARE_BORROWS(kind, name, state_name)

#define TKMS_DECLARE_CLASS(kind, name, state_name)					\
TKMS_DECLARE_TABLE(kind, name)								\
TKMS_DECLARE_VIEWS(kind, name, state_name)						\
TKMS_DECLARE_CREATE(kind, name, const struct tkms_##kind##_info *)

/**
 * TKMS_DECLARE_OPTIONAL_VBLANK_CRTC_CLASS - declare a class of CRTCs with or without vblanks
 * @name: struct @name begins with a struct tkms_crtc named base
 * @state_name: struct @state_name begins with a struct tkms_crtc_state named base
 *
 * For hardware of both types. @name_create() creates a CRTC with vblanks, @name_create_vblankless()
 * one without; everything else is the same for both. There is no @name_vblank(), since a CRTC of
 * the class may have no vblanks: use tkms_vblank_try_from().
 */
#define TKMS_DECLARE_OPTIONAL_VBLANK_CRTC_CLASS(name, state_name)			\
extern const struct tkms_crtc_class name##_class, name##_vblankless_class;		\
static inline bool __maybe_unused name##_has(const struct drm_crtc_funcs *funcs)	\
{											\
	return funcs == &name##_class.funcs || funcs == &name##_vblankless_class.funcs;	\
}											\
TKMS_DECLARE_VIEWS(crtc, name, state_name)						\
TKMS_DECLARE_CREATE(crtc, name, const struct tkms_crtc_info *)				\
static inline struct name * __must_check __maybe_unused					\
name##_create_vblankless(struct tkms_setup *setup, const struct tkms_crtc_info *info)	\
{											\
	return (struct name *)__tkms_crtc_create(setup, &name##_vblankless_class, info); \
}

/**
 * TKMS_DEFINE_OPTIONAL_VBLANK_CRTC_CLASS - define a class of CRTCs with or without vblanks
 * @name: as declared
 * @state_name: as declared
 * @...: initialisers of a struct @name_ops; enable_vblank() and disable_vblank() are mandatory
 *
 * Vblanks are on from the end of atomic_enable() to the start of atomic_disable(). The next vblank
 * sends an event that atomic_flush() leaves in the state. An event that atomic_disable() leaves is
 * sent at once. So no event is lost. With get_scanout_position(), timestamps have its precision.
 *
 * For a CRTC without vblanks, DRM does not see the vblank callbacks, and the layer sends its events
 * when the commit is done.
 */
#define TKMS_DEFINE_OPTIONAL_VBLANK_CRTC_CLASS(name, state_name, ...)			\
TKMS_DEFINE_CLASS(crtc, name, state_name, TKMS_VBLANK_FUNCS, TKMS_VBLANK_HELPERS,	\
		  .has_counter = name##_has_counter, __VA_ARGS__);			\
const struct tkms_crtc_class name##_vblankless_class = {				\
	.funcs = { TKMS_CRTC_FUNCS(TKMS_ENTRY, name, state_name) },			\
	.helpers = { TKMS_CRTC_HELPERS(TKMS_ENTRY, name, state_name) },			\
	.size = sizeof(struct name),							\
}

/**
 * TKMS_DECLARE_PLANE_CLASS - declare a class of planes
 * @name: struct @name begins with a struct tkms_plane named base
 * @state_name: struct @state_name begins with a struct tkms_plane_state named base
 */
#define TKMS_DECLARE_PLANE_CLASS(name, state_name) TKMS_DECLARE_CLASS(plane, name, state_name)

/**
 * TKMS_DEFINE_PANIC_PLANE_CLASS - define a class of planes that can show a panic screen
 * @name: as declared
 * @state_name: as declared
 * @...: initialisers of a struct @name_ops; atomic_update() and get_scanout_buffer() are mandatory.
 *       Without atomic_disable(), atomic_update() is also called for a plane that is switched off.
 *
 * prepare_fb() and cleanup_fb() get a state with a framebuffer. No commit runs on the state, so
 * nothing can be borrowed.
 *
 * An asynchronous update is made if atomic_async_check() allows it. The layer exchanges the
 * framebuffers of the new state and the shown state, and moves the shown state to its new place.
 * atomic_async_update() exchanges or copies the driver's own data.
 */
#define TKMS_DEFINE_PANIC_PLANE_CLASS(name, state_name, ...)				\
TKMS_DEFINE_CLASS(plane, name, state_name, TKMS_PLANE_FUNCS, TKMS_PANIC_HELPERS, TKMS_NIL,	\
		  __VA_ARGS__)

/**
 * TKMS_DECLARE_CONNECTOR_CLASS - declare a class of static connectors
 * @name: struct @name begins with a struct tkms_connector named base
 * @state_name: struct @state_name begins with a struct tkms_connector_state named base
 */
#define TKMS_DECLARE_CONNECTOR_CLASS(name, state_name)				\
	TKMS_DECLARE_CLASS(connector, name, state_name)

/**
 * TKMS_DEFINE_CONNECTOR_CLASS - define a class of static connectors
 * @name: as declared
 * @state_name: as declared
 * @...: initialisers of a struct @name_ops; get_modes() is mandatory. Without detect() a
 *       connector is always connected.
 */
#define TKMS_DEFINE_CONNECTOR_CLASS(name, state_name, ...)				\
TKMS_DEFINE_CLASS(connector, name, state_name, TKMS_CONNECTOR_FUNCS, TKMS_CONNECTOR_HELPERS,	\
		  TKMS_NIL, __VA_ARGS__)

/**
 * TKMS_DECLARE_DYNAMIC_CONNECTOR_CLASS - declare a class of dynamic connectors
 * @name: struct @name begins with a struct tkms_connector named base
 * @state_name: struct @state_name begins with a struct tkms_connector_state named base
 *
 * @name_plug() creates a connector, before or after the device is registered; @name_unplug()
 * removes it. It is freed when its last reference is dropped.
 */
#define TKMS_DECLARE_DYNAMIC_CONNECTOR_CLASS(name, state_name)				\
TKMS_DECLARE_TABLE(connector, name)							\
TKMS_DECLARE_VIEWS(connector, name, state_name)						\
static inline struct name * __must_check __maybe_unused					\
name##_plug(struct tkms_device *kms, const struct tkms_connector_info *info)		\
{											\
	return (struct name *)__tkms_connector_plug(kms, &name##_class, info);		\
}											\
static inline void __maybe_unused name##_unplug(struct name *connector)			\
{											\
	__tkms_connector_unplug(&connector->base);					\
}

/**
 * TKMS_DEFINE_DYNAMIC_CONNECTOR_CLASS - define a class of dynamic connectors
 * @name: as declared
 * @state_name: as declared
 * @...: initialisers of a struct @name_ops, as of TKMS_DEFINE_CONNECTOR_CLASS(); destroy() is
 *       called when the last reference is dropped
 */
#define TKMS_DEFINE_DYNAMIC_CONNECTOR_CLASS(name, state_name, ...)			\
TKMS_DEFINE_CLASS(connector, name, state_name, TKMS_DYNAMIC_FUNCS, TKMS_CONNECTOR_HELPERS,	\
		  TKMS_NIL, __VA_ARGS__)

/**
 * TKMS_DECLARE_WRITEBACK_CLASS - declare a class of writeback connectors
 * @name: struct @name begins with a struct tkms_connector named base
 * @state_name: struct @state_name begins with a struct tkms_connector_state named base
 */
#define TKMS_DECLARE_WRITEBACK_CLASS(name, state_name)				\
	TKMS_DECLARE_CLASS(connector, name, state_name)

/**
 * TKMS_DEFINE_WRITEBACK_CLASS - define a class of writeback connectors
 * @name: as declared
 * @state_name: as declared
 * @...: initialisers of a struct @name_ops; get_modes() and atomic_commit() are mandatory, and
 *       atomic_commit() takes over the job of the state
 */
#define TKMS_DEFINE_WRITEBACK_CLASS(name, state_name, ...)				\
TKMS_DEFINE_CLASS(connector, name, state_name, TKMS_CONNECTOR_FUNCS, TKMS_WRITEBACK_HELPERS,	\
		  TKMS_NIL, __VA_ARGS__)

/**
 * TKMS_DECLARE_ENCODER_CLASS - declare a class of encoders, which have no state
 * @name: struct @name begins with a struct tkms_encoder named base
 */
#define TKMS_DECLARE_ENCODER_CLASS(name)						\
TKMS_DECLARE_TABLE(encoder, name)							\
TKMS_DECLARE_OBJECT(encoder, name)							\
TKMS_DECLARE_CREATE(encoder, name, int)

/**
 * TKMS_DEFINE_ENCODER_CLASS - define a class of encoders
 * @name: as declared
 * @...: initialisers of a struct @name_ops, all of them optional
 */
#define TKMS_DEFINE_ENCODER_CLASS(name, ...)						\
TKMS_DEFINE_CLASS(encoder, name, TKMS_NIL, TKMS_ENCODER_FUNCS, TKMS_ENCODER_HELPERS, TKMS_NIL, \
		  __VA_ARGS__)

#endif /* TKMS_CLASS_H */
