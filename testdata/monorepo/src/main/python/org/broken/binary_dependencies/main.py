def main():
  print('binary_dependencies')
