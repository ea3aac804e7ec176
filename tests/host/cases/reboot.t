What lasts over a reboot and what does not is told at the change, by check and by status,
with the one command that completes it.

tree untouched

  $ apmatrix status
  host       vfio_ap is loaded, no queue is given to guests
  queues     4 host, 0 unbound, 0 free, 0 assigned, 0 in-guest, 0 missing
  matrices   0 in use, 0 idle, 0 defined only
  $ apmatrix pool reserve -a 5
  host
    - apmask                   0x05
    guests can have 05.0004, 05.0047
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks). apmatrix persist keeps it
  $ apmatrix create web1 -u 62177883-f1bb-47f0-914d-32a22e3a8804 -a 5 -d 4 >/dev/null
  apmatrix: note: not kept over a reboot: web1 (no definition). apmatrix persist web1 keeps it
  $ apmatrix create web2 -u 62177883-f1bb-47f0-914d-32a22e3a8805 -a 5 -d 0x47 --auto >/dev/null
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix assign web1 -c 4 >/dev/null
  apmatrix: note: not kept over a reboot: web1 (no definition). apmatrix persist web1 keeps it
  $ apmatrix check
  note not-defined: not kept over a reboot: web1 (no definition)
  note masks-not-kept: not kept over a reboot: which queues guests can have (no udev rule sets the masks)
  note no-starter: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed)
    install the package apmatrix (or run make install), then run apmatrix persist web1
  $ apmatrix check web2
  no conflicts
  $ apmatrix status
  host       vfio_ap is loaded, pool by masks
  queues     2 host, 0 unbound, 0 free, 2 assigned, 0 in-guest, 0 missing
  matrices   0 in use, 2 idle, 0 defined only
  last       assign web1 -c 4: apmatrix undo takes it back
  note not-defined: not kept over a reboot: web1 (no definition)
  note masks-not-kept: not kept over a reboot: which queues guests can have (no udev rule sets the masks)
  note no-starter: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed)
    install the package apmatrix (or run make install), then run apmatrix persist web1
  $ apmatrix status --json | sed -n '/"findings"/,$p'
    "findings": [
      {
        "finding": "not-defined",
        "serious": false,
        "matrix": null,
        "apqn": null,
        "holder": null,
        "message": "not kept over a reboot: web1 (no definition)",
        "hint": "install the package apmatrix (or run make install), then run apmatrix persist web1"
      },
      {
        "finding": "masks-not-kept",
        "serious": false,
        "matrix": null,
        "apqn": null,
        "holder": null,
        "message": "not kept over a reboot: which queues guests can have (no udev rule sets the masks)",
        "hint": "install the package apmatrix (or run make install), then run apmatrix persist web1"
      },
      {
        "finding": "no-starter",
        "serious": false,
        "matrix": null,
        "apqn": null,
        "holder": null,
        "message": "not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed)",
        "hint": "install the package apmatrix (or run make install), then run apmatrix persist web1"
      }
    ],
    "warnings": [],
    "errors": []
  }

That command does all of it, or says what it leaves.

  $ apmatrix persist web1
  host
    + udev_rule                /etc/udev/rules.d/41-ap.rules
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    + start                    auto
    + defined_adapters         0x05
    + defined_domains          0x04
    + defined_control_domains  0x04
  apmatrix: note: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run systemctl enable apmatrix-restore.service
  $ mkdir -p host/usr/lib/systemd/system; touch host/usr/lib/systemd/system/apmatrix-restore.service
  $ apmatrix status | tail -2
  note no-starter: not kept over a reboot: the start of matrices (apmatrix-restore.service is not enabled)
    apmatrix persist keeps it
  $ apmatrix persist --dry-run
  preview: nothing is changed
  host
    + unit                     apmatrix-restore.service
  $ apmatrix persist
  host
    + unit                     apmatrix-restore.service
  $ readlink host/etc/systemd/system/multi-user.target.wants/apmatrix-restore.service; grep apmask host/etc/udev/rules.d/41-ap.rules
  /usr/lib/systemd/system/apmatrix-restore.service
  ATTR{../../bus/ap/apmask}="0xfbffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
  $ apmatrix persist; apmatrix status; apmatrix check
  no change needed
  host       vfio_ap is loaded, pool by masks
  queues     2 host, 0 unbound, 0 free, 2 assigned, 0 in-guest, 0 missing
  matrices   0 in use, 2 idle, 0 defined only
  last       persist: apmatrix undo takes it back
  no conflicts
  $ apmatrix undo; ls host/etc/systemd/system/multi-user.target.wants; apmatrix undo; ls -l host/etc/systemd/system/multi-user.target.wants | grep -o ' apmatrix.*'
  host
    - unit                     apmatrix-restore.service
  apmatrix: note: the last change was: apmatrix persist
  host
    + unit                     apmatrix-restore.service
  apmatrix: note: the last change was: apmatrix undo
   apmatrix-restore.service -> /usr/lib/systemd/system/apmatrix-restore.service

The same for a new matrix, in one step.

tree untouched

  $ mkdir -p host/usr/lib/systemd/system; touch host/usr/lib/systemd/system/apmatrix-restore.service
  $ apmatrix create web1 -u 62177883-f1bb-47f0-914d-32a22e3a8804 --queues 2 --reserve --persist
  host
    - aqmask                   0x04
    + udev_rule                /etc/udev/rules.d/41-ap.rules
    + unit                     apmatrix-restore.service
    guests can have 05.0004, 06.0004
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    ~ active                   no -> yes
    + adapters                 0x05-0x06
    + domains                  0x04
    + start                    auto
    + defined_adapters         0x05-0x06
    + defined_domains          0x04
    + name                     web1
    a guest would get 05.0004, 06.0004
  $ apmatrix status | tail -n +4
  last       create web1 -u 62177883-f1bb-47f0-914d-32a22e3a8804 --queues 2 --reserve --persist: apmatrix undo takes it back
  $ apmatrix create web2 --transient --persist
  apmatrix: create: --transient and --persist exclude each other
  [2]

What mdevctl starts needs no unit of ours.

tree small

  $ mkdir -p host/usr/lib/udev/rules.d host/usr/sbin; echo 'RUN+="/usr/sbin/mdevctl start-parent-mdevs ap"' >host/usr/lib/udev/rules.d/60-mdevctl.rules; touch host/usr/sbin/mdevctl
  $ apmatrix persist db1
  host
    + udev_rule                /etc/udev/rules.d/41-ap.rules
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + start                    auto
    + defined_adapters         0x06
    + defined_domains          0xab
    + defined_control_domains  0xab

Driver overrides are in no udev rule: they are kept by the host's plan.

tree overrides

  $ apmatrix status | grep -A1 overrides-not
  note overrides-not-kept: not kept over a reboot: driver overrides (no "pool" in /etc/apmatrix/plan.json)
    apmatrix persist web1 keeps it
  $ apmatrix persist >/dev/null; cat host/etc/apmatrix/plan.json; apmatrix status | grep -c overrides-not
  {
    "api_level": 1,
    "pool": {
      "method": "override",
      "queues": ["05.0004", "05.0047"]
    }
  }
  0
  [1]
  $ echo '{"api_level": 1, "matrices": []}' >host/etc/apmatrix/plan.json; apmatrix persist
  no change needed
  apmatrix: note: driver overrides are not kept: /etc/apmatrix/plan.json exists and has no "pool"
  hint: add "pool" with "queues", see apmatrix-plan(5)

A host is put back whole: what is running, definitions, masks, and the masks at boot.

tree small

  $ apmatrix pool reserve -a 0x0a --persist >/dev/null 2>&1; apmatrix export >host.json; sed -n '/"pool"/,/^  }/p' host.json
    "pool": {
      "adapters": [5, 6, 10],
      "domains": [],
      "at_boot": {
        "adapters": [5, 6, 10],
        "domains": []
      }
    },
  $ cp host/etc/udev/rules.d/41-ap.rules rule
  $ apmatrix pool release -a 0x0a --persist >/dev/null; apmatrix remove db1 >/dev/null; apmatrix autostart web1 off >/dev/null
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  $ apmatrix plan host.json --prune --any-owner
  preview: nothing is changed
  host
    - apmask                   0x0a
    + udev_rule                /etc/udev/rules.d/41-ap.rules
    guests could have 0a.0004, 0a.0047, 0a.00ab, 0a.00ff
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    ~ start                    manual -> auto
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    ~ active                   no -> yes
    + adapters                 0x06
    + domains                  0xab
    + control_domains          0xab
    + name                     db1
    a guest would get 06.00ab
  plan 3c890c7a-f64a-5181-9101-03427309fd75
  $ apmatrix apply host.json --prune --any-owner >/dev/null 2>&1; cmp host/etc/udev/rules.d/41-ap.rules rule; apmatrix export | cmp - host.json
  $ apmatrix plan host.json
  no change needed

And one without a rule.

tree untouched

  $ apmatrix export >host.json; cat host.json; apmatrix pool reserve -a 5 --persist >/dev/null
  {
    "api_level": 1,
    "pool": {
      "adapters": [],
      "domains": [],
      "at_boot": null
    },
    "matrices": []
  }
  $ apmatrix apply host.json --prune; ls host/etc/udev/rules.d; apmatrix export | cmp - host.json
  host
    + apmask                   0x05
    - udev_rule                /etc/udev/rules.d/41-ap.rules
    the host gets back 05.0004, 05.0047
  $ echo '{"api_level": 1, "pool": {"at_boot": {"adapters": [5], "domain": 3}}}' | apmatrix plan -
  apmatrix: plan: standard input: line 1, column 56: pool.at_boot.domain: unknown key
  hint: known keys: adapters, domains
  [2]

The note on the unit that is missing named a command that changed nothing.

tree small

  $ apmatrix create new1 -u 0ae0e9ca-d27d-4327-8e70-78bee6d12c60 --queues 1 --persist -q; apmatrix create new2 -u 0ae0e9ca-d27d-4327-8e70-78bee6d12c61 --queues 1 --persist | grep note
  apmatrix: note: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run systemctl enable apmatrix-restore.service
  [1]
  $ apmatrix persist new1
  no change needed
  apmatrix: note: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run systemctl enable apmatrix-restore.service
  $ mkdir -p host/usr/lib/systemd/system; touch host/usr/lib/systemd/system/apmatrix-restore.service; apmatrix assign new1 -c 4 | grep reboot; apmatrix persist new1
  apmatrix: note: not kept over a reboot: the start of matrices (apmatrix-restore.service is not enabled). apmatrix persist keeps it
  host
    + unit                     apmatrix-restore.service
  $ ls host/etc/systemd/system/multi-user.target.wants; apmatrix assign new1 -c 0x47
  apmatrix-restore.service
  new1 (0ae0e9ca-d27d-4327-8e70-78bee6d12c60)
    + control_domains          0x47
    + defined_control_domains  0x47

assign --persist wrote a definition that nobody starts, and no rule for the masks.

tree small

  $ apmatrix assign db1 -c 4 --persist; apmatrix check; ls host/etc/udev/rules.d
  host
    + udev_rule                /etc/udev/rules.d/41-ap.rules
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + control_domains          0x04
    + start                    auto
    + defined_adapters         0x06
    + defined_domains          0xab
    + defined_control_domains  0x04,0xab
  apmatrix: note: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run systemctl enable apmatrix-restore.service
  note no-starter: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed)
    install the package apmatrix (or run make install), then run systemctl enable apmatrix-restore.service
  41-ap.rules
