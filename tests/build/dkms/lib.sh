# SPDX-License-Identifier: GPL-2.0-only
# shellcheck disable=SC2034
# Words for what runs in the s390x Debian root: each test ends with one line, "ok NAME" or
# "not ok NAME: WHY", and what dkms said before it when it is not.

source=/lab/source
name=$(sed -n 's/^PACKAGE_NAME="\(.*\)"/\1/p' $source/dkms.conf)
version=$(sed -n 's/^PACKAGE_VERSION="\(.*\)"/\1/p' $source/dkms.conf)
said=/tmp/said
: >$said

begin() {
	test=$1 why=
	: >$said
}

wrong() { why="$why${why:+; }$*"; }

expect() { # WHAT WANTED GOT
	[ "$2" = "$3" ] || wrong "$1: wanted \"$2\", got \"$3\""
}

end() {
	if [ -z "$why" ]; then
		echo "ok $test"
	else
		echo "not ok $test: $why"
		sed 's/^/#   /' $said
	fi
}

# says COMMAND...: must end with 0
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
