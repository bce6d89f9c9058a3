// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Builds the snapshots that the composer reads: immutable, reference-counted copies of a commit. */

#include <linux/bits.h>
#include <linux/bug.h>
#include <linux/dma-direction.h>
#include <linux/jiffies.h>
#include <linux/slab.h>

#include "../memory/access.h"
#include "../memory/mapping.h"
#include "color_snapshot.h"
#include "snapshot.h"

#define RELEASES_TIMEOUT_MS 100

static void snapshot_destroy(struct rvkms_snapshot *snapshot)
{
	for (unsigned int i = 0; i < snapshot->num_sources; i++) {
		rvkms_mapping_put(snapshot->sources[i].mapping);
		rvkms_color_snapshot_put(snapshot->sources[i].color);
	}

	rvkms_color_snapshot_put(snapshot->color);
	kfree(snapshot->frame.layers);
	kfree(snapshot);
}

static void snapshot_release_work(struct work_struct *work)
{
	struct rvkms_snapshot *snapshot = container_of(work, struct rvkms_snapshot, release);
	struct rvkms_releases *releases = snapshot->releases;

	snapshot_destroy(snapshot);
	if (!atomic_dec_and_test(&releases->pending))
		return;

	WRITE_ONCE(releases->is_late, false);
	wake_up_all(&releases->idle);
}

static void snapshot_release(struct kref *ref)
{
	struct rvkms_snapshot *snapshot = container_of(ref, struct rvkms_snapshot, ref);

	/* Snapshots of checks stay empty and need no work item. */
	if (!snapshot->frame.num_layers && !snapshot->color) {
		snapshot_destroy(snapshot);
		return;
	}

	atomic_inc(&snapshot->releases->pending);
	queue_work(snapshot->releases->wq, &snapshot->release);
}

/**
 * rvkms_releases_init - initialise the releases of a device
 * @releases: the releases
 * @wq: the workqueue that runs them; it has to live as long as each snapshot
 */
void rvkms_releases_init(struct rvkms_releases *releases, struct workqueue_struct *wq)
{
	releases->wq = wq;
	atomic_set(&releases->pending, 0);
	init_waitqueue_head(&releases->idle);
	releases->is_late = false;
}

/**
 * rvkms_releases_wait - wait until the framebuffers of replaced snapshots are free
 * @releases: the releases
 *
 * A client may expect that a framebuffer is free when a blocking commit that replaces it returns.
 * A release takes the locks of imported buffers, which other devices may hold: so the wait ends
 * after 100 ms, and nothing waits again before all these releases are done. May sleep.
 */
void rvkms_releases_wait(struct rvkms_releases *releases)
{
	if (READ_ONCE(releases->is_late))
		return;

	if (!wait_event_timeout(releases->idle, !atomic_read(&releases->pending),
				msecs_to_jiffies(RELEASES_TIMEOUT_MS)))
		WRITE_ONCE(releases->is_late, true);
}

/**
 * rvkms_snapshot_create - allocate a snapshot
 * @releases: releases its mappings; they have to live as long as the snapshot
 * @max_layers: greatest number of layers
 *
 * Returns:
 * An empty snapshot, to be released by rvkms_snapshot_put(); NULL if there is no memory.
 */
struct rvkms_snapshot *rvkms_snapshot_create(struct rvkms_releases *releases,
					     unsigned int max_layers)
{
	struct rvkms_snapshot *snapshot = kzalloc_flex(*snapshot, sources, max_layers);

	if (!snapshot)
		return NULL;

	snapshot->frame.layers = kzalloc_objs(*snapshot->frame.layers, max_layers);
	if (!snapshot->frame.layers) {
		kfree(snapshot);
		return NULL;
	}

	kref_init(&snapshot->ref);
	INIT_WORK(&snapshot->release, snapshot_release_work);
	snapshot->releases = releases;
	snapshot->num_sources = max_layers;

	return snapshot;
}

/**
 * rvkms_snapshot_add_layer - insert the layer of a visible plane, in stacking order
 * @snapshot: the unpublished snapshot
 * @mapping: the plane's framebuffer; a reference is taken
 * @color: the owner of the layer's pipeline, or NULL; a reference is taken
 * @layer: the layer
 */
void rvkms_snapshot_add_layer(struct rvkms_snapshot *snapshot, struct rvkms_mapping *mapping,
			      struct rvkms_color_snapshot *color, const struct rvkms_layer *layer)
{
	struct rvkms_frame *frame = &snapshot->frame;
	struct rvkms_snapshot_source *source;

	if (WARN_ON_ONCE(frame->num_layers >= snapshot->num_sources))
		return;

	/* Sources are in any order: they are used and released together. */
	source = &snapshot->sources[frame->num_layers];
	source->mapping = rvkms_mapping_get(mapping);
	source->color = rvkms_color_snapshot_get(color);
	source->plane = layer->id;
	rvkms_frame_add_layer(frame, layer);
}

static const struct rvkms_snapshot_source *find_source(const struct rvkms_snapshot *snapshot,
						       u32 plane)
{
	const struct rvkms_snapshot_source *source = snapshot->sources;

	while (source->plane != plane)
		source++;

	return source;
}

/**
 * rvkms_snapshot_inherit - keep showing the planes that a commit does not have
 * @snapshot: the unpublished snapshot, with all planes of its commit
 * @last: the snapshot that was published before it
 *
 * May be called in any context.
 */
void rvkms_snapshot_inherit(struct rvkms_snapshot *snapshot, const struct rvkms_snapshot *last)
{
	for (u32 i = 0; i < last->frame.num_layers; i++) {
		const struct rvkms_layer *layer = &last->frame.layers[i];
		const struct rvkms_snapshot_source *source = find_source(last, layer->id);

		if (!(snapshot->planes & BIT(layer->id)))
			rvkms_snapshot_add_layer(snapshot, source->mapping, source->color, layer);
	}
}

/**
 * rvkms_snapshot_continue - take over everything else from the last published snapshot
 * @snapshot: the unpublished snapshot, with the planes that change
 * @last: the snapshot that was published last
 *
 * Commits that are swapped in, but not published, are left out. May be called in any context.
 */
void rvkms_snapshot_continue(struct rvkms_snapshot *snapshot, const struct rvkms_snapshot *last)
{
	snapshot->frame.width = last->frame.width;
	snapshot->frame.height = last->frame.height;
	snapshot->frame.background = last->frame.background;
	snapshot->bpc = last->bpc;
	rvkms_snapshot_inherit(snapshot, last);
	rvkms_snapshot_set_color(snapshot, last->color);
}

/**
 * rvkms_snapshot_set_color - apply a CRTC's colour pipeline to a frame
 * @snapshot: the unpublished snapshot, with all of its layers, and without a pipeline so far
 * @color: the pipeline, or NULL; a reference is taken
 */
void rvkms_snapshot_set_color(struct rvkms_snapshot *snapshot, struct rvkms_color_snapshot *color)
{
	rvkms_color_snapshot_fill(color);
	snapshot->color = rvkms_color_snapshot_get(color);
	if (color)
		rvkms_frame_set_color(&snapshot->frame, &color->frame_color);
}

/**
 * rvkms_snapshot_get - take a reference
 * @snapshot: the snapshot
 *
 * Returns:
 * @snapshot.
 */
struct rvkms_snapshot *rvkms_snapshot_get(struct rvkms_snapshot *snapshot)
{
	kref_get(&snapshot->ref);
	return snapshot;
}

/**
 * rvkms_snapshot_put - drop a reference
 * @snapshot: the snapshot, or NULL
 *
 * May be called in any context; the mappings are released by a work item.
 */
void rvkms_snapshot_put(struct rvkms_snapshot *snapshot)
{
	if (snapshot)
		kref_put(&snapshot->ref, snapshot_release);
}

static bool has_framebuffer(const struct rvkms_snapshot *snapshot, const struct drm_framebuffer *fb)
{
	for (u32 i = 0; i < snapshot->frame.num_layers; i++) {
		if (snapshot->sources[i].mapping->fb == fb)
			return true;
	}

	return false;
}

/**
 * rvkms_snapshot_abandons - look for framebuffers that a snapshot no longer shows
 * @snapshot: the snapshot, with all of its layers
 * @old: a snapshot that was shown before
 *
 * May be called in any context.
 *
 * Returns:
 * True if @old reads a framebuffer that @snapshot does not read.
 */
bool rvkms_snapshot_abandons(const struct rvkms_snapshot *snapshot,
			     const struct rvkms_snapshot *old)
{
	for (u32 i = 0; i < old->frame.num_layers; i++) {
		if (!has_framebuffer(snapshot, old->sources[i].mapping->fb))
			return true;
	}

	return false;
}

/* Timeouts are ignored: the buffers were only read, so other devices may get them back late. */
static void end_access(struct rvkms_snapshot *snapshot, unsigned int count)
{
	const unsigned long deadline = rvkms_access_deadline();

	while (count--)
		rvkms_access_end(snapshot->sources[count].mapping->fb, DMA_FROM_DEVICE, deadline);
}

/**
 * rvkms_snapshot_begin_access - make the framebuffers of a snapshot readable for the CPU
 * @snapshot: the snapshot, before its composition
 *
 * May sleep, for 100 ms at most.
 *
 * Returns:
 * 0, to be followed by rvkms_snapshot_end_access(); -ETIMEDOUT if another device still writes to a
 * buffer after 100 ms, or the error of a buffer's exporter.
 */
int rvkms_snapshot_begin_access(struct rvkms_snapshot *snapshot)
{
	const unsigned long deadline = rvkms_access_deadline();

	for (unsigned int i = 0; i < snapshot->frame.num_layers; i++) {
		const int err = rvkms_access_begin(snapshot->sources[i].mapping->fb,
						   DMA_FROM_DEVICE, deadline);

		if (err) {
			end_access(snapshot, i);
			return err;
		}
	}

	return 0;
}

/**
 * rvkms_snapshot_end_access - end the accesses that rvkms_snapshot_begin_access() began
 * @snapshot: the snapshot
 *
 * May sleep, for 100 ms at most.
 */
void rvkms_snapshot_end_access(struct rvkms_snapshot *snapshot)
{
	end_access(snapshot, snapshot->frame.num_layers);
}
