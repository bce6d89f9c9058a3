/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_WRITEBACK_H
#define RVKMS_WRITEBACK_H

struct drm_crtc;
struct rvkms_device;

int rvkms_writeback_create(struct rvkms_device *rvkms, struct drm_crtc *crtc);

#endif /* RVKMS_WRITEBACK_H */
