"""The rules that say how much data is enough; `method.screen` carries their options out."""

from regional_index.method.rules.definition import Option, Screening, choice, register

register(
    Screening(name="none"),
    Screening(
        name="availability",
        options={
            "least": Option("number", 0.5, 0, 1, is_share=True),
            "least_by_node": Option("number", 0.0, 0, 1, is_share=True),
            "zeros": choice("present", "missing"),
            "then": choice("flag", "exclude"),
        },
        sentences=lambda options: ("least_by_node",) if options["least_by_node"] else (),
    ),
)
