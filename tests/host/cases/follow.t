What happens, as it happens, and waiting for it. A tree of files has no kernel
that tells of its devices, so they are looked at; what is written is seen at once.

tree small

Files change one by one, so under load there may be more lines than these.

  $ cat >seen <<'END'
  > for try in $(seq 300); do grep -qs -e "$1" said && exit; sleep 0.05; done; echo "never: $1"
  > END
  $ rm -f said; apmatrix monitor --poll 0.05 --timeout 40 >said & sh seen '^ready poll$'
  > apmatrix assign web1 -d 0xab >/dev/null
  > sh seen '^web1: assigned-changed .*+05.00ab'; sh seen '^web1: guest-changed .*+05.00ab'; kill $!
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist

Only some matrices. A guest that lets go, and a queue that loses its driver and takes its adapter along.

tree small

  $ rm -f said; apmatrix monitor web1 --poll 0.05 --timeout 40 >said & sh seen ready
  > apmatrix-model event guest-stop 62177883-f1bb-47f0-914d-32a22e3a8804
  > sh seen '^web1: state-changed .*idle$'
  > apmatrix-model event unbind 05.0047
  > sh seen '^web1: guest-changed -05.0004 -05.0047$'; kill $!
  > grep -v '^web1: ' said
  ready poll
  $ rm -f said; apmatrix monitor --format jsonl --poll 0.05 --timeout 40 >said & sh seen ready
  > apmatrix-model event bind 05.0047 vfio_ap
  > sh seen '"queue-driver".*"05.0047".*"to": "vfio_ap"'
  > sh seen '"guest-changed".*"added": .*"05.0047"'
  > apmatrix remove web1 --owner ansible >/dev/null
  > sh seen '"matrix-removed".*"web1"'; kill $!
  > head -n 1 said
  {"time": "2026-11-21T11:30:00.000Z", "event": "ready", "matrix": null, "name": null, "apqn": null, "adapter": null, "field": null, "from": null, "to": "poll", "added": [], "removed": [], "control_added": [], "control_removed": [], "told_by": "poll"}

Each line is as apmatrix-event.schema.json says.

  $ python3 -c 'import json, os, sys; sys.path.insert(0, os.environ["TREE"] + "/tests/host"); import schema
  > rules = schema.load(os.environ["TREE"] + "/cli/apmatrix-event.schema.json")
  > for line in open("said"): [print(wrong) for wrong in schema.check(json.loads(line), rules, rules)]'

A queue that goes missing, with the reason, and comes back; on each kernel.

tree small

  $ rm -f said; apmatrix monitor --poll 0.05 --timeout 40 >said & sh seen ready
  > apmatrix-model event unbind 05.0047
  > sh seen '^web1: queue-missing 05.0047 unbound$'; sh seen '^web1: queue-missing 05.0004 sibling-withheld$'
  > apmatrix-model event bind 05.0047 vfio_ap
  > sh seen '^web1: queue-returned 05.0047$'; sh seen '^web1: queue-returned 05.0004$'
  > apmatrix unassign web1 -d 0x47 --allow-loss -q
  > sh seen '^web1: guest-changed -05.0047'; sh seen '^web1: queue-unassigned 05.0047 in-guest$'
  > kill $!; grep -c queue-missing said
  2

tree broken

  $ rm -f said; apmatrix monitor --format jsonl --poll 0.05 --timeout 40 >said & sh seen ready
  > apmatrix-model event bind 06.00ac vfio_ap; sh seen '"queue-returned".*"06.00ac"'
  > apmatrix-model event unbind 05.00ab; sh seen '"queue-missing".*"05.00ac".*"to": "sibling-withheld"'; kill $!

Into the journal of systemd: as fields, and a missing queue as a warning.

tree small

  $ cat >journal.py <<'END'
  > import os, socket
  > path = "host/run/systemd/journal/socket"
  > os.makedirs(os.path.dirname(path), exist_ok=True)
  > journal = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
  > journal.bind(path)
  > out = open("said", "w", buffering=1)
  > while True:
  >     out.write(journal.recv(1 << 16).decode().replace("\n", "|") + "\n")
  > END
  $ apmatrix monitor --journal
  apmatrix: monitor: --journal: the journal of systemd does not run here
  [7]
  $ rm -f said; python3 journal.py & journal=$!
  > for try in $(seq 300); do test -S host/run/systemd/journal/socket && break; sleep 0.05; done
  > apmatrix monitor --journal --poll 0.05 --timeout 40 & sh seen APMATRIX_EVENT=ready
  > apmatrix-model event unbind 05.0047; sh seen 0047.APMATRIX_REASON; kill $! $journal
  > grep 0047.APMATRIX_REASON said | sed 's/SYSLOG_PID=[0-9]*/SYSLOG_PID=N/'
  MESSAGE=web1: queue-missing 05.0047 unbound|PRIORITY=4|MESSAGE_ID=0c6f1d7d0a0b4b6d9f5e2a4c8b7d1e93|SYSLOG_IDENTIFIER=apmatrix|SYSLOG_PID=N|APMATRIX_EVENT=queue-missing|APMATRIX_MATRIX=62177883-f1bb-47f0-914d-32a22e3a8804|APMATRIX_NAME=web1|APMATRIX_APQN=05.0047|APMATRIX_REASON=unbound|

tree small

Errors of the command line.

  $ apmatrix monitor nothing
  apmatrix: monitor: no matrix with the name nothing
  hint: apmatrix list shows all matrices
  [3]
  $ apmatrix monitor --count 0
  apmatrix: monitor: --count: "0" is not a number from 1 to 1000000000
  [2]
  $ apmatrix monitor --json
  apmatrix: monitor: unsupported format json
  hint: supported formats: table|jsonl
  [2]
  $ rm -f said; apmatrix monitor --timeout 40 --count 1 >said & sh seen ready
  > apmatrix create other >/dev/null; wait $!; grep -c '^other: \|matrix-added' said
  apmatrix: note: not kept over a reboot: other (no definition). apmatrix persist other keeps it
  1
  $ apmatrix monitor --timeout 0.1 --count 1
  ready poll
  [10]

Waiting: if the condition is met already, the command ends at once.

tree small

  $ apmatrix wait web1 --guest-has 05.0004 --state in-use
  $ apmatrix wait web1 --guest-equals 05.0004,05.0047
  $ apmatrix wait --bound 05.0004,06.00ab
  $ apmatrix wait nothing --gone
  $ apmatrix wait web1 --guest-equals 05.0004 --timeout 0.1
  apmatrix: wait: timed out after 0.1 s: the guest also has 05.0047
  [10]
  $ apmatrix wait web1 --gone --timeout 0.1
  apmatrix: wait: timed out after 0.1 s: it still exists
  [10]
  $ apmatrix wait web1 --state idle --timeout 0.1
  apmatrix: wait: timed out after 0.1 s: it is in use
  [10]
  $ apmatrix wait web1 --guest-equals none --timeout 0
  apmatrix: wait: timed out after 0 s: the guest also has 05.0004, 05.0047
  [10]
  $ apmatrix wait --bound 0a.0004 --timeout 0.1 --json | grep -A8 -e '"errors"'
  apmatrix: wait: timed out after 0.1 s: not all queues are bound to vfio_ap
    "errors": [
      {
        "code": "TIMEOUT",
        "errno": null,
        "matrix": null,
        "apqn": null,
        "holder": null,
        "message": "wait: timed out after 0.1 s: not all queues are bound to vfio_ap",
        "hint": null

The command ends when the condition is met.

  $ apmatrix wait web1 --guest-has 05.00ab --timeout 20 --poll 0 & asleep $!
  > apmatrix assign web1 -d 0xab >/dev/null; wait $!
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix wait new --state active --timeout 20 --poll 0 & asleep $!
  > apmatrix create new >/dev/null; wait $!
  apmatrix: note: not kept over a reboot: new (no definition). apmatrix persist new keeps it
  $ apmatrix wait new --gone --timeout 20 --poll 0 & asleep $!
  > apmatrix remove new >/dev/null; wait $!
  $ apmatrix wait web1 --state idle --timeout 20 --poll 0.05 & asleep $!
  > apmatrix-model event guest-stop 62177883-f1bb-47f0-914d-32a22e3a8804; wait $!

Conditions that are missing or impossible.

  $ apmatrix wait
  apmatrix: wait: no condition given
  hint: see apmatrix wait --help
  [2]
  $ apmatrix wait web1
  apmatrix: wait: no condition given
  hint: see apmatrix wait --help
  [2]
  $ apmatrix wait --gone
  apmatrix: wait: missing MATRIX
  [2]
  $ apmatrix wait web1 --gone --state idle
  apmatrix: wait: --gone and --state exclude each other
  [2]
  $ apmatrix wait web1 --guest-has 5.4
  apmatrix: wait: --guest-has: "5.4" is not a queue
  hint: a queue is written as the kernel prints it, in hexadecimal: 05.00ab
  [2]
  $ apmatrix wait web1 --guest-has ,
  apmatrix: wait: --guest-has: no queue given
  [2]
  $ apmatrix wait webX --guest-has 05.0004
  apmatrix: wait: no matrix with the name webX
  hint: did you mean web1? apmatrix list shows all matrices
  [3]

A change that waits until the guest has the queues, and is undone if it does not get them.

tree small

  $ apmatrix-model event unbind 06.0047
  $ apmatrix assign db1 -d 0x47 --wait-guest 0.2 --allow-loss
  apmatrix: assign: db1: timed out after 0.2 s: the guest does not have 06.0047 (unbound)
  apmatrix: rolled back: everything is as it was
  [10]
  $ apmatrix show db1 --field domains
  0xab
  $ apmatrix assign db1 -d 0x47 --wait-guest 40 --allow-loss >done & until grep -qs 06.0047 host/sys/devices/vfio_ap/matrix/7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001/matrix; do sleep 0.05; done
  > asleep $!; apmatrix-model event bind 06.0047 vfio_ap; wait $! && cat done
  apmatrix: note: not kept over a reboot: db1 (no definition). apmatrix persist db1 keeps it
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + domains                  0x47
    a guest would get 06.0047
  $ apmatrix-model event unbind 06.00ff
  $ apmatrix assign db1 -d 0xff --wait-guest 40 --allow-loss & until grep -qs 06.00ff host/sys/devices/vfio_ap/matrix/7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001/matrix; do sleep 0.05; done
  > kill -TERM $!; { wait $!; } 2>/dev/null; echo $?
  apmatrix: assign: interrupted [EINTR]
  apmatrix: rolled back: everything is as it was
  143
  $ apmatrix show db1 --field domains
  0x47
  0xab
