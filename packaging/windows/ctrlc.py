# Runs a command in a terminal of its own, presses Ctrl-C once its bar of progress has come so far that something was learnt, and holds that it says
# how to go on and ends with status 130.
# usage: ctrlc.py COMMAND…
import os
import pty
import re
import select
import sys
import time

pid, terminal = pty.fork()
if pid == 0:
    os.environ["TERM"] = "xterm"
    os.execvp(sys.argv[1], sys.argv[1:])
said, pressed, end = b"", False, time.monotonic() + 120
while time.monotonic() < end:
    if select.select([terminal], [], [], 0.5)[0]:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        said += piece
    if not pressed and re.search(rb"step ([2-9]\d|\d{3})", said):
        os.write(terminal, b"\x03")
        pressed = True
status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
text = re.sub(rb"\x1b\[[?0-9;]*[A-Za-z]", b"", said).decode(errors="replace")
if status != 130 or "go on with" not in text:
    sys.exit(f"status {status}, pressed {pressed}: {text[-600:]}")
