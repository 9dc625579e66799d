def main():
  print('library_sources')
