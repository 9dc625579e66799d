from boxer.bin.boxer import main


def test_main():
    main()
