"""The report that people copy and send holds no token and no password."""

import msgspec

from sync.enrolment import RenewRequest, SignInRequest, Tokens
from ui.crash import report

SECRETS = ("t0ken", "refre5h", "құпия сөз")


def failed(asked):
    try:
        msgspec.json.decode(msgspec.json.encode(asked), type=Tokens)
        raise KeyError(asked)
    except (msgspec.DecodeError, KeyError) as cause:
        try:
            raise ValueError(*SECRETS, asked) from cause
        except ValueError as error:
            return error


def test_where_a_renewal_or_a_sign_in_fails():
    for asked in (
        RenewRequest(spent=SECRETS[1], next=Tokens(*SECRETS[:2])),
        SignInRequest(person="aidana", password=SECRETS[2], token=SECRETS[0]),
        Tokens(*SECRETS[:2]),
    ):
        error = failed(asked)

        text = report(error, "1.2.3")

        assert "builtins.ValueError" in text
        assert not [secret for secret in SECRETS if secret in text]
        assert not [secret for secret in SECRETS if secret in repr(error.__cause__)]
