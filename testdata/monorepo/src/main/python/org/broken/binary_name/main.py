def main():
  print('binary_name')
