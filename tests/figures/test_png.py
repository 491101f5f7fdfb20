"""Smaller PNG files, pixel by pixel the same."""

import struct
import zlib

import numpy as np
import pytest

from regional_index.figures.png import SIGNATURE, pack_png


def chunk(name: bytes, content: bytes) -> bytes:
    """A part of a PNG file."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def write_like_the_converter(pixels: np.ndarray) -> bytes:
    """RGBA, every line as differences to the pixel on the left."""
    height, width, _ = pixels.shape
    before = np.concatenate([np.zeros((height, 1, 4), np.uint8), pixels[:, :-1]], axis=1)
    lines = np.concatenate([np.ones((height, 1), np.uint8), (pixels - before).reshape(height, -1)], axis=1)
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines.tobytes(), 1)) + chunk(b"IEND", b"")
    return SIGNATURE + parts


def read_colours(png: bytes, height: int) -> np.ndarray:
    """Red, green and blue of every pixel of a packed file."""
    parts, place = {}, len(SIGNATURE)
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        parts[png[place + 4 : place + 8]] = png[place + 8 : place + 8 + length]
        place += 12 + length
    lines = np.frombuffer(zlib.decompress(parts[b"IDAT"]), np.uint8).reshape(height, -1)[:, 1:]
    if b"PLTE" in parts:
        return np.frombuffer(parts[b"PLTE"], np.uint8).reshape(-1, 3)[lines]
    return lines.reshape(height, -1, 3)


@pytest.mark.parametrize("colours", [3, 256, 2000], ids=["few", "just-enough", "too-many-for-a-palette"])
def test_a_packed_picture_is_the_same_picture(colours: int) -> None:
    """Whatever the number of its colours."""
    numbers = np.arange(60 * 50) % colours
    pixels = np.stack([numbers % 256, numbers // 256, numbers // 7 % 256, np.full_like(numbers, 255)], axis=1)
    pixels = pixels.astype(np.uint8).reshape(60, 50, 4)
    packed = pack_png(write_like_the_converter(pixels))
    assert (read_colours(packed, 60) == pixels[:, :, :3]).all()
    assert (b"PLTE" in packed) is (colours <= 256)


def test_a_transparent_picture_is_left_alone() -> None:
    """Nothing is lost where packing would lose something."""
    pixels = np.zeros((4, 4, 4), np.uint8)
    png = write_like_the_converter(pixels)
    assert pack_png(png) == png
