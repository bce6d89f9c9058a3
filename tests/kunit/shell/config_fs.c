// SPDX-License-Identifier: GPL-2.0
/* Uses configfs from suites: mounts it, and makes, changes and removes devices. */

#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/path.h>
#include <linux/platform_device.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/stdarg.h>
#include <linux/string.h>

#include <drm/drm_connector.h>

#include "../../objects/device.h"
#include "config_fs.h"

#define MAX_PATH 128

struct path_text {
	char text[MAX_PATH];
};

static struct path_text print_path(const struct va_format *format)
{
	struct path_text path;

	snprintf(path.text, MAX_PATH, "%pV", format);

	return path;
}

static void unmount(void *mount)
{
	kern_unmount(mount);
}

/*
 * Mounts configfs as the root of the test's thread, which ends with the test case. KUnit runs a
 * case and its init() in one thread.
 */
void config_fs_enter(struct kunit *test)
{
	struct file_system_type *type = get_fs_type("configfs");
	struct vfsmount *mount;
	struct path root;

	KUNIT_ASSERT_NOT_NULL(test, type);
	mount = kern_mount(type);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, mount);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, unmount, mount));
	KUNIT_ASSERT_EQ(test, 0, unshare_fs_struct());

	root = (struct path){ .mnt = mount, .dentry = mount->mnt_root };
	set_fs_root(current->fs, &root);
	set_fs_pwd(current->fs, &root);
}

int config_fs_mkdir(const char *format, ...)
{
	struct path_text path;
	struct dentry *dentry;
	struct path parent;
	va_list args;

	va_start(args, format);
	path = print_path(&(struct va_format){ format, &args });
	va_end(args);
	dentry = start_creating_path(AT_FDCWD, path.text, &parent, LOOKUP_DIRECTORY);
	if (IS_ERR(dentry))
		return PTR_ERR(dentry);

	dentry = vfs_mkdir(mnt_idmap(parent.mnt), d_inode(parent.dentry), dentry, 0755, NULL);
	end_creating_path(&parent, dentry);

	return PTR_ERR_OR_ZERO(dentry);
}

typedef int remove_fn(struct mnt_idmap *idmap, struct inode *parent, struct dentry *dentry);

static int remove_directory(struct mnt_idmap *idmap, struct inode *parent, struct dentry *dentry)
{
	return vfs_rmdir(idmap, parent, dentry, NULL);
}

static int remove_link(struct mnt_idmap *idmap, struct inode *parent, struct dentry *dentry)
{
	return vfs_unlink(idmap, parent, dentry, NULL);
}

static int remove_path(struct va_format *name, remove_fn *remove)
{
	const struct path_text path = print_path(name);
	struct dentry *dentry;
	struct path parent;
	int ret;

	dentry = start_removing_path(path.text, &parent);
	if (IS_ERR(dentry))
		return PTR_ERR(dentry);

	ret = remove(mnt_idmap(parent.mnt), d_inode(parent.dentry), dentry);
	end_removing_path(&parent, dentry);

	return ret;
}

int config_fs_rmdir(const char *format, ...)
{
	va_list args;
	int ret;

	va_start(args, format);
	ret = remove_path(&(struct va_format){ format, &args }, remove_directory);
	va_end(args);

	return ret;
}

int config_fs_unlink(const char *format, ...)
{
	va_list args;
	int ret;

	va_start(args, format);
	ret = remove_path(&(struct va_format){ format, &args }, remove_link);
	va_end(args);

	return ret;
}

int config_fs_link(const char *target, const char *format, ...)
{
	struct path_text path;
	struct dentry *dentry;
	struct path parent;
	int ret;
	va_list args;

	va_start(args, format);
	path = print_path(&(struct va_format){ format, &args });
	va_end(args);
	dentry = start_creating_path(AT_FDCWD, path.text, &parent, 0);
	if (IS_ERR(dentry))
		return PTR_ERR(dentry);

	ret = vfs_symlink(mnt_idmap(parent.mnt), d_inode(parent.dentry), dentry, target, NULL);
	end_creating_path(&parent, dentry);

	return ret;
}

static int write_file(const void *bytes, size_t size, const char *path)
{
	struct file *file = filp_open(path, O_WRONLY, 0);
	loff_t position = 0;
	ssize_t ret;

	if (IS_ERR(file))
		return PTR_ERR(file);

	ret = kernel_write(file, bytes, size, &position);
	__fput_sync(file);

	return ret < 0 ? ret : 0;
}

int config_fs_write(const char *text, const char *format, ...)
{
	struct path_text path;
	va_list args;

	va_start(args, format);
	path = print_path(&(struct va_format){ format, &args });
	va_end(args);

	return write_file(text, strlen(text), path.text);
}

int config_fs_write_bytes(const void *bytes, size_t size, const char *format, ...)
{
	struct path_text path;
	va_list args;

	va_start(args, format);
	path = print_path(&(struct va_format){ format, &args });
	va_end(args);

	return write_file(bytes, size, path.text);
}

/* Returns the number of bytes; text ends with a 0 if there is room. */
ssize_t config_fs_read(void *bytes, size_t size, const char *format, ...)
{
	struct path_text path;
	struct file *file;
	loff_t position = 0;
	ssize_t ret;
	va_list args;

	va_start(args, format);
	path = print_path(&(struct va_format){ format, &args });
	va_end(args);
	file = filp_open(path.text, O_RDONLY, 0);
	if (IS_ERR(file))
		return PTR_ERR(file);

	ret = kernel_read(file, bytes, size, &position);
	__fput_sync(file);
	if (ret >= 0 && ret < size)
		((char *)bytes)[ret] = 0;

	return ret;
}

static int make_connector(const char *name, u32 number)
{
	char encoder[MAX_PATH];

	snprintf(encoder, sizeof(encoder), "/rvkms/%s/encoders/e", name);

	return config_fs_mkdir("/rvkms/%s/connectors/k%u", name, number) ?:
	       config_fs_link(encoder, "/rvkms/%s/connectors/k%u/possible_encoders/e", name,
			      number);
}

static int make_objects(const char *name)
{
	char crtc[MAX_PATH];

	snprintf(crtc, sizeof(crtc), "/rvkms/%s/crtcs/c", name);

	return config_fs_mkdir("/rvkms/%s", name) ?:
	       config_fs_mkdir("/rvkms/%s/planes/p", name) ?:
	       config_fs_mkdir("/rvkms/%s/crtcs/c", name) ?:
	       config_fs_mkdir("/rvkms/%s/encoders/e", name) ?:
	       config_fs_write("1", "/rvkms/%s/planes/p/type", name) ?:
	       config_fs_write("0", "/rvkms/%s/console", name) ?:
	       config_fs_link(crtc, "/rvkms/%s/planes/p/possible_crtcs/c", name) ?:
	       config_fs_link(crtc, "/rvkms/%s/encoders/e/possible_crtcs/c", name);
}

void config_fs_make_device(struct kunit *test, const char *name, u32 connectors)
{
	KUNIT_ASSERT_EQ(test, 0, make_objects(name));
	for (u32 i = 0; i < connectors; i++)
		KUNIT_ASSERT_EQ(test, 0, make_connector(name, i));
	KUNIT_ASSERT_EQ(test, 0, config_fs_write("1", "/rvkms/%s/enabled", name));
}

void config_fs_remove_device(const char *name)
{
	config_fs_write("0", "/rvkms/%s/enabled", name);
	for (u32 i = 0; i < 4; i++) {
		config_fs_unlink("/rvkms/%s/connectors/k%u/possible_encoders/e", name, i);
		config_fs_rmdir("/rvkms/%s/connectors/k%u", name, i);
	}
	config_fs_unlink("/rvkms/%s/planes/p/possible_crtcs/c", name);
	config_fs_unlink("/rvkms/%s/encoders/e/possible_crtcs/c", name);
	config_fs_rmdir("/rvkms/%s/planes/p", name);
	config_fs_rmdir("/rvkms/%s/crtcs/c", name);
	config_fs_rmdir("/rvkms/%s/encoders/e", name);
	config_fs_rmdir("/rvkms/%s", name);
}

struct rvkms_device *config_fs_find_device(const char *name)
{
	struct device *device = bus_find_device_by_name(&platform_bus_type, NULL, name);
	struct rvkms_device *rvkms = device ? dev_get_drvdata(device) : NULL;

	put_device(device);

	return rvkms;
}

bool config_fs_has_platform_device(const char *name)
{
	struct device *device = bus_find_device_by_name(&platform_bus_type, NULL, name);

	put_device(device);

	return device;
}

u32 config_fs_count_connectors(const char *name)
{
	struct drm_connector_list_iter iterator;
	struct drm_connector *connector;
	u32 count = 0;

	drm_connector_list_iter_begin(&config_fs_find_device(name)->base.drm, &iterator);
	drm_for_each_connector_iter(connector, &iterator)
		count += connector->registration_state == DRM_CONNECTOR_REGISTERED;
	drm_connector_list_iter_end(&iterator);

	return count;
}
