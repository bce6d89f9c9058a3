// SPDX-License-Identifier: GPL-2.0
/*
 * The model of lag.c. It knows the content of each commit and the frames between which the commit
 * becomes visible. It checks each CRC that a reader gets. It uses no decision of the driver.
 */

#include <drm/drm_crtc.h>
#include <drm/drm_debugfs_crc.h>
#include <kunit/test.h>
#include <linux/cleanup.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/spinlock.h>

#include "../../core/compose/hash.h"
#include "../../core/pixel/format.h"
#include "lag.h"

static struct rvkms_pixel to_pixel(u32 colour)
{
	return (struct rvkms_pixel){
		.b = (colour & 0xff) * 0x101,
		.g = (colour >> 8 & 0xff) * 0x101,
		.r = (colour >> 16 & 0xff) * 0x101,
		.a = U16_MAX,
	};
}

static u32 colour_at(const struct lag_look *look, u32 x, u32 y)
{
	const bool is_in_cursor = x >= look->x && x < look->x + LAG_CURSOR_SIZE &&
				  y >= LAG_CURSOR_Y && y < LAG_CURSOR_Y + LAG_CURSOR_SIZE;

	return look->has_cursor && is_in_cursor ? look->cursor : look->colour;
}

/* Computes a CRC without the driver's composition. The link has eight bits per channel. */
static u32 reference(struct lag *lag)
{
	struct rvkms_hash hash = rvkms_hash_init(LAG_WIDTH, lag->look.height);

	rvkms_hash_set_depth(&hash, 8);
	for (u32 y = 0; y < lag->look.height; y++) {
		for (u32 x = 0; x < LAG_WIDTH; x++)
			lag->line[x] = to_pixel(colour_at(&lag->look, x, y));
		rvkms_hash_add_line(&hash, lag->line, LAG_WIDTH);
	}

	return rvkms_hash_value(&hash);
}

/* Adds a scene that becomes visible between two frames. Returns its index. */
u32 lag_add_scene(struct lag *lag, u64 earliest, u64 latest)
{
	const u32 n = lag->num_scenes++;

	KUNIT_ASSERT_LT(lag->display->test, n, LAG_MAX_LOG);
	lag->scenes[n] = (struct lag_scene){
		.is_on = lag->look.is_on,
		.crc = lag->look.is_on ? reference(lag) : 0,
		.earliest = n ? max(earliest, lag->scenes[n - 1].earliest) : earliest,
		.latest = latest,
	};

	return n;
}

/* Sets the first frame of a scene. Later scenes are not visible before it. */
void lag_place_scene(struct lag *lag, u32 n, u64 frame)
{
	lag->scenes[n].earliest = frame;
	lag->scenes[n].latest = frame;
	while (++n < lag->num_scenes) {
		lag->scenes[n].earliest = max(lag->scenes[n].earliest, frame);
		lag->scenes[n].latest = max(lag->scenes[n].latest, frame);
	}
}

/* A CRTC without users of vblanks stops counting: after that a mode repeats some frame numbers. */
void lag_limit_scenes(struct lag *lag, u64 frame)
{
	for (u32 n = 0; n < lag->num_scenes; n++)
		lag->scenes[n].earliest = min(lag->scenes[n].earliest, frame);
}

static bool is_right(const struct lag *lag, const struct lag_crc *crc)
{
	u32 n = lag->num_scenes - 1;

	while (n && lag->scenes[n].latest > crc->frame)
		n--;
	for (; n < lag->num_scenes && lag->scenes[n].earliest <= crc->frame; n++) {
		if (lag->scenes[n].is_on && lag->scenes[n].crc == crc->value)
			return true;
	}

	return false;
}

/* A reader gets frames in order, none from before its start and none after its stop. */
static void log_crc(struct lag *lag, const struct drm_crtc_crc_entry *entry)
{
	struct kunit *test = lag->display->test;

	KUNIT_EXPECT_TRUE_MSG(test, lag->is_reading, "frame %u after the stop", entry->frame);
	KUNIT_EXPECT_GT_MSG(test, entry->frame, lag->after, "frame is stale");
	KUNIT_ASSERT_LT(test, lag->num_crcs, LAG_MAX_LOG);
	lag->crcs[lag->num_crcs++] = (struct lag_crc){ entry->frame, entry->crcs[0] };
	lag->after = entry->frame;
}

static bool take_entry(struct drm_crtc_crc *crc, struct drm_crtc_crc_entry *entry)
{
	guard(spinlock_irq)(&crc->lock);
	if (crc->head == crc->tail)
		return false;

	*entry = crc->entries[crc->tail];
	crc->tail = (crc->tail + 1) & (DRM_CRC_ENTRIES_NR - 1);

	return true;
}

/* Returns the number of CRCs since the last check. */
u32 lag_read(struct lag *lag)
{
	struct drm_crtc_crc_entry entry;

	while (take_entry(&lag->display->crtc->crc, &entry))
		log_crc(lag, &entry);

	return lag->num_crcs;
}

/* Expects the CRC that is owed. */
void lag_collect_owed(struct lag *lag)
{
	bool is_there = false;

	lag_read(lag);
	for (u32 n = 0; n < lag->num_crcs; n++)
		is_there |= lag->crcs[n].frame == lag->owed;
	KUNIT_EXPECT_TRUE_MSG(lag->display->test, is_there || !lag->owed,
			      "first frame %llu has no CRC", lag->owed);
	lag->owed = 0;
}

/* Expects the CRC of a commit's first frame, unless no reader waits for that frame. */
void lag_expect_crc(struct lag *lag, u64 frame)
{
	lag_collect_owed(lag);
	if (lag->is_reading && frame > lag->after)
		lag->owed = frame;
}

/* Forgets the checked frames. The last scene is the first one of the next frames. */
void lag_forget(struct lag *lag)
{
	lag->scenes[0] = lag->scenes[lag->num_scenes - 1];
	lag->num_scenes = 1;
	lag->num_crcs = 0;
}

/* Checks all frames so far, with no flip pending. Returns the number of CRCs. */
u32 lag_check(struct lag *lag)
{
	struct kunit *test = lag->display->test;
	u32 num_crcs;

	KUNIT_EXPECT_FALSE(test, lag->has_posted);
	display_settle(lag->display);
	lag_collect_owed(lag);
	for (num_crcs = 0; num_crcs < lag->num_crcs; num_crcs++)
		KUNIT_EXPECT_TRUE_MSG(test, is_right(lag, &lag->crcs[num_crcs]),
				      "frame %llu has a wrong CRC", lag->crcs[num_crcs].frame);
	lag_forget(lag);

	return num_crcs;
}
