// SPDX-License-Identifier: GPL-2.0
/* Tests of core/check_device: the numbers of objects of a device and their links. */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/prandom.h>
#include <linux/types.h>

#include "../../core/check/device.h"
#include "check_table.h"
#include "mismatch.h"

#define CHANGE(member, refused, neighbour) \
	CHECK_CHANGE(struct rvkms_device_request, member, refused, neighbour)
#define SET(member, value) CHECK_SET(struct rvkms_device_request, member, value)

static const struct rvkms_device_request one_crtc = {
	.num_crtcs = 1,
	.num_primaries = 1,
	.num_outputs = 1,
	.primaries[0] = 1,
	.outputs[0] = 1,
};

static const struct rvkms_device_request many_overlays = {
	.num_crtcs = 1,
	.num_primaries = 1,
	.num_overlays = 31,
	.num_outputs = 1,
	.primaries[0] = 1,
	.overlays[0 ... 31] = 1,
	.outputs[0] = 1,
};

static const struct rvkms_device_request many_connectors = {
	.num_crtcs = 1,
	.num_primaries = 1,
	.num_outputs = 32,
	.primaries[0] = 1,
	.outputs[0 ... 31] = 1,
};

static const struct rvkms_device_request two_crtcs = {
	.num_crtcs = 2,
	.num_primaries = 2,
	.num_overlays = 1,
	.num_outputs = 1,
	.primaries[0] = 1,
	.primaries[1] = 2,
	.overlays[0] = 1,
	.outputs[0] = 1,
};

static const struct rvkms_device_request with_cursor = {
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
		"no connector", RVKMS_RULE_DEVICE_OUTPUTS, -EINVAL,
		CHANGE(num_outputs, 0, 1),
	}, {
		"33 connectors", RVKMS_RULE_DEVICE_OUTPUTS, -EINVAL,
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
		"a connector without CRTC", RVKMS_RULE_DEVICE_OUTPUT_CRTCS, -EINVAL,
		CHANGE(outputs[0], 0, 1),
	}, {
		"the last connector without CRTC", RVKMS_RULE_DEVICE_OUTPUT_CRTCS, -EINVAL,
		CHANGE(num_outputs, 32, 31),
		.base = &many_connectors,
		.with = { SET(outputs[31], 0) },
	}, {
		"a connector for a CRTC too high", RVKMS_RULE_DEVICE_OUTPUT_CRTCS, -EINVAL,
		CHANGE(outputs[0], 4, 3),
		.base = &two_crtcs,
		.with = { SET(num_overlays, 0), SET(overlays[0], 0) },
	}, {
		"a connector type too high", RVKMS_RULE_DEVICE_OUTPUT_TYPE, -EINVAL,
		CHANGE(types[0], 21, 20),
	}, {
		"a connector of type writeback", RVKMS_RULE_DEVICE_OUTPUT_TYPE, -EINVAL,
		CHANGE(types[0], 18, 17),
	}, {
		"the last of 32 types too high", RVKMS_RULE_DEVICE_OUTPUT_TYPE, -EINVAL,
		CHANGE(num_outputs, 32, 31),
		.base = &many_connectors,
		.with = { SET(types[31], U32_MAX) },
	}, {
		"a CRTC without primary", RVKMS_RULE_DEVICE_PRIMARY, -EINVAL,
		CHANGE(primaries[0], 2, 3),
		.with = { SET(num_crtcs, 2) },
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

static struct rvkms_verdict ask(const void *question)
{
	return rvkms_check_device(question);
}

static const struct check_field device_fields[] = {
	CHECK_FIELD(struct rvkms_device_request, num_crtcs),
	CHECK_FIELD(struct rvkms_device_request, num_primaries),
	CHECK_FIELD(struct rvkms_device_request, num_overlays),
	CHECK_FIELD(struct rvkms_device_request, num_cursors),
	CHECK_FIELD(struct rvkms_device_request, num_outputs),
	CHECK_ARRAY(struct rvkms_device_request, primaries),
	CHECK_ARRAY(struct rvkms_device_request, overlays),
	CHECK_ARRAY(struct rvkms_device_request, cursors),
	CHECK_ARRAY(struct rvkms_device_request, outputs),
	CHECK_ARRAY(struct rvkms_device_request, types),
	CHECK_FIELD(struct rvkms_device_request, cursor_size),
};

const struct check_table rvkms_check_device_table =
	CHECK_TABLE("device", ask, device_fields, device_cases, one_crtc);

static void rvkms_test_check_device_order(struct kunit *test)
{
	struct rvkms_device_request r = { .num_overlays = 33, .num_cursors = 2 };

	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_DEVICE_CRTCS);

	r.num_crtcs = 1;
	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_DEVICE_PLANES);

	r.num_overlays = 1;
	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_DEVICE_OUTPUTS);

	r.num_outputs = 1;
	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_DEVICE_PLANE_CRTCS);

	r.overlays[0] = 1;
	r.cursors[0] = 1;
	r.cursors[1] = 1;
	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_DEVICE_OUTPUT_CRTCS);

	r.outputs[0] = 1;
	r.types[0] = 18;
	KUNIT_EXPECT_EQ(test, ask(&r).rule, RVKMS_RULE_DEVICE_OUTPUT_TYPE);

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
	struct rvkms_device_request r = {
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
 * The rules of rules.h, one CRTC at a time. The numbers of objects are never out of range here. All
 * rules apply with and without vblanks.
 */
static enum rvkms_rule reference_rule(const struct rvkms_device_request *r)
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
		return RVKMS_RULE_DEVICE_OUTPUT_CRTCS;
	if (has_bad_type(r->types, r->num_outputs))
		return RVKMS_RULE_DEVICE_OUTPUT_TYPE;
	if (lacks_primary)
		return RVKMS_RULE_DEVICE_PRIMARY;

	if (shares_cursor)
		return RVKMS_RULE_DEVICE_CURSOR;

	return r->num_cursors && r->cursor_size - 1 >= 8192 ? RVKMS_RULE_DEVICE_CURSOR_SIZE
							    : RVKMS_RULE_NONE;
}

/* Mostly for one of the CRTCs, sometimes for several, seldom for one that does not exist. */
static u32 random_mask(struct rnd_state *random, u32 num_crtcs)
{
	const u32 r = prandom_u32_state(random);

	return r % 64 ? 1u << (r >> 8) % num_crtcs : (r >> 8) % (2u << num_crtcs);
}

static struct rvkms_device_request random_request(struct rnd_state *random)
{
	const u32 num_crtcs = prandom_u32_state(random) % 4 + 1;
	struct rvkms_device_request request = {
		.num_crtcs = num_crtcs,
		.num_primaries = num_crtcs,
		.num_overlays = prandom_u32_state(random) % 4,
		.num_cursors = prandom_u32_state(random) % (num_crtcs + 1),
		.num_outputs = prandom_u32_state(random) % 4 + 1,
		.cursor_size = prandom_u32_state(random) % 8400,
		.has_vblanks = prandom_u32_state(random) % 2,
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

static void rvkms_test_check_device_random(struct kunit *test)
{
	u32 seen[RVKMS_RULE_COUNT] = {};
	struct rnd_state random;
	struct mismatch m = {};

	prandom_seed_state(&random, 32);
	for (u32 i = 0; i < 50000; i++) {
		const struct rvkms_device_request request = random_request(&random);
		const enum rvkms_rule expected = reference_rule(&request);

		seen[expected]++;
		mismatch_note(&m, ask(&request).rule != expected, i);
	}

	EXPECT_NO_MISMATCH(test, &m, 50000);
	for (u32 i = RVKMS_RULE_DEVICE_PLANE_CRTCS; i <= RVKMS_RULE_DEVICE_CURSOR_SIZE; i++)
		KUNIT_EXPECT_GE_MSG(test, seen[i], 100, "%s", rvkms_rule_name(i));
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
	struct rvkms_device_request request = { .num_outputs = param->num_outputs };

	for (u32 i = 0; i < param->num_outputs; i++)
		request.outputs[i] = param->is_each_its_own ? 1u << i : param->crtcs;

	KUNIT_EXPECT_EQ(test, rvkms_device_suits_clients(&request), param->expected);
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
