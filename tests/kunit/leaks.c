// SPDX-License-Identifier: GPL-2.0
/*
 * With kmemleak, the kernel does not halt before kmemleak has scanned for leaks of the tests.
 * kmemleak reports on the console. In virtual time the wait costs the host only the CPU time of two
 * scans.
 */

#include <linux/delay.h>
#include <linux/init.h>
#include <linux/notifier.h>
#include <linux/printk.h>
#include <linux/reboot.h>

/*
 * kmemleak scans 60 s after boot and every 600 s from then on, and reports objects that have not
 * changed since the previous scan: two whole periods find all leaks.
 */
#define TWO_SCANS_SECONDS 1300

static int wait_for_scans(struct notifier_block *block, unsigned long action, void *data)
{
	/* The rig requires this line: a scan that did not run reports no leaks either. */
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
