"""Any channel, by hand: a person carries each verb out on the platform, guided, and says so."""

from torget.platforms.manual.adapter import Guide, Manual
from torget.platforms.manual.addresses import name_of, tidy
from torget.platforms.manual.instructions import Instruction, instruction, recognised

__all__ = ["Guide", "Instruction", "Manual", "instruction", "name_of", "recognised", "tidy"]
