"""Packed files, unpacked into a private folder within limits. Pure but for that folder."""

import errno
import fcntl
import gzip
import os
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from typing import Protocol

from succession.geo.findings import FileRefused
from succession.geo.formats.limits import MIB, Limits
from succession.i18n import Text

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    LZMAError,
    EOFError,
    NotImplementedError,
    ValueError,
    OverflowError,
    LookupError,
)
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_CHUNK = MIB
_PREFIX, _UNLOCKED, _LOCK = "succession-import-", "succession-new-", ".lock"
_ENCRYPTED = 0x1
_CLUTTER = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@contextmanager
def private_folder(parent: Path | None = None) -> Iterator[Path]:
    """A folder that only we can read and that is gone afterwards, whatever happens; a full disk is said plainly."""
    _sweep(parent or Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=_UNLOCKED, dir=parent))
    try:
        with (folder / _LOCK).open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            # Only now it may have a name that others sweep: nobody sees it without its lock.
            folder = folder.rename(folder.with_name(_PREFIX + folder.name.removeprefix(_UNLOCKED)))
            yield folder
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise disk_full() from error
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(parent: Path) -> None:
    """Remove the folders of processes that were killed: those whose lock nobody holds any more."""
    for folder in parent.glob(f"{_PREFIX}*"):
        try:
            if folder.lstat().st_uid != os.getuid():
                continue
            with (folder / _LOCK).open("rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue


def disk_full() -> FileRefused:
    """What to say when there is no room to unpack a file."""
    return FileRefused(
        "disk-full",
        Text("There is not enough free disk space to read this file. Nothing was imported; please tell the operator."),
    )


def unzip(path: Path, folder: Path, limits: Limits) -> list[Path]:
    """The files of a zip archive below `folder`, in order of their names; raises `FileRefused` before harm is done."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = _checked(archive.infolist(), limits)
            budget = limits.unpacked_bytes
            written = []
            for member, name in members:
                target = folder.joinpath(*name.parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(member) as source:
                    budget -= _copy(source, target, budget, limits)
                written.append(target)
    except BROKEN as error:
        raise _damaged() from error
    except RuntimeError as error:
        raise _locked() from error
    except OSError as error:
        raise _full_or_damaged(error) from error
    if not written:
        raise FileRefused("archive-empty", Text("The zip archive is empty."))
    return sorted(written)


def gunzip(path: Path, target: Path, limits: Limits) -> Path:
    """The content of a gzip file at `target`."""
    allowed = min(limits.unpacked_bytes, max(limits.ratio_from_bytes, limits.compression_ratio * path.stat().st_size))
    try:
        with gzip.open(path) as source:
            _copy(source, target, allowed, limits)
    except BROKEN as error:
        raise _damaged() from error
    except OSError as error:
        raise _full_or_damaged(error) from error
    return target


def _checked(members: list[zipfile.ZipInfo], limits: Limits) -> list[tuple[zipfile.ZipInfo, PurePosixPath]]:
    """The members worth unpacking with safe relative names."""
    if len(members) > limits.archive_members:
        text = Text("The zip archive holds more than %(limit)s files.", {"limit": limits.archive_members})
        raise FileRefused("archive-too-many-files", text)
    if sum(member.file_size for member in members) > limits.unpacked_bytes:
        raise _too_large(limits)
    wanted: dict[PurePosixPath, zipfile.ZipInfo] = {}
    for member in members:
        name = _safe_name(member)
        if member.is_dir() or name.name.startswith("._") or any(part in _CLUTTER for part in name.parts):
            continue
        if member.flag_bits & _ENCRYPTED:
            raise _locked()
        if member.file_size > limits.ratio_from_bytes and member.file_size > limits.compression_ratio * max(
            member.compress_size, 1
        ):
            raise _too_large(limits)
        if name in wanted:
            text = Text("The zip archive holds “%(name)s” twice.", {"name": str(name)[:100]})
            raise FileRefused("archive-duplicate", text)
        wanted[name] = member
    return [(member, name) for name, member in wanted.items()]


def _safe_name(member: zipfile.ZipInfo) -> PurePosixPath:
    """The member's own name, unless it would leave the folder or is no plain file."""
    raw = member.filename.replace("\\", "/")
    name = PurePosixPath(raw)
    outside = name.is_absolute() or ".." in name.parts or ":" in raw or "\0" in raw or len(raw) > 500
    too_long = any(len(part.encode("utf-8", "surrogateescape")) > 255 for part in name.parts)
    linked = stat.S_ISLNK(member.external_attr >> 16)
    if outside or too_long or linked or not name.parts:
        text = Text(
            "The zip archive holds a file with an unsafe name (“%(name)s”). Pack it again.", {"name": raw[:100]}
        )
        raise FileRefused("archive-unsafe-name", text)
    return name


def _copy(source: _Readable, target: Path, budget: int, limits: Limits) -> int:
    """Copy at most `budget` bytes, whatever the archive's table of contents claims."""
    total = 0
    with target.open("xb") as out:
        while chunk := source.read(_CHUNK):
            total += len(chunk)
            if total > budget:
                raise _too_large(limits)
            out.write(chunk)
    return total


def _damaged() -> FileRefused:
    return FileRefused("archive-damaged", Text("The archive is damaged or incomplete. Download or pack it again."))


def _full_or_damaged(error: OSError) -> FileRefused:
    """A damaged archive makes the library seek and read where nothing is; a full disk is another matter."""
    return disk_full() if error.errno in _NO_ROOM else _damaged()


def _locked() -> FileRefused:
    return FileRefused("archive-password", Text("The archive is protected by a password. Pack it again without one."))


def _too_large(limits: Limits) -> FileRefused:
    return FileRefused(
        "archive-too-large",
        Text(
            "Unpacked, the archive would be too large (at most %(limit)s MB).", {"limit": limits.unpacked_bytes // MIB}
        ),
    )
