# Folders: making, listing, walking and removing them.
import os

base = os.path.join("/tmp", f"cede-test-{os.getpid()}")
os.makedirs(os.path.join(base, "a", "b"))
os.makedirs(os.path.join(base, "c"), exist_ok=True)
for name in ("one", "a/two", "a/b/three"):
    with open(os.path.join(base, name), "w") as file:
        file.write(name)
os.symlink("one", os.path.join(base, "link"))
print(sorted(os.listdir(base)), os.path.getsize(os.path.join(base, "a/two")), os.readlink(os.path.join(base, "link")))
with os.scandir(base) as entries:
    for entry in sorted(entries, key=lambda e: e.name):
        print(entry, entry.is_dir(), entry.is_file(), entry.is_symlink(), entry.stat().st_size if entry.is_file() else "")
for top, folders, files in sorted(os.walk(base)):
    print(os.path.relpath(top, base), sorted(folders), sorted(files))
os.rename(os.path.join(base, "one"), os.path.join(base, "uno"))
print(os.path.exists(os.path.join(base, "link")), os.path.lexists(os.path.join(base, "link")))
for top, folders, files in os.walk(base, topdown=False):
    for name in files:
        os.remove(os.path.join(top, name))
    os.rmdir(top)
print(os.path.exists(base))
