def main():
  print('entry_point_unresolved')
