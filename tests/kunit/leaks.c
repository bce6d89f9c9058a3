// SPDX-License-Identifier: GPL-2.0
/*
 * Where kmemleak watches, the kernel does not halt before kmemleak has looked for what the tests
 * left behind. What it finds it says on the console. In virtual time this takes two scans' time of
 * the host's processor, and no other.
 */

#include <linux/delay.h>
#include <linux/init.h>
#include <linux/notifier.h>
#include <linux/printk.h>
#include <linux/reboot.h>

/*
 * kmemleak scans 60 s after boot and every 600 s from then on, and reports what it has not seen
 * change since the scan before: after two whole periods nothing is missed.
 */
#define TWO_SCANS_SECONDS 1300

static int wait_for_scans(struct notifier_block *block, unsigned long action, void *data)
{
	/* The rig wants to read this: a scan that did not take place has found nothing either. */
	if (!msleep_interruptible(TWO_SCANS_SECONDS * 1000))
		pr_info("kmemleak has looked for what the tests left behind\n");

	return NOTIFY_DONE;
}

static struct notifier_block at_halt = { .notifier_call = wait_for_scans };

static int __init leaks_init(void)
{
	return register_reboot_notifier(&at_halt);
}
late_initcall(leaks_init);
