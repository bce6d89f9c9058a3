// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Checks the colour depth, the colour space and the HDR metadata of a connector. */

#include <linux/array_size.h>
#include <linux/types.h>

#include "connector.h"

/* Static_Metadata_Descriptor_ID of static metadata type 1 (CTA-861-G, 6.9.1). */
#define STATIC_TYPE_1 0

/* Units of the minimum luminance per unit of the maximum luminance. */
#define DARK_UNITS 10000u

static bool has_bit(u32 bits, u32 bit)
{
	return bit < 32 && bits >> bit & 1;
}

static bool is_colour(const struct rvkms_chromaticity *c)
{
	return c->x <= RVKMS_HDR_ONE && c->y <= RVKMS_HDR_ONE;
}

static bool has_colours(const struct rvkms_hdr_metadata *hdr)
{
	for (u32 i = 0; i < ARRAY_SIZE(hdr->primaries); i++) {
		if (!is_colour(&hdr->primaries[i]))
			return false;
	}

	return is_colour(&hdr->white);
}

static struct rvkms_verdict check_hdr(const struct rvkms_connector_request *request)
{
	const struct rvkms_hdr_metadata *hdr = &request->hdr;

	if (hdr->type != STATIC_TYPE_1 || hdr->infoframe_type != STATIC_TYPE_1)
		return rvkms_verdict_refuse(RVKMS_RULE_HDR_TYPE);

	if (!has_bit(request->eotfs, hdr->eotf))
		return rvkms_verdict_refuse(RVKMS_RULE_HDR_EOTF);

	if (!has_colours(hdr))
		return rvkms_verdict_refuse(RVKMS_RULE_HDR_CHROMATICITY);

	if (hdr->max_luminance && hdr->min_luminance > hdr->max_luminance * DARK_UNITS)
		return rvkms_verdict_refuse(RVKMS_RULE_HDR_LUMINANCE);

	return rvkms_verdict_accept();
}

/**
 * rvkms_check_connector - check the state of a connector
 * @request: the requested state, with any values
 *
 * Ignores max_cll and max_fall: they describe the content, and clients keep no relation between
 * them. Ignores VRR_ENABLED: it is a hint without effect if the connector is not capable of it.
 *
 * Returns:
 * The verdict; its rules have the prefix CONNECTOR or HDR in rules.h.
 */
struct rvkms_verdict rvkms_check_connector(const struct rvkms_connector_request *request)
{
	if (request->bpc < request->min_bpc || request->bpc > request->max_bpc)
		return rvkms_verdict_refuse(RVKMS_RULE_CONNECTOR_BPC);

	if (!has_bit(request->colorspaces, request->colorspace))
		return rvkms_verdict_refuse(RVKMS_RULE_CONNECTOR_COLORSPACE);

	return request->has_hdr ? check_hdr(request) : rvkms_verdict_accept();
}
