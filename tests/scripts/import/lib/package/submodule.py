__all__ = ["exported"]
exported, hidden = "exported", "hidden"
