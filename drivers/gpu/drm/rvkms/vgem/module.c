// SPDX-License-Identifier: GPL-2.0
/* Defines the parameter of the module vgem, and registers its platform driver with one device. */

#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/platform_device.h>
#include <linux/rcupdate.h>
#include <linux/stringify.h>

#include "../core/fence/fence.h"
#include "card.h"

unsigned int vgem_timeout_ms = RVKMS_FENCE_DEFAULT_TIMEOUT_MS;

static const unsigned int min_timeout_ms = RVKMS_FENCE_MIN_TIMEOUT_MS;
static const unsigned int max_timeout_ms = RVKMS_FENCE_MAX_TIMEOUT_MS;

static int set_timeout(const char *value, const struct kernel_param *parameter)
{
	return param_set_uint_minmax(value, parameter, min_timeout_ms, max_timeout_ms);
}

static const struct kernel_param_ops timeout_ops = {
	.set = set_timeout,
	.get = param_get_uint,
};

module_param_cb(timeout_ms, &timeout_ops, &vgem_timeout_ms, 0644);
MODULE_PARM_DESC(timeout_ms, "Time in ms after which a new fence expires, "
		 __stringify(RVKMS_FENCE_MIN_TIMEOUT_MS) " to "
		 __stringify(RVKMS_FENCE_MAX_TIMEOUT_MS) " (default: "
		 __stringify(RVKMS_FENCE_DEFAULT_TIMEOUT_MS) ")");

static struct platform_device *default_device;

static int vgem_probe(struct platform_device *platform)
{
	struct vgem_card *card;
	/* With a smaller mask, memory above 4 GB would be exported in small segments. */
	int ret = dma_coerce_mask_and_coherent(&platform->dev, DMA_BIT_MASK(64));

	if (ret)
		return ret;

	card = vgem_card_create(&platform->dev);
	if (IS_ERR(card))
		return PTR_ERR(card);

	platform_set_drvdata(platform, card);

	return 0;
}

static void vgem_remove(struct platform_device *platform)
{
	vgem_card_unplug(platform_get_drvdata(platform));
}

/* Not a faux driver: a user cannot unbind one, and unbinding is the unplug. */
static struct platform_driver vgem_driver = {
	.probe = vgem_probe,
	.remove = vgem_remove,
	.driver = {
		.name = "vgem",
		/* Loading the module fails if its device cannot be created. */
		.probe_type = PROBE_FORCE_SYNCHRONOUS,
	},
};

static int create_default_device(void)
{
	default_device = platform_device_register_simple("vgem", PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(default_device))
		return PTR_ERR(default_device);

	/* The log has the reason. */
	if (!device_is_bound(&default_device->dev)) {
		platform_device_unregister(default_device);
		return -ENODEV;
	}

	return 0;
}

static int __init vgem_init(void)
{
	int ret = platform_driver_register(&vgem_driver);

	if (ret)
		return ret;

	ret = create_default_device();
	if (ret)
		platform_driver_unregister(&vgem_driver);

	return ret;
}

static void __exit vgem_exit(void)
{
	platform_device_unregister(default_device);
	platform_driver_unregister(&vgem_driver);
	/* A reader of a fence may still be in a callback that the signalled fence has lost. */
	synchronize_rcu();
}

module_init(vgem_init);
module_exit(vgem_exit);

MODULE_DESCRIPTION("Virtual GEM provider");
MODULE_LICENSE("GPL");
