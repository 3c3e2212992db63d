"""Do something for each of several sites, each in a process of its own in which all is loaded already.

For the programs beside this one, which other Pythons run: it needs nothing but what Python has.
"""

import json
import os
import traceback


def each_alone(do, sites):
    """Return what `do` returned for each of `sites`; None where it ended otherwise, and why is printed."""
    return [_alone(do, site) for site in sites]


def _alone(do, site):
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        done = None
        try:
            os.close(reader)
            done = do(site)
        except BaseException:  # SystemExit is how some generators end
            traceback.print_exc()
        with os.fdopen(writer, "w") as stream:
            json.dump(done, stream)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as stream:
        answer = stream.read()
    os.waitpid(child, 0)
    return json.loads(answer or "null")
