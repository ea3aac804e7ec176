The lock stands in a directory that everybody can write. Nobody without root's right
can block or hang a change there.

tree small

What is no file of root's is no lock: it is told by doctor, hangs nothing, and the next
change takes its place.

  $ mkdir -p host/run/lock; chmod 1777 host/run/lock; mkfifo host/run/lock/s390apconfig.lock
  $ timeout 50 apmatrix doctor | grep -A1 lock- | sed 's/user [0-9]*/user N/'
  note lock-foreign: /run/lock/s390apconfig.lock is no lock: user N put it there
    nothing to do: the next change replaces it
  $ timeout 50 apmatrix assign db1 -d 0x47; ls -A host/run/lock
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + domains                  0x47
    a guest would get 06.0047
  apmatrix: note: not kept over a reboot: db1 (no definition). apmatrix persist db1 keeps it
  $ mkdir host/run/lock/s390apconfig.lock; timeout 50 apmatrix unassign db1 -d 0x47 -q; echo $?; ls -A host/run/lock
  0
  $ ln -s /dev/zero host/run/lock/s390apconfig.lock; timeout 50 apmatrix assign db1 -d 0x47 -q; echo $?; ls -A host/run/lock
  0

The PID of a running process, in a file of another user.

  $ echo 1 >host/run/lock/s390apconfig.lock
  > if [ "$(id -u)" = 0 ]; then chown 65534 host/run/lock/s390apconfig.lock; else ln -sf x host/run/lock/s390apconfig.lock; fi
  $ timeout 50 apmatrix unassign db1 -d 0x47 -q --lock-timeout 0; echo $?; ls -A host/run/lock
  0

A stale lock that cannot be removed: signals and the timeout end the wait.

  $ cp "$(readlink -f "$(command -v apmatrix-model)")" tool; chmod 755 . ; echo 999999999 >host/run/lock/s390apconfig.lock
  > as=; if [ "$(id -u)" = 0 ]; then as='setpriv --reuid=65534 --clear-groups --bounding-set=-all'; else chmod a-w host/run/lock; fi
  > timeout 50 $as ./tool assign db1 -d 0x47 --lock-timeout 1 2>/dev/null; echo $?
  > chmod 1777 host/run/lock; rm host/run/lock/s390apconfig.lock; ls -A host/run/lock
  6

A signal ends the wait and leaves no file.

  $ for signal in INT TERM HUP QUIT USR1; do
  >   echo $$ >host/run/lock/s390apconfig.lock
  >   env --default-signal=$signal apmatrix assign db1 -d 0x47 --lock-timeout 1000 2>said & pid=$!
  >   asleep $pid; kill -$signal $pid; wait $pid 2>/dev/null
  >   echo $? $(cat said); ls -A host/run/lock
  > done; rm host/run/lock/s390apconfig.lock
  130 apmatrix: assign: interrupted while waiting for the lock; nothing changed [EINTR]
  s390apconfig.lock
  143 apmatrix: assign: interrupted while waiting for the lock; nothing changed [EINTR]
  s390apconfig.lock
  129 apmatrix: assign: interrupted while waiting for the lock; nothing changed [EINTR]
  s390apconfig.lock
  131 apmatrix: assign: interrupted while waiting for the lock; nothing changed [EINTR]
  s390apconfig.lock
  138 apmatrix: assign: interrupted while waiting for the lock; nothing changed [EINTR]
  s390apconfig.lock

A lock without a PID has no holder yet; it is not of process 0.

  $ : >host/run/lock/s390apconfig.lock; apmatrix assign db1 -d 0x47 --lock-timeout 0 2>&1 | sed 's/for [0-9]* s/for N s/'
  > rm host/run/lock/s390apconfig.lock
  apmatrix: assign: the lock is held by an unknown process for N s [EBUSY]
  hint: try again, or wait longer with --lock-timeout

Whoever was killed while it waited leaves a file of its own, which the next one takes away.
The file of a running process is kept.

  $ echo 999999999 >host/run/lock/s390apconfig.lock.AbCdEf; echo $$ >host/run/lock/s390apconfig.lock.GhIjKl
  > apmatrix refresh db1; ls -A host/run/lock; rm host/run/lock/*
  db1 was filtered again: no queue changes
  s390apconfig.lock.GhIjKl

SIGPIPE in the middle of a change (its reader is gone, and -v writes between the
steps) undoes it as each signal does. It left an empty matrix, the lock and a file.

tree small

  $ apmatrix list >before; find host/etc host/run -type f | sort >files; mkfifo pipe
  > sleep 0.01 <pipe & exec 3>pipe; wait; env --default-signal=PIPE apmatrix create x1 -a 6 -d 0xff --manual -v 2>&3 >said; echo $?
  > apmatrix list | diff before -; find host/etc host/run -type f | sort | diff files -
  141
