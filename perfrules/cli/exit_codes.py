"""What the exit status says."""

from enum import IntEnum


class ExitCode(IntEnum):
    """0 fine (warnings and provisional results included); 1 findings; 2 usage; 3 data refused; 70 our own mistake."""

    FINE = 0
    FINDINGS = 1
    USAGE = 2
    REFUSED = 3
    OUR_MISTAKE = 70
