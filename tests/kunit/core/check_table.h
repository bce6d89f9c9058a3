/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_TESTS_CHECK_TABLE_H
#define RVKMS_TESTS_CHECK_TABLE_H

#include <linux/array_size.h>
#include <linux/overflow.h>
#include <linux/stddef.h>
#include <linux/types.h>

#include "../../core/check/verdict.h"

/*
 * Each suite check_*_kunit.c has one table of cases. A row names a field, a value that violates a
 * rule, and the nearest value that does not. The other fields are those of a valid question, except
 * for those that the row sets. The suite rvkms_check checks all rows, and fails for a rule without
 * a row.
 */

/**
 * struct check_field - a number in a question, or an array of numbers
 * @offset: offset of the first number
 * @size: bytes of a number, 1, 2, 4 or 8
 * @count: number of numbers
 * @is_signed: the number is signed
 * @is_bits: the number is a set of flags; the smallest step is one flag
 */
struct check_field {
	size_t offset;
	size_t size;
	u32 count;
	bool is_signed;
	bool is_bits;
};

#define CHECK_NUMBERS(question, member, element, _count, _is_bits) {		\
	.offset = offsetof(question, member),					\
	.size = sizeof_field(question, element),				\
	.count = _count,							\
	.is_signed = is_signed_type(typeof_member(question, element)),		\
	.is_bits = _is_bits,							\
}

#define CHECK_FIELD(question, member)						\
	CHECK_NUMBERS(question, member, member, 1, false)

#define CHECK_BITS(question, member)						\
	CHECK_NUMBERS(question, member, member, 1, true)

#define CHECK_ARRAY(question, member)						\
	CHECK_NUMBERS(question, member, member[0],				\
		      ARRAY_SIZE(((question *)NULL)->member), false)

/* Fields that a row sets, at most. */
#define CHECK_MAX_SETS 7

/**
 * struct check_set - a value of a number in a question
 * @offset: offset of the number
 * @size: bytes of the number; 0 for no number
 * @value: the value
 */
struct check_set {
	size_t offset;
	size_t size;
	u64 value;
};

/**
 * struct check_change - the number that decides
 * @refused: the value that violates the rule
 * @neighbour: the nearest value that does not
 */
struct check_change {
	struct check_set refused;
	struct check_set neighbour;
};

/**
 * struct check_row - a case
 * @desc: description of the case
 * @rule: the rule that the question violates
 * @err: the errno of the verdict
 * @change: the number that decides
 * @base: the other numbers; NULL for those of the table
 * @with: exceptions from @base
 * @neighbour_rule: the rule that the neighbour violates; mostly none
 * @neighbour_err: the errno that the neighbour gets
 */
struct check_row {
	const char *desc;
	enum rvkms_rule rule;
	int err;
	struct check_change change;
	const void *base;
	struct check_set with[CHECK_MAX_SETS];
	enum rvkms_rule neighbour_rule;
	int neighbour_err;
};

#define CHECK_SET(question, member, _value) {					\
	.offset = offsetof(question, member),					\
	.size = sizeof_field(question, member),					\
	.value = (u64)(_value),							\
}

#define CHECK_CHANGE(question, member, _refused, _neighbour) {			\
	.refused = CHECK_SET(question, member, _refused),			\
	.neighbour = CHECK_SET(question, member, _neighbour),			\
}

/**
 * struct check_table - the cases of one type of object
 * @name: the type of object
 * @ask: checks a question by the core
 * @base: a valid question
 * @question_size: bytes of a question
 * @fields: the numbers in a question
 * @num_fields: number of fields
 * @rows: the cases
 * @num_rows: number of rows
 */
struct check_table {
	const char *name;
	struct rvkms_verdict (*ask)(const void *question);
	const void *base;
	size_t question_size;
	const struct check_field *fields;
	u32 num_fields;
	const struct check_row *rows;
	u32 num_rows;
};

#define CHECK_TABLE(_name, _ask, _fields, _rows, _base) {			\
	.name = _name,								\
	.ask = _ask,								\
	.base = &(_base),							\
	.question_size = sizeof(_base),						\
	.fields = _fields,							\
	.num_fields = ARRAY_SIZE(_fields),					\
	.rows = _rows,								\
	.num_rows = ARRAY_SIZE(_rows),						\
}

extern const struct check_table rvkms_check_async_table;
extern const struct check_table rvkms_check_color_table;
extern const struct check_table rvkms_check_colorop_table;
extern const struct check_table rvkms_check_connector_table;
extern const struct check_table rvkms_check_crtc_table;
extern const struct check_table rvkms_check_device_table;
extern const struct check_table rvkms_check_mode_table;
extern const struct check_table rvkms_check_plane_table;
extern const struct check_table rvkms_check_properties_table;
extern const struct check_table rvkms_check_writeback_table;

static inline bool verdict_is(struct rvkms_verdict verdict, struct rvkms_verdict expected)
{
	return verdict.err == expected.err && verdict.rule == expected.rule;
}

#endif /* RVKMS_TESTS_CHECK_TABLE_H */
