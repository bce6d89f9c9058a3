// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Does what drm_gem_shmem_helper.c cannot, with its internals: vmap_use_count, vaddr, pages, madv
 * and the marks of pages. No other file uses these. Three patches of the helper, which are not
 * merged, make this file unnecessary.
 *
 * A mapping of the driver is kept until the object is freed. A client flips between the same few
 * buffers. Mapping and unmapping thousands of pages per flip, with a TLB flush on all CPUs, is
 * waste. In UML, each page costs a system call, and this was most of the cost of a flip. 32-bit
 * kernels keep no mapping, since addresses are scarce. Mappings of imported buffers are not kept
 * either: the exporter decides how long they last.
 *
 * One page fault maps many pages. With DRM's helpers a client faults twice per page: once to map
 * it, and once to mark it dirty. Here all pages that a client maps count as dirty, as do the pages
 * that the driver maps. The page is derived from vm_pgoff, so a partial munmap() or mprotect() does
 * not shift the mapping.
 */

#include <linux/dma-resv.h>
#include <linux/iosys-map.h>
#include <linux/kconfig.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/refcount.h>

#include <drm/drm_gem.h>
#include <drm/drm_gem_shmem_helper.h>
#include <drm/drm_vma_manager.h>

#include "shmem.h"

/* Number of pages that one fault maps: a megabyte, with pages of 4 KiB. */
#define FAULT_PAGES 256

static bool is_kept(const struct drm_gem_object *object)
{
	return IS_ENABLED(CONFIG_64BIT) && !drm_gem_is_imported(object);
}

/**
 * rvkms_shmem_vmap - map an object for the CPU until it is freed
 * @object: the object, with its reservation lock held
 * @map: gets the address
 *
 * The first call takes one extra reference.
 *
 * Returns:
 * 0 or a negative errno.
 */
int rvkms_shmem_vmap(struct drm_gem_object *object, struct iosys_map *map)
{
	struct drm_gem_shmem_object *shmem = to_drm_gem_shmem_obj(object);
	const int ret = drm_gem_shmem_vmap_locked(shmem, map);

	if (ret || !is_kept(object) || refcount_read(&shmem->vmap_use_count) > 1)
		return ret;

	return drm_gem_shmem_vmap_locked(shmem, map);
}

/**
 * rvkms_shmem_free - free an object, and its kept mapping
 * @object: the object
 */
void rvkms_shmem_free(struct drm_gem_object *object)
{
	struct drm_gem_shmem_object *shmem = to_drm_gem_shmem_obj(object);

	if (is_kept(object) && shmem->vaddr) {
		struct iosys_map map = IOSYS_MAP_INIT_VADDR(shmem->vaddr);

		dma_resv_lock(object->resv, NULL);
		drm_gem_shmem_vunmap_locked(shmem, &map);
		dma_resv_unlock(object->resv);
	}
	drm_gem_shmem_free(shmem);
}

/*
 * UML's CPU does not mark written pages as dirty. A clean page would be mapped read-only and cost
 * another fault, so pages are mapped dirty.
 */
static pgprot_t page_prot(const struct vm_area_struct *vma)
{
	pgprot_t prot = vma->vm_page_prot;

#ifdef CONFIG_UML
	if (vma->vm_flags & VM_WRITE)
		prot = __pgprot(pgprot_val(prot) | _PAGE_DIRTY);
#endif

	return prot;
}

/* Maps the faulting page, and the pages around it that are in both the VMA and the buffer. */
static vm_fault_t shmem_fault(struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	struct drm_gem_object *object = vma->vm_private_data;
	struct drm_gem_shmem_object *shmem = to_drm_gem_shmem_obj(object);
	const pgoff_t start = drm_vma_node_start(&object->vma_node);
	const pgoff_t wanted = vmf->pgoff - start, low = vma->vm_pgoff - start;
	const pgoff_t window = round_down(wanted, FAULT_PAGES);
	const pgoff_t end = min3(window + FAULT_PAGES, low + vma_pages(vma),
				 object->size >> PAGE_SHIFT);
	const pgprot_t prot = page_prot(vma);
	vm_fault_t ret = VM_FAULT_SIGBUS;

	dma_resv_lock(object->resv, NULL);

	if (wanted < end && shmem->pages && shmem->madv >= 0)
		ret = vmf_insert_pfn_prot(vma, vmf->address, page_to_pfn(shmem->pages[wanted]),
					  prot);

	/* Fault-around is best effort: pages that are not inserted here fault later. */
	for (pgoff_t i = max(window, low); i < end && ret == VM_FAULT_NOPAGE; i++) {
		if (vmf_insert_pfn_prot(vma, vma->vm_start + ((i - low) << PAGE_SHIFT),
					page_to_pfn(shmem->pages[i]), prot) != VM_FAULT_NOPAGE)
			break;
	}

	dma_resv_unlock(object->resv);

	return ret;
}

static void shmem_vm_open(struct vm_area_struct *vma)
{
	drm_gem_shmem_vm_ops.open(vma);
}

static void shmem_vm_close(struct vm_area_struct *vma)
{
	drm_gem_shmem_vm_ops.close(vma);
}

const struct vm_operations_struct rvkms_shmem_vm_ops = {
	.fault = shmem_fault,
	.open = shmem_vm_open,
	.close = shmem_vm_close,
};

/**
 * rvkms_shmem_mmap - map an object for a client; all of its pages count as dirty
 * @object: the object
 * @vma: the mapping
 *
 * Returns:
 * 0 or a negative errno.
 */
int rvkms_shmem_mmap(struct drm_gem_object *object, struct vm_area_struct *vma)
{
	struct drm_gem_shmem_object *shmem = to_drm_gem_shmem_obj(object);
	const int ret = drm_gem_shmem_mmap(shmem, vma);

	if (ret || drm_gem_is_imported(object))
		return ret;

	dma_resv_lock(object->resv, NULL);
	shmem->pages_mark_accessed_on_put = true;
	shmem->pages_mark_dirty_on_put = true;
	dma_resv_unlock(object->resv);

	return 0;
}
