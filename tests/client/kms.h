/* SPDX-License-Identifier: GPL-2.0 */
#ifndef CLIENT_KMS_H
#define CLIENT_KMS_H

#include <stdbool.h>
#include <stdint.h>
#include <xf86drmMode.h>

#include "picture.h"

/**
 * struct kms_card - an open device and the pipe that the client uses
 * @fd: descriptor of its primary node
 * @minor: the node's minor number
 * @crtc: the CRTC
 * @crtc_index: its index
 * @primary: its primary plane
 * @overlay: an overlay plane it can show
 * @cursor: its cursor plane
 * @connector: a connected connector it can feed
 * @connector_name: its name, such as Virtual-1
 * @writeback: a writeback connector it can feed
 * @mode: the mode that kms_set_mode() sets
 */
struct kms_card {
	int fd;
	int minor;
	uint32_t crtc;
	int crtc_index;
	uint32_t primary;
	uint32_t overlay;
	uint32_t cursor;
	uint32_t connector;
	char connector_name[32];
	uint32_t writeback;
	drmModeModeInfo mode;
};

/**
 * struct kms_buffer - a dumb buffer with a framebuffer on it
 * @handle: the buffer's GEM handle
 * @size: its size in bytes
 * @fb: the framebuffer
 * @picture: its mapped memory; the stride is valid only for formats of 32 bits per pixel
 */
struct kms_buffer {
	uint32_t handle;
	uint64_t size;
	uint32_t fb;
	struct picture picture;
};

int kms_use(struct kms_card *card, int fd);
int kms_open(struct kms_card *card, const char *driver);
void kms_close(struct kms_card *card);
int kms_find_pipe(struct kms_card *card, int width, int height);
int kms_find_pipe_at(struct kms_card *card, int index, int width, int height);
int kms_find_mode(struct kms_card *card, int width, uint32_t max_hertz);
uint32_t kms_find_plane(const struct kms_card *card, uint64_t type, int skip);
bool kms_plane_knows_format(const struct kms_card *card, uint32_t id, uint32_t format);
bool kms_knows_format(const struct kms_card *card, uint32_t format);

int kms_buffer_create(const struct kms_card *card, struct kms_buffer *buffer, int width,
		      int height, uint32_t format);
void kms_buffer_destroy(const struct kms_card *card, struct kms_buffer *buffer);

int kms_get(const struct kms_card *card, uint32_t object, const char *property, uint64_t *value);
int kms_set(const struct kms_card *card, drmModeAtomicReq *req, uint32_t object,
	    const char *property, uint64_t value);
int kms_set_mode(const struct kms_card *card, drmModeAtomicReq *req);
int kms_set_plane(const struct kms_card *card, drmModeAtomicReq *req, uint32_t plane,
		  const struct kms_buffer *buffer, int x, int y);
int kms_set_plane_off(const struct kms_card *card, drmModeAtomicReq *req, uint32_t plane);
int kms_set_off(const struct kms_card *card, drmModeAtomicReq *req);
int kms_set_writeback(const struct kms_card *card, drmModeAtomicReq *req,
		      const struct kms_buffer *buffer, int32_t *fence);

#endif
