/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_TESTS_CONFIG_FS_H
#define RVKMS_TESTS_CONFIG_FS_H

#include <kunit/test.h>
#include <linux/types.h>

struct rvkms_device;

/*
 * Calls of the file system, with which a test uses configfs as a program would. Paths begin at the
 * mount: "/rvkms/a". All functions but config_fs_enter() return a negative errno after an error.
 */
void config_fs_enter(struct kunit *test);
__printf(1, 2) int config_fs_mkdir(const char *format, ...);
__printf(1, 2) int config_fs_rmdir(const char *format, ...);
__printf(1, 2) int config_fs_unlink(const char *format, ...);
__printf(2, 3) int config_fs_link(const char *target, const char *format, ...);
__printf(2, 3) int config_fs_write(const char *text, const char *format, ...);
__printf(3, 4) int config_fs_write_bytes(const void *bytes, size_t size, const char *format, ...);
__printf(3, 4) ssize_t config_fs_read(void *bytes, size_t size, const char *format, ...);

/* Makes a device with a CRTC, a primary plane, an encoder and connectors, and enables it. */
void config_fs_make_device(struct kunit *test, const char *name, u32 connectors);
/* Removes a device with all its objects and links, if it exists. */
void config_fs_remove_device(const char *name);
/* Returns the device that is bound to a platform device, or NULL. */
struct rvkms_device *config_fs_find_device(const char *name);
bool config_fs_has_platform_device(const char *name);
/* Returns the number of registered connectors of a bound device. */
u32 config_fs_count_connectors(const char *name);

#endif /* RVKMS_TESTS_CONFIG_FS_H */
