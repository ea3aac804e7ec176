Kernels that do not take a matrix as a whole: ids one by one. What goes, goes first, or queues that
nobody asked for would be in between; and if one is refused, all is as before.

tree old

  $ cat >traced <<'END'
  > MODEL_TRACE=1 apmatrix "$@" 2>&1 >out | sed 's,.*matrix/\(........\)[^/]*/,\1 ,'
  > END
  $ sh traced set web1 -a 6 -d 0x47 -c none --allow-loss
  62177883 unassign_adapter 0x05
  62177883 unassign_domain 0x04
  62177883 unassign_control_domain 0x04
  62177883 assign_adapter 0x06
  62177883 assign_domain 0x47
  apmatrix: note: not kept over a reboot: web1 (no definition). apmatrix persist web1 keeps it
  $ sh traced create new -u 0ae0e9ca-d27d-4327-8e70-78bee6d12c60 -a 5 -d 4,0x47
  mdev_sup vfio_ap-passthrough/create 0ae0e9ca-d27d-4327-8e70-78bee6d12c60
  0ae0e9ca assign_adapter 0x05
  0ae0e9ca assign_domain 0x04
  0ae0e9ca assign_domain 0x47
  apmatrix: note: not kept over a reboot: new (no definition). apmatrix persist new keeps it
  $ apmatrix list >before
  $ MODEL_FAIL=/assign_domain:2:EADDRINUSE sh traced assign db1 -d 4,5 -c 4
  7c1e3a54 assign_domain 0x04
  7c1e3a54 unassign_domain 0x04
  apmatrix: note: db1: this host does not have domain 0x05: the guest gets it when the host does
  apmatrix: assign db1: assigning domain 0x05 (5): Address already in use [EADDRINUSE]
  apmatrix: rolled back: everything is as it was
  $ MODEL_FAIL=create:1:EBUSY apmatrix create two -a 5
  apmatrix: create two: creating it: Device or resource busy [EBUSY]
  hint: this kernel cannot change a matrix that a guest uses
  apmatrix: rolled back: everything is as it was
  [5]
  $ MODEL_FAIL=/assign_domain:1:EIO sh traced create two -u 0ae0e9ca-d27d-4327-8e70-78bee6d12c61 -a 5 -d 5
  mdev_sup vfio_ap-passthrough/create 0ae0e9ca-d27d-4327-8e70-78bee6d12c61
  0ae0e9ca assign_adapter 0x05
  0ae0e9ca unassign_adapter 0x05
  0ae0e9ca remove 1
  apmatrix: note: two: this host does not have domain 0x05: the guest gets it when the host does
  apmatrix: create two: assigning domain 0x05 (5): Input/output error [EIO]
  apmatrix: rolled back: everything is as it was
  $ apmatrix list | diff before -

Interrupted after the first write, and after the last.

  $ MODEL_FAIL=/assign_domain:1:interrupt apmatrix assign db1 -d 4,5
  apmatrix: note: db1: this host does not have domain 0x05: the guest gets it when the host does
  apmatrix: assign: interrupted [EINTR]
  apmatrix: rolled back: everything is as it was
  [130]
  $ MODEL_FAIL=/assign_domain:1:interrupt apmatrix assign db1 -d 4
  apmatrix: assign: interrupted [EINTR]
  apmatrix: rolled back: everything is as it was
  [130]
  $ MODEL_FAIL=/remove:1:interrupt apmatrix remove db1
  apmatrix: remove: interrupted [EINTR]
  apmatrix: rolled back: everything is as it was
  [130]
  $ apmatrix list | diff before -

A write that succeeds without effect, or fails with an effect.

  $ MODEL_FAIL=/assign_domain:1:lie apmatrix assign db1 -d 4
  apmatrix: assign db1: assigning domain 0x04 (4): write accepted, but read-back differs
  hint: another program may be changing it
  apmatrix: rolled back: everything is as it was
  [1]
  $ MODEL_FAIL=/assign_domain:1:late apmatrix assign db1 -d 4
  apmatrix: assign db1: assigning domain 0x04 (4): Input/output error [EIO]
  apmatrix: rolled back: everything is as it was
  [1]
  $ apmatrix list | diff before -

A change that cannot be undone is reported.

  $ MODEL_FAIL=assign_domain:2+:EIO apmatrix assign db1 -d 4,5
  apmatrix: note: db1: this host does not have domain 0x05: the guest gets it when the host does
  apmatrix: assign db1: assigning domain 0x05 (5): Input/output error [EIO]
  apmatrix: assign db1: rollback failed
  [8]
  $ apmatrix show db1 --field domains
  0x04
  0xab

No guest loses a queue unintentionally, and missing features are reported.

tree old

  $ apmatrix unassign web1 -d 4
  apmatrix: unassign web1: a running guest would lose 1 of its 1 queues: 05.0004 [EBUSY]
  hint: use --allow-loss to proceed
  [5]
  $ apmatrix refresh web1
  apmatrix: refresh: web1: this kernel has no ap_config
  hint: unassign a domain and assign it again
  [7]
  $ apmatrix remove web1
  apmatrix: remove web1: in use by a guest [EBUSY]
  hint: detach it from the guest first, or use --force to wait until the guest releases it
  [5]

On the oldest kernel a matrix with a guest cannot be changed.

tree old

  $ echo 5.10 >host/.model/variant; rm host/sys/devices/vfio_ap/matrix/*/guest_matrix host/sys/devices/ap/*/*/status
  $ apmatrix list --no-headings
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  unknown  -  0x06  0xab  0xab  1  -  -
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  unknown  -  0x05  0x04  0x04  1  -  -
  $ apmatrix assign web1 -d 0x47
  apmatrix: assign web1: assigning domain 0x47 (71): Device or resource busy [EBUSY]
  hint: this kernel cannot change a matrix that a guest uses
  apmatrix: rolled back: everything is as it was
  [5]
  $ apmatrix assign db1 -d 4
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + domains                  0x04
  apmatrix: note: not kept over a reboot: db1 (no definition). apmatrix persist db1 keeps it
  $ apmatrix explain web1
  web1: 1 queue is assigned, the guest matrix is unknown
    05.0004                  unknown  this kernel does not report what the guest has

What it does not tell is not waited for; what was done until that was known is undone.

  $ apmatrix wait web1 --guest-has 05.0004 --timeout 20
  apmatrix: wait: web1: this kernel does not report what the guest has
  hint: the module of this package reports it, see apmatrix doctor
  [7]
  $ apmatrix assign db1 -d 0x47 --wait-guest 20
  apmatrix: assign: db1: this kernel does not report what the guest has
  hint: the module of this package reports it, see apmatrix doctor
  apmatrix: rolled back: everything is as it was
  [7]
  $ apmatrix show db1 --field domains
  0x04
  0xab
