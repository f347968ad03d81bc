"""What is said of a finished report: where each number comes from, whether it contradicts itself, whether it is current."""

from ..document.coverage_record import Coverage
from .audit import Audit, audit
from .consistency import consistency
from .coverage import coverage
from .ledgers import Ledgers
from .literals import Literals
from .verification import Verification, verify

__all__ = ["Audit", "Coverage", "Ledgers", "Literals", "Verification", "audit", "consistency", "coverage", "verify"]
