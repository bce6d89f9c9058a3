// SPDX-License-Identifier: GPL-2.0
/*
 * The part of KMS that the clients need, on libdrm's atomic API. Functions that can fail return a
 * negative errno.
 */
#include "kms.h"

#include <drm_fourcc.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include <xf86drm.h>

/*
 * A cache of the properties' names, since a look-up costs two ioctls per property. The names of a
 * device do not change. A property that does not fit into the cache is treated as missing.
 */
static struct known {
	uint32_t object;
	uint32_t id;
	char name[DRM_PROP_NAME_LEN];
} known[2048];
static size_t num_known;

static int set_client_caps(int fd)
{
	static const uint64_t caps[] = {
		DRM_CLIENT_CAP_UNIVERSAL_PLANES,
		DRM_CLIENT_CAP_ATOMIC,
		DRM_CLIENT_CAP_WRITEBACK_CONNECTORS,
	};

	for (size_t i = 0; i < sizeof(caps) / sizeof(*caps); i++)
		if (drmSetClientCap(fd, caps[i], 1))
			return -errno;

	return 0;
}

/**
 * kms_use - use a file of a device that is already open
 * @card: filled in; kms_close() closes it
 * @fd: the file
 *
 * Only one device may be in use at a time, but several of its files.
 *
 * Returns: 0, or a negative errno.
 */
int kms_use(struct kms_card *card, int fd)
{
	struct stat node;

	memset(card, 0, sizeof(*card));
	num_known = 0;
	card->fd = fd;
	if (fd < 0)
		return fd;
	if (fstat(fd, &node))
		return -errno;
	card->minor = minor(node.st_rdev);

	return set_client_caps(fd);
}

/**
 * kms_open - open the first device of a driver
 * @card: filled in; kms_close() closes it
 * @driver: the driver's name
 *
 * Returns: 0, or a negative errno.
 */
int kms_open(struct kms_card *card, const char *driver)
{
	return kms_use(card, drmOpenWithType(driver, NULL, DRM_NODE_PRIMARY));
}

/**
 * kms_close - close a device
 * @card: the device
 */
void kms_close(struct kms_card *card)
{
	if (card->fd >= 0)
		drmClose(card->fd);
	card->fd = -1;
}

static uint32_t find_known(uint32_t object, const char *name)
{
	for (size_t i = 0; i < num_known; i++)
		if (known[i].object == object && !strcmp(known[i].name, name))
			return known[i].id;

	return 0;
}

static void learn(uint32_t object, const drmModePropertyRes *property)
{
	if (!property || num_known == sizeof(known) / sizeof(*known))
		return;
	known[num_known] = (struct known){ .object = object, .id = property->prop_id };
	memcpy(known[num_known].name, property->name, DRM_PROP_NAME_LEN);
	num_known++;
}

static int learn_all(const struct kms_card *card, uint32_t object)
{
	drmModeObjectProperties *all;

	all = drmModeObjectGetProperties(card->fd, object, DRM_MODE_OBJECT_ANY);
	if (!all)
		return -errno;

	for (uint32_t i = 0; i < all->count_props; i++) {
		drmModePropertyRes *property = drmModeGetProperty(card->fd, all->props[i]);

		learn(object, property);
		drmModeFreeProperty(property);
	}
	drmModeFreeObjectProperties(all);

	return 0;
}

static bool is_known(uint32_t object)
{
	for (size_t i = 0; i < num_known; i++)
		if (known[i].object == object)
			return true;

	return false;
}

static int find_property(const struct kms_card *card, uint32_t object, const char *name,
			 uint32_t *id)
{
	int ret = is_known(object) ? 0 : learn_all(card, object);

	*id = find_known(object, name);

	return ret ?: *id ? 0 : -ENOENT;
}

static bool crtc_feeds(const struct kms_card *card, const drmModeConnector *connector)
{
	bool feeds = false;

	for (int i = 0; i < connector->count_encoders; i++) {
		drmModeEncoder *encoder = drmModeGetEncoder(card->fd, connector->encoders[i]);

		if (encoder && encoder->possible_crtcs & 1 << card->crtc_index)
			feeds = true;
		drmModeFreeEncoder(encoder);
	}

	return feeds;
}

static bool pick_mode(struct kms_card *card, const drmModeConnector *connector, int width,
		      int height)
{
	for (int i = 0; i < connector->count_modes; i++) {
		const drmModeModeInfo *mode = &connector->modes[i];

		if (mode->hdisplay == width && mode->vdisplay == height) {
			card->mode = *mode;
			return true;
		}
	}

	return false;
}

static void consider_connector(struct kms_card *card, const drmModeConnector *connector,
			       int width, int height, int *skip)
{
	if (!crtc_feeds(card, connector))
		return;

	if (connector->connector_type == DRM_MODE_CONNECTOR_WRITEBACK) {
		card->writeback = connector->connector_id;
		return;
	}

	if (card->connector || connector->connection != DRM_MODE_CONNECTED ||
	    !pick_mode(card, connector, width, height) || (*skip)--)
		return;
	card->connector = connector->connector_id;
	snprintf(card->connector_name, sizeof(card->connector_name), "%s-%u",
		 drmModeGetConnectorTypeName(connector->connector_type),
		 connector->connector_type_id);
}

static bool plane_is(const struct kms_card *card, const drmModePlane *plane, uint64_t type)
{
	uint64_t value;

	return plane->possible_crtcs & 1 << card->crtc_index &&
	       !kms_get(card, plane->plane_id, "type", &value) && value == type;
}

/**
 * kms_find_plane - find a plane of the card's CRTC
 * @card: the device, its CRTC found
 * @type: DRM_PLANE_TYPE_PRIMARY, _OVERLAY or _CURSOR
 * @skip: number of planes of that type to skip
 *
 * Returns: the plane, 0 if there is none.
 */
uint32_t kms_find_plane(const struct kms_card *card, uint64_t type, int skip)
{
	drmModePlaneRes *planes = drmModeGetPlaneResources(card->fd);
	uint32_t found = 0;

	for (uint32_t i = 0; planes && i < planes->count_planes && !found; i++) {
		drmModePlane *plane = drmModeGetPlane(card->fd, planes->planes[i]);

		if (plane && plane_is(card, plane, type) && !skip--)
			found = plane->plane_id;
		drmModeFreePlane(plane);
	}
	drmModeFreePlaneResources(planes);

	return found;
}

/**
 * kms_find_pipe - find the first CRTC, its planes and its connectors
 * @card: the device
 * @width: width of the mode
 * @height: height of the mode
 *
 * Returns: 0, or -ENOENT if one of the objects is missing.
 */
int kms_find_pipe(struct kms_card *card, int width, int height)
{
	return kms_find_pipe_at(card, 0, width, height);
}

/**
 * kms_find_pipe_at - find a CRTC, its planes and its connectors
 * @card: the device, without a pipe
 * @index: index of the CRTC, and of the connector among those that it can feed with the mode
 * @width: width of the mode
 * @height: height of the mode
 *
 * Returns: 0, or -ENOENT if one of the objects is missing.
 */
int kms_find_pipe_at(struct kms_card *card, int index, int width, int height)
{
	drmModeRes *resources = drmModeGetResources(card->fd);
	int skip = index;

	if (!resources || resources->count_crtcs <= index) {
		drmModeFreeResources(resources);
		return -ENOENT;
	}

	card->crtc_index = index;
	card->crtc = resources->crtcs[index];
	for (int i = 0; i < resources->count_connectors; i++) {
		drmModeConnector *connector = drmModeGetConnector(card->fd,
								  resources->connectors[i]);

		if (connector)
			consider_connector(card, connector, width, height, &skip);
		drmModeFreeConnector(connector);
	}
	drmModeFreeResources(resources);
	card->primary = kms_find_plane(card, DRM_PLANE_TYPE_PRIMARY, 0);
	card->overlay = kms_find_plane(card, DRM_PLANE_TYPE_OVERLAY, 0);
	card->cursor = kms_find_plane(card, DRM_PLANE_TYPE_CURSOR, 0);

	return card->connector && card->writeback && card->primary && card->overlay &&
	       card->cursor ? 0 : -ENOENT;
}

static bool is_nearer(const drmModeModeInfo *mode, const drmModeModeInfo *than, int width)
{
	const int distance = abs(mode->hdisplay - width) - abs(than->hdisplay - width);

	return !distance ? mode->vrefresh > than->vrefresh : distance < 0;
}

/**
 * kms_find_mode - use the connector's mode with the nearest width
 * @card: the device, its connector found
 * @width: in pixels
 * @max_hertz: the highest refresh rate of the mode
 *
 * Returns: 0, or -ENOENT if the connector has no mode of such a rate.
 */
int kms_find_mode(struct kms_card *card, int width, uint32_t max_hertz)
{
	drmModeConnector *connector = drmModeGetConnectorCurrent(card->fd, card->connector);
	const drmModeModeInfo *found = NULL;

	for (int i = 0; connector && i < connector->count_modes; i++) {
		const drmModeModeInfo *mode = &connector->modes[i];

		if (mode->vrefresh <= max_hertz && !(mode->flags & DRM_MODE_FLAG_INTERLACE) &&
		    (!found || is_nearer(mode, found, width)))
			found = mode;
	}
	if (found)
		card->mode = *found;
	drmModeFreeConnector(connector);

	return found ? 0 : -ENOENT;
}

/**
 * kms_plane_knows_format - see whether a plane can show a format
 * @card: the device
 * @id: the plane
 * @format: the format's fourcc
 *
 * Returns: whether it can.
 */
bool kms_plane_knows_format(const struct kms_card *card, uint32_t id, uint32_t format)
{
	drmModePlane *plane = drmModeGetPlane(card->fd, id);
	bool known = false;

	for (uint32_t i = 0; plane && i < plane->count_formats; i++)
		known |= plane->formats[i] == format;
	drmModeFreePlane(plane);

	return known;
}

/**
 * kms_knows_format - see whether any plane can show a format
 * @card: the device
 * @format: the format's fourcc
 *
 * Returns: whether one can.
 */
bool kms_knows_format(const struct kms_card *card, uint32_t format)
{
	drmModePlaneRes *planes = drmModeGetPlaneResources(card->fd);
	bool known = false;

	for (uint32_t i = 0; planes && i < planes->count_planes; i++)
		known |= kms_plane_knows_format(card, planes->planes[i], format);
	drmModeFreePlaneResources(planes);

	return known;
}

static int map_buffer(const struct kms_card *card, struct kms_buffer *buffer)
{
	uint64_t offset;
	void *pixels;

	if (drmModeMapDumbBuffer(card->fd, buffer->handle, &offset))
		return -errno;
	pixels = mmap(NULL, buffer->size, PROT_READ | PROT_WRITE, MAP_SHARED, card->fd, offset);
	if (pixels == MAP_FAILED)
		return -errno;
	buffer->picture.pixels = pixels;

	return 0;
}

/* Chroma follows luma, in rows of the same length. */
static int add_framebuffer(const struct kms_card *card, struct kms_buffer *buffer,
			   uint32_t format, uint32_t pitch)
{
	const struct picture *picture = &buffer->picture;
	const bool has_chroma = format == DRM_FORMAT_NV12;
	const uint32_t handles[4] = { buffer->handle, has_chroma ? buffer->handle : 0 };
	const uint32_t pitches[4] = { pitch, has_chroma ? pitch : 0 };
	const uint32_t offsets[4] = { 0, has_chroma ? pitch * picture->height : 0 };

	if (drmModeAddFB2(card->fd, picture->width, picture->height, format, handles, pitches,
			  offsets, &buffer->fb, 0))
		return -errno;

	return 0;
}

static int bits_per_pixel(uint32_t format)
{
	switch (format) {
	case DRM_FORMAT_NV12:
		return 8;
	case DRM_FORMAT_RGB565:
		return 16;
	default:
		return 32;
	}
}

/**
 * kms_buffer_create - make a buffer
 * @card: the device
 * @buffer: filled in; kms_buffer_destroy() destroys it, also after a failure
 * @width: in pixels
 * @height: in pixels
 * @format: fourcc of the framebuffer: NV12, RG16 or a format of 32 bits per pixel
 *
 * Returns: 0, or a negative errno.
 */
int kms_buffer_create(const struct kms_card *card, struct kms_buffer *buffer, int width,
		      int height, uint32_t format)
{
	const int rows = format == DRM_FORMAT_NV12 ? height + (height + 1) / 2 : height;
	uint32_t pitch;
	int ret;

	memset(buffer, 0, sizeof(*buffer));
	if (drmModeCreateDumbBuffer(card->fd, width, rows, bits_per_pixel(format), 0,
				    &buffer->handle, &pitch, &buffer->size))
		return -errno;

	buffer->picture.width = width;
	buffer->picture.height = height;
	buffer->picture.stride = pitch / sizeof(*buffer->picture.pixels);
	ret = map_buffer(card, buffer);
	if (ret)
		return ret;

	return add_framebuffer(card, buffer, format, pitch);
}

/**
 * kms_buffer_destroy - destroy a buffer
 * @card: the device
 * @buffer: the buffer, all zero if there is none
 */
void kms_buffer_destroy(const struct kms_card *card, struct kms_buffer *buffer)
{
	if (buffer->fb)
		drmModeRmFB(card->fd, buffer->fb);
	if (buffer->picture.pixels)
		munmap(buffer->picture.pixels, buffer->size);
	if (buffer->handle)
		drmModeDestroyDumbBuffer(card->fd, buffer->handle);
	memset(buffer, 0, sizeof(*buffer));
}

/**
 * kms_get - read a property
 * @card: the device
 * @object: the object
 * @property: the property's name
 * @value: filled in
 *
 * Returns: 0, or a negative errno.
 */
int kms_get(const struct kms_card *card, uint32_t object, const char *property, uint64_t *value)
{
	drmModeObjectProperties *all;
	uint32_t id;
	int ret = find_property(card, object, property, &id);

	if (ret)
		return ret;
	all = drmModeObjectGetProperties(card->fd, object, DRM_MODE_OBJECT_ANY);
	if (!all)
		return -errno;

	for (uint32_t i = 0; i < all->count_props; i++)
		if (all->props[i] == id)
			*value = all->prop_values[i];
	drmModeFreeObjectProperties(all);

	return 0;
}

/**
 * kms_set - add a property to a commit
 * @card: the device
 * @req: the commit
 * @object: the object
 * @property: the property's name
 * @value: its new value
 *
 * Returns: 0, or a negative errno.
 */
int kms_set(const struct kms_card *card, drmModeAtomicReq *req, uint32_t object,
	    const char *property, uint64_t value)
{
	uint32_t id;
	int ret;

	ret = find_property(card, object, property, &id);
	if (ret)
		return ret;
	ret = drmModeAtomicAddProperty(req, object, id, value);

	return ret < 0 ? ret : 0;
}

/**
 * struct setting - a property's new value
 * @property: its name
 * @value: the value
 */
struct setting {
	const char *property;
	uint64_t value;
};

static int set_all(const struct kms_card *card, drmModeAtomicReq *req, uint32_t object,
		   const struct setting *settings, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int ret = kms_set(card, req, object, settings[i].property, settings[i].value);

		if (ret)
			return ret;
	}

	return 0;
}

/**
 * kms_set_mode - add the mode, and the routing of CRTC to connector, to a commit
 * @card: the device
 * @req: the commit
 *
 * The blob of the mode lives until the device is closed.
 *
 * Returns: 0, or a negative errno.
 */
int kms_set_mode(const struct kms_card *card, drmModeAtomicReq *req)
{
	uint32_t blob;
	int ret;

	if (drmModeCreatePropertyBlob(card->fd, &card->mode, sizeof(card->mode), &blob))
		return -errno;
	ret = kms_set(card, req, card->crtc, "MODE_ID", blob);
	if (ret)
		return ret;
	ret = kms_set(card, req, card->crtc, "ACTIVE", 1);
	if (ret)
		return ret;

	return kms_set(card, req, card->connector, "CRTC_ID", card->crtc);
}

/**
 * kms_set_plane - add a whole buffer, shown unscaled on a plane, to a commit
 * @card: the device
 * @req: the commit
 * @plane: the plane
 * @buffer: the buffer
 * @x: column of the screen at which the buffer begins
 * @y: row of the screen at which it begins
 *
 * Returns: 0, or a negative errno.
 */
int kms_set_plane(const struct kms_card *card, drmModeAtomicReq *req, uint32_t plane,
		  const struct kms_buffer *buffer, int x, int y)
{
	const uint64_t width = buffer->picture.width;
	const uint64_t height = buffer->picture.height;
	const struct setting settings[] = {
		{ "FB_ID", buffer->fb }, { "CRTC_ID", card->crtc },
		{ "SRC_X", 0 }, { "SRC_Y", 0 },
		{ "SRC_W", width << 16 }, { "SRC_H", height << 16 },
		{ "CRTC_X", x }, { "CRTC_Y", y },
		{ "CRTC_W", width }, { "CRTC_H", height },
	};

	return set_all(card, req, plane, settings, sizeof(settings) / sizeof(*settings));
}

/**
 * kms_set_plane_off - add to a commit that a plane is disabled
 * @card: the device
 * @req: the commit
 * @plane: the plane
 *
 * Returns: 0, or a negative errno.
 */
int kms_set_plane_off(const struct kms_card *card, drmModeAtomicReq *req, uint32_t plane)
{
	return kms_set(card, req, plane, "FB_ID", 0) ?: kms_set(card, req, plane, "CRTC_ID", 0);
}

/**
 * kms_set_off - add to a commit that the CRTC is disabled
 * @card: the device
 * @req: the commit
 *
 * Returns: 0, or a negative errno.
 */
int kms_set_off(const struct kms_card *card, drmModeAtomicReq *req)
{
	return kms_set(card, req, card->crtc, "ACTIVE", 0) ?:
	       kms_set(card, req, card->crtc, "MODE_ID", 0) ?:
	       kms_set(card, req, card->connector, "CRTC_ID", 0);
}

/**
 * kms_set_writeback - add writeback of the frame to a commit
 * @card: the device
 * @req: the commit
 * @buffer: the destination
 * @fence: set to the descriptor of a fence by the commit
 *
 * Returns: 0, or a negative errno.
 */
int kms_set_writeback(const struct kms_card *card, drmModeAtomicReq *req,
		      const struct kms_buffer *buffer, int32_t *fence)
{
	const struct setting settings[] = {
		{ "CRTC_ID", card->crtc },
		{ "WRITEBACK_FB_ID", buffer->fb },
		{ "WRITEBACK_OUT_FENCE_PTR", (uintptr_t)fence },
	};

	return set_all(card, req, card->writeback, settings,
		       sizeof(settings) / sizeof(*settings));
}
