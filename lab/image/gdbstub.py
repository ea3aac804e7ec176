# SPDX-License-Identifier: GPL-2.0-only
"""A gdb remote client that does one thing: it makes the kernel keep its init text.

The AP bus is built in and has given up by the time a simulator can be loaded. Its init
function can be called again only if its text is still there, so free_initmem() is
replaced by a return at the moment it is called for the first time.
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
        """One packet, or None when QEMU has gone."""
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


def keep_init_text(gdb, address):
    """Runs the guest to free_initmem, disarms that, and lets go. True if all of it worked."""
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
        gdb.ask("D")
        return kept
    except OSError:
        return False    # QEMU has gone, which others see as well
