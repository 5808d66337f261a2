"""Answers as bytes that can be compared: headers and body, without what is chance."""

import re

COMPARED_HEADERS = (
    "ETag",
    "Last-Modified",
    "Content-Length",
    "Content-Type",
    "Cache-Control",
    "Location",
    "Vary",
    "Link",
)
CHANCE = (
    (re.compile(rb'(name="csrf_token"[^>]*value=")[^"]*'), rb"\1"),
    (re.compile(rb'(name="key"[^>]*value=")[^"]*'), rb"\1"),
    (re.compile(rb'(data-session-seconds=")[^"]*'), rb"\1"),
    (re.compile(rb"(request[-_ ]id[^0-9a-f]{0,20})[0-9a-f]{12}"), rb"\1"),
)
"""All that differs from one request to the next, whatever is asked: tokens, the time left, the request's number."""


def as_bytes(answer):
    """Status, headers and body, without what is chance."""
    body = answer.get_data()
    for pattern, kept in CHANCE:
        body = pattern.sub(kept, body)
    headers = "\n".join(f"{name}: {answer.headers.get(name)}" for name in COMPARED_HEADERS)
    if b"csrf_token" in answer.get_data():  # its length is that of its time stamp, too
        headers = re.sub(r"Content-Length: \d+", f"Content-Length: {len(body)}", headers)
    return f"{answer.status_code}\n{headers}\n\n".encode() + body
