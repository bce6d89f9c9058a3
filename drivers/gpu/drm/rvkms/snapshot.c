// SPDX-License-Identifier: GPL-2.0

#include <linux/bits.h>
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/slab.h>

#include "access.h"
#include "color_snapshot.h"
#include "mapping.h"
#include "snapshot.h"

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
	snapshot_destroy(container_of(work, struct rvkms_snapshot, release));
}

static void snapshot_release(struct kref *ref)
{
	struct rvkms_snapshot *snapshot = container_of(ref, struct rvkms_snapshot, ref);

	queue_work(snapshot->wq, &snapshot->release);
}

/**
 * rvkms_snapshot_create - begin a snapshot
 * @wq: where its mappings are released; it has to live as long as the snapshot
 * @max_layers: room for how many layers
 *
 * Returns:
 * A snapshot of nothing, to be released by rvkms_snapshot_put(); NULL if there is no memory.
 */
struct rvkms_snapshot *rvkms_snapshot_create(struct workqueue_struct *wq, unsigned int max_layers)
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
	INIT_LIST_HEAD(&snapshot->queue_entry);
	snapshot->wq = wq;
	snapshot->num_sources = max_layers;

	return snapshot;
}

/**
 * rvkms_snapshot_add_layer - put a visible plane at its place among those already there
 * @snapshot: the snapshot, not yet published
 * @mapping: the plane's framebuffer; a reference is taken
 * @color: what the layer's pipeline is part of, of which a reference is taken, or NULL
 * @layer: what is shown of it, and how
 */
void rvkms_snapshot_add_layer(struct rvkms_snapshot *snapshot, struct rvkms_mapping *mapping,
			      struct rvkms_color_snapshot *color, const struct rvkms_layer *layer)
{
	struct rvkms_frame *frame = &snapshot->frame;
	struct rvkms_snapshot_source *source;

	if (WARN_ON_ONCE(frame->num_layers >= snapshot->num_sources))
		return;

	/* In any order: they are needed and released together. */
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
 * rvkms_snapshot_inherit - go on showing the planes that a commit does not have
 * @snapshot: the snapshot, not yet published, with all planes of its commit
 * @last: what was published before it
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
 * rvkms_snapshot_set_color - send the picture through a CRTC's colour pipeline
 * @snapshot: the snapshot, not yet published, with all of its layers, without a pipeline so far
 * @color: the pipeline, of which a reference is taken, or NULL
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

static void end_access(struct rvkms_snapshot *snapshot, unsigned int count)
{
	long patience = msecs_to_jiffies(RVKMS_ACCESS_PATIENCE_MS);

	while (count--) {
		/* Nothing was written: who gets it back later misses nothing. */
		rvkms_access_end_read(snapshot->sources[count].access, &patience);
		snapshot->sources[count].access = NULL;
	}
}

/**
 * rvkms_snapshot_begin_access - make what others wrote to the framebuffers visible to the CPU
 * @snapshot: the snapshot, which nobody else has access to
 *
 * May sleep.
 *
 * Returns:
 * 0, to be followed by rvkms_snapshot_end_access(); -ETIMEDOUT if a buffer of another device is
 * still written to after 100 ms, -ENOMEM, or the error of a buffer's exporter.
 */
int rvkms_snapshot_begin_access(struct rvkms_snapshot *snapshot)
{
	long patience = msecs_to_jiffies(RVKMS_ACCESS_PATIENCE_MS);

	for (unsigned int i = 0; i < snapshot->frame.num_layers; i++) {
		struct rvkms_access *access =
			rvkms_access_begin_read(snapshot->wq, snapshot->sources[i].mapping,
						&patience);

		if (IS_ERR(access)) {
			end_access(snapshot, i);
			return PTR_ERR(access);
		}
		snapshot->sources[i].access = access;
	}

	return 0;
}

/**
 * rvkms_snapshot_end_access - end what rvkms_snapshot_begin_access() began
 * @snapshot: the snapshot
 *
 * May sleep.
 */
void rvkms_snapshot_end_access(struct rvkms_snapshot *snapshot)
{
	end_access(snapshot, snapshot->frame.num_layers);
}
