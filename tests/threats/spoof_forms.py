"""Forged senders and forged results, each by its name; and the forms in which honest mail programs answer."""

from __future__ import annotations

from tests.configs import DANA, US
from tests.threats.spoofing import FAIL, FOREIGN, HOP, PASS, gmail, inside_microsoft, microsoft, postfix, rspamd

EVIL = "mallory@evil.example"
_NUL = "\x00"

SENDERS: dict[str, str] = {
    "two lines, hers first": f"From: {DANA}\nFrom: {EVIL}",
    "two lines, hers last": f"From: {EVIL}\nFrom: {DANA}",
    "two lines, both hers": f"From: {DANA}\nFrom: {DANA}",
    "two mailboxes": f"From: {DANA}, {EVIL}",
    "two mailboxes, hers last": f"From: {EVIL}, Dana <{DANA}>",
    "her address as a name": f'From: "{DANA}" <{EVIL}>',
    "her address as a bare name": f"From: {DANA} <{EVIL}>",
    "his address as her name": f"From: {EVIL} <{DANA}>",
    "his address as her quoted name in encoded words": f"From: =?utf-8?q?mallory=40evil.example?= <{DANA}>",
    "his address as her name in quotes and encoded words": (f'From: "=?utf-8?q?mallory=40evil.example?=" <{DANA}>'),
    "a bracket in quotes and encoded words": f'From: "=?utf-8?q?Mallory_=3C?=" <{DANA}>',
    "a second From behind a signature": f"DKIM-Signature: v=1; h=To:Subject\nX-Note: a\n From: {EVIL}\nFrom: {DANA}",
    "an encoded bracket": f"From: =?utf-8?q?=3Cmallory=40evil.example=3E=2C?= <{DANA}>",
    "a comment before": f"From: ({EVIL}) {DANA}",
    "a comment behind": f"From: {EVIL} ({DANA})",
    "a comment within": "From: dana(x)@clinic.example",
    "a comment in the brackets": f"From: Dana <(x){DANA}>",
    "a nested comment": f"From: Dana (a (b) <{EVIL}>) <{DANA}>",
    "all in encoded words": "From: =?utf-8?q?dana=40clinic.example?=",
    "an encoded local part": "From: =?utf-8?q?dana?=@clinic.example",
    "an encoded local part in brackets": "From: Dana <=?utf-8?q?dana?=@clinic.example>",
    "a NUL behind": f"From: {DANA}{_NUL}",
    "a NUL within": f"From: Dana <dana@clinic.example{_NUL}.evil.example>",
    "a NUL in the name": f"From: Da{_NUL}na <{DANA}>",
    "a Cyrillic letter": "From: Dana <d\u0430na@clinic.example>",
    "a Cyrillic letter in the domain": "From: Dana <dana@clinic.ex\u0430mple>",
    "punycode": "From: Dana <dana@xn--clnic-8ra.example>",
    "a full-width sign": "From: Dana <dana\uff20clinic.example>",
    "a dotless letter": "From: Dana <dana@cl\u0131nic.example>",
    "a character without width": "From: Dana <da\u200bna@clinic.example>",
    "a mark of direction": f"From: Dana \u202e<{DANA}>",
    "a digit for a letter": "From: Dana <dana@c1inic.example>",
    "a domain below": "From: Dana <dana@clinic.example.evil.example>",
    "a domain beside": "From: Dana <dana@clinic-example.example>",
    "a dot behind": "From: Dana <dana@clinic.example.>",
    "a group": f"From: clinic: {DANA};",
    "a route": f"From: Dana <@evil.example,@x.example:{DANA}>",
    "a quoted local part": 'From: Dana <"dana"@clinic.example>',
    "two brackets": f"From: <{DANA}> <{EVIL}>",
    "brackets in brackets": f"From: Dana <<{DANA}>>",
    "an open bracket": f"From: Dana <{DANA}",
    "an open quote": f'From: "Dana <{DANA}>',
    "a semicolon": f"From: {DANA}; {EVIL}",
    "a percent": "From: Dana <dana%clinic.example@evil.example>",
    "a space in the address": "From: Dana <dana @clinic.example>",
    "a space before the colon": f"From : Dana <{DANA}>",
    "a tab before the colon": f"From\t: Dana <{DANA}>",
    "hidden in another field by a bare CR": f"X-Note: a␍From: {EVIL}\nFrom: {DANA}",
    "a bare CR in it": f"From: Dana␍ <{DANA}>",
    "a folded second From": f"X-Note: a\n From: {EVIL}\nFrom: {DANA}",
    "another Sender": f"From: Dana <{DANA}>\nSender: {EVIL}",
    "a Sender in odd form": f"From: Dana <{DANA}>\nSender: {DANA}, {EVIL}",
    "two Subjects": f"From: Dana <{DANA}>\nSubject: another",
    "two Dates": f"From: Dana <{DANA}>\nDate: Mon, 9 Mar 2026 10:00:00 +0000",
    "two Content-Types": f"From: Dana <{DANA}>\nContent-Type: text/html",
    "no From": "X-From: nobody",
    "an empty From": "From: ",
    "only a Sender": f"Sender: {DANA}",
    "only a Reply-To": f"Reply-To: {DANA}",
    "his own": f"From: Dana Whitfield <{EVIL}>",
    "a line that is no field, then another From": f"From: Dana <{DANA}>\nnot a field\nFrom: {EVIL}",
}
"""All of these are refused, whatever the border says of them."""

_TO_FORGE = f"Authentication-Results: mx.clinic.example; {PASS}"
_FORGED_HOP = "Received: from mx.clinic.example by mx.clinic.example with ESMTP id 1; {date}"
_LONG = "x" * 5000
_LITTLE = "Authentication-Results: mx.clinic.example; spf=none"

RESULTS: dict[str, str] = {
    "nothing at all": f"{HOP}\n{FOREIGN}",
    "not even a hop": "",
    "failed": postfix(FAIL),
    "failed, below the hop": rspamd(FAIL),
    "failed, and a forged one right below": f"{rspamd(FAIL)}".replace(FOREIGN, f"{_TO_FORGE}\n{FOREIGN}"),
    "failed, and a forged one below that hop": f"{postfix(FAIL)}\n{_TO_FORGE}",
    "failed, and a forged hop with a forged one": f"{postfix(FAIL)}\n{_FORGED_HOP}\n{_TO_FORGE}",
    "little, and a forged one right below": f"{rspamd('spf=none')}".replace(FOREIGN, f"{_TO_FORGE}\n{FOREIGN}"),
    "little, and a forged hop with a forged one": f"{_LITTLE}\n{HOP}\n{_FORGED_HOP}\n{_TO_FORGE}",
    "little below, and a forged hop with a forged one": f"{HOP}\n{_LITTLE}\n{_FORGED_HOP}\n{_TO_FORGE}",
    "a forged one below a foreign hop": f"{HOP}\n{FOREIGN}\n{_TO_FORGE}",
    "a forged hop and one below a foreign hop": f"{HOP}\n{FOREIGN}\n{_FORGED_HOP}\n{_TO_FORGE}",
    "a foreign hop on top": f"{FOREIGN}\n{_TO_FORGE}\n{HOP}",
    "another server's": f"{HOP}\nAuthentication-Results: mx.evil.example; {PASS}",
    "a name that begins like ours": f"{HOP}\nAuthentication-Results: mx.clinic.example.evil.example; {PASS}",
    "a name that ends like ours": f"{HOP}\nAuthentication-Results: evil-mx.clinic.example; {PASS}",
    "our name in a comment": f"{HOP}\nAuthentication-Results: (mx.clinic.example) evil.example; {PASS}",
    "our name as a version": f"{HOP}\nAuthentication-Results: evil.example mx.clinic.example; {PASS}",
    "no name": f"{HOP}\nAuthentication-Results: {PASS}",
    "a version that there is not": f"{HOP}\nAuthentication-Results: mx.clinic.example 2; {PASS}",
    "in an ARC header": f"{HOP}\nARC-Authentication-Results: i=1; mx.clinic.example; {PASS}\n{FOREIGN}",
    "in an X header": f"{HOP}\nX-Authentication-Results: mx.clinic.example; {PASS}\n{FOREIGN}",
    "in the original's header": f"{HOP}\nAuthentication-Results-Original: mx.clinic.example; {PASS}\n{FOREIGN}",
    "below the sender's own fields": f"{HOP}\nComments: hi\n{_TO_FORGE}",
    "of another From": postfix("dmarc=pass header.from=evil.example"),
    "of two Froms": postfix("dmarc=pass header.from=clinic.example header.from=evil.example"),
    "of no From": postfix("dmarc=pass"),
    "passed and failed": postfix("dmarc=pass header.from=clinic.example; dmarc=fail header.from=clinic.example"),
    "in doubt": postfix("dmarc=temperror header.from=clinic.example; dkim=pass header.d=clinic.example"),
    "a stranger's signature": postfix("dkim=pass header.d=evil.example; dmarc=none header.from=clinic.example"),
    "a signature of a name like ours": postfix("dkim=pass header.d=evilclinic.example"),
    "a signature of a domain below": postfix("dkim=pass header.d=lists.clinic.example"),
    "a signature of all": postfix("dkim=pass header.d=example"),
    "a signature of two": postfix("dkim=pass header.d=clinic.example header.d=evil.example"),
    "a signature that failed": postfix("dkim=fail header.d=clinic.example; dkim=pass header.d=evil.example"),
    "the envelope alone": postfix(f"spf=pass smtp.mailfrom={DANA}"),
    "a comment that says so": postfix("dmarc=fail (dmarc=pass header.from=clinic.example)"),
    "a quote that says so": postfix('dkim=pass header.d="x; dmarc=pass header.from=clinic.example"'),
    "a reason that says so": postfix('dkim=fail reason="dkim=pass header.d=clinic.example" header.d=clinic.example'),
    "no result": postfix("none"),
    "broken": postfix("dkim=pass header.d=clinic.example; ;;=;"),
    "endless": postfix(f"dkim=pass header.d=clinic.example header.x={_LONG}"),
    "endless brackets": postfix(f"dkim=pass {'(' * 3000} header.d=clinic.example"),
    "Microsoft's": microsoft(PASS),
    "Gmail's": gmail(PASS),
}
"""What stands on top of a mail of hers that nobody vouches for, where our border is mx.clinic.example."""

_M_FORGED = f"Authentication-Results: {PASS}"
MICROSOFT_RESULTS: dict[str, str] = {
    "nothing": microsoft(PASS).replace(f"Authentication-Results: {PASS}\n", ""),
    "failed": microsoft(FAIL),
    "failed, and a forged one below": f"{microsoft(FAIL)}\n{_M_FORGED}",
    "one that names somebody": microsoft(f"mx.clinic.example; {PASS}"),
    "one of another From": microsoft("spf=pass smtp.mailfrom=evil.example; dmarc=pass header.from=evil.example"),
    "no policy, the envelope alone": microsoft(
        "spf=pass smtp.mailfrom=clinic.example; dkim=none; dmarc=bestguesspass header.from=clinic.example"
    ),
    "below a foreign hop": f"{FOREIGN}\n{_M_FORGED}",
    "below a hop named like theirs": f"{HOP.replace('mx.clinic.example', 'outlook.com.evil.example')}\n{_M_FORGED}",
    "renamed": microsoft(PASS).replace("Authentication-Results:", "Authentication-Results-Original:"),
    "said to be inside": microsoft(FAIL).replace("AuthAs: Anonymous", "AuthAs: Internal"),
    "said to be inside twice": f"{inside_microsoft('')}\nX-MS-Exchange-Organization-AuthAs: Anonymous",
    "said to be inside, from outside": f"{HOP.replace('mx.clinic.example', 'x.mail.protection.outlook.com')}\n"
    "X-MS-Exchange-Organization-AuthAs: Internal\nX-MS-Exchange-Organization-MessageDirectionality: Originating",
    "said to be inside, and incoming": inside_microsoft("").replace("Originating", "Incoming"),
    "said to be inside, and refuted": inside_microsoft("").replace("dmarc=none", "dmarc=fail"),
    "said to be inside, with no hop": "X-MS-Exchange-Organization-AuthAs: Internal\n"
    "X-MS-Exchange-Organization-MessageDirectionality: Originating",
}
_G_FORGED = f"Authentication-Results: mx.google.com; {PASS}"
GMAIL_RESULTS: dict[str, str] = {
    "nothing": gmail(PASS).rpartition("\nAuthentication-Results")[0],
    "failed": gmail(FAIL),
    "failed, and a forged one below": f"{gmail(FAIL)}\n{_G_FORGED}",
    "failed, and a forged hop and one below": f"{gmail(FAIL)}\n"
    f"Received: from x by mx.google.com with ESMTP id 1; {{date}}\n{_G_FORGED}",
    "below a foreign hop": f"{FOREIGN}\n{_G_FORGED}",
    "below a hop named like theirs": f"{HOP.replace('mx.clinic.example', 'mx.google.com.evil.example')}\n{_G_FORGED}",
    "only in the seal": gmail(FAIL).replace(FAIL, PASS, 1),
    "of another From": gmail("dmarc=pass header.from=evil.example"),
    "of the hosting firm": gmail("dkim=pass header.i=@clinic-example.20230601.gappssmtp.com; dmarc=none"),
    "a name like theirs": gmail(PASS).replace("Results: mx.google.com", "Results: mx.google.com.evil.example"),
}

CLIENTS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "Gmail": (f"From: Dana Whitfield <{DANA}>", (), "{said}\n\nOn Mon, Mar 9 Us <" + US + "> wrote:\n\n> {quoted}\n"),
    "Gmail on a phone": (f"From: Dana Whitfield <{DANA}>", (), "{said}\n\nDana\n\nOn Mon, Mar 9 Us wrote:\n> {quoted}"),
    "Outlook": (
        f'From: "Whitfield, Dana" <{DANA.capitalize()}>',
        ("Thread-Topic: Your digest", "X-MS-Has-Attach:"),
        "{said}\n\n-----Original Message-----\nFrom: Us <" + US + ">\nSubject: Your digest\n\n{quoted}\n",
    ),
    "Outlook on the web": (
        f"From: Dana Whitfield <{DANA}>",
        ("Accept-Language: en-US", "msip_labels:"),
        "{said}\n\n________________________________\nFrom: Us <" + US + ">\nSent: Monday\nTo: Dana\n\n{quoted}\n",
    ),
    "Outlook on a phone": (f"From: Dana Whitfield <{DANA}>", (), "{said}\n\nGet Outlook for iOS\n"),
    "Apple Mail": (
        f"From: Dana Whitfield <{DANA}>",
        ("Mime-Version: 1.0 (Mac OS X Mail 16.0)", "Content-Type: text/plain; charset=us-ascii"),
        "{said}\n\n> On Mar 9, 2026, at 7:00 AM, Us <" + US + "> wrote:\n> \n> {quoted}\n",
    ),
    "iPhone": (
        f"From: Dana Whitfield <{DANA}>",
        ("Mime-Version: 1.0 (1.0)", "Content-Type: text/plain; charset=utf-8"),
        "{said}\n\nSent from my iPhone\n\n> On Mar 9, 2026, at 07:00, Us wrote:\n> {quoted}\n",
    ),
    "Thunderbird": (
        f"From: Dana Whitfield <{DANA}>",
        ("User-Agent: Mozilla Thunderbird", "Content-Language: en-US"),
        "{said}\n\nOn 3/9/26 07:00, Us wrote:\n> {quoted}\n",
    ),
    "Yahoo": (
        f'From: "Dana Whitfield" <{DANA}>',
        ("X-Mailer: WebService/1.1",),
        "{said}\n\n On Monday, Us wrote:\n{quoted}",
    ),
    "K-9": (f"From: Dana Whitfield <{DANA}>", ("User-Agent: K-9 Mail for Android",), "{said}\n-- \nDana\n"),
    "Proton": (f"From: {DANA}", ("X-Pm-Message-ID: 1",), "{said}\n\nOn Monday, Us <" + US + "> wrote:\n\n> {quoted}\n"),
    "a server that begins a line of its signature with a field's name": (
        f"DKIM-Signature: v=1; d=mail.clinic.example; s=x; h=To:\n\tFrom:Date; bh=1; b=2\nFrom: Dana <{DANA}>",
        (),
        "{said}\n\nOn Monday, Us wrote:\n> {quoted}",
    ),
    "a name with an emoji of several parts": (
        f"From: =?utf-8?b?RGFuYSDwn5Gp4oCN4pqV77iP?= <{DANA}>",
        (),
        "{said}\n\nOn Monday, Us wrote:\n> {quoted}",
    ),
    "a quoted name in encoded words": (
        f'From: "=?utf-8?B?V2hpdGZpZWxkLCBEYW5h?=" <{DANA}>',
        (),
        "{said}\n\nOn Monday, Us wrote:\n> {quoted}",
    ),
    "a name with accents": (
        f"From: =?utf-8?q?Dana_Whitfield=2C_Enfermer=C3=ADa?=\n <{DANA}>",
        (),
        "{said}\n\nEl lun, 9 mar 2026, Us escribió:\n> {quoted}\n",
    ),
}
"""By program: the From, further fields, and the text with the answer and what is quoted below."""
