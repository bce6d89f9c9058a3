// SPDX-License-Identifier: GPL-2.0
/* What ends the init of a client's kernel: a bare system has no poweroff(8). */
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
