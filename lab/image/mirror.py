# SPDX-License-Identifier: GPL-2.0-only
"""Debian packages: the mirror, and downloads without installation.

Each suite has its own apt state in the cache, so an index that does not verify affects
only its suite. apt checks signatures and hashes.
"""

import os
import re
import subprocess

from . import cache, log

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
# for every mirror: accept an old index, and retry after a failure
TOLERANT = {"Acquire::Check-Valid-Until": "false", "Acquire::Check-Date": "false",
            "Acquire::Retries": "2"}
MMDEBSTRAP = ["mmdebstrap", *(f'--aptopt={key} "{value}"' for key, value in TOLERANT.items())]


def address(suite=""):
    """The address of a suite: APMATRIX_MIRROR, or the Debian archive of this machine's apt.

    Security updates are in a separate archive beside it: /debian-security.
    """
    part = "-security" if suite.endswith("-security") else ""
    given = os.environ.get("APMATRIX_MIRROR")
    if given:
        return given.rstrip("/") + part
    told = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI)"],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                          check=False).stdout
    uris = [line.strip().rstrip("/") for line in told.splitlines()]
    for name, rest in (("debian" + part, ""), ("debian", part)):
        for uri in uris:
            if uri.endswith("/" + name):
                return uri + rest
    raise log.LabError("no Debian mirror in this machine's apt configuration: "
                       "set APMATRIX_MIRROR to an address")


def source_line(suite, architectures):
    return (f"deb [arch={','.join(architectures)} signed-by={KEYRING}] "
            f"{address(suite)} {suite} main\n")


class Suite:
    """The index of a suite for s390x and amd64. `user`: the piece of the cache that uses it."""

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
            "APT::Update::Error-Mode": "any", **TOLERANT,
        }
        line = [program, "-q", "-y"] if program == "apt-get" else [program]
        for key, value in options.items():
            line += ["-o", f"{key}={value}"]
        line += ["-o", "APT::Architectures::=s390x", "-o", "APT::Architectures::=amd64"]
        return line + list(arguments)

    def update(self):
        """Fetches the index. Raises LabError if it is not available or does not verify."""
        cache.remove(self.state)
        for name in ("state/lists/partial", "cache/archives/partial", "etc/apt.conf.d",
                     "etc/preferences.d", "etc/trusted.gpg.d", "log"):
            os.makedirs(os.path.join(self.state, name))
        open(self.state + "/status", "w").close()
        with open(self.state + "/sources.list", "w") as handle:
            handle.write(source_line(self.name, ("s390x", "amd64")))
        log.run_logged(self._apt("apt-get", "update"), cache.path("log", f"apt-{self.name}.log"),
                       f"fetching the index of {self.name} from {address()}")

    def packages(self, prefix):
        told = subprocess.run(self._apt("apt-cache", "pkgnames", prefix), stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True, check=False).stdout
        return {name.split(":")[0] for name in told.split()}

    def described(self, names):
        """The descriptions of packages for s390x and all that they depend on, as in the index."""
        told = subprocess.run(
            self._apt("apt-get", "--simulate", "-o", "APT::Install-Recommends=false", "install",
                      *(f"?and({name},?architecture(s390x))" if name[0] == "?" else name
                        for name in names)),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        found = re.findall(r"^Inst (\S+) \((\S+) ", told.stdout, re.M)
        if told.returncode or not found:
            why = told.stderr.strip().splitlines()[-1:]
            raise log.MirrorLacks(": ".join([f"{self.name} has not all packages"] + why))
        return subprocess.run(
            self._apt("apt-cache", "show", *("=".join(one) for one in found)),
            stdout=subprocess.PIPE, text=True, check=True).stdout

    def fetch(self, names):
        """Downloads packages (NAME[:ARCH][=VERSION]) into the cache; returns their paths."""
        # apt omits a file that exists in the current directory
        told = subprocess.run(self._apt("apt-get", "--print-uris", "download", *names),
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              check=False, cwd=self.state)
        wanted = re.findall(r"^'[^']*' (\S+) (\d+)", told.stdout, re.M)
        if told.returncode or len(wanted) != len(names):
            why = told.stderr.strip().splitlines()[-1:]
            raise log.MirrorLacks(": ".join([f"{self.name} has not all of {' '.join(names)}"] + why))
        paths = []
        by_name = {file.split("_")[0]: (file, int(size)) for file, size in wanted}
        files = [by_name[name.split(":")[0]] for name in names]
        paths = [cache.path("debs", file) for file, _ in files]
        with cache.lock("debs"):
            missing = [number for number, path in enumerate(paths)
                       if not (cache.stamp_of(path) and os.path.exists(path))]
            if missing:
                megabytes = sum(files[number][1] for number in missing) / 1e6
                with log.progress(f"fetching {len(missing)} package(s), {megabytes:.0f} MB"):
                    self._download([(names[number], *files[number], paths[number])
                                    for number in missing])
        return paths

    def _download(self, wanted):
        """Fetches each (name, file, size, path). A path appears when the file is complete."""
        temporary = cache.path("debs.new")
        cache.remove(temporary)
        os.makedirs(temporary)
        os.makedirs(cache.path("debs"), exist_ok=True)
        try:
            log.run_logged(self._apt("apt-get", "download", *(name for name, *_ in wanted)),
                           cache.path("log", "download.log"),
                           f"fetching {', '.join(name for name, *_ in wanted)}", cwd=temporary)
            for _, file, size, path in wanted:
                if os.path.getsize(os.path.join(temporary, file)) != size:
                    raise log.LabError(f"fetching {file}: the file is incomplete")
                os.rename(os.path.join(temporary, file), path)
                cache.write(path + ".stamp", f"{size}\n")
        finally:
            cache.remove(temporary)


def unpack(deb, into, what):
    """Unpacks a package. A damaged one is fetched again by the next run."""
    try:
        log.run_logged(["dpkg-deb", "-x", deb, into], cache.path("log", "unpack.log"),
                       f"unpacking {what}")
    except log.LabError:
        cache.remove(deb + ".stamp")
        raise
