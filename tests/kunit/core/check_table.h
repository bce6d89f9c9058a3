/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_TESTS_CHECK_TABLE_H
#define RVKMS_TESTS_CHECK_TABLE_H

#include <linux/array_size.h>
#include <linux/overflow.h>
#include <linux/stddef.h>
#include <linux/types.h>

#include "../../core/check/verdict.h"

/*
 * Each suite check_*_kunit.c has one table of cases. A row has a question that violates a rule, and
 * a neighbour that does not. They differ in one field, by the smallest possible step. The suite
 * rvkms_check checks all rows, and fails for a rule without a row.
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

/**
 * struct check_row - the common part of the rows of all tables
 * @desc: description of the case
 * @rule: the rule that the question violates
 * @err: the errno of the verdict
 */
struct check_row {
	const char *desc;
	enum rvkms_rule rule;
	int err;
};

/*
 * The rest of a row, with the questions. A neighbour may violate another rule; mostly it does not.
 */
#define CHECK_ROW(name, question)		\
struct name {					\
	struct check_row row;			\
	question refused;			\
	question neighbour;			\
	enum rvkms_rule neighbour_rule;		\
	int neighbour_err;			\
}

/**
 * struct check_table - the cases of one type of object
 * @name: the type of object
 * @ask: checks a question by the core
 * @question_size: bytes of a question
 * @fields: the numbers in a question
 * @num_fields: number of fields
 * @rows: the cases, structs made by CHECK_ROW()
 * @num_rows: number of rows
 * @row_size: bytes of a row
 * @refused: offset of the question that violates the rule, in a row
 * @neighbour: offset of the neighbour, in a row
 * @neighbour_rule: offset of the rule that the neighbour violates, in a row
 * @neighbour_err: offset of the errno that the neighbour gets, in a row
 */
struct check_table {
	const char *name;
	struct rvkms_verdict (*ask)(const void *question);
	size_t question_size;
	const struct check_field *fields;
	u32 num_fields;
	const void *rows;
	u32 num_rows;
	size_t row_size;
	size_t refused;
	size_t neighbour;
	size_t neighbour_rule;
	size_t neighbour_err;
};

#define CHECK_TABLE(_name, _ask, _fields, _rows) {				\
	.name = _name,								\
	.ask = _ask,								\
	.question_size = sizeof((_rows)->refused),				\
	.fields = _fields,							\
	.num_fields = ARRAY_SIZE(_fields),					\
	.rows = _rows,								\
	.num_rows = ARRAY_SIZE(_rows),						\
	.row_size = sizeof(*(_rows)),						\
	.refused = offsetof(typeof(*(_rows)), refused),				\
	.neighbour = offsetof(typeof(*(_rows)), neighbour),			\
	.neighbour_rule = offsetof(typeof(*(_rows)), neighbour_rule),		\
	.neighbour_err = offsetof(typeof(*(_rows)), neighbour_err),		\
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
