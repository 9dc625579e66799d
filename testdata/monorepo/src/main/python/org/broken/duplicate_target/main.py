def main():
  print('duplicate_target')
