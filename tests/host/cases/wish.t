Queues by wish: a number of them, of a mode or generation, over cards or domains.

tree small

  $ apmatrix queues --free --no-headings | cut -d ' ' -f 1 | xargs
  05.00ab 05.00ff 06.0004 06.0047 06.00ff
  $ apmatrix create w1 -u 0ae0e9ca-d27d-4327-8e70-78bee6d12c60 --queues 2 --spread cards
  w1 (0ae0e9ca-d27d-4327-8e70-78bee6d12c60)
    ~ active                   no -> yes
    + adapters                 0x05-0x06
    + domains                  0xff
    + name                     w1
    a guest would get 05.00ff, 06.00ff
  apmatrix: note: w1: its queues differ in mode (0x05 cca, 0x06 ep11)
  apmatrix: note: not kept over a reboot: w1 (no definition). apmatrix persist w1 keeps it
  $ apmatrix remove w1 -q; apmatrix create w1 -u 0ae0e9ca-d27d-4327-8e70-78bee6d12c60 --queues 2 --spread domains --mode ep11 --with-control
  w1 (0ae0e9ca-d27d-4327-8e70-78bee6d12c60)
    ~ active                   no -> yes
    + adapters                 0x06
    + domains                  0x04,0x47
    + control_domains          0x04,0x47
    + name                     w1
    a guest would get 06.0004, 06.0047
  apmatrix: note: not kept over a reboot: w1 (no definition). apmatrix persist w1 keeps it
  $ apmatrix create w2 -u 0ae0e9ca-d27d-4327-8e70-78bee6d12c61 --queues 1 --mode cca --generation CEX8 --dry-run
  preview: nothing is changed
  w2 (0ae0e9ca-d27d-4327-8e70-78bee6d12c61)
    ~ active                   no -> yes
    + adapters                 0x05
    + domains                  0xab
    + name                     w2
    a guest would get 05.00ab

What one has is free for nobody, also if it is only defined.

  $ apmatrix create w2 --queues 2 --mode ep11
  apmatrix: create: there is no matrix of 2 queues; 1 queue is available
  hint: apmatrix queues --free lists them; with --reserve queues of the host are chosen too
  [3]
  $ apmatrix create w2 --queues 1 --generation cex7
  apmatrix: create: there is no matrix of 1 queue; 0 queues are available
  hint: apmatrix queues --free lists them; with --reserve queues of the host are chosen too
  [3]

From the host, if it has to be, with what goes along; and at the next boot as well.

tree small

  $ apmatrix create w3 --queues 1 --mode accelerator
  apmatrix: create: there is no matrix of 1 queue; 0 queues are available
  hint: apmatrix queues --free lists them; with --reserve queues of the host are chosen too
  [3]
  $ apmatrix create w3 -u 0ae0e9ca-d27d-4327-8e70-78bee6d12c62 --queues 1 --mode accelerator --reserve --auto
  host
    - aqmask                   0x04
    + udev_rule                /etc/udev/rules.d/41-ap.rules
    guests can have 0a.0004
  w3 (0ae0e9ca-d27d-4327-8e70-78bee6d12c62)
    ~ active                   no -> yes
    + adapters                 0x0a
    + domains                  0x04
    + start                    auto
    + defined_adapters         0x0a
    + defined_domains          0x04
    + name                     w3
    a guest would get 0a.0004
  apmatrix: note: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run systemctl enable apmatrix-restore.service
  $ apmatrix queues --of w3 --no-headings; apmatrix check; grep -c apmask host/etc/udev/rules.d/41-ap.rules
  0a.0004  CEX8A  accelerator  vfio_ap  assigned  w3  -
  note not-defined: not kept over a reboot: db1 (no definition)
  note no-starter: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed)
    install the package apmatrix (or run make install), then run apmatrix persist db1
  1

Single queues, where the kernel can.

tree untouched

  $ apmatrix create w4 -u 0ae0e9ca-d27d-4327-8e70-78bee6d12c63 --queues 2 --reserve
  host
    - aqmask                   0x04
    guests can have 05.0004, 06.0004
  w4 (0ae0e9ca-d27d-4327-8e70-78bee6d12c63)
    ~ active                   no -> yes
    + adapters                 0x05-0x06
    + domains                  0x04
    + name                     w4
    a guest would get 05.0004, 06.0004
  apmatrix: note: not kept over a reboot: w4 (no definition); which queues guests can have (no udev rule sets the masks). apmatrix persist w4 keeps it
  $ apmatrix create w5 -u 0ae0e9ca-d27d-4327-8e70-78bee6d12c64 --queues 3 --reserve
  apmatrix: create: there is no matrix of 3 queues; 2 queues are available
  hint: apmatrix queues lists all
  [3]
  $ apmatrix create w5 -u 0ae0e9ca-d27d-4327-8e70-78bee6d12c64 --queues 2 --reserve --dry-run --json | grep '"field"'
      {"matrix": null, "apqn": null, "field": "apmask", "add": [], "remove": [5, 6], "from": null, "to": null},
      {"matrix": "0ae0e9ca-d27d-4327-8e70-78bee6d12c64", "apqn": null, "field": "active", "add": [], "remove": [], "from": "no", "to": "yes"},
      {"matrix": "0ae0e9ca-d27d-4327-8e70-78bee6d12c64", "apqn": null, "field": "adapters", "add": [5, 6], "remove": [], "from": null, "to": null},
      {"matrix": "0ae0e9ca-d27d-4327-8e70-78bee6d12c64", "apqn": null, "field": "domains", "add": [71], "remove": [], "from": null, "to": null},
      {"matrix": "0ae0e9ca-d27d-4327-8e70-78bee6d12c64", "apqn": null, "field": "name", "add": [], "remove": [], "from": null, "to": "w5"},
      {"matrix": "0ae0e9ca-d27d-4327-8e70-78bee6d12c64", "apqn": null, "field": "guest_adapters", "add": [5, 6], "remove": [], "from": null, "to": null},
      {"matrix": "0ae0e9ca-d27d-4327-8e70-78bee6d12c64", "apqn": null, "field": "guest_domains", "add": [71], "remove": [], "from": null, "to": null}

What makes no sense.

  $ apmatrix create --queues 0; apmatrix create --queues two; apmatrix create --queues 2 -a 5; apmatrix create --mode ep11; apmatrix create --reserve
  apmatrix: create: --queues: "0" is not a number from 1 to 65536
  apmatrix: create: --queues: "two" is not a number from 1 to 65536
  apmatrix: create: --queues chooses adapters and domains; it excludes -a and -d
  apmatrix: create: --mode needs --queues
  apmatrix: create: --reserve needs --queues, or adapters and domains
  [2]

Spread over more cards with queues of the host, if both are asked for.

tree small

  $ for spread in "" "--spread cards"; do apmatrix create w6 --queues 3 --reserve $spread --dry-run | grep guest; done
    a guest would get 06.0004, 06.0047, 06.00ff
  apmatrix: note: w6: its queues differ in mode (0x05 cca, 0x06 ep11, 0x0a accelerator)
    guests could have 0a.00ff
    a guest would get 05.00ff, 06.00ff, 0a.00ff

To a matrix that is there.

  $ apmatrix assign web1 --queues 2 --spread domains --dry-run | grep guest; apmatrix assign web1 --queues 2 | grep guest
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
    the guest would get 05.00ab, 05.00ff
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: which queues guests can have (no udev rule sets the masks); the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run apmatrix persist
    the guest gets 05.00ab, 05.00ff
  $ apmatrix assign web1 --queues 3; apmatrix assign db1 --queues 1 --generation CEX7; apmatrix assign web1 db1 --queues 1; apmatrix assign db1 --mode cca -d 4
  apmatrix: assign: 3 queues cannot be added to web1 (an adapter adds 4, a domain 1); 3 queues are available
  hint: apmatrix queues --free lists them; with --reserve queues of the host are chosen too
  apmatrix: assign: 1 queue cannot be added to db1 (an adapter adds 1, a domain 1); 0 queues are available
  hint: apmatrix queues --free lists them; with --reserve queues of the host are chosen too
  apmatrix: assign: --queues is for one matrix
  apmatrix: assign: --mode needs --queues
  [2]
  $ apmatrix undo --allow-loss -q; apmatrix remove db1 -q; apmatrix pool release -a 6 -q; apmatrix assign web1 --queues 2 --mode ep11
  > apmatrix assign web1 --queues 2 --mode ep11 --reserve | grep -e apmask -e guest
  apmatrix: assign: 2 queues cannot be added to web1 (an adapter adds 2, a domain 1); 0 queues are available
  hint: apmatrix queues --free lists them; with --reserve queues of the host are chosen too
  apmatrix: note: assign: masks give whole adapters and whole domains: 2 other queues are affected: 06.00ab, 06.00ff
  apmatrix: note: web1: its queues differ in mode (0x05 cca, 0x06 ep11)
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
  apmatrix: note: not kept over a reboot: the start of matrices (apmatrix-restore.service is not installed). install the package apmatrix (or run make install), then run systemctl enable apmatrix-restore.service
    - apmask                   0x06
    guests can have 06.0004, 06.0047, 06.00ab, 06.00ff
    the guest gets 06.0004, 06.0047

With export it is two commands to a guest.

tree small

  $ apmatrix create web2 -u 0ae0e9ca-d27d-4327-8e70-78bee6d12c60 --queues 2 -q; apmatrix export web2 --as hostdev | grep uuid
      <address uuid='0ae0e9ca-d27d-4327-8e70-78bee6d12c60'/>

Queues that differ in mode were mixed although there are enough of one mode; free ones
were chosen on fewer cards than --reserve could give, without a word.

tree keys

  $ apmatrix pool reserve -a 5 -q; for options in "" --reserve "--reserve --spread cards"; do
  > apmatrix create n1 --queues 2 $options --dry-run | grep guest; done
  apmatrix: note: n1: its queues differ in master keys (05.0004 and 05.0047)
    a guest would get 05.0004, 05.0047
  apmatrix: note: create: free queues on 1 card are chosen; with --spread cards, queues of the host too, on 2 cards
  apmatrix: note: n1: its queues differ in master keys (05.0004 and 05.0047)
    a guest would get 05.0004, 05.0047
  apmatrix: note: create: masks give whole adapters and whole domains: 1 other queue is affected: 06.0047
    guests could have 06.0004, 06.0047
    a guest would get 05.0004, 06.0004
  $ apmatrix pool reserve -a 5-8 -q; apmatrix create n1 --queues 8 --dry-run | grep guest; apmatrix create n1 --queues 6 --dry-run | grep guest; apmatrix create n1 --queues 4 --dry-run | grep guest
  apmatrix: note: n1: its queues differ in mode (0x05 cca, 0x08 ep11), type (0x05 CEX8, 0x07 CEX7), master keys (05.0004 and 05.0047)
    a guest would get 05.0004, 05.0047, 06.0004, 06.0047, 07.0004, 07.0047, 08.0004, 08.0047
  apmatrix: note: n1: its queues differ in type (0x05 CEX8, 0x07 CEX7), master keys (05.0004 and 05.0047)
    a guest would get 05.0004, 05.0047, 06.0004, 06.0047, 07.0004, 07.0047
  apmatrix: note: n1: its queues differ in master keys (05.0004 and 05.0047)
    a guest would get 05.0004, 05.0047, 06.0004, 06.0047
  $ apmatrix create n3 -u 0ae0e9ca-d27d-4327-8e70-78bee6d12c64 -a 7 -d 4 -q; apmatrix assign n3 --queues 1 --dry-run | grep guest
    a guest would get 07.0047
  $ apmatrix assign n3 --queues 1 --mode ep11 --dry-run | grep guest
  apmatrix: note: n3: its queues differ in mode (0x07 cca, 0x08 ep11), type (0x07 CEX7, 0x08 CEX8)
    a guest would get 08.0004

With --strict only such queues are chosen, and a preview of what it refuses is refused.

  $ apmatrix create n5 --queues 5 --strict; apmatrix create n5 --queues 2 --strict --dry-run | grep guest; apmatrix set n3 -a 5,7 --strict --dry-run
  apmatrix: create: there is no matrix of 5 queues that are alike; 7 queues are available
  hint: apmatrix queues --free lists them; with --reserve queues of the host are chosen too
    a guest would get 05.0004, 06.0004
  apmatrix: set: n3: its queues would differ in type (0x05 CEX8, 0x07 CEX7)
  hint: choose queues that are alike, or omit --strict
  [4]

--spread was silently not kept if the queues on several cards differ in mode. It comes
first; with --reserve queues of the host are chosen for it; with --strict both or none.

tree small

  $ apmatrix create n6 --queues 2 --dry-run | grep guest; apmatrix create n6 --queues 2 --spread cards --dry-run | grep guest
    a guest would get 05.00ab, 05.00ff
  apmatrix: note: n6: its queues differ in mode (0x05 cca, 0x06 ep11)
    a guest would get 05.00ff, 06.00ff
  $ apmatrix create n6 --queues 2 --spread cards --mode cca --dry-run | grep guest
  apmatrix: note: create: --spread cards: there are no 2 free queues on several cards; they are on one card
    a guest would get 05.00ab, 05.00ff
  $ apmatrix create n6 --queues 2 --spread cards --strict --dry-run
  apmatrix: create: --spread cards: there are no 2 free queues that are alike on several cards
  hint: omit --strict, or --spread; with --reserve queues of the host are chosen too
  [3]
  $ apmatrix create n6 --queues 3 --spread cards --dry-run | grep guest; apmatrix create n6 --queues 3 --spread cards --reserve --dry-run | grep guest
  apmatrix: note: create: --spread cards: there are no 3 free queues on several cards; they are on one card
    a guest would get 06.0004, 06.0047, 06.00ff
  apmatrix: note: n6: its queues differ in mode (0x05 cca, 0x06 ep11, 0x0a accelerator)
    guests could have 0a.00ff
    a guest would get 05.00ff, 06.00ff, 0a.00ff
  $ apmatrix create n6 --queues 1 --spread cards --dry-run | grep guest; apmatrix create n6 --queues 2 --spread domains --strict --dry-run | grep guest
    a guest would get 05.00ab
    a guest would get 05.00ab, 05.00ff
  $ apmatrix assign web1 --queues 2 --spread cards --dry-run | grep guest
  apmatrix: note: web1: its queues differ in mode (0x05 cca, 0x06 ep11)
  apmatrix: note: web1 belongs to ansible, which may change it back (--any-owner omits this note)
    the guest would get 06.0004, 06.0047
  $ apmatrix assign web1 --queues 2 --spread cards --strict --any-owner --dry-run
  apmatrix: assign: --spread cards: no free queues that are alike on further cards add 2 queues
  hint: omit --strict, or --spread; with --reserve queues of the host are chosen too
  [3]
