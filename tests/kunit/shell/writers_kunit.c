// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of devices that write to a shown buffer, with slow compositions. A frame waits 100 ms for a
 * writer, in jiffies of 10 ms: after up to 100 ms it is always composed, after 110 ms never.
 */

#include <drm/drm_crtc.h>
#include <drm/drm_debugfs_crc.h>
#include <drm/drm_device.h>
#include <drm/drm_file.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_plane.h>
#include <drm/drm_vblank.h>
#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/delay.h>
#include <linux/dma-fence.h>
#include <linux/kconfig.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/minmax.h>
#include <linux/string.h>

#include "../../objects/device.h"
#include "display.h"
#include "exporter.h"

/* A half, one and a half, and ten periods of 640x480 at 59.94 Hz, which are 16683217 ns. */
#define HALF_NS 8341608
#define ONE_AND_A_HALF_NS 25024825
#define TEN_NS 166832170

/* A busy host makes the kernel late. */
#define LATENESS_NS (30 * NSEC_PER_MSEC)

static struct rvkms_scanout *scanout_of(struct display *display)
{
	return &to_rvkms_crtc(display->crtc)->scanout;
}

/* Sets the duration of each composition. */
static void set_delay(struct display *display, u64 ns)
{
	scanout_of(display)->delays.frame_ns = ns;
}

/* Waits until a composition runs. Returns the time of its start. */
static ktime_t composition_begin(struct display *display)
{
	struct rvkms_scanout *scanout = scanout_of(display);
	bool is_composing;
	ktime_t begin;

	do {
		usleep_range(500, 1000);
		spin_lock_irq(&scanout->lock);
		is_composing = scanout->latch.is_composing;
		begin = scanout->composition.begin;
		spin_unlock_irq(&scanout->lock);
	} while (!is_composing);

	return begin;
}

static struct drm_client_buffer *screen(struct display *display)
{
	return display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);
}

static struct display_request capture_to(struct drm_client_buffer *buffer)
{
	return (struct display_request){
		.writeback = buffer->fb, .change = display_want_fence,
	};
}

/**
 * struct outcome - the result of a frame with a writer
 * @status: the status of its writeback job
 * @ns: the duration of its composition
 */
struct outcome {
	int status;
	s64 ns;
};

/* Composes a frame of a buffer to which a device writes for @writer_ms. */
static struct outcome compose(struct display *display, struct drm_framebuffer *fb,
			      struct drm_client_buffer *result, u32 writer_ms)
{
	const struct display_request capture = capture_to(result);
	struct kunit *test = display->test;
	struct dma_fence *writer;
	struct outcome outcome;
	ktime_t begin;

	KUNIT_ASSERT_EQ(test, display_post(display, &capture), 0);
	writer = exporter_add_writer(test, fb);
	begin = composition_begin(display);
	exporter_signal_at(test, writer, ktime_add_ms(begin, writer_ms));
	outcome.status = display_job_status(display);
	outcome.ns = ktime_to_ns(ktime_sub(dma_fence_timestamp(display->fence), begin));
	dma_fence_wait(writer, false);

	return outcome;
}

static void expect_composed(struct kunit *test, const struct outcome *outcome, u64 frame_ns,
			    u32 writer_ms)
{
	const s64 ns = max(frame_ns, writer_ms * NSEC_PER_MSEC);

	KUNIT_EXPECT_EQ(test, outcome->status, 1);
	KUNIT_EXPECT_GE(test, outcome->ns, ns);
	KUNIT_EXPECT_LE(test, outcome->ns, ns + LATENESS_NS);
}

/* A failed frame has no composition time. */
static void expect_failed(struct kunit *test, const struct outcome *outcome)
{
	KUNIT_EXPECT_EQ(test, outcome->status, -ETIMEDOUT);
	KUNIT_EXPECT_GE(test, outcome->ns, 100 * NSEC_PER_MSEC);
	KUNIT_EXPECT_LE(test, outcome->ns, 110 * NSEC_PER_MSEC + LATENESS_NS);
}

/**
 * struct pairing - the durations of a composition and of a writer
 * @frame_ns: the duration of a composition
 * @writer_ms: the duration of the device's access
 */
struct pairing {
	u64 frame_ns;
	u32 writer_ms;
};

static void expect_outcome(struct kunit *test, const struct pairing *pairing,
			   const struct outcome *outcome)
{
	if (outcome->status == 1)
		expect_composed(test, outcome, pairing->frame_ns, pairing->writer_ms);
	else
		expect_failed(test, outcome);

	if (pairing->writer_ms <= 99)
		KUNIT_EXPECT_EQ(test, outcome->status, 1);
	if (pairing->writer_ms > 110)
		KUNIT_EXPECT_EQ(test, outcome->status, -ETIMEDOUT);
}

static void rvkms_test_writers_of_slow_frames(struct kunit *test)
{
	const struct pairing *pairing = test->param_value;
	struct exporter *exporter = exporter_screen(test, 0x00112233);
	struct display *display = test->priv;
	struct drm_framebuffer *fb = exporter_fb(display, exporter);
	struct drm_client_buffer *result = screen(display);
	const struct display_request capture = capture_to(result);
	struct outcome outcome;

	display_turn_on(display, fb);
	KUNIT_ASSERT_EQ(test, display_commit(display, &capture), 0);
	set_delay(display, pairing->frame_ns);
	display_fill(result, 0x12345678);
	outcome = compose(display, fb, result, pairing->writer_ms);
	expect_outcome(test, pairing, &outcome);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 639, 479),
			outcome.status == 1 ? 0xff112233 : 0x12345678);

	/* The next frame is not affected. */
	display_settle(display);
	exporter_expect_balance(exporter, 2);
	KUNIT_ASSERT_EQ(test, display_commit(display, &capture), 0);
	KUNIT_EXPECT_EQ(test, display_job_status(display), 1);
	KUNIT_EXPECT_EQ(test, display_pixel(result, 639, 479), 0xff112233);
	exporter_expect_balance(exporter, 3);
	display_turn_off(display);
}

/* Two planes have writers of 70 ms each: the exporters share 100 ms. */
static void rvkms_test_writers_of_two_planes(struct kunit *test)
{
	struct exporter *lower = exporter_screen(test, 0x00112233);
	struct exporter *upper = exporter_screen(test, 0x00445566);
	struct display *display = test->priv;
	struct drm_client_buffer *result = screen(display);
	struct display_request capture = capture_to(result);

	display_turn_on(display, exporter_fb(display, lower));
	capture.planes[0] = (struct display_plane_request){
		.plane = display->overlay, .fb = exporter_fb(display, upper),
	};
	lower->begin_ns = 45 * NSEC_PER_MSEC;
	upper->begin_ns = 45 * NSEC_PER_MSEC;
	KUNIT_ASSERT_EQ(test, display_commit(display, &capture), 0);
	KUNIT_EXPECT_EQ(test, display_job_status(display), 1);

	lower->begin_ns = 70 * NSEC_PER_MSEC;
	upper->begin_ns = 70 * NSEC_PER_MSEC;
	KUNIT_ASSERT_EQ(test, display_commit(display, &capture), 0);
	KUNIT_EXPECT_EQ(test, display_job_status(display), -ETIMEDOUT);
	display_settle(display);
	exporter_expect_balance(lower, 2);
	exporter_expect_balance(upper, 2);

	capture = (struct display_request){ .planes = { { .plane = display->overlay } } };
	KUNIT_ASSERT_EQ(test, display_commit(display, &capture), 0);
	display_turn_off(display);
}

static const struct pairing pairings[] = {
	{ HALF_NS, 0 }, { HALF_NS, 50 }, { HALF_NS, 99 },
	{ HALF_NS, 100 }, { HALF_NS, 101 }, { HALF_NS, 150 },
	{ ONE_AND_A_HALF_NS, 0 }, { ONE_AND_A_HALF_NS, 50 }, { ONE_AND_A_HALF_NS, 99 },
	{ ONE_AND_A_HALF_NS, 100 }, { ONE_AND_A_HALF_NS, 101 }, { ONE_AND_A_HALF_NS, 150 },
	{ TEN_NS, 0 }, { TEN_NS, 50 }, { TEN_NS, 99 },
	{ TEN_NS, 100 }, { TEN_NS, 101 }, { TEN_NS, 150 },
};

static void describe_pairing(const struct pairing *pairing, char *name)
{
	snprintf(name, KUNIT_PARAM_DESC_SIZE, "frame of %llu ns, writer of %u ms",
		 pairing->frame_ns, pairing->writer_ms);
}

KUNIT_ARRAY_PARAM(pairings, pairings, describe_pairing);

/**
 * struct pace - the distance of flips
 * @frame_ns: the duration of a composition
 * @vblanks: vblanks between two flips
 */
struct pace {
	u64 frame_ns;
	u32 vblanks;
};

/* A frame of ten periods ends just after the tenth vblank. */
static const struct pace paces[] = {
	{ HALF_NS, 1 }, { ONE_AND_A_HALF_NS, 2 }, { TEN_NS, 11 },
};

static void describe_pace(const struct pace *pace, char *name)
{
	snprintf(name, KUNIT_PARAM_DESC_SIZE, "frame of %llu ns", pace->frame_ns);
}

KUNIT_ARRAY_PARAM(paces, paces, describe_pace);

#define FLIPS 8

/**
 * struct pair - a client that flips between two imported buffers
 * @display: the display
 * @exporters: the exporters of the buffers
 * @fbs: the framebuffers
 * @crcs: the CRC of each framebuffer after it is painted
 */
struct pair {
	struct display *display;
	struct exporter *exporters[2];
	struct drm_framebuffer *fbs[2];
	u32 crcs[2];
};

/* Fills a buffer with its colour. On a coherent device, memory and caches have the same content. */
static void paint(struct exporter *exporter, u32 colour)
{
	exporter_paint(exporter, colour);
	memcpy(exporter->cpu, exporter->device, exporter->size);
}

static const u32 colours[] = { 0x00ff0000, 0x000000ff };

static int flip(struct pair *pair, u32 i)
{
	const struct display_request request = {
		.planes = { { .plane = pair->display->primary, .fb = pair->fbs[i % 2] } },
	};

	return display_commit(pair->display, &request);
}

static u32 last_crc(struct display *display)
{
	const struct drm_crtc_crc *crc = &display->crtc->crc;

	return crc->entries[(crc->head - 1) & (DRM_CRC_ENTRIES_NR - 1)].crcs[0];
}

/* Shows both framebuffers, and reads their CRCs. */
static struct pair *start_pair(struct display *display)
{
	struct kunit *test = display->test;
	struct pair *pair = kunit_kzalloc(test, sizeof(*pair), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, pair);
	pair->display = display;
	for (u32 i = 0; i < 2; i++) {
		pair->exporters[i] = exporter_screen(test, 0);
		paint(pair->exporters[i], colours[i]);
		pair->fbs[i] = exporter_fb(display, pair->exporters[i]);
	}
	display_turn_on(display, pair->fbs[0]);
	display_begin_crcs(display);
	for (u32 i = 0; i < 2; i++) {
		KUNIT_ASSERT_EQ(test, flip(pair, i), 0);
		msleep(50);
		display_settle(display);
		pair->crcs[i] = last_crc(display);
	}
	KUNIT_ASSERT_NE(test, pair->crcs[0], pair->crcs[1]);

	return pair;
}

static void expect_whole_pictures(struct pair *pair)
{
	struct display *display = pair->display;
	const struct drm_crtc_crc_entry *entries = display->crtc->crc.entries;
	const u32 count = display_end_crcs(display);

	KUNIT_ASSERT_LT(display->test, count, DRM_CRC_ENTRIES_NR);
	for (u32 i = 0; i < count; i++) {
		KUNIT_EXPECT_TRUE_MSG(display->test,
				      entries[i].crcs[0] == pair->crcs[0] ||
				      entries[i].crcs[0] == pair->crcs[1],
				      "frame %u is torn", entries[i].frame);
	}
}

/*
 * A flip completes when the old buffer is no longer read, so that the device may write to it at
 * once. Here it does, and it finishes before the buffer is shown again. No frame mixes both
 * colours.
 */
static void rvkms_test_writers_behind_flips(struct kunit *test)
{
	const struct pace *pace = test->param_value;
	struct display *display = test->priv;
	struct pair *pair = start_pair(display);
	u64 counts[FLIPS];

	set_delay(display, pace->frame_ns);
	for (u32 i = 0; i < FLIPS; i++) {
		KUNIT_ASSERT_EQ(test, flip(pair, i), 0);
		counts[i] = drm_crtc_vblank_count(display->crtc);
		paint(pair->exporters[(i + 1) % 2], 0x0000ff00);
		usleep_range(4000, 4001);
		paint(pair->exporters[(i + 1) % 2], colours[(i + 1) % 2]);
	}
	expect_whole_pictures(pair);
	for (u32 i = 2; i < FLIPS; i++)
		KUNIT_EXPECT_EQ(test, counts[i] - counts[i - 1], pace->vblanks);
	KUNIT_EXPECT_EQ(test, rvkms_scanout_stats(scanout_of(display)).failed, 0);
	display_turn_off(display);
}

/*
 * The device is still writing at the commit, which waits for it without a limit. The frames before
 * and after it are complete.
 */
static void rvkms_test_writers_before_flips(struct kunit *test)
{
	static const u32 times_ms[] = { 0, 50, 99, 100, 101, 150 };
	const struct pace *pace = test->param_value;
	struct display *display = test->priv;
	struct pair *pair = start_pair(display);

	set_delay(display, pace->frame_ns);
	for (u32 i = 0; i < FLIPS; i++) {
		const u32 ms = times_ms[i % ARRAY_SIZE(times_ms)];
		const ktime_t start = ktime_get();
		struct dma_fence *writer = exporter_add_writer(test, pair->fbs[i % 2]);

		exporter_signal_after(test, writer, ms);
		KUNIT_ASSERT_EQ(test, flip(pair, i), 0);
		KUNIT_EXPECT_TRUE(test, dma_fence_is_signaled(writer));
		/*
		 * This covers the previous frame, the first vblank of this one, and the composition
		 * in between.
		 */
		KUNIT_EXPECT_LE(test, display_ms_since(start), ms + 250);
	}
	expect_whole_pictures(pair);
	KUNIT_EXPECT_EQ(test, rvkms_scanout_stats(scanout_of(display)).failed, 0);
	display_turn_off(display);
}

/*
 * A device never stops writing to the shown buffer. Frames fail, the first after 100 ms and the
 * others at once. Flips to the other buffer are in time, and back when the device is done.
 */
static void rvkms_test_writers_without_end(struct kunit *test)
{
	const struct pace *pace = test->param_value;
	struct display *display = test->priv;
	struct pair *pair = start_pair(display);
	const u32 asked = pair->exporters[1]->asked;
	struct dma_fence *writer;
	ktime_t start;
	u64 failed;

	set_delay(display, pace->frame_ns);
	msleep(400);
	writer = exporter_add_writer(test, pair->fbs[1]);
	msleep(400);
	failed = rvkms_scanout_stats(scanout_of(display)).failed;
	/* One frame was composed already, one fails after 110 ms, and then one per vblank. */
	KUNIT_EXPECT_GE(test, failed, 5);
	KUNIT_EXPECT_LE(test, failed, 20);

	start = ktime_get();
	KUNIT_ASSERT_EQ(test, flip(pair, 0), 0);
	KUNIT_EXPECT_LE(test, display_ms_since(start), 50);
	msleep(400);
	KUNIT_EXPECT_EQ(test, rvkms_scanout_stats(scanout_of(display)).failed, failed);
	KUNIT_EXPECT_EQ(test, last_crc(display), pair->crcs[0]);

	dma_fence_signal(writer);
	KUNIT_ASSERT_EQ(test, flip(pair, 1), 0);
	msleep(400);
	KUNIT_EXPECT_EQ(test, last_crc(display), pair->crcs[1]);
	expect_whole_pictures(pair);
	KUNIT_EXPECT_GT(test, pair->exporters[1]->asked, asked);
	exporter_expect_balance(pair->exporters[1], pair->exporters[1]->begun);
	display_turn_off(display);
}

static int writers_test_init(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_DRM_RVKMS_DELAYS))
		kunit_skip(test, "needs CONFIG_DRM_RVKMS_DELAYS");

	return display_test_init(test);
}

static struct kunit_case writers_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_writers_of_slow_frames, pairings_gen_params),
	KUNIT_CASE(rvkms_test_writers_of_two_planes),
	KUNIT_CASE_PARAM(rvkms_test_writers_behind_flips, paces_gen_params),
	KUNIT_CASE_PARAM_ATTR(rvkms_test_writers_before_flips, paces_gen_params,
			      { .speed = KUNIT_SPEED_SLOW }),
	KUNIT_CASE_PARAM_ATTR(rvkms_test_writers_without_end, paces_gen_params,
			      { .speed = KUNIT_SPEED_SLOW }),
	{}
};

static struct kunit_suite writers_suite = {
	.name = "rvkms_writers",
	.init = writers_test_init,
	.test_cases = writers_tests,
};

kunit_test_suite(writers_suite);
