def main():
  print('with_binaries_complete')
