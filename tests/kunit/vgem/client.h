/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_TESTS_VGEM_CLIENT_H
#define RVKMS_TESTS_VGEM_CLIENT_H

#include <linux/types.h>

struct dma_buf;
struct dma_fence;
struct drm_gem_object;
struct file;
struct kunit;
struct vgem_card;

/**
 * struct client - a client of a vgem device
 * @test: the test
 * @card: the device
 * @file: the open file, or NULL after client_close()
 * @object: a buffer of one page, which lives until the end of the test
 * @handle: the client's handle of the buffer
 */
struct client {
	struct kunit *test;
	struct vgem_card *card;
	struct file *file;
	struct drm_gem_object *object;
	u32 handle;
};

struct client *client_create(struct kunit *test, size_t size);
struct client *client_beside(struct client *first);
void client_close(struct client *client);
void client_unplug(struct client *client);
int client_attach(struct client *client, u32 flags, u32 *number);
int client_signal(struct client *client, u32 number);
struct dma_fence *client_fence(struct client *client, u32 flags, u32 *number);
struct dma_buf *client_export(struct client *client);

#endif /* RVKMS_TESTS_VGEM_CLIENT_H */
