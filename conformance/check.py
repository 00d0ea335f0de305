"""What the Python clients share: where the landscape is, and one line for each thing tried."""
import json
import os
import sys
import traceback
from contextlib import contextmanager

LANDSCAPE = json.loads(os.environ.get("SEATRIAL_LANDSCAPE", "{}"))
failures = []


@contextmanager
def check(name):
    """Tries one thing; the runner counts the lines."""
    try:
        yield
        print(f"ok   {name}", flush=True)
    except Exception as error:
        print(f"FAIL {name}: {str(error).splitlines()[0] if str(error) else type(error).__name__}", flush=True)
        traceback.print_exc(file=sys.stderr)
        failures.append(name)


def finish():
    sys.exit(1 if failures else 0)
