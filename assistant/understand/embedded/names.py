"""A mail's people -> whom a greeting or a sentence speaks to: the coordinator, somebody else, or nobody named."""

from __future__ import annotations

import re
from typing import Literal

from assistant.records import Address, Message, ReadingContext

Whose = Literal["ours", "theirs", "stranger", "unsaid"]
"""A stranger is called by a name that the headers do not hold: perhaps the coordinator's short name."""

TITLES = frozenset(
    [
        "dr",
        "mr",
        "mrs",
        "ms",
        "miss",
        "md",
        "rn",
        "np",
        "pa",
        "do",
        "phd",
        "pharmd",
        "lcsw",
        "jr",
        "sr",
        "capt",
        "prof",
        "don",
        "doña",
        "señor",
        "señora",
        "sr.",
        "sra",
        "srta",
    ]
)
TOKEN = re.compile(r"[^\W\d_][\w'’-]{1,30}")
GREETING = re.compile(
    r"^(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|morning|afternoon|greetings|aloha|hola|"
    r"estimad[oa]|querid[oa]|"
    r"buen[oa]s? (?:días?|dias?|tardes|noches)|thanks|thank you|yes|ok|sure)[ ,]{1,2})?(?:there |again )?"
    r"(?P<names>(?:(?:dr|mr|mrs|ms|dra|sr|sra|señor|señora)\.? )?[^\W\d_][\w'’.-]{1,20}(?: [A-Z][\w'’.-]{1,20})?"
    r"(?:(?:,? and |,? & |/|, | y )(?:(?:dr|mr|mrs|ms)\.? )?[A-Z][\w'’.-]{1,20}){0,4})\s?(?:[,:!]|\s[-–—]{1,2}|"
    r"[-–—]{1,2}\s|$)",
    re.IGNORECASE,
)
CALLED = re.compile(
    r"(?:^|[.;,:] |\b(?:and|then|also|so|but|please|for you|hey|hi|thanks) )@?(?P<name>[A-Z][\w'’-]{1,20})"
    r"(?:,| -{1,2}| –| —|:)?(?= (?:can|could|would|will|please|pls|do|are you|you|kindly|I need|nothing|if you|"
    r"this one)\b)"
    r"|(?:^|\s)@(?P<at>[A-Z][\w'’-]{1,20})"
    r"|^(?P<doer>[A-Z][\w'’-]{1,20})(?= (?:to|will need to|needs to|should) [a-z])"
    r"|^(?:[A-Z][\w'’-]{1,20}(?: and |/| & |, ))?(?P<doers>[A-Z][\w'’-]{1,20})"
    r"(?=(?:(?: and |/| & |, )[A-Z][\w'’-]{1,20})? (?:to|will need to|need to|needs to|should) [a-z])"
    r"|^(?:[Ff]or )?(?P<led>[A-Z][\w'’-]{1,20})(?:,| -{1,2}| –| —|:)(?= |$)"
    r"|^(?:ACTION|Action|TODO|To do|TASK|Task)s? ?[(:-] ?(?P<act>[A-Z][\w'’-]{1,20})\)?(?=[ :-])"
    r"|\((?P<tag>[A-Z][\w'’-]{1,20})\)[.]?$"
    r"|^(?P<alone>[A-Z][\w'’-]{1,20})(?: [A-Z][\w'’-]{1,20})?:?$"
    r"|(?:,|\byou) (?P<trail>[A-Z][\w'’-]{1,20})[?!:.]?$"
)
TOGETHER = re.compile(
    r"(?P<names>[A-Z][\w'’-]{1,20}(?:(?:, and |, ?| and | & |/)[A-Z][\w'’-]{1,20}){1,7})"
    r"(?:(?:,| -{1,2}| –| —|:)(?= |$)|(?= (?:please|pls|kindly|(?:can|could|would|will) you)\b))"
)
FOR = re.compile(
    r"(?:^(?:[Ff]or|[Aa]ttn:?|cc:?|assigned to:?) |\b(?:call|call ?back|word|answer|note|letter|reply|signature|"
    r"help|ok|update) from |"
    r"\b(?:waiting (?:on|for)|up to|ask(?:ed|ing|s)? for|asked that|wants|needs|back to|left for|goes to) |"
    r"(?:->|=>|→|@) ?|"
    r"\((?:for )?)(?P<name>[A-Z][\w'’-]{1,20})",
)
STRANGER = re.compile(
    r"(?!(?i:also|and|then|so|please|tomorrow|today|thanks|again|finally|lastly|next|now|yes|no|ok|okay|sorry|first|"
    r"second|third|"
    r"otherwise|instead|meanwhile|team|all|everyone|if|when|once|after|monday|tuesday|wednesday|thursday|friday|"
    r"urgent|reminder|"
    r"hello|hi|hey|dear|plus|por|también|luego)\b)"
    r"(?:Dr\.? |Mr\.? |Ms\.? |Mrs\.? )?[A-ZÁÉÍÓÚ][a-zéáíóúñ'’-]{2,15}"
    r"(?: [A-Z][a-z]{2,12})?(?:,| -{1,2}| –) (?:when (?:you|u)[^,.?!]{2,30},? |if you[^,.?!]{2,30}, )?"
    r"(?:please|pls|can|could|would|will|do you mind|would you mind|mind|I need you to|I want you to|I'd like you to|"
    r"swing by|[¿]?(?:nos |me |le )?(?:puede|puedes|podr[ií]as?)) "
)
_SHORTEST = 3
"""Letters of a short form of a first name."""
LIST = re.compile(r"\[[\w .-]{2,40}\]")
ALL = re.compile(
    r"(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|greetings|happy \w{3,9}|hola|buen[oa]s \w{4,6}|"
    r"estimad[oa]s)[ ,]{1,2})?"
    r"(?:all|everyone|everybody|team|colleagues|friends|folks|staff|y'all|tod[oa]s|equipo|compañeros|colegas)\b",
    re.IGNORECASE,
)
EVERYBODY = re.compile(
    r"^(?:all[-_.]?\w*|every(?:one|body)|staff|team-?members|\w*-?all|all-?(?:staff|users|clinical)|"
    r"clinicstaff|employees)$",
    re.IGNORECASE,
)


def tokens(name: str) -> set[str]:
    """Return the words of a name in lower case, titles left out."""
    return {word.lower() for word in TOKEN.findall(name)} - TITLES


class Roster:
    """Everybody whom one mail knows by name."""

    def __init__(self, message: Message, context: ReadingContext) -> None:
        self._coordinator = context.coordinator
        local = context.coordinator.email.partition("@")[0]
        self._ours = tokens(context.coordinator.name) | {local.lower()}
        senders = [part.sender for part in message.parts if part.sender]
        people = [Address(email=one.email, name=one.name) for one in context.people]
        known = [message.sender, *message.to, *message.cc, *senders, *people]
        self._others = [one for one in known if one and not self._coordinator.is_at(one.email)]
        # A mail to hundreds may call each of them by name: whom a word can mean is looked up, not looked for.
        self._called: dict[str, Whose] = {}
        self._by_word: dict[str, dict[Address, set[str]]] = {}
        for one in self._others:
            words = tokens(one.name)
            for word in words:
                self._by_word.setdefault(word, {})[one] = words

    def is_coordinator(self, address: Address | None) -> bool:
        return address is not None and self._coordinator.is_at(address.email)

    def names_us(self, name: str) -> bool:
        # People shorten first names: "reg" for Reginald, "Mich" for Michelle.
        short = name.lower().rstrip(".")
        return short in self._ours or (len(short) >= _SHORTEST and any(one.startswith(short) for one in self._ours))

    def is_initials(self, text: str) -> bool:
        """Say whether a cell or tag holds the coordinator's initials: "RH", "R.H."."""
        letters = "".join(word[0] for word in TOKEN.findall(self._coordinator.name) if word.lower() not in TITLES)
        said = text.replace(".", "").replace(" ", "")
        return len(letters) > 1 and said.isupper() and said == letters.upper()

    def is_for(self, text: str) -> bool:
        """Say whether a line gives what it tells to the coordinator: "For Ruth", "a call from Ruth", "-> Ruth"."""
        return any(self.names_us(found["name"]) for found in FOR.finditer(text))

    def named(self, name: str, *, besides: Address | None = None) -> Address | None:
        """Return the one other person whom a name can mean, `besides` left out; None for nobody or several."""
        said = tokens(name)
        found: dict[str, Address] = {}
        for one, words in self._by_word.get(min(said, default=""), {}).items():
            if one != besides and said <= words:
                found[one.email] = one
            if len(found) > 1:
                return None
        return next(iter(found.values()), None)

    @property
    def people(self) -> tuple[frozenset[str], ...]:
        """The names of everybody known, each as its words in lower case."""
        return (frozenset(self._ours), *(frozenset(tokens(one.name)) for one in self._others))

    def people_at(self, domain: str) -> tuple[frozenset[str], ...]:
        """Return the names of the coordinator and of everybody known whose address is at `domain`."""
        here = [one for one in self._others if one.email.partition("@")[2] == domain]
        return (frozenset(self._ours), *(frozenset(tokens(one.name)) for one in here))

    def greeted(self, first: str, writer: Address | None) -> Whose:
        """Say whom a part's first sentence greets."""
        found = GREETING.match(first)
        if found is None:
            return "unsaid"
        words = TOKEN.findall(found["names"])
        if any(self.names_us(word) for word in words):
            return "ours"
        return "theirs" if any(self.named(word, besides=writer) for word in words) else "unsaid"

    def called(self, sentence: str) -> Whose:
        """Say whom a sentence speaks to by name."""
        if sentence not in self._called:
            self._called[sentence] = self._whom_called(sentence)
        return self._called[sentence]

    def _whom_called(self, sentence: str) -> Whose:
        said: Whose = "unsaid"
        # "Dana, Tom, Marisol, please ...": each of them is spoken to.
        together = TOGETHER.match(sentence)
        if together is not None and any(self.names_us(word) for word in TOKEN.findall(together["names"])):
            return "ours"
        for found in CALLED.finditer(sentence):
            word = (
                found["name"]
                or found["at"]
                or found["led"]
                or found["doer"]
                or found["doers"]
                or found["tag"]
                or found["act"]
                or found["alone"]
                or found["trail"]
            )
            if self.names_us(word):
                return "ours"
            if self.named(word):
                said = "theirs"
        return "stranger" if said == "unsaid" and STRANGER.match(sentence) else said

    def recipients(self, message: Message) -> Whose:
        """Say whom the headers address."""
        if any(self.is_coordinator(one) for one in message.to):
            return "ours"
        if any(self.is_coordinator(one) for one in message.cc) and message.to:
            return "theirs"
        return "unsaid"

    @staticmethod
    def is_broadcast(message: Message) -> bool:
        """Say whether a mail goes to everybody of a house."""
        return any(
            EVERYBODY.match(one.email.partition("@")[0]) or re.match(r"(?:all|every)\b", one.name, re.IGNORECASE)
            for one in message.to
        )

    def is_for_all(self, message: Message) -> bool:
        """Say whether a mail to a list greets everybody, or comes over a list: its requests are anybody's."""
        if any(self.is_coordinator(one) for one in (*message.to, *message.cc)):
            return False
        own = next((part.text for part in message.parts if part.kind == "own"), "")
        is_list = LIST.search(message.subject) is not None or (
            message.sender is not None and any(one.email == message.sender.email for one in message.to)
        )
        return is_list or ALL.match(own.strip()) is not None
