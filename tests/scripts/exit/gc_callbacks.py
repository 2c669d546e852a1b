# gc.callbacks are told of the collection at the end.
import gc

told = []


def tell(phase, information):
    if not told:
        print(phase, information["generation"])
    told.append(phase)


gc.callbacks.append(tell)
print("end")
