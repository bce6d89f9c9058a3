# SPDX-License-Identifier: GPL-2.0
#
# Each target runs a command of tools/rvkms. Its exit status is 0 (passed), 1 (failed) or 2 (could
# not run); make's own status is 2 for both failures.

# Keep Python's bytecode in build/, as all other generated files.
export PYTHONPYCACHEPREFIX := $(CURDIR)/build/pycache

.PHONY: help kunit kunit-all core-test fuzz demo coverage mcdc test lint nocompile rig-test bench \
	bench-loop gate review igt igt-smoke igt-compare igt-userland race stress kernel-source \
	deb deb-test boot debian-root doctor patches clean

help: # print this list
	@sed -nE 's/^([a-z-]+):.* # (.*)/\1|\2/p' $(firstword $(MAKEFILE_LIST)) | \
		while IFS='|' read -r target text; do printf '%-14s %s\n' "$$target" "$$text"; done

kunit: # run the KUnit suites under UML; SUITE='rvkms_blend*' selects, KERNEL_SRC=DIR, UML=sanitize
	@tools/rvkms kunit --config '$(or $(UML),fast)' --suite '$(SUITE)'

kunit-all: # run the KUnit suites with their slow, exhaustive tests
	@tools/rvkms kunit-all --config '$(or $(UML),fast)' --suite '$(SUITE)'

core-test: # run the suites of core/ in user space: with ASan and UBSan, and on a big-endian CPU
	@tools/rvkms core-test

fuzz: # run libFuzzer on core/ with ASan and UBSan; FUZZ_SECONDS=60
	@tools/rvkms fuzz --seconds '$(or $(FUZZ_SECONDS),60)'

demo: # boot the driver, show a scene, save the displayed frames as PNG
	@tools/rvkms demo

coverage: # measure coverage of suites and demo with gcc; SUITE= selects, SLOW=1, DEMO=0, IGT=1
	@tools/rvkms coverage --suite '$(SUITE)' $(if $(SLOW),--slow) $(if $(filter 0,$(DEMO)),--no-demo) \
		$(if $(IGT),--merge build/reports/igt-coverage/profile.json)

mcdc: # measure coverage and MC/DC of suites and demo with clang-19
	@tools/rvkms mcdc --suite '$(SUITE)' $(if $(SLOW),--slow) $(if $(filter 0,$(DEMO)),--no-demo)

igt: # run IGT; IGT='kms_flip@*' and SHARD=2/4 select, DRIVER= UML= TIME=real LOAD=4 SLOW=20ms
	@tools/rvkms igt --igt '$(IGT)' --shard '$(SHARD)' --driver '$(or $(DRIVER),rvkms)' \
		--config '$(UML)' --time '$(TIME)' --slow '$(SLOW)' --load '$(LOAD)'

igt-smoke: # run the smoke subset of IGT, a few minutes
	@tools/rvkms igt-smoke

igt-compare: # compare IGT on rvkms and on the in-tree vkms; IGT= and SHARD= as above
	@tools/rvkms igt-compare --igt '$(IGT)' --shard '$(SHARD)'

race: # check that CRCs match the shown frames, in real time; RACE='D 1920' RACE_FLIPS= LOAD= DRIVER= TIME= SLOW=
	@tools/rvkms race --driver '$(or $(DRIVER),rvkms)' --time '$(TIME)' --slow '$(SLOW)' \
		--load '$(LOAD)' --race '$(RACE)' $(if $(RACE_FLIPS),--flips '$(RACE_FLIPS)')

stress: # run a stress test with KASAN, lockdep, kmemleak; STRESS_SECONDS=60, STRESS_SEED=1
	@tools/rvkms stress --seconds '$(or $(STRESS_SECONDS),60)' $(if $(STRESS_SEED),--seed '$(STRESS_SEED)')

bench: # measure CPU time per frame, also of the in-tree vkms; SCENE='xr24*' selects, QUICK=1
	@tools/rvkms bench --scene '$(SCENE)' $(if $(QUICK),--quick)

test: # run kunit-all, core-test, demo, igt-smoke, coverage, mcdc, nocompile, deb-test, boot, rig-test, lint
	@tools/rvkms test

lint: # run static checks: checkpatch, sparse, W=1, kernel-doc, rings, scripts; CHECK=name selects
	@tools/rvkms lint $(CHECK)

nocompile: # check that wrong use of the KMS layer does not compile; FIXTURE=name selects
	@tools/rvkms nocompile $(FIXTURE)

gate: # judge whether the working tree is tested, against BASE=rev or HEAD
	@tools/rvkms gate --base '$(or $(BASE),HEAD)'

review: # judge each patch of MBOX=series.mbox, PATCH=file or REV=a..b; BASE=rev to apply to
	@tools/rvkms review --mbox '$(MBOX)' --patch '$(PATCH)' --revisions '$(REV)' --base '$(BASE)'

rig-test: # test the tools themselves; TEST=name selects
	@tools/rvkms rig-test $(TEST)

bench-loop: # measure the time from an edit to test results, also of the in-tree vkms
	@tools/rvkms bench-loop

igt-userland: # make IGT's Debian userland in the cache
	@tools/rvkms igt-userland

kernel-source: # download the kernel's source to the cache
	@tools/rvkms kernel-source

deb: # build the Debian package in build/deb/
	@tools/rvkms deb

deb-test: # install the package on Debian 13, and build the module for Linux 7.3, 7.2 and 6.12
	@tools/rvkms deb-test

boot: # boot the packaged module on a kernel of Debian in QEMU; KERNEL=7.3|7.2|6.12, PART=stress|all
	@tools/rvkms boot --kernel '$(KERNEL)' --part '$(or $(PART),smoke)'

debian-root: # make the Debian root with these kernels in the cache
	@tools/rvkms debian-root

doctor: # tell what this machine lacks to use rvkms
	@tools/rvkms doctor

patches: # make the patches for older kernels anew, after a change of the driver
	@packaging/refresh-patches

clean: # remove build/, but not the cache
	@rm -rf build
