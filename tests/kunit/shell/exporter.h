/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_TESTS_EXPORTER_H
#define RVKMS_TESTS_EXPORTER_H

#include <linux/dma-direction.h>
#include <linux/dma-resv.h>
#include <linux/ktime.h>
#include <linux/types.h>

struct display;
struct dma_buf;
struct dma_fence;
struct drm_framebuffer;
struct drm_mode_fb_cmd2;
struct kunit;

/* The size of the framebuffers of exporter_fb(). */
#define EXPORTER_WIDTH 640
#define EXPORTER_HEIGHT 480

/**
 * struct exporter - a device with one buffer in memory that is not coherent
 * @test: the test
 * @buffer: the buffer; the test holds a reference, and the exporter lives as long as the buffer
 * @size: its size in bytes
 * @device: the contents of the device's memory
 * @cpu: the contents of the CPU's caches
 * @begin_ns: the time to begin an access
 * @end_ns: the time to end an access
 * @error: the result of beginning an access
 * @is_remote: the CPU has access by I/O only
 * @waits_at_end: waits for writers before an access ends, as i915 does
 * @asked: number of calls to begin an access
 * @begun: number of accesses that have begun
 * @ended: number of accesses that have ended
 * @depth: number of accesses that have begun and not ended
 * @running: number of running calls that begin or end an access
 * @most_running: the maximum of @running
 * @maps: number of mappings of the buffer
 */
struct exporter {
	struct kunit *test;
	struct dma_buf *buffer;
	size_t size;
	u32 *device;
	u32 *cpu;
	u64 begin_ns;
	u64 end_ns;
	int error;
	bool is_remote;
	bool waits_at_end;
	unsigned int asked;
	unsigned int begun;
	unsigned int ended;
	int depth;
	int running;
	int most_running;
	int maps;
};

struct exporter *exporter_create(struct kunit *test, size_t size);
struct exporter *exporter_screen(struct kunit *test, u32 colour);
void exporter_paint(struct exporter *exporter, u32 colour);
bool exporter_is_imported(const struct exporter *exporter);
void exporter_expect_balance(struct exporter *exporter, unsigned int accesses);

struct drm_framebuffer *exporter_fb(struct display *display, struct exporter *exporter);
struct drm_framebuffer *exporter_planar(struct display *display, struct drm_mode_fb_cmd2 *cmd,
					struct exporter *const *exporters);
void exporter_put_fb(struct kunit *test, struct drm_framebuffer *fb);

struct dma_fence *exporter_fence(struct kunit *test);
void exporter_signal_at(struct kunit *test, struct dma_fence *fence, ktime_t time);
void exporter_signal_after(struct kunit *test, struct dma_fence *fence, unsigned int ms);
void exporter_add_fence(struct kunit *test, struct drm_framebuffer *fb, unsigned int plane,
			struct dma_fence *fence, enum dma_resv_usage usage);
struct dma_fence *exporter_add_writer(struct kunit *test, struct drm_framebuffer *fb);
struct dma_fence *exporter_add_reader(struct kunit *test, struct drm_framebuffer *fb);

#endif /* RVKMS_TESTS_EXPORTER_H */
