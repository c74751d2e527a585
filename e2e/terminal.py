"""A program on a terminal: what it writes, and what a person sees of it at the end."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
import unicodedata

PIECE = re.compile(r"\x1b\[(\??)([\d;]*)([A-Za-z])|\r|\n|[^\x1b\r\n]")


def width(character):
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


class Terminal:
    """Runs a program on a terminal of that many columns. What it knows of the control codes is what we use: colours,
    cursor up, erase, modes, and the screen of its own that a program may take; any other is an error."""

    def __init__(self, command, columns=80, rows=40, environment=None):
        self.columns = columns
        self.written = ""
        controlling, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process = subprocess.Popen(
            command, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", **(environment or {})},
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))  # fmt: skip
        os.close(terminal)
        self.descriptor = controlling
        self.pending = b""

    def read(self, seconds=0.05):
        """Takes what it has written meanwhile. False when there will be no more."""
        if not select.select([self.descriptor], [], [], seconds)[0]:
            return True
        try:
            portion = os.read(self.descriptor, 65_536)
        except OSError:
            return False
        self.pending += portion
        try:
            self.written += self.pending.decode()
            self.pending = b""
        except UnicodeDecodeError:
            # Cut in the middle of a character; the rest comes with the next portion.
            pass
        return bool(portion)

    def read_until(self, text, seconds=20):
        deadline = time.monotonic() + seconds
        while text not in self.written:
            assert self.read(), f"it ended without {text!r}:\n{self.written}"
            assert time.monotonic() < deadline, f"no {text!r} in\n{self.written}"

    def resize(self, columns, rows=40):
        self.columns = columns
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, keys):
        os.write(self.descriptor, keys.encode())

    def wait(self, seconds=30):
        """Reads to the end, and looks whether lines are read and shown as before; the exit code."""
        deadline = time.monotonic() + seconds
        while self.read():
            assert time.monotonic() < deadline, f"it did not end:\n{self.written}"
        code = self.process.wait(5)
        flags = termios.tcgetattr(self.descriptor)[3]
        self.is_as_it_was = bool(flags & termios.ECHO and flags & termios.ICANON)
        os.close(self.descriptor)
        return code

    @property
    def cursor_is_shown(self):
        return self.written.rfind("\x1b[?25h") >= self.written.rfind("\x1b[?25l")

    @property
    def screen(self):
        """The lines as they stand at the end, with those that have scrolled away; none is wrapped."""
        lines, row, column = [[]], 0, 0
        before = None
        for piece in PIECE.finditer(self.written):
            text = piece.group()
            if text == "\n":
                row += 1
                if row == len(lines):
                    lines.append([])
            elif text == "\r":
                column = 0
            elif text.startswith("\x1b"):
                count = int(piece.group(2) or 1) if piece.group(2).isdigit() or not piece.group(2) else 0
                match piece.group(3):
                    case "h" if piece.group(2) == "1049":
                        before, lines, row, column = (lines, row, column), [[]], 0, 0
                    case "l" if piece.group(2) == "1049":
                        lines, row, column = before
                    case "m" | "h" | "l":
                        pass
                    case "H":
                        row = column = 0
                    case "A":
                        row = max(0, row - count)
                    case "K":
                        del lines[row][column:]
                    case "J":
                        del lines[row][column:], lines[row + 1 :]
                    case other:
                        raise AssertionError(f"an unexpected control code: {other!r}")
            else:
                lines[row][column:] = [*lines[row][column:column], *([" "] * (column - len(lines[row]))), text]
                column += 1
        return ["".join(line) for line in lines]


def columns_of(line):
    return sum(map(width, line))
