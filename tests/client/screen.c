// SPDX-License-Identifier: GPL-2.0
/* Shows pictures of one colour on a CRTC, and judges its frames by their CRCs. */
#include "screen.h"

#include <drm_fourcc.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>
#include <xf86drm.h>

/* Premultiplied. With the plane's alpha it changes every pixel and hides none. */
#define OVERLAY_PIXEL		0x40102030
#define OVERLAY_ALPHA		0x7fff

/* Any frame older than the last commit has ended after this time. */
#define QUIET_MS		300

/* Number of CRCs that are read to learn one. The last one counts. */
#define LEARNED_CRCS		4

#define RETRY_MS		1

static int create_buffer(struct screen *screen, struct kms_buffer *buffer, uint32_t format,
			 uint32_t pixel)
{
	const drmModeModeInfo *mode = &screen->card.mode;
	int ret = kms_buffer_create(&screen->card, buffer, mode->hdisplay, mode->vdisplay, format);

	if (!ret)
		solid_fill(&buffer->picture, pixel);

	return ret;
}

/**
 * screen_create - make the buffers of a screen
 * @screen: filled in; screen_destroy() destroys it, also after a failure
 * @card: the device, with a complete pipe and the screen's mode
 *
 * Returns: 0, or a negative errno.
 */
int screen_create(struct screen *screen, const struct kms_card *card)
{
	int ret;

	memset(screen, 0, sizeof(*screen));
	screen->card = *card;
	screen->crc_fd = -1;
	screen->pending = SCREEN_IDLE;

	ret = create_buffer(screen, &screen->overlay, DRM_FORMAT_ARGB8888, OVERLAY_PIXEL);
	for (int i = 0; i < SOLID_COLOURS && !ret; i++)
		ret = create_buffer(screen, &screen->pictures[i], DRM_FORMAT_XRGB8888,
				    solid_pixel(i));
	for (int i = 0; i < SCREEN_CANVASES && !ret; i++)
		ret = create_buffer(screen, &screen->canvases[i], DRM_FORMAT_XRGB8888,
				    solid_pixel(i));

	return ret;
}

/**
 * screen_destroy - destroy the buffers of a screen
 * @screen: the screen, after screen_hide()
 */
void screen_destroy(struct screen *screen)
{
	screen_stop_crcs(screen);
	for (int i = 0; i < SOLID_COLOURS; i++)
		kms_buffer_destroy(&screen->card, &screen->pictures[i]);
	for (int i = 0; i < SCREEN_CANVASES; i++)
		kms_buffer_destroy(&screen->card, &screen->canvases[i]);
	kms_buffer_destroy(&screen->card, &screen->overlay);
}

/* Commits and frees a request. While the previous commit is pending, the kernel returns -EBUSY. */
static int commit(struct screen *screen, drmModeAtomicReq *req, uint32_t flags)
{
	int ret = -EBUSY;

	for (int ms = 0; ms < SCREEN_PATIENCE_MS && ret == -EBUSY; ms += RETRY_MS) {
		ret = drmModeAtomicCommit(screen->card.fd, req, flags, screen);
		if (ret == -EBUSY)
			usleep(RETRY_MS * 1000);
	}
	drmModeAtomicFree(req);

	return ret;
}

/* A driver without this property uses the alpha of the pixels only. */
static int set_overlay_alpha(const struct kms_card *card, drmModeAtomicReq *req)
{
	const int ret = kms_set(card, req, card->overlay, "alpha", OVERLAY_ALPHA);

	return ret == -ENOENT ? 0 : ret;
}

/**
 * screen_show - set the mode and show the first picture below the overlay
 * @screen: the screen
 *
 * Returns: 0, or a negative errno.
 */
int screen_show(struct screen *screen)
{
	const struct kms_card *card = &screen->card;
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	int ret;

	if (!req)
		return -ENOMEM;
	ret = kms_set_mode(card, req) ?:
	      kms_set_plane(card, req, card->primary, &screen->pictures[0], 0, 0) ?:
	      kms_set_plane(card, req, card->overlay, &screen->overlay, 0, 0) ?:
	      set_overlay_alpha(card, req);
	if (!ret)
		return commit(screen, req, DRM_MODE_ATOMIC_ALLOW_MODESET);
	drmModeAtomicFree(req);

	return ret;
}

/**
 * screen_hide - disable the CRTC of a screen
 * @screen: the screen
 *
 * Returns: 0, or a negative errno.
 */
int screen_hide(struct screen *screen)
{
	const struct kms_card *card = &screen->card;
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	int ret;

	if (!req)
		return -ENOMEM;
	ret = kms_set_plane_off(card, req, card->primary) ?:
	      kms_set_plane_off(card, req, card->overlay) ?:
	      kms_set(card, req, card->writeback, "CRTC_ID", 0) ?:
	      kms_set_off(card, req);
	if (!ret)
		return commit(screen, req, DRM_MODE_ATOMIC_ALLOW_MODESET);
	drmModeAtomicFree(req);

	return ret;
}

static int learn_one(struct screen *screen, int picture)
{
	struct crc_frame frame = {};
	int ret = screen_flip(screen, &screen->pictures[picture], picture, 0);

	if (ret)
		return ret;
	usleep(QUIET_MS * 1000);
	ret = screen_start_crcs(screen);
	for (int i = 0; i < LEARNED_CRCS && !ret; i++)
		ret = crc_wait(screen->crc_fd, &frame, SCREEN_PATIENCE_MS);
	screen_stop_crcs(screen);
	screen->crcs[picture] = frame.crc;

	return ret;
}

static bool has_twice(const uint32_t *crcs, int count)
{
	for (int i = 0; i < count; i++)
		for (int j = 0; j < i; j++)
			if (crcs[i] == crcs[j])
				return true;

	return false;
}

/**
 * screen_learn - learn the CRC of each picture, while nothing changes
 * @screen: the screen, after screen_show()
 *
 * Returns: 0, or a negative errno: -EUCLEAN if two pictures have the same CRC.
 */
int screen_learn(struct screen *screen)
{
	int ret = 0;

	for (int i = 0; i < SOLID_COLOURS && !ret; i++)
		ret = learn_one(screen, i);
	if (!ret && has_twice(screen->crcs, SOLID_COLOURS))
		ret = -EUCLEAN;

	return ret;
}

/**
 * screen_flip_and_capture - show a buffer, and write back the first frame that shows it
 * @screen: the screen, idle
 * @buffer: the buffer
 * @picture: the picture that is in the buffer
 * @flags: DRM_MODE_ATOMIC_* and DRM_MODE_PAGE_FLIP_*
 * @capture: the destination of the writeback, or NULL
 * @fence: set to the descriptor of a fence if there is a writeback
 *
 * Returns: 0, or a negative errno.
 */
int screen_flip_and_capture(struct screen *screen, const struct kms_buffer *buffer, int picture,
			    uint32_t flags, const struct kms_buffer *capture, int32_t *fence)
{
	const struct kms_card *card = &screen->card;
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	int ret;

	if (!req)
		return -ENOMEM;
	ret = kms_set(card, req, card->primary, "FB_ID", buffer->fb);
	if (!ret && capture)
		ret = kms_set_writeback(card, req, capture, fence);
	if (ret) {
		drmModeAtomicFree(req);
		return ret;
	}

	/* The event may come before the commit returns. */
	screen->pending = flags & DRM_MODE_PAGE_FLIP_EVENT ? picture : SCREEN_IDLE;
	ret = commit(screen, req, flags);
	if (ret)
		screen->pending = SCREEN_IDLE;

	return ret;
}

/**
 * screen_flip - show a buffer
 * @screen: the screen, idle
 * @buffer: the buffer
 * @picture: the picture that is in the buffer
 * @flags: DRM_MODE_ATOMIC_* and DRM_MODE_PAGE_FLIP_*
 *
 * Returns: 0, or a negative errno.
 */
int screen_flip(struct screen *screen, const struct kms_buffer *buffer, int picture,
		uint32_t flags)
{
	return screen_flip_and_capture(screen, buffer, picture, flags, NULL, NULL);
}

static void on_event(int fd, unsigned int sequence, unsigned int seconds,
		     unsigned int microseconds, unsigned int crtc, void *data)
{
	struct screen *screen = data;

	(void)fd;
	(void)seconds;
	(void)microseconds;
	if (screen->pending == SCREEN_IDLE || crtc != screen->card.crtc)
		return;
	timeline_note(&screen->timeline, sequence, screen->pending);
	screen->pending = SCREEN_IDLE;
}

/**
 * screen_handle_events - wait for events of commits, and note them in the timelines
 * @fd: the file of the screens
 * @timeout_ms: timeout
 *
 * Returns: 0, or a negative errno: -ETIMEDOUT after the timeout.
 */
int screen_handle_events(int fd, int timeout_ms)
{
	drmEventContext context = { .version = 3, .page_flip_handler2 = on_event };
	struct pollfd event = { .fd = fd, .events = POLLIN };

	if (poll(&event, 1, timeout_ms) != 1)
		return -ETIMEDOUT;
	if (!(event.revents & POLLIN))
		return -ENODEV;

	return drmHandleEvent(fd, &context) ? -EIO : 0;
}

/**
 * screen_wait - wait for the event of the last commit
 * @screen: the screen
 *
 * Returns: 0, or a negative errno.
 */
int screen_wait(struct screen *screen)
{
	int ret = 0;

	while (screen->pending != SCREEN_IDLE && !ret)
		ret = screen_handle_events(screen->card.fd, SCREEN_PATIENCE_MS);

	return ret;
}

/**
 * screen_count_vblanks - read the number of the last vblank
 * @screen: the screen
 * @count: filled in
 *
 * Returns: 0, or a negative errno.
 */
int screen_count_vblanks(const struct screen *screen, uint32_t *count)
{
	uint64_t sequence, ns;

	if (drmCrtcGetSequence(screen->card.fd, screen->card.crtc, &sequence, &ns))
		return -errno;
	*count = sequence;

	return 0;
}

/**
 * screen_start_crcs - start CRCs
 * @screen: the screen
 *
 * Returns: 0, or a negative errno.
 */
int screen_start_crcs(struct screen *screen)
{
	const int fd = crc_open(screen->card.minor, screen->card.crtc_index);

	screen->crc_fd = fd < 0 ? -1 : fd;

	return fd < 0 ? fd : 0;
}

/**
 * screen_stop_crcs - stop CRCs if they are on
 * @screen: the screen
 */
void screen_stop_crcs(struct screen *screen)
{
	if (screen->crc_fd >= 0)
		close(screen->crc_fd);
	screen->crc_fd = -1;
}

/**
 * screen_judge - compare the CRC of a frame with that of a picture
 * @screen: the screen
 * @picture: the picture
 * @crc: the frame's CRC
 *
 * Returns: the verdict.
 */
enum screen_verdict screen_judge(const struct screen *screen, int picture, uint32_t crc)
{
	if (crc == screen->crcs[picture])
		return SCREEN_GOOD;
	for (int i = 0; i < SOLID_COLOURS; i++)
		if (crc == screen->crcs[i])
			return SCREEN_STALE;

	return SCREEN_TORN;
}
