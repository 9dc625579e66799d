import relay.common.wire


def test_wire():
    assert relay.common.wire
