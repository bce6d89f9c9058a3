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
struct tkms_crtc *tkms_crtc;
struct tkms_plane *tkms_plane;
struct tkms_connector *tkms_connector;
struct tkms_encoder *tkms_encoder;
struct tkms_crtc_state *tkms_crtc_state;
struct tkms_plane_state *tkms_plane_state;
struct tkms_connector_state *tkms_connector_state;
type T;
identifier member;
position p;
@@

container_of@p(\(crtc\|plane\|connector\|encoder\|crtc_state\|plane_state\|connector_state\|tkms_crtc\|tkms_plane\|tkms_connector\|tkms_encoder\|tkms_crtc_state\|tkms_plane_state\|tkms_connector_state\), T, member)

@script:python@
p << outer.p;
@@

coccilib.report.print_report(p[0], "container_of() does not check the class")

@script:python@
p << object.p;
@@

coccilib.report.print_report(p[0], "container_of() does not check the class")
