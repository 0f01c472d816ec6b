"""What the laptop and the regional server share.

One noun travels: a `Change`, one person's edit of one record: only the fields edited, and the
revision the person was looking at. It is the same object in the form, the outbox, on the wire,
in the server's ledger and on the coordinator's screen.

- A save is one transaction: the record and its outbox row. Nothing waits in memory.
- The server orders changes, one counter per district, handed out in the transaction that commits
  them. No clock decides anything; times are shown, never compared.
- The server merges field by field (`sync.merge`); sets and long texts are brought together where
  both edits fit. Else two people's edits of one field become a conflict that both see: nobody's
  value is dropped.
- What was answered is kept for a month, and told again to a server that was restored from a backup.
- Each change has an id made on the laptop. The server answers a known id with its first answer,
  so sending again is harmless, and an outbox row goes only when an answer names it.
- A change is refused only for rights, for values that break the declaration, or for a transition
  the rules forbid (`sync.rights`, `sync.review`). The reason comes back in words, the laptop gets
  the record as it stands, and the refused edit waits in "needs attention".
- An erasure of a person's data wins over everything, and takes the record out of the ledger, of
  every laptop and of what a backup brings back (`sync.erasure`). What waited for it is not kept.
- Answers of survey respondents are anonymous and do not travel as changes (`sync.answers`).
"""

VERSION = "0.1.0"
