#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The reader of BTF that the tests compare the module's layouts with, against
# BTF that compilers make of sources written here, in both byte orders.
#
#   btfcheck.sh WORK	prints KTAP

set -u
tree=$(cd "$(dirname "$0")/../../.." && pwd)
work=$1
. "$tree/tests/lib/ktap.sh"
ktap_begin
mkdir -p "$work" && cd "$work" || exit 1

${HOSTCC:-gcc} -Wall -Wextra -Werror -O1 -g -fsanitize=address,undefined \
	-fno-sanitize-recover=all -o btfcheck "$tree/tests/build/compat/btfcheck.c" || exit 1
# what it allocates it needs until it exits
ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS

cat > kernel.c <<'C'
typedef unsigned int word;
typedef const volatile word cv_word;
enum colour { RED, GREEN };
struct inner { long a; char b[3]; };
struct ap_driver {
	struct inner in;
	void *ids;
	cv_word flags;
	unsigned int bit1 : 1, bit2 : 7;
	union {
		struct { short deep; char deeper; };
		long other;
	};
	enum colour colour;
	int (*probe)(struct ap_driver *drv);
	unsigned long mask[4][2];
} kernel_object;
C
cat > good <<'L'
ap_driver in 0 16
ap_driver ids 16 8
ap_driver flags 24 4
ap_driver deep 32 2
ap_driver deeper 34 1
ap_driver other 32 8
ap_driver colour 40 4
ap_driver probe 48 8
ap_driver mask 56 64
ap_driver . 0 120
inner b 8 3
L

${HOSTCC:-gcc} -gbtf -c -o little.o kernel.c || exit 1
"$tree/lab/cc-s390x" -gbtf -c -o big.o "$PWD/kernel.c" || exit 1
objcopy -O binary --only-section=.BTF --set-section-flags .BTF=alloc little.o raw.btf || exit 1

# reads NAME STATUS PATTERN FILE LAYOUT...
reads()
{
	name=btfcheck/$1 wanted=$2 pattern=$3
	shift 3
	said=$(./btfcheck "$@" 2>&1)
	status=$?
	if [ $status -eq "$wanted" ] && echo "$said" | grep -q -e "$pattern"; then
		ok "$name"
	else
		not_ok "$name" "status $status, said: $said"
	fi
}

# layout EXPRESSION: the good one, changed by sed
layout()
{
	sed "$1" good > bad
	if cmp -s good bad; then not_ok "btfcheck: $1" "changes nothing"; fi
}

for object in little.o big.o raw.btf; do
	reads "right-layout-in-$object" 0 '^good$' $object good
	layout 's/ids 16 8/ids 24 8/'
	reads "names-a-moved-field-in-$object" 1 'ap_driver.ids: at byte 16 with 8 bytes in the kernel, at 24' \
		$object bad
done
layout 's/flags 24 4/flags 24 8/'
reads names-a-field-of-other-size 1 'ap_driver.flags: .* at 24 with 8 in ours' big.o bad
layout 's/deeper 34/deeper 35/'
reads names-a-field-of-a-nested-union 1 'ap_driver.deeper: at byte 34' big.o bad
layout 's/mask 56 64/mask 56 32/'
reads names-an-array-of-other-size 1 'ap_driver.mask: ' big.o bad
layout 's/ids/idz/'
reads names-a-field-that-is-missing 1 'ap_driver.idz: the kernel has no such member' big.o bad
layout 's/ids 16 8/bit2 28 1/'
reads a-bit-field-is-no-field 1 'ap_driver.bit2: ' big.o bad
layout 's/\. 0 120/. 0 128/'
reads names-a-struct-of-other-size 1 \
	'struct ap_driver: 120 bytes in the kernel, 128 in ours' big.o bad
layout 's/^inner/outer/'
reads names-a-struct-that-is-missing 1 'struct outer: the kernel has none' big.o bad

layout 's/ids 16 8/ids in+0 8/'
reads an-offset-behind-another-member 0 '^bad$' big.o bad
layout 's/ids 16 8/ids in+8 8/'
reads a-wrong-offset-behind-another-member 1 'ap_driver.ids: at byte 16 with 8 bytes .*, at 24' \
	big.o bad
layout 's/ids 16 8/ids nothing+0 8/'
reads an-offset-behind-no-member 1 'ap_driver.ids: at byte 16' big.o bad
# of several layouts the right one, and if there is none the nearest
layout 's/ids 16 8/ids 24 8/'
reads picks-the-right-one 0 '^good$' big.o bad good
sed 's/ 0 / 1 /' bad > worse
reads shows-the-nearest 1 '^layout bad: ap_driver.ids' big.o worse bad

sed 's/ap_driver/not_here/;s/inner/not_here/' good > strange
reads no-struct-of-ours-is-no-btf 3 'no structure of the AP bus' big.o strange
${HOSTCC:-gcc} -c -o plain.o kernel.c
reads no-btf 3 'no BTF' plain.o good
echo hello > text
reads not-an-object 3 'no BTF' text good
: > empty
reads an-empty-file 3 'no BTF' empty good
reads no-file 2 'No such file' nowhere good
: > nothing
reads an-empty-layout 2 'empty' big.o nothing
echo "ap_driver ids sixteen 8" > nonsense
reads a-layout-that-is-none 2 'not a layout' big.o nonsense
reads usage 2 'usage' big.o

# Cut short anywhere: refused or, once all is there that matters, right; no crash.
size=$(wc -c < raw.btf)
at=0 bad=
while [ $at -lt "$size" ]; do
	head -c $at raw.btf > cut.btf
	./btfcheck cut.btf good > said 2>&1
	status=$?
	case $status in 2 | 3) ;; *) bad="at $at: status $status $(head -n 3 said)"; break ;; esac
	at=$((at + 7))
done
ktap_result btfcheck/cut-short-is-refused "$bad"
ktap_end
