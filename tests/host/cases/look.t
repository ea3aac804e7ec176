The whole machine: grid, queues, host.

tree broken

  $ apmatrix grid
    0x   a a a a f
         b c d e 0
  0x05   A A A   a
  0x06   a a a . a
  0x07   a a a . a
  0x08   a a a ? a
  0x09   a a a   a
  0x0a   - - - -
  
    A   web1, in-use: 20 assigned, 17 missing
    a-z small letters: assigned, but withheld from guests
    -   host: 4
    ?   without a driver: 1
    .   free for guests: 2
  $ apmatrix grid --by state
    0x   a a a a f
         b c d e 0
  0x05   G G G   !
  0x06   ! ! ! . !
  0x07   ! ! ! . !
  0x08   ! ! ! ? !
  0x09   ! ! !   !
  0x0a   - - - -
  
    -   host: 4
    ?   without a driver: 1
    .   free for guests: 2
    G   in a guest: 3
    !   assigned, but withheld from guests: 17
  $ apmatrix grid --by driver
    0x   a a a a f
         b c d e 0
  0x05   v v v
  0x06   v ? v v
  0x07   A v v v
  0x08   ? ? ? ?
  0x09
  0x0a   A A A A
  
    v   vfio_ap
    A   cex4queue
    ?   without a driver
  $ apmatrix grid --color always | head -3 | cat -v
  ^[[1m  0x   a a a a f^[[0m
  ^[[1m       b c d e 0^[[0m
  ^[[1m0x05^[[0m   ^[[0m^[[96mA A A   ^[[0m^[[1;35ma^[[0m
  $ apmatrix queues
  QUEUE    TYPE   MODE         DRIVER     STATUS    MATRIX  REASON
  05.00ab  CEX8C  cca          vfio_ap    in-guest  web1    -
  05.00ac  CEX8C  cca          vfio_ap    in-guest  web1    -
  05.00ad  CEX8C  cca          vfio_ap    in-guest  web1    -
  05.00f0  CEX8C  cca          -          missing   web1    domain-not-in-host-config
  06.00ab  CEX8C  cca          vfio_ap    missing   web1    sibling-withheld
  06.00ac  CEX8C  cca          -          missing   web1    unbound
  06.00ad  CEX8C  cca          vfio_ap    missing   web1    sibling-withheld
  06.00ae  CEX8C  cca          vfio_ap    free      -       -
  06.00f0  CEX8C  cca          -          missing   web1    domain-not-in-host-config
  07.00ab  CEX8C  cca          cex4queue  missing   web1    bound-to-other-driver
  07.00ac  CEX8C  cca          vfio_ap    missing   web1    sibling-withheld
  07.00ad  CEX8C  cca          vfio_ap    missing   web1    sibling-withheld
  07.00ae  CEX8C  cca          vfio_ap    free      -       -
  07.00f0  CEX8C  cca          -          missing   web1    domain-not-in-host-config
  08.00ab  CEX3C  cca          -          missing   web1    type-unsupported
  08.00ac  CEX3C  cca          -          missing   web1    type-unsupported
  08.00ad  CEX3C  cca          -          missing   web1    type-unsupported
  08.00ae  CEX3C  cca          -          unbound   -       -
  08.00f0  CEX3C  cca          -          missing   web1    domain-not-in-host-config
  09.00ab  -      -            -          missing   web1    adapter-not-in-host-config
  09.00ac  -      -            -          missing   web1    adapter-not-in-host-config
  09.00ad  -      -            -          missing   web1    adapter-not-in-host-config
  09.00f0  -      -            -          missing   web1    adapter-not-in-host-config
  0a.00ab  CEX8A  accelerator  cex4queue  host      -       -
  0a.00ac  CEX8A  accelerator  cex4queue  host      -       -
  0a.00ad  CEX8A  accelerator  cex4queue  host      -       -
  0a.00ae  CEX8A  accelerator  cex4queue  host      -       -
  $ apmatrix queues --free
  QUEUE    TYPE   MODE  DRIVER   STATUS  MATRIX  REASON
  06.00ae  CEX8C  cca   vfio_ap  free    -       -
  07.00ae  CEX8C  cca   vfio_ap  free    -       -
  $ apmatrix queues --unbound --no-headings
  06.00ac  CEX8C  cca  -  missing  web1  unbound
  08.00ab  CEX3C  cca  -  missing  web1  type-unsupported
  08.00ac  CEX3C  cca  -  missing  web1  type-unsupported
  08.00ad  CEX3C  cca  -  missing  web1  type-unsupported
  08.00ae  CEX3C  cca  -  unbound  -     -
  $ apmatrix queues --of host --format csv
  apqn,type,mode,driver,status,matrix,reason
  0a.00ab,CEX8A,accelerator,cex4queue,host,,
  0a.00ac,CEX8A,accelerator,cex4queue,host,,
  0a.00ad,CEX8A,accelerator,cex4queue,host,,
  0a.00ae,CEX8A,accelerator,cex4queue,host,,
  $ apmatrix queues --of web1 --format pairs | head -2
  apqn="05.00ab" type="CEX8C" mode="cca" driver="vfio_ap" status="in-guest" matrix="web1" reason=""
  apqn="05.00ac" type="CEX8C" mode="cca" driver="vfio_ap" status="in-guest" matrix="web1" reason=""
  $ apmatrix queues --of web1 --format jsonl | head -2
  {"apqn": "05.00ab", "type": "CEX8C", "mode": "cca", "driver": "vfio_ap", "status": "in-guest", "matrix": "web1", "reason": null}
  {"apqn": "05.00ac", "type": "CEX8C", "mode": "cca", "driver": "vfio_ap", "status": "in-guest", "matrix": "web1", "reason": null}
  $ apmatrix queues --of nobody
  apmatrix: queues: no matrix with the name nobody
  hint: apmatrix list shows all matrices
  [3]
  $ apmatrix queues --of web1 --json | head -40
  {
    "meta": {
      "api_level": 1,
      "tool": "apmatrix",
      "version": "0.1.0",
      "host": "HOST",
      "time": "2026-11-21T11:30:00Z",
      "command": "queues"
    },
    "changed": false,
    "dry_run": false,
    "rolled_back": false,
    "changes": [],
    "guests": [],
    "confirm_within": null,
    "matrices": [],
    "queues": [
      {"apqn": "05.00ab", "adapter": 5, "domain": 171, "type": "CEX8C", "generation": "CEX8", "mode": "cca", "driver": "vfio_ap", "status": "in-guest", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "reason": null},
      {"apqn": "05.00ac", "adapter": 5, "domain": 172, "type": "CEX8C", "generation": "CEX8", "mode": "cca", "driver": "vfio_ap", "status": "in-guest", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "reason": null},
      {"apqn": "05.00ad", "adapter": 5, "domain": 173, "type": "CEX8C", "generation": "CEX8", "mode": "cca", "driver": "vfio_ap", "status": "in-guest", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "reason": null},
      {"apqn": "05.00f0", "adapter": 5, "domain": 240, "type": "CEX8C", "generation": "CEX8", "mode": "cca", "driver": null, "status": "missing", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "reason": "domain-not-in-host-config"},
      {"apqn": "06.00ab", "adapter": 6, "domain": 171, "type": "CEX8C", "generation": "CEX8", "mode": "cca", "driver": "vfio_ap", "status": "missing", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "reason": "sibling-withheld"},
      {"apqn": "06.00ac", "adapter": 6, "domain": 172, "type": "CEX8C", "generation": "CEX8", "mode": "cca", "driver": null, "status": "missing", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "reason": "unbound"},
      {"apqn": "06.00ad", "adapter": 6, "domain": 173, "type": "CEX8C", "generation": "CEX8", "mode": "cca", "driver": "vfio_ap", "status": "missing", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "reason": "sibling-withheld"},
      {"apqn": "06.00f0", "adapter": 6, "domain": 240, "type": "CEX8C", "generation": "CEX8", "mode": "cca", "driver": null, "status": "missing", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "reason": "domain-not-in-host-config"},
      {"apqn": "07.00ab", "adapter": 7, "domain": 171, "type": "CEX8C", "generation": "CEX8", "mode": "cca", "driver": "cex4queue", "status": "missing", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "reason": "bound-to-other-driver"},
      {"apqn": "07.00ac", "adapter": 7, "domain": 172, "type": "CEX8C", "generation": "CEX8", "mode": "cca", "driver": "vfio_ap", "status": "missing", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "reason": "sibling-withheld"},
      {"apqn": "07.00ad", "adapter": 7, "domain": 173, "type": "CEX8C", "generation": "CEX8", "mode": "cca", "driver": "vfio_ap", "status": "missing", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "reason": "sibling-withheld"},
      {"apqn": "07.00f0", "adapter": 7, "domain": 240, "type": "CEX8C", "generation": "CEX8", "mode": "cca", "driver": null, "status": "missing", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "reason": "domain-not-in-host-config"},
      {"apqn": "08.00ab", "adapter": 8, "domain": 171, "type": "CEX3C", "generation": null, "mode": "cca", "driver": null, "status": "missing", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "reason": "type-unsupported"},
      {"apqn": "08.00ac", "adapter": 8, "domain": 172, "type": "CEX3C", "generation": null, "mode": "cca", "driver": null, "status": "missing", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "reason": "type-unsupported"},
      {"apqn": "08.00ad", "adapter": 8, "domain": 173, "type": "CEX3C", "generation": null, "mode": "cca", "driver": null, "status": "missing", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "reason": "type-unsupported"},
      {"apqn": "08.00f0", "adapter": 8, "domain": 240, "type": "CEX3C", "generation": null, "mode": "cca", "driver": null, "status": "missing", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "reason": "domain-not-in-host-config"},
      {"apqn": "09.00ab", "adapter": 9, "domain": 171, "type": null, "generation": null, "mode": null, "driver": null, "status": "missing", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "reason": "adapter-not-in-host-config"},
      {"apqn": "09.00ac", "adapter": 9, "domain": 172, "type": null, "generation": null, "mode": null, "driver": null, "status": "missing", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "reason": "adapter-not-in-host-config"},
      {"apqn": "09.00ad", "adapter": 9, "domain": 173, "type": null, "generation": null, "mode": null, "driver": null, "status": "missing", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "reason": "adapter-not-in-host-config"},
      {"apqn": "09.00f0", "adapter": 9, "domain": 240, "type": null, "generation": null, "mode": null, "driver": null, "status": "missing", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "reason": "adapter-not-in-host-config"}
    ],
    "host": null,
    "plan": null,
  $ apmatrix host
  adapters          0x05-0x08,0x0a (5)
  usage domains     0xab-0xae (4)
  control domains   0xab-0xae (4)
  highest IDs       adapter 0xff (255), domain 0xff (255)
  pool              by masks: apmask and aqmask keep queues for the host
  not in apmask     0x05-0x09 (5)
  not in aqmask     - (0)
  bus features      APSC APXA QACT RC8A
  bound queues      14/19
  vfio_ap           guest_matrix hotplug ap_config
  
  ADAPTER    TYPE   MODE         STATE   SERIAL
  0x05 (5)   CEX8C  cca          online  93AABE05
  0x06 (6)   CEX8C  cca          online  93AABE06
  0x07 (7)   CEX8C  cca          online  93AABE07
  0x08 (8)   CEX3C  cca          online  93AABE08
  0x0a (10)  CEX8A  accelerator  online  93AABE0A
  $ apmatrix host --json
  {
    "meta": {
      "api_level": 1,
      "tool": "apmatrix",
      "version": "0.1.0",
      "host": "HOST",
      "time": "2026-11-21T11:30:00Z",
      "command": "host"
    },
    "changed": false,
    "dry_run": false,
    "rolled_back": false,
    "changes": [],
    "guests": [],
    "confirm_within": null,
    "matrices": [],
    "queues": [],
    "host": {
      "kernel": null,
      "machine": null,
      "ap_bus": true,
      "qci": true,
      "adapters": [5, 6, 7, 8, 10],
      "domains": [171, 172, 173, 174],
      "control_domains": [171, 172, 173, 174],
      "max_adapter": 255,
      "max_domain": 255,
      "regime": "masks",
      "apmask": "0xf83fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
      "aqmask": "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
      "bus_features": "APSC APXA QACT RC8A",
      "bindings": "14/19",
      "module": true,
      "features": "guest_matrix hotplug ap_config",
      "cards": [
        {"adapter": 5, "type": "CEX8C", "generation": "CEX8", "hwtype": 14, "mode": "cca", "functions": "0x10000000", "config": true, "chkstop": false, "online": true, "serial": "93AABE05"},
        {"adapter": 6, "type": "CEX8C", "generation": "CEX8", "hwtype": 14, "mode": "cca", "functions": "0x10000000", "config": true, "chkstop": false, "online": true, "serial": "93AABE06"},
        {"adapter": 7, "type": "CEX8C", "generation": "CEX8", "hwtype": 14, "mode": "cca", "functions": "0x10000000", "config": true, "chkstop": false, "online": true, "serial": "93AABE07"},
        {"adapter": 8, "type": "CEX3C", "generation": null, "hwtype": 9, "mode": "cca", "functions": "0x10000000", "config": true, "chkstop": false, "online": true, "serial": "93AABE08"},
        {"adapter": 10, "type": "CEX8A", "generation": "CEX8", "hwtype": 14, "mode": "accelerator", "functions": "0x08000000", "config": true, "chkstop": false, "online": true, "serial": "93AABE0A"}
      ]
    },
    "plan": null,
    "findings": [],
    "warnings": [],
    "errors": []
  }
  $ apmatrix host --format svg
  apmatrix: host: unsupported format svg
  hint: supported formats: table|json
  [2]

tree small

  $ apmatrix grid
    0x   0 4 a f
         4 7 b f
  0x05   A A . .
  0x06   . . B .
  0x0a   - - - -
  
    A   web1, in-use: 2 assigned
    B   db1, idle: 1 assigned
    -   host: 4
    .   free for guests: 5
  $ apmatrix grid --format svg | head -12
  <svg xmlns="http://www.w3.org/2000/svg" width="464" height="220" viewBox="0 0 464 220">
  <title>AP queues: adapters by domains</title>
  <defs><pattern id="missing" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="1.4" height="4" fill="#d73027" fill-opacity="0.55"/></pattern></defs>
  <style>text{font-family:sans-serif}.h{font-size:10px;fill:#333}.l{font-size:12px;fill:#222}.c{font-size:10px;font-weight:bold;text-anchor:middle}.t{font-size:13px;font-weight:bold;fill:#222}</style>
  <rect width="464" height="220" fill="#ffffff"/>
  <text class="t" x="44" y="20">AP queues: adapters (rows) by domains (columns)</text>
  <text class="h" transform="translate(56 58) rotate(-90)">0x04</text>
  <text class="h" transform="translate(72 58) rotate(-90)">0x47</text>
  <text class="h" transform="translate(88 58) rotate(-90)">0xab</text>
  <text class="h" transform="translate(104 58) rotate(-90)">0xff</text>
  <text class="h" x="36" y="76" text-anchor="end">0x05</text>
  <text class="h" x="36" y="92" text-anchor="end">0x06</text>
  $ apmatrix host
  adapters          0x05-0x06,0x0a (3)
  usage domains     0x04,0x47,0xab,0xff (4)
  control domains   0x04,0x47,0xab,0xff (4)
  highest IDs       adapter 0xff (255), domain 0xff (255)
  pool              by masks: apmask and aqmask keep queues for the host
  not in apmask     0x05-0x06 (2)
  not in aqmask     - (0)
  bus features      APSC APXA QACT RC8A
  bound queues      12/12 (complete)
  vfio_ap           guest_matrix hotplug ap_config guest_control_domains reasons guest_notify
  
  ADAPTER    TYPE   MODE         STATE   SERIAL
  0x05 (5)   CEX8C  cca          online  93AABE05
  0x06 (6)   CEX8P  ep11         online  93AABE06
  0x0a (10)  CEX8A  accelerator  online  93AABE0A

Which process has the guest, and its name, where it can be seen: by the group of the matrix, or by
its own device.

tree small

  $ mkdir -p host/proc/4711/fd host/proc/4712/fd host/proc/1/fd
  > ln -s /dev/vfio/12 host/proc/4711/fd/7; ln -s /dev/pts/12 host/proc/1/fd/7
  > ln -s /dev/vfio/devices/vfio3 host/proc/4712/fd/9
  > printf '/usr/bin/qemu-system-s390x\0-name\0guest=shop,debug-threads=on\0-S\0' >host/proc/4711/cmdline
  > matrices=host/sys/devices/vfio_ap/matrix
  > ln -s ../../../kernel/iommu_groups/12 $matrices/62177883-f1bb-47f0-914d-32a22e3a8804/iommu_group
  > mkdir -p $matrices/7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001/vfio-dev/vfio3
  $ apmatrix show web1 | grep guest
    guest            shop, process 4711
    guest has        05.0004 05.0047
  $ apmatrix show --json | grep guest_info
        "guest_info": {"pid": 4711, "name": "shop"}
        "guest_info": {"pid": 4712, "name": null}

If no queue shows whether a guest runs, its process does.

  $ apmatrix-model event unbind 05.0047; apmatrix list --no-headings
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -     0x06  0xab       0xab       1  0  0
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto  0x05  0x04,0x47  0x04,0x47  2  0  2
  $ apmatrix remove web1 --owner ansible
  apmatrix: remove web1: in use by a guest [EBUSY]
  hint: detach it from the guest first, or use --force to wait until the guest releases it
  [5]

A matrix by its guest, as libvirt has it: now, else at the next start.

tree small

  $ mkdir -p host/etc/libvirt/qemu host/run/libvirt/qemu
  > cat >host/etc/libvirt/qemu/shop.xml <<'X'
  > <domain type='kvm'><name>shop</name><uuid>0ae0e9ca-d27d-4327-8e70-78bee6d12c60</uuid><devices>
  >   <hostdev mode='subsystem' type='mdev' managed='no' model='vfio-ccw'>
  >     <source><address uuid='7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b002'/></source>
  >   </hostdev>
  >   <hostdev mode='subsystem' type='mdev' managed='no' model='vfio-ap'>
  >     <source><address uuid='62177883-F1BB-47f0-914d-32a22e3a8804'/></source>
  >   </hostdev>
  > </devices></domain>
  > X
  > sed 's/62177883.*8804/7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001/' host/etc/libvirt/qemu/shop.xml >host/run/libvirt/qemu/shop.xml
  > echo "<domain type='kvm'><name>bare</name></domain>" >host/etc/libvirt/qemu/bare.xml
  $ apmatrix show guest:shop --field name; apmatrix queues --of guest:shop --no-headings
  db1
  06.00ab  CEX8P  ep11  vfio_ap  assigned  db1  -
  $ rm host/run/libvirt/qemu/shop.xml; apmatrix show guest:shop --field name
  web1
  $ echo 'assign guest:shop -d 0xab' | apmatrix batch
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    + domains                  0xab
    + defined_domains          0xab
    the guest gets 05.00ab
  apmatrix: note: -:1: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix wait guest:shop --guest-has 05.00ab --timeout 0
  $ apmatrix show guest:bare
  apmatrix: show: guest bare has no matrix
  [3]
  $ apmatrix show guest:nobody
  apmatrix: show: libvirt has no guest nobody
  hint: virsh list --all shows all guests
  [3]
  $ apmatrix remove guest:../qemu/shop
  apmatrix: remove: libvirt has no guest ../qemu/shop
  hint: virsh list --all shows all guests
  [3]
  $ mkdir host/etc/libvirt/qemu/odd.xml; apmatrix list guest:odd; apmatrix show guest:odd
  apmatrix: list: cannot read the libvirt configuration of guest odd: Is a directory [EISDIR]
  apmatrix: show: cannot read the libvirt configuration of guest odd: Is a directory [EISDIR]
  [1]

On a terminal that is narrow, uuids are left out if each matrix has a name, and sentences are
broken between words.

tree broken

needs script

  $ at() { NO_COLOR=1 script -qec "stty cols $1; $2" /dev/null | tr -d '\r'; }
  > at 80 apmatrix; at 120 apmatrix
  NAME  STATE   START  ADAPTERS   DOMAINS         ASSIGNED  IN-GUEST  MISSING
  web1  in-use  -      0x05-0x09  0xab-0xad,0xf0        20         3       17
  NAME  STATE   START  ADAPTERS   DOMAINS         CONTROL  ASSIGNED  IN-GUEST  MISSING
  web1  in-use  -      0x05-0x09  0xab-0xad,0xf0  0xab           20         3       17
  $ at() { NO_COLOR=1 script -qec "stty cols $1; $2" /dev/null | tr -d '\r'; }
  > at 80 'apmatrix explain web1 06.00ac 07.00ab' | sed -n 2,4p
    06.00ac                  MISSING  unbound: no driver is bound to the queue
                                      although not kept for the host: it was
                                      unbound manually, or the AP bus is not done
