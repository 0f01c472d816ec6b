"""Certificates for servers of tests, good ones and bad ones."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Files:
    """Where a certificate, its key, and the authority's own certificate lie."""

    certificate: Path
    key: Path
    authority: Path


def make(
    folder: Path, host: str = "127.0.0.1", *, valid_from: int = -1, valid_until: int = 30
) -> Files:
    """A certificate for this host by an authority of its own; valid in days from now."""
    folder.mkdir(parents=True, exist_ok=True)
    authority, key = (
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP256R1()),
    )
    above = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority of a test")])
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    top = (
        _builder(above, above, authority, -3_650, 3_650)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(authority, hashes.SHA256())
    )
    known_as = x509.IPAddress(ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
    leaf = (
        _builder(name, above, key, valid_from, valid_until)
        .add_extension(x509.SubjectAlternativeName([known_as]), critical=False)
        .sign(authority, hashes.SHA256())
    )
    files = Files(folder / "server.pem", folder / "server.key", folder / "authority.pem")
    files.certificate.write_bytes(leaf.public_bytes(serialization.Encoding.PEM))
    files.authority.write_bytes(top.public_bytes(serialization.Encoding.PEM))
    files.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return files


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, first: int, last: int
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=first))
        .not_valid_after(now + timedelta(days=last))
    )
