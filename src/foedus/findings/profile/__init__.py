"""The patronage profile: is an alliance one state's instrument, more than comparable alliances are?"""

from foedus.findings.profile.assess import profile
from foedus.findings.profile.preregistration import preregister

__all__ = ["preregister", "profile"]
