/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_CHECK_CONNECTOR_H
#define RVKMS_CORE_CHECK_CONNECTOR_H

#include <linux/types.h>

#include "verdict.h"

/* A coordinate of 1 in HDR metadata: they are in units of 0.00002 (CTA-861-G, 6.9.1). */
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
 * @primaries: of the mastering display, in any order
 * @white: its white point
 * @max_luminance: its white, in cd/m2, 0 if not known
 * @min_luminance: its black, in 0.0001 cd/m2
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
 * struct rvkms_connector_request - the state a client asks of a connector
 * @min_bpc: fewest bits a channel of the connector
 * @max_bpc: most bits a channel of the connector
 * @colorspaces: what it has of enum drm_colorspace, a bit each
 * @eotfs: what it has of transfer functions, a bit each
 * @bpc: most bits a channel that the client wants
 * @colorspace: what the client wants of enum drm_colorspace
 * @has_hdr: there are HDR metadata; the field below counts only then
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
