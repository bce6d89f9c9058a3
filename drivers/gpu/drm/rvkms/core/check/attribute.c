// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Reads the values of attributes from text, and decides if they may be written. */

#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/types.h>
#include <uapi/drm/drm_mode.h>

#include "../plane/geometry.h"
#include "attribute.h"

/* struct rvkms_plane_desc and its like, of the object of a row. */
#define DESC(object) struct rvkms_##object##_desc

const struct rvkms_attribute rvkms_attributes[RVKMS_NUM_ATTRIBUTES] = {
#define RVKMS_ATTRIBUTE(object, _name, _type, member, _low, _high, _when)		\
	{										\
		.name = #_name,								\
		.type = RVKMS_ATTRIBUTE_##_type,					\
		.when = RVKMS_ATTRIBUTE_##_when,					\
		.offset = offsetof(DESC(object), member),				\
		.low = _low,								\
		.high = _high,								\
	},
#include "attributes.h"
#undef RVKMS_ATTRIBUTE
};

static const struct rvkms_parsed invalid = { .err = -EINVAL };

static struct rvkms_parsed valid(u64 value)
{
	return (struct rvkms_parsed){ .value = value };
}

/**
 * rvkms_bool_parse - read a boolean value from text, as kstrtobool() does
 * @text: any bytes, of which the first two are read
 * @length: number of bytes
 *
 * Returns:
 * The value; an error if the text is none.
 */
struct rvkms_parsed rvkms_bool_parse(const char *text, size_t length)
{
	const char first = length ? text[0] : 0;
	const char second = length > 1 ? text[1] : 0;

	if (memchr("eEyYtT1", first, 7))
		return valid(true);

	if (memchr("dDnNfF0", first, 7))
		return valid(false);

	if (first == 'o' || first == 'O') {
		if (second == 'n' || second == 'N')
			return valid(true);
		if (second == 'f' || second == 'F')
			return valid(false);
	}

	return invalid;
}

/* Returns the value of a digit, or 255. */
static u32 digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';

	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;

	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;

	return 255;
}

static struct rvkms_parsed parse_digits(const char *text, size_t length, u32 base)
{
	u64 value = 0;

	if (!length)
		return invalid;

	for (size_t i = 0; i < length; i++) {
		const u32 next = digit(text[i]);

		if (next >= base || value > (U64_MAX - next) / base)
			return invalid;
		value = value * base + next;
	}

	return valid(value);
}

static bool is_hex(const char *text, size_t length)
{
	return length > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X') &&
	       digit(text[2]) < 16;
}

/* As kstrtoull(): a sign and a newline may enclose the digits. */
static struct rvkms_parsed parse_number(const char *text, size_t length, bool has_base)
{
	if (length && text[length - 1] == '\n')
		length--;
	if (length && text[0] == '+') {
		text++;
		length--;
	}

	if (has_base && is_hex(text, length))
		return parse_digits(text + 2, length - 2, 16);

	return parse_digits(text, length, has_base && length && text[0] == '0' ? 8 : 10);
}

static bool is_output(u64 type)
{
	return type <= DRM_MODE_CONNECTOR_USB && type != DRM_MODE_CONNECTOR_WRITEBACK;
}

static bool is_allowed(const struct rvkms_attribute *attribute, u64 value)
{
	switch (attribute->type) {
	case RVKMS_ATTRIBUTE_BITS:
		return value >= attribute->low && !(value & ~attribute->high);
	case RVKMS_ATTRIBUTE_BIT:
		return value && !(value & (value - 1)) && !(value & ~attribute->high);
	case RVKMS_ATTRIBUTE_ROTATIONS:
		return value & DRM_MODE_ROTATE_MASK && !(value & ~attribute->high);
	case RVKMS_ATTRIBUTE_ROTATION:
		return value <= U32_MAX && rvkms_rotation_is_valid(value);
	case RVKMS_ATTRIBUTE_CONNECTOR_TYPE:
		return is_output(value);
	default:
		return value >= attribute->low && value <= attribute->high;
	}
}

static bool has_base(enum rvkms_attribute_type type)
{
	return type == RVKMS_ATTRIBUTE_BITS || type == RVKMS_ATTRIBUTE_BIT ||
	       type == RVKMS_ATTRIBUTE_ROTATIONS || type == RVKMS_ATTRIBUTE_ROTATION;
}

/**
 * rvkms_attribute_parse - read a value from text
 * @attribute: the attribute
 * @text: any bytes
 * @length: number of bytes
 *
 * Returns:
 * The value; an error if the text is no value of the attribute.
 */
struct rvkms_parsed rvkms_attribute_parse(const struct rvkms_attribute *attribute,
					  const char *text, size_t length)
{
	struct rvkms_parsed parsed;

	if (attribute->type == RVKMS_ATTRIBUTE_BOOL)
		return rvkms_bool_parse(text, length);

	parsed = parse_number(text, length, has_base(attribute->type));
	if (parsed.err || !is_allowed(attribute, parsed.value))
		return invalid;

	return parsed;
}

/**
 * rvkms_attribute_may_write - check if an attribute may be written now
 * @attribute: the attribute
 * @is_enabled: the device is enabled
 *
 * Returns:
 * 0 or -EBUSY.
 */
int rvkms_attribute_may_write(const struct rvkms_attribute *attribute, bool is_enabled)
{
	return is_enabled && attribute->when == RVKMS_ATTRIBUTE_OFF ? -EBUSY : 0;
}

static bool is_link(enum rvkms_object_kind from, enum rvkms_object_kind to)
{
	switch (from) {
	case RVKMS_OBJECT_PLANE:
	case RVKMS_OBJECT_ENCODER:
		return to == RVKMS_OBJECT_CRTC;
	case RVKMS_OBJECT_CONNECTOR:
		return to == RVKMS_OBJECT_ENCODER;
	default:
		return false;
	}
}

/**
 * rvkms_link_may_exist - check if a link may be created
 * @request: the link
 *
 * Returns:
 * 0; -EINVAL for objects of types that are not linked, or of two devices; -EBUSY while the device
 * is enabled; -EEXIST if there is such a link.
 */
int rvkms_link_may_exist(const struct rvkms_link_request *request)
{
	if (!is_link(request->from, request->to) || !request->is_same_device)
		return -EINVAL;

	if (request->is_enabled)
		return -EBUSY;

	return request->exists ? -EEXIST : 0;
}

/* DRM's numbers of the types of planes, as of the in-tree driver's attribute. */
static u64 kind_number(u32 kind)
{
	switch (kind) {
	case RVKMS_PLANE_PRIMARY:
		return 1;
	case RVKMS_PLANE_CURSOR:
		return 2;
	default:
		return 0;
	}
}

static enum rvkms_plane_kind numbered_kind(u64 number)
{
	switch (number) {
	case 1:
		return RVKMS_PLANE_PRIMARY;
	case 2:
		return RVKMS_PLANE_CURSOR;
	default:
		return RVKMS_PLANE_OVERLAY;
	}
}

/**
 * rvkms_attribute_value - get the value of an attribute
 * @attribute: the attribute
 * @desc: the description of its object
 *
 * Returns:
 * The value.
 */
u64 rvkms_attribute_value(const struct rvkms_attribute *attribute, const void *desc)
{
	const void *at = desc + attribute->offset;

	switch (attribute->type) {
	case RVKMS_ATTRIBUTE_PLANE_TYPE:
		return kind_number(*(const u32 *)at);
	case RVKMS_ATTRIBUTE_BOOL:
		return *(const bool *)at;
	case RVKMS_ATTRIBUTE_NUMBER64:
		return *(const u64 *)at;
	default:
		return *(const u32 *)at;
	}
}

/**
 * rvkms_attribute_set - set the value of an attribute
 * @attribute: the attribute
 * @desc: the description of its object
 * @value: a value from rvkms_attribute_parse()
 */
void rvkms_attribute_set(const struct rvkms_attribute *attribute, void *desc, u64 value)
{
	void *at = desc + attribute->offset;

	switch (attribute->type) {
	case RVKMS_ATTRIBUTE_PLANE_TYPE:
		rvkms_plane_set_kind(desc, numbered_kind(value));
		break;
	case RVKMS_ATTRIBUTE_BOOL:
		*(bool *)at = value;
		break;
	case RVKMS_ATTRIBUTE_NUMBER64:
		*(u64 *)at = value;
		break;
	default:
		*(u32 *)at = value;
	}
}

/**
 * rvkms_plane_set_kind - change the type of a plane
 * @plane: the plane
 * @kind: the type
 *
 * Formats, alpha, blend modes and colour pipeline that have the defaults of the old type get those
 * of the new one.
 */
void rvkms_plane_set_kind(struct rvkms_plane_desc *plane, enum rvkms_plane_kind kind)
{
	const struct rvkms_plane_desc from = rvkms_plane_describe(plane->kind);
	const struct rvkms_plane_desc to = rvkms_plane_describe(kind);

	if (rvkms_format_set_equal(&plane->formats, &from.formats))
		plane->formats = to.formats;
	if (plane->has_alpha == from.has_alpha)
		plane->has_alpha = to.has_alpha;
	if (plane->blend_modes == from.blend_modes)
		plane->blend_modes = to.blend_modes;
	if (plane->has_pipeline == from.has_pipeline)
		plane->has_pipeline = to.has_pipeline;
	plane->kind = kind;
}

/* Shorter codes end with blanks. */
static u32 fourcc_of(const char *text, size_t length)
{
	u32 fourcc = 0;

	for (u32 i = 0; i < 4; i++)
		fourcc |= (u32)(u8)(i < length ? text[i] : ' ') << (8 * i);

	return fourcc;
}

static void add_all(struct rvkms_format_set *set, const struct rvkms_format_set *more)
{
	for (u32 i = 0; i < RVKMS_FORMAT_SET_WORDS; i++)
		set->bits[i] |= more->bits[i];
}

/* Carries out +XXXX, -XXXX, +* or -*. */
static bool change_format(struct rvkms_plane_desc *plane, const char *text, size_t length)
{
	const bool is_all = length == 2 && text[1] == '*';
	const struct rvkms_format_set all = rvkms_format_set_of_plane(plane->kind);

	if (length < 2 || length > 5 || (text[0] != '+' && text[0] != '-'))
		return false;

	if (text[0] == '+') {
		if (is_all)
			add_all(&plane->formats, &all);
		return is_all || rvkms_format_set_add(&plane->formats,
						      fourcc_of(text + 1, length - 1));
	}

	if (is_all)
		plane->formats = (struct rvkms_format_set){};
	else
		rvkms_format_set_remove(&plane->formats, fourcc_of(text + 1, length - 1));

	return true;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

/**
 * rvkms_plane_change_formats - add formats to a plane, and remove formats
 * @plane: the plane; unchanged after an error
 * @text: any bytes; changes that are separated by blanks: +XR24 adds a format, -XR24 removes it, +*
 *        adds the default formats of the type, -* removes all
 * @length: number of bytes
 *
 * Returns:
 * 0; -EINVAL for a change of another form, for no change, and for adding an unknown format.
 */
int rvkms_plane_change_formats(struct rvkms_plane_desc *plane, const char *text, size_t length)
{
	struct rvkms_plane_desc changed = *plane;
	size_t start = 0;
	u32 count = 0;

	for (size_t i = 0; i <= length; i++) {
		if (i < length && !is_blank(text[i]))
			continue;

		if (i > start && !change_format(&changed, text + start, i - start))
			return -EINVAL;
		count += i > start;
		start = i + 1;
	}
	if (!count)
		return -EINVAL;

	*plane = changed;

	return 0;
}
