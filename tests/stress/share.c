// SPDX-License-Identifier: GPL-2.0
/*
 * Shows a buffer that another file has made and exported, writes to it through the DMA-BUF while it
 * is shown, and takes it away.
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

#include "cast.h"

#define PLANE	3
#define SIDE	64
#define BYTES	(SIDE * SIDE * 4)

static int export_buffer(const struct stage *stage)
{
	uint32_t handle, pitch;
	char path[32];
	uint64_t size;
	int fd, dmabuf;

	snprintf(path, sizeof(path), "/dev/dri/card%d", stage->card.minor);
	fd = open(path, O_RDWR);
	if (fd < 0)
		return *stage->is_leaving ? -ENODEV : -errno;
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

static int show(struct stage *stage, const struct kms_buffer *buffer)
{
	const struct kms_card *pipe = stage_any_pipe(stage);
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	const int ret = kms_set_plane(pipe, req, stage->overlays[PLANE], buffer,
				      stage_random(stage, STAGE_WIDTH), 20);

	if (ret) {
		drmModeAtomicFree(req);
		return ret;
	}

	return stage_commit(stage, req, 0, 0);
}

static int import_and_show(struct stage *stage, int dmabuf)
{
	struct kms_buffer buffer = { .picture = { .width = SIDE, .height = SIDE } };
	const uint32_t pitches[4] = { SIDE * 4 };
	uint32_t handles[4] = {}, offsets[4] = {};
	int ret;

	if (drmPrimeFDToHandle(stage->card.fd, dmabuf, &handles[0]))
		return -errno;
	buffer.handle = handles[0];
	ret = drmModeAddFB2(stage->card.fd, SIDE, SIDE, DRM_FORMAT_XRGB8888, handles, pitches,
			    offsets, &buffer.fb, 0) ? -errno : show(stage, &buffer);
	for (int i = 0; i < 8 && !ret; i++)
		ret = fill(dmabuf, stage_random(stage, 256));
	kms_buffer_destroy(&stage->card, &buffer);

	return ret;
}

static int share_step(struct stage *stage)
{
	const int dmabuf = export_buffer(stage);
	int ret;

	if (dmabuf < 0)
		return dmabuf;
	ret = fill(dmabuf, 0) ?: import_and_show(stage, dmabuf);
	close(dmabuf);

	return ret;
}

const struct actor share_actor = { .name = "share", .step = share_step };
