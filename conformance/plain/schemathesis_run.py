"""Schemathesis (PyPI) against the OpenAPI contract of one plain system; SYSTEM and EXAMPLES say which and how long."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path

from check import LANDSCAPE, check, finish

here = Path(__file__).parent
system, examples, least = os.environ["SYSTEM"], os.environ["EXAMPLES"], int(os.environ["LEAST"])
address = LANDSCAPE["systems"][system]
form = urllib.parse.urlencode({"grant_type": "client_credentials", "client_id": address["clientId"],
                               "client_secret": address["clientSecret"]}).encode()
token = json.load(urllib.request.urlopen(address["url"] + address["tokenPath"], form))["access_token"]
with tempfile.TemporaryDirectory() as work:
    known = Path(work, "known.json")
    known.write_text(json.dumps(LANDSCAPE["known"][system]))
    run = subprocess.run(
        [Path(sys.executable).parent / "st", "--config-file", shutil.copy(here / "schemathesis.toml", work), "run",
         address["url"] + "/v1/openapi.json", "-H", f"Authorization: Bearer {token}", "-n", examples, "--seed", "1",
         "--phases", os.environ["PHASES"], "--generation-database", "none", "--no-color", "--continue-on-failure", "--warnings", "off"],
        env={**os.environ, "SCHEMATHESIS_HOOKS": "plain.hooks", "PYTHONPATH": str(here.parent), "KNOWN": str(known),
             "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=work)
cases = re.search(r"(\d+) generated", run.stdout)
count = int(cases[1]) if cases else 0
with check(f"{count:,} cases, no departure from the contract"):
    if run.returncode != 0:
        print(run.stdout, file=sys.stderr)
    assert run.returncode == 0, "see above"
with check(f"at least {least:,} cases"):
    assert count >= least, count
finish()
