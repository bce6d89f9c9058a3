// SPDX-License-Identifier: GPL-2.0
/*
 * Shows pictures of one colour on a CRTC that no other worker uses, and draws on buffers as soon as
 * they are shown no longer. Every CRC must be of the picture that its frame shows, and the first
 * CRC of a capture of the picture that is shown when it starts.
 *
 * The worker holds a lease on the CRTC, and so has a file with events of its own. While the worker
 * files has dropped the mastery, the console may take the CRTC. Then the next flip here fails,
 * since the console has another mode. So a CRC counts only after the next flip has succeeded.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <xf86drm.h>

#include "screen.h"
#include "workers.h"

#define FLAGS		(DRM_MODE_ATOMIC_NONBLOCK | DRM_MODE_PAGE_FLIP_EVENT)

/* Flips of a step that draws, and flips of a step that starts captures. */
#define DRAWINGS	8
#define CAPTURES	3

/* DRM keeps so many CRCs. */
#define MAX_SIGHTS	128

/* How long the worker waits before it looks whether the device, or its CRTC, is gone. */
#define WAIT_MS		100

/**
 * struct sight - a frame that was seen
 * @frame: the frame
 * @picture: the picture that it has to show
 */
struct sight {
	struct crc_frame frame;
	int picture;
};

static struct screen screen;
static struct sight sights[MAX_SIGHTS];
static unsigned int num_sights;
static unsigned int num_flips;
static bool is_shown;

static int create_lease(struct state *state)
{
	const struct kms_card *card = &state->reserved;
	const uint32_t objects[] = { card->crtc, card->connector, card->primary, card->overlay,
				     card->writeback };
	const int64_t begin_ms = state_now_ms();
	uint32_t lease;
	int fd;

	do {
		fd = drmModeCreateLease(card->fd, objects, sizeof(objects) / sizeof(*objects),
					O_CLOEXEC, &lease);
		if (fd == -EACCES)
			state_pause(1);
	} while (fd == -EACCES && state_now_ms() - begin_ms < STRESS_TIMEOUT_MS);

	return fd;
}

static int picture_begin(struct state *state)
{
	struct kms_card card = state->reserved;
	struct kms_card lessee;
	int ret = kms_use(&lessee, create_lease(state));

	if (ret)
		return ret;
	card.fd = lessee.fd;
	ret = screen_create(&screen, &card);
	memcpy(screen.crcs, state->crcs, sizeof(screen.crcs));
	is_shown = false;

	return ret;
}

static int learn(struct state *state, uint32_t *crcs)
{
	int ret = screen_create(&screen, &state->reserved) ?:
		  screen_show(&screen) ?:
		  screen_learn(&screen) ?:
		  screen_hide(&screen);

	memcpy(crcs, screen.crcs, sizeof(screen.crcs));
	screen_destroy(&screen);

	return ret;
}

/**
 * picture_learn - learn the CRCs of the pictures, while no worker runs
 * @state: the state; what is learned of one device holds of the next
 *
 * Returns: 0, or a negative errno.
 */
int picture_learn(struct state *state)
{
	static uint32_t crcs[SOLID_COLOURS];
	static bool are_known;
	const int ret = are_known ? 0 : learn(state, crcs);

	are_known = !ret;
	memcpy(state->crcs, crcs, sizeof(crcs));

	return ret;
}

static void note(const struct crc_frame *frame, int picture)
{
	if (picture >= 0 && num_sights < MAX_SIGHTS)
		sights[num_sights++] = (struct sight){ .frame = *frame, .picture = picture };
}

static void judge(struct state *state)
{
	static const char *const words[] = { "good", "stale", "torn" };

	for (unsigned int i = 0; i < num_sights; i++) {
		const struct sight *sight = &sights[i];
		const enum screen_verdict verdict = screen_judge(&screen, sight->picture,
								 sight->frame.crc);

		if (verdict != SCREEN_GOOD)
			state_fault(state, "frame %u is %s: its CRC is %08x, %08x is due",
				    sight->frame.number, words[verdict], sight->frame.crc,
				    screen.crcs[sight->picture]);
	}
	num_sights = 0;
}

/* While there is no master, a lessee may not commit either. */
static int retry(struct state *state, int (*commit)(void *argument), void *argument)
{
	const int64_t begin_ms = state_now_ms();
	int ret;

	do {
		ret = commit(argument);
		if (ret == -EACCES)
			state_pause(1);
	} while (ret == -EACCES && !*state->is_leaving &&
		 state_now_ms() - begin_ms < STRESS_TIMEOUT_MS);

	return ret;
}

static int commit_show(void *argument)
{
	(void)argument;

	return screen_show(&screen);
}

static int show(struct state *state)
{
	const int ret = retry(state, commit_show, NULL);

	num_sights = 0;
	timeline_begin(&screen.timeline);
	is_shown = !ret;

	return ret;
}

static int commit_flip(void *argument)
{
	return screen_flip(&screen, argument, num_flips % SOLID_COLOURS, FLAGS);
}

static int wait_for_event(struct state *state)
{
	const int64_t begin_ms = state_now_ms();
	int ret = 0;

	while (screen.pending != SCREEN_IDLE && state_now_ms() - begin_ms < STRESS_TIMEOUT_MS) {
		ret = screen_handle_events(screen.card.fd, WAIT_MS);
		if (ret && ret != -ETIMEDOUT)
			return ret;
	}
	if (screen.pending == SCREEN_IDLE)
		return 0;
	state_fault(state, "the event of flip %u does not come", num_flips);

	return -ENODEV;
}

/* Once it succeeds, nobody has taken the CRTC since the flip before. */
static int flip(struct state *state, struct kms_buffer *buffer)
{
	int ret = retry(state, commit_flip, buffer);

	if (ret) {
		is_shown = false;
		return ret;
	}
	judge(state);
	ret = wait_for_event(state);
	num_flips++;

	return ret;
}

static void drain(void)
{
	struct crc_frame frame;

	while (!crc_wait(screen.crc_fd, &frame, 0))
		note(&frame, timeline_find(&screen.timeline, frame.number));
}

/* Which canvas is shown, depends on the count of flips; the other one is drawn on. */
static int draw_and_flip(struct state *state)
{
	struct kms_buffer *canvas = &screen.canvases[num_flips % SCREEN_CANVASES];

	solid_fill(&canvas->picture, solid_pixel(num_flips % SOLID_COLOURS));
	drain();

	return flip(state, canvas);
}

static int draw(struct state *state)
{
	int ret = screen_start_crcs(&screen);

	for (int i = 0; i < DRAWINGS && !ret; i++)
		ret = draw_and_flip(state);
	screen_stop_crcs(&screen);

	return ret;
}

static bool is_mine(const struct kms_buffer *buffer)
{
	uint64_t fb;

	return !kms_get(&screen.card, screen.card.primary, "FB_ID", &fb) && fb == buffer->fb;
}

static int wait_for_first(struct state *state, const struct kms_buffer *buffer,
			  struct crc_frame *frame)
{
	const int64_t begin_ms = state_now_ms();
	int ret = -ETIMEDOUT;

	while (ret == -ETIMEDOUT && state_now_ms() - begin_ms < STRESS_TIMEOUT_MS) {
		ret = crc_wait(screen.crc_fd, frame, WAIT_MS);
		if (ret == -ETIMEDOUT && (*state->is_leaving || !is_mine(buffer)))
			return -EAGAIN;
	}
	if (ret == -ETIMEDOUT)
		state_fault(state, "a capture has no CRC");

	return ret;
}

static int flip_and_capture(struct state *state)
{
	const int picture = num_flips % SOLID_COLOURS;
	struct kms_buffer *buffer = &screen.pictures[picture];
	struct crc_frame frame;
	int ret = flip(state, buffer) ?: screen_start_crcs(&screen);

	if (ret)
		return ret;
	ret = wait_for_first(state, buffer, &frame);
	screen_stop_crcs(&screen);
	if (!ret)
		note(&frame, picture);

	return ret;
}

static int capture(struct state *state)
{
	int ret = 0;

	for (int i = 0; i < CAPTURES && !ret; i++)
		ret = flip_and_capture(state);

	return ret;
}

/* The files of debugfs go before the device says that it is gone. */
static int picture_step(struct state *state)
{
	int ret = is_shown ? 0 : show(state);

	if (!ret)
		ret = state_random(state, 2) ? draw(state) : capture(state);
	if (ret && *state->is_leaving)
		return -ENODEV;

	return ret;
}

const struct worker picture_worker = {
	.name = "picture",
	.begin = picture_begin,
	.step = picture_step,
};
