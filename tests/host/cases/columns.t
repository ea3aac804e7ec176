Columns of queues, chosen and sorted.

tree keys

  $ queue=host/sys/devices/ap/card0; for apqn in 5/05.0004:17:1:0 5/05.0047:9:0:0 6/06.0004:200:3:4; do
  >   set -- $(echo $apqn | tr : ' '); echo $2 >$queue$1/request_count; echo $3 >$queue$1/pendingq_count; echo $4 >$queue$1/requestq_count
  > done
  > apmatrix queues --columns apqn,requests,pending,functions
  QUEUE    REQUESTS  PENDING  FUNCTIONS
  05.0004        17        1  0x10000000
  05.0047         9        0  0x10000000
  06.0004       200        7  0x10000000
  06.0047         -        -  0x10000000
  07.0004         -        -  0x10000000
  07.0047         -        -  0x10000000
  08.0004         -        -  0x04000000
  08.0047         -        -  0x04000000
  $ apmatrix queues --columns requests,apqn --sort requests --no-headings
    -  06.0047
    -  07.0004
    -  07.0047
    -  08.0004
    -  08.0047
    9  05.0047
   17  05.0004
  200  06.0004
  $ apmatrix queues --columns apqn,mkvp --sort mkvp --format csv
  apqn,mkvp
  06.0047,
  07.0004,
  07.0047,
  08.0047,
  05.0004,AES valid 0x1111111111111111 APKA valid 0x2222222222222222
  06.0004,AES valid 0x1111111111111111 APKA valid 0x2222222222222222
  05.0047,AES valid 0x1111111111111111 APKA valid 0x3333333333333333
  08.0004,WK valid 0x44444444444444444444444444444444
  $ apmatrix queues --columns apqn --sort status --of host --no-headings | head -n 2
  05.0004
  05.0047
  $ apmatrix queues --columns apqn,requests,functions --format jsonl | head -n 3
  {"apqn": "05.0004", "requests": 17, "functions": "0x10000000"}
  {"apqn": "05.0047", "requests": 9, "functions": "0x10000000"}
  {"apqn": "06.0004", "requests": 200, "functions": "0x10000000"}
  $ apmatrix queues --columns apqn --columns mode --no-headings | tail -n 1
  08.0047  ep11
  $ apmatrix queues --columns apqn,nothing
  apmatrix: queues: --columns: unknown or repeated column "nothing"
  hint: columns: apqn|type|mode|driver|status|matrix|reason|requests|pending|functions|mkvp
  [2]
  $ apmatrix queues --columns apqn,apqn
  apmatrix: queues: --columns: unknown or repeated column "apqn"
  hint: columns: apqn|type|mode|driver|status|matrix|reason|requests|pending|functions|mkvp
  [2]
  $ apmatrix queues --columns ''
  apmatrix: queues: --columns: no column
  [2]
  $ apmatrix queues --sort nothing
  apmatrix: --sort: unknown value "nothing"
  hint: possible values: apqn|type|mode|driver|status|matrix|reason|requests|pending|functions|mkvp
  [2]

The order of type and mode is that of the words, then of the queues.

  $ apmatrix queues --sort mode | cut -c 1-23
  QUEUE    TYPE   MODE  D
  05.0004  CEX8C  cca   c
  05.0047  CEX8C  cca   c
  06.0004  CEX8C  cca   c
  06.0047  CEX8C  cca   c
  07.0004  CEX7C  cca   c
  07.0047  CEX7C  cca   c
  08.0004  CEX8P  ep11  c
  08.0047  CEX8P  ep11  c
