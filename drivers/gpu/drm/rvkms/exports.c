// SPDX-License-Identifier: GPL-2.0
/*
 * What the KUnit suites call, when they are a module of their own. The core cannot export its
 * functions itself, since it knows nothing of modules.
 */

#include <kunit/visibility.h>

#include "access.h"
#include "color_snapshot.h"
#include "core/compose/blend.h"
#include "core/timing/timeline.h"
#include "core/check/verdict.h"
#include "core/check/async.h"
#include "core/check/color.h"
#include "core/check/connector.h"
#include "core/check/crtc.h"
#include "core/check/device.h"
#include "core/check/mode.h"
#include "core/check/plane.h"
#include "core/check/writeback.h"
#include "core/color/pipeline.h"
#include "core/compose/compose.h"
#include "core/color/curve.h"
#include "core/pixel/format.h"
#include "core/plane/geometry.h"
#include "core/pixel/half.h"
#include "core/compose/hash.h"
#include "core/pixel/image.h"
#include "core/timing/latch.h"
#include "core/color/lut.h"
#include "core/color/lut3d.h"
#include "core/color/matrix.h"
#include "core/color/power.h"
#include "core/plane/scale.h"
#include "core/plane/sampler.h"
#include "core/timing/vblank.h"
#include "core/timing/vrr.h"
#include "core/pixel/yuv.h"
#include "core/pixel/yuv_table.h"
#include "connector.h"
#include "crtc.h"
#include "device.h"
#include "edid.h"
#include "kms/internal.h"
#include "refusal.h"
#include "snapshot.h"
#include "stats.h"
#include "topology.h"
#include "vblank_timer.h"

EXPORT_SYMBOL_IF_KUNIT(__kms_connector_borrow);
EXPORT_SYMBOL_IF_KUNIT(__kms_connector_create);
EXPORT_SYMBOL_IF_KUNIT(__kms_connector_old);
EXPORT_SYMBOL_IF_KUNIT(__kms_connector_plug);
EXPORT_SYMBOL_IF_KUNIT(__kms_connector_unplug);
EXPORT_SYMBOL_IF_KUNIT(__kms_crtc_borrow);
EXPORT_SYMBOL_IF_KUNIT(__kms_crtc_create);
EXPORT_SYMBOL_IF_KUNIT(__kms_crtc_old);
EXPORT_SYMBOL_IF_KUNIT(__kms_encoder_create);
EXPORT_SYMBOL_IF_KUNIT(__kms_plane_borrow);
EXPORT_SYMBOL_IF_KUNIT(__kms_plane_create);
EXPORT_SYMBOL_IF_KUNIT(__kms_plane_old);
EXPORT_SYMBOL_IF_KUNIT(__kms_register);
EXPORT_SYMBOL_IF_KUNIT(kms_audit);
EXPORT_SYMBOL_IF_KUNIT(kms_colorop_new);
EXPORT_SYMBOL_IF_KUNIT(kms_commit);
EXPORT_SYMBOL_IF_KUNIT(kms_commit_step);
EXPORT_SYMBOL_IF_KUNIT(kms_connector_first);
EXPORT_SYMBOL_IF_KUNIT(kms_connector_next);
EXPORT_SYMBOL_IF_KUNIT(kms_connector_set_crtc);
EXPORT_SYMBOL_IF_KUNIT(kms_crtc_after);
EXPORT_SYMBOL_IF_KUNIT(kms_crtc_first);
EXPORT_SYMBOL_IF_KUNIT(kms_crtc_next);
EXPORT_SYMBOL_IF_KUNIT(kms_crtc_send_event);
EXPORT_SYMBOL_IF_KUNIT(kms_crtc_set_mode);
EXPORT_SYMBOL_IF_KUNIT(kms_encoder_allow);
EXPORT_SYMBOL_IF_KUNIT(kms_encoder_allow_clones);
EXPORT_SYMBOL_IF_KUNIT(kms_plane_allow);
EXPORT_SYMBOL_IF_KUNIT(kms_plane_first);
EXPORT_SYMBOL_IF_KUNIT(kms_plane_move);
EXPORT_SYMBOL_IF_KUNIT(kms_plane_next);
EXPORT_SYMBOL_IF_KUNIT(kms_plane_set_crtc);
EXPORT_SYMBOL_IF_KUNIT(kms_run_begin);
EXPORT_SYMBOL_IF_KUNIT(kms_run_end);
EXPORT_SYMBOL_IF_KUNIT(kms_step_error);
EXPORT_SYMBOL_IF_KUNIT(kms_tail_planes_between);
EXPORT_SYMBOL_IF_KUNIT(kms_tail_planes_first);
EXPORT_SYMBOL_IF_KUNIT(kms_tail_planes_last);
EXPORT_SYMBOL_IF_KUNIT(kms_unplug);
EXPORT_SYMBOL_IF_KUNIT(kms_vblank_arm_event);
EXPORT_SYMBOL_IF_KUNIT(kms_vblank_send_event);
EXPORT_SYMBOL_IF_KUNIT(kms_vblank_take_event);
EXPORT_SYMBOL_IF_KUNIT(kms_vblank_try_from);
EXPORT_SYMBOL_IF_KUNIT(rvkms_access_begin);
EXPORT_SYMBOL_IF_KUNIT(rvkms_access_deadline);
EXPORT_SYMBOL_IF_KUNIT(rvkms_access_end);
EXPORT_SYMBOL_IF_KUNIT(rvkms_access_flush);
EXPORT_SYMBOL_IF_KUNIT(rvkms_blend_bytes);
EXPORT_SYMBOL_IF_KUNIT(rvkms_blend_bytes_over);
EXPORT_SYMBOL_IF_KUNIT(rvkms_blend_bytes_rounded);
EXPORT_SYMBOL_IF_KUNIT(rvkms_blend_line);
EXPORT_SYMBOL_IF_KUNIT(rvkms_timeline_begin);
EXPORT_SYMBOL_IF_KUNIT(rvkms_timeline_change);
EXPORT_SYMBOL_IF_KUNIT(rvkms_timeline_count);
EXPORT_SYMBOL_IF_KUNIT(rvkms_timeline_flip);
EXPORT_SYMBOL_IF_KUNIT(rvkms_timeline_last);
EXPORT_SYMBOL_IF_KUNIT(rvkms_timeline_next);
EXPORT_SYMBOL_IF_KUNIT(rvkms_timeline_settle);
EXPORT_SYMBOL_IF_KUNIT(rvkms_check_async);
EXPORT_SYMBOL_IF_KUNIT(rvkms_check_color);
EXPORT_SYMBOL_IF_KUNIT(rvkms_check_colorop);
EXPORT_SYMBOL_IF_KUNIT(rvkms_check_connector);
EXPORT_SYMBOL_IF_KUNIT(rvkms_check_crtc);
EXPORT_SYMBOL_IF_KUNIT(rvkms_check_device);
EXPORT_SYMBOL_IF_KUNIT(rvkms_check_mode);
EXPORT_SYMBOL_IF_KUNIT(rvkms_check_plane);
EXPORT_SYMBOL_IF_KUNIT(rvkms_check_writeback);
EXPORT_SYMBOL_IF_KUNIT(rvkms_color_apply);
EXPORT_SYMBOL_IF_KUNIT(rvkms_color_crtc_ops);
EXPORT_SYMBOL_IF_KUNIT(rvkms_color_prepare);
EXPORT_SYMBOL_IF_KUNIT(rvkms_color_snapshot_create);
EXPORT_SYMBOL_IF_KUNIT(rvkms_color_snapshot_fill);
EXPORT_SYMBOL_IF_KUNIT(rvkms_color_snapshot_finish);
EXPORT_SYMBOL_IF_KUNIT(rvkms_color_snapshot_put);
EXPORT_SYMBOL_IF_KUNIT(rvkms_color_table_size);
EXPORT_SYMBOL_IF_KUNIT(rvkms_compose_hash_line);
EXPORT_SYMBOL_IF_KUNIT(rvkms_compose_line);
EXPORT_SYMBOL_IF_KUNIT(rvkms_connector_break_link);
EXPORT_SYMBOL_IF_KUNIT(rvkms_connector_class);
EXPORT_SYMBOL_IF_KUNIT(rvkms_connector_link_is_bad);
EXPORT_SYMBOL_IF_KUNIT(rvkms_connector_set_connected);
EXPORT_SYMBOL_IF_KUNIT(rvkms_crtc_class);
EXPORT_SYMBOL_IF_KUNIT(rvkms_curve_apply);
EXPORT_SYMBOL_IF_KUNIT(rvkms_curve_cell);
EXPORT_SYMBOL_IF_KUNIT(rvkms_curve_num_cells);
EXPORT_SYMBOL_IF_KUNIT(rvkms_device_create);
EXPORT_SYMBOL_IF_KUNIT(rvkms_device_resume);
EXPORT_SYMBOL_IF_KUNIT(rvkms_device_suits_clients);
EXPORT_SYMBOL_IF_KUNIT(rvkms_device_suspend);
EXPORT_SYMBOL_IF_KUNIT(rvkms_device_unplug);
EXPORT_SYMBOL_IF_KUNIT(rvkms_edid_read_block);
EXPORT_SYMBOL_IF_KUNIT(rvkms_format_find);
EXPORT_SYMBOL_IF_KUNIT(rvkms_format_list_readable);
EXPORT_SYMBOL_IF_KUNIT(rvkms_format_list_writable);
EXPORT_SYMBOL_IF_KUNIT(rvkms_frame_add_layer);
EXPORT_SYMBOL_IF_KUNIT(rvkms_frame_set_color);
EXPORT_SYMBOL_IF_KUNIT(rvkms_geometry_clip);
EXPORT_SYMBOL_IF_KUNIT(rvkms_half_from_unorm);
EXPORT_SYMBOL_IF_KUNIT(rvkms_half_to_unorm);
EXPORT_SYMBOL_IF_KUNIT(rvkms_hash_add_bytes);
EXPORT_SYMBOL_IF_KUNIT(rvkms_hash_add_line);
EXPORT_SYMBOL_IF_KUNIT(rvkms_hash_add_pixels);
EXPORT_SYMBOL_IF_KUNIT(rvkms_hash_end_line);
EXPORT_SYMBOL_IF_KUNIT(rvkms_hash_init);
EXPORT_SYMBOL_IF_KUNIT(rvkms_hash_set_depth);
EXPORT_SYMBOL_IF_KUNIT(rvkms_hash_value);
EXPORT_SYMBOL_IF_KUNIT(rvkms_image_bounds);
EXPORT_SYMBOL_IF_KUNIT(rvkms_image_clip);
EXPORT_SYMBOL_IF_KUNIT(rvkms_image_read);
EXPORT_SYMBOL_IF_KUNIT(rvkms_latch_composed);
EXPORT_SYMBOL_IF_KUNIT(rvkms_latch_flip);
EXPORT_SYMBOL_IF_KUNIT(rvkms_latch_off);
EXPORT_SYMBOL_IF_KUNIT(rvkms_latch_publish);
EXPORT_SYMBOL_IF_KUNIT(rvkms_latch_start_capture);
EXPORT_SYMBOL_IF_KUNIT(rvkms_latch_stop_capture);
EXPORT_SYMBOL_IF_KUNIT(rvkms_latch_update);
EXPORT_SYMBOL_IF_KUNIT(rvkms_latch_vblank);
EXPORT_SYMBOL_IF_KUNIT(rvkms_layer_hides);
EXPORT_SYMBOL_IF_KUNIT(rvkms_layer_part);
EXPORT_SYMBOL_IF_KUNIT(rvkms_layer_read);
EXPORT_SYMBOL_IF_KUNIT(rvkms_log2);
EXPORT_SYMBOL_IF_KUNIT(rvkms_lut3d_apply);
EXPORT_SYMBOL_IF_KUNIT(rvkms_lut_apply);
EXPORT_SYMBOL_IF_KUNIT(rvkms_matrix_apply);
EXPORT_SYMBOL_IF_KUNIT(rvkms_matrix_from_ctm);
EXPORT_SYMBOL_IF_KUNIT(rvkms_matrix_from_ctm_3x4);
EXPORT_SYMBOL_IF_KUNIT(rvkms_matrix_multiply);
EXPORT_SYMBOL_IF_KUNIT(rvkms_power);
EXPORT_SYMBOL_IF_KUNIT(rvkms_quotient_create);
EXPORT_SYMBOL_IF_KUNIT(rvkms_refresh_common);
EXPORT_SYMBOL_IF_KUNIT(rvkms_refresh_is_variable);
EXPORT_SYMBOL_IF_KUNIT(rvkms_refusals_show);
EXPORT_SYMBOL_IF_KUNIT(rvkms_refuse);
EXPORT_SYMBOL_IF_KUNIT(rvkms_rotation_is_valid);
EXPORT_SYMBOL_IF_KUNIT(rvkms_rotation_swaps_axes);
EXPORT_SYMBOL_IF_KUNIT(rvkms_rule_name);
EXPORT_SYMBOL_IF_KUNIT(rvkms_rule_text);
EXPORT_SYMBOL_IF_KUNIT(rvkms_scale_is_within);
EXPORT_SYMBOL_IF_KUNIT(rvkms_scale_read);
EXPORT_SYMBOL_IF_KUNIT(rvkms_scanout_flip);
EXPORT_SYMBOL_IF_KUNIT(rvkms_scanout_show);
EXPORT_SYMBOL_IF_KUNIT(rvkms_scanout_start_capture);
EXPORT_SYMBOL_IF_KUNIT(rvkms_scanout_stats);
EXPORT_SYMBOL_IF_KUNIT(rvkms_scanout_stop_capture);
EXPORT_SYMBOL_IF_KUNIT(rvkms_scanout_update);
EXPORT_SYMBOL_IF_KUNIT(rvkms_scanout_vblank);
EXPORT_SYMBOL_IF_KUNIT(rvkms_snapshot_begin_access);
EXPORT_SYMBOL_IF_KUNIT(rvkms_snapshot_create);
EXPORT_SYMBOL_IF_KUNIT(rvkms_snapshot_end_access);
EXPORT_SYMBOL_IF_KUNIT(rvkms_snapshot_get);
EXPORT_SYMBOL_IF_KUNIT(rvkms_snapshot_put);
EXPORT_SYMBOL_IF_KUNIT(rvkms_span_is_empty);
EXPORT_SYMBOL_IF_KUNIT(rvkms_span_is_scaled);
EXPORT_SYMBOL_IF_KUNIT(rvkms_span_source);
EXPORT_SYMBOL_IF_KUNIT(rvkms_span_walk);
EXPORT_SYMBOL_IF_KUNIT(rvkms_stats_add);
EXPORT_SYMBOL_IF_KUNIT(rvkms_stats_show);
EXPORT_SYMBOL_IF_KUNIT(rvkms_sampler_at);
EXPORT_SYMBOL_IF_KUNIT(rvkms_scaling_samples);
EXPORT_SYMBOL_IF_KUNIT(rvkms_scaling_source);
EXPORT_SYMBOL_IF_KUNIT(rvkms_line_cache_rounded);
EXPORT_SYMBOL_IF_KUNIT(rvkms_target_write);
EXPORT_SYMBOL_IF_KUNIT(rvkms_timing_in_range);
EXPORT_SYMBOL_IF_KUNIT(rvkms_topology_create);
EXPORT_SYMBOL_IF_KUNIT(rvkms_topology_plain);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_active_delay);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_count);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_period);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_position);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_time);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_timer_count);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_timer_disable);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_timer_enable);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_timer_flip);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_timer_init);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_timer_position);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_timer_set_limits);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_timer_set_mode);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_timer_sync);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vblank_timer_timestamp);
EXPORT_SYMBOL_IF_KUNIT(rvkms_verdict_accept);
EXPORT_SYMBOL_IF_KUNIT(rvkms_verdict_refuse);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vrr_create);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vrr_fixed);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vrr_flip);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vrr_of_refresh);
EXPORT_SYMBOL_IF_KUNIT(rvkms_vrr_window);
EXPORT_SYMBOL_IF_KUNIT(rvkms_walk_clip);
EXPORT_SYMBOL_IF_KUNIT(rvkms_yuv_byte_clamp);
EXPORT_SYMBOL_IF_KUNIT(rvkms_yuv_byte_table);
EXPORT_SYMBOL_IF_KUNIT(rvkms_yuv_clamp);
EXPORT_SYMBOL_IF_KUNIT(rvkms_yuv_create);
EXPORT_SYMBOL_IF_KUNIT(rvkms_yuv_table);
