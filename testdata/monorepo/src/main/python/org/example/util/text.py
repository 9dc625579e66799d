def shorten(text, width):
  """Returns text cut to width, with an ellipsis where something is missing."""
  return text if len(text) <= width else text[:width - 3] + '...'
