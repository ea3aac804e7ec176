Why a queue is not in the guest. A stock kernel does not tell, so the reasons
are computed.

tree broken

  $ apmatrix explain web1
  web1: 3 of 20 assigned queues are in the guest (reasons computed from sysfs)
    05.00ab to 05.00ad (3)   in the guest
    05.00f0                  MISSING  domain-not-in-host-config: domain 0xf0 (240) is not a usage domain of the host; assign it to this LPAR on the HMC
    06.00ab                  MISSING  sibling-withheld: adapter 0x06 (6) is withheld: 06.00ac is not available
    06.00ac                  MISSING  unbound: no driver is bound to the queue although not kept for the host: it was unbound manually, or the AP bus is not done yet
    06.00ad                  MISSING  sibling-withheld: adapter 0x06 (6) is withheld: 06.00ac is not available
    06.00f0                  MISSING  domain-not-in-host-config: domain 0xf0 (240) is not a usage domain of the host; assign it to this LPAR on the HMC
    07.00ab                  MISSING  bound-to-other-driver: bound to driver cex4queue although not kept for the host: it was bound manually, or the AP bus is not done yet
    07.00ac, 07.00ad         MISSING  sibling-withheld: adapter 0x07 (7) is withheld: 07.00ab is not available
    07.00f0                  MISSING  domain-not-in-host-config: domain 0xf0 (240) is not a usage domain of the host; assign it to this LPAR on the HMC
    08.00ab to 08.00ad (3)   MISSING  type-unsupported: the adapter is older than CEX4
    08.00f0                  MISSING  domain-not-in-host-config: domain 0xf0 (240) is not a usage domain of the host; assign it to this LPAR on the HMC
    09.00ab to 09.00f0 (4)   MISSING  adapter-not-in-host-config: the host has no adapter 0x09 (9); assign it to this LPAR on the HMC
    fix: apmatrix unassign web1 -d 0xf0
    and: apmatrix pool reserve --apqn 06.00ac
           or apmatrix unassign web1 -d 0xac (takes 05.00ac from the guest)
    and: apmatrix pool reserve --apqn 07.00ab
           or apmatrix unassign web1 -d 0xab (takes 05.00ab from the guest)
    and: apmatrix unassign web1 -a 0x08
    and: apmatrix unassign web1 -a 0x09
  $ apmatrix explain web1 06.00ab
  web1: 3 of 20 assigned queues are in the guest (reasons computed from sysfs)
    06.00ab                  MISSING  sibling-withheld: adapter 0x06 (6) is withheld: 06.00ac is not available
    fix: apmatrix pool reserve --apqn 06.00ac
           or apmatrix unassign web1 -d 0xac (takes 05.00ac from the guest)
  $ apmatrix explain web1 --exit-code >/dev/null
  [9]
  $ apmatrix explain web1 6.ab
  apmatrix: explain: "6.ab" is not a queue
  hint: a queue is written as the kernel prints it, in hexadecimal: 05.00ab
  [2]
  $ apmatrix explain web1 05.00ae
  apmatrix: explain: 05.00ae is not assigned to web1
  hint: apmatrix assign web1 -a 0x05 -d 0xae
  [3]
  $ apmatrix explain nothing
  apmatrix: explain: no matrix with the name nothing
  hint: apmatrix list shows all matrices
  [3]
  $ apmatrix explain web1 --json | grep -A4 -e missing
        "missing": [
          {"apqn": "05.00f0", "adapter": 5, "domain": 240, "reason": "domain-not-in-host-config", "told_by": "apmatrix", "driver": null, "blocking": [], "fix": ["apmatrix unassign web1 -d 0xf0"]},
          {"apqn": "06.00ab", "adapter": 6, "domain": 171, "reason": "sibling-withheld", "told_by": "apmatrix", "driver": "vfio_ap", "blocking": ["06.00ac"], "fix": ["apmatrix pool reserve --apqn 06.00ac", "apmatrix unassign web1 -d 0xac"]},
          {"apqn": "06.00ac", "adapter": 6, "domain": 172, "reason": "unbound", "told_by": "apmatrix", "driver": null, "blocking": [], "fix": ["apmatrix pool reserve --apqn 06.00ac"]},
          {"apqn": "06.00ad", "adapter": 6, "domain": 173, "reason": "sibling-withheld", "told_by": "apmatrix", "driver": "vfio_ap", "blocking": ["06.00ac"], "fix": ["apmatrix pool reserve --apqn 06.00ac", "apmatrix unassign web1 -d 0xac"]},
  $ apmatrix show web1 --field missing
  05.00f0 domain-not-in-host-config
  06.00ab sibling-withheld
  06.00ac unbound
  06.00ad sibling-withheld
  06.00f0 domain-not-in-host-config
  07.00ab bound-to-other-driver
  07.00ac sibling-withheld
  07.00ad sibling-withheld
  07.00f0 domain-not-in-host-config
  08.00ab type-unsupported
  08.00ac type-unsupported
  08.00ad type-unsupported
  08.00f0 domain-not-in-host-config
  09.00ab adapter-not-in-host-config
  09.00ac adapter-not-in-host-config
  09.00ad adapter-not-in-host-config
  09.00f0 adapter-not-in-host-config

This kernel finds a queue that is available again only with its next scan.

  $ apmatrix unassign web1 -d 0xac,0xf0 -a 7-9 --allow-loss
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    - adapters                 0x07-0x09
    - domains                  0xac,0xf0
    the guest gets 06.00ab, 06.00ad
    the guest loses 05.00ac
  apmatrix: note: not kept over a reboot: web1 (no definition). apmatrix persist web1 keeps it
  $ apmatrix explain web1
  web1: 4 of 4 assigned queues are in the guest (reasons computed from sysfs)
    05.00ab, 05.00ad         in the guest
    06.00ab, 06.00ad         in the guest
  $ MODEL_TRACE=1 apmatrix refresh web1 --wait-guest 1
  write /sys/devices/vfio_ap/matrix/62177883-f1bb-47f0-914d-32a22e3a8804/ap_config 0x0600000000000000000000000000000000000000000000000000000000000000,0x0000000000000000000000000000000000000000001400000000000000000000,0x0000000000000000000000000000000000000000001000000000000000000000
  web1 was filtered again: no queue changes
  $ apmatrix explain web1
  web1: 4 of 4 assigned queues are in the guest (reasons computed from sysfs)
    05.00ab, 05.00ad         in the guest
    06.00ab, 06.00ad         in the guest

The printed commands fix it.

tree broken

  $ apmatrix explain web1 | sed -n 's/^.*\(cure\|and\): //p' | sed 's/unassign.*/& --allow-loss/' >cure
  > sh -e cure >/dev/null && apmatrix explain web1
  apmatrix: note: not kept over a reboot: web1 (no definition). apmatrix persist web1 keeps it
  apmatrix: note: not kept over a reboot: web1 (no definition). apmatrix persist web1 keeps it
  web1: 9 of 12 assigned queues are in the guest (reasons computed from sysfs)
    05.00ab to 05.00ad (3)   in the guest
    05.00f0                  MISSING  domain-not-in-host-config: domain 0xf0 (240) is not a usage domain of the host; assign it to this LPAR on the HMC
    06.00ab to 06.00ad (3)   in the guest
    06.00f0                  MISSING  domain-not-in-host-config: domain 0xf0 (240) is not a usage domain of the host; assign it to this LPAR on the HMC
    07.00ab to 07.00ad (3)   in the guest
    07.00f0                  MISSING  domain-not-in-host-config: domain 0xf0 (240) is not a usage domain of the host; assign it to this LPAR on the HMC
    fix: apmatrix unassign web1 -d 0xf0

Quiet, for scripts: only what is missing.

tree broken

  $ apmatrix explain -q | head -n 3; apmatrix explain web1 05.00ab 05.00f0 -q | grep -c 'in the guest$'
  web1: 3 of 20 assigned queues are in the guest (reasons computed from sysfs)
    05.00f0                  MISSING  domain-not-in-host-config: domain 0xf0 (240) is not a usage domain of the host; assign it to this LPAR on the HMC
    06.00ab                  MISSING  sibling-withheld: adapter 0x06 (6) is withheld: 06.00ac is not available
  0
  [1]

tree small

  $ apmatrix explain -q --exit-code; apmatrix-model event unbind 06.00ab; apmatrix explain -q --exit-code
  db1: 0 of 1 assigned queues would reach a guest (reasons from the kernel)
    06.00ab                  MISSING  unbound: no driver is bound to the queue although not kept for the host: it was unbound manually, or the AP bus is not done yet
    fix: apmatrix pool reserve --apqn 06.00ab
  [9]
