"""Amounts: money, percent, people killed or displaced, weapons, durations, counted things, with bounds and periods."""

from whowhom.mentions.amounts.find import find

__all__ = ["find"]
