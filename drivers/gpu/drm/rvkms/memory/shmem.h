/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_SHMEM_H
#define RVKMS_SHMEM_H

struct drm_gem_object;
struct iosys_map;
struct vm_area_struct;
struct vm_operations_struct;

extern const struct vm_operations_struct rvkms_shmem_vm_ops;

int rvkms_shmem_vmap(struct drm_gem_object *object, struct iosys_map *map);
int rvkms_shmem_mmap(struct drm_gem_object *object, struct vm_area_struct *vma);
void rvkms_shmem_free(struct drm_gem_object *object);

#endif /* RVKMS_SHMEM_H */
