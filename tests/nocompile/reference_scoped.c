// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * A scoped reference of another type.
 */

#include "fixture.h"

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
#ifdef NEGATIVE
	struct tkms_connector *mine __free(tkms_connector_put) = toy->dock;
#else
	struct tkms_connector *mine __free(tkms_connector_put) =
		tkms_connector_get(&toy->dock->base);
#endif

	return 0;
}
