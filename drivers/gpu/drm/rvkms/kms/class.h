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
 * the commit, all with the driver's own types. What they may be is in struct toy_plane_ops; a
 * callback that must be there and is not stops the compiler. Private data of a state are copied
 * with it. Where that is not right, copy_state() makes them (they are zero before), drop_state()
 * unmakes them, and init_state() sets those of the first state.
 *
 * Between DRM and a callback stands one function of the layer for all classes, and one of the class
 * that only converts the types. The compiler sees the table of callbacks and calls them directly.
 */

#include <linux/build_bug.h>
#include <linux/cleanup.h>
#include <linux/container_of.h>
#include <linux/ktime.h>

#include <drm/drm_atomic_helper.h>
#include <drm/drm_modeset_helper_vtables.h>
#include <drm/drm_probe_helper.h>

#include "object.h"
#include "state.h"
#include "vblank.h"

/* What each class has between the layer and its typed callbacks, for one kind of object. */
#define KMS_STATE_THUNKS(kind)								\
	size_t size;									\
	size_t state_size;								\
	void (*init_state)(struct kms_##kind##_state *state);				\
	int (*copy_state)(struct kms_##kind##_state *new,				\
			  const struct kms_##kind##_state *old);			\
	void (*drop_state)(struct kms_##kind##_state *state);				\
	int (*check)(struct kms_##kind *object, struct kms_##kind##_state *new,		\
		     const struct kms_##kind##_state *old, struct kms_composer *composer)

#define KMS_MUTATE_THUNK_POINTER(kind, hook)						\
	void (*hook)(struct kms_##kind *object, struct kms_##kind##_state *new,		\
		     const struct kms_##kind##_state *old, struct kms_mutator *mutator)

/**
 * struct kms_crtc_class - a class of CRTCs, made by KMS_DEFINE_CRTC_CLASS()
 */
struct kms_crtc_class {
	/* private: */
	struct drm_crtc_funcs funcs;
	struct drm_crtc_helper_funcs helpers;

	KMS_STATE_THUNKS(crtc);
	KMS_MUTATE_THUNK_POINTER(crtc, begin);
	KMS_MUTATE_THUNK_POINTER(crtc, flush);
	KMS_MUTATE_THUNK_POINTER(crtc, enable);
	KMS_MUTATE_THUNK_POINTER(crtc, disable);
	enum drm_mode_status (*mode_valid)(struct kms_crtc *crtc,
					   const struct drm_display_mode *mode);
	bool (*has_counter)(void);
};

/**
 * struct kms_plane_class - a class of planes, made by KMS_DEFINE_PLANE_CLASS()
 */
struct kms_plane_class {
	/* private: */
	struct drm_plane_funcs funcs;
	struct drm_plane_helper_funcs helpers;

	KMS_STATE_THUNKS(plane);
	KMS_MUTATE_THUNK_POINTER(plane, update);
	KMS_MUTATE_THUNK_POINTER(plane, disable);
	int (*prepare)(struct kms_plane *plane, struct kms_plane_state *new);
	void (*cleanup)(struct kms_plane *plane, struct kms_plane_state *state);
};

/**
 * struct kms_connector_class - a class of connectors, made by KMS_DEFINE_CONNECTOR_CLASS() and its
 *                              like
 */
struct kms_connector_class {
	/* private: */
	struct drm_connector_funcs funcs;
	struct drm_connector_helper_funcs helpers;

	KMS_STATE_THUNKS(connector);
	KMS_MUTATE_THUNK_POINTER(connector, write);
	int (*get_modes)(struct kms_connector *connector);
	enum drm_connector_status (*detect)(struct kms_connector *connector, bool force);
	int (*prepare_job)(struct kms_connector *connector, struct drm_writeback_job *job);
	void (*cleanup_job)(struct kms_connector *connector, struct drm_writeback_job *job);
	void (*destroy)(struct kms_connector *connector);
};

/**
 * struct kms_encoder_class - a class of encoders, made by KMS_DEFINE_ENCODER_CLASS()
 */
struct kms_encoder_class {
	/* private: */
	struct drm_encoder_funcs funcs;
	struct drm_encoder_helper_funcs helpers;
	size_t size;
	int (*check)(struct kms_encoder *encoder, struct kms_crtc_state *crtc,
		     struct kms_connector_state *connector);
	void (*enable)(struct kms_encoder *encoder, struct kms_mutator *mutator);
	void (*disable)(struct kms_encoder *encoder, struct kms_mutator *mutator);
};

/* What is the same in DRM's table for every class. The table's address says the class. */
#define KMS_CRTC_FUNCS									\
	.set_config = drm_atomic_helper_set_config,					\
	.page_flip = drm_atomic_helper_page_flip,					\
	.atomic_create_state = kms_crtc_create_state,					\
	.atomic_duplicate_state = kms_crtc_duplicate_state,				\
	.atomic_destroy_state = kms_crtc_destroy_state

#define KMS_PLANE_FUNCS									\
	.update_plane = drm_atomic_helper_update_plane,					\
	.disable_plane = drm_atomic_helper_disable_plane,				\
	.atomic_create_state = kms_plane_create_state,					\
	.atomic_duplicate_state = kms_plane_duplicate_state,				\
	.atomic_destroy_state = kms_plane_destroy_state

#define KMS_CONNECTOR_FUNCS								\
	.fill_modes = drm_helper_probe_single_connector_modes,				\
	.atomic_create_state = kms_connector_create_state,				\
	.atomic_duplicate_state = kms_connector_duplicate_state,			\
	.atomic_destroy_state = kms_connector_destroy_state

#define KMS_DECLARE_STATE_HOOKS(kind)							\
struct drm_##kind##_state *kms_##kind##_create_state(struct drm_##kind *drm);		\
struct drm_##kind##_state *kms_##kind##_duplicate_state(struct drm_##kind *drm);	\
void kms_##kind##_destroy_state(struct drm_##kind *drm, struct drm_##kind##_state *state)

KMS_DECLARE_STATE_HOOKS(crtc);
KMS_DECLARE_STATE_HOOKS(plane);
KMS_DECLARE_STATE_HOOKS(connector);

int kms_crtc_hook_check(struct drm_crtc *drm, struct drm_atomic_commit *commit);
void kms_crtc_hook_begin(struct drm_crtc *drm, struct drm_atomic_commit *commit);
void kms_crtc_hook_flush(struct drm_crtc *drm, struct drm_atomic_commit *commit);
void kms_crtc_hook_enable(struct drm_crtc *drm, struct drm_atomic_commit *commit);
void kms_crtc_hook_disable(struct drm_crtc *drm, struct drm_atomic_commit *commit);
enum drm_mode_status kms_crtc_hook_mode_valid(struct drm_crtc *drm,
					      const struct drm_display_mode *mode);

#define KMS_CRTC_HELPERS								\
	.mode_valid = kms_crtc_hook_mode_valid,						\
	.atomic_check = kms_crtc_hook_check,						\
	.atomic_begin = kms_crtc_hook_begin,						\
	.atomic_flush = kms_crtc_hook_flush,						\
	.atomic_enable = kms_crtc_hook_enable,						\
	.atomic_disable = kms_crtc_hook_disable

int kms_plane_hook_check(struct drm_plane *drm, struct drm_atomic_commit *commit);
void kms_plane_hook_update(struct drm_plane *drm, struct drm_atomic_commit *commit);
void kms_plane_hook_disable(struct drm_plane *drm, struct drm_atomic_commit *commit);
int kms_plane_hook_prepare(struct drm_plane *drm, struct drm_plane_state *state);
void kms_plane_hook_cleanup(struct drm_plane *drm, struct drm_plane_state *state);

#define KMS_PLANE_HELPERS								\
	.atomic_check = kms_plane_hook_check,						\
	.atomic_update = kms_plane_hook_update,						\
	.atomic_disable = kms_plane_hook_disable,					\
	.prepare_fb = kms_plane_hook_prepare,						\
	.cleanup_fb = kms_plane_hook_cleanup

int kms_connector_hook_get_modes(struct drm_connector *drm);
int kms_connector_hook_detect(struct drm_connector *drm, struct drm_modeset_acquire_ctx *ctx,
			      bool force);
int kms_connector_hook_check(struct drm_connector *drm, struct drm_atomic_commit *commit);
void kms_connector_hook_write(struct drm_connector *drm, struct drm_atomic_commit *commit);
int kms_connector_hook_prepare_job(struct drm_writeback_connector *drm,
				   struct drm_writeback_job *job);
void kms_connector_hook_cleanup_job(struct drm_writeback_connector *drm,
				    struct drm_writeback_job *job);
void kms_connector_hook_destroy(struct drm_connector *drm);

#define KMS_CONNECTOR_HELPERS								\
	.get_modes = kms_connector_hook_get_modes,					\
	.detect_ctx = kms_connector_hook_detect,					\
	.atomic_check = kms_connector_hook_check

int kms_encoder_hook_check(struct drm_encoder *drm, struct drm_crtc_state *crtc_state,
			   struct drm_connector_state *connector_state);
void kms_encoder_hook_enable(struct drm_encoder *drm, struct drm_atomic_commit *commit);
void kms_encoder_hook_disable(struct drm_encoder *drm, struct drm_atomic_commit *commit);

/* The first member's type and place are what lets typed and opaque pointers be the same. */
#define KMS_ASSERT_BASE(type, parent)							\
	static_assert(__same_type(typeof_member(struct type, base), struct parent),	\
		      "struct " #type " has a base that is no struct " #parent);	\
	static_assert(!offsetof(struct type, base),					\
		      "struct " #type " does not begin with its base")

/* Typed views of objects and states of one class. */
#define KMS_DECLARE_VIEWS(kind, name, state_name)					\
KMS_ASSERT_BASE(name, kms_##kind);							\
KMS_ASSERT_BASE(state_name, kms_##kind##_state);					\
extern const struct kms_##kind##_class name##_class;					\
static inline struct name * __maybe_unused						\
name##_try_from(struct kms_##kind *object)						\
{											\
	if (!object || object->drm.funcs != &name##_class.funcs)			\
		return NULL;								\
	return container_of(object, struct name, base);					\
}											\
static inline struct state_name * __maybe_unused					\
name##_state_try_from(struct kms_##kind##_state *state)					\
{											\
	if (IS_ERR_OR_NULL(state) || state->drm.kind->funcs != &name##_class.funcs)	\
		return NULL;								\
	return container_of(state, struct state_name, base);				\
}											\
static __always_inline struct state_name * __must_check __maybe_unused			\
name##_borrow(struct kms_mutator *mutator, struct name *object)				\
{											\
	return (struct state_name *)kms_##kind##_borrow(mutator, &object->base);	\
}											\
static inline struct state_name * __must_check __maybe_unused				\
name##_add(struct kms_composer *composer, struct name *object)				\
{											\
	return (struct state_name *)kms_##kind##_add(composer, &object->base);		\
}											\
static inline void __maybe_unused name##_release(struct state_name *state)		\
{											\
	kms_##kind##_release((struct kms_##kind##_state *)state);			\
}											\
static inline const struct state_name * __maybe_unused					\
name##_old(const struct kms_view *view, const struct name *object)			\
{											\
	return (const struct state_name *)kms_##kind##_old(view, &object->base);	\
}											\
DEFINE_FREE(name##_release, struct state_name *, name##_release(_T))			\
DEFINE_CLASS(name##_borrow, struct state_name *, name##_release(_T),			\
	     name##_borrow(mutator, object),						\
	     struct kms_mutator *mutator, struct name *object)				\
DEFINE_CLASS(name##_add, struct state_name *, name##_release(_T),			\
	     name##_add(composer, object), struct kms_composer *composer, struct name *object)

/* Callbacks that every class with a state may have. */
#define KMS_STATE_OPS(name, state_name)							\
	void (*init_state)(struct state_name *state);					\
	int (*copy_state)(struct state_name *new, const struct state_name *old);	\
	void (*drop_state)(struct state_name *state);					\
	int (*atomic_check)(struct name *object, struct state_name *new,		\
			    const struct state_name *old, struct kms_composer *composer)

#define KMS_MUTATE_OP(name, state_name, hook)						\
	void (*hook)(struct name *object, struct state_name *new,			\
		     const struct state_name *old, struct kms_mutator *mutator)

/* Calls a callback with the driver's own type of object, or gives @none if it is not there. */
#define KMS_CALL(name, hook, none, object, ...)						\
	(name##_ops.hook ?								\
	 name##_ops.hook(container_of(object, struct name, base), ##__VA_ARGS__) :	\
	 (none))

#define KMS_DEFINE_STATE_THUNKS(kind, name, state_name)					\
static void name##_thunk_init(struct kms_##kind##_state *state)				\
{											\
	if (name##_ops.init_state)							\
		name##_ops.init_state(container_of(state, struct state_name, base));	\
}											\
static int name##_thunk_copy(struct kms_##kind##_state *new,				\
			     const struct kms_##kind##_state *old)			\
{											\
	BUILD_BUG_ON_MSG(name##_ops.drop_state && !name##_ops.copy_state,		\
			 #name " drops what it does not copy: it has no copy_state()");	\
	if (name##_ops.copy_state)							\
		return name##_ops.copy_state(container_of(new, struct state_name, base), \
					     container_of_const(old, struct state_name, base)); \
	memcpy(new + 1, old + 1, sizeof(struct state_name) - sizeof(*new));		\
	return 0;									\
}											\
static void name##_thunk_drop(struct kms_##kind##_state *state)				\
{											\
	if (name##_ops.drop_state)							\
		name##_ops.drop_state(container_of(state, struct state_name, base));	\
}											\
static int name##_thunk_check(struct kms_##kind *object, struct kms_##kind##_state *new, \
			      const struct kms_##kind##_state *old,			\
			      struct kms_composer *composer)				\
{											\
	return KMS_CALL(name, atomic_check, 0, object, container_of(new, struct state_name, base), \
			container_of_const(old, struct state_name, base), composer);	\
}

#define KMS_DEFINE_MUTATE_THUNK(kind, name, state_name, hook)				\
static void name##_thunk_##hook(struct kms_##kind *object, struct kms_##kind##_state *new, \
				const struct kms_##kind##_state *old,			\
				struct kms_mutator *mutator)				\
{											\
	KMS_CALL(name, hook, (void)0, object, container_of(new, struct state_name, base), \
		 container_of_const(old, struct state_name, base), mutator);		\
}

#define KMS_STATE_THUNK_INIT(name, state_name)						\
	.size = sizeof(struct name),							\
	.state_size = sizeof(struct state_name),					\
	.init_state = name##_thunk_init,						\
	.copy_state = name##_thunk_copy,						\
	.drop_state = name##_thunk_drop,						\
	.check = name##_thunk_check

/**
 * KMS_DECLARE_CRTC_CLASS - declare a class of CRTCs without vblanks
 * @name: struct @name begins with a struct kms_crtc named base
 * @state_name: struct @state_name begins with a struct kms_crtc_state named base
 */
#define KMS_DECLARE_CRTC_CLASS(name, state_name)					\
KMS_DECLARE_VIEWS(crtc, name, state_name)						\
static inline struct name * __must_check __maybe_unused					\
name##_create(struct kms_setup *setup, const struct kms_crtc_info *info)		\
{											\
	return (struct name *)__kms_crtc_create(setup, &name##_class, info);		\
}

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

#define KMS_CRTC_OPS(name, state_name)							\
	KMS_STATE_OPS(name, state_name);						\
	KMS_MUTATE_OP(name, state_name, atomic_begin);					\
	KMS_MUTATE_OP(name, state_name, atomic_flush);					\
	KMS_MUTATE_OP(name, state_name, atomic_enable);					\
	KMS_MUTATE_OP(name, state_name, atomic_disable);				\
	enum drm_mode_status (*mode_valid)(struct name *crtc,				\
					   const struct drm_display_mode *mode)

#define KMS_DEFINE_CRTC_THUNKS(name, state_name)					\
KMS_DEFINE_STATE_THUNKS(crtc, name, state_name)						\
KMS_DEFINE_MUTATE_THUNK(crtc, name, state_name, atomic_begin)				\
KMS_DEFINE_MUTATE_THUNK(crtc, name, state_name, atomic_flush)				\
KMS_DEFINE_MUTATE_THUNK(crtc, name, state_name, atomic_enable)				\
KMS_DEFINE_MUTATE_THUNK(crtc, name, state_name, atomic_disable)				\
static enum drm_mode_status name##_thunk_mode_valid(struct kms_crtc *crtc,		\
						    const struct drm_display_mode *mode) \
{											\
	return KMS_CALL(name, mode_valid, MODE_OK, crtc, mode);				\
}

#define KMS_CRTC_THUNK_INIT(name, state_name)						\
	.helpers = { KMS_CRTC_HELPERS },						\
	KMS_STATE_THUNK_INIT(name, state_name),						\
	.begin = name##_thunk_atomic_begin,						\
	.flush = name##_thunk_atomic_flush,						\
	.enable = name##_thunk_atomic_enable,						\
	.disable = name##_thunk_atomic_disable,						\
	.mode_valid = name##_thunk_mode_valid

/**
 * KMS_DEFINE_CRTC_CLASS - define a class of CRTCs without vblanks
 * @name: as declared
 * @state_name: as declared
 * @...: initialisers of a struct @name_ops
 *
 * Their events are sent when the commit is done.
 */
#define KMS_DEFINE_CRTC_CLASS(name, state_name, ...)					\
static const struct name##_ops { KMS_CRTC_OPS(name, state_name); } name##_ops = { __VA_ARGS__ }; \
KMS_DEFINE_CRTC_THUNKS(name, state_name)						\
const struct kms_crtc_class name##_class = {						\
	.funcs = { KMS_CRTC_FUNCS },							\
	KMS_CRTC_THUNK_INIT(name, state_name),						\
}

/**
 * KMS_DEFINE_VBLANK_CRTC_CLASS - define a class of CRTCs with vblanks
 * @name: as declared
 * @state_name: as declared
 * @...: initialisers of a struct @name_ops; enable_vblank() and disable_vblank() must be there
 *
 * Vblanks are on from the end of atomic_enable() to the beginning of atomic_disable(). An event
 * that atomic_flush() leaves in the state is sent by the next vblank; one that atomic_disable()
 * leaves is sent at once. So none is lost.
 */
#define KMS_DEFINE_VBLANK_CRTC_CLASS(name, state_name, ...)				\
static const struct name##_ops {							\
	KMS_CRTC_OPS(name, state_name);							\
	int (*enable_vblank)(struct name *crtc);					\
	void (*disable_vblank)(struct name *crtc);					\
	u32 (*get_vblank_counter)(struct name *crtc);					\
	bool (*get_vblank_timestamp)(struct name *crtc, int *max_error, ktime_t *time,	\
				     bool in_vblank_irq);				\
	const char *const *(*get_crc_sources)(struct name *crtc, size_t *count);	\
	int (*verify_crc_source)(struct name *crtc, const char *source, size_t *values); \
	int (*set_crc_source)(struct name *crtc, const char *source);			\
} name##_ops = { __VA_ARGS__ };								\
KMS_DEFINE_CRTC_THUNKS(name, state_name)						\
static int name##_thunk_enable_vblank(struct drm_crtc *drm)				\
{											\
	BUILD_BUG_ON_MSG(!name##_ops.enable_vblank, #name " has no enable_vblank()");	\
	BUILD_BUG_ON_MSG(!name##_ops.disable_vblank, #name " has no disable_vblank()");	\
	return KMS_CALL(name, enable_vblank, 0, to_kms_crtc(drm));			\
}											\
static void name##_thunk_disable_vblank(struct drm_crtc *drm)				\
{											\
	KMS_CALL(name, disable_vblank, (void)0, to_kms_crtc(drm));			\
}											\
static u32 name##_thunk_get_vblank_counter(struct drm_crtc *drm)			\
{											\
	return KMS_CALL(name, get_vblank_counter, 0, to_kms_crtc(drm));			\
}											\
static bool name##_thunk_get_vblank_timestamp(struct drm_crtc *drm, int *max_error,	\
					      ktime_t *time, bool in_vblank_irq)	\
{											\
	return KMS_CALL(name, get_vblank_timestamp, false, to_kms_crtc(drm), max_error, time, \
			in_vblank_irq);							\
}											\
static const char *const *name##_thunk_get_crc_sources(struct drm_crtc *drm, size_t *count) \
{											\
	return KMS_CALL(name, get_crc_sources, NULL, to_kms_crtc(drm), count);		\
}											\
static int name##_thunk_verify_crc_source(struct drm_crtc *drm, const char *source,	\
					  size_t *values)				\
{											\
	return KMS_CALL(name, verify_crc_source, -ENODEV, to_kms_crtc(drm), source, values); \
}											\
static int name##_thunk_set_crc_source(struct drm_crtc *drm, const char *source)	\
{											\
	BUILD_BUG_ON_MSG(!name##_ops.set_crc_source != !name##_ops.verify_crc_source,	\
			 #name " has one of set_crc_source() and verify_crc_source()");	\
	return KMS_CALL(name, set_crc_source, -ENODEV, to_kms_crtc(drm), source);	\
}											\
static bool name##_thunk_has_counter(void)						\
{											\
	return name##_ops.get_vblank_counter;						\
}											\
const struct kms_crtc_class name##_class = {						\
	.funcs = {									\
		KMS_CRTC_FUNCS,								\
		.enable_vblank = name##_thunk_enable_vblank,				\
		.disable_vblank = name##_thunk_disable_vblank,				\
		.get_vblank_counter = name##_thunk_get_vblank_counter,			\
		.get_vblank_timestamp = name##_thunk_get_vblank_timestamp,		\
		.get_crc_sources = name##_thunk_get_crc_sources,			\
		.verify_crc_source = name##_thunk_verify_crc_source,			\
		.set_crc_source = name##_thunk_set_crc_source,				\
	},										\
	KMS_CRTC_THUNK_INIT(name, state_name),						\
	.has_counter = name##_thunk_has_counter,					\
}

/**
 * KMS_DECLARE_PLANE_CLASS - declare a class of planes
 * @name: struct @name begins with a struct kms_plane named base
 * @state_name: struct @state_name begins with a struct kms_plane_state named base
 */
#define KMS_DECLARE_PLANE_CLASS(name, state_name)					\
KMS_DECLARE_VIEWS(plane, name, state_name)						\
static inline struct name * __must_check __maybe_unused					\
name##_create(struct kms_setup *setup, const struct kms_plane_info *info)		\
{											\
	return (struct name *)__kms_plane_create(setup, &name##_class, info);		\
}

/**
 * KMS_DEFINE_PLANE_CLASS - define a class of planes
 * @name: as declared
 * @state_name: as declared
 * @...: initialisers of a struct @name_ops; atomic_update() must be there. Without
 *       atomic_disable() it is called also for a plane that goes off. prepare_fb() and cleanup_fb()
 *       get a state that is not part of a callback: there is nothing to borrow.
 */
#define KMS_DEFINE_PLANE_CLASS(name, state_name, ...)					\
static const struct name##_ops {							\
	KMS_STATE_OPS(name, state_name);						\
	KMS_MUTATE_OP(name, state_name, atomic_update);					\
	KMS_MUTATE_OP(name, state_name, atomic_disable);				\
	int (*prepare_fb)(struct name *plane, struct state_name *new);			\
	void (*cleanup_fb)(struct name *plane, struct state_name *state);		\
} name##_ops = { __VA_ARGS__ };								\
KMS_DEFINE_STATE_THUNKS(plane, name, state_name)					\
KMS_DEFINE_MUTATE_THUNK(plane, name, state_name, atomic_update)				\
static void name##_thunk_disable(struct kms_plane *plane, struct kms_plane_state *new,	\
				 const struct kms_plane_state *old, struct kms_mutator *mutator) \
{											\
	BUILD_BUG_ON_MSG(!name##_ops.atomic_update, #name " has no atomic_update()");	\
	KMS_CALL(name, atomic_disable, name##_thunk_atomic_update(plane, new, old, mutator), \
		 plane, container_of(new, struct state_name, base),			\
		 container_of_const(old, struct state_name, base), mutator);		\
}											\
static int name##_thunk_prepare(struct kms_plane *plane, struct kms_plane_state *new)	\
{											\
	return KMS_CALL(name, prepare_fb, 0, plane, container_of(new, struct state_name, base)); \
}											\
static void name##_thunk_cleanup(struct kms_plane *plane, struct kms_plane_state *state) \
{											\
	KMS_CALL(name, cleanup_fb, (void)0, plane, container_of(state, struct state_name, base)); \
}											\
const struct kms_plane_class name##_class = {						\
	.funcs = { KMS_PLANE_FUNCS },							\
	.helpers = { KMS_PLANE_HELPERS },						\
	KMS_STATE_THUNK_INIT(name, state_name),						\
	.update = name##_thunk_atomic_update,						\
	.disable = name##_thunk_disable,						\
	.prepare = name##_thunk_prepare,						\
	.cleanup = name##_thunk_cleanup,						\
}

/**
 * KMS_DECLARE_CONNECTOR_CLASS - declare a class of connectors that are there for good
 * @name: struct @name begins with a struct kms_connector named base
 * @state_name: struct @state_name begins with a struct kms_connector_state named base
 */
#define KMS_DECLARE_CONNECTOR_CLASS(name, state_name)					\
KMS_DECLARE_VIEWS(connector, name, state_name)						\
static inline struct name * __must_check __maybe_unused					\
name##_create(struct kms_setup *setup, const struct kms_connector_info *info)		\
{											\
	return (struct name *)__kms_connector_create(setup, &name##_class, info);	\
}

/**
 * KMS_DECLARE_WRITEBACK_CLASS - declare a class of writeback connectors
 * @name: struct @name begins with a struct kms_connector named base
 * @state_name: struct @state_name begins with a struct kms_connector_state named base
 */
#define KMS_DECLARE_WRITEBACK_CLASS(name, state_name)					\
KMS_DECLARE_VIEWS(connector, name, state_name)						\
static inline struct name * __must_check __maybe_unused					\
name##_create(struct kms_setup *setup, const struct kms_connector_info *info)		\
{											\
	return (struct name *)__kms_writeback_create(setup, &name##_class, info);	\
}											\
static inline struct drm_writeback_connector * __maybe_unused				\
name##_writeback(struct name *connector)						\
{											\
	return &connector->base.writeback;						\
}

/**
 * KMS_DECLARE_DYNAMIC_CONNECTOR_CLASS - declare a class of connectors that come and go
 * @name: struct @name begins with a struct kms_connector named base
 * @state_name: struct @state_name begins with a struct kms_connector_state named base
 *
 * @name_plug() makes one, before or after the device is registered; @name_unplug() takes it away.
 * It lives on until its last reference is dropped.
 */
#define KMS_DECLARE_DYNAMIC_CONNECTOR_CLASS(name, state_name)				\
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

#define KMS_CONNECTOR_OPS(name, state_name)						\
	KMS_STATE_OPS(name, state_name);						\
	int (*get_modes)(struct name *connector);					\
	enum drm_connector_status (*detect)(struct name *connector, bool force)

#define KMS_DEFINE_CONNECTOR_THUNKS(name, state_name)					\
KMS_DEFINE_STATE_THUNKS(connector, name, state_name)					\
static int name##_thunk_get_modes(struct kms_connector *connector)			\
{											\
	BUILD_BUG_ON_MSG(!name##_ops.get_modes, #name " has no get_modes()");		\
	return KMS_CALL(name, get_modes, 0, connector);					\
}											\
static enum drm_connector_status name##_thunk_detect(struct kms_connector *connector,	\
						     bool force)			\
{											\
	return KMS_CALL(name, detect, connector_status_connected, connector, force);	\
}

#define KMS_CONNECTOR_THUNK_INIT(name, state_name)					\
	KMS_STATE_THUNK_INIT(name, state_name),						\
	.get_modes = name##_thunk_get_modes,						\
	.detect = name##_thunk_detect

/**
 * KMS_DEFINE_CONNECTOR_CLASS - define a class of connectors that are there for good
 * @name: as declared
 * @state_name: as declared
 * @...: initialisers of a struct @name_ops; get_modes() must be there. Without detect() something
 *       is always connected.
 */
#define KMS_DEFINE_CONNECTOR_CLASS(name, state_name, ...)				\
static const struct name##_ops {							\
	KMS_CONNECTOR_OPS(name, state_name);						\
} name##_ops = { __VA_ARGS__ };								\
KMS_DEFINE_CONNECTOR_THUNKS(name, state_name)						\
const struct kms_connector_class name##_class = {					\
	.funcs = { KMS_CONNECTOR_FUNCS },						\
	.helpers = { KMS_CONNECTOR_HELPERS },						\
	KMS_CONNECTOR_THUNK_INIT(name, state_name),					\
}

/**
 * KMS_DEFINE_DYNAMIC_CONNECTOR_CLASS - define a class of connectors that come and go
 * @name: as declared
 * @state_name: as declared
 * @...: initialisers of a struct @name_ops, as of KMS_DEFINE_CONNECTOR_CLASS(); destroy() is called
 *       when the last reference is dropped
 */
#define KMS_DEFINE_DYNAMIC_CONNECTOR_CLASS(name, state_name, ...)			\
static const struct name##_ops {							\
	KMS_CONNECTOR_OPS(name, state_name);						\
	void (*destroy)(struct name *connector);					\
} name##_ops = { __VA_ARGS__ };								\
KMS_DEFINE_CONNECTOR_THUNKS(name, state_name)						\
static void name##_thunk_destroy(struct kms_connector *connector)			\
{											\
	KMS_CALL(name, destroy, (void)0, connector);					\
}											\
const struct kms_connector_class name##_class = {					\
	.funcs = {									\
		KMS_CONNECTOR_FUNCS,							\
		.destroy = kms_connector_hook_destroy,					\
	},										\
	.helpers = { KMS_CONNECTOR_HELPERS },						\
	KMS_CONNECTOR_THUNK_INIT(name, state_name),					\
	.destroy = name##_thunk_destroy,						\
}

/**
 * KMS_DEFINE_WRITEBACK_CLASS - define a class of writeback connectors
 * @name: as declared
 * @state_name: as declared
 * @...: initialisers of a struct @name_ops; get_modes() and atomic_write(), which takes over the
 *       job of the state, must be there
 */
#define KMS_DEFINE_WRITEBACK_CLASS(name, state_name, ...)				\
static const struct name##_ops {							\
	KMS_CONNECTOR_OPS(name, state_name);						\
	KMS_MUTATE_OP(name, state_name, atomic_write);					\
	int (*prepare_job)(struct name *connector, struct drm_writeback_job *job);	\
	void (*cleanup_job)(struct name *connector, struct drm_writeback_job *job);	\
} name##_ops = { __VA_ARGS__ };								\
KMS_DEFINE_CONNECTOR_THUNKS(name, state_name)						\
KMS_DEFINE_MUTATE_THUNK(connector, name, state_name, atomic_write)			\
static int name##_thunk_prepare_job(struct kms_connector *connector,			\
				    struct drm_writeback_job *job)			\
{											\
	BUILD_BUG_ON_MSG(!name##_ops.atomic_write, #name " has no atomic_write()");	\
	return KMS_CALL(name, prepare_job, 0, connector, job);				\
}											\
static void name##_thunk_cleanup_job(struct kms_connector *connector,			\
				     struct drm_writeback_job *job)			\
{											\
	KMS_CALL(name, cleanup_job, (void)0, connector, job);				\
}											\
const struct kms_connector_class name##_class = {					\
	.funcs = { KMS_CONNECTOR_FUNCS },						\
	.helpers = {									\
		KMS_CONNECTOR_HELPERS,							\
		.atomic_commit = kms_connector_hook_write,				\
		.prepare_writeback_job = kms_connector_hook_prepare_job,		\
		.cleanup_writeback_job = kms_connector_hook_cleanup_job,		\
	},										\
	KMS_CONNECTOR_THUNK_INIT(name, state_name),					\
	.write = name##_thunk_atomic_write,						\
	.prepare_job = name##_thunk_prepare_job,					\
	.cleanup_job = name##_thunk_cleanup_job,					\
}

/**
 * KMS_DECLARE_ENCODER_CLASS - declare a class of encoders, which have no state
 * @name: struct @name begins with a struct kms_encoder named base
 */
#define KMS_DECLARE_ENCODER_CLASS(name)							\
KMS_ASSERT_BASE(name, kms_encoder);							\
extern const struct kms_encoder_class name##_class;					\
static inline struct name * __maybe_unused name##_try_from(struct kms_encoder *object)	\
{											\
	if (!object || object->drm.funcs != &name##_class.funcs)			\
		return NULL;								\
	return container_of(object, struct name, base);					\
}											\
static inline struct name * __must_check __maybe_unused					\
name##_create(struct kms_setup *setup, int type)					\
{											\
	return (struct name *)__kms_encoder_create(setup, &name##_class, type);		\
}

/**
 * KMS_DEFINE_ENCODER_CLASS - define a class of encoders
 * @name: as declared
 * @...: initialisers of a struct @name_ops, all of them optional
 */
#define KMS_DEFINE_ENCODER_CLASS(name, ...)						\
static const struct name##_ops {							\
	int (*atomic_check)(struct name *encoder, struct kms_crtc_state *crtc,		\
			    struct kms_connector_state *connector);			\
	void (*atomic_enable)(struct name *encoder, struct kms_mutator *mutator);	\
	void (*atomic_disable)(struct name *encoder, struct kms_mutator *mutator);	\
} name##_ops = { __VA_ARGS__ };								\
static int name##_thunk_check(struct kms_encoder *encoder, struct kms_crtc_state *crtc,	\
			      struct kms_connector_state *connector)			\
{											\
	return KMS_CALL(name, atomic_check, 0, encoder, crtc, connector);		\
}											\
static void name##_thunk_enable(struct kms_encoder *encoder, struct kms_mutator *mutator) \
{											\
	KMS_CALL(name, atomic_enable, (void)0, encoder, mutator);			\
}											\
static void name##_thunk_disable(struct kms_encoder *encoder, struct kms_mutator *mutator) \
{											\
	KMS_CALL(name, atomic_disable, (void)0, encoder, mutator);			\
}											\
const struct kms_encoder_class name##_class = {						\
	.helpers = {									\
		.atomic_check = kms_encoder_hook_check,					\
		.atomic_enable = kms_encoder_hook_enable,				\
		.atomic_disable = kms_encoder_hook_disable,				\
	},										\
	.size = sizeof(struct name),							\
	.check = name##_thunk_check,							\
	.enable = name##_thunk_enable,							\
	.disable = name##_thunk_disable,						\
}

#endif /* KMS_CLASS_H */
