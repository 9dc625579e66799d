import requests


def main():
    print(requests.__version__)
