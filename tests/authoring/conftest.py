"""The bank's planted mistakes and strategies serve here, too."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "bank"))
