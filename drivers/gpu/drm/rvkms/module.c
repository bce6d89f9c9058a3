// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Defines the module parameters, and creates the default device that they describe. */

#include <linux/bits.h>
#include <linux/cleanup.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/string.h>

#include <drm/drm_connector.h>

#include "config.h"
#include "core/check/device.h"
#include "memory/access.h"
#include "platform.h"
#include "scanout/capture.h"

static unsigned int crtcs = 1;
module_param(crtcs, uint, 0444);
MODULE_PARM_DESC(crtcs, "Number of CRTCs (default: 1)");

static unsigned int overlays = 8;
module_param(overlays, uint, 0444);
MODULE_PARM_DESC(overlays, "Number of overlay planes, each for all CRTCs (default: 8)");

static unsigned int outputs = 1;
module_param(outputs, uint, 0444);
MODULE_PARM_DESC(outputs, "Number of connectors, each for all CRTCs (default: 1)");

/* Off by default: desktops move windows to a monitor, even if no user can see it. */
static bool connected;
module_param(connected, bool, 0444);
MODULE_PARM_DESC(connected, "Plug a monitor into each connector (default: false)");

static unsigned int fixed;
module_param(fixed, uint, 0444);
MODULE_PARM_DESC(fixed, "Bit mask of connectors with a fixed refresh rate (default: 0)");

static char *types[RVKMS_MAX_OBJECTS];
static unsigned int num_types;
module_param_array(types, charp, &num_types, 0444);
MODULE_PARM_DESC(types, "Connector types, e.g. HDMI-A,eDP (default: Virtual)");

static unsigned int output_crtcs[RVKMS_MAX_OBJECTS];
static unsigned int num_output_crtcs;
module_param_array(output_crtcs, uint, &num_output_crtcs, 0444);
MODULE_PARM_DESC(output_crtcs, "Bit mask of possible CRTCs, per connector (default: all)");

static bool clones = true;
module_param(clones, bool, 0444);
MODULE_PARM_DESC(clones, "Let connectors clone each other (default: true)");

static unsigned int cursor = RVKMS_DEFAULT_CURSOR_SIZE;
module_param(cursor, uint, 0444);
MODULE_PARM_DESC(cursor, "Maximum width and height of a cursor in pixels (default: 512)");

static bool hotspot;
module_param(hotspot, bool, 0444);
MODULE_PARM_DESC(hotspot, "Give cursor planes hotspots (default: false)");

static bool vblanks = true;
module_param(vblanks, bool, 0444);
MODULE_PARM_DESC(vblanks, "Create CRTCs with vblanks (default: true)");

/* Off by default: desktops try to render on a device with a render node. */
static bool render_node;
module_param(render_node, bool, 0444);
MODULE_PARM_DESC(render_node, "Create a render node (default: false)");

static bool create_default_dev = true;
module_param(create_default_dev, bool, 0444);
MODULE_PARM_DESC(create_default_dev, "Create a device from the parameters (default: true)");

static struct platform_device *default_device;

/* Returns an invalid type for an unknown name: rvkms_check_device() rejects it. */
static u32 find_type(const char *name)
{
	u32 type = 0;

	while (type <= DRM_MODE_CONNECTOR_USB && strcmp(name, drm_get_connector_type_name(type)))
		type++;

	return type;
}

static void describe_connectors(struct rvkms_device_desc *desc)
{
	for (u32 i = 0; i < RVKMS_MAX_OBJECTS; i++) {
		desc->connectors[i].monitor.status = connected ? RVKMS_CONNECTED
							       : RVKMS_DISCONNECTED;
		desc->connectors[i].monitor.is_fixed = fixed & BIT(i);
		desc->connectors[i].has_vrr = vblanks;
	}
	for (u32 i = 0; i < num_types; i++)
		desc->connectors[i].type = find_type(types[i]);
	for (u32 i = 0; i < num_output_crtcs; i++)
		desc->encoders[i].crtcs = output_crtcs[i];
}

static void describe_device(struct rvkms_device_desc *desc)
{
	rvkms_device_describe_plain(desc, crtcs, overlays, outputs);
	desc->has_render_node = render_node;
	desc->are_clones = clones;
	desc->limits.cursor_width = cursor;
	desc->limits.cursor_height = cursor;
	desc->has_hotspot = hotspot;
	for (u32 i = 0; i < RVKMS_MAX_OBJECTS; i++)
		desc->crtcs[i].has_vblanks = vblanks;
	describe_connectors(desc);
}

static int create_default_device(void)
{
	struct rvkms_device_desc *desc __free(kfree) = NULL;

	if (!create_default_dev)
		return 0;

	desc = kzalloc_obj(*desc);
	if (!desc)
		return -ENOMEM;

	describe_device(desc);
	default_device = rvkms_platform_create("rvkms", desc);
	if (IS_ERR(default_device))
		return PTR_ERR(default_device);

	if (!connected)
		pr_info("rvkms: no monitor is connected: write on to the status of a connector in /sys/class/drm, or load with connected=1\n");

	return 0;
}

static int register_driver(void)
{
	int ret = rvkms_platform_init();

	if (ret)
		return ret;

	ret = create_default_device();
	if (ret)
		goto exit_platform;

	ret = rvkms_config_init();
	if (ret)
		goto destroy_device;

	return 0;

destroy_device:
	platform_device_unregister(default_device);
exit_platform:
	rvkms_platform_exit();

	return ret;
}

static int __init rvkms_init(void)
{
	int ret = rvkms_access_init();

	if (ret)
		return ret;

	ret = register_driver();
	if (ret)
		rvkms_access_exit();

	return ret;
}

static void __exit rvkms_exit(void)
{
	rvkms_config_exit();
	platform_device_unregister(default_device);
	rvkms_platform_exit();
	rvkms_capture_exit();
	rvkms_access_exit();
}

module_init(rvkms_init);
module_exit(rvkms_exit);

MODULE_AUTHOR("The rvkms authors");
MODULE_DESCRIPTION("Virtual KMS display driver");
MODULE_LICENSE("GPL");
MODULE_IMPORT_NS("DMA_BUF");
