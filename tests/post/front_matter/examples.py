"""How many random posts each property is tried with: COPYDESK_EXAMPLES raises it for a long run.

COPYDESK_EXAMPLES=10000 pytest --timeout=0 -o faulthandler_timeout=0 tests/post/front_matter
"""

import os

from hypothesis import HealthCheck, settings

EXAMPLES = int(os.environ.get("COPYDESK_EXAMPLES", "0"))
FAST = settings(
    max_examples=EXAMPLES or 80,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=not EXAMPLES,
    database=None,
)
