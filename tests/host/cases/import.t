Import of definitions into the directory of mdevctl.

tree small

What mdevctl list --dumpjson prints, and what export writes, are alike.

  $ apmatrix export --as mdevctl >all.json
  > apmatrix export db1 --as mdevctl >db1.json
  > apmatrix export >plan.json
  $ apmatrix import all.json --dry-run
  preview: nothing is changed
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + start                    manual
    + defined_adapters         0x06
    + defined_domains          0xab
    + defined_control_domains  0xab
  $ apmatrix import all.json
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + start                    manual
    + defined_adapters         0x06
    + defined_domains          0xab
    + defined_control_domains  0xab
  $ apmatrix import all.json
  no change needed
  $ apmatrix import db1.json -u 7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001 --auto
  apmatrix: import: db1 already has a different definition
  hint: use --replace to overwrite it
  [4]
  $ apmatrix import db1.json -u 7C1E3A54-0B7E-4D3C-9D1C-1F6A70D5B001 --auto --replace --json
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  {
    "meta": {
      "api_level": 1,
      "tool": "apmatrix",
      "version": "0.1.0",
      "host": "HOST",
      "time": "2026-11-21T11:30:00Z",
      "command": "import"
    },
    "changed": true,
    "dry_run": false,
    "rolled_back": false,
    "changes": [
      {"matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "apqn": null, "field": "start", "add": [], "remove": [], "from": "manual", "to": "auto"}
    ],
    "guests": [],
    "confirm_within": null,
    "matrices": [
      {
        "uuid": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001",
        "name": "db1",
        "owner": null,
        "comment": null,
        "state": "idle",
        "start": "auto",
        "active": true,
        "defined": true,
        "drift": false,
        "plan_drift": null,
        "adapters": [6],
        "domains": [171],
        "control_domains": [171],
        "masks": {
          "adapters": "0x0200000000000000000000000000000000000000000000000000000000000000",
          "domains": "0x0000000000000000000000000000000000000000001000000000000000000000",
          "control_domains": "0x0000000000000000000000000000000000000000001000000000000000000000"
        },
        "assigned": ["06.00ab"],
        "guest": ["06.00ab"],
        "guest_control_domains": [171],
        "missing": [],
        "definition": {
          "adapters": [6],
          "domains": [171],
          "control_domains": [171],
          "masks": {
            "adapters": "0x0200000000000000000000000000000000000000000000000000000000000000",
            "domains": "0x0000000000000000000000000000000000000000001000000000000000000000",
            "control_domains": "0x0000000000000000000000000000000000000000001000000000000000000000"
          }
        },
        "guest_info": null
      }
    ],
    "queues": [],
    "host": null,
    "plan": null,
    "findings": [],
    "warnings": [
      {
        "code": "OK",
        "errno": null,
        "matrix": null,
        "apqn": null,
        "holder": null,
        "message": "not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist",
        "hint": null
      }
    ],
    "errors": []
  }
  $ cat host/etc/mdevctl.d/matrix/7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001
  {
    "mdev_type": "vfio_ap-passthrough",
    "start": "auto",
    "attrs": [
      {
        "assign_adapter": "0x06"
      },
      {
        "assign_domain": "0xab"
      },
      {
        "assign_control_domain": "0xab"
      }
    ]
  }
  $ apmatrix list --no-headings
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    auto  0x06  0xab       0xab       1  0  0
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto  0x05  0x04,0x47  0x04,0x47  2  2  0

A directory of definitions, from another host; and one that collides.

tree small

  $ mkdir -p backup
  > echo '{"mdev_type": "vfio_ap-passthrough", "start": "auto", "attrs": [{"assign_adapter": "6"}, {"assign_domain": "0xff"}], "comment": 1}' >backup/0ae0e9ca-d27d-4327-8e70-000000000001
  > echo junk >backup/README
  $ apmatrix import backup
  0ae0e9ca-d27d-4327-8e70-000000000001
    + start                    auto
    + defined_adapters         0x06
    + defined_domains          0xff
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix import backup
  no change needed
  $ cp backup/0ae0e9ca-d27d-4327-8e70-000000000001 backup/0ae0e9ca-d27d-4327-8e70-000000000002
  $ apmatrix import backup
  apmatrix: import 0ae0e9ca-d27d-4327-8e70-000000000002: 06.00ff is also in the definition of 0ae0e9ca-d27d-4327-8e70-000000000001: only one of them can start at boot
  [4]
  $ apmatrix list --defined --no-headings
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use   auto  0x05  0x04,0x47  0x04,0x47  2  2  0
  -     0ae0e9ca-d27d-4327-8e70-000000000001  defined  auto  0x06  0xff       -          1  -  -
  $ echo '[{"matrix": [{"0ae0e9ca-d27d-4327-8e70-000000000003": {"mdev_type": "vfio_ap-passthrough", "start": "manual", "attrs": []}}], "0000:00:02.0": [{}, {}]}]' | apmatrix import -
  0ae0e9ca-d27d-4327-8e70-000000000003
    + start                    manual
  apmatrix: note: import: standard input: skipped 2 devices that are no matrix

Import of active matrices.

tree small

  $ apmatrix import --from active
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + start                    manual
    + defined_adapters         0x06
    + defined_domains          0xab
    + defined_control_domains  0xab
  $ apmatrix import --from active
  no change needed
  $ apmatrix assign db1 -d 0x47 --runtime-only >/dev/null
  $ apmatrix import --from active db1
  apmatrix: import: db1 already has a different definition
  hint: use --replace to overwrite it
  [4]
  $ apmatrix import --from active db1 --replace
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + defined_domains          0x47
  $ apmatrix import --from active nobody
  apmatrix: import: no matrix with the name nobody
  hint: apmatrix list shows all matrices
  [3]

A failed import changes nothing.

tree small

  $ printf '%s\n' '#!/bin/sh' 'printf %s "$1" | apmatrix import - $2' >bin/try; chmod +x bin/try
  $ try ''
  apmatrix: import: standard input: line 1, column 0: '[' or '{' expected near end of file
  [2]
  $ try '[{"matrix": [{"x": {}}]}]'
  apmatrix: import: standard input: line 1, column 15: not a UUID
  [2]
  $ try '[{"matrix": [{"0ae0e9ca-d27d-4327-8e70-000000000003": 5}]}]'
  apmatrix: import: standard input: line 1, column 55: not an object
  [2]
  $ try '[{"matrix": {}}]'
  apmatrix: import: standard input: line 1, column 13: not an array
  [2]
  $ try '[5]'
  apmatrix: import: standard input: line 1, column 2: not an object
  [2]
  $ try '{"mdev_type": "vfio_ap-passthrough", "start": "auto", "attrs": []}'
  apmatrix: import: standard input: line 1, column 1: a single definition without a UUID
  hint: use -u, or name the file after the UUID
  [2]
  $ try '{"mdev_type": "i915-GVTg", "start": "auto", "attrs": []}' '-u 0ae0e9ca-d27d-4327-8e70-000000000003'
  apmatrix: import: standard input: line 1, column 1: "mdev_type" is not vfio_ap-passthrough
  [2]
  $ try '{"mdev_type": "vfio_ap-passthrough", "start": "auto", "attrs": [{"assign_adapter": "256"}]}' '-u 0ae0e9ca-d27d-4327-8e70-000000000003'
  apmatrix: import: standard input: line 1, column 1: unknown attribute
  [2]
  $ apmatrix export | apmatrix import -
  apmatrix: import: standard input: line 1, column 1: this is a plan file
  hint: use apmatrix apply
  [2]
  $ apmatrix import nothing.json
  apmatrix: import: cannot read nothing.json: No such file or directory [ENOENT]
  [3]
  $ apmatrix import
  apmatrix: import: no file given
  hint: for example the output of mdevctl list -d --dumpjson; - is standard input
  [2]
  $ apmatrix import a b -u 0ae0e9ca-d27d-4327-8e70-000000000003
  apmatrix: import: -u needs exactly one file
  [2]
  $ apmatrix import a --auto --manual
  apmatrix: import: --auto and --manual exclude each other
  [2]
  $ apmatrix list --defined --no-headings
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto  0x05  0x04,0x47  0x04,0x47  2  2  0
