#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Find out what this kernel offers, and whether it can be served at all. See facts.tbl.
#
#   probe.sh --kernel DIR --work DIR -- COMPILER FLAGS...
#	writes WORK/vap_facts.h, one line for each fact
#   probe.sh --kernel DIR --check
#	the verdict alone, from the kernel's configuration and symbols
#
# DIR is the kernel's build directory (the one with .config and Module.symvers), COMPILER
# and FLAGS what its modules are compiled with. Nothing else of the kernel is needed, and
# nothing of the machine that builds. Exits with 0, or with 1 after one line that says why
# this kernel cannot be served.

set -u
LC_ALL=C
export LC_ALL

here=$(cd "$(dirname "$0")" && pwd)
table=$here/facts.tbl
kernel= work= check=

refuse()
{
	echo "vfio_ap: ${release:-this kernel} cannot be served: $*" >&2
	[ -n "$work" ] && rm -f "$work/vap_facts.h"
	exit 1
}

trouble()
{
	echo "vfio_ap: probing the kernel failed: $*" >&2
	exit 1
}

while [ $# -gt 0 ]; do
	case $1 in
	--kernel) kernel=$2; shift 2 ;;
	--work) work=$2; shift 2 ;;
	--check) check=1; shift ;;
	--) shift; break ;;
	*) trouble "unknown option $1" ;;
	esac
done
[ -n "$kernel" ] || trouble "no kernel given"
[ -n "$check" ] || [ -n "$work" ] || trouble "no place to work in"

config=$kernel/include/config/auto.conf
symvers=$kernel/Module.symvers
for file in "$config" "$symvers"; do
	[ -r "$file" ] || refuse "$file is missing (are the kernel's headers installed?)"
done
release=$(cat "$kernel/include/config/kernel.release" 2>/dev/null) ||
	refuse "$kernel has no kernel.release"

# The value of a configuration symbol: y, m or nothing.
config()
{
	sed -n "s/^CONFIG_$1=//p" "$config"
}

# Does the kernel, or a module of it, export this symbol?
exported()
{
	grep -q "	$1	" "$symvers"
}

# What the table says that this fact is.
fact_text()
{
	awk -v fact="$1" '/^fact /{ name = $2 } name == fact && sub(/^what /, "")' "$table"
}

# Fields of the table's one-line records: records KIND WHAT, as "NAMES|TEXT".
records()
{
	sed -n "s/^$1 $2 //p" "$table"
}

# --- can it be served? ------------------------------------------------------

# one_of TEST NAME...: does TEST hold for one of the names? That name is in $found.
one_of()
{
	test=$1
	shift
	for found; do
		$test "$found" && return
	done
	return 1
}

configured() { [ -n "$(config "$1")" ]; }

while IFS='|' read -r names text; do
	# shellcheck disable=SC2086 # a list of words
	one_of configured $names || refuse "$text"
done <<EOT
$(records need config)
EOT

while IFS='|' read -r setting text; do
	[ "$(config "${setting%=*}")" != "${setting#*=}" ] || refuse "$text"
done <<EOT
$(records refuse config)
EOT

while IFS='|' read -r symbol text; do
	exported "$symbol" || refuse "it does not export $symbol ($text)"
done <<EOT
$(records need symbol)
EOT

while IFS='|' read -r symbols text; do
	# shellcheck disable=SC2086 # a list of words
	one_of exported $symbols || refuse "$text"
done <<EOT
$(records need symbols)
EOT

# Facts of the kind asked for, one in a line: "NAME SYMBOL..."
facts()
{
	awk -v kind="$1" '/^fact /{ name = $2 } $1 == kind { $1 = name; print }' "$table"
}

while read -r fact symbols; do
	# shellcheck disable=SC2086 # a list of words
	one_of exported $symbols ||
		refuse "it exports none of $symbols ($(fact_text "$fact"))"
done <<EOT
$(facts choose)
EOT

[ -z "$check" ] || exit 0

# --- what does it offer? ----------------------------------------------------

mkdir -p "$work" && work=$(cd "$work" && pwd) || trouble "cannot make $work"
out=$work/vap_facts.h.new
tmp=$work/vap_probe
trap 'rm -f "$out" "$tmp.c" "$tmp.log"' EXIT

upper() { echo "$1" | tr a-z A-Z; }

{
	echo "/* Made by probe.sh from facts.tbl for $release: what this kernel offers. */"
	facts choose | while read -r fact symbols; do
		# shellcheck disable=SC2086 # a list of words
		one_of exported $symbols
		echo "#define VAP_$(upper "$fact") $found"
	done
	facts symbol | while read -r fact symbol; do
		if exported "$symbol"; then has=1; else has=0; fi
		echo "#define VAP_HAS_$(upper "$fact") $has"
	done
} > "$out" || trouble "cannot write $out"

# All compile probes in one go, each under its own name: which has errors?
awk '/^prologue$/ { code = 1; next }
     /^control / { code = 1; printf "#line 1 \"probe:control_%s\"\n", $2; next }
     /^fact / { name = $2 }
     /^code$/ { code = 1; printf "#line 1 \"probe:%s\"\n", name; next }
     code && sub(/^\t/, "") { print; next }
     code && /^$/ { print; next }
     { code = 0 }' "$table" > "$tmp.c" || trouble "cannot write $tmp.c"

"$@" -DKBUILD_MODNAME='"vap_probe"' -fsyntax-only -fmax-errors=0 \
	-fdiagnostics-color=never -Wno-error -Werror=implicit-function-declaration \
	-Werror=incompatible-pointer-types -Werror=int-conversion \
	-Werror=discarded-qualifiers "$tmp.c" > "$tmp.log" 2>&1

failed()
{
	grep -q "^probe:$1:.*error:" "$tmp.log"
}

if failed control_yes || ! failed control_no ||
   grep 'error:' "$tmp.log" | grep -qv '^probe:'; then
	trouble "$(grep 'error:' "$tmp.log" | grep -v '^probe:control_no' |
		   head -n 1 | grep . || head -n 1 "$tmp.log")"
fi
for fact in $(facts code); do
	if failed "$fact"; then has=0; else has=1; fi
	echo "#define VAP_HAS_$(upper "$fact") $has"
done >> "$out"

# --- can what it offers be used? ---------------------------------------------

holds() { grep -q "^#define VAP_HAS_$(upper "$1") 1$" "$out"; }

# all_hold LIST: do all facts of one of the lists hold, which commas separate?
all_hold()
{
	echo "$1" | tr , '\n' | while read -r facts; do
		for fact in $facts; do
			holds "$fact" || continue 2
		done
		echo yes
		break
	done | grep -q yes
}

while IFS='|' read -r lists text; do
	all_hold "$lists" || refuse "$text"
done <<EOT
$(records need facts)
EOT

mv "$out" "$work/vap_facts.h" || trouble "cannot write $work/vap_facts.h"
