Links in a tree lead nowhere out of it, files that are no files hang nobody, and a link
that is a definition stays one.

tree small

Absolute links, and those with too many "..": an image is made on a host that has such directories, too.

  $ mkdir outside; rm -r host/etc/mdevctl.d host/etc/apmatrix; ln -s "$PWD/outside" host/etc/mdevctl.d; ln -s ../../../../../../../..$PWD/outside host/etc/apmatrix
  $ apmatrix assign db1 -d 0x47 --persist -q; find outside -type f; find host$PWD/outside -type f | sort | sed "s,^host$PWD,,"
  /outside/matrices.d/7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001.json
  /outside/matrix/7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001
  $ apmatrix list --no-headings --defined
  db1  7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle  auto  0x06  0x47,0xab  0xab  2  0  0
  $ echo '{"mdev_type": "vfio_ap-passthrough", "start": "auto", "attrs": []}' >outside/62177883-f1bb-47f0-914d-32a22e3a8804
  > ln -s "$PWD/outside/62177883-f1bb-47f0-914d-32a22e3a8804" host$PWD/outside/matrix/; apmatrix show 62177883-f1bb-47f0-914d-32a22e3a8804 --field defined
  no
  $ ln -s "$PWD/outside" host/run/apmatrix; mkdir outside/x; apmatrix create t1 -a 6 -d 0xff -q; find outside | sort; apmatrix remove t1 db1 -q; find outside | sort
  outside
  outside/62177883-f1bb-47f0-914d-32a22e3a8804
  outside/x
  outside
  outside/62177883-f1bb-47f0-914d-32a22e3a8804
  outside/x

A loop of links is an error, not a way out.

  $ rm host/etc/mdevctl.d; ln -s /etc/mdevctl.d host/etc/mdevctl.d; apmatrix assign 62177883-f1bb-47f0-914d-32a22e3a8804 -d 0xab --persist
  apmatrix: assign: cannot write the definition: File name too long [ENAMETOOLONG]
  apmatrix: rolled back: everything is as it was
  [1]

A FIFO among the definitions, the names and as a plan.

tree small

  $ rm host/etc/mdevctl.d/matrix/* host/etc/apmatrix/matrices.d/*; mkfifo host/etc/mdevctl.d/matrix/62177883-f1bb-47f0-914d-32a22e3a8804
  > mkfifo host/etc/apmatrix/matrices.d/62177883-f1bb-47f0-914d-32a22e3a8804.json host/etc/apmatrix/plan.json
  $ timeout 50 apmatrix list --no-headings 2>&1 | sed 's/  .*//'
  db1
  -
  apmatrix: note: /etc/mdevctl.d/matrix/62177883-f1bb-47f0-914d-32a22e3a8804: not a regular file; ignored
  apmatrix: note: /etc/apmatrix/matrices.d/62177883-f1bb-47f0-914d-32a22e3a8804.json: not a regular file; ignored
  apmatrix: note: /etc/apmatrix/plan.json: Invalid argument: whether the host differs from it is unknown
  $ timeout 50 apmatrix plan
  apmatrix: plan: cannot read /etc/apmatrix/plan.json: Invalid argument [EINVAL]
  [1]

A definition that is a link into the files of somebody who manages them: what it leads to is
changed, with owner and mode, and it stays a link. Removing takes the link away.

tree small

  $ cd host/etc/mdevctl.d/matrix; mkdir ../../managed; mv 62177883-f1bb-47f0-914d-32a22e3a8804 ../../managed/web1
  > ln -s /etc/managed/web1 62177883-f1bb-47f0-914d-32a22e3a8804; chmod 640 ../../managed/web1
  > [ "$(id -u)" != 0 ] || chown 65534:65534 ../../managed/web1; stat -c '%a %u %g' ../../managed/web1 >before
  > cd - >/dev/null; mv host/etc/mdevctl.d/matrix/before .
  $ apmatrix assign web1 -d 0xab -q; stat -c '%a %u %g' host/etc/managed/web1 | diff before -; grep -c '"0xab"' host/etc/managed/web1
  > readlink host/etc/mdevctl.d/matrix/62177883-f1bb-47f0-914d-32a22e3a8804
  1
  /etc/managed/web1
  $ apmatrix-model event guest-stop 62177883-f1bb-47f0-914d-32a22e3a8804; apmatrix remove web1 --any-owner -q
  > ls -A host/etc/mdevctl.d/matrix host/etc/managed
  host/etc/managed:
  web1
  
  host/etc/mdevctl.d/matrix:
