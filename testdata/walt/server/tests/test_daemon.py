import relay.server.daemon


def test_daemon():
    assert relay.server.daemon
