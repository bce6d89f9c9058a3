// SPDX-License-Identifier: GPL-2.0
//
// The layer owns objects, registration, the commit tail and vblanks. Helpers of DRM that only read or
// fill in a state may be called by any file.

@call@
identifier f =~ "^(__)?drmm_(crtc|universal_plane|plain_encoder|encoder|connector|writeback_connector|mode_config)|^devm_drm_dev_alloc$|^drm_dev_(register|unregister|unplug)|^drm_(crtc|plane|encoder|connector)_(init|helper_add|cleanup|dynamic_init|attach_encoder)|^drm_universal_plane_init|^drm_mode_config_(init|reset|cleanup)|^drm_vblank_init|^drm_crtc_(vblank|arm|send|handle)|^drm_atomic_helper_(commit|wait|setup|swap|prepare|cleanup|unprepare|shutdown|fake)|^__drm_atomic_helper";
position p;
@@

f@p(...)

@table@
identifier i;
position p;
@@

(
struct drm_crtc_funcs i@p = ...;
|
struct drm_plane_funcs i@p = ...;
|
struct drm_connector_funcs i@p = ...;
|
struct drm_encoder_funcs i@p = ...;
|
struct drm_crtc_helper_funcs i@p = ...;
|
struct drm_plane_helper_funcs i@p = ...;
|
struct drm_connector_helper_funcs i@p = ...;
|
struct drm_encoder_helper_funcs i@p = ...;
|
struct drm_mode_config_funcs i@p = ...;
|
struct drm_mode_config_helper_funcs i@p = ...;
)

@script:python@
p << call.p;
f << call.f;
@@

coccilib.report.print_report(p[0], f"{f}() is the KMS layer's to call")

@script:python@
p << table.p;
i << table.i;
@@

coccilib.report.print_report(p[0], f"{i} is a table that a class of the KMS layer makes")
