Definitions are started one by one: what is not available does not block the others.

tree small

  $ apmatrix-model event guest-stop 62177883-f1bb-47f0-914d-32a22e3a8804
  $ apmatrix remove web1 --owner ansible --keep-definition >/dev/null
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix remove db1 >/dev/null
  $ apmatrix list
  NAME  UUID                                  STATE    START  ADAPTERS  DOMAINS    CONTROL    ASSIGNED  IN-GUEST  MISSING
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  defined  auto   0x05      0x04,0x47  0x04,0x47         2         -        -
  $ apmatrix restore --dry-run
  preview: nothing is changed
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    ~ active                   no -> yes
    + adapters                 0x05
    + domains                  0x04,0x47
    + control_domains          0x04,0x47
    a guest would get 05.0004, 05.0047
  $ apmatrix restore
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    ~ active                   no -> yes
    + adapters                 0x05
    + domains                  0x04,0x47
    + control_domains          0x04,0x47
    a guest would get 05.0004, 05.0047
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix restore
  no change needed
  $ apmatrix list --no-headings
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  idle  auto  0x05  0x04,0x47  0x04,0x47  2  0  0

A queue that another matrix has taken since.

tree small

  $ apmatrix create other -u 0e3a17c5-6f0b-4ad9-8a57-3d5b2c90a001 -a 6 -d 0x47 --auto >/dev/null
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix-model event guest-stop 62177883-f1bb-47f0-914d-32a22e3a8804
  $ apmatrix remove web1 --owner ansible --keep-definition >/dev/null
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix remove other --keep-definition >/dev/null
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix create thief -u 9d2c4be1-77aa-4c1e-b0a4-51d6f3e2b002 -a 5 -d 4 >/dev/null
  apmatrix: note: not kept over a reboot: thief (no definition). apmatrix persist thief keeps it
  $ apmatrix restore
  other (0e3a17c5-6f0b-4ad9-8a57-3d5b2c90a001)
    ~ active                   no -> yes
    + adapters                 0x06
    + domains                  0x47
    a guest would get 06.0047
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  apmatrix: restore web1: 05.0004: already assigned to 9d2c4be1-77aa-4c1e-b0a4-51d6f3e2b002 (thief) [EADDRINUSE]
  hint: apmatrix unassign thief -a 0x05 frees what is needed; it takes 05.0004 from this matrix
  [8]
  $ apmatrix list --no-headings
  db1    7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle     -     0x06  0xab       0xab       1  0  0
  other  0e3a17c5-6f0b-4ad9-8a57-3d5b2c90a001  idle     auto  0x06  0x47       -          1  0  0
  thief  9d2c4be1-77aa-4c1e-b0a4-51d6f3e2b002  idle     -     0x05  0x04       -          1  0  0
  web1   62177883-f1bb-47f0-914d-32a22e3a8804  defined  auto  0x05  0x04,0x47  0x04,0x47  2  -  -
  $ apmatrix restore nothing
  apmatrix: restore: no matrix with the name nothing
  hint: apmatrix list shows all matrices
  [3]
  $ apmatrix restore thief
  apmatrix: restore: thief has no definition
  [3]

At boot: the bus and udev first.

tree small

  $ apmatrix-model event guest-stop 62177883-f1bb-47f0-914d-32a22e3a8804
  $ apmatrix remove web1 --owner ansible --keep-definition >/dev/null
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ chmod u+w host/sys/bus/ap/bindings; echo 10/12 >host/sys/bus/ap/bindings
  $ apmatrix restore --boot --timeout 20 & asleep $!
  > apmatrix list --active --no-headings | grep -c web1
  > echo '12/12 (complete)' >host/sys/bus/ap/bindings; wait $!
  0
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    ~ active                   no -> yes
    + adapters                 0x05
    + domains                  0x04,0x47
    + control_domains          0x04,0x47
    a guest would get 05.0004, 05.0047
  $ apmatrix show web1 --field state
  idle
  $ mkdir -p host/run/udev; touch host/run/udev/control host/run/udev/queue
  $ apmatrix restore --boot --timeout 0.2
  no change needed
  apmatrix: note: udev is still busy after 0.2 s; continuing

Driver overrides end with the boot; the pool of the host's plan brings them back, before the definitions.

tree untouched

  $ mkdir -p host/etc/apmatrix host/etc/mdevctl.d/matrix
  > echo '{"api_level": 1, "pool": {"queues": ["05.0004"], "method": "override"}, "matrices": [{"name": "no"}]}' >host/etc/apmatrix/plan.json
  > echo '{"mdev_type": "vfio_ap-passthrough", "start": "auto", "attrs": [{"assign_adapter": "5"}, {"assign_domain": "4"}]}' >host/etc/mdevctl.d/matrix/0ae0e9ca-d27d-4327-8e70-000000000001
  $ apmatrix restore --dry-run
  preview: nothing is changed
  host
    + 05.0004 driver_override  vfio_ap
  0ae0e9ca-d27d-4327-8e70-000000000001
    ~ active                   no -> yes
    + adapters                 0x05
    + domains                  0x04
    a guest would get 05.0004
  $ apmatrix restore --boot
  host
    + 05.0004 driver_override  vfio_ap
  0ae0e9ca-d27d-4327-8e70-000000000001
    ~ active                   no -> yes
    + adapters                 0x05
    + domains                  0x04
    a guest would get 05.0004
  $ apmatrix restore --boot --json | grep '"changed"'
    "changed": false,
  $ apmatrix list --no-headings
  -  0ae0e9ca-d27d-4327-8e70-000000000001  idle  auto  0x05  0x04  -  1  0  0
  apmatrix: note: only in the host's plan: no; see apmatrix plan

An invalid plan does not prevent the start of definitions.

  $ apmatrix remove 0ae0e9ca-d27d-4327-8e70-000000000001 --keep-definition >/dev/null; echo '{' >host/etc/apmatrix/plan.json
  apmatrix: note: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run systemctl enable apmatrix-restore.service
  $ apmatrix restore
  0ae0e9ca-d27d-4327-8e70-000000000001
    ~ active                   no -> yes
    + adapters                 0x05
    + domains                  0x04
    a guest would get 05.0004
  apmatrix: note: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run systemctl enable apmatrix-restore.service
  apmatrix: restore: /etc/apmatrix/plan.json: line 2, column 0: string or '}' expected near end of file
  [8]
  $ apmatrix list --no-headings
  -  0ae0e9ca-d27d-4327-8e70-000000000001  idle  auto  0x05  0x04  -  1  0  0
  apmatrix: note: /etc/apmatrix/plan.json: line 2, column 0: string or '}' expected near end of file: whether the host differs from it is unknown
  $ apmatrix restore all
  no change needed

The kernel's own vfio_ap is loaded, and nothing says that another is expected.

tree old

  $ mkdir -p host/etc/mdevctl.d/matrix host/var/lib/dkms host/proc/sys/kernel; echo 6.1.0-test >host/proc/sys/kernel/osrelease
  > echo '{"mdev_type": "vfio_ap-passthrough", "start": "auto", "attrs": [{"assign_adapter": "6"}, {"assign_domain": "4"}]}' >host/etc/mdevctl.d/matrix/0ae0e9ca-d27d-4327-8e70-000000000001
  $ apmatrix list --no-headings >listed
  $ apmatrix restore --boot --dry-run | tail -1
    a guest would get 06.0004

It is expected once dkms has it: matrices are started, and the status tells.

  $ mkdir host/var/lib/dkms/vfio-ap-dyn
  $ apmatrix list --no-headings | diff - listed
  apmatrix: note: the loaded vfio_ap is not the one of this package, which is not built for this kernel; missing: changes in running guests, what each guest has, reasons of missing queues, control domains of guests, events of guests, counts of resets; see apmatrix doctor
  $ apmatrix doctor | grep -A1 module-stock
  problem module-stock: the loaded vfio_ap is not the one of this package, which is not built for this kernel; missing: changes in running guests, what each guest has, reasons of missing queues, control domains of guests, events of guests, counts of resets
    install the headers of this kernel, then dkms autoinstall; dkms status shows for which kernels it is built
  $ apmatrix restore --boot
  0ae0e9ca-d27d-4327-8e70-000000000001
    ~ active                   no -> yes
    + adapters                 0x06
    + domains                  0x04
    a guest would get 06.0004
  apmatrix: note: the loaded vfio_ap is not the one of this package, which is not built for this kernel; missing: changes in running guests, what each guest has, reasons of missing queues, control domains of guests, events of guests, counts of resets; see apmatrix doctor
  [7]
  $ apmatrix restore
  no change needed
  apmatrix: note: the loaded vfio_ap is not the one of this package, which is not built for this kernel; missing: changes in running guests, what each guest has, reasons of missing queues, control domains of guests, events of guests, counts of resets; see apmatrix doctor
  $ apmatrix assign db1 -d 5 --quiet
  $ apmatrix unassign db1 -d 5
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    - domains                  0x05
  apmatrix: note: not kept over a reboot: db1 (no definition). apmatrix persist db1 keeps it
  apmatrix: note: the loaded vfio_ap is not the one of this package, which is not built for this kernel; missing: changes in running guests, what each guest has, reasons of missing queues, control domains of guests, events of guests, counts of resets; see apmatrix doctor

The administrator decides in /etc/apmatrix.conf.

  $ apmatrix remove 0ae0e9ca-d27d-4327-8e70-000000000001 --keep-definition --quiet
  $ echo 'stock-module = refuse	# no guest without it' >host/etc/apmatrix.conf
  $ apmatrix restore --boot
  apmatrix: restore: no matrix is started: the loaded vfio_ap is not the one of this package, which is not built for this kernel; missing: changes in running guests, what each guest has, reasons of missing queues, control domains of guests, events of guests, counts of resets
  hint: see apmatrix doctor; stock-module = start in /etc/apmatrix.conf starts matrices without it
  [7]
  $ apmatrix list --no-headings --quiet | grep 0ae0e9ca
  -     0ae0e9ca-d27d-4327-8e70-000000000001  defined  auto  0x06  0x04  -     1  -  -
  $ echo 'stock-module = accept' >host/etc/apmatrix.conf
  $ apmatrix list --no-headings | grep -c .
  3
  $ apmatrix restore --boot
  0ae0e9ca-d27d-4327-8e70-000000000001
    ~ active                   no -> yes
    + adapters                 0x06
    + domains                  0x04
    a guest would get 06.0004
  $ rmdir host/var/lib/dkms/vfio-ap-dyn; echo 'stock-module = start' >host/etc/apmatrix.conf
  $ apmatrix restore --boot
  no change needed
  apmatrix: note: the loaded vfio_ap is not the one of this package, which is not built for this kernel; missing: changes in running guests, what each guest has, reasons of missing queues, control domains of guests, events of guests, counts of resets; see apmatrix doctor
  [7]
  $ echo 'stock-module = never' >host/etc/apmatrix.conf
  $ apmatrix list --no-headings | grep -c .
  apmatrix: note: /etc/apmatrix.conf:1: stock-module is "never", which is not start, refuse or accept
  3
  $ printf '# comment\n\nstock = start\n' >host/etc/apmatrix.conf
  $ apmatrix list --no-headings | grep -c .
  apmatrix: note: /etc/apmatrix.conf:3: unknown key "stock"
  3

The module of this package is loaded: the configuration does not matter.

tree small

  $ mkdir -p host/var/lib/dkms/vfio-ap-dyn; echo 'stock-module = refuse' >host/etc/apmatrix.conf
  $ apmatrix restore --boot
  no change needed
