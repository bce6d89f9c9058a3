# SPDX-License-Identifier: GPL-2.0
#
# The front door. A target is a tool of tools/, run as it is; what a tool's exit status says (0
# passed, 1 failed, 2 could not run), make turns into its own 2 for both failures.

# Python's bytecode goes where everything else that is made goes.
export PYTHONPYCACHEPREFIX := $(CURDIR)/build/pycache

.PHONY: help kunit kunit-all core-test fuzz demo coverage mcdc test lint nocompile rig-test bench \
	bench-loop gate review igt igt-smoke igt-compare igt-userland race stress kernel-source clean

help: # this list
	@sed -nE 's/^([a-z-]+):.* # (.*)/\1|\2/p' $(firstword $(MAKEFILE_LIST)) | \
		while IFS='|' read -r target text; do printf '%-14s %s\n' "$$target" "$$text"; done

kunit: # KUnit suites under UML; SUITE='rvkms_blend*' picks, KERNEL_SRC=DIR, UML=sanitize
	@tools/kunit --config '$(or $(UML),fast)' --suite '$(SUITE)'

kunit-all: # the same with the exhaustive tests that take seconds
	@tools/kunit-all --config '$(or $(UML),fast)' --suite '$(SUITE)'

core-test: # the suites of core/ as programs: under ASan and UBSan, and on a big-endian CPU
	@tools/core-test

fuzz: # libFuzzer over core/, with ASan and UBSan; FUZZ_SECONDS=60
	@tools/fuzz --seconds '$(or $(FUZZ_SECONDS),60)'

demo: # a picture: boot the driver, show a scene, capture what is scanned out
	@tools/demo

coverage: # lines and branches suites and demo reach, by gcc; SUITE= picks, SLOW=1, DEMO=0, IGT=1
	@tools/coverage --suite '$(SUITE)' $(if $(SLOW),--slow) $(if $(filter 0,$(DEMO)),--no-demo) \
		$(if $(IGT),--merge build/reports/igt-coverage/profile.json)

mcdc: # the same by clang-19, with MC/DC: each condition shown to decide alone
	@tools/mcdc --suite '$(SUITE)' $(if $(SLOW),--slow) $(if $(filter 0,$(DEMO)),--no-demo)

igt: # IGT on the driver; IGT='kms_flip@*' SHARD=2/4 pick, DRIVER= UML= TIME=real LOAD=4 SLOW=20ms
	@tools/igt --igt '$(IGT)' --shard '$(SHARD)' --driver '$(or $(DRIVER),rvkms)' \
		--config '$(UML)' --time '$(TIME)' --slow '$(SLOW)' --load '$(LOAD)'

igt-smoke: # the quick part of it, a few minutes
	@tools/igt-smoke

igt-compare: # IGT on rvkms and on the in-tree vkms, side by side; IGT= and SHARD= as above
	@tools/igt-compare --igt '$(IGT)' --shard '$(SHARD)'

race: # CRCs are of what is shown, in real time; RACE='D 1920' RACE_FLIPS= LOAD= DRIVER= TIME= SLOW=
	@tools/race --driver '$(or $(DRIVER),rvkms)' --time '$(TIME)' --slow '$(SLOW)' \
		--load '$(LOAD)' --race '$(RACE)' $(if $(RACE_FLIPS),--flips '$(RACE_FLIPS)')

stress: # all at once on two CPUs, under KASAN, lockdep, kmemleak; STRESS_SECONDS=60, STRESS_SEED=1
	@tools/stress --seconds '$(or $(STRESS_SECONDS),60)' $(if $(STRESS_SEED),--seed '$(STRESS_SEED)')

bench: # CPU time a frame, beside the in-tree vkms; SCENE='xr24*' picks, QUICK=1 for a first look
	@tools/bench --scene '$(SCENE)' $(if $(QUICK),--quick)

test: # kunit-all, core-test, demo, igt-smoke, coverage, mcdc, nocompile, rig-test, lint
	@tools/test

lint: # static checks: checkpatch, sparse, W=1, kernel-doc, rings, scripts; CHECK=name picks
	@tools/lint $(CHECK)

nocompile: # wrong use of the KMS layer that must not compile, by gcc and clang-19; FIXTURE=name picks
	@tools/nocompile $(FIXTURE)

gate: # is the change tested? the working tree against BASE=rev, or HEAD
	@tools/gate --base '$(or $(BASE),HEAD)'

review: # a verdict a patch: MBOX=series.mbox, PATCH=file or REV=a..b; BASE=rev to apply to
	@tools/review --mbox '$(MBOX)' --patch '$(PATCH)' --revisions '$(REV)' --base '$(BASE)'

rig-test: # tests of the tools themselves; TEST=name picks
	@tools/rig-test $(TEST)

bench-loop: # how long an edit takes to become a result, beside the in-tree vkms
	@tools/bench-loop

igt-userland: # bring IGT and the Debian it runs in to the cache
	@tools/igt-userland

kernel-source: # bring the kernel's source to the cache
	@tools/kernel-source

clean: # remove build/; the cache stays
	@rm -rf build
