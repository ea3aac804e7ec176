Faults that a trial of everyday tasks found.

A matrix of another owner: changes are noted, removal is refused.

tree small

  $ apmatrix assign web1 -d 0xab
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    + domains                  0xab
    + defined_domains          0xab
    the guest gets 05.00ab
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix assign web1 -d 0xab
  no change needed
  $ apmatrix unassign web1 -d 0xab --allow-loss --any-owner
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    - domains                  0xab
    - defined_domains          0xab
    the guest loses 05.00ab
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix set web1 -c none --dry-run
  preview: nothing is changed
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    - control_domains          0x04,0x47
    - defined_control_domains  0x04,0x47
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  $ apmatrix rename web1 web2 --any-owner
  web2 (62177883-f1bb-47f0-914d-32a22e3a8804)
    ~ name                     web1 -> web2
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix rename web2 web1
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    ~ name                     web2 -> web1
  apmatrix: note: web2 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix autostart web1 off
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    ~ start                    auto -> manual
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  $ apmatrix autostart web1 on --any-owner
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    ~ start                    manual -> auto
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix persist all --any-owner --dry-run
  preview: nothing is changed
  host
    + udev_rule                /etc/udev/rules.d/41-ap.rules
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + start                    auto
    + defined_adapters         0x06
    + defined_domains          0xab
    + defined_control_domains  0xab
  $ apmatrix define web1 -a +6 --any-owner
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    + defined_adapters         0x06
  apmatrix: note: web1: its queues differ in mode (0x05 cca, 0x06 ep11)
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix undo
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    - defined_adapters         0x06
  apmatrix: note: the last change was: apmatrix define web1 -a +6 --any-owner
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ printf 'assign web1 -d 0xab\n' | apmatrix batch --atomic --dry-run
  preview: nothing is changed
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    + domains                  0xab
    + defined_domains          0xab
    the guest would get 05.00ab
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  $ printf 'assign web1 -d 0xab --any-owner\n' | apmatrix batch --atomic --dry-run
  preview: nothing is changed
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    + domains                  0xab
    + defined_domains          0xab
    the guest would get 05.00ab
  $ apmatrix undefine web1
  apmatrix: undefine: web1 belongs to ansible
  hint: apmatrix undefine web1 --any-owner does it (or --owner ansible)
  [4]
  $ apmatrix remove web1
  apmatrix: remove: web1 belongs to ansible
  hint: apmatrix remove web1 --any-owner --force does it (or --owner ansible)
  apmatrix: remove web1: in use by a guest [EBUSY]
  hint: detach it from the guest first, or use --force to wait until the guest releases it
  [4]

What a plan does not name is told without --prune.

tree small

  $ apmatrix export web1 >one.json
  $ apmatrix export >all.json
  $ apmatrix pool reserve -a 0x0a -q
  $ apmatrix plan one.json
  no change needed
  apmatrix: note: not in the file and left as they are: 1 matrix (db1). --prune --any-owner removes them
  $ apmatrix plan all.json
  no change needed
  apmatrix: note: not in the file and left as they are: adapters 0x0a for guests. --prune removes them
  $ apmatrix plan all.json --prune --any-owner
  preview: nothing is changed
  host
    + apmask                   0x0a
    the host would get back 0a.0004, 0a.0047, 0a.00ab, 0a.00ff
  plan f22e2c6b-1b49-5bdc-9442-907bfa594af5
  $ apmatrix create junk -u 564bfc37-ee85-4793-b943-ad9b12ad1e40 -a 0x0a -d 0xff -q
  $ apmatrix apply all.json
  no change needed
  apmatrix: note: not in the file and left as they are: 1 matrix (junk); adapters 0x0a for guests. --prune --any-owner removes them
  $ apmatrix apply all.json --owner ansible
  no change needed
  apmatrix: note: not in the file and left as they are: 1 matrix (junk); adapters 0x0a for guests. --prune --any-owner removes them
  $ apmatrix apply all.json --prune --any-owner
  host
    + apmask                   0x0a
    the host gets back 0a.0004, 0a.0047, 0a.00ab, 0a.00ff
  junk (564bfc37-ee85-4793-b943-ad9b12ad1e40)
    ~ active                   yes -> no
    - name                     junk
    frees 0a.00ff
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks). apmatrix persist keeps it
  $ apmatrix plan all.json
  no change needed

persist all keeps a matrix that is started by hand.

tree small

  $ apmatrix define db1 --manual
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + start                    manual
    + defined_adapters         0x06
    + defined_domains          0xab
    + defined_control_domains  0xab
  $ apmatrix persist all --any-owner
  host
    + udev_rule                /etc/udev/rules.d/41-ap.rules
  apmatrix: note: db1 is still started by hand; apmatrix autostart db1 on starts it at boot
  apmatrix: note: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run systemctl enable apmatrix-restore.service
  $ apmatrix show db1 --field start
  manual
  $ apmatrix persist db1
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    ~ start                    manual -> auto
  apmatrix: note: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run systemctl enable apmatrix-restore.service
  $ apmatrix show db1 --field start
  auto

A guest that loses its last queue still uses the matrix.

tree small

  $ cat >seen <<'END'
  > for try in $(seq 300); do grep -qs -e "$1" said && exit; sleep 0.05; done; echo "never: $1"
  > END
  $ apmatrix monitor --poll 0.05 --timeout 40 >said & sh seen '^ready poll$'
  > apmatrix unassign web1 -a 5 --allow-loss -q; sh seen 'guest-changed -05.0004'
  > apmatrix assign web1 -a 5 -q; sh seen 'guest-changed .*+05.0004'; kill $!
  > grep state-changed said || echo none
  none

A preview does not print a UUID that the real run does not use.

tree small

  $ apmatrix create new1 -a 6 -d 0xff --dry-run
  preview: nothing is changed
  new1 (a UUID will be chosen)
    ~ active                   no -> yes
    + adapters                 0x06
    + domains                  0xff
    + name                     new1
    a guest would get 06.00ff
  $ apmatrix create new1 -a 6 -d 0xff -u 6ce18db6-6541-5b02-9ca4-ca0c4f886642 --dry-run
  preview: nothing is changed
  new1 (6ce18db6-6541-5b02-9ca4-ca0c4f886642)
    ~ active                   no -> yes
    + adapters                 0x06
    + domains                  0xff
    + name                     new1
    a guest would get 06.00ff
  $ apmatrix define new1 -a 6 -d 0xff --dry-run
  preview: nothing is changed
  new1 (a UUID will be chosen)
    + start                    manual
    + defined_adapters         0x06
    + defined_domains          0xff
    + name                     new1

A preview is not refused: it tells what is in the way.

tree small

  $ apmatrix assign db1 -a 5 -d 0x47 --dry-run
  preview: nothing is changed
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + adapters                 0x05
    + domains                  0x47
    a guest would get 05.0047, 05.00ab, 06.0047
  apmatrix: note: this would be refused: assign db1: 05.0047: already assigned to 62177883-f1bb-47f0-914d-32a22e3a8804 (web1)
  hint: apmatrix unassign web1 -d 0x47 --allow-loss frees what is needed; it takes 05.0047 from a running guest
  apmatrix: note: db1: its queues differ in mode (0x05 cca, 0x06 ep11)
  $ apmatrix assign db1 -a 0x0a --dry-run
  preview: nothing is changed
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + adapters                 0x0a
  apmatrix: note: this would be refused: assign db1: 0a.00ab: kept for the host's drivers
  hint: apmatrix pool reserve -d 0xab gives them to guests; --reserve does that in the same change
  apmatrix: note: db1: its queues differ in mode (0x06 ep11, 0x0a accelerator)
  $ apmatrix pool release -a 5 --dry-run
  preview: nothing is changed
  host
    + apmask                   0x05
    the host would get back 05.0004, 05.0047, 05.00ab, 05.00ff
  also affected: web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    the guest would lose 05.0004, 05.0047
  apmatrix: note: this would be refused: pool: 05.0004, 05.0047 cannot return to the host: assigned to web1
  hint: apmatrix unassign web1 -a 0x05 --allow-loss frees what is needed; it takes 05.0004, 05.0047 from a running guest
  $ apmatrix stop db1 --dry-run
  preview: nothing is changed
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    ~ active                   yes -> no
    + start                    manual
    + defined_adapters         0x06
    + defined_domains          0xab
    + defined_control_domains  0xab
    would free 06.00ab
  apmatrix: note: db1: no definition yet; stop writes one, so that start works
  $ apmatrix remove web1 --dry-run
  preview: nothing is changed
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    ~ active                   yes -> no
    - start                    auto
    - name                     web1
    - owner                    ansible
    the guest would lose 05.0004, 05.0047
  apmatrix: note: web1 belongs to ansible; this needs --any-owner
  apmatrix: note: remove web1: in use by a guest; this needs --force
  $ apmatrix unassign web1 -a 5 --dry-run
  preview: nothing is changed
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    - adapters                 0x05
    - defined_adapters         0x05
    the guest would lose 05.0004, 05.0047
  apmatrix: note: unassign web1: a running guest would lose 2 of its 2 queues: 05.0004, 05.0047; this needs --allow-loss
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  $ apmatrix create new1 -u 6ce18db6-6541-5b02-9ca4-ca0c4f886642 -a 5 -d 4 --dry-run --json | grep -A9 '"warnings"'
  apmatrix: note: this would be refused: create new1: 05.0004: already assigned to 62177883-f1bb-47f0-914d-32a22e3a8804 (web1)
  hint: apmatrix unassign web1 -d 0x04 --allow-loss frees what is needed; it takes 05.0004 from a running guest
    "warnings": [
      {
        "code": "CONFLICT",
        "errno": "EADDRINUSE",
        "matrix": "6ce18db6-6541-5b02-9ca4-ca0c4f886642",
        "apqn": "05.0004",
        "holder": "62177883-f1bb-47f0-914d-32a22e3a8804",
        "message": "this would be refused: create new1: 05.0004: already assigned to 62177883-f1bb-47f0-914d-32a22e3a8804 (web1)",
        "hint": "apmatrix unassign web1 -d 0x04 --allow-loss frees what is needed; it takes 05.0004 from a running guest"
      }
  $ apmatrix assign db1 -a 256 --dry-run
  apmatrix: assign: adapter 256 is greater than the highest possible ID, 255 (0xff)
  [2]

A refusal names all that is in the way, and the command that does it.

  $ apmatrix remove web1
  apmatrix: remove: web1 belongs to ansible
  hint: apmatrix remove web1 --any-owner --force does it (or --owner ansible)
  apmatrix: remove web1: in use by a guest [EBUSY]
  hint: detach it from the guest first, or use --force to wait until the guest releases it
  [4]
  $ apmatrix remove web1 --any-owner --force --dry-run
  preview: nothing is changed
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    ~ active                   yes -> no
    - start                    auto
    - name                     web1
    - owner                    ansible
    the guest would lose 05.0004, 05.0047

What frees the queues of several matrices is one command; not all of them have a running guest.

  $ apmatrix pool release -a 5,6
  apmatrix: pool: 05.0004, 05.0047 cannot return to the host: assigned to web1 [EBUSY]
  apmatrix: pool: 06.00ab cannot return to the host: assigned to db1 [EBUSY]
  hint: apmatrix unassign web1 db1 -a 0x05-0x06 --allow-loss frees what is needed; it takes 05.0004, 05.0047, 06.00ab from these matrices, and a guest of them runs
  [5]

pool alone is pool show. A preview tells which other queues would be affected, and is not refused.

  $ [ "$(apmatrix pool)" = "$(apmatrix pool show)" ] && echo same
  same
  $ apmatrix pool release --apqn 06.00ff --dry-run
  preview: nothing is changed
  host
    + apmask                   0x06
    the host would get back 06.0004, 06.0047, 06.00ab, 06.00ff
  also affected: db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    a guest would no longer get 06.00ab
  apmatrix: note: pool: masks give whole adapters and whole domains: 3 other queues are affected: 06.0004, 06.0047, 06.00ab; this needs --allow-extra
  apmatrix: note: this would be refused: pool: 06.00ab cannot return to the host: assigned to db1
  hint: apmatrix unassign db1 -a 0x06 frees what is needed; it takes 06.00ab from this matrix
