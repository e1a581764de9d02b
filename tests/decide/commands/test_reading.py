"""Phrases as coordinators type them, and what each of them asks."""

from __future__ import annotations

import pytest

from assistant.decide.commands import help_lines, read_reply
from tests.decide.commands.replies_made import SHOWN, digest, made, read

ALL = [f"done {number}" for number in SHOWN]

DONE = [
    ("done 12", [12]),
    ("DONE: 2, 4 and 5", [2, 4, 5]),
    ("12 done", [12]),
    ("#9 is done", [9]),
    ("2 & 4 done", [2, 4]),
    ("done 2 4 5", [2, 4, 5]),
    ("2-5 done", [2, 4, 5]),
    ("finished 2, 9", [2, 9]),
    ("marked 2 as done", [2]),
    ("please close out 5 and 7", [5, 7]),
    ("mark 9 complete", [9]),
    ("could you please mark 2 and 4 done?", [2, 4]),
    ("4 taken care of", [4]),
    ("got 2 done", [2]),
    ("I did 2", [2]),
    ("12's done", [12]),
    ("doen 12", [12]),
    ("finsihed 12", [12]),
    ("5 ✅", [5]),
    ("👍 5", [5]),
    ("✓ 2, 4", [2, 4]),
    ("[x] 9", [9]),
    ("- 2 done\n- 4 done", [2, 4]),
    ("2 done, no issues", [2]),
    ("2 done, thanks!", [2]),
    ("9 done. Thanks so much", [9]),
    ("done 2,\n4 and 5", [2, 4, 5]),
    ("2 - faxed, 12 - ordered", [2, 12]),
    ("9 submitted, ref 88213", [9]),
    ("12 done, OR notified", [12]),
    ("done 12, no wait 4", [4]),
    ("2 done. 4 done. no wait, leave 4 open", [2]),
    ("2 and 4 are done but 5 is not", [2, 4]),
    ("2 and 4 done, not 5", [2, 4]),
    ("2 - done / 4 - not yet", [2]),
    ("2 done (confirmation #4471)", [2]),
    ("done: all except 4 & 5", [2, 7, 9, 12]),
    ("move 4 to done", [4]),
    ("4 can be closed", [4]),
    ("Priya finished 4", [4]),
    ("4 finshed", [4]),
    ("hecho 12", [12]),
    ("4 y 5 listos", [4, 5]),
    ("listo el 12", [12]),
    ("el 2 y el 4 ya quedaron", [2, 4]),
    ("12 terminado, gracias", [12]),
    ("the interpreter booking is finished", [5]),
    ("stress test order was faxed", [2]),
    ("loop recorder is ordered, arriving Wed", [12]),
    ("holter report came in, you can close it", [7]),
    ("the Okafor ones are done", [2, 12]),
    ("both of the Castillo items are done", [7, 9]),
    ("2 not done. rest done", [4, 5, 7, 9, 12]),
    ("all done except 4", [2, 5, 7, 9, 12]),
    ("everything but 5 and 7 is done", [2, 4, 9, 12]),
    ("all but the Castillo ones are done", [2, 4, 5, 12]),
    ("all done", list(SHOWN)),
    ("everything is done!", list(SHOWN)),
]

OTHERS = [
    ("snooze 7 mon", ["snooze 7 2026-03-16"]),
    ("7 snooze until monday", ["snooze 7 2026-03-16"]),
    ("remind me about 7 monday", ["snooze 7 2026-03-16"]),
    ("remind me monday about 7", ["snooze 7 2026-03-16"]),
    ("7 until fri", ["snooze 7 2026-03-13"]),
    ("9 can wait til thurs", ["snooze 9 2026-03-12"]),
    ("don't bug me about 7 until monday", ["snooze 7 2026-03-16"]),
    ("pospón el 7 hasta el lunes", ["snooze 7 2026-03-16"]),
    ("9 due fri 3pm", ["due 9 2026-03-13T15:00:00-05:00"]),
    ("move 9 to friday", ["due 9 2026-03-13"]),
    ("9 -> fri", ["due 9 2026-03-13"]),
    ("9 → Friday 3pm", ["due 9 2026-03-13T15:00:00-05:00"]),
    ("push 9 and 12 to monday", ["due 9 2026-03-16", "due 12 2026-03-16"]),
    ("9 friday", ["due 9 2026-03-13"]),
    ("change 9 to thursday, no make that friday", ["due 9 2026-03-13"]),
    ("extend 5 until friday, they called", ["due 5 2026-03-13"]),
    ("12 needs to be done by friday", ["due 12 2026-03-13"]),
    ("change due date on 9 to monday", ["due 9 2026-03-16"]),
    ("9 para el viernes", ["due 9 2026-03-13"]),
    ("el 9 pásalo al viernes", ["due 9 2026-03-13"]),
    ("give 9 to priya", ["assign 9 priya@clinic.example"]),
    ("assign 9 to Priya Raman", ["assign 9 priya@clinic.example"]),
    ("Priya has 9", ["assign 9 priya@clinic.example"]),
    ("hand 9 to pri", ["assign 9 priya@clinic.example"]),
    ("9 -> priya@clinic.example", ["assign 9 priya@clinic.example"]),
    ("give priya 9", ["assign 9 priya@clinic.example"]),
    ("give 9 to marcus lee", ["assign 9 marcus.lee@clinic.example"]),
    ("give 9 to Ruth and 5 too", ["assign 9 ruth@clinic.example", "assign 5 ruth@clinic.example"]),
    ("4 not mine, give it to ruth", ["assign 4 ruth@clinic.example"]),
    ("move the loop recorder to Ruth and make it due Monday", ["assign 12 ruth@clinic.example", "due 12 2026-03-16"]),
    ("la 9 dásela a Priya", ["assign 9 priya@clinic.example"]),
    ("asigna 9 a Priya", ["assign 9 priya@clinic.example"]),
    ("let Priya handle 9", ["assign 9 priya@clinic.example"]),
    ("drop 4", ["drop 4"]),
    ("4 not a task", ["drop 4"]),
    ("4 duplicate of 9", ["drop 4"]),
    ("9 cancelled", ["drop 9"]),
    ("stop reminding me about 4", ["drop 4"]),
    ("4 no longer needed, patient transferred", ["drop 4"]),
    ("note 4 left voicemail", ["note 4 left voicemail"]),
    ("4: left voicemail", ["note 4 left voicemail"]),
    ("4 left voicemail", ["note 4 left voicemail"]),
    ("nota 4: dejé mensaje", ["note 4 dejé mensaje"]),
    ("4: left voicemail. 5 done", ["note 4 left voicemail", "done 5"]),
    ("7: 4 of the 12 pages came", ["note 7 4 of the 12 pages came"]),
    ("9 - almost done, waiting on a signature", ["note 9 almost done, waiting on a signature"]),
    ("called Dr. Abel's office, on hold 20 min", ["note 7 called Dr. Abel's office, on hold 20 min"]),
    ("ack 5", ["acknowledge 5"]),
    ("5 on it", ["acknowledge 5"]),
    ("I'll have 12 done Friday", ["acknowledge 12 2026-03-13"]),
    ("I'll take 9", ["acknowledge 9"]),
    ("reopen 2", ["reopen 2"]),
    ("put 2 back on the list", ["reopen 2"]),
    ("5 was closed by mistake", ["reopen 5"]),
    ("12 urgent", ["priority 12 high"]),
    ("mark 12 critical", ["priority 12 critical"]),
    ("12 can go to normal", ["priority 12 normal"]),
    ("drop 12 to normal", ["priority 12 normal"]),
    ("new: call Aetna by thursday 10am", ["create 2026-03-12T10:00:00-05:00 Call Aetna"]),
    ("new task - order gowns for room 2", ["create Order gowns for room 2"]),
    ("can you add a task to check the pacer schedule friday", ["create 2026-03-13 Check the pacer schedule"]),
    ("nueva: llamar a Aetna", ["create Llamar a Aetna"]),
    ("undo that please", ["undo"]),
    ("deshacer", ["undo"]),
    ("stop sending me these", ["stop"]),
    ("turn the digests back on", ["resume"]),
    ("what's still open?", ["list"]),
    ("lista", ["list"]),
    ("help", ["help"]),
    ("ayuda", ["help"]),
    ("who asked for 12?", ["question 12"]),
    ("is 12 done?", ["question 12"]),
    ("¿el 12 está hecho?", ["question 12"]),
    ("done 2, 4 due fri", ["done 2", "due 4 2026-03-13"]),
    ("2 done; everything else push to friday", ["done 2", *[f"due {n} 2026-03-13" for n in (4, 5, 7, 9, 12)]]),
    ("take 4 off my list", ["drop 4"]),
    ("estoy trabajando en el 7", ["acknowledge 7"]),
    ("2 done; 4 due fri; 5 -> ruth", ["done 2", "due 4 2026-03-13", "assign 5 ruth@clinic.example"]),
]

NEVER_CLOSES = """\
not done 12|12 not done|12 isn't done|2 isnt done yet|12 not done yet|12 done?|is 12 done?|done?|almost done with 12
12 almost done|12 nearly finished|12 mostly done|12 half done|12 should be done|12 should be done by friday
12 will be done friday|I'll have 12 done Friday|12 to be done tomorrow|12 must be done today|12 might be done
12 is probably done|i think 12 is done|12 done except the signature|done except 12|12 done, except the consent
12 done but the fax bounced|12 done once dr abel signs|12 will be done when the lab calls|12 done if she agrees
12 done unless you hear from me|12 done until friday|12 done tomorrow|not yet done: 12|12 unfinished|12 incomplete
haven't done 12|I haven't finished 12|don't close 12|do not mark 12 done|can't close 12|12 partially done|12 in progress
12 started|working on 12|12 called twice, left vm|4 called, no answer|12 waiting for signature|12 pending|room 12 done
bed 12 is ready|call 555-0112, done|gave 2 mg, done|12 patients called|at 12 done with rounds|dose 12 done|cycle 2 done
page 2 of 12 done|12 pages sent|2 of 12 done|done by 12|done at 4 pm|she said 12 is done|12 or 14 done|2 or 4 done
who did 12|why is 12 not done|thanks|ok|👍|well done!|done|all set?|nothing is done|none of them are done|not all done
I'm done for today|done with my shift|undo 12|wish 12 was done|let me know when 12 is done|make sure 12 gets done
get 12 done|can 12 be done today?|could you check if 12 is done|if 12 is done, close it|> done 12
> 12 done|>12 done|12 no está hecho
el 12 todavía no está listo|el 12 casi listo|el 12 estará listo mañana|falta el 12|no cierres el 12|12 was done wrong
Done 12 was wrong|12 done - oops, no|done 12. wait no|12 - sent to wrong fax|2 faxed, got busy signal
2 faxed but no confirmation|2: fax it again|about to close 12|closing 12 tomorrow|12 done soon|12: done is what I'd like
12 "done"|get it done|everything will be done by 12|the office closed|Ridgeview is closed today|the stress test is done
12 cancelled?|should I drop 4?|don't drop 4|4 might be cancelled|drop 12 off at the lab|cancel 5's appointment
12 done ⏎ 12 not done|12 done for today|12 12 12|12|done 13|done 12-400|the rest are done
Hi ⏎ Thanks, ⏎ done 12|Hi ⏎ -- ⏎ done 12
Hi ⏎ Dana Whitfield ⏎ Suite 12 done
On Tue, Mar 10, 2026 the assistant wrote: ⏎ done 12""".replace("\n", "|").replace("\\n", "\n")

ABOUT_ONE = [
    ("done", ["done 4"]),
    ("took care of this yesterday", ["done 4"]),
    ("yep, all set", ["done 4"]),
    ("✅", ["done 4"]),
    ("hecho", ["done 4"]),
    ("ya lo hice", ["done 4"]),
    ("👍", ["acknowledge 4"]),
    ("on it", ["acknowledge 4"]),
    ("will do it friday", ["acknowledge 4 2026-03-13"]),
    ("estoy en eso", ["acknowledge 4"]),
    ("friday 3pm", ["due 4 2026-03-13T15:00:00-05:00"]),
    ("snooze until monday", ["snooze 4 2026-03-16"]),
    ("left voicemail", ["note 4 left voicemail"]),
    ("she has not called back", ["note 4 she has not called back"]),
    ("give to priya", ["assign 4 priya@clinic.example"]),
    ("not needed anymore", ["drop 4"]),
    ("cancélalo", ["drop 4"]),
    ("urgent", ["priority 4 high"]),
    ("reopen", ["reopen 4"]),
    ("not done", []),
    ("not yet", []),
    ("I'm done for today", []),
    ("done with my shift", []),
    ("well done", []),
    ("thanks!", []),
]

ASKS = [
    ("done", "Which task do you mean"),
    ("give 9 to marcus", "Marcus Boyd or Marcus Lee"),
    ("give 9 to Beatrix", "I know nobody called “Beatrix”"),
    ("done 13", "There is no task #13 on your list. Do you mean #9 or #12?"),
    ("push 9 back a bit", "When is #9 due?"),
    ("snooze 9", "Until when shall #9 rest?"),
    ("make 9 thursday or friday", "When is #9 due?"),
    ("not mine: 9", "Who should have #9?"),
    ("9 not mine", "Who should have #9?"),
    ("can someone else take 9?", "Who should have #9?"),
    ("can Marcus take 9?", "Who should have #9: Marcus Boyd or Marcus Lee?"),
    ("the Castillo thing is done", "Which one do you mean: #7 Get the Holter report from Dr. Abel; #9"),
    ("drop the Castillo one", "Which one do you mean"),
    ("the stress test is done", "Is #2 Fax the stress test order to Ridgeview Imaging done?"),
    ("12 done except the consent", "I left #12 open"),
    ("12 done\n12 not done", "You say two things about #12"),
    ("friday not thursday", "Which task do you mean"),
    ("cancel that one", "Which task do you mean"),
    ("ignore 4", "Shall #4 go?"),
]


@pytest.mark.parametrize(("words", "numbers"), DONE)
def test_plain_words_for_done_close_the_named_tasks_and_no_others(words: str, numbers: list[int]):
    assert read(words) == [f"done {number}" for number in numbers]


@pytest.mark.parametrize(("words", "operations"), OTHERS)
def test_a_phrase_asks_for_what_a_colleague_would_take_it_for(words: str, operations: list[str]):
    assert read(words) == operations


@pytest.mark.parametrize("words", NEVER_CLOSES.split("|"))
def test_words_that_only_sound_like_done_close_nothing(words: str):
    closing = [one for one in read(words) if one.startswith(("done", "drop"))]

    assert closing == []


@pytest.mark.parametrize(("words", "operations"), ABOUT_ONE)
def test_under_a_mail_about_one_task_no_number_is_needed(words: str, operations: list[str]):
    assert read(words, digest((4,))) == operations


@pytest.mark.parametrize(("words", "question"), ASKS)
def test_what_can_be_read_in_two_ways_changes_nothing_and_is_asked_back(words: str, question: str):
    reading = read_reply(words, digest())

    assert reading.ask is not None
    assert question in reading.ask
    assert reading.operations == ()


def test_there_are_at_least_sixty_phrases_that_must_not_close():
    assert len(NEVER_CLOSES.split("|")) >= 60


def test_all_is_asked_about_once_where_it_would_close_more_than_the_limit():
    reading = read_reply("all done", digest(bulk_limit=5))

    assert reading.operations == ()
    assert reading.ask == "That would close 6 tasks at once. To be sure, please answer: yes"
    assert reading.choice == "done 2, 4, 5, 7, 9, 12"


@pytest.mark.parametrize(
    "words", ["done 1-12", "Okafor is done. Castillo's are done. 4 done. the rest is done", "drop all"]
)
def test_so_is_every_other_way_of_closing_more_than_the_limit_without_their_numbers(words: str):
    reading = read_reply(words, digest(bulk_limit=3))

    assert [one for one in reading.operations if one.op in {"done", "drop"}] == []
    assert reading.ask is not None


def test_the_words_that_the_question_offers_are_understood():
    assert read("done 2, 4, 5, 7, 9, 12", digest(bulk_limit=5)) == ALL


def test_all_means_nothing_where_the_answered_mail_lists_nothing():
    reading = read_reply("all done", digest(()))

    assert reading.operations == ()
    assert reading.ask is not None


def test_closed_tasks_are_not_part_of_all():
    tasks = tuple(task for task in made() if task.number != 4)

    assert "done 4" not in read("all done", digest(tasks=tasks))


def test_a_number_that_is_not_there_takes_nothing_from_one_that_is():
    reading = read_reply("done 12, 13", digest())

    assert [one.number for one in reading.operations] == [12]
    assert reading.ask is not None
    assert "#13" in reading.ask


def test_the_answer_can_say_what_stays_open():
    assert read_reply("2 isn't done", digest()).kept == (2,)


def test_lines_that_are_no_commands_are_shown_back_but_thanks_are_not():
    reading = read_reply("The van was late again.\n2 done.\nThanks!", digest())

    assert reading.not_understood == ("The van was late again",)
    assert [one.number for one in reading.operations] == [2]


def test_every_example_of_the_help_text_is_understood():
    for example, does in help_lines():
        reading = read_reply(example, digest())

        assert does
        assert reading.operations or reading.ask, example
        assert reading.not_understood == (), example
