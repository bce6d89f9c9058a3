// SPDX-License-Identifier: GPL-2.0
/*
 * Shows a buffer that was created and exported by another file, writes to it through the DMA-BUF
 * while it is shown, and destroys it.
 */
#include <drm_fourcc.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/dma-buf.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xf86drm.h>

#include "workers.h"

#define PLANE	3
#define SIDE	64
#define BYTES	(SIDE * SIDE * 4)

static int export_buffer(const struct state *state)
{
	uint32_t handle, pitch;
	char path[32];
	uint64_t size;
	int fd, dmabuf;

	snprintf(path, sizeof(path), "/dev/dri/card%d", state->card.minor);
	fd = open(path, O_RDWR);
	if (fd < 0)
		return *state->is_leaving ? -ENODEV : -errno;
	if (drmModeCreateDumbBuffer(fd, SIDE, SIDE, 32, 0, &handle, &pitch, &size) ||
	    drmPrimeHandleToFD(fd, handle, DRM_CLOEXEC | DRM_RDWR, &dmabuf))
		dmabuf = -errno;
	close(fd);

	return dmabuf;
}

static int fill(int dmabuf, int value)
{
	struct dma_buf_sync sync = { .flags = DMA_BUF_SYNC_START | DMA_BUF_SYNC_WRITE };
	void *pixels = mmap(NULL, BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, dmabuf, 0);
	int ret;

	if (pixels == MAP_FAILED)
		return -errno;
	ret = ioctl(dmabuf, DMA_BUF_IOCTL_SYNC, &sync) ? -errno : 0;
	memset(pixels, value, BYTES);
	sync.flags = DMA_BUF_SYNC_END | DMA_BUF_SYNC_WRITE;
	if (ioctl(dmabuf, DMA_BUF_IOCTL_SYNC, &sync))
		ret = ret ?: -errno;
	munmap(pixels, BYTES);

	return ret;
}

static int show(struct state *state, const struct kms_buffer *buffer)
{
	const struct kms_card *pipe = state_any_pipe(state);
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	const int ret = kms_set_plane(pipe, req, state->overlays[PLANE], buffer,
				      state_random(state, STRESS_WIDTH), 20);

	if (ret) {
		drmModeAtomicFree(req);
		return ret;
	}

	return state_commit(state, req, 0, 0);
}

static int import_and_show(struct state *state, int dmabuf)
{
	struct kms_buffer buffer = { .picture = { .width = SIDE, .height = SIDE } };
	const uint32_t pitches[4] = { SIDE * 4 };
	uint32_t handles[4] = {}, offsets[4] = {};
	int ret;

	if (drmPrimeFDToHandle(state->card.fd, dmabuf, &handles[0]))
		return -errno;
	buffer.handle = handles[0];
	ret = drmModeAddFB2(state->card.fd, SIDE, SIDE, DRM_FORMAT_XRGB8888, handles, pitches,
			    offsets, &buffer.fb, 0) ? -errno : show(state, &buffer);
	for (int i = 0; i < 8 && !ret; i++)
		ret = fill(dmabuf, state_random(state, 256));
	kms_buffer_destroy(&state->card, &buffer);

	return ret;
}

static int share_step(struct state *state)
{
	const int dmabuf = export_buffer(state);
	int ret;

	if (dmabuf < 0)
		return dmabuf;
	ret = fill(dmabuf, 0) ?: import_and_show(state, dmabuf);
	close(dmabuf);

	return ret;
}

const struct worker share_worker = { .name = "share", .step = share_step };
