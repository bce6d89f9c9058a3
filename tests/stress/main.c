// SPDX-License-Identifier: GPL-2.0
/*
 * Runs all workers at once, each in a process of its own, on one file of the device. At the end of
 * each round the device is unplugged while all workers run. They must then get -ENODEV and stop.
 * The next round has a new device.
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

#include "workers/workers.h"
#include "report.h"
#include "unplug.h"

#define MAX_WORKERS	32
#define ROUNDS		5
/* The client reports progress at most once in this time. */
#define BEAT_MS		1000

/**
 * struct shared - memory that all processes share
 * @counts: the results of each worker
 * @is_leaving: the device is about to be unplugged
 */
struct shared {
	struct counts counts[MAX_WORKERS];
	atomic_bool is_leaving;
};

static struct shared *shared;
static pid_t pids[MAX_WORKERS];
static unsigned int unplugs;

static bool is_odd(int err)
{
	return err == -EFAULT || err == -ENOMEM || err == -ENOTTY;
}

static void count(struct state *state, int ret)
{
	if (!ret)
		state->counts->done++;
	else if (ret != -EAGAIN)
		state->counts->refused++;
	/* Give a conflicting operation time to end. */
	if (ret)
		state_pause(1);
	if (is_odd(ret))
		state_fault(state, "a request failed: %s", strerror(-ret));
}

static void run_worker(const struct worker *worker, struct state *state)
{
	int ret = worker->begin ? worker->begin(state) : 0;

	if (ret && ret != -ENODEV)
		state_fault(state, "begin() failed: %s", strerror(-ret));
	while (!ret && state_now_ms() < state->end_ms) {
		ret = worker->step(state);
		if (ret == -ENODEV)
			break;
		count(state, ret);
		ret = 0;
	}
	if (ret == -ENODEV && !*state->is_leaving)
		state_fault(state, "the device was gone before the unplug");
	if (worker->end)
		worker->end(state);
}

static void start(struct state *state, uint64_t seed)
{
	for (size_t i = 0; i < num_workers; i++) {
		state->counts = &shared->counts[i];
		/* Without the factor, workers would draw similar numbers. */
		state->random = (seed + i + 1) * UINT64_C(0x9e3779b97f4a7c15);
		pids[i] = fork();
		if (!pids[i]) {
			run_worker(workers[i], state);
			_exit(0);
		}
	}
}

static uint64_t all_done(void)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < num_workers; i++)
		sum += shared->counts[i].done;

	return sum;
}

/* Without progress nothing is printed, so that the host's limit ends a kernel that hangs. */
static void beat(void)
{
	static int64_t last_ms;
	static uint64_t last_sum;
	const uint64_t sum = all_done();

	if (sum == last_sum || state_now_ms() - last_ms < BEAT_MS)
		return;
	last_ms = state_now_ms();
	last_sum = sum;
	report_fact("beat", "%llu", (unsigned long long)sum);
}

static void note_end(struct state *state, size_t i, int status)
{
	state->counts = &shared->counts[i];
	if (WIFSIGNALED(status))
		state_fault(state, "killed by signal %d", WTERMSIG(status));
	pids[i] = 0;
}

static bool are_running(struct state *state)
{
	bool any = false;
	int status;

	for (size_t i = 0; i < num_workers; i++) {
		if (pids[i] > 0 && waitpid(pids[i], &status, WNOHANG) == pids[i])
			note_end(state, i, status);
		any |= pids[i] > 0;
	}

	return any;
}

/* On a slow machine a round is extended until each worker has completed an operation. */
static bool have_all_done(const uint64_t *before)
{
	for (size_t i = 0; i < num_workers; i++)
		if (shared->counts[i].done == before[i])
			return false;

	return true;
}

static void note_done(uint64_t *done)
{
	for (size_t i = 0; i < num_workers; i++)
		done[i] = shared->counts[i].done;
}

static void watch(struct state *state, int64_t until_ms)
{
	while (are_running(state) && state_now_ms() < until_ms) {
		beat();
		state_pause(50);
	}
}

/* A worker that hangs in the kernel survives SIGKILL: report it, do not wait for its end. */
static bool see_all_stop(struct state *state)
{
	watch(state, state_now_ms() + 2 * STRESS_TIMEOUT_MS);
	for (size_t i = 0; i < num_workers; i++) {
		if (!pids[i])
			continue;
		state->counts = &shared->counts[i];
		state_fault(state, "it did not stop");
		kill(pids[i], SIGKILL);
	}

	return !are_running(state);
}

static bool take_away(const struct socket *socket)
{
	int ret;

	shared->is_leaving = true;
	ret = socket_unplug(socket);
	unplugs += !ret;

	return report_check(!ret, "the device can be unplugged", "%s", strerror(-ret));
}

static bool run_round(const char *driver, uint64_t seed, int64_t end_ms, struct socket *socket)
{
	struct state state = { .is_leaving = &shared->is_leaving };
	struct kms_buffer picture = {};
	uint64_t before[MAX_WORKERS];
	int ret = state_open(&state, driver);

	if (!report_check(!ret, "the device opens", "%s", strerror(-ret)))
		return false;
	ret = socket_find(socket, state.card.minor) ?:
	      kms_buffer_create(&state.card, &picture, STRESS_WIDTH, STRESS_HEIGHT,
				DRM_FORMAT_XRGB8888) ?:
	      state_show(&state, &picture);
	if (!report_check(!ret, "the screens are on", "%s", strerror(-ret)))
		return false;
	ret = picture_learn(&state);
	if (!report_check(!ret, "the CRCs of pictures are learned", "%s", strerror(-ret)))
		return false;

	shared->is_leaving = false;
	/* Workers stop when the device is gone. This time is the limit if it never is. */
	state.end_ms = end_ms + 3 * STRESS_TIMEOUT_MS;
	note_done(before);
	start(&state, seed);
	watch(&state, end_ms);
	while (!have_all_done(before) && state_now_ms() < end_ms + STRESS_TIMEOUT_MS)
		watch(&state, state_now_ms() + BEAT_MS);
	if (!take_away(socket))
		return false;
	if (!see_all_stop(&state))
		return false;
	kms_buffer_destroy(&state.card, &picture);
	kms_close(&state.card);

	return true;
}

static bool run_rounds(const char *driver, int64_t seconds, uint64_t seed)
{
	const int64_t begin_ms = state_now_ms();
	struct socket socket;

	for (int i = 0; i < ROUNDS; i++) {
		int ret = i ? socket_plug(&socket) : 0;

		if (!report_check(!ret, "the device can be plugged in again", "%s", strerror(-ret)))
			return false;
		if (!run_round(driver, seed + i * MAX_WORKERS,
			       begin_ms + seconds * 1000 * (i + 1) / ROUNDS, &socket))
			return false;
	}

	return true;
}

static void tell(void)
{
	char check[32];

	for (size_t i = 0; i < num_workers; i++) {
		const struct counts *counts = &shared->counts[i];
		const char *why = counts->done ? counts->fault : "it got nothing done";

		report_fact("worker", "%s %llu %llu", workers[i]->name,
			    (unsigned long long)counts->done, (unsigned long long)counts->refused);
		snprintf(check, sizeof(check), "worker %s", workers[i]->name);
		report_check(counts->done && !*counts->fault, check, "%s", why);
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

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		      -1, 0);
	if (shared == MAP_FAILED)
		return 2;
	whole = run_rounds(argv[1], atoll(argv[2]), strtoull(argv[3], NULL, 0));
	tell();
	report_check(whole, "the client gets to its end", "it stopped early");

	return whole ? EXIT_SUCCESS : EXIT_FAILURE;
}
