Help, manual pages and completion say the same: they come from the same tables.

tree small

Each command has its page, as it prints it (make man writes them anew), and
apmatrix(8) names it; there is no page of a command that is not there.

  $ apmatrix --help | sed -n '/^[A-Z][a-z]*:$/,/^$/s/^  \([a-z]*\) .*/\1/p' >commands
  > for name in $(cat commands); do
  >   apmatrix help $name --format man | diff "$TREE/man/apmatrix-$name.8" - || echo "make man: $name"
  >   grep -q "^\.BR* .*\b$name\b" "$TREE/man/apmatrix.8" || echo "apmatrix.8 does not name $name"
  > done
  $ for page in "$TREE"/man/apmatrix-*.8; do
  >   name=${page##*/apmatrix-}; grep -qx "${name%.8}" commands || echo "$page: no such command"
  > done

apmatrix(8) has each exit status.

  $ apmatrix --help | sed -n '/^Exit status/,/^$/s/^  *\([0-9]*\)  *\([A-Z_]*\)  *\(.*\)/\1	\2	\3/p' >statuses
  > wc -l <statuses; sed -n '/^\.SH EXIT STATUS/,/^\.TE/{s/\\-/-/g;/^[0-9]/p}' "$TREE/man/apmatrix.8" | diff statuses -
  12

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

What --help lists, bash completes: commands, and each command's options.

  $ apmatrix completion bash >complete
  > cat >try <<'END'
  > . ./complete
  > COMP_WORDS=(apmatrix "$@") COMP_CWORD=$#
  > _apmatrix; printf '%s\n' "${COMPREPLY[@]}"
  > END
  > sort commands >sorted; bash try "" | sort | diff - sorted
  $ for name in $(cat commands); do
  >   apmatrix $name --help | sed -n 's/^  \(-.,\)\{0,1\} *\(--[a-z-]*\).*/\2/p' | sort >listed
  >   bash try $name -- | sort | diff - listed || echo $name
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
  $ bash try assign web1 -a ''
  
  $ bash try --root . sho
  show

zsh has each of them, too.

  $ apmatrix completion zsh >complete.zsh
  > for name in $(cat commands); do
  >   sed -n "/^_apmatrix_$name()/,/^}/p" complete.zsh | grep -o -e '--[a-z-]*\[' -e '--[a-z-]*}' | tr -d '[}' | sort -u >known
  >   apmatrix $name --help | sed -n 's/^  \(-.,\)\{0,1\} *\(--[a-z-]*\).*/\2/p' | sort | diff - known || echo $name
  > done
  $ apmatrix completion fish
  apmatrix: completion: "fish" is not known
  hint: known are bash and zsh
  [2]

tree small

  $ apmatrix help --format man
  apmatrix: help: there is a page for each command, and none is named
  [2]
  $ apmatrix help nothing --format man
  apmatrix: help: there is no command "nothing"
  hint: apmatrix help lists all
  [2]
