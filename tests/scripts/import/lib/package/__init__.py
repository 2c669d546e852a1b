print("package is run as", __name__)
value = "package value"
