SIGKILL at any moment: nothing is left in mdevctl's directory, and the next change (or
doctor --fix) completes what was begun, or undoes it. What is compared is kernel and disk.

tree small

  $ cat >killed.py <<'X'
  > import os, re, shutil, subprocess, sys
  > # FROM TO [--fix WORD...] COMMAND...: killed before its Nth change of kernel or disk
  > first, last, words = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
  > def run(*words, **environment):
  >     return subprocess.run(["apmatrix-model", *words], env={**os.environ, **environment},
  >                           capture_output=True, text=True)
  > def state():
  >     files = {}
  >     for where, _, names in os.walk("host/etc"):
  >         files |= {os.path.join(where, name): open(os.path.join(where, name)).read()
  >                   for name in names}
  >     return run("list").stdout, run("pool", "show").stdout, files
  > def fresh():
  >     shutil.rmtree("host"); shutil.copytree("small", "host", symlinks=True)
  > if not os.path.exists("small"):
  >     shutil.copytree("host", "small", symlinks=True)
  > fresh()
  > before = state()
  > run(*words)
  > after = state()
  > outcomes = []
  > for number in range(first, last + 1):
  >     fresh()
  >     if run(*words, MODEL_KILL=str(number)).returncode != -9:
  >         outcomes.append("whole")
  >         break
  >     for name in os.listdir("host/etc/mdevctl.d/matrix"):
  >         if not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", name):
  >             print(f"{number}: in the directory of mdevctl: {name}")
  >     found = re.findall("change-interrupted|left-over", run("doctor").stdout)
  >     mended = run("doctor", "--fix") if number % 2 else run("refresh", "db1")
  >     now = state()
  >     outcome = "done" if now == after else "undone" if now == before else "neither"
  >     said = re.findall(r"note: a change that was interrupted \(.*\) (.*)", mended.stderr)
  >     if outcome == "neither" or "change-interrupted" in found and said != [f"was {outcome.replace('done', 'completed') if outcome == 'done' else outcome}"]:
  >         print(number, outcome, found, mended.stderr, now)
  >     left = re.findall("change-interrupted|left-over|lock-stale", run("doctor").stdout)
  >     left += [where for where, _, _ in os.walk("host") if where.endswith("apmatrix/change")]
  >     left += [name for name in os.listdir("host/run/lock") if os.path.exists("host/run/lock")]
  >     if left:
  >         print(number, "left", left)
  >     outcomes.append(outcome)
  > order = [outcome for nr, outcome in enumerate(outcomes) if not nr or outcomes[nr - 1] != outcome]
  > print(" then ".join(order))
  > X
  $ python3 killed.py 1 12 set web1 -a 5 -d 0x47 --allow-loss
  undone then done
  $ python3 killed.py 13 30 set web1 -a 5 -d 0x47 --allow-loss
  done then whole

  $ echo '{"api_level": 1, "pool": {"adapters": [5, 6, 10], "persist": true}, "matrices": [
  > {"name": "web1", "start": "auto", "adapters": [5], "domains": [4, 171]},
  > {"name": "new1", "start": "manual", "adapters": [10], "domains": [255]}]}' >plan.json
  $ python3 killed.py 1 14 apply plan.json --allow-loss
  undone
  $ python3 killed.py 15 24 apply plan.json --allow-loss
  undone then done
  $ python3 killed.py 25 60 apply plan.json --allow-loss
  done then whole
  $ python3 killed.py 1 60 create x1 -u 0ae0e9ca-d27d-4327-8e70-78bee6d12c60 -a 6 -d 0xff
  undone then done then whole
  $ python3 killed.py 1 60 unassign web1 -a 5 --runtime-only --allow-loss
  undone then done then whole

A running guest must not lose what it has got by the change that was killed: if undoing would
take queues from it, the change is completed instead.

tree small

  $ { n=5; while ! apmatrix show web1 --field domains | grep -q 0xff; do
  >   (MODEL_KILL=$n exec apmatrix-model assign web1 db1 -d 0xff --persist) >/dev/null 2>&1; n=$((n + 1))
  >   apmatrix doctor >said
  > done; } 2>/dev/null; apmatrix show db1 --field domains; grep -A1 interrupted said | sed 's/process [0-9]*/process N/'
  0xab
  0xff
  problem change-interrupted: a change (assign, process N) was killed before it was complete
    the next change completes or undoes it; apmatrix doctor --fix does only that
  $ apmatrix refresh db1 2>&1 | sed 's/process [0-9]*/process N/'; apmatrix show db1 --field domains
  db1 was filtered again: no queue changes
  apmatrix: note: a change that was interrupted (assign, process N) was completed
  0xab
  0xff

Files of older versions in mdevctl's directory are reported, and are not taken for backups.

tree small

  $ cd host/etc/mdevctl.d/matrix; touch 62177883-f1bb-47f0-914d-32a22e3a8804.AbCdEf 62177883-f1bb-47f0-914d-32a22e3a8804.old~
  > touch 62177883-f1bb-47f0-914d-32a22e3a8804.backup-of-monday; cd - >/dev/null; apmatrix doctor | grep -A1 left-over
  note left-over: /etc/mdevctl.d/matrix/62177883-f1bb-47f0-914d-32a22e3a8804.AbCdEf is no definition: maybe a temporary file of a change that was killed
    look at it, then rm /etc/mdevctl.d/matrix/62177883-f1bb-47f0-914d-32a22e3a8804.AbCdEf
  note left-over: /etc/mdevctl.d/matrix/62177883-f1bb-47f0-914d-32a22e3a8804.old~ is no definition: maybe a temporary file of a change that was killed
    look at it, then rm /etc/mdevctl.d/matrix/62177883-f1bb-47f0-914d-32a22e3a8804.old~
