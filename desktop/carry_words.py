"""What became of letters and replies, in words, for the window and the command line alike."""

from desktop.actions.carry import Delivery
from desktop.actions.room import Met
from sync.client.carried import Taken, Written
from sync.language import tr, trn


def written_words(written: Written) -> str:
    """What a letter holds."""
    words = [
        trn("{n} edit is in the letter.", "{n} edits are in the letter.", written.changes),
        tr("They go on waiting here until the reply is taken in, or until a sync."),
    ]
    if n := written.left:
        words.insert(1, trn("{n} edit is for the next one.", "{n} edits are for the next one.", n))
    return " ".join(words)


def delivered_words(delivery: Delivery) -> str:
    """What became of a letter."""
    if delivery.problem is not None:
        return delivery.problem.words()
    if delivery.again:
        return tr(
            "“{name}” had been delivered before. Its reply was written anew: “{reply}”.",
            name=delivery.letter.name,
            reply=delivery.reply and delivery.reply.name,
        )
    return tr(
        "“{name}” was delivered. Take its reply “{reply}” back to the laptop that wrote it.",
        name=delivery.letter.name,
        reply=delivery.reply and delivery.reply.name,
    )


def taken_words(taken: Taken) -> str:
    """What a reply did."""
    if taken.late:
        return tr("This laptop knows already all that the reply tells. Nothing was changed.")
    return tr(
        "The reply was taken in. Now on the server: {sent}; came: {taken}; still waiting: {waiting}.",
        sent=taken.sent,
        taken=taken.taken,
        waiting=taken.waiting,
    )


def room_words(address: str, code: str) -> str:
    """What is said to the others in the room."""
    return tr("The room is open at {address}. The code is {code}.", address=address, code=code)


def met_words(met: Met) -> str:
    """What crossed the room."""
    words = tr(
        "Exchanged with {name}: each carries the other's letter to the server.", name=met.person
    )
    if not (met.sent or met.taken):
        return words
    came = tr(
        "A reply was here. Now on the server: {sent}; came: {taken}.",
        sent=met.sent,
        taken=met.taken,
    )
    return f"{words} {came}"
