from grapnel.app import App
from grapnel.option_spec import image_specs
from grapnel.ship.runner import Runner


class Grapnel(App):
    def execute(self, argv):
        return Runner(image_specs.read(argv)).run()


main = Grapnel.main
if __name__ == "__main__":
    main()
