// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Implements the directories of configfs, one per device, with one per object. */

#include <linux/cleanup.h>
#include <linux/configfs.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "config.h"
#include "config_device.h"

static void object_release(struct config_item *item)
{
	struct rvkms_config_object *object = to_rvkms_object(item);
	struct rvkms_config *config = object->config;

	if (object->kind == RVKMS_OBJECT_CONNECTOR)
		kfree(object->desc.connector.monitor.edid);
	kfree(object);
	rvkms_config_put(config);
}

static const struct configfs_item_operations object_ops = {
	.release = object_release,
};

static const struct config_item_type object_types[RVKMS_NUM_OBJECT_KINDS] = {
	[RVKMS_OBJECT_PLANE] = {
		.ct_owner = THIS_MODULE,
		.ct_item_ops = &object_ops,
		.ct_attrs = rvkms_config_plane_attrs,
	},
	[RVKMS_OBJECT_CRTC] = {
		.ct_owner = THIS_MODULE,
		.ct_item_ops = &object_ops,
		.ct_attrs = rvkms_config_crtc_attrs,
	},
	[RVKMS_OBJECT_ENCODER] = {
		.ct_owner = THIS_MODULE,
		.ct_item_ops = &object_ops,
	},
	[RVKMS_OBJECT_CONNECTOR] = {
		.ct_owner = THIS_MODULE,
		.ct_item_ops = &object_ops,
		.ct_attrs = rvkms_config_connector_attrs,
		.ct_bin_attrs = rvkms_config_connector_bin_attrs,
	},
};

static bool is_object(const struct config_item *item)
{
	return item->ci_type >= object_types &&
	       item->ci_type < object_types + RVKMS_NUM_OBJECT_KINDS;
}

static struct rvkms_config_object *links_to_object(struct config_item *item)
{
	return container_of(to_config_group(item), struct rvkms_config_object, links);
}

static int allow_link(struct config_item *item, struct config_item *target)
{
	struct rvkms_config_object *object = links_to_object(item);

	if (!is_object(target))
		return -EINVAL;

	guard(mutex)(&object->config->lock);

	return rvkms_config_link(object, to_rvkms_object(target));
}

static void drop_link(struct config_item *item, struct config_item *target)
{
	struct rvkms_config_object *object = links_to_object(item);

	guard(mutex)(&object->config->lock);
	rvkms_config_unlink(object, to_rvkms_object(target));
}

static const struct configfs_item_operations links_ops = {
	.allow_link = allow_link,
	.drop_link = drop_link,
};

static const struct config_item_type links_type = {
	.ct_owner = THIS_MODULE,
	.ct_item_ops = &links_ops,
};

static void describe_object(struct rvkms_config_object *object)
{
	switch (object->kind) {
	case RVKMS_OBJECT_PLANE:
		object->desc.plane = rvkms_plane_describe(RVKMS_PLANE_OVERLAY);
		break;
	case RVKMS_OBJECT_CRTC:
		object->desc.crtc = rvkms_crtc_describe();
		break;
	case RVKMS_OBJECT_CONNECTOR:
		object->desc.connector = rvkms_connector_describe();
		break;
	default:
		break;
	}
}

static const char * const links_names[RVKMS_NUM_OBJECT_KINDS] = {
	[RVKMS_OBJECT_PLANE] = "possible_crtcs",
	[RVKMS_OBJECT_ENCODER] = "possible_crtcs",
	[RVKMS_OBJECT_CONNECTOR] = "possible_encoders",
};

/* A connector that is made while its device is enabled is not part of it yet. */
static struct rvkms_config_object *create_object(enum rvkms_object_kind kind, const char *name,
						 bool is_dynamic)
{
	struct rvkms_config_object *object = kzalloc_obj(*object);

	if (!object)
		return NULL;

	object->kind = kind;
	object->live = -1;
	INIT_LIST_HEAD(&object->targets);
	describe_object(object);
	if (kind == RVKMS_OBJECT_CONNECTOR) {
		object->desc.connector.is_dynamic = is_dynamic;
		object->is_enabled = !is_dynamic;
	}
	config_group_init_type_name(&object->group, name, &object_types[kind]);
	if (links_names[kind]) {
		config_group_init_type_name(&object->links, links_names[kind], &links_type);
		configfs_add_default_group(&object->links, &object->group);
	}

	return object;
}

/* The directory planes, crtcs, encoders or connectors of a device. */
static struct rvkms_config *kind_to_config(const struct config_group *kind)
{
	return to_rvkms_config(kind->cg_item.ci_parent);
}

static struct config_group *make_object(struct config_group *group, const char *name)
{
	struct rvkms_config *config = kind_to_config(group);
	const enum rvkms_object_kind kind = group - config->kinds;
	struct rvkms_config_object *object;

	guard(mutex)(&config->lock);
	if (config->platform && kind != RVKMS_OBJECT_CONNECTOR)
		return ERR_PTR(-EBUSY);

	object = create_object(kind, name, config->platform);
	if (!object)
		return ERR_PTR(-ENOMEM);

	kref_get(&config->ref);
	object->config = config;
	/* Desktops tell monitors apart by their serial numbers. */
	if (object->kind == RVKMS_OBJECT_CONNECTOR)
		object->desc.connector.monitor.serial = ++config->num_connectors;
	list_add_tail(&object->node, &config->objects[object->kind]);

	return &object->group;
}

/* configfs cannot reject this while the device is enabled. */
static void drop_object(struct config_group *group, struct config_item *item)
{
	struct rvkms_config *config = kind_to_config(group);

	scoped_guard(mutex, &config->lock)
		rvkms_config_remove(to_rvkms_object(item));
	config_item_put(item);
}

static const struct configfs_group_operations kind_ops = {
	.make_group = make_object,
	.drop_item = drop_object,
};

static const struct config_item_type kind_type = {
	.ct_owner = THIS_MODULE,
	.ct_group_ops = &kind_ops,
};

static void config_release(struct config_item *item)
{
	rvkms_config_put(to_rvkms_config(item));
}

static const struct configfs_item_operations config_ops = {
	.release = config_release,
};

static const struct config_item_type config_type = {
	.ct_owner = THIS_MODULE,
	.ct_item_ops = &config_ops,
	.ct_attrs = rvkms_config_device_attrs,
};

static const char * const kind_names[RVKMS_NUM_OBJECT_KINDS] = {
	[RVKMS_OBJECT_PLANE] = "planes",
	[RVKMS_OBJECT_CRTC] = "crtcs",
	[RVKMS_OBJECT_ENCODER] = "encoders",
	[RVKMS_OBJECT_CONNECTOR] = "connectors",
};

static struct config_group *make_config(struct config_group *group, const char *name)
{
	struct rvkms_config *config;

	/* The default device, which module parameters describe. */
	if (!strcmp(name, "rvkms"))
		return ERR_PTR(-EINVAL);

	config = rvkms_config_create();
	if (!config)
		return ERR_PTR(-ENOMEM);

	config_group_init_type_name(&config->group, name, &config_type);
	for (u32 i = 0; i < RVKMS_NUM_OBJECT_KINDS; i++) {
		config_group_init_type_name(&config->kinds[i], kind_names[i], &kind_type);
		configfs_add_default_group(&config->kinds[i], &config->group);
	}

	return &config->group;
}

static void drop_config(struct config_group *group, struct config_item *item)
{
	struct rvkms_config *config = to_rvkms_config(item);

	scoped_guard(mutex, &config->lock)
		rvkms_config_enable(config, false);
	config_item_put(item);
}

static const struct configfs_group_operations root_ops = {
	.make_group = make_config,
	.drop_item = drop_config,
};

static const struct config_item_type root_type = {
	.ct_owner = THIS_MODULE,
	.ct_group_ops = &root_ops,
};

static struct configfs_subsystem subsystem = {
	.su_group = {
		.cg_item = {
			.ci_namebuf = "rvkms",
			.ci_type = &root_type,
		},
	},
	.su_mutex = __MUTEX_INITIALIZER(subsystem.su_mutex),
};

/**
 * rvkms_config_init - make the directory rvkms of configfs
 *
 * Returns:
 * 0 or a negative errno.
 */
int rvkms_config_init(void)
{
	config_group_init(&subsystem.su_group);

	return configfs_register_subsystem(&subsystem);
}

/**
 * rvkms_config_exit - remove the directory rvkms of configfs
 *
 * It is empty: each directory in it holds a reference to the module.
 */
void rvkms_config_exit(void)
{
	configfs_unregister_subsystem(&subsystem);
}
