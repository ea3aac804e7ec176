What happens, as it happens, and waiting for it. A tree of files has no kernel
that tells of its devices, so they are looked at; what is written is seen at once.

tree small

  $ mkfifo events
  $ wait_ready() { until grep -q '^ready\|"ready"' said; do sleep 0.02; done; }
  $ apmatrix monitor --poll 0.05 --count 3 >said & while ! grep -q ready said; do sleep 0.02; done
  > apmatrix assign web1 -d 0xab >/dev/null; wait; cat said

A guest that lets go, and a queue that loses its driver and takes its adapter along.

tree small

  $ apmatrix monitor --poll 0.05 --count 3 >said & while ! grep -q ready said; do sleep 0.02; done
  > apmatrix-model event guest-stop 62177883-f1bb-47f0-914d-32a22e3a8804
  > while ! grep -q state said; do sleep 0.02; done
  > apmatrix-model event unbind 05.0047; wait; cat said
  $ apmatrix monitor --format jsonl --poll 0.05 --count 3 >said & while ! grep -q ready said; do sleep 0.02; done
  > apmatrix-model event bind 05.0047 vfio_ap
  > while ! grep -q queue-driver said; do sleep 0.02; done
  > apmatrix remove web1; wait; cat said
