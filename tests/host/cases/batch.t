Commands from a file.

tree small

  $ cat >commands <<'X'
  > # comments and empty lines
  > 
  > create db2 -u 0ae0e9ca-d27d-4327-8e70-78bee6d12c60 -a 6 -d 0xff --comment 'a b'  # the end
  > apmatrix assign db2 -c 4
  > list --no-headings
  > X
  $ apmatrix batch commands
  db2 (0ae0e9ca-d27d-4327-8e70-78bee6d12c60)
    ~ active                   no -> yes
    + adapters                 0x06
    + domains                  0xff
    + name                     db2
    + comment                  a b
    a guest would get 06.00ff
  db2 (0ae0e9ca-d27d-4327-8e70-78bee6d12c60)
    + control_domains          0x04
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -     0x06  0xab       0xab       1  0  0
  db2   0ae0e9ca-d27d-4327-8e70-78bee6d12c60  idle    -     0x06  0xff       0x04       1  0  0
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto  0x05  0x04,0x47  0x04,0x47  2  2  0
  apmatrix: note: not kept over a reboot: db2 (no definition). apmatrix persist db2 keeps it
  $ apmatrix batch - <commands
  apmatrix: -:3: create: db2 already exists
  [4]
  $ apmatrix batch --keep-going --json <commands
  apmatrix: -:3: create: db2 already exists
  {
    "meta": {
      "api_level": 1,
      "tool": "apmatrix",
      "version": "0.1.0",
      "host": "HOST",
      "time": "2026-11-21T11:30:00Z",
      "command": "batch"
    },
    "changed": false,
    "dry_run": false,
    "rolled_back": false,
    "changes": [],
    "guests": [],
    "confirm_within": null,
    "matrices": [
      {
        "uuid": "0ae0e9ca-d27d-4327-8e70-78bee6d12c60",
        "name": "db2",
        "owner": null,
        "comment": "a b",
        "state": "idle",
        "start": null,
        "active": true,
        "defined": false,
        "drift": false,
        "plan_drift": null,
        "adapters": [6],
        "domains": [255],
        "control_domains": [4],
        "masks": {
          "adapters": "0x0200000000000000000000000000000000000000000000000000000000000000",
          "domains": "0x0000000000000000000000000000000000000000000000000000000000000001",
          "control_domains": "0x0800000000000000000000000000000000000000000000000000000000000000"
        },
        "assigned": ["06.00ff"],
        "guest": ["06.00ff"],
        "guest_control_domains": [4],
        "missing": [],
        "definition": null,
        "guest_info": null
      },
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
        "adapters": [5],
        "domains": [4, 71],
        "control_domains": [4, 71],
        "masks": {
          "adapters": "0x0400000000000000000000000000000000000000000000000000000000000000",
          "domains": "0x0800000000000000010000000000000000000000000000000000000000000000",
          "control_domains": "0x0800000000000000010000000000000000000000000000000000000000000000"
        },
        "assigned": ["05.0004", "05.0047"],
        "guest": ["05.0004", "05.0047"],
        "guest_control_domains": [4, 71],
        "missing": [],
        "definition": {
          "adapters": [5],
          "domains": [4, 71],
          "control_domains": [4, 71],
          "masks": {
            "adapters": "0x0400000000000000000000000000000000000000000000000000000000000000",
            "domains": "0x0800000000000000010000000000000000000000000000000000000000000000",
            "control_domains": "0x0800000000000000010000000000000000000000000000000000000000000000"
          }
        },
        "guest_info": null
      },
      {
        "uuid": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001",
        "name": "db1",
        "owner": null,
        "comment": null,
        "state": "idle",
        "start": null,
        "active": true,
        "defined": false,
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
        "definition": null,
        "guest_info": null
      }
    ],
    "queues": [],
    "host": null,
    "plan": null,
    "findings": [],
    "warnings": [],
    "errors": [
      {
        "code": "CONFLICT",
        "errno": null,
        "matrix": "0ae0e9ca-d27d-4327-8e70-78bee6d12c60",
        "apqn": null,
        "holder": null,
        "message": "-:3: create: db2 already exists",
        "hint": null
      }
    ]
  }
  [4]

With --atomic, queues move from one matrix to the other, or nothing changes.

  $ printf 'unassign db1 -d 0xab\nassign db2 -d 0xab\n' | apmatrix batch --atomic --dry-run
  preview: nothing is changed
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    - domains                  0xab
    a guest would no longer get 06.00ab
  db2 (0ae0e9ca-d27d-4327-8e70-78bee6d12c60)
    + domains                  0xab
    a guest would get 06.00ab
  $ printf 'assign db2 -d 0xab\nunassign db1 -d 0xab\n' | apmatrix batch --atomic
  db2 (0ae0e9ca-d27d-4327-8e70-78bee6d12c60)
    + domains                  0xab
    a guest would get 06.00ab
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    - domains                  0xab
    a guest would no longer get 06.00ab
  apmatrix: note: not kept over a reboot: db2, db1 (no definition). apmatrix persist db2 db1 keeps it
  $ printf 'assign db1 -d 0x47\nassign db2 -d 0x04\nassign db2 -a 0x0a\n' | apmatrix batch --atomic
  apmatrix: batch db2: 0a.0004, 0a.00ab, 0a.00ff: kept for the host's drivers [EADDRNOTAVAIL]
  hint: apmatrix pool reserve -d 0x04,0xab,0xff gives them to guests
  [4]
  $ printf 'assign db1 -d 0x47\nassign nobody -d 0x04\n' | apmatrix batch --atomic
  apmatrix: -:2: assign: no matrix with the name nobody
  hint: apmatrix list shows all matrices
  [3]
  $ apmatrix list
  NAME  UUID                                  STATE    START  ADAPTERS  DOMAINS    CONTROL    ASSIGNED  IN-GUEST  MISSING
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  unknown  -      0x06      -          0xab              0         0        0
  db2   0ae0e9ca-d27d-4327-8e70-78bee6d12c60  idle     -      0x06      0xab,0xff  0x04              2         0        0
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use   auto   0x05      0x04,0x47  0x04,0x47         2         2        0

Errors have the number of the line and are reported before any change.

  $ printf 'assign db1 -d 0x47\nasign db1 -d 4\nassign db1 -d "4\nassign db1 --json -d 5\nhelp\n' | apmatrix batch
  apmatrix: -:2: unknown command "asign"
  hint: did you mean assign? apmatrix --help lists the commands
  apmatrix: batch: -:3: unclosed quote, or nothing follows the last \
  apmatrix: -:4: assign: --json is an option of the whole batch
  hint: use apmatrix batch --json
  apmatrix: -:5: help: not possible in a batch
  hint: see apmatrix --help
  [2]
  $ printf 'assign db1 -d 0x47 --allow-loss\nlist\n' | apmatrix batch --atomic
  apmatrix: -:1: assign: --allow-loss is an option of the whole batch
  hint: use apmatrix batch --allow-loss
  apmatrix: -:2: list: not possible in a batch
  hint: --atomic accepts only commands that change matrices, see apmatrix --help
  [2]
  $ apmatrix batch --atomic --keep-going </dev/null
  apmatrix: batch: --atomic and --keep-going exclude each other
  [2]
  $ apmatrix batch --allow-loss </dev/null
  apmatrix: batch: --allow-loss needs --atomic; otherwise use it in a line
  [2]
  $ apmatrix batch nowhere
  apmatrix: batch: cannot read nowhere: No such file or directory [ENOENT]
  [3]
  $ apmatrix batch </dev/null

What is exported for a shell can be run as a batch.

  $ apmatrix export db1 db2 --as shell >commands
  $ apmatrix remove db1 db2 >removed
  $ apmatrix batch commands >made
  apmatrix: note: not kept over a reboot: db2, db1 (no definition). apmatrix persist db2 db1 keeps it
  $ apmatrix export db1 db2 --as shell | diff commands -
