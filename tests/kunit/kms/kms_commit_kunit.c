// SPDX-License-Identifier: GPL-2.0
/* Tests of kms/commit and kms/vblank: commit tails, borrowed states, and vblank events. */

#include <drm/drm_client.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_vblank.h>
#include <kunit/test-bug.h>
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/workqueue.h>

#include "../../kms/internal.h"
#include "kms_probe.h"

struct tail_case {
	const char *desc;
	const struct tkms_driver *driver;
	const char *on;
	const char *off;
};

/* The CRTC is enabled (E) and disabled (D); its planes are flushed (P). */
static const struct tail_case tail_cases[] = {
	{ "planes first", &probe_driver_planes_first, "PE", "PD" },
	{ "planes between", &probe_driver_planes_between, "PE", "DP" },
	{ "default", &probe_driver_default, "PE", "DP" },
	{ "planes last", &probe_driver_planes_last, "EP", "D" },
};

KUNIT_ARRAY_PARAM_DESC(tail, tail_cases, desc);

static int compose_plane(struct tkms_composer *composer, void *data)
{
	struct probe *probe = data;

	CLASS(probe_plane_add, plane)(composer, probe->primary[0]);

	return PTR_ERR_OR_ZERO(plane);
}

static const struct tkms_committed *tail_between(struct tkms_mutator *mutator,
						 struct tkms_modesets_ready *modesets,
						 struct tkms_planes_ready *ready)
{
	struct tkms_disables_done *disables = tkms_commit_disables(mutator, modesets);
	struct tkms_planes_done *planes = tkms_commit_planes(mutator, ready, TKMS_PLANES_ALL);
	struct tkms_enables_done *enables = tkms_commit_enables(mutator, disables);
	const struct tkms_committed *committed = tkms_commit_hw_done(mutator, enables, planes);

	tkms_wait_for_vblanks(committed);

	return committed;
}

static void kms_test_tail_order(struct kunit *test)
{
	const struct tail_case *param = test->param_value;
	struct probe_script *script = test->priv;
	struct probe *probe;

	script->driver = param->driver;
	probe = probe_register(test);
	KUNIT_ASSERT_EQ(test, probe_turn_on(probe), 0);
	KUNIT_EXPECT_STREQ(test, script->parts, param->on);

	memset(script->parts, 0, sizeof(script->parts));
	KUNIT_ASSERT_EQ(test, probe_turn_off(probe), 0);
	KUNIT_EXPECT_STREQ(test, script->parts, param->off);
	KUNIT_EXPECT_EQ(test, probe->base.faults, 0);
}

/* The probe's own tail runs over both CRTCs after hw_done. */
static void kms_test_tail_custom(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);

	KUNIT_ASSERT_EQ(test, probe_turn_on(probe), 0);
	KUNIT_EXPECT_STREQ(test, script->parts, "EP..");
	KUNIT_EXPECT_TRUE(test, probe->encoder[0]->is_on);
	KUNIT_EXPECT_TRUE(test, probe->encoder[1]->is_on);
	KUNIT_EXPECT_EQ(test, probe->eink->flushes, 1);
	KUNIT_EXPECT_EQ(test, probe->base.faults, 0);
}

static const struct tkms_committed *tail_of_nothing(struct tkms_mutator *mutator,
						    struct tkms_modesets_ready *modesets,
						    struct tkms_planes_ready *planes)
{
	return NULL;
}

/* The layer does the steps that the tail left out, so that no client waits forever. */
static void kms_test_tail_incomplete(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);

	script->tail = tail_of_nothing;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, probe_turn_on(probe), 0);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
		KUNIT_EXPECT_EQ(test, probe_turn_off(probe), 0);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	KUNIT_EXPECT_TRUE(test, tkms_had_fault(&probe->base, TKMS_FAULT_TAIL_INCOMPLETE));
	KUNIT_EXPECT_STREQ(test, script->parts, "PEDP");
}

/* Ends after the first step, and claims to have done all steps. */
static const struct tkms_committed *tail_pretends(struct tkms_mutator *mutator,
						  struct tkms_modesets_ready *modesets,
						  struct tkms_planes_ready *planes)
{
	return (const struct tkms_committed *)tkms_commit_disables(mutator, modesets);
}

static void kms_test_tail_pretends(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);

	KUNIT_ASSERT_EQ(test, probe_turn_on(probe), 0);
	memset(script->parts, 0, sizeof(script->parts));
	script->tail = tail_pretends;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, probe_turn_off(probe), 0);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	KUNIT_EXPECT_TRUE(test, tkms_had_fault(&probe->base, TKMS_FAULT_TAIL_INCOMPLETE));
	KUNIT_EXPECT_STREQ(test, script->parts, "DP");
	script->tail = NULL;
}

/* Does all steps, and returns no proof. */
static const struct tkms_committed *tail_denies(struct tkms_mutator *mutator,
						struct tkms_modesets_ready *modesets,
						struct tkms_planes_ready *planes)
{
	const struct tkms_crtc *crtc = tkms_crtc_after(tkms_view(mutator), NULL);
	struct probe_script *script = dev_get_drvdata(crtc->drm.dev->dev);

	if (IS_ERR(tail_between(mutator, modesets, planes)))
		return NULL;

	return script->data;
}

static void expect_no_proof(struct kunit *test, void *proof)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);

	script->tail = tail_denies;
	script->data = proof;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, probe_turn_on(probe), 0);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	KUNIT_EXPECT_TRUE(test, tkms_had_fault(&probe->base, TKMS_FAULT_TAIL_INCOMPLETE));
	KUNIT_EXPECT_STREQ(test, script->parts, "PE");
	script->tail = NULL;
}

/* All steps were done: none is repeated. */
static void kms_test_tail_no_proof(struct kunit *test)
{
	expect_no_proof(test, NULL);
}

static void kms_test_tail_foreign_proof(struct kunit *test)
{
	expect_no_proof(test, test);
}

static void kms_test_tail_tokens_differ(struct kunit *test)
{
	const int one = 1, other = 2;

	KUNIT_EXPECT_PTR_EQ(test, tkms_same_token(&one, &one), (const void *)&one);
	KUNIT_EXPECT_NULL(test, tkms_same_token(&one, &other));
}

static noinline struct tkms_disables_done *
disable_again(struct tkms_mutator *mutator, struct tkms_modesets_ready *modesets)
{
	return tkms_commit_disables(mutator, modesets);
}

/* Uses a token that another function has consumed: the compiler cannot see it. */
static const struct tkms_committed *tail_repeats(struct tkms_mutator *mutator,
						 struct tkms_modesets_ready *modesets,
						 struct tkms_planes_ready *ready)
{
	struct tkms_disables_done *once = disable_again(mutator, modesets);
	struct tkms_disables_done *twice = disable_again(mutator, modesets);
	struct tkms_planes_done *planes = tkms_commit_planes(mutator, ready, TKMS_PLANES_ALL);
	struct tkms_enables_done *enables = tkms_commit_enables(mutator, twice);

	OPTIMIZER_HIDE_VAR(once);

	return tkms_commit_hw_done(mutator, enables, planes);
}

static void kms_test_tail_repeats_step(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);

	script->tail = tail_repeats;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, probe_turn_on(probe), 0);
		KUNIT_EXPECT_EQ(test, probe_turn_off(probe), 0);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	KUNIT_EXPECT_TRUE(test, tkms_had_fault(&probe->base, TKMS_FAULT_STEP_REPEATED));
	KUNIT_EXPECT_STREQ(test, script->parts, "PEDP");
}

/*
 * A commit with a tail that waits for the tail of another device, and passes its token to that
 * tail.
 */
struct mixed_tokens {
	struct probe *first;
	struct work_struct work;
	struct completion lent;
	struct completion used;
	struct tkms_modesets_ready *token;
	int ret;
};

static void turn_on_first(struct work_struct *work)
{
	struct mixed_tokens *mixed = container_of(work, struct mixed_tokens, work);

	mixed->ret = probe_turn_on(mixed->first);
}

static const struct tkms_committed *tail_mixes(struct tkms_mutator *mutator,
					       struct tkms_modesets_ready *modesets,
					       struct tkms_planes_ready *ready)
{
	const struct tkms_crtc *crtc = tkms_crtc_after(tkms_view(mutator), NULL);
	struct probe_script *script = dev_get_drvdata(crtc->drm.dev->dev);
	struct mixed_tokens *mixed = script->data;
	struct tkms_modesets_ready *token = modesets;
	struct tkms_disables_done *disables;
	struct tkms_enables_done *enables;
	struct tkms_planes_done *planes;

	if (mixed->token) {
		token = mixed->token;
	} else {
		mixed->token = modesets;
		complete(&mixed->lent);
		wait_for_completion(&mixed->used);
	}

	disables = tkms_commit_disables(mutator, token);
	enables = tkms_commit_enables(mutator, disables);
	planes = tkms_commit_planes(mutator, ready, TKMS_PLANES_ALL);

	return tkms_commit_hw_done(mutator, enables, planes);
}

static void kms_test_tail_foreign_token(struct kunit *test)
{
	struct mixed_tokens *mixed = kunit_kzalloc(test, sizeof(*mixed), GFP_KERNEL);
	struct probe_script *script = test->priv;
	struct probe *probe;

	KUNIT_ASSERT_NOT_NULL(test, mixed);
	mixed->first = probe_register(test);
	probe = probe_register(test);
	INIT_WORK(&mixed->work, turn_on_first);
	init_completion(&mixed->lent);
	init_completion(&mixed->used);
	script->tail = tail_mixes;
	script->data = mixed;

	schedule_work(&mixed->work);
	wait_for_completion(&mixed->lent);
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, probe_turn_on(probe), 0);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	complete(&mixed->used);
	flush_work(&mixed->work);

	KUNIT_EXPECT_EQ(test, mixed->ret, 0);
	KUNIT_EXPECT_EQ(test, mixed->first->base.faults, 0);
	KUNIT_EXPECT_TRUE(test, tkms_had_fault(&probe->base, TKMS_FAULT_FOREIGN_TOKEN));
	KUNIT_EXPECT_TRUE(test, probe->crtc->is_on);
	KUNIT_EXPECT_TRUE(test, mixed->first->crtc->is_on);
	script->tail = NULL;
}

static const struct tkms_committed *tail_keeps(struct tkms_mutator *mutator,
					       struct tkms_modesets_ready *modesets,
					       struct tkms_planes_ready *ready)
{
	const struct tkms_crtc *crtc = tkms_crtc_after(tkms_view(mutator), NULL);
	struct probe_script *script = dev_get_drvdata(crtc->drm.dev->dev);
	struct probe *probe = to_probe(to_tkms_device(crtc->drm.dev));
	struct probe_crtc_state *kept = probe_crtc_borrow(mutator, probe->crtc);

	KUNIT_EXPECT_NOT_ERR_OR_NULL(script->test, kept);

	return tail_between(mutator, modesets, ready);
}

static void kms_test_tail_step_with_borrow(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);

	script->tail = tail_keeps;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, probe_turn_on(probe), 0);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	KUNIT_EXPECT_TRUE(test, tkms_had_fault(&probe->base, TKMS_FAULT_BORROW_LEFT));
	script->tail = NULL;
}

/* All steps but the last are done, and no callback follows that could detect the borrow. */
static void keep_for_last_step(struct tkms_mutator *mutator)
{
	const struct tkms_crtc *crtc = tkms_crtc_after(tkms_view(mutator), NULL);
	struct probe_script *script = dev_get_drvdata(crtc->drm.dev->dev);
	struct probe *probe = to_probe(to_tkms_device(crtc->drm.dev));
	struct probe_crtc_state *kept = probe_crtc_borrow(mutator, probe->crtc);

	KUNIT_EXPECT_NOT_ERR_OR_NULL(script->test, kept);
}

static const struct tkms_committed *tail_keeps_for_done(struct tkms_mutator *mutator,
							struct tkms_modesets_ready *modesets,
							struct tkms_planes_ready *ready)
{
	struct tkms_disables_done *disables = tkms_commit_disables(mutator, modesets);
	struct tkms_enables_done *enables = tkms_commit_enables(mutator, disables);
	struct tkms_planes_done *planes = tkms_commit_planes(mutator, ready, TKMS_PLANES_ALL);

	keep_for_last_step(mutator);

	return tkms_commit_hw_done(mutator, enables, planes);
}

static void kms_test_tail_done_with_borrow(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);

	script->tail = tail_keeps_for_done;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, probe_turn_on(probe), 0);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	KUNIT_EXPECT_EQ(test, probe->base.faults, BIT(TKMS_FAULT_BORROW_LEFT));
	KUNIT_EXPECT_TRUE(test,
			  hlist_unhashed(&to_tkms_crtc_state(probe->crtc->base.drm.state)->loan));
	script->tail = NULL;
}

static const struct tkms_committed *tail_keeps_and_ends(struct tkms_mutator *mutator,
							struct tkms_modesets_ready *modesets,
							struct tkms_planes_ready *ready)
{
	struct tkms_disables_done *disables = tkms_commit_disables(mutator, modesets);
	struct tkms_enables_done *enables = tkms_commit_enables(mutator, disables);
	struct tkms_planes_done *planes = tkms_commit_planes(mutator, ready, TKMS_PLANES_ALL);

	OPTIMIZER_HIDE_VAR(enables);
	OPTIMIZER_HIDE_VAR(planes);
	keep_for_last_step(mutator);

	return NULL;
}

static void kms_test_tail_ends_with_borrow(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);

	script->tail = tail_keeps_and_ends;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, probe_turn_on(probe), 0);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 2);
	}
	KUNIT_EXPECT_EQ(test, probe->base.faults,
			BIT(TKMS_FAULT_BORROW_LEFT) | BIT(TKMS_FAULT_TAIL_INCOMPLETE));
	KUNIT_EXPECT_TRUE(test,
			  hlist_unhashed(&to_tkms_crtc_state(probe->crtc->base.drm.state)->loan));
	script->tail = NULL;
}

/* The callback of its CRTC is next: it would borrow its own state a second time. */
static void disable_encoder_keeps(struct probe_encoder *encoder, struct tkms_mutator *mutator)
{
	struct probe *probe = to_probe(to_tkms_device(encoder->base.drm.dev));
	struct probe_crtc_state *kept;

	if (encoder != probe->encoder[0])
		return;

	kept = probe_crtc_borrow(mutator, probe->crtc);
	KUNIT_EXPECT_NOT_ERR_OR_NULL(kunit_get_current_test(), kept);
}

static void kms_test_encoder_keeps_borrow(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);

	KUNIT_ASSERT_EQ(test, probe_turn_on(probe), 0);
	script->disable_encoder = disable_encoder_keeps;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, probe_turn_off(probe), 0);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	KUNIT_EXPECT_EQ(test, probe->base.faults, BIT(TKMS_FAULT_BORROW_LEFT));
	KUNIT_EXPECT_FALSE(test, probe->crtc->is_on);
	script->disable_encoder = NULL;
}

static const struct tkms_committed *tail_borrows_late(struct tkms_mutator *mutator,
						      struct tkms_modesets_ready *modesets,
						      struct tkms_planes_ready *ready)
{
	const struct tkms_crtc *first = tkms_crtc_after(tkms_view(mutator), NULL);
	struct probe_script *script = dev_get_drvdata(first->drm.dev->dev);
	struct probe *probe = to_probe(to_tkms_device(first->drm.dev));
	struct tkms_mutator *alias = mutator;
	const struct tkms_committed *committed =
		tail_between(mutator, modesets, ready);

	OPTIMIZER_HIDE_VAR(alias);
	KUNIT_EXPECT_PTR_EQ(script->test, probe_crtc_borrow(alias, probe->crtc), ERR_PTR(-EINVAL));
	tkms_for_each_crtc(alias, state)
		KUNIT_FAIL(script->test, "a state is borrowed after hw_done");
	KUNIT_EXPECT_NOT_NULL(script->test, probe_crtc_old(tkms_view(committed), probe->crtc));

	return committed;
}

static void kms_test_tail_borrow_after_done(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);

	script->tail = tail_borrows_late;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, probe_turn_on(probe), 0);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	KUNIT_EXPECT_TRUE(test, tkms_had_fault(&probe->base, TKMS_FAULT_BORROW_AFTER_DONE));
	script->tail = NULL;
}

static void enable_borrows(struct probe_crtc *crtc, struct probe_crtc_state *new,
			   const struct probe_crtc_state *old, struct tkms_mutator *mutator)
{
	struct probe *probe = to_probe(to_tkms_device(crtc->base.drm.dev));
	struct probe_script *script = dev_get_drvdata(crtc->base.drm.dev->dev);

	CLASS(probe_panel_borrow, panel)(mutator, probe->panel[0]);
	KUNIT_EXPECT_NOT_ERR_OR_NULL(script->test, panel);
	KUNIT_EXPECT_PTR_EQ(script->test, probe_crtc_borrow(mutator, crtc), ERR_PTR(-EBUSY));
	KUNIT_EXPECT_PTR_EQ(script->test, probe_plane_borrow(mutator, probe->overlay),
			    ERR_PTR(-ENOENT));
}

static void kms_test_mutator(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);

	script->enable = enable_borrows;
	KUNIT_EXPECT_EQ(test, probe_turn_on(probe), 0);
	KUNIT_EXPECT_EQ(test, probe->base.faults, 0);
}

/*
 * Two threads take two locks in opposite orders. The older one waits for the lock of the
 * composition; the composition gets -EDEADLK when it requests the other lock, drops all locks, and
 * starts again.
 */
struct deadlock {
	struct probe *probe;
	struct work_struct work;
	struct completion held;
	struct completion wanted;
	int runs;
};

/* Start all over when lock debugging injects a back-off. */
static void take_plane_then_crtc(struct work_struct *work)
{
	struct deadlock *deadlock = container_of(work, struct deadlock, work);
	struct probe *probe = deadlock->probe;
	struct drm_modeset_acquire_ctx older;
	int ret;

	drm_modeset_acquire_init(&older, 0);
	do {
		ret = drm_modeset_lock(&probe->primary[0]->base.drm.mutex, &older);
		if (!ret) {
			complete(&deadlock->held);
			wait_for_completion(&deadlock->wanted);
			ret = drm_modeset_lock(&probe->crtc->base.drm.mutex, &older);
		}
		if (ret)
			drm_modeset_backoff(&older);
	} while (ret);
	drm_modeset_drop_locks(&older);
	drm_modeset_acquire_fini(&older);
}

static int compose_deadlock(struct tkms_composer *composer, void *data)
{
	struct deadlock *deadlock = data;

	CLASS(probe_crtc_add, crtc)(composer, deadlock->probe->crtc);
	if (IS_ERR(crtc))
		return PTR_ERR(crtc);

	crtc->gain++;
	if (!deadlock->runs++) {
		complete_all(&deadlock->wanted);
		msleep(20);
	}

	CLASS(probe_plane_add, plane)(composer, deadlock->probe->primary[0]);

	return PTR_ERR_OR_ZERO(plane);
}

static void kms_test_commit_deadlock(struct kunit *test)
{
	struct deadlock *deadlock = kunit_kzalloc(test, sizeof(*deadlock), GFP_KERNEL);
	struct probe *probe = probe_register(test);
	struct tkms_crtc_state *state;

	KUNIT_ASSERT_NOT_NULL(test, deadlock);
	deadlock->probe = probe;
	INIT_WORK(&deadlock->work, take_plane_then_crtc);
	init_completion(&deadlock->held);
	init_completion(&deadlock->wanted);
	schedule_work(&deadlock->work);
	wait_for_completion(&deadlock->held);

	KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_deadlock, deadlock), 0);
	flush_work(&deadlock->work);
	/* Lock debugging injects back-offs at random, before the threads meet. */
	if (!IS_ENABLED(CONFIG_DEBUG_WW_MUTEX_SLOWPATH))
		KUNIT_EXPECT_EQ(test, deadlock->runs, 2);
	state = to_tkms_crtc_state(probe->crtc->base.drm.state);
	KUNIT_EXPECT_EQ(test, probe_crtc_state_try_from(state)->gain, 8);
	KUNIT_EXPECT_EQ(test, probe->base.faults, 0);
}

static const struct tkms_committed *tail_forgets(struct tkms_mutator *mutator,
						 struct tkms_modesets_ready *modesets,
						 struct tkms_planes_ready *ready)
{
	const struct tkms_crtc *first = tkms_crtc_after(tkms_view(mutator), NULL);
	struct probe_script *script = dev_get_drvdata(first->drm.dev->dev);
	struct probe *probe = to_probe(to_tkms_device(first->drm.dev));
	struct tkms_mutator *nothing = NULL;

	OPTIMIZER_HIDE_VAR(nothing);
	kunit_warning_suppress(script->test) {
		KUNIT_EXPECT_PTR_EQ(script->test, probe_crtc_borrow(nothing, probe->crtc),
				    ERR_PTR(-EINVAL));
		tkms_for_each_plane(nothing, state)
			KUNIT_FAIL(script->test, "a state is borrowed without a handle");
		KUNIT_EXPECT_NULL(script->test,
				  tkms_commit_step(nothing, mutator, TKMS_STEP_PLANES,
						   TKMS_PLANES_ALL));
	}

	return tail_between(mutator, modesets, ready);
}

/* A handle that is gone, where the compiler cannot see it: the layer warns, and does nothing. */
static void kms_test_tail_no_handle(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);

	script->tail = tail_forgets;
	KUNIT_EXPECT_EQ(test, probe_turn_on(probe), 0);
	KUNIT_EXPECT_STREQ(test, script->parts, "PE");
	KUNIT_EXPECT_EQ(test, probe->base.faults, 0);
	script->tail = NULL;
}

static int check_both(struct probe_encoder *encoder, struct tkms_crtc_state *crtc,
		      struct tkms_connector_state *connector)
{
	struct probe *probe = to_probe(to_tkms_device(encoder->base.drm.dev));
	struct probe_script *script = dev_get_drvdata(encoder->base.drm.dev->dev);
	struct tkms_mutator *mutator = (struct tkms_mutator *)crtc->drm.state;

	KUNIT_EXPECT_PTR_EQ(script->test, tkms_crtc_borrow(mutator, to_tkms_crtc(crtc->drm.crtc)),
			    ERR_PTR(-EBUSY));
	KUNIT_EXPECT_PTR_EQ(script->test,
			    tkms_connector_borrow(mutator,
						  to_tkms_connector(connector->drm.connector)),
			    ERR_PTR(-EBUSY));

	return encoder == probe->encoder[1] ? -ERANGE : 0;
}

/*
 * An encoder gets the states of the objects before and after it, both borrowed, and its result
 * counts.
 */
static void kms_test_encoder_check(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);

	script->check_encoder = check_both;
	KUNIT_EXPECT_EQ(test, probe_turn_on(probe), -ERANGE);
	KUNIT_EXPECT_GE(test, probe->encoder[0]->checks, 1);
	KUNIT_EXPECT_GE(test, probe->encoder[1]->checks, 1);
	KUNIT_EXPECT_EQ(test, probe->base.faults, 0);
	script->check_encoder = NULL;
}

static int compose_eink(struct tkms_composer *composer, void *data)
{
	struct probe *probe = data;

	CLASS(probe_eink_add, eink)(composer, probe->eink);

	return PTR_ERR_OR_ZERO(eink);
}

/* The first CRTC is not part of the commit. */
static void kms_test_commit_second_crtc(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);

	KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_eink, probe), 0);
	KUNIT_EXPECT_STREQ(test, script->parts, ".");
}

static int compose_crtc(struct tkms_composer *composer, void *data)
{
	struct probe *probe = data;

	CLASS(probe_crtc_add, crtc)(composer, probe->crtc);

	return PTR_ERR_OR_ZERO(crtc);
}

static const struct tkms_committed *tail_waits_for_flips(struct tkms_mutator *mutator,
							 struct tkms_modesets_ready *modesets,
							 struct tkms_planes_ready *ready)
{
	struct tkms_planes_done *planes = tkms_commit_planes(mutator, ready, TKMS_PLANES_ALL);
	struct tkms_disables_done *disables = tkms_commit_disables(mutator, modesets);
	struct tkms_enables_done *enables = tkms_commit_enables(mutator, disables);
	const struct tkms_committed *committed = tkms_commit_hw_done(mutator, enables, planes);

	tkms_wait_for_flips(committed);

	return committed;
}

struct wait_case {
	const char *desc;
	const struct tkms_driver *driver;
	const struct tkms_committed *(*tail)(struct tkms_mutator *mutator,
					     struct tkms_modesets_ready *modesets,
					     struct tkms_planes_ready *ready);
};

static const struct wait_case wait_cases[] = {
	{ "default", &probe_driver_default },
	{ "planes first", &probe_driver_planes_first },
	{ "planes last", &probe_driver_planes_last },
	{ "custom, for flips", &probe_driver, tail_waits_for_flips },
	{ "custom, for vblanks", &probe_driver, tail_between },
};

KUNIT_ARRAY_PARAM_DESC(wait, wait_cases, desc);

/* Without a modeset too, a commit is shown when it is over: the old framebuffer may be released. */
static void kms_test_tail_waits(struct kunit *test)
{
	const struct wait_case *param = test->param_value;
	struct probe_script *script = test->priv;
	struct tkms_vblank_crtc *vblank;
	struct probe *probe;
	u64 count;

	script->driver = param->driver;
	script->tail = param->tail;
	probe = probe_register(test);
	vblank = probe_crtc_vblank(probe->crtc);
	KUNIT_ASSERT_EQ(test, probe_turn_on(probe), 0);
	KUNIT_ASSERT_EQ(test, tkms_vblank_get(vblank), 0);
	/* Then the next commit waits for its own event only. */
	KUNIT_EXPECT_EQ(test, tkms_vblank_wait(vblank), 0);
	count = tkms_vblank_count(vblank);
	KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_crtc, probe), 0);
	KUNIT_EXPECT_EQ(test, tkms_vblank_count(vblank), count + 1);
	tkms_vblank_put(vblank);
	script->tail = NULL;
}

static int compose_fb(struct tkms_composer *composer, struct probe *probe,
		      struct drm_framebuffer *fb)
{
	CLASS(probe_plane_add, plane)(composer, probe->primary[0]);
	if (IS_ERR(plane))
		return PTR_ERR(plane);

	if (fb) {
		plane->base.drm.src_w = fb->width << 16;
		plane->base.drm.src_h = fb->height << 16;
		plane->base.drm.crtc_w = fb->width;
		plane->base.drm.crtc_h = fb->height;
	}

	return tkms_plane_set_crtc(composer, &plane->base, fb ? &probe->crtc->base : NULL, fb);
}

struct picture {
	struct probe *probe;
	struct drm_framebuffer *fb;
};

static int compose_picture(struct tkms_composer *composer, void *data)
{
	const struct picture *picture = data;

	return compose_fb(composer, picture->probe, picture->fb);
}

static void show_and_hide(struct kunit *test, struct probe *probe, struct drm_framebuffer *fb)
{
	struct probe_plane *plane = probe->primary[0];
	struct picture picture = { probe, fb };
	const unsigned int references = drm_framebuffer_read_refcount(fb);

	KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_picture, &picture), 0);
	KUNIT_EXPECT_EQ(test, drm_framebuffer_read_refcount(fb), references + 1);
	KUNIT_EXPECT_EQ(test, plane->prepared, 1);
	KUNIT_EXPECT_EQ(test, plane->cleaned, 0);

	picture.fb = NULL;
	KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_picture, &picture), 0);
	KUNIT_EXPECT_EQ(test, drm_framebuffer_read_refcount(fb), references);
	KUNIT_EXPECT_EQ(test, plane->prepared, 1);
	KUNIT_EXPECT_EQ(test, plane->cleaned, 1);
}

/* A framebuffer is prepared, shown, cleaned up and released. */
static void kms_test_framebuffer(struct kunit *test)
{
	struct probe *probe = probe_register(test);
	struct drm_client_buffer *buffer;
	struct drm_client_dev client = {};
	unsigned int references;

	KUNIT_ASSERT_EQ(test, probe_turn_on(probe), 0);
	KUNIT_ASSERT_EQ(test, drm_client_init(&probe->base.drm, &client, "test", NULL), 0);
	buffer = drm_client_buffer_create_dumb(&client, 640, 480, DRM_FORMAT_XRGB8888);
	KUNIT_EXPECT_NOT_ERR_OR_NULL(test, buffer);
	if (!IS_ERR_OR_NULL(buffer)) {
		show_and_hide(test, probe, buffer->fb);
		references = drm_framebuffer_read_refcount(buffer->fb);
		{
			struct drm_framebuffer *mine __free(tkms_framebuffer_put) =
				tkms_framebuffer_get(buffer->fb);

			KUNIT_EXPECT_EQ(test, drm_framebuffer_read_refcount(mine), references + 1);
		}
		KUNIT_EXPECT_EQ(test, drm_framebuffer_read_refcount(buffer->fb), references);
		drm_client_buffer_delete(buffer);
	}
	drm_client_release(&client);
	KUNIT_EXPECT_EQ(test, probe->base.faults, 0);
}

static void kms_test_commit_empty(struct kunit *test)
{
	struct probe *probe = probe_register(test);

	KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_plane, probe), 0);
	KUNIT_EXPECT_EQ(test, probe->base.faults, 0);
}

/*
 * One device, with one CRTC with vblanks and one without: only on the second do DRM's calls fail.
 */
static void kms_test_vblank_mixed(struct kunit *test)
{
	struct probe *probe = probe_register(test);
	struct tkms_vblank_crtc *vblank = probe_crtc_vblank(probe->crtc);
	u64 count;

	KUNIT_EXPECT_LT(test, tkms_vblank_get(vblank), 0);
	KUNIT_ASSERT_EQ(test, probe_turn_on(probe), 0);
	KUNIT_ASSERT_EQ(test, tkms_vblank_get(vblank), 0);
	KUNIT_EXPECT_EQ(test, probe->crtc->vblanks_enabled, 1);
	count = tkms_vblank_count(vblank);
	tkms_vblank_wait(vblank);
	KUNIT_EXPECT_GT(test, tkms_vblank_count(vblank), count);
	tkms_vblank_put(vblank);
	KUNIT_EXPECT_LT(test, drm_crtc_vblank_get(&probe->eink->base.drm), 0);

	KUNIT_ASSERT_EQ(test, probe_turn_off(probe), 0);
	KUNIT_EXPECT_LT(test, tkms_vblank_get(vblank), 0);
	KUNIT_EXPECT_EQ(test, probe->crtc->vblanks_enabled, 0);
}

/* Flushing planes while the CRTC is off does not send its event: there are no vblanks yet. */
static void enable_finds_event(struct probe_crtc *crtc, struct probe_crtc_state *new,
			       const struct probe_crtc_state *old, struct tkms_mutator *mutator)
{
	struct probe_script *script = dev_get_drvdata(crtc->base.drm.dev->dev);

	KUNIT_EXPECT_NOT_NULL(script->test, new->base.drm.event);
}

/*
 * Enabling the CRTC before its planes does not send the event either: the commit is not complete.
 */
static void flush_finds_event(struct probe_crtc *crtc, struct probe_crtc_state *new,
			      const struct probe_crtc_state *old, struct tkms_mutator *mutator)
{
	struct probe_script *script = dev_get_drvdata(crtc->base.drm.dev->dev);

	if (new->base.drm.active)
		KUNIT_EXPECT_NOT_NULL(script->test, new->base.drm.event);
}

/* Flushing planes before the CRTC is disabled does not send it either. */
static void disable_finds_event(struct probe_encoder *encoder, struct tkms_mutator *mutator)
{
	struct probe *probe = to_probe(to_tkms_device(encoder->base.drm.dev));
	struct probe_script *script = dev_get_drvdata(encoder->base.drm.dev->dev);

	if (encoder == probe->encoder[0])
		KUNIT_EXPECT_NOT_NULL(script->test, probe->crtc->base.drm.state->event);
}

static int compose_modeset(struct tkms_composer *composer, void *data)
{
	struct probe *probe = data;

	CLASS(probe_crtc_add, crtc)(composer, probe->crtc);
	if (IS_ERR(crtc))
		return PTR_ERR(crtc);

	crtc->base.drm.mode_changed = true;

	return 0;
}

/* The probe sends no events. The layer sends each of them, in every order of the tail. */
static void kms_test_vblank_events(struct kunit *test)
{
	const struct tail_case *param = test->param_value;
	struct probe_script *script = test->priv;
	const ktime_t start = ktime_get();
	struct probe *probe;

	script->driver = param->driver;
	script->enable = enable_finds_event;
	script->flush = flush_finds_event;
	script->disable_encoder = disable_finds_event;
	probe = probe_register(test);
	for (int i = 0; i < 3; i++) {
		KUNIT_EXPECT_EQ(test, probe_turn_on(probe), 0);
		KUNIT_EXPECT_NULL(test, probe->crtc->base.drm.state->event);
		KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_crtc, probe), 0);
		KUNIT_EXPECT_NULL(test, probe->crtc->base.drm.state->event);
		KUNIT_EXPECT_EQ(test, tkms_commit(&probe->base, compose_modeset, probe), 0);
		KUNIT_EXPECT_NULL(test, probe->crtc->base.drm.state->event);
		KUNIT_EXPECT_NULL(test, probe->eink->base.drm.state->event);
		KUNIT_EXPECT_EQ(test, probe_turn_off(probe), 0);
		KUNIT_EXPECT_NULL(test, probe->crtc->base.drm.state->event);
	}

	script->disable_encoder = NULL;

	/* A lost event delays a commit by ten seconds. */
	KUNIT_EXPECT_LT(test, ktime_ms_delta(ktime_get(), start), 1000);
}

/* The next vblank sends the event of the CRTC with vblanks; hw_done sends that of the other one. */
static const struct tkms_committed *tail_watches_events(struct tkms_mutator *mutator,
							struct tkms_modesets_ready *modesets,
							struct tkms_planes_ready *ready)
{
	const struct tkms_crtc *first = tkms_crtc_after(tkms_view(mutator), NULL);
	struct probe_script *script = dev_get_drvdata(first->drm.dev->dev);
	struct probe *probe = to_probe(to_tkms_device(first->drm.dev));
	struct drm_crtc_commit *crtc = drm_crtc_commit_get(probe->crtc->base.drm.state->commit);
	struct drm_crtc_commit *eink = drm_crtc_commit_get(probe->eink->base.drm.state->commit);
	struct tkms_disables_done *disables = tkms_commit_disables(mutator, modesets);
	struct tkms_enables_done *enables = tkms_commit_enables(mutator, disables);
	struct tkms_planes_done *planes = tkms_commit_planes(mutator, ready, TKMS_PLANES_ACTIVE);
	const struct tkms_committed *committed;

	KUNIT_EXPECT_FALSE(script->test, completion_done(&crtc->flip_done));
	KUNIT_EXPECT_FALSE(script->test, completion_done(&eink->flip_done));
	committed = tkms_commit_hw_done(mutator, enables, planes);
	KUNIT_EXPECT_FALSE(script->test, completion_done(&crtc->flip_done));
	KUNIT_EXPECT_TRUE(script->test, completion_done(&eink->flip_done));
	tkms_wait_for_flips(committed);
	KUNIT_EXPECT_TRUE(script->test, completion_done(&crtc->flip_done));
	drm_crtc_commit_put(crtc);
	drm_crtc_commit_put(eink);

	return committed;
}

static void kms_test_vblank_sends_event(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe = probe_register(test);

	script->tail = tail_watches_events;
	KUNIT_EXPECT_EQ(test, probe_turn_on(probe), 0);
	script->tail = NULL;
}

static void flush_takes_event(struct probe_crtc *crtc, struct probe_crtc_state *new,
			      const struct probe_crtc_state *old, struct tkms_mutator *mutator)
{
	struct probe_script *script = dev_get_drvdata(crtc->base.drm.dev->dev);

	script->data = tkms_vblank_take_event(probe_crtc_vblank(crtc), &new->base);
	KUNIT_EXPECT_NULL(script->test, new->base.drm.event);
	KUNIT_EXPECT_NULL(script->test,
			  tkms_vblank_take_event(probe_crtc_vblank(crtc), &new->base));
	if (script->data)
		tkms_vblank_send_event(probe_crtc_vblank(crtc), script->data);
}

/*
 * A driver that sends its events itself. If the planes are flushed while the CRTC has no vblanks
 * yet, it finds no event, since the layer sends that at once.
 */
static void kms_test_vblank_take_event(struct kunit *test)
{
	struct probe_script *script = test->priv;
	const ktime_t start = ktime_get();
	struct probe *probe;

	script->driver = &probe_driver_planes_last;
	script->flush = flush_takes_event;
	probe = probe_register(test);
	KUNIT_EXPECT_EQ(test, probe_turn_on(probe), 0);
	KUNIT_EXPECT_NOT_NULL(test, script->data);
	KUNIT_EXPECT_EQ(test, atomic_read(&probe->base.drm.vblank[0].refcount), 0);
	KUNIT_EXPECT_EQ(test, probe_turn_off(probe), 0);

	script->driver = &probe_driver_planes_first;
	probe = probe_register(test);
	KUNIT_EXPECT_EQ(test, probe_turn_on(probe), 0);
	KUNIT_EXPECT_NULL(test, script->data);
	KUNIT_EXPECT_EQ(test, probe_turn_off(probe), 0);
	KUNIT_EXPECT_LT(test, ktime_ms_delta(ktime_get(), start), 1000);
	script->flush = NULL;
}

static void flush_arms_event(struct probe_crtc *crtc, struct probe_crtc_state *new,
			     const struct probe_crtc_state *old, struct tkms_mutator *mutator)
{
	struct probe_script *script = dev_get_drvdata(crtc->base.drm.dev->dev);

	KUNIT_EXPECT_NOT_NULL(script->test, new->base.drm.event);
	tkms_vblank_arm_event(probe_crtc_vblank(crtc), &new->base);
	KUNIT_EXPECT_NULL(script->test, new->base.drm.event);
	KUNIT_EXPECT_TRUE(script->test, completion_done(&new->base.drm.commit->flip_done));
}

/* The CRTC is still off when its planes are flushed: no vblank would send the event. */
static void kms_test_vblank_arm_event_early(struct kunit *test)
{
	struct probe_script *script = test->priv;
	struct probe *probe;

	script->driver = &probe_driver_planes_first;
	script->flush = flush_arms_event;
	probe = probe_register(test);
	KUNIT_EXPECT_EQ(test, probe_turn_on(probe), 0);
	script->flush = NULL;
}

/* The scan-out position is line 100: the frame started 100 * 800 / 25175 kHz, 3177.8 us, ago. */
static void kms_test_vblank_timestamp(struct kunit *test)
{
	struct probe *probe = probe_register(test);
	struct tkms_vblank_crtc *vblank = probe_crtc_vblank(probe->crtc);
	ktime_t time, now;

	KUNIT_ASSERT_EQ(test, probe_turn_on(probe), 0);
	KUNIT_ASSERT_EQ(test, tkms_vblank_get(vblank), 0);
	now = ktime_get();
	drm_crtc_accurate_vblank_count(&probe->crtc->base.drm);
	drm_crtc_vblank_count_and_time(&probe->crtc->base.drm, &time);
	KUNIT_EXPECT_GE(test, ktime_us_delta(now, time), 3177);
	tkms_vblank_put(vblank);
}

static struct kunit_case kms_commit_tests[] = {
	KUNIT_CASE_PARAM(kms_test_tail_order, tail_gen_params),
	KUNIT_CASE(kms_test_tail_custom),
	KUNIT_CASE(kms_test_tail_incomplete),
	KUNIT_CASE(kms_test_tail_pretends),
	KUNIT_CASE(kms_test_tail_no_proof),
	KUNIT_CASE(kms_test_tail_foreign_proof),
	KUNIT_CASE(kms_test_tail_tokens_differ),
	KUNIT_CASE(kms_test_tail_repeats_step),
	KUNIT_CASE(kms_test_tail_foreign_token),
	KUNIT_CASE(kms_test_tail_step_with_borrow),
	KUNIT_CASE(kms_test_tail_done_with_borrow),
	KUNIT_CASE(kms_test_tail_ends_with_borrow),
	KUNIT_CASE(kms_test_tail_borrow_after_done),
	KUNIT_CASE_PARAM(kms_test_tail_waits, wait_gen_params),
	KUNIT_CASE(kms_test_tail_no_handle),
	KUNIT_CASE(kms_test_mutator),
	KUNIT_CASE(kms_test_encoder_check),
	KUNIT_CASE(kms_test_encoder_keeps_borrow),
	KUNIT_CASE(kms_test_commit_deadlock),
	KUNIT_CASE(kms_test_commit_empty),
	KUNIT_CASE(kms_test_commit_second_crtc),
	KUNIT_CASE(kms_test_framebuffer),
	KUNIT_CASE(kms_test_vblank_mixed),
	KUNIT_CASE_PARAM(kms_test_vblank_events, tail_gen_params),
	KUNIT_CASE(kms_test_vblank_sends_event),
	KUNIT_CASE(kms_test_vblank_take_event),
	KUNIT_CASE(kms_test_vblank_arm_event_early),
	KUNIT_CASE(kms_test_vblank_timestamp),
	{}
};

static struct kunit_suite kms_commit_suite = {
	.name = "kms_commit",
	.init = probe_script_init,
	.test_cases = kms_commit_tests,
};

kunit_test_suite(kms_commit_suite);
