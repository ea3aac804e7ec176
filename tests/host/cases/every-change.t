Each command that changes can be looked at before, can be quiet, and can tell each write.

tree small

  $ cat >changes <<'END'
  > create x1 -a 6 -d 0xff
  > create x2 --queues 1 --mode ep11 --persist
  > assign web1 -d 0xab
  > assign db1 --queues 1 --reserve
  > unassign web1 -d 0xab --allow-loss
  > set web1 -d +0xab
  > stop x2
  > start x2
  > define db1
  > autostart db1 on
  > rename db1 db2
  > undo
  > undefine db1
  > persist db1
  > undefine db1
  > pool reserve -a 0xa -d 0x47 --persist --allow-extra
  > pool release -d 0x47 --persist
  > assign x1 -c 4 --confirm 600
  > confirm
  > remove x1
  > import --from active --manual
  > apply plan.json
  > remove x2 --keep-definition
  > restore x2
  > batch lines
  > END
  > echo '{"api_level": 1, "matrices": [{"name": "x3", "adapters": [5], "domains": [255]}]}' >plan.json
  > echo 'set web1 -c none' >lines
  > printf '#!/bin/sh\nfind host/sys host/etc host/run -type f ! -name uevent | sort | xargs cksum\n' >bin/state; chmod +x bin/state

Looking ahead is not refused, changes nothing, and says that it is a preview. Quiet, the change
itself prints nothing.

  $ while read -r line; do
  >   state >before
  >   apmatrix $line --dry-run </dev/null >said 2>errors || { echo "$line: $?"; cat errors; }
  >   test "$(head -n 1 said)" = "preview: nothing is changed" || { echo "$line:"; cat said errors; }
  >   state >after; cmp -s before after || echo "$line: the preview changed something"
  >   apmatrix $line -q </dev/null >said 2>&1 || echo "$line: $?"
  >   cat said
  >   state >after; cmp -s before after && echo "$line: nothing is changed"
  > done <changes; apmatrix list --no-headings | sed 's/  *[-0-9a-f]\{36\}//' | sort
  db1  idle    manual  0x06  0x47,0xab       0xab  2  0  0
  web1  in-use  auto    0x05  0x04,0x47,0xab  -     3  3  0
  x2  idle    auto    0x06  0x04            -     1  0  0
  x3  idle    -       0x05  0xff            -     1  0  0

Verbose, each write is told.

tree small

  $ while read -r line; do
  >   apmatrix -v $line </dev/null >said 2>&1
  >   grep -q -e '^apmatrix: write ' -e '^apmatrix: delete ' said || { echo "$line:"; cat said; }
  > done <changes

These are all that change, but for refresh, which changes nothing where the kernel filters by
itself.

  $ apmatrix help commands | sed -n '/^Change/,/^Plan/s/^  \([a-z]*\) .*/\1/p' | sort >known
  > cut -d ' ' -f 1 changes | sort -u | comm -13 - known
  refresh
