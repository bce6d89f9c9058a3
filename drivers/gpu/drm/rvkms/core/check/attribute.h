/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_CHECK_ATTRIBUTE_H
#define RVKMS_CORE_CHECK_ATTRIBUTE_H

#include <linux/types.h>

#include "device.h"

/**
 * enum rvkms_attribute_type - the values of an attribute, and their text
 * @RVKMS_ATTRIBUTE_BOOL: as kstrtobool() reads it: 1, y, t, e, on, 0, n, f, d, off
 * @RVKMS_ATTRIBUTE_NUMBER: a decimal number of 32 bits
 * @RVKMS_ATTRIBUTE_NUMBER64: a decimal number of 64 bits
 * @RVKMS_ATTRIBUTE_BITS: a set of bits, a decimal, octal (010) or hexadecimal (0x8) number
 * @RVKMS_ATTRIBUTE_BIT: one bit
 * @RVKMS_ATTRIBUTE_ROTATIONS: a set of DRM_MODE_ROTATE_* and DRM_MODE_REFLECT_*, with an angle
 * @RVKMS_ATTRIBUTE_ROTATION: one angle, with or without reflections
 * @RVKMS_ATTRIBUTE_PLANE_TYPE: a decimal number: 0 overlay, 1 primary, 2 cursor
 * @RVKMS_ATTRIBUTE_CONNECTOR_TYPE: a decimal number, DRM_MODE_CONNECTOR_*
 */
enum rvkms_attribute_type {
	RVKMS_ATTRIBUTE_BOOL,
	RVKMS_ATTRIBUTE_NUMBER,
	RVKMS_ATTRIBUTE_NUMBER64,
	RVKMS_ATTRIBUTE_BITS,
	RVKMS_ATTRIBUTE_BIT,
	RVKMS_ATTRIBUTE_ROTATIONS,
	RVKMS_ATTRIBUTE_ROTATION,
	RVKMS_ATTRIBUTE_PLANE_TYPE,
	RVKMS_ATTRIBUTE_CONNECTOR_TYPE,
};

/**
 * enum rvkms_attribute_when - the time at which an attribute may be written
 * @RVKMS_ATTRIBUTE_OFF: while the device is disabled
 * @RVKMS_ATTRIBUTE_LIVE: at any time; the enabled device changes at once
 */
enum rvkms_attribute_when {
	RVKMS_ATTRIBUTE_OFF,
	RVKMS_ATTRIBUTE_LIVE,
};

/**
 * struct rvkms_attribute - an attribute
 * @name: the name of the file
 * @type: its values
 * @when: the time at which it may be written
 * @offset: the value's offset in the description of the object
 * @low: the smallest value, or 1 if at least one bit must be set
 * @high: the largest value, or the allowed bits
 */
struct rvkms_attribute {
	const char *name;
	enum rvkms_attribute_type type;
	enum rvkms_attribute_when when;
	size_t offset;
	u64 low;
	u64 high;
};

/* The attributes of attributes.h, in that order. */
enum rvkms_attribute_id {
#define RVKMS_ATTRIBUTE(object, name, ...) RVKMS_ATTRIBUTE_ID_##object##_##name,
#include "attributes.h"
#undef RVKMS_ATTRIBUTE
	RVKMS_NUM_ATTRIBUTES,
};

extern const struct rvkms_attribute rvkms_attributes[RVKMS_NUM_ATTRIBUTES];

/**
 * struct rvkms_parsed - a value that was read from text
 * @err: 0, or -EINVAL if the text is no allowed value
 * @value: the value
 */
struct rvkms_parsed {
	int err;
	u64 value;
};

/**
 * enum rvkms_object_kind - the type of an object in configfs
 * @RVKMS_OBJECT_PLANE: a plane, linked to CRTCs
 * @RVKMS_OBJECT_CRTC: a CRTC
 * @RVKMS_OBJECT_ENCODER: an encoder, linked to CRTCs
 * @RVKMS_OBJECT_CONNECTOR: a connector, linked to encoders
 * @RVKMS_NUM_OBJECT_KINDS: number of types
 */
enum rvkms_object_kind {
	RVKMS_OBJECT_PLANE,
	RVKMS_OBJECT_CRTC,
	RVKMS_OBJECT_ENCODER,
	RVKMS_OBJECT_CONNECTOR,
	RVKMS_NUM_OBJECT_KINDS,
};

/**
 * struct rvkms_link_request - a link to create
 * @from: the type of the object with the link
 * @to: the type of the object that is linked to
 * @is_same_device: both belong to the same device
 * @is_enabled: the device of @from is enabled
 * @exists: there is a link from the one to the other, of any name
 */
struct rvkms_link_request {
	enum rvkms_object_kind from;
	enum rvkms_object_kind to;
	bool is_same_device;
	bool is_enabled;
	bool exists;
};

struct rvkms_parsed rvkms_bool_parse(const char *text, size_t length);
struct rvkms_parsed rvkms_attribute_parse(const struct rvkms_attribute *attribute,
					  const char *text, size_t length);
int rvkms_link_may_exist(const struct rvkms_link_request *request);
int rvkms_attribute_may_write(const struct rvkms_attribute *attribute, bool is_enabled);
u64 rvkms_attribute_value(const struct rvkms_attribute *attribute, const void *desc);
void rvkms_attribute_set(const struct rvkms_attribute *attribute, void *desc, u64 value);
void rvkms_plane_set_kind(struct rvkms_plane_desc *plane, enum rvkms_plane_kind kind);
int rvkms_plane_change_formats(struct rvkms_plane_desc *plane, const char *text, size_t length);

#endif /* RVKMS_CORE_CHECK_ATTRIBUTE_H */
