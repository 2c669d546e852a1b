# Counts the words of its input: word_count.py < file.
# stdin: the quick brown fox\njumps over the lazy dog\nthe end
import sys

counts = {}
for line in sys.stdin:
    for word in line.split():
        counts[word] = counts.get(word, 0) + 1
for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
    print(f"{count:4} {word}")
