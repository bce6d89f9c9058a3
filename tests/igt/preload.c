// SPDX-License-Identifier: GPL-2.0
/*
 * Preloaded into IGT's tests, this gives them what UML does not.
 *
 * Time that passes. In virtual time computing takes no time, and reading the clock takes half a
 * microsecond: a loop that hammers on a driver for twenty seconds would read it forty
 * million times. So a clock that is read without pause costs more and more, up to LIMIT_NS, which
 * such a loop sleeps. A program that reads it now and then pays nothing. An ioctl, and yielding the
 * CPU, cost CALL_NS, so that what a program gets done in a frame has a limit, and always the same.
 *
 * Memory that can be read where it can be written, as on the machines IGT is made for. UML takes a
 * mapping that was asked to be writable and no more at its word.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdarg.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* Reads that cost nothing, by how much each after that costs more, and how much at most. */
#define FREE_READS 200
#define STEP_NS 2000
#define LIMIT_NS 1000000

#define CALL_NS 20000

/* Whoever lets this pass between two reads does not poll. */
#define PAUSE_NS (2 * LIMIT_NS)

static int64_t last_ns;
static unsigned int reads;

static int time_is_virtual(void)
{
	static int known, is;

	if (!known) {
		is = !!getenv("RIG_VIRTUAL_TIME");
		known = 1;
	}

	return is;
}

static void spend(int64_t ns)
{
	struct timespec pause = { .tv_nsec = ns };
	int kept = errno;

	syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, &pause, NULL);
	errno = kept;
}

static int64_t read_ns(clockid_t clock, struct timespec *now)
{
	if (syscall(SYS_clock_gettime, clock, now))
		return -1;

	return now->tv_sec * INT64_C(1000000000) + now->tv_nsec;
}

static int64_t cost_ns(void)
{
	int64_t cost;

	if (reads < FREE_READS)
		return 0;

	cost = (int64_t)(reads - FREE_READS) * STEP_NS;

	return cost < LIMIT_NS ? cost : LIMIT_NS;
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
	int64_t ns = read_ns(clock, now);

	if (ns < 0)
		return -1;
	if (!time_is_virtual())
		return 0;

	reads = ns - last_ns < PAUSE_NS ? reads + 1 : 0;
	if (cost_ns()) {
		spend(cost_ns());
		ns = read_ns(clock, now);
	}
	last_ns = ns;

	return 0;
}

int ioctl(int file, unsigned long request, ...)
{
	va_list arguments;
	int result;

	va_start(arguments, request);
	result = syscall(SYS_ioctl, file, request, va_arg(arguments, void *));
	va_end(arguments);
	if (time_is_virtual())
		spend(CALL_NS);

	return result;
}

int sched_yield(void)
{
	if (time_is_virtual())
		spend(CALL_NS);

	return syscall(SYS_sched_yield);
}

void *mmap(void *where, size_t size, int access, int flags, int file, off_t offset)
{
	if (access & PROT_WRITE)
		access |= PROT_READ;

	return (void *)syscall(SYS_mmap, where, size, access, flags, file, offset);
}

void *mmap64(void *where, size_t size, int access, int flags, int file, off64_t offset)
{
	return mmap(where, size, access, flags, file, offset);
}
