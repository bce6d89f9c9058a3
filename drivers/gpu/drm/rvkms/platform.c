// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Implements the platform driver, which builds a device from the description in its parent. */

#include <linux/cleanup.h>
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/platform_device.h>
#include <linux/pm.h>
#include <linux/pm_runtime.h>

#include "build.h"
#include "core/check/device.h"
#include "platform.h"

/* Time from the last CRTC going off to runtime suspend, in ms. */
#define AUTOSUSPEND_MS 100

#define DRIVER_NAME "rvkms"

static int platform_probe(struct platform_device *platform)
{
	const struct rvkms_device_desc *desc = dev_get_platdata(&platform->dev);
	struct rvkms_device *rvkms;
	int ret;

	/* A user may bind any platform device to any driver. */
	if (!desc)
		return -ENODEV;

	/* With a smaller mask, memory above 4 GB would be exported in small segments. */
	ret = dma_coerce_mask_and_coherent(&platform->dev, DMA_BIT_MASK(64));
	if (ret)
		return ret;

	pm_runtime_set_autosuspend_delay(&platform->dev, AUTOSUSPEND_MS);
	pm_runtime_use_autosuspend(&platform->dev);
	ret = devm_pm_runtime_enable(&platform->dev);
	if (ret)
		return ret;

	rvkms = rvkms_device_create(&platform->dev, desc);
	if (IS_ERR(rvkms))
		return PTR_ERR(rvkms);

	platform_set_drvdata(platform, rvkms);

	return 0;
}

static void platform_remove(struct platform_device *platform)
{
	rvkms_device_unplug(platform_get_drvdata(platform));
}

static int platform_suspend(struct device *device)
{
	return rvkms_device_suspend(dev_get_drvdata(device));
}

static int platform_resume(struct device *device)
{
	return rvkms_device_resume(dev_get_drvdata(device));
}

static DEFINE_SIMPLE_DEV_PM_OPS(platform_pm_ops, platform_suspend, platform_resume);

/* Not a faux driver: a user cannot unbind one, and it gets no callbacks for system sleep. */
static struct platform_driver platform_driver = {
	.probe = platform_probe,
	.remove = platform_remove,
	.driver = {
		.name = DRIVER_NAME,
		/* Loading the module fails if its device cannot be created. */
		.probe_type = PROBE_FORCE_SYNCHRONOUS,
		.pm = pm_sleep_ptr(&platform_pm_ops),
	},
};

/**
 * rvkms_platform_init - register the driver
 *
 * Returns:
 * 0 or a negative errno.
 */
int rvkms_platform_init(void)
{
	return platform_driver_register(&platform_driver);
}

/**
 * rvkms_platform_exit - unregister the driver
 */
void rvkms_platform_exit(void)
{
	platform_driver_unregister(&platform_driver);
}

/* Without this check, sysfs would warn about the second device of a name. */
static bool is_taken(const char *name)
{
	struct device *device = bus_find_device_by_name(&platform_bus_type, NULL, name);

	put_device(device);

	return device;
}

static int add_device(struct platform_device *platform, const struct rvkms_device_desc *desc)
{
	int ret = platform_device_add_data(platform, desc, sizeof(*desc));

	/* Otherwise the bus would bind the device only if it had the driver's name. */
	return ret ?: device_set_driver_override(&platform->dev, DRIVER_NAME) ?:
		      platform_device_add(platform);
}

/**
 * rvkms_platform_create - create a platform device, and bind the driver to it
 * @name: its name
 * @desc: the description of the display device, which is copied
 *
 * Returns:
 * The device, to be removed by platform_device_unregister(), or an ERR_PTR(): -EEXIST if there is a
 * platform device of this name; -ENODEV if the driver does not bind, which the log explains.
 */
struct platform_device *rvkms_platform_create(const char *name,
					      const struct rvkms_device_desc *desc)
{
	struct platform_device *platform;
	int ret;

	if (is_taken(name))
		return ERR_PTR(-EEXIST);

	platform = platform_device_alloc(name, PLATFORM_DEVID_NONE);
	if (!platform)
		return ERR_PTR(-ENOMEM);

	ret = add_device(platform, desc);
	if (ret) {
		platform_device_put(platform);
		return ERR_PTR(ret);
	}

	if (!device_is_bound(&platform->dev)) {
		platform_device_unregister(platform);
		return ERR_PTR(-ENODEV);
	}

	return platform;
}
