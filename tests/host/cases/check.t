What gets in each other's way, before it is started.

tree small

  $ apmatrix check
  no conflicts
  $ apmatrix check --exit-code --quiet

Definitions that cannot start together, or beside what is active, or at all.

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
  problem definitions-collide: 0ae0e9ca-d27d-4327-8e70-000000000001: 05.0047 is in the definition of web1, too
  note taken: 0ae0e9ca-d27d-4327-8e70-000000000001: 05.0047 is assigned to web1, which is active
  note definitions-exclude: 0ae0e9ca-d27d-4327-8e70-000000000002: 06.00ab is in the definition of web1, too
  note taken: 0ae0e9ca-d27d-4327-8e70-000000000002: 06.00ab is assigned to db1, which is active
  problem names-alike: web1 is the name of 0ae0e9ca-d27d-4327-8e70-000000000003 and of 62177883-f1bb-47f0-914d-32a22e3a8804
  note taken: web1: 06.00ab is assigned to db1, which is active
  note reserved: 0ae0e9ca-d27d-4327-8e70-000000000004: 0a.0004 is the host's now
    see apmatrix pool show
  $ apmatrix check db1
  problem unreadable: /etc/mdevctl.d/matrix/0ae0e9ca-d27d-4327-8e70-000000000005: line 1, column 82: ':' expected near ']'; ignored
  note taken: 0ae0e9ca-d27d-4327-8e70-000000000002: 06.00ab is assigned to db1, which is active
  note taken: web1: 06.00ab is assigned to db1, which is active
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
        "message": "0ae0e9ca-d27d-4327-8e70-000000000004: 0a.0004 is the host's now",
        "hint": "see apmatrix pool show"
      }
    ],
    "warnings": [],
    "errors": []
  }
  [9]

What the host keeps after the next boot counts, too.

tree small

  $ apmatrix check web1 --exit-code
  no conflicts
  $ mkdir -p host/etc/udev/rules.d
  > echo 'ATTR{../../bus/ap/apmask}="0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"' >host/etc/udev/rules.d/41-ap.rules
  $ apmatrix check web1 --exit-code
  problem reserved-at-boot: web1: 05.0004 and 1 more is the host's after the next boot
    apmatrix pool reserve --persist, with what is to be for guests
  [9]
  $ apmatrix check nobody
  apmatrix: check: no matrix is named nobody
  hint: apmatrix list shows all there are
  [3]
