# os.path on text and bytes.
import os

print(os.path.join("a", "b", "/c", "d", ""), os.path.join(b"a", b"b"))
print(os.path.split("/a/b/"), os.path.splitext("a.tar.gz"), os.path.splitext(".profile"), os.path.splitroot("//a/b"))
print(os.path.normpath("/a/./b/../../c//d"), os.path.normpath(""), os.path.normpath("../x/.."), os.path.normpath("//a"))
print(os.path.relpath("/a/b/c", "/a/d"), os.path.commonpath(["/a/b", "/a/c"]), os.path.commonprefix(["abc", "abd"]))
for function, *arguments in ((os.path.join, "a", b"b"), (os.path.join, "a", 5), (os.path.commonpath, ["a", "/b"]),
                             (os.path.relpath, ""), (os.stat, 1.5), (os.mkdir, 5), (os.rename, 1, 2), (os.listdir, "/none"),
                             (os.stat, "a\0b"), (os.fspath, 3)):
    try:
        print(function(*arguments))
    except Exception as error:
        print(type(error).__name__, error)
os.environ["CEDE_TEST"] = "value"
print(os.path.expandvars("$CEDE_TEST/${CEDE_TEST}x/$NO_SUCH"), os.getenv("CEDE_TEST"), os.environ.pop("CEDE_TEST"))

class Path:
    def __fspath__(self):
        return "/tmp"

print(os.fspath(Path()), isinstance(Path(), os.PathLike), os.path.isdir(Path()), os.path.basename("/x/y"))
