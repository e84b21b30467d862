"""The senders that are compared, each as one process from start to end, and the server that they send to."""

import contextlib
import email
import email.policy
import os
import pathlib
import resource
import shutil
import socket
import sqlite3
import subprocess
import sys
import time

import workload

HERE = pathlib.Path(__file__).resolve().parent
LIMIT = 600  # Seconds that one sender may take.
CONNECTIONS = 10


class Failed(Exception):
    """A sender did not do its work."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@contextlib.contextmanager
def running(command: list[str], port: int):
    """A server on a port, for as long as the block lasts."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            if process.poll() is not None:
                raise Failed(f"{command[0]} ended at once")
            time.sleep(0.05)
        yield
    finally:
        process.kill()
        process.wait()


def sink(port: int):
    """Postfix's smtp-sink, which takes everything and keeps nothing."""
    program = shutil.which("smtp-sink", path=os.environ["PATH"] + ":/usr/sbin:/usr/libexec/postfix")
    if program is None:
        raise Failed("smtp-sink is not installed; it is in the package postfix")
    user = ["-u", "root"] if os.geteuid() == 0 else []
    return running([program, *user, f"127.0.0.1:{port}", "1000"], port)


def delayed(port: int, behind: int, round_trip: float):
    """A road of that round trip to the server behind."""
    return running([sys.executable, str(HERE / "delay.py"), str(port), str(behind), str(round_trip)], port)


class Run:
    """What one process took."""

    def __init__(self, command: list[str], folder: pathlib.Path, env: dict | None = None):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begun = time.monotonic()
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=LIMIT, check=False)
        self.seconds = time.monotonic() - begun
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        if done.returncode != 0:
            raise Failed(f"{command[0]} ended with {done.returncode}: {done.stdout[-500:]}{done.stderr[-500:]}")


class Weekcast:
    """This program: planning, the ledger and the sending, in a fresh project each time."""

    def __init__(self, program: str, folder: pathlib.Path, count: int, more: str = "", wrap: list[str] | None = None):
        self.program, self.folder, self.count, self.more = program, folder, count, more
        self.wrap = wrap or []
        self.sending = 0.0
        workload.lay_out(folder, count)

    def run(self, port: int) -> Run:
        for old in self.folder.glob("weekcast.db*"):
            old.unlink()
        settings = workload.settings(workload.smtp(port, CONNECTIONS), self.more)
        (self.folder / "weekcast.toml").write_text(settings, encoding="utf-8")
        run = Run([*self.wrap, self.program, "send", "1", "--yes", "--late"], self.folder)
        with contextlib.closing(sqlite3.connect(self.folder / "weekcast.db")) as ledger:
            (accepted,) = ledger.execute("SELECT COUNT(*) FROM delivery WHERE state = 'accepted'").fetchone()
            acts = dict(ledger.execute("SELECT kind, at FROM act").fetchall())
        if accepted != self.count:
            raise Failed(f"{accepted} of {self.count} were accepted")
        self.sending = (acts["send-ended"] - acts["send-begun"]) / 1000
        return run

    def sample(self) -> bytes:
        """One message as it is sent, from an outbox."""
        for old in self.folder.glob("weekcast.db*"):
            old.unlink()
        workload.lay_out(self.folder, 1)
        (self.folder / "weekcast.toml").write_text(workload.settings('kind = "outbox"'), encoding="utf-8")
        Run([self.program, "send", "1", "--yes", "--late"], self.folder)
        (message,) = (self.folder / "outbox").glob("*.eml")
        octets = message.read_bytes()
        shutil.rmtree(self.folder / "outbox")
        workload.lay_out(self.folder, self.count)
        return octets


class SmtpSource:
    """Postfix's smtp-source: the same octets each time, nothing rendered, nothing recorded; connections are kept (-d)."""

    def __init__(self, count: int, size: int):
        program = shutil.which("smtp-source", path=os.environ["PATH"] + ":/usr/sbin:/usr/libexec/postfix")
        if program is None:
            raise Failed("smtp-source is not installed; it is in the package postfix")
        self.command = [program, "-d", "-s", str(CONNECTIONS), "-m", str(count), "-l", str(size)]
        self.command += ["-f", "news@board.example", "-t", "person@school.example"]

    def run(self, port: int) -> Run:
        return Run([*self.command, f"127.0.0.1:{port}"], HERE)


class Nodemailer:
    """nodemailer's pool; installed with npm where that is there."""

    def __init__(self, folder: pathlib.Path, count: int, sample: bytes):
        self.count, self.folder = count, folder
        folder.mkdir(parents=True, exist_ok=True)
        message = email.message_from_bytes(sample, policy=email.policy.default)
        for kind in ("plain", "html"):
            (folder / kind).write_text(message.get_body((kind,)).get_content(), encoding="utf-8")
        shutil.copy(HERE / "nodemailer.mjs", folder)
        (folder / "package.json").write_text('{"private": true}')
        install = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "nodemailer"]
        if subprocess.run(install, cwd=folder, capture_output=True, timeout=120, check=False).returncode != 0:
            raise Failed("npm could not install nodemailer")

    def run(self, port: int) -> Run:
        return Run(["node", "nodemailer.mjs", str(port), str(self.count), str(CONNECTIONS), "plain", "html"], self.folder)
