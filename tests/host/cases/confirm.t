--confirm: a change that is undone unless apmatrix confirm comes in time.

tree small

Confirmed: definitions and rule are written then. Until then nothing else is changed.

  $ apmatrix assign web1 -a 6 --confirm 600
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    + adapters                 0x06
    + defined_adapters         0x06
    the guest gets 06.0004, 06.0047
  running now; confirm within 600 s: apmatrix confirm (it writes the definitions and the rule); otherwise this is undone
  apmatrix: note: web1: its queues differ in mode (0x05 cca, 0x06 ep11)
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  $ apmatrix list --no-headings
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -     0x06       0xab       0xab       1  0  0  -
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto  0x05-0x06  0x04,0x47  0x04,0x47  4  4  0  definition
  $ grep -c assign_adapter host/etc/mdevctl.d/matrix/62177883-f1bb-47f0-914d-32a22e3a8804
  1
  $ apmatrix assign web1 -a 5 -d 0xff
  apmatrix: assign: a change (assign web1 -a 6 --confirm 600) waits for its confirmation
  hint: apmatrix confirm keeps it, apmatrix undo takes it back
  [5]
  $ apmatrix confirm --dry-run
  preview: nothing is changed
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    + defined_adapters         0x06
  the change would be confirmed
  apmatrix: note: web1: its queues differ in mode (0x05 cca, 0x06 ep11)
  $ apmatrix confirm
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    + defined_adapters         0x06
  the change is confirmed
  apmatrix: note: web1: its queues differ in mode (0x05 cca, 0x06 ep11)
  $ grep -c assign_adapter host/etc/mdevctl.d/matrix/62177883-f1bb-47f0-914d-32a22e3a8804
  2
  $ apmatrix confirm
  apmatrix: confirm: no change waits for its confirmation
  [3]
  $ ls host/run/apmatrix; apmatrix undo --allow-loss
  last-change.json
  matrices.d
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    - adapters                 0x06
    - defined_adapters         0x06
    the guest loses 06.0004, 06.0047
  apmatrix: note: the last change was: apmatrix assign web1 -a 6 --confirm 600
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist

Taken back by hand.

  $ apmatrix assign web1 -a 6 --confirm 600 >/dev/null; apmatrix undo
  apmatrix: note: web1: its queues differ in mode (0x05 cca, 0x06 ep11)
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    - adapters                 0x06
    the guest loses 06.0004, 06.0047
  $ apmatrix list --no-headings; apmatrix confirm
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -     0x06  0xab       0xab       1  0  0
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto  0x05  0x04,0x47  0x04,0x47  2  2  0
  apmatrix: confirm: no change waits for its confirmation
  [3]

Expired: the same, by itself.

  $ cat >settled.py <<'X'
  > import os, sys, time
  > def waiting():
  >     here = os.path.realpath("host").encode()
  >     for pid in filter(str.isdigit, os.listdir("/proc")):
  >         try:
  >             words = open(f"/proc/{pid}/cmdline", "rb").read().split(b"\0")
  >         except OSError:
  >             continue
  >         if b"--unconfirmed" in words and here in words:
  >             return True
  > while waiting() or os.path.exists("host/run/apmatrix/unconfirmed.json"):
  >     time.sleep(0.05)
  > X
  $ apmatrix set web1 -a 6 --allow-loss --confirm 1
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    + adapters                 0x06
    - adapters                 0x05
    + defined_adapters         0x06
    - defined_adapters         0x05
    the guest gets 06.0004, 06.0047
    the guest loses 05.0004, 05.0047
  running now; confirm within 1 s: apmatrix confirm (it writes the definitions and the rule); otherwise this is undone
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  $ python3 settled.py; apmatrix list --no-headings; ls host/run/apmatrix
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -     0x06  0xab       0xab       1  0  0
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto  0x05  0x04,0x47  0x04,0x47  2  2  0
  expired.json
  last-change.json
  matrices.d
  $ apmatrix confirm
  apmatrix: confirm: too late: the change (set web1 -a 6 --allow-loss --confirm 1) was undone, because it was not confirmed within its time
  [10]

apply and pool, with what they write to the disk.

  $ echo '{"api_level": 1, "pool": {"adapters": [5, 6, 10], "persist": true}, "matrices": [{"name": "n1", "uuid": "0ae0e9ca-d27d-4327-8e70-000000000001", "start": "auto", "adapters": [10], "domains": [255]}]}' >plan.json
  $ apmatrix apply plan.json --confirm 1 --json | grep -e '"changed"' -e within; find host/etc -newer plan.json -type f
  apmatrix: note: not in the file and left as they are: 2 matrices (web1, db1). --prune --any-owner removes them
    "changed": true,
    "confirm_within": 1,
  $ python3 settled.py; apmatrix list --no-headings; apmatrix pool show | tail -n +2 | head -1
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -     0x06  0xab       0xab       1  0  0
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto  0x05  0x04,0x47  0x04,0x47  2  2  0
  for guests adapters 0x05-0x06 with all domains
  $ apmatrix apply plan.json --confirm 600 >/dev/null; apmatrix confirm | tail -1; apmatrix show n1 --field start; ls host/etc/udev/rules.d
  apmatrix: note: not in the file and left as they are: 2 matrices (web1, db1). --prune --any-owner removes them
  the change is confirmed
  auto
  41-ap.rules
  $ apmatrix pool release -a 0x0a --confirm 600
  apmatrix: pool: 0a.00ff cannot return to the host: assigned to n1 [EBUSY]
  hint: apmatrix unassign n1 -a 0x0a frees what is needed; it takes 0a.00ff from this matrix
  [5]
  $ apmatrix remove n1 2>&1 | head -1; apmatrix pool reserve -d 7 --confirm 600 >/dev/null; apmatrix undo --quiet; apmatrix pool show | sed -n 2p
  n1 (0ae0e9ca-d27d-4327-8e70-000000000001)
  apmatrix: note: this host does not have domain 0x07
  for guests adapters 0x05-0x06,0x0a with all domains
  $ apmatrix unassign db1 -a 6 --confirm 1 >/dev/null; python3 settled.py; apmatrix list --no-headings | grep db1
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -     0x06  0xab       0xab       1  0  0

A change that was confirmed before its process had begun to wait: nobody waits for it.

  $ timeout 60 apmatrix undo --unconfirmed 0ae0e9ca-d27d-4327-8e70-00000000abcd --timeout 600
  no change needed

What fails has nothing to confirm, and nobody waits for it.

  $ MODEL_FAIL=ap_config:1:EIO apmatrix assign db1 -d 0x47 --confirm 600 2>&1 | tail -1; python3 settled.py; apmatrix confirm
  apmatrix: rolled back: everything is as it was
  apmatrix: confirm: too late: the change (unassign db1 -a 6 --confirm 1) was undone, because it was not confirmed within its time
  [10]
  $ apmatrix assign db1 -d 0xab --confirm 600; python3 settled.py
  no change needed
  $ apmatrix assign db1 -d 0x47 --confirm 600 --dry-run | tail -1; python3 settled.py
    a guest would get 06.0047

What somebody else changed in the meantime stays: neither confirmed nor undone without a word.

tree small

  $ apmatrix assign web1 -a 6 --confirm 600 >/dev/null; echo >>host/etc/mdevctl.d/matrix/62177883-f1bb-47f0-914d-32a22e3a8804
  apmatrix: note: web1: its queues differ in mode (0x05 cca, 0x06 ep11)
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  $ apmatrix confirm
  apmatrix: confirm: /etc/mdevctl.d/matrix/62177883-f1bb-47f0-914d-32a22e3a8804 changed after the last change of this tool (assign web1 -a 6 --confirm 600)
  hint: nothing was changed now; apmatrix show has the present state; apmatrix undo takes back what is running
  [4]
  $ apmatrix undo >/dev/null; apmatrix list --no-headings
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -     0x06  0xab       0xab       1  0  0
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto  0x05  0x04,0x47  0x04,0x47  2  2  0

The terminal goes away, with everything that was started on it.

tree small

  $ cat >terminal.py <<'X'
  > import os, pty, signal
  > pid, terminal = pty.fork()
  > if not pid:
  >     signal.signal(signal.SIGHUP, signal.SIG_DFL)    # nohup make check ignores it
  >     os.execvp("sh", ["sh", "-c", "apmatrix assign web1 -a 6 --confirm 2 && exec sleep 600"])
  > while b"apmatrix confirm" not in os.read(terminal, 4096):
  >     pass
  > os.close(terminal)
  > print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
  > X
  $ python3 terminal.py; python3 settled.py; apmatrix list --no-headings | grep web1
  -1
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto  0x05  0x04,0x47  0x04,0x47  2  2  0

The tool is killed at any moment: in the end everything is as it was.

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
  > shutil.copytree("host", "copy", symlinks=True)
  > before, number, killed = state(), 0, True
  > while killed:
  >     number += 1
  >     shutil.rmtree("host"); shutil.copytree("copy", "host", symlinks=True)
  >     killed = run("set", "web1", "-a", "6", "-d", "4,0xff", "--allow-loss", "--confirm", "0.5", MODEL_KILL=str(number)).returncode == -9
  >     subprocess.run(["python3", "settled.py"])
  >     run("doctor", "--fix")
  >     subprocess.run(["python3", "settled.py"])    # of a change that was completed by that
  >     if state() != before or os.path.exists("host/run/apmatrix/unconfirmed.json"):
  >         print(number, state(), os.listdir("host/run/apmatrix"))
  > print("more than five moments" if number > 5 else number)
  > X
  $ python3 killed.py
  more than five moments

A reboot in between: what is active ends, and the disk was never touched.

tree small

  $ cp -r host/etc etc; apmatrix set web1 -a 6 --allow-loss --confirm 600 >/dev/null; rm -r host/run; diff -r etc host/etc && apmatrix confirm
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: confirm: no change waits for its confirmation
  [3]

Where systemd runs, it has the command as a transient unit.

tree small

  $ mkdir -p host/run/systemd/system; cat >systemd-run <<'X'
  > #!/bin/sh
  > echo "$*" | sed "s,[0-9a-f]\{8\}-[-0-9a-f]*,ID,g; s,$PWD,.,g; s,/[^ ]*/apmatrix-model,apmatrix," >unit
  > while [ "$1" != undo ]; do shift; done
  > setsid apmatrix-model "$@" >/dev/null 2>&1 &
  > X
  $ chmod +x systemd-run; PATH=$PWD:$PATH apmatrix assign web1 -a 6 --confirm 1 >/dev/null; cat unit; python3 settled.py; apmatrix list --no-headings | grep web1
  apmatrix: note: web1: its queues differ in mode (0x05 cca, 0x06 ep11)
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  --quiet --collect --unit=apmatrix-confirm-ID --description=Undo a change of apmatrix that is not confirmed --property=Restart=on-abnormal apmatrix undo --unconfirmed ID --timeout 1 --root ./host
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto  0x05  0x04,0x47  0x04,0x47  2  2  0

If that fails, a process does it.

  $ printf '#!/bin/sh\nexit 1\n' >systemd-run; PATH=$PWD:$PATH apmatrix assign web1 -a 6 --confirm 1 >/dev/null; python3 settled.py; apmatrix list --no-headings | grep web1
  apmatrix: note: web1: its queues differ in mode (0x05 cca, 0x06 ep11)
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto  0x05  0x04,0x47  0x04,0x47  2  2  0
