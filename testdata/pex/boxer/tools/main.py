def main():
    check()


def check():
    import psutil

    print(psutil.pids())
