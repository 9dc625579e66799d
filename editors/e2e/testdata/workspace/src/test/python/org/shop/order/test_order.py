def test_order():
    assert True
