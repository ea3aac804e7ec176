Conflicts before a matrix is started.

tree small

  $ apmatrix check
  note not-defined: not kept over a reboot: db1 (no definition)
  note masks-not-kept: not kept over a reboot: which queues guests can have (no udev rule sets the masks)
  note no-starter: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed)
    install the package apmatrix (or run make install), then run apmatrix persist db1
  $ apmatrix check --exit-code --quiet
  note not-defined: not kept over a reboot: db1 (no definition)
  note masks-not-kept: not kept over a reboot: which queues guests can have (no udev rule sets the masks)
  note no-starter: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed)
    install the package apmatrix (or run make install), then run apmatrix persist db1

Definitions that conflict with each other, with active matrices, or with the host.

  $ define() { mkdir -p host/etc/mdevctl.d/matrix; echo "{\"mdev_type\": \"vfio_ap-passthrough\", \"start\": \"$2\", \"attrs\": [$3]}" >host/etc/mdevctl.d/matrix/$1; }
  > define 0ae0e9ca-d27d-4327-8e70-000000000001 auto '{"assign_adapter": "5"}, {"assign_domain": "0x47"}'
  > define 0ae0e9ca-d27d-4327-8e70-000000000002 manual '{"assign_adapter": "6"}, {"assign_domain": "0xab"}'
  > define 0ae0e9ca-d27d-4327-8e70-000000000003 manual '{"assign_adapter": "6"}, {"assign_domain": "0xab"}, {"assign_domain": "0xff"}'
  > define 0ae0e9ca-d27d-4327-8e70-000000000004 auto '{"assign_adapter": "0x0a"}, {"assign_domain": "0x04"}'
  > define 0ae0e9ca-d27d-4327-8e70-000000000005 auto '{"assign_adapter"'
  $ mkdir -p host/etc/apmatrix/matrices.d
  > echo '{"name": "web1"}' >host/etc/apmatrix/matrices.d/0ae0e9ca-d27d-4327-8e70-000000000003.json
  $ apmatrix check
  problem unreadable: /etc/mdevctl.d/matrix/0ae0e9ca-d27d-4327-8e70-000000000005: line 1, column 82: ':' expected near ']'; ignored
  problem definitions-collide: 0ae0e9ca-d27d-4327-8e70-000000000001: 05.0047 is also in the definition of web1
  note taken: 0ae0e9ca-d27d-4327-8e70-000000000001: 05.0047 is assigned to the active matrix web1
  note definitions-exclude: 0ae0e9ca-d27d-4327-8e70-000000000002: 06.00ab is also in the definition of web1
  note taken: 0ae0e9ca-d27d-4327-8e70-000000000002: 06.00ab is assigned to the active matrix db1
  problem names-alike: web1 is the name of 0ae0e9ca-d27d-4327-8e70-000000000003 and of 62177883-f1bb-47f0-914d-32a22e3a8804
  note taken: web1: 06.00ab is assigned to the active matrix db1
  note reserved: 0ae0e9ca-d27d-4327-8e70-000000000004: 0a.0004 is kept for the host
    see apmatrix pool show
  note not-defined: not kept over a reboot: db1 (no definition)
  note masks-not-kept: not kept over a reboot: which queues guests can have (no udev rule sets the masks)
  note no-starter: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed)
    install the package apmatrix (or run make install), then run apmatrix persist db1
  $ apmatrix check db1
  problem unreadable: /etc/mdevctl.d/matrix/0ae0e9ca-d27d-4327-8e70-000000000005: line 1, column 82: ':' expected near ']'; ignored
  note taken: 0ae0e9ca-d27d-4327-8e70-000000000002: 06.00ab is assigned to the active matrix db1
  note taken: web1: 06.00ab is assigned to the active matrix db1
  $ apmatrix check 0ae0e9ca-d27d-4327-8e70-000000000004 --json --exit-code
  {
    "meta": {
      "api_level": 1,
      "tool": "apmatrix",
      "version": "0.1.0",
      "host": "HOST",
      "time": "2026-11-21T11:30:00Z",
      "command": "check"
    },
    "changed": false,
    "dry_run": false,
    "rolled_back": false,
    "changes": [],
    "guests": [],
    "confirm_within": null,
    "matrices": [
      {
        "uuid": "0ae0e9ca-d27d-4327-8e70-000000000004",
        "name": null,
        "owner": null,
        "comment": null,
        "state": "defined",
        "start": "auto",
        "active": false,
        "defined": true,
        "drift": false,
        "plan_drift": null,
        "adapters": [10],
        "domains": [4],
        "control_domains": [],
        "masks": {
          "adapters": "0x0020000000000000000000000000000000000000000000000000000000000000",
          "domains": "0x0800000000000000000000000000000000000000000000000000000000000000",
          "control_domains": "0x0000000000000000000000000000000000000000000000000000000000000000"
        },
        "assigned": null,
        "guest": null,
        "guest_control_domains": null,
        "missing": null,
        "definition": {
          "adapters": [10],
          "domains": [4],
          "control_domains": [],
          "masks": {
            "adapters": "0x0020000000000000000000000000000000000000000000000000000000000000",
            "domains": "0x0800000000000000000000000000000000000000000000000000000000000000",
            "control_domains": "0x0000000000000000000000000000000000000000000000000000000000000000"
          }
        },
        "guest_info": null
      }
    ],
    "queues": [],
    "host": null,
    "plan": null,
    "findings": [
      {
        "finding": "unreadable",
        "serious": true,
        "matrix": "0ae0e9ca-d27d-4327-8e70-000000000005",
        "apqn": null,
        "holder": null,
        "message": "/etc/mdevctl.d/matrix/0ae0e9ca-d27d-4327-8e70-000000000005: line 1, column 82: ':' expected near ']'; ignored",
        "hint": null
      },
      {
        "finding": "reserved",
        "serious": false,
        "matrix": "0ae0e9ca-d27d-4327-8e70-000000000004",
        "apqn": "0a.0004",
        "holder": null,
        "message": "0ae0e9ca-d27d-4327-8e70-000000000004: 0a.0004 is kept for the host",
        "hint": "see apmatrix pool show"
      }
    ],
    "warnings": [],
    "errors": []
  }
  [9]

The host's plan counts, too: what apply would refuse of it, and where definitions are otherwise.

tree small

  $ plan() { cat >host/etc/apmatrix/plan.json; }
  > plan <<'X'
  > {"api_level": 1, "matrices": [
  >   {"name": "web1", "start": "auto", "adapters": [5], "domains": [4], "control_domains": "same"},
  >   {"name": "two", "adapters": [6], "domains": ["0xab"]},
  >   {"name": "three", "active": false, "start": "auto", "adapters": [5], "domains": [4]},
  >   {"name": "four", "active": false, "start": "auto", "adapters": [10], "domains": [4]}]}
  > X
  $ apmatrix check --exit-code
  note not-defined: not kept over a reboot: db1 (no definition)
  note masks-not-kept: not kept over a reboot: which queues guests can have (no udev rule sets the masks)
  note no-starter: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed)
    install the package apmatrix (or run make install), then run apmatrix persist db1
  problem plan-refused: plan two: 06.00ab: already assigned to 7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001 (db1)
    apmatrix unassign db1 -a 0x06 frees what is needed; it takes 06.00ab from this matrix
  problem plan-refused: plan three: 05.0004 is also in the definition of web1: only one of them can start at boot
  note plan-differs: the definition of web1 differs from the host's plan
  note plan-differs: two is only in the host's plan
  note plan-differs: three is only in the host's plan
  note plan-differs: four is only in the host's plan
    apmatrix plan shows the differences
  [9]
  $ apmatrix check three
  problem plan-refused: plan three: 05.0004 is also in the definition of web1: only one of them can start at boot
  note plan-differs: three is only in the host's plan
    apmatrix plan shows the differences
  $ apmatrix check db1
  problem plan-refused: plan two: 06.00ab: already assigned to 7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001 (db1)
    apmatrix unassign db1 -a 0x06 frees what is needed; it takes 06.00ab from this matrix
  $ apmatrix check two --json --exit-code
  {
    "meta": {
      "api_level": 1,
      "tool": "apmatrix",
      "version": "0.1.0",
      "host": "HOST",
      "time": "2026-11-21T11:30:00Z",
      "command": "check"
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
    "findings": [
      {
        "finding": "plan-refused",
        "serious": true,
        "matrix": "8d4562c2-34f3-5eee-8dd1-6787b371aee6",
        "apqn": "06.00ab",
        "holder": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001",
        "message": "plan two: 06.00ab: already assigned to 7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001 (db1)",
        "hint": "apmatrix unassign db1 -a 0x06 frees what is needed; it takes 06.00ab from this matrix"
      },
      {
        "finding": "plan-differs",
        "serious": false,
        "matrix": "8d4562c2-34f3-5eee-8dd1-6787b371aee6",
        "apqn": null,
        "holder": null,
        "message": "two is only in the host's plan",
        "hint": "apmatrix plan shows the differences"
      }
    ],
    "warnings": [],
    "errors": []
  }
  [9]
  $ apmatrix check nobody
  apmatrix: check: no matrix with the name nobody
  hint: apmatrix list shows all matrices
  [3]
  $ mkdir -p host/etc/udev/rules.d
  > echo 'ATTR{../../bus/ap/apmask}="0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"' >host/etc/udev/rules.d/41-ap.rules
  $ apmatrix check four
  note plan-differs: four is only in the host's plan
    apmatrix plan shows the differences
  problem reserved-at-boot: four: 0a.0004 is kept for the host after the next boot
    apmatrix pool reserve --persist, with the queues for guests
  $ echo '{"api_level": 1, "pool": {"adapters": [5, 10]}}' >host/etc/apmatrix/plan.json
  $ apmatrix check
  note not-defined: not kept over a reboot: db1 (no definition)
  note no-starter: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed)
    install the package apmatrix (or run make install), then run apmatrix persist db1
  note plan-differs: the pool differs from the host's plan
    apmatrix plan shows the differences
  $ echo '{"api_level": 1, "pool": {"adapters": [5], "method": "override"}}' >host/etc/apmatrix/plan.json
  $ apmatrix check
  note not-defined: not kept over a reboot: db1 (no definition)
  note no-starter: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed)
    install the package apmatrix (or run make install), then run apmatrix persist db1
  problem plan-refused: plan: apmask or aqmask is in use, and this kernel refuses overrides unless both are all ones
    use --method masks, or release the masks first: apmatrix pool release -a all -d all
  $ printf '{"api_level": 1,\n"pool": 5}' >host/etc/apmatrix/plan.json
  $ apmatrix check web1 --exit-code
  problem unreadable: /etc/apmatrix/plan.json: line 2, column 9: pool: not an object
  problem reserved-at-boot: web1: 05.0004 and 1 more is kept for the host after the next boot
    apmatrix pool reserve --persist, with the queues for guests
  [9]
  $ rm host/etc/apmatrix/plan.json host/etc/udev/rules.d/41-ap.rules
  $ apmatrix export >host/etc/apmatrix/plan.json
  $ apmatrix check
  note not-defined: not kept over a reboot: db1 (no definition)
  note no-starter: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed)
    install the package apmatrix (or run make install), then run apmatrix persist db1

What the host keeps after the next boot counts, too.

tree small

  $ apmatrix check web1 --exit-code
  no conflicts
  $ mkdir -p host/etc/udev/rules.d
  > echo 'ATTR{../../bus/ap/apmask}="0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"' >host/etc/udev/rules.d/41-ap.rules
  $ apmatrix check web1 --exit-code
  problem reserved-at-boot: web1: 05.0004 and 1 more is kept for the host after the next boot
    apmatrix pool reserve --persist, with the queues for guests
  [9]
  $ apmatrix check nobody
  apmatrix: check: no matrix with the name nobody
  hint: apmatrix list shows all matrices
  [3]

Another host, by what apmatrix host --json says there: the same one first.

tree small

  $ apmatrix host --json >same.json
  $ apmatrix check --target same.json --exit-code
  no conflicts
  $ sed -e 's/"apmask": "0xf9/"apmask": "0xff/' -e 's/"domains": \[4, 71, /"domains": [71, /' same.json >other.json
  $ apmatrix check --target other.json --exit-code
  problem target-lacks: web1: the target has no domain 0x04 (4)
  problem target-reserved: web1: 05.0004 and 1 more is kept for the host on the target
    on the target: apmatrix pool reserve -a 0x05 (or -d 0x04)
  problem target-reserved: db1: 06.00ab is kept for the host on the target
    on the target: apmatrix pool reserve -a 0x06 (or -d 0xab)
  [9]
  $ sed -e 's/"hwtype": 14, "mode": "cca"/"hwtype": 13, "mode": "cca"/' -e 's/"module": true/"module": false/' same.json | apmatrix check web1 --target - --exit-code
  problem target-no-vfio-ap: web1: vfio_ap is not loaded on the target
    on the target: apmatrix doctor
  problem target-adapter-differs: web1: the target's adapter 0x05 (5) is older: type 13, not 14
  [9]
  $ sed -e 's/"config": true/"config": false/' same.json >off.json; apmatrix check db1 --target off.json --exit-code --json | grep -A2 '"finding"'
        "finding": "target-adapter-off",
        "serious": true,
        "matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001",

Files that are not a profile.

  $ apmatrix list --json >list.json; apmatrix check --target list.json
  apmatrix: check: list.json: line 80, column 11: host: output of another command
  hint: apmatrix host --json writes a profile
  [2]
  $ echo '{"meta": {"api_level": 2}}' | apmatrix check --target -
  apmatrix: check: standard input: line 1, column 24: meta.api_level: unsupported api_level; this program supports 1
  [2]
  $ echo '{"meta": {"api_level": 1}, "host": {}}' | apmatrix check --target -
  apmatrix: check: standard input: line 1, column 36: host: "adapters" is missing
  hint: apmatrix host --json writes a profile
  [2]
  $ head -n 20 same.json | apmatrix check --target -
  apmatrix: check: standard input: line 21, column 0: string or '}' expected near end of file
  [2]
  $ apmatrix check --target nothing
  apmatrix: check: cannot read nothing: No such file or directory [ENOENT]
  [3]
  $ apmatrix check nobody --target same.json
  apmatrix: check: no matrix with the name nobody
  hint: apmatrix list shows all matrices
  [3]

tree overrides

A host with driver overrides does not say which queues they are.

  $ apmatrix host --json >overrides.json
  $ apmatrix check --target overrides.json --exit-code
  note target-unknown: web1: the target uses driver overrides, which a profile does not contain

The help did not tell which findings change the exit status, nor of those about a reboot.

tree small

  $ apmatrix check --help | grep -A4 -e '--exit-code: 9'; apmatrix assign web1 -a 6 -d 0xff --allow-loss -q --any-owner; apmatrix check web1 --exit-code | grep unlike
  there. --exit-code: 9 on what is printed as a problem (with --strict also
  unlike), and on drift and plan-differs; 0 if there are only other notes.
  Without MATRIX the findings of apmatrix status are printed too, as notes:
  not-defined, masks-not-kept, overrides-not-kept, no-starter.
  
  note unlike: web1: its queues differ in mode (0x05 cca, 0x06 ep11)
  $ apmatrix check web1 --exit-code --strict | grep problem; apmatrix check web1 --exit-code --strict >/dev/null
  problem unlike: web1: its queues differ in mode (0x05 cca, 0x06 ep11)
  [9]
