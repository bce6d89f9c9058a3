// SPDX-License-Identifier: GPL-2.0
/* Tests of core/check_plane: framebuffers, formats and placements of planes. */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/prandom.h>
#include <linux/string.h>
#include <linux/types.h>

#include <uapi/drm/drm_fourcc.h>
#include <uapi/drm/drm_mode.h>

#include "../../core/check/plane.h"
#include "../../core/plane/geometry.h"
#include "check_table.h"
#include "mismatch.h"

#define PIXELS(n) ((u32)(n) << 16)
#define R0 DRM_MODE_ROTATE_0
#define R90 DRM_MODE_ROTATE_90
#define R270 DRM_MODE_ROTATE_270

/*
 * The limits and the request of a row. All limits but those of cursors are zero, so scaling is not
 * allowed.
 */
struct question {
	u32 cursor_width;
	u32 cursor_height;
	struct rvkms_plane_request request;
};

static struct rvkms_verdict ask(const struct question *question)
{
	const struct rvkms_device_limits limits = {
		.max_width = 4096,
		.max_height = 2160,
		.cursor_width = question->cursor_width,
		.cursor_height = question->cursor_height,
		.min_scale = 65536,
		.max_scale = 65536,
	};

	return rvkms_check_plane(&limits, &question->request);
}

#define XRGB DRM_FORMAT_XRGB8888
#define ARGB DRM_FORMAT_ARGB8888

#define CHANGE(member, refused, neighbour) \
	CHECK_CHANGE(struct question, member, refused, neighbour)
#define SET(member, value) CHECK_SET(struct question, member, value)

static const struct question shown = {
	.cursor_width = 64,
	.cursor_height = 64,
	.request.has_crtc = true,
	.request.has_fb = true,
	.request.fourcc = XRGB,
	.request.fb_width = 8,
	.request.fb_height = 6,
	.request.placement.src_w = PIXELS(8),
	.request.placement.src_h = PIXELS(6),
	.request.placement.dst_w = 8,
	.request.placement.dst_h = 6,
	.request.placement.rotation = R0,
};

static const struct question cursor = {
	.cursor_width = 64,
	.cursor_height = 64,
	.request.is_cursor = true,
	.request.has_crtc = true,
	.request.has_fb = true,
	.request.fourcc = ARGB,
	.request.fb_width = 64,
	.request.fb_height = 64,
	.request.placement.src_w = PIXELS(64),
	.request.placement.src_h = PIXELS(64),
	.request.placement.dst_w = 64,
	.request.placement.dst_h = 64,
	.request.placement.rotation = R0,
};

static const struct question nothing = {
	.cursor_width = 64,
	.cursor_height = 64,
};

static const struct check_row plane_cases[] = {
	{
		"framebuffer, no CRTC", RVKMS_RULE_PLANE_FB_WITHOUT_CRTC, -EINVAL,
		CHANGE(request.has_crtc, false, true),
	}, {
		"framebuffer, no CRTC; neither", RVKMS_RULE_PLANE_FB_WITHOUT_CRTC, -EINVAL,
		CHANGE(request.has_fb, true, false),
		.with = { SET(request.has_crtc, false) },
	}, {
		"CRTC, no framebuffer", RVKMS_RULE_PLANE_CRTC_WITHOUT_FB, -EINVAL,
		CHANGE(request.has_fb, false, true),
	}, {
		"CRTC, no framebuffer; neither", RVKMS_RULE_PLANE_CRTC_WITHOUT_FB, -EINVAL,
		CHANGE(request.has_crtc, true, false),
		.base = &nothing,
	}, {
		"above XRGB8888", RVKMS_RULE_PLANE_FORMAT, -EINVAL,
		CHANGE(request.fourcc, XRGB + 1, XRGB),
	}, {
		"below ARGB8888", RVKMS_RULE_PLANE_FORMAT, -EINVAL,
		CHANGE(request.fourcc, ARGB - 1, ARGB),
	}, {
		"lowest modifier bit", RVKMS_RULE_PLANE_MODIFIER, -EINVAL,
		CHANGE(request.modifier, 1, 0),
	}, {
		"half a group of columns", RVKMS_RULE_PLANE_GROUPS, -EINVAL,
		CHANGE(request.fb_width, 9, 8),
		.with = { SET(request.fourcc, DRM_FORMAT_YUYV) },
	}, {
		"half a group of rows", RVKMS_RULE_PLANE_GROUPS, -EINVAL,
		CHANGE(request.fb_height, 7, 6),
		.with = { SET(request.fourcc, DRM_FORMAT_X0L2) },
	}, {
		"no angle", RVKMS_RULE_PLANE_ROTATION, -EINVAL,
		CHANGE(request.placement.rotation, 0, R0),
	}, {
		"two angles", RVKMS_RULE_PLANE_ROTATION, -EINVAL,
		CHANGE(request.placement.rotation, R0 | R90, R90),
		.with = { SET(request.fb_height, 8), SET(request.placement.src_h, PIXELS(8)),
			  SET(request.placement.dst_h, 8) },
	}, {
		"rotated, size not swapped", RVKMS_RULE_PLANE_SCALING, -ERANGE,
		CHANGE(request.placement.rotation, R90, R0),
	}, {
		"rotated, a line too high", RVKMS_RULE_PLANE_SCALING, -ERANGE,
		CHANGE(request.placement.dst_h, 9, 8),
		.with = { SET(request.placement.dst_w, 6), SET(request.placement.rotation, R270) },
	}, {
		"source a fraction too far right", RVKMS_RULE_PLANE_SOURCE_BOUNDS, -ENOSPC,
		CHANGE(request.placement.src_x, PIXELS(4) + 1, PIXELS(4)),
		.with = { SET(request.placement.src_w, PIXELS(4)),
			  SET(request.placement.dst_w, 4) },
	}, {
		"source a fraction too low", RVKMS_RULE_PLANE_SOURCE_BOUNDS, -ENOSPC,
		CHANGE(request.placement.src_y, PIXELS(2) + 1, PIXELS(2)),
		.with = { SET(request.placement.src_h, PIXELS(4)),
			  SET(request.placement.dst_h, 4) },
	}, {
		"source a fraction too wide", RVKMS_RULE_PLANE_SOURCE_BOUNDS, -ENOSPC,
		CHANGE(request.placement.src_w, PIXELS(8) + 1, PIXELS(8)),
	}, {
		"source a fraction too high", RVKMS_RULE_PLANE_SOURCE_BOUNDS, -ENOSPC,
		CHANGE(request.placement.src_h, PIXELS(6) + 1, PIXELS(6)),
	}, {
		"framebuffer a column short", RVKMS_RULE_PLANE_SOURCE_BOUNDS, -ENOSPC,
		CHANGE(request.fb_width, 7, 8),
	}, {
		"framebuffer a row short", RVKMS_RULE_PLANE_SOURCE_BOUNDS, -ENOSPC,
		CHANGE(request.fb_height, 5, 6),
	}, {
		"source wraps horizontally", RVKMS_RULE_PLANE_SOURCE_BOUNDS, -ENOSPC,
		CHANGE(request.fb_width, 65535, 65536),
		.with = { SET(request.placement.src_w, PIXELS(1)),
			  SET(request.placement.dst_w, 1),
			  SET(request.placement.src_x, PIXELS(65535)) },
	}, {
		"source wraps vertically", RVKMS_RULE_PLANE_SOURCE_BOUNDS, -ENOSPC,
		CHANGE(request.fb_height, 65535, 65536),
		.with = { SET(request.placement.src_h, PIXELS(1)),
			  SET(request.placement.dst_h, 1),
			  SET(request.placement.src_y, PIXELS(65535)) },
	}, {
		"right edge past INT_MAX", RVKMS_RULE_PLANE_DEST_RANGE, -ERANGE,
		CHANGE(request.placement.dst_x, INT_MAX - 7, INT_MAX - 8),
	}, {
		"bottom edge past INT_MAX", RVKMS_RULE_PLANE_DEST_RANGE, -ERANGE,
		CHANGE(request.placement.dst_y, INT_MAX - 5, INT_MAX - 6),
	}, {
		"width past INT_MAX", RVKMS_RULE_PLANE_DEST_RANGE, -ERANGE,
		CHANGE(request.placement.dst_w, 0x80000000, 0x7fffffff),
		.with = { SET(request.placement.dst_x, INT_MIN) },
		.neighbour_rule = RVKMS_RULE_PLANE_SCALING, .neighbour_err = -ERANGE,
	}, {
		"height past INT_MAX", RVKMS_RULE_PLANE_DEST_RANGE, -ERANGE,
		CHANGE(request.placement.dst_h, 0x80000000, 0x7fffffff),
		.with = { SET(request.placement.dst_y, INT_MIN) },
		.neighbour_rule = RVKMS_RULE_PLANE_SCALING, .neighbour_err = -ERANGE,
	}, {
		"source a fraction narrow", RVKMS_RULE_PLANE_SCALING, -ERANGE,
		CHANGE(request.placement.src_w, PIXELS(8) - 1, PIXELS(8)),
	}, {
		"source a fraction flat", RVKMS_RULE_PLANE_SCALING, -ERANGE,
		CHANGE(request.placement.src_h, PIXELS(6) - 1, PIXELS(6)),
	}, {
		"a column narrower", RVKMS_RULE_PLANE_SCALING, -ERANGE,
		CHANGE(request.placement.dst_w, 7, 8),
	}, {
		"a line higher", RVKMS_RULE_PLANE_SCALING, -ERANGE,
		CHANGE(request.placement.dst_h, 7, 6),
	}, {
		"cursor wider than the limit", RVKMS_RULE_PLANE_CURSOR_SIZE, -EINVAL,
		CHANGE(cursor_width, 63, 64),
		.base = &cursor,
	}, {
		"cursor higher than the limit", RVKMS_RULE_PLANE_CURSOR_SIZE, -EINVAL,
		CHANGE(cursor_height, 63, 64),
		.base = &cursor,
	}, {
		"large, but not a cursor", RVKMS_RULE_PLANE_CURSOR_SIZE, -EINVAL,
		CHANGE(request.is_cursor, true, false),
		.base = &cursor,
		.with = { SET(request.fb_width, 65), SET(request.fb_height, 65),
			  SET(request.placement.src_w, PIXELS(65)),
			  SET(request.placement.src_h, PIXELS(65)),
			  SET(request.placement.dst_w, 65), SET(request.placement.dst_h, 65) },
	},
};

static struct rvkms_verdict ask_any(const void *question)
{
	return ask(question);
}

static const struct check_field plane_fields[] = {
	CHECK_FIELD(struct question, cursor_width),
	CHECK_FIELD(struct question, cursor_height),
	CHECK_FIELD(struct question, request.is_cursor),
	CHECK_FIELD(struct question, request.has_crtc),
	CHECK_FIELD(struct question, request.has_fb),
	CHECK_FIELD(struct question, request.fourcc),
	CHECK_FIELD(struct question, request.modifier),
	CHECK_FIELD(struct question, request.fb_width),
	CHECK_FIELD(struct question, request.fb_height),
	CHECK_FIELD(struct question, request.placement.src_x),
	CHECK_FIELD(struct question, request.placement.src_y),
	CHECK_FIELD(struct question, request.placement.src_w),
	CHECK_FIELD(struct question, request.placement.src_h),
	CHECK_FIELD(struct question, request.placement.dst_x),
	CHECK_FIELD(struct question, request.placement.dst_y),
	CHECK_FIELD(struct question, request.placement.dst_w),
	CHECK_FIELD(struct question, request.placement.dst_h),
	CHECK_FIELD(struct question, request.placement.rotation),
};

const struct check_table rvkms_check_plane_table =
	CHECK_TABLE("plane", ask_any, plane_fields, plane_cases, shown);

struct accepted_case {
	const char *desc;
	struct rvkms_plane_request request;
};

static const struct accepted_case accepted_cases[] = {
	{ "full screen",
	  { false, true, true, XRGB, 0, 1920, 1080,
	    { 0, 0, PIXELS(1920), PIXELS(1080), 0, 0, 1920, 1080, R0 } } },
	{ "part of a framebuffer",
	  { false, true, true, ARGB, 0, 1920, 1080,
	    { PIXELS(1900), PIXELS(1000), PIXELS(20), PIXELS(80), 7, 9, 20, 80, R0 } } },
	{ "source between two pixels",
	  { false, true, true, XRGB, 0, 9, 7,
	    { 0x8000, 0xffff, PIXELS(8), PIXELS(6), 0, 0, 8, 6, R0 } } },
	{ "beyond the active area",
	  { false, true, true, XRGB, 0, 8, 6,
	    { 0, 0, PIXELS(8), PIXELS(6), 5000, -6, 8, 6, R0 } } },
	{ "farthest left and up",
	  { false, true, true, XRGB, 0, 8, 6,
	    { 0, 0, PIXELS(8), PIXELS(6), INT_MIN, INT_MIN, 8, 6, R0 } } },
	{ "no size", { false, true, true, XRGB, 0, 8, 6, { .rotation = R0 } } },
	{ "no size, at the far corner",
	  { false, true, true, XRGB, 0, 8, 6,
	    { PIXELS(8), PIXELS(6), 0, 0, INT_MAX, INT_MAX, 0, 0, R0 } } },
	{ "largest framebuffer",
	  { false, true, true, XRGB, 0, U32_MAX, U32_MAX,
	    { PIXELS(65535), PIXELS(65535), PIXELS(65535), PIXELS(65535), 0, 0, 65535, 65535,
	      R0 } } },
	{ "cursor as large as the limits",
	  { true, true, true, ARGB, 0, 64, 48,
	    { 0, 0, PIXELS(64), PIXELS(48), 0, 0, 64, 48, R0 } } },
	{ "off, hostile otherwise",
	  { true, false, false, U32_MAX, U64_MAX, 0, 0,
	    { U32_MAX, U32_MAX, U32_MAX, U32_MAX, INT_MAX, INT_MAX, U32_MAX, U32_MAX,
	      R0 } } },
};

KUNIT_ARRAY_PARAM_DESC(accepted, accepted_cases, desc);

static void rvkms_test_check_plane_accepted(struct kunit *test)
{
	const struct accepted_case *row = test->param_value;
	const struct question question = { 64, 48, row->request };
	const struct rvkms_verdict verdict = ask(&question);

	KUNIT_EXPECT_EQ(test, verdict.err, 0);
	KUNIT_EXPECT_STREQ(test, rvkms_rule_name(verdict.rule), "NONE");
}

struct modifier_case {
	const char *desc;
	u64 modifier;
};

static const struct modifier_case modifier_cases[] = {
	{ "bit 31", 1ull << 31 },
	{ "bit 32", 1ull << 32 },
	{ "highest bit", 1ull << 63 },
	{ "invalid", DRM_FORMAT_MOD_INVALID },
	{ "Intel X tiled", I915_FORMAT_MOD_X_TILED },
	{ "all ones", U64_MAX },
};

KUNIT_ARRAY_PARAM_DESC(modifier, modifier_cases, desc);

static void rvkms_test_check_plane_modifier(struct kunit *test)
{
	const struct modifier_case *row = test->param_value;
	const struct question question = {
		64, 64, { false, true, true, XRGB, row->modifier, 8, 6,
			  { 0, 0, PIXELS(8), PIXELS(6), 0, 0, 8, 6, R0 } },
	};

	KUNIT_EXPECT_EQ(test, ask(&question).rule, RVKMS_RULE_PLANE_MODIFIER);
}

/*
 * A plane that violates all rules, corrected one rule at a time: the verdict names the first in
 * rules.h.
 */
static void rvkms_test_check_plane_order(struct kunit *test)
{
	struct question q = { 8, 8, { .is_cursor = true, .has_fb = true, .modifier = 1 } };
	struct rvkms_placement *at = &q.request.placement;

	*at = (struct rvkms_placement){ 1, 1, PIXELS(9), PIXELS(9), INT_MAX, INT_MAX, 10, 10, 0 };
	q.request.fb_width = 1;

	KUNIT_EXPECT_EQ(test, ask(&q).rule, RVKMS_RULE_PLANE_FB_WITHOUT_CRTC);

	q.request.has_crtc = true;
	KUNIT_EXPECT_EQ(test, ask(&q).rule, RVKMS_RULE_PLANE_FORMAT);

	q.request.has_fb = false;
	KUNIT_EXPECT_EQ(test, ask(&q).rule, RVKMS_RULE_PLANE_CRTC_WITHOUT_FB);

	q.request.has_fb = true;
	q.request.fourcc = DRM_FORMAT_UYVY;
	KUNIT_EXPECT_EQ(test, ask(&q).rule, RVKMS_RULE_PLANE_MODIFIER);

	q.request.modifier = 0;
	KUNIT_EXPECT_EQ(test, ask(&q).rule, RVKMS_RULE_PLANE_GROUPS);

	q.request.fb_width = 2;
	KUNIT_EXPECT_EQ(test, ask(&q).rule, RVKMS_RULE_PLANE_ROTATION);

	at->rotation = DRM_MODE_ROTATE_180 | DRM_MODE_REFLECT_Y;
	KUNIT_EXPECT_EQ(test, ask(&q).rule, RVKMS_RULE_PLANE_SOURCE_BOUNDS);

	q.request.fb_width = 64;
	q.request.fb_height = 64;
	KUNIT_EXPECT_EQ(test, ask(&q).rule, RVKMS_RULE_PLANE_DEST_RANGE);

	at->dst_x = 0;
	at->dst_y = 0;
	KUNIT_EXPECT_EQ(test, ask(&q).rule, RVKMS_RULE_PLANE_SCALING);

	at->dst_w = 9;
	at->dst_h = 9;
	KUNIT_EXPECT_EQ(test, ask(&q).rule, RVKMS_RULE_PLANE_CURSOR_SIZE);

	q.cursor_width = 9;
	q.cursor_height = 9;
	KUNIT_EXPECT_EQ(test, ask(&q).rule, RVKMS_RULE_NONE);
}

static bool reference_leaves_fb(u32 begin, u32 length, u32 fb)
{
	/* In 1/65536 of a pixel; the sum has 33 bits, the size of the framebuffer 48. */
	return (u64)begin + (u64)length > (u64)fb * 65536;
}

static bool reference_leaves_range(s32 begin, u32 length)
{
	return length > 0x7fffffff || (s64)begin + (s64)length > 0x7fffffff;
}

static bool reference_scales(u32 src, u32 dst)
{
	return src % 65536 || src / 65536 != dst;
}

static const u32 some_formats[] = { XRGB, ARGB, DRM_FORMAT_YUYV, DRM_FORMAT_Y0L0 };

/* A random number is not one of the other formats. */
static bool reference_knows(u32 fourcc)
{
	for (u32 i = 0; i < ARRAY_SIZE(some_formats); i++) {
		if (fourcc == some_formats[i])
			return true;
	}

	return false;
}

/* Of these formats, two share chroma between two columns, and one of them between two rows. */
static bool reference_has_half_a_group(const struct rvkms_plane_request *r)
{
	if (r->fourcc == DRM_FORMAT_YUYV)
		return r->fb_width % 2;

	return r->fourcc == DRM_FORMAT_Y0L0 && (r->fb_width % 2 || r->fb_height % 2);
}

/* Exactly one of the four lowest bits, and any of the next two. */
static bool reference_turns(u32 rotation)
{
	return rotation < 64 && (rotation % 16 == 1 || rotation % 16 == 2 ||
				 rotation % 16 == 4 || rotation % 16 == 8);
}

/* The rules of rules.h, one by one. */
static enum rvkms_rule reference_rule(const struct question *q)
{
	const struct rvkms_plane_request *r = &q->request;
	const struct rvkms_placement *at = &r->placement;

	if (r->has_fb != r->has_crtc)
		return r->has_fb ? RVKMS_RULE_PLANE_FB_WITHOUT_CRTC :
				   RVKMS_RULE_PLANE_CRTC_WITHOUT_FB;
	if (!r->has_fb && !r->has_crtc)
		return RVKMS_RULE_NONE;
	if (!reference_knows(r->fourcc))
		return RVKMS_RULE_PLANE_FORMAT;
	if (r->modifier)
		return RVKMS_RULE_PLANE_MODIFIER;
	if (reference_has_half_a_group(r))
		return RVKMS_RULE_PLANE_GROUPS;
	if (!reference_turns(at->rotation))
		return RVKMS_RULE_PLANE_ROTATION;
	if (reference_leaves_fb(at->src_x, at->src_w, r->fb_width) ||
	    reference_leaves_fb(at->src_y, at->src_h, r->fb_height))
		return RVKMS_RULE_PLANE_SOURCE_BOUNDS;
	if (reference_leaves_range(at->dst_x, at->dst_w) ||
	    reference_leaves_range(at->dst_y, at->dst_h))
		return RVKMS_RULE_PLANE_DEST_RANGE;
	if (at->rotation & (R90 | R270) ?
	    reference_scales(at->src_w, at->dst_h) || reference_scales(at->src_h, at->dst_w) :
	    reference_scales(at->src_w, at->dst_w) || reference_scales(at->src_h, at->dst_h))
		return RVKMS_RULE_PLANE_SCALING;
	if (r->is_cursor && (q->cursor_width < at->dst_w || q->cursor_height < at->dst_h))
		return RVKMS_RULE_PLANE_CURSOR_SIZE;

	return RVKMS_RULE_NONE;
}

static u32 random_number(struct rnd_state *random)
{
	static const u32 boundaries[] = {
		0, 1, 63, 64, 65, 65535, 65536, 65537, 0x7fffffff, 0x80000000, 0xffff0000, U32_MAX,
	};
	const u32 r = prandom_u32_state(random);

	return r & 1 ? boundaries[(r >> 1) % ARRAY_SIZE(boundaries)] :
		       prandom_u32_state(random) >> (r >> 1) % 32;
}

/* Nine times out of ten. */
static bool mostly(struct rnd_state *random)
{
	return prandom_u32_state(random) % 10;
}

static u32 random_fourcc(struct rnd_state *random)
{
	if (!mostly(random))
		return random_number(random);

	return some_formats[prandom_u32_state(random) % ARRAY_SIZE(some_formats)];
}

static u32 random_rotation(struct rnd_state *random)
{
	if (!mostly(random))
		return random_number(random);

	return 1u << prandom_u32_state(random) % 4 | (prandom_u32_state(random) & 0x30);
}

/* A random plane is hardly ever valid: correct most of its fields. */
static void mend(struct rvkms_plane_request *r, struct rnd_state *random)
{
	struct rvkms_placement *at = &r->placement;
	const bool turned = at->rotation & (R90 | R270);

	if (mostly(random))
		at->src_w = PIXELS(turned ? at->dst_h : at->dst_w);
	if (mostly(random))
		at->src_h = PIXELS(turned ? at->dst_w : at->dst_h);
	if (mostly(random))
		r->fb_width = (at->src_x >> 16) + (at->src_w >> 16) + (r->fb_width & 1);
	if (mostly(random))
		r->fb_height = (at->src_y >> 16) + (at->src_h >> 16) + (r->fb_height & 1);
}

static struct question random_question(struct rnd_state *random)
{
	struct question q = {
		.cursor_width = random_number(random),
		.cursor_height = random_number(random),
		.request = {
			.is_cursor = !mostly(random),
			.has_crtc = mostly(random),
			.has_fb = mostly(random),
			.fourcc = random_fourcc(random),
			.modifier = mostly(random) ? 0 : (u64)random_number(random) << 31,
			.fb_width = random_number(random),
			.fb_height = random_number(random),
			.placement = {
				.src_x = random_number(random),
				.src_y = random_number(random),
				.src_w = random_number(random),
				.src_h = random_number(random),
				.dst_x = random_number(random),
				.dst_y = random_number(random),
				.dst_w = random_number(random),
				.dst_h = random_number(random),
				.rotation = random_rotation(random),
			},
		},
	};

	mend(&q.request, random);

	return q;
}

static bool check_is_wrong(const struct question *q, struct rvkms_verdict expected)
{
	const struct question before = *q;

	/* Checked twice: the same verdict, and the request is unchanged. */
	return !verdict_is(ask(q), expected) || !verdict_is(ask(q), expected) ||
	       memcmp(&before, q, sizeof(before));
}

/* The errnos of rules.h. */
static int reference_error(enum rvkms_rule rule)
{
	switch (rule) {
	case RVKMS_RULE_NONE:
		return 0;
	case RVKMS_RULE_PLANE_SOURCE_BOUNDS:
		return -ENOSPC;
	case RVKMS_RULE_PLANE_DEST_RANGE:
	case RVKMS_RULE_PLANE_SCALING:
		return -ERANGE;
	default:
		return -EINVAL;
	}
}

static void rvkms_test_check_plane_random(struct kunit *test)
{
	u32 seen[RVKMS_RULE_COUNT] = {};
	struct rnd_state random;
	struct mismatch m = {};

	prandom_seed_state(&random, 64);
	for (u32 i = 0; i < 200000; i++) {
		const struct question q = random_question(&random);
		const enum rvkms_rule rule = reference_rule(&q);
		const struct rvkms_verdict expected = { reference_error(rule), rule };

		seen[rule]++;
		mismatch_note(&m, check_is_wrong(&q, expected), i);
	}

	EXPECT_NO_MISMATCH(test, &m, 200000);
	for (u32 rule = RVKMS_RULE_PLANE_FB_WITHOUT_CRTC; rule <= RVKMS_RULE_PLANE_CURSOR_SIZE;
	     rule++)
		KUNIT_EXPECT_GE_MSG(test, seen[rule], 100, "%s", rvkms_rule_name(rule));
	KUNIT_EXPECT_GE(test, seen[RVKMS_RULE_NONE], 1000);
}

static bool span_within(const struct rvkms_span *s, const struct rvkms_plane_request *r,
			u32 width, u32 height)
{
	const struct rvkms_box box = rvkms_span_source(s);

	return box.x >= 0 && box.x + box.width <= r->fb_width &&
	       box.y >= 0 && box.y + box.height <= r->fb_height &&
	       (u64)s->x + s->width <= width && (u64)s->y + s->height <= height;
}

/* The clipped span of an accepted plane is within the framebuffer and the CRTC. */
static void rvkms_test_check_plane_accepted_span_within(struct kunit *test)
{
	struct rnd_state random;
	struct mismatch m = {};
	u32 accepted = 0, visible = 0;

	prandom_seed_state(&random, 2160);
	for (u32 i = 0; i < 200000; i++) {
		const struct question q = random_question(&random);
		const u32 width = random_number(&random);
		const u32 height = random_number(&random);
		struct rvkms_span span;

		if (!q.request.has_fb || ask(&q).rule != RVKMS_RULE_NONE)
			continue;

		accepted++;
		span = rvkms_geometry_clip(&q.request.placement, width, height);
		visible += !rvkms_span_is_empty(&span);
		mismatch_note(&m, !span_within(&span, &q.request, width, height), i);
	}

	EXPECT_NO_MISMATCH(test, &m, accepted);
	KUNIT_EXPECT_GE(test, visible, 1000);
}

static struct kunit_case rvkms_check_plane_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_check_plane_accepted, accepted_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_check_plane_modifier, modifier_gen_params),
	KUNIT_CASE(rvkms_test_check_plane_order),
	KUNIT_CASE(rvkms_test_check_plane_random),
	KUNIT_CASE(rvkms_test_check_plane_accepted_span_within),
	{ }
};

static struct kunit_suite rvkms_check_plane_suite = {
	.name = "rvkms_check_plane",
	.test_cases = rvkms_check_plane_tests,
};

kunit_test_suite(rvkms_check_plane_suite);
