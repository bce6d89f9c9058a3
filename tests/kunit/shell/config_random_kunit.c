// SPDX-License-Identifier: GPL-2.0
/*
 * Random operations on two devices in configfs, against a model that predicts each errno, and which
 * devices exist. A failure is reported with the seed and the number of the operation; a run with
 * the same seed repeats it.
 */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/prandom.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#include "config_fs.h"

#define NUM_DEVICES 2
#define NUM_OBJECTS 3

enum kind { PLANE, CRTC, ENCODER, CONNECTOR, NUM_KINDS };

static const char * const directories[] = { "planes", "crtcs", "encoders", "connectors" };
static const char * const link_directories[] = {
	"possible_crtcs", NULL, "possible_crtcs", "possible_encoders",
};

/* The type of the objects that an object is linked to. */
static const enum kind targets[] = { CRTC, NUM_KINDS, CRTC, ENCODER };

/* @is_enabled, @is_dynamic and @is_live: of connectors; live ones belong to an enabled device. */
struct object {
	bool exists;
	u32 links;
	u32 value;
	bool is_enabled;
	bool is_dynamic;
	bool is_live;
};

/*
 * @writebacks: number of writeback connectors of the enabled device
 * @removed: number of its connectors whose directories were removed
 */
struct device_model {
	bool exists;
	bool is_enabled;
	u32 writebacks;
	u32 removed;
	struct object objects[NUM_KINDS][NUM_OBJECTS];
};

struct model {
	struct kunit *test;
	struct rnd_state random;
	struct device_model devices[NUM_DEVICES];
	u32 enabled;
	u32 refused;
	u32 plugged;
};

static u32 pick(struct model *model, u32 count)
{
	return prandom_u32_state(&model->random) % count;
}

static char name_of(u32 device)
{
	return 'a' + device;
}

static u32 count_objects(const struct device_model *device, enum kind kind)
{
	u32 count = 0;

	for (u32 i = 0; i < NUM_OBJECTS; i++)
		count += device->objects[kind][i].exists;

	return count;
}

static bool is_busy(const struct device_model *device, enum kind kind, u32 index)
{
	return device->is_enabled && (kind != CONNECTOR || device->objects[kind][index].is_live);
}

static bool is_empty(const struct device_model *device)
{
	return !count_objects(device, PLANE) && !count_objects(device, CRTC) &&
	       !count_objects(device, ENCODER) && !count_objects(device, CONNECTOR);
}

static bool is_linked_to(const struct device_model *device, enum kind kind, u32 index)
{
	for (u32 from = 0; from < NUM_KINDS; from++) {
		for (u32 i = 0; i < NUM_OBJECTS; i++) {
			if (targets[from] == kind && device->objects[from][i].links & BIT(index))
				return true;
		}
	}

	return false;
}

/* Types: 0 overlay, 1 primary, 2 cursor. */
static u32 planes_of(const struct device_model *device, u32 type, u32 crtc)
{
	u32 count = 0;

	for (u32 i = 0; i < NUM_OBJECTS; i++) {
		const struct object *plane = &device->objects[PLANE][i];

		count += plane->exists && plane->value == type && plane->links & BIT(crtc);
	}

	return count;
}

static bool has_encoder(const struct device_model *device, u32 crtc)
{
	for (u32 i = 0; i < NUM_OBJECTS; i++) {
		if (device->objects[ENCODER][i].links & BIT(crtc))
			return true;
	}

	return device->objects[CRTC][crtc].value;
}

static bool all_linked(const struct device_model *device, enum kind kind)
{
	for (u32 i = 0; i < NUM_OBJECTS; i++) {
		const struct object *object = &device->objects[kind][i];

		if (object->exists && !object->links && (kind != CONNECTOR || object->is_enabled))
			return false;
	}

	return true;
}

/* A primary or cursor plane is for one CRTC. */
static bool is_own(const struct object *plane)
{
	return !plane->exists || !plane->value || hweight32(plane->links) < 2;
}

static u32 enabled_connectors(const struct device_model *device)
{
	u32 count = 0;

	for (u32 i = 0; i < NUM_OBJECTS; i++)
		count += device->objects[CONNECTOR][i].is_enabled;

	return count;
}

static bool is_valid(const struct device_model *device)
{
	if (!count_objects(device, CRTC) || !count_objects(device, ENCODER) ||
	    !enabled_connectors(device))
		return false;

	for (u32 i = 0; i < NUM_OBJECTS; i++) {
		if (!is_own(&device->objects[PLANE][i]))
			return false;
		if (!device->objects[CRTC][i].exists)
			continue;
		if (planes_of(device, 1, i) != 1 || planes_of(device, 2, i) > 1 ||
		    !has_encoder(device, i))
			return false;
	}

	return all_linked(device, PLANE) && all_linked(device, ENCODER) &&
	       all_linked(device, CONNECTOR);
}

static void expect(struct model *model, int ret, int expected, const char *what)
{
	KUNIT_EXPECT_EQ_MSG(model->test, ret, expected, "%s", what);
}

static void try_make_device(struct model *model, u32 d)
{
	struct device_model *device = &model->devices[d];

	expect(model, config_fs_mkdir("/rvkms/%c", name_of(d)), device->exists ? -EEXIST : 0,
	       "mkdir of a device");
	device->exists = true;
}

static void try_remove_device(struct model *model, u32 d)
{
	struct device_model *device = &model->devices[d];
	const int expected = !device->exists ? -ENOENT : is_empty(device) ? 0 : -ENOTEMPTY;

	expect(model, config_fs_rmdir("/rvkms/%c", name_of(d)), expected, "rmdir of a device");
	if (!expected)
		*device = (struct device_model){};
}

/* Values of a new object: an overlay, no writeback, connected. */
static u32 first_value(enum kind kind)
{
	return kind == CONNECTOR;
}

static void try_make(struct model *model, u32 d, enum kind kind, u32 i)
{
	struct device_model *device = &model->devices[d];
	struct object *object = &device->objects[kind][i];
	int expected = 0;

	if (device->is_enabled && kind != CONNECTOR)
		expected = -EBUSY;
	if (object->exists)
		expected = -EEXIST;
	if (!device->exists)
		expected = -ENOENT;
	expect(model, config_fs_mkdir("/rvkms/%c/%s/%u", name_of(d), directories[kind], i),
	       expected, directories[kind]);
	if (!expected)
		*object = (struct object){
			.exists = true,
			.value = first_value(kind),
			.is_enabled = kind == CONNECTOR && !device->is_enabled,
			.is_dynamic = kind == CONNECTOR && device->is_enabled,
		};
}

static void try_remove(struct model *model, u32 d, enum kind kind, u32 i)
{
	struct device_model *device = &model->devices[d];
	struct object *object = &device->objects[kind][i];
	int expected = 0;

	if (object->links)
		expected = -ENOTEMPTY;
	if (is_linked_to(device, kind, i))
		expected = -EBUSY;
	if (!object->exists)
		expected = -ENOENT;
	expect(model, config_fs_rmdir("/rvkms/%c/%s/%u", name_of(d), directories[kind], i),
	       expected, directories[kind]);
	if (expected)
		return;

	device->removed += object->is_live && !object->is_dynamic;
	*object = (struct object){};
}

/* Mostly links objects that may be linked, of one device. */
static void try_link(struct model *model, u32 d, enum kind kind, u32 i, u32 to)
{
	const enum kind to_kind = pick(model, 8) ? targets[kind] : pick(model, NUM_KINDS);
	const u32 to_device = pick(model, 8) ? d : pick(model, NUM_DEVICES);
	struct device_model *device = &model->devices[d];
	struct object *object = &device->objects[kind][i];
	char target[32];
	int expected = 0;

	if (is_busy(device, kind, i))
		expected = -EBUSY;
	if (to_kind != targets[kind] || to_device != d)
		expected = -EINVAL;
	if (!model->devices[to_device].objects[to_kind][to].exists)
		expected = -ENOENT;
	if (object->links & BIT(to))
		expected = -EEXIST;
	if (!object->exists)
		expected = -ENOENT;

	snprintf(target, sizeof(target), "/rvkms/%c/%s/%u", name_of(to_device),
		 directories[to_kind], to);
	expect(model, config_fs_link(target, "/rvkms/%c/%s/%u/%s/%u", name_of(d),
				     directories[kind], i, link_directories[kind], to),
	       expected, "link");
	if (!expected)
		object->links |= BIT(to);
}

static void try_unlink(struct model *model, u32 d, enum kind kind, u32 i, u32 to)
{
	struct object *object = &model->devices[d].objects[kind][i];
	const int expected = object->links & BIT(to) ? 0 : -ENOENT;

	expect(model, config_fs_unlink("/rvkms/%c/%s/%u/%s/%u", name_of(d), directories[kind], i,
				       link_directories[kind], to), expected, "unlink");
	object->links &= ~BIT(to);
}

static const struct {
	const char *name;
	u32 low, high;
	bool is_live;
} values[] = {
	[PLANE] = { "type", 0, 2 },
	[CRTC] = { "writeback", 0, 1 },
	[CONNECTOR] = { "status", 1, 3, true },
};

static void try_write(struct model *model, u32 d, enum kind kind, u32 i, u32 value)
{
	struct device_model *device = &model->devices[d];
	struct object *object = &device->objects[kind][i];
	char text[4];
	int expected = 0;

	if (kind == ENCODER)
		return;

	if (device->is_enabled && !values[kind].is_live)
		expected = -EBUSY;
	if (value < values[kind].low || value > values[kind].high)
		expected = -EINVAL;
	if (!object->exists)
		expected = -ENOENT;
	snprintf(text, sizeof(text), "%u\n", value);
	expect(model, config_fs_write(text, "/rvkms/%c/%s/%u/%s", name_of(d), directories[kind], i,
				      values[kind].name), expected, values[kind].name);
	if (!expected)
		object->value = value;
}

static void write_bool(struct model *model, u32 d, u32 i, const char *name, bool value,
		       int expected)
{
	expect(model, config_fs_write(value ? "1" : "0", "/rvkms/%c/connectors/%u/%s", name_of(d),
				      i, name), expected, name);
}

static void try_dynamic(struct model *model, u32 d, u32 i, bool value)
{
	struct device_model *device = &model->devices[d];
	struct object *object = &device->objects[CONNECTOR][i];
	int expected = 0;

	if (is_busy(device, CONNECTOR, i))
		expected = -EBUSY;
	if (!object->exists)
		expected = -ENOENT;
	write_bool(model, d, i, "dynamic", value, expected);
	if (!expected)
		object->is_dynamic = value;
}

/* Plugs a connector in, or unplugs it. */
static void try_plug(struct model *model, u32 d, u32 i, bool value)
{
	struct device_model *device = &model->devices[d];
	struct object *object = &device->objects[CONNECTOR][i];
	int expected = 0;

	if (device->is_enabled && value && !object->links)
		expected = -EINVAL;
	if (device->is_enabled && !object->is_dynamic)
		expected = -EBUSY;
	if (object->is_enabled == value)
		expected = 0;
	if (!object->exists)
		expected = -ENOENT;
	write_bool(model, d, i, "enabled", value, expected);
	if (expected)
		return;

	model->plugged += device->is_enabled && value && !object->is_enabled;
	object->is_enabled = value;
	object->is_live = value && device->is_enabled;
}

/* Makes a connector, as a dock does. */
static void try_dock(struct model *model, u32 d, u32 i)
{
	try_make(model, d, CONNECTOR, i);
	try_link(model, d, CONNECTOR, i, 0);
	try_plug(model, d, i, true);
}

/* Makes the objects of a device that was enabled or disabled live, or not. */
static void set_live(struct device_model *device)
{
	device->writebacks = 0;
	device->removed = 0;
	for (u32 i = 0; i < NUM_OBJECTS; i++) {
		struct object *connector = &device->objects[CONNECTOR][i];

		connector->is_live = device->is_enabled && connector->is_enabled;
		device->writebacks += device->objects[CRTC][i].value;
	}
}

static void try_enable(struct model *model, u32 d, bool enabled)
{
	struct device_model *device = &model->devices[d];
	int expected = 0;

	if (enabled && !device->is_enabled && !is_valid(device))
		expected = -EINVAL;
	if (!device->exists)
		expected = -ENOENT;
	expect(model, config_fs_write(enabled ? "1" : "0", "/rvkms/%c/enabled", name_of(d)),
	       expected, "enabled");
	if (!expected && device->is_enabled != enabled) {
		device->is_enabled = enabled;
		set_live(device);
	}
	model->enabled += enabled && !expected;
	model->refused += expected == -EINVAL;
}

static void try_any(struct model *model)
{
	const u32 d = pick(model, NUM_DEVICES), i = pick(model, NUM_OBJECTS);
	const u32 to = pick(model, NUM_OBJECTS);
	const enum kind kind = pick(model, NUM_KINDS);

	switch (pick(model, 32)) {
	case 0:
		return try_remove_device(model, d);
	case 1 ... 3:
		return try_make_device(model, d);
	case 4 ... 7:
		return try_make(model, d, kind, i);
	case 8 ... 9:
		return try_remove(model, d, kind, i);
	case 10 ... 17:
		return kind == CRTC ? (void)0 : try_link(model, d, kind, i, to);
	case 18 ... 20:
		return kind == CRTC ? (void)0 : try_unlink(model, d, kind, i, to);
	case 21:
		return try_dynamic(model, d, i, pick(model, 4));
	case 22 ... 23:
		return try_plug(model, d, i, pick(model, 4));
	case 24:
		return try_dock(model, d, i);
	case 25 ... 26:
		return try_write(model, d, kind, i, pick(model, 5));
	case 27 ... 28:
		return try_enable(model, d, false);
	default:
		return try_enable(model, d, true);
	}
}

/* Removes all links, then all objects. */
static void remove_device(struct model *model, u32 d)
{
	try_enable(model, d, false);
	for (u32 kind = 0; kind < NUM_KINDS; kind++) {
		for (u32 i = 0; kind != CRTC && i < NUM_OBJECTS * NUM_OBJECTS; i++)
			try_unlink(model, d, kind, i / NUM_OBJECTS, i % NUM_OBJECTS);
	}
	for (u32 i = 0; i < NUM_KINDS * NUM_OBJECTS; i++)
		try_remove(model, d, i / NUM_OBJECTS, i % NUM_OBJECTS);
	try_remove_device(model, d);
}

/* Builds a valid device anew, so that runs have many of them. */
static void try_build(struct model *model, u32 d)
{
	remove_device(model, d);
	try_make_device(model, d);
	for (u32 kind = 0; kind < NUM_KINDS; kind++)
		try_make(model, d, kind, 0);
	try_write(model, d, PLANE, 0, 1);
	try_link(model, d, PLANE, 0, 0);
	try_link(model, d, ENCODER, 0, 0);
	try_link(model, d, CONNECTOR, 0, 0);
	try_enable(model, d, true);
}

/* A static connector stays in the enabled device when its directory is removed. */
static u32 live_connectors(const struct device_model *device)
{
	u32 count = device->writebacks + device->removed;

	for (u32 i = 0; i < NUM_OBJECTS; i++)
		count += device->objects[CONNECTOR][i].is_live;

	return count;
}

/* Each device exists on the bus if it is enabled, with the connectors that the model has. */
static void check_devices(struct model *model)
{
	for (u32 d = 0; d < NUM_DEVICES; d++) {
		const char name[] = { name_of(d), 0 };

		KUNIT_EXPECT_EQ(model->test, config_fs_has_platform_device(name),
				model->devices[d].is_enabled);
		if (model->devices[d].is_enabled)
			KUNIT_EXPECT_EQ(model->test, config_fs_count_connectors(name),
					live_connectors(&model->devices[d]));
	}
}

static void run(struct kunit *test, u64 seed, u32 count)
{
	struct model model = { .test = test };

	prandom_seed_state(&model.random, seed);
	for (u32 i = 0; i < count && test->status != KUNIT_FAILURE; i++) {
		if (i % 64)
			try_any(&model);
		else
			try_build(&model, pick(&model, NUM_DEVICES));
		check_devices(&model);
		if (test->status == KUNIT_FAILURE)
			kunit_err(test, "seed %llu, operation %u\n", seed, i);
	}
	for (u32 d = 0; d < NUM_DEVICES; d++)
		remove_device(&model, d);
	KUNIT_EXPECT_GT(test, model.enabled, count / 500);
	KUNIT_EXPECT_GT(test, model.refused, count / 200);
	KUNIT_EXPECT_GT(test, model.plugged, count / 1000);
}

static void rvkms_test_config_random(struct kunit *test)
{
	config_fs_enter(test);
	run(test, 1, 3000);
}

static void rvkms_test_config_random_slow(struct kunit *test)
{
	config_fs_enter(test);
	for (u64 seed = 2; seed < 12; seed++)
		run(test, seed, 10000);
}

static struct kunit_case config_random_tests[] = {
	KUNIT_CASE(rvkms_test_config_random),
	KUNIT_CASE_SLOW(rvkms_test_config_random_slow),
	{}
};

static struct kunit_suite config_random_suite = {
	.name = "rvkms_config_random",
	.test_cases = config_random_tests,
};

kunit_test_suite(config_random_suite);
