What each command says to people and to programs: the same, in two forms. What is empty
or false is left out here; all of it is checked against the schema.

  $ cat >brief <<'END'
  > import json, sys
  > def say(key, item):
  >     if isinstance(item, dict):
  >         item = {name: held for name, held in item.items() if held not in (None, [], False)}
  >         for masks in (item, item.get("definition", {})):
  >             masks.pop("masks", None)
  >     print(" ", key, json.dumps(item))
  > for key, value in json.load(sys.stdin).items():
  >     for item in value if isinstance(value, list) else [value] if value and key != "meta" else []:
  >         say(key, item)
  > END
  > cat >as-json <<'END'
  > apmatrix "$@" --json >out
  > status=$?
  > python3 brief <out
  > exit $status
  > END


tree small

  $ echo '{"api_level": 1, "matrices": [{"name": "db1", "adapters": [6], "domains": [171, 255]}]}' >plan.json
  $ apmatrix list
  NAME  UUID                                  STATE   START  ADAPTERS  DOMAINS    CONTROL    ASSIGNED  IN-GUEST  MISSING
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -      0x06      0xab       0xab              1         0        0
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto   0x05      0x04,0x47  0x04,0x47         2         2        0
  $ sh as-json list
    matrices {"uuid": "62177883-f1bb-47f0-914d-32a22e3a8804", "name": "web1", "owner": "ansible", "state": "in-use", "start": "auto", "active": true, "defined": true, "adapters": [5], "domains": [4, 71], "control_domains": [4, 71], "assigned": ["05.0004", "05.0047"], "guest": ["05.0004", "05.0047"], "guest_control_domains": [4, 71], "definition": {"adapters": [5], "domains": [4, 71], "control_domains": [4, 71]}}
    matrices {"uuid": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "name": "db1", "state": "idle", "active": true, "adapters": [6], "domains": [171], "control_domains": [171], "assigned": ["06.00ab"], "guest": ["06.00ab"], "guest_control_domains": [171]}
  $ apmatrix show db1
  db1
    uuid             7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001
    state            idle
    adapters         0x06 (6)
    domains          0xab (171)
    control domains  0xab (171)
    guest would have 06.00ab
  $ sh as-json show db1
    matrices {"uuid": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "name": "db1", "state": "idle", "active": true, "adapters": [6], "domains": [171], "control_domains": [171], "assigned": ["06.00ab"], "guest": ["06.00ab"], "guest_control_domains": [171]}
  $ apmatrix queues --of web1
  QUEUE    TYPE   MODE  DRIVER   STATUS    MATRIX  REASON
  05.0004  CEX8C  cca   vfio_ap  in-guest  web1    -
  05.0047  CEX8C  cca   vfio_ap  in-guest  web1    -
  $ sh as-json queues --of web1
    queues {"apqn": "05.0004", "adapter": 5, "domain": 4, "type": "CEX8C", "generation": "CEX8", "mode": "cca", "driver": "vfio_ap", "status": "in-guest", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804"}
    queues {"apqn": "05.0047", "adapter": 5, "domain": 71, "type": "CEX8C", "generation": "CEX8", "mode": "cca", "driver": "vfio_ap", "status": "in-guest", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804"}
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
  $ sh as-json host
    host {"ap_bus": true, "qci": true, "adapters": [5, 6, 10], "domains": [4, 71, 171, 255], "control_domains": [4, 71, 171, 255], "max_adapter": 255, "max_domain": 255, "regime": "masks", "apmask": "0xf9ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "aqmask": "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "bus_features": "APSC APXA QACT RC8A", "bindings": "12/12 (complete)", "module": true, "features": "guest_matrix hotplug ap_config guest_control_domains reasons guest_notify", "cards": [{"adapter": 5, "type": "CEX8C", "generation": "CEX8", "hwtype": 14, "mode": "cca", "functions": "0x10000000", "config": true, "chkstop": false, "online": true, "serial": "93AABE05"}, {"adapter": 6, "type": "CEX8P", "generation": "CEX8", "hwtype": 14, "mode": "ep11", "functions": "0x04000000", "config": true, "chkstop": false, "online": true, "serial": "93AABE06"}, {"adapter": 10, "type": "CEX8A", "generation": "CEX8", "hwtype": 14, "mode": "accelerator", "functions": "0x08000000", "config": true, "chkstop": false, "online": true, "serial": "93AABE0A"}]}
  $ apmatrix pool show
  pool       by masks
  for guests adapters 0x05-0x06 with all domains
  host       4
  unbound    0
  free       5
  assigned   1
  in-guest   2
  missing    0
  $ sh as-json pool show
    host {"ap_bus": true, "qci": true, "adapters": [5, 6, 10], "domains": [4, 71, 171, 255], "control_domains": [4, 71, 171, 255], "max_adapter": 255, "max_domain": 255, "regime": "masks", "apmask": "0xf9ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "aqmask": "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "bus_features": "APSC APXA QACT RC8A", "bindings": "12/12 (complete)", "module": true, "features": "guest_matrix hotplug ap_config guest_control_domains reasons guest_notify", "cards": [{"adapter": 5, "type": "CEX8C", "generation": "CEX8", "hwtype": 14, "mode": "cca", "functions": "0x10000000", "config": true, "chkstop": false, "online": true, "serial": "93AABE05"}, {"adapter": 6, "type": "CEX8P", "generation": "CEX8", "hwtype": 14, "mode": "ep11", "functions": "0x04000000", "config": true, "chkstop": false, "online": true, "serial": "93AABE06"}, {"adapter": 10, "type": "CEX8A", "generation": "CEX8", "hwtype": 14, "mode": "accelerator", "functions": "0x08000000", "config": true, "chkstop": false, "online": true, "serial": "93AABE0A"}]}
  $ apmatrix doctor
  problem no-kvm: no /dev/kvm
    modprobe kvm; a guest of z/VM or KVM needs permission from its host
  problem no-vfio: no /dev/vfio/vfio and no /dev/iommu
    modprobe vfio_iommu_type1
  note module-is: vfio_ap is the one of this package
  note regime: apmask and aqmask decide which queues guests can have
  problem no-restore: definitions are started at boot, but no service does it
    install the package apmatrix (or run make install), then run systemctl enable apmatrix-restore.service
  3 problems found
  $ sh as-json doctor
    host {"ap_bus": true, "qci": true, "adapters": [5, 6, 10], "domains": [4, 71, 171, 255], "control_domains": [4, 71, 171, 255], "max_adapter": 255, "max_domain": 255, "regime": "masks", "apmask": "0xf9ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "aqmask": "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "bus_features": "APSC APXA QACT RC8A", "bindings": "12/12 (complete)", "module": true, "features": "guest_matrix hotplug ap_config guest_control_domains reasons guest_notify", "cards": [{"adapter": 5, "type": "CEX8C", "generation": "CEX8", "hwtype": 14, "mode": "cca", "functions": "0x10000000", "config": true, "chkstop": false, "online": true, "serial": "93AABE05"}, {"adapter": 6, "type": "CEX8P", "generation": "CEX8", "hwtype": 14, "mode": "ep11", "functions": "0x04000000", "config": true, "chkstop": false, "online": true, "serial": "93AABE06"}, {"adapter": 10, "type": "CEX8A", "generation": "CEX8", "hwtype": 14, "mode": "accelerator", "functions": "0x08000000", "config": true, "chkstop": false, "online": true, "serial": "93AABE0A"}]}
    findings {"finding": "no-kvm", "serious": true, "message": "no /dev/kvm", "hint": "modprobe kvm; a guest of z/VM or KVM needs permission from its host"}
    findings {"finding": "no-vfio", "serious": true, "message": "no /dev/vfio/vfio and no /dev/iommu", "hint": "modprobe vfio_iommu_type1"}
    findings {"finding": "module-is", "message": "vfio_ap is the one of this package"}
    findings {"finding": "regime", "message": "apmask and aqmask decide which queues guests can have"}
    findings {"finding": "no-restore", "serious": true, "message": "definitions are started at boot, but no service does it", "hint": "install the package apmatrix (or run make install), then run systemctl enable apmatrix-restore.service"}
  $ apmatrix check
  note not-defined: not kept over a reboot: db1 (no definition)
  note masks-not-kept: not kept over a reboot: which queues guests can have (no udev rule sets the masks)
  note no-starter: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed)
    install the package apmatrix (or run make install), then run apmatrix persist db1
  $ sh as-json check
    matrices {"uuid": "62177883-f1bb-47f0-914d-32a22e3a8804", "name": "web1", "owner": "ansible", "state": "in-use", "start": "auto", "active": true, "defined": true, "adapters": [5], "domains": [4, 71], "control_domains": [4, 71], "assigned": ["05.0004", "05.0047"], "guest": ["05.0004", "05.0047"], "guest_control_domains": [4, 71], "definition": {"adapters": [5], "domains": [4, 71], "control_domains": [4, 71]}}
    matrices {"uuid": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "name": "db1", "state": "idle", "active": true, "adapters": [6], "domains": [171], "control_domains": [171], "assigned": ["06.00ab"], "guest": ["06.00ab"], "guest_control_domains": [171]}
    findings {"finding": "not-defined", "message": "not kept over a reboot: db1 (no definition)", "hint": "install the package apmatrix (or run make install), then run apmatrix persist db1"}
    findings {"finding": "masks-not-kept", "message": "not kept over a reboot: which queues guests can have (no udev rule sets the masks)", "hint": "install the package apmatrix (or run make install), then run apmatrix persist db1"}
    findings {"finding": "no-starter", "message": "not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed)", "hint": "install the package apmatrix (or run make install), then run apmatrix persist db1"}
  $ apmatrix wait web1 --state in-use
  $ sh as-json wait web1 --state in-use
    matrices {"uuid": "62177883-f1bb-47f0-914d-32a22e3a8804", "name": "web1", "owner": "ansible", "state": "in-use", "start": "auto", "active": true, "defined": true, "adapters": [5], "domains": [4, 71], "control_domains": [4, 71], "assigned": ["05.0004", "05.0047"], "guest": ["05.0004", "05.0047"], "guest_control_domains": [4, 71], "definition": {"adapters": [5], "domains": [4, 71], "control_domains": [4, 71]}}
  $ apmatrix plan plan.json
  preview: nothing is changed
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + domains                  0xff
    - control_domains          0xab
    a guest would get 06.00ff
  plan f655fba0-061f-5ff9-b1d1-da02382bb6b5
  apmatrix: note: not in the file and left as they are: 1 matrix (web1). --prune --any-owner removes them
  $ sh as-json plan plan.json
  apmatrix: note: not in the file and left as they are: 1 matrix (web1). --prune --any-owner removes them
    changed true
    dry_run true
    changes {"matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "field": "domains", "add": [255]}
    changes {"matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "field": "control_domains", "remove": [171]}
    changes {"matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "field": "guest_domains", "add": [255]}
    guests {"matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "named": true, "gets": ["06.00ff"]}
    matrices {"uuid": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "name": "db1", "state": "idle", "active": true, "adapters": [6], "domains": [171], "control_domains": [171], "assigned": ["06.00ab"], "guest": ["06.00ab"], "guest_control_domains": [171]}
    plan "f655fba0-061f-5ff9-b1d1-da02382bb6b5"
    warnings {"code": "OK", "message": "not in the file and left as they are: 1 matrix (web1). --prune --any-owner removes them"}

tree broken

  $ apmatrix explain web1 06.00ab
  web1: 3 of 20 assigned queues are in the guest (reasons computed from sysfs)
    06.00ab                  MISSING  sibling-withheld: adapter 0x06 (6) is withheld: 06.00ac is not available
    fix: apmatrix pool reserve --apqn 06.00ac
           or apmatrix unassign web1 -d 0xac (takes 05.00ac from the guest)
  $ sh as-json explain web1 06.00ab
    matrices {"uuid": "62177883-f1bb-47f0-914d-32a22e3a8804", "name": "web1", "state": "in-use", "active": true, "adapters": [5, 6, 7, 8, 9], "domains": [171, 172, 173, 240], "control_domains": [171], "assigned": ["05.00ab", "05.00ac", "05.00ad", "05.00f0", "06.00ab", "06.00ac", "06.00ad", "06.00f0", "07.00ab", "07.00ac", "07.00ad", "07.00f0", "08.00ab", "08.00ac", "08.00ad", "08.00f0", "09.00ab", "09.00ac", "09.00ad", "09.00f0"], "guest": ["05.00ab", "05.00ac", "05.00ad"], "missing": [{"apqn": "05.00f0", "adapter": 5, "domain": 240, "reason": "domain-not-in-host-config", "told_by": "apmatrix", "driver": null, "blocking": [], "fix": ["apmatrix unassign web1 -d 0xf0"]}, {"apqn": "06.00ab", "adapter": 6, "domain": 171, "reason": "sibling-withheld", "told_by": "apmatrix", "driver": "vfio_ap", "blocking": ["06.00ac"], "fix": ["apmatrix pool reserve --apqn 06.00ac", "apmatrix unassign web1 -d 0xac"]}, {"apqn": "06.00ac", "adapter": 6, "domain": 172, "reason": "unbound", "told_by": "apmatrix", "driver": null, "blocking": [], "fix": ["apmatrix pool reserve --apqn 06.00ac"]}, {"apqn": "06.00ad", "adapter": 6, "domain": 173, "reason": "sibling-withheld", "told_by": "apmatrix", "driver": "vfio_ap", "blocking": ["06.00ac"], "fix": ["apmatrix pool reserve --apqn 06.00ac", "apmatrix unassign web1 -d 0xac"]}, {"apqn": "06.00f0", "adapter": 6, "domain": 240, "reason": "domain-not-in-host-config", "told_by": "apmatrix", "driver": null, "blocking": [], "fix": ["apmatrix unassign web1 -d 0xf0"]}, {"apqn": "07.00ab", "adapter": 7, "domain": 171, "reason": "bound-to-other-driver", "told_by": "apmatrix", "driver": "cex4queue", "blocking": [], "fix": ["apmatrix pool reserve --apqn 07.00ab"]}, {"apqn": "07.00ac", "adapter": 7, "domain": 172, "reason": "sibling-withheld", "told_by": "apmatrix", "driver": "vfio_ap", "blocking": ["07.00ab"], "fix": ["apmatrix pool reserve --apqn 07.00ab", "apmatrix unassign web1 -d 0xab"]}, {"apqn": "07.00ad", "adapter": 7, "domain": 173, "reason": "sibling-withheld", "told_by": "apmatrix", "driver": "vfio_ap", "blocking": ["07.00ab"], "fix": ["apmatrix pool reserve --apqn 07.00ab", "apmatrix unassign web1 -d 0xab"]}, {"apqn": "07.00f0", "adapter": 7, "domain": 240, "reason": "domain-not-in-host-config", "told_by": "apmatrix", "driver": null, "blocking": [], "fix": ["apmatrix unassign web1 -d 0xf0"]}, {"apqn": "08.00ab", "adapter": 8, "domain": 171, "reason": "type-unsupported", "told_by": "apmatrix", "driver": null, "blocking": [], "fix": ["apmatrix unassign web1 -a 0x08"]}, {"apqn": "08.00ac", "adapter": 8, "domain": 172, "reason": "type-unsupported", "told_by": "apmatrix", "driver": null, "blocking": [], "fix": ["apmatrix unassign web1 -a 0x08"]}, {"apqn": "08.00ad", "adapter": 8, "domain": 173, "reason": "type-unsupported", "told_by": "apmatrix", "driver": null, "blocking": [], "fix": ["apmatrix unassign web1 -a 0x08"]}, {"apqn": "08.00f0", "adapter": 8, "domain": 240, "reason": "domain-not-in-host-config", "told_by": "apmatrix", "driver": null, "blocking": [], "fix": ["apmatrix unassign web1 -d 0xf0"]}, {"apqn": "09.00ab", "adapter": 9, "domain": 171, "reason": "adapter-not-in-host-config", "told_by": "apmatrix", "driver": null, "blocking": [], "fix": ["apmatrix unassign web1 -a 0x09"]}, {"apqn": "09.00ac", "adapter": 9, "domain": 172, "reason": "adapter-not-in-host-config", "told_by": "apmatrix", "driver": null, "blocking": [], "fix": ["apmatrix unassign web1 -a 0x09"]}, {"apqn": "09.00ad", "adapter": 9, "domain": 173, "reason": "adapter-not-in-host-config", "told_by": "apmatrix", "driver": null, "blocking": [], "fix": ["apmatrix unassign web1 -a 0x09"]}, {"apqn": "09.00f0", "adapter": 9, "domain": 240, "reason": "adapter-not-in-host-config", "told_by": "apmatrix", "driver": null, "blocking": [], "fix": ["apmatrix unassign web1 -a 0x09"]}]}

Changes.

tree small

  $ apmatrix assign web1 -a 6
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    + adapters                 0x06
    + defined_adapters         0x06
    the guest gets 06.0004, 06.0047
  apmatrix: note: web1: its queues differ in mode (0x05 cca, 0x06 ep11)
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist

tree small

  $ sh as-json assign web1 -a 6
  apmatrix: note: web1: its queues differ in mode (0x05 cca, 0x06 ep11)
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
    changed true
    changes {"matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "field": "adapters", "add": [6]}
    changes {"matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "field": "defined_adapters", "add": [6]}
    changes {"matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "field": "guest_adapters", "add": [6]}
    guests {"matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "running": true, "named": true, "gets": ["06.0004", "06.0047"]}
    matrices {"uuid": "62177883-f1bb-47f0-914d-32a22e3a8804", "name": "web1", "owner": "ansible", "state": "in-use", "start": "auto", "active": true, "defined": true, "adapters": [5, 6], "domains": [4, 71], "control_domains": [4, 71], "assigned": ["05.0004", "05.0047", "06.0004", "06.0047"], "guest": ["05.0004", "05.0047", "06.0004", "06.0047"], "guest_control_domains": [4, 71], "definition": {"adapters": [5, 6], "domains": [4, 71], "control_domains": [4, 71]}}
    warnings {"code": "OK", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "message": "web1: its queues differ in mode (0x05 cca, 0x06 ep11)"}
    warnings {"code": "OK", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "message": "web1 belongs to ansible, which may change it back (--any-owner omits this note)"}
    warnings {"code": "OK", "message": "not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist"}

tree small

  $ apmatrix assign db1 -d 0x47 --dry-run
  preview: nothing is changed
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + domains                  0x47
    a guest would get 06.0047

tree small

  $ sh as-json assign db1 -d 0x47 --dry-run
    changed true
    dry_run true
    changes {"matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "field": "domains", "add": [71]}
    changes {"matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "field": "guest_domains", "add": [71]}
    guests {"matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "named": true, "gets": ["06.0047"]}
    matrices {"uuid": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "name": "db1", "state": "idle", "active": true, "adapters": [6], "domains": [171], "control_domains": [171], "assigned": ["06.00ab"], "guest": ["06.00ab"], "guest_control_domains": [171]}

tree small

  $ apmatrix unassign web1 -d 4 --allow-loss
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    - domains                  0x04
    - defined_domains          0x04
    the guest loses 05.0004
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist

tree small

  $ sh as-json unassign web1 -d 4 --allow-loss
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
    changed true
    changes {"matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "field": "domains", "remove": [4]}
    changes {"matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "field": "defined_domains", "remove": [4]}
    changes {"matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "field": "guest_domains", "remove": [4]}
    guests {"matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "running": true, "named": true, "loses": ["05.0004"]}
    matrices {"uuid": "62177883-f1bb-47f0-914d-32a22e3a8804", "name": "web1", "owner": "ansible", "state": "in-use", "start": "auto", "active": true, "defined": true, "adapters": [5], "domains": [71], "control_domains": [4, 71], "assigned": ["05.0047"], "guest": ["05.0047"], "guest_control_domains": [4, 71], "definition": {"adapters": [5], "domains": [71], "control_domains": [4, 71]}}
    warnings {"code": "OK", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "message": "web1 belongs to ansible, which may change it back (--any-owner omits this note)"}
    warnings {"code": "OK", "message": "not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist"}

tree small

  $ apmatrix set web1 -d 4,0xff --allow-loss
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    + domains                  0xff
    - domains                  0x47
    + defined_domains          0xff
    - defined_domains          0x47
    the guest gets 05.00ff
    the guest loses 05.0047
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist

tree small

  $ sh as-json set web1 -d 4,0xff --allow-loss
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
    changed true
    changes {"matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "field": "domains", "add": [255], "remove": [71]}
    changes {"matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "field": "defined_domains", "add": [255], "remove": [71]}
    changes {"matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "field": "guest_domains", "add": [255], "remove": [71]}
    guests {"matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "running": true, "named": true, "gets": ["05.00ff"], "loses": ["05.0047"]}
    matrices {"uuid": "62177883-f1bb-47f0-914d-32a22e3a8804", "name": "web1", "owner": "ansible", "state": "in-use", "start": "auto", "active": true, "defined": true, "adapters": [5], "domains": [4, 255], "control_domains": [4, 71], "assigned": ["05.0004", "05.00ff"], "guest": ["05.0004", "05.00ff"], "guest_control_domains": [4, 71], "definition": {"adapters": [5], "domains": [4, 255], "control_domains": [4, 71]}}
    warnings {"code": "OK", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "message": "web1 belongs to ansible, which may change it back (--any-owner omits this note)"}
    warnings {"code": "OK", "message": "not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist"}

tree small

  $ apmatrix refresh web1
  web1 was filtered again: no queue changes

tree small

  $ sh as-json refresh web1
    matrices {"uuid": "62177883-f1bb-47f0-914d-32a22e3a8804", "name": "web1", "owner": "ansible", "state": "in-use", "start": "auto", "active": true, "defined": true, "adapters": [5], "domains": [4, 71], "control_domains": [4, 71], "assigned": ["05.0004", "05.0047"], "guest": ["05.0004", "05.0047"], "guest_control_domains": [4, 71], "definition": {"adapters": [5], "domains": [4, 71], "control_domains": [4, 71]}}

tree small

  $ apmatrix create new -u 0ae0e9ca-d27d-4327-8e70-78bee6d12c60 -a 6 -d 0xff --auto
  new (0ae0e9ca-d27d-4327-8e70-78bee6d12c60)
    ~ active                   no -> yes
    + adapters                 0x06
    + domains                  0xff
    + start                    auto
    + defined_adapters         0x06
    + defined_domains          0xff
    + name                     new
    a guest would get 06.00ff
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist

tree small

  $ sh as-json create new -u 0ae0e9ca-d27d-4327-8e70-78bee6d12c60 -a 6 -d 0xff --auto
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
    changed true
    changes {"matrix": "0ae0e9ca-d27d-4327-8e70-78bee6d12c60", "field": "active", "from": "no", "to": "yes"}
    changes {"matrix": "0ae0e9ca-d27d-4327-8e70-78bee6d12c60", "field": "adapters", "add": [6]}
    changes {"matrix": "0ae0e9ca-d27d-4327-8e70-78bee6d12c60", "field": "domains", "add": [255]}
    changes {"matrix": "0ae0e9ca-d27d-4327-8e70-78bee6d12c60", "field": "start", "to": "auto"}
    changes {"matrix": "0ae0e9ca-d27d-4327-8e70-78bee6d12c60", "field": "defined_adapters", "add": [6]}
    changes {"matrix": "0ae0e9ca-d27d-4327-8e70-78bee6d12c60", "field": "defined_domains", "add": [255]}
    changes {"matrix": "0ae0e9ca-d27d-4327-8e70-78bee6d12c60", "field": "name", "to": "new"}
    changes {"matrix": "0ae0e9ca-d27d-4327-8e70-78bee6d12c60", "field": "guest_adapters", "add": [6]}
    changes {"matrix": "0ae0e9ca-d27d-4327-8e70-78bee6d12c60", "field": "guest_domains", "add": [255]}
    guests {"matrix": "0ae0e9ca-d27d-4327-8e70-78bee6d12c60", "named": true, "gets": ["06.00ff"]}
    matrices {"uuid": "0ae0e9ca-d27d-4327-8e70-78bee6d12c60", "name": "new", "state": "idle", "start": "auto", "active": true, "defined": true, "adapters": [6], "domains": [255], "assigned": ["06.00ff"], "guest": ["06.00ff"], "definition": {"adapters": [6], "domains": [255], "control_domains": []}}
    warnings {"code": "OK", "message": "not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist"}

tree small

  $ apmatrix remove db1
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    ~ active                   yes -> no
    - name                     db1
    frees 06.00ab

tree small

  $ sh as-json remove db1
    changed true
    changes {"matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "field": "active", "from": "yes", "to": "no"}
    changes {"matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "field": "name", "from": "db1"}
    changes {"matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "field": "guest_adapters", "remove": [6]}
    changes {"matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "field": "guest_domains", "remove": [171]}
    guests {"matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "named": true, "loses": ["06.00ab"]}

tree small

  $ apmatrix apply plan.json
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + domains                  0xff
    - control_domains          0xab
    a guest would get 06.00ff
  apmatrix: note: not in the file and left as they are: 1 matrix (web1). --prune --any-owner removes them
  apmatrix: note: not kept over a reboot: db1 (no definition). apmatrix persist db1 keeps it

tree small

  $ sh as-json apply plan.json
  apmatrix: note: not in the file and left as they are: 1 matrix (web1). --prune --any-owner removes them
  apmatrix: note: not kept over a reboot: db1 (no definition). apmatrix persist db1 keeps it
    changed true
    changes {"matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "field": "domains", "add": [255]}
    changes {"matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "field": "control_domains", "remove": [171]}
    changes {"matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "field": "guest_domains", "add": [255]}
    guests {"matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "named": true, "gets": ["06.00ff"]}
    matrices {"uuid": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "name": "db1", "state": "idle", "active": true, "adapters": [6], "domains": [171, 255], "assigned": ["06.00ab", "06.00ff"], "guest": ["06.00ab", "06.00ff"]}
    plan "f655fba0-061f-5ff9-b1d1-da02382bb6b5"
    warnings {"code": "OK", "message": "not in the file and left as they are: 1 matrix (web1). --prune --any-owner removes them"}
    warnings {"code": "OK", "message": "not kept over a reboot: db1 (no definition). apmatrix persist db1 keeps it"}

tree small

  $ echo '{"mdev_type": "vfio_ap-passthrough", "start": "auto", "attrs": [{"assign_adapter": "6"}, {"assign_domain": "0xff"}]}' >def.json
  $ apmatrix import def.json -u 0ae0e9ca-d27d-4327-8e70-78bee6d12c60
  0ae0e9ca-d27d-4327-8e70-78bee6d12c60
    + start                    auto
    + defined_adapters         0x06
    + defined_domains          0xff
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist

tree small

  $ echo '{"mdev_type": "vfio_ap-passthrough", "start": "auto", "attrs": [{"assign_adapter": "6"}, {"assign_domain": "0xff"}]}' >def.json
  $ sh as-json import def.json -u 0ae0e9ca-d27d-4327-8e70-78bee6d12c60
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
    changed true
    changes {"matrix": "0ae0e9ca-d27d-4327-8e70-78bee6d12c60", "field": "start", "to": "auto"}
    changes {"matrix": "0ae0e9ca-d27d-4327-8e70-78bee6d12c60", "field": "defined_adapters", "add": [6]}
    changes {"matrix": "0ae0e9ca-d27d-4327-8e70-78bee6d12c60", "field": "defined_domains", "add": [255]}
    matrices {"uuid": "0ae0e9ca-d27d-4327-8e70-78bee6d12c60", "state": "defined", "start": "auto", "defined": true, "adapters": [6], "domains": [255], "definition": {"adapters": [6], "domains": [255], "control_domains": []}}
    warnings {"code": "OK", "message": "not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist"}

tree small

  $ apmatrix-model event guest-stop 62177883-f1bb-47f0-914d-32a22e3a8804
  $ apmatrix remove web1 --keep-definition --owner ansible --quiet >/dev/null
  $ apmatrix restore web1
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    ~ active                   no -> yes
    + adapters                 0x05
    + domains                  0x04,0x47
    + control_domains          0x04,0x47
    a guest would get 05.0004, 05.0047
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist

tree small

  $ apmatrix-model event guest-stop 62177883-f1bb-47f0-914d-32a22e3a8804
  $ apmatrix remove web1 --keep-definition --owner ansible --quiet >/dev/null
  $ sh as-json restore web1
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
    changed true
    changes {"matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "field": "active", "from": "no", "to": "yes"}
    changes {"matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "field": "adapters", "add": [5]}
    changes {"matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "field": "domains", "add": [4, 71]}
    changes {"matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "field": "control_domains", "add": [4, 71]}
    changes {"matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "field": "guest_adapters", "add": [5]}
    changes {"matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "field": "guest_domains", "add": [4, 71]}
    guests {"matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "named": true, "gets": ["05.0004", "05.0047"]}
    matrices {"uuid": "62177883-f1bb-47f0-914d-32a22e3a8804", "name": "web1", "owner": "ansible", "state": "idle", "start": "auto", "active": true, "defined": true, "adapters": [5], "domains": [4, 71], "control_domains": [4, 71], "assigned": ["05.0004", "05.0047"], "guest": ["05.0004", "05.0047"], "guest_control_domains": [4, 71], "definition": {"adapters": [5], "domains": [4, 71], "control_domains": [4, 71]}}
    warnings {"code": "OK", "message": "not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist"}

tree small

  $ apmatrix pool reserve -a 10 -d 4
  host
    - aqmask                   0x04
    guests can have 0a.0004
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks). apmatrix persist keeps it

tree small

  $ sh as-json pool reserve -a 10 -d 4
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks). apmatrix persist keeps it
    changed true
    changes {"field": "aqmask", "remove": [4]}
    warnings {"code": "OK", "message": "not kept over a reboot: which queues guests can have (no udev rule sets the masks). apmatrix persist keeps it"}

tree small

  $ printf 'assign db1 -d 0x47\nunassign db1 -d 0xab\n' >commands
  $ apmatrix batch commands
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + domains                  0x47
    a guest would get 06.0047
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    - domains                  0xab
    a guest would no longer get 06.00ab
  apmatrix: note: not kept over a reboot: db1 (no definition). apmatrix persist db1 keeps it

tree small

  $ printf 'assign db1 -d 0x47\nunassign db1 -d 0xab\n' >commands
  $ sh as-json batch commands
  apmatrix: note: not kept over a reboot: db1 (no definition). apmatrix persist db1 keeps it
    changed true
    changes {"matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "field": "domains", "add": [71]}
    changes {"matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "field": "guest_domains", "add": [71]}
    changes {"matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "field": "domains", "remove": [171]}
    changes {"matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "field": "guest_domains", "remove": [171]}
    guests {"matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "named": true, "gets": ["06.0047"]}
    guests {"matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "named": true, "loses": ["06.00ab"]}
    matrices {"uuid": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "name": "db1", "state": "idle", "active": true, "adapters": [6], "domains": [71], "control_domains": [171], "assigned": ["06.0047"], "guest": ["06.0047"], "guest_control_domains": [171]}
    warnings {"code": "OK", "message": "not kept over a reboot: db1 (no definition). apmatrix persist db1 keeps it"}

Refusals.

tree small

  $ apmatrix assign web1 -a 6 -d 0xab
  apmatrix: assign web1: 06.00ab: already assigned to 7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001 (db1) [EADDRINUSE]
  hint: apmatrix unassign db1 -a 0x06 frees what is needed; it takes 06.00ab from this matrix
  [4]

tree small

  $ sh as-json assign web1 -a 6 -d 0xab
  apmatrix: assign web1: 06.00ab: already assigned to 7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001 (db1) [EADDRINUSE]
  hint: apmatrix unassign db1 -a 0x06 frees what is needed; it takes 06.00ab from this matrix
    errors {"code": "CONFLICT", "errno": "EADDRINUSE", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "apqn": "06.00ab", "holder": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "message": "assign web1: 06.00ab: already assigned to 7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001 (db1)", "hint": "apmatrix unassign db1 -a 0x06 frees what is needed; it takes 06.00ab from this matrix"}
  [4]

tree small

  $ apmatrix remove web1
  apmatrix: remove: web1 belongs to ansible
  hint: apmatrix remove web1 --any-owner --force does it (or --owner ansible)
  apmatrix: remove web1: in use by a guest [EBUSY]
  hint: detach it from the guest first, or use --force to wait until the guest releases it
  [4]

tree small

  $ sh as-json remove web1
  apmatrix: remove: web1 belongs to ansible
  hint: apmatrix remove web1 --any-owner --force does it (or --owner ansible)
  apmatrix: remove web1: in use by a guest [EBUSY]
  hint: detach it from the guest first, or use --force to wait until the guest releases it
    errors {"code": "CONFLICT", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "message": "remove: web1 belongs to ansible", "hint": "apmatrix remove web1 --any-owner --force does it (or --owner ansible)"}
    errors {"code": "BUSY", "errno": "EBUSY", "matrix": "62177883-f1bb-47f0-914d-32a22e3a8804", "message": "remove web1: in use by a guest", "hint": "detach it from the guest first, or use --force to wait until the guest releases it"}
  [4]

tree small

  $ apmatrix set nobody -a 5
  apmatrix: set: no matrix with the name nobody
  hint: apmatrix list shows all matrices
  [3]

tree small

  $ sh as-json set nobody -a 5
  apmatrix: set: no matrix with the name nobody
  hint: apmatrix list shows all matrices
    errors {"code": "NOT_FOUND", "message": "set: no matrix with the name nobody", "hint": "apmatrix list shows all matrices"}
  [3]

tree small

  $ apmatrix create new -u 0ae0e9ca-d27d-4327-8e70-78bee6d12c60 -a 5 -d 4
  apmatrix: create new: 05.0004: already assigned to 62177883-f1bb-47f0-914d-32a22e3a8804 (web1) [EADDRINUSE]
  hint: apmatrix unassign web1 -d 0x04 --allow-loss frees what is needed; it takes 05.0004 from a running guest
  [4]

tree small

  $ sh as-json create new -u 0ae0e9ca-d27d-4327-8e70-78bee6d12c60 -a 5 -d 4
  apmatrix: create new: 05.0004: already assigned to 62177883-f1bb-47f0-914d-32a22e3a8804 (web1) [EADDRINUSE]
  hint: apmatrix unassign web1 -d 0x04 --allow-loss frees what is needed; it takes 05.0004 from a running guest
    errors {"code": "CONFLICT", "errno": "EADDRINUSE", "matrix": "0ae0e9ca-d27d-4327-8e70-78bee6d12c60", "apqn": "05.0004", "holder": "62177883-f1bb-47f0-914d-32a22e3a8804", "message": "create new: 05.0004: already assigned to 62177883-f1bb-47f0-914d-32a22e3a8804 (web1)", "hint": "apmatrix unassign web1 -d 0x04 --allow-loss frees what is needed; it takes 05.0004 from a running guest"}
  [4]

tree small

  $ apmatrix assign web1 -a 0ab
  apmatrix: assign: ambiguous adapter "0ab": a leading zero means octal to the kernel and hexadecimal in listings
  hint: for what listings print as 0ab, write 0xab (decimal 171)
  [2]

tree small

  $ sh as-json assign web1 -a 0ab
  apmatrix: assign: ambiguous adapter "0ab": a leading zero means octal to the kernel and hexadecimal in listings
  hint: for what listings print as 0ab, write 0xab (decimal 171)
    errors {"code": "USAGE", "message": "assign: ambiguous adapter \"0ab\": a leading zero means octal to the kernel and hexadecimal in listings", "hint": "for what listings print as 0ab, write 0xab (decimal 171)"}
  [2]
