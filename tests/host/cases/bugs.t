Fixed bugs, each with the correct behavior.

tree small

An owner that is not UTF-8 was taken, lost, and the matrix pruned.

  $ apmatrix create e3 --owner "$(printf 'team\377')"
  apmatrix: create: --owner has a byte that is not UTF-8 at byte 5
  [2]
  $ apmatrix create e3 --comment "$(printf 'a\033[31mred')"; apmatrix create e3 --owner "$(printf 'a\302\233b')"
  apmatrix: create: --comment has a control character at byte 2
  apmatrix: create: --owner has a control character at byte 2
  [2]
  $ printf '{"api_level": 1, "matrices": [{"name": "e3", "owner": "a\\nb"}]}' | apmatrix plan -
  apmatrix: plan: standard input: line 1, column 55: matrices[0].owner: owner has a control character at byte 2
  [2]
  $ apmatrix create e3 --owner 'Zürich' -q; apmatrix show e3 --field owner; apmatrix remove e3 --owner Zürich -q
  Zürich

Terminal escapes in files that others wrote are not printed.

  $ printf '{"name": "web1", "owner": "a\\u001b[2Jb\\nc", "comment": null}' >host/etc/apmatrix/matrices.d/62177883-f1bb-47f0-914d-32a22e3a8804.json
  > apmatrix show web1 --field owner
  a?[2Jb?c

--prune takes away what belongs to its owner, and nothing that nobody tagged.

tree small

  $ echo '{"api_level": 1, "matrices": []}' >empty.json; apmatrix plan empty.json --prune
  no change needed
  apmatrix: note: plan: keeping web1, which is not in the plan: it belongs to ansible; --any-owner removes it
  apmatrix: note: plan: keeping db1, which is not in the plan: it has no owner; --any-owner removes it
  $ apmatrix plan empty.json --prune --owner ansible --force
  preview: nothing is changed
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    ~ active                   yes -> no
    - start                    auto
    - name                     web1
    - owner                    ansible
    the guest would lose 05.0004, 05.0047
  plan e2d91fcf-42c8-5817-a97b-11d0723b3617
  apmatrix: note: plan: keeping db1, which is not in the plan: it has no owner; --any-owner removes it
  $ apmatrix plan empty.json --prune --any-owner --force 2>&1 | grep -c 'active .*yes -> no'
  2

A udev rule of another tool is copied before it is replaced.

tree small

  $ mkdir -p host/etc/udev/rules.d; printf '# mine\nACTION=="add", RUN+="/bin/true"\n' >host/etc/udev/rules.d/41-ap.rules
  $ apmatrix pool reserve -a 0xa --persist -q; cat host/etc/udev/rules.d/41-ap.rules.saved; grep -c apmask host/etc/udev/rules.d/41-ap.rules
  # mine
  ACTION=="add", RUN+="/bin/true"
  1
  $ rm host/etc/udev/rules.d/*.saved; apmatrix pool release -a 0xa --persist; ls host/etc/udev/rules.d
  host
    + apmask                   0x0a
    + udev_rule                /etc/udev/rules.d/41-ap.rules
    the host gets back 0a.0004, 0a.0047, 0a.00ab, 0a.00ff
  41-ap.rules
  $ echo '# by hand' >>host/etc/udev/rules.d/41-ap.rules; apmatrix pool reserve -a 0xa --persist; tail -1 host/etc/udev/rules.d/41-ap.rules.saved
  host
    - apmask                   0x0a
    + udev_rule                /etc/udev/rules.d/41-ap.rules
    guests can have 0a.0004, 0a.0047, 0a.00ab, 0a.00ff
  apmatrix: note: /etc/udev/rules.d/41-ap.rules had other rules: they are in /etc/udev/rules.d/41-ap.rules.saved now
  # by hand

The word all, where the manual has it.

tree small

  $ apmatrix refresh all; apmatrix unassign all -d 0xab,0xff -q; apmatrix list --no-headings; apmatrix wait all --state active
  web1 was filtered again: no queue changes
  db1 was filtered again: no queue changes
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  unknown  -     0x06  -          0xab       0  0  0
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use   auto  0x05  0x04,0x47  0x04,0x47  2  2  0
  $ apmatrix remove all
  apmatrix: remove: web1 belongs to ansible
  hint: apmatrix remove web1 --any-owner --force does it (or --owner ansible)
  apmatrix: remove web1: in use by a guest [EBUSY]
  hint: detach it from the guest first, or use --force to wait until the guest releases it
  [4]
  $ apmatrix-model event guest-stop 62177883-f1bb-47f0-914d-32a22e3a8804; apmatrix remove all --owner ansible -q; apmatrix list
  no matrices

A device in an XML comment is ignored.

tree small

  $ mkdir -p host/etc/libvirt/qemu; cat >host/etc/libvirt/qemu/vm1.xml <<'X'
  > <?xml version='1.0'?><!-- <hostdev mode='subsystem' type='mdev' model='vfio-ap'><source>
  > <address uuid='62177883-f1bb-47f0-914d-32a22e3a8804'/></source></hostdev> -->
  > <domain><description><![CDATA[<hostdev model='vfio-ap'><address uuid='62177883-f1bb-47f0-914d-32a22e3a8804'/>]]></description>
  > <metadata note="> model='vfio-ap'"/><devices>
  > <hostdev mode='subsystem' type='mdev' note="a > model='vfio-ap'" model='vfio-pci'><source>
  > <address uuid='62177883-f1bb-47f0-914d-32a22e3a8804'/></source></hostdev></devices></domain>
  > X
  $ apmatrix show guest:vm1
  apmatrix: show: guest vm1 has no matrix
  [3]
  $ sed 's,</devices>,<hostdev type="mdev" model = "vfio-ap" ><source><address\tuuid="7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001"/></source></hostdev></devices>,' host/etc/libvirt/qemu/vm1.xml >host/etc/libvirt/qemu/vm2.xml
  > apmatrix show guest:vm2 --field name
  db1

Small bugs: an unknown command is not reported by list, a matrix is shown once, a timeout
names queue and reason.

tree small

  $ apmatrix --json frob | grep '"command"'; apmatrix show web1 web1 --field uuid
  apmatrix: unknown command "frob"
  hint: apmatrix --help lists the commands
      "command": null
  62177883-f1bb-47f0-914d-32a22e3a8804
  $ apmatrix-model event unbind 06.00ab; apmatrix assign db1 -d 0x47 --wait-guest 0.1
  apmatrix: assign: db1: timed out after 0.1 s: the guest does not have 06.0047 (sibling-withheld)
  apmatrix: rolled back: everything is as it was
  [10]
  $ apmatrix show db1 --field domains
  0xab

Adapters without a domain are no queues of a guest.

tree small

  $ apmatrix create e1 -u 0ae0e9ca-d27d-4327-8e70-78bee6d12c60 -a 6
  e1 (0ae0e9ca-d27d-4327-8e70-78bee6d12c60)
    ~ active                   no -> yes
    + adapters                 0x06
    + name                     e1
  apmatrix: note: not kept over a reboot: e1 (no definition). apmatrix persist e1 keeps it

A preview is not refused, whatever the change would need.

tree small

  $ apmatrix unassign web1 -d 4 --dry-run
  preview: nothing is changed
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    - domains                  0x04
    - defined_domains          0x04
    the guest would lose 05.0004
  apmatrix: note: unassign web1: a running guest would lose 1 of its 2 queues: 05.0004; this needs --allow-loss
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  $ apmatrix remove web1 --owner ansible --dry-run
  preview: nothing is changed
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    ~ active                   yes -> no
    - start                    auto
    - name                     web1
    - owner                    ansible
    the guest would lose 05.0004, 05.0047
  apmatrix: note: remove web1: in use by a guest; this needs --force
  $ apmatrix plan empty.json --prune --owner ansible; echo '{"api_level": 1, "matrices": [{"name": "web1", "adapters": [5], "domains": [4]}]}' | apmatrix plan -
  preview: nothing is changed
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    ~ active                   yes -> no
    - start                    auto
    - name                     web1
    - owner                    ansible
    the guest would lose 05.0004, 05.0047
  plan e2d91fcf-42c8-5817-a97b-11d0723b3617
  apmatrix: note: plan: keeping db1, which is not in the plan: it has no owner; --any-owner removes it
  apmatrix: note: plan web1: in use by a guest; this needs --force
  preview: nothing is changed
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    - domains                  0x47
    - control_domains          0x04,0x47
    - defined_domains          0x47
    - defined_control_domains  0x04,0x47
    the guest would lose 05.0047
  plan ea538105-f7fd-5d5f-a7b9-2df9ddfcafa2
  apmatrix: note: not in the file and left as they are: 1 matrix (db1). --prune --any-owner removes them
  apmatrix: note: plan web1: a running guest would lose 1 of its 2 queues: 05.0047; this needs --allow-loss

--if-absent is no success if what is there is something else.

tree small

  $ apmatrix create web1 -a 5 -d 0x04,0x47 --if-absent; echo $?
  no change needed
  0
  $ apmatrix create web1 -a 5 -d 0xff --if-absent
  apmatrix: create: web1 exists with other domains
  hint: apmatrix set web1 gives it these
  [4]

A message says that a change goes to another root, if the command line does not name it.

tree small

  $ apmatrix-model assign db1 -d 0x47
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + domains                  0x47
    a guest would get 06.0047
  apmatrix: note: APMATRIX_ROOT is set: the change is made below host, not on this machine
  apmatrix: note: not kept over a reboot: db1 (no definition). apmatrix persist db1 keeps it
  $ apmatrix-model list --no-headings; apmatrix-model --root host unassign db1 -d 0x47 -q; apmatrix-model assign db1 -d 0x47 --dry-run
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -     0x06  0x47,0xab  0xab       2  0  0
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto  0x05  0x04,0x47  0x04,0x47  2  2  0
  preview: nothing is changed
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + domains                  0x47
    a guest would get 06.0047

Words of other tools, and words that are nearly right.

  $ for word in stop rm attach asign frob; do apmatrix $word; done
  apmatrix: stop: missing MATRIX...
  hint: see apmatrix stop --help
  apmatrix: unknown command "rm"
  hint: apmatrix remove MATRIX
  apmatrix: unknown command "attach"
  hint: apmatrix export MATRIX --as hostdev | virsh attach-device GUEST /dev/stdin --live --config
  apmatrix: unknown command "asign"
  hint: did you mean assign? apmatrix --help lists the commands
  apmatrix: unknown command "frob"
  hint: apmatrix --help lists the commands
  [2]
  $ apmatrix list --jsn; apmatrix assign db1 -d 4 --wait-gest 3; apmatrix list --nothing
  apmatrix: unknown option --jsn
  hint: did you mean --json?
  apmatrix: unknown option --wait-gest
  hint: did you mean --wait-guest?
  apmatrix: unknown option --nothing
  hint: see apmatrix --help
  [2]

A guest that runs loses its last queues; it is not a guest that could be.

tree small

  $ apmatrix unassign web1 -a 5 --allow-loss -q --dry-run; apmatrix unassign web1 -a 5 --allow-loss | grep guest
  preview: nothing is changed
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    - adapters                 0x05
    - defined_adapters         0x05
    the guest would lose 05.0004, 05.0047
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run systemctl enable apmatrix-restore.service
    the guest loses 05.0004, 05.0047
  $ apmatrix unassign web1 -d all --allow-loss -q; apmatrix assign web1 -a 5 -d 4 | grep guest
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
    the guest gets 05.0004

What blocks the removal of a matrix is its guest, and a removed matrix is named.

  $ apmatrix remove web1 --owner ansible --force
  apmatrix: remove web1: removing it: Device or resource busy [EBUSY]
  hint: detach it from the guest first
  apmatrix: rolled back: everything is as it was
  [5]
  $ apmatrix remove db1 | head -n 1
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)

Only running guests have queues.

  $ apmatrix create x1 -u 0ae0e9ca-d27d-4327-8e70-78bee6d12c60 -a 6 -d 0xff -q; apmatrix list x1 --no-headings
  x1  0ae0e9ca-d27d-4327-8e70-78bee6d12c60  idle  -  0x06  0xff  -  1  0  0
  $ apmatrix show x1 | grep guest; apmatrix show x1 --field guest-count; apmatrix explain x1
    guest would have 06.00ff
  0
  x1: 1 of 1 assigned queues would reach a guest (reasons from the kernel)
    06.00ff                  a guest would have it
  $ apmatrix-model event unbind 06.00ff; apmatrix grid | grep x1; apmatrix status | grep x1: ; apmatrix explain x1 | head -n 1
    A   x1, unknown: 1 assigned, 1 withheld
  missing    x1: a guest would lack 1 of 1 queues: apmatrix explain x1
  x1: 0 of 1 assigned queues would reach a guest (reasons from the kernel)

refresh says what it did; it printed nothing.

tree small

  $ apmatrix refresh web1; apmatrix refresh web1 -q; apmatrix refresh web1 db1 --dry-run; apmatrix refresh all
  web1 was filtered again: no queue changes
  preview: nothing is changed
  web1 would be filtered again
  db1 would be filtered again
  web1 was filtered again: no queue changes
  db1 was filtered again: no queue changes
  $ echo refresh db1 | apmatrix batch -; apmatrix refresh db1 --json | sed -n '/"changed"/p; /"uuid"/p'
  db1 was filtered again: no queue changes
    "changed": false,
        "uuid": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001",
  $ apmatrix refresh nothing
  apmatrix: refresh: no matrix with the name nothing
  hint: apmatrix list shows all matrices
  [3]

undo of a release gives a queue back the override that somebody else had set, not one to vfio_ap.

tree overrides-ours

  $ echo none >host/sys/devices/ap/card06/06.0004/driver_override
  $ apmatrix pool release --apqn 06.0004
  host
    - 06.0004 driver_override  none
  apmatrix: note: not kept over a reboot: driver overrides (no "pool" in /etc/apmatrix/plan.json). apmatrix persist keeps it
  $ cat host/sys/devices/ap/card06/06.0004/driver_override
  
  $ apmatrix undo
  host
    + 06.0004 driver_override  none
  apmatrix: note: the last change was: apmatrix pool release --apqn 06.0004
  apmatrix: note: not kept over a reboot: driver overrides (no "pool" in /etc/apmatrix/plan.json). apmatrix persist keeps it
  $ cat host/sys/devices/ap/card06/06.0004/driver_override; apmatrix queues --no-headings | grep 06.0004
  none
  06.0004  CEX8C  cca  none       host      -     -
  $ apmatrix undo; cat host/sys/devices/ap/card06/06.0004/driver_override
  host
    - 06.0004 driver_override  none
  apmatrix: note: the last change was: apmatrix undo
  apmatrix: note: not kept over a reboot: driver overrides (no "pool" in /etc/apmatrix/plan.json). apmatrix persist keeps it
  
  $ echo a-driver-with-a-name-that-is-longer-than-any-driver-of-linux-has-it >host/sys/devices/ap/card06/06.0004/driver_override
  $ apmatrix pool release --apqn 06.0004 -q; apmatrix undo
  apmatrix: note: the last change was: apmatrix pool release --apqn 06.0004 -q
  apmatrix: undo: 06.0004 had a driver override whose name is too long, and was not kept
  [7]

export, doctor and apply --prune take an override to another driver for what it is: not ours.

tree overrides

  $ grep -H . host/sys/devices/ap/card*/*/driver_override | grep -v null
  host/sys/devices/ap/card05/05.0004/driver_override:vfio_ap
  host/sys/devices/ap/card05/05.0047/driver_override:vfio_ap
  $ echo none >host/sys/devices/ap/card06/06.0004/driver_override
  $ apmatrix export | grep -A 2 pool
    "pool": {
      "queues": ["05.0004", "05.0047"],
      "at_boot": null
  $ apmatrix doctor | grep driver_override
  note regime: 2 queues are given to guests by driver_override; the masks cannot be used
  $ echo '{"api_level": 1, "pool": {"queues": ["05.0047"]}, "matrices": []}' >plan.json
  $ apmatrix apply plan.json --prune --dry-run
  preview: nothing is changed
  host
    - 05.0004 driver_override  vfio_ap
  also affected: web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    a guest would no longer get 05.0004, 05.0047
  plan 05cd2bae-5463-5474-8ef3-41a8a64b6ff6
  apmatrix: note: apply: keeping web1, which is not in the plan: it has no owner; --any-owner removes it
  apmatrix: note: this would be refused: apply: 05.0004 cannot return to the host: assigned to web1
  hint: apmatrix unassign web1 -d 0x04 frees what is needed; it takes 05.0004 from this matrix
  $ apmatrix pool release --apqn 06.0004 -q; cat host/sys/devices/ap/card06/06.0004/driver_override
  

A batch that gives a queue to guests and takes it back again can be undone, as one that takes
it from another driver.

tree overrides

  $ printf 'pool reserve --apqn 06.0004\nassign web1 --control-domains 9\npool release --apqn 06.0004\n' | apmatrix batch -q
  $ apmatrix undo
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    - control_domains          0x09
  apmatrix: note: the last change was: apmatrix batch -q
  apmatrix: note: not kept over a reboot: web1 (no definition). apmatrix persist web1 keeps it
  $ cat host/sys/devices/ap/card06/06.0004/driver_override; echo none >host/sys/devices/ap/card06/06.0004/driver_override
  
  $ printf 'pool release --apqn 06.0004\npool reserve --apqn 06.0004\n' | apmatrix batch -q
  $ cat host/sys/devices/ap/card06/06.0004/driver_override
  vfio_ap
  $ apmatrix undo
  host
    + 06.0004 driver_override  none
  apmatrix: note: the last change was: apmatrix batch -q
  apmatrix: note: not kept over a reboot: driver overrides (no "pool" in /etc/apmatrix/plan.json). apmatrix persist keeps it
  $ cat host/sys/devices/ap/card06/06.0004/driver_override
  none

A matrix that is removed through sysfs leaves its name in /run. A later one with the same UUID
does not get it: the next change drops the name.

tree small

  $ u=7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001; rm -r host/sys/devices/vfio_ap/matrix/$u host/sys/bus/mdev/devices/$u 2>/dev/null; ls host/run/apmatrix/matrices.d
  7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001.json
  $ apmatrix refresh web1 --dry-run >/dev/null; ls host/run/apmatrix/matrices.d
  7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001.json
  $ apmatrix create -u 7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001 -a 6 -d 0xab -q; ls host/run/apmatrix/matrices.d; apmatrix list --no-headings | grep 7c1e3a54
  -     7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -     0x06  0xab       -          1  0  0
