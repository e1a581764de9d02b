"""Reads mail where nothing in it can do harm: in a process that has limits, and can be ended at any moment."""

from assistant.reading_room.room import ReadingRoom

__all__ = ["ReadingRoom"]
