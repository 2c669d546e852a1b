# Caret lines behind wide characters, tabs and long lines.
def wide():
    s = "日本語"; return s + 1 + "ああ"


def accents():
    é = "naïve"; return é.ñandú


def tabs(x):
	if x:
		return	x	+	None


import traceback

for function in (wide, accents, lambda: tabs(1)):
    try:
        function()
    except Exception:
        traceback.print_exc()
