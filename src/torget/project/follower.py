"""Runs a module that knows nothing of supervisors: ``python -m torget.project.follower MODULE …``.

The process ends with the one that started it (see ``processes.follow``).
"""

import runpy
import sys

from torget.project.processes import follow

if __name__ == "__main__":
    follow()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
