// SPDX-License-Identifier: GPL-2.0

#include <linux/device/faux.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

#include "device.h"
#include "topology.h"

static unsigned int crtcs = 1;
module_param(crtcs, uint, 0444);
MODULE_PARM_DESC(crtcs, "Number of CRTCs");

static unsigned int overlays = 8;
module_param(overlays, uint, 0444);
MODULE_PARM_DESC(overlays, "Number of overlay planes, each for all CRTCs");

static unsigned int outputs = 1;
module_param(outputs, uint, 0444);
MODULE_PARM_DESC(outputs, "Number of outputs, each for all CRTCs");

/* A desktop that finds a monitor nobody can see moves windows to it. */
static bool connected;
module_param(connected, bool, 0444);
MODULE_PARM_DESC(connected, "Whether there is a monitor on each output (default: false)");

static unsigned int fixed;
module_param(fixed, uint, 0444);
MODULE_PARM_DESC(fixed, "Outputs whose monitor has no variable refresh rate, a bit each");

static struct faux_device *default_device;

static int default_device_probe(struct faux_device *faux)
{
	struct rvkms_device_request request = rvkms_topology_plain(crtcs, overlays, outputs);
	struct rvkms_device *rvkms;

	request.is_connected = connected;
	request.fixed_outputs = fixed;
	rvkms = rvkms_device_create(&faux->dev, &request, true);
	if (IS_ERR(rvkms))
		return PTR_ERR(rvkms);

	faux_device_set_drvdata(faux, rvkms);

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
