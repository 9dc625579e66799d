class Store(object):
  def __init__(self):
    self._tasks = {}

  def put(self, name, task):
    self._tasks[name] = task

  def get(self, name):
    return self._tasks[name]
