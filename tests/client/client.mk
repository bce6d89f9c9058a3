# SPDX-License-Identifier: GPL-2.0
#
# Common rules for the Makefiles of libdrm clients, which set sources, packages, and the folders of
# sources that they have. A source is the client's own or one of this directory. O= is the build
# directory, the client's own by default.

shared := $(dir $(lastword $(MAKEFILE_LIST)))
VPATH := $(folders) $(shared)

O ?= .
PKG_CONFIG ?= pkg-config
CFLAGS ?= -O2 -g

flags := -std=gnu11 -Wall -Wextra -Werror -D_GNU_SOURCE -MMD -I$(shared)
flags += $(shell $(PKG_CONFIG) --cflags $(packages))
libs := $(shell $(PKG_CONFIG) --libs $(packages)) -lm

objects := $(sources:%.c=$(O)/%.o)

all: $(O)/client $(O)/poweroff

$(O)/client: $(objects)
	$(CC) $(flags) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(libs)

$(O)/poweroff: $(O)/poweroff.o
	$(CC) $(flags) $(CFLAGS) $(LDFLAGS) -o $@ $^

$(O)/%.o: %.c $(MAKEFILE_LIST) | $(O)
	$(CC) $(flags) $(CFLAGS) -c -o $@ $<

$(O):
	mkdir -p $@

clean:
	$(RM) $(objects) $(objects:.o=.d) $(O)/poweroff.[od] $(O)/client $(O)/poweroff

-include $(objects:.o=.d) $(O)/poweroff.d

.PHONY: all clean
