class App(object):
    @classmethod
    def main(cls, argv=None):
        return cls().execute(argv)

    def execute(self, argv):
        raise NotImplementedError
