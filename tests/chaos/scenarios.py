"""The list of scenarios: what `run.py` runs by name."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from chaos import answers, kills, members, network
from chaos.parts import Parts
from chaos.verdict import Verdict
from chaos.world import Plan, World


@dataclass(frozen=True)
class Scenario:
    play: Callable[[World], None]
    times: int  # faults of a whole run
    insert_seconds: float = 0


SCENARIOS = {
    "kill-pipe": Scenario(kills.kill_pipe, 100),
    "kill-clickhouse": Scenario(kills.kill_clickhouse, 20),
    "kill-broker": Scenario(kills.kill_broker, 20),
    "kill-during-slow-inserts": Scenario(kills.kill_during_slow_inserts, 20, insert_seconds=0.15),
    "sleep-of-a-member": Scenario(members.sleep_of_a_member, 10),
    "join-and-leave": Scenario(members.join_and_leave, 30),
    "cut-answers": Scenario(answers.cut_answers, 20),
    "late-answers": Scenario(answers.late_answers, 20, insert_seconds=0.15),
    "late-inserts": Scenario(answers.late_inserts, 20),
    "error-answers": Scenario(answers.error_answers, 20),
    "broker-network": Scenario(network.broker_network, 16),
    "clickhouse-network": Scenario(network.clickhouse_network, 16),
}


@dataclass(frozen=True)
class Outcome:
    scenario: str
    verdict: Verdict
    faults: int
    recoveries: list[float]  # seconds

    @property
    def median_recovery(self) -> float:
        return statistics.median(self.recoveries)

    @property
    def worst_recovery(self) -> float:
        return max(self.recoveries)


def play(name: str, folder: Path, parts: Parts, plan: Plan) -> Outcome:
    """Runs one scenario from an empty table to the verdict. Raises when it gets stuck."""
    scenario = SCENARIOS[name]
    plan = replace(plan, insert_seconds=scenario.insert_seconds)
    with World(folder / name, parts, plan) as world:
        scenario.play(world)
        return Outcome(name, world.verdict(), plan.times, world.recoveries)
