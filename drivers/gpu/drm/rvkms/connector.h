/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CONNECTOR_H
#define RVKMS_CONNECTOR_H

struct drm_crtc;
struct rvkms_device;

int rvkms_connector_create(struct rvkms_device *rvkms, struct drm_crtc *crtc);

#endif /* RVKMS_CONNECTOR_H */
