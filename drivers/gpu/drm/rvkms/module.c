// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Defines the module parameters, and registers the platform driver with one default device. */

#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/platform_device.h>
#include <linux/pm.h>
#include <linux/pm_runtime.h>
#include <linux/string.h>

#include <drm/drm_connector.h>

#include "access.h"
#include "capture.h"
#include "device.h"
#include "topology.h"

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

/* Time from the last CRTC going off to runtime suspend, in ms. */
#define AUTOSUSPEND_MS 100

static struct platform_device *default_device;

/* Returns an invalid type for an unknown name: rvkms_check_device() rejects it. */
static u32 find_type(const char *name)
{
	u32 type = 0;

	while (type <= DRM_MODE_CONNECTOR_USB && strcmp(name, drm_get_connector_type_name(type)))
		type++;

	return type;
}

static int rvkms_probe(struct platform_device *platform)
{
	struct rvkms_device_request request = rvkms_topology_plain(crtcs, overlays, outputs);
	struct rvkms_device *rvkms;
	int ret;

	request.is_connected = connected;
	request.fixed_outputs = fixed;
	request.has_vblanks = vblanks;
	request.has_render_node = render_node;
	request.are_clones = clones;
	request.cursor_size = cursor;
	request.has_hotspot = hotspot;
	for (unsigned int i = 0; i < num_types; i++)
		request.types[i] = find_type(types[i]);
	for (unsigned int i = 0; i < num_output_crtcs; i++)
		request.outputs[i] = output_crtcs[i];

	/* With a smaller mask, memory above 4 GB would be exported in small segments. */
	ret = dma_coerce_mask_and_coherent(&platform->dev, DMA_BIT_MASK(64));
	if (ret)
		return ret;

	pm_runtime_set_autosuspend_delay(&platform->dev, AUTOSUSPEND_MS);
	pm_runtime_use_autosuspend(&platform->dev);
	ret = devm_pm_runtime_enable(&platform->dev);
	if (ret)
		return ret;

	rvkms = rvkms_device_create(&platform->dev, &request, true);
	if (IS_ERR(rvkms))
		return PTR_ERR(rvkms);

	platform_set_drvdata(platform, rvkms);
	if (!connected)
		dev_info(&platform->dev,
			 "no monitor is connected: write on to the status of a connector in /sys/class/drm, or load with connected=1\n");

	return 0;
}

static void rvkms_remove(struct platform_device *platform)
{
	rvkms_device_unplug(platform_get_drvdata(platform));
}

static int rvkms_suspend(struct device *device)
{
	return rvkms_device_suspend(dev_get_drvdata(device));
}

static int rvkms_resume(struct device *device)
{
	return rvkms_device_resume(dev_get_drvdata(device));
}

static DEFINE_SIMPLE_DEV_PM_OPS(rvkms_pm_ops, rvkms_suspend, rvkms_resume);

/* Not a faux driver: a user cannot unbind one, and it gets no callbacks for system sleep. */
static struct platform_driver rvkms_driver = {
	.probe = rvkms_probe,
	.remove = rvkms_remove,
	.driver = {
		.name = "rvkms",
		/* Loading the module fails if its device cannot be created. */
		.probe_type = PROBE_FORCE_SYNCHRONOUS,
		.pm = pm_sleep_ptr(&rvkms_pm_ops),
	},
};

static int create_default_device(void)
{
	default_device = platform_device_register_simple("rvkms", PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(default_device))
		return PTR_ERR(default_device);

	/* The log has the reason. */
	if (!device_is_bound(&default_device->dev)) {
		platform_device_unregister(default_device);
		return -ENODEV;
	}

	return 0;
}

static int register_driver(void)
{
	int ret = platform_driver_register(&rvkms_driver);

	if (ret)
		return ret;

	ret = create_default_device();
	if (ret)
		platform_driver_unregister(&rvkms_driver);

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
	platform_device_unregister(default_device);
	platform_driver_unregister(&rvkms_driver);
	rvkms_capture_exit();
	rvkms_access_exit();
}

module_init(rvkms_init);
module_exit(rvkms_exit);

MODULE_AUTHOR("The rvkms authors");
MODULE_DESCRIPTION("Virtual KMS display driver");
MODULE_LICENSE("GPL");
MODULE_IMPORT_NS("DMA_BUF");
