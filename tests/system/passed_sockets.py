#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The hub listens on sockets that the service manager hands it, with no network of its own.

    passed_sockets.py ACCORDD ACCORD

As root the hub runs in an empty network namespace, as its unit has it (PrivateNetwork=yes).
"""
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

CONF = """[ledger]
directory = {0}/ledger
[guard]
file = {0}/guard
[keys]
file = {0}/hub.key
[runtime]
directory = {0}/run
[log]
target = plain
"""


def listening():
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.bind(("127.0.0.1", 0))
    s.listen(64)
    return s


def run(*words, **more):
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, **more)
    if done.returncode:
        sys.exit(f"{' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def start(accordd, conf, sockets, namespace):
    """As the manager does it: descriptors 3 and 4, their names, and our own process number."""
    pid = os.fork()
    if pid:
        return pid
    # First out of the way of 3 and 4, then onto them.
    high = [os.dup2(s.fileno(), 60 + i) for i, s in enumerate(sockets)]
    for i, fd in enumerate(high):
        os.dup2(fd, 3 + i, inheritable=True)
        os.close(fd)
    os.environ.update(LISTEN_FDS="2", LISTEN_FDNAMES="intake:signals", LISTEN_PID=str(os.getpid()))
    words = [accordd, "--foreground", "-c", conf]
    if namespace:
        words = ["unshare", "--net", "--"] + words
    os.execvp(words[0], words)


def await_file(path, pid):
    for _ in range(200):
        if os.path.exists(path):
            return
        if os.waitpid(pid, os.WNOHANG)[0]:
            sys.exit("the hub ended at once")
        time.sleep(0.05)
    sys.exit("the hub was not ready in ten seconds")


def can_unshare():
    return shutil.which("unshare") and os.geteuid() == 0 and \
        subprocess.run(["unshare", "--net", "true"], capture_output=True).returncode == 0


def main():
    accordd, accord = (os.path.realpath(word) for word in sys.argv[1:3])
    work = tempfile.mkdtemp(prefix="accord-passed.")
    conf, pid = f"{work}/hub.conf", 0
    os.environ.update(ACCORD_CONFIG_DIR=f"{work}/config", XDG_STATE_HOME=f"{work}/state")
    try:
        with open(conf, "w") as file:
            file.write(CONF.format(work))
        run(accordd, "-c", conf, "--init", "--name", "passed", "--origin", "passed.example")
        sockets = [listening(), listening()]
        ports = [s.getsockname()[1] for s in sockets]
        namespace = can_unshare()
        pid = start(accordd, conf, sockets, namespace)
        for s in sockets:
            s.close()
        await_file(f"{work}/run/endpoints", pid)
        endpoints = open(f"{work}/run/endpoints").read()
        for port in ports:
            assert f":{port}\n" in endpoints, endpoints
        run(accord, "key", "generate", f"{work}/node.key")
        run(accord, "--no-input", "--control", f"{work}/run/control.sock", "hub", "participants",
            "add", "acme", "--title", "Acme", "--role", "payer:2010-01-01", "--node", "main",
            "--key", f"{work}/node.key.pub", "--rights", "facts,terms,settlement,read")
        run(accord, "profile", "add", "acme", "--hub", f"tcp://127.0.0.1:{ports[0]}",
            "--signals", f"tcp://127.0.0.1:{ports[1]}", "--hub-key", f"{work}/hub.key.pub",
            "--as", "acme/main", "--key-file", f"{work}/node.key")
        print(run(accord, "-p", "acme", "profile", "test"), end="")
        print("heard over passed sockets", "without a network" if namespace else
              "(with a network: not root)")
    finally:
        if pid:
            os.kill(pid, signal.SIGTERM)
            os.waitpid(pid, 0)
        shutil.rmtree(work)


main()
