// SPDX-License-Identifier: GPL-2.0
/* The memory of framebuffers, which is mapped once. */

#include <drm/drm_gem.h>
#include <drm/drm_gem_shmem_helper.h>
#include <kunit/test.h>
#include <linux/dma-resv.h>
#include <linux/iosys-map.h>
#include <linux/kconfig.h>
#include <linux/refcount.h>

#include "../device.h"
#include "display.h"

#define BYTES 10000

/* What the driver itself maps, where there are addresses enough. */
#define KEPT IS_ENABLED(CONFIG_64BIT)

static void put_object(void *object)
{
	drm_gem_object_put(object);
}

/* A buffer that goes before its device does. */
static struct drm_gem_shmem_object *new_buffer(struct kunit *test)
{
	struct display *display = test->priv;
	struct drm_gem_shmem_object *shmem = drm_gem_shmem_create(display->drm, BYTES);

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
 * The in-tree driver maps what is shown for as long as it is shown: of a client that flips, all
 * pages are mapped and unmapped for each frame. Where each page is a system call, as in UML, that
 * takes longer than to compose the frame.
 */
static void rvkms_test_buffer_stays_mapped(struct kunit *test)
{
	struct drm_gem_shmem_object *shmem = new_buffer(test);
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
	struct drm_gem_shmem_object *shmem = new_buffer(test);
	u8 *first = map(test, shmem), *second = map(test, shmem);

	KUNIT_EXPECT_PTR_EQ(test, first, second);
	KUNIT_EXPECT_EQ(test, refcount_read(&shmem->vmap_use_count), 2 + KEPT);
	unmap(shmem, first);
	unmap(shmem, second);
	KUNIT_EXPECT_EQ(test, refcount_read(&shmem->vmap_use_count), KEPT);
}

/* One that nobody looks at takes no addresses, and is freed as well: what is amiss is a warning. */
static void rvkms_test_buffer_never_mapped(struct kunit *test)
{
	struct drm_gem_shmem_object *shmem = new_buffer(test);

	KUNIT_EXPECT_NULL(test, shmem->vaddr);
	KUNIT_EXPECT_EQ(test, refcount_read(&shmem->vmap_use_count), 0);
}

static struct kunit_case buffer_tests[] = {
	KUNIT_CASE(rvkms_test_buffer_stays_mapped),
	KUNIT_CASE(rvkms_test_buffer_of_two_users),
	KUNIT_CASE(rvkms_test_buffer_never_mapped),
	{}
};

static struct kunit_suite buffer_suite = {
	.name = "rvkms_buffer",
	.init = display_test_init,
	.test_cases = buffer_tests,
};

kunit_test_suite(buffer_suite);
