# SPDX-License-Identifier: GPL-2.0-only
# shellcheck disable=SC2034
# Functions for what runs in the s390x Debian root.

. /lab/ktap.sh

source=/lab/source
name=$(sed -n 's/^PACKAGE_NAME="\(.*\)"/\1/p' $source/dkms.conf)
version=$(sed -n 's/^PACKAGE_VERSION="\(.*\)"/\1/p' $source/dkms.conf)
said=/tmp/said
: >$said

ktap_said=$said

begin() {
	: >$said
	test_begin "$1"
}

# says COMMAND...: must exit with 0
says() {
	"$@" >>$said 2>&1 || wrong "$*: status $?"
}

# A kernel of a newer Debian is the work of a newer compiler, which its headers ask for.
compiler_for() { # RELEASE
	wanted=$(sed -n 's/^CONFIG_CC_VERSION_TEXT="\([^ ]*\) .*/\1/p' \
		"/lib/modules/$1/build/include/config/auto.conf")
	unset MAKEFLAGS
	command -v "$wanted" >/dev/null ||
		export MAKEFLAGS="CC=gcc CONFIG_STACKPROTECTOR= CONFIG_STACKPROTECTOR_STRONG="
}
