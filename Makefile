# SPDX-License-Identifier: GPL-2.0-only
# The one place to start everything from. `make help` lists the targets.

KERNEL ?= 6.12
KERNELS ?= 6.12 7.2
HOURS ?= 8
BUILD ?= $(CURDIR)/build
PREFIX ?= /usr
SBINDIR ?= $(PREFIX)/sbin
MANDIR ?= $(PREFIX)/share/man
SRCDIR ?= $(PREFIX)/src
CACHE := $(or $(APMATRIX_CACHE),$(or $(XDG_CACHE_HOME),$(HOME)/.cache)/apmatrix)
export BUILD

Q := $(if $(filter 1,$(V)),,@)
# A machine that can be the lab gets what it lacks; any other is left as it is, and told.
LAB := $(shell [ "$$(uname -m)" = x86_64 ] && command -v apt-get)
# An IBM Z host builds for itself: module/Makefile takes KDIR, or the running kernel's.
NATIVE := $(or $(KDIR),$(shell [ "$$(uname -m)" = s390x ] && echo yes))
MAKEFLAGS += $(if $(filter 1,$(V)),,--no-print-directory)

help:	## list the targets
	@echo "Targets (V=1 shows the commands):"
	@sed -n 's/^\([a-z][a-z-]*\):.*## /  \1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20
	@echo "Variables:"
	@echo "  KERNEL=6.12       the lab's kernel for module and demo"
	@echo "  KERNELS=\"6.12 7.2\"  the kernels of check"
	@echo "  KDIR=DIR          build the module against this kernel's build tree instead;"
	@echo "                    on s390x that of the running kernel is the default"
	@echo "  DESTDIR PREFIX    where install puts things"
	@echo "  APMATRIX_CACHE    what was fetched and built ($(CACHE))"
	@echo "  APMATRIX_MIRROR   a Debian mirror; else the one of the machine's apt"

all: module cli	## build module and tool

# the module's own part of the build, natively or for a kernel of the lab
module: $(if $(NATIVE),,host)	## build vfio_ap.ko (for KERNEL=..., or natively on s390x)
ifneq ($(NATIVE),)
	$(Q)$(MAKE) -C module OUT=$(BUILD)/module
else
	$(Q)lab/kbuild $(KERNEL) module $(BUILD)/$(KERNEL)/module
	$(Q)find $(BUILD)/$(KERNEL)/module -name '*.ko'
endif

cli: $(if $(LAB),host)	## build apmatrix for this machine
	$(Q)$(MAKE) -C cli BUILD=$(BUILD)/host/cli

lab: host	## fetch and make all that the lab keeps in its cache
	$(Q)lab/prepare

demo: host	## boot the virtual host and tell the main job as a story
	$(Q)KERNEL=$(KERNEL) lab/demo

check: host	## run all tests on all kernels of the lab
	$(Q)KERNELS="$(KERNELS)" tests/check

check-quick: host	## run what is worth running after each change: one kernel, minutes
	$(Q)KERNELS="$(KERNEL)" tests/check --quick

check-debug: host	## run scenarios and property test on kernels with lockdep, KASAN, KCSAN ...
	$(Q)KERNELS="$(KERNEL)" tests/check --debug

check-night: host	## run everything on four kernels, then random seeds (HOURS=8)
	$(Q)tests/night --hours $(HOURS)

unit: host	## run the unit tests on this machine
	$(Q)$(MAKE) -f tests/unit/Makefile

fuzz: host	## try the parsers with libFuzzer (needs clang; SECONDS=30 for each)
	$(Q)$(MAKE) -f tests/fuzz/Makefile

model: host	## prove the pure core with CBMC, and the design of the module with Spin
	$(Q)tests/model/run

coverage: host	## which lines and branches of module/ and of cli/core do tests run?
	$(Q)tests/coverage/run

mutants: host	## put small faults into the sources: do the tests notice them?
	$(Q)KERNEL=$(KERNEL) tests/mutants/run

bench-cli: host	## measure the tool on the biggest host there can be (SLOW=N: time limits times N)
	$(Q)tests/perf/run

bench: host	## measure the module's operations against mainline's (KERNEL=6.12)
	$(Q)KERNEL=$(KERNEL) tests/perf/module/run

# On an IBM Z host, as root, after installing. The VMM is the lab's, built with the host's compiler,
# whose warnings are no reason not to check the machine.
MACHINE_CC := $(if $(filter default,$(origin CC)),gcc,$(CC))
check-machine:	## check module and tool on this IBM Z host: QUEUES="05.0004 ..." must be free
	$(Q)$(MACHINE_CC) --version >/dev/null 2>&1 || { \
		echo "check-machine: no compiler: $(MACHINE_CC) does not run" >&2; exit 1; }
	$(Q)$(MAKE) -C lab/vmm CC="$(MACHINE_CC)" OUT=$(BUILD)/machine \
		LDFLAGS=-Wl,--s390-pgste WERROR=
	$(Q)tests/machine/check --apvmm $(BUILD)/machine/apvmm $(QUEUES)

style: host	## check the style of the sources with the tools that are here
	$(Q)tests/self/style

pictures: host	## make the pictures of the README from the tool's output
	$(Q)$(MAKE) -s -f tests/host/Makefile
	$(Q)docs/pictures $(BUILD)/host/model/apmatrix-model

# name and version as dkms knows them
MODULE := $(shell sed -n 's/^PACKAGE_NAME="\(.*\)"/\1/p' dkms.conf)
VERSION := $(shell sed -n 's/^.define VAP_VERSION "\(.*\)"/\1/p' module/version.h)
PAGES := $(wildcard man/*.[1-8])

install: install-tool install-source	## install tool, manual pages and the module's sources for DKMS

install-tool: cli	## install tool, manual pages, systemd units
	$(Q)$(MAKE) -C cli BUILD=$(BUILD)/host/cli DESTDIR=$(DESTDIR) PREFIX=$(PREFIX) install
	$(Q)for page in $(PAGES); do \
		install -D -m 644 $$page \
			$(DESTDIR)$(MANDIR)/man$${page##*.}/$${page##*/} || exit; \
	done

install-source:	## install the module's sources for DKMS
	$(Q)dir=$(DESTDIR)$(SRCDIR)/$(MODULE)-$(VERSION) && \
	install -D -m 644 -t $$dir dkms.conf LICENSE && \
	mkdir -p $$dir && tar -c --owner=root --group=root --mode=go-w --exclude='*.o' \
		--exclude='*.ko' --exclude='*.mod' --exclude='*.mod.c' --exclude='.*' \
		--exclude='out-*' --exclude=Module.symvers --exclude=modules.order module | \
		tar -x -C $$dir

dkms-install: install-source	## install the sources, build the module with DKMS and install it
	$(Q)dkms install $(MODULE)/$(VERSION)

uninstall:	## remove what install and dkms-install put on this machine, of this version
	$(Q)$(MAKE) -C cli DESTDIR=$(DESTDIR) PREFIX=$(PREFIX) uninstall
	$(Q)rm -f $(foreach page,$(PAGES),$(DESTDIR)$(MANDIR)/man$(subst .,,$(suffix $(page)))/$(notdir $(page)))
	$(Q)if [ -z "$(DESTDIR)" ] && command -v dkms >/dev/null && \
		[ -n "$$(dkms status $(MODULE)/$(VERSION))" ]; then \
		dkms remove $(MODULE)/$(VERSION) --all || exit; \
	fi
	$(Q)rm -rf $(DESTDIR)$(SRCDIR)/$(MODULE)-$(VERSION)

deb:	## build the Debian packages, in build/packages/deb
	$(Q)packaging/build deb $(BUILD)/packages/deb

rpm:	## build the RPM packages, in build/packages/rpm
	$(Q)packaging/build rpm $(BUILD)/packages/rpm

version:	## print the version
	@sed -n 's/^.define VAP_VERSION "\(.*\)"/\1/p' module/version.h

check-deps:	## say which packages this machine lacks, without installing them
	$(Q)$(if $(LAB),lab/prepare --missing,$(MAKE) -C cli check-deps)

host:
	$(Q)command -v python3 >/dev/null || lab/image/python
	$(Q)lab/prepare host

clean:	## remove what was built here
	$(Q)rm -rf $(BUILD)

distclean-cache: clean	## remove also the cache: what was fetched and made for the lab
	$(Q)rm -rf --one-file-system "$(CACHE)"

.PHONY: help all module cli lab demo check check-quick check-debug check-night unit fuzz model \
	coverage mutants bench bench-cli check-machine style pictures install install-tool install-source \
	dkms-install uninstall deb rpm version check-deps host clean distclean-cache
