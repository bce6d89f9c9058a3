// SPDX-License-Identifier: GPL-2.0

#include <linux/device/faux.h>
#include <linux/err.h>
#include <linux/module.h>

#include <drm/clients/drm_client_setup.h>

#include "device.h"

static struct faux_device *default_device;

static int default_device_probe(struct faux_device *faux)
{
	struct rvkms_device *rvkms = rvkms_device_create(&faux->dev);

	if (IS_ERR(rvkms))
		return PTR_ERR(rvkms);

	faux_device_set_drvdata(faux, rvkms);
	drm_client_setup(&rvkms->base.drm, NULL);

	return 0;
}

static void default_device_remove(struct faux_device *faux)
{
	rvkms_device_unplug(faux_device_get_drvdata(faux));
}

static const struct faux_device_ops default_device_ops = {
	.probe = default_device_probe,
	.remove = default_device_remove,
};

static int __init rvkms_init(void)
{
	default_device = faux_device_create("rvkms", NULL, &default_device_ops);

	return default_device ? 0 : -ENODEV;
}

static void __exit rvkms_exit(void)
{
	faux_device_destroy(default_device);
}

module_init(rvkms_init);
module_exit(rvkms_exit);

MODULE_DESCRIPTION("Virtual KMS with a functional core");
MODULE_LICENSE("GPL");
