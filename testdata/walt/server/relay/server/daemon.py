from relay.common.wire import pack


def serve():
    return pack("served")
