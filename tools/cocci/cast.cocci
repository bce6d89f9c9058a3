// SPDX-License-Identifier: GPL-2.0
//
// A cast makes a handle that the layer did not pass. A sound cast needs a comment above that begins
// with SAFETY and gives the reason. The runner checks this, since Coccinelle does not see comments.

@cast@
expression E;
position p;
@@

(
 (struct tkms_setup *)E@p
|
 (struct tkms_initial *)E@p
|
 (struct tkms_composer *)E@p
|
 (struct tkms_mutator *)E@p
|
 (struct tkms_committed *)E@p
|
 (const struct tkms_committed *)E@p
|
 (struct tkms_modesets_ready *)E@p
|
 (struct tkms_disables_done *)E@p
|
 (struct tkms_enables_done *)E@p
|
 (struct tkms_planes_ready *)E@p
|
 (struct tkms_planes_done *)E@p
|
 (struct tkms_vblank_crtc *)E@p
)

@script:python@
p << cast.p;
@@

coccilib.report.print_report(p[0], "a cast makes a handle; give the reason in a SAFETY comment above")
