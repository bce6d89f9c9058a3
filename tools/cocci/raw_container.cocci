// SPDX-License-Identifier: GPL-2.0
//
// Use try_from() to get from an object or state of any class to one class: it checks the class.

@outer@
expression E;
type T;
identifier member;
position p;
@@

(
container_of@p(E, T, member.drm)
|
container_of_const@p(E, T, member.drm)
)

@object@
struct drm_crtc *crtc;
struct drm_plane *plane;
struct drm_connector *connector;
struct drm_encoder *encoder;
struct drm_crtc_state *crtc_state;
struct drm_plane_state *plane_state;
struct drm_connector_state *connector_state;
struct kms_crtc *kms_crtc;
struct kms_plane *kms_plane;
struct kms_connector *kms_connector;
struct kms_encoder *kms_encoder;
struct kms_crtc_state *kms_crtc_state;
struct kms_plane_state *kms_plane_state;
struct kms_connector_state *kms_connector_state;
type T;
identifier member;
position p;
@@

container_of@p(\(crtc\|plane\|connector\|encoder\|crtc_state\|plane_state\|connector_state\|kms_crtc\|kms_plane\|kms_connector\|kms_encoder\|kms_crtc_state\|kms_plane_state\|kms_connector_state\), T, member)

@script:python@
p << outer.p;
@@

coccilib.report.print_report(p[0], "container_of() does not look whether the class is right")

@script:python@
p << object.p;
@@

coccilib.report.print_report(p[0], "container_of() does not look whether the class is right")
