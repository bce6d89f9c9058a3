// SPDX-License-Identifier: GPL-2.0
//
// A cast makes a handle that the layer did not pass. A sound cast needs a comment above that begins
// with SAFETY and gives the reason. The runner checks this, since Coccinelle does not see comments.

@cast@
expression E;
position p;
@@

(
 (struct kms_setup *)E@p
|
 (struct kms_initial *)E@p
|
 (struct kms_composer *)E@p
|
 (struct kms_mutator *)E@p
|
 (struct kms_committed *)E@p
|
 (const struct kms_committed *)E@p
|
 (struct kms_modesets_ready *)E@p
|
 (struct kms_disables_done *)E@p
|
 (struct kms_enables_done *)E@p
|
 (struct kms_planes_ready *)E@p
|
 (struct kms_planes_done *)E@p
|
 (struct kms_vblank_crtc *)E@p
)

@script:python@
p << cast.p;
@@

coccilib.report.print_report(p[0], "a handle is made by a cast; say why in a SAFETY comment above")
