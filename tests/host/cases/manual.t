Help, manual pages and completion say the same.

tree small

The pages have the commands, operands, options, formats, findings and exit statuses of the
tables, and no others. manual.py prints the differences.

  $ "$TREE/tests/host/manual.py" "$TREE/man" apmatrix
  36 commands, 12 exit statuses, 12 reasons

The check finds a page that lacks an option, names an unknown option, or has a wrong status.

  $ cp -r "$TREE/man" "$TREE/docs" .; mkdir cli; cp "$TREE"/cli/*.json cli
  > sed -i 's/wait MATRIX/wait NAME/' man/apmatrix-explain.8
  > sed -i 's/is 2 where/is 3 where/' man/apmatrix-monitor.8
  > sed -i 's/^.B unbound/.B unbind/' man/vfio_ap.4
  > sed -i 's/"reset-failed", //; s/"PARTIAL", //' cli/apmatrix.schema.json
  > sed -i '/allow..loss.fR$/d' man/apmatrix-assign.8
  > sed -i 's/^.fB4 CONFLICT/&S/' man/apmatrix-set.8
  > sed -i 's/guest..has.fR/guest\\-got\\fR/' man/apmatrix-wait.8
  > sed -i 's/success or no change/done or no change/' docs/errors.md
  > rm man/apmatrix-grid.8; cp man/apmatrix-host.8 man/apmatrix-hosts.8
  > "$TREE/tests/host/manual.py" man apmatrix
  apmatrix-grid.8: no page
  apmatrix-monitor.8: --poll has the default 2
  apmatrix-wait.8: no option --guest-has QUEUES
  apmatrix-wait.8: option --guest-got QUEUES is not in the tables
  apmatrix-assign.8: no option --allow-loss
  apmatrix-assign.8: option Proceed although a running guest loses queues. is not in the tables
  apmatrix-set.8: exit status 4 CONFLICTS is not in the tables
  man/: no page grid
  man/: page hosts is not in the tables
  docs/errors.md: no exit status ('0 OK', 'success or no change needed')
  docs/errors.md: exit status ('0 OK', 'done or no change needed') is not in the tables
  apmatrix-explain.8: no reason ('mdev-removing', 'the mdev is being removed.', 'apmatrix wait MATRIX --gone')
  apmatrix-explain.8: no reason ('reset-failed', 'a reset of the queue failed; it is tried again.', 'apmatrix wait MATRIX --guest-has APQN')
  apmatrix-explain.8: no reason ('reset-pending', 'the queue is being reset, or is about to be.', 'apmatrix wait MATRIX --guest-has APQN')
  apmatrix-explain.8: reason ('mdev-removing', 'the mdev is being removed.', 'apmatrix wait NAME --gone') is not in the tables
  apmatrix-explain.8: reason ('reset-failed', 'a reset of the queue failed; it is tried again.', 'apmatrix wait NAME --guest-has APQN') is not in the tables
  apmatrix-explain.8: reason ('reset-pending', 'the queue is being reset, or is about to be.', 'apmatrix wait NAME --guest-has APQN') is not in the tables
  vfio_ap.4: no reason unbound
  vfio_ap.4: reason unbind is not in the tables
  apmatrix.schema.json: no reason reset-failed
  apmatrix.schema.json: no code PARTIAL
  36 commands, 12 exit statuses, 12 reasons

apmatrix-json(5) has each key of the schemas.

  $ python3 - <<'X'
  > import json, os, re
  > tree = os.environ["TREE"]
  > def keys(node):
  >     if isinstance(node, dict):
  >         yield from node.get("properties", {})
  >     for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
  >         yield from keys(part)
  > known = {key for name in ("apmatrix", "apmatrix-event") for key in
  >          keys(json.load(open(f"{tree}/cli/{name}.schema.json")))}
  > lines = re.findall(r"^\.(B|BR|RB) (.*)", open(f"{tree}/man/apmatrix-json.5").read(), re.M)
  > bold = {word for macro, text in lines for word in re.findall(r"[a-z_]{2,}", text)}
  > print(len(known) > 50, known - bold)
  > X
  True set()

Help shows each command's own options; those that all have are shown once.

  $ apmatrix help commands | sed -n 's/^  \([a-z]*\) .*/\1/p' >commands
  > apmatrix help options | sed -n '/^Common/,/^$/s/^  \(-.,\)\{0,1\} *\(--[a-z-]*\).*/\2/p' >common
  > wc -l <common
  > for name in $(cat commands); do
  >   apmatrix $name --help | sed -n 's/^  \(-.,\)\{0,1\} *\(--[a-z-]*\).*/\2/p' | sort - common >$name.options
  >   ! apmatrix $name --help | grep -e --lock-timeout
  > done
  13

The help without a command fits on one screen and names each command once.

  $ apmatrix --help >short; test $(wc -l <short) -ge 24 && test $(wc -l <short) -le 50 && awk 'length > 79' short
  $ sed -n '/^Show:/,/^MATRIX/p' short | sed 's/^\(  [a-z]*, [a-z]*\|  [a-z]*\)  .*/\1/; s/^Other://; /:$/d; /^MATRIX/d' | tr -s ', ' '\n' | grep . | sort >named
  > sort commands | diff named -

What help lists, bash completes: commands, and each command's options.

  $ apmatrix completion bash >complete
  > cat >try <<'END'
  > . ./complete
  > COMP_WORDS=(apmatrix "$@") COMP_CWORD=$#
  > _apmatrix; printf '%s\n' "${COMPREPLY[@]}"
  > END
  > sort commands >sorted; bash try "" | sort | diff - sorted
  $ for name in $(cat commands); do
  >   bash try $name -- | sort | diff - $name.options || echo $name
  > done
  $ bash try show w
  web1
  $ bash try show web1 --field o
  owner
  $ bash try grid --format s
  svg
  $ bash try wait web1 --guest-has 05
  05.0004
  05.0047
  05.00ab
  05.00ff
  $ bash try assign web1 -a '' | xargs; bash try assign web1 -d 0x4,0xa | xargs
  0x05 0x06 0x0a all
  0x4,0xab
  $ bash try show web1 --field = m; bash try show --field =  | wc -l
  matrix
  missing
  missing-count
  18
  $ bash try queues --columns '' | xargs; bash try queues --columns apqn,m; bash try queues --sort m | xargs
  apqn type mode driver status matrix reason requests pending functions mkvp
  apqn,mode
  apqn,matrix
  apqn,mkvp
  mode matrix mkvp
  $ apmatrix queues --columns "$(bash try queues --columns '' | paste -sd ,)" --no-headings --of host | wc -l
  4
  $ bash try queues --of '' | grep -v -- -; bash try queues --of h; bash try autostart web1 o
  db1
  web1
  host
  host
  on
  off
  $ bash try wait web1 --guest-equals n; bash try wait web1 --guest-has 05.0004,05.004; bash try assign web1 -a al
  none
  05.0004,05.0047
  all
  $ bash try help dom; bash try help op; bash try help ref
  
  options
  refresh
  $ touch "two words.json"; bash try apply two; bash try metrics two
  two words.json
  two words.json
  $ bash try --root . sho
  show

zsh has each of them, too.

  $ apmatrix completion zsh >complete.zsh
  > for name in $(cat commands); do
  >   sed -n "/^_apmatrix_$name()/,/^}/p" complete.zsh | grep -o -e '--[a-z-]*\[' -e '--[a-z-]*}' | tr -d '[}' | sort -u >known
  >   diff $name.options known || echo $name
  > done
  $ grep -o -e "--columns.*COLUMNS:.*'" -e ":MATRIX:.*host'" -e ':QUEUES:.*none' -e ":MATRIX.*on off.*'" -e ':IDS:.*all' complete.zsh | sed 's/.*\]//' | sort -u
  : _apmatrix_names on off all'
  :COLUMNS: _values -s , word apqn type mode driver status matrix reason requests pending functions mkvp'
  :IDS: _apmatrix_ids 1 all
  :IDS: _apmatrix_ids 2 all
  :MATRIX: _apmatrix_names host'
  :QUEUES: _apmatrix_queues none
  $ apmatrix completion fish
  apmatrix: completion: unsupported shell "fish"
  hint: supported shells: bash, zsh
  [2]

tree small

  $ apmatrix help --format man
  apmatrix: --format: unknown value "man"
  hint: possible values: table|json|jsonl|pairs|csv|mask|svg
  [2]
  $ apmatrix help nothing
  apmatrix: help: unknown command "nothing"
  hint: apmatrix help lists the commands
  [2]
