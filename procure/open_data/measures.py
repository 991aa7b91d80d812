"""How each figure is worked out: the documents of docs/measures, for everyone to read."""

from flask import abort, render_template
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from ..pages import measures
from ..pages.guards import everyone
from .journey import journey


@everyone
def list_measures() -> ResponseReturnValue:
    return render_template("open_data/measures.html", measures=measures.list_measures())


@everyone
def show_measure(name: str) -> ResponseReturnValue:
    measure = measures.find_measure(name)
    if measure is None:
        abort(404)
    return render_template("open_data/measure.html", measure=measure, words=measures.as_html(measure))


@journey.record
def _at_the_front(state: BlueprintSetupState) -> None:
    """Short addresses, outside this journey's folder: they are quoted in print."""
    for rule, view in (("/measures", list_measures), ("/measures/<name>", show_measure)):
        state.app.add_url_rule(rule, endpoint=f"{journey.name}.{view.__name__}", view_func=view)
