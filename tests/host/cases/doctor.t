Problems of a host, as words that do not change between versions.

tree small

  $ mkdir -p host/dev/vfio host/run/lock; touch host/dev/kvm host/dev/vfio/vfio
  $ apmatrix doctor
  note module-is: vfio_ap is the one of this package
  note regime: apmask and aqmask decide which queues guests can have
  problem no-restore: definitions are started at boot, but no service does it
    install the package apmatrix (or run make install), then run systemctl enable apmatrix-restore.service
  1 problem found
  $ apmatrix doctor --exit-code >/dev/null
  [9]

With the unit there is no problem.

  $ mkdir -p host/etc/systemd/system/multi-user.target.wants
  $ touch host/etc/systemd/system/multi-user.target.wants/apmatrix-restore.service
  $ apmatrix doctor --exit-code
  note module-is: vfio_ap is the one of this package
  note regime: apmask and aqmask decide which queues guests can have
  no problems found
  $ echo 999999999 >host/run/lock/s390apconfig.lock
  $ apmatrix doctor | grep -A1 lock
  note lock-stale: /run/lock/s390apconfig.lock is of process 999999999, which is gone
    nothing to do: the next change replaces it
  $ echo $$ >host/run/lock/s390apconfig.lock
  > apmatrix doctor | grep lock-held | sed 's/process [0-9]*/process N/; s/for [0-9]* s/for N s/'
  note lock-held: the lock is held by sh (process N) for N s

mdevctl's rule calls a program that some distributions have elsewhere.

  $ rm -r host/etc/systemd; mkdir -p host/usr/lib/udev/rules.d
  $ echo 'RUN+="/usr/sbin/mdevctl start-parent-mdevs"' >host/usr/lib/udev/rules.d/60-mdevctl.rules
  $ apmatrix doctor | grep -A1 -e mdevctl -e restore
  note mdevctl-rule: /usr/lib/udev/rules.d/60-mdevctl.rules runs /usr/sbin/mdevctl, which does not exist: mdevctl starts nothing at boot
  problem no-restore: definitions are started at boot, but no service does it
    install the package apmatrix (or run make install), then run systemctl enable apmatrix-restore.service
  1 problem found
  $ mkdir -p host/usr/sbin; touch host/usr/sbin/mdevctl; apmatrix doctor --exit-code | grep -e mdevctl -e restore
  [1]

Many problems: a stock module, and queues without drivers.

tree broken

  $ apmatrix doctor
  note bus-busy: the AP bus counts 14/19 queues with a driver
    wait for the AP bus, then repeat apmatrix doctor; queues-unbound tells which queues have none
  problem no-kvm: no /dev/kvm
    modprobe kvm; a guest of z/VM or KVM needs permission from its host
  problem no-vfio: no /dev/vfio/vfio and no /dev/iommu
    modprobe vfio_iommu_type1
  note module-is: vfio_ap is the kernel's own
  note regime: apmask and aqmask decide which queues guests can have
  note queues-unbound: 06.00ac without a driver
    apmatrix queues --unbound; apmatrix pool reserve --apqn QUEUES binds them
  problem queues-missing: web1: 17 of 20 assigned queues are not in the guest
    apmatrix explain web1
  3 problems found
  $ apmatrix doctor --json | grep '"finding"'
        "finding": "bus-busy",
        "finding": "no-kvm",
        "finding": "no-vfio",
        "finding": "module-is",
        "finding": "regime",
        "finding": "queues-unbound",
        "finding": "queues-missing",

Nothing is there at all.

tree untouched

  $ apmatrix doctor
  problem no-kvm: no /dev/kvm
    modprobe kvm; a guest of z/VM or KVM needs permission from its host
  problem no-vfio: no /dev/vfio/vfio and no /dev/iommu
    modprobe vfio_iommu_type1
  note module-is: vfio_ap is the kernel's own
  note no-pool: all queues are kept for the host's drivers
    apmatrix pool reserve -a IDS or --apqn QUEUES gives some to guests
  2 problems found
  $ rm -r host/sys/bus/ap host/sys/devices/ap; apmatrix doctor
  problem no-ap-bus: no /sys/bus/ap
    AP queues exist only on IBM Z and LinuxONE, with CONFIG_AP in the kernel
  problem no-kvm: no /dev/kvm
    modprobe kvm; a guest of z/VM or KVM needs permission from its host
  problem no-vfio: no /dev/vfio/vfio and no /dev/iommu
    modprobe vfio_iommu_type1
  note module-is: vfio_ap is the kernel's own
  3 problems found

The help lists each word once.

  $ apmatrix doctor --help | sed -n '/^Findings/,/^$/p'
  Findings:
    no-ap-bus               the kernel has no AP bus
    no-qci                  QCI is not available: 64 adapters and 16 domains at
                            most
    no-cards                this LPAR has no adapters or no domains
    card-off                an adapter is deconfigured or checkstopped
    bus-busy                the AP bus has not bound all queues
    no-kvm                  KVM is not available
    no-vfio                 VFIO is not available
    no-module               vfio_ap is not loaded
    module-missing          vfio_ap is not installed for this kernel
    module-refused          vfio_ap is not signed, but the kernel loads only
                            signed modules
    module-is               which vfio_ap is loaded
    module-stock            the loaded vfio_ap is not the one of this package
    module-stale            the loaded vfio_ap is not the installed one
    no-hotplug              this vfio_ap cannot change a running guest
    guest-unseen            this vfio_ap has no guest_matrix
    regime                  how queues are given to guests: masks or overrides
    no-pool                 all queues are kept for the host
    masks-at-boot           the masks will change at the next boot
    regime-clash            a udev rule sets masks, but overrides are in use
    queues-unbound          queues without a driver
    half-configured         a matrix with only adapters or only domains
    queues-missing          assigned queues that a guest lacks
    drift                   a matrix differs from its definition
    not-active              a matrix that is started at boot is not active
    definition-odd          a definition has unknown attributes
    lock-held               another tool holds the lock
    lock-stale              the holder of the lock has ended
    lock-foreign            the lock file is not a regular file of root
    change-interrupted      a change was killed before it was complete
    left-over               a temporary file of a change that was killed
    no-restore              nothing starts definitions at boot
    mdevctl-rule            the udev rule of mdevctl runs a missing program
    not-root                not root: some checks are not possible
  

Features that the kernel or the machine lacks.

tree small

  $ mkdir -p host/dev/vfio; touch host/dev/kvm host/dev/vfio/vfio
  > rm host/sys/bus/ap/ap_adapter_mask; apmatrix doctor | grep -A1 no-qci
  note no-qci: QCI is not available; adapters up to 0xff and domains up to 0xff can be used
  note module-is: vfio_ap is the one of this package
  $ none=0x0000000000000000000000000000000000000000000000000000000000000000
  > for mask in adapter usage_domain control_domain; do echo $none >host/sys/bus/ap/ap_${mask}_mask; done
  > echo 0 >host/sys/devices/ap/card05/config; echo 1 >host/sys/devices/ap/card06/chkstop
  > apmatrix doctor | grep -A1 -e no-cards -e card-off
  problem no-cards: the host has 0 adapters and 0 usage domains
    assign some to this LPAR on the HMC or SE; a scan of the AP bus finds them
  note card-off: adapter 0x05 (5) is deconfigured
    chzcrypt --config-on 05
  note card-off: adapter 0x06 (6) is checkstopped
    adapter 0x06 has a hardware problem: see the SE
  $ echo guest_matrix >host/sys/devices/vfio_ap/matrix/features; apmatrix doctor | grep -A1 no-hotplug
  problem no-hotplug: this vfio_ap supports only guest_matrix
    install the module of this package
  $ rm host/sys/devices/vfio_ap/matrix/features; apmatrix doctor | grep -A1 guest-unseen
  problem guest-unseen: this vfio_ap has no features attribute: it is older than 6.10
    install the module of this package
  $ as=; [ "$(id -u)" != 0 ] || as='unshare -U'; $as apmatrix-model --root / doctor | grep -A1 not-root
  note not-root: not root: some files cannot be read
    sudo apmatrix doctor

Settings that change with the next boot.

tree small

  $ mkdir -p host/etc/udev/rules.d
  > echo 'ATTR{../../bus/ap/apmask}="0xf9dfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"' >host/etc/udev/rules.d/41-ap.rules
  > apmatrix doctor | grep -A1 masks-at-boot
  note masks-at-boot: the masks differ from /etc/udev/rules.d/41-ap.rules
    apmatrix pool reserve or release with --persist writes the present masks
  $ sed -i 's/"attrs": \[/&{"color": "red"},/' host/etc/mdevctl.d/matrix/62177883-f1bb-47f0-914d-32a22e3a8804
  > apmatrix doctor | grep -A1 definition-odd
  note definition-odd: /etc/mdevctl.d/matrix/62177883-f1bb-47f0-914d-32a22e3a8804 has unknown attributes
    mdevctl list -d -u 62177883-f1bb-47f0-914d-32a22e3a8804 --dumpjson shows them
  $ apmatrix-model event guest-stop 62177883-f1bb-47f0-914d-32a22e3a8804
  > apmatrix remove web1 --owner ansible --keep-definition >/dev/null; apmatrix doctor | grep -A1 not-active
  apmatrix: note: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run systemctl enable apmatrix-restore.service
  problem not-active: web1 is started at boot, but is not active
    apmatrix restore web1

tree overrides

  $ mkdir -p host/etc/udev/rules.d
  > echo 'ATTR{../../bus/ap/apmask}="0xf9dfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"' >host/etc/udev/rules.d/41-ap.rules
  > apmatrix doctor | grep -A1 regime-clash
  problem regime-clash: /etc/udev/rules.d/41-ap.rules sets masks, but queues have driver overrides: after a boot only one of them works
    see apmatrix pool show, then remove the rule or release the overrides

There is no vfio_ap at all.

tree small

  $ rm -r host/sys/devices/vfio_ap host/sys/module/vfio_ap; mkdir -p host/proc/sys/kernel
  > echo 6.12.0-test >host/proc/sys/kernel/osrelease; apmatrix doctor | grep -A1 module
  problem module-missing: vfio_ap is not installed for this kernel
    install the module of this package by DKMS; it needs the headers of the running kernel
  note regime: apmask and aqmask decide which queues guests can have

Does the kernel load only signed modules? The index of modules has one entry.

  $ mkdir -p host/lib/modules/6.12.0-test/updates host/sys/module/module/parameters
  > echo 'int unsigned_module;' | gcc -c -x c -o host/lib/modules/6.12.0-test/updates/vfio_ap.ko -
  > printf '\260\007\364\127\000\002\000\001\300\000\000\014vfio_ap\000\000\000\000\001\000\000\000\000updates/vfio_ap.ko:\000' >host/lib/modules/6.12.0-test/modules.dep.bin
  > echo N >host/sys/module/module/parameters/sig_enforce
  $ apmatrix doctor | grep -A1 module | sed 's,/[^ ]*/host/,HOST/,'
  problem no-module: vfio_ap is not loaded; installed is HOST/lib/modules/6.12.0-test/updates/vfio_ap.ko
    modprobe vfio_ap
  $ echo Y >host/sys/module/module/parameters/sig_enforce
  $ apmatrix doctor | grep -A1 module-refused | sed 's,/[^ ]*/host/,HOST/,'
  problem module-refused: module.sig_enforce is set, but HOST/lib/modules/6.12.0-test/updates/vfio_ap.ko is not signed
    sign it with a key that the kernel trusts: on IBM Z a certificate that the HMC assigned to the LPAR (there is no MOK); see vfio_ap(4)
  $ mkdir -p host/sys/kernel/security; echo 'none [integrity] confidentiality' >host/sys/kernel/security/lockdown
  $ apmatrix doctor | grep module-refused | sed 's,/[^ ]*/host/,HOST/,'
  problem module-refused: the kernel is locked down, but HOST/lib/modules/6.12.0-test/updates/vfio_ap.ko is not signed

bus-busy pointed to queues --unbound also if every queue has a driver, and nobody told that
problems alone do not change the exit status.

tree small

  $ echo 15/16 >host/sys/bus/ap/bindings; apmatrix queues --unbound --no-headings; apmatrix doctor | grep -A1 bus-busy
  note bus-busy: the AP bus counts 15/16 queues with a driver
    wait for the AP bus, then repeat apmatrix doctor; queues-unbound tells which queues have none
  $ apmatrix doctor --help | grep -e 'exit status' -e exit-code | head -2
  The exit status is 0 also if problems are found; with --exit-code it is 9 then.
        --exit-code         exit with 9 on a serious finding or a difference
