"""A device with a passkey, made of software: answers questions like a browser would."""

import json
from base64 import urlsafe_b64encode
from hashlib import sha256

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT_AND_VERIFIED, WITH_KEY = 0x05, 0x40


def text(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


class Device:
    """One key for one site; `count` is what the device says how often it was used."""

    def __init__(self, site, number=1):
        self.site, self.count = site, 0
        self.credential_id = bytes([number]) * 16
        self.key = ec.generate_private_key(ec.SECP256R1())

    def made(self, challenge: bytes, *, origin=None) -> str:
        """The answer to the question for a new key."""
        point = self.key.public_key().public_numbers()
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})
        about = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + public
        data = self._data(PRESENT_AND_VERIFIED | WITH_KEY) + about
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._said("webauthn.create", challenge, origin)
        return self._answer({"clientDataJSON": text(said), "attestationObject": text(attestation)})

    def used(self, challenge: bytes, *, origin=None, host=None) -> str:
        """The answer to the question who it is."""
        self.count += 1
        data, said = self._data(PRESENT_AND_VERIFIED, host), self._said("webauthn.get", challenge, origin)
        signature = self.key.sign(data + sha256(said).digest(), ec.ECDSA(SHA256()))
        fields = {"clientDataJSON": said, "authenticatorData": data, "signature": signature}
        return self._answer({name: text(value) for name, value in fields.items()})

    def _data(self, flags, host=None):
        return sha256((host or self.site.host).encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _said(self, kind, challenge, origin):
        said = {"type": kind, "challenge": text(challenge), "origin": origin or self.site.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _answer(self, response):
        number = text(self.credential_id)
        return json.dumps({"id": number, "rawId": number, "type": "public-key", "response": response})
