/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_TESTS_FORMAT_IMAGES_H
#define RVKMS_TESTS_FORMAT_IMAGES_H

#include <kunit/test.h>
#include <linux/limits.h>
#include <linux/prandom.h>
#include <linux/string.h>
#include <linux/types.h>

#include "format_reference.h"

/*
 * An image of random bytes, in the smallest memory that DRM allows for a framebuffer. Each plane
 * has a buffer of its own, so that KASAN reports reads beyond it.
 */
static inline struct rvkms_image random_image(struct kunit *test,
					      const struct reference_format *format, u32 width,
					      u32 height, struct rnd_state *random)
{
	struct rvkms_image image = {
		.format = rvkms_format_find(format->fourcc),
		.width = width,
		.height = height,
	};

	for (u32 i = 0; i < format->num_planes; i++) {
		const u32 rows = reference_plane_height(format, i, height);
		const size_t row = reference_min_pitch(format, i, width);
		const u32 padding = prandom_u32_state(random) % 4;
		const size_t size = (rows - 1) * (row + padding) + row;
		u8 *data = kunit_kmalloc(test, size, GFP_KERNEL);

		KUNIT_ASSERT_NOT_NULL(test, data);
		prandom_bytes_state(random, data, size);
		image.planes[i].data = data;
		image.planes[i].pitch = row + padding;
	}

	return image;
}

static inline void free_image(struct kunit *test, const struct rvkms_image *image)
{
	for (u32 i = 0; i < RVKMS_MAX_PLANES; i++)
		kunit_kfree(test, image->planes[i].data);
}

static inline const void *reference_next(const struct reference_format *prev,
					 bool (*is_wanted)(const struct reference_format *format),
					 char *desc)
{
	const struct reference_format *end = reference_formats + reference_num_formats;

	for (prev = prev ? prev + 1 : reference_formats; prev < end; prev++) {
		if (!is_wanted(prev))
			continue;
		strscpy(desc, prev->name, KUNIT_PARAM_DESC_SIZE);
		return prev;
	}

	return NULL;
}

/* Each selected format is a parameter. */
#define REFERENCE_PARAMS(name, is_wanted)							\
static const void *name##_gen_params(struct kunit *test, const void *prev, char *desc)		\
{												\
	return reference_next(prev, is_wanted, desc);						\
}

static inline bool reference_any(const struct reference_format *format)
{
	return true;
}

#endif /* RVKMS_TESTS_FORMAT_IMAGES_H */
