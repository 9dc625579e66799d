def main():
  print('nothing to administer')
