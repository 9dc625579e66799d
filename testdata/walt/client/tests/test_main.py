import relay.client.main


def test_main():
    assert relay.client.main
