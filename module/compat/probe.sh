#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What does this kernel offer, and can it be served at all?
#
#   probe.sh --kernel DIR --work DIR [--layout N] [--no-btf] -- COMPILER FLAGS...
#	writes WORK/vap_facts.h, one line for each fact
#   probe.sh --kernel DIR --check
#	the verdict alone, from the kernel's configuration and symbols
#
# DIR is the kernel's build directory (that with .config and Module.symvers),
# COMPILER and FLAGS what its modules are compiled with. Exits with 0, or with
# 1 after one line that says why this kernel is refused.
#
# For tests: --layout N leaves out the choice of the AP bus's layout, though where
# the kernel has BTF it is still compared; --no-btf does as if there were none.

set -u
LC_ALL=C
export LC_ALL

here=$(cd "$(dirname "$0")" && pwd)
table=$here/facts.tbl
kernel= work= layout= check= no_btf=

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
	--layout) layout=$2; shift 2 ;;
	--no-btf) no_btf=1; shift ;;
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

# The layout that the table has for this release, or nothing.
known_layout()
{
	while read -r pattern known; do
		case $pattern in '' | '#'*) continue ;; esac
		# shellcheck disable=SC2254 # it is a pattern
		case $release in $pattern) echo "$known"; return ;; esac
	done < "$here/known-kernels"
}

if [ -n "$check" ]; then
	[ "$(config DEBUG_INFO_BTF)" = y ] || [ -n "$(known_layout)" ] ||
		refuse "it has no BTF and is not in the table of known kernels"
	exit 0
fi

# --- what does it offer? ----------------------------------------------------

mkdir -p "$work" && work=$(cd "$work" && pwd) || trouble "cannot make $work"
out=$work/vap_facts.h.new
tmp=$work/vap_probe
layouts=
# shellcheck disable=SC2086 # a list of words
trap 'cd "$work" && rm -f $layouts "$out" "$tmp.c" "$tmp.s" "$tmp.log" vap_layout.h' EXIT

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

# --- how is its AP bus laid out? --------------------------------------------

# A program that reads BTF, for the machine that builds.
reader=${VAP_BTFCHECK:-}
if [ -z "$reader" ]; then
	for cc in "${HOSTCC:-gcc}" gcc cc "$1"; do
		# shellcheck disable=SC2086 # may be "ccache gcc"
		if $cc -O1 -o "$work/btfcheck" "$here/btfcheck.c" 2>/dev/null &&
		   "$work/btfcheck" >/dev/null 2>&1; [ $? -eq 2 ]; then
			reader=$work/btfcheck
			break
		fi
	done
fi

# The kernel's own BTF: from its build, or from the running one if it is that.
btf=
if [ -n "$no_btf" ]; then
	:
elif [ -r "$kernel/vmlinux" ]; then
	btf=$kernel/vmlinux
elif [ "$(uname -r)" = "$release" ] && [ -r /sys/kernel/btf/vmlinux ]; then
	btf=/sys/kernel/btf/vmlinux
fi

# Compare our declarations, as this compiler lays them out, with the kernel's. A
# layout is compiled only if those before it differ.
candidates='517 702 510'
choice= evidence=table
if [ -n "$btf" ] && [ -n "$reader" ]; then
	evidence=btf
	for candidate in ${layout:-$candidates}; do
		layouts="$layouts $candidate"
		cp "$out" "$work/vap_layout.h" &&
		"$@" -DKBUILD_MODNAME='"vap_probe"' -DVAP_AP_LAYOUT="$candidate" -I"$here" \
			-include "$work/vap_layout.h" -w -S -o "$tmp.s" \
			"$here/layout.c" > "$tmp.log" 2>&1 ||
			trouble "$(grep -m 1 'error:' "$tmp.log" || head -n 1 "$tmp.log")"
		sed -n 's/.*\.ascii[ 	]*"->\(.*\)".*/\1/p' "$tmp.s" > "$work/$candidate"
		(cd "$work" && "$reader" "$btf" "$candidate") > "$tmp.log" 2>&1
		case $? in
		0) choice=$candidate; break ;;
		1) ;;
		3) evidence=table; break ;;
		*) trouble "$(cat "$tmp.log")" ;;
		esac
	done
	if [ $evidence = btf ] && [ -z "$choice" ]; then
		# shellcheck disable=SC2086 # a list of words
		refuse "its AP bus is not as we know it: $(cd "$work" && "$reader" "$btf" $layouts |
			sed -n '1p;2,$s/:.*//p' | sed '2s/^/; nor is /;3,$s/^/, /' | tr -d '\n')"
	fi
fi
if [ -z "$choice" ]; then
	choice=$(known_layout)
	[ -n "$choice" ] ||
		refuse "no BTF of it can be read and it is not in the table of known kernels"
	choice=${layout:-$choice}
	[ -z "$btf" ] || [ -n "$reader" ] ||
		echo "vfio_ap: no compiler for this machine to check $btf with: layout $choice by the table of known kernels" >&2
fi

{
	echo "#define VAP_AP_LAYOUT $choice"
	echo "#define VAP_AP_LAYOUT_BY_BTF $([ $evidence = btf ] && echo 1 || echo 0)"
} >> "$out"
mv "$out" "$work/vap_facts.h" || trouble "cannot write $work/vap_facts.h"
