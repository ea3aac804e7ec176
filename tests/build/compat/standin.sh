#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck disable=SC2154
#
# The rest of load.sh: buses of other layouts, played by the module standin. Each is
# recognised as what it is, or refused with one line that says why.

# standin NAME RESULT PATTERN PARAMETER...: what is found, and what the log says
standin()
{
	test=standin-$1 wanted=$2 pattern=$3
	shift 3
	log_since >/tmp/ignored
	if ! insmod /compat/standin/standin.ko "$@"; then
		does_not "$test" "it does not load"
		return
	fi
	found=$(cat /sys/module/standin/parameters/result)
	rmmod standin
	log_since | grep 'vfio_ap: ' >/tmp/since
	if [ "$found" != "$wanted" ]; then
		does_not "$test" "found \"$found\", the log says: $(cat /tmp/since)"
	elif [ -n "$pattern" ] && { [ "$(grep -c '' /tmp/since)" -ne 1 ] ||
	     ! grep -q "$pattern" /tmp/since; }; then
		does_not "$test" "the log says: $(cat /tmp/since)"
	else
		does "$test"
	fi
}

refused='refused -8'
unknown='the layout of the AP bus is not known, not loading: '
ids=ids,flags,code,code
callbacks=code,code,zero,zero,zero,ids,flags

# as they are: 5.10; 5.15 and 5.17; 5.18 to 7.1; 7.2
standin ids-first-drv-in-ap-device "ids first, without callbacks" '' \
	words=$ids distance=4 callers=0 type=second
standin ids-first-without-callbacks "ids first, without callbacks" '' \
	words=$ids distance=4 callers=0
standin ids-first-with-callbacks "ids first, with callbacks" '' words=$ids,zero,zero,zero
standin callbacks-first "callbacks first, with callbacks" '' words=$callbacks
standin names-that-the-compiler-changed "ids first, with callbacks" '' \
	words=$ids,zero,zero,zero callers=3
standin built-in "ids first, with callbacks" '' words=$ids,zero,zero,zero owner=0
standin many-drivers "ids first, with callbacks" '' words=$ids,zero,zero,zero drivers=10
standin devices-that-are-no-queues "ids first, with callbacks" '' words=$ids,zero,zero,zero others=1

# as vendors have mixed them
standin suspend-and-resume-behind-remove "ids first, without callbacks" '' \
	words=$ids,other,other distance=6 callers=0
standin suspend-and-resume-not-set "ids first, without callbacks" '' \
	words=$ids,zero,zero distance=6 callers=0
standin callbacks-and-drv-in-ap-device "ids first, with callbacks" '' \
	words=$ids,zero,zero,zero type=second
standin more-behind-the-callbacks "ids first, with callbacks" '' \
	words=$ids,zero,zero,zero,other,other distance=9
standin drivers-far-apart "ids first, with callbacks" '' \
	words=$ids,zero,zero,zero distance=12
standin zero-words-that-nobody-calls "ids first, without callbacks" '' \
	words=$ids,zero,zero,zero callers=0
standin callbacks-first-that-nobody-calls "callbacks first, without callbacks" '' \
	words=$callbacks callers=0

# as nobody knows them
standin flags-first "$refused" "${unknown}its members are in no known order (flags ids code code" \
	words=flags,ids,code,code,zero,zero,zero
standin probe-is-none "$refused" "${unknown}its members are in no known order" \
	words=ids,flags,zero,code,zero,zero,zero
standin ids-of-an-old-adapter "$refused" "${unknown}its members are in no known order (code flags" \
	words=old,flags,code,code,zero,zero,zero
standin ids-of-no-adapter "$refused" "${unknown}its members are in no known order (code flags" \
	words=odd,flags,code,code,zero,zero,zero
standin built-in-with-a-number "$refused" "${unknown}its members are in no known order (ids flags ?" \
	words=ids,flags,small,code,zero,zero,zero owner=0
standin remove-is-elsewhere "$refused" "${unknown}its members are in no known order" \
	words=ids,flags,code,other,zero,zero,zero
standin one-callback-less-before-the-ids "$refused" "${unknown}its members are in no known order" \
	words=code,code,zero,zero,ids,flags
standin something-set-before-the-ids "$refused" \
	"${unknown}the members where the callbacks should be are not zero" \
	words=code,code,zero,code,zero,ids,flags
standin something-set-before-the-ids-that-nobody-calls "$refused" \
	"${unknown}the members between remove and the ids are not known" \
	words=code,code,zero,code,zero,ids,flags callers=0

# evidence that contradicts itself
standin callers-but-a-driver-is-too-small "$refused" \
	"${unknown}the bus calls callbacks, but a driver is too small to have them" \
	words=$ids distance=4
standin callers-but-suspend-and-resume "$refused" \
	"${unknown}the bus calls callbacks, but a driver is too small to have them" \
	words=$ids,zero,zero distance=6
standin callers-but-something-set "$refused" \
	"${unknown}the members where the callbacks should be are not zero" \
	words=$ids,other,zero,zero
standin some-callers "$refused" "${unknown}the bus has some of the functions" \
	words=$ids,zero,zero,zero callers=2
standin types-in-two-places "$refused" \
	"${unknown}the devices do not agree on where their type is" words=$ids,zero,zero,zero type=mixed
standin types-nowhere "$refused" "${unknown}a device has no known type" \
	words=$ids,zero,zero,zero type=none

# evidence that is missing
standin no-cards "$refused" \
	"nothing shows how the AP bus is laid out (0 cards and queues, no driver cex4queue), not loading" \
	words=$ids,zero,zero,zero cards=0

# a bus that is not there
standin no-bus "refused -19" "no AP bus found, not loading" words=$ids,zero,zero,zero bus=0

# Who takes kvm->lock for the masks of a guest
for case in 0:caller 1:itself; do
	test=masks-locked-by-${case#*:}
	if insmod /compat/standin/masks.ko locks="${case%:*}"; then
		found=$(cat /sys/module/masks/parameters/result)
		rmmod masks
		if [ "$found" = "${case#*:}" ]; then does "$test"; else does_not "$test" "found $found"; fi
	else
		does_not "$test" "it does not load"
	fi
done
