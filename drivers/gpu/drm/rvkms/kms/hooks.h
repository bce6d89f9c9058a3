/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef TKMS_HOOKS_H
#define TKMS_HOOKS_H

/*
 * Lists the callbacks that a class may have, one row per callback, under DRM's names. Each list is
 * expanded three times, with @as
 *
 * TKMS_MEMBER - the callback in the table of the class, with the driver's own types
 * TKMS_THUNK  - the function that DRM calls: it converts the types and calls the callback
 * TKMS_ENTRY  - this function in DRM's table
 *
 * Example: TKMS_DEFINE_OPTIONAL_VBLANK_CRTC_CLASS(toy_crtc, ...) expands this row of
 * TKMS_VBLANK_FUNCS
 *
 *	TKMS_PLAIN(as, crtc, name, int, enable_vblank, ..., (), ())
 *
 * to a member of struct toy_crtc_ops, a function, and an entry of toy_crtc_class.funcs:
 *
 *	int (*enable_vblank)(struct toy_crtc *object);
 *
 *	static int toy_crtc_thunk_enable_vblank(struct drm_crtc *drm)
 *	{
 *		struct toy_crtc *object = container_of(drm, struct toy_crtc, base.drm);
 *
 *		return toy_crtc_ops.enable_vblank(object);
 *	}
 *
 *	.enable_vblank = toy_crtc_thunk_enable_vblank,
 *
 * No file contains the name of a thunk. For toy_crtc_thunk_enable_vblank() in a backtrace, split
 * the name at _thunk_: grep -A20 'TKMS_DEFINE.*CLASS(toy_crtc,' finds the driver's function, as the
 * initialiser of .enable_vblank, and grep enable_vblank in this file finds the row.
 *
 * The shapes of rows are:
 *
 * FIXED  - one function for all classes, without callback
 * STATES - the functions that create, copy and destroy states
 * HOOK   - a callback of an object, with the parameters
 *	@member  - the member of the object's base that DRM knows
 *	@without - the result without the callback, as if DRM found none
 *	@before  - statements before the call
 *	@given   - the parameters that DRM passes
 *	@params  - the parameters of the callback
 *	@args    - their values, from @given or @before
 *
 * COUNTER is for one callback.
 */

#include <linux/slab.h>

#include <drm/drm_atomic_helper.h>
#include <drm/drm_atomic_state_helper.h>
#include <drm/drm_gem_atomic_helper.h>
#include <drm/drm_panic.h>
#include <drm/drm_probe_helper.h>

#include "vblank.h"

/* An empty parameter of a row. */
#define TKMS_NIL

/* Expands to a comma and the parameters in brackets, or to nothing if there are none. */
#define TKMS_AND(...) , ##__VA_ARGS__

/* Calls a callback of a class. Its table is a constant: the call is direct, or there is none. */
#define TKMS_CALL(name, hook, without, ...)						\
	(name##_ops.hook ? name##_ops.hook(__VA_ARGS__) : (without))

/* Mandatory callbacks: a class without @hook does not compile, or only if it has no @other. */
#define TKMS_DEMAND(name, hook, when, text, result)					\
	({ BUILD_BUG_ON_MSG(!name##_ops.hook && (when), #name text #hook "()"); result; })
#define TKMS_NEVER(name, hook) TKMS_DEMAND(name, hook, true, " has no ", 0)
#define TKMS_ONLY_WITHOUT(name, hook, other, result)					\
	TKMS_DEMAND(name, hook, name##_ops.other, " has " #other "(), but no ", result)

#define TKMS_MEMBER_FIXED(hook, function)
#define TKMS_THUNK_FIXED(hook, function)
#define TKMS_ENTRY_FIXED(hook, function) .hook = function,

#define TKMS_ENTRY_HOOK(drm_kind, member, name, type, hook, ...) .hook = name##_thunk_##hook,
#define TKMS_MEMBER_HOOK(drm_kind, member, name, type, hook, without, before, given, params, args) \
	type (*hook)(struct name *object TKMS_AND params);
#define TKMS_THUNK_HOOK(drm_kind, member, name, type, hook, without, before, given, params, args) \
static type name##_thunk_##hook(struct drm_##drm_kind *drm TKMS_AND given)		\
{											\
	struct name *object = container_of(drm, struct name, base.member);		\
	before;										\
	return TKMS_CALL(name, hook, without, object TKMS_AND args);			\
}

#define TKMS_ENTRY_STATES(kind, name, state_name)					\
	.atomic_create_state = name##_thunk_create_state,				\
	.atomic_duplicate_state = name##_thunk_duplicate_state,				\
	.atomic_destroy_state = name##_thunk_destroy_state,
#define TKMS_MEMBER_STATES(kind, name, state_name)					\
	void (*init_state)(struct state_name *state);					\
	int (*copy_state)(struct state_name *new, const struct state_name *old);	\
	void (*drop_state)(struct state_name *state);
#define TKMS_THUNK_STATES(kind, name, state_name)					\
static struct drm_##kind##_state *name##_thunk_create_state(struct drm_##kind *drm)	\
{											\
	struct state_name *state = kzalloc_obj(*state);					\
	if (!state)									\
		return ERR_PTR(-ENOMEM);						\
	__drm_atomic_helper_##kind##_state_init(&state->base.drm, drm);			\
	TKMS_CALL(name, init_state, (void)0, state);					\
	return &state->base.drm;							\
}											\
static void name##_thunk_destroy_state(struct drm_##kind *drm, struct drm_##kind##_state *old) \
{											\
	struct state_name *state = container_of(old, struct state_name, base.drm);	\
	TKMS_ONLY_WITHOUT(name, copy_state, drop_state, 0);				\
	TKMS_CALL(name, drop_state, (void)0, state);					\
	__drm_atomic_helper_##kind##_destroy_state(old);				\
	kfree(state);									\
}											\
static struct drm_##kind##_state *name##_thunk_duplicate_state(struct drm_##kind *drm)	\
{											\
	const struct state_name *old = container_of(drm->state, struct state_name, base.drm); \
	struct state_name *new = kzalloc_obj(*new);					\
	if (!new)									\
		return NULL;								\
	if (!name##_ops.copy_state)							\
		*new = *old;								\
	INIT_HLIST_NODE(&new->base.loan);						\
	__drm_atomic_helper_##kind##_duplicate_state(drm, &new->base.drm);		\
	if (TKMS_CALL(name, copy_state, 0, new, old)) {					\
		__drm_atomic_helper_##kind##_destroy_state(&new->base.drm);		\
		kfree(new);								\
		return NULL;								\
	}										\
	return &new->base.drm;								\
}

/* The layer must know whether there is a hardware counter before the counter runs. */
#define TKMS_ENTRY_COUNTER(name, hook)
#define TKMS_MEMBER_COUNTER(name, hook)
#define TKMS_THUNK_COUNTER(name, hook)							\
static bool name##_has_counter(void)							\
{											\
	return name##_ops.hook;								\
}

/* A callback with DRM's own parameters. */
#define TKMS_PLAIN(as, kind, name, type, hook, without, params, args)			\
	as##_HOOK(kind, drm, name, type, hook, without, TKMS_NIL, params, params, args)

/*
 * A callback of a commit gets the borrowed new state, the old state, and a handle on the commit.
 * The handle is a composer in a check, since the commit may still grow, and otherwise a mutator.
 */
#define TKMS_COMMIT(as, type, handle, of, kind, name, state_name, hook, without, before, \
		    params, args)							\
	as##_HOOK(kind, drm, name, type, hook, without,					\
		  TKMS_BEGIN(handle, kind, state_name); before,				\
		  (struct drm_atomic_commit *drm_commit TKMS_AND params),		\
		  (struct state_name *new, of struct state_name *old,			\
		   struct handle *commit TKMS_AND params), (new, old, commit TKMS_AND args))
#define TKMS_CHECK(as, kind, name, state_name, hook, without, before, params, args)	\
	TKMS_COMMIT(as, int, tkms_composer, const, kind, name, state_name, hook, without, before, \
		    params, args)
#define TKMS_MUTATE(as, kind, name, state_name, hook, without, before)			\
	TKMS_COMMIT(as, void, tkms_mutator, const, kind, name, state_name, hook, without, before, \
		    (), ())
#define TKMS_BEGIN(handle, kind, state_name)						\
	struct state_name *new = container_of(drm_atomic_get_new_##kind##_state(drm_commit, drm), \
					      struct state_name, base.drm);		\
	struct state_name *old = container_of(drm_atomic_get_old_##kind##_state(drm_commit, drm), \
					      struct state_name, base.drm);		\
	struct handle *commit = (struct handle *)drm_commit;				\
	CLASS(tkms_run, run)(drm_commit, &new->base.loan)

/* A callback for a framebuffer, skipped without one. No commit runs on the state. */
#define TKMS_FB(as, name, state_name, type, hook, before, without)			\
	as##_HOOK(plane, drm, name, type, hook, without, before; if (!state->fb) return without, \
		  (struct drm_plane_state *state), (struct state_name *state),		\
		  (container_of(state, struct state_name, base.drm)))

/* Frees a dynamic connector with its last reference. */
#define TKMS_ENTRY_FREE(name, hook) .hook = name##_thunk_##hook,
#define TKMS_MEMBER_FREE(name, hook) void (*hook)(struct name *connector);
#define TKMS_THUNK_FREE(name, hook)							\
static void name##_thunk_##hook(struct drm_connector *drm)				\
{											\
	struct name *connector = container_of(drm, struct name, base.drm);		\
	TKMS_CALL(name, hook, (void)0, connector);					\
	drm_connector_cleanup(drm);							\
	kfree(connector);								\
}

/* The callbacks of all objects with states. */
#define TKMS_OBJECT_FUNCS(as, kind, name, state_name)					\
	as##_STATES(kind, name, state_name)						\
	TKMS_PLAIN(as, kind, name, int, late_register, 0, (), ())			\
	TKMS_PLAIN(as, kind, name, void, early_unregister, (void)0, (), ())

#define TKMS_CRTC_FUNCS(as, name, state_name)						\
	as##_FIXED(set_config, drm_atomic_helper_set_config)				\
	as##_FIXED(page_flip, drm_atomic_helper_page_flip)				\
	TKMS_OBJECT_FUNCS(as, crtc, name, state_name)					\
	TKMS_PLAIN(as, crtc, name, const char *const *, get_crc_sources, NULL,		\
		   (size_t *count), (count))						\
	TKMS_PLAIN(as, crtc, name, int, verify_crc_source,				\
		   TKMS_ONLY_WITHOUT(name, verify_crc_source, set_crc_source, -ENODEV),	\
		   (const char *source, size_t *values), (source, values))		\
	TKMS_PLAIN(as, crtc, name, int, set_crc_source,				\
		   TKMS_ONLY_WITHOUT(name, set_crc_source, verify_crc_source, -ENODEV),	\
		   (const char *source), (source))

/* DRM sets no_vblank per device; set it per CRTC here. */
#define TKMS_CRTC_HELPERS(as, name, state_name)						\
	TKMS_PLAIN(as, crtc, name, enum drm_mode_status, mode_valid, MODE_OK,		\
		   (const struct drm_display_mode *mode), (mode))			\
	TKMS_CHECK(as, crtc, name, state_name, atomic_check, 0,				\
		   new->base.drm.no_vblank = !drm->funcs->enable_vblank, (), ())	\
	TKMS_MUTATE(as, crtc, name, state_name, atomic_flush, (void)0,			\
		    run.done = TKMS_STEP_PLANES)					\
	TKMS_MUTATE(as, crtc, name, state_name, atomic_enable, (void)0,			\
		    run.done = TKMS_STEP_ENABLES)					\
	TKMS_MUTATE(as, crtc, name, state_name, atomic_disable, (void)0,		\
		    run.done = TKMS_STEP_DISABLES;					\
		    if (drm->funcs->enable_vblank) drm_crtc_vblank_off(drm))

#define TKMS_VBLANK_FUNCS(as, name, state_name)						\
	TKMS_CRTC_FUNCS(as, name, state_name)						\
	as##_COUNTER(name, get_vblank_counter)						\
	TKMS_PLAIN(as, crtc, name, u32, get_vblank_counter, 0, (), ())			\
	TKMS_PLAIN(as, crtc, name, int, enable_vblank, TKMS_NEVER(name, enable_vblank), (), ()) \
	TKMS_PLAIN(as, crtc, name, void, disable_vblank,			\
		   (void)TKMS_NEVER(name, disable_vblank), (), ())			\
	TKMS_PLAIN(as, crtc, name, bool, get_vblank_timestamp,				\
		   name##_ops.get_scanout_position &&					\
		   drm_crtc_vblank_helper_get_vblank_timestamp(drm, max_error, time, in_irq), \
		   (int *max_error, ktime_t *time, bool in_irq), (max_error, time, in_irq))

#define TKMS_VBLANK_HELPERS(as, name, state_name)					\
	TKMS_CRTC_HELPERS(as, name, state_name)						\
	TKMS_PLAIN(as, crtc, name, bool, get_scanout_position, false,			\
		   (bool in_irq, int *vpos, int *hpos, ktime_t *start, ktime_t *end,	\
		    const struct drm_display_mode *mode),				\
		   (in_irq, vpos, hpos, start, end, mode))

#define TKMS_PLANE_FUNCS(as, name, state_name)						\
	as##_FIXED(update_plane, drm_atomic_helper_update_plane)			\
	as##_FIXED(disable_plane, drm_atomic_helper_disable_plane)			\
	TKMS_OBJECT_FUNCS(as, plane, name, state_name)					\
	TKMS_PLAIN(as, plane, name, bool, format_mod_supported_async, false,		\
		   (u32 format, u64 modifier), (format, modifier))

#define TKMS_PLANE_HELPERS(as, name, state_name)					\
	TKMS_CHECK(as, plane, name, state_name, atomic_check, 0, TKMS_NIL, (), ())		\
	TKMS_CHECK(as, plane, name, state_name, atomic_async_check,			\
		   TKMS_ONLY_WITHOUT(name, atomic_async_check, atomic_async_update, -EINVAL), \
		   TKMS_NIL, (bool is_flip), (is_flip))					\
	TKMS_COMMIT(as, void, tkms_mutator, TKMS_NIL, plane, name, state_name,		\
		    atomic_async_update, (void)0,					\
		    tkms_plane_move(&old->base.drm, &new->base.drm), (), ())		\
	TKMS_MUTATE(as, plane, name, state_name, atomic_update,				\
		    (void)TKMS_NEVER(name, atomic_update), TKMS_NIL)			\
	TKMS_MUTATE(as, plane, name, state_name, atomic_disable,			\
		    name##_ops.atomic_update(object, new, old, commit), TKMS_NIL)	\
	TKMS_FB(as, name, state_name, int, prepare_fb,					\
		int ret = drm_gem_plane_helper_prepare_fb(drm, state); if (ret) return ret, 0) \
	TKMS_FB(as, name, state_name, void, cleanup_fb, TKMS_NIL, (void)0)

#define TKMS_PANIC_HELPERS(as, name, state_name)					\
	TKMS_PLANE_HELPERS(as, name, state_name)					\
	TKMS_PLAIN(as, plane, name, int, get_scanout_buffer, TKMS_NEVER(name, get_scanout_buffer), \
		   (struct drm_scanout_buffer *buffer), (buffer))			\
	TKMS_PLAIN(as, plane, name, void, panic_flush, (void)0, (), ())

#define TKMS_CONNECTOR_FUNCS(as, name, state_name)					\
	as##_FIXED(fill_modes, drm_helper_probe_single_connector_modes)			\
	TKMS_OBJECT_FUNCS(as, connector, name, state_name)				\
	TKMS_PLAIN(as, connector, name, enum drm_connector_status, detect,		\
		   connector_status_connected, (bool force), (force))			\
	TKMS_PLAIN(as, connector, name, void, force, (void)0, (), ())

#define TKMS_DYNAMIC_FUNCS(as, name, state_name)					\
	TKMS_CONNECTOR_FUNCS(as, name, state_name)					\
	as##_FREE(name, destroy)

#define TKMS_CONNECTOR_HELPERS(as, name, state_name)					\
	as##_FIXED(atomic_best_encoder, tkms_connector_best_encoder)			\
	TKMS_PLAIN(as, connector, name, int, get_modes, TKMS_NEVER(name, get_modes), (), ()) \
	TKMS_PLAIN(as, connector, name, enum drm_mode_status, mode_valid, MODE_OK,	\
		   (const struct drm_display_mode *mode), (mode))			\
	TKMS_CHECK(as, connector, name, state_name, atomic_check, 0, TKMS_NIL, (), ())

#define TKMS_JOB(as, name, type, hook, without)						\
	as##_HOOK(writeback_connector, writeback, name, type, hook, without, TKMS_NIL,	\
		  (struct drm_writeback_job *job), (struct drm_writeback_job *job), (job))
#define TKMS_WRITEBACK_HELPERS(as, name, state_name)					\
	TKMS_CONNECTOR_HELPERS(as, name, state_name)					\
	TKMS_MUTATE(as, connector, name, state_name, atomic_commit,			\
		    (void)TKMS_NEVER(name, atomic_commit), TKMS_NIL)			\
	TKMS_JOB(as, name, int, prepare_writeback_job, 0)				\
	TKMS_JOB(as, name, void, cleanup_writeback_job, (void)0)

#define TKMS_ENCODER_FUNCS(as, name, unused)

/* An encoder has no state: its check gets the states of its CRTC and its connector. */
#define TKMS_ENCODER_HELPERS(as, name, unused)						\
	as##_HOOK(encoder, drm, name, int, atomic_check, 0,				\
		  struct tkms_crtc_state *crtc = to_tkms_crtc_state(crtc_state);	\
		  CLASS(tkms_run, run)(crtc_state->state, &crtc->loan);			\
		  struct tkms_mutator *mutator = (struct tkms_mutator *)crtc_state->state; \
		  CLASS(tkms_connector_borrow, connector)(mutator,			\
						to_tkms_connector(conn_state->connector)), \
		  (struct drm_crtc_state *crtc_state, struct drm_connector_state *conn_state), \
		  (struct tkms_crtc_state *crtc, struct tkms_connector_state *connector), \
		  (crtc, connector))							\
	TKMS_ENCODE(as, name, atomic_enable)						\
	TKMS_ENCODE(as, name, atomic_disable)
#define TKMS_ENCODE(as, name, hook)							\
	as##_HOOK(encoder, drm, name, void, hook, (void)0, TKMS_NIL,			\
		  (struct drm_atomic_commit *commit), (struct tkms_mutator *mutator),	\
		  ((struct tkms_mutator *)commit))

#endif /* TKMS_HOOKS_H */
