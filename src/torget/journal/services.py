"""Writing in the journal."""

import hashlib
import re
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import NewType
from uuid import UUID

from torget.journal.models import Entry

ActorId = NewType("ActorId", UUID)
SYSTEM = ActorId(UUID(int=0))
CODE = re.compile(r"[a-z_]+\.[a-z_]+")
