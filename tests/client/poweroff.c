// SPDX-License-Identifier: GPL-2.0
/* Powers off the kernel of a client. A bare system has no poweroff(8). */
#include <stdio.h>
#include <sys/reboot.h>
#include <unistd.h>

int main(void)
{
	sync();
	reboot(RB_POWER_OFF);
	perror("poweroff");

	return 1;
}
