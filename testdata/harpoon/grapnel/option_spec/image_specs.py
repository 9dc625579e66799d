def read(argv):
    return dict(argv or [])
