// SPDX-License-Identifier: GPL-2.0

#include <kunit/test-bug.h>
#include <kunit/test.h>

#include "../kms/fault.h"
#include "kms_toy.h"

/* Ends a composition whose commit is of no interest. */
#define STOP (-ECANCELED)

static void kms_test_try_from(struct kunit *test)
{
	struct toy *toy = toy_register(test);
	struct kms_crtc_state *state = to_kms_crtc_state(toy->crtc->base.drm.state);

	KUNIT_EXPECT_PTR_EQ(test, toy_crtc_try_from(&toy->crtc->base), toy->crtc);
	KUNIT_EXPECT_NULL(test, toy_crtc_try_from(&toy->eink->base));
	KUNIT_EXPECT_NULL(test, toy_eink_try_from(&toy->crtc->base));
	KUNIT_EXPECT_PTR_EQ(test, toy_eink_try_from(&toy->eink->base), toy->eink);
	KUNIT_EXPECT_NULL(test, toy_eink_try_from(NULL));
	KUNIT_EXPECT_PTR_EQ(test, toy_encoder_try_from(&toy->encoder[0]->base), toy->encoder[0]);
	KUNIT_EXPECT_NOT_NULL(test, toy_crtc_state_try_from(state));
	KUNIT_EXPECT_NULL(test, toy_eink_state_try_from(state));
	KUNIT_EXPECT_NULL(test, toy_eink_state_try_from(ERR_PTR(-EBUSY)));
	KUNIT_EXPECT_NULL(test, toy_eink_state_try_from(NULL));
}

static int compose_borrows(struct kms_composer *composer, void *data)
{
	struct kms_mutator *mutator = kms_as_mutator(composer);
	struct toy *toy = data;
	struct kunit *test = kunit_get_current_test();
	struct toy_crtc_state *state;

	KUNIT_EXPECT_PTR_EQ(test, toy_crtc_borrow(mutator, toy->crtc), ERR_PTR(-ENOENT));
	KUNIT_EXPECT_NULL(test, toy_crtc_old(kms_view(composer), toy->crtc));

	state = toy_crtc_add(composer, toy->crtc);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, state);
	KUNIT_EXPECT_PTR_EQ(test, toy_crtc_old(kms_view(composer), toy->crtc),
			    toy_crtc_state_try_from(to_kms_crtc_state(toy->crtc->base.drm.state)));
	KUNIT_EXPECT_PTR_EQ(test, toy_crtc_borrow(mutator, toy->crtc), ERR_PTR(-EBUSY));
	KUNIT_EXPECT_PTR_EQ(test, toy_crtc_add(composer, toy->crtc), ERR_PTR(-EBUSY));
	KUNIT_EXPECT_PTR_EQ(test, kms_crtc_borrow(mutator, &toy->crtc->base), ERR_PTR(-EBUSY));

	/* Others may be borrowed at the same time. */
	{
		CLASS(toy_eink_add, eink)(composer, toy->eink);
		CLASS(toy_plane_add, plane)(composer, toy->overlay);

		KUNIT_EXPECT_NOT_ERR_OR_NULL(test, eink);
		KUNIT_EXPECT_NOT_ERR_OR_NULL(test, plane);
		KUNIT_EXPECT_PTR_EQ(test, toy_eink_borrow(mutator, toy->eink), ERR_PTR(-EBUSY));
	}

	toy_crtc_release(state);
	{
		CLASS(toy_crtc_borrow, again)(mutator, toy->crtc);
		CLASS(toy_eink_borrow, eink)(mutator, toy->eink);

		KUNIT_EXPECT_PTR_EQ(test, again, state);
		KUNIT_EXPECT_NOT_ERR_OR_NULL(test, eink);
	}

	return STOP;
}

static void kms_test_borrow(struct kunit *test)
{
	struct toy *toy = toy_register(test);

	KUNIT_EXPECT_EQ(test, kms_commit(&toy->base, compose_borrows, toy), STOP);
	KUNIT_EXPECT_EQ(test, toy->base.faults, 0);
}

static int compose_iterates(struct kms_composer *composer, void *data)
{
	struct kms_mutator *mutator = kms_as_mutator(composer);
	struct toy *toy = data;
	struct kunit *test = kunit_get_current_test();
	int count = 0;

	for (int i = 0; i < ARRAY_SIZE(toy->primary); i++) {
		CLASS(toy_plane_add, plane)(composer, toy->primary[i]);
		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, plane);
	}

	{
		CLASS(toy_plane_borrow, plane)(mutator, toy->primary[0]);

		kms_for_each_plane(mutator, state) {
			KUNIT_EXPECT_PTR_EQ(test, state->drm.plane, &toy->primary[1]->base.drm);
			KUNIT_EXPECT_PTR_EQ(test, toy_plane_borrow(mutator, toy->primary[1]),
					    ERR_PTR(-EBUSY));
			count++;
		}
		KUNIT_EXPECT_EQ(test, count, 1);
	}

	/* A loop that is left gives back what it has. */
	kms_for_each_plane(mutator, state)
		break;
	count = 0;
	kms_for_each_plane(mutator, state)
		count++;
	KUNIT_EXPECT_EQ(test, count, 2);

	kms_for_each_connector(mutator, state)
		count++;
	kms_for_each_crtc(mutator, state)
		count++;
	KUNIT_EXPECT_EQ(test, count, 2);

	return STOP;
}

static void kms_test_for_each(struct kunit *test)
{
	struct toy *toy = toy_register(test);

	KUNIT_EXPECT_EQ(test, kms_commit(&toy->base, compose_iterates, toy), STOP);
	KUNIT_EXPECT_EQ(test, toy->base.faults, 0);
}

static int check_own_state(struct toy_crtc *crtc, struct toy_crtc_state *new,
			   const struct toy_crtc_state *old, struct kms_composer *composer)
{
	struct toy_script *script = dev_get_drvdata(crtc->base.drm.dev->dev);
	struct kunit *test = script->test;

	/* Not when the device is switched off behind the test. */
	if (script->data)
		return 0;

	KUNIT_EXPECT_PTR_EQ(test, toy_crtc_borrow(kms_as_mutator(composer), crtc), ERR_PTR(-EBUSY));
	KUNIT_EXPECT_PTR_EQ(test, &old->base.drm, crtc->base.drm.state);
	KUNIT_EXPECT_PTR_NE(test, (const struct toy_crtc_state *)new, old);
	KUNIT_EXPECT_EQ(test, new->gain, 7);
	new->gain = 8;
	script->data = crtc;

	return 0;
}

static void kms_test_callback_has_own_state(struct kunit *test)
{
	struct toy_script *script = test->priv;
	struct toy *toy = toy_register(test);
	struct kms_crtc_state *state;

	script->check = check_own_state;
	KUNIT_ASSERT_EQ(test, toy_turn_on(toy), 0);
	KUNIT_EXPECT_PTR_EQ(test, script->data, (void *)toy->crtc);
	state = to_kms_crtc_state(toy->crtc->base.drm.state);
	KUNIT_EXPECT_EQ(test, toy_crtc_state_try_from(state)->gain, 8);
	KUNIT_EXPECT_NULL(test, state->borrower);
	KUNIT_EXPECT_EQ(test, toy->base.faults, 0);
}

static int check_refuses(struct toy_crtc *crtc, struct toy_crtc_state *new,
			 const struct toy_crtc_state *old, struct kms_composer *composer)
{
	return -ERANGE;
}

static void kms_test_callback_refuses(struct kunit *test)
{
	struct toy_script *script = test->priv;
	struct toy *toy = toy_register(test);

	script->check = check_refuses;
	KUNIT_EXPECT_EQ(test, toy_turn_on(toy), -ERANGE);
	KUNIT_EXPECT_FALSE(test, toy->crtc->is_on);
}

static int check_keeps(struct toy_crtc *crtc, struct toy_crtc_state *new,
		       const struct toy_crtc_state *old, struct kms_composer *composer)
{
	struct toy_script *script = dev_get_drvdata(crtc->base.drm.dev->dev);
	struct toy *toy = to_toy(to_kms_device(crtc->base.drm.dev));
	struct toy_plane_state *plane = toy_plane_add(composer, toy->primary[0]);

	KUNIT_EXPECT_NOT_ERR_OR_NULL(script->test, plane);

	return 0;
}

/* The borrow ends with the callback, and the driver is told. */
static void kms_test_callback_keeps_borrow(struct kunit *test)
{
	struct toy_script *script = test->priv;
	struct toy *toy = toy_register(test);

	script->check = check_keeps;
	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, toy_turn_on(toy), 0);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
		KUNIT_EXPECT_EQ(test, toy_turn_off(toy), 0);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	KUNIT_EXPECT_TRUE(test, kms_had_fault(&toy->base, KMS_FAULT_BORROW_LEFT));
}

static int compose_keeps(struct kms_composer *composer, void *data)
{
	struct toy *toy = data;

	return PTR_ERR_OR_ZERO(toy_eink_add(composer, toy->eink));
}

static void kms_test_composer_keeps_borrow(struct kunit *test)
{
	struct toy *toy = toy_register(test);

	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, kms_commit(&toy->base, compose_keeps, toy), 0);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
}

static int compose_shows_borrowed(struct kms_composer *composer, void *data)
{
	struct kunit *test = kunit_get_current_test();
	struct toy *toy = data;

	CLASS(toy_crtc_add, crtc)(composer, toy->crtc);
	CLASS(toy_plane_add, plane)(composer, toy->primary[0]);
	CLASS(toy_panel_add, panel)(composer, toy->panel[0]);

	KUNIT_EXPECT_EQ(test, kms_plane_set_crtc(composer, &plane->base, &toy->crtc->base, NULL),
			-EBUSY);
	KUNIT_EXPECT_EQ(test, kms_connector_set_crtc(composer, &panel->base, &toy->crtc->base),
			-EBUSY);
	KUNIT_EXPECT_NULL(test, plane->base.drm.crtc);
	KUNIT_EXPECT_NULL(test, panel->base.drm.crtc);

	return STOP;
}

/* Setting a plane's CRTC changes masks in the CRTC's state, which is lent. */
static void kms_test_set_crtc_borrowed(struct kunit *test)
{
	struct toy *toy = toy_register(test);

	KUNIT_EXPECT_EQ(test, kms_commit(&toy->base, compose_shows_borrowed, toy), STOP);
}

static int compose_foreign(struct kms_composer *composer, void *data)
{
	struct toy *other = data;

	return PTR_ERR_OR_ZERO(toy_crtc_add(composer, other->crtc));
}

static void kms_test_composer_adds_foreign(struct kunit *test)
{
	struct toy *toy = toy_register(test);
	struct toy *other = toy_register(test);

	kunit_warning_suppress(test) {
		KUNIT_EXPECT_EQ(test, kms_commit(&toy->base, compose_foreign, other), -EINVAL);
		KUNIT_EXPECT_SUPPRESSED_WARNING_COUNT(test, 1);
	}
	KUNIT_EXPECT_TRUE(test, kms_had_fault(&toy->base, KMS_FAULT_FOREIGN_OBJECT));
}

static int compose_contrast(struct kms_composer *composer, void *data)
{
	struct toy *toy = data;

	CLASS(toy_eink_add, eink)(composer, toy->eink);
	if (IS_ERR(eink))
		return PTR_ERR(eink);

	eink->contrast += 5;

	return 0;
}

/* Private data: copied by default, else by the class, and destroyed with the state. */
static void kms_test_private_state(struct kunit *test)
{
	struct toy_script *script = test->priv;
	struct toy *toy = toy_register(test);
	struct kms_crtc_state *state;

	KUNIT_EXPECT_EQ(test, kms_commit(&toy->base, compose_contrast, toy), 0);
	KUNIT_EXPECT_EQ(test, kms_commit(&toy->base, compose_contrast, toy), 0);
	state = to_kms_crtc_state(toy->eink->base.drm.state);
	KUNIT_EXPECT_EQ(test, toy_eink_state_try_from(state)->contrast, 10);

	KUNIT_EXPECT_EQ(test, script->num_ballast, 0);
	KUNIT_EXPECT_EQ(test, toy_turn_on(toy), 0);
	KUNIT_EXPECT_EQ(test, script->num_ballast, 1);
	KUNIT_EXPECT_EQ(test, toy_turn_off(toy), 0);
	KUNIT_EXPECT_EQ(test, script->num_ballast, 1);
	state = to_kms_crtc_state(toy->crtc->base.drm.state);
	KUNIT_EXPECT_EQ(test, *toy_crtc_state_try_from(state)->ballast, 1);
	KUNIT_EXPECT_EQ(test, toy_crtc_state_try_from(state)->gain, 7);
}

static struct kunit_case kms_state_tests[] = {
	KUNIT_CASE(kms_test_try_from),
	KUNIT_CASE(kms_test_borrow),
	KUNIT_CASE(kms_test_for_each),
	KUNIT_CASE(kms_test_callback_has_own_state),
	KUNIT_CASE(kms_test_callback_refuses),
	KUNIT_CASE(kms_test_callback_keeps_borrow),
	KUNIT_CASE(kms_test_composer_keeps_borrow),
	KUNIT_CASE(kms_test_set_crtc_borrowed),
	KUNIT_CASE(kms_test_composer_adds_foreign),
	KUNIT_CASE(kms_test_private_state),
	{}
};

static struct kunit_suite kms_state_suite = {
	.name = "kms_state",
	.init = toy_script_init,
	.test_cases = kms_state_tests,
};

kunit_test_suite(kms_state_suite);
