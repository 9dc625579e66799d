from org.example.server.admin.commands import main


def test_main():
  assert main
