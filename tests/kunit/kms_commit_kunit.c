// SPDX-License-Identifier: GPL-2.0

#include <drm/drm_vblank.h>
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/workqueue.h>

#include "../kms/fault.h"
#include "kms_toy.h"

struct tail_case {
	const char *desc;
	const struct kms_tail *tail;
	const char *on;
	const char *off;
};

/* The CRTC is enabled (E) and disabled (D); its planes are flushed (P). */
static const struct tail_case tail_cases[] = {
	{ "planes first", &kms_tail_planes_first, "PE", "PD" },
	{ "planes between", &kms_tail_planes_between, "PE", "DP" },
	{ "planes last", &kms_tail_planes_last, "EP", "D" },
};

KUNIT_ARRAY_PARAM_DESC(tail, tail_cases, desc);

static int compose_plane(struct kms_composer *composer, void *data)
{
	struct toy *toy = data;

	CLASS(toy_plane_add, plane)(composer, toy->primary[0]);

	return PTR_ERR_OR_ZERO(plane);
}

static void kms_test_tail_order(struct kunit *test)
{
	const struct tail_case *param = test->param_value;
	struct toy_script *script = test->priv;
	struct toy *toy = toy_register(test);

	script->tail = param->tail->run;
	KUNIT_ASSERT_EQ(test, toy_turn_on(toy), 0);
	KUNIT_EXPECT_STREQ(test, script->parts, param->on);

	memset(script->parts, 0, sizeof(script->parts));
	KUNIT_ASSERT_EQ(test, toy_turn_off(toy), 0);
	KUNIT_EXPECT_STREQ(test, script->parts, param->off);
	KUNIT_EXPECT_EQ(test, toy->base.faults, 0);
}

/* The toy's own tail runs over both CRTCs after hw_done. */
static void kms_test_tail_custom(struct kunit *test)
{
	struct toy_script *script = test->priv;
	struct toy *toy = toy_register(test);

	KUNIT_ASSERT_EQ(test, toy_turn_on(toy), 0);
	KUNIT_EXPECT_STREQ(test, script->parts, "EP..");
	KUNIT_EXPECT_TRUE(test, toy->encoder[0]->is_on);
	KUNIT_EXPECT_TRUE(test, toy->encoder[1]->is_on);
	KUNIT_EXPECT_EQ(test, toy->eink->flushes, 1);
	KUNIT_EXPECT_EQ(test, toy->base.faults, 0);
}

static const struct kms_committed *tail_of_nothing(struct kms_mutator *mutator,
						   struct kms_modesets_ready *modesets,
						   struct kms_planes_ready *planes)
{
	return NULL;
}

/* What the tail did not do, the layer does: nobody waits for ever. */
static void kms_test_tail_incomplete(struct kunit *test)
{
	struct toy_script *script = test->priv;
	struct toy *toy = toy_register(test);

	script->tail = tail_of_nothing;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, toy_turn_on(toy), 0);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
		KUNIT_EXPECT_EQ(test, toy_turn_off(toy), 0);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	KUNIT_EXPECT_TRUE(test, kms_had_fault(&toy->base, KMS_FAULT_TAIL_INCOMPLETE));
	KUNIT_EXPECT_STREQ(test, script->parts, "PEDP");
}

static noinline struct kms_disables_done *
disable_again(struct kms_mutator *mutator, struct kms_modesets_ready *modesets)
{
	return kms_commit_disables(mutator, modesets);
}

/* A token that another function has consumed: the compiler does not see it. */
static const struct kms_committed *tail_repeats(struct kms_mutator *mutator,
						struct kms_modesets_ready *modesets,
						struct kms_planes_ready *ready)
{
	struct kms_disables_done *once = disable_again(mutator, modesets);
	struct kms_disables_done *twice = disable_again(mutator, modesets);
	struct kms_planes_done *planes = kms_commit_planes(mutator, ready, KMS_PLANES_ALL);
	struct kms_enables_done *enables = kms_commit_enables(mutator, twice);

	OPTIMIZER_HIDE_VAR(once);

	return kms_commit_hw_done(mutator, enables, planes);
}

static void kms_test_tail_repeats_step(struct kunit *test)
{
	struct toy_script *script = test->priv;
	struct toy *toy = toy_register(test);

	script->tail = tail_repeats;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, toy_turn_on(toy), 0);
		KUNIT_EXPECT_EQ(test, toy_turn_off(toy), 0);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	KUNIT_EXPECT_TRUE(test, kms_had_fault(&toy->base, KMS_FAULT_STEP_REPEATED));
	KUNIT_EXPECT_STREQ(test, script->parts, "PEDP");
}

/* A commit whose tail waits for that of another device, and leaves its token to it. */
struct mixed_tokens {
	struct toy *other;
	struct kms_modesets_ready *token;
};

static const struct kms_committed *tail_mixes(struct kms_mutator *mutator,
					      struct kms_modesets_ready *modesets,
					      struct kms_planes_ready *ready)
{
	const struct kms_crtc *crtc = kms_crtc_after(kms_view(mutator), NULL);
	struct toy_script *script = dev_get_drvdata(crtc->drm.dev->dev);
	struct mixed_tokens *mixed = script->data;
	struct kms_modesets_ready *token = modesets;
	struct kms_disables_done *disables;
	struct kms_enables_done *enables;
	struct kms_planes_done *planes;

	if (mixed->token) {
		token = mixed->token;
	} else {
		mixed->token = modesets;
		KUNIT_EXPECT_EQ(script->test, toy_turn_on(mixed->other), 0);
	}

	disables = kms_commit_disables(mutator, token);
	enables = kms_commit_enables(mutator, disables);
	planes = kms_commit_planes(mutator, ready, KMS_PLANES_ALL);

	return kms_commit_hw_done(mutator, enables, planes);
}

static void kms_test_tail_foreign_token(struct kunit *test)
{
	struct toy_script *script = test->priv;
	struct mixed_tokens mixed = {};
	struct toy *toy;

	if (IS_ENABLED(CONFIG_PROVE_LOCKING))
		kunit_skip(test, "lockdep takes two devices' commits in one task for a deadlock");

	toy = toy_register(test);
	mixed.other = toy_register(test);
	script->tail = tail_mixes;
	script->data = &mixed;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, toy_turn_on(toy), 0);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	KUNIT_EXPECT_EQ(test, toy->base.faults, 0);
	KUNIT_EXPECT_TRUE(test, kms_had_fault(&mixed.other->base, KMS_FAULT_FOREIGN_TOKEN));
	KUNIT_EXPECT_TRUE(test, toy->crtc->is_on);
	KUNIT_EXPECT_TRUE(test, mixed.other->crtc->is_on);
	script->tail = NULL;
}

static const struct kms_committed *tail_keeps(struct kms_mutator *mutator,
					      struct kms_modesets_ready *modesets,
					      struct kms_planes_ready *ready)
{
	const struct kms_crtc *crtc = kms_crtc_after(kms_view(mutator), NULL);
	struct toy_script *script = dev_get_drvdata(crtc->drm.dev->dev);
	struct toy *toy = to_toy(to_kms_device(crtc->drm.dev));
	struct toy_crtc_state *kept = toy_crtc_borrow(mutator, toy->crtc);

	KUNIT_EXPECT_NOT_ERR_OR_NULL(script->test, kept);

	return kms_tail_planes_between.run(mutator, modesets, ready);
}

static void kms_test_tail_step_with_borrow(struct kunit *test)
{
	struct toy_script *script = test->priv;
	struct toy *toy = toy_register(test);

	script->tail = tail_keeps;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, toy_turn_on(toy), 0);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	KUNIT_EXPECT_TRUE(test, kms_had_fault(&toy->base, KMS_FAULT_BORROW_LEFT));
	script->tail = NULL;
}

static const struct kms_committed *tail_borrows_late(struct kms_mutator *mutator,
						     struct kms_modesets_ready *modesets,
						     struct kms_planes_ready *ready)
{
	const struct kms_crtc *first = kms_crtc_after(kms_view(mutator), NULL);
	struct toy_script *script = dev_get_drvdata(first->drm.dev->dev);
	struct toy *toy = to_toy(to_kms_device(first->drm.dev));
	struct kms_mutator *alias = mutator;
	const struct kms_committed *committed =
		kms_tail_planes_between.run(mutator, modesets, ready);

	OPTIMIZER_HIDE_VAR(alias);
	KUNIT_EXPECT_PTR_EQ(script->test, toy_crtc_borrow(alias, toy->crtc), ERR_PTR(-EINVAL));
	kms_for_each_crtc(alias, state)
		KUNIT_FAIL(script->test, "a state is lent after hw_done");
	KUNIT_EXPECT_NOT_NULL(script->test, toy_crtc_old(kms_view(committed), toy->crtc));

	return committed;
}

static void kms_test_tail_borrow_after_done(struct kunit *test)
{
	struct toy_script *script = test->priv;
	struct toy *toy = toy_register(test);

	script->tail = tail_borrows_late;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, toy_turn_on(toy), 0);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	KUNIT_EXPECT_TRUE(test, kms_had_fault(&toy->base, KMS_FAULT_BORROW_AFTER_DONE));
	script->tail = NULL;
}

static void enable_borrows(struct toy_crtc *crtc, struct toy_crtc_state *new,
			   const struct toy_crtc_state *old, struct kms_mutator *mutator)
{
	struct toy *toy = to_toy(to_kms_device(crtc->base.drm.dev));
	struct toy_script *script = dev_get_drvdata(crtc->base.drm.dev->dev);

	CLASS(toy_panel_borrow, panel)(mutator, toy->panel[0]);
	KUNIT_EXPECT_NOT_ERR_OR_NULL(script->test, panel);
	KUNIT_EXPECT_PTR_EQ(script->test, toy_crtc_borrow(mutator, crtc), ERR_PTR(-EBUSY));
	KUNIT_EXPECT_PTR_EQ(script->test, toy_plane_borrow(mutator, toy->overlay),
			    ERR_PTR(-ENOENT));
}

static void kms_test_mutator(struct kunit *test)
{
	struct toy_script *script = test->priv;
	struct toy *toy = toy_register(test);

	script->enable = enable_borrows;
	KUNIT_EXPECT_EQ(test, toy_turn_on(toy), 0);
	KUNIT_EXPECT_EQ(test, toy->base.faults, 0);
}

/*
 * Two threads that take two locks in opposite orders. The older one waits for the lock that the
 * composition has; the composition is told -EDEADLK when it asks for the other, gives all up, and
 * starts again.
 */
struct deadlock {
	struct toy *toy;
	struct work_struct work;
	struct drm_modeset_acquire_ctx older;
	struct completion waiting;
	int runs;
};

static void take_crtc(struct work_struct *work)
{
	struct deadlock *deadlock = container_of(work, struct deadlock, work);
	struct toy *toy = deadlock->toy;

	complete(&deadlock->waiting);
	WARN_ON(drm_modeset_lock(&toy->crtc->base.drm.mutex, &deadlock->older));
	drm_modeset_drop_locks(&deadlock->older);
	drm_modeset_acquire_fini(&deadlock->older);
}

static int compose_deadlock(struct kms_composer *composer, void *data)
{
	struct deadlock *deadlock = data;

	CLASS(toy_crtc_add, crtc)(composer, deadlock->toy->crtc);
	if (IS_ERR(crtc))
		return PTR_ERR(crtc);

	crtc->gain++;
	if (!deadlock->runs++) {
		schedule_work(&deadlock->work);
		wait_for_completion(&deadlock->waiting);
		msleep(20);
	}

	CLASS(toy_plane_add, plane)(composer, deadlock->toy->primary[0]);

	return PTR_ERR_OR_ZERO(plane);
}

static void kms_test_commit_deadlock(struct kunit *test)
{
	struct deadlock *deadlock = kunit_kzalloc(test, sizeof(*deadlock), GFP_KERNEL);
	struct toy *toy = toy_register(test);
	struct kms_crtc_state *state;

	KUNIT_ASSERT_NOT_NULL(test, deadlock);
	deadlock->toy = toy;
	INIT_WORK(&deadlock->work, take_crtc);
	init_completion(&deadlock->waiting);
	drm_modeset_acquire_init(&deadlock->older, 0);
	KUNIT_ASSERT_EQ(test, 0, drm_modeset_lock(&toy->primary[0]->base.drm.mutex,
						  &deadlock->older));

	KUNIT_EXPECT_EQ(test, kms_commit(&toy->base, compose_deadlock, deadlock), 0);
	flush_work(&deadlock->work);
	KUNIT_EXPECT_EQ(test, deadlock->runs, 2);
	state = to_kms_crtc_state(toy->crtc->base.drm.state);
	KUNIT_EXPECT_EQ(test, toy_crtc_state_try_from(state)->gain, 8);
	KUNIT_EXPECT_EQ(test, toy->base.faults, 0);
}

static void kms_test_commit_empty(struct kunit *test)
{
	struct toy *toy = toy_register(test);

	KUNIT_EXPECT_EQ(test, kms_commit(&toy->base, compose_plane, toy), 0);
	KUNIT_EXPECT_EQ(test, toy->base.faults, 0);
}

/* One device, a CRTC with vblanks and one without: DRM's calls fail on the second and no other. */
static void kms_test_vblank_mixed(struct kunit *test)
{
	struct toy *toy = toy_register(test);
	struct kms_vblank_crtc *vblank = toy_crtc_vblank(toy->crtc);
	u64 count;

	KUNIT_EXPECT_LT(test, kms_vblank_get(vblank), 0);
	KUNIT_ASSERT_EQ(test, toy_turn_on(toy), 0);
	KUNIT_ASSERT_EQ(test, kms_vblank_get(vblank), 0);
	KUNIT_EXPECT_EQ(test, toy->crtc->vblanks_enabled, 1);
	count = kms_vblank_count(vblank);
	kms_vblank_wait(vblank);
	KUNIT_EXPECT_GT(test, kms_vblank_count(vblank), count);
	kms_vblank_put(vblank);
	KUNIT_EXPECT_LT(test, drm_crtc_vblank_get(&toy->eink->base.drm), 0);

	KUNIT_ASSERT_EQ(test, toy_turn_off(toy), 0);
	KUNIT_EXPECT_LT(test, kms_vblank_get(vblank), 0);
	KUNIT_EXPECT_EQ(test, toy->crtc->vblanks_enabled, 0);
}

/* Planes flushed before the CRTC was on have not sent its event: it has no vblanks yet. */
static void enable_finds_event(struct toy_crtc *crtc, struct toy_crtc_state *new,
			       const struct toy_crtc_state *old, struct kms_mutator *mutator)
{
	struct toy_script *script = dev_get_drvdata(crtc->base.drm.dev->dev);

	KUNIT_EXPECT_NOT_NULL(script->test, new->base.drm.event);
}

/* The toy sends no events. Each is sent for it, in every order of the tail. */
static void kms_test_vblank_events(struct kunit *test)
{
	const struct tail_case *param = test->param_value;
	struct toy_script *script = test->priv;
	struct toy *toy = toy_register(test);
	const ktime_t start = ktime_get();

	script->tail = param->tail->run;
	script->enable = enable_finds_event;
	for (int i = 0; i < 3; i++) {
		KUNIT_EXPECT_EQ(test, toy_turn_on(toy), 0);
		KUNIT_EXPECT_NULL(test, toy->crtc->base.drm.state->event);
		KUNIT_EXPECT_NULL(test, toy->eink->base.drm.state->event);
		KUNIT_EXPECT_EQ(test, toy_turn_off(toy), 0);
		KUNIT_EXPECT_NULL(test, toy->crtc->base.drm.state->event);
	}

	/* An event that is lost costs a commit ten seconds. */
	KUNIT_EXPECT_LT(test, ktime_ms_delta(ktime_get(), start), 1000);
}

static struct kunit_case kms_commit_tests[] = {
	KUNIT_CASE_PARAM(kms_test_tail_order, tail_gen_params),
	KUNIT_CASE(kms_test_tail_custom),
	KUNIT_CASE(kms_test_tail_incomplete),
	KUNIT_CASE(kms_test_tail_repeats_step),
	KUNIT_CASE(kms_test_tail_foreign_token),
	KUNIT_CASE(kms_test_tail_step_with_borrow),
	KUNIT_CASE(kms_test_tail_borrow_after_done),
	KUNIT_CASE(kms_test_mutator),
	KUNIT_CASE(kms_test_commit_deadlock),
	KUNIT_CASE(kms_test_commit_empty),
	KUNIT_CASE(kms_test_vblank_mixed),
	KUNIT_CASE_PARAM(kms_test_vblank_events, tail_gen_params),
	{}
};

static struct kunit_suite kms_commit_suite = {
	.name = "kms_commit",
	.init = toy_script_init,
	.test_cases = kms_commit_tests,
};

kunit_test_suite(kms_commit_suite);
