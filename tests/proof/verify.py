#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A second verifier, written from the definitions and sharing nothing with the first: RFC 6962
and RFC 9162 for the tree, RFC 8032 for signatures, C2SP for notes and checkpoints, and the header
of an entry as docs/PROTOCOL.md has it. Python's own library only.

    verify.py stream PROGRAM [ARGUMENT...]   proofs that a program says, good and broken
    verify.py saved FILE                     what a live hub said, as a program saved it (JSON)
"""
import base64
import hashlib
import json
import struct
import subprocess
import sys

# ---- RFC 6962, section 2.1


def sha256(data):
    return hashlib.sha256(data).digest()


def leaf_hash(data):
    return sha256(b"\0" + data)


def node_hash(left, right):
    return sha256(b"\1" + left + right)


def tree_root(leaves):
    """MTH() by its definition, without its recursion: level by level, an odd node is promoted."""
    if not leaves:
        return sha256(b"")
    while len(leaves) > 1:
        pairs = [node_hash(leaves[i], leaves[i + 1]) for i in range(0, len(leaves) - 1, 2)]
        leaves = pairs + ([leaves[-1]] if len(leaves) % 2 else [])
    return leaves[0]


# ---- RFC 9162, sections 2.1.3.2 and 2.1.4.2


def includes(root, size, leaf, index, path):
    if not 0 <= index < size:
        return False
    place, last, hashed = index, size - 1, leaf
    for other in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            hashed = node_hash(other, hashed)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            hashed = node_hash(hashed, other)
        place, last = place >> 1, last >> 1
    return last == 0 and hashed == root


def continues(first_root, first, second_root, second, path):
    if not 0 < first <= second:
        return False
    if first == second:
        return not path and first_root == second_root
    if first & (first - 1) == 0:
        path = [first_root] + path
    if not path:
        return False
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for other in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(other, old), node_hash(other, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, other)
        place, last = place >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


# ---- Ed25519, RFC 8032, sections 5.1.3 and 5.1.7

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def point_add(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    e = (y1 - x1) * (y2 - x2) % P
    f = (y1 + x1) * (y2 + x2) % P
    g = 2 * t1 * t2 * D % P
    h = 2 * z1 * z2 % P
    x, y, z, t = f - e, h - g, h + g, f + e
    return x * y % P, z * t % P, y * z % P, x * t % P


def point_times(number, point):
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = point_add(result, point)
        point = point_add(point, point)
        number >>= 1
    return result


def point_read(data):
    """None: it is no point, or not written in the one form that a point has."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if x * x % P != square or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = point_read(BASE_Y.to_bytes(32, "little"))


def is_signed(key, message, signature):
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r = point_read(key), point_read(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    x1, y1, z1, _ = point_times(s, BASE)
    x2, y2, z2, _ = point_add(r, point_times(k, a))
    return (x1 * z2 - x2 * z1) % P == 0 and (y1 * z2 - y2 * z1) % P == 0


# ---- notes and checkpoints: c2sp.org/signed-note, c2sp.org/tlog-checkpoint


def note_text(note, name, key):
    """What is signed of a note by that name and key; None when it is not signed by them."""
    text, gap, lines = note.rpartition(b"\n\n")
    if not gap or not lines.endswith(b"\n"):
        return None
    text += b"\n"
    key_id = sha256(name + b"\n\x01" + key)[:4]
    for line in lines[:-1].split(b"\n"):
        dash, signer, blob = line.split(b" ")
        if dash != "\N{EM DASH}".encode():
            return None
        blob = base64.b64decode(blob, validate=True)
        if signer == name and blob[:4] == key_id:
            return text if is_signed(key, text, blob[4:]) else None
    return None


def checkpoint(note, origin, key):
    """Size and root, or None."""
    text = note_text(note, origin, key)
    lines = text.split(b"\n") if text is not None else []
    if len(lines) < 4 or lines[0] != origin or not lines[1].isdigit():
        return None
    root = base64.b64decode(lines[2], validate=True)
    if str(int(lines[1])).encode() != lines[1] or len(root) != 32:
        return None
    return int(lines[1]), root


# ---- entries


def entry_leaf(kind, index, time, data):
    """The header of an entry, and what follows it: u8 format, u8 kind, u16 zero, u32 length, u64
    index, i64 time, big-endian."""
    return leaf_hash(struct.pack(">BBHIQq", 1, kind, 0, len(data), index, time) + data)


# ---- what a program streams


def made_leaves(seed, size):
    return [leaf_hash(struct.pack(">QQ", seed, i)) for i in range(size)]


def check_line(words):
    """True or False as the program says; what this verifier says."""
    said, first, second = words[1] == "1", int(words[2]), int(words[3])
    a, b, path = bytes.fromhex(words[4]), bytes.fromhex(words[5]), [
        bytes.fromhex(word) for word in words[6:]]
    if words[0] == "include":
        return said, includes(b, second, a, first, path)
    return said, continues(a, first, b, second, path)


def check_stream(command):
    counts = {"tree": 0, True: 0, False: 0}
    program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    for number, line in enumerate(program.stdout, 1):
        words = line.split()
        if words[0] == "tree":
            root = tree_root(made_leaves(int(words[1]), int(words[2])))
            agree = root.hex() == words[3]
            counts["tree"] += 1
        else:
            said, found = check_line(words)
            agree = said == found
            counts[said] += 1
        if not agree:
            return "line %d: the verifiers do not agree: %s" % (number, line.strip()[:200])
    if program.wait():
        return "the program ended with %d" % program.returncode
    if not all(counts.values()):
        return "there was nothing to compare: %s" % counts
    print("%d trees, %d proofs that hold and %d that do not: both verifiers agree" % (
        counts["tree"], counts[True], counts[False]))
    return None


# ---- what a live hub said


def unhex(values):
    return [bytes.fromhex(value) for value in values]


class Saved:
    """The file: hub's key and origin; receipts with what was sent; answers with proofs; leaves."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.said = json.load(file)
        self.key = bytes.fromhex(self.said["signing_key"])
        self.origin = self.said["origin"].encode()
        self.roots = {}                 # by size, from what is signed
        self.count = 0

    def tree(self, note):
        found = checkpoint(note.encode(), self.origin, self.key)
        if found is None:
            raise ValueError("a checkpoint that does not prove: %r" % note)
        if self.roots.setdefault(*found) != found[1]:
            raise ValueError("two roots for the size %d" % found[0])
        return found

    def expect(self, holds, what):
        self.count += 1
        if not holds:
            raise ValueError("%s does not prove" % what)

    def receipt(self, one):
        size, root = self.tree(one["checkpoint"])
        data = bytes.fromhex(one["submission"])
        leaf = entry_leaf(one["kind"], one["index"], one["time"], data)
        path = unhex(one["proof"])
        self.expect(leaf.hex() == one["leaf"], "the leaf of receipt %d" % one["index"])
        self.expect(size == one["tree_size"], "the size of receipt %d" % one["index"])
        self.expect(includes(root, size, leaf, one["index"], path), "receipt %d" % one["index"])
        self.expect(not includes(root, size, leaf_hash(data), one["index"], path),
                    "that the header counts, in receipt %d" % one["index"])

    def proof(self, one):
        size, root = self.tree(one["checkpoint"])
        self.expect(size == one["size"], "the size of an answer")
        for path in one["include"]:
            leaf = bytes.fromhex(path["leaf"])
            self.expect(includes(root, size, leaf, path["at"], unhex(path["proof"])),
                        "inclusion of %d" % path["at"])
        for path in one["grow"]:
            if path["at"] not in self.roots:
                raise ValueError("the tree of %d was never signed" % path["at"])
            self.expect(continues(self.roots[path["at"]], path["at"], root, size,
                                  unhex(path["proof"])), "the growth from %d" % path["at"])

    def entry(self, one):
        if one["kind"]:
            leaf = entry_leaf(one["kind"], one["index"], one["time"], bytes.fromhex(one["bytes"]))
            self.expect(leaf.hex() == one["leaf"], "the bytes of entry %d" % one["index"])
        self.expect(self.leaves[one["index"]].hex() == one["leaf"],
                    "the leaf of entry %d" % one["index"])

    def check(self):
        for one in self.said["receipts"]:
            self.receipt(one)
        for one in self.said["proofs"]:
            self.proof(one)
        self.leaves = unhex(self.said["leaves"])
        for size, root in self.roots.items():
            self.expect(tree_root(self.leaves[:size]) == root, "the signed root of %d" % size)
        for one in self.said["entries"]:
            self.entry(one)


def check_saved(path):
    saved = Saved(path)
    try:
        saved.check()
    except ValueError as error:
        return str(error)
    if not saved.said["receipts"] or not saved.said["proofs"] or not saved.said["entries"]:
        return "%s says too little" % path
    print("%d receipts, %d answers, %d signed trees: %d things proved" % (
        len(saved.said["receipts"]), len(saved.said["proofs"]), len(saved.roots), saved.count))
    return None


def check_oneself():
    """Published figures: RFC 8032, 7.1, test 2; the note of c2sp.org/signed-note."""
    key = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
    note = (b"This is an example message.\n\n\xe2\x80\x94 example.com/foo "
            b"Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72"
            b"IneyaQM=\n")
    of_note = base64.b64decode("AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")[1:]
    if not is_signed(key, b"\x72", signature) or is_signed(key, b"\x73", signature):
        return "Ed25519 is not that of RFC 8032"
    if note_text(note, b"example.com/foo", of_note) != b"This is an example message.\n":
        return "notes are not those of C2SP"
    if note_text(note.replace(b"This", b"That"), b"example.com/foo", of_note) is not None:
        return "a changed note is believed"
    return None


def main(arguments):
    checks = {"stream": check_stream, "saved": lambda words: check_saved(words[0])}
    if len(arguments) < 2 or arguments[0] not in checks:
        print(__doc__, file=sys.stderr)
        return 2
    wrong = check_oneself() or checks[arguments[0]](arguments[1:])
    if wrong:
        print("verify.py: %s" % wrong, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
