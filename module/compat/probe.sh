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

# --- can it be served? ------------------------------------------------------

[ "$(config S390)" = y ] || refuse "it is not an s390x kernel"
[ -n "$(config AP)$(config ZCRYPT)" ] || refuse "it has no AP bus (CONFIG_AP, CONFIG_ZCRYPT)"
[ -n "$(config KVM)$(config KVM_S390)" ] || refuse "it has no KVM (CONFIG_KVM)"
[ -n "$(config VFIO)" ] || refuse "it has no VFIO (CONFIG_VFIO)"
[ "$(config VFIO_AP)" != y ] || refuse "vfio_ap is built in (CONFIG_VFIO_AP=y) and cannot be replaced"

while read -r symbol why; do
	case $symbol in '' | '#'*) continue ;; esac
	exported "$symbol" || refuse "it does not export $symbol ($why)"
done < "$here/required-symbols"

# Those between changed step by step: mdev_uuid() is a function until 5.12, a driver
# allocates its device by _vfio_alloc_device() from 6.1 on.
exported _vfio_alloc_device || exported mdev_uuid ||
	refuse "its VFIO is neither that of 5.10 nor that of 6.1 and later"

exported ap_attr_mutex || exported ap_perms_mutex ||
	refuse "it exports neither ap_attr_mutex nor ap_perms_mutex (the AP bus's lock)"

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
{
	echo "/* Made by probe.sh for $release: what this kernel offers. */"
	for probe in "$here"/probes/*.sym; do
		fact=$(basename "$probe" .sym | tr a-z A-Z)
		symbol=$(grep -v '^#' "$probe")
		if exported "$symbol"; then has=1; else has=0; fi
		echo "#define VAP_HAS_$fact $has"
	done
} > "$out" || trouble "cannot write $out"

# All compile probes in one go, each under its own name: which has errors?
{
	echo '#include "probes/prologue.h"'
	for probe in "$here"/probes/*.c; do
		echo "#line 1 \"probe:$(basename "$probe")\""
		cat "$probe"
	done
} > "$tmp.c" || trouble "cannot write $tmp.c"

"$@" -DKBUILD_MODNAME='"vap_probe"' -I"$here" -fsyntax-only -fmax-errors=0 \
	-fdiagnostics-color=never -Wno-error -Werror=implicit-function-declaration \
	-Werror=incompatible-pointer-types -Werror=int-conversion \
	-Werror=discarded-qualifiers "$tmp.c" > "$tmp.log" 2>&1

failed()
{
	grep -q "^probe:$1\.c:.*error:" "$tmp.log"
}

if failed control_yes || ! failed control_no ||
   grep 'error:' "$tmp.log" | grep -qv '^probe:'; then
	trouble "$(grep 'error:' "$tmp.log" | grep -v '^probe:control_no' |
		   head -n 1 | grep . || head -n 1 "$tmp.log")"
fi
for probe in "$here"/probes/*.c; do
	name=$(basename "$probe" .c)
	case $name in control_*) continue ;; esac
	if failed "$name"; then has=0; else has=1; fi
	echo "#define VAP_HAS_$(echo "$name" | tr a-z A-Z) $has"
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
if exported ap_attr_mutex; then candidates='702 517 510'; else candidates='517 510 702'; fi
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
