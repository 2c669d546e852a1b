print("plain is run as", __name__)
data = [1, 2]
runs = 1
