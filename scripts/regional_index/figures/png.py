"""PNG files as small as flat colours allow: the converter writes them fast, not small."""

import struct
import zlib
from collections.abc import Iterator

import numpy as np
import pandas as pd

SIGNATURE = b"\x89PNG\r\n\x1a\n"
RGBA, RGB, INDEXED = 6, 2, 3
MOST_COLOURS = 256


def pack_png(png: bytes) -> bytes:
    """The same picture without its opaque alpha channel, with a palette if 256 colours are enough.

    A picture in any other form than the converter writes today is returned as it is.
    """
    header, compressed = _read(png)
    width, height, depth, kind = struct.unpack(">IIBB", header[:10])
    lines = np.frombuffer(zlib.decompress(compressed), np.uint8).reshape(height, -1)
    if (depth, kind) != (8, RGBA) or lines.shape[1] != 1 + width * 4 or not (lines[:, 0] == 1).all():
        return png
    # Each pixel was written as the difference to the one on its left.
    pixels = np.cumsum(lines[:, 1:].reshape(height, width, 4), axis=1, dtype=np.uint8)
    if not (pixels[:, :, 3] == 255).all():
        return png
    colours, places = _count_colours(pixels.view(">u4").ravel())
    palette = b"".join(int(colour).to_bytes(4, "big")[:3] for colour in colours)
    if len(colours) <= MOST_COLOURS:
        return _write(width, height, INDEXED, places.reshape(height, width).astype(np.uint8), palette)
    return _write(width, height, RGB, pixels[:, :, :3].reshape(height, -1))


def _count_colours(pixels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The colours in order, and which of them each pixel has. Sorting all pixels would take four times as long."""
    places, colours = pd.factorize(pixels.astype(np.uint32))
    order = np.argsort(colours)
    return colours[order], np.argsort(order)[places]


def _read(png: bytes) -> tuple[bytes, bytes]:
    """The header and all compressed image data."""
    parts = list(_chunks(png))
    return parts[0][1], b"".join(content for name, content in parts if name == b"IDAT")


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(SIGNATURE)
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        yield png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        place += 12 + length


def _write(width: int, height: int, kind: int, lines: np.ndarray, palette: bytes = b"") -> bytes:
    unfiltered = np.concatenate([np.zeros((height, 1), np.uint8), lines], axis=1)
    parts = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0))]
    parts += [(b"PLTE", palette)] if palette else []
    parts += [(b"IDAT", zlib.compress(unfiltered.tobytes(), 9)), (b"IEND", b"")]
    return SIGNATURE + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in parts
    )
