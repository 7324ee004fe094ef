"""Unpacking: what must never be unpacked, and that everything else comes out with its place."""

import gzip
import io
import tarfile
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.pipeline import unpacking
from archive.pipeline.files import Refused, Remark
from archive.pipeline.unpacking import Leaf, unpack


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w", *others: tarfile.TarInfo) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for info in others:
            archive.addfile(info)
    return packed.getvalue()


def read(name: str, data: bytes) -> dict[str, bytes | str]:
    """Path to bytes of what can be read, path to reason of what cannot."""
    found: dict[str, bytes | str] = {}
    for one in unpack(name, io.BytesIO(data)):
        if isinstance(one, Refused):
            found[one.path] = one.reason
        elif isinstance(one, Leaf):
            try:
                found[one.path] = one.stream.read()
            except OSError as error:
                found[one.path] = str(error)
    return found


@pytest.mark.parametrize("pack", [zipped, tarred, lambda files: tarred(files, "w:gz")])
@pytest.mark.parametrize(
    "name", ["../out.txt", "a/../../out.txt", "/etc/out.txt", "..\\out.txt", "C:/out.txt"]
)
def test_no_name_leads_out_of_its_archive(pack, name):
    found = read("a", pack({name: b"secret", "in.txt": b"fine"}))
    assert b"secret" not in found.values()
    assert found["a/in.txt"] == b"fine"
    assert any("leads out" in str(reason) for reason in found.values())


def test_links_and_devices_are_no_files():
    link, device = tarfile.TarInfo("link"), tarfile.TarInfo("device")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    device.type = tarfile.CHRTYPE
    found = read("a.tar", tarred({"in.txt": b"fine"}, "w", link, device))
    assert found["a.tar/in.txt"] == b"fine"
    assert "no plain file" in found["a.tar/link"]
    assert "no plain file" in found["a.tar/device"]


BOMB = b"\0" * 30_000_000


@pytest.mark.parametrize(
    "bomb",
    [
        gzip.compress(BOMB),
        zipped({"a": BOMB}),
        tarred({"a": BOMB}, "w:gz"),
        gzip.compress(gzip.compress(BOMB)),
    ],
    ids=["gz", "zip", "tar.gz", "gz.gz"],
)
def test_what_unpacks_to_far_more_than_it_is_stops(bomb):
    found = read("bomb", bomb)
    assert not any(len(data) > unpacking.FREE_OF_RATIO * 2 for data in found.values())
    assert any("times its size" in str(reason) for reason in found.values())


def test_packed_files_in_packed_files_end():
    data = b"deep down"
    for _ in range(unpacking.DEEPEST + 1):
        data = gzip.compress(data)
    assert "deep" in read("a.gz", data)["a.gz"]
    assert b"deep down" not in read("a.gz", data).values()


def test_no_more_files_than_the_limit(monkeypatch):
    monkeypatch.setattr(unpacking, "MOST_MEMBERS", 3)
    found = read("a.zip", zipped({f"{number}.txt": b"x" for number in range(9)}))
    assert [path for path, data in found.items() if data == b"x"] == [
        "a.zip/0.txt",
        "a.zip/1.txt",
        "a.zip/2.txt",
    ]
    assert "more than 3 files" in found["a.zip"]


def test_no_more_bytes_than_the_limit(monkeypatch):
    monkeypatch.setattr(unpacking, "LARGEST_UNPACKED", 1000)
    found = read("a.zip", zipped({f"{number}.txt": b"word " * 100 for number in range(9)}))
    assert sum(len(data) for data in found.values() if isinstance(data, bytes)) <= 1000
    assert "limit" in found["a.zip"]


def test_a_header_that_asks_for_gigabytes_is_refused():
    info = tarfile.TarInfo("long")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 8_000_000_000
    found = read("a.tar", info.tobuf(tarfile.GNU_FORMAT) + b"x" * 1024)
    assert "could not be unpacked further" in found["a.tar"]


def test_what_breaks_off_says_so_and_the_rest_is_read():
    found = read("a.gz", gzip.compress(bytes(range(256)) * 1000)[:-1000])
    assert "not packed soundly" in found["a.gz"]
    damaged = bytearray(zipped({"a.txt": b"one " * 50, "b.txt": b"two"}))
    damaged[38] ^= 0xFF
    found = read("a.zip", bytes(damaged))
    assert found["a.zip/b.txt"] == b"two"
    assert isinstance(found["a.zip/a.txt"], str)


@pytest.mark.parametrize("lost", [1, 8, 64])
def test_a_zip_whose_places_lead_before_its_beginning_is_refused(lost):
    data = zipped({"a.txt": b"one " * 50, "b.txt": b"two"})
    damaged = data[:40] + data[40 + lost :]
    assert any("could not be unpacked further" in str(reason) for reason in read("a.zip", damaged).values())


def test_an_office_document_is_no_set_of_files():
    found = read("a.docx", zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}))
    assert list(found) == ["a.docx"]
    assert "office document" in found["a.docx"]


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_what_a_browser_saved_beside_a_page_is_passed_over_with_a_remark(pack):
    data = pack({"page.html": b"<p>", "page_files/ad.js": b"x", "__MACOSX/page.html": b"y", ".hidden": b"z"})
    assert read("a", data) == {"a/page.html": b"<p>"}
    remarks = [one.sentence for one in unpack("a", io.BytesIO(data)) if isinstance(one, Remark)]
    assert len(remarks) == 2


def test_of_a_wacz_only_the_records_are_read():
    files = {
        "datapackage.json": b"{}",
        "pages/pages.jsonl": b"{}",
        "archive/data.warc.gz": gzip.compress(b"WARC"),
    }
    assert read("a.wacz", zipped(files)) == {"a.wacz/archive/data.warc.gz": b"WARC"}


def test_files_come_out_under_their_paths():
    inner = zipped({"page.txt": b"one"})
    data = tarred({"pages/inner.zip": inner, "two.txt.gz": gzip.compress(b"two"), "three": b"three"}, "w:gz")
    assert read("all.tgz", data) == {
        "all.tgz/pages/inner.zip/page.txt": b"one",
        "all.tgz/two.txt.gz": b"two",
        "all.tgz/three": b"three",
    }
    (leaf,) = unpack("lines.jsonl.gz", io.BytesIO(gzip.compress(b"{}")))
    assert (leaf.path, leaf.name) == ("lines.jsonl.gz", "lines.jsonl")


@settings(deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"\x1f\x8b\x08", b"PK\x03\x04", b"PK\x05\x06", b"\0" * 257 + b"ustar"]),
)
def test_any_bytes_behind_a_signature_end_under_a_name(data, signature):
    assert read("a", signature + data)
