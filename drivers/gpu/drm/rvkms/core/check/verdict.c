// SPDX-License-Identifier: GPL-2.0

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

	/* The cast also sends negative values, if the enum has a sign, past the end. */
	return (u32)rule < ARRAY_SIZE(rules) ? &rules[rule] : &unknown;
}

/**
 * rvkms_verdict_accept - the verdict on a state without fault
 *
 * Returns:
 * A verdict with no error and RVKMS_RULE_NONE.
 */
struct rvkms_verdict rvkms_verdict_accept(void)
{
	return (struct rvkms_verdict){ .err = 0, .rule = RVKMS_RULE_NONE };
}

/**
 * rvkms_verdict_refuse - the verdict on a state that violates a rule
 * @rule: the rule; RVKMS_RULE_NONE makes an accepting verdict
 *
 * Returns:
 * A verdict that names @rule, with the errno that rules.h gives to it; -EINVAL if @rule is not
 * a rule.
 */
struct rvkms_verdict rvkms_verdict_refuse(enum rvkms_rule rule)
{
	return (struct rvkms_verdict){ .err = rule_find(rule)->err, .rule = rule };
}

/**
 * rvkms_rule_name - the name of a rule, as rules.h spells it
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
 * rvkms_rule_text - what a rule says, for a person
 * @rule: any value
 *
 * Returns:
 * A static string without a full stop, "not a rule" if @rule is not a rule.
 */
const char *rvkms_rule_text(enum rvkms_rule rule)
{
	return rule_find(rule)->text;
}
