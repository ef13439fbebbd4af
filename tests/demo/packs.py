"""A small pack on disk, to be changed by tests."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "pack.yaml": "ref: tiny\nlabel: Tiny\nversion: 1.0.0\n",
    "triggers/tick.yaml": (
        "ref: tiny.tick\nlabel: Tick\ndescription: Ticks\n"
        "output:\n  type: object\n  properties:\n    values:\n      type: array\n      items: {type: integer}\n"
    ),
    "actions/sum.yaml": (
        "ref: tiny.sum\nlabel: Sum\ndescription: Sums\nrunner_type: statistics\n"
        "parameters:\n  required: [values]\n  properties:\n    values: {type: array}\n"
    ),
    "rules/always.yaml": (
        "ref: tiny.always\nlabel: Always\ndescription: Always\ntrigger: tiny.tick\naction: tiny.sum\n"
        'action_params:\n  values: "{{ event.payload.values }}"\n'
    ),
}
SENSOR = "ref: tiny.clock\nlabel: Clock\ndescription: Ticks\nentry_point: clock.py\ntrigger: tiny.tick\n"
WORKFLOW = (
    "ref: tiny.flow\nlabel: Flow\ndescription: Flows\nrunner_type: workflow\n"
    "tasks:\n  - name: one\n    action: tiny.sum\n    input: {values: [1]}\n"
)


def write_pack(folder: Path, changes: dict[str, str | bytes | None] | None = None) -> Path:
    """Write the tiny pack with some files added, replaced, or (None) left out; return its folder."""
    for name, text in {**FILES, **(changes or {})}.items():
        path = folder / name
        if text is None:
            path.unlink(missing_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def changed(name: str, old: str, new: str) -> dict[str, str | bytes | None]:
    """Return the change that replaces `old` by `new` in a file of the tiny pack."""
    assert old in FILES[name]
    return {name: FILES[name].replace(old, new)}
