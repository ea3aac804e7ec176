Differences between what is active, what is defined, and the plan of the host.

tree small

  $ apmatrix list --exit-code
  NAME  UUID                                  STATE   START  ADAPTERS  DOMAINS    CONTROL    ASSIGNED  IN-GUEST  MISSING
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -      0x06      0xab       0xab              1         0        0
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto   0x05      0x04,0x47  0x04,0x47         2         2        0
  $ apmatrix check --exit-code
  note not-defined: not kept over a reboot: db1 (no definition)
  note masks-not-kept: not kept over a reboot: which queues guests can have (no udev rule sets the masks)
  note no-starter: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed)
    install the package apmatrix (or run make install), then run apmatrix persist db1

Active and defined.

  $ apmatrix assign web1 -d 0xff --runtime-only -q; apmatrix list --exit-code
  NAME  UUID                                  STATE   START  ADAPTERS  DOMAINS         CONTROL    ASSIGNED  IN-GUEST  MISSING  DRIFT
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -      0x06      0xab            0xab              1         0        0  -
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto   0x05      0x04,0x47,0xff  0x04,0x47         3         3        0  definition
  [9]
  $ apmatrix check --exit-code
  note drift: web1: the active matrix differs from its definition, with which it starts next
    apmatrix show web1 shows both
  note not-defined: not kept over a reboot: db1 (no definition)
  note masks-not-kept: not kept over a reboot: which queues guests can have (no udev rule sets the masks)
  note no-starter: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed)
    install the package apmatrix (or run make install), then run apmatrix persist db1
  [9]
  $ apmatrix status | grep drift; apmatrix status db1 | grep drift
  drift      web1 differs from its definition: apmatrix show web1
  [1]
  $ apmatrix check --json | grep -A1 '"finding"'
        "finding": "drift",
        "serious": false,
  --
        "finding": "not-defined",
        "serious": false,
  --
        "finding": "masks-not-kept",
        "serious": false,
  --
        "finding": "no-starter",
        "serious": false,
  $ apmatrix show web1 --field drift --exit-code; apmatrix show db1 --field drift --exit-code
  yes
  no
  $ apmatrix list --format csv | sed "s/,.*,/ /"
  name drift
  web1 definition
  db1 
  $ apmatrix list --json | grep '"[a-z_]*drift"'
        "drift": true,
        "plan_drift": null,
        "drift": false,
        "plan_drift": null,

The plan and the machine.

  $ apmatrix unassign web1 -d 0xff --runtime-only --allow-loss -q
  > apmatrix export >host/etc/apmatrix/plan.json; apmatrix list --exit-code -q >lists; apmatrix check --exit-code
  note not-defined: not kept over a reboot: db1 (no definition)
  note no-starter: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed)
    install the package apmatrix (or run make install), then run apmatrix persist db1
  $ apmatrix assign web1 -d 0xab -q; apmatrix assign db1 -d 0xff --runtime-only -q; apmatrix list --exit-code
  NAME  UUID                                  STATE   START  ADAPTERS  DOMAINS         CONTROL    ASSIGNED  IN-GUEST  MISSING  DRIFT
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -      0x06      0xab,0xff       0xab              2         0        0  plan
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto   0x05      0x04,0x47,0xab  0x04,0x47         3         3        0  plan
  [9]
  $ apmatrix check --exit-code
  note not-defined: not kept over a reboot: db1 (no definition)
  note no-starter: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed)
    install the package apmatrix (or run make install), then run apmatrix persist db1
  note plan-differs: the definition of web1 differs from the host's plan
  note plan-differs: db1 differs from the host's plan
    apmatrix plan shows the differences
  [9]
  $ apmatrix status | grep drift; apmatrix status --json | grep '"plan_drift"'
  drift      db1 differs from the host's plan: apmatrix plan
  drift      web1 differs from the host's plan: apmatrix plan
        "plan_drift": true,
        "plan_drift": true,
  $ apmatrix show db1 | grep plan; apmatrix list --json | grep '"[a-z_]*drift"'
    plan             differs from the host's plan
        "drift": false,
        "plan_drift": true,
        "drift": false,
        "plan_drift": true,
  $ apmatrix list --format jsonl | sed 's/.*"drift"/"drift"/'
  "drift": "plan"}
  "drift": "plan"}

What only the plan has.

  $ apmatrix remove db1 -q; apmatrix list --exit-code
  NAME  UUID                                  STATE   START  ADAPTERS  DOMAINS         CONTROL    ASSIGNED  IN-GUEST  MISSING  DRIFT
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto   0x05      0x04,0x47,0xab  0x04,0x47         3         3        0  plan
  apmatrix: note: only in the host's plan: db1; see apmatrix plan
  [9]
  $ apmatrix check db1
  note plan-differs: db1 is only in the host's plan
    apmatrix plan shows the differences
  $ echo '{' >host/etc/apmatrix/plan.json; apmatrix list -q >lists; apmatrix show web1 | grep plan; apmatrix list -q | head -n 1
  apmatrix: note: /etc/apmatrix/plan.json: line 2, column 0: string or '}' expected near end of file: whether the host differs from it is unknown
  NAME  UUID                                  STATE   START  ADAPTERS  DOMAINS         CONTROL    ASSIGNED  IN-GUEST  MISSING

The pool.

  $ echo '{"api_level": 1, "pool": {"adapters": [10]}}' >host/etc/apmatrix/plan.json; apmatrix check --exit-code
  note no-starter: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed)
    install the package apmatrix (or run make install), then run systemctl enable apmatrix-restore.service
  note plan-differs: the pool differs from the host's plan
    apmatrix plan shows the differences
  [9]

Counts for scripts, and an exit status by condition.

tree broken

  $ apmatrix show web1 --field missing-count; apmatrix show web1 --field assigned-count; apmatrix show web1 --field guest-count
  17
  20
  3
  $ apmatrix show web1 --field missing-count --exit-code
  17
  [9]
  $ apmatrix show --exit-code -q >shows
  [9]
  $ apmatrix list --exit-code -q >lists
  [9]

tree small

  $ apmatrix show db1 --field missing-count --exit-code
  0

Several configurations in one plan file.

  $ cat >plan.json <<'END'
  > {"api_level": 1, "default": "day", "configurations": {
  >   "day": {"matrices": [{"name": "db1", "adapters": [6], "domains": ["0xab"]}]},
  >   "night": {"matrices": [{"name": "db1", "adapters": [6], "domains": ["0xab", 4]}]}}}
  > END
  > apmatrix plan plan.json --exit-code
  preview: nothing is changed
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    - control_domains          0xab
  plan ecd0aca2-044f-5897-b882-f4b20a036f1d
  apmatrix: note: not in the file and left as they are: 1 matrix (web1). --prune --any-owner removes them
  [9]
  $ apmatrix plan plan.json --select night --exit-code
  preview: nothing is changed
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + domains                  0x04
    - control_domains          0xab
    a guest would get 06.0004
  plan 790cd931-65df-5ea3-923d-46a330844ef8
  apmatrix: note: not in the file and left as they are: 1 matrix (web1). --prune --any-owner removes them
  [9]
  $ apmatrix apply plan.json --select night; apmatrix apply plan.json
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + domains                  0x04
    - control_domains          0xab
    a guest would get 06.0004
  apmatrix: note: not in the file and left as they are: 1 matrix (web1). --prune --any-owner removes them
  apmatrix: note: not kept over a reboot: db1 (no definition). apmatrix persist db1 keeps it
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    - domains                  0x04
    a guest would no longer get 06.0004
  apmatrix: note: not in the file and left as they are: 1 matrix (web1). --prune --any-owner removes them
  apmatrix: note: not kept over a reboot: db1 (no definition). apmatrix persist db1 keeps it
  $ apmatrix apply plan.json --select noon
  apmatrix: apply: plan.json: line 1, column 1: no configuration "noon"
  hint: day, night
  [2]
  $ sed -i 's/"default": "day", //' plan.json; apmatrix apply plan.json
  apmatrix: apply: plan.json: line 1, column 1: several configurations and no "default": select one
  hint: day, night
  [2]
  $ echo '{"api_level": 1, "matrices": [], "configurations": {"a": {}}}' | apmatrix apply - --select a
  apmatrix: apply: standard input: line 1, column 1: "configurations" excludes "pool" and "matrices" beside it
  [2]
  $ echo '{"api_level": 1, "matrices": []}' | apmatrix apply - --select a
  apmatrix: apply: standard input: line 1, column 1: no configuration "a": the file has no "configurations"
  [2]
  $ echo '{"api_level": 1, "configurations": {"a": {"matrices": [{"label": "x"}]}, "b": {}}}' | apmatrix apply - --select b
  apmatrix: apply: standard input: line 1, column 57: configurations.a.matrices[0].label: unknown key
  hint: known keys: name, uuid, owner, comment, active, start, adapters, domains, control_domains
  [2]

The plan of the host: its default counts.

  $ sed 's/{"api_level": 1,/& "default": "night",/' plan.json >host/etc/apmatrix/plan.json; apmatrix list --exit-code
  NAME  UUID                                  STATE   START  ADAPTERS  DOMAINS    CONTROL    ASSIGNED  IN-GUEST  MISSING  DRIFT
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -      0x06      0xab       -                 1         0        0  plan
  web1  62177883-f1bb-47f0-914d-32a22e3a8804  in-use  auto   0x05      0x04,0x47  0x04,0x47         2         2        0  -
  [9]
