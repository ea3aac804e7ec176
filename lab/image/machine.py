# SPDX-License-Identifier: GPL-2.0-only
"""One boot of the guest: QEMU's command line, its process, and the protocol of the agent.

Guarantees: when run() returns or raises, QEMU has ended and its files are removed. The
output of the command was passed on in order and unchanged.
"""

import collections
import ctypes
import fcntl
import os
import selectors
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
import tty

from . import cache, gdbstub, log, report, root

HEADER = 5
PAYLOAD = 16 * 1024
LAST_LINES = 25
SIGNALLED = "terminating on signal"     # in QEMU's message about it
QEMU_LAST_WORDS = 120   # seconds from closing its end of the socket to its exit

# The last lines disable self-tests of ciphers, an entropy source, certificates and keys:
# nothing here uses them, and they took more than half of the boot.
COMMAND_LINE = ("nokaslr panic=-1 facilities=12,15,65 loglevel=5 console=ttysclp0 "
                "printk.devkmsg=on log_buf_len=4M rdinit=/init cryptomgr.notests "
                "initcall_blacklist=jent_mod_init,load_system_certificate_list,"
                "crypto_kdf108_init,init_encrypted")

# For --icount, what else differs from boot to boot: addresses of programs in memory, and
# random numbers that QEMU gets from its host.
SAME_AGAIN = ("-icount", "shift=0,sleep=off", "-seed", "1")
SAME_PLACES = "norandmaps"

Result = collections.namedtuple("Result", "status failure kernel_log console finished kept_init coverage")


def die_with_parent():
    """Runs in the child that becomes QEMU: the guest ends when lab/run ends."""
    PR_SET_PDEATHSIG = 1
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Machine:
    """What to boot. Sizes in MiB, times in seconds."""

    def __init__(self, kernel, initrd, address=None, cpus=2, memory=2048, icount=False,
                 disks=(), terminal=False, stdin=None, extra="", timeout=600, debugger=None,
                 started=None):
        self.kernel, self.initrd, self.address = kernel, initrd, address
        self.cpus, self.memory, self.icount, self.disks = cpus, memory, icount, disks
        self.terminal, self.stdin, self.extra = terminal, stdin, extra
        self.timeout = timeout
        self.debugger, self.started = debugger, started
        self.kept_init = None
        self.failed = None      # why the debugger cannot attach

    def command(self, directory, agent, gdb, qmp=None):
        """QEMU's command line; agent, gdb and qmp are the file descriptors it inherits."""
        line = [*root.qemu(), "-M", "s390-ccw-virtio", "-cpu", "max", "-smp", str(self.cpus),
                "-m", f"{self.memory}M", "-nodefaults", "-display", "none", "-no-reboot",
                "-kernel", self.kernel.path + "/vmlinuz", "-initrd", self.initrd,
                "-append", " ".join((COMMAND_LINE, *([SAME_PLACES] if self.icount else []),
                                     self.extra)).strip(),
                "-chardev", f"file,id=console,path={directory}/console",
                "-device", "sclpconsole,chardev=console",
                "-chardev", f"socket,id=agent,fd={agent}",
                "-device", "virtio-serial-ccw,id=serial",
                "-device", "virtserialport,bus=serial.0,nr=1,chardev=agent,name=lab"]
        if self.address:
            line += ["-chardev", f"socket,id=labgdb,fd={gdb}", "-gdb", "chardev:labgdb", "-S"]
        if qmp is not None:
            line += ["-chardev", f"socket,id=qmp,fd={qmp}", "-mon", "chardev=qmp,mode=control"]
        if self.icount:
            line += SAME_AGAIN
        for number, disk in enumerate(self.disks):
            line += ["-drive", f"file={disk},if=none,id=disk{number},format=raw,snapshot=on",
                     "-device", f"virtio-blk-ccw,drive=disk{number},serial={number}"]
        return line

    def run(self, out, err):
        """Boots, serves the agent until the command has ended, ends QEMU. Returns a Result."""
        agent, agent_qemu = socket.socketpair()
        gdb, gdb_qemu = socket.socketpair()
        qmp, qmp_qemu = socket.socketpair() if self.debugger else (None, None)
        with tempfile.TemporaryDirectory(prefix="apmatrix-") as directory:
            told = os.path.join(directory, "qemu")
            with open(told, "wb") as errors:
                theirs = [one for one in (agent_qemu, gdb_qemu, qmp_qemu) if one]
                numbers = [one.fileno() for one in theirs]
                qemu = subprocess.Popen(
                    self.command(directory, *numbers), pass_fds=numbers,
                    preexec_fn=die_with_parent,
                    stdin=subprocess.DEVNULL, stdout=errors, stderr=errors)
            # close our copies, so that the end of QEMU closes the sockets
            for one in theirs:
                one.close()
            if self.debugger:
                self.debugger.directory = directory
            try:
                result = self._serve(agent, gdb, qmp, directory, out, err)
                if self.failed:
                    raise self.failed
                ended = None if result.status is not None else qemu.wait(QEMU_LAST_WORDS)
            finally:
                qemu.kill()
                qemu.wait()
                for one in filter(None, (agent, gdb, qmp)):
                    one.close()
            lines = read(told).strip().splitlines()
            # a signal that QEMU handles is no failure to it: its status is 0
            if ended or (ended == 0 and any(SIGNALLED in line for line in lines)):
                if self.started:
                    cache.remove(self.started)
                raise log.LabError(f"QEMU failed: {lines[-1] if lines else f'status {ended}'}")
            return result

    def _serve(self, agent, gdb, qmp, directory, out, err):
        deadline = time.monotonic() + self.timeout
        if self.address:
            threading.Thread(target=self._keep_init, args=(agent, gdbstub.Gdb(gdb), qmp),
                             daemon=True).start()
        talk = Talk(agent, out, err, self.terminal, self.stdin, self.debugger,
                    self.started)
        timed_out = not talk.until(deadline)
        return Result(log.EXIT_TIMEOUT if timed_out else talk.status, talk.failure,
                      report.plain(talk.kernel_log.decode(errors="replace")),
                      read(directory + "/console"), talk.status is not None, self.kept_init,
                      talk.coverage)

    def _keep_init(self, agent, gdb, qmp):
        self.kept_init = gdbstub.keep_init_text(gdb, self.address, detach=not self.debugger)
        if not self.debugger:
            return
        try:
            if not self.kept_init:
                raise log.LabError("the guest did not reach free_initmem()")
            self.debugger.serve(qmp)
        except log.LabError as error:
            self.failed = error
            agent.shutdown(socket.SHUT_RDWR)    # ends _serve()


def read(path):
    try:
        with open(path, errors="replace") as handle:
            return handle.read().replace("\r", "")
    except OSError:
        return ""


class Talk:
    """The frames between host and agent; agent.c describes them."""

    def __init__(self, port, out, err, terminal, stdin, debugger=None, started=None):
        self.port, self.out, self.err = port, out, err
        self.debugger, self.started = debugger, started
        self.terminal, self.stdin = terminal, stdin
        self.buffer = b""
        self.outgoing = b""     # not read by the guest yet; no input is read meanwhile
        self.is_file = False    # the input is a file: always ready, and epoll refuses it
        self.status = None
        self.failure = None
        self.kernel_log = b""
        self.coverage = b""

    def until(self, deadline):
        """Serves until the agent or QEMU has ended; False on timeout."""
        self.select = select = selectors.DefaultSelector()
        select.register(self.port, selectors.EVENT_READ, self._from_guest)
        terminal = self.stdin
        old = self._raw_terminal() if self.terminal else None
        try:
            while True:
                self._flush()
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                for key, events in select.select(0 if self._reads_file() else min(left, 3600)):
                    if key.fileobj is not self.port or events & selectors.EVENT_READ:
                        if not key.data():
                            return True
                if self._reads_file():
                    self._from_user()
        finally:
            if old:
                termios.tcsetattr(terminal, termios.TCSADRAIN, old)
                signal.signal(signal.SIGWINCH, signal.SIG_DFL)
                signal.set_wakeup_fd(-1)

    def _reads_file(self):
        return self.is_file and not self.outgoing

    def _flush(self):
        """Sends without waiting; the rest is sent when the guest can read it."""
        if self.outgoing:
            try:
                sent = self.port.send(self.outgoing, socket.MSG_DONTWAIT)
                self.outgoing = self.outgoing[sent:]
            except BlockingIOError:
                pass
            except OSError:
                self.outgoing = b""     # QEMU has ended; reading reports that
        self.select.modify(self.port, selectors.EVENT_READ |
                           (selectors.EVENT_WRITE if self.outgoing else 0), self._from_guest)
        self._hear_user(not self.outgoing)

    def _hear_user(self, wanted):
        """Adds the input to select(), or removes it. Files are never added."""
        if self.stdin is None or self.is_file or wanted == (self.stdin in self.select.get_map()):
            return
        if not wanted:
            self.select.unregister(self.stdin)
            return
        try:
            self.select.register(self.stdin, selectors.EVENT_READ, self._from_user)
        except PermissionError:
            self.is_file = True

    def _from_guest(self):
        try:
            data = self.port.recv(256 * 1024)
        except ConnectionResetError:
            data = b""
        if not data:
            return False
        self.buffer += data
        while len(self.buffer) >= HEADER:
            kind, length = struct.unpack_from(">cI", self.buffer)
            if len(self.buffer) < HEADER + length:
                break
            payload = self.buffer[HEADER:HEADER + length]
            self.buffer = self.buffer[HEADER + length:]
            if not self._frame(kind, payload):
                return False
        return True

    def _frame(self, kind, payload):
        if kind == b"O":
            write_all(self.out, payload)
        elif kind == b"E":
            write_all(self.err, payload)
        elif kind == b"L":
            self._line(payload.decode(errors="replace"))
        elif kind == b"K":
            self.kernel_log += payload
        elif kind == b"C":
            self.coverage += payload
        elif kind == b"X":
            self.status, = struct.unpack(">I", payload)
            return False
        elif kind == b"F":
            self.status, = struct.unpack_from(">I", payload)
            self.failure = payload[4:].decode(errors="replace")
            return False
        return True

    def _line(self, text):
        """A line about the bring-up; lab/init tells with two of them how far it is."""
        if self.debugger and text.startswith("modules "):
            self.debugger.modules_are_loaded(text[len("modules "):])
            self.outgoing += b"\n"      # init reads it once the guest runs on
        elif self.started and text == "started":
            with open(self.started, "w"):
                pass
        else:
            log.detail(text)

    def _from_user(self):
        data = os.read(self.stdin, PAYLOAD)
        self._send(b"I", data)
        if not data:
            if not self.is_file:
                self.select.unregister(self.stdin)
            self.stdin, self.is_file = None, False
        return True

    def _send(self, kind, payload):
        self.outgoing += struct.pack(">cI", kind, len(payload)) + payload

    def _resized(self):
        os.read(self.wake, PAYLOAD)
        self._send_size()
        return True

    def _send_size(self):
        size = fcntl.ioctl(sys.stdin.fileno(), termios.TIOCGWINSZ, b"\0" * 8)
        rows, columns = struct.unpack_from("HH", size)
        self._send(b"W", struct.pack(">HH", rows, columns))

    def _raw_terminal(self):
        old = termios.tcgetattr(self.stdin)
        tty.setraw(self.stdin)
        # the signal may arrive at any time, also in the middle of a frame
        self.wake, write = os.pipe()
        os.set_blocking(write, False)
        signal.set_wakeup_fd(write, warn_on_full_buffer=False)
        signal.signal(signal.SIGWINCH, lambda *_: None)
        self.select.register(self.wake, selectors.EVENT_READ, self._resized)
        self._send_size()
        return old


def write_all(handle, data):
    """Writes all of data. A closed pipe ends the program, like any filter."""
    while data:
        data = data[os.write(handle, data):]


def last_lines(text):
    return "\n".join(text.rstrip().splitlines()[-LAST_LINES:])


def stderr():
    sys.stderr.flush()
    return sys.stderr.fileno()
