Changes on a kernel with our module.

tree small

  $ apmatrix
  NAME  UUID                                  STATE   START  ADAPTERS  DOMAINS    CONTROL    ASSIGNED  IN-GUEST  MISSING
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -      0x06      0xab       0xab              1         0        0
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto   0x05      0x04,0x47  0x04,0x47         2         2        0

A hot plug, and its dry run.

  $ apmatrix assign web1 -a 6 --dry-run
  preview: nothing is changed
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    + adapters                 0x06
    + defined_adapters         0x06
    the guest would get 06.0004, 06.0047
  apmatrix: note: web1: its queues differ in mode (0x05 cca, 0x06 ep11)
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  $ apmatrix assign web1 -a 6
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    + adapters                 0x06
    + defined_adapters         0x06
    the guest gets 06.0004, 06.0047
  apmatrix: note: web1: its queues differ in mode (0x05 cca, 0x06 ep11)
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix assign web1 -a 6
  no change needed
  $ apmatrix show web1 --json
  {
    "meta": {
      "api_level": 1,
      "tool": "apmatrix",
      "version": "0.1.0",
      "host": "HOST",
      "time": "2026-11-21T11:30:00Z",
      "command": "show"
    },
    "changed": false,
    "dry_run": false,
    "rolled_back": false,
    "changes": [],
    "guests": [],
    "confirm_within": null,
    "matrices": [
      {
        "uuid": "62177883-f1bb-47f0-914d-32a22e3a8804",
        "name": "web1",
        "owner": "ansible",
        "comment": null,
        "state": "in-use",
        "start": "auto",
        "active": true,
        "defined": true,
        "drift": false,
        "plan_drift": null,
        "adapters": [5, 6],
        "domains": [4, 71],
        "control_domains": [4, 71],
        "masks": {
          "adapters": "0x0600000000000000000000000000000000000000000000000000000000000000",
          "domains": "0x0800000000000000010000000000000000000000000000000000000000000000",
          "control_domains": "0x0800000000000000010000000000000000000000000000000000000000000000"
        },
        "assigned": ["05.0004", "05.0047", "06.0004", "06.0047"],
        "guest": ["05.0004", "05.0047", "06.0004", "06.0047"],
        "guest_control_domains": [4, 71],
        "missing": [],
        "definition": {
          "adapters": [5, 6],
          "domains": [4, 71],
          "control_domains": [4, 71],
          "masks": {
            "adapters": "0x0600000000000000000000000000000000000000000000000000000000000000",
            "domains": "0x0800000000000000010000000000000000000000000000000000000000000000",
            "control_domains": "0x0800000000000000010000000000000000000000000000000000000000000000"
          }
        },
        "guest_info": null
      }
    ],
    "queues": [],
    "host": null,
    "plan": null,
    "findings": [],
    "warnings": [],
    "errors": []
  }

Queues of other matrices and of the host are refused.

  $ apmatrix assign web1 -d 0xab
  apmatrix: assign web1: 06.00ab: already assigned to 7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001 (db1) [EADDRINUSE]
  hint: apmatrix unassign db1 -a 0x06 frees what is needed; it takes 06.00ab from this matrix
  [4]
  $ apmatrix assign web1 -a 0x0a
  apmatrix: assign web1: 0a.0004, 0a.0047: kept for the host's drivers [EADDRNOTAVAIL]
  hint: apmatrix pool reserve -d 0x04,0x47 gives them to guests; --reserve does that in the same change
  [4]
  $ apmatrix assign web1 -a 0x0a --json
  apmatrix: assign web1: 0a.0004, 0a.0047: kept for the host's drivers [EADDRNOTAVAIL]
  hint: apmatrix pool reserve -d 0x04,0x47 gives them to guests; --reserve does that in the same change
  {
    "meta": {
      "api_level": 1,
      "tool": "apmatrix",
      "version": "0.1.0",
      "host": "HOST",
      "time": "2026-11-21T11:30:00Z",
      "command": "assign"
    },
    "changed": false,
    "dry_run": false,
    "rolled_back": false,
    "changes": [],
    "guests": [],
    "confirm_within": null,
    "matrices": [],
    "queues": [],
    "host": null,
    "plan": null,
    "findings": [],
    "warnings": [],
    "errors": [
      {
        "code": "CONFLICT",
        "errno": "EADDRNOTAVAIL",
        "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804",
        "apqn": "0a.0004",
        "holder": null,
        "message": "assign web1: 0a.0004, 0a.0047: kept for the host's drivers",
        "hint": "apmatrix pool reserve -d 0x04,0x47 gives them to guests; --reserve does that in the same change"
      }
    ]
  }
  [4]

A running guest keeps its queues without --allow-loss.

  $ apmatrix unassign web1 -a 5
  apmatrix: unassign web1: a running guest would lose 2 of its 4 queues: 05.0004, 05.0047 [EBUSY]
  hint: use --allow-loss to proceed
  [5]
  $ apmatrix unassign web1 -a 5 --allow-loss --runtime-only
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    - adapters                 0x05
    the guest loses 05.0004, 05.0047
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix show web1
  web1
    uuid             62177883-f1bb-47f0-914d-32a22e3a8804
    owner            ansible
    state            in-use
    start            auto, differs from the active configuration
    adapters         0x06 (6)
    domains          0x04 (4), 0x47 (71)
    control domains  0x04 (4), 0x47 (71)
    defined adapters 0x05 (5), 0x06 (6)
    defined domains  0x04 (4), 0x47 (71)
    defined control  0x04 (4), 0x47 (71)
    guest has        06.0004 06.0047

  $ apmatrix remove web1
  apmatrix: remove: web1 belongs to ansible
  hint: apmatrix remove web1 --any-owner --force does it (or --owner ansible)
  apmatrix: remove web1: in use by a guest [EBUSY]
  hint: detach it from the guest first, or use --force to wait until the guest releases it
  [4]
  $ apmatrix remove db1
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    ~ active                   yes -> no
    - name                     db1
    frees 06.00ab
  $ apmatrix remove db1
  apmatrix: remove: no matrix with the name db1
  hint: did you mean web1? apmatrix list shows all matrices
  [3]
  $ apmatrix remove db1 --if-present
  no change needed
  $ apmatrix create -u 0ae0e9ca-d27d-4327-8e70-78bee6d12c60 db2 -a 6 -d 0xab --manual
  db2 (0ae0e9ca-d27d-4327-8e70-78bee6d12c60)
    ~ active                   no -> yes
    + adapters                 0x06
    + domains                  0xab
    + start                    manual
    + defined_adapters         0x06
    + defined_domains          0xab
    + name                     db2
    a guest would get 06.00ab
  $ cat host/etc/mdevctl.d/matrix/0ae0e9ca-d27d-4327-8e70-78bee6d12c60
  {
    "mdev_type": "vfio_ap-passthrough",
    "start": "manual",
    "attrs": [
      {
        "assign_adapter": "0x06"
      },
      {
        "assign_domain": "0xab"
      }
    ]
  }
  $ apmatrix list
  NAME  UUID                                  STATE   START   ADAPTERS  DOMAINS    CONTROL    ASSIGNED  IN-GUEST  MISSING  DRIFT
  db2   0ae0e9ca-d27d-4327-8e70-78bee6d12c60  idle    manual  0x06      0xab       -                 1         0        0  -
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto    0x06      0x04,0x47  0x04,0x47         2         2        0  definition

The writes to sysfs and to the disk.

tree small

  $ apmatrix assign db1 -d 0x47 --persist --verbose >/dev/null
  apmatrix: write /sys/devices/vfio_ap/matrix/7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001/ap_config: 0x0200000000000000000000000000000000000000000000000000000000000000,0x0000000000000000010000000000000000000000001000000000000000000000,0x0000000000000000000000000000000000000000001000000000000000000000
  apmatrix: write host/etc/udev/rules.d/41-ap.rules
  apmatrix: write host/etc/mdevctl.d/matrix/7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001
  apmatrix: write host/etc/apmatrix/matrices.d/7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001.json
  apmatrix: delete host/run/apmatrix/matrices.d/7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001.json
  apmatrix: write host/run/apmatrix/last-change.json
  apmatrix: note: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run systemctl enable apmatrix-restore.service
  $ apmatrix pool reserve -a 0x0a -v >/dev/null
  apmatrix: write /sys/bus/ap/apmask: 0xf9dfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
  apmatrix: write host/run/apmatrix/last-change.json
  apmatrix: note: not kept over a reboot: which queues guests can have (/etc/udev/rules.d/41-ap.rules sets other masks). apmatrix persist keeps it
  $ printf 'remove db1\nassign web1 -a 6 -v\n' | apmatrix batch >/dev/null
  apmatrix: write /sys/devices/vfio_ap/matrix/62177883-f1bb-47f0-914d-32a22e3a8804/ap_config: 0x0600000000000000000000000000000000000000000000000000000000000000,0x0800000000000000010000000000000000000000000000000000000000000000,0x0800000000000000010000000000000000000000000000000000000000000000
  apmatrix: write host/etc/mdevctl.d/matrix/62177883-f1bb-47f0-914d-32a22e3a8804
  apmatrix: write host/run/apmatrix/last-change.json
  apmatrix: note: -:2: web1: its queues differ in mode (0x05 cca, 0x06 ep11)
  apmatrix: note: -:2: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run systemctl enable apmatrix-restore.service
  $ apmatrix remove web1 --any-owner --force -v --dry-run >/dev/null
