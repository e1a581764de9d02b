"""The model engine: Message -> Reading, by one question to a language model behind any OpenAI-compatible endpoint."""

from assistant.understand.llm.engine import ModelEngine

__all__ = ["ModelEngine"]
