// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Makes the verdicts of the checks from the table in rules.h. */

#include <linux/array_size.h>
#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/types.h>

#include "verdict.h"

struct rule_entry {
	const char *name;
	const char *text;
	int err;
};

static const struct rule_entry rules[] = {
	[RVKMS_RULE_NONE] = { "NONE", "no rule is violated", 0 },
#define RVKMS_RULE(name, err, text) \
	[RVKMS_RULE_##name] = { #name, text, -(err) },
#include "rules.h"
#undef RVKMS_RULE
};

static const struct rule_entry *rule_find(enum rvkms_rule rule)
{
	static const struct rule_entry unknown = { "UNKNOWN", "not a rule", -EINVAL };

	static_assert(ARRAY_SIZE(rules) == RVKMS_RULE_COUNT);

	/* The enum may be signed: the cast moves negative values past the end. */
	return (u32)rule < ARRAY_SIZE(rules) ? &rules[rule] : &unknown;
}

/**
 * rvkms_verdict_accept - accept a state
 *
 * Returns:
 * A verdict without an error, with RVKMS_RULE_NONE.
 */
struct rvkms_verdict rvkms_verdict_accept(void)
{
	return (struct rvkms_verdict){ .err = 0, .rule = RVKMS_RULE_NONE };
}

/**
 * rvkms_verdict_refuse - reject a state that violates a rule
 * @rule: the rule; RVKMS_RULE_NONE accepts the state
 *
 * Returns:
 * A verdict with @rule and its errno in rules.h; -EINVAL if @rule is not a rule.
 */
struct rvkms_verdict rvkms_verdict_refuse(enum rvkms_rule rule)
{
	return (struct rvkms_verdict){ .err = rule_find(rule)->err, .rule = rule };
}

/**
 * rvkms_rule_name - return the name of a rule in rules.h
 * @rule: any value
 *
 * Returns:
 * A static string, "UNKNOWN" if @rule is not a rule.
 */
const char *rvkms_rule_name(enum rvkms_rule rule)
{
	return rule_find(rule)->name;
}

/**
 * rvkms_rule_text - return the message of a rule
 * @rule: any value
 *
 * Returns:
 * A static string without a full stop, "not a rule" if @rule is not a rule.
 */
const char *rvkms_rule_text(enum rvkms_rule rule)
{
	return rule_find(rule)->text;
}
