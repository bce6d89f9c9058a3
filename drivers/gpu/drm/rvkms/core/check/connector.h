/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_CHECK_CONNECTOR_H
#define RVKMS_CORE_CHECK_CONNECTOR_H

#include <linux/types.h>

#include "verdict.h"

/* A coordinate of 1 in HDR metadata, in units of 0.00002 (CTA-861-G, 6.9.1). */
#define RVKMS_HDR_ONE 50000

/**
 * struct rvkms_chromaticity - a colour, in units of 0.00002
 * @x: CIE 1931 x
 * @y: CIE 1931 y
 */
struct rvkms_chromaticity {
	u16 x;
	u16 y;
};

/**
 * struct rvkms_hdr_metadata - the blob HDR_OUTPUT_METADATA
 * @type: metadata_type of struct hdr_output_metadata
 * @infoframe_type: metadata_type of struct hdr_metadata_infoframe
 * @eotf: the transfer function, CTA-861-G, table 85
 * @primaries: primaries of the mastering display, in any order
 * @white: white point of the mastering display
 * @max_luminance: luminance of its white, in cd/m2, 0 if not known
 * @min_luminance: luminance of its black, in 0.0001 cd/m2
 */
struct rvkms_hdr_metadata {
	u32 type;
	u8 infoframe_type;
	u8 eotf;
	struct rvkms_chromaticity primaries[3];
	struct rvkms_chromaticity white;
	u16 max_luminance;
	u16 min_luminance;
};

/**
 * struct rvkms_connector_request - the state that a client requests for a connector
 * @min_bpc: smallest number of bits per channel of the connector
 * @max_bpc: largest number of bits per channel of the connector
 * @colorspaces: supported values of enum drm_colorspace, one bit per value
 * @eotfs: supported transfer functions, one bit per function
 * @bpc: the requested "max bpc"
 * @colorspace: the requested enum drm_colorspace
 * @has_hdr: HDR metadata are set; otherwise the field below is ignored
 * @hdr: the HDR metadata
 */
struct rvkms_connector_request {
	u8 min_bpc;
	u8 max_bpc;
	u32 colorspaces;
	u32 eotfs;
	u8 bpc;
	u32 colorspace;
	bool has_hdr;
	struct rvkms_hdr_metadata hdr;
};

struct rvkms_verdict rvkms_check_connector(const struct rvkms_connector_request *request);

#endif /* RVKMS_CORE_CHECK_CONNECTOR_H */
