Export for apmatrix and for other tools.

tree small

  $ apmatrix export
  {
    "api_level": 1,
    "pool": {
      "adapters": [5, 6],
      "domains": [],
      "at_boot": null
    },
    "matrices": [
      {
        "name": "web1",
        "uuid": "62177883-f1bb-47f0-914d-32a22e3a8804",
        "owner": "ansible",
        "comment": null,
        "active": true,
        "start": "auto",
        "adapters": [5],
        "domains": [4, 71],
        "control_domains": [4, 71]
      },
      {
        "name": "db1",
        "uuid": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001",
        "owner": null,
        "comment": null,
        "active": true,
        "start": null,
        "adapters": [6],
        "domains": [171],
        "control_domains": [171]
      }
    ]
  }
  $ apmatrix export | apmatrix plan - --exit-code --prune --any-owner
  no change needed
  $ apmatrix export web1 --as mdevctl
  {
    "mdev_type": "vfio_ap-passthrough",
    "start": "auto",
    "attrs": [
      {"assign_adapter": "0x05"},
      {"assign_domain": "0x04"},
      {"assign_domain": "0x47"},
      {"assign_control_domain": "0x04"},
      {"assign_control_domain": "0x47"}
    ]
  }
  $ apmatrix export --as mdevctl
  [
  {
    "matrix": [
      {
        "62177883-f1bb-47f0-914d-32a22e3a8804": {
          "mdev_type": "vfio_ap-passthrough",
          "start": "auto",
          "attrs": [
            {"assign_adapter": "0x05"},
            {"assign_domain": "0x04"},
            {"assign_domain": "0x47"},
            {"assign_control_domain": "0x04"},
            {"assign_control_domain": "0x47"}
          ]
        }
      },
      {
        "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001": {
          "mdev_type": "vfio_ap-passthrough",
          "start": "manual",
          "attrs": [
            {"assign_adapter": "0x06"},
            {"assign_domain": "0xab"},
            {"assign_control_domain": "0xab"}
          ]
        }
      }
    ]
  }
  ]
  $ apmatrix export web1 --as libvirt
  <device>
    <parent>ap_matrix</parent>
    <capability type='mdev'>
      <type id='vfio_ap-passthrough'/>
      <uuid>62177883-f1bb-47f0-914d-32a22e3a8804</uuid>
      <attr name='assign_adapter' value='0x05'/>
      <attr name='assign_domain' value='0x04'/>
      <attr name='assign_domain' value='0x47'/>
      <attr name='assign_control_domain' value='0x04'/>
      <attr name='assign_control_domain' value='0x47'/>
    </capability>
  </device>
  $ apmatrix export --as libvirt
  apmatrix: export: --as libvirt needs exactly one matrix
  hint: give one matrix; apmatrix list shows all
  [2]
  $ apmatrix export nobody
  apmatrix: export: no matrix with the name nobody
  hint: apmatrix list shows all matrices
  [3]
  $ apmatrix export --as shell
  apmatrix create -u 62177883-f1bb-47f0-914d-32a22e3a8804 -a 5 -d 4,71 -c 4,71 --auto --owner 'ansible' -- web1
  apmatrix create -u 7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001 -a 6 -d 171 -c 171 -- db1
  $ apmatrix export >/dev/full
  apmatrix: cannot write the output: No space left on device [ENOSPC]
  [1]

Round trip: an exported matrix that was removed is imported again.

  $ apmatrix export >plan.json
  $ apmatrix remove db1 >removed
  $ apmatrix apply plan.json
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    ~ active                   no -> yes
    + adapters                 0x06
    + domains                  0xab
    + control_domains          0xab
    + name                     db1
    a guest would get 06.00ab
  apmatrix: note: not kept over a reboot: db1 (no definition); which queues guests can have (no udev rule sets the masks). apmatrix persist db1 keeps it
  $ apmatrix export | diff plan.json -

Export of named matrices only, without the pool.

  $ apmatrix export db1
  {
    "api_level": 1,
    "matrices": [
      {
        "name": "db1",
        "uuid": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001",
        "owner": null,
        "comment": null,
        "active": true,
        "start": null,
        "adapters": [6],
        "domains": [171],
        "control_domains": [171]
      }
    ]
  }

tree overrides

  $ apmatrix export
  {
    "api_level": 1,
    "pool": {
      "queues": ["05.0004", "05.0047"],
      "at_boot": null
    },
    "matrices": [
      {
        "name": "web1",
        "uuid": "62177883-f1bb-47f0-914d-32a22e3a8804",
        "owner": null,
        "comment": null,
        "active": true,
        "start": null,
        "adapters": [5],
        "domains": [4, 71],
        "control_domains": [4]
      }
    ]
  }
  $ apmatrix export | apmatrix plan - --exit-code --prune
  no change needed

Device definitions for virsh attach-device and for QEMU. guest:NAME selects the matrix.

tree small

  $ apmatrix export web1 --as qemu
  -device vfio-ap,sysfsdev=/sys/devices/vfio_ap/matrix/62177883-f1bb-47f0-914d-32a22e3a8804
  $ apmatrix export web1 --as hostdev | tee device
  <hostdev mode='subsystem' type='mdev' model='vfio-ap'>
    <source>
      <address uuid='62177883-f1bb-47f0-914d-32a22e3a8804'/>
    </source>
  </hostdev>
  $ mkdir -p host/etc/libvirt/qemu; { echo '<domain><devices>'; cat device; echo '</devices></domain>'; } >host/etc/libvirt/qemu/vm9.xml
  > apmatrix show guest:vm9 --field name
  web1
  $ apmatrix export --as hostdev
  apmatrix: export: --as hostdev needs exactly one matrix
  hint: give one matrix; apmatrix list shows all
  [2]
