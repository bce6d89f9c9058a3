/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_TESTS_CHECK_TABLE_H
#define RVKMS_TESTS_CHECK_TABLE_H

#include <linux/array_size.h>
#include <linux/overflow.h>
#include <linux/stddef.h>
#include <linux/types.h>

#include "../../core/check/verdict.h"

/*
 * Each of the suites check_*_kunit.c has one table of cases. A row is a question that trips a
 * rule, and a neighbour that does not: it differs in one field, by the least there is. The suite
 * rvkms_check asks them all, and notices a rule without a row.
 */

/**
 * struct check_field - a number in a question, or an array of such
 * @offset: where it is
 * @size: bytes of a number, 1, 2, 4 or 8
 * @count: how many numbers
 * @is_signed: it is signed
 * @is_bits: it is a set of flags, of which the least difference is one flag
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
 * struct check_row - what is the same in the rows of all tables
 * @desc: what is asked
 * @rule: the rule that is tripped
 * @err: the errno that comes with it
 */
struct check_row {
	const char *desc;
	enum rvkms_rule rule;
	int err;
};

/* The rest of a row, with the questions. A neighbour may trip another rule; mostly it does not. */
#define CHECK_ROW(name, question)		\
struct name {					\
	struct check_row row;			\
	question refused;			\
	question neighbour;			\
	enum rvkms_rule neighbour_rule;		\
	int neighbour_err;			\
}

/**
 * struct check_table - the cases of one kind of object
 * @name: the kind of object
 * @ask: lets the core check a question
 * @question_size: bytes of a question
 * @fields: the numbers a question consists of
 * @num_fields: how many
 * @rows: the cases, structs made by CHECK_ROW()
 * @num_rows: how many
 * @row_size: bytes of one of them
 * @refused: where in it the question is that trips the rule
 * @neighbour: where in it the neighbour is
 * @neighbour_rule: where in it the rule is that the neighbour trips
 * @neighbour_err: where in it the errno is that the neighbour gets
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
extern const struct check_table rvkms_check_writeback_table;

static inline bool verdict_is(struct rvkms_verdict verdict, struct rvkms_verdict expected)
{
	return verdict.err == expected.err && verdict.rule == expected.rule;
}

#endif /* RVKMS_TESTS_CHECK_TABLE_H */
