/* SPDX-License-Identifier: GPL-2.0 */
/* drm.h declares drm_client_setup(). */
