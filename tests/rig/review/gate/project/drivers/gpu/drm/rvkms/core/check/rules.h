/* SPDX-License-Identifier: GPL-2.0 */
RVKMS_RULE(PLANE_EMPTY, EINVAL, "the plane has no pixels")
RVKMS_RULE(PLANE_RANGE, ERANGE, "the plane leaves the coordinate range")
