# SPDX-License-Identifier: GPL-2.0-only
"""Writes cpio archives in newc format for the kernel. Archives may be concatenated.

All files in an archive belong to root.
"""

import os
import stat


class Archive:
    def __init__(self, out):
        self.out = out
        self.inode = 0
        self.directories = set()

    def _entry(self, name, mode, data=b"", rdev=(0, 0)):
        self.inode += 1
        encoded = name.encode() + b"\0"
        fields = (self.inode, mode, 0, 0, 1, 0, len(data), 0, 0, *rdev, len(encoded), 0)
        head = b"070701" + b"".join(b"%08X" % field for field in fields) + encoded
        self.out.write(head + b"\0" * (-len(head) % 4) + data + b"\0" * (-len(data) % 4))

    def parents(self, name):
        parent = os.path.dirname(name)
        if parent:
            self.directory(parent)

    def directory(self, name, mode=0o755):
        name = name.strip("/")
        if not name or name in self.directories:
            return
        self.parents(name)
        self.directories.add(name)
        self._entry(name, stat.S_IFDIR | mode)

    def data(self, name, content, mode=0o644):
        name = name.strip("/")
        self.parents(name)
        self._entry(name, stat.S_IFREG | mode, content)

    def symlink(self, name, target):
        name = name.strip("/")
        self.parents(name)
        self._entry(name, stat.S_IFLNK | 0o777, target.encode())

    def device(self, name, major, minor, mode=0o600):
        name = name.strip("/")
        self.parents(name)
        self._entry(name, stat.S_IFCHR | mode, rdev=(major, minor))

    def copy(self, source, name):
        """Copies a file, a symlink or a directory tree from the host."""
        info = os.lstat(source)
        if stat.S_ISLNK(info.st_mode):
            self.symlink(name, os.readlink(source))
        elif stat.S_ISDIR(info.st_mode):
            self.directory(name, stat.S_IMODE(info.st_mode))
            for entry in sorted(os.listdir(source)):
                self.copy(os.path.join(source, entry), os.path.join(name, entry))
        elif stat.S_ISREG(info.st_mode):
            with open(source, "rb") as handle:
                self.data(name, handle.read(), stat.S_IMODE(info.st_mode))

    def end(self):
        self._entry("TRAILER!!!", 0)
