The units of systemd: it understands all of them, and their manual pages are there.

  $ sed -n 's/^Documentation=//p' "$TREE"/cli/*.service "$TREE"/cli/*.timer | tr ' ' '\n' |
  > sed 's/^man:\(.*\)(\(.\))$/\1.\2/' | sort -u | while read -r page; do test -e "$TREE/man/$page" && echo $page; done
  apmatrix-check.8
  apmatrix-metrics.8
  apmatrix-monitor.8
  apmatrix-restore.8
  apmatrix.8

One of them restores at boot. It waits for DKMS, which may have to build the module for a new kernel.

  $ grep -c '^After=.*\bdkms\.service\b' "$TREE/cli/apmatrix-restore.service"
  1

What they start is a command of the tool, with options that it has.

tree small

  $ sed -n 's,^ExecStart=/usr/sbin/,,p' "$TREE"/cli/*.service | while read -r line; do
  >   $line --help | head -n 1 | cut -d ' ' -f -3
  > done
  Usage: apmatrix check
  Usage: apmatrix metrics
  Usage: apmatrix monitor
  Usage: apmatrix restore

needs systemd-analyze

  $ for unit in "$TREE"/cli/*.service "$TREE"/cli/*.timer; do
  >   sed "s,/usr/sbin/apmatrix,$PWD/bin/apmatrix," "$unit" >"${unit##*/}"
  > done; ls *.service *.timer
  apmatrix-check.service
  apmatrix-check.timer
  apmatrix-metrics.service
  apmatrix-metrics.timer
  apmatrix-monitor.service
  apmatrix-restore.service
  $ SYSTEMD_UNIT_PATH=$PWD: systemd-analyze verify --man=no ./*.service ./*.timer 2>&1 | grep -F apmatrix-
  [1]

The check finds a wrong unit.

  $ sed -i s/^Type=oneshot/Type=onehot/ apmatrix-restore.service
  $ systemd-analyze verify --man=no ./apmatrix-restore.service 2>&1 | grep -c -F apmatrix-restore
  1
