// SPDX-License-Identifier: GPL-2.0
//
// A driver borrows states from the layer, and makes commits with it.

@call@
identifier f =~ "^(__)?drm_atomic_(get|add|set|commit|check_only|nonblocking|private)";
position p;
@@

f@p(...)

@loop@
iterator name for_each_oldnew_crtc_in_state, for_each_old_crtc_in_state;
iterator name for_each_new_crtc_in_state, for_each_oldnew_plane_in_state;
iterator name for_each_old_plane_in_state, for_each_new_plane_in_state;
iterator name for_each_oldnew_connector_in_state, for_each_old_connector_in_state;
iterator name for_each_new_connector_in_state;
statement S;
position p;
@@

(
for_each_oldnew_crtc_in_state@p(...) S
|
for_each_old_crtc_in_state@p(...) S
|
for_each_new_crtc_in_state@p(...) S
|
for_each_oldnew_plane_in_state@p(...) S
|
for_each_old_plane_in_state@p(...) S
|
for_each_new_plane_in_state@p(...) S
|
for_each_oldnew_connector_in_state@p(...) S
|
for_each_old_connector_in_state@p(...) S
|
for_each_new_connector_in_state@p(...) S
)

@script:python@
p << call.p;
f << call.f;
@@

coccilib.report.print_report(p[0], f"{f}() goes past the KMS layer")

@script:python@
p << loop.p;
@@

coccilib.report.print_report(p[0], "a loop over states goes past the KMS layer")
