# SPDX-License-Identifier: GPL-2.0-only
"""A gdb remote client that makes the kernel keep its init text.

The AP bus is built in, and its init function has failed before a simulator can be loaded.
The simulator can call that function again only if the kernel has not freed its text. So
this client stops the guest at the first call of free_initmem() and replaces the function
by a return instruction.
"""

RETURN = "07fe"     # br %r14


class Gdb:
    def __init__(self, connected):
        self.socket = connected
        self.buffer = b""

    def send(self, packet):
        data = packet.encode()
        self.socket.sendall(b"$" + data + b"#%02x" % (sum(data) & 0xff))

    def receive(self):
        """Returns one packet, or None if QEMU has closed the connection."""
        while True:
            start = self.buffer.find(b"$")
            end = self.buffer.find(b"#", start)
            if start >= 0 and 0 <= end <= len(self.buffer) - 3:
                packet = self.buffer[start + 1:end]
                self.buffer = self.buffer[end + 3:]
                self.socket.sendall(b"+")
                return packet.decode(errors="replace")
            data = self.socket.recv(4096)
            if not data:
                return None
            self.buffer += data

    def ask(self, packet):
        self.send(packet)
        return self.receive()


def keep_init_text(gdb, address, detach=True):
    """Runs the guest to free_initmem and patches it. Returns True on success.

    Detaches then, so that the guest runs on, or leaves it stopped.
    """
    try:
        gdb.ask("?")
        if gdb.ask(f"Z0,{address:x},2") != "OK":
            return False
        stopped = gdb.ask("vCont;c")
        if not stopped or stopped[0] not in "ST":
            return False
        kept = (gdb.ask(f"z0,{address:x},2") == "OK" and
                gdb.ask(f"M{address:x},2:{RETURN}") == "OK" and
                gdb.ask(f"m{address:x},2") == RETURN)
        if detach:
            gdb.ask("D")
        return kept
    except OSError:
        return False    # QEMU has exited; the caller detects that too
