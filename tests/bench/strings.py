# Text: building, splitting, formatting, dictionaries of words.
import sys

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 400

words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"]
counts = {}
total = 0
for i in range(ROUNDS):
    text = " ".join(words[(i + j) % 8] for j in range(64))
    for word in text.split():
        counts[word] = counts.get(word, 0) + 1
    line = f"{i:05d}|{text[:10]!r}|{total / (i + 1):.3f}"
    total += len(line) + len(text.upper().replace("A", "bb"))
print("total", total, sorted(counts.items())[0])
