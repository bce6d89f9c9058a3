// SPDX-License-Identifier: GPL-2.0

static void convert(struct drm_crtc *crtc, struct tkms_plane *plane, struct work_struct *work)
{
	struct toy_crtc *one = container_of(crtc, struct toy_crtc, base); /* found */
	struct toy_crtc *two = container_of(source(), struct toy_crtc, base.drm); /* found */
	struct toy_plane *three = container_of(plane, struct toy_plane, base); /* found */
	struct toy_plane *four = toy_plane_try_from(plane);
	struct toy_work *five = container_of(work, struct toy_work, work);
}
