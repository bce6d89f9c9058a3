// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of the properties of planes and CRTCs, seen through writeback. The frames are plain, and
 * the expected pixels were computed by hand.
 */

#include <drm/drm_atomic.h>
#include <drm/drm_atomic_uapi.h>
#include <drm/drm_blend.h>
#include <drm/drm_colorop.h>
#include <drm/drm_crtc.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_mode_object.h>
#include <drm/drm_plane.h>
#include <drm/drm_property.h>
#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/bits.h>
#include <linux/err.h>
#include <linux/limits.h>
#include <linux/string.h>

#include "../../scanout/color_snapshot.h"
#include "display.h"

#define ONE BIT_ULL(32)
#define MINUS BIT_ULL(63)

static struct drm_plane_state *overlay_state(struct display *display,
					     struct drm_atomic_commit *commit)
{
	return drm_atomic_get_plane_state(commit, display->overlay);
}

static int set_half(struct display *display, struct drm_atomic_commit *commit)
{
	struct drm_plane_state *state = overlay_state(display, commit);

	if (IS_ERR(state))
		return PTR_ERR(state);

	state->alpha = 0x8000;

	return 0;
}

static int set_blend_mode(struct display *display, struct drm_atomic_commit *commit, u16 mode)
{
	struct drm_plane_state *state = overlay_state(display, commit);

	if (IS_ERR(state))
		return PTR_ERR(state);

	state->pixel_blend_mode = mode;

	return 0;
}

static int set_coverage(struct display *display, struct drm_atomic_commit *commit)
{
	return set_blend_mode(display, commit, DRM_MODE_BLEND_COVERAGE);
}

static int set_none(struct display *display, struct drm_atomic_commit *commit)
{
	return set_blend_mode(display, commit, DRM_MODE_BLEND_PIXEL_NONE);
}

/* Put the overlay below the primary plane, which hides it. */
static int set_zpos(struct display *display, struct drm_atomic_commit *commit)
{
	struct drm_plane_state *primary = drm_atomic_get_plane_state(commit, display->primary);
	struct drm_plane_state *state = overlay_state(display, commit);

	if (IS_ERR(primary) || IS_ERR(state))
		return PTR_ERR_OR_ZERO(primary) ?: PTR_ERR(state);

	primary->zpos = 1;
	state->zpos = 0;

	return 0;
}

static int set_blob(struct display *display, struct drm_property_blob **blob, size_t size,
		    const void *data)
{
	struct drm_property_blob *made = drm_property_create_blob(display->drm, size, data);

	if (IS_ERR(made))
		return PTR_ERR(made);

	drm_property_blob_put(*blob);
	*blob = made;

	return 0;
}

/* Set a gamma table of @length entries that turns black into white. */
static int set_inverse(struct display *display, struct drm_atomic_commit *commit, u32 length)
{
	struct drm_crtc_state *state = drm_atomic_get_crtc_state(commit, display->crtc);
	struct drm_color_lut *lut;

	if (IS_ERR(state))
		return PTR_ERR(state);

	lut = kunit_kcalloc(display->test, length, sizeof(*lut), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(display->test, lut);
	for (u32 i = 0; i < length; i++) {
		const u16 value = U16_MAX - U16_MAX * i / (length - 1);

		lut[i] = (struct drm_color_lut){ .red = value, .green = value, .blue = value };
	}
	state->color_mgmt_changed = true;

	return set_blob(display, &state->gamma_lut, length * sizeof(*lut), lut);
}

static int set_gamma(struct display *display, struct drm_atomic_commit *commit)
{
	return set_inverse(display, commit, 1024);
}

static int set_legacy_gamma(struct display *display, struct drm_atomic_commit *commit)
{
	return set_inverse(display, commit, 256);
}

static int set_short_gamma(struct display *display, struct drm_atomic_commit *commit)
{
	return set_inverse(display, commit, 255);
}

/* Swap red and blue, and halve green. */
static int set_ctm(struct display *display, struct drm_atomic_commit *commit)
{
	static const struct drm_color_ctm ctm = {
		.matrix = { 0, 0, ONE, 0, ONE / 2, 0, ONE, 0, 0 },
	};
	struct drm_crtc_state *state = drm_atomic_get_crtc_state(commit, display->crtc);

	if (IS_ERR(state))
		return PTR_ERR(state);

	state->color_mgmt_changed = true;

	return set_blob(display, &state->ctm, sizeof(ctm), &ctm);
}

static struct drm_colorop *find_colorop(struct display *display, enum drm_colorop_type type)
{
	struct drm_colorop *colorop;

	drm_for_each_colorop(colorop, display->drm) {
		if (colorop->plane == display->overlay && colorop->type == type)
			return colorop;
	}

	return NULL;
}

/* Enables the overlay's pipeline, and one of its operations. */
static int set_colorop(struct display *display, struct drm_atomic_commit *commit,
		       enum drm_colorop_type type, size_t size, const void *data)
{
	struct drm_colorop *colorop = find_colorop(display, type);
	struct drm_plane_state *plane = overlay_state(display, commit);
	struct drm_colorop_state *state;

	KUNIT_ASSERT_NOT_NULL(display->test, colorop);
	if (IS_ERR(plane))
		return PTR_ERR(plane);

	state = drm_atomic_get_colorop_state(commit, colorop);
	if (IS_ERR(state))
		return PTR_ERR(state);

	/* The pipeline of a plane is identified by its first operation. */
	drm_atomic_set_colorop_for_plane(plane, find_colorop(display, DRM_COLOROP_1D_CURVE));
	plane->color_mgmt_changed = true;
	state->bypass = false;
	if (type == DRM_COLOROP_MULTIPLIER)
		state->multiplier = ONE / 2;

	return size ? set_blob(display, &state->data, size, data) : 0;
}

/* Red is green minus a quarter, green is red, and blue is one half. */
static int set_colorop_ctm(struct display *display, struct drm_atomic_commit *commit)
{
	static const struct drm_color_ctm_3x4 ctm = {
		.matrix = { 0, ONE, 0, MINUS | ONE / 4, ONE, 0, 0, 0, 0, 0, 0, ONE / 2 },
	};

	return set_colorop(display, commit, DRM_COLOROP_CTM_3X4, sizeof(ctm), &ctm);
}

static int set_colorop_no_ctm(struct display *display, struct drm_atomic_commit *commit)
{
	return set_colorop(display, commit, DRM_COLOROP_CTM_3X4, 0, NULL);
}

static int set_colorop_multiplier(struct display *display, struct drm_atomic_commit *commit)
{
	return set_colorop(display, commit, DRM_COLOROP_MULTIPLIER, 0, NULL);
}

/* sRGB EOTF: 0xff stays, 0x80 becomes 0.2158605, 0 stays. */
static int set_colorop_curve(struct display *display, struct drm_atomic_commit *commit)
{
	return set_colorop(display, commit, DRM_COLOROP_1D_CURVE, 0, NULL);
}

static int set_colorop_lut(struct display *display, struct drm_atomic_commit *commit, u32 length)
{
	struct drm_color_lut32 *lut = kunit_kcalloc(display->test, length, sizeof(*lut),
						    GFP_KERNEL);

	/* Every entry is half red, without green and blue. */
	KUNIT_ASSERT_NOT_NULL(display->test, lut);
	for (u32 i = 0; i < length; i++)
		lut[i].red = 0x80000000;

	return set_colorop(display, commit, DRM_COLOROP_1D_LUT, length * sizeof(*lut), lut);
}

static int set_colorop_long_lut(struct display *display, struct drm_atomic_commit *commit)
{
	return set_colorop_lut(display, commit, 4097);
}

static int set_colorop_right_lut(struct display *display, struct drm_atomic_commit *commit)
{
	return set_colorop_lut(display, commit, 4096);
}

/* All colours become green. */
static int set_colorop_lut3d(struct display *display, struct drm_atomic_commit *commit)
{
	const u32 length = 17 * 17 * 17;
	struct drm_color_lut32 *lut = kunit_kcalloc(display->test, length, sizeof(*lut),
						    GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(display->test, lut);
	for (u32 i = 0; i < length; i++)
		lut[i].green = U32_MAX;

	return set_colorop(display, commit, DRM_COLOROP_3D_LUT, length * sizeof(*lut), lut);
}

static int set_colorop_small_lut3d(struct display *display, struct drm_atomic_commit *commit)
{
	static const struct drm_color_lut32 lut[16];

	return set_colorop(display, commit, DRM_COLOROP_3D_LUT, sizeof(lut), lut);
}

struct property_case {
	const char *desc;
	int (*change)(struct display *display, struct drm_atomic_commit *commit);
	u32 overlay;
	u32 expected;
};

/* Over the blue 0x0000ff. 0x80 is 128 / 255, plane alpha is 32768 / 65535. */
static const struct property_case picture_cases[] = {
	{ "no property", NULL, 0x80800000, 0xff80007f },
	{ "plane alpha", set_half, 0xffff0000, 0xff80007f },
	{ "premultiplied, and plane alpha", set_half, 0x80800000, 0xff4000bf },
	{ "coverage", set_coverage, 0x80ff0000, 0xff80007f },
	{ "coverage, transparent", set_coverage, 0x00ff0000, 0xff0000ff },
	{ "none", set_none, 0x00ff8000, 0xffff8000 },
	{ "zpos", set_zpos, 0xffff0000, 0xff0000ff },
	{ "gamma", set_gamma, 0xff336699, 0xffcc9966 },
	{ "legacy gamma", set_legacy_gamma, 0xff336699, 0xffcc9966 },
	{ "CTM", set_ctm, 0xff3366cc, 0xffcc3333 },
	{ "colorop: curve", set_colorop_curve, 0xffff8000, 0xffff3700 },
	{ "colorop: CTM", set_colorop_ctm, 0xff33cc00, 0xff8c3380 },
	{ "colorop: CTM without data", set_colorop_no_ctm, 0xff33cc00, 0xff33cc00 },
	{ "colorop: multiplier", set_colorop_multiplier, 0xff806640, 0xff403320 },
	{ "colorop: LUT", set_colorop_right_lut, 0xff123456, 0xff800000 },
	{ "colorop: 3D LUT", set_colorop_lut3d, 0xff123456, 0xff00ff00 },
};

KUNIT_ARRAY_PARAM_DESC(picture, picture_cases, desc);

static void rvkms_test_properties_picture(struct kunit *test)
{
	const struct property_case *param = test->param_value;
	struct display *display = display_turned_on(test, 0x000000ff);
	struct drm_client_buffer *overlay = display_buffer(display, 640, 480, DRM_FORMAT_ARGB8888);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request request = {
		.planes = { { .plane = display->overlay, .fb = overlay->fb } },
		.writeback = result->fb,
		.change = param->change,
	};

	display_fill(overlay, param->overlay);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &request));
	KUNIT_EXPECT_EQ(test, display_pixel(result, 0, 0), param->expected);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 639, 479), param->expected);
}

/* A property keeps its value until a client changes it. */
static void rvkms_test_properties_stay(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0x000000ff);
	struct drm_client_buffer *overlay = display_buffer(display, 640, 480, DRM_FORMAT_ARGB8888);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
	const struct display_request set = {
		.planes = { { .plane = display->overlay, .fb = overlay->fb } },
		.change = set_colorop_multiplier,
	};
	const struct display_request invert = { .change = set_gamma };
	const struct display_request capture = { .writeback = result->fb };

	display_fill(overlay, 0xff806640);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &set));
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &invert));
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, display_pixel(result, 0, 0), 0xffbfccdf);
}

/* Each check used to fill the colour tables, which takes milliseconds. */
static void rvkms_test_properties_filled_late(struct kunit *test)
{
	struct rvkms_color_snapshot *color = rvkms_color_snapshot_create();
	struct rvkms_color_pipeline pipeline;
	struct rvkms_pixel pixel = { 257, 514, 65535, 65535 };

	KUNIT_ASSERT_NOT_NULL(test, color);
	color->ops[0] = (struct rvkms_color_op){
		.type = RVKMS_COLOR_MULTIPLIER, .multiplier = 2 * ONE,
	};
	KUNIT_ASSERT_EQ(test, 0, rvkms_color_snapshot_finish(color, 1));
	KUNIT_EXPECT_NULL(test, color->pipeline.ops);

	rvkms_color_snapshot_fill(color);
	pipeline = color->pipeline;
	KUNIT_EXPECT_PTR_EQ(test, pipeline.ops, (const struct rvkms_color_op *)color->ops);
	KUNIT_EXPECT_EQ(test, pipeline.num_ops, 1);
	KUNIT_EXPECT_NOT_NULL(test, pipeline.table);
	rvkms_color_apply(&pipeline, &pixel, 1);
	KUNIT_EXPECT_EQ(test, pixel.b, 514);
	KUNIT_EXPECT_EQ(test, pixel.g, 1028);

	/* A snapshot that is shown does not change when the next commit shows it again. */
	*(u8 *)color->table = 0;
	rvkms_color_snapshot_fill(color);
	KUNIT_EXPECT_EQ(test, *(u8 *)color->table, 0);
	KUNIT_EXPECT_MEMEQ(test, &color->pipeline, &pipeline, sizeof(pipeline));
	rvkms_color_snapshot_fill(NULL);
	rvkms_color_snapshot_put(color);
}

/*
 * Legacy gamma is the palette of an indexed plane. Such a plane used to be grey, with the table
 * applied as gamma. A plane beside it keeps its colours.
 */
static void rvkms_test_properties_palette(struct kunit *test)
{
	static const u32 fourccs[] = { DRM_FORMAT_C4, DRM_FORMAT_C8 };
	struct display *display = display_turned_on(test, 0);
	struct drm_client_buffer *overlay = display_buffer(display, 8, 8, DRM_FORMAT_XRGB8888);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);

	display_fill(overlay, 0xff336699);
	for (u32 i = 0; i < ARRAY_SIZE(fourccs); i++) {
		struct drm_client_buffer *indices = display_buffer(display, 640, 480, fourccs[i]);
		const struct display_request request = {
			.planes = {
				{ .plane = display->primary, .fb = indices->fb },
				{ .plane = display->overlay, .fb = overlay->fb },
			},
			.writeback = result->fb,
			.change = set_legacy_gamma,
		};

		/* Index 5: two per byte for C4, one for C8. */
		memset(indices->map.vaddr, i ? 0x05 : 0x55, indices->fb->pitches[0] * 480);
		KUNIT_ASSERT_EQ(test, 0, display_commit(display, &request));
		KUNIT_EXPECT_EQ(test, display_pixel(result, 639, 479), 0xfffafafa);
		KUNIT_EXPECT_EQ(test, display_pixel(result, 0, 0), 0xff336699);
	}
}

static const struct property_case refused_cases[] = {
	{ "gamma of 255 entries", set_short_gamma },
	{ "colorop: LUT of 4097 entries", set_colorop_long_lut },
	{ "colorop: 3D LUT of 16 entries", set_colorop_small_lut3d },
};

KUNIT_ARRAY_PARAM_DESC(refused, refused_cases, desc);

static void rvkms_test_properties_refused(struct kunit *test)
{
	const struct property_case *param = test->param_value;
	struct display *display = display_turned_on(test, 0);
	struct drm_client_buffer *overlay = display_buffer(display, 8, 8, DRM_FORMAT_ARGB8888);
	const struct display_request request = {
		.planes = { { .plane = display->overlay, .fb = overlay->fb } },
		.change = param->change,
	};

	KUNIT_EXPECT_EQ(test, display_check(display, &request), -EINVAL);
}

/* Returns whether @object has the property @name, of any value. */
static bool has_property(const struct drm_mode_object *object, const char *name)
{
	const struct drm_object_properties *properties = object->properties;

	for (int i = 0; i < properties->count; i++) {
		if (!strcmp(properties->properties[i]->name, name))
			return true;
	}

	return false;
}

/*
 * IGT's kms_plane_alpha_blend and kms_color_pipeline put a full-screen framebuffer on each plane
 * that has alpha or a pipeline. Cursors had both properties, and rejected the framebuffer.
 */
static void rvkms_test_properties_cursor(struct kunit *test)
{
	struct display *display = display_turned_on(test, 0);
	static const char * const names[] = { "alpha", "COLOR_PIPELINE" };

	for (unsigned int i = 0; i < ARRAY_SIZE(names); i++) {
		KUNIT_EXPECT_FALSE(test, has_property(&display->cursor->base, names[i]));
		KUNIT_EXPECT_TRUE(test, has_property(&display->overlay->base, names[i]));
		KUNIT_EXPECT_TRUE(test, has_property(&display->primary->base, names[i]));
	}

	KUNIT_EXPECT_TRUE(test, has_property(&display->cursor->base, "pixel blend mode"));
	KUNIT_EXPECT_EQ(test, display->cursor->blend_mode_property->num_values, 1);
}

/* A background with an alpha of one quarter, which scan-out ignores. */
static int set_background(struct display *display, struct drm_atomic_commit *commit)
{
	struct drm_crtc_state *state = drm_atomic_get_crtc_state(commit, display->crtc);

	if (IS_ERR(state))
		return PTR_ERR(state);

	state->background_color = DRM_ARGB64_PREP(0x4000, 0x3333, 0x8080, 0xffff);

	return 0;
}

static int set_background_and_ctm(struct display *display, struct drm_atomic_commit *commit)
{
	return set_background(display, commit) ?: set_ctm(display, commit);
}

static const struct property_case background_cases[] = {
	{ "black by default", NULL, 0x00000000, 0xff000000 },
	{ "visible beside all planes", set_background, 0x00000000, 0xff3380ff },
	{ "visible through a plane", set_background, 0x80800000, 0xff99407f },
	{ "hidden", set_background, 0xff123456, 0xff123456 },
	{ "goes through the CTM", set_background_and_ctm, 0x00000000, 0xffff4033 },
};

KUNIT_ARRAY_PARAM_DESC(background, background_cases, desc);

/* An overlay blends with the background where no primary plane hides it. */
static void rvkms_test_properties_background(struct kunit *test)
{
	const struct property_case *param = test->param_value;
	struct display *display = display_turned_on(test, 0x00ff00ff);
	struct drm_client_buffer *overlay = display_buffer(display, 8, 8, DRM_FORMAT_ARGB8888);
	struct drm_client_buffer *result = display_buffer(display, 640, 480, DRM_FORMAT_ARGB8888);
	const struct display_request request = {
		.planes = {
			{ .plane = display->primary },
			{ .plane = display->overlay, .fb = overlay->fb },
		},
		.change = param->change,
	};
	const struct display_request capture = { .writeback = result->fb };

	KUNIT_EXPECT_TRUE(test, has_property(&display->crtc->base, "BACKGROUND_COLOR"));
	display_fill(overlay, param->overlay);
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &request));
	KUNIT_ASSERT_EQ(test, 0, display_commit(display, &capture));
	KUNIT_EXPECT_EQ(test, display_pixel(result, 7, 7), param->expected);
	if (!param->overlay)
		KUNIT_EXPECT_EQ(test, display_pixel(result, 8, 7), param->expected);
}

/* The pipeline contains the operations of AMD's hardware and those of Intel's, in order. */
static void rvkms_test_properties_pipeline(struct kunit *test)
{
	static const enum drm_colorop_type expected[] = {
		DRM_COLOROP_1D_CURVE, DRM_COLOROP_1D_LUT, DRM_COLOROP_CTM_3X4,
		DRM_COLOROP_CTM_3X4, DRM_COLOROP_MULTIPLIER, DRM_COLOROP_1D_CURVE,
		DRM_COLOROP_1D_LUT, DRM_COLOROP_3D_LUT, DRM_COLOROP_1D_CURVE, DRM_COLOROP_1D_LUT,
	};
	struct display *display = display_turned_on(test, 0);
	struct drm_colorop *colorop = find_colorop(display, DRM_COLOROP_1D_CURVE);

	for (unsigned int i = 0; i < ARRAY_SIZE(expected); i++) {
		KUNIT_ASSERT_NOT_NULL(test, colorop);
		KUNIT_EXPECT_EQ(test, colorop->type, expected[i]);
		KUNIT_EXPECT_NOT_NULL(test, colorop->bypass_property);
		colorop = colorop->next;
	}
	KUNIT_EXPECT_NULL(test, colorop);
}

static struct kunit_case properties_cases[] = {
	KUNIT_CASE(rvkms_test_properties_cursor),
	KUNIT_CASE(rvkms_test_properties_pipeline),
	KUNIT_CASE_PARAM(rvkms_test_properties_background, background_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_properties_picture, picture_gen_params),
	KUNIT_CASE(rvkms_test_properties_stay),
	KUNIT_CASE(rvkms_test_properties_filled_late),
	KUNIT_CASE(rvkms_test_properties_palette),
	KUNIT_CASE_PARAM(rvkms_test_properties_refused, refused_gen_params),
	{}
};

static struct kunit_suite properties_suite = {
	.name = "rvkms_properties",
	.init = display_test_init,
	.test_cases = properties_cases,
};

kunit_test_suite(properties_suite);
