The pictures of the README are what the tool prints now; make pictures makes them again. A
picture that is not up to date is named.

tree small

  $ "$TREE/docs/pictures" --check apmatrix
  $ mkdir -p copy/docs copy/tests/host && cp "$TREE"/docs/*.svg "$TREE/docs/pictures" copy/docs
  > ln -s "$TREE/tests/host/sysfs" copy/tests/host/sysfs
  > sed -i 's/in-use/in use/' copy/docs/session.svg
  > copy/docs/pictures --check apmatrix
  docs/session.svg is not up to date: make pictures
  [1]
