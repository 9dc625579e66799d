def start_launchpad():
    print("started")
