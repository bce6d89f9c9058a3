// SPDX-License-Identifier: GPL-2.0
/*
 * Preloaded into IGT's tests, this gives them what UML does not.
 *
 * Time that passes. In virtual time computing takes no time, and reading the clock takes half a
 * microsecond: a loop that hammers on a driver for twenty seconds would read it forty million
 * times, and what a program gets done in a frame would have no limit. So those who go on without a
 * pause pay: for reading the clock more and more, for an ioctl always the same. They sleep that
 * time. Who waits now and then pays nothing. Mapping many buffers always costs.
 *
 * Memory that can be read where it can be written, as on the machines IGT is made for. UML takes a
 * mapping that was asked to be writable and no more at its word.
 *
 * Answers that IGT 2.5 has for some drivers only: whether a device is a graphics card of Intel's;
 * how many planes of a CRTC can be scaled; how far colours are from IGT's own, computed in floats,
 * which it says each driver has to find out by trial and error.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdarg.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

/* Whoever lets this pass between two calls has waited. */
#define PAUSE_NS 2000000

/* Calls that cost nothing. */
#define FREE_READS 200
#define FREE_IOCTLS 100

/*
 * By how much each read costs more than the one before, and how much at most. IGT reads the clock
 * for each line it logs: with 4 ms a test that moves the cursor 400 times in a row took longer than
 * it may.
 */
#define READ_STEP_NS 2000
#define READ_LIMIT_NS 50000

#define CALL_NS 200000

/*
 * Mappings of files that cost nothing, and what all others cost: about what UML takes to fault in
 * the pages of a screen. A test that draws on each of its frames would do so a thousand times a
 * second, and for a minute.
 */
#define FREE_MAPPINGS 100
#define MAPPING_NS 2500000

/*
 * Who reads a page has UML's host fault in those around it; who writes has that one only. Drawing
 * on a screen then takes seconds of nothing but faults.
 */
#define FAULTED_AT_ONCE 65536
#define DRM_MAJOR 226

/* What goes on without a pause. */
struct streak {
	int64_t last_ns;
	unsigned int calls;
};

static struct streak reads, ioctls;

static bool time_is_virtual(void)
{
	static bool known, is;

	if (!known) {
		is = !!getenv("RIG_VIRTUAL_TIME");
		known = true;
	}

	return is;
}

static void spend(int64_t ns)
{
	struct timespec pause = { .tv_nsec = ns };

	syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, &pause, NULL);
}

static int64_t read_ns(clockid_t clock, struct timespec *now)
{
	if (syscall(SYS_clock_gettime, clock, now))
		return -1;

	return now->tv_sec * INT64_C(1000000000) + now->tv_nsec;
}

/* How many calls there were since the last pause. */
static unsigned int go_on(struct streak *streak, int64_t now_ns)
{
	streak->calls = now_ns - streak->last_ns < PAUSE_NS ? streak->calls + 1 : 0;
	streak->last_ns = now_ns;

	return streak->calls;
}

static int64_t read_cost_ns(unsigned int calls)
{
	int64_t cost = calls < FREE_READS ? 0 : (int64_t)(calls - FREE_READS) * READ_STEP_NS;

	return cost < READ_LIMIT_NS ? cost : READ_LIMIT_NS;
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
	int64_t ns = read_ns(clock, now), cost;

	if (ns < 0)
		return -1;
	if (!time_is_virtual())
		return 0;

	cost = read_cost_ns(go_on(&reads, ns));
	if (cost) {
		spend(cost);
		reads.last_ns = read_ns(clock, now);
	}

	return 0;
}

/* Paid before, so that nobody else runs between a call and what its caller looks at next. */
int ioctl(int file, unsigned long request, ...)
{
	struct timespec now;
	va_list arguments;
	void *argument;

	va_start(arguments, request);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	if (time_is_virtual() && go_on(&ioctls, read_ns(CLOCK_MONOTONIC, &now)) > FREE_IOCTLS)
		spend(CALL_NS);

	return syscall(SYS_ioctl, file, request, argument);
}

int sched_yield(void)
{
	if (time_is_virtual())
		spend(CALL_NS);

	return syscall(SYS_sched_yield);
}

static bool is_drm(int file)
{
	struct stat device;

	return !fstat(file, &device) && S_ISCHR(device.st_mode) &&
	       major(device.st_rdev) == DRM_MAJOR;
}

static void read_here_and_there(const char *mapped, size_t size)
{
	char sum = 0;

	for (size_t i = 0; i < size; i += FAULTED_AT_ONCE)
		sum ^= mapped[i];
	__asm__ volatile("" : : "r" (sum));
}

void *mmap(void *where, size_t size, int access, int flags, int file, off_t offset)
{
	static unsigned int mappings;
	void *mapped;

	if (access & PROT_WRITE)
		access |= PROT_READ;
	if (file >= 0 && time_is_virtual() && ++mappings > FREE_MAPPINGS)
		spend(MAPPING_NS);

	mapped = (void *)syscall(SYS_mmap, where, size, access, flags, file, offset);
	if (mapped != MAP_FAILED && file >= 0 && access & PROT_READ && is_drm(file))
		read_here_and_there(mapped, size);

	return mapped;
}

void *mmap64(void *where, size_t size, int access, int flags, int file, off64_t offset)
{
	return mmap(where, size, access, flags, file, offset);
}

bool is_intel_dgfx(int file)
{
	(void)file;

	return false;
}

/* It looks in debugfs, for files of Intel's and Qualcomm's. What cannot be done is refused. */
int igt_crtc_num_scalers(const void *crtc)
{
	(void)crtc;

	return 8;
}

/*
 * One step up or down of the output's 8 or 10 bits, as it grants vkms: between planes and writeback
 * there are 16 bits, which round what goes from 10 bits to 10 bits twice; and its own tables, whose
 * entry i of n it takes for i / n, end at less than 1.
 */
bool igt_cmp_fb_pixels(const void *expected, const void *actual, uint8_t up, uint8_t down)
{
	bool (*compare)(const void *expected, const void *actual, uint8_t up, uint8_t down) =
		dlsym(RTLD_NEXT, "igt_cmp_fb_pixels");

	return compare && compare(expected, actual, up ? up : 1, down ? down : 1);
}
