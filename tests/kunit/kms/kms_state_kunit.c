// SPDX-License-Identifier: GPL-2.0
/* Tests of kms/state: borrowed and added states, private data, and asynchronous updates. */

#include <kunit/test-bug.h>
#include <kunit/test.h>

#include "../../kms/internal.h"
#include "kms_probe.h"

/* Ends a composition without a commit. */
#define STOP (-ECANCELED)

static void kms_test_try_from(struct kunit *test)
{
	struct probe *probe = probe_register(test);
	struct tkms_crtc_state *state = to_tkms_crtc_state(probe->crtc->base.drm.state);
	struct tkms_crtc *nothing = NULL;

	OPTIMIZER_HIDE_VAR(nothing);
	KUNIT_EXPECT_NULL(test, probe_eink_try_from(nothing));
	KUNIT_EXPECT_PTR_EQ(test, probe_crtc_try_from(&probe->crtc->base), probe->crtc);
	KUNIT_EXPECT_NULL(test, probe_crtc_try_from(&probe->eink->base));
	KUNIT_EXPECT_NULL(test, probe_eink_try_from(&probe->crtc->base));
	KUNIT_EXPECT_PTR_EQ(test, probe_eink_try_from(&probe->eink->base), probe->eink);
	KUNIT_EXPECT_PTR_EQ(test, probe_encoder_try_from(&probe->encoder[0]->base),
			    probe->encoder[0]);
	KUNIT_EXPECT_NOT_NULL(test, probe_crtc_state_try_from(state));
	KUNIT_EXPECT_NULL(test, probe_eink_state_try_from(state));
	KUNIT_EXPECT_NULL(test, probe_eink_state_try_from(ERR_PTR(-EBUSY)));
	KUNIT_EXPECT_NULL(test, probe_eink_state_try_from(NULL));
}

static int compose_borrows(struct tkms_composer *composer, void *data)
{
	struct tkms_mutator *mutator = tkms_as_mutator(composer);
	struct probe *probe = data;
	struct kunit *test = kunit_get_current_test();
	struct probe_crtc_state *state;

	KUNIT_EXPECT_PTR_EQ(test, probe_crtc_borrow(mutator, probe->crtc), ERR_PTR(-ENOENT));
	KUNIT_EXPECT_NULL(test, probe_crtc_old(tkms_view(composer), probe->crtc));

	state = probe_crtc_add(composer, probe->crtc);
	RETURN_IF_DEADLOCK(state);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, state);
	KUNIT_EXPECT_PTR_EQ(test, &probe_crtc_old(tkms_view(composer), probe->crtc)->base.drm,
			    (const struct drm_crtc_state *)probe->crtc->base.drm.state);
	KUNIT_EXPECT_PTR_EQ(test, probe_crtc_borrow(mutator, probe->crtc), ERR_PTR(-EBUSY));
	KUNIT_EXPECT_PTR_EQ(test, probe_crtc_add(composer, probe->crtc), ERR_PTR(-EBUSY));
	KUNIT_EXPECT_PTR_EQ(test, tkms_crtc_borrow(mutator, &probe->crtc->base), ERR_PTR(-EBUSY));

	/* Other states may be borrowed at the same time. */
	{
		CLASS(probe_eink_add, eink)(composer, probe->eink);
		RETURN_IF_DEADLOCK(eink);
		CLASS(probe_plane_add, plane)(composer, probe->overlay);
		RETURN_IF_DEADLOCK(plane);

		KUNIT_EXPECT_NOT_ERR_OR_NULL(test, eink);
		KUNIT_EXPECT_NOT_ERR_OR_NULL(test, plane);
		KUNIT_EXPECT_PTR_EQ(test, probe_eink_borrow(mutator, probe->eink), ERR_PTR(-EBUSY));
	}

	probe_crtc_release(state);
	{
		CLASS(probe_crtc_borrow, again)(mutator, probe->crtc);
		CLASS(probe_eink_borrow, eink)(mutator, probe->eink);

		KUNIT_EXPECT_PTR_EQ(test, again, state);
		KUNIT_EXPECT_NOT_ERR_OR_NULL(test, eink);
	}

	return STOP;
}

static void kms_test_borrow(struct kunit *test)
{
	struct probe *probe = probe_register(test);

	KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_borrows, probe), STOP);
	KUNIT_EXPECT_EQ(test, probe->base.faults, 0);
}

static int compose_iterates(struct tkms_composer *composer, void *data)
{
	struct tkms_mutator *mutator = tkms_as_mutator(composer);
	struct probe *probe = data;
	struct kunit *test = kunit_get_current_test();
	int count = 0;

	for (int i = 0; i < ARRAY_SIZE(probe->primary); i++) {
		CLASS(probe_plane_add, plane)(composer, probe->primary[i]);
		RETURN_IF_DEADLOCK(plane);
		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, plane);
	}

	{
		CLASS(probe_plane_borrow, plane)(mutator, probe->primary[0]);

		tkms_for_each_plane(mutator, state) {
			KUNIT_EXPECT_PTR_EQ(test, state->drm.plane, &probe->primary[1]->base.drm);
			KUNIT_EXPECT_PTR_EQ(test, probe_plane_borrow(mutator, probe->primary[1]),
					    ERR_PTR(-EBUSY));
			count++;
		}
		KUNIT_EXPECT_EQ(test, count, 1);
	}

	/* Leaving a loop early releases its borrow. */
	tkms_for_each_plane(mutator, state)
		break;
	count = 0;
	tkms_for_each_plane(mutator, state)
		count++;
	KUNIT_EXPECT_EQ(test, count, 2);

	tkms_for_each_connector(mutator, state)
		count++;
	tkms_for_each_crtc(mutator, state)
		count++;
	KUNIT_EXPECT_EQ(test, count, 2);

	return STOP;
}

static void kms_test_for_each(struct kunit *test)
{
	struct probe *probe = probe_register(test);

	KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_iterates, probe), STOP);
	KUNIT_EXPECT_EQ(test, probe->base.faults, 0);
}

static int compose_without_sleep(struct tkms_composer *composer, void *data)
{
	struct tkms_mutator *mutator = tkms_as_mutator(composer);
	struct kunit *test = kunit_get_current_test();
	struct probe *probe = data;
	int count = 0;

	{
		CLASS(probe_crtc_add, crtc)(composer, probe->crtc);
		RETURN_IF_DEADLOCK(crtc);
		CLASS(probe_plane_add, plane)(composer, probe->overlay);
		RETURN_IF_DEADLOCK(plane);
	}

	preempt_disable();
	for (int i = 0; i < 3; i++) {
		CLASS(probe_crtc_borrow, crtc)(mutator, probe->crtc);
		tkms_for_each_plane(mutator, state)
			count += !IS_ERR(crtc);
		count += !!probe_crtc_old(tkms_view(mutator), probe->crtc);
	}
	preempt_enable();
	KUNIT_EXPECT_EQ(test, count, 6);

	return STOP;
}

static int run_checks(struct probe *probe, struct drm_atomic_commit *commit)
{
	struct drm_crtc *crtc = &probe->crtc->base.drm;
	struct drm_plane *plane = &probe->primary[0]->base.drm;
	struct drm_encoder *encoder = &probe->encoder[0]->base.drm;
	struct drm_connector *panel = &probe->panel[0]->base.drm;

	return crtc->helper_private->atomic_check(crtc, commit) ?:
	       plane->helper_private->atomic_check(plane, commit) ?:
	       plane->helper_private->atomic_async_check(plane, commit, false) ?:
	       panel->helper_private->atomic_check(panel, commit) ?:
	       encoder->helper_private->atomic_check(encoder,
						     drm_atomic_get_new_crtc_state(commit, crtc),
						     drm_atomic_get_new_connector_state(commit,
											panel));
}

static void run_updates(struct probe *probe, struct drm_atomic_commit *commit)
{
	struct drm_crtc *crtc = &probe->crtc->base.drm;
	struct drm_crtc *eink = &probe->eink->base.drm;
	struct drm_plane *plane = &probe->primary[0]->base.drm;
	struct drm_encoder *encoder = &probe->encoder[0]->base.drm;

	eink->helper_private->atomic_disable(eink, commit);
	eink->helper_private->atomic_enable(eink, commit);
	encoder->helper_private->atomic_disable(encoder, commit);
	encoder->helper_private->atomic_enable(encoder, commit);
	plane->helper_private->atomic_update(plane, commit);
	plane->helper_private->atomic_disable(plane, commit);
	crtc->helper_private->atomic_flush(crtc, commit);
	eink->helper_private->atomic_flush(eink, commit);
}

static int compose_runs_callbacks(struct tkms_composer *composer, void *data)
{
	struct drm_atomic_commit *commit = (struct drm_atomic_commit *)composer;
	struct kunit *test = kunit_get_current_test();
	struct probe *probe = data;
	int ret;

	{
		CLASS(probe_crtc_add, crtc)(composer, probe->crtc);
		RETURN_IF_DEADLOCK(crtc);
		CLASS(probe_eink_add, eink)(composer, probe->eink);
		RETURN_IF_DEADLOCK(eink);
		CLASS(probe_plane_add, plane)(composer, probe->primary[0]);
		RETURN_IF_DEADLOCK(plane);
		CLASS(probe_panel_add, panel)(composer, probe->panel[0]);
		RETURN_IF_DEADLOCK(panel);
	}

	preempt_disable();
	ret = run_checks(probe, commit);
	run_updates(probe, commit);
	preempt_enable();
	KUNIT_EXPECT_EQ(test, ret, 0);
	KUNIT_EXPECT_EQ(test, probe->encoder[0]->checks, 1);
	KUNIT_EXPECT_EQ(test, probe->primary[0]->updates, 1);
	KUNIT_EXPECT_EQ(test, probe->primary[0]->disables, 1);
	KUNIT_EXPECT_EQ(test, probe->eink->flushes, 1);

	return STOP;
}

/* The layer's code between DRM and a callback neither allocates nor sleeps: as below. */
static void kms_test_callbacks_atomic(struct kunit *test)
{
	struct probe *probe = probe_register(test);

	KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_runs_callbacks, probe), STOP);
	KUNIT_EXPECT_EQ(test, probe->base.faults, 0);
}

/*
 * Borrowing neither allocates nor sleeps: the debugging of sleeps in atomic context would report
 * it.
 */
static void kms_test_borrow_atomic(struct kunit *test)
{
	struct probe *probe = probe_register(test);

	KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_without_sleep, probe), STOP);
	KUNIT_EXPECT_EQ(test, probe->base.faults, 0);
}

static int check_own_state(struct probe_crtc *crtc, struct probe_crtc_state *new,
			   const struct probe_crtc_state *old, struct tkms_composer *composer)
{
	struct probe_script *script = dev_get_drvdata(crtc->base.drm.dev->dev);
	struct kunit *test = script->test;

	/* Not for the commit that disables the device after the test. */
	if (!new->base.drm.active)
		return 0;

	KUNIT_EXPECT_PTR_EQ(test, probe_crtc_borrow(tkms_as_mutator(composer), crtc),
			    ERR_PTR(-EBUSY));
	KUNIT_EXPECT_PTR_EQ(test, &old->base.drm, crtc->base.drm.state);
	KUNIT_EXPECT_PTR_NE(test, (const struct probe_crtc_state *)new, old);
	KUNIT_EXPECT_EQ(test, new->gain, 7);
	new->gain = 8;
	script->data = crtc;

	return 0;
}

static void kms_test_callback_has_own_state(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);
	struct tkms_crtc_state *state;

	script->check = check_own_state;
	KUNIT_ASSERT_EQ(test, probe_turn_on(probe), 0);
	KUNIT_EXPECT_PTR_EQ(test, script->data, (void *)probe->crtc);
	state = to_tkms_crtc_state(probe->crtc->base.drm.state);
	KUNIT_EXPECT_EQ(test, probe_crtc_state_try_from(state)->gain, 8);
	KUNIT_EXPECT_TRUE(test, hlist_unhashed(&state->loan));
	KUNIT_EXPECT_EQ(test, probe->base.faults, 0);
}

static int check_refuses(struct probe_crtc *crtc, struct probe_crtc_state *new,
			 const struct probe_crtc_state *old, struct tkms_composer *composer)
{
	return -ERANGE;
}

static void kms_test_callback_refuses(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);

	script->check = check_refuses;
	KUNIT_EXPECT_EQ(test, probe_turn_on(probe), -ERANGE);
	KUNIT_EXPECT_FALSE(test, probe->crtc->is_on);
}

static int check_keeps(struct probe_crtc *crtc, struct probe_crtc_state *new,
		       const struct probe_crtc_state *old, struct tkms_composer *composer)
{
	struct probe_script *script = dev_get_drvdata(crtc->base.drm.dev->dev);
	struct probe *probe = to_probe(to_tkms_device(crtc->base.drm.dev));
	struct probe_plane_state *plane = probe_plane_add(composer, probe->primary[0]);

	RETURN_IF_DEADLOCK(plane);
	KUNIT_EXPECT_NOT_ERR_OR_NULL(script->test, plane);

	return 0;
}

/* The borrow ends with the callback, and the driver's fault is noted. */
static void kms_test_callback_keeps_borrow(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);
	struct tkms_plane_state *state;

	script->check = check_keeps;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, probe_turn_on(probe), 0);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
		KUNIT_EXPECT_EQ(test, probe_turn_off(probe), 0);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	KUNIT_EXPECT_TRUE(test, tkms_had_fault(&probe->base, TKMS_FAULT_BORROW_LEFT));
	state = to_tkms_plane_state(probe->primary[0]->base.drm.state);
	KUNIT_EXPECT_TRUE(test, hlist_unhashed(&state->loan));
}

static int compose_checks(struct tkms_composer *composer, void *data)
{
	struct drm_atomic_commit *commit = (struct drm_atomic_commit *)composer;
	struct kunit *test = kunit_get_current_test();
	struct probe *probe = data;
	struct drm_crtc *crtc = &probe->crtc->base.drm;

	{
		CLASS(probe_crtc_add, own)(composer, probe->crtc);
		RETURN_IF_DEADLOCK(own);
	}
	RETURN_IF_DEADLOCK(ERR_PTR(crtc->helper_private->atomic_check(crtc, commit)));

	CLASS(probe_plane_borrow, plane)(tkms_as_mutator(composer), probe->primary[0]);
	KUNIT_EXPECT_NOT_ERR_OR_NULL(test, plane);
	KUNIT_EXPECT_TRUE(test, tkms_had_fault(&probe->base, TKMS_FAULT_BORROW_LEFT));

	return STOP;
}

/* The fault is noted even if no further callback follows: a commit may end with its check. */
static void kms_test_last_callback_keeps_borrow(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);

	script->check = check_keeps;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_checks, probe), STOP);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	script->check = NULL;
}

static int compose_keeps(struct tkms_composer *composer, void *data)
{
	struct probe *probe = data;

	return PTR_ERR_OR_ZERO(probe_eink_add(composer, probe->eink));
}

static void kms_test_composer_keeps_borrow(struct kunit *test)
{
	struct probe *probe = probe_register(test);

	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_keeps, probe), 0);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
}

static void flush_copies(struct probe_crtc *crtc, struct probe_crtc_state *new,
			 const struct probe_crtc_state *old, struct tkms_mutator *mutator)
{
	struct probe *probe = to_probe(to_tkms_device(crtc->base.drm.dev));
	struct drm_plane *drm = &probe->primary[0]->base.drm;
	struct kunit *test = kunit_get_current_test();
	struct drm_plane_state *copy;

	CLASS(probe_plane_borrow, plane)(mutator, probe->primary[0]);
	KUNIT_EXPECT_PTR_EQ(test, &plane->base.drm, drm->state);
	copy = drm->funcs->atomic_duplicate_state(drm);
	KUNIT_ASSERT_NOT_NULL(test, copy);
	KUNIT_EXPECT_TRUE(test, hlist_unhashed(&to_tkms_plane_state(copy)->loan));
	drm->funcs->atomic_destroy_state(drm, copy);
}

static int compose_both(struct tkms_composer *composer, void *data)
{
	struct probe *probe = data;

	CLASS(probe_plane_add, plane)(composer, probe->primary[0]);
	if (IS_ERR(plane))
		return PTR_ERR(plane);
	CLASS(probe_crtc_add, crtc)(composer, probe->crtc);

	return PTR_ERR_OR_ZERO(crtc);
}

/* The next commit copies a state while the tail of this one may have it borrowed. */
static void kms_test_copy_is_not_lent(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);

	KUNIT_ASSERT_EQ(test, probe_turn_on(probe), 0);
	script->flush = flush_copies;
	KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_both, probe), 0);
	KUNIT_EXPECT_EQ(test, probe->base.faults, 0);
	script->flush = NULL;
}

static int compose_shows_borrowed(struct tkms_composer *composer, void *data)
{
	struct drm_framebuffer fb = {};
	struct kunit *test = kunit_get_current_test();
	struct probe *probe = data;

	CLASS(probe_crtc_add, crtc)(composer, probe->crtc);
	RETURN_IF_DEADLOCK(crtc);
	CLASS(probe_plane_add, plane)(composer, probe->primary[0]);
	RETURN_IF_DEADLOCK(plane);
	CLASS(probe_panel_add, panel)(composer, probe->panel[0]);
	RETURN_IF_DEADLOCK(panel);

	KUNIT_EXPECT_EQ(test, tkms_plane_set_crtc(composer, &plane->base, &probe->crtc->base, &fb),
			-EBUSY);
	KUNIT_EXPECT_NULL(test, plane->base.drm.fb);
	KUNIT_EXPECT_EQ(test, tkms_connector_set_crtc(composer, &panel->base, &probe->crtc->base),
			-EBUSY);
	KUNIT_EXPECT_NULL(test, plane->base.drm.crtc);
	KUNIT_EXPECT_NULL(test, panel->base.drm.crtc);

	return STOP;
}

/* Setting a plane's CRTC changes masks in the CRTC's state, which is borrowed. */
static void kms_test_set_crtc_borrowed(struct kunit *test)
{
	struct probe *probe = probe_register(test);

	KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_shows_borrowed, probe), STOP);
}

static int compose_shows(struct tkms_composer *composer, void *data)
{
	struct drm_framebuffer fb = {};
	struct kunit *test = kunit_get_current_test();
	struct probe *probe = data;

	CLASS(probe_plane_add, plane)(composer, probe->primary[0]);
	RETURN_IF_DEADLOCK(plane);

	RETURN_IF_DEADLOCK(ERR_PTR(tkms_plane_set_crtc(composer, &plane->base, &probe->crtc->base,
						       &fb)));
	KUNIT_EXPECT_PTR_EQ(test, plane->base.drm.crtc, &probe->crtc->base.drm);
	KUNIT_EXPECT_PTR_EQ(test, plane->base.drm.fb, &fb);

	{
		CLASS(probe_crtc_borrow, crtc)(tkms_as_mutator(composer), probe->crtc);

		KUNIT_EXPECT_NOT_ERR_OR_NULL(test, crtc);
		KUNIT_EXPECT_EQ(test, tkms_plane_set_crtc(composer, &plane->base, NULL, NULL),
				-EBUSY);
		KUNIT_EXPECT_PTR_EQ(test, plane->base.drm.crtc, &probe->crtc->base.drm);
	}
	KUNIT_EXPECT_EQ(test, tkms_plane_set_crtc(composer, &plane->base, NULL, NULL), 0);
	KUNIT_EXPECT_NULL(test, plane->base.drm.crtc);
	KUNIT_EXPECT_NULL(test, plane->base.drm.fb);

	return STOP;
}

static void kms_test_plane_set_crtc(struct kunit *test)
{
	struct probe *probe = probe_register(test);

	KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_shows, probe), STOP);
	KUNIT_EXPECT_EQ(test, probe->base.faults, 0);
}

static int compose_foreign(struct tkms_composer *composer, void *data)
{
	struct probe *other = data;

	return PTR_ERR_OR_ZERO(probe_crtc_add(composer, other->crtc));
}

static void kms_test_composer_adds_foreign(struct kunit *test)
{
	struct probe *probe = probe_register(test);
	struct probe *other = probe_register(test);

	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_foreign, other), -EINVAL);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	KUNIT_EXPECT_TRUE(test, tkms_had_fault(&probe->base, TKMS_FAULT_FOREIGN_OBJECT));
}

static int compose_borrows_foreign(struct tkms_composer *composer, void *data)
{
	struct probe *probe = to_probe(to_tkms_device(((struct drm_atomic_commit *)composer)->dev));
	struct kunit *test = kunit_get_current_test();
	struct probe *other = data;

	CLASS(probe_plane_add, plane)(composer, probe->overlay);
	RETURN_IF_DEADLOCK(plane);
	CLASS(probe_panel_add, panel)(composer, probe->panel[0]);
	RETURN_IF_DEADLOCK(panel);

	KUNIT_EXPECT_PTR_EQ(test, probe_plane_borrow(tkms_as_mutator(composer), other->overlay),
			    ERR_PTR(-EINVAL));
	KUNIT_EXPECT_NULL(test, probe_plane_old(tkms_view(composer), other->overlay));
	KUNIT_EXPECT_NULL(test, tkms_connector_old(tkms_view(composer), &other->panel[0]->base));

	return STOP;
}

/* DRM looks an object up by its index, which an object of another device has too. */
static void kms_test_composer_borrows_foreign(struct kunit *test)
{
	struct probe *probe = probe_register(test);
	struct probe *other = probe_register(test);

	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_borrows_foreign, other),
				STOP);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	KUNIT_EXPECT_TRUE(test, tkms_had_fault(&probe->base, TKMS_FAULT_FOREIGN_OBJECT));
}

static int compose_moves_panel(struct tkms_composer *composer, void *data)
{
	struct probe *probe = data;

	CLASS(probe_panel_add, panel)(composer, probe->panel[0]);
	if (IS_ERR(panel))
		return PTR_ERR(panel);

	/* The CRTC that was connected before is part of the commit now. */
	CLASS(probe_crtc_borrow, crtc)(tkms_as_mutator(composer), probe->crtc);
	RETURN_IF_DEADLOCK(crtc);
	KUNIT_EXPECT_NOT_ERR_OR_NULL(kunit_get_current_test(), crtc);

	return tkms_connector_set_crtc(composer, &panel->base, NULL);
}

static void kms_test_set_crtc_old_borrowed(struct kunit *test)
{
	struct probe *probe = probe_register(test);

	KUNIT_ASSERT_EQ(test, probe_turn_on(probe), 0);
	KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_moves_panel, probe), -EBUSY);
	KUNIT_EXPECT_PTR_EQ(test, probe->panel[0]->base.drm.state->crtc, &probe->crtc->base.drm);
}

/* A legacy cursor move, as DRM makes it, for one plane. */
struct async {
	struct probe *probe;
	struct drm_framebuffer *fb;
	int tint;
	bool is_flip;
	int ret;
};

static int compose_async(struct tkms_composer *composer, void *data)
{
	struct async *async = data;
	struct drm_atomic_commit *commit = (struct drm_atomic_commit *)composer;
	struct drm_plane *drm = &async->probe->overlay->base.drm;
	const struct drm_plane_helper_funcs *funcs = drm->helper_private;
	struct probe_plane_state *plane = probe_plane_add(composer, async->probe->overlay);

	RETURN_IF_DEADLOCK(plane);
	plane->tint = async->tint;
	plane->base.drm.crtc_x = 7;
	plane->base.drm.crtc_y = 8;
	plane->base.drm.crtc_w = 10;
	plane->base.drm.crtc_h = 11;
	plane->base.drm.src_x = 12 << 16;
	plane->base.drm.src_y = 13 << 16;
	plane->base.drm.src_w = 9 << 16;
	plane->base.drm.src_h = 14 << 16;
	plane->base.drm.src = DRM_RECT_INIT(15, 16, 17, 18);
	plane->base.drm.dst = DRM_RECT_INIT(19, 20, 21, 22);
	plane->base.drm.visible = true;
	plane->base.drm.fb = async->fb;
	probe_plane_release(plane);

	async->ret = funcs->atomic_async_check(drm, commit, async->is_flip);
	if (!async->ret) {
		funcs->atomic_async_update(drm, commit);
		KUNIT_EXPECT_NULL(kunit_get_current_test(), plane->base.drm.fb);
	}
	plane->base.drm.fb = NULL;

	return STOP;
}

/* The current state is changed in place: the layer updates DRM's part, the driver its own. */
static void kms_test_async_update(struct kunit *test)
{
	struct drm_framebuffer *fb = kunit_kzalloc(test, sizeof(*fb), GFP_KERNEL);
	struct probe *probe = probe_register(test);
	struct async async = { .probe = probe, .fb = fb, .tint = 3 };
	struct drm_plane_state *state = probe->overlay->base.drm.state;

	KUNIT_ASSERT_NOT_NULL(test, fb);
	KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_async, &async), STOP);
	KUNIT_EXPECT_EQ(test, async.ret, 0);
	KUNIT_EXPECT_EQ(test, probe->overlay->async_updates, 1);
	KUNIT_EXPECT_PTR_EQ(test, probe->overlay->base.drm.state, state);
	KUNIT_EXPECT_PTR_EQ(test, state->fb, fb);
	KUNIT_EXPECT_EQ(test, state->crtc_x, 7);
	KUNIT_EXPECT_EQ(test, state->crtc_y, 8);
	KUNIT_EXPECT_EQ(test, state->crtc_w, 10);
	KUNIT_EXPECT_EQ(test, state->crtc_h, 11);
	KUNIT_EXPECT_EQ(test, state->src_x, 12 << 16);
	KUNIT_EXPECT_EQ(test, state->src_y, 13 << 16);
	KUNIT_EXPECT_EQ(test, state->src_w, 9 << 16);
	KUNIT_EXPECT_EQ(test, state->src_h, 14 << 16);
	KUNIT_EXPECT_EQ(test, state->src.y2, 16 + 18);
	KUNIT_EXPECT_EQ(test, state->dst.x2, 19 + 21);
	KUNIT_EXPECT_TRUE(test, state->visible);
	KUNIT_EXPECT_EQ(test, probe_plane_state_try_from(to_tkms_plane_state(state))->tint, 3);
	state->fb = NULL;

	async.tint = -1;
	KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_async, &async), STOP);
	KUNIT_EXPECT_EQ(test, async.ret, -EINVAL);
	async.tint = 4;
	async.is_flip = true;
	KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_async, &async), STOP);
	KUNIT_EXPECT_EQ(test, async.ret, -EINVAL);
	KUNIT_EXPECT_EQ(test, probe_plane_state_try_from(to_tkms_plane_state(state))->tint, 3);
	KUNIT_EXPECT_EQ(test, probe->base.faults, 0);
}

static int compose_contrast(struct tkms_composer *composer, void *data)
{
	struct probe *probe = data;

	CLASS(probe_eink_add, eink)(composer, probe->eink);
	if (IS_ERR(eink))
		return PTR_ERR(eink);

	eink->contrast += 5;

	return 0;
}

/* Private data is copied by default or by the class, and is destroyed with the state. */
static void kms_test_private_state(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);
	struct tkms_crtc_state *state;

	KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_contrast, probe), 0);
	KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_contrast, probe), 0);
	state = to_tkms_crtc_state(probe->eink->base.drm.state);
	KUNIT_EXPECT_EQ(test, probe_eink_state_try_from(state)->contrast, 10);

	KUNIT_EXPECT_EQ(test, script->num_ballast, 0);
	KUNIT_EXPECT_EQ(test, probe_turn_on(probe), 0);
	KUNIT_EXPECT_EQ(test, script->num_ballast, 1);
	KUNIT_EXPECT_EQ(test, probe_turn_off(probe), 0);
	KUNIT_EXPECT_EQ(test, script->num_ballast, 1);
	state = to_tkms_crtc_state(probe->crtc->base.drm.state);
	KUNIT_EXPECT_EQ(test, *probe_crtc_state_try_from(state)->ballast, 1);
	KUNIT_EXPECT_EQ(test, script->num_dirty, 0);
	KUNIT_EXPECT_EQ(test, probe_crtc_state_try_from(state)->gain, 7);
}

static int compose_keeps_and_stops(struct tkms_composer *composer, void *data)
{
	return compose_keeps(composer, data) ?: STOP;
}

/* No callback runs that could detect it. */
static void kms_test_composer_keeps_borrow_and_stops(struct kunit *test)
{
	struct probe *probe = probe_register(test);

	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_keeps_and_stops, probe),
				STOP);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	KUNIT_EXPECT_TRUE(test, tkms_had_fault(&probe->base, TKMS_FAULT_BORROW_LEFT));
}

static struct kunit_case kms_state_tests[] = {
	KUNIT_CASE(kms_test_try_from),
	KUNIT_CASE(kms_test_borrow),
	KUNIT_CASE(kms_test_for_each),
	KUNIT_CASE(kms_test_borrow_atomic),
	KUNIT_CASE(kms_test_callbacks_atomic),
	KUNIT_CASE(kms_test_callback_has_own_state),
	KUNIT_CASE(kms_test_callback_refuses),
	KUNIT_CASE(kms_test_callback_keeps_borrow),
	KUNIT_CASE(kms_test_last_callback_keeps_borrow),
	KUNIT_CASE(kms_test_copy_is_not_lent),
	KUNIT_CASE(kms_test_composer_keeps_borrow),
	KUNIT_CASE(kms_test_set_crtc_borrowed),
	KUNIT_CASE(kms_test_plane_set_crtc),
	KUNIT_CASE(kms_test_composer_adds_foreign),
	KUNIT_CASE(kms_test_composer_borrows_foreign),
	KUNIT_CASE(kms_test_set_crtc_old_borrowed),
	KUNIT_CASE(kms_test_async_update),
	KUNIT_CASE(kms_test_private_state),
	KUNIT_CASE(kms_test_composer_keeps_borrow_and_stops),
	{}
};

static struct kunit_suite kms_state_suite = {
	.name = "kms_state",
	.init = probe_script_init,
	.test_cases = kms_state_tests,
};

kunit_test_suite(kms_state_suite);
