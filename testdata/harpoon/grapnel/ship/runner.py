class Runner(object):
    def __init__(self, images):
        self.images = images

    def run(self):
        return len(self.images)
