"""The pages of the counter: the portal, where people apply, and the desk, where officials work.

A view reads the request, asks a query or calls a verb with `by=` and `at=`, and answers. It decides nothing.
"""

from runtime.views.administering import administering
from runtime.views.desk import desk
from runtime.views.navigation import NAVIGATION
from runtime.views.portal import portal

BLUEPRINTS = (portal, desk, administering)

__all__ = ["BLUEPRINTS", "NAVIGATION"]
