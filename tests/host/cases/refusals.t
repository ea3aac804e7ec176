A refusal names all that is in the way at once, and one command that removes it, with what
it costs.

tree small

Reserved for the host: all of the queues, and what the host would lose besides.

  $ apmatrix assign db1 -a 0x0a -d 0xff
  apmatrix: assign db1: 0a.00ab, 0a.00ff: kept for the host's drivers [EADDRNOTAVAIL]
  hint: apmatrix pool reserve -d 0xab,0xff gives them to guests; --reserve does that in the same change
  [4]
  $ apmatrix pool reserve -a 0x0a >/dev/null && apmatrix assign db1 -a 0x0a -d 0xff --dry-run 2>notes | head -1; cat notes
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks). apmatrix persist keeps it
  preview: nothing is changed
  apmatrix: note: db1: its queues differ in mode (0x06 ep11, 0x0a accelerator)

The same in one change.

tree small

  $ apmatrix assign db1 -a 0x0a -d 0xff --reserve
  host
    - aqmask                   0xab,0xff
    guests can have 0a.00ab, 0a.00ff
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + adapters                 0x0a
    + domains                  0xff
    a guest would get 06.00ff, 0a.00ab, 0a.00ff
  apmatrix: note: db1: its queues differ in mode (0x06 ep11, 0x0a accelerator)
  apmatrix: note: not kept over a reboot: db1 (no definition); which queues guests can have (no udev rule sets the masks). apmatrix persist db1 keeps it
  $ apmatrix undo >/dev/null 2>&1; apmatrix create n1 -u 0ae0e9ca-d27d-4327-8e70-000000000001 -a 0x0a -d 0x47 --auto --reserve
  host
    - aqmask                   0x47
    + udev_rule                /etc/udev/rules.d/41-ap.rules
    guests can have 0a.0047
  n1 (0ae0e9ca-d27d-4327-8e70-000000000001)
    ~ active                   no -> yes
    + adapters                 0x0a
    + domains                  0x47
    + start                    auto
    + defined_adapters         0x0a
    + defined_domains          0x47
    + name                     n1
    a guest would get 0a.0047
  apmatrix: note: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run systemctl enable apmatrix-restore.service
  $ apmatrix remove n1 -q 2>/dev/null; printf 'assign web1 -a 0x0a --reserve\nassign db1 -d 0xff --reserve\n' | apmatrix batch --atomic
  host
    - aqmask                   0x04
    + udev_rule                /etc/udev/rules.d/41-ap.rules
    guests can have 0a.0004
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    + adapters                 0x0a
    + defined_adapters         0x0a
    the guest gets 0a.0004, 0a.0047
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + domains                  0xff
    a guest would get 06.00ff
  apmatrix: note: web1: its queues differ in mode (0x05 cca, 0x0a accelerator)
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: db1 (no definition); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist db1

Where queues can be given one by one, nothing goes along.

tree untouched

  $ apmatrix create new1 -a 5,6 -d 4,0x47
  apmatrix: create new1: 05.0004, 05.0047, 06.0004, 06.0047: kept for the host's drivers [EADDRNOTAVAIL]
  hint: apmatrix pool reserve --apqn 05.0004,05.0047,06.0004,06.0047 gives them to guests; --reserve does that in the same change
  [4]
  $ apmatrix pool reserve --apqn 05.0004,05.0047,06.0004,06.0047 >/dev/null && apmatrix create new1 -u 0ae0e9ca-d27d-4327-8e70-000000000001 -a 5,6 -d 4,0x47 --dry-run 2>notes | head -1; cat notes
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks). apmatrix persist keeps it
  preview: nothing is changed

Assigned to others: all of them, in one command.

tree small

  $ apmatrix create third -u 0ae0e9ca-d27d-4327-8e70-000000000001 -a 6 -d 0xff >/dev/null
  apmatrix: note: not kept over a reboot: third (no definition). apmatrix persist third keeps it
  $ apmatrix create fourth -a 6 -d 0xab,0xff
  apmatrix: create fourth: 06.00ff: already assigned to 0ae0e9ca-d27d-4327-8e70-000000000001 (third) [EADDRINUSE]
  apmatrix: create fourth: 06.00ab: already assigned to 7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001 (db1) [EADDRINUSE]
  hint: apmatrix unassign third db1 -a 0x06 frees what is needed; it takes 06.00ff, 06.00ab from these matrices
  [4]
  $ apmatrix unassign db1 third -a 0x06 >/dev/null && apmatrix create fourth -u 0ae0e9ca-d27d-4327-8e70-000000000002 -a 6 -d 0xab,0xff --dry-run 2>notes | head -1; cat notes
  apmatrix: note: not kept over a reboot: third, db1 (no definition). apmatrix persist third db1 keeps it
  preview: nothing is changed
  $ apmatrix create fifth -a 5 -d 0x47
  apmatrix: create fifth: 05.0047: already assigned to 62177883-f1bb-47f0-914d-32a22e3a8804 (web1) [EADDRINUSE]
  hint: apmatrix unassign web1 -d 0x47 --allow-loss frees what is needed; it takes 05.0047 from a running guest
  [4]

A queue that a guest would lose: all of them.

  $ apmatrix unassign web1 -d 4,0x47
  apmatrix: unassign web1: a running guest would lose 2 of its 2 queues: 05.0004, 05.0047 [EBUSY]
  hint: use --allow-loss to proceed
  [5]

What cannot return to the host, because several matrices have it.

tree small

  $ apmatrix create third -u 0ae0e9ca-d27d-4327-8e70-000000000001 -a 6 -d 0xff >/dev/null
  apmatrix: note: not kept over a reboot: third (no definition). apmatrix persist third keeps it
  $ apmatrix pool release -a 5,6
  apmatrix: pool: 06.00ff cannot return to the host: assigned to third [EBUSY]
  apmatrix: pool: 05.0004, 05.0047 cannot return to the host: assigned to web1 [EBUSY]
  apmatrix: pool: 06.00ab cannot return to the host: assigned to db1 [EBUSY]
  hint: apmatrix unassign third web1 db1 -a 0x05-0x06 --allow-loss frees what is needed; it takes 06.00ff, 05.0004, 05.0047, 06.00ab from these matrices, and a guest of them runs
  [5]
  $ apmatrix unassign web1 db1 third -a 5,6 --allow-loss >/dev/null && apmatrix pool release -a 5,6
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: third, db1 (no definition); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist third db1
  host
    + apmask                   0x05-0x06
    the host gets back 05.0004, 05.0047, 05.00ab, 05.00ff, 06.0004, 06.0047, 06.00ab, 06.00ff

An adapter that the host does not have was called kept for the host's drivers, and no more.

tree small

  $ apmatrix assign db1 -a 0x0b; apmatrix assign db1 -a 0x0a --dry-run | grep refused
  apmatrix: assign db1: 0b.00ab: kept for the host's drivers; this host does not have adapter 0x0b [EADDRNOTAVAIL]
  hint: apmatrix pool reserve -a 0x0b gives them to guests; --reserve does that in the same change
  apmatrix: note: this would be refused: assign db1: 0a.00ab: kept for the host's drivers
  hint: apmatrix pool reserve -d 0xab gives them to guests; --reserve does that in the same change
  apmatrix: note: db1: its queues differ in mode (0x06 ep11, 0x0a accelerator)
  [1]

Names and UUIDs that were nearly right.

tree small

  $ apmatrix list web; apmatrix show wbe1; apmatrix unassign 62177883 -a 5 --dry-run; apmatrix list nobody
  apmatrix: list: no matrix with the name web
  hint: did you mean web1? apmatrix list shows all matrices
  apmatrix: show: no matrix with the name wbe1
  hint: did you mean web1? apmatrix list shows all matrices
  apmatrix: unassign: no matrix with the name 62177883
  hint: did you mean web1? apmatrix list shows all matrices
  apmatrix: list: no matrix with the name nobody
  hint: apmatrix list shows all matrices
  [3]
  $ apmatrix plan; apmatrix queues --columns apqn,x; apmatrix pool reserve -a 0x63 --dry-run
  apmatrix: plan: cannot read /etc/apmatrix/plan.json: No such file or directory [ENOENT]
  hint: name a FILE; apmatrix export >/etc/apmatrix/plan.json writes the present state there
  apmatrix: queues: --columns: unknown or repeated column "x"
  hint: columns: apqn|type|mode|driver|status|matrix|reason|requests|pending|functions|mkvp
  preview: nothing is changed
  host
    - apmask                   0x63
  apmatrix: note: this host does not have adapter 0x63
