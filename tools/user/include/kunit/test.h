/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The part of KUnit that the suites of core/ use, to run them as a user-space program: see kunit.c.
 * A suite that needs more of the kernel than core/ does cannot run in user space.
 */
#ifndef SHIM_KUNIT_TEST_H
#define SHIM_KUNIT_TEST_H

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

/* The kernel's kunit/test.h includes these. */
#include <linux/bitops.h>
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/overflow.h>
#include <linux/stddef.h>
#include <linux/types.h>

#define IS_ENABLED(option) (option)
#define CONFIG_64BIT (sizeof(long) == 8)

#define KUNIT_PARAM_DESC_SIZE 128
#define GFP_KERNEL 0

struct kunit_memory;

struct kunit {
	const char *name;
	const void *param_value;
	void *priv;
	char status_comment[256];
	bool has_failed;
	bool is_skipped;
	struct kunit_memory *memory;
	jmp_buf abort;
};

enum kunit_speed {
	KUNIT_SPEED_NORMAL,
	KUNIT_SPEED_SLOW,
	KUNIT_SPEED_VERY_SLOW,
};

struct kunit_attributes {
	enum kunit_speed speed;
};

struct kunit_case {
	void (*run_case)(struct kunit *test);
	const char *name;
	const void *(*generate_params)(struct kunit *test, const void *previous, char *description);
	struct kunit_attributes attr;
};

struct kunit_suite {
	const char *name;
	int (*init)(struct kunit *test);
	void (*exit)(struct kunit *test);
	struct kunit_case *test_cases;
	struct kunit_suite *next;
};

void shim_kunit_add(struct kunit_suite *suite);
void shim_kunit_fail(struct kunit *test, bool is_assertion, const char *file, int line,
		     const char *text, const char *format, ...) __attribute__((__cold__));
void shim_kunit_skip(struct kunit *test) __attribute__((__noreturn__));
void *shim_kunit_alloc(struct kunit *test, size_t count, size_t size, int fill);
void kunit_kfree(struct kunit *test, const void *memory);

#define kunit_test_suite(suite) \
	static __attribute__((__constructor__)) void shim_add_##suite(void) \
	{ \
		shim_kunit_add(&suite); \
	} \
	struct kunit_suite

#define MODULE_LICENSE(text) struct kunit_suite
#define MODULE_DESCRIPTION(text) struct kunit_suite
#define MODULE_IMPORT_NS(text) struct kunit_suite

#define KUNIT_CASE(test) { .run_case = test, .name = #test }
#define KUNIT_CASE_SLOW(test) { .run_case = test, .name = #test, .attr.speed = KUNIT_SPEED_SLOW }
#define KUNIT_CASE_PARAM(test, params) \
	{ .run_case = test, .name = #test, .generate_params = params }
#define KUNIT_CASE_PARAM_ATTR(test, params, attributes) \
	{ .run_case = test, .name = #test, .generate_params = params, .attr = attributes }

#define KUNIT_ARRAY_PARAM(prefix, array, describe) \
static const void *prefix##_gen_params(struct kunit *test, const void *previous, \
				       char *description) \
{ \
	typeof(&(array)[0]) next = previous ? (typeof(next))previous + 1 : (array); \
	void (*shim_describe)(typeof(next) parameter, char *to) = describe; \
\
	(void)test; \
	if (next == (array) + sizeof(array) / sizeof((array)[0])) \
		return NULL; \
	if (shim_describe) \
		shim_describe(next, description); \
	return next; \
}

#define KUNIT_ARRAY_PARAM_DESC(prefix, array, member) \
static const void *prefix##_gen_params(struct kunit *test, const void *previous, \
				       char *description) \
{ \
	typeof(&(array)[0]) next = previous ? (typeof(next))previous + 1 : (array); \
\
	(void)test; \
	if (next == (array) + sizeof(array) / sizeof((array)[0])) \
		return NULL; \
	snprintf(description, KUNIT_PARAM_DESC_SIZE, "%s", next->member); \
	return next; \
}

#define kunit_kmalloc(test, size, flags) shim_kunit_alloc(test, 1, size, 0xa5)
#define kunit_kzalloc(test, size, flags) shim_kunit_alloc(test, 1, size, 0)
#define kunit_kcalloc(test, count, size, flags) shim_kunit_alloc(test, count, size, 0)
#define kunit_kmalloc_array(test, count, size, flags) shim_kunit_alloc(test, count, size, 0xa5)

#define kunit_skip(test, ...) do { \
	snprintf((test)->status_comment, sizeof((test)->status_comment), __VA_ARGS__); \
	shim_kunit_skip(test); \
} while (0)

#define kunit_info(test, ...) do { \
	printf("# %s: ", (test)->name); \
	printf(__VA_ARGS__); \
} while (0)
#define kunit_err kunit_info

/* An optional message begins with a literal; the kernel build checks its format. */
#define SHIM_KUNIT_FAIL(test, is_assertion, text, ...) \
	shim_kunit_fail(test, is_assertion, __FILE__, __LINE__, text, "" __VA_ARGS__)

#define SHIM_KUNIT_TRUE(test, is_assertion, condition, text, ...) do { \
	if (!(condition)) \
		SHIM_KUNIT_FAIL(test, is_assertion, text, ##__VA_ARGS__); \
} while (0)

#define SHIM_KUNIT_BINARY(test, is_assertion, left, op, right, ...) do { \
	const typeof(left) shim_left = (left); \
	const typeof(right) shim_right = (right); \
\
	if (!(shim_left op shim_right)) { \
		printf("# left is %lld, right is %lld\n", (long long)shim_left, \
		       (long long)shim_right); \
		SHIM_KUNIT_FAIL(test, is_assertion, #left " " #op " " #right, ##__VA_ARGS__); \
	} \
} while (0)

#define KUNIT_FAIL(test, ...) SHIM_KUNIT_FAIL(test, false, "failed", ##__VA_ARGS__)

#define KUNIT_EXPECT_TRUE(test, c) SHIM_KUNIT_TRUE(test, false, c, #c)
#define KUNIT_EXPECT_TRUE_MSG(test, c, ...) SHIM_KUNIT_TRUE(test, false, c, #c, __VA_ARGS__)
#define KUNIT_EXPECT_FALSE(test, c) SHIM_KUNIT_TRUE(test, false, !(c), "!(" #c ")")
#define KUNIT_EXPECT_FALSE_MSG(test, c, ...) \
	SHIM_KUNIT_TRUE(test, false, !(c), "!(" #c ")", __VA_ARGS__)
#define KUNIT_EXPECT_NULL(test, p) SHIM_KUNIT_TRUE(test, false, !(p), #p " is NULL")
#define KUNIT_EXPECT_NOT_NULL(test, p) SHIM_KUNIT_TRUE(test, false, p, #p " is not NULL")
#define KUNIT_ASSERT_TRUE(test, c) SHIM_KUNIT_TRUE(test, true, c, #c)
#define KUNIT_ASSERT_FALSE(test, c) SHIM_KUNIT_TRUE(test, true, !(c), "!(" #c ")")
#define KUNIT_ASSERT_NULL(test, p) SHIM_KUNIT_TRUE(test, true, !(p), #p " is NULL")
#define KUNIT_ASSERT_NOT_NULL(test, p) SHIM_KUNIT_TRUE(test, true, p, #p " is not NULL")

#define KUNIT_EXPECT_EQ(test, l, r) SHIM_KUNIT_BINARY(test, false, l, ==, r)
#define KUNIT_EXPECT_NE(test, l, r) SHIM_KUNIT_BINARY(test, false, l, !=, r)
#define KUNIT_EXPECT_LT(test, l, r) SHIM_KUNIT_BINARY(test, false, l, <, r)
#define KUNIT_EXPECT_LE(test, l, r) SHIM_KUNIT_BINARY(test, false, l, <=, r)
#define KUNIT_EXPECT_GT(test, l, r) SHIM_KUNIT_BINARY(test, false, l, >, r)
#define KUNIT_EXPECT_GE(test, l, r) SHIM_KUNIT_BINARY(test, false, l, >=, r)
#define KUNIT_EXPECT_EQ_MSG(test, l, r, ...) \
	SHIM_KUNIT_BINARY(test, false, l, ==, r, __VA_ARGS__)
#define KUNIT_EXPECT_NE_MSG(test, l, r, ...) \
	SHIM_KUNIT_BINARY(test, false, l, !=, r, __VA_ARGS__)
#define KUNIT_EXPECT_LT_MSG(test, l, r, ...) SHIM_KUNIT_BINARY(test, false, l, <, r, __VA_ARGS__)
#define KUNIT_EXPECT_LE_MSG(test, l, r, ...) \
	SHIM_KUNIT_BINARY(test, false, l, <=, r, __VA_ARGS__)
#define KUNIT_EXPECT_GT_MSG(test, l, r, ...) SHIM_KUNIT_BINARY(test, false, l, >, r, __VA_ARGS__)
#define KUNIT_EXPECT_GE_MSG(test, l, r, ...) \
	SHIM_KUNIT_BINARY(test, false, l, >=, r, __VA_ARGS__)
#define KUNIT_ASSERT_EQ(test, l, r) SHIM_KUNIT_BINARY(test, true, l, ==, r)
#define KUNIT_ASSERT_EQ_MSG(test, l, r, ...) SHIM_KUNIT_BINARY(test, true, l, ==, r, __VA_ARGS__)
#define KUNIT_ASSERT_NE(test, l, r) SHIM_KUNIT_BINARY(test, true, l, !=, r)
#define KUNIT_ASSERT_LT(test, l, r) SHIM_KUNIT_BINARY(test, true, l, <, r)
#define KUNIT_ASSERT_LE(test, l, r) SHIM_KUNIT_BINARY(test, true, l, <=, r)
#define KUNIT_ASSERT_GT(test, l, r) SHIM_KUNIT_BINARY(test, true, l, >, r)
#define KUNIT_ASSERT_GE(test, l, r) SHIM_KUNIT_BINARY(test, true, l, >=, r)

#define KUNIT_EXPECT_PTR_EQ(test, l, r) \
	SHIM_KUNIT_TRUE(test, false, (const void *)(l) == (const void *)(r), #l " == " #r)
#define KUNIT_EXPECT_PTR_NE(test, l, r) \
	SHIM_KUNIT_TRUE(test, false, (const void *)(l) != (const void *)(r), #l " != " #r)
#define KUNIT_EXPECT_STREQ(test, l, r) \
	SHIM_KUNIT_TRUE(test, false, !strcmp(l, r), #l " equals " #r)
#define KUNIT_EXPECT_STRNEQ(test, l, r) \
	SHIM_KUNIT_TRUE(test, false, strcmp(l, r), #l " differs from " #r)
#define KUNIT_EXPECT_MEMEQ(test, l, r, size) \
	SHIM_KUNIT_TRUE(test, false, !memcmp(l, r, size), #l " equals " #r)
#define KUNIT_EXPECT_MEMEQ_MSG(test, l, r, size, ...) \
	SHIM_KUNIT_TRUE(test, false, !memcmp(l, r, size), #l " equals " #r, __VA_ARGS__)
#define KUNIT_EXPECT_MEMNEQ(test, l, r, size) \
	SHIM_KUNIT_TRUE(test, false, memcmp(l, r, size), #l " differs from " #r)

#endif /* SHIM_KUNIT_TEST_H */
