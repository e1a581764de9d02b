"""What can go wrong, by who must act.

AssistantError
├── ConfigError            who runs us: a setting, a rule's file, a prompt's file
│   └── RuleError          who wrote a rule
├── TransientError         nobody yet: it is tried again by itself
│   ├── ModelUnavailableError
│   │   ├── UnusableAnswerError   nobody: the embedded engine's reading stands
│   │   └── OverBudgetError       nobody: the embedded engine goes on alone until tomorrow
│   ├── UncertainDeliveryError   nobody yet: whether the mail left is looked up first
│   ├── WithheldMailError    nobody yet: the mails are asked for again; who owns the mailbox may open them
│   ├── SlowMailError        nobody yet: the mail is read again, alone; the third time, who looks at one mail
│   └── StorageError         nobody yet, or who makes room: the ledger's disk is full, fails, or is held by others
├── SignInError            who runs us: a password or token is refused
├── UnreadableMailError    who looks at one mail
├── RefusedMailError       who runs us: a mail of ours was refused for good
├── UnknownTaskError       who asked for a task that is not there
└── LedgerError            who runs us: the ledger cannot be used as it is
    ├── DamagedLedgerError   who runs us: a copy is to be put in its place
    └── LostLedgerError    another daemon took the ledger over
"""

from __future__ import annotations


class AssistantError(Exception):
    """Base of all errors whose text is meant for a person: one line that says what, where and what to do."""


class ConfigError(AssistantError):
    """A setting is missing or wrong.

    Attributes:
        where: The file, and the setting in it where one is to blame.

    """

    def __init__(self, where: str, problem: str) -> None:
        self.where = where
        super().__init__(f"{where}: {problem}")


class RuleError(ConfigError):
    """A rule cannot be used as written; `where` is its file and name."""


class TransientError(AssistantError):
    """A peer did not answer as it should; the same call is tried again later."""


class WithheldMailError(TransientError):
    """A server does not hand out some mails; all others were taken.

    Attributes:
        mails: How many.
        folder: Where the first of them lies.
        uid: Its number.

    """

    def __init__(self, account: str, mails: int, folder: str, uid: int) -> None:
        self.mails, self.folder, self.uid = mails, folder, uid
        said = f"the server did not hand out {mails} mails of {folder!r}, UID {uid} first; they are asked for again"
        super().__init__(f"account {account}: {said}")


class ModelUnavailableError(TransientError):
    """The model's endpoint is down, refuses, or answers nothing usable.

    Attributes:
        may_have_cost: Whether it may have worked on the question all the same.

    """

    def __init__(self, problem: str, *, may_have_cost: bool = False) -> None:
        self.may_have_cost = may_have_cost
        super().__init__(problem)


class UnusableAnswerError(ModelUnavailableError):
    """The model is up, but makes nothing usable of this mail: asking it again would cost as much and end the same way.

    Attributes:
        tokens_in: What the vain calls took in.
        tokens_out: What they gave out.

    """

    def __init__(self, problem: str, *, tokens_in: int = 0, tokens_out: int = 0) -> None:
        self.tokens_in = tokens_in
        self.tokens_out = tokens_out
        super().__init__(f"the model made nothing usable of this mail: {problem}")


class OverBudgetError(ModelUnavailableError):
    """What the model may cost today is used up, for this sender or for all.

    Attributes:
        is_put_off: True where the mail is worth another look tomorrow.

    """

    def __init__(self, *, is_put_off: bool) -> None:
        self.is_put_off = is_put_off
        super().__init__("today's budget for the model is used up")


class UncertainDeliveryError(TransientError):
    """A server was handed a whole mail and did not say what became of it: look for the mail before sending it again."""


class StorageError(TransientError):
    """The ledger could not be read or written just now; nothing of the step is kept, all of it is done again."""


class SlowMailError(TransientError):
    """What a mail asks for could not be told in the time that one mail may take."""

    def __init__(self, limit_s: float) -> None:
        super().__init__(f"understanding it took more than {limit_s:g} seconds, three times")


class SignInError(AssistantError):
    """A server refuses our name and password, or nobody gives us a token for it.

    Attributes:
        peer: The account or server, as named in the configuration.

    """

    def __init__(
        self, peer: str, problem: str, advice: str = "check the user and the password in the configuration"
    ) -> None:
        self.peer = peer
        self.problem = problem
        self.advice = advice
        super().__init__(f"{peer}: sign-in refused ({problem}); {advice}")


class UnreadableMailError(AssistantError):
    """A mail cannot be read; it goes to quarantine with this reason. The text holds none of the mail's own words."""


class RefusedMailError(AssistantError):
    """A server refused one of our mails for good (a 5xx answer); trying again cannot help."""


class UnknownTaskError(AssistantError):
    """No task has this number."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"there is no task #{number}; `assistant tasks` lists those that are open")


class LedgerError(AssistantError):
    """The ledger's file cannot be used: locked by another assistant, newer than this program, or damaged."""


class DamagedLedgerError(LedgerError):
    """The ledger's file is damaged: nothing more may be written to it."""


class LostLedgerError(LedgerError):
    """Another assistant has taken the ledger over since we opened it; nothing more may be written."""


def place_of(error: BaseException) -> str:
    """Return where an error arose; its text may hold words of a mail and is not logged."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        place, trace = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}", trace.tb_next
    return place
