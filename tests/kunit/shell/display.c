// SPDX-License-Identifier: GPL-2.0
/* A whole rvkms device for suites: commits, CRCs, writeback jobs and events. */

#include <drm/drm_atomic.h>
#include <drm/drm_atomic_uapi.h>
#include <drm/drm_connector.h>
#include <drm/drm_crtc.h>
#include <drm/drm_debugfs.h>
#include <drm/drm_debugfs_crc.h>
#include <drm/drm_file.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_gem.h>
#include <drm/drm_gem_shmem_helper.h>
#include <drm/drm_kunit_helpers.h>
#include <drm/drm_mode_object.h>
#include <drm/drm_modes.h>
#include <drm/drm_modeset_lock.h>
#include <drm/drm_plane.h>
#include <drm/drm_property.h>
#include <drm/drm_vblank.h>
#include <drm/drm_writeback.h>
#include <linux/bitops.h>
#include <linux/dma-fence.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "../../build.h"
#include "../../core/check/device.h"
#include "../../memory/access.h"
#include "../../objects/device.h"
#include "display.h"

static void unplug(void *rvkms)
{
	rvkms_device_unplug(rvkms);
}

static void release_client(void *client)
{
	drm_client_release(client);
}

static void delete_buffer(void *buffer)
{
	drm_client_buffer_delete(buffer);
}

static void put_fence(void *data)
{
	struct display *display = data;

	dma_fence_put(display->fence);
}

/* Find the connector with this index among the connectors of each type. */
static void find_connectors(struct display *display, u32 index)
{
	struct drm_connector_list_iter iter;
	struct drm_connector *connector;
	u32 outputs = 0, writebacks = 0;

	drm_connector_list_iter_begin(display->drm, &iter);
	drm_for_each_connector_iter(connector, &iter) {
		if (connector->connector_type == DRM_MODE_CONNECTOR_WRITEBACK) {
			if (writebacks++ == index)
				display->writeback = connector;
		} else if (outputs++ == index) {
			display->connector = connector;
		}
	}
	drm_connector_list_iter_end(&iter);
}

static void find_overlay(struct display *display, u32 index)
{
	struct drm_plane *plane;
	u32 overlays = 0;

	drm_for_each_plane(plane, display->drm) {
		if (plane->type == DRM_PLANE_TYPE_OVERLAY && overlays++ == index)
			display->overlay = plane;
	}
}

static void find_objects(struct display *display, u32 index)
{
	display->crtc = drm_crtc_from_index(display->drm, index);
	KUNIT_ASSERT_NOT_NULL(display->test, display->crtc);
	display->primary = display->crtc->primary;
	display->cursor = display->crtc->cursor;
	find_overlay(display, index);
	find_connectors(display, index);

	KUNIT_ASSERT_NOT_NULL(display->test, display->primary);
	KUNIT_ASSERT_NOT_NULL(display->test, display->overlay);
	KUNIT_ASSERT_NOT_NULL(display->test, display->cursor);
	KUNIT_ASSERT_NOT_NULL(display->test, display->connector);
	KUNIT_ASSERT_NOT_NULL(display->test, display->writeback);
}

static void init_client(struct display *display)
{
	struct kunit *test = display->test;

	KUNIT_ASSERT_EQ(test, 0, drm_client_init(display->drm, &display->client, "kunit", NULL));
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, release_client,
							   &display->client));
}

/* A client in the kernel that counts its hotplug events. It is released with the device. */
struct listener {
	struct drm_client_dev client;
	unsigned int *events;
};

static int listener_hotplug(struct drm_client_dev *client)
{
	++*container_of(client, struct listener, client)->events;

	return 0;
}

static void listener_free(struct drm_client_dev *client)
{
	kfree(container_of(client, struct listener, client));
}

static const struct drm_client_funcs listener_funcs = {
	.hotplug = listener_hotplug,
	.free = listener_free,
};

/* The number of hotplug events from now on. The pointer is valid until the test ends. */
unsigned int *display_listen(struct kunit *test, struct drm_device *drm)
{
	struct listener *listener = kzalloc_obj(*listener);
	unsigned int *events = kunit_kzalloc(test, sizeof(*events), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, events);
	KUNIT_ASSERT_NOT_NULL(test, listener);
	listener->events = events;
	KUNIT_ASSERT_EQ(test, 0, drm_client_init(drm, &listener->client, "listener",
						 &listener_funcs));
	drm_client_register(&listener->client);
	*events = 0;

	return events;
}

/* Describes a device with links between all its objects, and without in-kernel clients. */
struct rvkms_device_desc *display_describe(struct kunit *test, u32 crtcs, u32 overlays,
					   u32 outputs)
{
	struct rvkms_device_desc *desc = kunit_kzalloc(test, sizeof(*desc), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, desc);
	rvkms_device_describe_plain(desc, crtcs, overlays, outputs);
	desc->has_console = false;

	return desc;
}

/* Creates a device for the test. All is released, in the right order, when the test ends. */
struct display *display_of(struct kunit *test, const struct rvkms_device_desc *desc)
{
	struct display *display = kunit_kzalloc(test, sizeof(*display), GFP_KERNEL);
	struct device *parent = drm_kunit_helper_alloc_device(test);

	KUNIT_ASSERT_NOT_NULL(test, display);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, parent);
	display->test = test;
	display->rvkms = rvkms_device_create(parent, desc);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, display->rvkms);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, unplug, display->rvkms));
	display->drm = &display->rvkms->base.drm;

	init_client(display);
	find_objects(display, 0);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, put_fence, display));

	return display;
}

static struct display *display_create(struct kunit *test, u32 pipes, bool has_vblanks)
{
	struct rvkms_device_desc *desc = display_describe(test, pipes, 8, pipes);

	for (u32 i = 0; i < pipes; i++) {
		desc->connectors[i].monitor.status = RVKMS_CONNECTED;
		desc->connectors[i].has_vrr = has_vblanks;
		desc->crtcs[i].has_vblanks = has_vblanks;
	}

	return display_of(test, desc);
}

/* Another client of the device of @first, with the objects of the second CRTC. */
struct display *display_beside(struct display *first)
{
	struct kunit *test = first->test;
	struct display *display = kunit_kzalloc(test, sizeof(*display), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, display);
	display->test = test;
	display->rvkms = first->rvkms;
	display->drm = first->drm;
	init_client(display);
	find_objects(display, 1);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, put_fence, display));

	return display;
}

/* Unplugs the device, closes it, and drops all references that the display holds. */
void display_remove(struct display *display)
{
	struct device *parent = display->drm->dev;

	kunit_release_action(display->test, release_client, &display->client);
	kunit_release_action(display->test, unplug, display->rvkms);
	drm_kunit_helper_free_device(display->test, parent);
}

struct drm_client_buffer *display_buffer(struct display *display, u32 width, u32 height,
					 u32 fourcc)
{
	struct drm_client_buffer *buffer;
	struct iosys_map map;

	buffer = drm_client_buffer_create_dumb(&display->client, width, height, fourcc);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(display->test, buffer);
	KUNIT_ASSERT_EQ(display->test, 0,
			kunit_add_action_or_reset(display->test, delete_buffer, buffer));
	KUNIT_ASSERT_EQ(display->test, 0, drm_client_buffer_vmap(buffer, &map));

	return buffer;
}

static void put_framebuffer(void *fb)
{
	drm_framebuffer_put(fb);
}

struct mapped {
	struct drm_gem_object *object;
	struct iosys_map map;
};

static void unmap(void *data)
{
	struct mapped *mapped = data;

	drm_gem_vunmap(mapped->object, &mapped->map);
}

static u8 *map_object(struct kunit *test, struct drm_gem_object *object)
{
	struct mapped *mapped = kunit_kzalloc(test, sizeof(*mapped), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, mapped);
	mapped->object = object;
	KUNIT_ASSERT_EQ(test, 0, drm_gem_vmap(object, &mapped->map));
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, unmap, mapped));

	return mapped->map.vaddr;
}

static u32 create_handle(struct display *display, size_t size)
{
	struct drm_gem_shmem_object *shmem = drm_gem_shmem_create(display->drm, size);
	u32 handle;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(display->test, shmem);
	KUNIT_ASSERT_EQ(display->test, 0,
			drm_gem_handle_create(display->client.file, &shmem->base, &handle));
	drm_gem_object_put(&shmem->base);

	return handle;
}

/*
 * A framebuffer with one buffer per plane; a plane of size 0 shares the buffer of the plane before.
 * @cmd gives the rest, @memory returns the mappings of the buffers.
 */
struct drm_framebuffer *display_planar(struct display *display, struct drm_mode_fb_cmd2 *cmd,
				       const size_t *sizes, u8 **memory)
{
	const struct drm_format_info *info = drm_format_info(cmd->pixel_format);
	struct kunit *test = display->test;
	struct drm_framebuffer *fb;

	KUNIT_ASSERT_NOT_NULL(test, info);
	for (u32 i = 0; i < info->num_planes; i++)
		cmd->handles[i] = sizes[i] ? create_handle(display, sizes[i])
					   : cmd->handles[i - 1];

	fb = display->drm->mode_config.funcs->fb_create(display->drm, display->client.file, info,
							cmd);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, fb);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, put_framebuffer, fb));

	for (u32 i = 0; i < info->num_planes; i++)
		memory[i] = sizes[i] ? map_object(test, fb->obj[i]) : memory[i - 1];

	return fb;
}

static u32 *buffer_row(const struct drm_client_buffer *buffer, u32 y)
{
	return buffer->map.vaddr + y * buffer->fb->pitches[0];
}

void display_fill(struct drm_client_buffer *buffer, u32 value)
{
	for (u32 y = 0; y < buffer->fb->height; y++) {
		for (u32 x = 0; x < buffer->fb->width; x++)
			buffer_row(buffer, y)[x] = (__force u32)cpu_to_le32(value);
	}
}

u32 display_pixel(const struct drm_client_buffer *buffer, u32 x, u32 y)
{
	return le32_to_cpu((__force __le32)buffer_row(buffer, y)[x]);
}

/* Returns the output of a debugfs file that was made by drm_debugfs_add_file(). */
const char *display_debugfs(struct display *display,
			    int (*show)(struct seq_file *file, void *unused))
{
	const struct drm_debugfs_entry entry = { .dev = display->drm };
	struct seq_file file = {
		.buf = kunit_kzalloc(display->test, PAGE_SIZE, GFP_KERNEL),
		.size = PAGE_SIZE,
		.private = (void *)&entry,
	};

	KUNIT_ASSERT_NOT_NULL(display->test, file.buf);
	KUNIT_ASSERT_EQ(display->test, show(&file, NULL), 0);
	KUNIT_ASSERT_LT(display->test, file.count, file.size);

	return file.buf;
}

/* Starts to read CRCs. Returns the array that the debugfs file would keep them in. */
const struct drm_crtc_crc_entry *display_begin_crcs(struct display *display)
{
	struct drm_crtc_crc *crc = &display->crtc->crc;
	struct kunit *test = display->test;

	crc->entries = kunit_kcalloc(test, DRM_CRC_ENTRIES_NR, sizeof(*crc->entries), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, crc->entries);
	crc->values_cnt = 1;
	crc->head = 0;
	crc->tail = 0;
	KUNIT_ASSERT_EQ(test, 0, display->crtc->funcs->set_crc_source(display->crtc, "auto"));

	return crc->entries;
}

/* Returns the number of formats that a plane's property lists for asynchronous flips. */
u32 display_async_formats(struct kunit *test, struct drm_plane *plane)
{
	struct drm_property *property = plane->dev->mode_config.async_modifiers_property;
	const struct drm_format_modifier_blob *formats;
	const struct drm_format_modifier *modifiers;
	struct drm_property_blob *blob;
	u32 count = 0;
	u64 id;

	KUNIT_ASSERT_EQ(test, 0,
			drm_object_property_get_default_value(&plane->base, property, &id));
	blob = drm_property_lookup_blob(plane->dev, id);
	KUNIT_ASSERT_NOT_NULL(test, blob);
	formats = blob->data;
	modifiers = blob->data + formats->modifiers_offset;
	for (u32 i = 0; i < formats->count_modifiers; i++)
		count += hweight64(modifiers[i].formats);
	drm_property_blob_put(blob);

	return count;
}

/* Waits until nothing is being composed, no exporter call runs, and all snapshots are released. */
void display_settle(struct display *display)
{
	flush_workqueue(display->rvkms->compose_wq);
	rvkms_access_flush();
	flush_workqueue(display->rvkms->releases.wq);
}

/* Stops to read CRCs after the last frame is composed. Returns the number of CRCs. */
u32 display_end_crcs(struct display *display)
{
	struct drm_crtc_crc *crc = &display->crtc->crc;

	display_settle(display);
	KUNIT_EXPECT_EQ(display->test, 0,
			display->crtc->funcs->set_crc_source(display->crtc, NULL));
	spin_lock_irq(&crc->lock);
	crc->entries = NULL;
	spin_unlock_irq(&crc->lock);

	return crc->head;
}

static int fill_mode(struct display *display, struct drm_atomic_commit *commit,
		     const struct drm_display_mode *mode)
{
	struct drm_connector_state *connector_state;
	struct drm_crtc_state *crtc_state;
	int ret;

	crtc_state = drm_atomic_get_crtc_state(commit, display->crtc);
	if (IS_ERR(crtc_state))
		return PTR_ERR(crtc_state);

	connector_state = drm_atomic_get_connector_state(commit, display->connector);
	if (IS_ERR(connector_state))
		return PTR_ERR(connector_state);

	crtc_state->active = mode;
	ret = drm_atomic_set_mode_for_crtc(crtc_state, mode);
	if (ret)
		return ret;

	return drm_atomic_set_crtc_for_connector(connector_state, mode ? display->crtc : NULL);
}

/* A CRTC without a mode has no connectors. */
static int detach_writeback(struct display *display, struct drm_atomic_commit *commit)
{
	struct drm_connector_state *state =
		drm_atomic_get_connector_state(commit, display->writeback);

	return IS_ERR(state) ? PTR_ERR(state) : drm_atomic_set_crtc_for_connector(state, NULL);
}

static int fill_plane(struct display *display, struct drm_atomic_commit *commit,
		      const struct display_plane_request *request)
{
	struct drm_framebuffer *fb = request->fb;
	struct drm_plane_state *state;
	int ret;

	state = drm_atomic_get_plane_state(commit, request->plane);
	if (IS_ERR(state))
		return PTR_ERR(state);

	ret = drm_atomic_set_crtc_for_plane(state, fb ? display->crtc : NULL);
	if (ret)
		return ret;

	drm_atomic_set_fb_for_plane(state, fb);
	dma_fence_put(state->fence);
	state->fence = dma_fence_get(request->fence);
	state->crtc_x = request->x;
	state->crtc_y = request->y;
	state->crtc_w = fb ? request->width ?: fb->width : 0;
	state->crtc_h = fb ? request->height ?: fb->height : 0;
	state->src_w = fb ? fb->width << 16 : 0;
	state->src_h = fb ? fb->height << 16 : 0;
	state->scaling_filter = request->filter;
	if (request->rotation)
		state->rotation = request->rotation;
	if (request->colour) {
		state->color_encoding = request->colour->encoding;
		state->color_range = request->colour->range;
	}

	return 0;
}

static int fill_planes(struct display *display, struct drm_atomic_commit *commit,
		       const struct display_request *request)
{
	for (int i = 0; i < ARRAY_SIZE(request->planes); i++) {
		int ret;

		if (!request->planes[i].plane)
			continue;

		ret = fill_plane(display, commit, &request->planes[i]);
		if (ret)
			return ret;
	}

	return 0;
}

static int fill_writeback(struct display *display, struct drm_atomic_commit *commit,
			  struct drm_framebuffer *fb)
{
	struct drm_connector_state *state;
	struct drm_writeback_job *job;
	int ret;

	state = drm_atomic_get_connector_state(commit, display->writeback);
	if (IS_ERR(state))
		return PTR_ERR(state);

	ret = drm_atomic_set_crtc_for_connector(state, display->crtc);
	if (ret)
		return ret;

	/* Open-coded drm_writeback_set_fb(), which modules cannot call. */
	job = kzalloc_obj(*job);
	if (!job)
		return -ENOMEM;

	job->connector = drm_connector_to_writeback(display->writeback);
	drm_framebuffer_get(fb);
	job->fb = fb;
	state->writeback_job = job;

	return 0;
}

/* A change to a commit with a writeback job: add a fence, as WRITEBACK_OUT_FENCE_PTR does. */
int display_want_fence(struct display *display, struct drm_atomic_commit *commit)
{
	struct drm_connector_state *state =
		drm_atomic_get_connector_state(commit, display->writeback);
	struct drm_writeback_job *job;

	if (IS_ERR(state))
		return PTR_ERR(state);

	job = state->writeback_job;
	job->out_fence = drm_writeback_get_out_fence(job->connector);
	if (!job->out_fence)
		return -ENOMEM;

	dma_fence_put(display->fence);
	display->fence = dma_fence_get(job->out_fence);

	return 0;
}

static int fill_event(struct display *display, struct drm_atomic_commit *commit)
{
	struct drm_crtc_state *state = drm_atomic_get_crtc_state(commit, display->crtc);

	if (IS_ERR(state))
		return PTR_ERR(state);

	state->event = display->event;

	return 0;
}

/* Waits for the fence of display_want_fence(). Returns 1 or the job's error. */
int display_job_status(struct display *display)
{
	KUNIT_EXPECT_GT(display->test, dma_fence_wait_timeout(display->fence, false, 100 * HZ), 0);

	return dma_fence_get_status(display->fence);
}

/* A change to a commit: add a page-flip event, which is sent to the list of the client's file. */
int display_want_event(struct display *display, struct drm_atomic_commit *commit)
{
	struct drm_crtc_state *state = drm_atomic_get_crtc_state(commit, display->crtc);
	struct drm_pending_vblank_event *event;
	int ret;

	if (IS_ERR(state))
		return PTR_ERR(state);

	event = kzalloc_obj(*event);
	if (!event)
		return -ENOMEM;

	event->event.base.type = DRM_EVENT_FLIP_COMPLETE;
	event->event.base.length = sizeof(event->event);
	ret = drm_event_reserve_init(display->drm, display->client.file, &event->base,
				     &event->event.base);
	if (ret) {
		kfree(event);
		return ret;
	}
	state->event = event;

	return 0;
}

static int fill(struct display *display, struct drm_atomic_commit *commit,
		const struct display_request *request, bool with_planes)
{
	int ret = 0;

	commit->legacy_cursor_update = request->is_cursor_move;

	if (request->mode || request->off)
		ret = fill_mode(display, commit, request->mode);
	if (!ret && request->off)
		ret = detach_writeback(display, commit);
	if (!ret && with_planes)
		ret = fill_planes(display, commit, request);
	if (!ret && request->writeback)
		ret = fill_writeback(display, commit, request->writeback);
	if (!ret && display->event)
		ret = fill_event(display, commit);
	if (!ret && request->change)
		ret = request->change(display, commit);

	return ret;
}

static int fill_and_do(struct display *display, struct drm_atomic_commit *commit,
		       const struct display_request *request,
		       int (*what)(struct drm_atomic_commit *commit))
{
	int ret;

	if (request->is_checked_before) {
		ret = fill(display, commit, request, false);
		if (!ret)
			ret = drm_atomic_check_only(commit);
		if (ret)
			return ret;
		drm_atomic_commit_clear(commit);
	}
	if (request->is_checked_twice) {
		ret = fill(display, commit, request, false);
		if (!ret)
			ret = display->drm->mode_config.funcs->atomic_check(display->drm, commit);
		if (ret)
			return ret;
	}

	ret = fill(display, commit, request, true);

	return ret ? ret : what(commit);
}

/* An event signals the fence of OUT_FENCE_PTR. A commit may be filled again, but has one event. */
static void create_event(struct display *display, struct dma_fence *fence)
{
	display->event = NULL;
	if (!fence)
		return;

	display->event = kzalloc_obj(*display->event);
	KUNIT_ASSERT_NOT_NULL(display->test, display->event);
	display->event->event.base.type = DRM_EVENT_FLIP_COMPLETE;
	display->event->event.base.length = sizeof(display->event->event);
	display->event->base.event = &display->event->event.base;
	display->event->base.fence = dma_fence_get(fence);
}

/* A commit that has started sends the event itself. */
static void drop_event(struct display *display, bool is_begun)
{
	if (display->event && !is_begun) {
		dma_fence_put(display->event->base.fence);
		kfree(display->event);
	}
	display->event = NULL;
}

/* The locks are taken and dropped here, because KUnit runs cleanups in another task. */
static int display_do(struct display *display, const struct display_request *request,
		      int (*what)(struct drm_atomic_commit *commit))
{
	struct drm_modeset_acquire_ctx ctx;
	struct drm_atomic_commit *commit;
	int ret;

	commit = drm_atomic_commit_alloc(display->drm);
	KUNIT_ASSERT_NOT_NULL(display->test, commit);
	create_event(display, request->out_fence);

	drm_modeset_acquire_init(&ctx, 0);
	commit->acquire_ctx = &ctx;

	while ((ret = fill_and_do(display, commit, request, what)) == -EDEADLK) {
		drm_atomic_commit_clear(commit);
		drm_modeset_backoff(&ctx);
	}

	drm_atomic_commit_put(commit);
	drop_event(display, !ret && what != drm_atomic_check_only);
	drm_modeset_drop_locks(&ctx);
	drm_modeset_acquire_fini(&ctx);

	return ret;
}

int display_check(struct display *display, const struct display_request *request)
{
	return display_do(display, request, drm_atomic_check_only);
}

int display_commit(struct display *display, const struct display_request *request)
{
	return display_do(display, request, drm_atomic_commit);
}

/* Starts a nonblocking commit. */
int display_begin(struct display *display, const struct display_request *request)
{
	return display_do(display, request, drm_atomic_nonblocking_commit);
}

/* Waits until the commit is published, but not for the vblank that shows it. */
int display_post(struct display *display, const struct display_request *request)
{
	const int ret = display_begin(display, request);

	if (!ret)
		wait_for_completion(&display->crtc->state->commit->hw_done);

	return ret;
}

/* 640x480 at 59.94 Hz (CTA-861 VIC 1), with a framebuffer on the primary plane. */
void display_turn_on(struct display *display, struct drm_framebuffer *fb)
{
	struct drm_display_mode *mode =
		drm_kunit_display_mode_from_cea_vic(display->test, display->drm, 1);
	const struct display_request request = {
		.mode = mode,
		.planes = { { .plane = display->primary, .fb = fb } },
	};

	KUNIT_ASSERT_NOT_NULL(display->test, mode);
	drm_mode_set_crtcinfo(mode, CRTC_INTERLACE_HALVE_V);
	KUNIT_ASSERT_EQ(display->test, 0, display_commit(display, &request));
}

void display_turn_off(struct display *display)
{
	const struct display_request request = {
		.off = true,
		.planes = { { .plane = display->primary } },
	};

	KUNIT_ASSERT_EQ(display->test, 0, display_commit(display, &request));
}

/* The init function of suites: each test starts with a display in test->priv. */
int display_test_init(struct kunit *test)
{
	return display_test_init_with(test, 1);
}

/* The same, with @pipes CRTCs and monitors; the display has the first of each. */
int display_test_init_with(struct kunit *test, u32 pipes)
{
	test->priv = display_create(test, pipes, true);

	return 0;
}

/* The same, with two CRTCs and monitors, without vblanks. */
int display_test_init_vblankless(struct kunit *test)
{
	test->priv = display_create(test, 2, false);

	return 0;
}

/* The display of such a test, switched on at 640x480 with a primary plane of one colour. */
struct display *display_turned_on(struct kunit *test, u32 colour)
{
	struct display *display = test->priv;
	struct drm_client_buffer *buffer = display_buffer(display, 640, 480, DRM_FORMAT_XRGB8888);

	display_fill(buffer, colour);
	display_turn_on(display, buffer->fb);

	return display;
}
