// SPDX-License-Identifier: GPL-2.0
/*
 * What the KUnit suites call, when they are a module of their own. The core cannot export its
 * functions itself, since it knows nothing of modules.
 */

#include <kunit/visibility.h>

#include "core/blend.h"
#include "core/check.h"
#include "core/check_mode.h"
#include "core/check_plane.h"
#include "core/check_writeback.h"
#include "core/compose.h"
#include "core/format.h"
#include "core/geometry.h"
#include "core/half.h"
#include "core/hash.h"
#include "core/image.h"
#include "core/vblank.h"
#include "core/yuv.h"
#include "device.h"
#include "vblank_timer.h"

EXPORT_SYMBOL_IF_KUNIT(rvkms_blend_premultiplied);
EXPORT_SYMBOL_IF_KUNIT(rvkms_check_mode);
EXPORT_SYMBOL_IF_KUNIT(rvkms_check_plane);
EXPORT_SYMBOL_IF_KUNIT(rvkms_check_writeback);
EXPORT_SYMBOL_IF_KUNIT(rvkms_compose_line);
EXPORT_SYMBOL_IF_KUNIT(rvkms_device_create);
EXPORT_SYMBOL_IF_KUNIT(rvkms_device_unplug);
EXPORT_SYMBOL_IF_KUNIT(rvkms_format_find);
EXPORT_SYMBOL_IF_KUNIT(rvkms_format_list_readable);
EXPORT_SYMBOL_IF_KUNIT(rvkms_format_list_writable);
EXPORT_SYMBOL_IF_KUNIT(rvkms_geometry_clip);
EXPORT_SYMBOL_IF_KUNIT(rvkms_half_from_unorm);
EXPORT_SYMBOL_IF_KUNIT(rvkms_half_to_unorm);
EXPORT_SYMBOL_IF_KUNIT(rvkms_hash_add_line);
EXPORT_SYMBOL_IF_KUNIT(rvkms_hash_init);
EXPORT_SYMBOL_IF_KUNIT(rvkms_hash_value);
EXPORT_SYMBOL_IF_KUNIT(rvkms_image_clip);
EXPORT_SYMBOL_IF_KUNIT(rvkms_image_read);
EXPORT_SYMBOL_IF_KUNIT(rvkms_quotient_create);
EXPORT_SYMBOL_IF_KUNIT(rvkms_rotation_is_valid);
EXPORT_SYMBOL_IF_KUNIT(rvkms_rotation_swaps_axes);
EXPORT_SYMBOL_IF_KUNIT(rvkms_rule_name);
EXPORT_SYMBOL_IF_KUNIT(rvkms_rule_text);
EXPORT_SYMBOL_IF_KUNIT(rvkms_span_is_empty);
EXPORT_SYMBOL_IF_KUNIT(rvkms_span_source);
EXPORT_SYMBOL_IF_KUNIT(rvkms_span_walk);
EXPORT_SYMBOL_IF_KUNIT(rvkms_target_write);
EXPORT_SYMBOL_IF_KUNIT(rvkms_timing_in_range);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_count);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_period);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_time);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_timer_count);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_timer_disable);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_timer_enable);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_timer_init);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_timer_last);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_timer_set_mode);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_timer_sync);
EXPORT_SYMBOL_IF_KUNIT(rvkms_verdict_accept);
EXPORT_SYMBOL_IF_KUNIT(rvkms_verdict_refuse);
EXPORT_SYMBOL_IF_KUNIT(rvkms_yuv_create);
