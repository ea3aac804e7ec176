Queues of one matrix that are not alike: by mode, type and master keys.

tree keys

Taken from the host, their master keys are recorded: afterwards nobody shows them.

  $ cat host/sys/devices/ap/card05/05.0004/mkvps; apmatrix pool reserve -a 5-8 -q; ls host/sys/devices/ap/card05/05.0004
  AES NEW: empty 0x0000000000000000
  AES CUR: valid 0x1111111111111111
  AES OLD: - -
  APKA CUR: valid 0x2222222222222222
  chkstop
  config
  driver
  online
  status
  $ cat host/etc/apmatrix/master-keys
  # Master key verification patterns of queues when the host last had them; written by apmatrix.
  05.0004 93AABE05 2026-11-21T11:30:00Z AES valid 0x1111111111111111 APKA valid 0x2222222222222222
  05.0047 93AABE05 2026-11-21T11:30:00Z AES valid 0x1111111111111111 APKA valid 0x3333333333333333
  06.0004 93AABE06 2026-11-21T11:30:00Z AES valid 0x1111111111111111 APKA valid 0x2222222222222222
  08.0004 93AABE08 2026-11-21T11:30:00Z WK valid 0x44444444444444444444444444444444

Alike, as far as is known: 06.0047 has no key that zcrypt knows of.

  $ apmatrix create same -u 00000000-0000-4000-8000-000000000001 -a 5,6 -d 4 --strict -q; apmatrix check
  note not-defined: not kept over a reboot: same (no definition)
  note masks-not-kept: not kept over a reboot: which queues guests can have (no udev rule sets the masks)
    apmatrix persist same keeps it

Each difference, before anything is changed, and refused with --strict.

  $ apmatrix assign same -d 0x47 --dry-run
  preview: nothing is changed
  same (00000000-0000-4000-8000-000000000001)
    + domains                  0x47
    a guest would get 05.0047, 06.0047
  apmatrix: note: same: its queues differ in master keys (05.0004 and 05.0047)
  $ apmatrix assign same -d 0x47 --dry-run --strict
  apmatrix: assign: same: its queues would differ in master keys (05.0004 and 05.0047)
  hint: choose queues that are alike, or omit --strict
  [4]
  $ apmatrix assign same -d 0x47 --strict
  apmatrix: assign: same: its queues would differ in master keys (05.0004 and 05.0047)
  hint: choose queues that are alike, or omit --strict
  [4]
  $ apmatrix assign same -d 0x47
  same (00000000-0000-4000-8000-000000000001)
    + domains                  0x47
    a guest would get 05.0047, 06.0047
  apmatrix: note: same: its queues differ in master keys (05.0004 and 05.0047)
  apmatrix: note: not kept over a reboot: same (no definition). apmatrix persist same keeps it
  $ apmatrix check --exit-code
  note not-defined: not kept over a reboot: same (no definition)
  note masks-not-kept: not kept over a reboot: which queues guests can have (no udev rule sets the masks)
    apmatrix persist same keeps it
  note unlike: same: its queues differ in master keys (05.0004 and 05.0047)
  $ apmatrix check --strict --exit-code
  note not-defined: not kept over a reboot: same (no definition)
  note masks-not-kept: not kept over a reboot: which queues guests can have (no udev rule sets the masks)
    apmatrix persist same keeps it
  problem unlike: same: its queues differ in master keys (05.0004 and 05.0047)
  [9]
  $ apmatrix set same -a 5,7 -d 4 --strict
  apmatrix: set: same: its queues would differ in type (0x05 CEX8, 0x07 CEX7)
  hint: choose queues that are alike, or omit --strict
  [4]
  $ apmatrix set same -a 5,8 -d 4 --strict
  apmatrix: set: same: its queues would differ in mode (0x05 cca, 0x08 ep11)
  hint: choose queues that are alike, or omit --strict
  [4]
  $ apmatrix set same -a 5-8 -d 0x47 --dry-run
  preview: nothing is changed
  same (00000000-0000-4000-8000-000000000001)
    + adapters                 0x07-0x08
    - domains                  0x04
    a guest would get 07.0047, 08.0047
    a guest would no longer get 05.0004, 06.0004
  apmatrix: note: same: its queues differ in mode (0x05 cca, 0x08 ep11), type (0x05 CEX8, 0x07 CEX7)
  $ echo '{"api_level": 1, "matrices": [{"name": "p", "active": false, "start": "manual", "adapters": [7, 8], "domains": [4]}]}' | apmatrix apply - --strict
  apmatrix: note: not in the file and left as they are: 1 matrix (same). --prune --any-owner removes them
  apmatrix: apply: p: its queues would differ in mode (0x07 cca, 0x08 ep11), type (0x07 CEX7, 0x08 CEX8)
  hint: choose queues that are alike, or omit --strict
  [4]
  $ printf 'create b -a 7,8 -d 4 --strict\n' | apmatrix batch -
  apmatrix: -:1: create: b: its queues would differ in mode (0x07 cca, 0x08 ep11), type (0x07 CEX7, 0x08 CEX8)
  hint: choose queues that are alike, or omit --strict
  [4]

What changes no queue is not looked at again.

  $ apmatrix assign same -c 4; apmatrix refresh same
  same (00000000-0000-4000-8000-000000000001)
    + control_domains          0x04
  apmatrix: note: not kept over a reboot: same (no definition). apmatrix persist same keeps it
  same was filtered again: no queue changes

Another adapter in the same place has other keys, and an unreadable record has none.

  $ echo 93AABEFF >host/sys/devices/ap/card06/serialnr; apmatrix set same -a 5,6 -d 4,0x47 -q; apmatrix check
  note not-defined: not kept over a reboot: same (no definition)
  note masks-not-kept: not kept over a reboot: which queues guests can have (no udev rule sets the masks)
    apmatrix persist same keeps it
  note unlike: same: its queues differ in master keys (05.0004 and 05.0047)
  $ apmatrix set same -a 6 -d 4,0x47 --strict -q; apmatrix check
  note not-defined: not kept over a reboot: same (no definition)
  note masks-not-kept: not kept over a reboot: which queues guests can have (no udev rule sets the masks)
    apmatrix persist same keeps it
  $ head -c 300 /dev/urandom >host/etc/apmatrix/master-keys; apmatrix set same -a 5,6 -d 4,0x47 --strict -q; apmatrix check
  note not-defined: not kept over a reboot: same (no definition)
  note masks-not-kept: not kept over a reboot: which queues guests can have (no udev rule sets the masks)
    apmatrix persist same keeps it

While zcrypt has a queue, what it shows counts, not the record.

tree keys

  $ mkdir -p host/etc/apmatrix; echo '05.0004 93AABE05 2026-01-01T00:00:00Z AES valid 0x5' >host/etc/apmatrix/master-keys
  > apmatrix check
  no conflicts
  $ echo '{"mdev_type": "vfio_ap-passthrough", "start": "manual", "attrs": [{"assign_adapter": "5"}, {"assign_adapter": "6"}, {"assign_domain": "4"}]}' >definition.json
  > mkdir -p host/etc/mdevctl.d/matrix; cp definition.json host/etc/mdevctl.d/matrix/00000000-0000-4000-8000-000000000002; apmatrix check
  note reserved: 00000000-0000-4000-8000-000000000002: 05.0004 and 1 more is kept for the host
    see apmatrix pool show
  $ rm host/sys/devices/ap/card05/05.0004/mkvps; apmatrix check | grep unlike
  note unlike: 00000000-0000-4000-8000-000000000002: its queues differ in master keys (05.0004 and 06.0004)
