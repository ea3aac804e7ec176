# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=busybox disable=SC2013,SC2034,SC2046,SC2048,SC2154,SC2231,SC3037,SC3057
#
# The words that scenarios are written in, for busybox sh.
#
# Each scenario finds no mdev, masks of all ones, the simulated machine as it
# was at boot, the oracle and the simulator's log empty. What it makes, ends
# with it: VMMs quit, mdevs are removed, masks and machine are put back, and it
# fails if that cannot be done or if the oracle saw a leak or a sharing.
#
# fail and expect go on after a failure, must and give_up do not.

BUS=/sys/bus/ap
MATRIX=/sys/devices/vfio_ap/matrix
TYPE=$MATRIX/mdev_supported_types/vfio_ap-passthrough
SIM=/sys/kernel/debug/aphwsim
DBF=/sys/kernel/debug/s390dbf
WORK=/tmp/work
ALL_ONES=0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
U1=669d9b23-fe1b-4ecb-be08-a2fabca99b71
U2=8fb8ab1f-0e5c-4b3a-9d8c-6c7a3c2ea6d2
U3=b8a4a3d0-7d0a-4f27-8e6c-f4b6d1c0a953
U4=c1f2e7a4-29cd-4c8e-9f52-0b6c95a7d0e4
hardware=/tmp/scenario.hardware
oracle_may_find=
# a kernel that checks itself takes its time
patience=1
[ -z "$LAB_CHECKERS" ] || patience=10

# ---- verdicts; expect is ktap.sh's ----

# fail WHAT: a check failed
fail() { not_ok "$*"; }

give_up() {
	fail "$@"
	exit 1
}

skip() {
	echo "skip: $*"
	exit 77
}

note() { echo "# $*"; }

# irq_of APQN: whom its interrupts go to: off, host or guest
irq_of() { sed -n "s/^$1 .*irq=\([a-z]*\).*/\1/p" $SIM/queues; }

# pause FUNCTION USEC [return] | release | off, of lab/faulty/pause.c; is a task in that pause now?
pause() { put /sys/kernel/debug/pause "$*"; }
pausing() { grep -q "^now 1" /sys/kernel/debug/pause; }

# settle WHAT WANTED COMMAND...: expect what it prints, once it does (5 s at most)
settle() {
	settle_what=$1 settle_wanted=$2
	shift 2
	settle_got=$("$@")
	if [ "$settle_got" != "$settle_wanted" ]; then
		wait_for 5 prints "$settle_wanted" "$@"
		settle_got=$("$@")
	fi
	expect "$settle_what" "$settle_wanted" "$settle_got"
}

prints() {
	prints_wanted=$1
	shift
	[ "$("$@")" = "$prints_wanted" ]
}

# must COMMAND...: give up if it fails
must() {
	"$@" || give_up "$*"
	ok "$*"
}

# wait_for SECONDS COMMAND...: until it succeeds; for what has no event to wait on. It runs the
# command at least SECONDS * 5 times, since a busy machine may not run the guest for a while.
wait_for() {
	find_uptime
	wait_until=$((uptime_now + $1 * 100 * patience)) wait_tries=$(($1 * 5))
	shift
	until "$@"; do
		find_uptime
		wait_tries=$((wait_tries - 1))
		[ $uptime_now -lt $wait_until ] || [ $wait_tries -gt 0 ] || return 1
		short_nap
	done
}

# ended_or PID COMMAND...: for what a process will do, unless it has ended
ended_or() {
	ended_pid=$1
	shift
	[ ! -e /proc/"$ended_pid" ] || "$@"
}

if [ -n "$BASH_VERSION" ]; then
	short_nap() { sleep 0.02; }
else
	short_nap() { usleep 20000; }
fi

# uptime_cs prints hundredths of a second, find_uptime sets uptime_now and starts no process
uptime_cs() {
	find_uptime
	echo $uptime_now
}
find_uptime() {
	read -r uptime_now _ </proc/uptime
	# "0.08" is 8, and no octal number
	uptime_now=$((${uptime_now%.*} * 100 + 1${uptime_now#*.} - 100))
}

# words FILE: its lines as one, separated by blanks. Like most words here it
# starts no process: each costs, where every instruction is translated.
words() {
	words_all=
	while read -r words_line || [ -n "$words_line" ]; do
		words_all="$words_all $words_line"
	done <"$1"
	echo "${words_all# }"
}

# ---- sysfs ----

# errno_name TEXT: sets put_said
errno_name() {
	put_said=$1
	case $1 in
	*"Invalid argument"*) put_said=EINVAL ;;
	*"No such device or address"*) put_said=ENXIO ;;
	*"No such device"*) put_said=ENODEV ;;
	*"Cannot assign requested address"*) put_said=EADDRNOTAVAIL ;;
	*"Address already in use"*) put_said=EADDRINUSE ;;
	*"Device or resource busy"*) put_said=EBUSY ;;
	*"Resource busy"*) put_said=EBUSY ;;
	*"esult"*"range"*) put_said=ERANGE ;;
	*"File exists"*) put_said=EEXIST ;;
	*"Permission denied"*) put_said=EACCES ;;
	*"Operation not permitted"*) put_said=EPERM ;;
	*"No such file or directory"*) put_said=ENOENT ;;
	*"Resource temporarily unavailable"*) put_said=EAGAIN ;;
	*"nput/output error"* | *"I/O error"*) put_said=EIO ;;
	*"Too many users"*) put_said=EUSERS ;;
	*"Argument list too long"*) put_said=E2BIG ;;
	*"File too large"*) put_said=EFBIG ;;
	*"Cannot allocate memory"* | *"ut of memory"*) put_said=ENOMEM ;;
	*"Bad address"*) put_said=EFAULT ;;
	*"nterrupted system call"*) put_said=EINTR ;;
	*" error 512"*) put_said=ERESTARTSYS ;;
	*"Bad file descriptor"*) put_said=EBADF ;;
	esac
}

# write FILE VALUE: in one write; put_said becomes "ok" or the errno's name
write() {
	if { echo -n "$2" >"$1"; } 2>$WORK/error; then
		put_said=ok
	else
		put_said=
		read -r put_said <$WORK/error
		errno_name "$put_said"
	fi
}

put_result() {
	write "$1" "$2"
	echo "$put_said"
}

# put FILE VALUE: must be taken
put() {
	write "$1" "$2"
	[ "$put_said" = ok ] || give_up "$2 > ${1##*/}: $put_said"
}

# try_put FILE VALUE: a failure counts, but nothing stops
try_put() {
	write "$1" "$2"
	[ "$put_said" = ok ] || fail "$2 > ${1##*/}: $put_said"
}

# refused ERRNO FILE VALUE
refused() {
	write "$2" "$3"
	expect "\"$3\" > ${2##*/}" "$1" "$put_said"
}

# accepted FILE VALUE: like put, but goes on
accepted() {
	write "$1" "$2"
	expect "\"$2\" > ${1##*/}" ok "$put_said"
}

# ---- mdevs; without a UUID the words below mean $U1 ----

mdev_create() {
	for mdev_uuid in "${@:-$U1}"; do
		put $TYPE/create "$mdev_uuid"
		[ -d $MATRIX/"$mdev_uuid" ] || give_up "no directory for mdev $mdev_uuid"
	done
}

mdev_remove() { put $MATRIX/"${1:-$U1}"/remove 1; }

# assign UUID [adapter ID...] [domain ID...] [control_domain ID...]; also unassign
assign() { for_ids assign "$@"; }
unassign() { for_ids unassign "$@"; }

for_ids() {
	ids_verb=$1 ids_dir=$MATRIX/$2
	shift 2
	for ids_word; do
		case $ids_word in
		adapter | domain | control_domain) ids_kind=$ids_word ;;
		*) put "$ids_dir/${ids_verb}_$ids_kind" "$ids_word" ;;
		esac
	done
}

matrix() { words $MATRIX/"${1:-$U1}"/matrix; }
guest_matrix() { words $MATRIX/"${1:-$U1}"/guest_matrix; }
control_domains() { words $MATRIX/"${1:-$U1}"/control_domains; }
ap_config() { cat $MATRIX/"${1:-$U1}"/ap_config; }

# mask ID...: as ap_config and the bus masks print it, by digits that have a variable each
mask() {
	mask_digits=0123456789abcdef mask_set= mask_text=0x
	for mask_id; do
		mask_id=$((mask_id)) mask_digit=mask_$((mask_id / 4))
		eval "$mask_digit=\$(($mask_digit | 8 >> mask_id % 4))"
		mask_set="$mask_set $mask_digit"
	done
	mask_nr=0
	while [ $mask_nr -lt 64 ]; do
		eval "mask_digit=\${mask_$mask_nr:-0}"
		mask_text=$mask_text${mask_digits:$mask_digit:1}
		mask_nr=$((mask_nr + 1))
	done
	[ -z "$mask_set" ] || unset $mask_set
	echo "$mask_text"
}

# ---- the AP bus ----

# free_for_guests ADAPTERS [DOMAINS]: comma lists; out of the host's masks
free_for_guests() {
	take_from_host apmask "$1"
	[ -z "$2" ] || take_from_host aqmask "$2"
}

take_from_host() { # MASK IDS
	free_ids= free_rest=$2,
	while [ -n "$free_rest" ]; do
		free_ids="$free_ids${free_ids:+,}-${free_rest%%,*}"
		free_rest=${free_rest#*,}
	done
	put $BUS/"$1" "$free_ids"
}

# older buses have no file to ask for a scan, or one that only counts
rescan() {
	if [ -n "$(find $BUS/scans -perm -200 2>/dev/null)" ]; then
		put $BUS/scans 1
	else
		sim configchange
	fi
}
# scan_every SECONDS: the scans that the bus begins by itself, 5 to 120; until the scenario ends
scan_every() { put $BUS/config_time "$1"; }
bound_to() {
	for bound_driver in $BUS/drivers/*/"$1"; do
		[ -e "$bound_driver" ] || continue
		bound_driver=${bound_driver%/*}
		echo "${bound_driver##*/}"
	done
}
status_of() {
	read -r status_line <$BUS/devices/"$1"/status
	echo "$status_line"
}
unbind() { put $BUS/devices/"$1"/driver/unbind "$1"; }
bind() { put $BUS/drivers/vfio_ap/bind "$1"; }
queues_of_driver() {
	driver_queues=
	for driver_queue in $BUS/drivers/"$1"/??.????; do
		[ ! -e "$driver_queue" ] || driver_queues="$driver_queues ${driver_queue##*/}"
	done
	echo "${driver_queues# }"
}

# ---- the simulated machine ----

sim() { put $SIM/control "$*"; }
sim_clear_log() { put $SIM/log clear; }
# Findings and counts of the oracle start again, and so does what it must have seen.
oracle_clear() {
	put $SIM/oracle clear
	rm -f $WORK/guest-ran $WORK/guest-sent
}

# sim_did PATTERN: the log's lines with it; sim_count counts them
sim_did() { grep -E "$1" $SIM/log; }
sim_count() { grep -cE "$1" $SIM/log; }

# oracle WORD: a counter of the oracle, such as entries, transfers, leaks or findings
oracle() { awk -v word="$1" '$1 == word { print $2; exit }' $SIM/oracle; }

# sim_zapqs: the APQNs that somebody zeroized on the host, in order, each time
sim_zapqs() {
	sim_did ' host pqap\[zapq\]' | grep -oE '[0-9a-f]{2}\.[0-9a-f]{4}' | words /dev/stdin
}

# ---- VMMs and their guests ----

# vmm_start [NAME]: a VMM in the background; vmm NAME COMMAND... asks it
vmm_start() {
	must apvmm --start $WORK/vmm-"${1:-vm}"
}

vmm() {
	vmm_name=$1
	shift
	case $1 in
	masks | aqic | tapq | zapq | rapq | qci | dqap | run) : >$WORK/guest-ran ;;
	nqap)
		: >$WORK/guest-ran
		vmm_answer=$(apvmm --send $WORK/vmm-"$vmm_name" "$@")
		vmm_status=$?
		case $vmm_answer in *cc=0*) : >$WORK/guest-sent ;; esac
		printf '%s\n' "$vmm_answer"
		return $vmm_status
		;;
	esac
	apvmm --send $WORK/vmm-"$vmm_name" "$@"
}

# How guests get their mdev: with lockdep by its own device file, where there is one, since
# type1 calls dma_unmap with a lock held that it takes under the one that unpinning needs.
guest_by=
[ ! -e /proc/lockdep ] || [ ! -e /dev/iommu ] || guest_by=cdev

# guest [NAME [UUID [OPTIONS...]]]: a VM with that mdev; OPTIONS are of vm
guest() {
	guest_name=${1:-vm} guest_uuid=${2:-$U1}
	shift $(($# > 2 ? 2 : $#))
	vmm_start "$guest_name"
	guest_vm "$guest_name" "$@"
	must vmm "$guest_name" attach "$guest_uuid" $guest_by
}

# guest_vm NAME [OPTIONS...]: makes the VM and notes where KVM logs about it
guest_vm() {
	guest_name=$1
	shift
	guest_said=$(vmm "$guest_name" vm "$@") || give_up "vm: $guest_said"
	case $guest_said in
	*kvm-[0-9]*) guest_said=${guest_said#*kvm-} guest_said=kvm-${guest_said%%[!0-9]*} ;;
	*) guest_said= ;;
	esac
	echo "$guest_said" >$WORK/vmm-"$guest_name".log
}

# vmm_end [NAME]: quit, and wait for the process to be gone; vmm_kill: SIGKILL
vmm_end() {
	vmm "${1:-vm}" quit
	apvmm --wait $WORK/vmm-"${1:-vm}"
	mv $WORK/vmm-"${1:-vm}" $WORK/ended-"${1:-vm}".$$.$(uptime_cs)
}

vmm_kill() {
	kill -9 "$(cat $WORK/vmm-"${1:-vm}"/pid)"
	apvmm --wait $WORK/vmm-"${1:-vm}"
	mv $WORK/vmm-"${1:-vm}" $WORK/killed-"${1:-vm}".$$.$(uptime_cs)
}

# answer KEY TEXT...: the value of KEY=VALUE in what a VMM said; find_answer sets answer_last
answer() {
	find_answer "$@"
	echo "$answer_last"
}

find_answer() {
	answer_key=$1
	shift
	answer_last=
	for answer_word in $*; do
		[ "${answer_word%%=*}" != "$answer_key" ] || answer_last=${answer_word#*=}
	done
}

# said KEY NAME COMMAND...: one value of a command's answer
said() {
	said_key=$1
	shift
	answer "$said_key" "$(vmm "$@")"
}

# vmm_expect WANTED NAME COMMAND...: "ok", or the errno's name
vmm_expect() {
	vmm_wanted=$1
	shift
	vmm_said=$(vmm "$@")
	vmm_said=${vmm_said##*
}
	case $vmm_said in
	ok*) vmm_got=ok ;;
	*) vmm_got=${vmm_said#* } vmm_got=${vmm_got%% *} ;;
	esac
	expect "$*" "$vmm_wanted" "$vmm_got"
}

# hold_vm [NAME [pv]], release_vm [NAME]: the VM's kvm->lock is held in between: KVM copies a CPU
# model, or the argument of KVM_PV_INFO, with that lock held, here from a page that comes with
# release_vm
hold_vm() {
	hold_name=${1:-vm}
	vmm "$hold_name" holdvm $2 >$WORK/held-"$hold_name" &
	echo $! >$WORK/held-"$hold_name".pid
	hold_said=$(vmm "$hold_name" page wait timeout=10000)
	case $hold_said in
	ok*) ;;
	*) ! grep ENOSYS $WORK/held-"$hold_name" || skip "this kernel has no userfaultfd"
		give_up "the VM is not held: $hold_said" ;;
	esac
}

release_vm() {
	hold_name=${1:-vm}
	vmm_expect ok "$hold_name" page give
	read -r hold_pid <$WORK/held-"$hold_name".pid
	wait "$hold_pid" || fail "holdvm: $(cat $WORK/held-"$hold_name")"
}

# for vmm NAME ioctl: those of a VFIO device, and be32 NUMBER...: an argument in hex
GET_INFO=0x3b6b GET_IRQ_INFO=0x3b6d SET_IRQS=0x3b6e RESET=0x3b6f FEATURE=0x3b75
be32() { printf %08x "$@"; }

# What KVM logged about the masks that it gave the guest. WHICH is: changes (how
# many), apm, aqm, adm (the last mask), matrix (its APQNs), all (masks, then
# APQNs in a line of their own).
crycb_of() { # WHICH [NAME]
	read -r crycb_file <$WORK/vmm-"${2:-vm}".log
	awk -v which="$1" '
	function ids(mask, out,   i, v, b, n) {
		for (i = 0; i < 64; i++) {
			v = index("123456789abcdef", substr(mask, i + 1, 1))
			for (b = 8; v; b /= 2)
				if (v >= b) {
					v -= b
					out[n++] = 4 * i + (b == 4) + 2 * (b == 2) + 3 * (b == 1)
				}
		}
		return n + 0
	}
	BEGIN {
		zero = "0000000000000000"
		none = zero zero zero zero
		mask["apm"] = mask["aqm"] = mask["adm"] = none
	}
	/CLR CRYCB/ {
		mask["apm"] = mask["aqm"] = mask["adm"] = none
		changes++
	}
	/SET CRYCB/ {
		for (f = 1; f < NF; f++)
			if ($f ~ /^a[pqd]m$/) {
				mask[$f] = $(f + 1) $(f + 2) $(f + 3) $(f + 4)
				changes += $f == "apm"
			}
	}
	END {
		if (which == "changes") {
			print changes + 0
			exit
		}
		if (which != "matrix" && which != "all") {
			print "0x" mask[which]
			exit
		}
		if (which == "all")
			print "0x" mask["apm"], "0x" mask["aqm"], "0x" mask["adm"]
		na = ids(mask["apm"], a)
		nq = ids(mask["aqm"], q)
		for (i = 0; i < na; i++)
			for (j = 0; j < nq; j++)
				line = line sprintf(" %02x.%04x", a[i], q[j])
		print substr(line, 2)
	}' $DBF/"$crycb_file"/sprintf
}

crycb_changes() { crycb_of changes "$1"; }
crycb_matrix() { crycb_of matrix "$1"; }
crycb() { crycb_of "$@"; }

# guest_has [NAME [UUID]] WANTED: guest_matrix, KVM's CRYCB and what SIE sees agree
guest_has() {
	case $# in
	1) has_vm=vm has_uuid=$U1 ;;
	2) has_vm=$1 has_uuid=$U1 ;;
	*) has_vm=$1 has_uuid=$2 ;;
	esac
	shift $(($# - 1))
	settle "guest_matrix" "$1" full_guest_matrix "$has_uuid"
	crycb_of all "$has_vm" >$WORK/crycb
	{ read -r has_masks; read -r has_matrix; } <$WORK/crycb
	expect "the CRYCB of KVM" "$1" "$has_matrix"
	vmm "$has_vm" masks >$WORK/masks
	read -r has_seen <$WORK/masks
	has_got=
	for has_mask in apm aqm adm; do
		find_answer $has_mask "$has_seen"
		has_got="$has_got${has_got:+ }$answer_last"
	done
	expect "the masks that SIE sees" "$has_masks" "$has_got"
}

# Without the halves "05." and ".0004", which are in no guest.
full_guest_matrix() {
	full=
	while read -r full_line; do
		case $full_line in
		??.????) full="$full $full_line" ;;
		esac
	done <$MATRIX/"${1:-$U1}"/guest_matrix
	echo "${full# }"
}

# outlive_its_guest APQN: the queue notifies guest vm. The AP bus deletes its device, and its reset
# does not end. Then the guest and its mdev go.
outlive_its_guest() {
	sim "queue stuck $1 on; inject $1 fc=tapq rc=01"
	sim configchange
	dmesg | grep -q "$1: removed without successful reset" ||
		give_up "its device was not deleted with interrupts enabled"
	vmm_end vm
	mdev_remove $U1
	expect "interrupts" guest "$(irq_of $1)"
}

# ---- QEMU ----

# qemu OPTIONS...: in the background, stopped before its first instruction, with
# a monitor; its VM counts as one named qemu in guest_has and crycb
qemu() {
	qemu-system-s390x -nodefaults -nographic -S -M s390-ccw-virtio -accel kvm \
		-cpu host,ap=on -m 128 -qmp unix:$WORK/qmp,server=on,wait=off "$@" \
		>$WORK/qemu.out 2>&1 &
	qemu_pid=$!
	echo kvm-$qemu_pid >$WORK/vmm-qemu.log
	[ -p $WORK/qmp.end ] || mkfifo $WORK/qmp.end
	wait_for 120 qemu_answers || give_up "QEMU: $(cat $WORK/qemu.out)"
}

qemu_answers() {
	[ -e /proc/$qemu_pid ] || return 0
	qmp '{"execute":"query-status"}' | grep -q '"prelaunch"'
}

# qmp COMMAND: prints what QEMU says until it has answered, however long that takes
qmp() {
	{
		{
			printf '%s\n' '{"execute":"qmp_capabilities"}' "$1"
			read -r qmp_end <&4
		} | socat -t 1 - UNIX-CONNECT:$WORK/qmp 2>/dev/null | {
			trap '' PIPE	# whoever reads this may have seen enough
			qmp_answers=0
			while [ $qmp_answers -lt 2 ] && read -r qmp_line; do
				echo "$qmp_line" 2>/dev/null
				case $qmp_line in
				'{"return"'* | '{"error"'*) qmp_answers=$((qmp_answers + 1)) ;;
				esac
			done
			echo end >&4
		}
	} 4<>$WORK/qmp.end
}

# device_add ID UUID: plugs the mdev into QEMU; prints its answer
device_add() {
	qmp "{\"execute\":\"device_add\",\"arguments\":{\"driver\":\"vfio-ap\",\"id\":\"$1\",\
\"sysfsdev\":\"$MATRIX/$2\"}}"
}

# ---- mdevctl ----

# callout: mdevctl has one for matrices from now on. It ends with this scenario's
# $WORK, so that the next one has none again, however this one ends.
callout() {
	# guest-run's
	# shellcheck disable=SC2154
	ln -sf "$scenarios/debian/callout" $WORK/callout
	ln -sf $WORK/callout /usr/lib/mdevctl/scripts.d/callouts/matrix
}

# definition [adapter ID...] [domain ID...] [control_domain ID...]: its file's name
definition() {
	for definition_word; do
		case $definition_word in
		adapter | domain | control_domain) definition_kind=$definition_word ;;
		*) echo "assign_$definition_kind $definition_word" ;;
		esac
	done | jq -Rn '{mdev_type: "vfio_ap-passthrough", start: "manual",
		attrs: [inputs | split(" ") | {(.[0]): .[1]}]}' >$WORK/definition.json
	echo $WORK/definition.json
}

# defined [UUID]: the attributes of its definition, "assign_adapter=5 ..."
defined() {
	jq -r '[.attrs[]? | to_entries[] | "\(.key)=\(.value)"] | join(" ")' \
		/etc/mdevctl.d/matrix/"${1:-$U1}"
}

# ---- udev ----

# udev: its daemon, which starts what is to start by itself; its rules write to the
# system's log
udev() {
	socat -u UNIX-RECV:/dev/log OPEN:$WORK/syslog,creat,append &
	daemons=$!
	/usr/lib/systemd/systemd-udevd >$WORK/udevd.out 2>&1 &
	daemons="$! $daemons"
	# it reads hundreds of rules before it listens
	wait_for 100 ended_or $! test -S /run/udev/control
	[ -S /run/udev/control ] || give_up "udevd: $(cat $WORK/udevd.out)"
	must udevadm trigger --settle -s ap -s vfio_ap -s matrix -s mdev
}

# ---- libvirt ----

# libvirt: its daemon, and udev's, which it hears of devices from; for virsh
libvirt() {
	[ -e /usr/sbin/mdevctl ] || must ln -s "$(command -v mdevctl)" /usr/sbin/mdevctl
	udev
	mkdir -p /etc/libvirt
	# what this system has not, and what root need not do
	printf '%s\n' 'user = "root"' 'group = "root"' 'dynamic_ownership = 0' \
		'security_driver = "none"' 'namespaces = [ ]' 'cgroup_controllers = [ ]' \
		'stdio_handler = "file"' >/etc/libvirt/qemu.conf
	LIBVIRT_LOG_OUTPUTS=3:stderr libvirtd >$WORK/libvirtd.out 2>&1 &
	daemons="$! $daemons"
	wait_for 100 ended_or $! virsh -q connect 2>/dev/null && [ -e /proc/$! ] ||
		give_up "libvirtd: $(cat $WORK/libvirtd.out)"
}

# virsh_node, virsh_guest "COMMAND; ...": on devices of this host, on guests; all in one
# process, whose start takes the time. What it said is in $WORK/virsh.out.
virsh_node() { virsh -q -c nodedev:///system "$1" >$WORK/virsh.out 2>&1; }
virsh_guest() { virsh -q -c qemu:///system "$1" >$WORK/virsh.out 2>&1; }

end_daemons() {
	[ -n "$daemons" ] || return
	for end_pid in $daemons; do
		kill "${daemons_end:--TERM}" "$end_pid"
		wait "$end_pid" 2>/dev/null
	done
	rm -f /run/udev/control /dev/log
}

# ---- the tool ----

# tool_expect STATUS ARGUMENTS...: of apmatrix; its output is kept in tool.out, .err
tool_expect() {
	tool_wanted=$1
	shift
	apmatrix "$@" >$WORK/tool.out 2>$WORK/tool.err
	tool_status=$?
	expect "apmatrix $*" "$tool_wanted" $tool_status
	[ $tool_status = "$tool_wanted" ] || cat $WORK/tool.out $WORK/tool.err
}

# ---- the beginning and the end of a scenario ----

scenario_begin() {
	ktap_begin
	rm -rf $WORK
	mkdir -p $WORK
	put $SIM/oracle clear
	sim_clear_log
	put $SIM/counters reset
	read -r scan_interval <$BUS/config_time
	# where a scenario takes its time, so do the scans that the bus begins by itself
	[ $patience = 1 ] || scan_every 120
}

# what a scenario that gave up has left
end_pauses() {
	[ ! -e /sys/kernel/debug/pause ] || rmmod pause
}

end_vmms() {
	for end_dir in $WORK/vmm-*/; do
		[ -e "$end_dir/pid" ] || continue
		apvmm --send "$end_dir" quit >/dev/null 2>&1
		apvmm --wait "$end_dir"
	done
}

end_mdevs() {
	for end_mdev in /sys/bus/mdev/devices/*; do
		[ -e "$end_mdev/remove" ] && try_put "$end_mdev/remove" 1
	done
	for end_mdev in /sys/bus/mdev/devices/*; do
		[ ! -e "$end_mdev" ] || fail "mdev left behind: ${end_mdev##*/}"
	done
	# else a later scenario is told the name
	for end_file in /etc/mdevctl.d/matrix/* /etc/apmatrix/matrices.d/* \
		/run/apmatrix/matrices.d/*; do
		if [ -e "$end_file" ] || [ -L "$end_file" ]; then
			rm -f "$end_file"
		fi
	done
}

# The machine as it is now is in machine_now.
machine_is_restored() {
	machine_now=$(cat $SIM/control)
	[ "$machine_now" = "$machine_of_boot" ]
}

# The machine of the boot, if the scenario has another one now: settings first, then, if
# that is not all, cards and domains. What has to go is gone for the bus, too, before any
# of it is back: else the bus takes it for what it knew, whose interrupts were on.
restore_machine() {
	machine_of_boot=$(cat $hardware)
	machine_is_restored && return
	echo "$machine_now" >$WORK/hardware
	try_put $SIM/control "intercept tapq off"
	grep -q "^queue\|^inject" $WORK/hardware && try_put $SIM/control "queue default *"
	machine_is_restored && return
	echo "$machine_now" >$WORK/hardware
	lines_of $WORK/hardware $hardware >$WORK/unwanted
	while read -r end_what end_verb end_id _; do
		case "$end_what $end_verb" in
		"card add") try_put $SIM/control "card del $end_id" ;;
		"card config") try_put $SIM/control "card config $end_id on" ;;
		"card checkstop") try_put $SIM/control "card checkstop $end_id off" ;;
		"domain add" | "control add") try_put $SIM/control "$end_what del 0-255" ;;
		esac
	done <$WORK/unwanted
	try_put $SIM/control configchange
	cat $SIM/control >$WORK/hardware
	lines_of $hardware $WORK/hardware >$WORK/wanted
	while read -r end_line; do
		try_put $SIM/control "$end_line"
	done <$WORK/wanted
	try_put $SIM/control configchange
	try_put $SIM/control configchange
	machine_is_restored ||
		fail "the simulated machine is not as it was: $(echo "$machine_now" | diff $hardware -)"
}

# lines_of FILE OTHER: those that OTHER has not
lines_of() { grep -vxF -f "$2" "$1"; }

restore_scans() {
	read -r end_value <$BUS/config_time
	[ "$end_value" = "$scan_interval" ] || try_put $BUS/config_time "$scan_interval"
}

restore_masks() {
	for end_mask in apmask aqmask; do
		read -r end_value <$BUS/$end_mask
		[ "$end_value" = $ALL_ONES ] || try_put $BUS/$end_mask $ALL_ONES
	done
	for end_queue in $BUS/devices/??.????; do
		[ -e "$end_queue" ] && [ ! -e "$end_queue/driver" ] || continue
		echo "${end_queue##*/}" >$BUS/drivers_probe
		[ -e "$end_queue/driver" ] || fail "${end_queue##*/} has no driver at the end"
	done
	for end_queue in $BUS/drivers/vfio_ap/??.????; do
		[ ! -e "$end_queue" ] || fail "${end_queue##*/} is not the host's at the end"
	done
}

# A scenario that provokes findings names their kinds: oracle_may_find="trespasses stale".
# A guest that never ran, or a message that was never looked at, lets the oracle see nothing.
judge_oracle() {
	while read -r end_word end_count _; do
		case $end_word in
		leaks | sharings | unclean | unbound | trespasses | stale | interrupts)
			[ "$end_count" = 0 ] && continue
			case " $oracle_may_find " in *" $end_word "*) continue ;; esac
			fail "the oracle found $end_word: $end_count" ;;
		entries | instructions)
			[ ! -e $WORK/guest-ran ] || [ "$end_count" != 0 ] ||
				fail "the oracle saw no $end_word, though a guest ran" ;;
		transfers)
			[ ! -e $WORK/guest-sent ] || [ "$end_count" != 0 ] ||
				fail "the oracle saw no $end_word, though a guest sent a message" ;;
		esac
	done <$SIM/oracle
	[ $ktap_failed = 0 ] || sed 's/^/# /' $SIM/oracle
}

scenario_end() {
	end_status=$1
	trap - EXIT
	set +e
	cd /
	end_pauses
	end_vmms
	end_daemons
	[ "$LAB_MODULE" = none ] || end_mdevs
	restore_scans
	restore_machine
	restore_masks
	judge_oracle
	if [ "$end_status" = 77 ] && [ $ktap_failed = 0 ]; then
		exit 77
	fi
	[ "$end_status" = 0 ] || [ $ktap_failed != 0 ] || fail "it ended with status $end_status"
	echo "1..$ktap_number"
	[ $ktap_failed = 0 ] || exit 1
	exit 0
}
