# SPDX-License-Identifier: GPL-2.0-only
#
# A static s390x program for the lab, over the VMM library and the pure core. Whoever includes
# this sets TOP, OUT, PROGRAM and SRC (files of its own), and PROPERTY (files of the property
# test that it uses, if any).

CC := $(TOP)/lab/cc-s390x
CFLAGS ?= -O2 -g
CFLAGS += -std=gnu11 -Wall -Wextra -Wmissing-prototypes -Wstrict-prototypes -Werror
CPPFLAGS += -D_GNU_SOURCE -I. $(if $(PROPERTY),-I$(TOP)/tests/property) \
	-I$(TOP)/module -I$(TOP)/lab/vmm -I$(TOP)/lab/sim
# KVM needs page tables with space for the guest's storage keys.
LDFLAGS += -static -Wl,--s390-pgste

include $(TOP)/lab/vmm/library.mk
APM := $(basename $(notdir $(wildcard $(TOP)/module/apm/*.c)))
OBJS := $(SRC:%=$(OUT)/%.o) $(VMM_LIBRARY:%=$(OUT)/vmm-%.o) $(PROPERTY:%=$(OUT)/property-%.o) \
	$(APM:%=$(OUT)/apm-%.o)
COMPILE = $(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

all: $(OUT)/$(PROGRAM)

$(OUT)/$(PROGRAM): $(OBJS)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^

$(OUT)/vmm-%.o: $(TOP)/lab/vmm/%.c | $(OUT)
	$(COMPILE)

$(OUT)/property-%.o: $(TOP)/tests/property/%.c | $(OUT)
	$(COMPILE)

$(OUT)/apm-%.o: $(TOP)/module/apm/%.c | $(OUT)
	$(COMPILE)

$(OUT)/%.o: %.c | $(OUT)
	$(COMPILE)

$(OUT):
	mkdir -p $@

clean:
	rm -rf $(OUT)

.PHONY: all clean
-include $(OBJS:.o=.d)
