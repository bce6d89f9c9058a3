// SPDX-License-Identifier: GPL-2.0
/* Tests of core/check_device: the numbers of objects of a device and their links. */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/overflow.h>
#include <linux/prandom.h>
#include <linux/types.h>

#include "../../core/check/device.h"
#include "check_table.h"
#include "mismatch.h"

/* The objects of a device, and their links; connector n has encoder n. */
struct device_question {
	u32 num_crtcs;
	u32 num_primaries;
	u32 num_overlays;
	u32 num_cursors;
	u32 num_outputs;
	u32 primaries[RVKMS_MAX_OBJECTS];
	u32 overlays[RVKMS_MAX_OBJECTS];
	u32 cursors[RVKMS_MAX_OBJECTS];
	u32 outputs[RVKMS_MAX_OBJECTS];
	u32 types[RVKMS_MAX_OBJECTS];
	u32 cursor_size;
};

#define CHANGE(member, refused, neighbour) \
	CHECK_CHANGE(struct device_question, member, refused, neighbour)
#define SET(member, value) CHECK_SET(struct device_question, member, value)

static const struct device_question one_crtc = {
	.num_crtcs = 1,
	.num_primaries = 1,
	.num_outputs = 1,
	.primaries[0] = 1,
	.outputs[0] = 1,
};

static const struct device_question many_overlays = {
	.num_crtcs = 1,
	.num_primaries = 1,
	.num_overlays = 31,
	.num_outputs = 1,
	.primaries[0] = 1,
	.overlays[0 ... 31] = 1,
	.outputs[0] = 1,
};

static const struct device_question many_connectors = {
	.num_crtcs = 1,
	.num_primaries = 1,
	.num_outputs = 32,
	.primaries[0] = 1,
	.outputs[0 ... 31] = 1,
};

static const struct device_question two_crtcs = {
	.num_crtcs = 2,
	.num_primaries = 2,
	.num_overlays = 1,
	.num_outputs = 1,
	.primaries[0] = 1,
	.primaries[1] = 2,
	.overlays[0] = 1,
	.outputs[0] = 1,
};

static const struct device_question with_cursor = {
	.num_crtcs = 1,
	.num_primaries = 1,
	.num_cursors = 1,
	.num_outputs = 1,
	.primaries[0] = 1,
	.cursors[0] = 1,
	.outputs[0] = 1,
	.cursor_size = 8192,
};

static const struct check_row device_cases[] = {
	{
		"no CRTC", RVKMS_RULE_DEVICE_CRTCS, -EINVAL,
		CHANGE(num_crtcs, 0, 1),
	}, {
		"33 CRTCs", RVKMS_RULE_DEVICE_CRTCS, -EINVAL,
		CHANGE(num_crtcs, 33, 32),
		.with = { SET(primaries[0], U32_MAX) },
		.neighbour_rule = RVKMS_RULE_DEVICE_SHARED_PLANE,
		.neighbour_err = -EINVAL,
	}, {
		"33 planes, many overlays", RVKMS_RULE_DEVICE_PLANES, -EINVAL,
		CHANGE(num_overlays, 32, 31),
		.base = &many_overlays,
	}, {
		"33 planes with a cursor", RVKMS_RULE_DEVICE_PLANES, -EINVAL,
		CHANGE(num_cursors, 1, 0),
		.base = &many_overlays,
		.with = { SET(overlays[31], 0), SET(cursors[0], 1) },
	}, {
		"33 planes, of two types", RVKMS_RULE_DEVICE_PLANES, -EINVAL,
		CHANGE(num_overlays, 31, 30),
		.base = &many_overlays,
		.with = { SET(num_crtcs, 2), SET(num_primaries, 2), SET(overlays[31], 0),
			  SET(primaries[1], 2) },
	}, {
		"no connector", RVKMS_RULE_DEVICE_ENCODERS, -EINVAL,
		CHANGE(num_outputs, 0, 1),
	}, {
		"33 connectors", RVKMS_RULE_DEVICE_ENCODERS, -EINVAL,
		CHANGE(num_outputs, 33, 32),
		.base = &many_connectors,
	}, {
		"a primary plane without CRTC", RVKMS_RULE_DEVICE_PLANE_CRTCS, -EINVAL,
		CHANGE(primaries[0], 0, 1),
	}, {
		"an overlay without CRTC", RVKMS_RULE_DEVICE_PLANE_CRTCS, -EINVAL,
		CHANGE(overlays[0], 0, 1),
		.base = &two_crtcs,
	}, {
		"the last overlay without CRTC", RVKMS_RULE_DEVICE_PLANE_CRTCS, -EINVAL,
		CHANGE(overlays[1], 0, 1),
		.with = { SET(num_overlays, 2), SET(overlays[0], 1) },
	}, {
		"an overlay for a CRTC too high", RVKMS_RULE_DEVICE_PLANE_CRTCS, -EINVAL,
		CHANGE(overlays[0], 4, 3),
		.base = &two_crtcs,
	}, {
		"a cursor without CRTC", RVKMS_RULE_DEVICE_PLANE_CRTCS, -EINVAL,
		CHANGE(cursors[0], 0, 1),
		.base = &with_cursor,
		.with = { SET(cursor_size, 1) },
	}, {
		"a cursor for a CRTC too high", RVKMS_RULE_DEVICE_PLANE_CRTCS, -EINVAL,
		CHANGE(cursors[0], 2, 1),
		.base = &with_cursor,
		.with = { SET(cursor_size, 1) },
	}, {
		"a connector without CRTC", RVKMS_RULE_DEVICE_ENCODER_CRTCS, -EINVAL,
		CHANGE(outputs[0], 0, 1),
	}, {
		"the last connector without CRTC", RVKMS_RULE_DEVICE_ENCODER_CRTCS, -EINVAL,
		CHANGE(num_outputs, 32, 31),
		.base = &many_connectors,
		.with = { SET(outputs[31], 0) },
	}, {
		"a connector for a CRTC too high", RVKMS_RULE_DEVICE_ENCODER_CRTCS, -EINVAL,
		CHANGE(outputs[0], 4, 3),
		.base = &two_crtcs,
		.with = { SET(num_overlays, 0), SET(overlays[0], 0) },
	}, {
		"a connector type too high", RVKMS_RULE_DEVICE_CONNECTOR_TYPE, -EINVAL,
		CHANGE(types[0], 21, 20),
	}, {
		"a connector of type writeback", RVKMS_RULE_DEVICE_CONNECTOR_TYPE, -EINVAL,
		CHANGE(types[0], 18, 17),
	}, {
		"the last of 32 types too high", RVKMS_RULE_DEVICE_CONNECTOR_TYPE, -EINVAL,
		CHANGE(num_outputs, 32, 31),
		.base = &many_connectors,
		.with = { SET(types[31], U32_MAX) },
	}, {
		"a CRTC without primary", RVKMS_RULE_DEVICE_PRIMARY, -EINVAL,
		CHANGE(num_crtcs, 2, 1),
	}, {
		"a primary plane for two CRTCs", RVKMS_RULE_DEVICE_SHARED_PLANE, -EINVAL,
		CHANGE(primaries[0], 3, 2),
		.with = { SET(num_crtcs, 2) },
		.neighbour_rule = RVKMS_RULE_DEVICE_PRIMARY,
		.neighbour_err = -EINVAL,
	}, {
		"a cursor for two CRTCs", RVKMS_RULE_DEVICE_SHARED_PLANE, -EINVAL,
		CHANGE(cursors[0], 3, 2),
		.base = &two_crtcs,
		.with = { SET(num_overlays, 0), SET(overlays[0], 0), SET(num_cursors, 1),
			  SET(cursor_size, 1) },
	}, {
		"no primary plane", RVKMS_RULE_DEVICE_PRIMARY, -EINVAL,
		CHANGE(num_primaries, 0, 1),
	}, {
		"two primary planes", RVKMS_RULE_DEVICE_PRIMARY, -EINVAL,
		CHANGE(num_primaries, 2, 1),
		.with = { SET(primaries[1], 1) },
	}, {
		"two primary planes that share", RVKMS_RULE_DEVICE_PRIMARY, -EINVAL,
		CHANGE(primaries[1], 3, 2),
		.with = { SET(num_crtcs, 2), SET(num_primaries, 2) },
	}, {
		"two cursors", RVKMS_RULE_DEVICE_CURSOR, -EINVAL,
		CHANGE(num_cursors, 2, 1),
		.base = &with_cursor,
		.with = { SET(cursor_size, 64), SET(cursors[1], 1) },
	}, {
		"a cursor for two, and one more", RVKMS_RULE_DEVICE_CURSOR, -EINVAL,
		CHANGE(cursors[1], 3, 2),
		.base = &two_crtcs,
		.with = { SET(num_overlays, 0), SET(overlays[0], 0), SET(num_cursors, 2),
			  SET(cursors[0], 1), SET(cursor_size, 64) },
	}, {
		"cursors of no size", RVKMS_RULE_DEVICE_CURSOR_SIZE, -EINVAL,
		CHANGE(num_cursors, 1, 0),
		.with = { SET(cursors[0], 1) },
	}, {
		"cursors too large", RVKMS_RULE_DEVICE_CURSOR_SIZE, -EINVAL,
		CHANGE(cursor_size, 8193, 8192),
		.base = &with_cursor,
	},
};

/* Too large for the stack. */
static struct rvkms_device_desc asked;

static void add_planes(enum rvkms_plane_kind kind, u32 count, const u32 *crtcs)
{
	const struct rvkms_plane_desc plane = rvkms_plane_describe(kind);

	for (u32 i = 0; i < count && i < RVKMS_MAX_OBJECTS; i++) {
		if (asked.num_planes + i >= RVKMS_MAX_OBJECTS)
			break;
		asked.planes[asked.num_planes + i] = plane;
		asked.planes[asked.num_planes + i].crtcs = crtcs[i];
	}
	if (check_add_overflow(asked.num_planes, count, &asked.num_planes))
		asked.num_planes = U32_MAX;
}

/* A CRTC that no encoder is for has a writeback connector. */
static void add_outputs(const struct device_question *question)
{
	u32 used = 0;

	asked.num_encoders = question->num_outputs;
	asked.num_connectors = question->num_outputs;
	for (u32 i = 0; i < RVKMS_MAX_OBJECTS; i++) {
		asked.encoders[i].crtcs = question->outputs[i];
		asked.connectors[i] = rvkms_connector_describe();
		asked.connectors[i].encoders = 1u << i;
		asked.connectors[i].type = question->types[i];
		if (i < question->num_outputs)
			used |= question->outputs[i];
	}
	for (u32 i = 0; i < RVKMS_MAX_OBJECTS; i++)
		asked.crtcs[i].has_writeback = !(used >> i & 1);
}

static struct rvkms_verdict ask(const void *asks)
{
	const struct device_question *question = asks;

	rvkms_device_describe(&asked);
	asked.num_crtcs = question->num_crtcs;
	asked.limits.cursor_width = question->cursor_size;
	asked.limits.cursor_height = question->cursor_size;
	add_planes(RVKMS_PLANE_PRIMARY, question->num_primaries, question->primaries);
	add_planes(RVKMS_PLANE_OVERLAY, question->num_overlays, question->overlays);
	add_planes(RVKMS_PLANE_CURSOR, question->num_cursors, question->cursors);
	add_outputs(question);

	return rvkms_check_device(&asked);
}

static const struct check_field device_fields[] = {
	CHECK_FIELD(struct device_question, num_crtcs),
	CHECK_FIELD(struct device_question, num_primaries),
	CHECK_FIELD(struct device_question, num_overlays),
	CHECK_FIELD(struct device_question, num_cursors),
	CHECK_FIELD(struct device_question, num_outputs),
	CHECK_ARRAY(struct device_question, primaries),
	CHECK_ARRAY(struct device_question, overlays),
	CHECK_ARRAY(struct device_question, cursors),
	CHECK_ARRAY(struct device_question, outputs),
	CHECK_ARRAY(struct device_question, types),
	CHECK_FIELD(struct device_question, cursor_size),
};

const struct check_table rvkms_check_device_table =
	CHECK_TABLE("device", ask, device_fields, device_cases, one_crtc);

static void rvkms_test_check_device_order(struct kunit *test)
{
	struct device_question r = { .num_overlays = 33, .num_cursors = 2 };

	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_DEVICE_CRTCS);

	r.num_crtcs = 1;
	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_DEVICE_PLANES);

	r.num_overlays = 1;
	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_DEVICE_ENCODERS);

	r.num_outputs = 1;
	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_DEVICE_PLANE_CRTCS);

	r.overlays[0] = 1;
	r.cursors[0] = 1;
	r.cursors[1] = 1;
	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_DEVICE_ENCODER_CRTCS);

	r.outputs[0] = 1;
	r.types[0] = 18;
	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_DEVICE_CONNECTOR_TYPE);

	r.types[0] = 0;
	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_DEVICE_PRIMARY);

	r.num_primaries = 1;
	r.primaries[0] = 1;
	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_DEVICE_CURSOR);

	r.num_cursors = 1;
	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_DEVICE_CURSOR_SIZE);

	r.cursor_size = 64;
	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_NONE);
}

/* A sum that exceeds 32 bits must not wrap to a small one. */
static void rvkms_test_check_device_hostile(struct kunit *test)
{
	struct device_question r = {
		.num_crtcs = 1,
		.num_primaries = 0x80000000,
		.num_overlays = 0x80000000,
		.num_cursors = 1,
		.num_outputs = 1,
	};

	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_DEVICE_PLANES);

	r.num_crtcs = U32_MAX;
	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_DEVICE_CRTCS);
}

static bool has_shared(const u32 *masks, u32 count)
{
	for (u32 i = 0; i < count; i++) {
		if (hweight32(masks[i]) > 1)
			return true;
	}

	return false;
}

static u32 planes_of(const u32 *masks, u32 count, u32 crtc)
{
	u32 planes = 0;

	for (u32 i = 0; i < count; i++)
		planes += masks[i] >> crtc & 1;

	return planes;
}

static bool has_bad_mask(const u32 *masks, u32 count, u32 num_crtcs)
{
	for (u32 i = 0; i < count; i++) {
		if (masks[i] == 0 || masks[i] >= 1ull << num_crtcs)
			return true;
	}

	return false;
}

/* Unknown, VGA, DVI-I to Virtual, DSI, DPI, SPI and USB. */
static bool has_bad_type(const u32 *types, u32 count)
{
	for (u32 i = 0; i < count; i++) {
		if (types[i] >= 32 || !(0x1bffff >> types[i] & 1))
			return true;
	}

	return false;
}

/*
 * The rules of rules.h, one CRTC at a time. The numbers of objects are never out of range here.
 */
static enum rvkms_rule reference_rule(const struct device_question *r)
{
	bool lacks_primary = false, shares_cursor = false;

	for (u32 crtc = 0; crtc < r->num_crtcs; crtc++) {
		lacks_primary |= planes_of(r->primaries, r->num_primaries, crtc) != 1;
		shares_cursor |= planes_of(r->cursors, r->num_cursors, crtc) > 1;
	}
	if (has_bad_mask(r->primaries, r->num_primaries, r->num_crtcs) ||
	    has_bad_mask(r->overlays, r->num_overlays, r->num_crtcs) ||
	    has_bad_mask(r->cursors, r->num_cursors, r->num_crtcs))
		return RVKMS_RULE_DEVICE_PLANE_CRTCS;
	if (has_bad_mask(r->outputs, r->num_outputs, r->num_crtcs))
		return RVKMS_RULE_DEVICE_ENCODER_CRTCS;
	if (has_bad_type(r->types, r->num_outputs))
		return RVKMS_RULE_DEVICE_CONNECTOR_TYPE;
	if (lacks_primary)
		return RVKMS_RULE_DEVICE_PRIMARY;

	if (shares_cursor)
		return RVKMS_RULE_DEVICE_CURSOR;

	if (has_shared(r->primaries, r->num_primaries) || has_shared(r->cursors, r->num_cursors))
		return RVKMS_RULE_DEVICE_SHARED_PLANE;

	return r->num_cursors && r->cursor_size - 1 >= 8192 ? RVKMS_RULE_DEVICE_CURSOR_SIZE
							    : RVKMS_RULE_NONE;
}

/* Mostly for one of the CRTCs, sometimes for several, seldom for one that does not exist. */
static u32 random_mask(struct rnd_state *random, u32 num_crtcs)
{
	const u32 r = prandom_u32_state(random);

	return r % 64 ? 1u << (r >> 8) % num_crtcs : (r >> 8) % (2u << num_crtcs);
}

static struct device_question random_request(struct rnd_state *random)
{
	const u32 num_crtcs = prandom_u32_state(random) % 4 + 1;
	struct device_question request = {
		.num_crtcs = num_crtcs,
		.num_primaries = num_crtcs,
		.num_overlays = prandom_u32_state(random) % 4,
		.num_cursors = prandom_u32_state(random) % (num_crtcs + 1),
		.num_outputs = prandom_u32_state(random) % 4 + 1,
		.cursor_size = prandom_u32_state(random) % 8400,
	};

	for (u32 i = 0; i < 4; i++) {
		request.primaries[i] = prandom_u32_state(random) % 4 ?
				       1u << i : random_mask(random, num_crtcs);
		request.overlays[i] = random_mask(random, num_crtcs);
		request.cursors[i] = random_mask(random, num_crtcs);
		request.outputs[i] = random_mask(random, num_crtcs);
		request.types[i] = prandom_u32_state(random) % 8 ?
				   prandom_u32_state(random) % 18 : prandom_u32_state(random) % 64;
	}

	return request;
}

static const enum rvkms_rule link_rules[] = {
	RVKMS_RULE_DEVICE_PLANE_CRTCS,
	RVKMS_RULE_DEVICE_ENCODER_CRTCS,
	RVKMS_RULE_DEVICE_CONNECTOR_TYPE,
	RVKMS_RULE_DEVICE_PRIMARY,
	RVKMS_RULE_DEVICE_CURSOR,
	RVKMS_RULE_DEVICE_SHARED_PLANE,
	RVKMS_RULE_DEVICE_CURSOR_SIZE,
};

static void rvkms_test_check_device_random(struct kunit *test)
{
	u32 seen[RVKMS_RULE_COUNT] = {};
	struct rnd_state random;
	struct mismatch m = {};

	prandom_seed_state(&random, 32);
	for (u32 i = 0; i < 50000; i++) {
		const struct device_question request = random_request(&random);
		const enum rvkms_rule expected = reference_rule(&request);

		seen[expected]++;
		mismatch_note(&m, ask(&request).rule != expected, i);
	}

	EXPECT_NO_MISMATCH(test, &m, 50000);
	for (u32 i = 0; i < ARRAY_SIZE(link_rules); i++)
		KUNIT_EXPECT_GE_MSG(test, seen[link_rules[i]], 10, "%s",
				    rvkms_rule_name(link_rules[i]));
	KUNIT_EXPECT_GE(test, seen[RVKMS_RULE_NONE], 500);
}

struct clients_case {
	const char *desc;
	u32 num_outputs;
	u32 crtcs;
	bool is_each_its_own;
	bool expected;
};

static const struct clients_case clients_cases[] = {
	{ "1 connector, 1 CRTC", 1, 0x1, false, true },
	{ "2 connectors, 2 CRTCs", 2, 0x3, false, true },
	{ "7 connectors, 7 CRTCs: 8 ^ 7", 7, 0x7f, false, true },
	{ "7 connectors, 8 CRTCs: 9 ^ 7", 7, 0xff, false, false },
	{ "8 connectors, 7 CRTCs: 8 ^ 8", 8, 0x7f, false, false },
	{ "16 connectors, 16 CRTCs", 16, 0xffff, false, false },
	{ "32 connectors, 32 CRTCs, overflows 64 bits", 32, 0xffffffff, false, false },
	{ "21 connectors, 1 CRTC: 2 ^ 21", 21, 0x1, false, true },
	{ "22 connectors, 1 CRTC", 22, 0x1, false, false },
	{ "16 connectors, a CRTC for each", 16, 0, true, true },
};

KUNIT_ARRAY_PARAM_DESC(clients, clients_cases, desc);

/*
 * On a device with many connectors, the console's search for CRTCs once took practically forever.
 */
static void rvkms_test_device_suits_clients(struct kunit *test)
{
	const struct clients_case *param = test->param_value;

	rvkms_device_describe_plain(&asked, 1, 0, param->num_outputs);
	for (u32 i = 0; i < param->num_outputs; i++)
		asked.encoders[i].crtcs = param->is_each_its_own ? 1u << i : param->crtcs;

	KUNIT_EXPECT_EQ(test, rvkms_device_suits_clients(&asked), param->expected);
}

static struct kunit_case rvkms_check_device_tests[] = {
	KUNIT_CASE(rvkms_test_check_device_order),
	KUNIT_CASE(rvkms_test_check_device_hostile),
	KUNIT_CASE(rvkms_test_check_device_random),
	KUNIT_CASE_PARAM(rvkms_test_device_suits_clients, clients_gen_params),
	{ }
};

static struct kunit_suite rvkms_check_device_suite = {
	.name = "rvkms_check_device",
	.test_cases = rvkms_check_device_tests,
};

kunit_test_suite(rvkms_check_device_suite);
