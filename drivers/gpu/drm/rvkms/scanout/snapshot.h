/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_SNAPSHOT_H
#define RVKMS_SNAPSHOT_H

#include <linux/atomic.h>
#include <linux/compiler_attributes.h>
#include <linux/kref.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "../core/compose/compose.h"

struct drm_pending_vblank_event;
struct drm_writeback_job;
struct rvkms_color_snapshot;
struct rvkms_mapping;

/**
 * struct rvkms_releases - releases of snapshots, in a context that may sleep
 * @wq: runs the releases
 * @pending: number of queued and running releases
 * @idle: woken up when no release is pending
 * @is_late: a commit has waited for the pending releases to the end of its time
 */
struct rvkms_releases {
	struct workqueue_struct *wq;
	atomic_t pending;
	wait_queue_head_t idle;
	bool is_late;
};

/**
 * struct rvkms_snapshot_source - the memory that a layer reads
 * @mapping: the plane's framebuffer
 * @color: the plane's colour pipeline, or NULL
 * @plane: the plane, as &rvkms_layer.id
 */
struct rvkms_snapshot_source {
	struct rvkms_mapping *mapping;
	struct rvkms_color_snapshot *color;
	u32 plane;
};

/**
 * struct rvkms_snapshot - everything that the composer needs of one commit on one CRTC
 * @ref: reference count
 * @release: drops the mappings in a context that may sleep
 * @releases: runs @release
 * @frame: the frame; constant once the snapshot is published
 * @color: the owner of the frame's colour pipeline, or NULL
 * @bpc: bits per channel that the links carry
 * @event: the page-flip event, until it is sent
 * @writeback: the writeback job, until its composition begins
 * @planes: the planes of the commit, one bit per &rvkms_layer.id
 * @num_sources: the number of layers that the frame has room for
 * @sources: the sources of the layers, in any order; zero for the rest
 *
 * Once it is published, @event and @writeback belong to the scan-out, and its lock protects them.
 */
struct rvkms_snapshot {
	struct kref ref;
	struct work_struct release;
	struct rvkms_releases *releases;
	struct rvkms_frame frame;
	struct rvkms_color_snapshot *color;
	u32 bpc;
	struct drm_pending_vblank_event *event;
	struct drm_writeback_job *writeback;
	u32 planes;
	unsigned int num_sources;
	struct rvkms_snapshot_source sources[] __counted_by(num_sources);
};

void rvkms_releases_init(struct rvkms_releases *releases, struct workqueue_struct *wq);
void rvkms_releases_wait(struct rvkms_releases *releases);

struct rvkms_snapshot *rvkms_snapshot_create(struct rvkms_releases *releases,
					     unsigned int max_layers);
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
