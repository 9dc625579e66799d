import relay.client.lab.main


def test_main():
    assert relay.client.lab.main
