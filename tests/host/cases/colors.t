Colors that colour-blind people can tell apart, and none where they are not wanted.

tree broken

  $ apmatrix grid --color always >grid; apmatrix show web1 --color always >show; apmatrix list --color always >list
  > cat >colors.py <<'END'
  > # the distance of each two colors, as people without one kind of cones see them
  > import itertools, re
  > RGB = {"33": (205, 205, 0), "96": (0, 255, 255), "1;35": (255, 0, 255),
  >        "31": (205, 0, 0), "32": (0, 205, 0)}
  > CONES = {"all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
  >          "no red": ((.152, 1.053, -.205), (.115, .786, .099), (-.004, -.048, 1.052)),
  >          "no green": ((.367, .861, -.228), (.280, .673, .047), (-.012, .043, .969)),
  >          "no blue": ((1.256, -.077, -.179), (-.078, .931, .148), (.005, .691, .304))}
  > def lab(rgb, cones):
  >     linear = [(c / 255 / 12.92) if c < 11 else ((c / 255 + .055) / 1.055) ** 2.4 for c in rgb]
  >     r, g, b = (min(1, max(0, sum(x * y for x, y in zip(row, linear)))) for row in cones)
  >     x, y, z = (.4124 * r + .3576 * g + .1805 * b) / .9505, .2126 * r + .7152 * g + .0722 * b, \
  >         (.0193 * r + .1192 * g + .9505 * b) / 1.0888
  >     x, y, z = (t ** (1 / 3) if t > .008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
  >     return 116 * y - 16, 500 * (x - y), 200 * (y - z)
  > def least(colors):
  >     return min(sum((a - b) ** 2 for a, b in zip(lab(RGB[one], cones), lab(RGB[other], cones))) ** .5
  >                for one, other in itertools.combinations(colors, 2) for cones in CONES.values())
  > used = {found for name in ("grid", "show", "list") for found in
  >         re.findall(r"\033\[([0-9;]+)m", open(name).read())} - {"0", "1", "2"}
  > print(sorted(used), least(used | {"33"}) > 30, least(["31", "32", "33"]) > 30)
  > END
  > python3 colors.py
  ['1;35', '33', '96'] True False

Not without a terminal, and not with NO_COLOR or a simple one.

  $ apmatrix grid | grep -c "$(printf '\033')"
  0
  [1]
  $ cat >spawn.py <<'END'
  > # spawn.py NAME=VALUE COLUMNS WORD...: on a terminal of that width
  > import fcntl, os, pty, struct, sys, termios
  > name, _, value = sys.argv[1].partition("=")
  > pid, terminal = pty.fork()
  > if not pid:
  >     os.environ[name] = value
  >     fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(sys.argv[2]), 0, 0))
  >     os.execvp("apmatrix", ["apmatrix", *sys.argv[3:]])
  > said = b""
  > try:
  >     while part := os.read(terminal, 65536):
  >         said += part
  > except OSError:
  >     pass
  > os.waitpid(pid, 0)
  > sys.stdout.write(said.decode().replace("\r", ""))
  > END
  > for try in TERM=xterm NO_COLOR=1 TERM=dumb; do python3 spawn.py $try 80 grid | grep -c "$(printf '\033')"; done
  13
  0
  0
  [1]

Texts are broken at words: the help, and messages on a terminal.

  $ apmatrix help commands | sed -n 's/^  \([a-z]*\) .*/\1/p' | while read -r name; do apmatrix $name --help; done >helps
  > awk '!/^  [a-z$]/ && !/^Help:/ && length > 79' helps
  $ python3 spawn.py A=b 60 queues --help | awk '!/^  / && length > 59'
  $ python3 spawn.py A=b 50 assign web1 -a 0x0a
  apmatrix: assign web1: 0a.00ab, 0a.00ac, 0a.00ad,
  0a.00f0: kept for the host's drivers; this host
  does not have domain 0xf0 [EADDRNOTAVAIL]
  hint: apmatrix pool reserve -d 0xab-0xad,0xf0
  gives them to guests; --reserve does that in the
  same change
  $ python3 spawn.py A=b 50 remove web1
  apmatrix: remove web1: in use by a guest [EBUSY]
  hint: detach it from the guest first, or use
  --force to wait until the guest releases it

Nothing runs into the margin of a terminal of 80 columns: columns are left out, texts are broken.

tree broken

  $ python3 spawn.py A=b 80 list
  [1mNAME  STATE   START  ADAPTERS   DOMAINS         ASSIGNED  IN-GUEST  MISSING[0m
  [33mweb1  in-use  -      0x05-0x09  0xab-0xad,0xf0        20         3       17[0m
  $ for command in list show explain status check doctor grid host "pool show"; do python3 spawn.py A=b 80 $command | sed 's/\x1b\[[0-9;]*m//g' | awk -v c="$command" 'length > 80 { print c ": " $0 }'; done
  $ for command in show status check; do python3 spawn.py A=b 60 $command | sed 's/\x1b\[[0-9;]*m//g' | awk -v c="$command" 'length > 60 { print c ": " $0 }'; done

tree small

All that is printed is ASCII, on any terminal: nothing is drawn with other characters.

  $ for command in "" list show explain queues grid host check doctor "pool show" "--help" "help commands" "help options" metrics export; do
  >   apmatrix $command --color always 2>&1
  > done >all; cat all helps | tr -d '\033\n\t' | LC_ALL=C grep -c '[^ -~]'
  0
  [1]
