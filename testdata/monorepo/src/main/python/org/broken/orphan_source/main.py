def main():
  print('orphan_source')
