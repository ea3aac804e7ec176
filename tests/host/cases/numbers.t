Numbers: whatever is printed can be typed again, and means the same. A domain that was
printed as 47 and meant 0x47 was assigned as 47, which is 0x2f.

tree small

  $ apmatrix list --no-headings --active | head -1
  db1   7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001  idle    -     0x06  0xab       0xab       1  0  0
  $ apmatrix assign db1 -d 47 --runtime-only
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + domains                  0x2f
  apmatrix: note: db1: this host does not have domain 0x2f: the guest gets it when the host does
  apmatrix: note: not kept over a reboot: db1 (no definition). apmatrix persist db1 keeps it
  $ apmatrix assign db1 -d 0x47,0x48-0x49 -a 20 --dry-run
  preview: nothing is changed
  db1 (7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001)
    + adapters                 0x14
    + domains                  0x47-0x49
    a guest would get 06.0047
  apmatrix: note: this would be refused: assign db1: 14.002f, 14.0047, 14.0048, 14.0049, 14.00ab: kept for the host's drivers; this host does not have adapter 0x14 and domain 0x2f,0x48-0x49
  hint: apmatrix pool reserve -a 0x14 gives them to guests; --reserve does that in the same change
  apmatrix: note: db1: this host does not have adapter 0x14: the guest gets it when the host does
  apmatrix: note: db1: this host does not have domain 0x48-0x49: the guest gets them when the host does

JSON lines have numbers and arrays, as JSON has.

tree small

  $ apmatrix list --format jsonl
  {"name": "web1", "uuid": "62177883-f1bb-47f0-914d-32a22e3a8804", "state": "in-use", "start": "auto", "adapters": [5], "domains": [4, 71], "control_domains": [4, 71], "assigned": 2, "guest": 2, "missing": 0, "drift": null}
  {"name": "db1", "uuid": "7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001", "state": "idle", "start": null, "adapters": [6], "domains": [171], "control_domains": [171], "assigned": 1, "guest": 0, "missing": 0, "drift": null}

The property: matrices of random ids, in each format that is printed, typed again.

tree small

  $ cat >property.py <<'X'
  > import csv, io, json, random, re, shlex, subprocess, sys
  > random.seed(sys.argv[1])
  > def run(*words, wrong=0):
  >     done = subprocess.run(["apmatrix", *words], capture_output=True, text=True)
  >     if done.returncode != wrong:
  >         sys.exit(f"{words}: {done.returncode}: {done.stderr}")
  >     return done.stdout
  > OPTIONS = {"adapters": "-a", "domains": "-d", "control_domains": "-c"}
  > def same(what, printed):
  >     """Typed again, what was printed is what m1 has already."""
  >     words = [word for key, option in OPTIONS.items()
  >              for word in (option, printed[key] or "none")]
  >     said = run("set", "m1", *words, "--dry-run")
  >     if said != "no change needed\n":
  >         print(f"{what}: {words}: {said}")
  > def of_array(row):
  >     return {key: ",".join(str(id) for id in row[key]) for key in OPTIONS}
  > def of_fields(row):
  >     return {key: "" if row[key] == "-" else row[key] for key in OPTIONS}
  > def of_changes(said):
  >     got = re.findall(r"^  [+-] (adapters|domains|control_domains) +(\S+)$", said, re.M)
  >     return {**dict.fromkeys(OPTIONS, ""), **dict(got)}
  > BARE = re.compile(r"(?<![0-9A-Za-z.:_/-])(?=[0-9a-f]*[a-f]|0)[0-9a-f]{2,4}(?![0-9A-Za-z.:_/-])")
  > def no_bare(what, said):
  >     for line in said.splitlines():
  >         for word in set(BARE.findall(line)) - {"cca"}:
  >             print(f"{what}: {word} has no 0x: {line}")
  > def ids(most):
  >     return [str(id) for id in random.sample(range(256), random.randint(1, most))]
  > # nobody else's queues and none of the host's, so that all IDs are available
  > run("remove", "db1")
  > run("unassign", "web1", "-d", "all", "--allow-loss")
  > run("pool", "reserve", "-a", ",".join(str(id) for id in range(256)))
  > checked = 0
  > for turn in range(3):
  >     wanted = {"adapters": ids(6), "domains": ids(9), "control_domains": ids(4)}
  >     words = [word for key, option in OPTIONS.items()
  >              for word in (option, ",".join(wanted[key]))]
  >     said = run("create", "m1", *words)
  >     same("create", of_changes(said))
  >     no_bare("create", said)
  >     columns = run("list").splitlines()[0].split()
  >     at = {"adapters": "ADAPTERS", "domains": "DOMAINS", "control_domains": "CONTROL"}
  >     lines = [line.split() for line in run("list").splitlines()]
  >     row = next(line for line in lines if line[0] == "m1")
  >     same("table", of_fields({key: row[columns.index(head)] for key, head in at.items()}))
  >     row = next(dict(word.split("=", 1) for word in shlex.split(line))
  >                for line in run("list", "--format", "pairs").splitlines() if 'name="m1"' in line)
  >     same("pairs", of_fields(row))
  >     rows = csv.DictReader(io.StringIO(run("list", "--format", "csv")))
  >     same("csv", of_fields(next(row for row in rows if row["name"] == "m1")))
  >     rows = [json.loads(line) for line in run("list", "--format", "jsonl").splitlines()]
  >     row = next(row for row in rows if row["name"] == "m1")
  >     same("jsonl", of_array(row))
  >     if {type(row[key]) for key in ("assigned", "guest", "missing")} != {int}:
  >         print("jsonl: counts are no integers")
  >     row = next(row for row in json.loads(run("list", "--json"))["matrices"]
  >                if row["name"] == "m1")
  >     same("json", of_array(row))
  >     same("show --field", {key: run("show", "m1", "--field", key).strip().replace("\n", ",")
  >                           for key in OPTIONS})
  >     words = {word: ",".join(re.findall(r"0x[0-9a-f]{2}", line)) for word, line in
  >              re.findall(r"^  (adapters|domains|control domains) +(.*)$", run("show", "m1"), re.M)}
  >     words = {word: ",".join(re.findall(r"\((\d+)\)", line)) if turn % 2 else words[word] for word, line in
  >              re.findall(r"^  (adapters|domains|control domains) +(.*)$", run("show", "m1"), re.M)}
  >     same("show", {key: words[key.replace("_", " ")] for key in OPTIONS})
  >     # queues: each one, as it is printed, is known to wait, explain and pool
  >     queues = run("show", "m1", "--field", "matrix").split()
  >     rows = csv.DictReader(io.StringIO(run("queues", "--of", "m1", "--format", "csv")))
  >     if [row["apqn"] for row in rows] != queues:
  >         print("queues: other queues than show has")
  >     got = {(int(apqn[:2], 16), int(apqn[3:], 16)) for apqn in queues}
  >     if got != {(int(a), int(d)) for a in wanted["adapters"] for d in wanted["domains"]}:
  >         print("show --field matrix: other queues than assigned")
  >     run("explain", "m1", *random.sample(queues, min(3, len(queues))))
  >     # what export writes, as a plan, for mdevctl and for a shell
  >     for as_, again in (("plan", ["plan", "-"]), ("shell", ["batch", "-"])):
  >         text = run("export", "m1", "--as", as_)
  >         if as_ == "shell":
  >             run("remove", "m1")
  >         done = subprocess.run(["apmatrix", *again], input=text, capture_output=True, text=True)
  >         if as_ == "plan" and done.stdout != "no change needed\n":
  >             print(f"export --as plan: {done.stdout}{done.stderr}")
  >     row = json.loads(run("export", "m1", "--as", "mdevctl"))
  >     names = {"adapters": "assign_adapter", "domains": "assign_domain",
  >              "control_domains": "assign_control_domain"}
  >     same("export --as mdevctl", {key: ",".join(value for attr in row["attrs"]
  >          for name_, value in attr.items() if name_ == names[key]) for key in OPTIONS})
  >     for words in (["list"], ["host"], ["grid"], ["pool", "show"], ["show", "m1"],
  >                   ["explain", "m1"], ["list", "--format", "csv"], ["list", "--format", "pairs"]):
  >         no_bare(" ".join(words), run(*words))
  >     said = run("pool", "release", "-a", "7", "--dry-run", "--allow-extra") \
  >         if "7" not in wanted["adapters"] else ""
  >     no_bare("pool release", said)
  >     same("unassign", of_changes(run("unassign", "m1", "-a", "all", "-d", "all", "-c", "all", "--dry-run")))
  >     run("remove", "m1")
  >     checked += 1
  > print(checked, "checked")
  > X
  $ python3 property.py 1
  3 checked
