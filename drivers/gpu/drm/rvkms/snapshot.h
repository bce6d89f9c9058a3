/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_SNAPSHOT_H
#define RVKMS_SNAPSHOT_H

#include <linux/compiler_attributes.h>
#include <linux/kref.h>
#include <linux/types.h>
#include <linux/workqueue.h>

#include "core/compose/compose.h"

struct drm_pending_vblank_event;
struct drm_writeback_job;
struct rvkms_color_snapshot;
struct rvkms_mapping;

/**
 * struct rvkms_snapshot_source - what a layer reads from
 * @mapping: the plane's framebuffer
 * @color: the plane's colours, or NULL
 * @plane: which plane, &rvkms_layer.id
 */
struct rvkms_snapshot_source {
	struct rvkms_mapping *mapping;
	struct rvkms_color_snapshot *color;
	u32 plane;
};

/**
 * struct rvkms_snapshot - everything the composer needs to know of one commit on one CRTC
 * @ref: how many use it
 * @release: drops the mappings where it is allowed to sleep
 * @wq: where @release runs
 * @frame: the picture; not changed once the snapshot is published
 * @color: what the picture's pipeline is part of, or NULL
 * @bpc: bits a channel that monitors get to see
 * @event: the page-flip event, until it is sent
 * @writeback: the writeback job, until its composition begins
 * @planes: a bit for each plane that the commit says what to do with, by &rvkms_layer.id
 * @num_sources: how many layers the frame has room for
 * @sources: those of the layers, in any order; zero for the rest
 *
 * Once it is published, @event and @writeback belong to the scan-out, whose lock guards them.
 */
struct rvkms_snapshot {
	struct kref ref;
	struct work_struct release;
	struct workqueue_struct *wq;
	struct rvkms_frame frame;
	struct rvkms_color_snapshot *color;
	u32 bpc;
	struct drm_pending_vblank_event *event;
	struct drm_writeback_job *writeback;
	u32 planes;
	unsigned int num_sources;
	struct rvkms_snapshot_source sources[] __counted_by(num_sources);
};

struct rvkms_snapshot *rvkms_snapshot_create(struct workqueue_struct *wq, unsigned int max_layers);
void rvkms_snapshot_add_layer(struct rvkms_snapshot *snapshot, struct rvkms_mapping *mapping,
			      struct rvkms_color_snapshot *color, const struct rvkms_layer *layer);
void rvkms_snapshot_inherit(struct rvkms_snapshot *snapshot, const struct rvkms_snapshot *last);
void rvkms_snapshot_continue(struct rvkms_snapshot *snapshot, const struct rvkms_snapshot *last);
void rvkms_snapshot_set_color(struct rvkms_snapshot *snapshot, struct rvkms_color_snapshot *color);
struct rvkms_snapshot *rvkms_snapshot_get(struct rvkms_snapshot *snapshot);
void rvkms_snapshot_put(struct rvkms_snapshot *snapshot);
bool rvkms_snapshot_abandons(const struct rvkms_snapshot *snapshot,
			     const struct rvkms_snapshot *old);
int rvkms_snapshot_begin_access(struct rvkms_snapshot *snapshot);
void rvkms_snapshot_end_access(struct rvkms_snapshot *snapshot);

#endif /* RVKMS_SNAPSHOT_H */
