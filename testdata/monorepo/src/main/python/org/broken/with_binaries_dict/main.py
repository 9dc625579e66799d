def main():
  print('with_binaries_dict')
