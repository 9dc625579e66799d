from org.example.util.text import shorten


def test_shorten():
  assert shorten('buildlint', 6) == 'bui...'
