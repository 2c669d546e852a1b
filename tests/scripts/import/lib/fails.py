print("fails begins")
raise ValueError("on import")
