"""DBOS Transact: `peer_dbos.py DATABASE_URL WORKFLOWS LATENCIES`. A process of its own, since DBOS is a singleton."""

import sys

import dbos._dbos
import measure
from dbos import DBOS


@DBOS.step()
def step(number):
    return number + 1


@DBOS.workflow()
def workflow(number, steps):
    for _ in range(steps):
        number = step(number)
    return number


def run(number):
    """Through `start_workflow`, which is DBOS's way to have several at once, and faster than calling from threads."""
    assert DBOS.start_workflow(workflow, number, measure.STEPS).get_result() == number + measure.STEPS


def run_alone(number):
    assert workflow(number, measure.LATENCY_STEPS) == number + measure.LATENCY_STEPS


def durability(url):
    """The settings that its own connections have: DBOS has no other way to tell them."""
    with dbos._dbos._get_dbos_instance()._sys_db.engine.connect() as connection:
        def value(question):
            return connection.exec_driver_sql(question).scalar_one()

        if url.startswith("sqlite"):
            return f"journal_mode={value('PRAGMA journal_mode')}, synchronous={value('PRAGMA synchronous')}"
        return f"fsync={value('SHOW fsync')}, synchronous_commit={value('SHOW synchronous_commit')}"


def main():
    url, workflows, latencies = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    DBOS(config={"name": "bench", "system_database_url": url, "log_level": "ERROR", "console_log_level": "ERROR"})
    DBOS.launch()
    rate = measure.steps_per_second(run, workflows)
    latency = measure.latency_p50_ms(run_alone, latencies)
    settings = durability(url)
    DBOS.destroy()
    measure.report(rate, latency, settings)


if __name__ == "__main__":
    main()
