from grapnel.executor import main


def test_nothing_to_run():
    assert main() == 0
