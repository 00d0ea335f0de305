"""A whole sea trial over HTTP, with nothing but Python's standard library.

    seatrial serve --bare --control 7070          # prints SEATRIAL_CONTROL_URL and _TOKEN: export them
    python3 trial.py node your-middleware.js      # the integration under test, as a command

Exit code: 0 every promise holds, 1 one is violated, 2 unknown, 3 could not run.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request


class Control:
    """The control API: one method, and the problem's own words when it refuses."""

    def __init__(self, url, token):
        self.url, self.token = url, token

    def __call__(self, method, path, body=None):
        request = urllib.request.Request(
            self.url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as reply:
                text = reply.read().decode()
        except urllib.error.HTTPError as refused:
            problem = json.loads(refused.read())
            raise SystemExit(f"{method} {path}: {problem['status']} {problem['detail']}")
        return json.loads(text) if text else None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(command, environment):
    """Starts the integration and waits until it listens."""
    port = free_port()
    process = subprocess.Popen(command, env={**os.environ, **environment, "PORT": str(port)})
    for _ in range(200):
        if process.poll() is not None:
            raise SystemExit(f"the integration ended with {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process, f"http://127.0.0.1:{port}"
        time.sleep(0.1)
    raise SystemExit("the integration does not listen")


def run(control, command):
    # A landscape: three systems on ports of their own. The workload sets how business days pass.
    landscape = control("POST", "/v1/landscapes", {
        "seed": "python",
        "workload": {"purchaseOrders": 20, "over": "10s"},
    })
    here = f"/v1/landscapes/{landscape['id']}"
    process, url = start(command, landscape["environment"])
    try:
        control("PUT", f"{here}/webhooks", {"url": url})

        # Things go wrong, from now on: messages twice, answers lost, the ERP half away.
        for fault in (
            {"kind": "duplicate", "link": "wms -> integration", "options": {"rate": 0.3}},
            {"kind": "loseResponse", "link": "integration -> erp", "options": {"on": "POST", "rate": 0.2}},
            {"kind": "outage", "link": "integration -> erp", "options": {"rate": 0.3}},
        ):
            control("POST", f"{here}/faults", fault)

        # The business of a whole department, and one order by hand among it.
        control("POST", f"{here}/workload")
        order = control("POST", f"{here}/actions/issue-order", {"lines": [{"quantity": "7"}]})
        control("POST", f"{here}/actions/acknowledge-order", {"purchaseOrder": order["id"]})
        time.sleep(10)

        # Safety is over: heal, and give the integration time to bring everything that it owes.
        faults = control("POST", f"{here}/heal")["faults"]
        owed = control("GET", f"{here}/owed?wait=20s")
        for fault in faults:
            print(f"{fault['fired']:5} x {fault['fault']}")
        # What the ERP refuses by its rules stays owed; the verdict knows such exceptions.
        print("quiet" if owed["quiet"] else f"still owed: {owed['owed']}")

        # One document, as the ERP has it now.
        reference = urllib.parse.quote(order["id"], safe="")
        mine = control("GET", f"{here}/documents/procurement/PurchaseOrder/{reference}")
        print(f"{order['id']} is in version {mine['version']}: {mine['data']['status']}")
        return control("GET", f"{here}/verdict")
    finally:
        process.terminate()
        process.wait(10)
        control("DELETE", here)


def main():
    try:
        control = Control(os.environ["SEATRIAL_CONTROL_URL"], os.environ["SEATRIAL_CONTROL_TOKEN"])
    except KeyError as missing:
        raise SystemExit(f"{missing} is not set; seatrial serve --bare --control 0 prints it")
    if len(sys.argv) < 2:
        raise SystemExit("name the integration's command, e.g. node your-middleware.js")
    report = run(control, sys.argv[1:])
    for invariant in report["invariants"]:
        if invariant["status"] == "violated":
            print(f"VIOLATED {invariant['invariant']}: {invariant['stories'][0]['sentence']}")
            for line in invariant["stories"][0]["story"]:
                print(f"    +{line['afterMs']} ms  {line['sentence']}")
    for doubt in report["doubts"]:
        print(f"doubt: {doubt}")
    print(f"verdict: {report['verdict']} ({len(report['invariants'])} invariants)")
    sys.exit({"holds": 0, "violated": 1, "unknown": 2}[report["verdict"]])


if __name__ == "__main__":
    try:
        main()
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
            sys.exit(3)
        raise
