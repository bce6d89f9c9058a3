// SPDX-License-Identifier: GPL-2.0

static int check(struct toy_plane *plane, struct toy_plane_state *new,
		 const struct toy_plane_state *old, struct tkms_composer *composer)
{
	struct drm_plane_state *other;
	struct drm_crtc *crtc;
	int i;

	CLASS(tkms_crtc_borrow, state)(tkms_as_mutator(composer), to_tkms_crtc(new->base.drm.crtc));
	if (IS_ERR(state))
		return PTR_ERR(state);

	other = drm_atomic_get_new_plane_state(commit, plane); /* found */
	if (IS_ERR(drm_atomic_get_crtc_state(commit, crtc))) /* found */
		return -EINVAL;

	for_each_new_crtc_in_state(commit, crtc, crtc_state, i) /* found */
		count++;

	tkms_for_each_crtc(tkms_as_mutator(composer), each)
		count++;

	return drm_atomic_add_affected_planes(commit, crtc); /* found */
}
