from org.example.server.main import serve


def test_serve():
  assert serve
