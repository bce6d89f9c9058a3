// SPDX-License-Identifier: GPL-2.0
/*
 * A library that is preloaded into IGT's tests and makes up for limits of UML and of IGT.
 *
 * Time must pass. In virtual time computing takes no time, and reading the clock takes half a
 * microsecond: a loop that stresses a driver for twenty seconds would read it forty million times,
 * and the work of a program in one frame would have no limit. Therefore a program that makes many
 * calls without a pause has to sleep: for reads of the clock longer each time, for ioctls always
 * for the same time. Calls with pauses in between are free. Mapping many buffers costs time with
 * pauses too.
 *
 * Writable memory must be readable, as on the machines IGT is made for. UML makes a mapping
 * unreadable if only PROT_WRITE is asked for.
 *
 * IGT 2.5 must know the driver. For some drivers only it knows whether a device is a card of
 * Intel's, how many planes of a CRTC can scale, and the tolerance of colours to IGT's own, which
 * are computed in floats. IGT says that the tolerance has to be found by trial and error.
 *
 * IGT 2.5 must know the formats. tests/igt/patches has the change of IGT.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdarg.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

/* A time between two calls that counts as a pause. */
#define PAUSE_NS 2000000

/* Numbers of calls that are free. */
#define FREE_READS 200
#define FREE_IOCTLS 100

/*
 * Each read of the clock costs a step more than the one before, up to the limit. IGT reads the
 * clock for each line it logs: with a limit of 4 ms a test that moves the cursor 400 times in a row
 * exceeded its time.
 */
#define READ_STEP_NS 2000
#define READ_LIMIT_NS 50000

#define CALL_NS 200000

/*
 * The number of free mappings of files, and the cost of each further one: about the time in which
 * UML faults in the pages of a screen. Without a cost, a test that draws on each of its frames
 * would do so a thousand times per second, for a minute.
 */
#define FREE_MAPPINGS 100
#define MAPPING_NS 2500000

/*
 * On a read, UML's host faults in the surrounding pages as well, on a write only the page itself.
 * Without reads in advance, drawing on a screen spends seconds on faults.
 */
#define FAULTED_AT_ONCE 65536
#define DRM_MAJOR 226

/* Calls without a pause in between. */
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

/* Counts a call, and returns the number of calls since the last pause. */
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

/* Sleeps before the call, so that no other program runs between it and its caller's checks. */
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

/* kms_writeback looks up the characters of fourccs in a list without the H of half floats. */
char *strchr(const char *text, int wanted)
{
	static const char fourccs[] = "01234568 ABCGNRUVXY";

	if (wanted == 'H' && !strcmp(text, fourccs))
		return (char *)text;

	for (; *text != (char)wanted; text++) {
		if (!*text)
			return NULL;
	}

	return (char *)text;
}

bool is_intel_dgfx(int file)
{
	(void)file;

	return false;
}

/* IGT reads files in debugfs that only Intel's and Qualcomm's drivers have. */
int igt_crtc_num_scalers(const void *crtc)
{
	(void)crtc;

	return 8;
}

/*
 * The tolerance is one step of the output's 8 or 10 bits, as IGT has it for vkms. Between planes
 * and writeback a channel has 16 bits, so that 10 bits are rounded twice on their way to 10 bits.
 * IGT takes entry i of n of its own tables for i / n, so that they end below 1.
 */
bool igt_cmp_fb_pixels(const void *expected, const void *actual, uint8_t up, uint8_t down)
{
	bool (*compare)(const void *expected, const void *actual, uint8_t up, uint8_t down) =
		dlsym(RTLD_NEXT, "igt_cmp_fb_pixels");

	return compare && compare(expected, actual, up ? up : 1, down ? down : 1);
}
