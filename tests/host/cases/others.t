A change that does not name a guest's matrix tells what the guest gets or loses: a queue
without a driver is bound, so a guest has its adapter again.

tree small

  $ apmatrix-model event unbind 05.0047
  $ apmatrix show web1 --field missing-count
  2
  $ apmatrix pool reserve -a 5 --dry-run
  preview: nothing is changed
  host
    + 05.0047 driver           vfio_ap
  also affected: web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    a guest would get 05.0004, 05.0047
  $ apmatrix pool reserve -a 5 --dry-run --json | grep -A8 '"guests"'
    "guests": [
      {
        "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804",
        "name": null,
        "running": false,
        "named": false,
        "gets": ["05.0004", "05.0047"],
        "loses": []
      }
  $ apmatrix pool reserve -a 5
  host
    + 05.0047 driver           vfio_ap
  also affected: web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    the guest gets 05.0004, 05.0047
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks). apmatrix persist keeps it
  $ apmatrix show web1 --field missing-count
  0

As part of a plan, together with matrices that it names.

  $ apmatrix-model event unbind 05.0047
  $ cat >plan.json <<'X'
  > {"api_level": 1, "pool": {"adapters": [5, 6, 10]},
  >  "matrices": [{"name": "db1", "adapters": [6, 10], "domains": [171]}]}
  > X
  $ apmatrix plan plan.json
  preview: nothing is changed
  host
    - apmask                   0x0a
    + 05.0047 driver           vfio_ap
    guests could have 0a.0004, 0a.0047, 0a.00ab, 0a.00ff
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + adapters                 0x0a
    - control_domains          0xab
    a guest would get 0a.00ab
  also affected: web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    a guest would get 05.0004, 05.0047
  plan 36c96170-4c3f-5ba0-afe2-24e95350d709
  apmatrix: note: not in the file and left as they are: 1 matrix (web1). --prune --any-owner removes them
  apmatrix: note: db1: its queues differ in mode (0x06 ep11, 0x0a accelerator)
  $ apmatrix apply plan.json
  host
    - apmask                   0x0a
    + 05.0047 driver           vfio_ap
    guests can have 0a.0004, 0a.0047, 0a.00ab, 0a.00ff
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + adapters                 0x0a
    - control_domains          0xab
    a guest would get 0a.00ab
  also affected: web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    the guest gets 05.0004, 05.0047
  apmatrix: note: not in the file and left as they are: 1 matrix (web1). --prune --any-owner removes them
  apmatrix: note: db1: its queues differ in mode (0x06 ep11, 0x0a accelerator)
  apmatrix: note: not kept over a reboot: db1 (no definition); which queues guests can have (no udev rule sets the masks). apmatrix persist db1 keeps it
  $ apmatrix show web1 --field missing-count
  0
  $ apmatrix-model event unbind 05.0047
  $ printf 'unassign db1 -a 0x0a\npool reserve -a 5\n' | apmatrix batch
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    - adapters                 0x0a
    a guest would no longer get 0a.00ab
  host
    + 05.0047 driver           vfio_ap
  also affected: web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    the guest gets 05.0004, 05.0047
  apmatrix: note: not kept over a reboot: db1 (no definition); which queues guests can have (no udev rule sets the masks). apmatrix persist db1 keeps it

What does not change is not told: a mask that is written does not bind the queue.

  $ apmatrix-model event unbind 05.0047
  $ apmatrix pool release -a 0x0a --dry-run
  preview: nothing is changed
  host
    + apmask                   0x0a
    the host would get back 0a.0004, 0a.0047, 0a.00ab, 0a.00ff
  $ apmatrix pool release -a 0x0a
  host
    + apmask                   0x0a
    the host gets back 0a.0004, 0a.0047, 0a.00ab, 0a.00ff
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks). apmatrix persist keeps it
  $ apmatrix undo
  host
    - apmask                   0x0a
    guests can have 0a.0004, 0a.0047, 0a.00ab, 0a.00ff
  apmatrix: note: the last change was: apmatrix pool release -a 0x0a
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks). apmatrix persist keeps it
