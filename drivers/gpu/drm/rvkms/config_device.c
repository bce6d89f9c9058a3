// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Compiles the directories of a device to its description, and enables, changes and disables the
 * device. The caller of each function holds the directory's lock, unless noted otherwise.
 */

#include <linux/bits.h>
#include <linux/cleanup.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/minmax.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "config_device.h"
#include "objects/connector.h"
#include "objects/device.h"
#include "platform.h"

/* The newest states and the newest modes, as many as fit into a file of configfs. */
#define MAX_REFUSALS 4

/* A link from an object to another. */
struct link {
	struct list_head node;
	struct rvkms_config_object *target;
};

/**
 * rvkms_config_create - create a device without objects
 *
 * Returns:
 * The device with one reference, or NULL. The caller makes its directories.
 */
struct rvkms_config *rvkms_config_create(void)
{
	struct rvkms_config *config = kzalloc_obj(*config);

	if (!config)
		return NULL;

	kref_init(&config->ref);
	mutex_init(&config->lock);
	for (u32 i = 0; i < RVKMS_NUM_OBJECT_KINDS; i++)
		INIT_LIST_HEAD(&config->objects[i]);
	rvkms_device_describe(&config->desc);

	return config;
}

static void config_release(struct kref *ref)
{
	struct rvkms_config *config = container_of(ref, struct rvkms_config, ref);

	mutex_destroy(&config->lock);
	kfree(config);
}

/**
 * rvkms_config_put - drop a reference
 * @config: the disabled device; its lock is not held
 */
void rvkms_config_put(struct rvkms_config *config)
{
	kref_put(&config->ref, config_release);
}

/* Numbers the objects of a type. Returns how many there are, without disabled connectors. */
static u32 number(struct rvkms_config *config, enum rvkms_object_kind kind)
{
	struct rvkms_config_object *object;
	u32 count = 0;

	list_for_each_entry(object, &config->objects[kind], node) {
		const bool is_left_out = kind == RVKMS_OBJECT_CONNECTOR && !object->is_enabled;

		object->index = is_left_out ? RVKMS_MAX_OBJECTS : count++;
	}

	return count;
}

static u32 link_mask(const struct rvkms_config_object *object)
{
	const struct link *link;
	u32 mask = 0;

	list_for_each_entry(link, &object->targets, node) {
		if (link->target->index < RVKMS_MAX_OBJECTS)
			mask |= BIT(link->target->index);
	}

	return mask;
}

static void compile_object(struct rvkms_device_desc *desc, struct rvkms_config_object *object)
{
	const char *name = config_item_name(&object->group.cg_item);
	const u32 i = object->index;

	switch (object->kind) {
	case RVKMS_OBJECT_PLANE:
		desc->planes[i] = object->desc.plane;
		desc->planes[i].crtcs = link_mask(object);
		strscpy(desc->planes[i].name, name);
		break;
	case RVKMS_OBJECT_CRTC:
		desc->crtcs[i] = object->desc.crtc;
		strscpy(desc->crtcs[i].name, name);
		break;
	case RVKMS_OBJECT_ENCODER:
		desc->encoders[i].crtcs = link_mask(object);
		break;
	default:
		desc->connectors[i] = object->desc.connector;
		desc->connectors[i].id = i;
		desc->connectors[i].encoders = link_mask(object);
	}
}

/* Objects after the 32nd of a type are only counted: the check rejects the device. */
static void compile(struct rvkms_config *config)
{
	struct rvkms_config_object *object;

	config->desc.num_planes = number(config, RVKMS_OBJECT_PLANE);
	config->desc.num_crtcs = number(config, RVKMS_OBJECT_CRTC);
	config->desc.num_encoders = number(config, RVKMS_OBJECT_ENCODER);
	config->desc.num_connectors = number(config, RVKMS_OBJECT_CONNECTOR);
	for (u32 i = 0; i < RVKMS_NUM_OBJECT_KINDS; i++) {
		list_for_each_entry(object, &config->objects[i], node) {
			if (object->index < RVKMS_MAX_OBJECTS)
				compile_object(&config->desc, object);
		}
	}
}

static void hold_connector(struct rvkms_config_object *connector, u32 id)
{
	config_group_get(&connector->group);
	connector->live = id;
	connector->config->live[id] = connector;
}

static void release_connector(struct rvkms_config_object *connector)
{
	connector->config->live[connector->live] = NULL;
	connector->live = -1;
	config_group_put(&connector->group);
}

static void hold_connectors(struct rvkms_config *config)
{
	struct rvkms_config_object *object;

	list_for_each_entry(object, &config->objects[RVKMS_OBJECT_CONNECTOR], node) {
		if (object->is_enabled)
			hold_connector(object, object->index);
	}
}

static void release_connectors(struct rvkms_config *config)
{
	for (u32 i = 0; i < RVKMS_MAX_OBJECTS; i++) {
		if (config->live[i])
			release_connector(config->live[i]);
	}
}

static int enable(struct rvkms_config *config)
{
	const char *name = config_item_name(&config->group.cg_item);
	struct platform_device *platform;

	compile(config);
	config->verdict = rvkms_check_device(&config->desc);
	if (config->verdict.err) {
		pr_info("rvkms: %s: rejected by %s: %s\n", name,
			rvkms_rule_name(config->verdict.rule),
			rvkms_rule_text(config->verdict.rule));
		return config->verdict.err;
	}

	platform = rvkms_platform_create(name, &config->desc);
	if (IS_ERR(platform))
		return PTR_ERR(platform);

	config->platform = platform;
	hold_connectors(config);

	return 0;
}

static void disable(struct rvkms_config *config)
{
	platform_device_unregister(config->platform);
	config->platform = NULL;
	release_connectors(config);
}

/**
 * rvkms_config_enable - enable or disable a device
 * @config: the device
 * @enabled: true to enable it; nothing happens if it is already
 *
 * Returns:
 * 0 or a negative errno: -EINVAL if rvkms_check_device() rejects its description, -EEXIST if a
 * platform device has its name.
 */
int rvkms_config_enable(struct rvkms_config *config, bool enabled)
{
	if (enabled && !config->platform)
		return enable(config);

	if (!enabled && config->platform)
		disable(config);

	return 0;
}

/**
 * rvkms_config_is_busy - check if an object belongs to an enabled device
 * @object: the object
 *
 * Returns:
 * False if the device is disabled, or if the object is a connector that the device does not have.
 */
bool rvkms_config_is_busy(const struct rvkms_config_object *object)
{
	return object->config->platform &&
	       (object->kind != RVKMS_OBJECT_CONNECTOR || object->live >= 0);
}

static struct link *find_link(struct rvkms_config_object *object,
			      const struct rvkms_config_object *target)
{
	struct link *link;

	list_for_each_entry(link, &object->targets, node) {
		if (link->target == target)
			return link;
	}

	return NULL;
}

/**
 * rvkms_config_link - link an object to another
 * @object: a plane, an encoder or a connector
 * @target: the other object, of any device, which stays until the link is removed
 *
 * Returns:
 * 0, or the errno of rvkms_link_may_exist().
 */
int rvkms_config_link(struct rvkms_config_object *object, struct rvkms_config_object *target)
{
	struct link *link;
	int ret;

	ret = rvkms_link_may_exist(&(struct rvkms_link_request){
		.from = object->kind,
		.to = target->kind,
		.is_same_device = object->config == target->config,
		.is_enabled = rvkms_config_is_busy(object),
		.exists = find_link(object, target),
	});
	if (ret)
		return ret;

	link = kzalloc_obj(*link);
	if (!link)
		return -ENOMEM;

	link->target = target;
	list_add_tail(&link->node, &object->targets);

	return 0;
}

/**
 * rvkms_config_unlink - remove a link; an enabled device does not change
 * @object: the object
 * @target: the object that it is linked to
 */
void rvkms_config_unlink(struct rvkms_config_object *object, struct rvkms_config_object *target)
{
	struct link *link = find_link(object, target);

	list_del(&link->node);
	kfree(link);
}

/*
 * Returns the connector in DRM, or NULL if the directory was made after the device was enabled, or
 * the device is unbound. The caller holds the lock of the platform device.
 */
static struct rvkms_connector *live_connector(struct rvkms_config_object *connector)
{
	struct rvkms_device *rvkms = platform_get_drvdata(connector->config->platform);

	return rvkms && connector->live >= 0 ?
	       rvkms_connector_find(&rvkms->base.drm, connector->live) : NULL;
}

static struct rvkms_device_desc *bound_desc(const struct rvkms_config *config)
{
	return dev_get_platdata(&config->platform->dev);
}

/* The next time that the driver binds, the connector has the monitor of now. */
static void describe_monitor(const struct rvkms_config_object *connector)
{
	struct rvkms_device_desc *desc = bound_desc(connector->config);

	for (u32 i = 0; i < desc->num_connectors; i++) {
		if (desc->connectors[i].id == connector->live)
			desc->connectors[i].monitor = connector->desc.connector.monitor;
	}
}

static u32 free_id(const struct rvkms_config *config)
{
	u32 id = 0;

	while (id < RVKMS_MAX_OBJECTS && config->live[id])
		id++;

	return id;
}

/* Returns -EINVAL if the enabled device cannot have the connector. */
static int plug(struct rvkms_config_object *connector)
{
	struct rvkms_config *config = connector->config;
	struct rvkms_device_desc *all = bound_desc(config);
	struct rvkms_connector_desc desc = connector->desc.connector;
	struct rvkms_device *rvkms;
	int ret = 0;

	guard(device)(&config->platform->dev);
	desc.id = free_id(config);
	desc.encoders = link_mask(connector);
	config->verdict = rvkms_check_connector_desc(all, &desc);
	if (config->verdict.err)
		return config->verdict.err;

	rvkms = platform_get_drvdata(config->platform);
	if (rvkms)
		ret = rvkms_connector_plug(&rvkms->base.drm, &desc);
	if (ret)
		return ret;

	all->connectors[all->num_connectors++] = desc;
	hold_connector(connector, desc.id);

	return 0;
}

static void unplug(struct rvkms_config_object *connector)
{
	struct rvkms_config *config = connector->config;
	struct rvkms_device_desc *all = bound_desc(config);
	struct rvkms_device *rvkms;
	u32 count = 0;

	guard(device)(&config->platform->dev);
	rvkms = platform_get_drvdata(config->platform);
	if (rvkms)
		rvkms_connector_unplug(&rvkms->base.drm, connector->live);

	for (u32 i = 0; i < all->num_connectors; i++) {
		if (all->connectors[i].id != connector->live)
			all->connectors[count++] = all->connectors[i];
	}
	all->num_connectors = count;
	release_connector(connector);
}

/**
 * rvkms_config_enable_connector - let a connector belong to its device, or not
 * @connector: the connector
 * @enabled: true if it belongs to the device
 *
 * Returns:
 * 0; -EBUSY if the device is enabled and the connector is not dynamic; -EINVAL if the enabled
 * device cannot have it.
 */
int rvkms_config_enable_connector(struct rvkms_config_object *connector, bool enabled)
{
	int ret = 0;

	if (connector->is_enabled == enabled)
		return 0;

	if (connector->config->platform) {
		if (!connector->desc.connector.is_dynamic)
			return -EBUSY;
		if (enabled)
			ret = plug(connector);
		else
			unplug(connector);
	}
	if (!ret)
		connector->is_enabled = enabled;

	return ret;
}

/**
 * rvkms_config_remove - remove an object from its device's directory
 * @object: the object; a dynamic connector is unplugged, other objects of an enabled device stay
 */
void rvkms_config_remove(struct rvkms_config_object *object)
{
	if (object->kind == RVKMS_OBJECT_CONNECTOR && object->live >= 0 &&
	    object->desc.connector.is_dynamic)
		unplug(object);
	list_del(&object->node);
}

/**
 * rvkms_config_replug - make DRM see the monitor of a connector
 * @connector: the connector, with a changed monitor
 *
 * Returns:
 * 0 or -ENOMEM. Nothing happens while the device is disabled.
 */
int rvkms_config_replug(struct rvkms_config_object *connector)
{
	struct platform_device *platform = connector->config->platform;
	struct rvkms_connector *live;
	int ret = 0;

	if (!platform)
		return 0;

	guard(device)(&platform->dev);
	live = live_connector(connector);
	if (live)
		ret = rvkms_connector_set_monitor(live, &connector->desc.connector.monitor);
	if (!ret)
		describe_monitor(connector);

	return ret;
}

/**
 * rvkms_config_break_link - simulate a failed link training
 * @connector: the connector
 *
 * Returns:
 * 0, or -ENODEV while the device is disabled or unbound.
 */
int rvkms_config_break_link(struct rvkms_config_object *connector)
{
	struct platform_device *platform = connector->config->platform;
	struct rvkms_connector *live;

	if (!platform)
		return -ENODEV;

	guard(device)(&platform->dev);
	live = live_connector(connector);
	if (!live)
		return -ENODEV;

	rvkms_connector_break_link(live);

	return 0;
}

/**
 * rvkms_config_link_is_bad - get the link status of a connector
 * @connector: the connector
 *
 * Returns:
 * True if the link was broken, and no mode was set since.
 */
bool rvkms_config_link_is_bad(struct rvkms_config_object *connector)
{
	struct platform_device *platform = connector->config->platform;
	struct rvkms_connector *live;

	if (!platform)
		return false;

	guard(device)(&platform->dev);
	live = live_connector(connector);

	return live && rvkms_connector_link_is_bad(live);
}

static size_t print_list(struct rvkms_refusals *refusals, const char *kind, char *text, size_t size)
{
	const u64 count = rvkms_refusals_count(refusals);
	size_t length = scnprintf(text, size, "rejected %s: %llu\n", kind, count);

	for (u64 i = count - min(count, MAX_REFUSALS); i < count; i++)
		length += rvkms_refusals_print(refusals, i, text + length, size - length);

	return length;
}

static size_t print_verdict(struct rvkms_verdict verdict, char *text, size_t size)
{
	return verdict.err ? scnprintf(text, size, "%s: %s\n", rvkms_rule_name(verdict.rule),
				       rvkms_rule_text(verdict.rule)) : 0;
}

/**
 * rvkms_config_print_refusals - print the last rejections
 * @config: the device
 * @text: filled with the rule that rejected the device or a connector, unless the last write of 1
 *        to a file enabled was accepted, and the states and modes that the enabled device rejected
 * @size: bytes of @text
 *
 * Returns:
 * The length of the text.
 */
size_t rvkms_config_print_refusals(struct rvkms_config *config, char *text, size_t size)
{
	size_t length = print_verdict(config->verdict, text, size);
	struct rvkms_device *rvkms;

	if (!config->platform)
		return length;

	guard(device)(&config->platform->dev);
	rvkms = platform_get_drvdata(config->platform);
	if (!rvkms)
		return length;

	length += print_list(&rvkms->refused_states, "states", text + length, size - length);

	return length + print_list(&rvkms->refused_modes, "modes", text + length, size - length);
}
