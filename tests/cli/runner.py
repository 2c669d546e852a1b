"""Runs the interpreter for the cases of check.py, and keeps the list of them."""
import os
import re
import signal
import subprocess
import time

LIBRARY_FRAME = re.compile(r'^(\s*)File "(?!<DIR>|<string>|<stdin>)[^"]+", line \d+.*\n(?:\1  .*\n)*', re.MULTILINE)
CASES = []


def case(function):
    CASES.append((function.__name__, function, False))
    return function


def own(function):
    CASES.append((function.__name__, function, True))
    return function


class Runner:
    """Runs the interpreter in a folder of its own."""

    def __init__(self, executable, folder):
        self.executable, self.folder = executable, folder
        self.environment = {"PATH": os.environ.get("PATH", ""), "HOME": folder, "LC_ALL": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1",
                            "PYTHON_COLORS": "0", "PYTHONDONTWRITEBYTECODE": "1", "PYTHON_BASIC_REPL": "1",
                            "PYTHON_HISTORY": os.path.join(folder, "history")}

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def mask(self, text):
        text = text.replace(self.folder, "<DIR>").replace(self.executable, "<EXE>")
        text = re.sub(r"0x[0-9a-f]{6,}", "0xADDRESS", text)
        text = re.sub(r"^\S+(?=: (can't open|No module named [^']))", "<EXE>", text, flags=re.MULTILINE)
        return LIBRARY_FRAME.sub("", text)

    def start(self, *arguments, **options):
        environment = dict(self.environment, **options.pop("environment", {}))
        return subprocess.Popen([self.executable, *arguments], cwd=self.folder, env=environment, start_new_session=True, **options)

    def run(self, *arguments, stdin="", environment=()):
        process = self.start(*arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                             environment=dict(environment))
        try:
            out, err = process.communicate(stdin.encode(), timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return ["timed out"]
        return [process.returncode, self.mask(out.decode("utf-8", "backslashreplace")), self.mask(err.decode("utf-8", "backslashreplace"))]

    def interrupt(self, source, ready="ready\n"):
        """Sends SIGINT when the script has printed its first line."""
        process = self.start(self.write("interrupted.py", source), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        first = process.stdout.readline().decode()
        time.sleep(0.05)  # into the work that follows
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)  # its input stays open meanwhile
        except subprocess.TimeoutExpired:
            process.kill()
        out, err = process.communicate()
        if process.returncode == -signal.SIGKILL:
            return ["did not end", first == ready]
        return [process.returncode, first == ready, self.mask(out.decode()), self.mask(err.decode())]
