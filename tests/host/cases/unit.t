The unit that restores at boot: systemd understands all of it, and its manual pages are there.

  $ sed -n 's/^Documentation=//p' "$TREE/cli/apmatrix-restore.service" | tr ' ' '\n' |
  > sed 's/^man:\(.*\)(\(.\))$/\1.\2/' | while read -r page; do test -e "$TREE/man/$page" && echo $page; done
  apmatrix.8
  apmatrix-restore.8

It waits for DKMS, which may have to build the module for a new kernel.

  $ grep -c '^After=.*\bdkms\.service\b' "$TREE/cli/apmatrix-restore.service"
  1

needs systemd-analyze

  $ sed "s,/usr/sbin/apmatrix,$PWD/bin/apmatrix," "$TREE/cli/apmatrix-restore.service" >apmatrix-restore.service
  $ systemd-analyze verify --man=no apmatrix-restore.service 2>&1 | grep -F apmatrix-restore
  [1]

It would say so.

  $ sed -i s/^Type=oneshot/Type=onehot/ apmatrix-restore.service
  $ systemd-analyze verify --man=no apmatrix-restore.service 2>&1 | grep -c -F apmatrix-restore
  1
