The driver override of a queue that a matrix has ends, and the host has the queue. It stays assigned. The module of
this package asks only for queues that a change adds, and so does the tool.

tree overrides-ours

  $ echo >host/sys/devices/ap/card05/05.0047/driver_override
  $ apmatrix-model event bind 05.0047 cex4queue; apmatrix list --no-headings
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  unknown  -  0x05  0x04,0x47  0x04  2  0  2
  $ apmatrix assign web1 -d 4
  no change needed
  $ apmatrix assign web1 -a 6
  apmatrix: assign web1: 06.0047: kept for the host's drivers [EADDRNOTAVAIL]
  hint: apmatrix pool reserve --apqn 06.0047 gives them to guests; --reserve does that in the same change
  [4]
  $ apmatrix pool reserve --apqn 06.0047
  host
    + 06.0047 driver_override  vfio_ap
  apmatrix: note: not kept over a reboot: driver overrides (no "pool" in /etc/apmatrix/plan.json). apmatrix persist keeps it
  $ apmatrix assign web1 -a 6
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    + adapters                 0x06
    a guest would get 06.0004, 06.0047
  apmatrix: note: not kept over a reboot: web1 (no definition). apmatrix persist web1 keeps it
  $ apmatrix explain web1 05.0047
  web1: 2 of 4 assigned queues would reach a guest (reasons from the kernel)
    05.0047                  MISSING  bound-to-other-driver: bound to driver cex4queue; apmask and aqmask reserve all queues for the host
    fix: apmatrix pool reserve --apqn 05.0047

A queue that the host has does not return to it, so nothing is in the way of another one.

  $ apmatrix create -a 7 -d 4 -u 62177883-f1bb-47f0-914d-32a22e3a8806 --dry-run
  preview: nothing is changed
  62177883-f1bb-47f0-914d-32a22e3a8806
    ~ active                   no -> yes
    + adapters                 0x07
    + domains                  0x04
  apmatrix: note: this would be refused: create 62177883-f1bb-47f0-914d-32a22e3a8806: 07.0004: kept for the host's drivers; this host does not have adapter 0x07
  hint: apmatrix pool reserve --apqn 07.0004 gives them to guests; --reserve does that in the same change
  apmatrix: note: 62177883-f1bb-47f0-914d-32a22e3a8806: this host does not have adapter 0x07: the guest gets it when the host does
  $ apmatrix unassign web1 -a 6
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    - adapters                 0x06
    a guest would no longer get 06.0004, 06.0047
  apmatrix: note: not kept over a reboot: web1 (no definition). apmatrix persist web1 keeps it
  $ apmatrix pool release --apqn 06.0047
  host
    - 06.0047 driver_override  vfio_ap
  apmatrix: note: not kept over a reboot: driver overrides (no "pool" in /etc/apmatrix/plan.json). apmatrix persist keeps it
  $ apmatrix pool release --apqn 05.0004
  apmatrix: pool: 05.0004 cannot return to the host: assigned to web1 [EBUSY]
  hint: apmatrix unassign web1 -d 0x04 frees what is needed; it takes 05.0004 from this matrix
  [5]
  $ apmatrix set web1 -a 5 -d 4,0x47,0xab
  apmatrix: set web1: 05.00ab: kept for the host's drivers; this host does not have domain 0xab [EADDRNOTAVAIL]
  hint: apmatrix pool reserve --apqn 05.00ab gives them to guests; --reserve does that in the same change
  [4]
  $ apmatrix pool reserve --apqn 05.0047
  host
    + 05.0047 driver_override  vfio_ap
  also affected: web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    a guest would get 05.0004, 05.0047
  apmatrix: note: not kept over a reboot: driver overrides (no "pool" in /etc/apmatrix/plan.json). apmatrix persist keeps it
  $ apmatrix list --no-headings
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  idle  -  0x05  0x04,0x47  0x04  2  0  0

Mainline's module asks for all queues of the matrix.

tree overrides

  $ echo >host/sys/devices/ap/card05/05.0047/driver_override
  $ apmatrix-model event bind 05.0047 cex4queue
  $ apmatrix pool reserve --apqn 06.0004,06.0047 --quiet
  $ apmatrix assign web1 -a 6
  apmatrix: assign web1: 05.0047: kept for the host's drivers [EADDRNOTAVAIL]
  hint: apmatrix pool reserve --apqn 05.0047 gives them to guests; --reserve does that in the same change
  [4]
  $ apmatrix unassign web1 -d 0x47
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    - domains                  0x47
    a guest would get 05.0004
  apmatrix: note: not kept over a reboot: web1 (no definition). apmatrix persist web1 keeps it
  $ apmatrix assign web1 -a 6
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    + adapters                 0x06
    a guest would get 06.0004
  apmatrix: note: not kept over a reboot: web1 (no definition). apmatrix persist web1 keeps it

An override to another driver is somebody's decision, which a release ends.

tree overrides-ours

  $ echo cex4queue >host/sys/devices/ap/card06/06.0004/driver_override
  $ apmatrix-model event bind 06.0004 cex4queue
  $ apmatrix pool reserve --apqn 06.0004,06.0047
  apmatrix: pool: 06.0004: another program has set a driver override to another driver
  hint: end it first: apmatrix pool release --apqn 06.0004
  [4]
  $ apmatrix pool release --apqn 06.0004 --quiet; apmatrix pool reserve --apqn 06.0004,06.0047 --quiet
  $ apmatrix queues --of host --no-headings; apmatrix queues --free --no-headings
  06.0004  CEX8C  cca  vfio_ap  free  -  -
  06.0047  CEX8C  cca  vfio_ap  free  -  -
