"""What goes by itself, and when, stands where people look whether their work is safe."""

import pytest

from sync.language import speak
from sync.retention import promised
from ui.widgets.keeping_card import KeepingCard


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", "Мәселе жабылғаннан кейін 3 жыл"),
        ("ru", "3 года после закрытия вопроса"),
        ("en", "3 years after the issue was closed"),
    ],
)
def test_each_term_is_told_in_the_persons_language(qtbot, language, said):
    speak(language)
    card = KeepingCard()
    qtbot.addWidget(card)

    lines = [line.text() for line in card.lines]
    assert said in lines
    assert len(set(lines)) == len(promised())
    assert card.hint.text()
    assert "90" in card.photos.text()
