"""Takes metadata out of a JPEG without touching its picture. Pure."""

START, END, SCAN = 0xD8, 0xD9, 0xDA
ADOBE = 0xEE
"""Says how colours are stored: without it some pictures would change."""
APPLICATION = range(0xE0, 0xF0)
RESTARTS = range(0xD0, 0xD8)
COMMENT = 0xFE


def without_metadata(content: bytes) -> bytes:
    """The same picture without Exif, XMP, IPTC, comments, thumbnails and whatever follows its end.

    What is no JPEG, or breaks off, comes back as far as it could be followed.
    """
    if content[:2] != bytes((0xFF, START)):
        return content
    kept, place = [content[:2]], 2
    while place + 2 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if marker == END:
            kept.append(content[place : place + 2])
            break
        length = 2 + int.from_bytes(content[place + 2 : place + 4], "big")
        end = _end_of_scan(content, place + length) if marker == SCAN else place + length
        if not ((marker in APPLICATION and marker != ADOBE) or marker == COMMENT):
            kept.append(content[place:end])
        place = end
    return b"".join(kept)


def _end_of_scan(content: bytes, place: int) -> int:
    """Where the next marker stands: within a scan 0xFF is followed by zero or by a restart."""
    while True:
        place = content.find(0xFF, place)
        if place < 0 or place + 1 >= len(content):
            return len(content)
        if content[place + 1] != 0 and content[place + 1] not in RESTARTS:
            return place
        place += 2
