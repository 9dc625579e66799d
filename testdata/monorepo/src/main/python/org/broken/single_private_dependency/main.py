def main():
  print('single_private_dependency')
