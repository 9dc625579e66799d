def main():
  print('binary_entry_point')
