Numbers for a monitoring system.

tree counted

  $ apmatrix metrics
  # TYPE apmatrix_build_info gauge
  # HELP apmatrix_build_info Version of apmatrix.
  apmatrix_build_info{version="0.1.0"} 1
  # TYPE apmatrix_module_loaded gauge
  # HELP apmatrix_module_loaded Whether vfio_ap is loaded.
  apmatrix_module_loaded 1
  # TYPE apmatrix_matrices gauge
  # HELP apmatrix_matrices Matrices, by state.
  apmatrix_matrices{state="defined"} 0
  apmatrix_matrices{state="idle"} 0
  apmatrix_matrices{state="in-use"} 2
  apmatrix_matrices{state="unknown"} 0
  # TYPE apmatrix_guests gauge
  # HELP apmatrix_guests Running guests that have a matrix.
  apmatrix_guests 2
  # TYPE apmatrix_queues gauge
  # HELP apmatrix_queues Queues, by state.
  apmatrix_queues{state="host"} 0
  apmatrix_queues{state="unbound"} 1
  apmatrix_queues{state="free"} 0
  apmatrix_queues{state="assigned"} 0
  apmatrix_queues{state="in-guest"} 2
  apmatrix_queues{state="missing"} 1
  # TYPE apmatrix_missing_queues gauge
  # HELP apmatrix_missing_queues Queues that are assigned and not in the guest, by reason.
  apmatrix_missing_queues{reason="mdev-removing"} 0
  apmatrix_missing_queues{reason="adapter-not-in-host-config"} 0
  apmatrix_missing_queues{reason="domain-not-in-host-config"} 0
  apmatrix_missing_queues{reason="no-queue-device"} 0
  apmatrix_missing_queues{reason="type-unsupported"} 0
  apmatrix_missing_queues{reason="unbound"} 0
  apmatrix_missing_queues{reason="bound-to-other-driver"} 0
  apmatrix_missing_queues{reason="reset-pending"} 0
  apmatrix_missing_queues{reason="reset-failed"} 1
  apmatrix_missing_queues{reason="sibling-withheld"} 0
  apmatrix_missing_queues{reason="stale-filter"} 0
  apmatrix_missing_queues{reason="unknown"} 0
  # TYPE apmatrix_quarantined_queues gauge
  # HELP apmatrix_quarantined_queues Queues that are withheld because they cannot be zeroized.
  apmatrix_quarantined_queues 1
  # TYPE apmatrix_resets counter
  # HELP apmatrix_resets Resets of queues, by result.
  apmatrix_resets_total{result="complete"} 1204
  apmatrix_resets_total{result="failed"} 3
  # TYPE apmatrix_reset_seconds counter
  # HELP apmatrix_reset_seconds Time of the complete resets.
  apmatrix_reset_seconds_total 4.021907
  # TYPE apmatrix_reset_longest_seconds gauge
  # HELP apmatrix_reset_longest_seconds The longest complete reset.
  apmatrix_reset_longest_seconds 0.030211
  # TYPE apmatrix_matrix_assigned_queues gauge
  # HELP apmatrix_matrix_assigned_queues Queues that are assigned to a matrix.
  apmatrix_matrix_assigned_queues{matrix="web1",uuid="62177883-f1bb-47f0-914d-32a22e3a8804"} 2
  apmatrix_matrix_assigned_queues{matrix="7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001",uuid="7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001"} 1
  # TYPE apmatrix_matrix_guest_queues gauge
  # HELP apmatrix_matrix_guest_queues Queues that its guest has, or would have if it ran.
  apmatrix_matrix_guest_queues{matrix="web1",uuid="62177883-f1bb-47f0-914d-32a22e3a8804"} 1
  apmatrix_matrix_guest_queues{matrix="7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001",uuid="7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001"} 1
  # TYPE apmatrix_matrix_missing_queues gauge
  # HELP apmatrix_matrix_missing_queues Queues that are assigned to a matrix and not in its guest.
  apmatrix_matrix_missing_queues{matrix="web1",uuid="62177883-f1bb-47f0-914d-32a22e3a8804"} 1
  apmatrix_matrix_missing_queues{matrix="7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001",uuid="7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001"} 0
  # TYPE apmatrix_matrix_in_use gauge
  # HELP apmatrix_matrix_in_use Whether a running guest has the matrix.
  apmatrix_matrix_in_use{matrix="web1",uuid="62177883-f1bb-47f0-914d-32a22e3a8804"} 1
  apmatrix_matrix_in_use{matrix="7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001",uuid="7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001"} 1
  # TYPE apmatrix_matrix_drift gauge
  # HELP apmatrix_matrix_drift Whether the active configuration differs from the definition.
  apmatrix_matrix_drift{matrix="web1",uuid="62177883-f1bb-47f0-914d-32a22e3a8804"} 1
  apmatrix_matrix_drift{matrix="7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001",uuid="7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001"} 0
  # TYPE apmatrix_matrix_guest_changes counter
  # HELP apmatrix_matrix_guest_changes Changes of the guest's matrix.
  apmatrix_matrix_guest_changes_total{matrix="web1",uuid="62177883-f1bb-47f0-914d-32a22e3a8804"} 17
  apmatrix_matrix_guest_changes_total{matrix="7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001",uuid="7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001"} 2
  # EOF

The file is replaced as a whole, and readable for everybody.

  $ echo old >metrics.prom; chmod 600 metrics.prom; ln metrics.prom before
  > apmatrix metrics metrics.prom; apmatrix metrics | diff - metrics.prom; cat before
  > stat -c %a metrics.prom; ls metrics.prom*
  old
  644
  metrics.prom
  $ apmatrix metrics nowhere/metrics.prom
  apmatrix: metrics: cannot write nowhere/metrics.prom: No such file or directory [ENOENT]
  [3]
  $ mkdir taken; apmatrix metrics taken; ls taken*
  apmatrix: metrics: cannot write taken: Is a directory [EISDIR]

Each metric of the examples of alerts is there.

  $ grep -o 'apmatrix_[a-z_]*' "$TREE/cli/apmatrix-alerts.yml" | sort -u | while read -r name; do
  >   grep -q "^$name[{ ]" metrics.prom || echo "no $name"; done

A kernel that reports less gives fewer lines, and notes.

tree broken

  $ apmatrix metrics metrics.mainline; grep -c . metrics.mainline
  apmatrix: note: this vfio_ap reports no reasons: they are computed, and quarantined queues are unknown
  apmatrix: note: this vfio_ap does not count resets
  apmatrix: note: this vfio_ap does not count the changes of guests
  53
  $ apmatrix metrics -q | grep -e quarantined -e reset_ -e resets -e changes
  [1]

tree old

  $ apmatrix metrics metrics.old; grep -e guests -e ' unknown' -e '^apmatrix_matrix' metrics.old
  apmatrix: note: this vfio_ap reports no reasons: they are computed, and quarantined queues are unknown
  apmatrix: note: this vfio_ap does not count resets
  apmatrix: note: this vfio_ap does not count the changes of guests
  # TYPE apmatrix_guests gauge
  # HELP apmatrix_guests Running guests that have a matrix.
  apmatrix_guests 1
  apmatrix_matrix_assigned_queues{matrix="web1",uuid="62177883-f1bb-47f0-914d-32a22e3a8804"} 1
  apmatrix_matrix_assigned_queues{matrix="db1",uuid="7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001"} 1
  apmatrix_matrix_guest_queues{matrix="web1",uuid="62177883-f1bb-47f0-914d-32a22e3a8804"} 1
  apmatrix_matrix_guest_queues{matrix="db1",uuid="7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001"} 1
  apmatrix_matrix_missing_queues{matrix="web1",uuid="62177883-f1bb-47f0-914d-32a22e3a8804"} 0
  apmatrix_matrix_missing_queues{matrix="db1",uuid="7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001"} 0
  apmatrix_matrix_in_use{matrix="web1",uuid="62177883-f1bb-47f0-914d-32a22e3a8804"} 1
  apmatrix_matrix_in_use{matrix="db1",uuid="7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001"} 0
  apmatrix_matrix_drift{matrix="web1",uuid="62177883-f1bb-47f0-914d-32a22e3a8804"} 0
  apmatrix_matrix_drift{matrix="db1",uuid="7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001"} 0

  $ mkdir none; apmatrix --root none metrics | sed -n '/module_loaded/p; $p'
  apmatrix: note: vfio_ap is not loaded: no matrix is active
  # TYPE apmatrix_module_loaded gauge
  # HELP apmatrix_module_loaded Whether vfio_ap is loaded.
  apmatrix_module_loaded 0
  # EOF

The name of a guest can have any character.

tree counted

  $ mkdir -p host/proc/4711/fd; ln -s /dev/vfio/12 host/proc/4711/fd/7
  > printf '/usr/bin/qemu-system-s390x\0-name\0guest=a"b\\c\nd,debug-threads=on\0' >host/proc/4711/cmdline
  > ln -s ../../../../kernel/iommu_groups/12 host/sys/devices/vfio_ap/matrix/62177883-f1bb-47f0-914d-32a22e3a8804/iommu_group
  > apmatrix metrics named.prom; grep ^apmatrix_matrix_guest_queues named.prom
  apmatrix_matrix_guest_queues{matrix="web1",uuid="62177883-f1bb-47f0-914d-32a22e3a8804",guest="a\"b\\c\nd"} 1
  apmatrix_matrix_guest_queues{matrix="7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001",uuid="7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001"} 1

The parsers of Prometheus read all of it: that of OpenMetrics, and the one of the older text format.

needs python3-prometheus-client

  $ cat >parse.py <<'END'
  > import sys
  > from prometheus_client import parser
  > from prometheus_client.openmetrics import parser as openmetrics
  > for name in sys.argv[1:]:
  >     text = open(name).read()
  >     families = list(openmetrics.text_string_to_metric_families(text))
  >     samples = {(sample.name, *sorted(sample.labels.items())): sample.value
  >                for family in families for sample in family.samples}
  >     older = {(sample.name, *sorted(sample.labels.items())): sample.value
  >              for family in parser.text_string_to_metric_families(text)
  >              for sample in family.samples}
  >     print(name, {family.type for family in families} <= {"gauge", "counter"},
  >           len(samples) > 20, samples == older)
  >     for key in [("apmatrix_resets_total", ("result", "complete")), ("apmatrix_reset_seconds_total",),
  >                 ("apmatrix_queues", ("state", "missing"))]:
  >         print(key[0], samples.get(key))
  > END
  > /usr/bin/python3 parse.py metrics.prom named.prom metrics.mainline metrics.old
  metrics.prom True True True
  apmatrix_resets_total 1204
  apmatrix_reset_seconds_total 4.021907
  apmatrix_queues 1
  named.prom True True True
  apmatrix_resets_total 1204
  apmatrix_reset_seconds_total 4.021907
  apmatrix_queues 1
  metrics.mainline True True True
  apmatrix_resets_total None
  apmatrix_reset_seconds_total None
  apmatrix_queues 17
  metrics.old True True True
  apmatrix_resets_total None
  apmatrix_reset_seconds_total None
  apmatrix_queues 0

The check finds invalid text.

  $ sed -i '/^# EOF/d' metrics.prom; /usr/bin/python3 parse.py metrics.prom 2>&1 | tail -n 1
  ValueError: Missing # EOF at end
