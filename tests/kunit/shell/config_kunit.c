// SPDX-License-Identifier: GPL-2.0
/* Tests of devices that are made in configfs, by the calls of the file system. */

#include <drm/drm_connector.h>
#include <drm/drm_crtc.h>
#include <drm/drm_drv.h>
#include <drm/drm_edid.h>
#include <drm/drm_file.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_ioctl.h>
#include <drm/drm_modes.h>
#include <drm/drm_plane.h>
#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../../core/check/device.h"
#include "../../objects/connector.h"
#include "../../objects/crtc.h"
#include "../../objects/device.h"
#include "../../platform.h"
#include "config_fs.h"
#include "display.h"

static int config_test_init(struct kunit *test)
{
	config_fs_enter(test);

	return 0;
}

/* Paths are relative to nothing, so a test that fails leaves its device behind: remove it here. */
static void config_test_exit(struct kunit *test)
{
	config_fs_enter(test);
	config_fs_remove_device("a");
	config_fs_remove_device("b");
}

static struct drm_device *drm_of(struct kunit *test, const char *name)
{
	struct rvkms_device *rvkms = config_fs_find_device(name);

	KUNIT_ASSERT_NOT_NULL(test, rvkms);

	return &rvkms->base.drm;
}

static void expect_text(struct kunit *test, const char *path, const char *text)
{
	char read[64] = {};

	KUNIT_EXPECT_GE(test, config_fs_read(read, sizeof(read), "%s", path), 0);
	KUNIT_EXPECT_STREQ(test, read, text);
}

static void rvkms_test_config_defaults(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, 0, config_fs_mkdir("/rvkms/a"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_mkdir("/rvkms/a/planes/p"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_mkdir("/rvkms/a/crtcs/c"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_mkdir("/rvkms/a/encoders/e"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_mkdir("/rvkms/a/connectors/k0"));
	expect_text(test, "/rvkms/a/enabled", "0\n");
	expect_text(test, "/rvkms/a/refusals", "");
	expect_text(test, "/rvkms/a/cursor_width", "512\n");
	expect_text(test, "/rvkms/a/planes/p/type", "0\n");
	expect_text(test, "/rvkms/a/planes/p/supported_rotations", "63\n");
	expect_text(test, "/rvkms/a/planes/p/zpos_enabled", "0\n");
	expect_text(test, "/rvkms/a/crtcs/c/writeback", "0\n");
	expect_text(test, "/rvkms/a/crtcs/c/max_pixel_rate", "18446744073709551615\n");
	expect_text(test, "/rvkms/a/connectors/k0/status", "1\n");
	expect_text(test, "/rvkms/a/connectors/k0/type", "15\n");
	expect_text(test, "/rvkms/a/connectors/k0/link_bad", "0\n");
}

static const char *const attribute_files[] = {
#define RVKMS_DEVICE_ATTRIBUTE(name, ...) "/rvkms/a/" #name,
#define RVKMS_PLANE_ATTRIBUTE(name, ...) "/rvkms/a/planes/p/" #name,
#define RVKMS_CRTC_ATTRIBUTE(name, ...) "/rvkms/a/crtcs/c/" #name,
#define RVKMS_CONNECTOR_ATTRIBUTE(name, ...) "/rvkms/a/connectors/k0/" #name,
#include "../../core/check/attributes.h"
};

static const char *const text_files[] = {
	"/rvkms/a/connectors/k0/name",
	"/rvkms/a/connectors/k0/modes",
};

static void expect_write_back(struct kunit *test, const char *path)
{
	char text[64] = {};

	KUNIT_EXPECT_GT_MSG(test, config_fs_read(text, sizeof(text) - 1, "%s", path), 0, "%s",
			    path);
	KUNIT_EXPECT_EQ_MSG(test, config_fs_write(text, "%s", path), 0, "%s", path);
	expect_text(test, path, text);
}

/* Each file accepts the text that it shows, and shows it again. */
static void rvkms_test_config_write_back(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, 0, config_fs_mkdir("/rvkms/a"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_mkdir("/rvkms/a/planes/p"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_mkdir("/rvkms/a/crtcs/c"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_mkdir("/rvkms/a/connectors/k0"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_write("one", "/rvkms/a/connectors/k0/name"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_write("640x480@60", "/rvkms/a/connectors/k0/modes"));

	for (u32 i = 0; i < ARRAY_SIZE(attribute_files); i++)
		expect_write_back(test, attribute_files[i]);
	for (u32 i = 0; i < ARRAY_SIZE(text_files); i++)
		expect_write_back(test, text_files[i]);
	KUNIT_EXPECT_EQ(test, config_fs_write("2", "/rvkms/a/connectors/k0/enabled"), -EINVAL);
}

/* The names of devices, and directories at places for which there is no object. */
static void rvkms_test_config_mkdir_errors(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, config_fs_mkdir("/rvkms/rvkms"), -EINVAL);
	KUNIT_ASSERT_EQ(test, config_fs_mkdir("/rvkms/a"), 0);
	KUNIT_EXPECT_EQ(test, config_fs_mkdir("/rvkms/a"), -EEXIST);
	KUNIT_EXPECT_EQ(test, config_fs_mkdir("/rvkms/a/other"), -EPERM);
	KUNIT_ASSERT_EQ(test, config_fs_mkdir("/rvkms/a/planes/p"), 0);
	KUNIT_EXPECT_EQ(test, config_fs_mkdir("/rvkms/a/planes/p/other"), -EPERM);
	KUNIT_EXPECT_EQ(test, config_fs_mkdir("/rvkms/a/planes/p/possible_crtcs/x"), -EPERM);
	KUNIT_EXPECT_EQ(test, config_fs_rmdir("/rvkms/a/planes"), -EPERM);
	KUNIT_EXPECT_EQ(test, config_fs_rmdir("/rvkms/a"), -ENOTEMPTY);
}

static void rvkms_test_config_link_errors(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, 0, config_fs_mkdir("/rvkms/a"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_mkdir("/rvkms/b"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_mkdir("/rvkms/a/planes/p"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_mkdir("/rvkms/a/crtcs/c"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_mkdir("/rvkms/b/crtcs/c"));
	KUNIT_EXPECT_EQ(test, -EINVAL,
			config_fs_link("/rvkms/a/planes/p", "/rvkms/a/planes/p/possible_crtcs/x"));
	KUNIT_EXPECT_EQ(test, -EINVAL,
			config_fs_link("/rvkms/b/crtcs/c", "/rvkms/a/planes/p/possible_crtcs/x"));
	KUNIT_EXPECT_EQ(test, -EINVAL,
			config_fs_link("/rvkms/a/crtcs", "/rvkms/a/planes/p/possible_crtcs/x"));
	KUNIT_EXPECT_EQ(test, -ENOTDIR,
			config_fs_link("/rvkms/a/crtcs/c/writeback",
				       "/rvkms/a/planes/p/possible_crtcs/x"));
	KUNIT_EXPECT_EQ(test, -ENOENT,
			config_fs_link("/rvkms/a/crtcs/d", "/rvkms/a/planes/p/possible_crtcs/x"));
	KUNIT_EXPECT_EQ(test, -EPERM, config_fs_link("/rvkms/a/crtcs/c", "/rvkms/a/planes/p/x"));
	KUNIT_EXPECT_EQ(test, 0,
			config_fs_link("/rvkms/a/crtcs/c", "/rvkms/a/planes/p/possible_crtcs/c"));
	KUNIT_EXPECT_EQ(test, -EEXIST,
			config_fs_link("/rvkms/a/crtcs/c", "/rvkms/a/planes/p/possible_crtcs/x"));
	KUNIT_EXPECT_EQ(test, -EBUSY, config_fs_rmdir("/rvkms/a/crtcs/c"));
	KUNIT_EXPECT_EQ(test, -ENOTEMPTY, config_fs_rmdir("/rvkms/a/planes/p"));
}

/* The log and the file refusals name the rule. */
static void rvkms_test_config_enable_invalid(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, 0, config_fs_mkdir("/rvkms/a"));
	KUNIT_EXPECT_EQ(test, -EINVAL, config_fs_write("1", "/rvkms/a/enabled"));
	expect_text(test, "/rvkms/a/enabled", "0\n");
	expect_text(test, "/rvkms/a/refusals",
		    "DEVICE_CRTCS: number of CRTCs is out of range of 1 to 32\n");
	KUNIT_EXPECT_FALSE(test, config_fs_has_platform_device("a"));
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("0", "/rvkms/a/enabled"));
	KUNIT_EXPECT_EQ(test, -EINVAL, config_fs_write("2", "/rvkms/a/enabled"));
}

static void rvkms_test_config_enable(struct kunit *test)
{
	struct drm_device *drm;

	config_fs_make_device(test, "a", 2);
	expect_text(test, "/rvkms/a/enabled", "1\n");
	drm = drm_of(test, "a");
	KUNIT_EXPECT_STREQ(test, dev_name(drm->dev), "a");
	KUNIT_EXPECT_EQ(test, drm->mode_config.num_crtc, 1);
	KUNIT_EXPECT_EQ(test, drm->mode_config.num_total_plane, 1);
	KUNIT_EXPECT_EQ(test, drm->mode_config.num_connector, 2);
	KUNIT_EXPECT_EQ(test, drm->mode_config.num_encoder, 1);
	KUNIT_EXPECT_STREQ(test, drm_crtc_from_index(drm, 0)->primary->name, "p");
	KUNIT_EXPECT_STREQ(test, drm_crtc_from_index(drm, 0)->name, "c");

	KUNIT_EXPECT_EQ(test, 0, config_fs_write("1", "/rvkms/a/enabled"));
	KUNIT_EXPECT_PTR_EQ(test, drm_of(test, "a"), drm);
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("0", "/rvkms/a/enabled"));
	KUNIT_EXPECT_FALSE(test, config_fs_has_platform_device("a"));
}

/* Everything that is written before is in the device. */
static void rvkms_test_config_enable_properties(struct kunit *test)
{
	struct drm_plane *plane;
	struct drm_device *drm;

	config_fs_make_device(test, "a", 1);
	KUNIT_ASSERT_EQ(test, 0, config_fs_write("0", "/rvkms/a/enabled"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_write("128\n", "/rvkms/a/cursor_width"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_write("y", "/rvkms/a/render_node"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_write("1", "/rvkms/a/crtcs/c/writeback"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_write("256", "/rvkms/a/crtcs/c/gamma_size"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_write("-* +NV12 +XR24",
						 "/rvkms/a/planes/p/supported_formats"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_write("0", "/rvkms/a/planes/p/color_pipeline"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_write("11", "/rvkms/a/connectors/k0/type"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_write("1", "/rvkms/a/enabled"));

	drm = drm_of(test, "a");
	plane = drm_crtc_from_index(drm, 0)->primary;
	KUNIT_EXPECT_EQ(test, drm->mode_config.cursor_width, 128);
	KUNIT_EXPECT_NOT_NULL(test, drm->render);
	KUNIT_EXPECT_EQ(test, drm->mode_config.num_connector, 2);
	KUNIT_EXPECT_EQ(test, to_rvkms_crtc(drm_crtc_from_index(drm, 0))->gamma_size, 256);
	KUNIT_EXPECT_EQ(test, plane->format_count, 2);
	KUNIT_EXPECT_EQ(test, plane->format_types[0], DRM_FORMAT_XRGB8888);
	KUNIT_EXPECT_NULL(test, plane->color_pipeline_property);
	KUNIT_EXPECT_EQ(test, rvkms_connector_find(drm, 0)->base.drm.connector_type,
			DRM_MODE_CONNECTOR_HDMIA);
	expect_text(test, "/rvkms/a/planes/p/supported_formats", "XR24\nNV12\n");
}

/* The driver does not bind to a device without objects, and the device is removed again. */
static void rvkms_test_config_platform_refuses(struct kunit *test)
{
	struct rvkms_device_desc *desc = kunit_kzalloc(test, sizeof(*desc), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, desc);
	KUNIT_EXPECT_EQ(test, PTR_ERR(rvkms_platform_create("refused", desc)), -ENODEV);
	KUNIT_EXPECT_FALSE(test, config_fs_has_platform_device("refused"));
}

static void rvkms_test_config_enabled_is_busy(struct kunit *test)
{
	config_fs_make_device(test, "a", 1);
	KUNIT_EXPECT_EQ(test, -EBUSY, config_fs_mkdir("/rvkms/a/planes/q"));
	KUNIT_EXPECT_EQ(test, -EBUSY, config_fs_mkdir("/rvkms/a/crtcs/q"));
	KUNIT_EXPECT_EQ(test, -EBUSY, config_fs_mkdir("/rvkms/a/encoders/q"));
	KUNIT_EXPECT_EQ(test, -EBUSY, config_fs_write("0", "/rvkms/a/planes/p/type"));
	KUNIT_EXPECT_EQ(test, -EINVAL, config_fs_write("3", "/rvkms/a/planes/p/type"));
	KUNIT_EXPECT_EQ(test, -EBUSY, config_fs_write("1", "/rvkms/a/crtcs/c/writeback"));
	KUNIT_EXPECT_EQ(test, -EBUSY, config_fs_write("64", "/rvkms/a/cursor_width"));
	KUNIT_EXPECT_EQ(test, -EBUSY, config_fs_write("+R8",
						      "/rvkms/a/planes/p/supported_formats"));
	KUNIT_EXPECT_EQ(test, -EINVAL, config_fs_write("+?",
						       "/rvkms/a/planes/p/supported_formats"));
	expect_text(test, "/rvkms/a/planes/p/type", "1\n");
	KUNIT_EXPECT_EQ(test, 0, config_fs_unlink("/rvkms/a/planes/p/possible_crtcs/c"));
	KUNIT_EXPECT_EQ(test, -EBUSY, config_fs_link("/rvkms/a/crtcs/c",
						     "/rvkms/a/planes/p/possible_crtcs/c"));
	KUNIT_EXPECT_EQ(test, drm_crtc_from_index(drm_of(test, "a"), 0)->primary->possible_crtcs,
			1);
}

/* A name that another device has: sysfs warned about it. */
static void rvkms_test_config_name_taken(struct kunit *test)
{
	struct platform_device *other;

	config_fs_make_device(test, "a", 1);
	KUNIT_ASSERT_EQ(test, 0, config_fs_write("0", "/rvkms/a/enabled"));
	other = platform_device_register_simple("a", PLATFORM_DEVID_NONE, NULL, 0);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, other);
	KUNIT_EXPECT_EQ(test, -EEXIST, config_fs_write("1", "/rvkms/a/enabled"));
	expect_text(test, "/rvkms/a/enabled", "0\n");
	platform_device_unregister(other);
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("1", "/rvkms/a/enabled"));
}

static void rvkms_test_config_two_devices(struct kunit *test)
{
	config_fs_make_device(test, "a", 1);
	config_fs_make_device(test, "b", 2);
	KUNIT_EXPECT_PTR_NE(test, drm_of(test, "a"), drm_of(test, "b"));
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("0", "/rvkms/a/enabled"));
	KUNIT_EXPECT_FALSE(test, drm_dev_is_unplugged(drm_of(test, "b")));
}

/* In-tree, the status reaches DRM only if the console probes. */
static void rvkms_test_config_status(struct kunit *test)
{
	struct drm_connector *drm;
	unsigned int *events;

	config_fs_make_device(test, "a", 2);
	drm = &rvkms_connector_find(drm_of(test, "a"), 1)->base.drm;
	events = display_listen(test, drm->dev);
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("2", "/rvkms/a/connectors/k1/status"));
	KUNIT_EXPECT_EQ(test, drm->status, connector_status_disconnected);
	KUNIT_EXPECT_EQ(test, *events, 1);
	KUNIT_EXPECT_TRUE(test, list_empty(&drm->modes));
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("1", "/rvkms/a/connectors/k1/status"));
	KUNIT_EXPECT_EQ(test, drm->status, connector_status_connected);
	KUNIT_EXPECT_FALSE(test, list_empty(&drm->modes));
	KUNIT_EXPECT_EQ(test, *events, 2);
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("1", "/rvkms/a/connectors/k1/status"));
	KUNIT_EXPECT_EQ(test, *events, 2);
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("3", "/rvkms/a/connectors/k1/status"));
	KUNIT_EXPECT_EQ(test, drm->status, connector_status_unknown);
	KUNIT_EXPECT_EQ(test, *events, 3);
	KUNIT_EXPECT_EQ(test, -EINVAL, config_fs_write("0", "/rvkms/a/connectors/k1/status"));
	expect_text(test, "/rvkms/a/connectors/k1/status", "3\n");
}

/* A monitor that is exchanged, or whose menu changes, sends one event, in both directions. */
static void rvkms_test_config_monitor(struct kunit *test)
{
	u8 *edid = kunit_kzalloc(test, RVKMS_MAX_EDID_SIZE, GFP_KERNEL);
	struct drm_connector *drm;
	unsigned int *events;

	KUNIT_ASSERT_NOT_NULL(test, edid);
	config_fs_make_device(test, "a", 1);
	drm = &rvkms_connector_find(drm_of(test, "a"), 0)->base.drm;
	KUNIT_ASSERT_EQ(test, 0, config_fs_write("2", "/rvkms/a/connectors/k0/status"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_write("1", "/rvkms/a/connectors/k0/status"));
	events = display_listen(test, drm->dev);
	KUNIT_ASSERT_EQ(test, config_fs_read(edid, RVKMS_MAX_EDID_SIZE,
					     "/rvkms/a/connectors/k0/edid"), 256);
	KUNIT_EXPECT_EQ(test, drm->display_info.monitor_range.max_vfreq, 240);

	KUNIT_EXPECT_EQ(test, 0, config_fs_write("1", "/rvkms/a/connectors/k0/fixed_refresh"));
	KUNIT_EXPECT_EQ(test, drm->display_info.monitor_range.max_vfreq, 0);
	KUNIT_EXPECT_EQ(test, *events, 1);
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("0", "/rvkms/a/connectors/k0/edid_enabled"));
	KUNIT_EXPECT_NULL(test, drm->edid_blob_ptr);
	KUNIT_EXPECT_EQ(test, *events, 2);
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("1", "/rvkms/a/connectors/k0/edid_enabled"));
	KUNIT_EXPECT_EQ(test, *events, 3);

	/* The name: rvkms becomes Rvkms. */
	edid[95] = 'R';
	edid[127] += 'r' - 'R';
	KUNIT_EXPECT_EQ(test, 0, config_fs_write_bytes(edid, 256, "/rvkms/a/connectors/k0/edid"));
	KUNIT_ASSERT_NOT_NULL(test, drm->edid_blob_ptr);
	KUNIT_EXPECT_EQ(test, ((u8 *)drm->edid_blob_ptr->data)[95], 'R');
	KUNIT_EXPECT_EQ(test, drm->display_info.monitor_range.max_vfreq, 240);
	KUNIT_EXPECT_EQ(test, *events, 4);
	KUNIT_EXPECT_EQ(test, 0, config_fs_write_bytes(edid, 256, "/rvkms/a/connectors/k0/edid"));
	KUNIT_EXPECT_EQ(test, *events, 4);
}

struct mode_counter {
	u32 all, wanted, preferred;
};

static struct mode_counter count_modes(const struct drm_connector *connector, u32 width, u32 height,
				       int refresh)
{
	struct mode_counter count = {};
	const struct drm_display_mode *mode;

	list_for_each_entry(mode, &connector->modes, head) {
		if (!count.all++)
			count.preferred = mode->hdisplay;
		count.wanted += mode->hdisplay == width && mode->vdisplay == height &&
				drm_mode_vrefresh(mode) == refresh;
	}

	return count;
}

/* DRM reads from the EDID all that the attributes say. */
static void rvkms_test_config_built_in_edid(struct kunit *test)
{
	static const char modes[] = "1600x1068@90 80x64 640x480 320x240 720x576@50 100x100@24\n";
	struct drm_connector *drm;
	struct mode_counter count;

	config_fs_make_device(test, "a", 2);
	drm = &rvkms_connector_find(drm_of(test, "a"), 1)->base.drm;
	expect_text(test, "/rvkms/a/connectors/k0/serial", "1\n");
	expect_text(test, "/rvkms/a/connectors/k1/serial", "2\n");
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("1", "/rvkms/a/connectors/k1/fixed_refresh"));
	KUNIT_EXPECT_EQ(test, 0, config_fs_write(modes, "/rvkms/a/connectors/k1/modes"));
	expect_text(test, "/rvkms/a/connectors/k0/modes", "");
	count = count_modes(drm, 1600, 1068, 90);
	KUNIT_EXPECT_EQ(test, count.all, 6);
	KUNIT_EXPECT_EQ(test, count.wanted, 1);
	KUNIT_EXPECT_EQ(test, count.preferred, 1600);
	KUNIT_EXPECT_EQ(test, count_modes(drm, 100, 100, 24).wanted, 1);
	KUNIT_EXPECT_EQ(test, drm->display_info.hdr_sink_metadata.hdmi_type1.eotf, 0xf);

	KUNIT_EXPECT_EQ(test, 0, config_fs_write("344", "/rvkms/a/connectors/k1/width_mm"));
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("194", "/rvkms/a/connectors/k1/height_mm"));
	/* DRM reads the size in centimetres. */
	KUNIT_EXPECT_EQ(test, drm->display_info.width_mm, 340);
	KUNIT_EXPECT_EQ(test, drm->display_info.height_mm, 190);
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("0", "/rvkms/a/connectors/k1/hdr"));
	KUNIT_EXPECT_EQ(test, drm->display_info.hdr_sink_metadata.hdmi_type1.eotf, 0);
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("Projector", "/rvkms/a/connectors/k1/name"));
	KUNIT_EXPECT_EQ(test, memcmp(drm->edid_blob_ptr->data + 95, "Projector\n   ", 13), 0);
	KUNIT_EXPECT_EQ(test, ((u8 *)drm->edid_blob_ptr->data)[12], 2);

	KUNIT_EXPECT_EQ(test, 0, config_fs_write("\n", "/rvkms/a/connectors/k1/modes"));
	KUNIT_EXPECT_EQ(test, count_modes(drm, 1600, 1068, 90).wanted, 0);
	KUNIT_EXPECT_EQ(test, -EINVAL, config_fs_write("9x", "/rvkms/a/connectors/k1/modes"));
	KUNIT_EXPECT_EQ(test, -EINVAL, config_fs_write("\n", "/rvkms/a/connectors/k1/name"));
}

/* The whole range of sizes, through a configfs binary attribute; the bytes are not checked. */
static void rvkms_test_config_large_edid(struct kunit *test)
{
	u8 *wrote = kunit_kzalloc(test, RVKMS_MAX_EDID_SIZE + 1, GFP_KERNEL);
	u8 *read = kunit_kzalloc(test, RVKMS_MAX_EDID_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, wrote);
	KUNIT_ASSERT_NOT_NULL(test, read);
	for (u32 i = 0; i < RVKMS_MAX_EDID_SIZE; i++)
		wrote[i] = i * 7 + i / 256;
	config_fs_make_device(test, "a", 1);
	KUNIT_EXPECT_EQ(test, 0, config_fs_write_bytes(wrote, RVKMS_MAX_EDID_SIZE,
						       "/rvkms/a/connectors/k0/edid"));
	KUNIT_EXPECT_EQ(test, config_fs_read(read, RVKMS_MAX_EDID_SIZE,
					     "/rvkms/a/connectors/k0/edid"), RVKMS_MAX_EDID_SIZE);
	KUNIT_EXPECT_MEMEQ(test, read, wrote, RVKMS_MAX_EDID_SIZE);
	KUNIT_EXPECT_EQ(test, -EFBIG, config_fs_write_bytes(wrote, RVKMS_MAX_EDID_SIZE + 1,
							    "/rvkms/a/connectors/k0/edid"));
	KUNIT_EXPECT_EQ(test, 0, config_fs_write_bytes(wrote, 1, "/rvkms/a/connectors/k0/edid"));
	KUNIT_EXPECT_EQ(test, config_fs_read(read, RVKMS_MAX_EDID_SIZE,
					     "/rvkms/a/connectors/k0/edid"), 1);
}

/* A dock is plugged in: its connector comes with its monitor, and goes. */
static void rvkms_test_config_dynamic(struct kunit *test)
{
	struct rvkms_connector *connector;
	struct drm_device *drm;
	unsigned int *events;
	char text[128];

	config_fs_make_device(test, "a", 1);
	drm = drm_of(test, "a");
	events = display_listen(test, drm);
	KUNIT_ASSERT_EQ(test, 0, config_fs_mkdir("/rvkms/a/connectors/k1"));
	expect_text(test, "/rvkms/a/connectors/k1/dynamic", "1\n");
	expect_text(test, "/rvkms/a/connectors/k1/enabled", "0\n");
	KUNIT_EXPECT_EQ(test, -EINVAL, config_fs_write("1", "/rvkms/a/connectors/k1/enabled"));
	KUNIT_ASSERT_GT(test, config_fs_read(text, sizeof(text), "/rvkms/a/refusals"), 0);
	KUNIT_EXPECT_TRUE(test, strstarts(text, "DEVICE_CONNECTOR_ENCODERS: "));
	KUNIT_ASSERT_EQ(test, 0, config_fs_link("/rvkms/a/encoders/e",
						"/rvkms/a/connectors/k1/possible_encoders/e"));
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("10", "/rvkms/a/connectors/k1/type"));
	KUNIT_EXPECT_EQ(test, config_fs_count_connectors("a"), 1);
	KUNIT_EXPECT_EQ(test, *events, 0);

	KUNIT_EXPECT_EQ(test, 0, config_fs_write("1", "/rvkms/a/connectors/k1/enabled"));
	KUNIT_EXPECT_EQ(test, config_fs_count_connectors("a"), 2);
	KUNIT_EXPECT_EQ(test, *events, 1);
	connector = rvkms_connector_find(drm, 1);
	KUNIT_ASSERT_NOT_NULL(test, connector);
	KUNIT_EXPECT_EQ(test, connector->base.drm.connector_type, DRM_MODE_CONNECTOR_DisplayPort);
	KUNIT_EXPECT_EQ(test, connector->base.drm.status, connector_status_connected);
	KUNIT_EXPECT_EQ(test, connector->base.drm.state->max_requested_bpc, 8);
	KUNIT_EXPECT_EQ(test, -EBUSY, config_fs_write("11", "/rvkms/a/connectors/k1/type"));
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("2", "/rvkms/a/connectors/k1/status"));
	KUNIT_EXPECT_EQ(test, connector->base.drm.status, connector_status_disconnected);
	KUNIT_EXPECT_EQ(test, *events, 2);

	KUNIT_EXPECT_EQ(test, 0, config_fs_write("0", "/rvkms/a/connectors/k1/enabled"));
	KUNIT_EXPECT_EQ(test, config_fs_count_connectors("a"), 1);
	KUNIT_EXPECT_EQ(test, *events, 3);
	KUNIT_EXPECT_NULL(test, rvkms_connector_find(drm, 1));
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("1", "/rvkms/a/connectors/k1/status"));
	KUNIT_EXPECT_EQ(test, *events, 3);
}

/* A static connector stays; the directory of a dynamic one takes it along. */
static void rvkms_test_config_dynamic_rmdir(struct kunit *test)
{
	config_fs_make_device(test, "a", 1);
	KUNIT_EXPECT_EQ(test, -EBUSY, config_fs_write("0", "/rvkms/a/connectors/k0/enabled"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_mkdir("/rvkms/a/connectors/k1"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_link("/rvkms/a/encoders/e",
						"/rvkms/a/connectors/k1/possible_encoders/e"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_write("1", "/rvkms/a/connectors/k1/enabled"));
	KUNIT_EXPECT_EQ(test, config_fs_count_connectors("a"), 2);
	KUNIT_ASSERT_EQ(test, 0, config_fs_unlink("/rvkms/a/connectors/k1/possible_encoders/e"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_rmdir("/rvkms/a/connectors/k1"));
	KUNIT_EXPECT_EQ(test, config_fs_count_connectors("a"), 1);
	KUNIT_ASSERT_EQ(test, 0, config_fs_unlink("/rvkms/a/connectors/k0/possible_encoders/e"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_rmdir("/rvkms/a/connectors/k0"));
	KUNIT_EXPECT_EQ(test, config_fs_count_connectors("a"), 1);
}

/* Dynamic connectors exist again when the driver is bound again, and when the device is enabled. */
static void rvkms_test_config_dynamic_rebind(struct kunit *test)
{
	struct device *parent;

	config_fs_make_device(test, "a", 2);
	KUNIT_ASSERT_EQ(test, 0, config_fs_write("0", "/rvkms/a/enabled"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_write("1", "/rvkms/a/connectors/k1/dynamic"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_write("1", "/rvkms/a/enabled"));
	parent = drm_of(test, "a")->dev;
	KUNIT_EXPECT_EQ(test, config_fs_count_connectors("a"), 2);

	device_release_driver(parent);
	KUNIT_ASSERT_EQ(test, device_attach(parent), 1);
	KUNIT_EXPECT_EQ(test, config_fs_count_connectors("a"), 2);
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("0", "/rvkms/a/connectors/k1/enabled"));
	device_release_driver(parent);
	KUNIT_ASSERT_EQ(test, device_attach(parent), 1);
	KUNIT_EXPECT_EQ(test, config_fs_count_connectors("a"), 1);

	/* While the driver is unbound, the change is kept for later. */
	device_release_driver(parent);
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("1", "/rvkms/a/connectors/k1/enabled"));
	KUNIT_ASSERT_EQ(test, device_attach(parent), 1);
	KUNIT_EXPECT_EQ(test, config_fs_count_connectors("a"), 2);
}

static void rvkms_test_config_link_bad(struct kunit *test)
{
	unsigned int *events;

	config_fs_make_device(test, "a", 1);
	events = display_listen(test, drm_of(test, "a"));
	KUNIT_EXPECT_EQ(test, -EINVAL, config_fs_write("0", "/rvkms/a/connectors/k0/link_bad"));
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("1", "/rvkms/a/connectors/k0/link_bad"));
	expect_text(test, "/rvkms/a/connectors/k0/link_bad", "1\n");
	KUNIT_EXPECT_EQ(test, *events, 1);
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("0", "/rvkms/a/enabled"));
	KUNIT_EXPECT_EQ(test, -ENODEV, config_fs_write("1", "/rvkms/a/connectors/k0/link_bad"));
	expect_text(test, "/rvkms/a/connectors/k0/link_bad", "0\n");
}

static void rvkms_test_config_refusals(struct kunit *test)
{
	char *text = kunit_kzalloc(test, 4096, GFP_KERNEL);
	struct drm_device *drm;

	KUNIT_ASSERT_NOT_NULL(test, text);
	config_fs_make_device(test, "a", 1);
	drm = drm_of(test, "a");
	for (u32 i = 1; i <= 10; i++)
		rvkms_refuse(drm, rvkms_verdict_refuse(RVKMS_RULE_MODE_CLOCK), "[CRTC:%u]",
			     100 + i);
	KUNIT_ASSERT_GT(test, config_fs_read(text, 4096, "/rvkms/a/refusals"), 0);
	KUNIT_EXPECT_EQ(test, strncmp(text, "rejected states: 10\n7. at ", 26), 0);
	KUNIT_EXPECT_NULL(test, strstr(text, "[CRTC:106]"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, ": MODE_CLOCK: pixel clock is not positive\n"
						 "\t[CRTC:110]\n"));
}

/*
 * The user unbinds the driver and binds it again. A change in between is stored, and the device
 * comes back with it.
 */
static void rvkms_test_config_unbind(struct kunit *test)
{
	struct device *parent;

	config_fs_make_device(test, "a", 1);
	parent = drm_of(test, "a")->dev;
	device_release_driver(parent);
	KUNIT_EXPECT_NULL(test, config_fs_find_device("a"));
	expect_text(test, "/rvkms/a/enabled", "1\n");
	expect_text(test, "/rvkms/a/refusals", "");
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("3", "/rvkms/a/connectors/k0/status"));
	KUNIT_EXPECT_EQ(test, -ENODEV, config_fs_write("1", "/rvkms/a/connectors/k0/link_bad"));
	KUNIT_ASSERT_EQ(test, 0, device_attach(parent) == 1 ? 0 : -ENODEV);
	KUNIT_EXPECT_EQ(test, rvkms_connector_find(drm_of(test, "a"), 0)->monitor.status,
			RVKMS_UNKNOWN);
}

static void probe(struct drm_connector *connector)
{
	mutex_lock(&connector->dev->mode_config.mutex);
	connector->funcs->fill_modes(connector, 8192, 8192);
	mutex_unlock(&connector->dev->mode_config.mutex);
}

/* Directories that are removed while the device is enabled do not change it. */
static void rvkms_test_config_remove_objects(struct kunit *test)
{
	static const u8 edid[128] = { 1 };
	struct rvkms_connector *connector;

	config_fs_make_device(test, "a", 2);
	connector = rvkms_connector_find(drm_of(test, "a"), 0);
	KUNIT_ASSERT_EQ(test, 0, config_fs_write_bytes(edid, 128, "/rvkms/a/connectors/k0/edid"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_unlink("/rvkms/a/connectors/k0/possible_encoders/e"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_rmdir("/rvkms/a/connectors/k0"));
	probe(&connector->base.drm);
	KUNIT_EXPECT_EQ(test, connector->base.drm.status, connector_status_connected);
	KUNIT_EXPECT_EQ(test, connector->monitor.edid[0], 1);

	/* The other connector is still the second one. */
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("2", "/rvkms/a/connectors/k1/status"));
	KUNIT_EXPECT_EQ(test, connector->base.drm.status, connector_status_connected);
	KUNIT_EXPECT_EQ(test, rvkms_connector_find(drm_of(test, "a"), 1)->base.drm.status,
			connector_status_disconnected);

	/* Enabled again, the device has what is left. */
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("0", "/rvkms/a/enabled"));
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("1", "/rvkms/a/enabled"));
	KUNIT_EXPECT_EQ(test, drm_of(test, "a")->mode_config.num_connector, 1);
}

/*
 * The in-tree driver did not unplug a device whose directory was removed: a client that had it open
 * kept full access, and a query of a connector read the freed configuration, which panicked.
 */
static void rvkms_test_config_remove_open_device(struct kunit *test)
{
	struct drm_connector *connector;
	struct drm_device *drm;
	struct file *file;

	config_fs_make_device(test, "a", 1);
	drm = drm_of(test, "a");
	connector = &rvkms_connector_find(drm, 0)->base.drm;
	file = mock_drm_getfile(drm->primary, O_RDWR);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, file);

	KUNIT_EXPECT_EQ(test, 0, config_fs_write("0", "/rvkms/a/enabled"));
	KUNIT_EXPECT_EQ(test, drm_ioctl(file, DRM_IOCTL_DROP_MASTER, 0), -ENODEV);
	config_fs_remove_device("a");
	KUNIT_EXPECT_EQ(test, drm_ioctl(file, DRM_IOCTL_DROP_MASTER, 0), -ENODEV);
	probe(connector);
	KUNIT_EXPECT_TRUE(test, drm_dev_is_unplugged(drm));
	__fput_sync(file);
}

/* Removes the directory of an enabled device: its objects first, as configfs demands. */
static void rvkms_test_config_remove_enabled_device(struct kunit *test)
{
	struct drm_device *drm;

	config_fs_make_device(test, "a", 1);
	drm = drm_of(test, "a");
	drm_dev_get(drm);
	KUNIT_ASSERT_EQ(test, 0, config_fs_unlink("/rvkms/a/connectors/k0/possible_encoders/e"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_unlink("/rvkms/a/planes/p/possible_crtcs/c"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_unlink("/rvkms/a/encoders/e/possible_crtcs/c"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_rmdir("/rvkms/a/connectors/k0"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_rmdir("/rvkms/a/encoders/e"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_rmdir("/rvkms/a/planes/p"));
	KUNIT_ASSERT_EQ(test, 0, config_fs_rmdir("/rvkms/a/crtcs/c"));
	KUNIT_EXPECT_FALSE(test, drm_dev_is_unplugged(drm));
	KUNIT_EXPECT_EQ(test, 0, config_fs_rmdir("/rvkms/a"));
	KUNIT_EXPECT_TRUE(test, drm_dev_is_unplugged(drm));
	KUNIT_EXPECT_FALSE(test, config_fs_has_platform_device("a"));
	drm_dev_put(drm);
}

static void rvkms_test_config_many_times(struct kunit *test)
{
	for (u32 i = 0; i < 20; i++) {
		config_fs_make_device(test, "a", 2);
		KUNIT_EXPECT_EQ(test, 0, config_fs_write("2", "/rvkms/a/connectors/k0/status"));
		config_fs_remove_device("a");
		KUNIT_EXPECT_FALSE(test, config_fs_has_platform_device("a"));
	}
}

/* 33 of a type are too many; the links to the 33rd CRTC are ignored. */
static void rvkms_test_config_too_many(struct kunit *test)
{
	config_fs_make_device(test, "a", 1);
	KUNIT_ASSERT_EQ(test, 0, config_fs_write("0", "/rvkms/a/enabled"));
	for (u32 i = 1; i < 33; i++)
		KUNIT_ASSERT_EQ(test, 0, config_fs_mkdir("/rvkms/a/crtcs/x%u", i));
	KUNIT_EXPECT_EQ(test, 0, config_fs_link("/rvkms/a/crtcs/x32",
						"/rvkms/a/planes/p/possible_crtcs/x"));
	KUNIT_EXPECT_EQ(test, -EINVAL, config_fs_write("1", "/rvkms/a/enabled"));
	KUNIT_EXPECT_EQ(test, 0, config_fs_unlink("/rvkms/a/planes/p/possible_crtcs/x"));
	for (u32 i = 1; i < 33; i++)
		KUNIT_EXPECT_EQ(test, 0, config_fs_rmdir("/rvkms/a/crtcs/x%u", i));
	KUNIT_EXPECT_EQ(test, 0, config_fs_write("1", "/rvkms/a/enabled"));
}

static struct kunit_case config_tests[] = {
	KUNIT_CASE(rvkms_test_config_defaults),
	KUNIT_CASE(rvkms_test_config_write_back),
	KUNIT_CASE(rvkms_test_config_mkdir_errors),
	KUNIT_CASE(rvkms_test_config_link_errors),
	KUNIT_CASE(rvkms_test_config_enable_invalid),
	KUNIT_CASE(rvkms_test_config_enable),
	KUNIT_CASE(rvkms_test_config_enable_properties),
	KUNIT_CASE(rvkms_test_config_platform_refuses),
	KUNIT_CASE(rvkms_test_config_enabled_is_busy),
	KUNIT_CASE(rvkms_test_config_name_taken),
	KUNIT_CASE(rvkms_test_config_two_devices),
	KUNIT_CASE(rvkms_test_config_status),
	KUNIT_CASE(rvkms_test_config_monitor),
	KUNIT_CASE(rvkms_test_config_built_in_edid),
	KUNIT_CASE(rvkms_test_config_large_edid),
	KUNIT_CASE(rvkms_test_config_dynamic),
	KUNIT_CASE(rvkms_test_config_dynamic_rmdir),
	KUNIT_CASE(rvkms_test_config_dynamic_rebind),
	KUNIT_CASE(rvkms_test_config_link_bad),
	KUNIT_CASE(rvkms_test_config_refusals),
	KUNIT_CASE(rvkms_test_config_unbind),
	KUNIT_CASE(rvkms_test_config_remove_objects),
	KUNIT_CASE(rvkms_test_config_remove_open_device),
	KUNIT_CASE(rvkms_test_config_remove_enabled_device),
	KUNIT_CASE(rvkms_test_config_many_times),
	KUNIT_CASE(rvkms_test_config_too_many),
	{}
};

static struct kunit_suite config_suite = {
	.name = "rvkms_config",
	.init = config_test_init,
	.exit = config_test_exit,
	.test_cases = config_tests,
};

kunit_test_suite(config_suite);
