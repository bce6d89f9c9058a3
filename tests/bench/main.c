// SPDX-License-Identifier: GPL-2.0
/*
 * The benchmark's client: shows scenes on virtual KMS drivers and waits for their frames. A program
 * outside of the kernel sends orders and measures the cost meanwhile.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "copy.h"
#include "order.h"
#include "scene.h"
#include "show.h"

#define MAX_ORDER	128

static void answer(const char *word, const char *what, int err)
{
	/* A plane, format or property is missing here, not a file. */
	const char *why = err == -ENOENT ? "not there" : strerror(-err);

	printf("bench %s %s: %s\n", word, what, why);
}

/* Drivers reject unsupported scenes with one of these errors. Any other error is a fault. */
static bool is_refusal(int err)
{
	return err == -ENOENT || err == -EINVAL || err == -ERANGE || err == -EOPNOTSUPP;
}

static void show_scene(struct show *show, const char *driver, const char *name)
{
	const struct scene *scene = scene_find(name);
	int ret;

	if (!scene) {
		answer("failed", name, -ENOENT);
		return;
	}
	ret = show_begin(show, driver, scene);
	if (!ret) {
		puts("bench ok");
		return;
	}
	answer(is_refusal(ret) ? "unsupported" : "failed", show->step, ret);
	show_end(show);
}

static void wait_for_frames(struct show *show, int count)
{
	int ret = show->scene ? show_frames(show, count) : -ENODEV;

	if (ret)
		answer("failed", show->step ?: "frames", ret);
	else
		printf("bench ok %08x\n", show->last.crc);
}

static void say(const char *what, int ret)
{
	if (ret)
		answer("failed", what, ret);
	else
		puts("bench ok");
}

static void obey(struct show *show, const char *order)
{
	char driver[MAX_ORDER];
	char scene[MAX_ORDER];
	int count;

	if (sscanf(order, "show %s %s", driver, scene) == 2)
		show_scene(show, driver, scene);
	else if (sscanf(order, "frames %d", &count) == 1)
		wait_for_frames(show, count);
	else if (sscanf(order, "copy %d", &count) == 1)
		say("copy", copy_frames(count));
	else if (!strcmp(order, "hide"))
		say("hide", show_end(show));
	else
		answer("failed", order, -EINVAL);
}

int main(int argc, char **argv)
{
	struct show show = {};
	char order[MAX_ORDER];
	int number = 0;

	if (argc != 2) {
		fprintf(stderr, "usage: %s <directory>\n", argv[0]);
		return 2;
	}

	setlinebuf(stdout);
	puts("bench ok");
	for (;;) {
		int ret = order_wait(argv[1], number++, order, sizeof(order));

		if (ret) {
			answer("failed", "order", ret);
			return EXIT_FAILURE;
		}
		if (!strcmp(order, "end"))
			break;
		obey(&show, order);
	}
	show_end(&show);

	return EXIT_SUCCESS;
}
