Each change leaves one record in the journal of systemd: who, what, before, after, result.

  $ cat >journal.py <<'END'
  > # journal.py NUMBER COMMAND: what COMMAND sends to the journal's socket, NUMBER records
  > import array, fcntl, os, socket, struct, subprocess, sys
  > path = "host/run/systemd/journal/socket"
  > os.makedirs(os.path.dirname(path), exist_ok=True)
  > journal = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
  > journal.bind(path)
  > command = subprocess.Popen(["sh", "-c", sys.argv[2]])
  > def fields(data):
  >     while data:
  >         line, _, rest = data.partition(b"\n")
  >         name, is_text, value = line.partition(b"=")
  >         if not is_text:
  >             (size,) = struct.unpack("<Q", rest[:8])
  >             value, rest = rest[8:8 + size], rest[9 + size:]
  >         yield name.decode(), value.decode()
  >         data = rest
  > def received():
  >     journal.settimeout(0.05)
  >     while True:
  >         ended = command.poll() is not None
  >         try:
  >             yield journal.recvmsg(1 << 20, 64)
  >         except TimeoutError:
  >             if ended:
  >                 return
  > number = 0
  > for data, control, _, _ in received():
  >     number += 1
  >     for _, _, fds in control:
  >         fd = array.array("i", fds)[0]
  >         print("memory file, seals", fcntl.fcntl(fd, 1034))
  >         data = os.pread(fd, 1 << 24, 0)
  >     for name, value in fields(data):
  >         if name in ("SYSLOG_PID", "APMATRIX_UID", "APMATRIX_USER"):
  >             value = "set" if value else "empty"
  >         print(name, value if len(value) < 1200 else f"{len(value)} bytes", sep="=")
  > os.unlink(path)
  > if number != int(sys.argv[1]):
  >     print(number, "records")
  > END

tree small

  $ python3 journal.py 1 "apmatrix assign web1 -d 0xab"
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    + domains                  0xab
    + defined_domains          0xab
    the guest gets 05.00ab
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  MESSAGE=assign: web1: domains +0xab, defined_domains +0xab, guest_domains +0xab
  PRIORITY=5
  MESSAGE_ID=5d8b3a0e9a1f4c1cb8c9d4d1a7f3e620
  SYSLOG_IDENTIFIER=apmatrix
  SYSLOG_PID=set
  APMATRIX_UID=set
  APMATRIX_USER=set
  APMATRIX_COMMAND=assign
  APMATRIX_ARGUMENTS=--root host assign web1 -d 0xab
  APMATRIX_MATRIX=62177883-f1bb-47f0-914d-32a22e3a8804
  APMATRIX_NAME=web1
  APMATRIX_BEFORE={"matrices": [{"uuid": "62177883-f1bb-47f0-914d-32a22e3a8804", "name": "web1", "owner": "ansible", "active": true, "start": "auto", "adapters": [5], "domains": [4, 71], "control_domains": [4, 71], "guest_adapters": [5], "guest_domains": [4, 71], "definition": {"adapters": [5], "domains": [4, 71], "control_domains": [4, 71]}}]}
  APMATRIX_AFTER={"matrices": [{"uuid": "62177883-f1bb-47f0-914d-32a22e3a8804", "name": "web1", "owner": "ansible", "active": true, "start": "auto", "adapters": [5], "domains": [4, 71, 171], "control_domains": [4, 71], "guest_adapters": [5], "guest_domains": [4, 71, 171], "definition": {"adapters": [5], "domains": [4, 71, 171], "control_domains": [4, 71]}}]}
  APMATRIX_RESULT=done
  APMATRIX_STATUS=OK
  $ python3 journal.py 1 "apmatrix create new1 -u 00000000-0000-4000-8000-000000000001 -a 6 -d 0xff --auto --comment 'two words, and '\''quotes'\'"
  new1 (00000000-0000-4000-8000-000000000001)
    ~ active                   no -> yes
    + adapters                 0x06
    + domains                  0xff
    + start                    auto
    + defined_adapters         0x06
    + defined_domains          0xff
    + name                     new1
    + comment                  two words, and 'quotes'
    a guest would get 06.00ff
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  MESSAGE=create: new1: active no -> yes, adapters +0x06, domains +0xff, start auto, defined_adapters +0x06, defined_domains +0xff, name new1, comment two words, and 'quotes' and 2 more
  PRIORITY=5
  MESSAGE_ID=5d8b3a0e9a1f4c1cb8c9d4d1a7f3e620
  SYSLOG_IDENTIFIER=apmatrix
  SYSLOG_PID=set
  APMATRIX_UID=set
  APMATRIX_USER=set
  APMATRIX_COMMAND=create
  APMATRIX_ARGUMENTS=--root host create new1 -u 00000000-0000-4000-8000-000000000001 -a 6 -d 0xff --auto --comment 'two words, and '\''quotes'\'''
  APMATRIX_MATRIX=00000000-0000-4000-8000-000000000001
  APMATRIX_NAME=new1
  APMATRIX_BEFORE={"matrices": [{"uuid": "00000000-0000-4000-8000-000000000001", "name": null, "owner": null, "active": false, "start": null, "adapters": [], "domains": [], "control_domains": []}]}
  APMATRIX_AFTER={"matrices": [{"uuid": "00000000-0000-4000-8000-000000000001", "name": "new1", "owner": null, "active": true, "start": "auto", "adapters": [6], "domains": [255], "control_domains": [], "guest_adapters": [6], "guest_domains": [255], "definition": {"adapters": [6], "domains": [255], "control_domains": []}}]}
  APMATRIX_RESULT=done
  APMATRIX_STATUS=OK

A failure is an error, and has the cause. What changes nothing leaves no record.

  $ python3 journal.py 1 "MODEL_FAIL=ap_config:1:EBUSY apmatrix assign web1 -d 0xff" | grep -e MESSAGE= -e PRIORITY -e RESULT -e STATUS -e AFTER
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: assign web1: writing its matrix: Device or resource busy [EBUSY]
  hint: this kernel cannot change a matrix that a guest uses
  apmatrix: rolled back: everything is as it was
  MESSAGE=assign: rolled-back: assign web1: writing its matrix: Device or resource busy
  PRIORITY=3
  APMATRIX_AFTER={"matrices": [{"uuid": "62177883-f1bb-47f0-914d-32a22e3a8804", "name": "web1", "owner": "ansible", "active": true, "start": "auto", "adapters": [5], "domains": [4, 71, 171], "control_domains": [4, 71], "guest_adapters": [5], "guest_domains": [4, 71, 171], "definition": {"adapters": [5], "domains": [4, 71, 171], "control_domains": [4, 71]}}]}
  APMATRIX_RESULT=rolled-back
  APMATRIX_STATUS=BUSY
  $ python3 journal.py 0 "apmatrix assign web1 -d 0xab; apmatrix assign web1 -d 0x47 --dry-run; apmatrix assign web1 -d 999; apmatrix list -q >lists"
  no change needed
  no change needed
  apmatrix: assign: domain 999 is greater than the highest possible ID, 255 (0xff)

One for each change of a list, and of a batch.

  $ printf 'create b1 -u 00000000-0000-4000-8000-00000000000a -a 5 -d 0xff\ncreate b2 -u 00000000-0000-4000-8000-00000000000b -a 6 -d 4\nshow\n' >lines
  > python3 journal.py 2 "apmatrix batch lines >said" | grep -e MESSAGE= -e ARGUMENTS
  apmatrix: note: not kept over a reboot: b1, b2 (no definition). apmatrix persist b1 b2 keeps it
  MESSAGE=create: b1: active no -> yes, adapters +0x05, domains +0xff, name b1, guest_adapters +0x05, guest_domains +0xff
  APMATRIX_ARGUMENTS=create b1 -u 00000000-0000-4000-8000-00000000000a -a 5 -d 0xff
  MESSAGE=create: b2: active no -> yes, adapters +0x06, domains +0x04, name b2, guest_adapters +0x06, guest_domains +0x04
  APMATRIX_ARGUMENTS=create b2 -u 00000000-0000-4000-8000-00000000000b -a 6 -d 4
  $ printf 'remove b1\nremove b2\n' >lines
  > python3 journal.py 1 "apmatrix batch --atomic lines >said" | grep -e MESSAGE= -e ARGUMENTS -e NAME
  MESSAGE=batch: b1: active yes -> no, name b1 -> none; b2: active yes -> no, name b2 -> none; b1: guest_adapters -0x05, guest_domains -0xff; b2: guest_adapters -0x06, guest_domains -0x04
  APMATRIX_ARGUMENTS=--root host batch --atomic lines
  APMATRIX_NAME=b1
  APMATRIX_NAME=b2

A change that was killed, and that the next one undoes or completes.

tree small

  $ python3 journal.py 4 "for n in 10 16; do (MODEL_KILL=\$n exec apmatrix-model set web1 -a 5 -d 0x47 --allow-loss -q); apmatrix refresh db1 -q; apmatrix set web1 -a 5 -d 4,0x47 -q; done" 2>kill |
  > sed -n 's/process [0-9]*/process N/; /MESSAGE=/p; /PRIORITY=/p; /RESULT=/p; /records/p'
  MESSAGE=set: the change of process N, which was interrupted, was undone
  PRIORITY=4
  APMATRIX_RESULT=undone
  MESSAGE=set: the change of process N, which was interrupted, was completed
  PRIORITY=4
  APMATRIX_RESULT=completed
  MESSAGE=set: web1: domains +0x04, defined_domains +0x04, guest_domains +0x04
  PRIORITY=5
  APMATRIX_RESULT=done
  3 records

A record that is too long for a message comes as a sealed memory file.

tree small

  $ python3 - >plan.json <<'END'
  > import json
  > print(json.dumps({"api_level": 1, "matrices": [{"name": f"d{n}", "active": False, "start": "manual", "adapters": ["0-255"], "domains": ["0-255"]} for n in range(80)]}))
  > END
  > python3 journal.py 1 "apmatrix apply plan.json -q" | grep -e memory -e BEFORE -e AFTER -e MESSAGE=
  memory file, seals 15
  MESSAGE=apply: d0: start manual, defined_adapters +0x00-0xff, defined_domains +0x00-0xff, name d0; d1: start manual, defined_adapters +0x00-0xff, defined_domains +0x00-0xff, name d1 and 312 more
  APMATRIX_BEFORE=13214 bytes
  APMATRIX_AFTER=206084 bytes

Where there is no journal, or nobody reads from its socket, nothing is said.

  $ apmatrix assign db1 -d 0x47
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + domains                  0x47
    a guest would get 06.0047
  apmatrix: note: not kept over a reboot: db1 (no definition). apmatrix persist db1 keeps it
  $ mkdir -p host/run/systemd/journal; python3 -c 'import socket; socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).bind("host/run/systemd/journal/socket")'
  > apmatrix unassign db1 -d 0x47
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    - domains                  0x47
    a guest would no longer get 06.0047
  apmatrix: note: not kept over a reboot: db1 (no definition). apmatrix persist db1 keeps it
  $ rm host/run/systemd/journal/socket; echo >host/run/systemd/journal/socket; apmatrix assign db1 -d 0x47
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + domains                  0x47
    a guest would get 06.0047
  apmatrix: note: not kept over a reboot: db1 (no definition). apmatrix persist db1 keeps it
