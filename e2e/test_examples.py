"""Every example does what it says: run on a server, decided by a person where it asks one, and compared exactly."""

import json
import re
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from engine import eventually
from people import Person

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
PLANS = sorted(path.parent.name for path in EXAMPLES.glob("*/plan.yaml"))


@pytest.fixture
def server(start_server):
    return start_server()


@pytest.fixture
def person(server):
    return Person(server.address)


@pytest.fixture
def start(server):
    """Starts an example with the files in its `in` folder; its number."""
    return lambda name, **members: server.submit_example(EXAMPLES / name, **members)["number"]


def steps(task):
    return {step["path"]: step for step in task["steps"]}


def kept(server, task, step):
    """The files that a step has kept, as text by name."""
    found = {}
    for file in steps(task)[step]["files"]:
        with urllib.request.urlopen(server.address + file["url"], timeout=10) as answer:
            found[file["name"]] = answer.read().decode()
    return found


@pytest.mark.parametrize("name", PLANS)
def test_it_is_valid_and_says_how_to_run_it(binary, name):
    directory = EXAMPLES / name
    result = subprocess.run([binary, "plans", "validate", directory / "plan.yaml"], capture_output=True, text=True,
                            check=False)
    assert result.returncode == 0, result.stderr
    explained = "\n".join(path.read_text(encoding="utf-8") for path in directory.glob("*") if path.name in
                          ("plan.yaml", "README.md"))
    assert re.search(rf"signalbox run examples/{name}\b", explained)
    assert f"[`{name}`]({name}/" in (EXAMPLES / "README.md").read_text(encoding="utf-8")


def test_orders(server, start, person):
    number = start("orders")
    task = person.approve_all(number)
    packed = [
        {"order": "1041", "by": "letter", "grams": 12 * 6 + 280, "cents": 12 * 150 + 1200 + 180},
        {"order": "1042", "by": "parcel abroad", "grams": 60, "cents": 4500 + 1590},
        {"order": "1044", "by": "parcel", "grams": 2400 + 2 * 280, "cents": 6900 + 2 * 1200},
        {"order": "1045", "by": "parcel", "grams": 3 * 280, "cents": 3 * 1200 + 490},
        {"order": "1046", "by": "parcel abroad", "grams": 100 * 6, "cents": 100 * 150 + 1590},
    ]
    assert task["status"] == "completed"
    assert task["outputs"] == {"packed": packed, "look_at": ["1043"]}
    assert kept(server, task, "list") == {
        "packing.csv": "order,by,grams,cents\n" + "".join(
            ",".join(str(value) for value in order.values()) + "\n" for order in packed)
    }
    assert steps(task)["pack/2"]["failure"]["cause"] == "missing_data"


class TestNotice:
    TEXT = "Please fill a bucket for that time."
    FIRST = "The water in this house is off on Tuesday from 9 to 11."

    def test_it_is_shortened_until_it_fits_and_reviewed(self, start, person):
        number = start("notice")
        review = person.asked(number)
        assert (review["kind"], review["step"]) == ("review", "wording")
        assert review["proposal"] == f"Dear tenants! {self.FIRST} {self.TEXT}"
        person.decide(review, "retry", feedback="Less stiff, please.")
        second = person.asked(number)
        assert second["proposal"] == f"Hello everybody! {self.FIRST} {self.TEXT}"
        person.decide(second, "approve")
        task = person.approve_all(number)
        assert task["outputs"]["message"] == second["proposal"]
        drafts = task["outputs"]["drafts"]
        assert len(drafts) == 3 and drafts == sorted(drafts, reverse=True)
        assert drafts[-1] <= 120 < drafts[-2]
        assert steps(task)["wording"]["runs"] == 2

    def test_a_person_words_it(self, start, person):
        number = start("notice")
        person.decide(person.asked(number), "approve", edits="No water on Tuesday, 9 to 11!")
        assert person.approve_all(number)["outputs"]["message"] == "No water on Tuesday, 9 to 11!"

    def test_it_gives_up_on_what_cannot_be_shortened(self, start, person):
        task = person.approve_all(start("notice", inputs={"characters": 10}))
        assert (task["status"], task["cause"]) == ("failed", "loop")


class TestComplaints:
    def test_small_amounts_go_back_at_once(self, server, start, person):
        task = person.approve_all(start("complaints", inputs={"paid": 12.5}))
        assert task["outputs"] == {"answer": "We are sorry, and have sent back 12.50 EUR."}
        assert person.ask(f"/api/approvals?task={task['number']}&state=all")["total"] == 0
        refund = kept(server, task, "decide/refund/book")["refund.csv"]
        assert refund == f"4711,12.50,{task['id']}/decide/refund/book\n"

    def test_large_ones_ask_and_the_call_can_be_changed(self, start, person):
        number = start("complaints")
        consent = person.asked(number)
        assert (consent["kind"], consent["step"]) == ("consent", "decide/refund/book")
        assert consent["proposal"]["stdin"] == {"order": "4711", "amount": 89.0}
        call = {**consent["proposal"], "stdin": {"order": "4711", "amount": 44.5}}
        person.decide(consent, "approve", edits=call)
        task = person.approve_all(number)
        assert task["outputs"] == {"answer": "We are sorry, and have sent back 44.50 EUR."}

    def test_a_no_is_answered_by_a_colleague(self, start, person):
        number = start("complaints")
        person.decide(person.asked(number), "reject", feedback="The lamp was fine.")
        task = person.approve_all(number)
        assert task["outputs"] == {"answer": "We are sorry. A colleague will write to you about order 4711."}
        assert "The lamp was fine." in steps(task)["decide/refund/book"]["failure"]["message"]

    @pytest.mark.parametrize("letter, path, answer", [
        ("Where is my order?", "search", "We have asked the carrier where order 4711 is, and will write to you."),
        ("What a nice shop!", "otherwise", "Thank you for your letter. A colleague will answer it."),
    ])
    def test_other_letters_take_other_paths(self, start, person, letter, path, answer):
        task = person.approve_all(start("complaints", inputs={"letter": letter}))
        assert task["outputs"] == {"answer": answer}
        assert f"decide/{path}/answer" in steps(task)


class TestReturns:
    CHOICE = "4702 | Carl Petersen | bedside lamp | 2900 cents"

    def asked(self, person, number):
        """The consent and the question, once both are there."""
        def both():
            requests = {request["kind"]: request for request in person.open_requests(number)}
            return requests if len(requests) == 2 else None

        return eventually(both, "two letters ask")

    def answers(self, server, task):
        return {name.removeprefix("answers/"): text.split("\n")[0].removeprefix("Thank you for your letter. ")
                for place in range(3) for name, text in kept(server, task, f"letters/{place}/answer").items()}

    def test_small_amounts_go_back_at_once_and_the_others_ask(self, server, start, person):
        number = start("returns")
        asked = self.asked(person, number)
        assert asked["consent"]["proposal"] == {
            "tool": "refund", "arguments": {"order": "4720", "cents": 38900},
            "reason": "The lamp is not what was ordered, or came broken.", "confidence": 0.8,
            "alternatives": ["send another"],
        }
        assert asked["question"]["title"] == "Which lamp flickers?"
        assert asked["question"]["form"]["properties"]["answer"]["enum"] == [
            self.CHOICE, "4718 | Carl Petersen | floor lamp | 11900 cents"]
        call = {**asked["consent"]["proposal"], "arguments": {"order": "4720", "cents": 20000}}
        person.decide(asked["consent"], "approve", edits=call)
        person.decide(asked["question"], "approve", values={"answer": self.CHOICE})
        task = person.approve_all(number)
        assert task["status"] == "completed"
        assert [letter["decision"] for letter in task["outputs"]["decided"]] == ["refund", "refund", "replace"]
        assert self.answers(server, task) == {
            "lind.txt": "39.00 EUR go back for order 4711.",
            "okafor.txt": "200.00 EUR go back for order 4720.",
            "petersen.txt": "Another one is on its way: bedside lamp.",
        }
        # Each call has a key of its own, by which the same booking is told from a new one.
        booked = [line.split(",") for line in kept(server, task, "book")["refunds.csv"].splitlines()]
        assert [line[:2] for line in booked] == [["4711", "3900"], ["4720", "20000"]]
        assert [key.split("/")[:4] for _, _, key in booked] == [
            [task["id"], "letters", str(place), "handle"] for place in (0, 1)]
        # Four turns of the clerk and two of the writer for each letter.
        assert task["model_calls"] == 3 * (4 + 2)

    @pytest.mark.parametrize("cents", [None, 38901])
    def test_the_clerk_goes_on_without_what_it_may_not_do(self, server, start, person, cents):
        number = start("returns")
        asked = self.asked(person, number)
        if cents is None:
            person.decide(asked["consent"], "reject", feedback="It was silver on the picture, too.")
        else:
            # The program itself refuses more than was paid, whoever wants it.
            call = {**asked["consent"]["proposal"], "arguments": {"order": "4720", "cents": cents}}
            person.decide(asked["consent"], "approve", edits=call)
        person.decide(asked["question"], "approve", values={"answer": self.CHOICE})
        task = person.approve_all(number)
        assert task["outputs"]["decided"][1] == {"letter": "okafor.txt", "decision": "colleague"}
        assert self.answers(server, task)["okafor.txt"] == "A colleague will write to you."
        assert [line.split(",")[0] for line in kept(server, task, "book")["refunds.csv"].splitlines()] == ["4711"]

    def test_nobody_is_asked_below_the_amount(self, start, person):
        number = start("returns", inputs={"at_once": 40000})
        question = person.asked(number)
        assert question["kind"] == "question"
        person.decide(question, "approve", values={"answer": self.CHOICE})
        assert person.approve_all(number)["outputs"]["decided"][1]["decision"] == "refund"
        assert person.ask(f"/api/approvals?task={number}&state=all")["total"] == 1


class TestOffer:
    # Square metres with the waste, in whole euros: 27.9 oak, 20 linoleum, 10.2 cork.
    EUROS = {"waiting room": 2813, "surgery": 1218, "office": 686}

    def test_it_prices_rooms_by_another_plan_and_is_signed(self, start, person):
        number = start("offer")
        request = person.asked(number)
        assert request["title"] == "Send this offer to Practice Dr. Lind?"
        assert {room["room"]: room["euros"] for room in request["proposal"]["rooms"]} == self.EUROS
        assert request["proposal"]["total"] == sum(self.EUROS.values())
        children = [person.task(number + place) for place in (1, 2, 3)]
        assert [child["plan"]["name"] for child in children] == ["room"] * 3
        assert [child["outputs"]["euros"] for child in children] == list(self.EUROS.values())
        person.decide(request, "approve", values={"discount": 10, "stands": "30 days"})
        task = person.approve_all(number)
        # Whole euros, rounded down: 90 % of 4717 are 4245.3.
        assert task["outputs"] == {
            "sent": True,
            "letter": "Dear Practice Dr. Lind,\nyour new floors come to 4245 EUR,\n10 % of discount included.\n"
                      "This offer stands: 30 days.\n",
        }

    @pytest.mark.parametrize("values, pointer", [
        ({"discount": 20, "stands": "30 days"}, "/values/discount"),
        ({"discount": 5, "stands": "for ever"}, "/values/stands"),
        ({"discount": "5", "stands": "30 days"}, "/values/discount"),
    ])
    def test_a_wrong_form_is_refused_and_decides_nothing(self, start, person, values, pointer):
        number = start("offer")
        request = person.asked(number)
        with pytest.raises(urllib.error.HTTPError) as refusal:
            person.decide(request, "approve", values=values)
        assert refusal.value.code == 422
        assert pointer in refusal.value.read().decode()
        assert person.open_requests(number) == [request]

    def test_a_no_sends_nothing(self, start, person):
        number = start("offer")
        person.decide(person.asked(number), "reject")
        task = person.approve_all(number)
        assert task["outputs"] == {"sent": False, "letter": None}
        assert steps(task)["letter"]["status"] == "skipped"


class TestDelivery:
    SIGNED = {"outcome": "JD7 was signed for by Mrs Okafor."}
    INPUTS = {"parcel": "JD7", "known_after": "10ms"}

    def test_it_waits_for_its_own_parcel(self, server, start, person):
        number = start("delivery", inputs=self.INPUTS)
        server.wait_for(number, "waiting")
        person.signal("delivered", "JD8", {"signed_by": "somebody else"})
        assert person.signal("delivered", "JD7", {"signed_by": "Mrs Okafor"})
        assert person.approve_all(number)["outputs"] == self.SIGNED

    def test_an_early_signal_is_remembered(self, start, person):
        assert person.signal("delivered", "JD7", {"signed_by": "Mrs Okafor"})["kept"] is True
        assert person.approve_all(start("delivery", inputs=self.INPUTS))["outputs"] == self.SIGNED

    def test_nobody_signs(self, start, person):
        number = start("delivery", inputs=self.INPUTS, edit=lambda text: text.replace("timeout: 14d", "timeout: 50ms"))
        task = person.approve_all(number)
        assert task["outputs"] == {"outcome": "Please search for JD7, which nobody has signed for."}
        assert steps(task)["delivered"]["failure"]["cause"] == "timeout"


def test_suppliers(start, person):
    task = person.approve_all(start("suppliers"))
    assert task["outputs"] == {
        "best": {"supplier": "north", "article": "M8x40", "cents": 155},
        "missing": ["south: It took longer than 2 s, which is the step's timeout."],
    }
    assert {path: step["runs"] for path, step in steps(task).items()} == {
        "north": 3, "south": 1, "west": 1, "answers": 1}


class TestDigest:
    DIGEST = [
        "2026-09-07.txt: The planer gets new bearings in week 39.", "2026-09-14.txt: Nothing was decided.",
        "2026-09-21.txt: The floors are laid in October, on two weekends.",
    ]

    def test_it_stops_before_the_limit_until_that_is_raised(self, start, person):
        number = start("digest")
        request = person.asked(number)
        assert (request["kind"], request["step"]) == ("budget", "meetings/2/decision")
        assert person.task(number)["tokens"]["total"] == 6000
        person.decide(request, "approve", edits={"tokens": 12_000})
        task = person.approve_all(number)
        assert task["outputs"] == {"digest": self.DIGEST}
        assert task["tokens"]["total"] == 9000

    def test_it_ends_when_that_is_refused(self, start, person):
        number = start("digest")
        person.decide(person.asked(number), "stop")
        task = person.approve_all(number)
        assert (task["status"], task["cause"], task["tokens"]["total"]) == ("failed", "budget", 6000)

    def test_nobody_is_asked_when_there_is_enough(self, start, person):
        task = person.approve_all(start("digest", limits={"tokens": 50_000}))
        assert task["outputs"] == {"digest": self.DIGEST}
        assert person.ask(f"/api/approvals?task={task['number']}&state=all")["total"] == 0


class TestPublish:
    def test_one_at_a_time_for_each_site(self, server, start, person):
        first = start("publish", inputs={"title": "Rolls & buns"})
        second = start("publish", inputs={"title": "Closed"})
        other = start("publish", inputs={"site": "school"})
        asked = person.asked(first)
        assert asked["proposal"]["arguments"][-1] == "bakery"
        assert person.asked(other)["step"] == "upload"
        assert person.task(second)["status"] == "queued"
        task = person.approve_all(first)
        assert task["outputs"] == {"published": True, "files": ["published/bakery/index.html"]}
        assert kept(server, task, "upload") == {
            "published/bakery/index.html":
                "<!doctype html>\n<title>Rolls &amp; buns</title>\n<h1>Rolls &amp; buns</h1>\n"
                "<p>From 8 to 11, as long as there are rolls.</p>\n",
        }
        assert person.approve_all(second)["status"] == "completed"
        assert person.approve_all(other)["outputs"]["files"] == ["published/school/index.html"]

    def test_a_no_publishes_nothing(self, start, person):
        number = start("publish")
        person.decide(person.asked(number), "reject")
        task = person.approve_all(number)
        assert task["outputs"] == {"published": False, "files": []}
        assert task["status"] == "completed"
