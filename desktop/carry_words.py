"""What became of letters and replies, in words, for the window and the command line alike."""

from desktop.actions.carry import Delivery
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
