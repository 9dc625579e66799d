class FakeStore(object):
  def get(self, name):
    return None
