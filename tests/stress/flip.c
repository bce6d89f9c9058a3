// SPDX-License-Identifier: GPL-2.0
/*
 * Page flips of all CRTCs, each as soon as the one before is shown. Every event must come, once, in
 * order and with a time that does not go back, also when the CRTC is switched off and when the
 * device goes.
 */
#include <drm_fourcc.h>
#include <errno.h>
#include <poll.h>
#include <xf86drm.h>

#include "cast.h"

/* So that no commit can be taken for one of the other CRTC. */
#define COOKIE_CRTC_SHIFT	32

/**
 * struct train - the flips of one CRTC
 * @buffers: what is shown in turn
 * @sent: how many were accepted
 * @come: how many events have come
 * @sent_ms: when the last was accepted
 * @sequence: of the last event's vblank
 * @time_us: of the last event
 */
struct train {
	struct kms_buffer buffers[2];
	uint32_t sent;
	uint32_t come;
	int64_t sent_ms;
	unsigned int sequence;
	int64_t time_us;
};

static struct train trains[STAGE_PIPES];
static struct stage *the_stage;

static void on_flip(int fd, unsigned int sequence, unsigned int seconds,
		    unsigned int microseconds, unsigned int crtc, void *data)
{
	const int64_t time_us = seconds * INT64_C(1000000) + microseconds;
	const uint64_t cookie = (uintptr_t)data;
	const uint32_t pipe = cookie >> COOKIE_CRTC_SHIFT;
	const uint32_t number = cookie;
	struct train *train = &trains[pipe];

	(void)fd;
	if (pipe >= STAGE_PIPES || crtc != the_stage->pipes[pipe].crtc) {
		stage_fault(the_stage, "an event of CRTC %u says that it is of another", crtc);
		return;
	}
	if (number != train->come + 1 || number > train->sent)
		stage_fault(the_stage, "CRTC %u: the event of flip %u came after that of %u of %u",
			    crtc, number, train->come, train->sent);
	if ((int)(sequence - train->sequence) < 0 || time_us < train->time_us)
		stage_fault(the_stage, "CRTC %u: vblank %u at %lld us after vblank %u at %lld us",
			    crtc, sequence, (long long)time_us, train->sequence,
			    (long long)train->time_us);

	train->come = number;
	train->sequence = sequence;
	train->time_us = time_us;
	the_stage->tally->done++;
}

static void read_events(struct stage *stage, int timeout_ms)
{
	drmEventContext context = { .version = 3, .page_flip_handler2 = on_flip };
	struct pollfd event = { .fd = stage->card.fd, .events = POLLIN };

	if (poll(&event, 1, timeout_ms) == 1 && event.revents & POLLIN)
		drmHandleEvent(stage->card.fd, &context);
}

static int flip(struct stage *stage, int pipe)
{
	const struct kms_card *card = &stage->pipes[pipe];
	struct train *train = &trains[pipe];
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	uint32_t flags = DRM_MODE_ATOMIC_NONBLOCK | DRM_MODE_PAGE_FLIP_EVENT;
	const uint32_t number = train->sent + 1;
	int ret;

	if (!stage_random(stage, 8))
		flags |= DRM_MODE_PAGE_FLIP_ASYNC;
	ret = kms_set(card, req, card->primary, "FB_ID", train->buffers[number % 2].fb);
	if (ret) {
		drmModeAtomicFree(req);
		return ret;
	}
	/* The event may be read by nobody before this returns: who reads them is who sends. */
	ret = stage_commit(stage, req, flags, (uint64_t)pipe << COOKIE_CRTC_SHIFT | number);
	if (ret)
		return ret;

	train->sent = number;
	train->sent_ms = stage_now_ms();

	return 0;
}

static bool is_late(const struct train *train)
{
	return train->sent != train->come &&
	       stage_now_ms() - train->sent_ms > STAGE_PATIENCE_MS;
}

static int flip_begin(struct stage *stage)
{
	int ret = 0;

	the_stage = stage;
	for (int i = 0; i < STAGE_PIPES * 2 && !ret; i++)
		ret = kms_buffer_create(&stage->card, &trains[i / 2].buffers[i % 2], STAGE_WIDTH,
					STAGE_HEIGHT, DRM_FORMAT_XRGB8888);

	return ret;
}

static int flip_step(struct stage *stage)
{
	int refusal = 0;

	for (int i = 0; i < STAGE_PIPES; i++) {
		int ret = trains[i].sent == trains[i].come ? flip(stage, i) : 0;

		if (ret == -ENODEV)
			return ret;
		refusal = refusal ?: ret;
		if (is_late(&trains[i]))
			stage_fault(stage, "CRTC %u: the event of flip %u does not come",
				    stage->pipes[i].crtc, trains[i].sent);
	}
	if (refusal)
		stage_pause(2);
	read_events(stage, 20);

	return refusal ?: -EAGAIN;
}

static void flip_end(struct stage *stage)
{
	for (int i = 0; i < STAGE_PIPES; i++) {
		while (trains[i].sent != trains[i].come && !is_late(&trains[i]))
			read_events(stage, 20);
		if (trains[i].sent != trains[i].come)
			stage_fault(stage, "CRTC %u: the event of the last flip, %u, never came",
				    stage->pipes[i].crtc, trains[i].sent);
	}
}

const struct actor flip_actor = {
	.name = "flip",
	.begin = flip_begin,
	.step = flip_step,
	.end = flip_end,
};
