"""Somebody who decides: answers what tasks ask people, through the API."""

import json
import urllib.request

from engine import ENDED, eventually

# What a person fills in for the invoices, by step.
INVOICE_FORMS = {"release": {"pay_on": "2026-10-12", "note": "as agreed with Jana"}}


class Person:
    """Looks at the requests of a server and decides about them."""

    def __init__(self, address):
        self.address = address

    def ask(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read())

    def task(self, number):
        return self.ask(f"/api/tasks/{number}")

    def open_requests(self, number):
        """What the task asks now, in full, oldest first."""
        listed = self.ask(f"/api/approvals?task={number}&size=100")["approvals"]
        return [self.ask(f"/api/approvals/{request['id']}") for request in sorted(listed, key=_ordinal)]

    def asked(self, number, seconds=30):
        """The oldest open request of the task, once there is one."""
        def first():
            requests = self.open_requests(number)
            task = None if requests else self.task(number)
            assert requests or task["status"] not in ENDED, f"it has ended and asked nobody: {task}"
            return requests[0] if requests else None

        return eventually(first, f"task {number} asks somebody", seconds)

    def decide(self, request, verdict, **members):
        """Decides about a request; `members` are edits, values and feedback."""
        return self.ask(f"/api/approvals/{request['id']}/decision", {"verdict": verdict, **members})

    def approve_all(self, number, values=None, seconds=60):
        """Approves whatever the task asks until it has ended; the task then. `values` are the forms by step."""
        def ended():
            for request in self.open_requests(number):
                filled = {"values": values[request["step"]]} if "form" in request else {}
                self.decide(request, "approve", **filled)
            task = self.task(number)
            return task if task["status"] in ENDED else None

        return eventually(ended, f"task {number} has ended", seconds)

    def signal(self, name, key, payload):
        return self.ask(f"/api/signals/{name}", {"key": key, "payload": payload})


def _ordinal(request):
    return int(request["id"].split("-")[1])
