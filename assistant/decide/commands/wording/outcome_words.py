"""The words in which results are told, of which the table of `outcome_rows` is made: slots, and deeds of one kind."""

from __future__ import annotations

_NO_BE = (
    r"(?!(?:is|are|was|were|has|have|been|got|came|just|already|finally|also|now|ya|to|by|from|with|at|in|on|for|of|"
    r"about)\b)"
)
THING = rf"(?P<t>{_NO_BE}\S+(?: \S+){{0,7}}?)"
WHOM = rf"(?P<p>{_NO_BE}\S+(?: \S+){{0,4}}?)"
DETAIL = r"(?P<w>(?: .+)?)"
ACTOR = WHOM.replace("<p>", "<a>")
DID = r"(?:(?:i|we|i've|we've|ive|have|just|already|finally|ya|also|did|me|le|les|se|lo|la|los|las|y) )*"
BEEN = (
    r"(?:(?:is|are|was|were|has|have|been|got|came|now|all|both|just|already|finally|officially|ya|esta|estan|"
    r"fue|fueron|quedo|quedaron|se|lo|la|los|las|also|tambien|safely|successfully) )*"
)

SENT = (
    r"sent(?: (?:out|off|in|over|back))?|faxed(?: (?:over|out|in|off))?|e-?mailed(?: (?:over|out))?|"
    r"mailed(?: (?:out|off|back))?|submitted|turned in|handed (?:in|over)|forwarded|uploaded|filed|transmitted|"
    r"scanned(?: in)?|dropped off|routed|shipped(?: (?:out|off))?|delivered|"
    r"mand(?:e|amos|ado|ada|ados|adas)|envi(?:e|amos|ado|ada|ados|adas)|sub(?:i|imos|ido|ida)|entreg(?:ue|amos|ado|ada)"
)
CARRIED = (
    r"(?:by|via|per|through) (?:(?:certified|express|overnight|secure|encrypted|direct|us|their|the) ){0,2}"
    r"(?:fax|e-?mail|mail|courier|fedex|ups|usps|messenger|runner|portal|mychart|direct|secure|message|messaging)"
)
APART = r"(?:turned|handed|sent|dropped|mailed|faxed|shipped|put|got)"
IS = r"(?:is|are|was|were|'s|it's|they're)"
REACHED = (
    r"got (?:a )?hold of|got ahold of|got through to|reached(?! out)|spoke (?:to|with|w/)|talked (?:to|with|w/)|"
    r"caught|hable con|hablamos con|avise a|avisamos a|le dije a"
)
TOLD = (
    r"told|notified|informed|updated|alerted|advised|let|filled in|looped in|texted|messaged|avis(?:e|amos)(?: a)?|"
    r"le dije a|le avise a"
)
KNOWS = (
    r"(?:now |already |ya )?(?:knows?|knew|is aware|are aware|has been told|have been told|has been notified|"
    r"have been notified|has been informed|was told|were told|was notified|were notified|was informed|is notified|"
    r"are notified|is in the loop|are in the loop|notified|informed|aware|sabe|saben|esta enterad[oa]|estan "
    r"enterad[oa]s)"
)
BOOKED = (
    r"booked|scheduled|arranged|reserved|secured|lined up|set up|rescheduled|rebooked|locked in|in the books|"
    r"on the (?:schedule|books|calendar)|all set(?: up)?|agend(?:e|ado|ada|amos|ados|adas)|program(?:e|ado|ada|amos)|"
    r"reserv(?:e|ado|ada|amos)"
)
HAS = (
    r"(?:now |finally |already |ya )?(?:has|have|got|received|has got|have got|has received|ya tiene|tiene|tienen|"
    r"recibio)"
)
THEM = r"(?:him|her|them|pt|patient|the patient)"
HE = r"(?:he|she|they|pt|patient|the patient)(?:'s|'re)?"
DATE = (
    r"(?:(?:the )?\d{1,2}(?:st|nd|rd|th)|\d{1,2}/\d{1,2}|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}|tomorrow|tmrw|"
    r"\d{1,2}(?::\d\d)? ?[ap]m?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} \d{1,2}|next week|noon)"
)
EXPECTED = (
    rf"(?:{HE} (?:{IS} |got |has been )?|(?P<who>{_NO_BE}\S+(?: \S+){{0,2}}?) (?:{IS}|got|has been) )(?:all )?"
    r"(?:in|on|down|set|booked|scheduled|slotted|confirmed)"
)
"""How a patient is told to have a visit; its day follows."""
IN_HAND = (
    r"(?:(?:is|are|was|were|'s) )?(?:now )?(?:on (?:the|his|her|their) chart|"
    r"in (?:hand|(?:the )?(?:chart|file|folder|system|record|ehr|emr)|our "
    r"(?:hands|inbox|"
    r"system|chart)|(?:his|her|their) (?:chart|file))|on file|here|back|in)"
)
ARRIVED = (
    r"came(?: (?:in|over|through|back|today|this morning))?|arrived|landed|showed up|got here|received|recibid[oa]s?|"
    r"lleg(?:o|aron)"
)
SIGNED = (
    r"(?:co-?)?signed(?: off)?(?:,? and (?:back|returned|faxed(?: back)?|sent(?: back)?|scanned(?: in)?|dated|in the "
    r"chart|on file))?|firm(?:o|aron|ado|ada|ados|adas)"
)
SAID_YES = (
    r"said yes|confirmed|is confirmed|are confirmed|gave (?:us )?the (?:ok|okay|go-ahead|green light)|is a go|"
    r"confirm(?:o|aron)"
)
