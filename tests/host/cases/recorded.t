Machines as they were, recorded (tests/host/sysfs/record): text and JSON of the same tree.

tree lab-6.12

  $ apmatrix list
  NAME  UUID                                  STATE   START  ADAPTERS   DOMAINS         CONTROL  ASSIGNED  IN-GUEST  MISSING
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -      0x06       0xab            -               1         0        0
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto   0x05-0x07  0x04,0x47-0x48  0x04            9         2        7
  $ apmatrix explain web1
  web1: 2 of 9 assigned queues are in the guest (reasons computed from sysfs)
    05.0004, 05.0047         in the guest
    05.0048                  MISSING  domain-not-in-host-config: domain 0x48 (72) is not a usage domain of the host; assign it to this LPAR on the HMC
    06.0004                  MISSING  sibling-withheld: adapter 0x06 (6) is withheld: 06.0047 is not available
    06.0047                  MISSING  unbound: no driver is bound to the queue although not kept for the host: it was unbound manually, or the AP bus is not done yet
    06.0048                  MISSING  domain-not-in-host-config: domain 0x48 (72) is not a usage domain of the host; assign it to this LPAR on the HMC
    07.0004 to 07.0048 (3)   MISSING  adapter-not-in-host-config: the host has no adapter 0x07 (7); assign it to this LPAR on the HMC
    fix: apmatrix unassign web1 -d 0x48
    and: apmatrix pool reserve --apqn 06.0047
           or apmatrix unassign web1 -d 0x47 (takes 05.0047 from the guest)
    and: apmatrix unassign web1 -a 0x07
  $ apmatrix grid
    0x   0 4 4 a f
         4 7 8 b f
  0x05   A A a . .
  0x06   a a a B .
  0x07   a a a
  0x0a   - -   - -
  
    A   web1, in-use: 9 assigned, 7 missing
    B   db1, idle: 1 assigned
    a-z small letters: assigned, but withheld from guests
    -   host: 4
    .   free for guests: 3
  $ apmatrix queues
  QUEUE    TYPE   MODE         DRIVER     STATUS    MATRIX  REASON
  05.0004  CEX8C  cca          vfio_ap    in-guest  web1    -
  05.0047  CEX8C  cca          vfio_ap    in-guest  web1    -
  05.0048  CEX8C  cca          -          missing   web1    domain-not-in-host-config
  05.00ab  CEX8C  cca          vfio_ap    free      -       -
  05.00ff  CEX8C  cca          vfio_ap    free      -       -
  06.0004  CEX8P  ep11         vfio_ap    missing   web1    sibling-withheld
  06.0047  CEX8P  ep11         -          missing   web1    unbound
  06.0048  CEX8P  ep11         -          missing   web1    domain-not-in-host-config
  06.00ab  CEX8P  ep11         vfio_ap    assigned  db1     -
  06.00ff  CEX8P  ep11         vfio_ap    free      -       -
  07.0004  -      -            -          missing   web1    adapter-not-in-host-config
  07.0047  -      -            -          missing   web1    adapter-not-in-host-config
  07.0048  -      -            -          missing   web1    adapter-not-in-host-config
  0a.0004  CEX8A  accelerator  cex4queue  host      -       -
  0a.0047  CEX8A  accelerator  cex4queue  host      -       -
  0a.00ab  CEX8A  accelerator  cex4queue  host      -       -
  0a.00ff  CEX8A  accelerator  cex4queue  host      -       -
  $ apmatrix host
  adapters          0x05-0x06,0x0a (3)
  usage domains     0x04,0x47,0xab,0xff (4)
  control domains   0x04,0x47,0xab,0xff (4)
  highest IDs       adapter 0xff (255), domain 0xff (255)
  pool              by masks: apmask and aqmask keep queues for the host
  not in apmask     0x05-0x07 (3)
  not in aqmask     - (0)
  bus features      APSC APXA QACT RC8A
  bound queues      11/12
  vfio_ap           guest_matrix hotplug ap_config
  
  ADAPTER    TYPE   MODE         STATE   SERIAL
  0x05 (5)   CEX8C  cca          online  -
  0x06 (6)   CEX8P  ep11         online  -
  0x0a (10)  CEX8A  accelerator  online  -
  $ apmatrix show web1 --json
  {
    "meta": {
      "api_level": 1,
      "tool": "apmatrix",
      "version": "0.1.0",
      "host": "HOST",
      "time": "2026-11-21T11:30:00Z",
      "command": "show"
    },
    "changed": false,
    "dry_run": false,
    "rolled_back": false,
    "changes": [],
    "guests": [],
    "confirm_within": null,
    "matrices": [
      {
        "uuid": "62177883-f1bb-47f0-914d-32a22e3a8804",
        "name": "web1",
        "owner": null,
        "comment": null,
        "state": "in-use",
        "start": "auto",
        "active": true,
        "defined": true,
        "drift": false,
        "plan_drift": null,
        "adapters": [5, 6, 7],
        "domains": [4, 71, 72],
        "control_domains": [4],
        "masks": {
          "adapters": "0x0700000000000000000000000000000000000000000000000000000000000000",
          "domains": "0x0800000000000000018000000000000000000000000000000000000000000000",
          "control_domains": "0x0800000000000000000000000000000000000000000000000000000000000000"
        },
        "assigned": ["05.0004", "05.0047", "05.0048", "06.0004", "06.0047", "06.0048", "07.0004", "07.0047", "07.0048"],
        "guest": ["05.0004", "05.0047"],
        "guest_control_domains": null,
        "missing": [
          {"apqn": "05.0048", "adapter": 5, "domain": 72, "reason": "domain-not-in-host-config", "told_by": "apmatrix", "driver": null, "blocking": [], "fix": ["apmatrix unassign web1 -d 0x48"]},
          {"apqn": "06.0004", "adapter": 6, "domain": 4, "reason": "sibling-withheld", "told_by": "apmatrix", "driver": "vfio_ap", "blocking": ["06.0047"], "fix": ["apmatrix pool reserve --apqn 06.0047", "apmatrix unassign web1 -d 0x47"]},
          {"apqn": "06.0047", "adapter": 6, "domain": 71, "reason": "unbound", "told_by": "apmatrix", "driver": null, "blocking": [], "fix": ["apmatrix pool reserve --apqn 06.0047"]},
          {"apqn": "06.0048", "adapter": 6, "domain": 72, "reason": "domain-not-in-host-config", "told_by": "apmatrix", "driver": null, "blocking": [], "fix": ["apmatrix unassign web1 -d 0x48"]},
          {"apqn": "07.0004", "adapter": 7, "domain": 4, "reason": "adapter-not-in-host-config", "told_by": "apmatrix", "driver": null, "blocking": [], "fix": ["apmatrix unassign web1 -a 0x07"]},
          {"apqn": "07.0047", "adapter": 7, "domain": 71, "reason": "adapter-not-in-host-config", "told_by": "apmatrix", "driver": null, "blocking": [], "fix": ["apmatrix unassign web1 -a 0x07"]},
          {"apqn": "07.0048", "adapter": 7, "domain": 72, "reason": "adapter-not-in-host-config", "told_by": "apmatrix", "driver": null, "blocking": [], "fix": ["apmatrix unassign web1 -a 0x07"]}
        ],
        "definition": {
          "adapters": [5, 6, 7],
          "domains": [4, 71, 72],
          "control_domains": [4],
          "masks": {
            "adapters": "0x0700000000000000000000000000000000000000000000000000000000000000",
            "domains": "0x0800000000000000018000000000000000000000000000000000000000000000",
            "control_domains": "0x0800000000000000000000000000000000000000000000000000000000000000"
          }
        },
        "guest_info": null
      }
    ],
    "queues": [],
    "host": null,
    "plan": null,
    "findings": [],
    "warnings": [],
    "errors": []
  }
  $ all() { for command in list 'explain web1' grid queues host 'show --json'; do apmatrix $command; done | sed 's/"told_by": "[a-z]*", //'; }; all >stock

The same machine with the module of this package on another kernel tells the same, and knows more.

tree lab-7.2

  $ all() { for command in list 'explain web1' grid queues host 'show --json'; do apmatrix $command; done | sed 's/"told_by": "[a-z]*", //'; }; all | diff stock -
  4c4
  < web1: 2 of 9 assigned queues are in the guest (reasons computed from sysfs)
  ---
  > web1: 2 of 9 assigned queues are in the guest (reasons from the kernel)
  54c54
  < vfio_ap           guest_matrix hotplug ap_config
  ---
  > vfio_ap           guest_matrix hotplug ap_config guest_control_domains reasons guest_notify guest_interrupts
  97c97
  <       "guest_control_domains": null,
  ---
  >       "guest_control_domains": [4],
  140c140
  <       "guest_control_domains": null,
  ---
  >       "guest_control_domains": [],
  [1]
