A plan file describes the wanted state of a host.

tree small

  $ cat >plan.json <<'X'
  > {
  >   "api_level": 1,
  >   "matrices": [
  >     {
  >       "name": "web1", "start": "auto",
  >       "adapters": ["5-6"], "domains": [4, "0x47"], "control_domains": "same"
  >     },
  >     {
  >       "name": "db2", "uuid": null, "start": "manual", "owner": "dba",
  >       "adapters": [6], "domains": ["0xff"]
  >     }
  >   ]
  > }
  > X
  $ apmatrix plan plan.json
  preview: nothing is changed
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    + adapters                 0x06
    + defined_adapters         0x06
    the guest would get 06.0004, 06.0047
  db2 (b63e9fde-626a-5871-98d6-3b176d6ae826)
    ~ active                   no -> yes
    + adapters                 0x06
    + domains                  0xff
    + start                    manual
    + defined_adapters         0x06
    + defined_domains          0xff
    + name                     db2
    + owner                    dba
    a guest would get 06.00ff
  plan 0daef2f4-b740-5536-8fea-10ea100d773f
  apmatrix: note: not in the file and left as they are: 1 matrix (db1). --prune --any-owner removes them
  apmatrix: note: web1: its queues differ in mode (0x05 cca, 0x06 ep11)
  $ apmatrix plan plan.json --exit-code --quiet >/dev/null
  [9]
  $ apmatrix apply plan.json
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    + adapters                 0x06
    + defined_adapters         0x06
    the guest gets 06.0004, 06.0047
  db2 (b63e9fde-626a-5871-98d6-3b176d6ae826)
    ~ active                   no -> yes
    + adapters                 0x06
    + domains                  0xff
    + start                    manual
    + defined_adapters         0x06
    + defined_domains          0xff
    + name                     db2
    + owner                    dba
    a guest would get 06.00ff
  apmatrix: note: not in the file and left as they are: 1 matrix (db1). --prune --any-owner removes them
  apmatrix: note: web1: its queues differ in mode (0x05 cca, 0x06 ep11)
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
  $ apmatrix list
  NAME  UUID                                  STATE   START   ADAPTERS   DOMAINS    CONTROL    ASSIGNED  IN-GUEST  MISSING
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -       0x06       0xab       0xab              1         0        0
  db2   b63e9fde-626a-5871-98d6-3b176d6ae826  idle    manual  0x06       0xff       -                 1         0        0
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto    0x05-0x06  0x04,0x47  0x04,0x47         4         4        0
  $ apmatrix apply plan.json --exit-code
  no change needed
  apmatrix: note: not in the file and left as they are: 1 matrix (db1). --prune --any-owner removes them
  $ apmatrix plan plan.json
  no change needed
  apmatrix: note: not in the file and left as they are: 1 matrix (db1). --prune --any-owner removes them
  $ apmatrix plan plan.json --json
  apmatrix: note: not in the file and left as they are: 1 matrix (db1). --prune --any-owner removes them
  {
    "meta": {
      "api_level": 1,
      "tool": "apmatrix",
      "version": "0.1.0",
      "host": "HOST",
      "time": "2026-11-21T11:30:00Z",
      "command": "plan"
    },
    "changed": false,
    "dry_run": true,
    "rolled_back": false,
    "changes": [],
    "guests": [],
    "confirm_within": null,
    "matrices": [],
    "queues": [],
    "host": null,
    "plan": "59bd37b7-306c-5f7b-9a91-ae0128edcac0",
    "findings": [],
    "warnings": [
      {
        "code": "OK",
        "errno": null,
        "matrix": null,
        "apqn": null,
        "holder": null,
        "message": "not in the file and left as they are: 1 matrix (db1). --prune --any-owner removes them",
        "hint": null
      }
    ],
    "errors": []
  }

Two matrices exchange queues in one step.

  $ apmatrix plan - <<'X'
  > {"api_level": 1, "matrices": [
  >   {"name": "db1", "adapters": [6], "domains": [255]},
  >   {"name": "db2", "adapters": [6], "domains": [171]}]}
  > X
  preview: nothing is changed
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + domains                  0xff
    - domains                  0xab
    - control_domains          0xab
    a guest would get 06.00ff
    a guest would no longer get 06.00ab
  db2 (b63e9fde-626a-5871-98d6-3b176d6ae826)
    + domains                  0xab
    - domains                  0xff
    + defined_domains          0xab
    - defined_domains          0xff
    a guest would get 06.00ab
    a guest would no longer get 06.00ff
  plan 1ce04895-c83b-538c-8769-f03911588989
  apmatrix: note: not in the file and left as they are: 1 matrix (web1). --prune --any-owner removes them
  $ apmatrix apply - <<'X'
  > {"api_level": 1, "matrices": [
  >   {"name": "db1", "adapters": [6], "domains": [255]},
  >   {"name": "db2", "adapters": [6], "domains": [171]}]}
  > X
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + domains                  0xff
    - domains                  0xab
    - control_domains          0xab
    a guest would get 06.00ff
    a guest would no longer get 06.00ab
  db2 (b63e9fde-626a-5871-98d6-3b176d6ae826)
    + domains                  0xab
    - domains                  0xff
    + defined_domains          0xab
    - defined_domains          0xff
    a guest would get 06.00ab
    a guest would no longer get 06.00ff
  apmatrix: note: not in the file and left as they are: 1 matrix (web1). --prune --any-owner removes them
  apmatrix: note: not kept over a reboot: db1 (no definition). apmatrix persist db1 keeps it

A plan that was made for another state of the host is refused.

  $ cat >next.json <<'X'
  > {"api_level": 1, "matrices": [{"name": "db1", "adapters": [6], "domains": []}]}
  > X
  $ apmatrix set db1 -c 4
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + control_domains          0x04
  apmatrix: note: not kept over a reboot: db1 (no definition). apmatrix persist db1 keeps it
  $ apmatrix apply next.json --expect 0b3f3c2e-5b0c-5c38-8d5e-3f6c2f5d9f10
  apmatrix: note: not in the file and left as they are: 2 matrices (web1, db2). --prune --any-owner removes them
  apmatrix: apply: the host or the file has changed since the plan was made
  hint: apmatrix plan shows the present plan
  [11]
  $ apmatrix apply next.json --expect something
  apmatrix: apply: --expect: invalid plan ID "something"
  hint: the plan ID is in the last line of apmatrix plan
  [2]
  $ apmatrix plan next.json | sed -n 's/^plan //p' >plan.id
  apmatrix: note: not in the file and left as they are: 2 matrices (web1, db2). --prune --any-owner removes them
  $ apmatrix apply next.json --expect $(cat plan.id)
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    - domains                  0xff
    - control_domains          0x04
    a guest would no longer get 06.00ff
  apmatrix: note: not in the file and left as they are: 2 matrices (web1, db2). --prune --any-owner removes them
  apmatrix: note: not kept over a reboot: db1 (no definition). apmatrix persist db1 keeps it
  $ apmatrix apply next.json --expect $(cat plan.id)
  apmatrix: note: not in the file and left as they are: 2 matrices (web1, db2). --prune --any-owner removes them
  apmatrix: apply: the host or the file has changed since the plan was made
  hint: apmatrix plan shows the present plan
  [11]

--prune removes matrices that are not in the file, but not those of other owners.

  $ apmatrix plan next.json --prune
  no change needed
  apmatrix: note: plan: keeping web1, which is not in the plan: it belongs to ansible; --any-owner removes it
  apmatrix: note: plan: keeping db2, which is not in the plan: it belongs to dba; --any-owner removes it
  $ apmatrix plan next.json --prune --any-owner --force
  preview: nothing is changed
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    ~ active                   yes -> no
    - start                    auto
    - name                     web1
    - owner                    ansible
    the guest would lose 05.0004, 05.0047, 06.0004, 06.0047
  db2 (b63e9fde-626a-5871-98d6-3b176d6ae826)
    ~ active                   yes -> no
    - start                    manual
    - name                     db2
    - owner                    dba
    would free 06.00ab
  plan 743cb9ae-bd64-5aed-b3ba-5dfd13a879f1
  $ apmatrix apply next.json --prune --owner dba
  db2 (b63e9fde-626a-5871-98d6-3b176d6ae826)
    ~ active                   yes -> no
    - start                    manual
    - name                     db2
    - owner                    dba
    frees 06.00ab
  apmatrix: note: apply: keeping web1, which is not in the plan: it belongs to ansible; --any-owner removes it

Only a definition; then no definition.

tree small

  $ apmatrix apply - <<'X'
  > {"api_level": 1, "matrices": [
  >   {"name": "later", "active": false, "start": "manual", "adapters": [6], "domains": [4]},
  >   {"name": "web1", "start": null, "adapters": [5], "domains": [4, 71], "control_domains": [4, 71]}]}
  > X
  later (c223b21c-ecfe-54ae-b1d5-7851c79c8add)
    + start                    manual
    + defined_adapters         0x06
    + defined_domains          0x04
    + name                     later
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    - start                    auto
  apmatrix: note: not in the file and left as they are: 1 matrix (db1). --prune --any-owner removes them
  apmatrix: note: not kept over a reboot: web1 (no definition). apmatrix persist web1 keeps it
  $ apmatrix list
  NAME   UUID                                  STATE    START   ADAPTERS  DOMAINS    CONTROL    ASSIGNED  IN-GUEST  MISSING
  db1    7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle     -       0x06      0xab       0xab              1         0        0
  later  c223b21c-ecfe-54ae-b1d5-7851c79c8add  defined  manual  0x06      0x04       -                 1         -        -
  web1   62177883-f1bb-47f0-914d-32a22e3a8804  in-use   -       0x05      0x04,0x47  0x04,0x47         2         2        0

The pool: whole adapters, whole domains.

tree small

  $ cat >pool.json <<'X'
  > {"api_level": 1, "pool": {"adapters": ["5-6"], "domains": ["0xff"], "persist": true}}
  > X
  $ apmatrix plan pool.json
  preview: nothing is changed
  host
    - aqmask                   0xff
    + udev_rule                /etc/udev/rules.d/41-ap.rules
    guests could have 0a.00ff
  plan 1aded3d2-6df2-57d9-b0bb-afaec1194dde
  $ apmatrix apply pool.json
  host
    - aqmask                   0xff
    + udev_rule                /etc/udev/rules.d/41-ap.rules
    guests can have 0a.00ff
  $ apmatrix apply pool.json --prune
  no change needed
  $ apmatrix plan - --prune <<'X'
  > {"api_level": 1, "pool": {"adapters": [5, 6]}}
  > X
  preview: nothing is changed
  host
    + aqmask                   0xff
    the host would get back 0a.00ff
  plan 69dcc5a4-d1fa-51d7-8fd5-4ae60cff5b58
  $ apmatrix plan - --prune <<'X'
  > {"api_level": 1, "pool": {"adapters": [5]}}
  > X
  preview: nothing is changed
  host
    + apmask                   0x06
    + aqmask                   0xff
    the host would get back 06.0004, 06.0047, 06.00ab, 06.00ff, 0a.00ff
  also affected: db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    a guest would no longer get 06.00ab
  plan cb15896b-5edc-5815-9379-47942992a1af
  apmatrix: note: plan: masks give whole adapters and whole domains: 1 other queue is affected: 0a.00ff
  apmatrix: note: this would be refused: plan: 06.00ab cannot return to the host: assigned to db1
  hint: apmatrix unassign db1 -a 0x06 frees what is needed; it takes 06.00ab from this matrix

tree overrides

  $ apmatrix apply - <<'X'
  > {"api_level": 1, "pool": {"queues": ["05.0004", "06.0047"]}}
  > X
  host
    + 06.0047 driver_override  vfio_ap
  apmatrix: note: not in the file and left as they are: 1 driver override for guests. --prune removes them
  apmatrix: note: not kept over a reboot: driver overrides (no "pool" in /etc/apmatrix/plan.json). apmatrix persist keeps it
  $ apmatrix apply - --prune <<'X'
  > {"api_level": 1, "pool": {"queues": ["05.0004"]}}
  > X
  apmatrix: apply: 05.0047 cannot return to the host: assigned to web1 [EBUSY]
  hint: apmatrix unassign web1 -d 0x47 frees what is needed; it takes 05.0047 from this matrix
  [5]

Errors in a file are reported with their place.

tree small

  $ echo '{"api_level": 1, "matrices": [{"name": "a", "adapters": [5, 300]}]}' | apmatrix plan -
  apmatrix: plan: standard input: line 1, column 61: matrices[0].adapters[1]: adapter 300 is not between 0 and 255
  [2]
  $ echo '{"api_level": 1, "matrices": [{"name": "a", "adaptors": [5]}]}' | apmatrix plan -
  apmatrix: plan: standard input: line 1, column 45: matrices[0].adaptors: unknown key
  hint: known keys: name, uuid, owner, comment, active, start, adapters, domains, control_domains
  [2]
  $ echo '{"api_level": 1, "matrices": [{"name": "a", "adapters": ["7-5"]}]}' | apmatrix plan -
  apmatrix: plan: standard input: line 1, column 58: matrices[0].adapters[0]: adapter range 7-5 is backwards
  [2]
  $ printf '{"api_level": 1,\n "matrices": [{"name": "a"},\n  {"name": "b", "uuid": "nonsense"}]}' | apmatrix plan -
  apmatrix: plan: standard input: line 3, column 25: matrices[1].uuid: not a UUID
  hint: a UUID looks like 62177883-f1bb-47f0-914d-32a22e3a8804; null derives one from the name, the same on every host
  [2]
  $ printf '{"api_level": 1,\n "matrices": [{"name": "a"},\n  {"name": "a"}]}' | apmatrix plan -
  apmatrix: plan: standard input: line 3, column 3: matrices[1]: "a" is also the name of matrices[0]
  [2]
  $ printf '{"api_level": 1,\n "matrices": [{"name": "a"' | apmatrix plan -
  apmatrix: plan: standard input: line 2, column 26: '}' expected near end of file
  [2]
  $ printf '{"api_level": 1, "api_level": 1}' | apmatrix plan -
  apmatrix: plan: standard input: line 1, column 28: duplicate object key near '"api_level"'
  [2]
  $ printf '{"matrices": []}' | apmatrix plan -
  apmatrix: plan: standard input: line 1, column 1: "api_level" is missing
  hint: this program supports "api_level": 1
  [2]
  $ printf '{"api_level": 2}' | apmatrix plan -
  apmatrix: plan: standard input: line 1, column 15: api_level: unsupported api_level; this program supports 1
  [2]
  $ printf '' | apmatrix plan -
  apmatrix: plan: standard input: line 1, column 0: '[' or '{' expected near end of file
  [2]
  $ apmatrix plan nowhere.json
  apmatrix: plan: cannot read nowhere.json: No such file or directory [ENOENT]
  [3]
  $ apmatrix plan
  apmatrix: plan: cannot read /etc/apmatrix/plan.json: No such file or directory [ENOENT]
  hint: name a FILE; apmatrix export >/etc/apmatrix/plan.json writes the present state there
  [3]
  $ printf '{"api_level": 1, "matrices": [{"adapters": []}]}' | apmatrix plan - --json
  apmatrix: plan: standard input: line 1, column 31: matrices[0]: a matrix needs a name or a UUID
  {
    "meta": {
      "api_level": 1,
      "tool": "apmatrix",
      "version": "0.1.0",
      "host": "HOST",
      "time": "2026-11-21T11:30:00Z",
      "command": "plan"
    },
    "changed": false,
    "dry_run": false,
    "rolled_back": false,
    "changes": [],
    "guests": [],
    "confirm_within": null,
    "matrices": [],
    "queues": [],
    "host": null,
    "plan": null,
    "findings": [],
    "warnings": [],
    "errors": [
      {
        "code": "USAGE",
        "errno": null,
        "matrix": null,
        "apqn": null,
        "holder": null,
        "message": "plan: standard input: line 1, column 31: matrices[0]: a matrix needs a name or a UUID",
        "hint": null
      }
    ]
  }
  [2]

Conflicts are found before any change.

  $ apmatrix apply - <<'X'
  > {"api_level": 1, "matrices": [
  >   {"name": "a", "adapters": [5], "domains": [4]},
  >   {"name": "b", "adapters": [6], "domains": [255]},
  >   {"name": "c", "adapters": [6], "domains": [255]},
  >   {"name": "d", "adapters": [10], "domains": [255]},
  >   {"uuid": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b002", "name": "db1"}]}
  > X
  apmatrix: note: not in the file and left as they are: 2 matrices (web1, db1). --prune --any-owner removes them
  apmatrix: apply a: 05.0004: already assigned to 62177883-f1bb-47f0-914d-32a22e3a8804 (web1) [EADDRINUSE]
  hint: apmatrix unassign web1 -d 0x04 --allow-loss frees what is needed; it takes 05.0004 from a running guest
  apmatrix: apply c: 06.00ff: already assigned to 6ce18db6-6541-5b02-9ca4-ca0c4f886642 (b) [EADDRINUSE]
  apmatrix: apply d: 0a.00ff: kept for the host's drivers [EADDRNOTAVAIL]
  hint: apmatrix pool reserve -d 0xff gives them to guests
  apmatrix: apply db1: the name is in use by 7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001
  [4]
  $ apmatrix apply - <<'X'
  > {"api_level": 1, "matrices": [
  >   {"name": "a", "active": false, "start": "auto", "adapters": [6], "domains": [255]},
  >   {"name": "b", "active": false, "start": "auto", "adapters": [6], "domains": [255]}]}
  > X
  apmatrix: note: not in the file and left as they are: 2 matrices (web1, db1). --prune --any-owner removes them
  apmatrix: apply b: 06.00ff is also in the definition of a: only one of them can start at boot
  [4]
  $ apmatrix list
  NAME  UUID                                  STATE   START  ADAPTERS  DOMAINS    CONTROL    ASSIGNED  IN-GUEST  MISSING
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -      0x06      0xab       0xab              1         0        0
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto   0x05      0x04,0x47  0x04,0x47         2         2        0

With --partial, what is not available blocks only what needs it.

tree small

  $ cat >many.json <<'X'
  > {"api_level": 1, "matrices": [
  >   {"name": "a", "adapters": [5], "domains": [4]},
  >   {"name": "b", "adapters": [6], "domains": [255]},
  >   {"name": "c", "adapters": [6], "domains": [255]},
  >   {"name": "d", "adapters": [10], "domains": [255]},
  >   {"uuid": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b002", "name": "db1"},
  >   {"name": "e", "active": false},
  >   {"name": "f", "active": false, "start": "auto", "adapters": [6], "domains": [4]}]}
  > X
  $ apmatrix plan many.json --partial
  preview: nothing is changed
  b (6ce18db6-6541-5b02-9ca4-ca0c4f886642)
    ~ active                   no -> yes
    + adapters                 0x06
    + domains                  0xff
    + name                     b
    a guest would get 06.00ff
  f (f6c1d56a-5d22-5b90-b5cc-96bf2fad6754)
    + start                    auto
    + defined_adapters         0x06
    + defined_domains          0x04
    + name                     f
  plan 5a2961c8-67ca-5280-a57f-cca85057d8ff
  apmatrix: note: not in the file and left as they are: 2 matrices (web1, db1). --prune --any-owner removes them
  apmatrix: plan e: "active" is false, but there is no definition
  hint: add "start": "auto" or "manual"
  apmatrix: plan a: 05.0004: already assigned to 62177883-f1bb-47f0-914d-32a22e3a8804 (web1) [EADDRINUSE]
  hint: apmatrix unassign web1 -d 0x04 --allow-loss frees what is needed; it takes 05.0004 from a running guest
  apmatrix: plan c: 06.00ff: already assigned to 6ce18db6-6541-5b02-9ca4-ca0c4f886642 (b) [EADDRINUSE]
  apmatrix: plan d: 0a.00ff: kept for the host's drivers [EADDRNOTAVAIL]
  hint: apmatrix pool reserve -d 0xff gives them to guests
  apmatrix: plan db1: the name is in use by 7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001
  [8]
  $ apmatrix apply many.json --partial --json
  apmatrix: note: not in the file and left as they are: 2 matrices (web1, db1). --prune --any-owner removes them
  apmatrix: note: not kept over a reboot: b (no definition); which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist b
  apmatrix: apply e: "active" is false, but there is no definition
  hint: add "start": "auto" or "manual"
  apmatrix: apply a: 05.0004: already assigned to 62177883-f1bb-47f0-914d-32a22e3a8804 (web1) [EADDRINUSE]
  hint: apmatrix unassign web1 -d 0x04 --allow-loss frees what is needed; it takes 05.0004 from a running guest
  apmatrix: apply c: 06.00ff: already assigned to 6ce18db6-6541-5b02-9ca4-ca0c4f886642 (b) [EADDRINUSE]
  hint: apmatrix unassign b -a 0x06 frees what is needed; it takes 06.00ff from this matrix
  apmatrix: apply d: 0a.00ff: kept for the host's drivers [EADDRNOTAVAIL]
  hint: apmatrix pool reserve -d 0xff gives them to guests
  apmatrix: apply db1: the name is in use by 7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001
  {
    "meta": {
      "api_level": 1,
      "tool": "apmatrix",
      "version": "0.1.0",
      "host": "HOST",
      "time": "2026-11-21T11:30:00Z",
      "command": "apply"
    },
    "changed": true,
    "dry_run": false,
    "rolled_back": false,
    "changes": [
      {"matrix": "6ce18db6-6541-5b02-9ca4-ca0c4f886642", "apqn": null, "field": "active", "add": [], "remove": [], "from": "no", "to": "yes"},
      {"matrix": "6ce18db6-6541-5b02-9ca4-ca0c4f886642", "apqn": null, "field": "adapters", "add": [6], "remove": [], "from": null, "to": null},
      {"matrix": "6ce18db6-6541-5b02-9ca4-ca0c4f886642", "apqn": null, "field": "domains", "add": [255], "remove": [], "from": null, "to": null},
      {"matrix": "6ce18db6-6541-5b02-9ca4-ca0c4f886642", "apqn": null, "field": "name", "add": [], "remove": [], "from": null, "to": "b"},
      {"matrix": "6ce18db6-6541-5b02-9ca4-ca0c4f886642", "apqn": null, "field": "guest_adapters", "add": [6], "remove": [], "from": null, "to": null},
      {"matrix": "6ce18db6-6541-5b02-9ca4-ca0c4f886642", "apqn": null, "field": "guest_domains", "add": [255], "remove": [], "from": null, "to": null},
      {"matrix": "f6c1d56a-5d22-5b90-b5cc-96bf2fad6754", "apqn": null, "field": "start", "add": [], "remove": [], "from": null, "to": "auto"},
      {"matrix": "f6c1d56a-5d22-5b90-b5cc-96bf2fad6754", "apqn": null, "field": "defined_adapters", "add": [6], "remove": [], "from": null, "to": null},
      {"matrix": "f6c1d56a-5d22-5b90-b5cc-96bf2fad6754", "apqn": null, "field": "defined_domains", "add": [4], "remove": [], "from": null, "to": null},
      {"matrix": "f6c1d56a-5d22-5b90-b5cc-96bf2fad6754", "apqn": null, "field": "name", "add": [], "remove": [], "from": null, "to": "f"}
    ],
    "guests": [
      {
        "matrix": "6ce18db6-6541-5b02-9ca4-ca0c4f886642",
        "name": null,
        "running": false,
        "named": true,
        "gets": ["06.00ff"],
        "loses": []
      }
    ],
    "confirm_within": null,
    "matrices": [
      {
        "uuid": "6ce18db6-6541-5b02-9ca4-ca0c4f886642",
        "name": "b",
        "owner": null,
        "comment": null,
        "state": "idle",
        "start": null,
        "active": true,
        "defined": false,
        "drift": false,
        "plan_drift": null,
        "adapters": [6],
        "domains": [255],
        "control_domains": [],
        "masks": {
          "adapters": "0x0200000000000000000000000000000000000000000000000000000000000000",
          "domains": "0x0000000000000000000000000000000000000000000000000000000000000001",
          "control_domains": "0x0000000000000000000000000000000000000000000000000000000000000000"
        },
        "assigned": ["06.00ff"],
        "guest": ["06.00ff"],
        "guest_control_domains": [],
        "missing": [],
        "definition": null,
        "guest_info": null
      },
      {
        "uuid": "f6c1d56a-5d22-5b90-b5cc-96bf2fad6754",
        "name": "f",
        "owner": null,
        "comment": null,
        "state": "defined",
        "start": "auto",
        "active": false,
        "defined": true,
        "drift": false,
        "plan_drift": null,
        "adapters": [6],
        "domains": [4],
        "control_domains": [],
        "masks": {
          "adapters": "0x0200000000000000000000000000000000000000000000000000000000000000",
          "domains": "0x0800000000000000000000000000000000000000000000000000000000000000",
          "control_domains": "0x0000000000000000000000000000000000000000000000000000000000000000"
        },
        "assigned": null,
        "guest": null,
        "guest_control_domains": null,
        "missing": null,
        "definition": {
          "adapters": [6],
          "domains": [4],
          "control_domains": [],
          "masks": {
            "adapters": "0x0200000000000000000000000000000000000000000000000000000000000000",
            "domains": "0x0800000000000000000000000000000000000000000000000000000000000000",
            "control_domains": "0x0000000000000000000000000000000000000000000000000000000000000000"
          }
        },
        "guest_info": null
      }
    ],
    "queues": [],
    "host": null,
    "plan": "5a2961c8-67ca-5280-a57f-cca85057d8ff",
    "findings": [],
    "warnings": [
      {
        "code": "OK",
        "errno": null,
        "matrix": null,
        "apqn": null,
        "holder": null,
        "message": "not in the file and left as they are: 2 matrices (web1, db1). --prune --any-owner removes them",
        "hint": null
      },
      {
        "code": "OK",
        "errno": null,
        "matrix": null,
        "apqn": null,
        "holder": null,
        "message": "not kept over a reboot: b (no definition); which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist b",
        "hint": null
      }
    ],
    "errors": [
      {
        "code": "USAGE",
        "errno": null,
        "matrix": null,
        "apqn": null,
        "holder": null,
        "message": "apply e: \"active\" is false, but there is no definition",
        "hint": "add \"start\": \"auto\" or \"manual\""
      },
      {
        "code": "CONFLICT",
        "errno": "EADDRINUSE",
        "matrix": "05d928c3-0c33-5fcf-974b-1927879065d4",
        "apqn": "05.0004",
        "holder": "62177883-f1bb-47f0-914d-32a22e3a8804",
        "message": "apply a: 05.0004: already assigned to 62177883-f1bb-47f0-914d-32a22e3a8804 (web1)",
        "hint": "apmatrix unassign web1 -d 0x04 --allow-loss frees what is needed; it takes 05.0004 from a running guest"
      },
      {
        "code": "CONFLICT",
        "errno": "EADDRINUSE",
        "matrix": "4be4edf7-8ac5-5441-a1b1-98d16abbdea6",
        "apqn": "06.00ff",
        "holder": "6ce18db6-6541-5b02-9ca4-ca0c4f886642",
        "message": "apply c: 06.00ff: already assigned to 6ce18db6-6541-5b02-9ca4-ca0c4f886642 (b)",
        "hint": "apmatrix unassign b -a 0x06 frees what is needed; it takes 06.00ff from this matrix"
      },
      {
        "code": "CONFLICT",
        "errno": "EADDRNOTAVAIL",
        "matrix": "eeda0fc4-ed57-56fc-8484-3e15eb1887ee",
        "apqn": "0a.00ff",
        "holder": null,
        "message": "apply d: 0a.00ff: kept for the host's drivers",
        "hint": "apmatrix pool reserve -d 0xff gives them to guests"
      },
      {
        "code": "CONFLICT",
        "errno": null,
        "matrix": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b002",
        "apqn": null,
        "holder": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001",
        "message": "apply db1: the name is in use by 7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001",
        "hint": null
      }
    ]
  }
  [8]
  $ apmatrix list
  NAME  UUID                                  STATE    START  ADAPTERS  DOMAINS    CONTROL    ASSIGNED  IN-GUEST  MISSING
  b     6ce18db6-6541-5b02-9ca4-ca0c4f886642  idle     -      0x06      0xff       -                 1         0        0
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle     -      0x06      0xab       0xab              1         0        0
  f     f6c1d56a-5d22-5b90-b5cc-96bf2fad6754  defined  auto   0x06      0x04       -                 1         -        -
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use   auto   0x05      0x04,0x47  0x04,0x47         2         2        0
  $ apmatrix apply many.json --partial 2>/dev/null
  [2]

Queues move from one matrix to another together or not at all: the guest of web1 may lose nothing.

tree small

  $ cat >move.json <<'X'
  > {"api_level": 1, "matrices": [
  >   {"name": "web1", "start": "auto", "adapters": [5], "domains": [4], "control_domains": [4, 71]},
  >   {"name": "x", "adapters": [5], "domains": [71]},
  >   {"name": "db1", "adapters": [6], "domains": [255]},
  >   {"name": "db2", "adapters": [6], "domains": [171]}]}
  > X
  $ apmatrix apply move.json --partial
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + domains                  0xff
    - domains                  0xab
    - control_domains          0xab
    a guest would get 06.00ff
    a guest would no longer get 06.00ab
  db2 (b63e9fde-626a-5871-98d6-3b176d6ae826)
    ~ active                   no -> yes
    + adapters                 0x06
    + domains                  0xab
    + name                     db2
    a guest would get 06.00ab
  apmatrix: note: not kept over a reboot: db1, db2 (no definition). apmatrix persist db1 db2 keeps it
  apmatrix: apply web1: a running guest would lose 1 of its 2 queues: 05.0047 [EBUSY]
  hint: use --allow-loss to proceed
  apmatrix: apply x: skipped: it depends on a change that failed
  [8]
  $ apmatrix list
  NAME  UUID                                  STATE   START  ADAPTERS  DOMAINS    CONTROL    ASSIGNED  IN-GUEST  MISSING
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -      0x06      0xff       -                 1         0        0
  db2   b63e9fde-626a-5871-98d6-3b176d6ae826  idle    -      0x06      0xab       -                 1         0        0
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto   0x05      0x04,0x47  0x04,0x47         2         2        0
  $ apmatrix apply move.json --partial --allow-loss
  web1 (62177883-f1bb-47f0-914d-32a22e3a8804)
    - domains                  0x47
    - defined_domains          0x47
    the guest loses 05.0047
  x (aa2f7ae9-4bc5-5fd8-b4b0-0d5ae2d68873)
    ~ active                   no -> yes
    + adapters                 0x05
    + domains                  0x47
    + name                     x
    a guest would get 05.0047
  apmatrix: note: not kept over a reboot: x (no definition); which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist x
  $ apmatrix apply move.json --partial --exit-code
  no change needed

A matrix that the kernel refuses is undone; the others are kept.

tree small

  $ cat >two.json <<'X'
  > {"api_level": 1, "matrices": [
  >   {"name": "one", "adapters": [6], "domains": [4]},
  >   {"name": "two", "adapters": [6], "domains": [71]},
  >   {"name": "three", "adapters": [6], "domains": [255]}]}
  > X
  $ MODEL_FAIL=ap_config:2:EBUSY apmatrix apply two.json --partial
  one (cda464a0-ddac-5098-8687-a5c5df92ace5)
    ~ active                   no -> yes
    + adapters                 0x06
    + domains                  0x04
    + name                     one
    a guest would get 06.0004
  three (05c5529d-d401-5b19-ab91-b713a998b4e4)
    ~ active                   no -> yes
    + adapters                 0x06
    + domains                  0xff
    + name                     three
    a guest would get 06.00ff
  apmatrix: note: not in the file and left as they are: 2 matrices (web1, db1). --prune --any-owner removes them
  apmatrix: note: not kept over a reboot: three, one (no definition). apmatrix persist three one keeps it
  apmatrix: apply two: writing its matrix: Device or resource busy [EBUSY]
  hint: this kernel cannot change a matrix that a guest uses
  apmatrix: rolled back: what failed is as it was
  [8]
  $ apmatrix list
  NAME   UUID                                  STATE   START  ADAPTERS  DOMAINS    CONTROL    ASSIGNED  IN-GUEST  MISSING
  db1    7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -      0x06      0xab       0xab              1         0        0
  one    cda464a0-ddac-5098-8687-a5c5df92ace5  idle    -      0x06      0x04       -                 1         0        0
  three  05c5529d-d401-5b19-ab91-b713a998b4e4  idle    -      0x06      0xff       -                 1         0        0
  web1   62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto   0x05      0x04,0x47  0x04,0x47         2         2        0
  $ MODEL_FAIL=create:1:interrupt apmatrix apply two.json --partial
  apmatrix: note: not in the file and left as they are: 2 matrices (web1, db1). --prune --any-owner removes them
  apmatrix: apply: interrupted [EINTR]
  apmatrix: rolled back: everything is as it was
  [130]
  $ apmatrix list --no-headings
  db1    7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -     0x06  0xab       0xab       1  0  0
  one    cda464a0-ddac-5098-8687-a5c5df92ace5  idle    -     0x06  0x04       -          1  0  0
  three  05c5529d-d401-5b19-ab91-b713a998b4e4  idle    -     0x06  0xff       -          1  0  0
  web1   62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto  0x05  0x04,0x47  0x04,0x47  2  2  0

The pool is changed first; queues are released after the matrices that have them.

tree small

  $ apmatrix apply - --partial --prune --any-owner <<'X'
  > {"api_level": 1, "pool": {"adapters": [5, 10]}, "matrices": [
  >   {"name": "web1", "start": "auto", "adapters": [5], "domains": [4, 71], "control_domains": "same"},
  >   {"name": "new", "adapters": [10], "domains": [4]}]}
  > X
  host
    + apmask                   0x06
    - apmask                   0x0a
    the host gets back 06.0004, 06.0047, 06.00ab, 06.00ff
    guests can have 0a.0004, 0a.0047, 0a.00ab, 0a.00ff
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    ~ active                   yes -> no
    - name                     db1
    frees 06.00ab
  new (7f49f596-a99e-527f-8abc-85a1d8ae1850)
    ~ active                   no -> yes
    + adapters                 0x0a
    + domains                  0x04
    + name                     new
    a guest would get 0a.0004
  apmatrix: note: not kept over a reboot: new (no definition); which queues guests can have (no udev rule sets the masks). apmatrix persist new keeps it
  $ apmatrix apply - --partial --prune --any-owner <<'X'
  > {"api_level": 1, "pool": {"adapters": [10]}, "matrices": [
  >   {"name": "web1", "start": "auto", "adapters": [5], "domains": [4, 71], "control_domains": "same"},
  >   {"name": "new", "adapters": [10], "domains": [71]}]}
  > X
  new (7f49f596-a99e-527f-8abc-85a1d8ae1850)
    + domains                  0x47
    - domains                  0x04
    a guest would get 0a.0047
    a guest would no longer get 0a.0004
  apmatrix: note: not kept over a reboot: new (no definition). apmatrix persist new keeps it
  apmatrix: apply: 05.0004, 05.0047 cannot return to the host: assigned to web1 [EBUSY]
  hint: apmatrix unassign web1 -a 0x05 --allow-loss frees what is needed; it takes 05.0004, 05.0047 from a running guest
  [8]

If a name is ambiguous, neither matrix counts as missing in the file.

tree small

  $ sed -i s/db1/web1/ host/run/apmatrix/matrices.d/7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001.json
  $ echo '{"api_level": 1, "matrices": [{"name": "web1", "adapters": [5], "domains": [4]}]}' | apmatrix apply - --partial --prune --any-owner --force
  apmatrix: apply: 2 matrices have the name web1
  hint: add "uuid", see apmatrix list
  [4]
  $ apmatrix list --no-headings
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto  0x05  0x04,0x47  0x04,0x47  2  2  0
  web1  7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -     0x06  0xab       0xab       1  0  0

Without vfio_ap, changes that do not need it are made.

tree untouched

  $ mv host/sys/devices/vfio_ap away
  $ echo '{"api_level": 1, "pool": {"adapters": [5], "method": "masks"}, "matrices": [{"name": "a", "adapters": [5], "domains": [4]}, {"name": "b", "active": false, "start": "manual"}]}' | apmatrix apply - --partial
  host
    - apmask                   0x05
    guests can have 05.0004, 05.0047
  b (6ce18db6-6541-5b02-9ca4-ca0c4f886642)
    + start                    manual
    + name                     b
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks). apmatrix persist keeps it
  apmatrix: apply: no /sys/devices/vfio_ap/matrix
  hint: the vfio_ap module is not loaded: modprobe vfio_ap, or see apmatrix doctor
  apmatrix: apply a: skipped: it depends on a change that failed
  [8]

If nothing was available, the first error gives the cause.

tree small

  $ echo '{"api_level": 1, "matrices": [{"name": "a", "adapters": [5], "domains": [4]}]}' | apmatrix apply - --partial
  apmatrix: note: not in the file and left as they are: 2 matrices (web1, db1). --prune --any-owner removes them
  apmatrix: apply a: 05.0004: already assigned to 62177883-f1bb-47f0-914d-32a22e3a8804 (web1) [EADDRINUSE]
  hint: apmatrix unassign web1 -d 0x04 --allow-loss frees what is needed; it takes 05.0004 from a running guest
  [4]
  $ echo '{"api_level": 1, "matrices": [{"name": "a"}]}' | apmatrix apply - --partial --expect 0b3f3c2e-5b0c-5c38-8d5e-3f6c2f5d9f10
  apmatrix: note: not in the file and left as they are: 2 matrices (web1, db1). --prune --any-owner removes them
  apmatrix: apply: the host or the file has changed since the plan was made
  hint: apmatrix plan shows the present plan
  [11]

An interrupted change is undone, and nothing is on the disk.

tree small

  $ echo '{"api_level": 1, "matrices": [{"name": "one", "adapters": [6], "domains": [4], "start": "auto"}, {"name": "two", "adapters": [6], "domains": [71]}]}' >plan.json
  $ apmatrix list >before
  $ MODEL_FAIL=create:2:interrupt apmatrix apply plan.json
  apmatrix: note: not in the file and left as they are: 2 matrices (web1, db1). --prune --any-owner removes them
  apmatrix: apply: interrupted [EINTR]
  apmatrix: rolled back: everything is as it was
  [130]
  $ apmatrix list | diff before -; ls -A host/etc/mdevctl.d/matrix host/etc/apmatrix/matrices.d; ls host/run/lock
  host/etc/apmatrix/matrices.d:
  62177883-f1bb-47f0-914d-32a22e3a8804.json
  
  host/etc/mdevctl.d/matrix:
  62177883-f1bb-47f0-914d-32a22e3a8804
  $ MODEL_FAIL=ap_config:1:interrupt apmatrix apply plan.json
  apmatrix: note: not in the file and left as they are: 2 matrices (web1, db1). --prune --any-owner removes them
  apmatrix: apply: interrupted [EINTR]
  apmatrix: rolled back: everything is as it was
  [130]
  $ apmatrix list | diff before -; ls -A host/etc/mdevctl.d/matrix
  62177883-f1bb-47f0-914d-32a22e3a8804

If SIGINT is ignored, as with nohup or in a background job of a shell, the change continues.

tree small

  $ trap '' INT; MODEL_FAIL=create:2:interrupt apmatrix apply plan.json >/dev/null
  apmatrix: note: not in the file and left as they are: 2 matrices (web1, db1). --prune --any-owner removes them
  apmatrix: note: not kept over a reboot: two (no definition); which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist two
  $ apmatrix list | diff before - | grep -c '^>'
  2
