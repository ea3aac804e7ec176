The last change of the tool can be undone, once more too, as long as nobody has changed
what it changed.

tree small

  $ apmatrix undo
  apmatrix: undo: no change to undo: this tool has changed nothing since the last boot
  [3]
  $ apmatrix assign web1 -a 6 -d 0xff
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    + adapters                 0x06
    + domains                  0xff
    + defined_adapters         0x06
    + defined_domains          0xff
    the guest gets 05.00ff, 06.0004, 06.0047, 06.00ff
  apmatrix: note: web1: its queues differ in mode (0x05 cca, 0x06 ep11)
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix undo
  apmatrix: note: the last change was: apmatrix assign web1 -a 6 -d 0xff
  apmatrix: undo web1: a running guest would lose 4 of its 6 queues: 05.00ff, 06.0004, 06.0047, 06.00ff [EBUSY]
  hint: use --allow-loss to proceed
  [5]
  $ apmatrix undo --dry-run --allow-loss
  preview: nothing is changed
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    - adapters                 0x06
    - domains                  0xff
    - defined_adapters         0x06
    - defined_domains          0xff
    the guest would lose 05.00ff, 06.0004, 06.0047, 06.00ff
  apmatrix: note: the last change was: apmatrix assign web1 -a 6 -d 0xff
  $ apmatrix undo --allow-loss
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    - adapters                 0x06
    - domains                  0xff
    - defined_adapters         0x06
    - defined_domains          0xff
    the guest loses 05.00ff, 06.0004, 06.0047, 06.00ff
  apmatrix: note: the last change was: apmatrix assign web1 -a 6 -d 0xff
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix list --no-headings; cat host/etc/mdevctl.d/matrix/62177883-f1bb-47f0-914d-32a22e3a8804 | grep -c 0x06
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -     0x06  0xab       0xab       1  0  0
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto  0x05  0x04,0x47  0x04,0x47  2  2  0
  0
  [1]
  $ apmatrix undo
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    + adapters                 0x06
    + domains                  0xff
    + defined_adapters         0x06
    + defined_domains          0xff
    the guest gets 05.00ff, 06.0004, 06.0047, 06.00ff
  apmatrix: note: the last change was: apmatrix undo --allow-loss
  apmatrix: note: web1: its queues differ in mode (0x05 cca, 0x06 ep11)
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix undo --allow-loss >/dev/null; apmatrix list --no-headings
  apmatrix: note: the last change was: apmatrix undo
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -     0x06  0xab       0xab       1  0  0
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto  0x05  0x04,0x47  0x04,0x47  2  2  0

A matrix that was removed comes back, with its definition as it was, name and owner.

tree small

  $ apmatrix-model event guest-stop 62177883-f1bb-47f0-914d-32a22e3a8804
  $ ln -s host/etc/mdevctl.d/matrix/62177883-f1bb-47f0-914d-32a22e3a8804 web1; sed -i --follow-symlinks 's/"attrs"/"extra": [1, 2], "attrs"/' web1; cp web1 before
  $ apmatrix remove all --any-owner
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    ~ active                   yes -> no
    - start                    auto
    - name                     web1
    - owner                    ansible
    frees 05.0004, 05.0047
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    ~ active                   yes -> no
    - name                     db1
    frees 06.00ab
  $ apmatrix list
  no matrices
  $ apmatrix undo
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    ~ active                   no -> yes
    + adapters                 0x05
    + domains                  0x04,0x47
    + control_domains          0x04,0x47
    + start                    auto
    + defined_adapters         0x05
    + defined_domains          0x04,0x47
    + defined_control_domains  0x04,0x47
    + name                     web1
    + owner                    ansible
    a guest would get 05.0004, 05.0047
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    ~ active                   no -> yes
    + adapters                 0x06
    + domains                  0xab
    + control_domains          0xab
    + name                     db1
    a guest would get 06.00ab
  apmatrix: note: the last change was: apmatrix remove all --any-owner
  apmatrix: note: not kept over a reboot: db1 (no definition); which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist db1
  $ apmatrix list --no-headings; apmatrix show web1 --field owner; cmp web1 before
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle  -     0x06  0xab       0xab       1  0  0
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  idle  auto  0x05  0x04,0x47  0x04,0x47  2  0  0
  ansible

What is changed by somebody else since is not touched: nothing is undone, and the refusal says what.

  $ apmatrix assign web1 db1 -d 0xff >/dev/null; echo >>web1; apmatrix undo --allow-loss
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: db1 (no definition); which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist db1
  apmatrix: note: the last change was: apmatrix assign web1 db1 -d 0xff
  apmatrix: undo: /etc/mdevctl.d/matrix/62177883-f1bb-47f0-914d-32a22e3a8804 changed after the last change of this tool (assign web1 db1 -d 0xff)
  hint: nothing was changed now; apmatrix show has the present state
  [4]

tree small

  $ apmatrix assign web1 db1 -d 0xff >/dev/null; d=host/sys/devices/vfio_ap/matrix/7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001; sed -i 's/^0x02/0x00/' $d/ap_config; : >$d/matrix
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: db1 (no definition); which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist db1
  $ apmatrix undo --allow-loss --json | sed -n '/"errors"/,$p'; apmatrix show web1 --field domains
  apmatrix: note: the last change was: apmatrix assign web1 db1 -d 0xff
  apmatrix: undo: db1 changed after the last change of this tool (assign web1 db1 -d 0xff)
  hint: nothing was changed now; apmatrix show has the present state
    "errors": [
      {
        "code": "CONFLICT",
        "errno": null,
        "matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001",
        "apqn": null,
        "holder": null,
        "message": "undo: db1 changed after the last change of this tool (assign web1 db1 -d 0xff)",
        "hint": "nothing was changed now; apmatrix show has the present state"
      }
    ]
  }
  0x04
  0x47
  0xff

Pool, masks and rule.

tree small

  $ apmatrix pool reserve -a 0x0a --persist
  host
    - apmask                   0x0a
    + udev_rule                /etc/udev/rules.d/41-ap.rules
    guests can have 0a.0004, 0a.0047, 0a.00ab, 0a.00ff
  $ apmatrix undo
  host
    + apmask                   0x0a
    - udev_rule                /etc/udev/rules.d/41-ap.rules
    the host gets back 0a.0004, 0a.0047, 0a.00ab, 0a.00ff
  apmatrix: note: the last change was: apmatrix pool reserve -a 0x0a --persist
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks). apmatrix persist keeps it
  $ ls host/etc/udev/rules.d
  $ mkdir -p host/etc/udev/rules.d; echo '# by hand' >host/etc/udev/rules.d/41-ap.rules
  $ apmatrix pool reserve -a 0x0a --persist >/dev/null 2>&1; ls host/etc/udev/rules.d
  41-ap.rules
  41-ap.rules.saved
  $ apmatrix undo >/dev/null; ls host/etc/udev/rules.d; cat host/etc/udev/rules.d/41-ap.rules
  apmatrix: note: the last change was: apmatrix pool reserve -a 0x0a --persist
  apmatrix: note: not kept over a reboot: which queues guests can have (/etc/udev/rules.d/41-ap.rules sets other masks). apmatrix persist keeps it
  41-ap.rules
  # by hand

tree untouched

  $ apmatrix pool reserve --apqn 05.0004 >/dev/null; apmatrix undo; apmatrix pool show
  apmatrix: note: not kept over a reboot: driver overrides (no "pool" in /etc/apmatrix/plan.json). apmatrix persist keeps it
  host
    - 05.0004 driver_override  vfio_ap
  apmatrix: note: the last change was: apmatrix pool reserve --apqn 05.0004
  pool       no queue is given to guests (masks or driver overrides, whichever is used first)
  host       4
  unbound    0
  free       0
  assigned   0
  in-guest   0
  missing    0

Several changes of one run are one change: a batch, and the parts of apply.

tree small

  $ printf 'assign web1 -d 0xff\nassign db1 -d 0xff\nassign web1 -c 7\n' | apmatrix batch >/dev/null; apmatrix undo --allow-loss
  apmatrix: note: -:1: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: -:3: web1: this host does not have control domain 0x07: the guest gets it when the host does
  apmatrix: note: not kept over a reboot: db1 (no definition); which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist db1
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    - domains                  0xff
    - control_domains          0x07
    - defined_domains          0xff
    - defined_control_domains  0x07
    the guest loses 05.00ff
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    - domains                  0xff
    a guest would no longer get 06.00ff
  apmatrix: note: the last change was: apmatrix batch
  apmatrix: note: not kept over a reboot: db1 (no definition); which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist db1
  $ apmatrix list --no-headings
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -     0x06  0xab       0xab       1  0  0
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto  0x05  0x04,0x47  0x04,0x47  2  2  0
  $ echo '{"api_level": 1, "matrices": [{"name": "n1", "adapters": [6], "domains": [255], "start": "auto"}, {"name": "n2", "adapters": [5], "domains": [255]}]}' | apmatrix apply - --partial >/dev/null
  apmatrix: note: not in the file and left as they are: 2 matrices (web1, db1). --prune --any-owner removes them
  apmatrix: note: not kept over a reboot: n2 (no definition); which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist n2
  $ apmatrix undo | grep -e '^n' -e active -e '^[0-9a-f]*-'; apmatrix list --no-headings
  apmatrix: note: the last change was: apmatrix apply - --partial
  n1 (d962ea4f-eb42-52d2-907e-2107d2cccb86)
    ~ active                   yes -> no
  n2 (9452a541-8a16-5f17-a474-3489ebdeaa2d)
    ~ active                   yes -> no
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -     0x06  0xab       0xab       1  0  0
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto  0x05  0x04,0x47  0x04,0x47  2  2  0

What changed nothing, or failed, is no change to undo.

  $ apmatrix assign web1 -a 5 -d 0xff >/dev/null; apmatrix assign web1 -a 5; MODEL_FAIL=ap_config:1:EIO apmatrix assign web1 -a 6 2>&1 | tail -1; apmatrix assign web1 -a 6 --dry-run >/dev/null
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  no change needed
  apmatrix: rolled back: everything is as it was
  apmatrix: note: web1: its queues differ in mode (0x05 cca, 0x06 ep11)
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  $ apmatrix undo --allow-loss
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    - domains                  0xff
    - defined_domains          0xff
    the guest loses 05.00ff
  apmatrix: note: the last change was: apmatrix assign web1 -a 5 -d 0xff
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist

Killed at any moment, an undo is complete or nothing, as any change.

tree small

  $ cat >killed.py <<'X'
  > import os, shutil, subprocess
  > def run(*words, **environment):
  >     return subprocess.run(["apmatrix-model", *words], env={**os.environ, **environment},
  >                           capture_output=True, text=True)
  > def state():
  >     files = {}
  >     for where, _, names in os.walk("host/etc"):
  >         files |= {os.path.join(where, name): open(os.path.join(where, name)).read() for name in names}
  >     return run("list").stdout, files
  > def fresh():
  >     shutil.rmtree("host"); shutil.copytree("copy", "host", symlinks=True)
  > before = state()
  > run("set", "web1", "-a", "5,6", "-d", "4,0xff")
  > run("set", "web1", "-a", "5,6", "-d", "4,0xff", "--allow-loss")
  > changed = state()
  > shutil.copytree("host", "copy", symlinks=True)
  > outcomes = []
  > for number in range(1, 60):
  >     fresh()
  >     killed = run("undo", "--allow-loss", MODEL_KILL=str(number)).returncode == -9
  >     run("doctor", "--fix")
  >     now = state()
  >     outcomes.append("undone" if now == before else "not" if now == changed else "neither")
  >     if now == changed and run("undo", "--allow-loss").returncode or now == changed and state() != before:
  >         print(number, "cannot be undone afterwards")
  >     if not killed:
  >         break
  > print(" then ".join(one for nr, one in enumerate(outcomes) if not nr or outcomes[nr - 1] != one))
  > X
  $ python3 killed.py
  not then undone
