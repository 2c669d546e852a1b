__all__ = ["nothing_like_this"]
