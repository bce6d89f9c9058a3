// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of core/check and of the table of rules: the name and the errno of each rule, and that the
 * other suites of checks have a case for it. This suite runs the cases of all of them.
 */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/types.h>

#include "../../core/check/verdict.h"
#include "check_table.h"

struct rule_case {
	enum rvkms_rule rule;
	const char *name;
	int err;
};

static const struct rule_case rule_cases[] = {
	{ RVKMS_RULE_NONE, "NONE", 0 },
	{ RVKMS_RULE_MODE_CLOCK, "MODE_CLOCK", -EINVAL },
	{ RVKMS_RULE_MODE_CLOCK_LIMIT, "MODE_CLOCK_LIMIT", -EINVAL },
	{ RVKMS_RULE_MODE_ACTIVE_EMPTY, "MODE_ACTIVE_EMPTY", -EINVAL },
	{ RVKMS_RULE_MODE_TOTALS, "MODE_TOTALS", -EINVAL },
	{ RVKMS_RULE_MODE_SYNC, "MODE_SYNC", -EINVAL },
	{ RVKMS_RULE_MODE_STEREO, "MODE_STEREO", -EINVAL },
	{ RVKMS_RULE_MODE_FLAGS, "MODE_FLAGS", -EINVAL },
	{ RVKMS_RULE_MODE_SIZE, "MODE_SIZE", -EINVAL },
	{ RVKMS_RULE_MODE_REFRESH, "MODE_REFRESH", -EINVAL },
	{ RVKMS_RULE_PLANE_FB_WITHOUT_CRTC, "PLANE_FB_WITHOUT_CRTC", -EINVAL },
	{ RVKMS_RULE_PLANE_CRTC_WITHOUT_FB, "PLANE_CRTC_WITHOUT_FB", -EINVAL },
	{ RVKMS_RULE_PLANE_FORMAT, "PLANE_FORMAT", -EINVAL },
	{ RVKMS_RULE_PLANE_MODIFIER, "PLANE_MODIFIER", -EINVAL },
	{ RVKMS_RULE_PLANE_GROUPS, "PLANE_GROUPS", -EINVAL },
	{ RVKMS_RULE_PLANE_ROTATION, "PLANE_ROTATION", -EINVAL },
	{ RVKMS_RULE_PLANE_SOURCE_BOUNDS, "PLANE_SOURCE_BOUNDS", -ENOSPC },
	{ RVKMS_RULE_PLANE_DEST_RANGE, "PLANE_DEST_RANGE", -ERANGE },
	{ RVKMS_RULE_PLANE_SCALING, "PLANE_SCALING", -ERANGE },
	{ RVKMS_RULE_PLANE_CURSOR_SIZE, "PLANE_CURSOR_SIZE", -EINVAL },
	{ RVKMS_RULE_CRTC_PLANES, "CRTC_PLANES", -EINVAL },
	{ RVKMS_RULE_CRTC_PIXEL_RATE, "CRTC_PIXEL_RATE", -EINVAL },
	{ RVKMS_RULE_COLOR_DEGAMMA, "COLOR_DEGAMMA", -EINVAL },
	{ RVKMS_RULE_COLOR_CTM, "COLOR_CTM", -EINVAL },
	{ RVKMS_RULE_COLOR_GAMMA, "COLOR_GAMMA", -EINVAL },
	{ RVKMS_RULE_COLOROP_LUT, "COLOROP_LUT", -EINVAL },
	{ RVKMS_RULE_COLOROP_CTM, "COLOROP_CTM", -EINVAL },
	{ RVKMS_RULE_COLOROP_LUT3D, "COLOROP_LUT3D", -EINVAL },
	{ RVKMS_RULE_ASYNC_MODESET, "ASYNC_MODESET", -EINVAL },
	{ RVKMS_RULE_ASYNC_PLANE, "ASYNC_PLANE", -EINVAL },
	{ RVKMS_RULE_ASYNC_FORMAT, "ASYNC_FORMAT", -EINVAL },
	{ RVKMS_RULE_ASYNC_SIZE, "ASYNC_SIZE", -EINVAL },
	{ RVKMS_RULE_ASYNC_POSITION, "ASYNC_POSITION", -EINVAL },
	{ RVKMS_RULE_ASYNC_PROPERTY, "ASYNC_PROPERTY", -EINVAL },
	{ RVKMS_RULE_CONNECTOR_BPC, "CONNECTOR_BPC", -EINVAL },
	{ RVKMS_RULE_CONNECTOR_COLORSPACE, "CONNECTOR_COLORSPACE", -EINVAL },
	{ RVKMS_RULE_HDR_TYPE, "HDR_TYPE", -EINVAL },
	{ RVKMS_RULE_HDR_EOTF, "HDR_EOTF", -EINVAL },
	{ RVKMS_RULE_HDR_CHROMATICITY, "HDR_CHROMATICITY", -EINVAL },
	{ RVKMS_RULE_HDR_LUMINANCE, "HDR_LUMINANCE", -EINVAL },
	{ RVKMS_RULE_WRITEBACK_CRTC, "WRITEBACK_CRTC", -EINVAL },
	{ RVKMS_RULE_WRITEBACK_FORMAT, "WRITEBACK_FORMAT", -EINVAL },
	{ RVKMS_RULE_WRITEBACK_MODIFIER, "WRITEBACK_MODIFIER", -EINVAL },
	{ RVKMS_RULE_WRITEBACK_SIZE, "WRITEBACK_SIZE", -EINVAL },
	{ RVKMS_RULE_DEVICE_CRTCS, "DEVICE_CRTCS", -EINVAL },
	{ RVKMS_RULE_DEVICE_PLANES, "DEVICE_PLANES", -EINVAL },
	{ RVKMS_RULE_DEVICE_ENCODERS, "DEVICE_ENCODERS", -EINVAL },
	{ RVKMS_RULE_DEVICE_CONNECTORS, "DEVICE_CONNECTORS", -EINVAL },
	{ RVKMS_RULE_DEVICE_SIZE, "DEVICE_SIZE", -EINVAL },
	{ RVKMS_RULE_DEVICE_PLANE_TYPE, "DEVICE_PLANE_TYPE", -EINVAL },
	{ RVKMS_RULE_DEVICE_PLANE_CRTCS, "DEVICE_PLANE_CRTCS", -EINVAL },
	{ RVKMS_RULE_DEVICE_PLANE_FORMATS, "DEVICE_PLANE_FORMATS", -EINVAL },
	{ RVKMS_RULE_DEVICE_PLANE_ROTATION, "DEVICE_PLANE_ROTATION", -EINVAL },
	{ RVKMS_RULE_DEVICE_PLANE_ENCODING, "DEVICE_PLANE_ENCODING", -EINVAL },
	{ RVKMS_RULE_DEVICE_PLANE_RANGE, "DEVICE_PLANE_RANGE", -EINVAL },
	{ RVKMS_RULE_DEVICE_PLANE_ZPOS, "DEVICE_PLANE_ZPOS", -EINVAL },
	{ RVKMS_RULE_DEVICE_PLANE_BLEND, "DEVICE_PLANE_BLEND", -EINVAL },
	{ RVKMS_RULE_DEVICE_PLANE_SCALING, "DEVICE_PLANE_SCALING", -EINVAL },
	{ RVKMS_RULE_DEVICE_ENCODER_CRTCS, "DEVICE_ENCODER_CRTCS", -EINVAL },
	{ RVKMS_RULE_DEVICE_CRTC_ENCODERS, "DEVICE_CRTC_ENCODERS", -EINVAL },
	{ RVKMS_RULE_DEVICE_CRTC_LUT, "DEVICE_CRTC_LUT", -EINVAL },
	{ RVKMS_RULE_DEVICE_CONNECTOR_ENCODERS, "DEVICE_CONNECTOR_ENCODERS", -EINVAL },
	{ RVKMS_RULE_DEVICE_CONNECTOR_TYPE, "DEVICE_CONNECTOR_TYPE", -EINVAL },
	{ RVKMS_RULE_DEVICE_CONNECTOR_BPC, "DEVICE_CONNECTOR_BPC", -EINVAL },
	{ RVKMS_RULE_DEVICE_CONNECTOR_COLORSPACE, "DEVICE_CONNECTOR_COLORSPACE", -EINVAL },
	{ RVKMS_RULE_DEVICE_CONNECTOR_STATUS, "DEVICE_CONNECTOR_STATUS", -EINVAL },
	{ RVKMS_RULE_DEVICE_PRIMARY, "DEVICE_PRIMARY", -EINVAL },
	{ RVKMS_RULE_DEVICE_CURSOR, "DEVICE_CURSOR", -EINVAL },
	{ RVKMS_RULE_DEVICE_SHARED_PLANE, "DEVICE_SHARED_PLANE", -EINVAL },
	{ RVKMS_RULE_DEVICE_CURSOR_SIZE, "DEVICE_CURSOR_SIZE", -EINVAL },
};

KUNIT_ARRAY_PARAM_DESC(rule, rule_cases, name);

static void rvkms_test_rule_name_literal(struct kunit *test)
{
	const struct rule_case *row = test->param_value;

	KUNIT_EXPECT_STREQ(test, rvkms_rule_name(row->rule), row->name);
}

static void rvkms_test_verdict_refuse_error(struct kunit *test)
{
	const struct rule_case *row = test->param_value;
	const struct rvkms_verdict verdict = rvkms_verdict_refuse(row->rule);

	KUNIT_EXPECT_EQ(test, verdict.err, row->err);
	KUNIT_EXPECT_EQ(test, verdict.rule, row->rule);
}

/* The text of a rule follows a colon and precedes a list of values. */
static void rvkms_test_rule_text_form(struct kunit *test)
{
	const struct rule_case *row = test->param_value;
	const char *text = rvkms_rule_text(row->rule);

	KUNIT_ASSERT_NOT_NULL(test, text);
	KUNIT_ASSERT_GE(test, strlen(text), 10);
	KUNIT_EXPECT_LE(test, strlen(text), 80);
	KUNIT_EXPECT_GE(test, text[0], 'a');
	KUNIT_EXPECT_LE(test, text[0], 'z');
	KUNIT_EXPECT_NE(test, text[strlen(text) - 1], '.');
}

static void rvkms_test_rule_text_literal(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, rvkms_rule_text(RVKMS_RULE_NONE), "no rule is violated");
	KUNIT_EXPECT_STREQ(test, rvkms_rule_text(RVKMS_RULE_MODE_CLOCK),
			   "pixel clock is not positive");
	KUNIT_EXPECT_STREQ(test, rvkms_rule_text(RVKMS_RULE_WRITEBACK_SIZE),
			   "writeback framebuffer size differs from the mode");
}

static void rvkms_test_rule_all_distinct(struct kunit *test)
{
	for (u32 i = 0; i < RVKMS_RULE_COUNT; i++) {
		for (u32 j = i + 1; j < RVKMS_RULE_COUNT; j++) {
			KUNIT_EXPECT_STRNEQ(test, rvkms_rule_name(i), rvkms_rule_name(j));
			KUNIT_EXPECT_STRNEQ(test, rvkms_rule_text(i), rvkms_rule_text(j));
		}
	}
}

/* Row i of the table above is rule i: no rule is missing, and the order is that of rules.h. */
static void rvkms_test_rule_all_listed(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, ARRAY_SIZE(rule_cases), RVKMS_RULE_COUNT);

	for (u32 i = 0; i < RVKMS_RULE_COUNT; i++)
		KUNIT_EXPECT_EQ(test, rule_cases[i].rule, i);
}

static const struct check_table * const tables[] = {
	&rvkms_check_async_table,
	&rvkms_check_color_table,
	&rvkms_check_colorop_table,
	&rvkms_check_connector_table,
	&rvkms_check_crtc_table,
	&rvkms_check_device_table,
	&rvkms_check_mode_table,
	&rvkms_check_plane_table,
	&rvkms_check_properties_table,
	&rvkms_check_writeback_table,
};

static const struct check_table *table_of(const struct check_row *row)
{
	for (u32 i = 0; i < ARRAY_SIZE(tables); i++) {
		if (row >= tables[i]->rows && row < tables[i]->rows + tables[i]->num_rows)
			return tables[i];
	}

	return NULL;
}

/* The rows of all tables, one after another. */
static const struct check_row *row_behind(const struct check_row *row)
{
	for (u32 i = 0; i < ARRAY_SIZE(tables); i++) {
		if (!row)
			return tables[i]->rows;
		if (tables[i] != table_of(row))
			continue;
		row++;
		if (row < tables[i]->rows + tables[i]->num_rows)
			return row;
		row = NULL;
	}

	return NULL;
}

static const void *row_gen_params(struct kunit *test, const void *prev, char *desc)
{
	const struct check_row *row = row_behind(prev);

	if (row)
		snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s: %s", table_of(row)->name, row->desc);

	return row;
}

static u32 count_rows(enum rvkms_rule rule)
{
	const struct check_row *row = NULL;
	u32 count = 0;

	while ((row = row_behind(row)))
		count += row->rule == rule;

	return count;
}

static void rvkms_test_rule_all_have_cases(struct kunit *test)
{
	for (u32 rule = 1; rule < RVKMS_RULE_COUNT; rule++)
		KUNIT_EXPECT_GT_MSG(test, count_rows(rule), 0, "%s has no case",
				    rvkms_rule_name(rule));
}

/* The iteration runs through every table to its end: no row is left out or repeated. */
static void rvkms_test_check_rows_all(struct kunit *test)
{
	const struct check_row *row = NULL;
	u32 count = 0, expected = 0;

	while ((row = row_behind(row)))
		count++;
	for (u32 i = 0; i < ARRAY_SIZE(tables); i++)
		expected += tables[i]->num_rows;

	KUNIT_EXPECT_EQ(test, count, expected);
}

static void *copy_question(struct kunit *test, const struct check_table *table,
			   const void *question)
{
	void *copy = kunit_kzalloc(test, table->question_size, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, copy);

	return memcpy(copy, question, table->question_size);
}

static void set_number(void *question, const struct check_set *set)
{
	void *at = question + set->offset;

	switch (set->size) {
	case 1:
		*(u8 *)at = set->value;
		break;
	case 2:
		*(u16 *)at = set->value;
		break;
	case 4:
		*(u32 *)at = set->value;
		break;
	case 8:
		*(u64 *)at = set->value;
		break;
	}
}

/* Makes the question of a row, with one of the two values of the number that decides. */
static void *row_question(struct kunit *test, const struct check_row *row,
			  const struct check_set *last)
{
	const struct check_table *table = table_of(row);
	void *question = copy_question(test, table, row->base ?: table->base);

	for (u32 i = 0; i < ARRAY_SIZE(row->with); i++)
		set_number(question, &row->with[i]);
	set_number(question, last);

	return question;
}

/* Checks twice: the verdict is the same, and the question is unchanged. */
static struct rvkms_verdict ask_twice(struct kunit *test, const struct check_table *table,
				      const void *question)
{
	void *copy = copy_question(test, table, question);
	const struct rvkms_verdict first = table->ask(copy);
	const struct rvkms_verdict second = table->ask(copy);

	KUNIT_EXPECT_MEMEQ(test, copy, question, table->question_size);
	KUNIT_EXPECT_EQ(test, second.err, first.err);
	KUNIT_EXPECT_EQ(test, second.rule, first.rule);

	return first;
}

static void rvkms_test_check_refused(struct kunit *test)
{
	const struct check_row *row = test->param_value;
	const struct check_table *table = table_of(row);
	const struct rvkms_verdict verdict =
		ask_twice(test, table, row_question(test, row, &row->change.refused));

	KUNIT_EXPECT_NE(test, row->rule, RVKMS_RULE_NONE);
	KUNIT_EXPECT_EQ(test, verdict.err, row->err);
	KUNIT_EXPECT_STREQ(test, rvkms_rule_name(verdict.rule), rvkms_rule_name(row->rule));
}

static void rvkms_test_check_neighbour(struct kunit *test)
{
	const struct check_row *row = test->param_value;
	const struct check_table *table = table_of(row);
	const struct rvkms_verdict verdict =
		ask_twice(test, table, row_question(test, row, &row->change.neighbour));

	KUNIT_EXPECT_NE(test, row->neighbour_rule, row->rule);
	KUNIT_EXPECT_EQ(test, verdict.err, row->neighbour_err);
	KUNIT_EXPECT_STREQ(test, rvkms_rule_name(verdict.rule),
			   rvkms_rule_name(row->neighbour_rule));
}

/* Sign-extended if the field is signed. */
static u64 field_value(const struct check_field *field, const void *at)
{
	switch (field->size) {
	case 1:
		return field->is_signed ? *(s8 *)at : *(u8 *)at;
	case 2:
		return field->is_signed ? *(s16 *)at : *(u16 *)at;
	case 4:
		return field->is_signed ? *(s32 *)at : *(u32 *)at;
	default:
		return *(u64 *)at;
	}
}

static u64 field_difference(const struct check_field *field, const void *a, const void *b)
{
	const u64 x = field_value(field, a);
	const u64 y = field_value(field, b);

	if (field->is_bits)
		return hweight64(x ^ y);

	return field->is_signed ? abs_diff((s64)x, (s64)y) : abs_diff(x, y);
}

/* Counts the numbers that differ and makes them equal. Each must differ by one. */
static u32 align_field(struct kunit *test, const struct check_field *field, void *a, const void *b)
{
	u32 count = 0;

	for (u32 i = 0; i < field->count; i++) {
		const size_t offset = field->offset + i * field->size;
		const u64 difference = field_difference(field, a + offset, b + offset);

		if (!difference)
			continue;

		count++;
		KUNIT_EXPECT_EQ(test, difference, 1);
		memcpy(a + offset, b + offset, field->size);
	}

	return count;
}

/* Except for one number of one field, a neighbour equals its question. */
static void rvkms_test_check_neighbour_is_near(struct kunit *test)
{
	const struct check_row *row = test->param_value;
	const struct check_table *table = table_of(row);
	void *a = row_question(test, row, &row->change.refused);
	const void *b = row_question(test, row, &row->change.neighbour);
	u32 count = 0;

	for (u32 i = 0; i < table->num_fields; i++)
		count += align_field(test, &table->fields[i], a, b);

	KUNIT_EXPECT_EQ(test, count, 1);
	/* The table lists all fields: after aligning them nothing differs. */
	KUNIT_EXPECT_MEMEQ(test, a, b, table->question_size);
}

static void rvkms_test_verdict_accept(struct kunit *test)
{
	const struct rvkms_verdict verdict = rvkms_verdict_accept();

	KUNIT_EXPECT_EQ(test, verdict.err, 0);
	KUNIT_EXPECT_EQ(test, verdict.rule, RVKMS_RULE_NONE);
}

struct unknown_case {
	const char *desc;
	u32 rule;
};

static const struct unknown_case unknown_cases[] = {
	{ "first past the last", RVKMS_RULE_COUNT },
	{ "second past the last", RVKMS_RULE_COUNT + 1 },
	{ "largest positive", S32_MAX },
	{ "most negative", 0x80000000 },
	{ "minus one", U32_MAX },
};

KUNIT_ARRAY_PARAM_DESC(unknown, unknown_cases, desc);

static void rvkms_test_rule_unknown(struct kunit *test)
{
	const struct unknown_case *row = test->param_value;

	KUNIT_EXPECT_STREQ(test, rvkms_rule_name(row->rule), "UNKNOWN");
	KUNIT_EXPECT_STREQ(test, rvkms_rule_text(row->rule), "not a rule");
	KUNIT_EXPECT_EQ(test, rvkms_verdict_refuse(row->rule).err, -EINVAL);
	KUNIT_EXPECT_EQ(test, (u32)rvkms_verdict_refuse(row->rule).rule, row->rule);
}

static struct kunit_case rvkms_check_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_rule_name_literal, rule_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_verdict_refuse_error, rule_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_rule_text_form, rule_gen_params),
	KUNIT_CASE(rvkms_test_rule_text_literal),
	KUNIT_CASE(rvkms_test_rule_all_distinct),
	KUNIT_CASE(rvkms_test_rule_all_listed),
	KUNIT_CASE(rvkms_test_rule_all_have_cases),
	KUNIT_CASE(rvkms_test_check_rows_all),
	KUNIT_CASE_PARAM(rvkms_test_check_refused, row_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_check_neighbour, row_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_check_neighbour_is_near, row_gen_params),
	KUNIT_CASE(rvkms_test_verdict_accept),
	KUNIT_CASE_PARAM(rvkms_test_rule_unknown, unknown_gen_params),
	{ }
};

static struct kunit_suite rvkms_check_suite = {
	.name = "rvkms_check",
	.test_cases = rvkms_check_tests,
};

kunit_test_suite(rvkms_check_suite);
