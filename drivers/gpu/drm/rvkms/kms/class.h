/* SPDX-License-Identifier: GPL-2.0 */
#ifndef KMS_CLASS_H
#define KMS_CLASS_H

/*
 * A class is a driver's own kind of object: its struct, the struct of its state, its callbacks. In
 * a header, or above the first use:
 *
 *	struct toy_plane { struct kms_plane base; ... };
 *	struct toy_plane_state { struct kms_plane_state base; ... };
 *	KMS_DECLARE_PLANE_CLASS(toy_plane, toy_plane_state);
 *
 * gives toy_plane_create(), toy_plane_try_from(), toy_plane_state_try_from(), toy_plane_borrow(),
 * toy_plane_add(), toy_plane_old(), toy_plane_release() and the cleanup.h classes of the same
 * names. Below the callbacks, once:
 *
 *	KMS_DEFINE_PLANE_CLASS(toy_plane, toy_plane_state,
 *			       .atomic_update = toy_plane_update);
 *
 * Callbacks get the object, its new state already borrowed, its old state to read, and a handle on
 * the commit, all with the driver's own types. hooks.h lists them, under DRM's names; a callback
 * that must be there and is not stops the compiler. Private data of a state are copied with it.
 * Where that is not right, copy_state() makes them (they are zero before), drop_state() unmakes
 * them, and init_state() sets those of the first state.
 *
 * DRM calls a function of the class, which converts the types and calls the callback directly.
 */

#include "hooks.h"

/* What a class is for the layer: DRM's tables, whose address says the class, and a size. */
#define KMS_DEFINE_CLASS_STRUCT(kind, ...)						\
struct kms_##kind##_class {								\
	struct drm_##kind##_funcs funcs;						\
	struct drm_##kind##_helper_funcs helpers;					\
	size_t size;									\
	__VA_ARGS__									\
}

KMS_DEFINE_CLASS_STRUCT(crtc, bool (*has_counter)(void););
KMS_DEFINE_CLASS_STRUCT(plane);
KMS_DEFINE_CLASS_STRUCT(connector);
KMS_DEFINE_CLASS_STRUCT(encoder);

/* The table of callbacks, the functions that call them, and DRM's tables with those. */
#define KMS_DEFINE_CLASS(kind, name, state_name, func_hooks, helper_hooks, more, ...)	\
static const struct name##_ops {							\
	func_hooks(KMS_MEMBER, name, state_name)					\
	helper_hooks(KMS_MEMBER, name, state_name)					\
} name##_ops = { __VA_ARGS__ };								\
func_hooks(KMS_THUNK, name, state_name)							\
helper_hooks(KMS_THUNK, name, state_name)						\
const struct kms_##kind##_class name##_class = {					\
	.funcs = { func_hooks(KMS_ENTRY, name, state_name) },				\
	.helpers = { helper_hooks(KMS_ENTRY, name, state_name) },			\
	.size = sizeof(struct name),							\
	more										\
}

/* The first member's type and place are what lets typed and opaque pointers be the same. */
#define KMS_ASSERT_BASE(type, parent)							\
	static_assert(__same_type(typeof_member(struct type, base), struct parent),	\
		      "struct " #type " has a base that is no struct " #parent);	\
	static_assert(!offsetof(struct type, base),					\
		      "struct " #type " does not begin with its base")

/* Whether DRM's table is that of a class. */
#define KMS_DECLARE_TABLE(kind, name)							\
extern const struct kms_##kind##_class name##_class;					\
static inline bool __maybe_unused name##_has(const struct drm_##kind##_funcs *funcs)	\
{											\
	return funcs == &name##_class.funcs;						\
}

#define KMS_DECLARE_OBJECT(kind, name)							\
KMS_ASSERT_BASE(name, kms_##kind);							\
static inline struct name * __maybe_unused name##_try_from(struct kms_##kind *object)	\
{											\
	if (!object || !name##_has(object->drm.funcs))					\
		return NULL;								\
	return container_of(object, struct name, base);					\
}

#define KMS_DECLARE_CREATE(kind, name, info_type)					\
static inline struct name * __must_check __maybe_unused					\
name##_create(struct kms_setup *setup, info_type info)					\
{											\
	return (struct name *)__kms_##kind##_create(setup, &name##_class, info);	\
}

/* Typed views of objects and states of one class. */
#define KMS_DECLARE_VIEWS(kind, name, state_name)					\
KMS_DECLARE_OBJECT(kind, name)								\
KMS_ASSERT_BASE(state_name, kms_##kind##_state);					\
static inline struct state_name * __maybe_unused					\
name##_state_try_from(struct kms_##kind##_state *state)					\
{											\
	if (IS_ERR_OR_NULL(state) || !name##_has(state->drm.kind->funcs))		\
		return NULL;								\
	return container_of(state, struct state_name, base);				\
}											\
KMS_DECLARE_BORROWS(kind, name, state_name)

#define KMS_DECLARE_CLASS(kind, name, state_name)					\
KMS_DECLARE_TABLE(kind, name)								\
KMS_DECLARE_VIEWS(kind, name, state_name)						\
KMS_DECLARE_CREATE(kind, name, const struct kms_##kind##_info *)

/**
 * KMS_DECLARE_CRTC_CLASS - declare a class of CRTCs without vblanks
 * @name: struct @name begins with a struct kms_crtc named base
 * @state_name: struct @state_name begins with a struct kms_crtc_state named base
 */
#define KMS_DECLARE_CRTC_CLASS(name, state_name) KMS_DECLARE_CLASS(crtc, name, state_name)

/**
 * KMS_DEFINE_CRTC_CLASS - define a class of CRTCs without vblanks
 * @name: as declared
 * @state_name: as declared
 * @...: initialisers of a struct @name_ops
 *
 * Their events are sent when the commit is done.
 */
#define KMS_DEFINE_CRTC_CLASS(name, state_name, ...)					\
KMS_DEFINE_CLASS(crtc, name, state_name, KMS_CRTC_FUNCS, KMS_CRTC_HELPERS, KMS_NIL, __VA_ARGS__)

/**
 * KMS_DECLARE_VBLANK_CRTC_CLASS - declare a class of CRTCs with vblanks
 * @name: struct @name begins with a struct kms_crtc named base
 * @state_name: struct @state_name begins with a struct kms_crtc_state named base
 */
#define KMS_DECLARE_VBLANK_CRTC_CLASS(name, state_name)					\
KMS_DECLARE_CRTC_CLASS(name, state_name)						\
static inline struct kms_vblank_crtc * __maybe_unused name##_vblank(struct name *crtc)	\
{											\
	return (struct kms_vblank_crtc *)&crtc->base;					\
}

/**
 * KMS_DEFINE_VBLANK_CRTC_CLASS - define a class of CRTCs with vblanks
 * @name: as declared
 * @state_name: as declared
 * @...: initialisers of a struct @name_ops; enable_vblank() and disable_vblank() must be there
 *
 * Vblanks are on from the end of atomic_enable() to the beginning of atomic_disable(). An event
 * that atomic_flush() leaves in the state is sent by the next vblank; one that atomic_disable()
 * leaves is sent at once. So none is lost. With get_scanout_position(), timestamps are as precise.
 */
#define KMS_DEFINE_VBLANK_CRTC_CLASS(name, state_name, ...)				\
KMS_DEFINE_CLASS(crtc, name, state_name, KMS_VBLANK_FUNCS, KMS_VBLANK_HELPERS,		\
		 .has_counter = name##_has_counter, __VA_ARGS__)

/**
 * KMS_DECLARE_OPTIONAL_VBLANK_CRTC_CLASS - declare a class of CRTCs that have vblanks or not
 * @name: struct @name begins with a struct kms_crtc named base
 * @state_name: struct @state_name begins with a struct kms_crtc_state named base
 *
 * For hardware that comes in both kinds. @name_create() makes one with vblanks,
 * @name_create_vblankless() one without; all else is the same for both. Since it is not known of
 * which kind a CRTC is, there is no @name_vblank(): kms_vblank_try_from() looks.
 */
#define KMS_DECLARE_OPTIONAL_VBLANK_CRTC_CLASS(name, state_name)			\
extern const struct kms_crtc_class name##_class, name##_vblankless_class;		\
static inline bool __maybe_unused name##_has(const struct drm_crtc_funcs *funcs)	\
{											\
	return funcs == &name##_class.funcs || funcs == &name##_vblankless_class.funcs;	\
}											\
KMS_DECLARE_VIEWS(crtc, name, state_name)						\
KMS_DECLARE_CREATE(crtc, name, const struct kms_crtc_info *)				\
static inline struct name * __must_check __maybe_unused					\
name##_create_vblankless(struct kms_setup *setup, const struct kms_crtc_info *info)	\
{											\
	return (struct name *)__kms_crtc_create(setup, &name##_vblankless_class, info);	\
}

/**
 * KMS_DEFINE_OPTIONAL_VBLANK_CRTC_CLASS - define a class of CRTCs that have vblanks or not
 * @name: as declared
 * @state_name: as declared
 * @...: initialisers of a struct @name_ops, as of KMS_DEFINE_VBLANK_CRTC_CLASS()
 *
 * Of a CRTC without vblanks, DRM does not see the callbacks that are for vblanks, and its events
 * are sent when the commit is done.
 */
#define KMS_DEFINE_OPTIONAL_VBLANK_CRTC_CLASS(name, state_name, ...)			\
KMS_DEFINE_VBLANK_CRTC_CLASS(name, state_name, __VA_ARGS__);				\
const struct kms_crtc_class name##_vblankless_class = {					\
	.funcs = { KMS_CRTC_FUNCS(KMS_ENTRY, name, state_name) },			\
	.helpers = { KMS_CRTC_HELPERS(KMS_ENTRY, name, state_name) },			\
	.size = sizeof(struct name),							\
}

/**
 * KMS_DECLARE_PLANE_CLASS - declare a class of planes
 * @name: struct @name begins with a struct kms_plane named base
 * @state_name: struct @state_name begins with a struct kms_plane_state named base
 */
#define KMS_DECLARE_PLANE_CLASS(name, state_name) KMS_DECLARE_CLASS(plane, name, state_name)

/**
 * KMS_DEFINE_PLANE_CLASS - define a class of planes
 * @name: as declared
 * @state_name: as declared
 * @...: initialisers of a struct @name_ops; atomic_update() must be there. Without
 *       atomic_disable() it is called also for a plane that goes off.
 *
 * prepare_fb(), cleanup_fb(), begin_fb_access() and end_fb_access() get a state that has a
 * framebuffer and no commit running on it: there is nothing to borrow.
 *
 * An asynchronous update is made if atomic_async_check() allows it. The layer exchanges the
 * framebuffers of the new state and the one shown and moves the latter to its new place;
 * atomic_async_update() does the same with what else it takes over.
 */
#define KMS_DEFINE_PLANE_CLASS(name, state_name, ...)					\
KMS_DEFINE_CLASS(plane, name, state_name, KMS_PLANE_FUNCS, KMS_PLANE_HELPERS, KMS_NIL, __VA_ARGS__)

/**
 * KMS_DEFINE_PANIC_PLANE_CLASS - define a class of planes that can show why the kernel panicked
 * @name: as declared
 * @state_name: as declared
 * @...: initialisers of a struct @name_ops, as of KMS_DEFINE_PLANE_CLASS(); get_scanout_buffer()
 *       must be there
 */
#define KMS_DEFINE_PANIC_PLANE_CLASS(name, state_name, ...)				\
KMS_DEFINE_CLASS(plane, name, state_name, KMS_PLANE_FUNCS, KMS_PANIC_HELPERS, KMS_NIL, __VA_ARGS__)

/**
 * KMS_DECLARE_CONNECTOR_CLASS - declare a class of connectors that are there for good
 * @name: struct @name begins with a struct kms_connector named base
 * @state_name: struct @state_name begins with a struct kms_connector_state named base
 */
#define KMS_DECLARE_CONNECTOR_CLASS(name, state_name) KMS_DECLARE_CLASS(connector, name, state_name)

/**
 * KMS_DEFINE_CONNECTOR_CLASS - define a class of connectors that are there for good
 * @name: as declared
 * @state_name: as declared
 * @...: initialisers of a struct @name_ops; get_modes() must be there. Without detect() something
 *       is always connected.
 */
#define KMS_DEFINE_CONNECTOR_CLASS(name, state_name, ...)				\
KMS_DEFINE_CLASS(connector, name, state_name, KMS_CONNECTOR_FUNCS, KMS_CONNECTOR_HELPERS, KMS_NIL, \
		 __VA_ARGS__)

/**
 * KMS_DECLARE_DYNAMIC_CONNECTOR_CLASS - declare a class of connectors that come and go
 * @name: struct @name begins with a struct kms_connector named base
 * @state_name: struct @state_name begins with a struct kms_connector_state named base
 *
 * @name_plug() makes one, before or after the device is registered; @name_unplug() takes it away.
 * It lives on until its last reference is dropped.
 */
#define KMS_DECLARE_DYNAMIC_CONNECTOR_CLASS(name, state_name)				\
KMS_DECLARE_TABLE(connector, name)							\
KMS_DECLARE_VIEWS(connector, name, state_name)						\
static inline struct name * __must_check __maybe_unused					\
name##_plug(struct kms_device *kms, const struct kms_connector_info *info)		\
{											\
	return (struct name *)__kms_connector_plug(kms, &name##_class, info);		\
}											\
static inline void __maybe_unused name##_unplug(struct name *connector)			\
{											\
	__kms_connector_unplug(&connector->base);					\
}

/**
 * KMS_DEFINE_DYNAMIC_CONNECTOR_CLASS - define a class of connectors that come and go
 * @name: as declared
 * @state_name: as declared
 * @...: initialisers of a struct @name_ops, as of KMS_DEFINE_CONNECTOR_CLASS(); destroy() is called
 *       when the last reference is dropped
 */
#define KMS_DEFINE_DYNAMIC_CONNECTOR_CLASS(name, state_name, ...)			\
KMS_DEFINE_CLASS(connector, name, state_name, KMS_DYNAMIC_FUNCS, KMS_CONNECTOR_HELPERS, KMS_NIL, \
		 __VA_ARGS__)

/**
 * KMS_DECLARE_WRITEBACK_CLASS - declare a class of writeback connectors
 * @name: struct @name begins with a struct kms_connector named base
 * @state_name: struct @state_name begins with a struct kms_connector_state named base
 */
#define KMS_DECLARE_WRITEBACK_CLASS(name, state_name) KMS_DECLARE_CLASS(connector, name, state_name)

/**
 * KMS_DEFINE_WRITEBACK_CLASS - define a class of writeback connectors
 * @name: as declared
 * @state_name: as declared
 * @...: initialisers of a struct @name_ops; get_modes() and atomic_commit(), which takes over the
 *       job of the state, must be there
 */
#define KMS_DEFINE_WRITEBACK_CLASS(name, state_name, ...)				\
KMS_DEFINE_CLASS(connector, name, state_name, KMS_CONNECTOR_FUNCS, KMS_WRITEBACK_HELPERS, KMS_NIL, \
		 __VA_ARGS__)

/**
 * KMS_DECLARE_ENCODER_CLASS - declare a class of encoders, which have no state
 * @name: struct @name begins with a struct kms_encoder named base
 */
#define KMS_DECLARE_ENCODER_CLASS(name)							\
KMS_DECLARE_TABLE(encoder, name)							\
KMS_DECLARE_OBJECT(encoder, name)							\
KMS_DECLARE_CREATE(encoder, name, int)

/**
 * KMS_DEFINE_ENCODER_CLASS - define a class of encoders
 * @name: as declared
 * @...: initialisers of a struct @name_ops, all of them optional
 */
#define KMS_DEFINE_ENCODER_CLASS(name, ...)						\
KMS_DEFINE_CLASS(encoder, name, KMS_NIL, KMS_ENCODER_FUNCS, KMS_ENCODER_HELPERS, KMS_NIL, \
		 __VA_ARGS__)

#endif /* KMS_CLASS_H */
