// SPDX-License-Identifier: GPL-2.0
/*
 * Everything at once: each actor is a process of its own, on one file of the device. Acts follow
 * one another; each ends with the device being taken away while all are at work, who then must see
 * that it is gone and stop. The next act has a new device.
 */
#include <drm_fourcc.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cast.h"
#include "report.h"
#include "unplug.h"

#define MAX_ACTORS	32
#define ACTS		5
/* Each is told of, for whoever waits for progress. */
#define BEAT_MS		1000

/**
 * struct theatre - what is shared by all processes
 * @tallies: each actor's
 * @is_leaving: the device is about to go
 */
struct theatre {
	struct tally tallies[MAX_ACTORS];
	atomic_bool is_leaving;
};

static struct theatre *theatre;
static pid_t players[MAX_ACTORS];
static unsigned int unplugs;

static bool is_odd(int err)
{
	return err == -EFAULT || err == -ENOMEM || err == -ENOTTY;
}

static void count(struct stage *stage, int ret)
{
	if (!ret)
		stage->tally->done++;
	else if (ret != -EAGAIN)
		stage->tally->refused++;
	/* What is in the way needs time to go. */
	if (ret)
		stage_pause(1);
	if (is_odd(ret))
		stage_fault(stage, "a request failed: %s", strerror(-ret));
}

static void play(const struct actor *actor, struct stage *stage)
{
	int ret = actor->begin ? actor->begin(stage) : 0;

	if (ret && ret != -ENODEV)
		stage_fault(stage, "it cannot begin: %s", strerror(-ret));
	while (!ret && stage_now_ms() < stage->end_ms) {
		ret = actor->step(stage);
		if (ret == -ENODEV)
			break;
		count(stage, ret);
		ret = 0;
	}
	if (ret == -ENODEV && !*stage->is_leaving)
		stage_fault(stage, "the device was gone before it was taken away");
	if (actor->end)
		actor->end(stage);
}

static void start(struct stage *stage, uint64_t seed)
{
	for (size_t i = 0; i < cast_size; i++) {
		stage->tally = &theatre->tallies[i];
		/* Neighbours' numbers would be alike. */
		stage->random = (seed + i + 1) * UINT64_C(0x9e3779b97f4a7c15);
		players[i] = fork();
		if (!players[i]) {
			play(cast[i], stage);
			_exit(0);
		}
	}
}

static uint64_t all_done(void)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < cast_size; i++)
		sum += theatre->tallies[i].done;

	return sum;
}

/* Only what gets on is told: a host that hears nothing for long takes the kernel for dead. */
static void beat(void)
{
	static int64_t last_ms;
	static uint64_t last_sum;
	const uint64_t sum = all_done();

	if (sum == last_sum || stage_now_ms() - last_ms < BEAT_MS)
		return;
	last_ms = stage_now_ms();
	last_sum = sum;
	report_fact("beat", "%llu", (unsigned long long)sum);
}

static void note_end(struct stage *stage, size_t i, int status)
{
	stage->tally = &theatre->tallies[i];
	if (WIFSIGNALED(status))
		stage_fault(stage, "it was ended by signal %d", WTERMSIG(status));
	players[i] = 0;
}

static bool are_playing(struct stage *stage)
{
	bool any = false;
	int status;

	for (size_t i = 0; i < cast_size; i++) {
		if (players[i] > 0 && waitpid(players[i], &status, WNOHANG) == players[i])
			note_end(stage, i, status);
		any |= players[i] > 0;
	}

	return any;
}

/* However slow the machine is: an act is over when all have been at work. */
static bool have_all_done(const uint64_t *before)
{
	for (size_t i = 0; i < cast_size; i++)
		if (theatre->tallies[i].done == before[i])
			return false;

	return true;
}

static void note_done(uint64_t *done)
{
	for (size_t i = 0; i < cast_size; i++)
		done[i] = theatre->tallies[i].done;
}

static void watch(struct stage *stage, int64_t until_ms)
{
	while (are_playing(stage) && stage_now_ms() < until_ms) {
		beat();
		stage_pause(50);
	}
}

/* Whoever sleeps without end in the kernel is not waited for, but told of. */
static bool see_all_stop(struct stage *stage)
{
	watch(stage, stage_now_ms() + 2 * STAGE_PATIENCE_MS);
	for (size_t i = 0; i < cast_size; i++) {
		if (!players[i])
			continue;
		stage->tally = &theatre->tallies[i];
		stage_fault(stage, "it did not stop");
		kill(players[i], SIGKILL);
	}

	return !are_playing(stage);
}

static bool take_away(const struct socket *socket)
{
	int ret;

	theatre->is_leaving = true;
	ret = socket_unplug(socket);
	unplugs += !ret;

	return report_check(!ret, "the device can be unplugged", "%s", strerror(-ret));
}

static bool act(const char *driver, uint64_t seed, int64_t end_ms, struct socket *socket)
{
	struct stage stage = { .is_leaving = &theatre->is_leaving };
	struct kms_buffer picture = {};
	uint64_t before[MAX_ACTORS];
	int ret = stage_open(&stage, driver);

	if (!report_check(!ret, "the device opens", "%s", strerror(-ret)))
		return false;
	ret = socket_find(socket, stage.card.minor) ?:
	      kms_buffer_create(&stage.card, &picture, STAGE_WIDTH, STAGE_HEIGHT,
				DRM_FORMAT_XRGB8888) ?:
	      stage_show(&stage, &picture);
	if (!report_check(!ret, "the screens are on", "%s", strerror(-ret)))
		return false;

	theatre->is_leaving = false;
	/* Nobody stops before the device is gone, unless it never goes. */
	stage.end_ms = end_ms + 3 * STAGE_PATIENCE_MS;
	note_done(before);
	start(&stage, seed);
	watch(&stage, end_ms);
	while (!have_all_done(before) && stage_now_ms() < end_ms + STAGE_PATIENCE_MS)
		watch(&stage, stage_now_ms() + BEAT_MS);
	if (!take_away(socket))
		return false;
	if (!see_all_stop(&stage))
		return false;
	kms_buffer_destroy(&stage.card, &picture);
	kms_close(&stage.card);

	return true;
}

static bool perform(const char *driver, int64_t seconds, uint64_t seed)
{
	const int64_t begin_ms = stage_now_ms();
	struct socket socket;

	for (int i = 0; i < ACTS; i++) {
		int ret = i ? socket_plug(&socket) : 0;

		if (!report_check(!ret, "the device can be plugged in again", "%s", strerror(-ret)))
			return false;
		if (!act(driver, seed + i * MAX_ACTORS, begin_ms + seconds * 1000 * (i + 1) / ACTS,
			 &socket))
			return false;
	}

	return true;
}

static void tell(void)
{
	char check[32];

	for (size_t i = 0; i < cast_size; i++) {
		const struct tally *tally = &theatre->tallies[i];
		const char *why = tally->done ? tally->fault : "it got nothing done";

		report_fact("actor", "%s %llu %llu", cast[i]->name,
			    (unsigned long long)tally->done, (unsigned long long)tally->refused);
		snprintf(check, sizeof(check), "actor %s", cast[i]->name);
		report_check(tally->done && !*tally->fault, check, "%s", why);
	}
	report_fact("unplugs", "%u", unplugs);
}

int main(int argc, char **argv)
{
	bool whole;

	if (argc != 4) {
		fprintf(stderr, "usage: %s <driver> <seconds> <seed>\n", argv[0]);
		return 2;
	}

	theatre = mmap(NULL, sizeof(*theatre), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		       -1, 0);
	if (theatre == MAP_FAILED)
		return 2;
	whole = perform(argv[1], atoll(argv[2]), strtoull(argv[3], NULL, 0));
	tell();
	report_check(whole, "the client gets to its end", "it stopped early");

	return whole ? EXIT_SUCCESS : EXIT_FAILURE;
}
