#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Print the golden values of hash_kunit.c.

An independent implementation, written from the description of the hash and not from its code. It
collects all words of a frame in lists first, and uses byte strings instead of shifts, and big
integers with a remainder instead of machine words.
"""

PRIME_1, PRIME_2, PRIME_3, PRIME_4 = (
    11400714785074694791,
    14029467366897019727,
    1609587929392839161,
    9650029242287828579,
)
WORD = 2**64


def black(x, y):
    return 0, 0, 0


def white(x, y):
    return 65535, 65535, 65535


def eight(x, y):
    red = (5 * x + 3 * y + 211) % 256
    green = (13 * x + 29 * y + 101) % 256
    blue = (31 * x + 17 * y + 7) % 256
    return red * 257, green * 257, blue * 257


def sixteen(x, y):
    return tuple((a * x + b * y + c) % 65536 for a, b, c in
                 ((9973, 40503, 1), (31337, 5099, 2), (25717, 60013, 3)))


def mixed(x, y):
    return sixteen(x, y) if y % 3 == 1 else eight(x, y)


def speck(x, y):
    return sixteen(x, y) if x == 70 else eight(x, y)


def blocks(line):
    return [line[start:start + 32] for start in range(0, len(line), 32)]


def words(block):
    """Return words: red has the upper bits of a pixel, the left of two pixels the lower half."""
    if any(channel % 257 for pixel in block for channel in pixel):
        return [int(f"1{0:010b}{red:016b}{0:03b}{blue:016b}{0:02b}{green:016b}", 2)
                for red, green, blue in block]
    pixels = [b"\0" + bytes(c // 257 for c in pixel) for pixel in block]
    if len(pixels) % 2:
        pixels.append(bytes(4))
    return [int.from_bytes(right + left, "big")
            for left, right in zip(pixels[::2], pixels[1::2])]


def mix(lane, word):
    bits = f"{lane ^ word:064b}"
    return int(bits[31:] + bits[:31], 2) * PRIME_1 % WORD


def crc(picture, width, height):
    seed = height * 2**32 + width
    lanes = [(seed + more) % WORD for more in (0, PRIME_1, PRIME_2, PRIME_3,
                                               -PRIME_1, -PRIME_2, -PRIME_3, PRIME_4)]

    for y in range(height):
        for block in blocks([picture(x, y) for x in range(width)]):
            for i, word in enumerate(words(block)):
                lanes[i % 8] = mix(lanes[i % 8], word)

    value = height
    for lane in lanes:
        value = ((value ^ mix(0, lane)) * PRIME_1 + PRIME_4) % WORD
    value = (value ^ value // 2**33) * PRIME_2 % WORD
    value = (value ^ value // 2**29) * PRIME_3 % WORD
    return value // 2**32


def main():
    sizes = ((1, 1), (2, 1), (3, 1), (1, 2), (7, 3), (8, 3), (9, 4), (16, 16), (64, 2),
             (65, 2), (127, 3), (128, 3), (129, 5), (640, 48))
    for picture in (black, white, eight, sixteen, mixed, speck):
        for width, height in sizes:
            value = crc(picture, width, height)
            print(f'\t{{ "{picture.__name__} {width}x{height}", {picture.__name__}, '
                  f"{width}, {height}, 0x{value:08x} }},")
    print(f'\t{{ "no lines", black, 0, 0, 0x{crc(black, 0, 0):08x} }},')


if __name__ == "__main__":
    main()
