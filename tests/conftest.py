"""What all tests share: the fictional jurisdiction can be imported, and Hypothesis does not watch the clock."""

import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))

settings.register_profile("povertyrules", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("povertyrules")
