from relay.common.wire import pack


def run():
    print(pack("hello"))
