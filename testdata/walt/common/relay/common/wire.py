def pack(message):
    return repr(message).encode()
