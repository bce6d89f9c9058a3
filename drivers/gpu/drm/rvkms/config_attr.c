// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Implements the files of configfs. Numbers are made from core/check/attributes.h. */

#include <asm/byteorder.h>

#include <linux/cleanup.h>
#include <linux/configfs.h>
#include <linux/limits.h>
#include <linux/module.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#include "config_device.h"
#include "core/check/monitor.h"
#include "objects/edid.h"

static ssize_t show_number(struct rvkms_config *config, const void *desc,
			   enum rvkms_attribute_id id, char *page)
{
	guard(mutex)(&config->lock);

	return sprintf(page, "%llu\n", rvkms_attribute_value(&rvkms_attributes[id], desc));
}

/* @object is NULL for the device itself. Only connectors have attributes that change live ones. */
static ssize_t store_number(struct rvkms_config *config, void *desc,
			    struct rvkms_config_object *object, enum rvkms_attribute_id id,
			    const char *page, size_t count)
{
	const struct rvkms_attribute *attribute = &rvkms_attributes[id];
	const struct rvkms_parsed parsed = rvkms_attribute_parse(attribute, page, count);
	u64 old;
	int ret;

	if (parsed.err)
		return parsed.err;

	guard(mutex)(&config->lock);
	ret = rvkms_attribute_may_write(attribute, object ? rvkms_config_is_busy(object)
							  : !!config->platform);
	if (ret)
		return ret;

	old = rvkms_attribute_value(attribute, desc);
	rvkms_attribute_set(attribute, desc, parsed.value);
	if (attribute->when == RVKMS_ATTRIBUTE_LIVE)
		ret = rvkms_config_replug(object);
	if (ret)
		rvkms_attribute_set(attribute, desc, old);

	return ret ?: count;
}

static ssize_t show_device(struct config_item *item, enum rvkms_attribute_id id, char *page)
{
	struct rvkms_config *config = to_rvkms_config(item);

	return show_number(config, &config->desc, id, page);
}

static ssize_t store_device(struct config_item *item, enum rvkms_attribute_id id, const char *page,
			    size_t count)
{
	struct rvkms_config *config = to_rvkms_config(item);

	return store_number(config, &config->desc, NULL, id, page, count);
}

static ssize_t show_object(struct config_item *item, enum rvkms_attribute_id id, char *page)
{
	struct rvkms_config_object *object = to_rvkms_object(item);

	return show_number(object->config, &object->desc, id, page);
}

static ssize_t store_object(struct config_item *item, enum rvkms_attribute_id id, const char *page,
			    size_t count)
{
	struct rvkms_config_object *object = to_rvkms_object(item);

	return store_number(object->config, &object->desc, object, id, page, count);
}

/* The callbacks of configfs get no pointer to the attribute, so each attribute has its own. */
#define DEFINE_ATTRIBUTE(object, name, show, store)					\
static ssize_t object##_##name##_show(struct config_item *item, char *page);		\
static ssize_t object##_##name##_store(struct config_item *item, const char *page,	\
				       size_t count);					\
CONFIGFS_ATTR(object##_, name);								\
static ssize_t object##_##name##_show(struct config_item *item, char *page)		\
{											\
	return show(item, RVKMS_ATTRIBUTE_ID_##object##_##name, page);			\
}											\
static ssize_t object##_##name##_store(struct config_item *item, const char *page,	\
				       size_t count)					\
{											\
	return store(item, RVKMS_ATTRIBUTE_ID_##object##_##name, page, count);		\
}

#define RVKMS_DEVICE_ATTRIBUTE(name, ...) \
	DEFINE_ATTRIBUTE(device, name, show_device, store_device)
#define RVKMS_PLANE_ATTRIBUTE(name, ...) DEFINE_ATTRIBUTE(plane, name, show_object, store_object)
#define RVKMS_CRTC_ATTRIBUTE(name, ...) DEFINE_ATTRIBUTE(crtc, name, show_object, store_object)
#define RVKMS_CONNECTOR_ATTRIBUTE(name, ...) \
	DEFINE_ATTRIBUTE(connector, name, show_object, store_object)
#include "core/check/attributes.h"

static ssize_t device_enabled_show(struct config_item *item, char *page)
{
	struct rvkms_config *config = to_rvkms_config(item);

	guard(mutex)(&config->lock);

	return sprintf(page, "%d\n", !!config->platform);
}

static ssize_t device_enabled_store(struct config_item *item, const char *page, size_t count)
{
	struct rvkms_config *config = to_rvkms_config(item);
	const struct rvkms_parsed enabled = rvkms_bool_parse(page, count);

	if (enabled.err)
		return enabled.err;

	guard(mutex)(&config->lock);

	return rvkms_config_enable(config, enabled.value) ?: count;
}

CONFIGFS_ATTR(device_, enabled);

static ssize_t device_refusals_show(struct config_item *item, char *page)
{
	struct rvkms_config *config = to_rvkms_config(item);

	guard(mutex)(&config->lock);

	return rvkms_config_print_refusals(config, page, SZ_4K);
}

CONFIGFS_ATTR_RO(device_, refusals);

static ssize_t plane_supported_formats_show(struct config_item *item, char *page)
{
	struct rvkms_config_object *plane = to_rvkms_object(item);
	u32 fourccs[RVKMS_MAX_FORMATS];
	ssize_t length = 0;
	u32 count;

	guard(mutex)(&plane->config->lock);
	count = rvkms_format_set_list(&plane->desc.plane.formats, fourccs, RVKMS_MAX_FORMATS);
	for (u32 i = 0; i < count; i++) {
		const __le32 code = cpu_to_le32(fourccs[i]);

		length += sprintf(page + length, "%.4s\n", (const char *)&code);
	}

	return length;
}

static ssize_t plane_supported_formats_store(struct config_item *item, const char *page,
					     size_t count)
{
	struct rvkms_config_object *plane = to_rvkms_object(item);
	struct rvkms_plane_desc changed;
	int ret;

	guard(mutex)(&plane->config->lock);
	changed = plane->desc.plane;
	ret = rvkms_plane_change_formats(&changed, page, count);
	if (ret)
		return ret;

	if (plane->config->platform)
		return -EBUSY;

	plane->desc.plane = changed;

	return count;
}

CONFIGFS_ATTR(plane_, supported_formats);

static ssize_t connector_enabled_show(struct config_item *item, char *page)
{
	struct rvkms_config_object *connector = to_rvkms_object(item);

	guard(mutex)(&connector->config->lock);

	return sprintf(page, "%d\n", connector->is_enabled);
}

static ssize_t connector_enabled_store(struct config_item *item, const char *page, size_t count)
{
	struct rvkms_config_object *connector = to_rvkms_object(item);
	const struct rvkms_parsed enabled = rvkms_bool_parse(page, count);

	if (enabled.err)
		return enabled.err;

	guard(mutex)(&connector->config->lock);

	return rvkms_config_enable_connector(connector, enabled.value) ?: count;
}

CONFIGFS_ATTR(connector_, enabled);

/* A change of a monitor by text, as core/check/monitor.h has them. */
typedef int change_fn(struct rvkms_monitor *monitor, const char *text, size_t length);

static ssize_t store_monitor(struct config_item *item, const char *page, size_t count,
			     change_fn *change)
{
	struct rvkms_config_object *connector = to_rvkms_object(item);
	struct rvkms_monitor *monitor = &connector->desc.connector.monitor;
	struct rvkms_monitor old;
	int ret;

	guard(mutex)(&connector->config->lock);
	old = *monitor;
	ret = change(monitor, page, count) ?: rvkms_config_replug(connector);
	if (ret)
		*monitor = old;

	return ret ?: count;
}

static ssize_t connector_name_show(struct config_item *item, char *page)
{
	struct rvkms_config_object *connector = to_rvkms_object(item);

	guard(mutex)(&connector->config->lock);

	return sprintf(page, "%s\n", connector->desc.connector.monitor.name);
}

static ssize_t connector_name_store(struct config_item *item, const char *page, size_t count)
{
	return store_monitor(item, page, count, rvkms_monitor_set_name);
}

CONFIGFS_ATTR(connector_, name);

static ssize_t connector_modes_show(struct config_item *item, char *page)
{
	struct rvkms_config_object *connector = to_rvkms_object(item);
	const struct rvkms_monitor *monitor = &connector->desc.connector.monitor;
	ssize_t length = 0;

	guard(mutex)(&connector->config->lock);
	for (u32 i = 0; i < monitor->num_modes; i++) {
		const struct rvkms_monitor_mode *mode = &monitor->modes[i];

		length += sprintf(page + length, "%ux%u@%u\n", mode->width, mode->height,
				  mode->refresh);
	}

	return length;
}

static ssize_t connector_modes_store(struct config_item *item, const char *page, size_t count)
{
	return store_monitor(item, page, count, rvkms_monitor_set_modes);
}

CONFIGFS_ATTR(connector_, modes);

static ssize_t connector_link_bad_show(struct config_item *item, char *page)
{
	struct rvkms_config_object *connector = to_rvkms_object(item);

	guard(mutex)(&connector->config->lock);

	return sprintf(page, "%d\n", rvkms_config_link_is_bad(connector));
}

/* Only a modeset resets link-status to Good. */
static ssize_t connector_link_bad_store(struct config_item *item, const char *page, size_t count)
{
	struct rvkms_config_object *connector = to_rvkms_object(item);
	const struct rvkms_parsed bad = rvkms_bool_parse(page, count);

	if (bad.err || !bad.value)
		return -EINVAL;

	guard(mutex)(&connector->config->lock);

	return rvkms_config_break_link(connector) ?: count;
}

CONFIGFS_ATTR(connector_, link_bad);

/* configfs asks for the size first, without a buffer. */
static ssize_t connector_edid_read(struct config_item *item, void *buffer, size_t size)
{
	struct rvkms_config_object *connector = to_rvkms_object(item);
	const struct rvkms_monitor *monitor = &connector->desc.connector.monitor;

	guard(mutex)(&connector->config->lock);
	if (!buffer)
		return rvkms_edid_size(monitor);

	/* It was replaced meanwhile. */
	if (size != rvkms_edid_size(monitor))
		return -EAGAIN;

	rvkms_edid_read(monitor, buffer);

	return size;
}

static ssize_t connector_edid_write(struct config_item *item, const void *bytes, size_t size)
{
	struct rvkms_config_object *connector = to_rvkms_object(item);
	struct rvkms_monitor *monitor = &connector->desc.connector.monitor;
	struct rvkms_monitor old;
	const u8 *edid;
	int ret;

	if (!size)
		return -EINVAL;

	edid = kmemdup(bytes, size, GFP_KERNEL);
	if (!edid)
		return -ENOMEM;

	guard(mutex)(&connector->config->lock);
	old = *monitor;
	monitor->edid = edid;
	monitor->edid_size = size;
	ret = rvkms_config_replug(connector);
	if (ret)
		*monitor = old;
	kfree(ret ? edid : old.edid);

	return ret ?: size;
}

CONFIGFS_BIN_ATTR(connector_, edid, NULL, RVKMS_MAX_EDID_SIZE);

struct configfs_attribute *rvkms_config_device_attrs[] = {
	&device_attr_enabled,
	&device_attr_refusals,
#define RVKMS_DEVICE_ATTRIBUTE(name, ...) (&device_attr_##name),
#include "core/check/attributes.h"
	NULL
};

struct configfs_attribute *rvkms_config_plane_attrs[] = {
	&plane_attr_supported_formats,
#define RVKMS_PLANE_ATTRIBUTE(name, ...) (&plane_attr_##name),
#include "core/check/attributes.h"
	NULL
};

struct configfs_attribute *rvkms_config_crtc_attrs[] = {
#define RVKMS_CRTC_ATTRIBUTE(name, ...) (&crtc_attr_##name),
#include "core/check/attributes.h"
	NULL
};

struct configfs_attribute *rvkms_config_connector_attrs[] = {
	&connector_attr_enabled,
	&connector_attr_name,
	&connector_attr_modes,
	&connector_attr_link_bad,
#define RVKMS_CONNECTOR_ATTRIBUTE(name, ...) (&connector_attr_##name),
#include "core/check/attributes.h"
	NULL
};

struct configfs_bin_attribute *rvkms_config_connector_bin_attrs[] = {
	&connector_attr_edid,
	NULL
};
