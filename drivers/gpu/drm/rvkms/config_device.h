/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CONFIG_DEVICE_H
#define RVKMS_CONFIG_DEVICE_H

/* Declares the directories of configfs, for the files that implement them. */

#include <linux/configfs.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/mutex.h>

#include "core/check/attribute.h"
#include "core/check/device.h"

struct platform_device;

/**
 * struct rvkms_config_object - the directory of an object
 * @group: the directory
 * @links: its directory of links, unless it is a CRTC
 * @config: the directory of its device, with a reference
 * @kind: the type of the object
 * @node: in @config->objects; protected by @config->lock, as all fields below
 * @targets: the linked objects, a list of struct link
 * @index: its place in the description that was compiled last
 * @is_enabled: a connector that belongs to an enabled device
 * @live: its index in @config->live, -1 if it is not there
 * @desc: its description, without links
 */
struct rvkms_config_object {
	struct config_group group;
	struct config_group links;
	struct rvkms_config *config;
	enum rvkms_object_kind kind;
	struct list_head node;
	struct list_head targets;
	u32 index;
	bool is_enabled;
	int live;
	union {
		struct rvkms_plane_desc plane;
		struct rvkms_crtc_desc crtc;
		struct rvkms_connector_desc connector;
	} desc;
};

/**
 * struct rvkms_config - the directory of a device
 * @group: the directory
 * @kinds: the directories of its objects
 * @ref: one reference for the directory, and one per object
 * @lock: protects all fields below, and the objects. Its holder may wait for DRM's locks, but not
 *        the other way round.
 * @objects: the objects, in the order of their creation
 * @desc: the description; the arrays in it are compiled from @objects when it is enabled
 * @platform: the enabled device, or NULL
 * @live: the connectors of the enabled device by their ids, with references, since directories may
 *        be removed meanwhile; NULL for unused ids
 * @num_connectors: number of connectors that were made since the directory was
 * @verdict: the rule that rejected @desc last
 */
struct rvkms_config {
	struct config_group group;
	struct config_group kinds[RVKMS_NUM_OBJECT_KINDS];
	struct kref ref;
	struct mutex lock;	/* all fields below */
	struct list_head objects[RVKMS_NUM_OBJECT_KINDS];
	struct rvkms_device_desc desc;
	struct platform_device *platform;
	struct rvkms_config_object *live[RVKMS_MAX_OBJECTS];
	u32 num_connectors;
	struct rvkms_verdict verdict;
};

static inline struct rvkms_config *to_rvkms_config(struct config_item *item)
{
	return container_of(to_config_group(item), struct rvkms_config, group);
}

static inline struct rvkms_config_object *to_rvkms_object(struct config_item *item)
{
	return container_of(to_config_group(item), struct rvkms_config_object, group);
}

extern struct configfs_attribute *rvkms_config_device_attrs[];
extern struct configfs_attribute *rvkms_config_plane_attrs[];
extern struct configfs_attribute *rvkms_config_crtc_attrs[];
extern struct configfs_attribute *rvkms_config_connector_attrs[];
extern struct configfs_bin_attribute *rvkms_config_connector_bin_attrs[];

struct rvkms_config *rvkms_config_create(void);
void rvkms_config_put(struct rvkms_config *config);
int rvkms_config_enable(struct rvkms_config *config, bool enabled);
bool rvkms_config_is_busy(const struct rvkms_config_object *object);
int rvkms_config_enable_connector(struct rvkms_config_object *connector, bool enabled);
void rvkms_config_remove(struct rvkms_config_object *object);
int rvkms_config_link(struct rvkms_config_object *object, struct rvkms_config_object *target);
void rvkms_config_unlink(struct rvkms_config_object *object, struct rvkms_config_object *target);
int rvkms_config_replug(struct rvkms_config_object *connector);
int rvkms_config_break_link(struct rvkms_config_object *connector);
bool rvkms_config_link_is_bad(struct rvkms_config_object *connector);
size_t rvkms_config_print_refusals(struct rvkms_config *config, char *text, size_t size);

#endif /* RVKMS_CONFIG_DEVICE_H */
