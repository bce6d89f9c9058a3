// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of framebuffer memory: the driver maps it once, and page faults map many pages at a time.
 */

#include <drm/drm_gem.h>
#include <drm/drm_gem_shmem_helper.h>
#include <drm/drm_prime.h>
#include <kunit/test.h>
#include <linux/dma-buf.h>
#include <linux/dma-resv.h>
#include <linux/iosys-map.h>
#include <linux/kconfig.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/refcount.h>
#include <linux/sched.h>
#include <linux/uaccess.h>

#include "../../objects/device.h"
#include "../core/mismatch.h"
#include "display.h"

#define BYTES 10000

/* A buffer that takes three faults: two of 256 pages, and one for the rest. */
#define PAGES 600

/* The driver keeps its own mapping where there is enough address space. */
#define KEPT IS_ENABLED(CONFIG_64BIT)

static void put_object(void *object)
{
	drm_gem_object_put(object);
}

/* A buffer that is freed before its device. */
static struct drm_gem_shmem_object *new_buffer(struct kunit *test, size_t bytes)
{
	struct display *display = test->priv;
	struct drm_gem_shmem_object *shmem = drm_gem_shmem_create(display->drm, bytes);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, shmem);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, put_object, &shmem->base));

	return shmem;
}

static u8 *map(struct kunit *test, struct drm_gem_shmem_object *shmem)
{
	struct iosys_map mapped = {};
	int ret;

	dma_resv_lock(shmem->base.resv, NULL);
	ret = shmem->base.funcs->vmap(&shmem->base, &mapped);
	dma_resv_unlock(shmem->base.resv);
	KUNIT_ASSERT_EQ(test, 0, ret);
	KUNIT_ASSERT_NOT_NULL(test, mapped.vaddr);

	return mapped.vaddr;
}

static void unmap(struct drm_gem_shmem_object *shmem, void *vaddr)
{
	struct iosys_map mapped = IOSYS_MAP_INIT_VADDR(vaddr);

	dma_resv_lock(shmem->base.resv, NULL);
	shmem->base.funcs->vunmap(&shmem->base, &mapped);
	dma_resv_unlock(shmem->base.resv);
}

/*
 * The in-tree driver maps a framebuffer only while it is shown. If a client flips, all pages are
 * mapped and unmapped for each frame. Where each page takes a system call, as in UML, that takes
 * longer than to compose the frame.
 */
static void rvkms_test_buffer_stays_mapped(struct kunit *test)
{
	struct drm_gem_shmem_object *shmem = new_buffer(test, BYTES);
	u8 *first = map(test, shmem);

	first[BYTES - 1] = 0xa5;
	KUNIT_EXPECT_EQ(test, refcount_read(&shmem->vmap_use_count), 1 + KEPT);
	unmap(shmem, first);
	KUNIT_EXPECT_EQ(test, refcount_read(&shmem->vmap_use_count), KEPT);
	KUNIT_EXPECT_PTR_EQ(test, (u8 *)shmem->vaddr, KEPT ? first : NULL);

	for (unsigned int i = 0; i < 3; i++) {
		u8 *again = map(test, shmem);

		KUNIT_EXPECT_EQ(test, again[BYTES - 1], 0xa5);
		KUNIT_EXPECT_EQ(test, refcount_read(&shmem->vmap_use_count), 1 + KEPT);
		unmap(shmem, again);
	}
	KUNIT_EXPECT_EQ(test, refcount_read(&shmem->vmap_use_count), KEPT);
}

static void rvkms_test_buffer_of_two_users(struct kunit *test)
{
	struct drm_gem_shmem_object *shmem = new_buffer(test, BYTES);
	u8 *first = map(test, shmem), *second = map(test, shmem);

	KUNIT_EXPECT_PTR_EQ(test, first, second);
	KUNIT_EXPECT_EQ(test, refcount_read(&shmem->vmap_use_count), 2 + KEPT);
	unmap(shmem, first);
	unmap(shmem, second);
	KUNIT_EXPECT_EQ(test, refcount_read(&shmem->vmap_use_count), KEPT);
}

/*
 * A buffer that is never mapped takes no address space, and is freed too. A mistake shows as a
 * warning.
 */
static void rvkms_test_buffer_never_mapped(struct kunit *test)
{
	struct drm_gem_shmem_object *shmem = new_buffer(test, BYTES);

	KUNIT_EXPECT_NULL(test, shmem->vaddr);
	KUNIT_EXPECT_EQ(test, refcount_read(&shmem->vmap_use_count), 0);
}

static void put_dma_buf(void *buffer)
{
	dma_buf_put(buffer);
}

/* Map all of a buffer, as a client does. */
static unsigned long client_map(struct kunit *test, struct drm_gem_shmem_object *shmem)
{
	struct dma_buf *exported = drm_gem_prime_export(&shmem->base, O_RDWR);
	unsigned long address;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, exported);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, put_dma_buf, exported));
	address = kunit_vm_mmap(test, exported->file, 0, shmem->base.size, PROT_READ | PROT_WRITE,
				MAP_SHARED, 0);
	KUNIT_ASSERT_NE(test, address, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(address));

	return address;
}

static void client_write(struct kunit *test, unsigned long address, u8 value)
{
	KUNIT_ASSERT_EQ(test, 0, put_user(value, (u8 __user *)address));
}

/*
 * Returns whether the page is mapped, without causing a fault. It must be the right page, and
 * writable.
 */
static bool is_there(struct kunit *test, struct drm_gem_shmem_object *shmem, unsigned long address,
		     unsigned int page)
{
	struct follow_pfnmap_args args = { .address = address + page * PAGE_SIZE };
	bool there = false;

	mmap_read_lock(current->mm);
	args.vma = vma_lookup(current->mm, args.address);
	if (args.vma && !follow_pfnmap_start(&args)) {
		KUNIT_EXPECT_EQ_MSG(test, args.pfn, page_to_pfn(shmem->pages[page]), "page %u",
				    page);
		KUNIT_EXPECT_TRUE_MSG(test, args.writable, "page %u", page);
		/* UML maps a page read-only if it is not dirty. */
		if (IS_ENABLED(CONFIG_UML))
			KUNIT_EXPECT_TRUE_MSG(test, pte_dirty(ptep_get(args.ptep)), "page %u",
					      page);
		there = true;
		follow_pfnmap_end(&args);
	}
	mmap_read_unlock(current->mm);

	return there;
}

static void expect_there(struct kunit *test, struct drm_gem_shmem_object *shmem,
			 unsigned long address, unsigned int first, unsigned int end)
{
	const unsigned int pages = shmem->base.size >> PAGE_SHIFT;
	struct mismatch m = {};

	for (unsigned int i = 0; i < pages; i++)
		mismatch_note(&m, is_there(test, shmem, address, i) != (i >= first && i < end), i);
	EXPECT_NO_MISMATCH(test, &m, pages);
}

/*
 * With DRM's helpers a client that draws on a 1920x1080 framebuffer takes 4050 faults: per page one
 * that maps it, and one that notes the first write.
 */
static void rvkms_test_buffer_fault_maps_many(struct kunit *test)
{
	struct drm_gem_shmem_object *shmem = new_buffer(test, PAGES * PAGE_SIZE);
	const unsigned long address = client_map(test, shmem);

	KUNIT_ASSERT_EQ(test, PAGE_SIZE, 4096);
	expect_there(test, shmem, address, 0, 0);
	client_write(test, address + 300 * PAGE_SIZE, 1);
	expect_there(test, shmem, address, 256, 512);
	client_write(test, address + 599 * PAGE_SIZE + 4095, 1);
	expect_there(test, shmem, address, 256, 600);
	client_write(test, address + 255 * PAGE_SIZE + 4095, 1);
	expect_there(test, shmem, address, 0, 600);
}

/* The driver gets no notice of writes to single pages, so all of them count as written. */
static void rvkms_test_buffer_mapped_is_dirty(struct kunit *test)
{
	struct drm_gem_shmem_object *shmem = new_buffer(test, BYTES);

	KUNIT_EXPECT_FALSE(test, shmem->pages_mark_dirty_on_put);
	client_map(test, shmem);
	KUNIT_EXPECT_TRUE(test, shmem->pages_mark_dirty_on_put);
	KUNIT_EXPECT_TRUE(test, shmem->pages_mark_accessed_on_put);
}

/*
 * DRM's helpers count pages from the start of the VMA of the fault. After a client unmaps or
 * protects the start of a buffer, a fault in the rest then maps pages from the start of the buffer.
 */
static void rvkms_test_buffer_unmapped_in_part(struct kunit *test)
{
	struct drm_gem_shmem_object *shmem = new_buffer(test, PAGES * PAGE_SIZE);
	const unsigned long address = client_map(test, shmem);
	const u8 *pixels = map(test, shmem);

	KUNIT_ASSERT_EQ(test, 0, vm_munmap(address, 3 * PAGE_SIZE));
	KUNIT_ASSERT_EQ(test, 0, vm_munmap(address + 10 * PAGE_SIZE, PAGE_SIZE));
	KUNIT_ASSERT_EQ(test, 0, vm_munmap(address + 598 * PAGE_SIZE, 2 * PAGE_SIZE));

	client_write(test, address + 5 * PAGE_SIZE + 7, 0xa5);
	KUNIT_EXPECT_EQ(test, pixels[5 * PAGE_SIZE + 7], 0xa5);
	expect_there(test, shmem, address, 3, 10);

	client_write(test, address + 20 * PAGE_SIZE + 7, 0x5a);
	KUNIT_EXPECT_EQ(test, pixels[20 * PAGE_SIZE + 7], 0x5a);
	client_write(test, address + 597 * PAGE_SIZE, 0x42);
	KUNIT_EXPECT_EQ(test, pixels[597 * PAGE_SIZE], 0x42);
	KUNIT_EXPECT_FALSE(test, is_there(test, shmem, address, 10));
	KUNIT_EXPECT_TRUE(test, is_there(test, shmem, address, 11));
	KUNIT_EXPECT_FALSE(test, is_there(test, shmem, address, 256));
	KUNIT_EXPECT_TRUE(test, is_there(test, shmem, address, 512));
	KUNIT_EXPECT_FALSE(test, is_there(test, shmem, address, 598));

	unmap(shmem, (void *)pixels);
}

/* A client that accesses a purged buffer gets a signal, and not the memory of another client. */
static void rvkms_test_buffer_purged(struct kunit *test)
{
	struct drm_gem_shmem_object *shmem = new_buffer(test, BYTES);
	const unsigned long address = client_map(test, shmem);

	shmem->madv = -1;
	KUNIT_EXPECT_EQ(test, put_user((u8)1, (u8 __user *)address), -EFAULT);
	KUNIT_EXPECT_FALSE(test, is_there(test, shmem, address, 0));
	shmem->madv = 0;
	KUNIT_EXPECT_EQ(test, put_user((u8)1, (u8 __user *)address), 0);
}

static struct kunit_case buffer_tests[] = {
	KUNIT_CASE(rvkms_test_buffer_stays_mapped),
	KUNIT_CASE(rvkms_test_buffer_of_two_users),
	KUNIT_CASE(rvkms_test_buffer_never_mapped),
	KUNIT_CASE(rvkms_test_buffer_fault_maps_many),
	KUNIT_CASE(rvkms_test_buffer_mapped_is_dirty),
	KUNIT_CASE(rvkms_test_buffer_unmapped_in_part),
	KUNIT_CASE(rvkms_test_buffer_purged),
	{}
};

static struct kunit_suite buffer_suite = {
	.name = "rvkms_buffer",
	.init = display_test_init,
	.test_cases = buffer_tests,
};

kunit_test_suite(buffer_suite);
