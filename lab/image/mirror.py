# SPDX-License-Identifier: GPL-2.0-only
"""Debian's packages: where the machine gets them, and fetching some without installing.

Each suite has an apt state of its own in the cache: an index that does not verify
makes that one suite unavailable and no other. Signatures and hashes are apt's to check.
"""

import os
import re
import subprocess

from . import cache, log

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"


def address():
    """The mirror: APMATRIX_MIRROR, or the Debian archive this machine's own apt uses."""
    given = os.environ.get("APMATRIX_MIRROR")
    if given:
        return given.rstrip("/")
    told = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI)"],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                          check=False).stdout
    found = [line.rstrip("/") for line in told.splitlines()
             if re.search(r"/debian/?$", line.strip())]
    if not found:
        raise log.LabError("no Debian mirror in this machine's apt configuration: "
                           "set APMATRIX_MIRROR to the address of one")
    return found[0]


def source_line(suite, architectures):
    return f"deb [arch={','.join(architectures)} signed-by={KEYRING}] {address()} {suite} main\n"


class Suite:
    """One suite's index, for s390x and amd64; `user` is the piece of the cache it is for."""

    def __init__(self, name, user):
        self.name = name
        self.state = cache.path("apt", f"{name}-{user}")

    def _apt(self, program, *arguments):
        options = {
            "Dir": self.state, "Dir::State": self.state + "/state",
            "Dir::State::status": self.state + "/status", "Dir::Cache": self.state + "/cache",
            "Dir::Etc": self.state + "/etc", "Dir::Etc::sourcelist": self.state + "/sources.list",
            "Dir::Log": self.state + "/log",
            "APT::Architecture": "s390x", "APT::Sandbox::User": "root",
            "Acquire::Languages": "none", "Acquire::PDiffs": "false",
            "Acquire::Check-Valid-Until": "false", "Acquire::Check-Date": "false",
            "Acquire::Retries": "2", "APT::Update::Error-Mode": "any",
        }
        line = [program, "-q", "-y"] if program == "apt-get" else [program]
        for key, value in options.items():
            line += ["-o", f"{key}={value}"]
        line += ["-o", "APT::Architectures::=s390x", "-o", "APT::Architectures::=amd64"]
        return line + list(arguments)

    def update(self):
        """Fetches the index. Raises LabError when it is not to be had or does not verify."""
        cache.remove(self.state)
        for name in ("state/lists/partial", "cache/archives/partial", "etc/apt.conf.d",
                     "etc/preferences.d", "etc/trusted.gpg.d", "log"):
            os.makedirs(os.path.join(self.state, name))
        open(self.state + "/status", "w").close()
        with open(self.state + "/sources.list", "w") as handle:
            handle.write(source_line(self.name, ("s390x", "amd64")))
        log.run_logged(self._apt("apt-get", "update"), cache.path("log", f"apt-{self.name}.log"),
                       f"fetching the index of {self.name}")

    def packages(self, prefix):
        told = subprocess.run(self._apt("apt-cache", "pkgnames", prefix), stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True, check=False).stdout
        return {name.split(":")[0] for name in told.split()}

    def fetch(self, names):
        """Downloads packages (name or name:arch) into the cache; returns their paths."""
        told = subprocess.run(self._apt("apt-get", "--print-uris", "download", *names),
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              check=False)
        wanted = re.findall(r"^'[^']*' (\S+) (\d+)", told.stdout, re.M)
        if told.returncode or len(wanted) != len(names):
            raise log.LabError(f"{self.name} has not all of {' '.join(names)}")
        paths = []
        by_name = {file.split("_")[0]: (file, size) for file, size in wanted}
        for name in names:
            file, size = by_name[name.split(":")[0]]
            paths.append(cache.ensure(
                "debs/" + file, [file, size],
                lambda temporary, name=name, file=file: self._download(name, file, temporary),
                f"fetching {file.split('_')[0]} ({int(size) / 1e6:.0f} MB)"))
        return paths

    def _download(self, name, file, temporary):
        os.makedirs(temporary)
        log.run_logged(self._apt("apt-get", "download", name),
                       cache.path("log", "download.log"), f"fetching {file}", cwd=temporary)
        os.rename(os.path.join(temporary, file), temporary + ".deb")
        os.rmdir(temporary)
        os.rename(temporary + ".deb", temporary)


def unpack(deb, into, what):
    """Unpacks a package; one that turns out broken is forgotten, so that it is fetched again."""
    try:
        log.run_logged(["dpkg-deb", "-x", deb, into], cache.path("log", "unpack.log"),
                       f"unpacking {what}")
    except log.LabError:
        cache.remove(deb + ".stamp")
        raise
