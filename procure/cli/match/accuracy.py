"""match accuracy: how often matching was right here, by what officers decided."""

import json
from dataclasses import asdict

import click

from ..furnished import furnished


@click.command("accuracy")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@furnished
def accuracy_command(as_json: bool) -> None:
    """How often rankings, probabilities and links of payees were right on this installation's own decisions."""
    from ...services.ranking import accuracy

    found = accuracy.measure()
    if as_json:
        told = asdict(found)
        told["lots"]["is_enough"], told["payees"]["is_enough"] = found.lots.is_enough, found.payees.is_enough
        click.echo(json.dumps(told, indent=1))
        return
    lots, payees = found.lots, found.payees
    click.echo(f"Lots: {lots.decided} decisions about enterprises; nobody likely for {lots.unlikely} of {lots.asked}")
    if lots.is_enough:
        for method, one in lots.by_method.items():
            shares = (one.mrr, one.hit_1, one.hit_5, one.hit_10, one.coverage, one.long_tail, one.new)
            names = ("MRR", "hit@1", "hit@5", "hit@10", "coverage", "long tail", "new suppliers")
            click.echo(f"  {method}, {one.lots} lots: " + ", ".join(map(_told, names, shares)))
        click.echo(f"  {_told('calibration error', lots.ece)}")
    else:
        click.echo(f"  not enough decisions yet: figures start at {accuracy.LEAST}")
    click.echo(f"Payees: {payees.decided} decisions; {payees.waiting} of {payees.payees} wait for a person")
    if payees.is_enough:
        click.echo(f"  {_told('right first', payees.first_share)}, {_told('in first five', payees.in_five_share)}")
        click.echo(f"  {payees.overruled} of {payees.was_sure} sure links overruled")
        click.echo(f"  {_told('calibration error', payees.ece)}")
    else:
        click.echo(f"  not enough decisions yet: figures start at {accuracy.LEAST}")


def _told(name: str, value: float | None) -> str:
    return f"{name} {'not known' if value is None else f'{value:.3f}'}"
