What seldom happens: limits, refusals and hints that no other case has.

A hint that takes more than what is asked for.

tree small

  $ apmatrix remove db1 -q; apmatrix pool release -a 6 -q; apmatrix create one -a 6 -d 4
  apmatrix: create one: 06.0004: kept for the host's drivers [EADDRNOTAVAIL]
  hint: apmatrix pool reserve -d 0x04 gives them to guests; it also takes 0a.0004 from the host; --reserve does that in the same change
  [4]

A new matrix with the name of one that the plan does not have, and one matrix twice.

tree small

  $ echo '{"api_level": 1, "matrices": [{"name": "web1", "uuid": "0ae0e9ca-d27d-4327-8e70-000000000001", "adapters": [5], "domains": [171]}]}' | apmatrix apply -
  apmatrix: note: not in the file and left as they are: 2 matrices (web1, db1). --prune --any-owner removes them
  apmatrix: apply web1: the name is in use by 62177883-f1bb-47f0-914d-32a22e3a8804
  [4]
  $ cat >plan.json <<'X'
  > {"api_level": 1, "matrices": [
  >   {"name": "web1", "adapters": [5], "domains": [4]},
  >   {"name": "web2", "uuid": "62177883-f1bb-47f0-914d-32a22e3a8804", "adapters": [5], "domains": [71]}]}
  > X
  $ apmatrix apply plan.json
  apmatrix: apply: matrices[0] and matrices[1] are the same matrix, 62177883-f1bb-47f0-914d-32a22e3a8804
  [2]

Three matrices, of which two exchange their queues.

  $ cat >ring.json <<'X'
  > {"api_level": 1, "matrices": [
  >   {"name": "new", "adapters": [5], "domains": [255]},
  >   {"name": "db1", "adapters": [5], "domains": [4]},
  >   {"name": "web1", "start": "auto", "adapters": [6], "domains": [171]}]}
  > X
  $ apmatrix apply ring.json --allow-loss --dry-run
  preview: nothing is changed
  new (7f49f596-a99e-527f-8abc-85a1d8ae1850)
    ~ active                   no -> yes
    + adapters                 0x05
    + domains                  0xff
    + name                     new
    a guest would get 05.00ff
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + adapters                 0x05
    - adapters                 0x06
    + domains                  0x04
    - domains                  0xab
    - control_domains          0xab
    a guest would get 05.0004
    a guest would no longer get 06.00ab
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    + adapters                 0x06
    - adapters                 0x05
    + domains                  0xab
    - domains                  0x04,0x47
    - control_domains          0x04,0x47
    + defined_adapters         0x06
    - defined_adapters         0x05
    + defined_domains          0xab
    - defined_domains          0x04,0x47
    - defined_control_domains  0x04,0x47
    the guest would get 06.00ab
    the guest would lose 05.0004, 05.0047
  plan deb08cee-4e70-5d95-8169-e5a386a54eb9
  $ apmatrix apply ring.json --allow-loss
  new (7f49f596-a99e-527f-8abc-85a1d8ae1850)
    ~ active                   no -> yes
    + adapters                 0x05
    + domains                  0xff
    + name                     new
    a guest would get 05.00ff
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + adapters                 0x05
    - adapters                 0x06
    + domains                  0x04
    - domains                  0xab
    - control_domains          0xab
    a guest would get 05.0004
    a guest would no longer get 06.00ab
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    + adapters                 0x06
    - adapters                 0x05
    + domains                  0xab
    - domains                  0x04,0x47
    - control_domains          0x04,0x47
    + defined_adapters         0x06
    - defined_adapters         0x05
    + defined_domains          0xab
    - defined_domains          0x04,0x47
    - defined_control_domains  0x04,0x47
    the guest gets 06.00ab
    the guest loses 05.0004, 05.0047
  apmatrix: note: not kept over a reboot: db1, new (no definition); which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist db1 new

A pool of single queues, of a host whose masks give away more.

tree small

  $ echo '{"api_level": 1, "pool": {"queues": ["05.0004", "05.0047"]}}' >pool.json
  $ apmatrix apply pool.json --prune --dry-run
  preview: nothing is changed
  host
    + apmask                   0x06
    the host would get back 06.0004, 06.0047, 06.00ab, 06.00ff
  also affected: db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    a guest would no longer get 06.00ab
  plan b2bee806-1c6d-54fb-8c8e-c7d0d0d16c3d
  apmatrix: note: this would be refused: apply: 06.00ab cannot return to the host: assigned to db1
  hint: apmatrix unassign db1 -a 0x06 frees what is needed; it takes 06.00ab from this matrix
  $ echo '{"api_level": 1, "pool": {"adapters": [5], "at_boot": {"adapters": [5], "domains": []}}}' >host/etc/apmatrix/plan.json
  $ apmatrix check
  note not-defined: not kept over a reboot: db1 (no definition)
  note no-starter: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed)
    install the package apmatrix (or run make install), then run apmatrix persist db1
  note plan-differs: the pool differs from the host's plan
    apmatrix plan shows the differences

A pool on a machine without AP bus.

  $ rm -r host/sys/bus/ap host/sys/devices/ap
  $ apmatrix check
  note not-defined: not kept over a reboot: db1 (no definition)
  note no-starter: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed)
    install the package apmatrix (or run make install), then run apmatrix persist db1
  problem plan-refused: plan: no apmask: this machine has no AP bus
    see apmatrix doctor
  $ apmatrix apply pool.json
  apmatrix: apply: no apmask: this machine has no AP bus
  hint: see apmatrix doctor
  [7]
  $ apmatrix apply pool.json --prune
  apmatrix: apply: no apmask: this machine has no AP bus
  hint: see apmatrix doctor
  [7]

Single queues by driver override.

tree overrides

  $ apmatrix pool reserve --apqn 05.0001 --method override
  apmatrix: pool: no queue 05.0001 [ENODEV]
  [3]
  $ apmatrix pool reserve --apqn 05.0001,06.0004 --method override
  apmatrix: pool: no queue 05.0001 [ENODEV]
  [3]
  $ mkdir -p host/etc/apmatrix
  > echo '{"api_level": 1, "pool": {"queues": ["05.0004", "06.0004"]}}' >host/etc/apmatrix/plan.json
  $ apmatrix check
  note not-defined: not kept over a reboot: web1 (no definition)
    apmatrix persist web1 keeps it
  note plan-differs: the pool differs from the host's plan
    apmatrix plan shows the differences

Two definitions that start at boot and exchange their queues.

tree small

  $ plan() { echo '{"api_level": 1, "matrices": [
  > {"name": "a", "active": false, "start": "auto", "adapters": [10], "domains": ['$1']},
  > {"name": "b", "active": false, "start": "auto", "adapters": [10], "domains": ['$2']}]}'; }
  > plan 4 71 | apmatrix apply - -q; plan 71 4 | apmatrix apply - --partial
  a (05d928c3-0c33-5fcf-974b-1927879065d4)
    + defined_domains          0x47
    - defined_domains          0x04
  b (6ce18db6-6541-5b02-9ca4-ca0c4f886642)
    + defined_domains          0x04
    - defined_domains          0x47
  apmatrix: note: not in the file and left as they are: 2 matrices (web1, db1). --prune --any-owner removes them
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist

More queues than a message lists.

tree lab-6.12

  $ apmatrix create many -a 10-12 -d 4,0x47,0xab,0xff
  apmatrix: create many: 0a.0004, 0a.0047, 0a.00ab, 0a.00ff, 0b.0004, 0b.0047, 0b.00ab, 0b.00ff and 4 more: kept for the host's drivers; this host does not have adapter 0x0b-0x0c [EADDRNOTAVAIL]
  hint: apmatrix pool reserve -a 0x0a-0x0c gives them to guests; --reserve does that in the same change
  [4]
