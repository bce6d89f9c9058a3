/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_TESTS_DISPLAY_H
#define RVKMS_TESTS_DISPLAY_H

#include <drm/drm_client.h>
#include <drm/drm_color_mgmt.h>
#include <drm/drm_plane.h>
#include <kunit/test.h>
#include <linux/ktime.h>

#include "../../objects/crtc.h"

struct dma_fence;
struct drm_atomic_commit;
struct drm_connector;
struct drm_crtc;
struct drm_crtc_crc_entry;
struct drm_display_mode;
struct drm_framebuffer;
struct drm_mode_fb_cmd2;
struct drm_pending_vblank_event;
struct drm_plane;
struct rvkms_device;
struct seq_file;

/**
 * struct display - a whole rvkms device, for a test that commits to it
 * @test: the test it belongs to
 * @rvkms: the device
 * @drm: its DRM device
 * @client: owns the framebuffers
 * @crtc: its CRTC
 * @primary: the CRTC's primary plane
 * @overlay: the overlay plane
 * @cursor: the CRTC's cursor plane
 * @connector: the connector with the monitor
 * @writeback: the writeback connector
 * @fence: of the last writeback job with a display_want_fence(), or NULL
 * @event: signals the out-fence of the commit that is being filled; NULL for none
 */
struct display {
	struct kunit *test;
	struct rvkms_device *rvkms;
	struct drm_device *drm;
	struct drm_client_dev client;
	struct drm_crtc *crtc;
	struct drm_plane *primary;
	struct drm_plane *overlay;
	struct drm_plane *cursor;
	struct drm_connector *connector;
	struct drm_connector *writeback;
	struct dma_fence *fence;
	struct drm_pending_vblank_event *event;
};

/**
 * struct display_colour - the encoding of luma and chroma
 * @encoding: DRM_COLOR_YCBCR_BT*
 * @range: DRM_COLOR_YCBCR_*_RANGE
 */
struct display_colour {
	enum drm_color_encoding encoding;
	enum drm_color_range range;
};

/**
 * struct display_plane_request - a change of one plane
 * @plane: the plane; NULL for no change
 * @fb: shown in full at (@x, @y); NULL disables the plane
 * @x: left edge on the CRTC
 * @y: top edge on the CRTC
 * @width: width on the CRTC, 0 for the framebuffer's
 * @height: height on the CRTC, 0 for the framebuffer's
 * @rotation: DRM_MODE_ROTATE_* and DRM_MODE_REFLECT_*, 0 for no change
 * @filter: DRM_SCALING_FILTER_*
 * @colour: the encoding of luma and chroma, NULL for no change
 * @fence: the commit waits for it, as for IN_FENCE_FD; NULL for none
 */
struct display_plane_request {
	struct drm_plane *plane;
	struct drm_framebuffer *fb;
	int x;
	int y;
	u32 width;
	u32 height;
	unsigned int rotation;
	enum drm_scaling_filter filter;
	const struct display_colour *colour;
	struct dma_fence *fence;
};

/**
 * struct display_request - the changes of a commit
 * @mode: switch the CRTC on with this mode, NULL for no change
 * @off: switch the CRTC off
 * @planes: planes to change
 * @writeback: framebuffer of a writeback job, NULL for none
 * @out_fence: signalled when the commit is shown, as that of OUT_FENCE_PTR; NULL for none
 * @change: makes further changes; NULL for none
 * @is_cursor_move: the commit is a legacy cursor update, which waits for no vblank
 * @is_checked_before: the commit was filled, checked and cleared before, as DRM does when it
 *                     loses a race for the locks; @planes were not part of it then
 * @is_checked_twice: the driver's check ran before, when @planes were not part of the commit
 */
struct display_request {
	const struct drm_display_mode *mode;
	bool off;
	struct display_plane_request planes[2];
	struct drm_framebuffer *writeback;
	struct dma_fence *out_fence;
	int (*change)(struct display *display, struct drm_atomic_commit *commit);
	bool is_cursor_move;
	bool is_checked_before;
	bool is_checked_twice;
};

static inline struct rvkms_crtc *to_rvkms_crtc(struct drm_crtc *crtc)
{
	return rvkms_crtc_try_from(to_tkms_crtc(crtc));
}

static inline s64 display_ms_since(ktime_t time)
{
	return ktime_ms_delta(ktime_get(), time);
}

int display_test_init(struct kunit *test);
int display_test_init_with(struct kunit *test, u32 pipes);
int display_test_init_vblankless(struct kunit *test);
struct display *display_turned_on(struct kunit *test, u32 colour);
struct rvkms_device_desc *display_describe(struct kunit *test, u32 crtcs, u32 overlays,
					   u32 outputs);
struct display *display_of(struct kunit *test, const struct rvkms_device_desc *desc);
unsigned int *display_listen(struct kunit *test, struct drm_device *drm);
struct display *display_beside(struct display *first);
void display_remove(struct display *display);

struct drm_client_buffer *display_buffer(struct display *display, u32 width, u32 height,
					 u32 fourcc);
struct drm_framebuffer *display_planar(struct display *display, struct drm_mode_fb_cmd2 *cmd,
				       const size_t *sizes, u8 **memory);
void display_fill(struct drm_client_buffer *buffer, u32 value);
u32 display_pixel(const struct drm_client_buffer *buffer, u32 x, u32 y);

void display_settle(struct display *display);
u32 display_async_formats(struct kunit *test, struct drm_plane *plane);
const char *display_debugfs(struct display *display,
			    int (*show)(struct seq_file *file, void *unused));
const struct drm_crtc_crc_entry *display_begin_crcs(struct display *display);
u32 display_end_crcs(struct display *display);
int display_want_fence(struct display *display, struct drm_atomic_commit *commit);
int display_job_status(struct display *display);
int display_want_event(struct display *display, struct drm_atomic_commit *commit);
int display_check(struct display *display, const struct display_request *request);
int display_commit(struct display *display, const struct display_request *request);
int display_begin(struct display *display, const struct display_request *request);
int display_post(struct display *display, const struct display_request *request);
void display_turn_on(struct display *display, struct drm_framebuffer *fb);
void display_turn_off(struct display *display);

#endif /* RVKMS_TESTS_DISPLAY_H */
