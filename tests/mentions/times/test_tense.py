"""Looking back or ahead, on invented clauses."""

import pytest

from whowhom.mentions.times.tense import direction


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("The court ruled on X", "past"),
        ("The court will rule on X", "future"),
        ("The court is expected to rule on X", "future"),
        ("A hearing should be completed in X", "future"),
        ("The ship was set to sail on X", "past"),
        ("They agreed to a truce on X", "past"),
        ("They announced plans X", "past"),
        ("On X, ministers will gather", "future"),
        ("In X the price rose", "past"),
        ("X", ""),
    ],
)
def test_direction(text: str, want: str) -> None:
    at = text.index("X")
    assert direction(text, at, at + 1) == want
