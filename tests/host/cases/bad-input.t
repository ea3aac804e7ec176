Bad input of every kind: the message, the exit status, and that nothing has changed.

tree small

Every form of a number, in lists and ranges.

  $ for form in 0x05 0X5 5 5,5 5-6 0x5-6 "" 0 00 05 0b1 0o5 5e0 0x 0xg ab 5- -5 5-- 6-5 1-2-3 5,,6 ,5 5, ' 5' 5.5 256 0x100 \
  >   99999999999999999999 all ALL none 5,all 5,none +5 '5;6'; do
  >   apmatrix assign web1 -a "$form" --dry-run >/dev/null 2>err; echo "\"$form\" $? $(sed -n '1s/.*assign: //p' err)"
  > done
  "0x05" 0 
  "0X5" 0 
  "5" 0 
  "5,5" 0 
  "5-6" 0 
  "0x5-6" 0 
  "" 2 missing number in the list of adapters
  "0" 0 
  "00" 2 ambiguous adapter "00": a leading zero means octal to the kernel and hexadecimal in listings
  "05" 2 ambiguous adapter "05": a leading zero means octal to the kernel and hexadecimal in listings
  "0b1" 2 ambiguous adapter "0b1": a leading zero means octal to the kernel and hexadecimal in listings
  "0o5" 2 adapter "0o5" is not a number
  "5e0" 2 adapter "5e0" is not a number
  "0x" 2 adapter "0x" is not a number
  "0xg" 2 adapter "0xg" is not a number
  "ab" 2 adapter "ab" is not a number
  "5-" 2 missing number in the list of adapters
  "-5" 2 adapter list "-5": + and - are not accepted here
  "5--" 2 adapter "-" is not a number
  "6-5" 2 adapter range 6-5 is backwards
  "1-2-3" 2 adapter "2-3" is not a number
  "5,,6" 2 missing number in the list of adapters
  ",5" 2 missing number in the list of adapters
  "5," 2 missing number in the list of adapters
  " 5" 2 adapter " 5" is not a number
  "5.5" 2 adapter "5.5" is not a number
  "256" 2 adapter 256 is greater than the highest possible ID, 255 (0xff)
  "0x100" 2 adapter 0x100 is greater than the highest possible ID, 255 (0xff)
  "99999999999999999999" 2 adapter 99999999999999999999 is greater than the highest possible ID, 255 (0xff)
  "all" 0 
  "ALL" 2 adapter "ALL" is not a number
  "none" 2 no adapter given
  "5,all" 2 adapter "all" is not a number
  "5,none" 2 adapter "none" is not a number
  "+5" 2 adapter list "+5": + and - are not accepted here
  "5;6" 2 adapter "5;6" is not a number

IDs above the host's limits, which the kernel refuses.

  $ echo 9 >max; cat max >host/sys/bus/ap/ap_max_adapter_id; apmatrix assign web1 -a 0x0a
  apmatrix: assign web1: adapter 0x0a (10) is greater than the highest of this host, 0x09 (9) [ENODEV]
  [3]

Invalid UUIDs, unknown UUIDs, and two matrices of the same name.

  $ for uuid in 6217 62177883-f1bb-47f0-914d-32a22e3a880g 62177883f1bb47f0914d32a22e3a8804; do
  >   apmatrix create -u $uuid; echo $?; apmatrix show $uuid; echo $?; done 2>&1 | grep -v hint
  apmatrix: create: "6217" is not a UUID
  2
  apmatrix: show: no matrix with the name 6217
  3
  apmatrix: create: "62177883-f1bb-47f0-914d-32a22e3a880g" is not a UUID
  2
  apmatrix: show: no matrix with the name 62177883-f1bb-47f0-914d-32a22e3a880g
  3
  apmatrix: create: "62177883f1bb47f0914d32a22e3a8804" is not a UUID
  2
  apmatrix: show: no matrix with the name 62177883f1bb47f0914d32a22e3a8804
  3
  $ apmatrix show 62177883-f1bb-47f0-914d-32a22e3a8805
  apmatrix: show: no matrix with the UUID 62177883-f1bb-47f0-914d-32a22e3a8805
  [3]
  $ mkdir -p host/etc/apmatrix/matrices.d
  > echo '{"name": "web1"}' >host/etc/apmatrix/matrices.d/7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001.json
  > rm -f host/run/apmatrix/matrices.d/7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001.json
  > apmatrix assign web1 -a 6
  apmatrix: assign: 2 matrices have the name web1
  hint: use the UUID, see apmatrix list
  [4]

JSON that ends or is invalid at any byte: the message has line and column.

tree small

  $ printf '{"api_level": 1,\n "matrices": [\n  {"name": "a", "adapters": ["5-6", 7], "domains": []}]}' >whole
  > for at in $(seq 0 $(($(wc -c <whole) - 1))); do
  >   head -c $at whole >cut; { cat cut; printf '\377'; tail -c +$((at + 2)) whole; } >broken
  >   for file in cut broken; do
  >     apmatrix plan $file 2>err; [ $? = 2 ] && grep -q "line [123], column [0-9]" err || echo "$file at $at: $(cat err)"
  >   done
  > done

Matrices that disappear or change between reading and writing.

  $ MODEL_FAIL=ap_config:1:ENODEV apmatrix assign web1 -a 6
  apmatrix: note: web1: its queues differ in mode (0x05 cca, 0x06 ep11)
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: assign web1: writing its matrix: No such device [ENODEV]
  apmatrix: rolled back: everything is as it was
  [3]
  $ MODEL_FAIL=ap_config:1:ENOENT apmatrix assign web1 -a 6
  apmatrix: note: web1: its queues differ in mode (0x05 cca, 0x06 ep11)
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: assign web1: writing its matrix: No such file or directory [ENOENT]
  hint: it was removed in the meantime
  apmatrix: rolled back: everything is as it was
  [3]
  $ apmatrix list --no-headings
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -     0x06  0xab       0xab       1  0  0
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto  0x05  0x04,0x47  0x04,0x47  2  2  0

Another process holds the lock and does not release it.

  $ mkdir -p host/run/lock; echo $$ >host/run/lock/s390apconfig.lock
  > apmatrix assign web1 -a 6 --lock-timeout 0.1 2>&1 | sed 's/process [0-9]*/process N/; s/for [0-9]* s/for N s/'
  > apmatrix assign web1 -a 6 --lock-timeout 0 2>/dev/null; echo $?; rm host/run/lock/s390apconfig.lock
  apmatrix: assign: the lock is held by sh (process N) for N s [EBUSY]
  hint: try again, or wait longer with --lock-timeout
  5

No space or no permission for a persistent change: nothing has changed.

  $ rm -r host/etc/mdevctl.d; touch host/etc/mdevctl.d; apmatrix assign db1 -d 0x47 --persist
  apmatrix: assign: 7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001: cannot write its files: Not a directory [ENOTDIR]
  [1]
  $ rm host/etc/mdevctl.d; apmatrix list --no-headings; find host/etc -name '.*' -o -name '*~'
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -  0x06  0xab       0xab       1  0  0
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  -  0x05  0x04,0x47  0x04,0x47  2  2  0
  $ chmod a-w host/etc; as=; [ "$(id -u)" != 0 ] || as='setpriv --bounding-set=-dac_override,-dac_read_search'
  > $as apmatrix assign db1 -d 0x47 --persist
  apmatrix: assign: 7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001: cannot write its files: Permission denied [EACCES]
  [6]
  $ apmatrix show db1 --field domains
  0xab
  $ chmod a-w host/run/lock; as=; [ "$(id -u)" != 0 ] || as='setpriv --bounding-set=-dac_override,-dac_read_search'
  > $as apmatrix assign db1 -d 0x47
  apmatrix: assign: cannot take the lock: Permission denied [EACCES]
  hint: changes need root
  [6]

No sysfs.

  $ mkdir empty; apmatrix --root empty
  no matrices: this machine has no AP bus
  $ apmatrix --root empty create
  apmatrix: create: no /sys/devices/vfio_ap/matrix
  hint: the vfio_ap module is not loaded: modprobe vfio_ap, or see apmatrix doctor
  [7]
  $ apmatrix --root nowhere list
  apmatrix: --root nowhere: No such file or directory [ENOENT]
  [3]

Output to a pipe or file that cannot be written.

  $ for command in list show queues grid host help monitor "list --format csv"; do
  >   apmatrix $command --timeout 0.1 >/dev/full 2>err; echo "$command $? $(cat err)"
  >   { apmatrix $command --timeout 0.1; echo $? >status; } 2>err | :; grep -q '^141$\|^0$' status || cat status err
  > done
  list 1 apmatrix: cannot write the output: No space left on device [ENOSPC]
  show 1 apmatrix: cannot write the output: No space left on device [ENOSPC]
  queues 1 apmatrix: cannot write the output: No space left on device [ENOSPC]
  grid 1 apmatrix: cannot write the output: No space left on device [ENOSPC]
  host 1 apmatrix: cannot write the output: No space left on device [ENOSPC]
  help 1 apmatrix: cannot write the output: No space left on device [ENOSPC]
  monitor 1 apmatrix: cannot write the output: No space left on device [ENOSPC]
  list --format csv 1 apmatrix: cannot write the output: No space left on device [ENOSPC]
  $ chmod u+w host/etc host/run/lock; apmatrix assign db1 -d 0x47 >/dev/full
  apmatrix: assign: nothing was changed: cannot write the output: No space left on device [ENOSPC]
  [1]
  $ apmatrix assign db1 -d 0x47 >&-
  apmatrix: assign: nothing was changed: cannot write the output: Bad file descriptor [EBADF]
  [1]
  $ mkfifo fifo; sleep 0.01 <fifo & exec 3>fifo; wait; apmatrix assign db1 -d 0x47 >&3
  apmatrix: assign: nothing was changed: cannot write the output: Broken pipe [EPIPE]
  [1]
  $ apmatrix show db1 --field domains
  0xab

An invalid time, also if no time is needed.

  $ apmatrix list --timeout -1
  apmatrix: --timeout: "-1" is not a time in seconds from 0 to 86400
  [2]
  $ apmatrix list --lock-timeout 1e999
  apmatrix: --lock-timeout: "1e999" is not a time in seconds from 0 to 86400
  [2]
