The words that administrators of virsh and mdevctl know: start, stop, define, undefine,
autostart, rename.

tree small

  $ apmatrix rename db1 db-blue
  db-blue (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    ~ name                     db1 -> db-blue
  apmatrix: note: not kept over a reboot: db-blue (no definition). apmatrix persist db-blue keeps it
  $ apmatrix rename db-blue web1
  apmatrix: rename web1: the name is in use by 62177883-f1bb-47f0-914d-32a22e3a8804
  [4]
  $ apmatrix rename db-blue 'two words'
  apmatrix: rename: invalid name "two words"
  hint: a name consists of letters, digits, ".", "_" and "-" and starts with a letter, digit or "_"
  [2]
  $ apmatrix list --no-headings
  db-blue  7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -     0x06  0xab       0xab       1  0  0
  web1     62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto  0x05  0x04,0x47  0x04,0x47  2  2  0

A matrix without a definition gets one when it is stopped: it could not be started again.
One note names all of them. (--persist did this in earlier versions and is still accepted.)

  $ apmatrix create tmp1 -u 0ae0e9ca-d27d-4327-8e70-000000000001 -a 6 -d 0xff >/dev/null
  apmatrix: note: not kept over a reboot: tmp1 (no definition). apmatrix persist tmp1 keeps it
  $ apmatrix stop db-blue tmp1
  db-blue (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    ~ active                   yes -> no
    + start                    manual
    + defined_adapters         0x06
    + defined_domains          0xab
    + defined_control_domains  0xab
    frees 06.00ab
  tmp1 (0ae0e9ca-d27d-4327-8e70-000000000001)
    ~ active                   yes -> no
    + start                    manual
    + defined_adapters         0x06
    + defined_domains          0xff
    frees 06.00ff
  apmatrix: note: db-blue, tmp1: no definition yet; stop writes one, so that start works
  $ apmatrix stop db-blue tmp1 --persist
  no change needed
  $ apmatrix stop db-blue
  no change needed
  $ apmatrix list --no-headings
  db-blue  7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  defined  manual  0x06  0xab       0xab       1  -  -
  tmp1     0ae0e9ca-d27d-4327-8e70-000000000001  defined  manual  0x06  0xff       -          1  -  -
  web1     62177883-f1bb-47f0-914d-32a22e3a8804  in-use   auto    0x05  0x04,0x47  0x04,0x47  2  2  0
  $ cat host/etc/apmatrix/matrices.d/7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001.json; ls host/run/apmatrix 2>/dev/null
  {
    "name": "db-blue",
    "owner": null,
    "comment": null
  }
  last-change.json
  matrices.d
  $ apmatrix start all
  tmp1 (0ae0e9ca-d27d-4327-8e70-000000000001)
    ~ active                   no -> yes
    + adapters                 0x06
    + domains                  0xff
    a guest would get 06.00ff
  db-blue (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    ~ active                   no -> yes
    + adapters                 0x06
    + domains                  0xab
    + control_domains          0xab
    a guest would get 06.00ab
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix start all
  no change needed
  $ apmatrix start nothing
  apmatrix: start: no matrix with the name nothing
  hint: apmatrix list shows all matrices
  [3]

One that a guest uses is protected.

  $ apmatrix stop web1
  apmatrix: stop web1: in use by a guest [EBUSY]
  hint: detach it from the guest first, or use --force to wait until the guest releases it
  [5]

Definitions: of what is active, with other IDs, and new ones without starting them.

tree small

  $ apmatrix define db1
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + start                    manual
    + defined_adapters         0x06
    + defined_domains          0xab
    + defined_control_domains  0xab
  $ apmatrix define db1 -a +5
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + defined_adapters         0x05
  apmatrix: note: db1: its queues differ in mode (0x05 cca, 0x06 ep11)
  $ apmatrix list --no-headings
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    manual  0x06  0xab       0xab       1  0  0  definition
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto    0x05  0x04,0x47  0x04,0x47  2  2  0  -
  $ apmatrix define new1 -u 0ae0e9ca-d27d-4327-8e70-000000000002 -a 6 -d 0xff --with-control --auto --owner me
  new1 (0ae0e9ca-d27d-4327-8e70-000000000002)
    + start                    auto
    + defined_adapters         0x06
    + defined_domains          0xff
    + defined_control_domains  0xff
    + name                     new1
    + owner                    me
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix define new2
  apmatrix: define: no matrix with the name or UUID new2
  hint: apmatrix define new2 -a IDS -d IDS defines a new one
  [3]
  $ apmatrix define new2 -u 0ae0e9ca-d27d-4327-8e70-000000000005 -a none
  new2 (0ae0e9ca-d27d-4327-8e70-000000000005)
    + start                    manual
    + name                     new2
  $ apmatrix define new1 -u 0ae0e9ca-d27d-4327-8e70-000000000002 db1 -a 6
  apmatrix: define: --uuid needs exactly one MATRIX
  [2]
  $ apmatrix define 'a b' -a 6
  apmatrix: define: invalid name "a b"
  hint: a name consists of letters, digits, ".", "_" and "-" and starts with a letter, digit or "_"
  [2]
  $ apmatrix define new1 -u 12 -a 6
  apmatrix: define: "12" is not a UUID
  [2]
  $ apmatrix show new1
  new1
    uuid             0ae0e9ca-d27d-4327-8e70-000000000002
    owner            me
    state            defined
    start            auto
    adapters         0x06 (6)
    domains          0xff (255)
    control domains  0xff (255)
  $ apmatrix define db1
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    - defined_adapters         0x05
  $ apmatrix undefine new1
  apmatrix: undefine: new1 belongs to me
  hint: apmatrix undefine new1 --any-owner does it (or --owner me)
  [4]
  $ apmatrix undefine new1 --owner me
  new1 (0ae0e9ca-d27d-4327-8e70-000000000002)
    - start                    auto
    - name                     new1
    - owner                    me
  $ apmatrix undefine db1
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    - start                    manual
  apmatrix: note: db1 stays active until it is removed, or until the next boot
  apmatrix: note: not kept over a reboot: db1 (no definition). apmatrix persist db1 keeps it
  $ apmatrix undefine db1
  no change needed
  $ apmatrix list --no-headings
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle     -       0x06  0xab       0xab       1  0  0
  new2  0ae0e9ca-d27d-4327-8e70-000000000005  defined  manual  -     -          -          0  -  -
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use   auto    0x05  0x04,0x47  0x04,0x47  2  2  0
  $ ls host/etc/mdevctl.d/matrix host/etc/apmatrix/matrices.d host/run/apmatrix/matrices.d
  host/etc/apmatrix/matrices.d:
  0ae0e9ca-d27d-4327-8e70-000000000005.json
  62177883-f1bb-47f0-914d-32a22e3a8804.json
  
  host/etc/mdevctl.d/matrix:
  0ae0e9ca-d27d-4327-8e70-000000000005
  62177883-f1bb-47f0-914d-32a22e3a8804
  
  host/run/apmatrix/matrices.d:
  7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001.json

At boot, or not.

  $ apmatrix autostart db1
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + start                    auto
    + defined_adapters         0x06
    + defined_domains          0xab
    + defined_control_domains  0xab
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix autostart db1 on
  no change needed
  $ apmatrix autostart off db1 web1
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    ~ start                    auto -> manual
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    ~ start                    auto -> manual
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  $ apmatrix autostart db1 off
  no change needed
  $ apmatrix autostart on
  apmatrix: autostart: missing MATRIX
  hint: apmatrix autostart MATRIX on
  [2]
  $ apmatrix list --no-headings
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle     manual  0x06  0xab       0xab       1  0  0
  new2  0ae0e9ca-d27d-4327-8e70-000000000005  defined  manual  -     -          -          0  -  -
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use   manual  0x05  0x04,0x47  0x04,0x47  2  2  0

Verbs are possible in a batch, as one change.

  $ printf 'create b1 -u 0ae0e9ca-d27d-4327-8e70-000000000003 -a 6 -d 0xff\nautostart b1 on\nrename b1 b2\n' | apmatrix batch --atomic
  b2 (0ae0e9ca-d27d-4327-8e70-000000000003)
    ~ active                   no -> yes
    + adapters                 0x06
    + domains                  0xff
    + start                    auto
    + defined_adapters         0x06
    + defined_domains          0xff
    + name                     b2
    a guest would get 06.00ff
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix list --no-headings | grep b2
  b2    0ae0e9ca-d27d-4327-8e70-000000000003  idle     auto    0x06  0xff       -          1  0  0

Without vfio_ap nothing is started.

  $ apmatrix define new3 -u 0ae0e9ca-d27d-4327-8e70-000000000004 -a 6 -d 4 >/dev/null; rm -r host/sys/devices/vfio_ap
  $ apmatrix start new3
  apmatrix: start: no /sys/devices/vfio_ap/matrix
  hint: the vfio_ap module is not loaded: modprobe vfio_ap, or see apmatrix doctor
  [7]

Several at once: set, and wait.

tree small

  $ apmatrix set all -c none
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    - control_domains          0x04,0x47
    - defined_control_domains  0x04,0x47
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    - control_domains          0xab
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: db1 (no definition); which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist db1
  $ apmatrix set web1 db1 -c +0xff --json | grep '"changed"'
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: db1 (no definition); which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist db1
    "changed": true,
  $ apmatrix wait all --state active
  $ apmatrix wait all --state idle --timeout 0.1
  apmatrix: wait: timed out after 0.1 s: web1 in-use
  [10]
  $ apmatrix wait all --guest-has 05.0004
  apmatrix: wait: "all" has no meaning with --guest-has and --guest-equals: two matrices never have the same queue
  [2]
  $ apmatrix wait all --gone --timeout 0.1
  apmatrix: wait: timed out after 0.1 s: web1 in-use, db1 idle
  [10]
  $ apmatrix-model event guest-stop 62177883-f1bb-47f0-914d-32a22e3a8804
  $ apmatrix wait all --state idle && apmatrix remove all --any-owner >/dev/null && apmatrix wait all --gone

Words of other tools have a hint.

  $ for word in enable rm destroy mv edit info save rollback nodedev-start reserve undefinee; do apmatrix $word 2>&1 | tail -1; done
  hint: apmatrix autostart MATRIX on
  hint: apmatrix remove MATRIX
  hint: apmatrix stop MATRIX keeps the definition; apmatrix remove MATRIX deletes it
  hint: apmatrix rename MATRIX NAME
  hint: apmatrix set MATRIX -a IDS -d IDS, or apmatrix define MATRIX -a IDS
  hint: apmatrix show MATRIX
  hint: apmatrix export >FILE
  hint: apmatrix undo
  hint: apmatrix start MATRIX
  hint: apmatrix pool reserve -a IDS
  hint: did you mean undefine? apmatrix --help lists the commands
