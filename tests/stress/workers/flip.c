// SPDX-License-Identifier: GPL-2.0
/*
 * Flips pages on all CRTCs, each as soon as the previous flip is shown. Every event must come once,
 * in order, with a time that does not go back, also when the CRTC is switched off and when the
 * device is unplugged.
 */
#include <drm_fourcc.h>
#include <errno.h>
#include <poll.h>
#include <xf86drm.h>

#include "workers.h"

/* A cookie has the index of its CRTC above this bit, and the number of the flip below. */
#define COOKIE_CRTC_SHIFT	32

/**
 * struct flips - the sequence of flips of one CRTC
 * @buffers: buffers that are shown in turn
 * @sent: number of accepted flips
 * @come: number of events that have come
 * @sent_ms: time at which the last flip was accepted
 * @sequence: vblank number of the last event
 * @time_us: time of the last event
 */
struct flips {
	struct kms_buffer buffers[2];
	uint32_t sent;
	uint32_t come;
	int64_t sent_ms;
	unsigned int sequence;
	int64_t time_us;
};

static struct flips all_flips[STRESS_PIPES];
static struct state *the_state;

static void on_flip(int fd, unsigned int sequence, unsigned int seconds,
		    unsigned int microseconds, unsigned int crtc, void *data)
{
	const int64_t time_us = seconds * INT64_C(1000000) + microseconds;
	const uint64_t cookie = (uintptr_t)data;
	const uint32_t pipe = cookie >> COOKIE_CRTC_SHIFT;
	const uint32_t number = cookie;
	struct flips *flips = &all_flips[pipe];

	(void)fd;
	if (pipe >= STRESS_PIPES || crtc != the_state->pipes[pipe].crtc) {
		state_fault(the_state, "an event of CRTC %u has the cookie of another CRTC", crtc);
		return;
	}
	if (number != flips->come + 1 || number > flips->sent)
		state_fault(the_state, "CRTC %u: the event of flip %u comes after flip %u of %u",
			    crtc, number, flips->come, flips->sent);
	if ((int)(sequence - flips->sequence) < 0 || time_us < flips->time_us)
		state_fault(the_state, "CRTC %u: vblank %u at %lld us after vblank %u at %lld us",
			    crtc, sequence, (long long)time_us, flips->sequence,
			    (long long)flips->time_us);

	flips->come = number;
	flips->sequence = sequence;
	flips->time_us = time_us;
	the_state->counts->done++;
}

static void read_events(struct state *state, int timeout_ms)
{
	drmEventContext context = { .version = 3, .page_flip_handler2 = on_flip };
	struct pollfd event = { .fd = state->card.fd, .events = POLLIN };

	if (poll(&event, 1, timeout_ms) == 1 && event.revents & POLLIN)
		drmHandleEvent(state->card.fd, &context);
}

static int flip(struct state *state, int pipe)
{
	const struct kms_card *card = &state->pipes[pipe];
	struct flips *flips = &all_flips[pipe];
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	uint32_t flags = DRM_MODE_ATOMIC_NONBLOCK | DRM_MODE_PAGE_FLIP_EVENT;
	const uint32_t number = flips->sent + 1;
	int ret;

	if (!state_random(state, 8))
		flags |= DRM_MODE_PAGE_FLIP_ASYNC;
	ret = kms_set(card, req, card->primary, "FB_ID", flips->buffers[number % 2].fb);
	if (ret) {
		drmModeAtomicFree(req);
		return ret;
	}
	/* Only this process reads events, and only after @sent is updated below. */
	ret = state_commit(state, req, flags, (uint64_t)pipe << COOKIE_CRTC_SHIFT | number);
	if (ret)
		return ret;

	flips->sent = number;
	flips->sent_ms = state_now_ms();

	return 0;
}

static bool is_late(const struct flips *flips)
{
	return flips->sent != flips->come &&
	       state_now_ms() - flips->sent_ms > STRESS_TIMEOUT_MS;
}

static int flip_begin(struct state *state)
{
	int ret = 0;

	the_state = state;
	for (int i = 0; i < STRESS_PIPES * 2 && !ret; i++)
		ret = kms_buffer_create(&state->card, &all_flips[i / 2].buffers[i % 2],
					STRESS_WIDTH, STRESS_HEIGHT, DRM_FORMAT_XRGB8888);

	return ret;
}

static int flip_step(struct state *state)
{
	int refusal = 0;

	for (int i = 0; i < STRESS_PIPES; i++) {
		int ret = all_flips[i].sent == all_flips[i].come ? flip(state, i) : 0;

		if (ret == -ENODEV)
			return ret;
		refusal = refusal ?: ret;
		if (is_late(&all_flips[i]))
			state_fault(state, "CRTC %u: the event of flip %u does not come",
				    state->pipes[i].crtc, all_flips[i].sent);
	}
	if (refusal)
		state_pause(2);
	read_events(state, 20);

	return refusal ?: -EAGAIN;
}

static void flip_end(struct state *state)
{
	for (int i = 0; i < STRESS_PIPES; i++) {
		while (all_flips[i].sent != all_flips[i].come && !is_late(&all_flips[i]))
			read_events(state, 20);
		if (all_flips[i].sent != all_flips[i].come)
			state_fault(state, "CRTC %u: the event of the last flip, %u, never came",
				    state->pipes[i].crtc, all_flips[i].sent);
	}
}

const struct worker flip_worker = {
	.name = "flip",
	.begin = flip_begin,
	.step = flip_step,
	.end = flip_end,
};
