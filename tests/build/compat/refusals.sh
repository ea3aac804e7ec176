#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Kernels that cannot be served are refused with one line that says why: on
# build trees made up here, of no more than what the check looks at.
#
#   refusals.sh WORK	prints KTAP

set -u
tree=$(cd "$(dirname "$0")/../../.." && pwd)
table=$tree/module/compat/facts.tbl
work=$1/kernels
. "$tree/tests/lib/ktap.sh"
ktap_begin
rm -rf "$work" && mkdir -p "$work" || exit 1

# A kernel that can be served: kernel NAME RELEASE
kernel()
{
	dir=$work/$1
	mkdir -p "$dir/include/config" || exit 1
	echo "${2:-6.12.107+deb13-s390x}" > "$dir/include/config/kernel.release"
	for option in S390=y AP=y ZCRYPT=m KVM=m VFIO=m DEBUG_INFO_BTF=y; do
		echo "CONFIG_$option"
	done > "$dir/include/config/auto.conf"
	for symbol in $(sed -n 's/^need symbols* \([a-z0-9_]*\).*/\1/p;s/^choose //p' "$table"); do
		printf '0x00000000\t%s\tvmlinux\tEXPORT_SYMBOL\t\n' "$symbol"
	done > "$dir/Module.symvers"
}

unset_option() { sed -i "/^CONFIG_$1=/d" "$dir/include/config/auto.conf"; }
set_option() { unset_option "${1%=*}"; echo "CONFIG_$1" >> "$dir/include/config/auto.conf"; }
symbol() { printf '0x00000000\t%s\tvmlinux\tEXPORT_SYMBOL\t\n' "$1" >> "$dir/Module.symvers"; }
no_symbol() { sed -i "/	$1	/d" "$dir/Module.symvers"; }

# says NAME STATUS PATTERN: what the check prints about the kernel made last
says()
{
	said=$("$tree/module/compat/probe.sh" --kernel "$dir" --check 2>&1)
	status=$?
	if [ $status -ne "$2" ]; then
		not_ok "refusals/$1" "status $status, said: $said"
	elif [ -n "$3" ] && { [ "$(echo "$said" | wc -l)" -ne 1 ] ||
	     ! echo "$said" | grep -q -e "$3"; }; then
		not_ok "refusals/$1" "said: $said"
	elif [ -z "$3" ] && [ -n "$said" ]; then
		not_ok "refusals/$1" "said: $said"
	else
		ok "refusals/$1"
	fi
}

kernel good; says serves-a-good-kernel 0 ''
kernel x86; unset_option S390; says not-s390x 1 'not an s390x kernel'
kernel noap; unset_option AP; unset_option ZCRYPT; says no-ap-bus 1 'no AP bus'
kernel nokvm; unset_option KVM; says no-kvm 1 'no KVM'
kernel kvm_s390; unset_option KVM; set_option KVM_S390=m; says kvm-by-its-other-name 0 ''
kernel novfio; unset_option VFIO; says no-vfio 1 'no VFIO'
kernel builtin; set_option VFIO_AP=y; says vfio-ap-built-in 1 'vfio_ap is built in'
kernel module; set_option VFIO_AP=m; says vfio-ap-a-module 0 ''
kernel noowner; no_symbol ap_owned_by_def_drv
says names-a-missing-symbol 1 'does not export ap_owned_by_def_drv (owners of queues)'
kernel nolock; no_symbol ap_perms_mutex; no_symbol ap_attr_mutex
says no-lock-of-the-bus 1 'exports none of ap_attr_mutex ap_perms_mutex (the lock of the AP bus'
kernel middle 5.15.0-100-generic; no_symbol _vfio_alloc_device
says old-vfio-without-mdev 1 'its VFIO is older than that of 6.1, and it has no mdev'
symbol mdev_register_device; says old-vfio-with-mdev 0 ''
kernel nobtf 6.99.1-vendor; unset_option DEBUG_INFO_BTF; says needs-no-btf 0 ''
kernel noconfig; rm "$dir/include/config/auto.conf"; says no-configuration 1 'auto.conf is missing'
kernel nosymvers; rm "$dir/Module.symvers"; says no-symbols 1 'Module.symvers is missing'
dir=$work/nowhere; says no-headers 1 'are the kernel.s headers installed'

# The generations of VFIO and mdev, by a compiler that only takes the probes it is told to take.
cat > "$work/cc" <<'CC'
#!/bin/sh
for file; do :; done
for fact in control_no $(sed -n 's/^#line 1 "probe:\(.*\)"/\1/p' "$file"); do
	case " control_yes $TAKES " in *" $fact "*) ;; *) echo "probe:$fact:1: error: not here" ;; esac
done
CC
chmod +x "$work/cc"
# generation NAME STATUS FACT...: a kernel of which these probes compile
generation()
{
	name=$1 wanted=$2
	shift 2
	said=$(TAKES="$*" "$tree/module/compat/probe.sh" --kernel "$dir" --work "$work/$name" \
		-- "$work/cc" 2>&1)
	status=$?
	why='cannot be served: its VFIO and mdev are of no generation that is known$'
	if [ $status -ne "$wanted" ] || [ "$(echo "$said" | grep -c "$why")" -ne "$wanted" ]; then
		not_ok "refusals/generation-$name" "status $status, said: $said"
	elif [ $status -eq 0 ] && ! [ -e "$work/$name/vap_facts.h" ]; then
		not_ok "refusals/generation-$name" "no facts"
	else
		ok "refusals/generation-$name"
	fi
}
kernel old 5.10.1; no_symbol _vfio_alloc_device; symbol mdev_register_device
generation 5.10 0 mdev_parent_open
generation 5.17 0 vfio_init_group_dev mdev_parent_driver
generation 5.19 0 vfio_init_group_dev mdev_driver_registers vfio_kvm_pointer vfio_by_device
generation 6.0 0 vfio_init_group_dev mdev_driver_registers vfio_kvm_pointer vfio_device_ops
generation 5.13-has-half-of-it 1 mdev_parent_driver
generation of-nobody 1
kernel new 6.12.1
generation 6.12 0 mdev_parent_struct vfio_device_ops
generation 6.12-with-another-mdev 1 vfio_device_ops

# dkms.conf asks this, and leaves out a kernel that is refused.
kernel skipped; unset_option VFIO
said=$("$tree/module/compat/dkms-check.sh" "$dir" 5.10 7.3 2>&1)
status=$?
if [ $status -eq 1 ] && [ "$(echo "$said" | grep -c 'no VFIO')" = 1 ]; then
	ok "refusals/dkms-skips"
else
	not_ok "refusals/dkms-skips" "status $status, said: $said"
fi

# It writes to nobody's files but its own.
wrong=$(grep -n '/proc' "$tree/module/compat/dkms-check.sh" "$tree/dkms.conf")
if [ -z "$wrong" ]; then ok "refusals/dkms-writes-to-no-other-process"
else not_ok "refusals/dkms-writes-to-no-other-process" "$wrong"; fi

# range NAME STATUS PATTERN OLDEST NEWEST: of a 6.12
kernel range
range()
{
	said=$("$tree/module/compat/dkms-check.sh" "$dir" "$4" "$5" 2>&1)
	status=$?
	if [ $status -eq "$2" ] && [ "$(echo "$said" | wc -l)" -eq 1 ] &&
	   echo "$said" | grep -q "$3"; then
		ok "refusals/dkms-$1"
	else
		not_ok "refusals/dkms-$1" "status $status, said: $said"
	fi
}
range oldest-tested 0 '^$' 6.12 7.2
range newest-tested 0 '^$' 5.10 6.12
range older-than-tested 1 'older than 6.13' 6.13 7.2
range newer-and-does-not-compile 1 'newer than 6.9, the newest .* does not compile' 5.10 6.9
printf 'modules:\n\t@:\n' > "$dir/Makefile"
range newer-and-compiles 0 '^$' 5.10 6.9

# dkms installs our mdev where the kernel has none, and only there.
modules() # NAME WANTED: what dkms.conf says is built for the kernel made last
{
	said=$(kernel_config=$dir/include/config/auto.conf dkms_tree=$work/tree \
		kernelver=6.9 arch=s390x bash -c '. "$1" && echo "${BUILT_MODULE_NAME[@]}"' - "$tree/dkms.conf" 2>&1)
	if [ "$said" = "$2" ]; then ok "refusals/dkms-$1"
	else not_ok "refusals/dkms-$1" "$said"; fi
}
kernel nomdev; modules installs-a-missing-mdev "vfio_ap mdev"
set_option VFIO_MDEV=m; modules leaves-the-kernels-mdev vfio_ap
set_option VFIO_MDEV=y; modules leaves-a-built-in-mdev vfio_ap

# Each fact has all of its fields, one probe, and somebody who asks for it; nothing else is asked.
wrong=$(awk '
	function done() {
		if (fact == "") return
		for (field in wanted) if (!(field in has)) print fact " has no " field
		if (probes != 1) print fact " has " probes + 0 " probes"
		if (has["since"] !~ /^(between )?[0-9]+\.[0-9]+( and [0-9]+\.[0-9]+)?$/) print fact " since " has["since"]
		if (has["goes"] !~ /^with the last kernel /) print fact " goes " has["goes"]
	}
	BEGIN { wanted["since"]; wanted["what"]; wanted["used"]; wanted["goes"] }
	/^fact / { done(); fact = $2; split("", has); probes = 0 }
	$1 in wanted { field = $1; $1 = ""; has[field] = substr($0, 2) }
	/^(symbol|choose) ./ || /^code$/ { probes++ }
	END { done() }' "$table")
for fact in $(sed -n 's/^fact //p' "$table"); do
	macro=$(echo "$fact" | tr a-z A-Z)
	used=$(awk -v fact="$fact" '$1 == "fact" { name = $2 } name == fact && sub(/^used /, "")' "$table")
	for file in $used; do
		grep -qE "VAP_(HAS_)?$macro\\b" "$tree/module/compat/$file" ||
			wrong="$wrong $file does not use $fact;"
	done
done
for macro in $(grep -rhoE --include='*.[ch]' 'VAP_HAS_[A-Z0-9_]+' "$tree/module" | sort -u); do
	fact=$(echo "${macro#VAP_HAS_}" | tr A-Z a-z)
	grep -q "^fact $fact$" "$table" || wrong="$wrong $macro is not in the table;"
done
if [ -z "$wrong" ]; then ok "refusals/facts-are-complete-and-used"
else not_ok "refusals/facts-are-complete-and-used" "$wrong"; fi

# A kernel that renames the lock of its AP bus needs one more word in one line.
wrong=$(cd "$tree" && grep -rlE 'ap_attr_mutex|ap_perms_mutex' module |
	grep -v '^module/compat/facts.tbl$')
if [ -z "$wrong" ]; then ok "refusals/name-of-the-bus-lock-is-in-one-place"
else not_ok "refusals/name-of-the-bus-lock-is-in-one-place" "$wrong"; fi

# Nothing of the machine that builds, and of the kernel only its headers, is looked at.
wrong=$(grep -nE 'vmlinux|/proc/|/sys/|uname|HOSTCC' "$tree/module/compat/probe.sh" "$tree/module/Kbuild")
if [ -z "$wrong" ]; then ok "refusals/only-headers-are-read"
else not_ok "refusals/only-headers-are-read" "$wrong"; fi

# What a kernel is like is asked by probe, and by files of the shim alone.
wrong=$(cd "$tree/module" && { grep -rlE 'LINUX_VERSION_CODE|KERNEL_VERSION' --include='*.[ch]' .
	grep -rlE 'VAP_HAS_|VAP_AP_MUTEX' --include='*.[ch]' . | grep -v '^\./compat/'; })
if [ -z "$wrong" ]; then ok "refusals/no-version-in-core-code"
else not_ok "refusals/no-version-in-core-code" "$wrong"; fi
ktap_end
